/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-header-match.h"

G_BEGIN_DECLS

ShyHeaderMatch *shy_header_match_new_sheet (ShyBook         *book,
                                            GPtrArray       *fields,
                                            guint            sheet,
                                            JsonObject      *recipe,
                                            gboolean        *has_data,
                                            GCancellable    *cancellable,
                                            GError         **error);
gboolean        shy_header_match_finish    (ShyHeaderMatch  *self,
                                            gboolean         draft,
                                            GError         **error);
void            shy_header_match_set_sheet_unsure (ShyHeaderMatch *self,
                                                   const char     *why);
void            shy_header_match_warn      (ShyHeaderMatch  *self,
                                            const char      *warning);
guint           shy_header_match_count_rows (ShyHeaderMatch *self);
gboolean        shy_header_match_is_whole  (ShyHeaderMatch  *self);

G_END_DECLS
