/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an IT person does to connect a service: keys, test, mapping, the description. The real module
 * in the real window, against a province on loopback. */
#define _GNU_SOURCE /* memmem */

#include "looking.h"
#include "running.h"
#include "services-sample.h"

#include <string.h>

#define SERVICE "zj-open-jobfair"
#define PLANTED "planted-secret-7Q"

static ServicesSample sample;

static ShyStore *
open_store (ShyApplication *application)
{
  const char        *path = shy_context_get_database (shy_application_get_context (application));
  g_autoptr (GError) error = NULL;
  ShyStore          *store = shy_store_open (path, &error);

  g_assert_no_error (error);

  return store;
}

static void
wait_for_no_window (const char *type)
{
  while (look_for_window (g_type_from_name (type)) != NULL)
    settle ();
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, tooltip);

  return found;
}

static GtkWidget *
find_labelled (GtkWidget  *widget,
               const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_labelled (child, label);

  return found;
}

static GtkWidget *
show_preferences (ShyApplication *application)
{
  GtkWidget *preferences;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  preferences = wait_for_window ("ShyPreferencesWindow");
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), "services");
  wait_for_text (preferences, "浙江数据开放·招聘会");

  return preferences;
}

/* Presses a button of the service in the preferences. */
static void
press_in_preferences (ShyApplication *application,
                      const char     *tooltip)
{
  GtkWidget *preferences = show_preferences (application);
  GtkWidget *row = gtk_widget_get_ancestor (wait_for_text (preferences, "浙江数据开放·招聘会"),
                                            ADW_TYPE_ACTION_ROW);

  g_signal_emit_by_name (find_button (row, tooltip), "clicked");
}

static void
find_entries (GtkWidget *widget,
              GPtrArray *entries)
{
  if (ADW_IS_ENTRY_ROW (widget))
    g_ptr_array_add (entries, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_entries (child, entries);
}

static void
type_into (gpointer    window,
           const char *title,
           const char *text)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  find_entries (window, entries);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_has_prefix (adw_preferences_row_get_title (entries->pdata[i]), title))
      {
        gtk_editable_set_text (entries->pdata[i], text);
        return;
      }
  g_error ("There is no entry “%s”", title);
}

/* Fails where a file below @path holds the secret; there may be none. */
static void
assert_not_below (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      assert_not_below (inner);
    }
  if (dir == NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

      g_assert_nonnull (file);
      if (g_mapped_file_get_length (file) > 0)
        g_assert_null (memmem (g_mapped_file_get_contents (file), g_mapped_file_get_length (file),
                               PLANTED, strlen (PLANTED)));
    }
}

static char *
dup_config (ShyStore   *store,
            const char *name)
{
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (GHashTable)     config = shy_service_book_get_config (book, SERVICE, NULL);

  return g_strdup (g_hash_table_lookup (config, name));
}

static void
forget_config (ShyStore *store)
{
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);

  g_assert_true (shy_service_book_set_config (book, SERVICE, "prefix", NULL, NULL));
}

/* Without a keyring a key lives in memory, and nowhere else. */
static void
test_keys (ShyApplication *application,
           ShyWindow      *window)
{
  g_autoptr (ShyStore)   store = open_store (application);
  g_autoptr (ShySecrets) kept = shy_secrets_new ();
  g_autofree char       *folder = NULL;
  g_autofree char       *prefix = NULL;
  GtkWidget             *keys;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  press_in_preferences (application, "Keys");
  keys = wait_for_window ("ServicesKeysWindow");
  wait_for_text (keys, "Secrets stay in memory only");
  type_into (keys, "密钥 appsecret", PLANTED);
  type_into (keys, "接口唯一标识前缀", "jhcata00001");
  gtk_widget_activate_action (keys, "keys.save", NULL);
  wait_for_no_window ("ServicesKeysWindow");

  shy_secrets_add_memory (kept, SERVICE, province_server_get_base (sample.server));
  g_assert_cmpstr (shy_secrets_get (kept, "appsecret"), ==, PLANTED);
  prefix = dup_config (store, "prefix");
  g_assert_cmpstr (prefix, ==, "jhcata00001");
  folder = g_path_get_dirname (shy_context_get_database (
    shy_application_get_context (application)));
  assert_not_below (folder);
  assert_not_below (g_get_user_config_dir ());

  /* What is kept is not shown again, only that it is. */
  press_in_preferences (application, "Keys");
  keys = wait_for_window ("ServicesKeysWindow");
  wait_for_text (keys, "密钥 appsecret — kept");
  g_assert_null (look_for_text (keys, PLANTED));
}

