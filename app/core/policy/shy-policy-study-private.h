/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-trial-private.h"

G_BEGIN_DECLS

/* What some expressions of a policy hang on, and values worth trying for it: for a choice all of
 * them; for numbers, dates and texts those that the expressions and the cases mention, and their
 * neighbours. */
typedef struct
{
  const ShyPolicyName *name;
  GPtrArray           *values; /* of ShyFeelValue */
} ShyPolicyInput;

typedef struct
{
  ShyPolicy  *policy;      /* not owned */
  GPtrArray  *expressions; /* of const ShyPolicyExpression: those studied and what they derive from */
  GHashTable *names;       /* of names that they read, derived ones too */
  GPtrArray  *inputs;      /* of ShyPolicyInput */
  gboolean    plain;       /* each value tried stands for all between its neighbours: the answer of
                              the expressions hangs on nothing but comparisons with constants */
} ShyPolicyStudy;

/* Called for each combination of values; gives FALSE to end the search. */
typedef gboolean (*ShyPolicyTryFunc) (ShyPolicyTrial *trial,
                                      gpointer        user_data);

void     shy_policy_study_init  (ShyPolicyStudy            *self,
                                 ShyPolicy                 *policy);
void     shy_policy_study_clear (ShyPolicyStudy            *self);
void     shy_policy_study_add   (ShyPolicyStudy            *self,
                                 const ShyPolicyExpression *expression);
gboolean shy_policy_study_run   (ShyPolicyStudy            *self,
                                 ShyPolicyTryFunc           func,
                                 gpointer                   user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyPolicyStudy, shy_policy_study_clear)

G_END_DECLS
