/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

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
  { "<row r='1'><c r='A1'><v>3</v></c><c r='A1'><v>1</v></c></row>", NULL, "A1: it has two values" },
  { "<row r='2'><c r='A2'><v>3</v></c></row><row r='2'/>", NULL, "rows are out of order" },
  { "<row r='2'><c r='A3'><v>3</v></c></row>", NULL, "does not belong to its row" },
  { "<row r='1'><c r='1A'><v>3</v></c></row>", NULL, "does not belong to its row" },
  { "<row r='1048577'/>", NULL, "rows are out of order" },
  { "<row r='1'><c r='XFE1'><v>1</v></c></row>", NULL, "no such column" },
  { "<row r='1'><c r='a1'><v>3</v></c></row>", "1: A=n3\n" },
  /* What an extension calls by the same names is none of ours. */
  { "<row xmlns:x='urn:x' r='1' x:hidden='1' x:r='9'><c r='B1' x:r='C1' x:t='s'><v>3</v></c><x:c r='A1'><x:v>1</x:v>"
    "</x:c></row><x:row xmlns:x='urn:x' r='1'><c r='A1'><v>7</v></c></x:row>", "1: B=n3\n" },
  { "<row xmlns:x='urn:x'><c><x:f>1</x:f><v>3</v><extLst><ext><v>4</v></ext></extLst></c></row>", "1: A=n3\n" },
  { "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice "
    "Requires='x14'><row r='1'><c r='A1'><v>1</v></c></row></mc:Choice><mc:Fallback><row r='1'><c r='A1'><v>2</v></c>"
    "</row></mc:Fallback></mc:AlternateContent><row r='2'><c r='A2'><v>3</v></c></row>", "1: A=n2\n2: A=n3\n" },
  /* Text in all its forms. */
  { "<row><c t='str'><v>甲&amp;乙&lt;&#x4e19;</v></c></row>", "1: A=t甲&乙<丙\n" },
  { "<row><c t='str'><v><![CDATA[<甲>]]></v></c></row>", "1: A=t<甲>\n" },
  { "<row><c t='inlineStr'><is><t>甲</t></is></c></row>", "1: A=t甲\n" },
  { "<row><c t='inlineStr'><is><r><t>甲</t></r><r><rPr/><t>乙</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c></row>",
    "1: A=t甲乙\n" },
  { "<row><c t='str'><v>a_x000D_b_x005F_x000D_c_x00zz_</v></c></row>", "1: A=ta\rb_x000D_c_x00zz_\n" },
  { "<row><c t='str'><v>_x0000_</v></c></row>", "1: A=t_x0000_\n" },
  { "<row><c t='str'><v> \t\xe3\x80\x80 </v></c></row>", "" },
  { "<row><c t='s'><v>0</v></c></row>", NULL, "its text is missing" },
  /* Numbers keep fifteen digits, and say so where they had more. */
  { "<row><c><v>0.30000000000000004</v></c><c><v>1234.5599999999999</v></c></row>", "1: A=n0.3 B=n1234.56\n" },
  { "<row><c><v>1E3</v></c><c><v>1.5E-3</v></c><c><v>-2.50</v></c><c><v>1e400</v></c></row>",
    "1: A=n1000 B=n0.0015 C=n-2.5 D=e#NUM!\n" },
  { "<row><c><v>1E3</v></c><c><v>1.5E-3</v></c><c><v>-2.50</v></c><c><v>-0</v></c></row>",
    "1: A=n1000 B=n0.0015 C=n-2.5 D=n0\n" },
  { "<row><c><v>1E20</v></c><c><v>9.87654321098765E-10</v></c><c> <v> 7 </v></c></row>",
    "1: A=n100000000000000000000 B=n0.000000000987654321098765 C=n7\n" },
  { "<row><c><v>12x</v></c></row>", "1: A=e#NUM!\n" },
  { "<row><c><v>0x10</v></c></row>", "1: A=e#NUM!\n" },
  { "<row><c><v>nan</v></c></row>", "1: A=e#NUM!\n" },
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
      G_GNUC_UNUSED g_autofree char   *read = dump_bytes (bytes, "名单.xlsx", &error);

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

