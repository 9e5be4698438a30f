/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-maker.h"

#include <string.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char root_relations[] =
  "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE "/officeDocument\" "
  "Target=\"xl/workbook.xml\"/></Relationships>";
static const char book_relations[] =
  "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"s\" Type=\"" OFFICE "/worksheet\" "
  "Target=\"worksheets/sheet1.xml\"/></Relationships>";
static const char workbook[] =
  "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"表\" sheetId=\"1\" "
  "r:id=\"s\"/></sheets></workbook>";

static GBytes *
end_zip (zip_t        *zip,
         zip_source_t *source)
{
  zip_stat_t facts;
  char      *data;

  zip_source_keep (source);
  g_assert_cmpint (zip_close (zip), ==, 0);
  zip_stat_init (&facts);
  g_assert_cmpint (zip_source_stat (source, &facts), ==, 0);
  g_assert_cmpint (zip_source_open (source), ==, 0);
  data = g_malloc (facts.size);
  g_assert_cmpint (zip_source_read (source, data, facts.size), ==, facts.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (data, facts.size);
}

/* Packs pairs of a name and a content. */
GBytes *
make_zip (const char *first_name,
          ...)
{
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t        *zip = zip_open_from_source (source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  const char   *name = first_name;
  va_list       args;

  g_assert_nonnull (zip);
  va_start (args, first_name);
  while (name != NULL)
    {
      const char   *content = va_arg (args, const char *);
      zip_source_t *part = zip_source_buffer (zip, content, strlen (content), 0);

      g_assert_cmpint (zip_file_add (zip, name, part, ZIP_FL_ENC_UTF_8), >=, 0);
      name = va_arg (args, const char *);
    }
  va_end (args);
  return end_zip (zip, source);
}

/* A workbook of one sheet named 表, of which the XML of the rows is given, or a whole document if
 * it begins with an XML declaration. */
GBytes *
make_xlsx (const char *sheet_data)
{
  g_autofree char *sheet = NULL;

  sheet = g_str_has_prefix (sheet_data, "<?xml")
            ? g_strdup (sheet_data)
            : g_strdup_printf ("<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData></worksheet>",
                               sheet_data);
  return make_zip ("_rels/.rels", root_relations, "xl/workbook.xml", workbook,
                   "xl/_rels/workbook.xml.rels", book_relations, "xl/worksheets/sheet1.xml", sheet,
                   NULL);
}

static void
put16 (GByteArray *bytes,
       gsize       at,
       guint       value)
{
  bytes->data[at] = value & 0xff;
  bytes->data[at + 1] = value >> 8;
}

static void
put32 (GByteArray *bytes,
       gsize       at,
       guint32     value)
{
  put16 (bytes, at, value & 0xffff);
  put16 (bytes, at + 2, value >> 16);
}

static void
put_entry (GByteArray *bytes,
           gsize       at,
           const char *name,
           guint       kind,
           guint32     start,
           guint32     size)
{
  for (gsize i = 0; name[i] != '\0'; i++)
    put16 (bytes, at + 2 * i, (guchar) name[i]);
  put16 (bytes, at + 64, 2 * (strlen (name) + 1));
  bytes->data[at + 66] = kind;
  put32 (bytes, at + 116, start);
  put32 (bytes, at + 120, size);
}

/* Sector 0 is the table of sectors, 1 the directory, the stream begins in 2. */
GBytes *
make_ole (const char   *stream,
          const guint8 *content,
          gsize         size)
{
  gsize       n_sectors = MAX ((size + 511) / 512, 8);
  gsize       total = 512 * (3 + n_sectors);
  GByteArray *bytes = g_byte_array_new ();

  g_assert_cmpuint (n_sectors, <, 120);
  g_byte_array_set_size (bytes, total);
  memset (bytes->data, 0, total);
  memcpy (bytes->data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  put16 (bytes, 30, 9);
  put16 (bytes, 32, 6);
  put32 (bytes, 48, 1);
  put32 (bytes, 56, 4096);
  put32 (bytes, 60, 0xfffffffe);
  put32 (bytes, 68, 0xfffffffe);
  memset (bytes->data + 76, 0xff, 4 * 109);
  put32 (bytes, 76, 0);
  memset (bytes->data + 512, 0xff, 512);
  put32 (bytes, 512, 0xfffffffd);
  put32 (bytes, 512 + 4, 0xfffffffe);
  for (gsize i = 0; i < n_sectors; i++)
    put32 (bytes, 512 + 4 * (2 + i), i + 1 < n_sectors ? 3 + i : 0xfffffffe);
  put_entry (bytes, 1024, "Root Entry", 5, 0xfffffffe, 0);
  put_entry (bytes, 1024 + 128, stream, 2, 2, 512 * n_sectors);
  if (size > 0)
    memcpy (bytes->data + 1536, content, size);
  return g_byte_array_free_to_bytes (bytes);
}

char *
fixture_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "sheets", name, NULL);
}

GBytes *
load_fixture (const char *name)
{
  g_autofree char *path = fixture_path (name);
  char            *data;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

char *
dump_sheet (ShyBook           *book,
            guint              sheet,
            ShyBookReadFlags   flags,
            GError           **error)
{
  static const char         kinds[] = { '?', 't', 'n', 'b', 'd', 'D', 'T', 'e' };
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, sheet, flags, NULL, error);
  g_autoptr (GError)        local = NULL;
  GString                  *text = g_string_new (NULL);
  const ShySheetRow        *row;

  while (reader != NULL && (row = shy_sheet_reader_next (reader, &local)) != NULL)
    {
      g_string_append_printf (text, "%u:", row->number);
      for (guint i = 0; i < row->n_cells; i++)
        {
          g_autofree char *reference = shy_sheet_cell_dup_reference (&row->cells[i]);

          g_assert_cmpuint (row->cells[i].row, ==, row->number);
          if (row->cells[i].kind == SHY_SHEET_CELL_NUMBER)
            g_assert_true (g_str_has_suffix (row->cells[i].text, row->cells[i].number));
          g_string_append_printf (text, " %.*s=%c%s", (int) strcspn (reference, "0123456789"), reference,
                                  kinds[row->cells[i].kind], row->cells[i].text);
        }
      g_string_append_c (text, '\n');
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return g_string_free (text, FALSE);
}

char *
dump_bytes (GBytes      *bytes,
            const char  *name,
            GError     **error)
{
  g_autoptr (ShyBook) book = shy_book_open_bytes (bytes, name, NULL, error);

  return book != NULL ? dump_sheet (book, 0, SHY_BOOK_READ_DEFAULT, error) : NULL;
}

char *
read_part (const char *path,
           const char *name)
{
  zip_t      *zip = zip_open (path, ZIP_RDONLY, NULL);
  zip_stat_t  facts;
  zip_file_t *file;
  char       *text;

  g_assert_nonnull (zip);
  g_assert_cmpint (zip_stat (zip, name, 0, &facts), ==, 0);
  file = zip_fopen (zip, name, 0);
  text = g_malloc0 (facts.size + 1);
  g_assert_cmpint (zip_fread (file, text, facts.size), ==, facts.size);
  zip_fclose (file);
  zip_discard (zip);
  return text;
}