static GtkTextBuffer *
open_text (ShyApplication *application,
           GtkWidget     **window)
{
  press_in_preferences (application, "Edit the description");
  *window = wait_for_window ("ServicesTextWindow");
  wait_for_text (*window, "The description can be used.");

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (wait_for_type (*window, "GtkSourceView")));
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Types @text in place of the first @what, and gives its line. */
static int
retype (GtkTextBuffer *buffer,
        const char    *what,
        const char    *text)
{
  GtkTextIter from, start, end;
  int         line;

  gtk_text_buffer_get_start_iter (buffer, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, what, 0, &start, &end, NULL));
  line = gtk_text_iter_get_line (&start);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);

  return line;
}

static int
get_cursor_line (GtkTextBuffer *buffer)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));

  return gtk_text_iter_get_line (&cursor);
}

static void
test_description (ShyApplication *application,
                  ShyWindow      *window)
{
  g_autoptr (ShyStore)       store = open_store (application);
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (ShyService)     service = NULL;
  g_autofree char           *before = NULL;
  g_autofree char           *undone = NULL;
  GtkWidget                 *editor;
  GtkTextBuffer             *buffer;
  int                        line;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  buffer = open_text (application, &editor);
  before = dup_text (buffer);

  /* The loader's own words, and the line they are about. */
  line = retype (buffer, "\"primary_key\"", "\"primary_kee\"");
  wait_for_text (editor, "Did you mean “primary_key”?");
  wait_for_text (editor, "$.streams[0]");
  gtk_widget_activate_action (editor, "text.go-to-fault", NULL);
  g_assert_cmpint (get_cursor_line (buffer), ==, line);

  gtk_text_buffer_undo (buffer);
  wait_for_text (editor, "The description can be used.");
  undone = dup_text (buffer);
  g_assert_cmpstr (undone, ==, before);

  /* The id is what rows and keys belong to. */
  line = retype (buffer, "\"" SERVICE "\"", "\"another\"");
  wait_for_text (editor, "The id must stay");
  gtk_widget_activate_action (editor, "text.go-to-fault", NULL);
  g_assert_cmpint (get_cursor_line (buffer), ==, line);
  gtk_text_buffer_undo (buffer);

  retype (buffer, "浙江数据开放·招聘会", "本县招聘会");
  wait_for_text (editor, "It is not saved yet.");
  gtk_widget_activate_action (editor, "text.save", NULL);
  wait_for_text (editor, "Saved.");
  service = shy_service_book_load (book, SERVICE, NULL);
  g_assert_cmpstr (shy_service_get_title (service), ==, "本县招聘会");
}

static void
keep_key (const char *key)
{
  shy_secrets_memory_set (SERVICE, province_server_get_base (sample.server), "appsecret", key);
}

/* Pulls as a person's pull does, and gives what the first row has in a field. */
static char *
pull_and_look (ShyStore   *store,
               const char *field)
{
  g_autoptr (ShyServiceBook)   book = shy_service_book_new (store);
  g_autoptr (ShySecrets)       secrets = shy_secrets_new ();
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (ShyLandedRows)    rows = NULL;
  g_autoptr (GPtrArray)        page = NULL;

  shy_secrets_add_memory (secrets, SERVICE, province_server_get_base (sample.server));
  landing = shy_landing_new (book, SERVICE, "job_fair", secrets, &error);
  g_assert_no_error (error);
  result = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->reason, ==, NULL);
  g_assert_cmpint (result->outcome, ==, SHY_PULL_LANDED);
  rows = shy_landed_rows_new (book, "job_fair", SERVICE);
  page = shy_landed_rows_next (rows, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, >, 0);

  return g_strdup (shy_landed_row_get (g_ptr_array_index (page, 0), field));
}

