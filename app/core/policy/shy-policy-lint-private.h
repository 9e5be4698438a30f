/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-decide-private.h"
#include "policy/shy-policy-lint.h"

G_BEGIN_DECLS

/* The checks of a pack, and what they share. */
typedef struct
{
  ShyPolicy               *policy;   /* not owned */
  const ShyCompiledPolicy *compiled; /* (nullable): none for a policy that cannot be decided */
  const ShyJson           *root;
  ShyDecision             *cases;    /* (owned): each case of the pack, ready to be asked */
  GPtrArray               *findings; /* of ShyPolicyFinding */
  gboolean                 eligible; /* some case is */
} ShyPolicyLinter;

void           shy_policy_linter_add     (ShyPolicyLinter   *linter,
                                          ShyPolicySeverity  severity,
                                          const char        *code,
                                          const ShyJson     *where,
                                          const char        *format,
                                          ...) G_GNUC_PRINTF (5, 6);
const ShyJson *shy_policy_linter_item    (ShyPolicyLinter   *linter,
                                          const char        *list,
                                          guint              index);
const ShyJson *shy_policy_linter_member  (ShyPolicyLinter   *linter,
                                          const char        *list,
                                          guint              index,
                                          const char        *name);

void           shy_policy_lint_answers   (ShyPolicyLinter   *linter);
void           shy_policy_lint_sources   (ShyPolicyLinter   *linter);
void           shy_policy_lint_names     (ShyPolicyLinter   *linter);
void           shy_policy_lint_facts     (ShyPolicyLinter   *linter);
void           shy_policy_lint_overrides (ShyPolicyLinter   *linter);
void           shy_policy_lint_tables    (ShyPolicyLinter   *linter);
void           shy_policy_lint_limits    (ShyPolicyLinter   *linter);
void           shy_policy_lint_logic     (ShyPolicyLinter   *linter);
void           shy_policy_lint_cases     (ShyPolicyLinter   *linter);
ShyPolicy     *shy_policy_lint_resolve_override
                                         (ShyPolicyLinter   *linter,
                                          guint              index);
void           shy_policy_lint_open_cases
                                         (ShyPolicyLinter   *linter);
void           shy_policy_lint_close_cases
                                         (ShyPolicyLinter   *linter);

G_END_DECLS
