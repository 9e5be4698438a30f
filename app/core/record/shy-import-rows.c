/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-private.h"

#include "shy-error.h"
#include "shy-new-file.h"
#include "sheet/shy-sheet-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How what people see of a row is packed: this, then each text with the zero byte that ends it, behind a
 * byte that says whether there is one. */
typedef struct
{
  guint32 number;
  guint32 row;
  guint32 mark;
  guint32 n_fields;
} Head;

static void
pack_text (const char *text,
           GByteArray *into)
{
  const guint8 there = text != NULL;

  g_byte_array_append (into, &there, 1);
  if (text != NULL)
    g_byte_array_append (into, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* Packs what people see of a row behind @into; its state is the mark under which it is kept. */
void
shy_import_row_pack (const ShyImportRow *row,
                     GByteArray         *into)
{
  Head head = { row->number, row->row, row->mark, row->n_fields };

  g_byte_array_append (into, (const guint8 *) &head, sizeof head);
  pack_text (row->title, into);
  pack_text (row->label, into);
  pack_text (row->words, into);
  for (guint i = 0; i < row->n_fields; i++)
    {
      pack_text (row->texts[i], into);
      pack_text (row->faults[i], into);
    }
}

static char *
unpack_text (const char **at)
{
  char *text = NULL;

  if (*(*at)++)
    {
      text = g_strdup (*at);
      *at += strlen (text) + 1;
    }
  return text;
}

/* The reverse. The bytes were packed by this process, and lie in a file without a name. */
ShyImportRow *
shy_import_row_unpack (GByteArray     *bytes,
                       ShyImportState  state)
{
  Head          head;
  ShyImportRow *row;
  const char   *at = (const char *) bytes->data + sizeof head;

  memcpy (&head, bytes->data, sizeof head);
  row = shy_import_row_new (head.number, head.row, head.n_fields);
  row->state = state;
  row->mark = head.mark;
  row->title = unpack_text (&at);
  row->label = unpack_text (&at);
  row->words = unpack_text (&at);
  for (guint i = 0; i < row->n_fields; i++)
    {
      row->texts[i] = unpack_text (&at);
      row->faults[i] = unpack_text (&at);
    }
  return row;
}

/**
 * shy_import_read_row: (skip)
 * @self: an import that ran
 * @index: which row, from 0
 * @error: return location for an error
 *
 * Reads a row as people see it. Blocks, though not for long; from any thread.
 *
 * Returns: (transfer full): the row, or %NULL with @error set
 */
ShyImportRow *
shy_import_read_row (ShyImport  *self,
                     guint       index,
                     GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (ShySpool)   cells = NULL;

  g_return_val_if_fail (SHY_IS_IMPORT (self) && self->cells != NULL, NULL);

  g_mutex_lock (&self->mutex);
  cells = g_object_ref (self->cells);
  g_mutex_unlock (&self->mutex);
  if (index >= shy_spool_get_n (cells))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the row is not there any more");
      return NULL;
    }
  return shy_spool_read (cells, index, bytes, error)
           ? shy_import_row_unpack (bytes, (ShyImportState) shy_spool_get_mark (cells, index)) : NULL;
}

/* What somebody typed in place of a cell; NULL if nobody did. */
const char *
shy_import_find_mended (ShyImport *self,
                        guint      row,
                        guint      column)
{
  GHashTable *cells = g_hash_table_lookup (self->mended, GUINT_TO_POINTER (row));

  return cells != NULL ? g_hash_table_lookup (cells, GUINT_TO_POINTER (column)) : NULL;
}

/**
 * shy_import_mend:
 * @self: an import with a match, that does not run
 * @row: a row of the sheet, from 1
 * @field: the index of a field that has a column
 * @text: (nullable): what is to stand in its cell; "" for nothing, %NULL for what the file says
 *
 * Corrects a cell, though not in the file: from the next run on it is read so, and the row is judged so.
 */
void
shy_import_mend (ShyImport  *self,
                 guint       row,
                 guint       field,
                 const char *text)
{
  const ShyHeaderColumn *column;
  GHashTable            *cells;

  g_return_if_fail (SHY_IS_IMPORT (self) && self->match != NULL);

  column = shy_header_match_find_column (self->match, field);
  g_return_if_fail (column != NULL);
  cells = g_hash_table_lookup (self->mended, GUINT_TO_POINTER (row));
  if (cells == NULL)
    {
      cells = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (self->mended, GUINT_TO_POINTER (row), cells);
    }
  if (text != NULL)
    g_hash_table_insert (cells, GUINT_TO_POINTER (column->column), g_strdup (text));
  else
    g_hash_table_remove (cells, GUINT_TO_POINTER (column->column));
  if (g_hash_table_size (cells) == 0)
    g_hash_table_remove (self->mended, GUINT_TO_POINTER (row));
}

/**
 * shy_import_is_mended:
 * @self: an import with a match
 * @row: a row of the sheet, from 1
 * @field: the index of a field
 *
 * Returns: whether somebody corrected the cell of the field
 */
gboolean
shy_import_is_mended (ShyImport *self,
                      guint      row,
                      guint      field)
{
  const ShyHeaderColumn *column;

  g_return_val_if_fail (SHY_IS_IMPORT (self) && self->match != NULL, FALSE);

  if (!g_hash_table_contains (self->mended, GUINT_TO_POINTER (row)))
    return FALSE;
  column = shy_header_match_find_column (self->match, field);
  return column != NULL && shy_import_find_mended (self, row, column->column) != NULL;
}

/**
 * shy_import_count_mended:
 * @self: an import
 *
 * Returns: how many rows somebody corrected
 */
guint
shy_import_count_mended (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), 0);

  return g_hash_table_size (self->mended);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint one = GPOINTER_TO_UINT (*(gconstpointer *) a);
  guint other = GPOINTER_TO_UINT (*(gconstpointer *) b);

  return one < other ? -1 : one > other;
}

