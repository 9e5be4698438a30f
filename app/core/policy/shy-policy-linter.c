/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy-lint-private.h"

/* What the checks of a pack share. */

/* Adds a finding; @where may be NULL for the pack as a whole. */
void
shy_policy_linter_add (ShyPolicyLinter   *linter,
                       ShyPolicySeverity  severity,
                       const char        *code,
                       const ShyJson     *where,
                       const char        *format,
                       ...)
{
  ShyPolicyFinding *finding = g_new0 (ShyPolicyFinding, 1);
  va_list           args;

  finding->severity = severity;
  finding->code = code;
  finding->path = shy_json_path (where != NULL ? where : linter->root);
  va_start (args, format);
  finding->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (linter->findings, finding);
}

/* Gets an item of a list of the pack, to say where something is. */
const ShyJson *
shy_policy_linter_item (ShyPolicyLinter *linter, const char *list, guint index)
{
  return g_ptr_array_index (shy_json_get (linter->root, list)->items, index);
}

/* Gets a member of an item, or the item where it has none of that name. */
const ShyJson *
shy_policy_linter_member (ShyPolicyLinter *linter, const char *list, guint index, const char *name)
{
  const ShyJson *item = shy_policy_linter_item (linter, list, index);
  const ShyJson *member = shy_json_get (item, name);

  return member != NULL ? member : item;
}

/* The policy as it holds in the county of an override on its first day. */
ShyPolicy *
shy_policy_lint_resolve_override (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyOverride *override = g_ptr_array_index (linter->policy->overrides, index);
  g_autoptr (GDate)        day = g_date_new_dmy (1, 1, 2000);
  ShyPolicy               *policy;

  if (override->dates.from != NULL || override->dates.until != NULL)
    *day = override->dates.from != NULL ? *override->dates.from : *override->dates.until;
  policy = shy_policy_resolve (linter->policy, override->county, day, NULL, NULL);
  return policy != NULL ? policy : g_object_ref (linter->policy);
}