static void
find_combo_rows (GtkWidget *widget,
                 GPtrArray *rows)
{
  if (ADW_IS_COMBO_ROW (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_combo_rows (child, rows);
}

/* Chooses the field for a name of the source. */
static void
choose_field (GtkWidget  *mapper,
              const char *source,
              const char *field)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  find_combo_rows (mapper, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      AdwComboRow *row = rows->pdata[i];
      GListModel  *fields = adw_combo_row_get_model (row);

      if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), source) != 0)
        continue;
      for (guint at = 0; at < g_list_model_get_n_items (fields); at++)
        {
          g_autoptr (GtkStringObject) item = g_list_model_get_item (fields, at);

          if (g_str_equal (gtk_string_object_get_string (item), field))
            {
              adw_combo_row_set_selected (row, at);
              return;
            }
        }
    }
  g_error ("“%s” cannot be “%s”", source, field);
}

/* A name that no field takes is given to one, which the next pull then has. */
static void
test_mapper (ShyApplication *application,
             ShyWindow      *window)
{
  g_autoptr (ShyStore) store = open_store (application);
  g_autofree char     *without = NULL;
  g_autofree char     *with = NULL;
  GtkWidget           *trial, *mapper;
  guint                asked;

  services_sample_connect (&sample, store, SERVICE, "\"acb303\"", "\"nowhere\"");
  forget_config (store);
  keep_key (province_get_key (SERVICE, "appsecret"));
  without = pull_and_look (store, "place");
  g_assert_null (without);

  press_in_preferences (application, "Test the connection");
  trial = wait_for_window ("ServicesTrialWindow");
  wait_for_text (trial, "Not mapped");
  asked = province_count_requests (sample.province, "/");
  gtk_widget_activate_action (trial, "trial.map", NULL);
  mapper = wait_for_window ("ServicesMapper");
  wait_for_text (mapper, "not found");
  choose_field (mapper, "acb303", "举办地点");
  while (look_for_text (mapper, "not found") != NULL)
    settle ();
  g_assert_cmpuint (province_count_requests (sample.province, "/"), ==, asked);
  gtk_widget_activate_action (mapper, "mapper.save", NULL);
  wait_for_no_window ("ServicesMapper");

  with = pull_and_look (store, "place");
  g_assert_nonnull (with);
}

/* A description that comes with the program is connected, and its keys are asked for. */
static void
test_add (ShyApplication *application,
          ShyWindow      *window)
{
  g_autoptr (ShyStore)       store = open_store (application);
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (ShyService)     service = NULL;
  GtkWidget                 *preferences, *add, *row, *list;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  preferences = show_preferences (application);
  g_signal_emit_by_name (find_labelled (preferences, "_Connect…"), "clicked");
  add = wait_for_window ("ServicesAddWindow");
  wait_for_text (add, "任何单位和个人");
  row = gtk_widget_get_ancestor (wait_for_text (add, "深圳市政府数据开放平台"),
                                 GTK_TYPE_LIST_BOX_ROW);
  list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (list, "row-activated", row);
  wait_for_text (wait_for_window ("ServicesKeysWindow"), "深圳市政府数据开放平台");
  service = shy_service_book_load (book, "sz-open-employers", NULL);
  g_assert_nonnull (service);
}

/* A key that is refused: the step that failed says so in the words of the service. */
static void
test_refused (ShyApplication *application,
              ShyWindow      *window)
{
  g_autoptr (ShyStore) store = open_store (application);
  GtkWidget           *trial;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  forget_config (store);
  keep_key (PLANTED);
  press_in_preferences (application, "Test the connection");
  trial = wait_for_window ("ServicesTrialWindow");
  wait_for_text (trial, "Step by step");
  wait_for_text (trial, "密钥");
  wait_for_text (trial, "Not reached.");
  g_assert_null (look_for_text (trial, "The first rows"));
  g_assert_null (look_for_text (trial, PLANTED));
}

