/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-header-private.h"

/* A header stands in the first thirty rows; two hundred rows of data tell what a column holds. */
#define SAMPLE_ROWS 230

static void
row_free (gpointer data)
{
  ShyHeaderSampleRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

static void
add_row (ShyHeaderSample   *self,
         const ShySheetRow *row)
{
  ShyHeaderSampleRow *kept = g_new0 (ShyHeaderSampleRow, 1);

  kept->number = row->number;
  kept->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_sheet_cell_free);
  for (guint i = 0; i < row->n_cells; i++)
    g_ptr_array_add (kept->cells, shy_sheet_cell_copy (&row->cells[i]));
  if (row->n_cells > 0)
    self->width = MAX (self->width, row->cells[row->n_cells - 1].column + 1);
  g_ptr_array_add (self->rows, kept);
}

ShyHeaderSample *
shy_header_sample_load (ShyBook       *book,
                        guint          sheet,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (ShyHeaderSample) self = g_new0 (ShyHeaderSample, 1);
  g_autoptr (GError)          local = NULL;
  const ShySheetRow          *row;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->reader = shy_book_read_sheet (book, sheet, SHY_BOOK_READ_MERGED, cancellable, error);
  if (self->reader == NULL)
    return NULL;
  while (self->rows->len < SAMPLE_ROWS && (row = shy_sheet_reader_next (self->reader, &local)) != NULL)
    add_row (self, row);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
shy_header_sample_free (ShyHeaderSample *self)
{
  g_ptr_array_unref (self->rows);
  g_clear_object (&self->reader);
  g_free (self);
}

/* The cell of the index-th row that was kept; NULL if it is empty. */
const ShySheetCell *
shy_header_sample_get_cell (ShyHeaderSample *self,
                            guint            index,
                            guint            column)
{
  const ShyHeaderSampleRow *row = g_ptr_array_index (self->rows, index);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const ShySheetCell *cell = g_ptr_array_index (row->cells, i);

      if (cell->column == column)
        return cell;
    }

  return NULL;
}
