/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy.h"

G_BEGIN_DECLS

/**
 * ShyPolicyCaseResult: (skip)
 * @given: the case
 * @message: (nullable): what came out otherwise than expected, %NULL if all did
 *
 * What became of a case of a pack.
 */
typedef struct
{
  const ShyPolicyCase *given;
  char                *message;
} ShyPolicyCaseResult;

GPtrArray *shy_policy_test        (ShyPolicy  *self);
gboolean   shy_policy_check_cases (ShyPolicy  *self,
                                   GError    **error);

G_END_DECLS
