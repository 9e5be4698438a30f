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
 * ShySheetSkip:
 * @row: the row that is no record, from 1
 * @reason: a translated sentence that says why
 * @text: what the row says, shortened
 */
struct _ShySheetSkip
{
  guint  row;
  char  *reason;
  char  *text;
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
