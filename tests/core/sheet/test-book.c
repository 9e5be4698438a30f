/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "shy-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEADER "姓名 B=t证件号码 C=t出生日期 D=t缴费月份 E=t金额（元） F=t是否在册 G=t备注\n"
#define ZHANG "张三 B=t330822199001011238 C=d1990-01-01 D=d2025-06-01 E=n1234.56 F=bTRUE G=t  首次 "
#define LI "李四 B=t331126198512310014 C=d1985-12-31 D=d2024-12-01 E=n200000 F=bFALSE G=t第一行\n第二行"
#define OUYANG "欧阳·娜 B=t33082219780228021X C=d2024-02-29 D=d2025-01-01 E=n0.3 F=bTRUE G=t<&>\"'"
#define WANG "王小明（女） B=n000042 C=D2025-06-30 08:30:00 D=T14:05:00 E=n2469.12 F=t是 G=e\n"
#define TITLED "1: A=t2025年度补贴申报表\n2: A=t" HEADER

/* Files that other programs wrote (tests/data/sheets/make.py), and what is in them. */
static const struct
{
  const char *file;
  ShyBookKind kind;
  gboolean    second_visible;
  const char *rows;
} written[] = {
  { "openpyxl.xlsx", SHY_BOOK_XLSX, FALSE,
    TITLED "3: A=t" ZHANG " H=t山业公司 I=e\n4: A=t" LI " I=n330822199001011000\n5: A=t" OUYANG " I=e#N/A\n" },
  { "gnumeric.xlsx", SHY_BOOK_XLSX, TRUE,
    TITLED "3: A=t" ZHANG " H=t山业公司 I=n201234.56\n4: A=t" LI " I=n330822199001011300\n5: A=t" OUYANG " I=e#N/A\n" },
  { "gnumeric.xls", SHY_BOOK_XLS, FALSE,
    TITLED "3: A=t" ZHANG " H=t山业公司 I=n201234.56\n4: A=t" LI " I=n330822199001011000\n5: A=t" OUYANG " I=e#N/A\n" },
  { "xlsxwriter.xlsx", SHY_BOOK_XLSX, TRUE,
    "1: A=t" HEADER "2: A=t" ZHANG "\n3: A=t" LI "\n4: A=t" OUYANG "\n5: A=t" WANG },
  { "xlsxwriter-inline-1904.xlsx", SHY_BOOK_XLSX, TRUE,
    "1: A=t" HEADER "2: A=t" ZHANG "\n3: A=t" LI "\n4: A=t" OUYANG "\n5: A=t" WANG },
  { "xlwt.xls", SHY_BOOK_XLS, FALSE,
    "1: A=t" HEADER "2: A=t" ZHANG "\n3: A=t" LI "\n4: A=t" OUYANG
    "\n5: A=t合并 B=n330822199001011000\n6: B=e\n7: B=n45838\n" },
  { "strict.xlsx", SHY_BOOK_XLSX, TRUE,
    "1: A=t衢州 B=ta\rb_x000D_ C=t内联\n"
    "5: A=d2025-06-30 B=d2025-06-30 C=d2025-06-30 F=D2025-06-30 08:30:00 G=d1904-01-01\n"
    "6: B=e#DIV/0! C=n1000 D=n330822199001011000 E=n1234.56 F=bFALSE\n" },
};

static void
test_written (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char    *path = fixture_path (written[i].file);
      g_autofree char    *rows = NULL;
      g_autoptr (GError)  error = NULL;
      g_autoptr (ShyBook) book = shy_book_open (path, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (shy_book_get_kind (book), ==, written[i].kind);
      g_assert_cmpstr (shy_book_get_name (book), ==, written[i].file);
      g_assert_null (shy_book_get_warnings (book)[0]);
      rows = dump_sheet (book, 0, SHY_BOOK_READ_DEFAULT, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, written[i].rows);
      if (shy_book_get_n_sheets (book) > 1)
        g_assert_cmpint (shy_book_is_sheet_visible (book, 1), ==, written[i].second_visible);
    }
}

