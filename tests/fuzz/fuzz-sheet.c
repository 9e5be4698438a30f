/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-header-match.h"

/* Any bytes are a spreadsheet or are refused with a reason. Zip archives hide all from a mutation,
 * so XML is put into one first: bytes that begin with "<row" or "<worksheet" are taken for the rows of a
 * sheet or a sheet. Pages, XML spreadsheets and flat OpenDocument files are XML as they are. */

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char root_relations[] =
  "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE "/officeDocument\" "
  "Target=\"xl/workbook.xml\"/></Relationships>";
static const char book_relations[] =
  "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"s\" Type=\"" OFFICE "/worksheet\" "
  "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"t\" Type=\"" OFFICE "/styles\" "
  "Target=\"styles.xml\"/><Relationship Id=\"u\" Type=\"" OFFICE "/sharedStrings\" "
  "Target=\"strings.xml\"/></Relationships>";
static const char workbook[] =
  "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"s\" sheetId=\"1\" "
  "r:id=\"s\"/></sheets></workbook>";
static const char styles[] =
  "<styleSheet xmlns=\"" MAIN "\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"000000\"/></numFmts>"
  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"20\"/>"
  "<xf numFmtId=\"200\"/></cellXfs></styleSheet>";
static const char strings[] =
  "<sst xmlns=\"" MAIN "\"><si><t>姓名</t></si><si><t>证件号</t></si><si><t>a_x000D_b</t></si></sst>";

/* g_error() ends in a trap, which libFuzzer takes for the end of the run and keeps no input for. */
static void
fail (const char *reason)
{
  g_printerr ("%s\n", reason);
  abort ();
}

static void
add_part (zip_t      *zip,
          const char *name,
          const void *content,
          gsize       size)
{
  zip_int64_t index = zip_file_add (zip, name, zip_source_buffer (zip, content, size, 0), 0);

  zip_set_file_compression (zip, index, ZIP_CM_STORE, 0);
}

/* A workbook around the XML of a sheet, or of its rows. */
static GBytes *
wrap (const uint8_t *data,
      gsize          size)
{
  zip_source_t    *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t           *zip = zip_open_from_source (source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  g_autofree char *sheet = NULL;
  gboolean         whole = size > 4 && memcmp (data, "<?xm", 4) == 0;
  zip_stat_t       facts;
  char            *bytes;

  sheet = whole ? g_strndup ((const char *) data, size)
                : g_strdup_printf ("<worksheet xmlns=\"" MAIN "\"><sheetData>%.*s", (int) size,
                                   (const char *) data);
  zip_source_keep (source);
  add_part (zip, "_rels/.rels", root_relations, strlen (root_relations));
  add_part (zip, "xl/workbook.xml", workbook, strlen (workbook));
  add_part (zip, "xl/_rels/workbook.xml.rels", book_relations, strlen (book_relations));
  add_part (zip, "xl/styles.xml", styles, strlen (styles));
  add_part (zip, "xl/strings.xml", strings, strlen (strings));
  add_part (zip, "xl/worksheets/sheet1.xml", sheet, strlen (sheet));
  if (zip_close (zip) != 0)
    fail ("The archive cannot be made.");
  zip_stat_init (&facts);
  zip_source_stat (source, &facts);
  zip_source_open (source);
  bytes = g_malloc (facts.size);
  zip_source_read (source, bytes, facts.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (bytes, facts.size);
}

static gboolean
is_rows (const uint8_t *data,
         gsize          size)
{
  g_autofree char *head = g_strndup ((const char *) data, MIN (size, 100));

  return g_str_has_prefix (head, "<row") || g_str_has_prefix (head, "<c") || strstr (head, "<worksheet") != NULL;
}

static GPtrArray *
make_fields (void)
{
  static const char *const names[] = {
    "姓名", "数", "金额", "日期", "月份", "在册", "类型", "县", "证件号", "信用代码", "账号", "手机",
  };
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ShyField) field = shy_field_new (names[i], (ShyFieldType) i);

      if (i == SHY_FIELD_NUMBER)
        field->unit = g_strdup ("月");
      if (i == SHY_FIELD_CHOICE)
        field->values = g_strsplit ("甲", ",", -1);
      g_ptr_array_add (fields, shy_sheet_field_new (field));
    }
  return fields;
}

static void
check_cell (const ShySheetCell *cell,
            guint               row)
{
  if (cell->row != row || cell->column >= SHY_SHEET_MAX_COLUMNS || cell->text == NULL ||
      !g_utf8_validate (cell->text, -1, NULL))
    fail ("A cell is not what it should be.");
}

static void
read_sheet (ShyBook          *book,
            guint             sheet,
            ShyBookReadFlags  flags)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, sheet, flags, NULL, &error);
  const ShySheetRow         *row;
  guint                      before = 0;

  while (reader != NULL && (row = shy_sheet_reader_next (reader, &error)) != NULL)
    {
      if (row->number <= before || row->n_cells == 0)
        fail ("Rows do not rise.");
      before = row->number;
      for (guint i = 0; i < row->n_cells; i++)
        {
          check_cell (&row->cells[i], row->number);
          if (i > 0 && row->cells[i].column <= row->cells[i - 1].column)
            fail ("Columns do not rise.");
        }
    }
}

static void
read_table (ShyBook *book)
{
  g_autoptr (GPtrArray)      fields = make_fields ();
  g_autoptr (ShyHeaderMatch) match = shy_header_match_find (book, fields, -1, NULL, NULL);
  g_autoptr (ShySheetTable)  table = match != NULL ? shy_header_match_read (match, NULL, NULL) : NULL;
  const ShySheetRecord      *record;

  while (table != NULL && (record = shy_sheet_table_next (table, NULL)) != NULL)
    for (guint i = 0; i < record->n_fields; i++)
      if (record->cells[i] != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char   *value = shy_header_match_convert (match, i, record->cells[i], &error);

          if (value != NULL && error != NULL)
            fail ("A value came with an error.");
        }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes)  bytes = is_rows (data, size) ? wrap (data, size) : g_bytes_new (data, size);
  g_autoptr (GError)  error = NULL;
  g_autoptr (ShyBook) book = shy_book_open_bytes (bytes, "fuzz", NULL, &error);

  if ((book == NULL) != (error != NULL))
    fail ("A file was refused without a reason, or taken with one.");
  if (book == NULL)
    return 0;
  for (guint i = 0; i < shy_book_get_n_sheets (book); i++)
    {
      read_sheet (book, i, SHY_BOOK_READ_DEFAULT);
      read_sheet (book, i, SHY_BOOK_READ_MERGED);
    }
  read_table (book);
  return 0;
}
