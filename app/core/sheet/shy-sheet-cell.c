/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (ShySheetCell, shy_sheet_cell, shy_sheet_cell_copy, shy_sheet_cell_free)

/**
 * shy_sheet_cell_copy:
 * @cell: a cell
 *
 * Copies a cell with all it says, so that it outlives its row.
 *
 * Returns: (transfer full): the copy
 */
ShySheetCell *
shy_sheet_cell_copy (const ShySheetCell *cell)
{
  ShySheetCell *copy;

  g_return_val_if_fail (cell != NULL, NULL);

  copy = g_new (ShySheetCell, 1);
  *copy = *cell;
  copy->sheet = g_strdup (cell->sheet);
  copy->text = g_strdup (cell->text);
  copy->number = g_strdup (cell->number);
  copy->format = g_strdup (cell->format);
  return copy;
}

/**
 * shy_sheet_cell_free:
 * @cell: (transfer full): a cell from shy_sheet_cell_copy()
 *
 * Frees a copied cell.
 */
void
shy_sheet_cell_free (ShySheetCell *cell)
{
  g_return_if_fail (cell != NULL);

  g_free ((char *) cell->sheet);
  g_free ((char *) cell->text);
  g_free ((char *) cell->number);
  g_free ((char *) cell->format);
  g_free (cell);
}

/**
 * shy_sheet_cell_dup_reference:
 * @cell: a cell
 *
 * Returns: (transfer full): where it stands, as "D12"
 */
char *
shy_sheet_cell_dup_reference (const ShySheetCell *cell)
{
  g_return_val_if_fail (cell != NULL, NULL);

  return shy_sheet_reference_new (cell->row, cell->column);
}

/**
 * shy_sheet_cell_dup_place:
 * @cell: a cell
 *
 * Says where a cell stands, to open a message with: “sheet 申报表, cell D12”.
 *
 * Returns: (transfer full): the translated place
 */
char *
shy_sheet_cell_dup_place (const ShySheetCell *cell)
{
  g_autofree char *reference = NULL;

  g_return_val_if_fail (cell != NULL, NULL);

  reference = shy_sheet_cell_dup_reference (cell);
  /* Translators: where something stands in a spreadsheet: the sheet's name, then as D12. It opens
   * a message and is followed by a colon. */
  return g_strdup_printf (_("sheet %s, cell %s"), cell->sheet, reference);
}

/**
 * shy_sheet_row_get_cell: (skip)
 * @row: a row
 * @column: a column, from 0
 *
 * Returns: (nullable) (transfer none): the row's cell in that column, or %NULL if it is empty
 */
const ShySheetCell *
shy_sheet_row_get_cell (const ShySheetRow *row,
                        guint              column)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (row != NULL, NULL);

  high = row->n_cells;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (row->cells[middle].column < column)
        low = middle + 1;
      else
        high = middle;
    }

  return low < row->n_cells && row->cells[low].column == column ? &row->cells[low] : NULL;
}

/**
 * shy_sheet_reference_new:
 * @row: a row, from 1
 * @column: a column, from 0
 *
 * Returns: (transfer full): the reference in the style of spreadsheets, as "D12"
 */
char *
shy_sheet_reference_new (guint row,
                         guint column)
{
  char  letters[8];
  guint start = sizeof letters - 1;

  letters[start] = '\0';
  for (guint64 rest = (guint64) column + 1; rest > 0; rest = (rest - 1) / 26)
    letters[--start] = 'A' + (rest - 1) % 26;

  return g_strdup_printf ("%s%u", letters + start, row);
}

/**
 * shy_sheet_reference_parse:
 * @reference: a reference as "D12" or "$D$12"
 * @row: (out): its row, from 1
 * @column: (out): its column, from 0
 *
 * Reads a reference. The largest sheet has 1,048,576 rows and 16,384 columns (ECMA-376,
 * Excel's limits); what lies outside is no reference.
 *
 * Returns: whether it is one
 */
gboolean
shy_sheet_reference_parse (const char *reference,
                           guint      *row,
                           guint      *column)
{
  const char *p = reference;
  guint       letters = 0;
  guint       digits = 0;

  g_return_val_if_fail (reference != NULL && row != NULL && column != NULL, FALSE);

  if (*p == '$')
    p++;
  for (; g_ascii_isalpha (*p) && letters <= SHY_SHEET_MAX_COLUMNS; p++)
    letters = letters * 26 + (g_ascii_toupper (*p) - 'A' + 1);
  if (*p == '$')
    p++;
  for (; g_ascii_isdigit (*p) && digits <= SHY_SHEET_MAX_ROWS; p++)
    digits = digits * 10 + (*p - '0');
  if (*p != '\0' || letters == 0 || letters > SHY_SHEET_MAX_COLUMNS ||
      digits == 0 || digits > SHY_SHEET_MAX_ROWS)
    return FALSE;

  *row = digits;
  *column = letters - 1;
  return TRUE;
}