static void
test_sheets (void)
{
  g_autofree char    *path = fixture_path ("openpyxl.xlsx");
  g_autoptr (ShyBook) book = shy_book_open (path, NULL, NULL);
  g_autofree char    *rows = NULL;
  guint               sheet = 0;

  g_assert_cmpuint (shy_book_get_n_sheets (book), ==, 2);
  g_assert_true (shy_book_find_sheet (book, "隐藏", &sheet));
  g_assert_cmpuint (sheet, ==, 1);
  g_assert_false (shy_book_find_sheet (book, "没有", &sheet));
  rows = dump_sheet (book, 1, SHY_BOOK_READ_DEFAULT, NULL);
  g_assert_cmpstr (rows, ==, "2: B=n7\n");
}

/* The texts of an old file may run over the end of a record. */
static void
test_long_texts (void)
{
  g_autofree char    *path = fixture_path ("xlwt.xls");
  g_autoptr (ShyBook) book = shy_book_open (path, NULL, NULL);
  g_autofree char    *rows = dump_sheet (book, 1, SHY_BOOK_READ_DEFAULT, NULL);
  g_autoptr (GString) wanted = g_string_new ("2: B=t");

  for (guint i = 0; i < 3000; i++)
    g_string_append (wanted, "长");
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (wanted, "\n%u: A=t共享文字%u号，跨越记录", 3 + i, i);
  g_string_append_c (wanted, '\n');
  g_assert_cmpstr (rows, ==, wanted->str);
}

static void
check_merged (const char *file,
              guint       row,
              guint       column,
              const char *text,
              guint       flags)
{
  g_autofree char           *path = fixture_path (file);
  g_autoptr (ShyBook)        book = shy_book_open (path, NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, SHY_BOOK_READ_MERGED, NULL, NULL);
  const ShySheetRow         *given;
  const ShySheetCell        *cell;

  do
    given = shy_sheet_reader_next (reader, NULL);
  while (given->number != row);
  cell = shy_sheet_row_get_cell (given, column);
  g_assert_nonnull (cell);
  g_assert_cmpstr (cell->text, ==, text);
  g_assert_cmpuint (cell->row, ==, row);
  g_assert_cmpuint (cell->column, ==, column);
  g_assert_cmphex (cell->flags, ==, flags);
}

static void
test_merged (void)
{
  check_merged ("openpyxl.xlsx", 1, 0, "2025年度补贴申报表", 0);
  check_merged ("openpyxl.xlsx", 1, 6, "2025年度补贴申报表", SHY_SHEET_CELL_MERGED | SHY_SHEET_CELL_ACROSS);
  check_merged ("openpyxl.xlsx", 3, 7, "山业公司", 0);
  check_merged ("openpyxl.xlsx", 5, 7, "山业公司", SHY_SHEET_CELL_MERGED);
  check_merged ("gnumeric.xls", 5, 7, "山业公司", SHY_SHEET_CELL_MERGED);
  check_merged ("xlwt.xls", 7, 0, "合并", SHY_SHEET_CELL_MERGED);
}

