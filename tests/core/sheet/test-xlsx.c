/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-maker.h"

#include "shy-error.h"

#include <string.h>

/* The cells of rows that are written as their file has them. */
static const struct
{
  const char *rows;
  const char *read; /* or NULL */
  const char *word; /* then in the message */
} rows[] = {
  { "<row r='1'><c r='A1'><v>1</v></c></row>", "1: A=n1\n" },
  { "", "" },
  { "<row/><row><c/><c><v/></c></row>", "" },
  /* No references: cells and rows follow each other. */
  { "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>",
    "1: A=n1 C=n2\n3: A=n3\n" },
  { "<row r='3'><c r='C3'><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
    "3: C=n1 D=n2\n4: A=n3\n" },
  /* Shuffled cells are put in order. */
  { "<row r='1'><c r='C1'><v>3</v></c><c r='A1'><v>1</v></c></row>", "1: A=n1 C=n3\n" },
  { "<row r='1'><c r='A1'><v>3</v></c><c r='A1'><v>1</v></c></row>", NULL, "A1: two values" },
  { "<row r='2'><c r='A2'><v>3</v></c></row><row r='2'/>", NULL, "row number" },
  { "<row r='2'><c r='A3'><v>3</v></c></row>", NULL, "cell reference" },
  { "<row r='1'><c r='1A'><v>3</v></c></row>", NULL, "cell reference" },
  { "<row r='1048577'/>", NULL, "row number" },
  { "<row r='1'><c r='XFE1'><v>1</v></c></row>", NULL, "column" },
  /* Text in all its forms. */
  { "<row><c t='str'><v>甲&amp;乙&lt;&#x4e19;</v></c></row>", "1: A=t甲&乙<丙\n" },
  { "<row><c t='str'><v><![CDATA[<甲>]]></v></c></row>", "1: A=t<甲>\n" },
  { "<row><c t='inlineStr'><is><t>甲</t></is></c></row>", "1: A=t甲\n" },
  { "<row><c t='inlineStr'><is><r><t>甲</t></r><r><rPr/><t>乙</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c></row>",
    "1: A=t甲乙\n" },
  { "<row><c t='str'><v>a_x000D_b_x005F_x000D_c_x00zz_</v></c></row>", "1: A=ta\rb_x000D_c_x00zz_\n" },
  { "<row><c t='str'><v>_x0000_</v></c></row>", "1: A=t_x0000_\n" },
  { "<row><c t='str'><v> \t\xe3\x80\x80 </v></c></row>", "" },
  { "<row><c t='s'><v>0</v></c></row>", NULL, "shared string" },
  /* Numbers keep fifteen digits, and say so where they had more. */
  { "<row><c><v>0.30000000000000004</v></c><c><v>1234.5599999999999</v></c></row>", "1: A=n0.3 B=n1234.56\n" },
  { "<row><c><v>1E3</v></c><c><v>1.5E-3</v></c><c><v>-2.50</v></c><c><v>1e400</v></c></row>", NULL, "D1: number" },
  { "<row><c><v>1E3</v></c><c><v>1.5E-3</v></c><c><v>-2.50</v></c><c><v>-0</v></c></row>",
    "1: A=n1000 B=n0.0015 C=n-2.5 D=n0\n" },
  { "<row><c><v>1E20</v></c><c><v>9.87654321098765E-10</v></c><c> <v> 7 </v></c></row>",
    "1: A=n100000000000000000000 B=n0.000000000987654321098765 C=n7\n" },
  { "<row><c><v>12x</v></c></row>", NULL, "A1: number" },
  { "<row><c><v>0x10</v></c></row>", NULL, "A1: number" },
  { "<row><c><v>nan</v></c></row>", NULL, "A1: number" },
  /* Formulas: a value is a value; none is an error and not an empty cell. */
  { "<row><c><f>1+1</f><v>2</v></c><c t='str'><f>A1</f><v>二</v></c><c t='b'><f>1</f><v>1</v></c></row>",
    "1: A=n2 B=t二 C=bTRUE\n" },
  { "<row><c><f>1-1</f><v>0</v></c></row>", "1: A=n0\n" },
  { "<row><c><f>1+1</f></c><c><f>1</f><v/></c><c t='str'><f>1</f></c></row>", "1: A=e B=e C=e\n" },
  { "<row><c t='str'><f>\"\"</f><v></v></c></row>", "" },
  { "<row><c t='e'><v>#REF!</v></c><c t='b'><v>0</v></c><c t='d'><v>2025-06-30</v></c></row>",
    "1: A=e#REF! B=bFALSE C=d2025-06-30\n" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = make_xlsx (rows[i].rows);
      g_autoptr (GError) error = NULL;
      g_autofree char   *read = dump_bytes (bytes, "名单.xlsx", &error);

      g_test_message ("%s", rows[i].rows);
      if (rows[i].read != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (read, ==, rows[i].read);
          continue;
        }
      g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
      if (strstr (error->message, rows[i].word) == NULL || strstr (error->message, "名单.xlsx") == NULL)
        g_error ("“%s” lacks “%s”", error->message, rows[i].word);
    }
}

