/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "sheet/shy-sheet-writer.h"
#include "shy-error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *const headers[] = { "姓名", "证件号码", "日期", "金额", "在册", NULL };

static char *
make_path (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_dir_make_tmp ("shy-writer-XXXXXX", &error);

  g_assert_no_error (error);
  return g_build_filename (folder, name, NULL);
}

static guint
count_files (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
remove_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
write_rows (ShySheetWriter *writer)
{
  g_autoptr (GError) error = NULL;
  GDate              day;

  g_date_set_dmy (&day, 30, 6, 2025);
  g_assert_true (shy_sheet_writer_add_sheet (writer, "结果[1]", headers, &error));
  shy_sheet_writer_add_text (writer, "张三");
  shy_sheet_writer_add_text (writer, "330822199001011238");
  shy_sheet_writer_add_date (writer, &day);
  shy_sheet_writer_add_number (writer, "1234.5");
  shy_sheet_writer_add_boolean (writer, TRUE);
  g_assert_true (shy_sheet_writer_end_row (writer, &error));
  g_assert_true (shy_sheet_writer_end_row (writer, &error));
  shy_sheet_writer_add_text (writer, "=1+1");
  shy_sheet_writer_add_number (writer, "1234567890123456");
  shy_sheet_writer_add_empty (writer);
  shy_sheet_writer_add_number (writer, "-3");
  g_assert_true (shy_sheet_writer_end_row (writer, &error));
  shy_sheet_writer_add_text (writer, "说\"好\",\n了");
  g_assert_true (shy_sheet_writer_end_row (writer, &error));
  g_assert_no_error (error);
}

static char *
write_file (const char     *name,
            ShySheetFormat  format)
{
  char                     *path = make_path (name);
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, format, &error);

  g_assert_no_error (error);
  write_rows (writer);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (shy_sheet_writer_close (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (path), ==, 1);
  return path;
}

static void
test_xlsx (void)
{
  g_autofree char    *path = write_file ("结果.xlsx", SHY_SHEET_FORMAT_XLSX);
  g_autoptr (ShyBook) book = shy_book_open (path, NULL, NULL);
  g_autofree char    *rows = dump_sheet (book, 0, 0, NULL);

  g_assert_cmpstr (shy_book_get_sheet_name (book, 0), ==, "结果_1_");
  g_assert_cmpstr (rows, ==,
                   "1: A=t姓名 B=t证件号码 C=t日期 D=t金额 E=t在册\n"
                   "2: A=t张三 B=t330822199001011238 C=d2025-06-30 D=n1234.5 E=bTRUE\n"
                   "4: A=t=1+1 B=t1234567890123456 D=n-3\n"
                   "5: A=t说\"好\",\n了\n");
  remove_path (path);
}

static void
test_xlsx_looks (void)
{
  static const char *const parts[] = {
    "<pane ySplit=\"1\"", "state=\"frozen\"", "<autoFilter ref=\"A1:E5\"/>",
    /* 身份证 numbers are 18 wide; Chinese signs count double. */
    "<col min=\"2\" max=\"2\" width=\"20.7109375\"", "<col min=\"1\" max=\"1\" width=\"9.7109375\"",
    "numberStoredAsText=\"1\"",
  };
  g_autofree char *path = write_file ("结果.xlsx", SHY_SHEET_FORMAT_XLSX);
  g_autofree char *xml = read_part (path, "xl/worksheets/sheet1.xml");

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (xml, parts[i]) == NULL)
      g_error ("“%s” is not in %s", parts[i], xml);
  remove_path (path);
}

static void
test_csv (void)
{
  g_autofree char    *path = write_file ("结果.csv", SHY_SHEET_FORMAT_CSV);
  g_autofree char    *text = NULL;
  g_autofree char    *rows = NULL;
  g_autoptr (ShyBook) book = shy_book_open (path, NULL, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf姓名,证件号码,日期,金额,在册\r\n"
                   "张三,330822199001011238,2025-06-30,1234.5,TRUE\r\n"
                   ",,,,\r\n"
                   "'=1+1,1234567890123456,,-3,\r\n"
                   "\"说\"\"好\"\",\n了\",,,,\r\n");
  rows = dump_sheet (book, 0, 0, NULL);
  g_assert_nonnull (strstr (rows, "4: A=t=1+1 B=t1234567890123456 D=t-3\n5: A=t说\"好\",\n了\n"));
  remove_path (path);
}

static void
test_two_sheets (void)
{
  g_autofree char           *path = make_path ("a.xlsx");
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, SHY_SHEET_FORMAT_XLSX, &error);
  g_autoptr (ShyBook)        book = NULL;
  g_autofree char           *rows = NULL;

  write_rows (writer);
  g_assert_true (shy_sheet_writer_add_sheet (writer, "说明", headers, &error));
  shy_sheet_writer_add_text (writer, "无");
  g_assert_true (shy_sheet_writer_end_row (writer, &error));
  g_assert_true (shy_sheet_writer_close (writer, &error));
  book = shy_book_open (path, NULL, NULL);
  g_assert_cmpuint (shy_book_get_n_sheets (book), ==, 2);
  rows = dump_sheet (book, 1, 0, NULL);
  g_assert_nonnull (strstr (rows, "2: A=t无"));
  remove_path (path);
}

