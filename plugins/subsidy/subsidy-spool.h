/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/* Decided rows in a spool; the mark of each is its outcome. */

typedef gboolean (*SubsidySpoolFunc) (const SubsidyRecord  *record,
                                      gpointer              data,
                                      GError              **error);

gboolean      subsidy_spool_add     (ShySpool             *spool,
                                     const SubsidyRecord  *record,
                                     GError              **error);
gboolean      subsidy_spool_foreach (ShySpool             *spool,
                                     SubsidySpoolFunc      func,
                                     gpointer              data,
                                     GError              **error);
SubsidyTotals subsidy_spool_count   (ShySpool             *spool);

G_END_DECLS
