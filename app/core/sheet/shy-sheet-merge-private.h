/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-reader.h"

G_BEGIN_DECLS

/* Spreads the value of each merged range over all of its cells, row after row. */
typedef struct _ShySheetMerge ShySheetMerge;

ShySheetMerge     *shy_sheet_merge_new  (const ShySheetRange *ranges,
                                         guint                n_ranges);
void               shy_sheet_merge_free (ShySheetMerge       *self);
const ShySheetRow *shy_sheet_merge_fill (ShySheetMerge       *self,
                                         const ShySheetRow   *row);

G_END_DECLS
