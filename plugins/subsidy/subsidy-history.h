/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * Who was granted what already: grants from elsewhere, applications of the register that were found
 * eligible, and those of the spreadsheet that is being decided. Found by person and by employer.
 */
typedef struct _SubsidyHistory SubsidyHistory;

SubsidyHistory *subsidy_history_new   (void);
void            subsidy_history_free  (SubsidyHistory  *self);
gboolean        subsidy_history_load  (SubsidyHistory  *self,
                                       ShyConnection   *connection,
                                       gint64           before,
                                       GError         **error);
void            subsidy_history_add   (SubsidyHistory  *self,
                                       const ShyGrant  *grant);
void            subsidy_history_apply (SubsidyHistory  *self,
                                       ShyFacts        *facts,
                                       const char      *person,
                                       const char      *employer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyHistory, subsidy_history_free)

G_END_DECLS
