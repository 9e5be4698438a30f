/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SHY_SHEET_MAX_ROWS:
 *
 * Rows of the largest sheet there is (Excel's limit since 2007).
 */
#define SHY_SHEET_MAX_ROWS 1048576

/**
 * SHY_SHEET_MAX_COLUMNS:
 *
 * Columns of the largest sheet there is (Excel's limit since 2007).
 */
#define SHY_SHEET_MAX_COLUMNS 16384

/**
 * ShySheetCellKind:
 * @SHY_SHEET_CELL_EMPTY: nothing, or blanks only
 * @SHY_SHEET_CELL_TEXT: text
 * @SHY_SHEET_CELL_NUMBER: a number
 * @SHY_SHEET_CELL_BOOLEAN: true or false
 * @SHY_SHEET_CELL_DATE: a number that its format shows as a day or a month
 * @SHY_SHEET_CELL_DATETIME: a number that its format shows as a day with a time of day
 * @SHY_SHEET_CELL_TIME: a number that its format shows as a time of day alone
 * @SHY_SHEET_CELL_ERROR: an error value as `#N/A`, or a formula whose value the file does not hold
 *
 * What a cell holds, as its file says. Cells of csv files are text or empty.
 */
typedef enum {
  SHY_SHEET_CELL_EMPTY,
  SHY_SHEET_CELL_TEXT,
  SHY_SHEET_CELL_NUMBER,
  SHY_SHEET_CELL_BOOLEAN,
  SHY_SHEET_CELL_DATE,
  SHY_SHEET_CELL_DATETIME,
  SHY_SHEET_CELL_TIME,
  SHY_SHEET_CELL_ERROR,
} ShySheetCellKind;

/**
 * ShySheetCellFlags:
 * @SHY_SHEET_CELL_NONE: nothing to say
 * @SHY_SHEET_CELL_FORMULA: the value was computed by a formula and stored when the file was saved
 * @SHY_SHEET_CELL_ROUNDED: a number of more than 15 significant digits, or text as `3.3E+17`: a
 *   spreadsheet has already rounded what was typed, the digits are lost
 * @SHY_SHEET_CELL_MAYBE_ROUNDED: text of 16 or more digits whose digits after the fifteenth are all
 *   zero, in a csv file: probably rounded before it was saved
 * @SHY_SHEET_CELL_MERGED: the cell is covered by a merged range; the value is that of the range
 * @SHY_SHEET_CELL_ACROSS: the merged range begins in another column
 * @SHY_SHEET_CELL_EPOCH_1904: serial numbers of this file count from 1904-01-01
 * @SHY_SHEET_CELL_CSV: the cell comes from a csv file, where every value is text
 */
typedef enum {
  SHY_SHEET_CELL_NONE = 0,
  SHY_SHEET_CELL_FORMULA = 1 << 0,
  SHY_SHEET_CELL_ROUNDED = 1 << 1,
  SHY_SHEET_CELL_MAYBE_ROUNDED = 1 << 2,
  SHY_SHEET_CELL_MERGED = 1 << 3,
  SHY_SHEET_CELL_ACROSS = 1 << 4,
  SHY_SHEET_CELL_EPOCH_1904 = 1 << 5,
  SHY_SHEET_CELL_CSV = 1 << 6,
} ShySheetCellFlags;

typedef struct _ShySheetCell ShySheetCell;
typedef struct _ShySheetRow ShySheetRow;

/**
 * ShySheetCell:
 * @sheet: the name of its sheet
 * @row: its row, from 1, as a spreadsheet program shows it
 * @column: its column, from 0
 * @kind: what it holds
 * @flags: what is to be known about it
 * @text: what it says: text as it stands, a number as @number (with the leading zeros that its format
 *   demands), a day as 2025-06-30, a boolean as TRUE or FALSE, an error as `#N/A`, a formula
 *   without a value as ""; never %NULL
 * @number: (nullable): the decimal text of a number or of a date's serial, without exponent and
 *   without the noise that binary fractions carry after the fifteenth significant digit
 * @format: (nullable): the number format of the cell, as `0.00"万元"`
 *
 * A cell. All strings belong to the reader and live until its next row; use shy_sheet_cell_copy()
 * to keep one.
 */
struct _ShySheetCell
{
  const char        *sheet;
  const char        *text;
  const char        *number;
  const char        *format;
  guint              row;
  guint              column;
  ShySheetCellKind   kind;
  ShySheetCellFlags  flags;
};

/**
 * ShySheetRow:
 * @number: the row, from 1, as a spreadsheet program shows it
 * @hidden: whether the row is hidden (by hand or by a filter)
 * @n_cells: how many cells follow
 * @cells: (array length=n_cells): the cells that hold something, by rising column
 *
 * A row that a reader gives; it lives until the reader's next row.
 */
struct _ShySheetRow
{
  guint               number;
  gboolean            hidden;
  guint               n_cells;
  const ShySheetCell *cells;
};

#define SHY_TYPE_SHEET_CELL (shy_sheet_cell_get_type ())

GType               shy_sheet_cell_get_type       (void) G_GNUC_CONST;
ShySheetCell       *shy_sheet_cell_copy           (const ShySheetCell *cell);
void                shy_sheet_cell_free           (ShySheetCell       *cell);
char               *shy_sheet_cell_dup_reference  (const ShySheetCell *cell);
char               *shy_sheet_cell_dup_place      (const ShySheetCell *cell);
const ShySheetCell *shy_sheet_row_get_cell        (const ShySheetRow  *row,
                                                   guint               column);
char               *shy_sheet_reference_new       (guint               row,
                                                   guint               column);
gboolean            shy_sheet_reference_parse     (const char         *reference,
                                                   guint              *row,
                                                   guint              *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShySheetCell, shy_sheet_cell_free)

G_END_DECLS
