/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-header-private.h"

#include "sheet/shy-sheet-value.h"

#include <string.h>

/* An application form for one person: labels with their values beside them, in many rows. */

/* So many fields, in so many rows, make a form. */
#define MIN_FIELDS 3
#define MIN_ROWS 2
/* A form is not longer than that. */
#define MAX_ROWS 100
/* “18位” is no number of anybody. */
#define IDENTITY_DIGITS 6

static void
add_label (ShyHeaderBlock     *block,
           const ShySheetCell *cell)
{
  ShyHeaderColumn column = { .column = cell->column, .row = cell->row, .field = -1 };

  column.header = shy_header_mask (shy_sheet_value_tidy (cell->text));
  g_array_append_val (block->columns, column);
}

/* Every text of its own may be a label; which are, their wording tells. */
static ShyHeaderBlock *
collect (ShyHeaderSample *sample,
         GPtrArray       *fields)
{
  ShyHeaderBlock *block = shy_header_block_new ();

  for (guint i = 0; i < MIN (sample->rows->len, MAX_ROWS); i++)
    {
      const ShyHeaderSampleRow *row = g_ptr_array_index (sample->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          const ShySheetCell *cell = g_ptr_array_index (row->cells, j);

          if (cell->kind == SHY_SHEET_CELL_TEXT && (cell->flags & SHY_SHEET_CELL_MERGED) == 0)
            add_label (block, cell);
        }
    }
  shy_header_match_names (block, fields, NULL);
  return block;
}

static gboolean
is_label (ShyHeaderBlock     *block,
          const ShySheetCell *cell)
{
  for (guint i = 0; i < block->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);

      if (column->row == cell->row && column->column == cell->column)
        return column->field >= 0;
    }
  return FALSE;
}

/* The column of the value beside a label, filled in or not; FALSE if another label stands there. */
static gboolean
find_value (ShyHeaderSample       *sample,
            ShyHeaderBlock        *block,
            const ShyHeaderColumn *label,
            guint                 *column,
            gboolean              *filled)
{
  const ShySheetCell *cell = NULL;
  guint               index = 0;

  while (((ShyHeaderSampleRow *) g_ptr_array_index (sample->rows, index))->number != label->row)
    index++;
  /* The label may be merged over several columns, and blank ones stand before its value. */
  *column = label->column + 1;
  *filled = FALSE;
  for (guint c = label->column + 1; c < sample->width; c++)
    {
      cell = shy_header_sample_get_cell (sample, index, c);
      if (cell != NULL && (cell->flags & SHY_SHEET_CELL_MERGED) == 0)
        break;
      if (cell != NULL)
        *column = c + 1;
      cell = NULL;
    }
  if (cell == NULL || (is_label (block, cell) && *column < cell->column))
    return TRUE;
  if (is_label (block, cell))
    return FALSE;
  *column = cell->column;
  *filled = TRUE;
  return TRUE;
}

/* Keeps the labels that name a field, each with the place of its value. FALSE if one field is named
 * twice: then more than one person stands there, or a spouse. */
static gboolean
keep_labels (ShyHeaderBlock  *form,
             ShyHeaderSample *sample,
             ShyHeaderBlock  *block,
             guint           *n_rows,
             guint           *n_values)
{
  guint last = 0;

  for (guint i = 0; i < block->columns->len; i++)
    {
      const ShyHeaderColumn *label = &g_array_index (block->columns, ShyHeaderColumn, i);
      ShyHeaderColumn        kept = *label;
      gboolean               filled;

      if (label->field < 0 || !find_value (sample, block, label, &kept.column, &filled))
        continue;
      for (guint j = 0; j < form->columns->len; j++)
        if (g_array_index (form->columns, ShyHeaderColumn, j).field == label->field)
          return FALSE;
      kept.header = g_strdup (label->header);
      kept.reason = g_strdup (label->reason);
      *n_values += filled;
      *n_rows += label->row != last;
      last = label->row;
      g_array_append_val (form->columns, kept);
    }
  return TRUE;
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += g_ascii_isdigit (*text);

  return n;
}

static gboolean
is_comparable (ShySheetField *field)
{
  ShyFieldType type = shy_sheet_field_get_about (field)->type;

  /* The answers to choose from may stand side by side. */
  return type != SHY_FIELD_TEXT && type != SHY_FIELD_COUNTY && type != SHY_FIELD_CHOICE
         && type != SHY_FIELD_BOOLEAN;
}

/* What stands next behind the value of a label, if it could be the value too; else NULL. */
static const ShySheetCell *
find_second_value (ShyHeaderSample       *sample,
                   ShyHeaderBlock        *block,
                   const ShyHeaderColumn *place,
                   ShySheetField         *field)
{
  guint index = 0;

  while (((ShyHeaderSampleRow *) g_ptr_array_index (sample->rows, index))->number != place->row)
    index++;
  for (guint c = place->column + 1; c < sample->width; c++)
    {
      const ShySheetCell *cell = shy_header_sample_get_cell (sample, index, c);
      g_autofree char    *value = NULL;

      if (cell == NULL || (cell->flags & SHY_SHEET_CELL_MERGED) != 0)
        continue;
      if (is_label (block, cell))
        return NULL;
      value = shy_sheet_field_convert (field, cell, NULL, NULL);
      if (value == NULL || (shy_field_type_get_identity (shy_sheet_field_get_about (field)->type, NULL) &&
                            count_digits (value) < IDENTITY_DIGITS))
        return NULL;
      return cell;
    }
  return NULL;
}

/* Where fields stand below each other and persons side by side, most rows hold several values of one
 * kind; a form has now and then two, as of a term. */
static void
find_second_person (ShyHeaderBlock  *form,
                    ShyHeaderSample *sample,
                    ShyHeaderBlock  *block,
                    GPtrArray       *fields)
{
  const ShySheetCell *first = NULL;
  guint               n_second = 0;

  for (guint i = 0; i < form->columns->len; i++)
    {
      const ShyHeaderColumn *place = &g_array_index (form->columns, ShyHeaderColumn, i);
      ShySheetField         *field = g_ptr_array_index (fields, place->field);
      const ShySheetCell    *second = NULL;

      if (is_comparable (field))
        second = find_second_value (sample, block, place, field);
      if (second == NULL)
        continue;
      n_second += shy_sheet_field_get_about (field)->type == SHY_FIELD_RESIDENT_ID ? 2 : 1;
      if (first == NULL)
        first = second;
    }
  if (n_second >= 2)
    form->second = shy_sheet_reference_new (first->row, first->column);
}

/* Finds a form where @list, the best header of a list or NULL, does not do; NULL if the sheet is none. The
 * columns are those of the values, their rows those of the labels. */
ShyHeaderBlock *
shy_header_form_find (ShyHeaderSample *sample,
                      GPtrArray       *fields,
                      ShyHeaderBlock  *list)
{
  g_autoptr (ShyHeaderBlock) block = NULL;
  g_autoptr (ShyHeaderBlock) form = shy_header_block_new ();
  guint                      n_rows = 0, n_values = 0;

  if (list != NULL && !shy_header_block_lacks_required (list, fields))
    return NULL;
  block = collect (sample, fields);
  if (!keep_labels (form, sample, block, &n_rows, &n_values) || form->columns->len < MIN_FIELDS ||
      n_rows < MIN_ROWS || n_values * 2 <= form->columns->len)
    return NULL;
  find_second_person (form, sample, block, fields);
  form->n_found = form->columns->len;
  if (list != NULL && list->n_found >= form->n_found)
    return NULL;
  return g_steal_pointer (&form);
}
