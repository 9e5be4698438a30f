/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a list as a person works on it: a table of people in a window of its own. */
#include "../core/record/people.h"
#include "looking.h"
#include "shy.h"

/* What a test looks at. */
typedef struct
{
  Fixture     base;
  ShyStore   *store;   /* (owned) */
  People     *people;  /* (owned by the list) */
  GtkWindow  *window;  /* (owned) */
  GtkWidget  *page;
  GtkWidget  *table;
  gint64      opened;  /* the record that was opened last */
} Desk;

static const ShyListColumn looks[] = {
  { "name", 10, 0 },
  { "person", 18, 2, .unsorted = TRUE },
  { "born", 10, 1, .hidden = TRUE },
};

static void
opened_cb (Desk      *desk,
           ShyRecord *record)
{
  desk->opened = shy_record_get_id (record);
}

static void
open_page (Desk *desk)
{
  static const ShyListChip chips[] = { { "", "All", NULL }, { "east", "East", NULL }, { "west", "West", NULL } };
  g_autoptr (ShyRecords)   records = NULL;
  GtkWidget               *box;

  desk->people = g_new0 (People, 1);
  records = people_new (desk->store, desk->people);
  desk->page = g_object_new (SHY_TYPE_LIST_PAGE, "name", "people", "label", "People", "search-placeholder",
                             "Name", "none-title", "Nobody Fits", "failure-title", "Not Readable", NULL);
  shy_list_page_set_columns (SHY_LIST_PAGE (desk->page), looks, G_N_ELEMENTS (looks));
  shy_list_page_add_chips (SHY_LIST_PAGE (desk->page), "county", chips, G_N_ELEMENTS (chips));
  g_signal_connect_swapped (desk->page, "activated", G_CALLBACK (opened_cb), desk);
  shy_list_page_set_records (SHY_LIST_PAGE (desk->page), records);

  desk->window = GTK_WINDOW (g_object_ref_sink (gtk_window_new ()));
  gtk_window_set_default_size (desk->window, 900, 600);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (desk->page, TRUE);
  gtk_box_append (GTK_BOX (box), desk->page);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Behind"));
  gtk_window_set_child (desk->window, box);
  gtk_window_present (desk->window);
  desk->table = wait_for_type (desk->window, "GtkColumnView");
  wait_for_text (desk->window, "2000");
  settle ();
}

static void
close_page (Desk *desk)
{
  gtk_window_destroy (desk->window);
  g_clear_object (&desk->window);
  settle ();
}

static void
set_up_desk (Desk          *desk,
             gconstpointer  data)
{
  set_up (&desk->base, NULL);
  desk->store = open_people (&desk->base);
  open_page (desk);
}

static void
tear_down_desk (Desk          *desk,
                gconstpointer  data)
{
  close_page (desk);
  g_clear_object (&desk->store);
  tear_down (&desk->base, NULL);
}

/* The first cell of the row that has the keys. */
static const char *
get_focused_name (Desk *desk)
{
  GtkWidget *focus = gtk_window_get_focus (desk->window);

  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, desk->table));
  while (!GTK_IS_LABEL (focus))
    focus = gtk_widget_get_first_child (focus);
  return gtk_label_get_text (GTK_LABEL (focus));
}

static void
go_to_rows (Desk *desk)
{
  gtk_widget_grab_focus (wait_for_type (desk->window, "GtkSearchEntry"));
  press (desk->window, "Down");
  g_assert_cmpstr (get_focused_name (desk), ==, "人1");
}

/* Waits until the first row below the headers has this text in its first cell: what is in sight. */
static void
wait_for_first (Desk       *desk,
                const char *name)
{
  const char *shown = NULL;

  for (int i = 0; i < 500 && g_strcmp0 (shown, name) != 0; i++)
    {
      GtkWidget *picked;

      settle ();
      picked = gtk_widget_pick (desk->table, 40, 52, GTK_PICK_DEFAULT);
      while (picked != NULL && !GTK_IS_LABEL (picked))
        picked = gtk_widget_get_first_child (picked);
      shown = picked != NULL ? gtk_label_get_text (GTK_LABEL (picked)) : NULL;
    }
  g_assert_cmpstr (shown, ==, name);
}

/* Presses a header as a mouse does. */
static void
press_header (Desk       *desk,
              const char *title)
{
  settle (); /* columns find their places */
  settle ();
  click (wait_for_text (desk->table, title), "1");
  settle ();
}

static void
test_headers (Desk          *desk,
              gconstpointer  data)
{
  press_header (desk, "金额");
  wait_for_first (desk, "人1000"); /* 0.50 */
  press_header (desk, "金额");
  wait_for_first (desk, "人321"); /* 999.50 */
  close_page (desk);

  /* It is remembered, and can be changed by the keys alone. */
  open_page (desk);
  wait_for_first (desk, "人321");
  gtk_widget_activate_action (desk->page, "columns.order", "s", "");
  wait_for_first (desk, "人1");
}

