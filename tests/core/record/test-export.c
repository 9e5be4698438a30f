/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include "../sheet/book-maker.h"

/* Three people, one of whom is called as a formula. */
static ShyRecords *
open_three (Fixture  *self,
            ShyStore *store,
            People   *people)
{
  static const char *const sql[] = {
    "DELETE FROM people WHERE id > 3",
    "UPDATE people SET name = '=HYPERLINK(\"http://127.0.0.1\";\"x\")' WHERE id = 2",
    "UPDATE people SET name = 'a<b>&' || char(9) || '丙', pay = NULL WHERE id = 3",
    NULL,
  };
  ShyRecords *records;

  run_script (store, sql);
  records = people_new (store, people);
  wait_for_list (records);
  return records;
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
export_to (ShyRecords  *records,
           const char  *path,
           GError     **error)
{
  g_autoptr (GFile)        file = path != NULL ? g_file_new_for_path (path)
                                               : g_file_new_for_uri ("sftp://127.0.0.1/list.xlsx");
  g_autoptr (GArray)       ids = shy_records_dup_ids (records);
  g_autoptr (GAsyncResult) result = NULL;

  shy_records_export_async (records, ids, "名单", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return shy_records_export_finish (records, result, error);
}

static void
test_spreadsheets (Fixture       *self,
                   gconstpointer  data)
{
  static const char *const names[] = { "list.xlsx", "list.csv" };
  People                  *people = g_new0 (People, 1);
  g_autoptr (ShyStore)     store = open_people (self);
  g_autoptr (ShyRecords)   records = open_three (self, store, people);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char     *path = g_build_filename (self->folder, names[i], NULL);
      g_autoptr (GError)   error = NULL;
      g_autoptr (ShyBook)  book = NULL;
      g_autofree char     *shown = NULL;
      GStatBuf             info;

      export_to (records, path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      book = shy_book_open (path, NULL, &error);
      shown = dump_sheet (book, 0, SHY_BOOK_READ_DEFAULT, &error);
      g_assert_no_error (error);
      g_test_message ("%s", shown);
      g_assert_nonnull (strstr (shown, "A=t姓名 B=t证件号码 C=t县 D=t金额 E=t出生日期"));
      g_assert_nonnull (strstr (shown, "B=t331122199202290011"));
      g_assert_nonnull (strstr (shown, "=HYPERLINK(\"http://127.0.0.1\";\"x\")"));
      if (i == 0)
        {
          g_assert_nonnull (strstr (shown, "D=n919.5"));
          g_assert_nonnull (strstr (shown, "E=d"));
        }
    }
}

/* What a spreadsheet would run when it opens the file has an apostrophe in front. */
static void
test_runs_no_formula (Fixture       *self,
                      gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = open_three (self, store, people);
  g_autofree char       *path = g_build_filename (self->folder, "list.csv", NULL);
  g_autofree char       *text = NULL;
  g_autoptr (GError)     error = NULL;

  export_to (records, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"'=HYPERLINK("));
}

static void
test_objects (Fixture       *self,
              gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = open_three (self, store, people);
  g_autofree char       *path = g_build_filename (self->folder, "list.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  JsonArray             *array;
  JsonObject            *first;

  export_to (records, path, &error);
  g_assert_no_error (error);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  first = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "person"), ==, "331122199202290011");
  g_assert_cmpfloat (json_object_get_double_member (first, "pay"), ==, 919.5);
  g_assert_true (json_object_get_null_member (json_array_get_object_element (array, 2), "pay"));
}

static void
test_refuses (Fixture       *self,
              gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = open_three (self, store, people);
  g_autofree char       *odd = g_build_filename (self->folder, "list.pdf", NULL);
  g_autofree char       *nowhere = g_build_filename (self->folder, "no", "list.json", NULL);
  g_autoptr (GError)     error = NULL;

  g_assert_false (export_to (records, odd, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (export_to (records, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (export_to (records, nowhere, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (odd, G_FILE_TEST_EXISTS));
}

static void
test_stops (Fixture       *self,
            gconstpointer  data)
{
  People                  *people = g_new0 (People, 1);
  g_autoptr (ShyStore)     store = open_people (self);
  g_autoptr (ShyRecords)   records = people_new (store, people);
  g_autofree char         *path = g_build_filename (self->folder, "list.xlsx", NULL);
  g_autoptr (GFile)        file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray)       ids = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GDir)         folder = NULL;
  const char              *name;

  wait_for_list (records);
  ids = shy_records_dup_ids (records);
  shy_records_export_async (records, ids, "名单", file, cancellable, take_result, &result);
  while (g_atomic_int_get (&people->reads) < 2)
    g_usleep (100);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (shy_records_export_finish (records, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_cmpstr (name, ==, "sub");
}

/* The clipboard's table is read back by a reader of pages, its lines as separated values. */
static void
test_copies (Fixture       *self,
             gconstpointer  data)
{
  static const guint       columns[] = { 1, 0, 3, 4 };
  People                  *people = g_new0 (People, 1);
  g_autoptr (ShyStore)     store = open_people (self);
  g_autoptr (ShyRecords)   records = open_three (self, store, people);
  g_autoptr (GArray)       ids = shy_records_dup_ids (records);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char         *html = NULL;
  g_autofree char         *text = NULL;
  g_autofree char         *shown = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GError)       error = NULL;

  shy_records_copy_async (records, ids, columns, G_N_ELEMENTS (columns), NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shy_records_copy_finish (records, result, &html, &text, &error));
  bytes = g_bytes_new_static (html, strlen (html));
  shown = dump_bytes (bytes, "clipboard.xls", &error);
  g_assert_no_error (error);
  g_test_message ("%s", shown);
  g_assert_nonnull (strstr (shown, "A=t证件号码 B=t姓名 C=t金额 D=t出生日期"));
  g_assert_nonnull (strstr (shown, "A=t331122199202290013 B=ta<b>& 丙"));
  g_assert_nonnull (strstr (html, "mso-number-format:'\\@'\" sdnum=\"2052;0;@\">331122199202290011<"));
  g_assert_nonnull (strstr (html, "<td>919.50</td><td>1992-02-29</td>"));
  g_assert_cmpstr (text, ==,
                   "证件号码\t姓名\t金额\t出生日期\n"
                   "331122199202290011\t人1\t919.50\t1992-02-29\n"
                   "331122199202290012\t'=HYPERLINK(\"http://127.0.0.1\";\"x\")\t838.50\t1992-02-29\n"
                   "331122199202290013\ta<b>& 丙\t\t1992-02-29\n");
}

static void
test_copies_no_million (Fixture       *self,
                        gconstpointer  data)
{
  static const guint       columns[] = { 0 };
  People                  *people = g_new0 (People, 1);
  g_autoptr (ShyStore)     store = open_people (self);
  g_autoptr (ShyRecords)   records = open_three (self, store, people);
  g_autoptr (GArray)       ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char         *html = NULL;
  g_autofree char         *text = NULL;
  g_autoptr (GError)       error = NULL;

  g_array_set_size (ids, 1000000);
  shy_records_copy_async (records, ids, columns, 1, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (shy_records_copy_finish (records, result, &html, &text, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/export/spreadsheets", test_spreadsheets);
  ADD ("/export/runs-no-formula", test_runs_no_formula);
  ADD ("/export/objects", test_objects);
  ADD ("/export/refuses", test_refuses);
  ADD ("/export/stops", test_stops);
  ADD ("/export/copies", test_copies);
  ADD ("/export/copies-no-million", test_copies_no_million);

  return g_test_run ();
}