static void
test_cancel (void)
{
  g_autofree char           *path = fixture_path ("openpyxl.xlsx");
  g_autoptr (GCancellable)   cancellable = g_cancellable_new ();
  g_autoptr (ShyBook)        book = shy_book_open (path, NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, 0, cancellable, NULL);
  g_autoptr (GError)         error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (shy_sheet_reader_next (reader, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (shy_book_open (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_progress (void)
{
  g_autofree char           *path = fixture_path ("xlsxwriter.xlsx");
  g_autoptr (ShyBook)        book = shy_book_open (path, NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, 0, NULL, NULL);
  guint64                    done, total;

  shy_sheet_reader_get_progress (reader, &done, &total);
  g_assert_cmpuint (done, ==, 0);
  g_assert_cmpuint (total, >, 1000);
  while (shy_sheet_reader_next (reader, NULL) != NULL)
    ;
  shy_sheet_reader_get_progress (reader, &done, &total);
  g_assert_cmpuint (done, ==, total);
}

static void
test_wrong_name (void)
{
  static const struct
  {
    const char *fixture;
    const char *name;
    gboolean    warned;
  } cases[] = {
    { "openpyxl.xlsx", "名单.xls", TRUE },  { "openpyxl.xlsx", "名单.csv", TRUE },
    { "openpyxl.xlsx", "名单.XLSX", FALSE }, { "openpyxl.xlsx", "名单", FALSE },
    { "xlwt.xls", "名单.xlsx", TRUE },      { "xlwt.xls", "名单.xls", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes)  bytes = load_fixture (cases[i].fixture);
      g_autoptr (ShyBook) book = shy_book_open_bytes (bytes, cases[i].name, NULL, NULL);

      g_assert_nonnull (book);
      g_assert_cmpint (shy_book_get_warnings (book)[0] != NULL, ==, cases[i].warned);
    }
}

static void
check_refused (GBytes     *bytes,
               const char *name,
               ShyError    code,
               const char *word)
{
  g_autoptr (GError)  error = NULL;
  G_GNUC_UNUSED g_autofree char    *rows = dump_bytes (bytes, name, &error);

  g_assert_error (error, SHY_ERROR, (int) code);
  if (strstr (error->message, word) == NULL || strstr (error->message, name) == NULL)
    g_error ("“%s” lacks “%s” or “%s”", error->message, word, name);
}

static const struct
{
  const char *name;
  const char *content;
  ShyError    code;
  const char *word;
} texts_refused[] = {
  { "空.xlsx", "", SHY_ERROR_INVALID, "is empty" },
  { "网页.xls", "\xef\xbb\xbf \n<HTML><body>登录</body>", SHY_ERROR_UNSUPPORTED, "holds no table" },
  { "网页2.xls", "<meta charset=gbk><table>", SHY_ERROR_UNSUPPORTED, "web page" },
  { "~$名单.xlsx", "x", SHY_ERROR_UNSUPPORTED, "open" },
  { ".~lock.名单.ods#", "x", SHY_ERROR_UNSUPPORTED, "open" },
  { "照片.xls", "\xff\xd8\xff\xe0", SHY_ERROR_UNSUPPORTED, "picture" },
  { "照片.xlsx", "\x89PNG\r\n", SHY_ERROR_UNSUPPORTED, "picture" },
  { "报告.csv", "%PDF-1.4\n", SHY_ERROR_UNSUPPORTED, "PDF" },
  { "压缩.xls", "Rar!\x1a\x07", SHY_ERROR_UNSUPPORTED, "archive" },
  { "文.xls", "{\\rtf1}", SHY_ERROR_UNSUPPORTED, "text document" },
  { "存档.xls", "MIME-Version: 1.0\nX: y\n", SHY_ERROR_UNSUPPORTED, "web page" },
  { "旧.xls", "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
    SHY_ERROR_UNSUPPORTED, "XML" },
  { "断.xlsx", "PK\x03\x04 and nothing behind it", SHY_ERROR_DAMAGED, "damaged" },
  { "断.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing", SHY_ERROR_DAMAGED, "damaged" },
};

static void
test_texts_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts_refused); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts_refused[i].content,
                                                     strlen (texts_refused[i].content));

      check_refused (bytes, texts_refused[i].name, texts_refused[i].code, texts_refused[i].word);
    }
}

static void
test_binary_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.4\0\0\1", 11);

  check_refused (bytes, "报告.xlsx", SHY_ERROR_UNSUPPORTED, "PDF");
}

static void
test_archives_refused (void)
{
  g_autoptr (GBytes) open_document = make_zip ("mimetype", "application/vnd.oasis", "content.xml", "<a/>",
                                                "META-INF/manifest.xml", "<a/>", NULL);
  g_autoptr (GBytes) locked = make_zip ("content.xml", "x", "META-INF/manifest.xml", "<m:encryption-data/>", NULL);
  g_autoptr (GBytes) document = make_zip ("word/document.xml", "<a/>", NULL);
  g_autoptr (GBytes) binary = make_zip ("xl/workbook.bin", "x", NULL);
  g_autoptr (GBytes) other = make_zip ("readme.txt", "x", NULL);

  check_refused (open_document, "a.ods", SHY_ERROR_UNSUPPORTED, "text or slide");
  check_refused (locked, "a.ods", SHY_ERROR_UNSUPPORTED, "password");
  check_refused (document, "a.docx", SHY_ERROR_UNSUPPORTED, "text or slide");
  check_refused (binary, "a.xlsb", SHY_ERROR_UNSUPPORTED, ".xlsb");
  check_refused (other, "a.zip", SHY_ERROR_UNSUPPORTED, "zip archive");
}

