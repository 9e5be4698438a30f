/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-cell.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ShySheetRecord ShySheetRecord;
typedef struct _ShySheetSkip ShySheetSkip;

/**
 * ShySheetRecord:
 * @row: the row of the sheet, from 1
 * @hidden: whether the row is hidden; hidden rows are read like any other
 * @n_fields: how many fields there are
 * @cells: (array length=n_fields): for each field, in the order given to the match, its cell; %NULL
 *   where the cell is empty or no column was matched
 *
 * One row of data. It lives until the table's next record.
 */
struct _ShySheetRecord
{
  guint                      row;
  gboolean                   hidden;
  guint                      n_fields;
  const ShySheetCell *const *cells;
};

/**
 * ShySheetSkipKind:
 * @SHY_SHEET_SKIP_BLANK: nothing stands there
 * @SHY_SHEET_SKIP_TOTAL: sums, as 合计
 * @SHY_SHEET_SKIP_HEADER: the header once more
 * @SHY_SHEET_SKIP_NUMBERS: numbers that count the columns
 * @SHY_SHEET_SKIP_EXAMPLE: an example of how to fill the sheet in
 * @SHY_SHEET_SKIP_NOTE: a note, or who filled the sheet in
 * @SHY_SHEET_SKIP_OTHER: nothing in any column that was matched
 * @SHY_SHEET_SKIP_COVERED: a merged range lies over all of it
 *
 * Why a row is no record.
 */
typedef enum {
  SHY_SHEET_SKIP_BLANK,
  SHY_SHEET_SKIP_TOTAL,
  SHY_SHEET_SKIP_HEADER,
  SHY_SHEET_SKIP_NUMBERS,
  SHY_SHEET_SKIP_EXAMPLE,
  SHY_SHEET_SKIP_NOTE,
  SHY_SHEET_SKIP_OTHER,
  SHY_SHEET_SKIP_COVERED,
} ShySheetSkipKind;

/**
 * ShySheetSkip:
 * @kind: why it was skipped
 * @first_row: the first row, from 1
 * @last_row: the last row; another one only where several rows are blank or hold nothing that is read
 * @reason: a translated sentence that names the rows and says why
 * @text: what the first row says, shortened; "" if it is blank
 *
 * Rows that are no record. Every row below the header is either a record or in here.
 */
struct _ShySheetSkip
{
  ShySheetSkipKind  kind;
  guint             first_row;
  guint             last_row;
  char             *reason;
  char             *text;
};

#define SHY_TYPE_SHEET_TABLE (shy_sheet_table_get_type ())
G_DECLARE_FINAL_TYPE (ShySheetTable, shy_sheet_table, SHY, SHEET_TABLE, GObject)

const ShySheetRecord *shy_sheet_table_next         (ShySheetTable  *self,
                                                    GError        **error);
guint                 shy_sheet_table_get_n_skips  (ShySheetTable  *self);
const ShySheetSkip   *shy_sheet_table_get_skip     (ShySheetTable  *self,
                                                    guint           index);
void                  shy_sheet_table_get_progress (ShySheetTable  *self,
                                                    guint64        *done,
                                                    guint64        *total);

G_END_DECLS
