/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-node-private.h"
#include "policy/shy-policy-private.h"

G_BEGIN_DECLS

/* A policy whose names are given values, so that lint can try its expressions. It is strict: what
 * reads a name without a value has none. */
typedef struct
{
  ShyPolicy  *policy; /* not owned */
  GHashTable *values; /* (owned): name to ShyFeelValue; a name of the policy that is not there is
                         unknown */
} ShyPolicyTrial;

void          shy_policy_trial_init     (ShyPolicyTrial            *self,
                                         ShyPolicy                 *policy);
void          shy_policy_trial_clear    (ShyPolicyTrial            *self);
void          shy_policy_trial_set      (ShyPolicyTrial            *self,
                                         const char                *name,
                                         ShyFeelValue              *value);
void          shy_policy_trial_derive   (ShyPolicyTrial            *self,
                                         GHashTable                *names);
ShyFeelValue *shy_policy_trial_evaluate (ShyPolicyTrial            *self,
                                         const ShyPolicyExpression *expression,
                                         const ShyFeelNode         *node);
void          shy_policy_trial_set_case (ShyPolicyTrial            *self,
                                         const ShyPolicyCase       *given);
gboolean      shy_policy_trial_get_date (ShyPolicyTrial            *self,
                                         const char                *name,
                                         GDate                     *date);
gboolean      shy_policy_value_to_date  (ShyFeelValue              *value,
                                         GDate                     *date);
ShyFeelValue *shy_policy_type_to_value  (ShyPolicyType              type,
                                         const char                *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyPolicyTrial, shy_policy_trial_clear)

G_END_DECLS
