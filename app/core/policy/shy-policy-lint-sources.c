/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "policy/shy-policy-basis-private.h"

#include <glib/gi18n-lib.h>

/* Checks where everything comes from: clauses, documents, what is verified. */

static void
check_cited (ShyPolicyLinter *linter, const ShyPolicyClause *clause, const ShyJson *where)
{
  if (clause == NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "uncited", where,
                           _("This decides, but cites no clause. Add “clause”."));
}

/* Tells whether an expression reads something by which the county answers what a clause leaves
 * open. */
static gboolean
reads_answer (ShyPolicy                 *policy,
              const ShyPolicyExpression *expression,
              const ShyPolicyClause     *clause)
{
  if (expression == NULL)
    return FALSE;
  for (guint i = 0; i < expression->names->len; i++)
    {
      const ShyPolicyName *name = g_ptr_array_index (expression->names, i);

      if (name->kind == SHY_POLICY_NAME_SETTING)
        {
          const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, name->index);

          if (setting->clause == NULL || setting->clause == clause)
            return TRUE;
        }
      if (name->kind == SHY_POLICY_NAME_DERIVED
          && reads_answer (policy,
                           ((ShyPolicyDerived *) policy->derived->pdata[name->index])->expression,
                           clause))
        return TRUE;
    }
  return FALSE;
}

/* What is not verified may decide only where a person or the county has a say. The engine never
 * lets it decide, so such a pack would leave everybody to a person without a word why. */
static void
check_criterion (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyCriterion *self = g_ptr_array_index (linter->policy->criteria, index);

  check_cited (linter, self->clause, shy_policy_linter_item (linter, "criteria", index));
  if (shy_policy_clause_supports (self->clause) || self->refer != NULL
      || reads_answer (linter->policy, self->condition, self->clause))
    return;
  shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides",
                         shy_policy_linter_member (linter, "criteria", index, "clause"),
                         _("The clause “%s” is not verified, yet this criterion refuses by it alone. "
                           "Leave it to a person with “refer”, make it a setting of the county, or "
                           "verify the clause."), self->clause->id);
}

static void
check_amount (ShyPolicyLinter *linter)
{
  const ShyPolicyAmount *self = linter->policy->amount;
  const ShyJson         *where = shy_json_get (linter->root, "amount");

  if (self == NULL)
    return;
  check_cited (linter, self->clause, where);
  if (!shy_policy_clause_supports (self->clause)
      && !reads_answer (linter->policy, self->expression, self->clause))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("The clause “%s” is not verified, yet it fixes the amount. Make the "
                             "amount a setting of the county, or verify the clause."),
                           self->clause->id);
}

static void
check_limit (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyLimit *self = g_ptr_array_index (linter->policy->limits, index);

  /* By a clause that is not verified a limit leaves it to a person, so it may stand there. */
  check_cited (linter, self->clause, shy_policy_linter_item (linter, "limits", index));
}

/* A day that nobody published is no first or last day. */
static void
check_effective (ShyPolicyLinter *linter)
{
  const ShyPolicy *policy = linter->policy;
  const ShyJson   *where = shy_json_get (linter->root, "effective");

  if (policy->effective.from == NULL && policy->effective.until == NULL)
    return;
  check_cited (linter, policy->effective_clause, where);
  if (!shy_policy_clause_supports (policy->effective_clause))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("The clause “%s” is not verified, yet the policy begins or ends by it. "
                             "Take the days out and leave earlier cases to a person with a "
                             "criterion, or verify the clause."), policy->effective_clause->id);
}

static void
check_group (ShyPolicyLinter *linter)
{
  const ShyPolicy *policy = linter->policy;
  const ShyJson   *where = shy_json_get (linter->root, "group");

  if (policy->group == NULL)
    return;
  check_cited (linter, policy->group_clause, where);
  if (!shy_policy_clause_supports (policy->group_clause))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("The clause “%s” is not verified, yet counties are refused by it. "
                             "Verify the clause."), policy->group_clause->id);
}

