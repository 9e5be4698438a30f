/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "shy-error.h"

#include <string.h>

/* Workbooks made of single records, so that each form of a cell is seen. */

static void
add16 (GByteArray *bytes,
       guint       value)
{
  const guint8 two[] = { value & 0xff, value >> 8 };

  g_byte_array_append (bytes, two, 2);
}

static void
add32 (GByteArray *bytes,
       guint32     value)
{
  add16 (bytes, value & 0xffff);
  add16 (bytes, value >> 16);
}

static void
add_record (GByteArray *stream,
            guint       kind,
            const void *content,
            gsize       size)
{
  add16 (stream, kind);
  add16 (stream, size);
  g_byte_array_append (stream, content, size);
}

static void
add_begin (GByteArray *stream,
           guint       version,
           guint       kind)
{
  guint8 content[16] = { version & 0xff, version >> 8, kind };

  add_record (stream, 0x0809, content, sizeof content);
}

/* A cell: its place, style 0, and what follows. */
static void
add_cell (GByteArray *stream,
          guint       kind,
          guint       row,
          guint       column,
          guint       style,
          const char *content,
          gsize       size)
{
  g_autoptr (GByteArray) cell = g_byte_array_new ();

  add16 (cell, row);
  add16 (cell, column);
  add16 (cell, style);
  g_byte_array_append (cell, (const guint8 *) content, size);
  add_record (stream, kind, cell->data, cell->len);
}

/* What stands before the sheet: 1904 dates, one date format, three shared texts of which one runs
 * over into another record and changes its width there. */
static void
add_globals (GByteArray *stream)
{
  static const guint8    epoch[] = { 1, 0 };
  static const guint8    plain[20] = { 0, 0, 0, 0 };
  static const guint8    dated[20] = { 0, 0, 14, 0 };
  static const guint8    texts[] = {
    3, 0, 0, 0, 3, 0, 0, 0,
    2, 0, 0, 'a', 'b',
    2, 0, 0x09, 1, 0, 0x20, 0x5f, 0x09, 0x4e, 0, 0, 5, 0, /* 张三, wide, with one font run */
    4, 0, 0, 'x', 'y',
  };
  static const guint8    rest[] = { 1, 0x32, 0x75, 0x59, 0x4e }; /* 甲乙 in wide characters */
  g_autoptr (GByteArray) sheet = g_byte_array_new ();

  add_begin (stream, 0x0600, 5);
  add_record (stream, 0x0022, epoch, sizeof epoch);
  add_record (stream, 0x00e0, plain, sizeof plain);
  add_record (stream, 0x00e0, dated, sizeof dated);
  add32 (sheet, 0);
  add16 (sheet, 0);
  g_byte_array_append (sheet, (const guint8 *) "\2\0Ab", 4);
  add_record (stream, 0x0085, sheet->data, sheet->len);
  add_record (stream, 0x00fc, texts, sizeof texts);
  add_record (stream, 0x003c, rest, sizeof rest);
  add_record (stream, 0x000a, NULL, 0);
}

/* The sheet begins where the globals end; its entry is the fourth record behind BOF. */
static void
set_start (GByteArray *stream)
{
  gsize at = 0;

  while (stream->data[at] != 0x85)
    at += 4 + (stream->data[at + 2] | stream->data[at + 3] << 8);
  stream->data[at + 4] = stream->len & 0xff;
  stream->data[at + 5] = stream->len >> 8;
}

static GByteArray *
begin_sheet (void)
{
  GByteArray *stream = g_byte_array_new ();

  add_globals (stream);
  set_start (stream);
  add_begin (stream, 0x0600, 0x10);
  return stream;
}

static char *
read_stream (GByteArray  *stream,
             const char  *name,
             GError     **error)
{
  g_autoptr (GBytes) bytes = make_ole (name, stream->data, stream->len);

  return dump_bytes (bytes, "旧表.xls", error);
}