static void
test_chips (Desk          *desk,
            gconstpointer  data)
{
  GtkWidget *east = gtk_widget_get_ancestor (wait_for_text (desk->page, "East 1000"), GTK_TYPE_BUTTON);

  wait_for_text (desk->page, "2,000 rows");
  gtk_widget_grab_focus (east);
  press (desk->window, "space");
  wait_for_text (desk->page, "1,000 of 2,000 rows");
  wait_for_text (desk->table, "人2");
  wait_until_gone (desk->table, "west");

  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (desk->page, "GtkSearchEntry")), "nobody");
  wait_for_text (desk->page, "Nobody Fits");
  gtk_widget_activate (gtk_widget_get_ancestor (wait_for_text (desk->page, "Show All"), GTK_TYPE_BUTTON));
  wait_for_text (desk->page, "2,000 rows");
}

/* To go to a row is not to choose it; all are chosen without one of them being read. */
static void
test_chooses (Desk          *desk,
              gconstpointer  data)
{
  int reads;

  go_to_rows (desk);
  press (desk->window, "Down");
  g_assert_cmpstr (get_focused_name (desk), ==, "人2");
  g_assert_null (look_for_text (desk->page, "chosen"));
  press (desk->window, "space");
  wait_for_text (desk->page, "1 row chosen");
  press (desk->window, "shift+Down");
  wait_for_text (desk->page, "2 rows chosen");
  reads = g_atomic_int_get (&desk->people->reads);
  press (desk->window, "ctrl+a");
  wait_for_text (desk->page, "2,000 rows chosen");
  g_assert_cmpint (g_atomic_int_get (&desk->people->reads), ==, reads);
  press (desk->window, "Escape");
  wait_until_gone (desk->page, "chosen");
  press (desk->window, "Return");
  g_assert_cmpint (desk->opened, ==, 3);

  press (desk->window, "Tab"); /* the list is left, not walked through */
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (desk->window), desk->table));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      text)
{
  g_autoptr (GError) error = NULL;

  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      done)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      stream)
{
  g_autoptr (GError) error = NULL;

  *(GInputStream **) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_assert_no_error (error);
}

/* What another program would be given as a table. */
static char *
paste_html (GdkClipboard *clipboard)
{
  static const char        *types[] = { "text/html", NULL };
  g_autoptr (GInputStream)  stream = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  gboolean                  done = FALSE;

  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, read_cb, &stream);
  while (stream == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT,
                                NULL, spliced_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
test_copies (Desk          *desk,
             gconstpointer  data)
{
  GdkClipboard    *clipboard = gtk_widget_get_clipboard (desk->page);
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  go_to_rows (desk);
  press (desk->window, "space");
  press (desk->window, "shift+Down");
  wait_for_text (desk->page, "2 rows chosen");
  press (desk->window, "ctrl+c");
  while (gdk_clipboard_get_content (clipboard) == NULL)
    g_main_context_iteration (NULL, TRUE);
  gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "姓名\t证件号码\t县\t金额\n"
                             "人1\t331122199202290011\twest\t919.50\n"
                             "人2\t331122199202290012\teast\t838.50\n");
  html = paste_html (clipboard);
  g_assert_nonnull (strstr (html, "mso-number-format:'\\@'\" sdnum=\"2052;0;@\">331122199202290011</td>"));
}

static void
test_menu (Desk          *desk,
           gconstpointer  data)
{
  static const char *const keys[] = { "shift+F10", "Menu" };

  go_to_rows (desk);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *menu;

      press (desk->window, keys[i]);
      menu = wait_for_type (desk->page, "GtkPopoverMenu");
      wait_for_text (menu, "Choose All Rows");
      wait_for_text (menu, "Copy");
      if (i == 0)
        press (menu, "Escape");
    }
  gtk_widget_activate (gtk_widget_get_ancestor (wait_for_text (wait_for_type (desk->page, "GtkPopoverMenu"),
                                                               "Open"),
                                                g_type_from_name ("GtkModelButton")));
  for (int i = 0; i < 50 && desk->opened == 0; i++)
    settle ();
  g_assert_cmpint (desk->opened, ==, 1);
}

