/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/*
 * The applications of the register as a list. Filters: "outcome" (a word, counted), "scope" (as
 * ShyContext:scope), "policy", "batch" (a number). Without an order the newest come first.
 */
ShyRecords *subsidy_list_new   (ShyStore              *store,
                                GHashTable            *titles);

/* How many applications there are of each outcome, under all filters but that of the outcome. */
typedef struct
{
  ShyRecordQuery *query;  /* (owned) */
  SubsidyTotals   totals;
} SubsidyCount;

void        subsidy_count_free (gpointer               self);
gboolean    subsidy_count_run  (ShyConnection         *connection,
                                gpointer               self,
                                GCancellable          *cancellable,
                                GError               **error);

G_END_DECLS
