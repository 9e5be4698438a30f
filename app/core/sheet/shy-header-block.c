/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-header-private.h"

#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value.h"

#include <string.h>

/* Titles, the filler's name and notes take a few rows; a header has three rows at most. */
#define MAX_END 30
#define MAX_HEIGHT 3
/* Nobody's list has more columns; beyond them there are only formats. */
#define MAX_WIDTH 512
/* Enough for a year or a day in a header. */
#define SHOWN_DIGITS 8

void
shy_header_column_clear (gpointer data)
{
  ShyHeaderColumn *column = data;

  g_clear_pointer (&column->header, g_free);
  g_clear_pointer (&column->unit, g_free);
  g_clear_pointer (&column->reason, g_free);
}

static char *
get_text (ShyHeaderSample *sample,
          guint            index,
          guint            column)
{
  const ShySheetCell *cell = shy_header_sample_get_cell (sample, index, column);

  return cell != NULL ? shy_sheet_value_tidy (cell->text) : NULL;
}

static gboolean
has_text_below (ShyHeaderSample *sample,
                guint            index,
                guint            end,
                guint            column)
{
  for (guint i = index + 1; i < end; i++)
    if (shy_header_sample_get_cell (sample, i, column) != NULL)
      return TRUE;

  return FALSE;
}

/* The group over a column: what stands there, or, where cells were not merged (as in csv files),
 * the next group to the left. */
static char *
get_group (ShyHeaderSample *sample,
           guint            index,
           guint            end,
           guint            column)
{
  for (guint c = column + 1; c-- > 0;)
    {
      char *text = get_text (sample, index, c);

      if (text != NULL)
        {
          if (c == column || has_text_below (sample, index, end, c))
            return text;
          g_free (text);
          return NULL;
        }
    }

  return NULL;
}

char *
shy_header_mask (char *header)
{
  gsize run = 0;

  for (char *p = header; *p != '\0'; p++)
    {
      run = g_ascii_isdigit (*p) ? run + 1 : 0;
      if (run > SHOWN_DIGITS)
        *p = '*';
    }
  return header;
}

/* Names a column of the rows from @first on: groups and the name, each once. */
static gboolean
name_column (ShyHeaderSample *sample,
             guint            first,
             guint            height,
             guint            column,
             ShyHeaderColumn *named)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint                 end = first + height;
  guint                 leaf = end;

  memset (named, 0, sizeof *named);
  while (leaf > first && shy_header_sample_get_cell (sample, leaf - 1, column) == NULL)
    leaf--;
  if (leaf == first)
    return FALSE;

  for (guint i = first; i < leaf; i++)
    {
      g_autofree char *text = i + 1 < leaf ? get_group (sample, i, leaf, column)
                                           : get_text (sample, i, column);
      gboolean         same = text == NULL || (parts->len > 0 &&
                                               strcmp (g_ptr_array_index (parts, parts->len - 1), text) == 0);

      if (!same)
        g_ptr_array_add (parts, g_steal_pointer (&text));
    }
  g_ptr_array_add (parts, NULL);
  named->column = column;
  named->row = shy_header_sample_get_cell (sample, leaf - 1, column)->row;
  named->header = shy_header_mask (g_strjoinv (SHY_HEADER_SEPARATOR, (char **) parts->pdata));
  named->field = -1;
  named->period = named->hidden = FALSE;
  return TRUE;
}

ShyHeaderBlock *
shy_header_block_new (void)
{
  ShyHeaderBlock *self = g_new0 (ShyHeaderBlock, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (ShyHeaderColumn));
  g_array_set_clear_func (self->columns, shy_header_column_clear);
  return self;
}

static ShyHeaderBlock *
make_block (ShyHeaderSample *sample,
            guint            first,
            guint            height)
{
  ShyHeaderBlock *self = shy_header_block_new ();

  self->first = first;
  self->height = height;
  for (guint c = 0; c < MIN (sample->width, MAX_WIDTH); c++)
    {
      ShyHeaderColumn column;

      if (name_column (sample, first, height, c, &column))
        g_array_append_val (self->columns, column);
    }
  return self;
}