static void
test_columns (Desk          *desk,
              gconstpointer  data)
{
  static const char *const hidden[] = { "columns.show-1", "columns.show-2", "columns.show-3", "columns.show-0" };

  g_assert_null (look_for_text (desk->table, "出生日期")); /* by design */
  gtk_widget_activate_action (desk->page, "columns.show-4", NULL);
  wait_for_text (desk->table, "1992-02-29");
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_activate_action (desk->page, hidden[i], NULL);
  wait_until_gone (desk->table, "人1");
  gtk_widget_activate_action (desk->page, "columns.show-4", NULL); /* the last one stays */
  settle ();
  wait_for_text (desk->table, "1992-02-29");
  close_page (desk);
  open_page (desk);
  wait_for_text (desk->table, "1992-02-29");
  g_assert_null (look_for_text (desk->table, "人1"));
  gtk_widget_activate_action (desk->page, "columns.show-0", NULL);
  gtk_widget_activate_action (desk->page, "columns.show-1", NULL);
  gtk_widget_activate_action (desk->page, "columns.show-2", NULL);
  gtk_widget_activate_action (desk->page, "columns.show-3", NULL);
  gtk_widget_activate_action (desk->page, "columns.show-4", NULL);
  wait_for_text (desk->table, "人1");
}

/* A view is named, and brings back filters and order, but not whom one searched for. */
static void
test_views (Desk          *desk,
            gconstpointer  data)
{
  GtkWidget *search = wait_for_type (desk->page, "GtkSearchEntry");
  GtkWidget *dialog;

  gtk_widget_grab_focus (gtk_widget_get_ancestor (wait_for_text (desk->page, "East 1000"), GTK_TYPE_BUTTON));
  press (desk->window, "space");
  gtk_widget_activate_action (desk->page, "columns.order", "s", "pay");
  gtk_editable_set_text (GTK_EDITABLE (search), "人19");
  wait_for_text (desk->page, " of 111 rows");
  gtk_widget_activate_action (desk->page, "rows.keep-view", NULL);
  while ((dialog = look_for_window (ADW_TYPE_MESSAGE_DIALOG)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (dialog, "GtkEntry")), "东部");
  gtk_widget_grab_focus (wait_for_type (dialog, "GtkEntry"));
  press (dialog, "Return");
  settle ();

  gtk_widget_activate_action (desk->page, "rows.show-all", NULL);
  gtk_widget_activate_action (desk->page, "columns.order", "s", "");
  wait_for_text (desk->page, "2,000 rows");
  gtk_widget_activate_action (desk->page, "rows.view", "s", "东部");
  wait_for_text (desk->page, "1,000 of 2,000 rows");
  wait_for_first (desk, "人1000");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  gtk_widget_activate_action (desk->page, "rows.forget-view", "s", "东部");
  gtk_widget_activate_action (desk->page, "columns.order", "s", "");
  gtk_widget_activate_action (desk->page, "rows.show-all", NULL);
  wait_for_text (desk->page, "2,000 rows");
  gtk_widget_activate_action (desk->page, "rows.view", "s", "东部");
  settle ();
  wait_for_text (desk->page, "2,000 rows");
}

/* Whoever reads keeps the place when somebody else changes the register. */
static void
test_keeps_place (Desk          *desk,
                  gconstpointer  data)
{
  go_to_rows (desk);
  press (desk->window, "Down");
  press (desk->window, "Down");
  press (desk->window, "space");
  g_assert_cmpstr (get_focused_name (desk), ==, "人3");
  change_people (desk->store, "DELETE FROM people WHERE id = 1");
  wait_for_text (desk->page, "1,999 rows");
  settle ();
  g_assert_cmpstr (get_focused_name (desk), ==, "人3");
  wait_for_text (desk->page, "1 row chosen");
  change_people (desk->store, "UPDATE people SET name = '改名' WHERE id = 3");
  wait_for_text (desk->table, "改名");
  g_assert_cmpstr (get_focused_name (desk), ==, "改名");
}

static void
test_fails (Desk          *desk,
            gconstpointer  data)
{
  g_atomic_int_set (&desk->people->failing, TRUE);
  change_people (desk->store, "UPDATE people SET name = '改名' WHERE id = 3");
  wait_for_text (desk->page, "Not Readable");
  wait_for_text (desk->page, "The disk failed.");
  g_atomic_int_set (&desk->people->failing, FALSE);
  gtk_widget_activate (gtk_widget_get_ancestor (wait_for_text (desk->page, "Try Again"), GTK_TYPE_BUTTON));
  wait_for_text (desk->page, "改名");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  adw_init ();

#define ADD(path, test) g_test_add (path, Desk, NULL, set_up_desk, test, tear_down_desk)
  ADD ("/list-page/headers", test_headers);
  ADD ("/list-page/chips", test_chips);
  ADD ("/list-page/chooses", test_chooses);
  ADD ("/list-page/copies", test_copies);
  ADD ("/list-page/menu", test_menu);
  ADD ("/list-page/columns", test_columns);
  ADD ("/list-page/views", test_views);
  ADD ("/list-page/keeps-place", test_keeps_place);
  ADD ("/list-page/fails", test_fails);

  return g_test_run ();
}