static ShySheetCellFlags
get_flags (const char *cell)
{
  g_autofree char           *row = g_strdup_printf ("<row>%s</row>", cell);
  g_autoptr (GBytes)         bytes = make_xlsx (row);
  g_autoptr (ShyBook)        book = shy_book_open_bytes (bytes, "a.xlsx", NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, 0, NULL, NULL);

  return shy_sheet_reader_next (reader, NULL)->cells[0].flags;
}

static void
test_flags (void)
{
  g_assert_cmphex (get_flags ("<c><v>123456789012345</v></c>"), ==, 0);
  g_assert_cmphex (get_flags ("<c><v>1234567890123456</v></c>"), ==, SHY_SHEET_CELL_ROUNDED);
  g_assert_cmphex (get_flags ("<c><v>330822199001011238</v></c>"), ==, SHY_SHEET_CELL_ROUNDED);
  g_assert_cmphex (get_flags ("<c><v>3.30822199001011E+17</v></c>"), ==, SHY_SHEET_CELL_ROUNDED);
  g_assert_cmphex (get_flags ("<c><v>0.1234567890123456</v></c>"), ==, 0);
  g_assert_cmphex (get_flags ("<c><f>1</f><v>1</v></c>"), ==, SHY_SHEET_CELL_FORMULA);
  g_assert_cmphex (get_flags ("<c t='str'><v>330822199001011238</v></c>"), ==, 0);
}

/* Each of these is refused at once, without the memory or the time that it asks for. */
static const struct
{
  const char *sheet;
  ShyError    code;
  const char *word;
} hostile[] = {
  { "<?xml version='1.0'?><!DOCTYPE worksheet [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
    "<worksheet xmlns='m'><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>",
    SHY_ERROR_DAMAGED, "document type" },
  { "<?xml version='1.0'?><!DOCTYPE worksheet SYSTEM 'file:///etc/passwd'><worksheet/>",
    SHY_ERROR_DAMAGED, "document type" },
  { "<?xml version='1.0'?><html xmlns='m'/>", SHY_ERROR_DAMAGED, "no worksheet" },
  { "<?xml version='1.0'?><worksheet xmlns='m'><sheetData><row><c><v>1</v></c></row>", SHY_ERROR_DAMAGED, "XML" },
  { "<?xml version='1.0'?><worksheet xmlns='m'><sheetData></row></sheetData></worksheet>",
    SHY_ERROR_DAMAGED, "XML" },
  { "<?xml version='1.0'?>", SHY_ERROR_DAMAGED, "XML" },
};

static void
test_hostile (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GBytes) bytes = make_xlsx (hostile[i].sheet);
      g_autoptr (GError) error = NULL;
      g_autofree char   *read = dump_bytes (bytes, "名单.xlsx", &error);

      g_assert_error (error, SHY_ERROR, (int) hostile[i].code);
      if (strstr (error->message, hostile[i].word) == NULL)
        g_error ("“%s” lacks “%s”", error->message, hostile[i].word);
    }
}

/* 24 MB of blanks in 24 KB: stopped on the way. */
static void
test_bomb (void)
{
  g_autofree char   *blanks = g_strnfill (24 << 20, ' ');
  g_autofree char   *sheet = g_strconcat ("<?xml version='1.0'?>", blanks, NULL);
  g_autoptr (GBytes) bytes = make_xlsx (sheet);
  g_autoptr (GError) error = NULL;
  g_autofree char   *read = NULL;

  g_assert_cmpuint (g_bytes_get_size (bytes), <, 100 << 10);
  read = dump_bytes (bytes, "名单.xlsx", &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "swells"));
}