void
shy_header_block_free (ShyHeaderBlock *self)
{
  g_array_unref (self->columns);
  g_free (self->second);
  g_free (self);
}

gboolean
shy_header_block_lacks_required (ShyHeaderBlock *block,
                                 GPtrArray      *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      gboolean found = !shy_sheet_field_get_about (g_ptr_array_index (fields, i))->required;

      for (guint j = 0; j < block->columns->len && !found; j++)
        found = g_array_index (block->columns, ShyHeaderColumn, j).field == (int) i ||
                shy_header_column_get_end (&g_array_index (block->columns, ShyHeaderColumn, j), fields) == (int) i;
      if (!found)
        return TRUE;
    }
  return FALSE;
}

/* A row right below the header that holds nothing but units and how to fill the columns in. */
static gboolean
holds_asides (ShyHeaderSample *sample,
              guint            index)
{
  const ShyHeaderSampleRow *row;

  if (index >= sample->rows->len)
    return FALSE;
  row = g_ptr_array_index (sample->rows, index);
  for (guint i = 0; i < row->cells->len; i++)
    {
      const ShySheetCell *cell = g_ptr_array_index (row->cells, i);

      if ((cell->flags & SHY_SHEET_CELL_MERGED) == 0 &&
          (cell->kind != SHY_SHEET_CELL_TEXT || !shy_header_is_aside (cell->text)))
        return FALSE;
    }
  return row->cells->len > 0;
}

static ShyHeaderBlock *
extend (ShyHeaderBlock  *self,
        ShyHeaderSample *sample,
        GPtrArray       *fields,
        JsonObject      *recipe)
{
  g_autoptr (ShyHeaderBlock) longer = NULL;

  if (!holds_asides (sample, self->first + self->height))
    return self;
  longer = make_block (sample, self->first, self->height + 1);
  shy_header_match_names (longer, fields, recipe);
  if (longer->n_found < self->n_found)
    return self;
  shy_header_block_free (self);
  return g_steal_pointer (&longer);
}

static const ShyHeaderColumn *
find_column (ShyHeaderBlock *self,
             guint           column)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, ShyHeaderColumn, i).column == column)
      return &g_array_index (self->columns, ShyHeaderColumn, i);

  return NULL;
}

/* Whether further rows name columns that @self leaves open, rather than its own once more. */
static gboolean
goes_on (ShyHeaderBlock *self,
         ShyHeaderBlock *longer)
{
  if (longer->first + longer->height <= self->first + self->height)
    return TRUE;
  if (longer->first >= self->first + self->height)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (self->columns, ShyHeaderColumn, i);
      const ShyHeaderColumn *again = find_column (longer, column->column);

      if (column->field >= 0 && (again == NULL || (again->row != column->row &&
                                                   strcmp (again->header, column->header) != 0)))
        return FALSE;
    }
  return TRUE;
}

/* Looks for the rows that name most fields. Of several that name as many the first is taken, for a
 * second row with such names belongs to somebody's spouse or to the next page; and of those with the
 * same last row the lowest, for a title above them is no group. Below a header that has all it must have
 * there are data, and perhaps a header of more columns, which must not hide them. */
ShyHeaderBlock *
shy_header_block_find (ShyHeaderSample *sample,
                       GPtrArray       *fields,
                       JsonObject      *recipe)
{
  g_autoptr (ShyHeaderBlock) best = NULL;
  gboolean                   whole = FALSE;

  for (guint end = 1; end <= MIN (sample->rows->len, MAX_END); end++)
    for (guint height = 1; height <= MIN (end, MAX_HEIGHT); height++)
      {
        g_autoptr (ShyHeaderBlock) block = make_block (sample, end - height, height);

        if (whole && !goes_on (best, block))
          continue;
        shy_header_match_names (block, fields, recipe);
        if (best == NULL || block->n_found > best->n_found)
          {
            whole = !shy_header_block_lacks_required (block, fields);
            g_clear_pointer (&best, shy_header_block_free);
            best = g_steal_pointer (&block);
          }
      }

  return best != NULL && best->n_found > 0 ? extend (g_steal_pointer (&best), sample, fields, recipe)
                                           : g_steal_pointer (&best);
}