/* Bytes that look like tags of merged ranges and are none. */
static void
test_false_merges (void)
{
  g_autoptr (GBytes) bytes = make_xlsx (
    "<?xml version='1.0'?><worksheet xmlns='m'><sheetData><row><c t='str'>"
    "<v><![CDATA[<mergeCell ref=\"A1:A9\"/>]]></v></c></row><row><c><v>1</v></c></row></sheetData>"
    "<!-- <mergeCell ref='A1:A2'/> --><mergeCells><mergeCell\n ref='B1'/></mergeCells></worksheet>");
  g_autoptr (ShyBook) book = shy_book_open_bytes (bytes, "a.xlsx", NULL, NULL);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *rows_read = dump_sheet (book, 0, SHY_BOOK_READ_MERGED, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows_read, ==, "1: A=t<mergeCell ref=\"A1:A9\"/>\n2: A=n1\n");
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

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT_OFFICE "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define X14 "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
#define X15 "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
#define MC "http://schemas.openxmlformats.org/markup-compatibility/2006"

/* Workbooks that count from 1904, whatever an extension says behind it; and their formats, of which
 * the first is a date. */
static const struct
{
  const char *uri;
  const char *prefix;   /* with its colon */
  const char *workbook; /* inside of the root */
  const char *styles;   /* inside of the root */
} extended[] = {
  { MAIN, "", "<x15:workbookPr xmlns:x15='" X15 "' chartTrackingRefBase='1'/>", "" },
  { MAIN, "", "<x14:workbookPr xmlns:x14='" X14 "' defaultImageDpi='32767'/>", "" },
  { MAIN, "", "<workbookPr xmlns='urn:somebody' date1904='0'/>", "" },
  { MAIN, "", "<extLst><ext uri='{1}'><x15:workbookPr xmlns:x15='" X15 "'/><workbookPr/></ext></extLst>", "" },
  { MAIN, "", "<mc:AlternateContent xmlns:mc='" MC "'><mc:Choice Requires='x15'><workbookPr/></mc:Choice>"
    "</mc:AlternateContent>", "" },
  { MAIN, "", "<x15:a xmlns:x15='" X15 "'><workbookPr/><sheets><sheet name='b' r:id='s'/></sheets></x15:a>", "" },
  { MAIN, "", "<x15:calcPr xmlns:x15='" X15 "' fullCalcOnLoad='1'/>", "" },
  { MAIN, "m:", "<x15:workbookPr xmlns:x15='" X15 "'/>", "" },
  { STRICT, "", "<x15:workbookPr xmlns:x15='" X15 "'/>", "" },
  { STRICT, "s:", "<workbookPr/>", "" },
  { MAIN, "", "", "<x14:cellXfs xmlns:x14='" X14 "'><x14:xf numFmtId='1'/><xf numFmtId='1'/></x14:cellXfs>" },
  { MAIN, "", "", "<extLst><ext><cellXfs><xf numFmtId='1'/></cellXfs></ext></extLst>" },
  { MAIN, "", "", "<x14:numFmts xmlns:x14='" X14 "'><x14:numFmt numFmtId='14' formatCode='0'/></x14:numFmts>" },
};

static GBytes *
make_extended (gsize i)
{
  const char      *uri = extended[i].uri;
  const char      *p = extended[i].prefix;
  const char      *office = strcmp (uri, STRICT) == 0 ? STRICT_OFFICE : OFFICE;
  g_autofree char *colon = *p != '\0' ? g_strdup_printf (":%.*s", (int) strlen (p) - 1, p) : g_strdup ("");
  g_autofree char *workbook = NULL;
  g_autofree char *styles = NULL;
  g_autofree char *sheet = NULL;
  g_autofree char *relations = NULL;

  workbook = g_strdup_printf ("<%sworkbook xmlns%s='%s' xmlns:r='%s'><%sworkbookPr date1904='1'/>%s<%ssheets><%ssheet "
                              "name='a' sheetId='1' r:id='s'/></%ssheets></%sworkbook>", p, colon, uri, office, p,
                              extended[i].workbook, p, p, p, p);
  styles = g_strdup_printf ("<%sstyleSheet xmlns%s='%s'>%s<%scellXfs><%sxf numFmtId='14'/></%scellXfs></%sstyleSheet>",
                            p, colon, uri, extended[i].styles, p, p, p, p);
  sheet = g_strdup_printf ("<%sworksheet xmlns%s='%s'><%ssheetData><%srow><%sc s='0'><%sv>43841</%sv></%sc></%srow>"
                           "</%ssheetData></%sworksheet>", p, colon, uri, p, p, p, p, p, p, p, p, p);
  relations = g_strdup_printf ("<Relationships xmlns='" PACKAGE "'><Relationship Id='s' Type='%s/worksheet' "
                               "Target='s.xml'/><Relationship Id='t' Type='%s/styles' Target='styles.xml'/><x:"
                               "Relationship xmlns:x='urn:x' Id='u' Type='%s/sharedStrings' Target='none.xml'/>"
                               "</Relationships>", office, office, office);
  return make_zip ("xl/workbook.xml", workbook, "xl/styles.xml", styles, "xl/s.xml", sheet,
                   "xl/_rels/workbook.xml.rels", relations, NULL);
}

static void
test_extensions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extended); i++)
    {
      g_autoptr (GBytes) bytes = make_extended (i);
      g_autoptr (GError) error = NULL;
      g_autofree char   *read = dump_bytes (bytes, "a.xlsx", &error);

      g_test_message ("%s %s", extended[i].workbook, extended[i].styles);
      g_assert_no_error (error);
      g_assert_cmpstr (read, ==, "1: A=d2024-01-12\n");
    }
}

