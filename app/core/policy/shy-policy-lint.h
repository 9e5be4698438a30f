/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy.h"

G_BEGIN_DECLS

/**
 * ShyPolicySeverity: (skip)
 * @SHY_POLICY_HINT: worth a look, as a boundary that no case tries
 * @SHY_POLICY_WARNING: probably not what was meant
 * @SHY_POLICY_ERROR: a wrong or unfounded verdict can come of it
 *
 * How bad a finding is.
 */
typedef enum {
  SHY_POLICY_HINT,
  SHY_POLICY_WARNING,
  SHY_POLICY_ERROR,
} ShyPolicySeverity;

/**
 * ShyPolicyFinding: (skip)
 * @severity: how bad it is
 * @code: what it is, for programs: "uncited", "contradictory"
 * @path: where it is, as `$.criteria[2].condition`
 * @message: the sentence to show
 *
 * Something about a pack that can be read but may not be right.
 */
typedef struct
{
  ShyPolicySeverity severity;
  const char       *code;
  char             *path;
  char             *message;
} ShyPolicyFinding;

GPtrArray  *shy_policy_lint              (ShyPolicy         *self);
const char *shy_policy_severity_to_word  (ShyPolicySeverity  severity);
const char *shy_policy_severity_to_label (ShyPolicySeverity  severity);

G_END_DECLS
