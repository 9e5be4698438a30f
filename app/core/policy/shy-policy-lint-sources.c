/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include <glib/gi18n-lib.h>

/* Checks where everything comes from: clauses, documents, what is verified. */

static void
check_cited (ShyPolicyLinter *linter, const ShyPolicyClause *clause, const ShyJson *where)
{
  if (clause == NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "uncited", where,
                           _("This decides, but cites no clause. Add “clause”."));
}

/* Tells whether an expression reads something that the county sets. */
static gboolean
reads_setting (ShyPolicy *policy, const ShyPolicyExpression *expression)
{
  if (expression == NULL)
    return FALSE;
  for (guint i = 0; i < expression->names->len; i++)
    {
      const ShyPolicyName    *name = g_ptr_array_index (expression->names, i);
      const ShyPolicyDerived *derived;

      if (name->kind == SHY_POLICY_NAME_SETTING)
        return TRUE;
      if (name->kind != SHY_POLICY_NAME_DERIVED)
        continue;
      derived = g_ptr_array_index (policy->derived, name->index);
      if (reads_setting (policy, derived->expression))
        return TRUE;
    }
  return FALSE;
}

/* What is not verified may decide only where a person or the county has a say. */
static void
check_criterion (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyCriterion *self = g_ptr_array_index (linter->policy->criteria, index);

  check_cited (linter, self->clause, shy_policy_linter_item (linter, "criteria", index));
  if (self->clause == NULL || self->clause->status == SHY_POLICY_VERIFIED ||
      self->refer != NULL || self->skip_unless != NULL ||
      reads_setting (linter->policy, self->condition))
    return;
  shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unverified-decides",
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
  if (self->clause != NULL && self->clause->status == SHY_POLICY_UNVERIFIED &&
      !reads_setting (linter->policy, self->expression))
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unverified-decides", where,
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
  if (policy->group != NULL)
    check_cited (linter, policy->group_clause, shy_json_get (linter->root, "group"));
  for (guint i = 0; i < policy->overrides->len; i++)
    check_cited (linter, ((ShyPolicyOverride *) policy->overrides->pdata[i])->clause,
                 shy_policy_linter_item (linter, "overrides", i));
  for (guint i = 0; i < policy->clauses->len; i++)
    check_clause (linter, i, clauses);
  for (guint i = 0; i < policy->documents->len; i++)
    if (!g_hash_table_contains (documents, ((ShyPolicyDocument *) policy->documents->pdata[i])->id))
      shy_policy_linter_add (linter, SHY_POLICY_HINT, "unused-document",
                             shy_policy_linter_item (linter, "documents", i),
                             _("No clause stands in the document “%s”."),
                             ((ShyPolicyDocument *) policy->documents->pdata[i])->id);
}