/* What is listed and not there is missed only where a cell needs it. */
static const struct
{
  const char *drop;
  const char *cell;
  const char *read; /* or NULL */
} lacking[] = {
  { "xl/strings.xml", "<c t='inlineStr'><is><t>甲</t></is></c>", "1: A=t甲\n" },
  { "xl/strings.xml", "<c t='s'><v>0</v></c>", NULL },
  { "xl/styles.xml", "<c s='1'><v>7</v></c>", "1: A=n7\n" },
  { "xl/_rels/workbook.xml.rels", "<c><v>7</v></c>", "1: A=n7\n" },
  { "xl/worksheets/sheet2.xml", "<c><v>7</v></c>", "1: A=n7\n" },
  { "_rels/.rels", "<c><v>7</v></c>", "1: A=n7\n" },
};

static void
test_lacking (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      static const char *const names[] = {
        "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/strings.xml",
      };
      g_autofree char   *sheet = g_strdup_printf ("<worksheet xmlns='" MAIN "'><sheetData><row>%s</row></sheetData>"
                                                  "</worksheet>", lacking[i].cell);
      const char        *parts[] = {
        "<Relationships xmlns='" PACKAGE "'><Relationship Id='r' Type='" OFFICE "/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='a' r:id='a'/><sheet name='b' r:id='b'/>"
        "</sheets></workbook>",
        "<Relationships xmlns='" PACKAGE "'><Relationship Id='a' Type='" OFFICE "/worksheet' Target='worksheets/"
        "sheet1.xml'/><Relationship Id='b' Type='" OFFICE "/worksheet' Target='worksheets/sheet2.xml'/><Relationship "
        "Id='c' Type='" OFFICE "/styles' Target='styles.xml'/><Relationship Id='d' Type='" OFFICE "/sharedStrings' "
        "Target='strings.xml'/></Relationships>",
        sheet, "<worksheet xmlns='" MAIN "'/>",
        "<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
        "<sst xmlns='" MAIN "'><si><t>甲</t></si></sst>",
      };
      const char        *left[2 * G_N_ELEMENTS (names) + 2] = { NULL };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char   *read = NULL;

      for (gsize j = 0, n = 0; j < G_N_ELEMENTS (names); j++)
        if (strcmp (names[j], lacking[i].drop) != 0)
          {
            left[n++] = names[j];
            left[n++] = parts[j];
          }
      bytes = make_zip (left[0], left[1], left[2], left[3], left[4], left[5], left[6], left[7], left[8], left[9],
                        left[10], left[11], NULL);
      read = dump_bytes (bytes, "a.xlsx", &error);
      g_test_message ("%s", lacking[i].drop);
      g_assert_cmpstr (read, ==, lacking[i].read != NULL ? lacking[i].read : "");
      g_assert_true ((error != NULL) == (lacking[i].read == NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/xlsx/rows", test_rows);
  g_test_add_func ("/xlsx/flags", test_flags);
  g_test_add_func ("/xlsx/hostile", test_hostile);
  g_test_add_func ("/xlsx/bomb", test_bomb);
  g_test_add_func ("/xlsx/merges", test_merges);
  g_test_add_func ("/xlsx/false-merges", test_false_merges);
  g_test_add_func ("/xlsx/chunks", test_chunks);
  g_test_add_func ("/xlsx/extensions", test_extensions);
  g_test_add_func ("/xlsx/lacking", test_lacking);
  return g_test_run ();
}