static void
test_cells (void)
{
  static const char      number[] = { 0, 0, 0, 0, 0, 0, (char) 0xf8, 0x3f }; /* 1.5 */
  g_autoptr (GByteArray) stream = begin_sheet ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *rows = NULL;

  add_cell (stream, 0x00fd, 0, 0, 0, "\0\0\0\0", 4);
  add_cell (stream, 0x00fd, 0, 1, 0, "\1\0\0\0", 4);
  add_cell (stream, 0x00fd, 0, 2, 0, "\2\0\0\0", 4);
  add_cell (stream, 0x0203, 1, 0, 0, number, 8);
  add_cell (stream, 0x027e, 1, 1, 0, "\x06\0\0\0", 4);     /* integer 1 */
  add_cell (stream, 0x027e, 1, 2, 0, "\x07\0\0\0", 4);     /* integer 1, over 100 */
  add_cell (stream, 0x027e, 1, 3, 1, "\x62\xb5\x02\0", 4); /* 44376 as a date of 1904 */
  add_cell (stream, 0x0205, 2, 0, 0, "\1\0", 2);
  add_cell (stream, 0x0205, 2, 1, 0, "\x2a\1", 2);
  add_cell (stream, 0x0204, 2, 2, 0, "\2\0\1\x32\x75\x59\x4e", 7);
  /* Two numbers in one record: columns 4 and 5. */
  add_record (stream, 0x00bd, "\2\0\4\0\0\0\x06\0\0\0\0\0\x0a\0\0\0\5\0", 18);
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "Workbook", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==,
                   "1: A=tab B=t张三 C=txy甲乙\n"
                   "2: A=n1.5 B=n1 C=n0.01 D=d2025-06-30\n"
                   "3: A=bTRUE B=e#N/A C=t甲乙 E=n1 F=n2\n");
}

/* A chart stands in its sheet with records of its own; the cells go on behind it. */
static void
test_chart (void)
{
  g_autoptr (GByteArray) stream = begin_sheet ();
  g_autofree char       *rows = NULL;

  add_cell (stream, 0x00fd, 0, 0, 0, "\0\0\0\0", 4);
  add_begin (stream, 0x0600, 0x20);
  add_cell (stream, 0x00fd, 5, 5, 0, "\0\0\0\0", 4);
  add_record (stream, 0x000a, NULL, 0);
  add_cell (stream, 0x00fd, 1, 0, 0, "\1\0\0\0", 4);
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "Workbook", NULL);
  g_assert_cmpstr (rows, ==, "1: A=tab\n2: A=t张三\n");
}