static void
test_merges (void)
{
  g_autoptr (GBytes) bytes = make_xlsx (
    "<?xml version='1.0'?><x:worksheet xmlns:x='m'><x:sheetData>"
    "<x:row><x:c t='str'><x:v>甲</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row>"
    "<x:row><x:c t='str'><x:v>unseen</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
    "<x:row r='4'><x:c r='C4'><x:v>3</x:v></x:c></x:row></x:sheetData>"
    "<x:mergeCells count='2'><x:mergeCell ref='A1:A3'/><x:mergeCell ref='$C$4:D5'/></x:mergeCells>"
    "</x:worksheet>");
  g_autoptr (ShyBook)        book = shy_book_open_bytes (bytes, "a.xlsx", NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, 0, NULL, NULL);
  g_autofree char           *plain = dump_sheet (book, 0, SHY_BOOK_READ_DEFAULT, NULL);
  g_autofree char           *filled = dump_sheet (book, 0, SHY_BOOK_READ_MERGED, NULL);
  const ShySheetRange       *ranges;
  guint                      n = 0;

  g_assert_cmpstr (plain, ==, "1: A=t甲 B=n1\n2: A=tunseen B=n2\n4: C=n3\n");
  g_assert_cmpstr (filled, ==, "1: A=t甲 B=n1\n2: A=t甲 B=n2\n4: C=n3 D=n3\n");
  ranges = shy_sheet_reader_get_merges (reader, &n, NULL);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (ranges[1].top, ==, 4);
  g_assert_cmpuint (ranges[1].left, ==, 2);
  g_assert_cmpuint (ranges[1].bottom, ==, 5);
  g_assert_cmpuint (ranges[1].right, ==, 3);
}

/* Tags that look like merged ranges but are none make the two ways of reading disagree. */
static void
test_false_merges (void)
{
  g_autoptr (GBytes) bytes = make_xlsx (
    "<?xml version='1.0'?><worksheet xmlns='m'><sheetData><row><c t='str'>"
    "<v><![CDATA[<mergeCell ref=\"A1:A9\"/>]]></v></c></row></sheetData></worksheet>");
  g_autoptr (ShyBook) book = shy_book_open_bytes (bytes, "a.xlsx", NULL, NULL);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *rows_read = dump_sheet (book, 0, SHY_BOOK_READ_MERGED, &error);

  g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
}

/* Cells that are larger than what is read at once, and rows that are cut by its end. */
static void
test_chunks (void)
{
  g_autoptr (GString) sheet = g_string_new (NULL);
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autofree char    *read = NULL;
  g_autoptr (GBytes)  bytes = NULL;
  g_autoptr (GError)  error = NULL;

  for (guint r = 1; r <= 3000; r++)
    {
      g_autofree char *filler = g_strnfill (r % 500 == 0 ? 100000 : r % 97, 'a' + r % 26);

      g_string_append_printf (sheet, "<row><c t='str'><v>第%u行</v></c><c><v>%u.25</v></c><c t='str'><v>%s</v></c>"
                              "<c><v>%u</v></c></row>", r, r, filler, r * 7);
      g_string_append_printf (wanted, "%u: A=t第%u行 B=n%u.25", r, r, r);
      if (*filler != '\0')
        g_string_append_printf (wanted, " C=t%s", filler);
      g_string_append_printf (wanted, " D=n%u\n", r * 7);
    }
  bytes = make_xlsx (sheet->str);
  read = dump_bytes (bytes, "a.xlsx", &error);
  g_assert_no_error (error);
  g_assert_true (strcmp (read, wanted->str) == 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/xlsx/rows", test_rows);
  g_test_add_func ("/xlsx/flags", test_flags);
  g_test_add_func ("/xlsx/hostile", test_hostile);
  g_test_add_func ("/xlsx/bomb", test_bomb);
  g_test_add_func ("/xlsx/merges", test_merges);
  g_test_add_func ("/xlsx/false-merges", test_false_merges);
  g_test_add_func ("/xlsx/chunks", test_chunks);
  return g_test_run ();
}
