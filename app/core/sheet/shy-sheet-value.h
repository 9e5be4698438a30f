/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-cell.h"

#include <glib.h>

G_BEGIN_DECLS

char     *shy_sheet_value_dup_text     (const ShySheetCell  *cell,
                                        GError             **error);
char     *shy_sheet_value_dup_digits   (const ShySheetCell  *cell,
                                        GError             **error);
char     *shy_sheet_value_dup_number   (const ShySheetCell  *cell,
                                        const char          *unit,
                                        const char          *column_unit,
                                        GError             **error);
gboolean  shy_sheet_value_get_date     (const ShySheetCell  *cell,
                                        GDate               *date,
                                        GError             **error);
gboolean  shy_sheet_value_get_month    (const ShySheetCell  *cell,
                                        GDate               *month,
                                        GError             **error);
gboolean  shy_sheet_value_get_boolean  (const ShySheetCell  *cell,
                                        gboolean            *value,
                                        GError             **error);
char     *shy_sheet_value_tidy         (const char          *text);
char     *shy_sheet_value_fold         (const char          *text);

G_END_DECLS