/* What was put in for another address is not sent to this one, and the windows say so. */
static void
test_elsewhere (ShyApplication *application,
                ShyWindow      *window)
{
  g_autoptr (ShyStore)   store = open_store (application);
  g_autoptr (ShySecrets) left = shy_secrets_new ();
  GtkWidget             *trial, *keys;
  guint                  asked;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  forget_config (store);
  shy_secrets_memory_forget (SERVICE);
  shy_secrets_memory_set (SERVICE, "https://data.zjzwfw.gov.cn", "appsecret",
                          province_get_key (SERVICE, "appsecret"));
  asked = province_count_requests (sample.province, "/");
  press_in_preferences (application, "Test the connection");
  trial = wait_for_window ("ServicesTrialWindow");
  wait_for_text (trial, "was put in for https://data.zjzwfw.gov.cn; now it would go to "
                        "http://127.0.0.1");
  g_assert_cmpuint (province_count_requests (sample.province, "/"), ==, asked);
  gtk_window_close (GTK_WINDOW (trial));
  wait_for_no_window ("ServicesTrialWindow");

  press_in_preferences (application, "Keys");
  keys = wait_for_window ("ServicesKeysWindow");
  wait_for_text (keys, "was put in for https://data.zjzwfw.gov.cn; put it in again");

  /* Whoever needs it no more says so here, and is not asked for it again. */
  g_signal_emit_by_name (find_button (keys, "Remove what is kept"), "clicked");
  wait_for_text (keys, "removed when you save");
  gtk_widget_activate_action (keys, "keys.save", NULL);
  wait_for_no_window ("ServicesKeysWindow");
  shy_secrets_add_memory (left, SERVICE, "https://data.zjzwfw.gov.cn");
  g_assert_null (shy_secrets_get (left, "appsecret"));
}

static void
make_automatic (ShyStore *store)
{
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  const ShyServiceOptions    options = { .automatic = TRUE,
                                         .to_minute = 24 * 60,
                                         .every_minutes = 24 * 60 };

  g_assert_true (shy_service_book_set_options (book, SERVICE, &options, NULL));
}

/* After a start without a keyring the page asks for what an automatic pull needs, and stops asking
 * once it is typed. */
static void
test_missing (ShyApplication *application,
              ShyWindow      *window)
{
  g_autoptr (ShyStore) store = open_store (application);
  g_autofree char     *place = NULL;
  GtkWidget           *keys;

  services_sample_connect (&sample, store, SERVICE, NULL, NULL);
  forget_config (store);
  keep_key (province_get_key (SERVICE, "appsecret"));
  place = pull_and_look (store, "place");
  make_automatic (store);
  shy_secrets_memory_forget (SERVICE);

  g_assert_true (shy_window_open_page (window, "services", NULL));
  wait_for_text (window, "must be entered again");
  g_signal_emit_by_name (find_labelled (GTK_WIDGET (window), "_Enter Keys…"), "clicked");
  keys = wait_for_window ("ServicesKeysWindow");
  wait_for_text (keys, "Secrets stay in memory only");
  type_into (keys, "密钥 appsecret", province_get_key (SERVICE, "appsecret"));
  gtk_widget_activate_action (keys, "keys.save", NULL);
  wait_for_no_window ("ServicesKeysWindow");
  wait_until_gone (window, "must be entered again");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  running_prepare ("../plugins", &argc, &argv);
  services_sample_start (&sample, 40);

  running_add_test ("/services/add", test_add);
  running_add_test ("/services/keys", test_keys);
  running_add_test ("/services/description", test_description);
  running_add_test ("/services/mapper", test_mapper);
  running_add_test ("/services/refused", test_refused);
  running_add_test ("/services/elsewhere", test_elsewhere);
  running_add_test ("/services/missing", test_missing);

  status = g_test_run ();
  services_sample_stop (&sample);

  return status;
}