/* Formulas carry their value in four forms; the text of one comes in a record of its own. */
static void
test_formulas (void)
{
  g_autoptr (GByteArray) stream = begin_sheet ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *rows = NULL;

  add_cell (stream, 0x0006, 0, 0, 0, "\0\0\0\0\0\0\xf8\x3f\0\0\0\0\0\0\0\0", 16);
  add_cell (stream, 0x0006, 0, 1, 0, "\0\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x0207, "\1\0\1\x32\x75", 5);
  add_cell (stream, 0x0006, 0, 2, 0, "\1\0\1\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_cell (stream, 0x0006, 0, 3, 0, "\2\0\x17\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_cell (stream, 0x0006, 0, 4, 0, "\3\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "Workbook", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1: A=n1.5 B=t甲 C=bTRUE D=e#REF!\n");
}

/* Where no formula has a value, the writer did not compute: that is said, not passed over. */
static void
test_uncomputed (void)
{
  g_autoptr (GByteArray) stream = begin_sheet ();
  g_autofree char       *rows = NULL;

  add_cell (stream, 0x0006, 0, 4, 0, "\3\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "Workbook", NULL);
  g_assert_cmpstr (rows, ==, "1: E=e\n");
}

static void
check_refused (GByteArray *stream,
               const char *name,
               ShyError    code,
               const char *word)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autofree char   *rows = read_stream (stream, name, &error);

  g_assert_error (error, SHY_ERROR, (int) code);
  if (strstr (error->message, word) == NULL || strstr (error->message, "旧表.xls") == NULL)
    g_error ("“%s” lacks “%s”", error->message, word);
}

static void
test_refused (void)
{
  g_autoptr (GByteArray) empty = g_byte_array_new ();
  g_autoptr (GByteArray) locked = g_byte_array_new ();
  g_autoptr (GByteArray) old = g_byte_array_new ();
  g_autoptr (GByteArray) endless = begin_sheet ();

  check_refused (empty, "EncryptedPackage", SHY_ERROR_UNSUPPORTED, "password");
  check_refused (empty, "WordDocument", SHY_ERROR_UNSUPPORTED, "not a spreadsheet");
  check_refused (empty, "Book", SHY_ERROR_UNSUPPORTED, "Excel 4");
  add_begin (locked, 0x0600, 5);
  add_record (locked, 0x002f, "\1\0", 2);
  check_refused (locked, "Workbook", SHY_ERROR_UNSUPPORTED, "password");
  add_record (old, 0x0409, "\0\4\x10\0", 4);
  check_refused (old, "Workbook", SHY_ERROR_UNSUPPORTED, "Excel 4");
  /* No end of the sheet. */
  add_record (endless, 0x0203, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 14);
  check_refused (endless, "Workbook", SHY_ERROR_DAMAGED, "damaged");
}

/* What breaks off or counts wrong is told at its cell; the others are not spoilt. */
static void
test_recovers (void)
{
  g_autoptr (GByteArray) stream = begin_sheet ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *rows = NULL;

  add_cell (stream, 0x00fd, 0, 0, 0, "\x63\0\0\0", 4);              /* a shared text that is not there */
  add_cell (stream, 0x00fd, 0, 256, 0, "\0\0\0\0", 4);             /* beyond the last column */
  add_cell (stream, 0x0204, 0, 1, 0, "\x09\0\1\x32\x75\x59\x4e", 7); /* nine characters, and two are there */
  add_cell (stream, 0x0203, 0, 2, 0, "\0\0", 2);
  add_cell (stream, 0x0406, 1, 0, 0, "\0\0\0\0\0\0\xf8\x3f\0\0\0\0\0\0\0\0", 16);
  add_cell (stream, 0x0206, 1, 1, 0, "\0\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x0207, "\1\0\1\x32\x75", 5);
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "WorkBook", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1: A=e#ERROR! B=e#ERROR! C=e#ERROR!\n2: A=n1.5 B=t甲\n");
}

/* Excel 5 and 95: text is bytes in a code page, and stands in its cells. */
static void
test_excel_95 (void)
{
  static const guint8    start[] = { 0, 0, 0, 0, 0, 0, 4, 0xb1, 0xed, 'A', '1' }; /* 表A1 */
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GBytes)     bytes = NULL;
  g_autoptr (GBytes)     bare = NULL;
  g_autoptr (ShyBook)    book = NULL;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *rows = NULL;
  g_autofree char       *same = NULL;

  add_begin (stream, 0x0500, 5);
  add_record (stream, 0x0042, "\xa8\x03", 2); /* 936 */
  add_record (stream, 0x041e, "\xa4\0\x08yyyy\xc4\xeam\xd4", 11);
  add_record (stream, 0x00e0, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x00e0, "\0\0\x0e\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x0085, start, sizeof start);
  add_record (stream, 0x000a, NULL, 0);
  set_start (stream);
  add_begin (stream, 0x0500, 0x10);
  add_cell (stream, 0x0204, 0, 0, 0, "\4\0\xd5\xc5\xc8\xfd", 6);           /* 张三 */
  add_cell (stream, 0x00d6, 0, 1, 0, "\2\0\xbc\xd7\1\0\0", 7);            /* 甲, with a font */
  add_cell (stream, 0x027e, 0, 2, 1, "\x6a\xcc\x02\0", 4);                 /* 45850 as a date */
  add_cell (stream, 0x0006, 1, 0, 0, "\0\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0", 16);
  add_record (stream, 0x0207, "\2\0\xd2\xd2", 4);                        /* 乙 */
  add_record (stream, 0x000a, NULL, 0);
  rows = read_stream (stream, "Book", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1: A=t张三 B=t甲 C=d2025-07-12\n2: A=t乙\n");
  bytes = make_ole ("BOOK", stream->data, stream->len);
  book = shy_book_open_bytes (bytes, "a.xls", NULL, NULL);
  g_assert_cmpstr (shy_book_get_sheet_name (book, 0), ==, "表A1");
  /* The same without a compound file around it. */
  bare = g_bytes_new (stream->data, stream->len);
  same = dump_bytes (bare, "a.xls", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same, ==, rows);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/xls/cells", test_cells);
  g_test_add_func ("/xls/chart", test_chart);
  g_test_add_func ("/xls/formulas", test_formulas);
  g_test_add_func ("/xls/uncomputed", test_uncomputed);
  g_test_add_func ("/xls/refused", test_refused);
  g_test_add_func ("/xls/recovers", test_recovers);
  g_test_add_func ("/xls/excel-95", test_excel_95);
  return g_test_run ();
}
