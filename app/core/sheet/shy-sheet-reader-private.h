/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-reader.h"

G_BEGIN_DECLS

/* What every subclass sets when it is made: the sheet's name, and what cancels the reading. */
void          shy_sheet_reader_set_up          (ShySheetReader *self,
                                                const char     *sheet,
                                                GCancellable   *cancellable);
/* What every subclass says of columns that are hidden or have no width, from 0, the last one included. */
void          shy_sheet_reader_hide_columns    (ShySheetReader *self,
                                                guint           first,
                                                guint           last);
/* From now on cells of merged ranges carry the value of their range. */
gboolean      shy_sheet_reader_fill_merges     (ShySheetReader *self,
                                                GError        **error);
GCancellable *shy_sheet_reader_get_cancellable (ShySheetReader *self);
/* Whether a text shows nothing: empty, or blanks of any width. */
gboolean      shy_sheet_is_blank               (const char     *text);

G_END_DECLS
