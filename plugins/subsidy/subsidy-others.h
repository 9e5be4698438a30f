/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-turn.h"

G_BEGIN_DECLS

/*
 * The other applications of the register that share a key of a limit with one that changes.
 * What was decided of them stays; whether they would come out otherwise now is told.
 */
typedef struct _SubsidyOthers SubsidyOthers;

SubsidyOthers *subsidy_others_find    (ShyConnection   *connection,
                                       gint64           id,
                                       ShyPolicy       *policy,
                                       const ShyFacts  *facts,
                                       gboolean         counts,
                                       GError         **error);
SubsidyOthers *subsidy_others_look    (ShyConnection   *connection,
                                       GArray          *ids,
                                       GError         **error);
gboolean       subsidy_others_compare (SubsidyOthers   *self,
                                       ShyConnection   *connection,
                                       GPtrArray       *turned,
                                       GError         **error);
void           subsidy_others_free    (SubsidyOthers   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyOthers, subsidy_others_free)

G_END_DECLS
