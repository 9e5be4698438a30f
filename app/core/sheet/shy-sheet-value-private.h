/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-value.h"

G_BEGIN_DECLS

/* Sets an error that opens with the place of the cell. */
void     shy_sheet_value_set_error (const ShySheetCell  *cell,
                                    GError             **error,
                                    const char          *format,
                                    ...) G_GNUC_PRINTF (3, 4);
/* Refuses cells whose value is lost: errors, and formulas without a value. */
gboolean shy_sheet_value_check     (const ShySheetCell  *cell,
                                    GError             **error);
/* Whether a text is what a spreadsheet shows of a long number: 3.3E+17. The digits are lost. */
gboolean shy_sheet_is_scientific   (const char          *text);
/* How many places a unit shifts a number of the other: 4 from 万元 to 元. FALSE if the two cannot
 * be turned into each other. */
gboolean shy_sheet_unit_get_shift  (const char          *from,
                                    const char          *to,
                                    int                 *shift);
/* Whether a text is one of the units that are known, as 元, 万元, 人, 个月. */
gboolean shy_sheet_unit_is_known   (const char          *text);

/* The word of a printed choice that is ticked. */
char *shy_sheet_value_dup_ticked (const char *text);

G_END_DECLS