/* Whatever a file is cut to, it is refused or, in its comments, still whole: rows never vanish. */
static void
test_truncated (void)
{
  static const char *const files[] = { "openpyxl.xlsx", "xlsxwriter.xlsx", "gnumeric.xls", "xlwt.xls" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) whole = load_fixture (files[i]);
      g_autofree char   *rows = dump_bytes (whole, files[i], NULL);
      gsize              size = g_bytes_get_size (whole);

      for (gsize cut = 1; cut < size; cut += 211)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, size - cut);
          g_autoptr (GError) error = NULL;
          g_autofree char   *some = dump_bytes (part, files[i], &error);

          if (error == NULL)
            g_assert_cmpstr (some, ==, rows);
          else
            g_assert_cmpint (error->domain, ==, SHY_ERROR);
        }
    }
}

/* Bytes that change on the way are noticed by the checksum of the archive. */
static void
test_altered (void)
{
  g_autoptr (GBytes)  whole = make_xlsx ("<row><c t=\"inlineStr\"><is><t>张三</t></is></c></row>");
  g_autoptr (GError)  error = NULL;
  g_autofree char    *rows = dump_bytes (whole, "a.xlsx", &error);
  gsize               size;
  const guint8       *data = g_bytes_get_data (whole, &size);
  guint               refused = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) local = NULL;
      g_autofree char   *some = NULL;

      copy[i] ^= 0x10;
      bytes = g_bytes_new (copy, size);
      some = dump_bytes (bytes, "a.xlsx", &local);
      refused += local != NULL;
      if (local == NULL)
        g_assert_cmpstr (some, ==, rows);
    }
  g_assert_cmpuint (refused, >, size / 3);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_book_open ("/nowhere/名单.xlsx", NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/名单.xlsx"));
}

/* Somebody saves the file anew between its opening and its reading: texts of one version must not
 * come with cells of another. */
static void
check_changed (const char *name,
               GBytes     *before,
               GBytes     *after)
{
  g_autofree char           *folder = g_dir_make_tmp ("shy-book-XXXXXX", NULL);
  g_autofree char           *path = g_build_filename (folder, name, NULL);
  g_autoptr (ShyBook)        book = NULL;
  g_autoptr (ShySheetReader) reader = NULL;
  g_autoptr (GError)         error = NULL;
  gsize                      size;
  const char                *data = g_bytes_get_data (before, &size);

  g_assert_true (g_file_set_contents (path, data, size, NULL));
  book = shy_book_open (path, NULL, &error);
  g_assert_no_error (error);
  reader = shy_book_read_sheet (book, 0, 0, NULL, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (after, &size);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
  while (shy_sheet_reader_next (reader, &error) != NULL)
    ;
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (shy_book_read_sheet (book, 0, 0, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_changed (void)
{
  g_autoptr (GBytes) xlsx = load_fixture ("openpyxl.xlsx");
  g_autoptr (GBytes) other = load_fixture ("xlsxwriter.xlsx");
  g_autoptr (GBytes) csv = g_bytes_new_static ("a,b\n", 4);
  g_autoptr (GBytes) longer = g_bytes_new_static ("a,b\nc,d\n", 8);

  check_changed ("名单.xlsx", xlsx, other);
  check_changed ("名单.csv", csv, longer);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/book/written", test_written);
  g_test_add_func ("/book/sheets", test_sheets);
  g_test_add_func ("/book/long-texts", test_long_texts);
  g_test_add_func ("/book/merged", test_merged);
  g_test_add_func ("/book/cancel", test_cancel);
  g_test_add_func ("/book/progress", test_progress);
  g_test_add_func ("/book/wrong-name", test_wrong_name);
  g_test_add_func ("/book/texts-refused", test_texts_refused);
  g_test_add_func ("/book/binary-refused", test_binary_refused);
  g_test_add_func ("/book/archives-refused", test_archives_refused);
  g_test_add_func ("/book/truncated", test_truncated);
  g_test_add_func ("/book/altered", test_altered);
  g_test_add_func ("/book/missing", test_missing);
  g_test_add_func ("/book/changed", test_changed);
  return g_test_run ();
}