static void
check_failing (ShySheetFormat  format,
               const char     *second,
               ShyError        code)
{
  g_autofree char           *path = make_path ("a");
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, format, &error);

  write_rows (writer);
  g_assert_false (shy_sheet_writer_add_sheet (writer, second, headers, &error));
  g_assert_error (error, SHY_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_false (shy_sheet_writer_close (writer, &error));
  g_assert_error (error, SHY_ERROR, (int) code);
  g_assert_cmpuint (count_files (path), ==, 0);
  remove_path (path);
}

static void
test_failing (void)
{
  check_failing (SHY_SHEET_FORMAT_CSV, "二", SHY_ERROR_UNSUPPORTED);
  check_failing (SHY_SHEET_FORMAT_XLSX, "结果_1_", SHY_ERROR_INVALID);
}

static void
test_long_text (void)
{
  g_autofree char           *path = make_path ("a.xlsx");
  g_autofree char           *text = g_strnfill (40000, 'x');
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, SHY_SHEET_FORMAT_XLSX, &error);

  write_rows (writer);
  shy_sheet_writer_add_text (writer, text);
  g_assert_false (shy_sheet_writer_end_row (writer, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "A6"));
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (path), ==, 0);
  remove_path (path);
}

static void
test_dropped (void)
{
  g_autofree char           *path = make_path ("a.csv");
  g_autoptr (ShySheetWriter) writer = NULL;
  g_autofree char           *text = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  writer = shy_sheet_writer_new (path, SHY_SHEET_FORMAT_CSV, NULL);
  write_rows (writer);
  g_clear_object (&writer);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (path), ==, 1);
  remove_path (path);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_sheet_writer_new ("/nowhere/a.xlsx", SHY_SHEET_FORMAT_XLSX, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

/* A disk that fills up, as far as a process can make one: no file may grow beyond a limit. */
static void
fill_disk (ShySheetFormat format)
{
  g_autofree char           *path = make_path ("a");
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShySheetWriter) writer = NULL;
  struct rlimit              limit = { 20000, 20000 };
  gboolean                   ok = TRUE;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  writer = shy_sheet_writer_new (path, format, &error);
  g_assert_no_error (error);
  ok = shy_sheet_writer_add_sheet (writer, "表", headers, &error);
  for (guint i = 0; i < 4000 && ok; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u行 %x", i, i * 2654435761u);

      shy_sheet_writer_add_text (writer, text);
      ok = shy_sheet_writer_end_row (writer, &error);
    }
  g_assert_false (ok && shy_sheet_writer_close (writer, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE);
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (path), ==, 1);
  remove_path (path);
  exit (0);
}

static void
test_full_disk (void)
{
  if (g_test_subprocess ())
    fill_disk (SHY_SHEET_FORMAT_XLSX);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_full_disk_csv (void)
{
  if (g_test_subprocess ())
    fill_disk (SHY_SHEET_FORMAT_CSV);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#if !defined(__SANITIZE_ADDRESS__)
static glong
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss; /* KiB */
}

/* Writes and reads, and gives by how many KiB the peak of memory rose. */
static glong
measure (ShySheetFormat format,
         guint          n_rows)
{
  g_autofree char           *path = make_path ("a");
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, format, NULL);
  g_autoptr (ShySheetReader) reader = NULL;
  g_autoptr (ShyBook)        book = NULL;
  glong                      before = get_peak ();
  guint                      n = 0;

  g_assert_true (shy_sheet_writer_add_sheet (writer, "表", headers, NULL));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u行的一段不短的文字 %x", i, i * 2654435761u);

      for (guint c = 0; c < 5; c++)
        shy_sheet_writer_add_text (writer, text);
      g_assert_true (shy_sheet_writer_end_row (writer, NULL));
    }
  g_assert_true (shy_sheet_writer_close (writer, NULL));
  book = shy_book_open (path, NULL, NULL);
  reader = shy_book_read_sheet (book, 0, SHY_BOOK_READ_MERGED, NULL, NULL);
  while (shy_sheet_reader_next (reader, NULL) != NULL)
    n++;
  g_assert_cmpuint (n, ==, n_rows + 1);
  remove_path (path);
  return get_peak () - before;
}

/* Ten times the rows, about 8 MB of cells, must not take more than 2 MB more. */
static void
test_bounded (void)
{
  measure (SHY_SHEET_FORMAT_XLSX, 2000);
  g_assert_cmpint (measure (SHY_SHEET_FORMAT_XLSX, 20000), <, 2048);
  measure (SHY_SHEET_FORMAT_CSV, 2000);
  g_assert_cmpint (measure (SHY_SHEET_FORMAT_CSV, 20000), <, 2048);
}
#endif

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/sheet-writer/xlsx", test_xlsx);
  g_test_add_func ("/sheet-writer/xlsx-looks", test_xlsx_looks);
  g_test_add_func ("/sheet-writer/csv", test_csv);
  g_test_add_func ("/sheet-writer/two-sheets", test_two_sheets);
  g_test_add_func ("/sheet-writer/failing", test_failing);
  g_test_add_func ("/sheet-writer/long-text", test_long_text);
  g_test_add_func ("/sheet-writer/dropped", test_dropped);
  g_test_add_func ("/sheet-writer/no-folder", test_no_folder);
  g_test_add_func ("/sheet-writer/full-disk", test_full_disk);
  g_test_add_func ("/sheet-writer/full-disk-csv", test_full_disk_csv);
#if !defined(__SANITIZE_ADDRESS__)
  g_test_add_func ("/sheet-writer/bounded", test_bounded);
#endif
  return g_test_run ();
}
