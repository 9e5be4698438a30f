/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shots.h"

/* The updates that wait: signed with the key of the tests, which the pictures' own folder trusts. */

/* Must be called before anything asks where the person keeps data: what they trust stays as it is. */
void
shots_updates_prepare (void)
{
  g_autofree char *own = g_dir_make_tmp ("shanye-shots-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", own, TRUE);
}

static void
show_policies (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "policies", NULL);
}

static char *
load_file (const char *folder,
           const char *name)
{
  g_autofree char   *path = g_build_filename (shy_data_get_dir (), folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Signs what ships, changed in some words, with the key of the tests. */
static void
bring_update (ShyStore          *store,
              const char        *folder,
              const char        *name,
              const char *const *words)
{
  g_autofree char      *key = load_file ("../tests/data/updates", "bureau-key.pem");
  g_autofree char      *shipped = load_file (folder, name);
  g_autoptr (GString)   text = g_string_new (shipped);
  g_autoptr (GBytes)    content = NULL;
  g_autoptr (GBytes)    bytes = NULL;
  g_autoptr (ShyUpdate) update = NULL;
  g_autoptr (GError)    error = NULL;
  char                 *file;

  for (gsize i = 0; words[i] != NULL; i += 2)
    g_assert_cmpuint (g_string_replace (text, words[i], words[i + 1], 0), >, 0);
  content = g_bytes_new (text->str, text->len);
  file = shy_update_sign (content, name, key, "2026-11-02T09:00:00+08:00", &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (file, strlen (file));
  update = shy_update_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);
  shy_updates_add (store, update, NULL, &error);
  g_assert_no_error (error);
}

static void
bring_updates (Shots *shots)
{
  static const char *const pack[] = {
    "\"version\": \"2023.3\"", "\"version\": \"2025.1\"", "\"expression\": \"10000\"",
    "\"expression\": \"12000\"", "\"amount\": 10000", "\"amount\": 12000",
    "\"outcome\": \"person\", \"criteria\": { \"start\": \"person\" }",
    "\"outcome\": \"not_eligible\"", "\"from\": null, \"until\": null",
    "\"from\": \"2024-01-01\", \"until\": null, \"clause\": \"c-years\"", "每人每年1万元，补贴", "每人每年1.2万元，补贴", NULL,
  };
  static const char *const calendar[] = {
    "\"version\": \"2026.1\"", "\"version\": \"2026.2\"", "\"2026-09-20\", ", "", NULL,
  };
  ShyContext          *context = shy_application_get_context (shots->application);
  g_autofree char     *key = load_file ("../tests/data/updates", "bureau.pem");
  g_autofree char     *folder = shy_update_signers_build_folder ();
  g_autofree char     *path = g_build_filename (folder, "示例市人社局.pem", NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (shy_context_get_database (context), &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, key, -1, NULL));
  bring_update (store, "policies", "zj-post-care.json", pack);
  bring_update (store, "calendars", "cn.json", calendar);
  show_policies (shots);
}

static GtkWidget *
find_bar (Shots *shots)
{
  return shots_find (GTK_WIDGET (shots_main_window (shots)), "PoliciesUpdateBar");
}

static gboolean
do_updates_wait (Shots *shots)
{
  return find_bar (shots) != NULL;
}

static void
open_updates (Shots *shots)
{
  g_signal_emit_by_name (shots_find (find_bar (shots), "GtkButton"), "clicked");
}

static GtkWidget *
find_last_row (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (ADW_IS_ACTION_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_last_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_prev_sibling (child))
    found = find_last_row (child);

  return found;
}

static void
open_first_update (Shots *shots)
{
  g_signal_emit_by_name (find_last_row (GTK_WIDGET (shots_top_window (shots))), "activated");
}

static void
scroll_update (Shots *shots)
{
  GtkWidget     *view = shots_find (GTK_WIDGET (shots_top_window (shots)), "PoliciesUpdateView");
  GtkWidget     *window = shots_find (view, "GtkScrolledWindow");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

const ShotsStep shots_updates_steps[] = {
  { "updates-wait", bring_updates, do_updates_wait },
  { "updates", open_updates },
  { "update", open_first_update },
  { "update-end", scroll_update },
  { NULL, shots_close_top },
  { NULL, NULL },
};
