/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * Who was granted what already: grants from elsewhere, applications of the register that were found
 * eligible, and those of the spreadsheet that is being decided. Found by the keys of the limits of
 * one policy: person, employer, employees, certificates, whatever its pack names.
 *
 * For one thread at a time.
 */
typedef struct _SubsidyHistory SubsidyHistory;

SubsidyHistory *subsidy_history_new     (ShyPolicy       *policy);
void            subsidy_history_free    (SubsidyHistory  *self);
void            subsidy_history_begin   (SubsidyHistory  *self);
gboolean        subsidy_history_load    (SubsidyHistory  *self,
                                         ShyConnection   *connection,
                                         const ShyFacts  *facts,
                                         GError         **error);
gboolean        subsidy_history_load_all (SubsidyHistory *self,
                                         ShyConnection   *connection,
                                         GError         **error);
void            subsidy_history_add     (SubsidyHistory  *self,
                                         const ShyGrant  *grant);
void            subsidy_history_add_decided (SubsidyHistory *self,
                                         const ShyFacts  *facts,
                                         const GDate     *on,
                                         gint64           fen,
                                         guint            row);
void            subsidy_history_apply   (SubsidyHistory  *self,
                                         ShyFacts        *facts,
                                         gint64           excluded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyHistory, subsidy_history_free)

G_END_DECLS
