/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xlsx-reader-private.h"

#include "sheet/shy-xlsx-scan-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

#define CHUNK_SIZE (64 * 1024)

struct _ShyXlsxReader
{
  ShySheetReader  parent_instance;
  ShyXlsxBook    *book;    /* (owned) */
  ShyXlsxPackage *package; /* (owned) */
  ShyXlsxPart    *part;    /* (owned) */
  ShyXlsxScan     scan;
  GArray         *merges;  /* (owned) (nullable) (element-type ShySheetRange) once asked for */
  GArray         *cells;   /* (owned) (element-type ShySheetCell) of the row given out */
  ShySheetRow     row;     /* the row given out */
  char           *chunk;   /* (owned) */
  guint           n_merge_tags; /* that the search for them found */
  guint           sheet;
  guint           given;   /* rows of the scan that were given out */
  gboolean        at_end;
};

G_DEFINE_FINAL_TYPE (ShyXlsxReader, shy_xlsx_reader, SHY_TYPE_SHEET_READER)

/* Turns the raw cells of a row into those of the API. */
static const ShySheetRow *
give_row (ShyXlsxReader       *self,
          const ShyXlsxRawRow *raw)
{
  const ShyXlsxRawCell  *from = &g_array_index (self->scan.cells, ShyXlsxRawCell, raw->first);
  const char            *arena = self->scan.arena;
  const char            *sheet = shy_sheet_reader_get_sheet (SHY_SHEET_READER (self));
  GArray                *formats = self->book->formats;
  ShySheetCell          *to;

  g_array_set_size (self->cells, raw->n_cells);
  to = (ShySheetCell *) self->cells->data;
  for (guint i = 0; i < raw->n_cells; i++, from++, to++)
    {
      to->sheet = sheet;
      to->text = from->shared != NULL ? from->shared : arena + from->text;
      to->number = from->number != SHY_XLSX_NO_NUMBER ? arena + from->number : NULL;
      to->format = from->style < formats->len
                     ? g_array_index (formats, ShyNumberFormat, from->style).code : NULL;
      to->row = raw->number;
      to->column = from->column;
      to->kind = from->kind;
      to->flags = from->flags;
    }
  self->row.number = raw->number;
  self->row.hidden = raw->hidden;
  self->row.n_cells = raw->n_cells;
  self->row.cells = (const ShySheetCell *) self->cells->data;
  return &self->row;
}

static void
set_scan_error (ShyXlsxReader  *self,
                GError         *reason,
                GError        **error)
{
  g_autofree char *detail = NULL;

  if (!g_error_matches (reason, SHY_ERROR, SHY_ERROR_INVALID))
    {
      g_propagate_error (error, g_error_copy (reason));
      return;
    }
  detail = g_strdup_printf ("%s: %s", shy_sheet_reader_get_sheet (SHY_SHEET_READER (self)),
                            reason->message);
  shy_book_source_set_damaged (self->book->source, detail, error);
}

/* The merged ranges were looked for by their bytes alone, without parsing; here both must agree. */
static gboolean
check_merges (ShyXlsxReader  *self,
              GError        **error)
{
  if (self->merges == NULL || self->n_merge_tags == self->scan.n_merges)
    return TRUE;

  shy_book_source_set_damaged (self->book->source, _("its merged cells contradict each other"), error);
  return FALSE;
}

static gboolean
read_chunk (ShyXlsxReader  *self,
            GError        **error)
{
  g_autoptr (GError) local = NULL;
  gssize             n;

  if (g_cancellable_set_error_if_cancelled (
        shy_sheet_reader_get_cancellable (SHY_SHEET_READER (self)), error))
    return FALSE;
  shy_xlsx_scan_forget (&self->scan);
  self->given = 0;
  n = shy_xlsx_part_read (self->part, self->chunk, CHUNK_SIZE, error);
  if (n < 0)
    return FALSE;
  self->at_end = n == 0;
  if (shy_xml_feed (&self->scan.xml, self->chunk, n, n == 0, &local))
    return !self->at_end ||
           (shy_book_source_check (self->book->source, error) && check_merges (self, error));

  set_scan_error (self, local, error);
  return FALSE;
}

static const ShySheetRow *
shy_xlsx_reader_next (ShySheetReader  *reader,
                      GError         **error)
{
  ShyXlsxReader *self = SHY_XLSX_READER (reader);

  while (self->given == self->scan.rows->len)
    if (self->at_end || !read_chunk (self, error))
      return NULL;

  return give_row (self, &g_array_index (self->scan.rows, ShyXlsxRawRow, self->given++));
}

static const ShySheetRange *
shy_xlsx_reader_get_merges (ShySheetReader  *reader,
                            guint           *n_merges,
                            GError         **error)
{
  ShyXlsxReader *self = SHY_XLSX_READER (reader);

  if (self->merges == NULL)
    self->merges = shy_xlsx_merges_load (self->book, self->sheet, &self->n_merge_tags,
                                         shy_sheet_reader_get_cancellable (reader), error);
  if (self->merges == NULL)
    return NULL;
  *n_merges = self->merges->len;
  return (const ShySheetRange *) self->merges->data;
}

static void
shy_xlsx_reader_get_progress (ShySheetReader *reader,
                              guint64        *done,
                              guint64        *total)
{
  ShyXlsxReader *self = SHY_XLSX_READER (reader);

  *done = shy_xlsx_part_get_done (self->part);
  *total = shy_xlsx_part_get_total (self->part);
}

static void
shy_xlsx_reader_finalize (GObject *object)
{
  ShyXlsxReader *self = SHY_XLSX_READER (object);

  shy_xlsx_scan_clear (&self->scan);
  g_clear_pointer (&self->part, shy_xlsx_part_free);
  g_clear_pointer (&self->package, shy_xlsx_package_free);
  g_clear_pointer (&self->book, shy_xlsx_book_unref);
  g_clear_pointer (&self->merges, g_array_unref);
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->chunk, g_free);

  G_OBJECT_CLASS (shy_xlsx_reader_parent_class)->finalize (object);
}

static void
shy_xlsx_reader_class_init (ShyXlsxReaderClass *klass)
{
  GObjectClass        *object_class = G_OBJECT_CLASS (klass);
  ShySheetReaderClass *reader_class = SHY_SHEET_READER_CLASS (klass);

  object_class->finalize = shy_xlsx_reader_finalize;
  reader_class->next = shy_xlsx_reader_next;
  reader_class->get_merges = shy_xlsx_reader_get_merges;
  reader_class->get_progress = shy_xlsx_reader_get_progress;
}

static void
shy_xlsx_reader_init (ShyXlsxReader *self)
{
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShySheetCell));
  self->chunk = g_malloc (CHUNK_SIZE);
}

ShySheetReader *
shy_xlsx_reader_new (ShyXlsxBook   *book,
                     guint          sheet,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (ShyXlsxReader) self = g_object_new (SHY_TYPE_XLSX_READER, NULL);
  const ShyXlsxSheet       *facts = g_ptr_array_index (book->sheets, sheet);

  self->book = shy_xlsx_book_ref (book);
  self->sheet = sheet;
  shy_sheet_reader_set_up (SHY_SHEET_READER (self), facts->name, cancellable);
  shy_xlsx_scan_init (&self->scan, book, SHY_SHEET_READER (self));
  self->package = shy_xlsx_package_open (book->source, error);
  if (self->package != NULL)
    self->part = shy_xlsx_package_open_part (self->package, facts->part, error);
  return self->part != NULL ? SHY_SHEET_READER (g_steal_pointer (&self)) : NULL;
}
