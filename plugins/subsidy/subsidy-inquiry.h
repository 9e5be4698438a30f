/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-lookups.h"

G_BEGIN_DECLS

/*
 * Asks services about one case, one after the other, on a worker thread. Before each question and
 * after it an entry is written to the journal: who asked which service what kind of question for
 * which case, and whether it knew; never a name, a number or an answer. What cannot be written is
 * not asked. An object asks once.
 *
 * Signal "answered" (guint index, ShyLookupAnswer): in the thread that began, as each comes.
 */
#define SUBSIDY_TYPE_INQUIRY (subsidy_inquiry_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyInquiry, subsidy_inquiry, SUBSIDY, INQUIRY, GObject)

SubsidyInquiry *subsidy_inquiry_new        (ShyStore              *store,
                                            gint64                 case_id);
gboolean        subsidy_inquiry_add        (SubsidyInquiry        *self,
                                            const SubsidyLookup *question,
                                            const ShyFacts        *facts,
                                            GError               **error);
void            subsidy_inquiry_run_async  (SubsidyInquiry        *self,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
gboolean        subsidy_inquiry_run_finish (SubsidyInquiry        *self,
                                            GAsyncResult          *result,
                                            GError               **error);

G_END_DECLS
