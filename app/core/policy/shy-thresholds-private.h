/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-compiled-policy-private.h"

G_BEGIN_DECLS

/* The values at which a fact can change an answer. A rule that only compares a fact with known
 * values gives one answer at each of these and one in each gap between them; so trying each value
 * and one of each gap is trying all. */

gboolean   shy_rule_collect_thresholds    (const ShyRule      *rule,
                                           const ShyRuleState *state,
                                           guint               slot,
                                           const ShySlot      *about,
                                           GPtrArray          *thresholds);
void       shy_rule_collect_constants     (const ShyRule      *rule,
                                           const ShyRuleState *state,
                                           GPtrArray          *constants);
GPtrArray *shy_slot_list_values           (const ShySlot      *slot,
                                           GPtrArray          *thresholds);
GPtrArray *shy_evaluation_list_values_for (ShyEvaluation      *self,
                                           GPtrArray          *rules,
                                           guint               slot,
                                           gboolean           *complete);
GPtrArray *shy_evaluation_list_values     (ShyEvaluation      *self,
                                           guint               slot,
                                           gboolean           *complete);

G_END_DECLS
