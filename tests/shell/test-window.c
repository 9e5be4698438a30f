/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window as a person meets it: pages come and go with their plugin, files find their page. */
#include "looking.h"
#include "running.h"

static ShyPlugin *
find_example (ShyApplication *application)
{
  return shy_engine_find_plugin (shy_application_get_engine (application), "example");
}

static void
test_start (ShyApplication *application,
            ShyWindow      *window)
{
  wait_for_text (window, "Examples to look at");
  wait_for_text (window, "3");
  wait_for_text (window, "Soon");
  wait_for_text (window, "What you can do here");
  wait_for_text (window, "Shows how a plugin is written");
  wait_for_text (window, "day");
}

static void
test_nothing_waits (ShyApplication *application,
                    ShyWindow      *window)
{
  shy_plugin_set_enabled (find_example (application), FALSE);
  wait_for_text (window, "Nothing Waits for You");
  g_assert_null (look_for_text (window, "What you can do here"));

  shy_plugin_set_enabled (find_example (application), TRUE);
  wait_for_text (window, "Examples to look at");
}

static void
test_page_goes_with_plugin (ShyApplication *application,
                            ShyWindow      *window)
{
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (shy_window_open_page (window, "example", "a thing"));
      wait_for_text (window, "a thing");

      shy_plugin_set_enabled (find_example (application), FALSE);
      settle ();
      g_assert_null (look_for_text (window, "a thing"));
      g_assert_false (shy_window_open_page (window, "example", NULL));
      wait_for_text (window, "Nothing Waits for You");

      shy_plugin_set_enabled (find_example (application), TRUE);
      settle ();
      g_assert_true (shy_window_open_page (window, "example", NULL));
      wait_for_text (window, shy_context_get_database (shy_application_get_context (application)));
    }
}

static void
test_keyboard_pages (ShyApplication *application,
                     ShyWindow      *window)
{
  wait_for_text (window, "Examples to look at");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-page", NULL);
  wait_for_text (window, shy_context_get_database (shy_application_get_context (application)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-page", NULL);
  wait_for_text (window, "Examples to look at");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.previous-page", NULL);
  wait_for_text (window, shy_context_get_database (shy_application_get_context (application)));
}

static void
test_file_finds_page (ShyApplication *application,
                      ShyWindow      *window)
{
  g_autofree char  *path = g_build_filename (g_get_user_data_dir (), "one.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (path, "a,b\n", -1, NULL));
  g_application_open (G_APPLICATION (application), &file, 1, "");
  wait_for_text (window, "one.csv");
}

static void
test_missing_file (ShyApplication *application,
                   ShyWindow      *window)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/two.csv");

  shy_window_open_file (window, file);
  wait_for_text (window, "/nonexistent/two.csv");
}

static void
test_last_message_counts (ShyApplication *application,
                          ShyWindow      *window)
{
  shy_toast_message (GTK_WIDGET (window), "This was first.");
  wait_for_text (window, "This was first.");
  shy_toast_message (GTK_WIDGET (window), "This is last.");
  wait_for_text (window, "This is last.");
}

static void
test_nobody_opens (ShyApplication *application,
                   ShyWindow      *window)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());

  shy_window_open_file (window, folder);
  wait_for_text (window, "Choose a spreadsheet.");
}

static void
test_scope (ShyApplication *application,
            ShyWindow      *window)
{
  ShyContext *context = shy_application_get_context (application);
  GtkWidget  *search;

  wait_for_text (window, "All 26 counties");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.choose-scope", NULL);
  wait_for_text (window, "淳安县");

  search = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_TEXT (search));
  gtk_editable_set_text (GTK_EDITABLE (search), "jingn");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (shy_context_get_scope (context), ==, "331127");
  wait_for_text (window, "景宁畲族自治县");

  shy_context_set_scope (context, "3311");
  wait_for_text (window, "丽水市");
  shy_context_set_scope (context, "9999");
  g_assert_cmpstr (shy_context_get_scope (context), ==, "");
}

static void
test_preferences (ShyApplication *application,
                  ShyWindow      *window)
{
  GtkWidget *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  dialog = look_for_window (ADW_TYPE_PREFERENCES_WINDOW);
  wait_for_text (dialog, "Colours");

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (dialog), "plugins");
  wait_for_text (dialog, "Shows how a plugin is written");
  wait_for_text (dialog, "Not working: Its code cannot be loaded");
  wait_for_text (dialog, "Not working: It was made for plugin interface 99");

  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_dialogs (ShyApplication *application,
              ShyWindow      *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  wait_for_text (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window)),
                 "Choose the counties looked at");

  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  wait_for_text (look_for_window (ADW_TYPE_ABOUT_WINDOW), "Shanye");
}

static gboolean
has_ink (GdkPixbuf *pixbuf)
{
  const guint8 *bytes = gdk_pixbuf_read_pixels (pixbuf);
  gsize         length = gdk_pixbuf_get_byte_length (pixbuf);

  for (gsize i = 3; gdk_pixbuf_get_has_alpha (pixbuf) && i < length; i += 4)
    if (bytes[i] != 0)
      return TRUE;
  return FALSE;
}

static guint
draw_icons (const char *folder)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint          drawn = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char      *path = g_strconcat (folder, names[i], NULL);
      g_autoptr (GError)    error = NULL;
      g_autoptr (GdkPixbuf) pixbuf = NULL;

      if (g_str_has_suffix (path, "/"))
        {
          drawn += draw_icons (path);
          continue;
        }
      pixbuf = gdk_pixbuf_new_from_resource_at_scale (path, 32, 32, TRUE, &error);
      g_assert_no_error (error);
      g_assert_true (has_ink (pixbuf));
      drawn++;
    }
  return drawn;
}

/* Where the loader of SVG is missing, GTK shows a broken picture and says nothing. */
static void
test_icons (ShyApplication *application,
            ShyWindow      *window)
{
  g_assert_cmpuint (draw_icons ("/org/shanye/Shanye/icons/"), >=, 9);
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("plugins", &argc, &argv);

  running_add_test ("/window/start", test_start);
  running_add_test ("/window/nothing-waits", test_nothing_waits);
  running_add_test ("/window/page-goes-with-plugin", test_page_goes_with_plugin);
  running_add_test ("/window/keyboard-pages", test_keyboard_pages);
  running_add_test ("/window/file-finds-page", test_file_finds_page);
  running_add_test ("/window/missing-file", test_missing_file);
  running_add_test ("/window/nobody-opens", test_nobody_opens);
  running_add_test ("/window/last-message-counts", test_last_message_counts);
  running_add_test ("/window/scope", test_scope);
  running_add_test ("/window/preferences", test_preferences);
  running_add_test ("/window/dialogs", test_dialogs);
  running_add_test ("/window/icons", test_icons);

  return g_test_run ();
}