/* A value of the pack decides only if it was seen; else it only waits for the county. */
static void
check_setting (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicySetting *self = g_ptr_array_index (linter->policy->settings, index);
  const ShyJson          *where = shy_policy_linter_item (linter, "settings", index);

  if (self->value == NULL)
    return;
  if (self->status == SHY_POLICY_UNVERIFIED)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unverified-value", where,
                           _("The value of “%s” is not verified, so it decides nothing until the "
                             "county sets it. Leave it out, or verify it."), self->field.name);
  else if (!shy_policy_clause_supports (self->clause))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("The clause “%s” is not verified, yet the value of “%s” rests on it. "
                             "Leave the value out, or verify the clause."), self->clause->id,
                           self->field.name);
}

static void
check_override (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyOverride *self = g_ptr_array_index (linter->policy->overrides, index);
  const ShyJson           *where = shy_policy_linter_item (linter, "overrides", index);

  check_cited (linter, self->clause, where);
  if (!shy_policy_override_supports (self))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("What this county does differently is not verified, so it decides "
                             "nothing. Verify its clause, or take the override out."));
}

static void
check_clause (ShyPolicyLinter *linter, guint index, GHashTable *cited)
{
  const ShyPolicyClause *self = g_ptr_array_index (linter->policy->clauses, index);
  const ShyJson         *where = shy_policy_linter_item (linter, "clauses", index);

  if (self->document == NULL)
    shy_policy_linter_add (linter,
                           self->status == SHY_POLICY_VERIFIED ? SHY_POLICY_ERROR
                                                               : SHY_POLICY_WARNING,
                           "uncited", where,
                           _("The clause “%s” stands in no document. Add “document”."), self->id);
  else if (self->status == SHY_POLICY_VERIFIED && !shy_policy_clause_supports (self))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "verified-without-source", where,
                           _("The clause “%s” is called verified, but its document has the "
                             "confidence %s. Find a better source, or call it unverified."),
                           self->id, self->document->confidence);
  if (!g_hash_table_contains (cited, self->id))
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unused-clause", where,
                           _("Nothing cites the clause “%s”. Cite it where it decides, or remove "
                             "it."), self->id);
}

/* Collects the value of every member of one of two names, wherever it stands. */
static void
collect (const ShyJson *json, const char *name, GHashTable *into)
{
  if (json->name != NULL && g_str_equal (json->name, name) && json->kind == SHY_JSON_STRING)
    g_hash_table_add (into, (gpointer) json->text);
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    collect (g_ptr_array_index (json->items, i), name, into);
}

void
shy_policy_lint_sources (ShyPolicyLinter *linter)
{
  ShyPolicy             *policy = linter->policy;
  g_autoptr (GHashTable) clauses = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) documents = g_hash_table_new (g_str_hash, g_str_equal);

  collect (linter->root, "clause", clauses);
  collect (linter->root, "document", documents);
  for (guint i = 0; i < policy->criteria->len; i++)
    check_criterion (linter, i);
  check_amount (linter);
  for (guint i = 0; i < policy->limits->len; i++)
    check_limit (linter, i);
  for (guint i = 0; i < policy->settings->len; i++)
    check_setting (linter, i);
  check_effective (linter);
  check_group (linter);
  for (guint i = 0; i < policy->overrides->len; i++)
    check_override (linter, i);
  for (guint i = 0; i < policy->clauses->len; i++)
    check_clause (linter, i, clauses);
  for (guint i = 0; i < policy->documents->len; i++)
    if (!g_hash_table_contains (documents, ((ShyPolicyDocument *) policy->documents->pdata[i])->id))
      shy_policy_linter_add (linter, SHY_POLICY_HINT, "unused-document",
                             shy_policy_linter_item (linter, "documents", i),
                             _("No clause stands in the document “%s”."),
                             ((ShyPolicyDocument *) policy->documents->pdata[i])->id);
}
