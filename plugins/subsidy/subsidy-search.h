/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/*
 * By what applications are found: their name, its pinyin and initials, the beginning and the end of the
 * numbers of person and employer, the end of a telephone number. See ShySearchWords.
 */
gboolean subsidy_search_add_new (ShyConnection        *connection,
                                 gint64                id,
                                 const SubsidyRecord  *record,
                                 GError              **error);
gboolean subsidy_search_forget  (ShyConnection        *connection,
                                 gint64                id,
                                 GError              **error);
gboolean subsidy_search_add     (ShyConnection        *connection,
                                 gint64                id,
                                 GError              **error);
gboolean subsidy_search_fill    (ShyStore             *store,
                                 ShyProgress          *progress,
                                 GCancellable         *cancellable,
                                 GError              **error);

char    *subsidy_search_build   (ShyConnection        *connection,
                                 const char           *text,
                                 gboolean             *exact,
                                 GError              **error);
gboolean subsidy_search_matches (const char           *text,
                                 const char           *name,
                                 const char           *person,
                                 const char           *employer,
                                 const char           *mobile);
gboolean subsidy_search_compare (ShyConnection        *connection,
                                 gint64                id,
                                 const char           *text,
                                 GError              **error);

G_END_DECLS
