/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-verdict.h"

G_BEGIN_DECLS

/**
 * ShyPolicyBatch: (skip)
 *
 * Many applications for one policy, decided together: their facts stand in columns, and conditions
 * run over columns. Gives exactly what shy_policy_decide() gives for each of them alone, as outcome,
 * amount and the result of every criterion; what columns cannot hold or decide exactly is judged
 * one by one. Sentences, missing facts and changes are for shy_policy_decide() to tell, of a row
 * that somebody looks at.
 *
 * For one thread at a time.
 */
typedef struct _ShyPolicyBatch ShyPolicyBatch;

ShyPolicyBatch  *shy_policy_batch_new           (ShyPolicy       *policy,
                                                 const ShyFacts  *frame,
                                                 GError         **error);
void             shy_policy_batch_free          (ShyPolicyBatch  *self);
void             shy_policy_batch_append        (ShyPolicyBatch  *self,
                                                 const ShyFacts  *facts);
guint            shy_policy_batch_get_n_rows    (ShyPolicyBatch  *self);
ShyFacts        *shy_policy_batch_get_facts     (ShyPolicyBatch  *self,
                                                 guint            row);
gboolean         shy_policy_batch_run           (ShyPolicyBatch  *self,
                                                 GCancellable    *cancellable,
                                                 GError         **error);
ShyPolicyOutcome shy_policy_batch_get_outcome   (ShyPolicyBatch  *self,
                                                 guint            row);
gint64           shy_policy_batch_get_amount    (ShyPolicyBatch  *self,
                                                 guint            row);
ShyPolicyResult  shy_policy_batch_get_result    (ShyPolicyBatch  *self,
                                                 guint            row,
                                                 guint            criterion);
guint            shy_policy_batch_get_n_alone   (ShyPolicyBatch  *self);
guint            shy_policy_batch_get_n_compiled (ShyPolicyBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPolicyBatch, shy_policy_batch_free)

G_END_DECLS
