/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "running.h"

#include "../home.h"
#include "looking.h"

static gboolean
body_cb (gpointer data)
{
  GApplication *application = g_application_get_default ();
  GtkWidget    *window = look_for_window (SHY_TYPE_WINDOW);

  settle ();
  ((RunningBody) data) (SHY_APPLICATION (application), SHY_WINDOW (window));
  g_application_quit (application);

  return G_SOURCE_REMOVE;
}

static void
run (gconstpointer body)
{
  ShyApplication *application = shy_application_new ();
  char           *arguments[] = { (char *) "shanye", NULL };

  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_set_default (G_APPLICATION (application));
  g_idle_add_full (G_PRIORITY_LOW, body_cb, (gpointer) body, NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, arguments), ==, 0);
  settle ();
  g_assert_finalize_object (application);
}

/* @plugins is a folder of the build tree. */
void
running_prepare (const char   *plugins,
                 int          *argc,
                 char       ***argv)
{
  g_autofree char *path = NULL;

  test_init (argc, argv);
  path = g_test_build_filename (G_TEST_BUILT, plugins, NULL);
  g_setenv ("SHANYE_PLUGIN_DIR", path, TRUE);
}

void
running_add_test (const char  *path,
                  RunningBody  body)
{
  g_test_add_data_func (path, body, run);
}
