/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-reader-private.h"

#include "sheet/shy-sheet-merge-private.h"

#include <string.h>

typedef struct
{
  char          *sheet;       /* (owned) */
  GCancellable  *cancellable; /* (owned) (nullable) */
  ShySheetMerge *merge;       /* (owned) (nullable) if merged ranges are filled */
  guint8        *hidden;      /* (owned) (nullable) by column, whether it is hidden */
  guint          n_hides;     /* how often columns were hidden */
} ShySheetReaderPrivate;

/**
 * ShySheetReader:
 *
 * Reads one sheet row by row, in memory that does not grow with the number of rows. It comes from
 * [method@Book.read_sheet] and belongs to one thread at a time; several readers of one book may
 * work on several threads.
 *
 * Rows and cells that hold nothing, or blanks only, are left out: the numbers of rows and columns
 * tell where they were.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ShySheetReader, shy_sheet_reader, G_TYPE_OBJECT)

static ShySheetReaderPrivate *
get_private (ShySheetReader *self)
{
  return shy_sheet_reader_get_instance_private (self);
}

static const ShySheetRange *
no_merges (ShySheetReader  *self,
           guint           *n_merges,
           GError         **error)
{
  static const ShySheetRange none;

  *n_merges = 0;
  return &none;
}

static void
shy_sheet_reader_finalize (GObject *object)
{
  ShySheetReaderPrivate *priv = get_private (SHY_SHEET_READER (object));

  g_clear_pointer (&priv->sheet, g_free);
  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->merge, shy_sheet_merge_free);
  g_clear_pointer (&priv->hidden, g_free);

  G_OBJECT_CLASS (shy_sheet_reader_parent_class)->finalize (object);
}

static void
shy_sheet_reader_class_init (ShySheetReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_sheet_reader_finalize;
  klass->get_merges = no_merges;
}

static void
shy_sheet_reader_init (ShySheetReader *self)
{
}

void
shy_sheet_reader_set_up (ShySheetReader *self,
                         const char     *sheet,
                         GCancellable   *cancellable)
{
  ShySheetReaderPrivate *priv = get_private (self);

  g_assert (priv->sheet == NULL);

  priv->sheet = g_strdup (sheet);
  priv->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
}

gboolean
shy_sheet_reader_fill_merges (ShySheetReader  *self,
                              GError         **error)
{
  ShySheetReaderPrivate *priv = get_private (self);
  const ShySheetRange   *merges;
  guint                  n_merges = 0;

  merges = shy_sheet_reader_get_merges (self, &n_merges, error);
  if (merges == NULL)
    return FALSE;
  if (n_merges > 0)
    priv->merge = shy_sheet_merge_new (merges, n_merges);
  return TRUE;
}

/* No sheet hides columns more often than it has columns: what goes on is not heard. */
void
shy_sheet_reader_hide_columns (ShySheetReader *self,
                               guint           first,
                               guint           last)
{
  ShySheetReaderPrivate *priv = get_private (self);

  last = MIN (last, SHY_SHEET_MAX_COLUMNS - 1);
  if (first > last || priv->n_hides++ >= SHY_SHEET_MAX_COLUMNS)
    return;
  if (priv->hidden == NULL)
    priv->hidden = g_new0 (guint8, SHY_SHEET_MAX_COLUMNS);
  memset (priv->hidden + first, TRUE, last - first + 1);
}

GCancellable *
shy_sheet_reader_get_cancellable (ShySheetReader *self)
{
  return get_private (self)->cancellable;
}

gboolean
shy_sheet_is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if ((guchar) *text > ' ' && (guchar) *text < 0x80)
      return FALSE;
    else if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/**
 * shy_sheet_reader_next: (skip)
 * @self: a reader
 * @error: return location for an error
 *
 * Reads the next row that holds something. Blocks: call it on a worker thread.
 *
 * Errors: %SHY_ERROR_DAMAGED, %SHY_ERROR_LIMIT, %SHY_ERROR_UNSUPPORTED, and
 * %G_IO_ERROR_CANCELLED. Rows given before an error are right; after one there are no more.
 *
 * Returns: (nullable) (transfer none): the row, valid until the next call, or %NULL at the end
 *   and, with @error set, on failure
 */
const ShySheetRow *
shy_sheet_reader_next (ShySheetReader  *self,
                       GError         **error)
{
  ShySheetReaderPrivate *priv;
  const ShySheetRow     *row;

  g_return_val_if_fail (SHY_IS_SHEET_READER (self), NULL);

  priv = get_private (self);
  row = SHY_SHEET_READER_GET_CLASS (self)->next (self, error);
  if (row != NULL && priv->merge != NULL)
    row = shy_sheet_merge_fill (priv->merge, row);
  return row;
}

/**
 * shy_sheet_reader_get_sheet:
 * @self: a reader
 *
 * Returns: (transfer none): the name of the sheet
 */
const char *
shy_sheet_reader_get_sheet (ShySheetReader *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_READER (self), NULL);

  return get_private (self)->sheet;
}

/**
 * shy_sheet_reader_is_column_hidden:
 * @self: a reader
 * @column: a column, from 0
 *
 * Gets whether a column is hidden, or has no width. Some formats tell only with the first row.
 *
 * Returns: whether nobody sees the column
 */
gboolean
shy_sheet_reader_is_column_hidden (ShySheetReader *self,
                                   guint           column)
{
  ShySheetReaderPrivate *priv;

  g_return_val_if_fail (SHY_IS_SHEET_READER (self), FALSE);

  priv = get_private (self);
  return priv->hidden != NULL && column < SHY_SHEET_MAX_COLUMNS && priv->hidden[column];
}

/**
 * shy_sheet_reader_get_merges: (skip)
 * @self: a reader
 * @n_merges: (out): how many there are
 * @error: return location for an error
 *
 * Gets the merged ranges by rising row. In an xlsx file they stand behind all cells, so the first
 * call unpacks the sheet once more, which costs about a fifth of reading it.
 *
 * Returns: (nullable) (transfer none): the ranges, or %NULL with @error set
 */
const ShySheetRange *
shy_sheet_reader_get_merges (ShySheetReader  *self,
                             guint           *n_merges,
                             GError         **error)
{
  g_return_val_if_fail (SHY_IS_SHEET_READER (self), NULL);
  g_return_val_if_fail (n_merges != NULL, NULL);

  return SHY_SHEET_READER_GET_CLASS (self)->get_merges (self, n_merges, error);
}

/**
 * shy_sheet_reader_get_progress:
 * @self: a reader
 * @done: (out): bytes read
 * @total: (out): bytes to read in all
 *
 * Gets how far the reader has come. The bytes are those of the unpacked sheet.
 */
void
shy_sheet_reader_get_progress (ShySheetReader *self,
                               guint64        *done,
                               guint64        *total)
{
  g_return_if_fail (SHY_IS_SHEET_READER (self));
  g_return_if_fail (done != NULL && total != NULL);

  SHY_SHEET_READER_GET_CLASS (self)->get_progress (self, done, total);
}
