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

/* Tab goes through the window, and does not turn its pages on the way. */
static void
test_tab_keeps_page (ShyApplication *application,
                     ShyWindow      *window)
{
  const char *database = shy_context_get_database (shy_application_get_context (application));
  GtkWidget  *before;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-page", NULL);
  wait_for_text (window, database);
  g_assert_true (gtk_widget_child_focus (wait_for_type (window, "GtkListBox"),
                                         GTK_DIR_TAB_FORWARD));
  for (guint i = 0; i < 8; i++)
    {
      before = gtk_window_get_focus (GTK_WINDOW (window));
      press (window, i < 4 ? "Tab" : "shift+Tab");
      settle ();
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) != before);
      g_assert_nonnull (look_for_text (window, database));
    }
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
  wait_for_text (window, "is a folder");
}

/* What is no spreadsheet is called by its name. */
static void
test_foreign_files (ShyApplication *application,
                    ShyWindow      *window)
{
  static const struct { const char *name, *content, *words; } files[] = {
    { "表.pdf", "%PDF-1.4\n%%EOF\n", "“表.pdf” is a PDF document, not a spreadsheet. Ask for" },
    { "表.png", "\x89PNG\r\n\x1a\n", "“表.png” is a picture or a film, not a spreadsheet." },
    { "表.jpg", "\xff\xd8\xff\xe0", "“表.jpg” is a picture or a film, not a spreadsheet." },
    { "~$表.csv", "a,b\n", "表.csv” only marks that somebody has the" },
    { ".~lock.表.csv#", ",x,y;", "“.~lock.表.csv#” only marks that somebody has the" },
    { ".~表.csv", "a,b\n", "表.csv” only marks that somebody has the" },
    { "表.docx", "PK\x03\x04", "“表.docx” is no spreadsheet but:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char  *path = g_build_filename (g_get_user_data_dir (), files[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_mkdir_with_parents (g_get_user_data_dir (), 0700);
      g_assert_true (g_file_set_contents (path, files[i].content, -1, NULL));
      shy_window_open_file (window, file);
      wait_for_text (window, files[i].words);
    }
}

static GtkWidget *
look_for_sidebar (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_POPOVER (widget))
    return NULL; /* the choice of counties looks like it */
  if (gtk_widget_has_css_class (widget, "navigation-sidebar"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = look_for_sidebar (child);

  return found;
}

static GtkWidget *
find_sidebar (ShyWindow *window)
{
  return look_for_sidebar (GTK_WIDGET (window));
}

static const char *
marked_page (ShyWindow *window)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (find_sidebar (window)));
  GtkWidget     *box = gtk_list_box_row_get_child (row);

  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (box)));
}

/* Whatever way a page is reached, the sidebar marks what is shown. */
static void
test_mark (ShyApplication *application,
           ShyWindow      *window)
{
  GtkWidget  *sidebar = find_sidebar (window);
  const char *database = shy_context_get_database (shy_application_get_context (application));

  g_assert_cmpstr (marked_page (window), ==, "Today");
  gtk_widget_child_focus (sidebar, GTK_DIR_TAB_FORWARD);
  press (window, "Down");
  wait_for_text (window, database);
  g_assert_cmpstr (marked_page (window), ==, "Example");
  press (window, "Up");
  wait_for_text (window, "Examples to look at");
  g_assert_cmpstr (marked_page (window), ==, "Today");

  shy_window_open_page (window, "example", "a thing");
  wait_for_text (window, "a thing");
  g_assert_cmpstr (marked_page (window), ==, "Example");
  shy_plugin_set_enabled (find_example (application), FALSE);
  wait_for_text (window, "Nothing Waits for You");
  g_assert_cmpstr (marked_page (window), ==, "Today");
  shy_plugin_set_enabled (find_example (application), TRUE);
}

/* The row of the list is pressed, as a person does. */
static void
test_todo_opens (ShyApplication *application,
                 ShyWindow      *window)
{
  GtkWidget *row = gtk_widget_get_ancestor (wait_for_text (window, "Examples to look at"),
                                            GTK_TYPE_LIST_BOX_ROW);

  gtk_widget_grab_focus (row);
  press (window, "Return");
  wait_for_text (window, "three");
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
  wait_for_text (wait_for_window ("GtkShortcutsWindow"), "Choose the counties looked at");

  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  wait_for_text (wait_for_window ("AdwAboutWindow"), "Shanye");
}

static void
type (GtkWidget  *widget,
      const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    press (widget, (const char[]) { *c, '\0' });
}

/* What is typed finds an action by the middle of its name, Enter does it. */
static void
test_palette (ShyApplication *application,
              ShyWindow      *window)
{
  GtkWidget *palette;

  wait_for_text (window, "Examples to look at");
  press (window, "ctrl+k");
  palette = wait_for_window ("ShyPalette");
  wait_for_text (palette, "Choose the counties looked at");
  type (palette, "shortc");
  wait_until_gone (palette, "Preferences");
  press (palette, "Return");
  wait_for_text (wait_for_window ("GtkShortcutsWindow"), "Find a page or an action");
}

static void
test_palette_closes (ShyApplication *application,
                     ShyWindow      *window)
{
  GtkWidget *palette;

  wait_for_text (window, "Examples to look at");
  press (window, "ctrl+k");
  palette = wait_for_window ("ShyPalette");
  type (palette, "zz");
  wait_for_text (palette, "Nothing is called so. Type a part of the name, its pinyin or its initials.");
  press (palette, "Return");
  g_assert_true (look_for_window (g_type_from_name ("ShyPalette")) == palette);
  press (palette, "Escape");
  g_assert_null (look_for_window (g_type_from_name ("ShyPalette")));
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
  running_add_test ("/window/tab-keeps-page", test_tab_keeps_page);
  running_add_test ("/window/file-finds-page", test_file_finds_page);
  running_add_test ("/window/missing-file", test_missing_file);
  running_add_test ("/window/nobody-opens", test_nobody_opens);
  running_add_test ("/window/last-message-counts", test_last_message_counts);
  running_add_test ("/window/foreign-files", test_foreign_files);
  running_add_test ("/window/mark", test_mark);
  running_add_test ("/window/todo-opens", test_todo_opens);
  running_add_test ("/window/scope", test_scope);
  running_add_test ("/window/preferences", test_preferences);
  running_add_test ("/window/dialogs", test_dialogs);
  running_add_test ("/window/palette", test_palette);
  running_add_test ("/window/palette-closes", test_palette_closes);
  running_add_test ("/window/icons", test_icons);

  return g_test_run ();
}
