/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-merge-private.h"

#include <stdlib.h>

/* A range that reaches into the current row. */
typedef struct
{
  ShySheetRange range;
  ShySheetCell *value; /* (owned) */
} Open;

struct _ShySheetMerge
{
  const ShySheetRange *ranges;   /* (not owned) by rising row */
  guint                n_ranges;
  guint                next;     /* the first range that lies below */
  GArray              *open;     /* (owned) (element-type Open) */
  GArray              *cells;    /* (owned) (element-type ShySheetCell) of the row given out */
  ShySheetRow          row;      /* the row given out */
};

static void
clear_open (gpointer data)
{
  Open *open = data;

  g_clear_pointer (&open->value, shy_sheet_cell_free);
}

ShySheetMerge *
shy_sheet_merge_new (const ShySheetRange *ranges,
                     guint                n_ranges)
{
  ShySheetMerge *self = g_new0 (ShySheetMerge, 1);

  self->ranges = ranges;
  self->n_ranges = n_ranges;
  self->open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_array_set_clear_func (self->open, clear_open);
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShySheetCell));
  return self;
}

void
shy_sheet_merge_free (ShySheetMerge *self)
{
  g_array_unref (self->open);
  g_array_unref (self->cells);
  g_free (self);
}

static void
close_ranges (ShySheetMerge *self,
              guint          row)
{
  for (guint i = self->open->len; i-- > 0;)
    if (g_array_index (self->open, Open, i).range.bottom < row)
      g_array_remove_index_fast (self->open, i);
}

/* Ranges without a value are of no use. Ranges never overlap, so no more than one a column can be
 * open; whatever a broken file says, the work for a row stays bounded. */
static void
open_ranges (ShySheetMerge     *self,
             const ShySheetRow *row)
{
  for (; self->next < self->n_ranges && self->ranges[self->next].top <= row->number; self->next++)
    {
      const ShySheetRange *range = &self->ranges[self->next];
      const ShySheetCell  *cell;

      if (range->top != row->number || self->open->len >= SHY_SHEET_MAX_COLUMNS)
        continue;
      cell = shy_sheet_row_get_cell (row, range->left);
      if (cell != NULL)
        {
          Open open = { *range, shy_sheet_cell_copy (cell) };

          g_array_append_val (self->open, open);
        }
    }
}

static gboolean
is_covered (ShySheetMerge *self,
            guint          row,
            guint          column)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const ShySheetRange *range = &g_array_index (self->open, Open, i).range;

      if (column >= range->left && column <= range->right &&
          (column != range->left || row != range->top))
        return TRUE;
    }

  return FALSE;
}

/* A range that is wider than any list is a decoration: a million rows of it must not be a million
 * times sixteen thousand cells. */
#define MAX_SPREAD 512

static void
spread (ShySheetMerge *self,
        const Open    *open,
        guint          row)
{
  ShySheetCell cell = *open->value;

  cell.row = row;
  for (guint column = open->range.left;
       column <= MIN (open->range.right, open->range.left + MAX_SPREAD) && self->cells->len < 2 * SHY_SHEET_MAX_COLUMNS; column++)
    {
      if (row == open->range.top && column == open->range.left)
        continue;
      cell.column = column;
      cell.flags = open->value->flags | SHY_SHEET_CELL_MERGED |
                   (column != open->range.left ? SHY_SHEET_CELL_ACROSS : 0);
      g_array_append_val (self->cells, cell);
    }
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const ShySheetCell *one = a;
  const ShySheetCell *other = b;

  return (one->column > other->column) - (one->column < other->column);
}

static void
order (ShySheetMerge *self)
{
  ShySheetCell *cells = (ShySheetCell *) self->cells->data;
  guint         n = 0;

  qsort (cells, self->cells->len, sizeof *cells, compare_cells);
  for (guint i = 0; i < self->cells->len; i++)
    if (n == 0 || cells[i].column != cells[n - 1].column)
      cells[n++] = cells[i];
  g_array_set_size (self->cells, n);
}

/* What a covered cell holds of its own nobody sees: the value of the range counts. */
const ShySheetRow *
shy_sheet_merge_fill (ShySheetMerge     *self,
                      const ShySheetRow *row)
{
  close_ranges (self, row->number);
  open_ranges (self, row);
  if (self->open->len == 0)
    return row;

  g_array_set_size (self->cells, 0);
  for (guint i = 0; i < row->n_cells; i++)
    if (!is_covered (self, row->number, row->cells[i].column))
      g_array_append_val (self->cells, row->cells[i]);
  for (guint i = 0; i < self->open->len; i++)
    spread (self, &g_array_index (self->open, Open, i), row->number);
  order (self);
  self->row = *row;
  self->row.n_cells = self->cells->len;
  self->row.cells = (const ShySheetCell *) self->cells->data;
  return &self->row;
}
