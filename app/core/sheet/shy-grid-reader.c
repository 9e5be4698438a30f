/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-grid-private.h"

struct _ShyGridReader
{
  ShySheetReader      parent_instance;
  ShyGrid            *grid;   /* (owned) */
  const ShyGridSheet *sheet;  /* (not owned) of the grid */
  ShySheetRow         row;    /* the row given out */
  guint               given;  /* cells given out */
};

G_DEFINE_FINAL_TYPE (ShyGridReader, shy_grid_reader, SHY_TYPE_SHEET_READER)

static const ShySheetRow *
shy_grid_reader_next (ShySheetReader  *reader,
                      GError         **error)
{
  ShyGridReader      *self = SHY_GRID_READER (reader);
  const GArray       *cells = self->sheet->cells;
  const ShySheetCell *first;
  guint               n = 1;

  if (g_cancellable_set_error_if_cancelled (shy_sheet_reader_get_cancellable (reader), error) ||
      self->given >= cells->len)
    return NULL;
  first = &g_array_index (cells, ShySheetCell, self->given);
  while (self->given + n < cells->len && first[n].row == first->row)
    n++;
  self->given += n;
  self->row.number = first->row;
  self->row.hidden = g_hash_table_contains (self->sheet->hidden, GUINT_TO_POINTER (first->row));
  self->row.n_cells = n;
  self->row.cells = first;
  return &self->row;
}

static const ShySheetRange *
shy_grid_reader_get_merges (ShySheetReader  *reader,
                            guint           *n_merges,
                            GError         **error)
{
  ShyGridReader *self = SHY_GRID_READER (reader);

  *n_merges = self->sheet->merges->len;
  return (const ShySheetRange *) self->sheet->merges->data;
}

static void
shy_grid_reader_get_progress (ShySheetReader *reader,
                              guint64        *done,
                              guint64        *total)
{
  ShyGridReader *self = SHY_GRID_READER (reader);

  *done = self->given * sizeof (ShySheetCell);
  *total = self->sheet->cells->len * sizeof (ShySheetCell);
}

static void
shy_grid_reader_finalize (GObject *object)
{
  ShyGridReader *self = SHY_GRID_READER (object);

  g_clear_pointer (&self->grid, shy_grid_unref);

  G_OBJECT_CLASS (shy_grid_reader_parent_class)->finalize (object);
}

static void
shy_grid_reader_class_init (ShyGridReaderClass *klass)
{
  ShySheetReaderClass *reader_class = SHY_SHEET_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = shy_grid_reader_finalize;
  reader_class->next = shy_grid_reader_next;
  reader_class->get_merges = shy_grid_reader_get_merges;
  reader_class->get_progress = shy_grid_reader_get_progress;
}

static void
shy_grid_reader_init (ShyGridReader *self)
{
}

ShySheetReader *
shy_grid_reader_new (ShyGrid      *grid,
                     guint         sheet,
                     GCancellable *cancellable)
{
  ShyGridReader *self = g_object_new (SHY_TYPE_GRID_READER, NULL);

  self->grid = shy_grid_ref (grid);
  self->sheet = g_ptr_array_index (grid->sheets, sheet);
  shy_sheet_reader_set_up (SHY_SHEET_READER (self), self->sheet->name, cancellable);
  for (guint i = 0; i < self->sheet->hidden_columns->len; i++)
    {
      const ShySheetRange *range = &g_array_index (self->sheet->hidden_columns, ShySheetRange, i);

      shy_sheet_reader_hide_columns (SHY_SHEET_READER (self), range->left, range->right);
    }
  return SHY_SHEET_READER (self);
}
