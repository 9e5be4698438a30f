/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/*
 * The decided rows of one spreadsheet on their way to the database or a file. They lie in an
 * unnamed file, not in memory, so that 100,000 rows cost no more than 100; it is gone with the
 * object or the process.
 */
#define SUBSIDY_TYPE_SPOOL (subsidy_spool_get_type ())
G_DECLARE_FINAL_TYPE (SubsidySpool, subsidy_spool, SUBSIDY, SPOOL, GObject)

typedef gboolean (*SubsidySpoolFunc) (const SubsidyRecord  *record,
                                      gpointer              data,
                                      GError              **error);

SubsidySpool        *subsidy_spool_new        (const char           *folder,
                                               GError              **error);
gboolean             subsidy_spool_add        (SubsidySpool         *self,
                                               const SubsidyRecord  *record,
                                               GError              **error);
gboolean             subsidy_spool_foreach    (SubsidySpool         *self,
                                               SubsidySpoolFunc      func,
                                               gpointer              data,
                                               GError              **error);
const SubsidyTotals *subsidy_spool_get_totals (SubsidySpool         *self);

void                 subsidy_spool_set_notes (SubsidySpool *self,
                                             JsonNode     *notes);
JsonNode            *subsidy_spool_get_notes (SubsidySpool *self);

G_END_DECLS