static GPtrArray *
dup_sorted_keys (GHashTable *table)
{
  GPtrArray     *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_numbers);
  return keys;
}

/* Tells the notes which cells were corrected. */
void
shy_import_note_mended (ShyImport *self)
{
  g_autoptr (GPtrArray) rows = dup_sorted_keys (self->mended);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) columns = dup_sorted_keys (g_hash_table_lookup (self->mended, rows->pdata[i]));

      for (guint j = 0; j < columns->len; j++)
        shy_import_notes_take_mended (self->notes, GPOINTER_TO_UINT (rows->pdata[i]),
                                      GPOINTER_TO_UINT (columns->pdata[j]));
    }
}

/* A header as the sheet has it; with the unit that stands above the sheet, and without its group, by which
 * the columns would not be found again. */
static char *
dup_header (ShyHeaderMatch        *match,
            const ShyHeaderColumn *column)
{
  GPtrArray  *fields = shy_header_match_get_fields (match);
  const char *header = column->header;

  if (header == NULL || strstr (header, " / ") != NULL)
    header = column->field >= 0 ? shy_sheet_field_get_about (fields->pdata[column->field])->name : "";
  if (column->unit == NULL || strstr (header, column->unit) != NULL)
    return g_strdup (header);
  return g_strdup_printf ("%s（%s）", header, column->unit);
}

/* The columns that are read, in the order of the sheet. */
static GPtrArray *
list_columns (ShyImport *self)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < shy_header_match_get_n_columns (self->match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (self->match, i);

      if (column->field >= 0 && shy_header_match_find_column (self->match, (guint) column->field) == column)
        g_ptr_array_add (columns, (gpointer) column);
    }
  return columns;
}

static gboolean
write_row (ShyImport       *self,
           ShySheetWriter  *writer,
           GPtrArray       *columns,
           guint            index,
           GError         **error)
{
  g_autoptr (ShyImportRow) row = shy_import_read_row (self, index, error);

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < columns->len; i++)
    {
      const char *text = row->texts[((const ShyHeaderColumn *) columns->pdata[i])->field];

      if (text != NULL)
        shy_sheet_writer_add_text (writer, text);
      else
        shy_sheet_writer_add_empty (writer);
    }
  shy_sheet_writer_add_text (writer, row->words != NULL ? row->words : "");
  {
    g_autofree char *number = g_strdup_printf ("%u", row->row);

    shy_sheet_writer_add_number (writer, number);
  }
  return shy_sheet_writer_end_row (writer, error);
}

static gboolean
write_rows (ShyImport       *self,
            ShySheetWriter  *writer,
            GPtrArray       *columns,
            GError         **error)
{
  for (guint i = 0; i < shy_spool_get_n (self->cells); i++)
    if (shy_import_get_state (self, i) == SHY_IMPORT_REJECTED &&
        !write_row (self, writer, columns, i, error))
      return FALSE;
  return TRUE;
}

static char **
dup_headers (ShyImport *self,
             GPtrArray *columns)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *header = dup_header (self->match, columns->pdata[i]);

      g_strv_builder_add (headers, header);
    }
  g_strv_builder_add (headers, _("Why it was rejected"));
  g_strv_builder_add (headers, _("Row in the file"));
  return g_strv_builder_end (headers);
}

/**
 * shy_import_write_rejected:
 * @self: an import that ran
 * @path: a file that ends in .xlsx or .csv
 * @replace: whether a file that is there when all is written is replaced
 * @error: return location for an error
 *
 * Writes the rejected rows as they stand in the sheet, with what was corrected, under its headers, and
 * behind them why each was rejected: whoever sent the file mends them there, and the file is opened as
 * any other. It holds personal data, so only its owner may read it. Blocks.
 *
 * Errors: %SHY_ERROR_USAGE for another ending, %SHY_ERROR_INVALID if it is the file that was opened, and
 * those of writing.
 *
 * Returns: whether it was written
 */
gboolean
shy_import_write_rejected (ShyImport   *self,
                           const char  *path,
                           gboolean     replace,
                           GError     **error)
{
  g_autoptr (ShySheetWriter) writer = NULL;
  g_autoptr (GPtrArray)      columns = NULL;
  g_auto (GStrv)             headers = NULL;
  g_autofree char           *lower = NULL;
  gboolean                   csv;

  g_return_val_if_fail (SHY_IS_IMPORT (self) && self->cells != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  csv = g_str_has_suffix (lower, ".csv");
  if (!csv && !g_str_has_suffix (lower, ".xlsx"))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("The rejected rows cannot be written to “%s”: name a file that ends in .xlsx or .csv."),
                   path);
      return FALSE;
    }
  if (!shy_new_file_check (path, self->path, replace, error))
    return FALSE;
  writer = shy_sheet_writer_new (path, csv ? SHY_SHEET_FORMAT_CSV : SHY_SHEET_FORMAT_XLSX, error);
  if (writer == NULL)
    return FALSE;

  shy_sheet_writer_set_keep (writer, !replace);
  columns = list_columns (self);
  headers = dup_headers (self, columns);
  return shy_sheet_writer_add_sheet (writer, _("Rejected rows"), (const char *const *) headers, error) &&
         write_rows (self, writer, columns, error) && shy_sheet_writer_close (writer, error);
}
