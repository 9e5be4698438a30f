/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a plugin ended the program, the window comes up without it and offers to switch it off. */
#include "looking.h"
#include "running.h"

#include <signal.h>
#include <sys/wait.h>

/* Runs the program itself, with the folders of this test, until the plugin ends it. */
static void
crash (const char *place)
{
  const char        *arguments[] = { SHANYE, NULL };
  g_auto (GStrv)     environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int                status;

  environment = g_environ_setenv (environment, "CRASHING_AT", place, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", TRUE);
  g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSEGV);
}

static ShyPlugin *
find_plugin (ShyApplication *application)
{
  return shy_engine_find_plugin (shy_application_get_engine (application), "crashing");
}

static void
answer (const char *response)
{
  GtkWidget *dialog = look_for_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  wait_for_text (dialog, "“Crashing” Was Left Out");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  settle ();
}

static void
test_decide_later (ShyApplication *application,
                   ShyWindow      *window)
{
  g_assert_false (shy_window_open_page (window, "crashing", NULL));
  answer ("later");
  g_assert_false (shy_plugin_get_loaded (find_plugin (application)));
  g_assert_true (shy_plugin_get_crashed (find_plugin (application)));
}

static void
test_try_again (ShyApplication *application,
                ShyWindow      *window)
{
  answer ("retry");
  g_assert_true (shy_plugin_get_loaded (find_plugin (application)));
  g_assert_true (shy_window_open_page (window, "crashing", NULL));
  wait_for_text (window, "it did well");
}

static void
test_nothing_to_tell (ShyApplication *application,
                      ShyWindow      *window)
{
  g_assert_null (look_for_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_true (shy_plugin_get_loaded (find_plugin (application)));
  crash ("load");
}

static void
test_switch_off (ShyApplication *application,
                 ShyWindow      *window)
{
  answer ("off");
  g_assert_false (shy_plugin_get_enabled (find_plugin (application)));
  g_assert_false (shy_plugin_get_crashed (find_plugin (application)));
  shy_plugin_set_enabled (find_plugin (application), TRUE);
  g_assert_true (shy_plugin_get_loaded (find_plugin (application)));
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("plugins/apart", &argc, &argv);

  crash ("start");
  running_add_test ("/crash-dialog/decide-later", test_decide_later);
  running_add_test ("/crash-dialog/try-again", test_try_again);
  running_add_test ("/crash-dialog/nothing-to-tell", test_nothing_to_tell);
  running_add_test ("/crash-dialog/switch-off", test_switch_off);

  return g_test_run ();
}
