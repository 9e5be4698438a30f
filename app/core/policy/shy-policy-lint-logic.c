/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"
#include "policy/shy-policy-study-private.h"

#include <glib/gi18n-lib.h>

/* Checks what criteria can be: always skipped, never true, never false, no answer at all. The
 * cases are tried first, then values made for the purpose; only where those stand for all values
 * is it said that something cannot be. */

/* What was seen of one criterion. */
typedef struct
{
  const ShyPolicyCriterion *criterion;
  gboolean                  apart; /* look at the condition alone, whether it applies or not */
  gboolean                  applied;
  gboolean                  met;
  gboolean                  unmet;
  char                     *odd; /* (owned) (nullable): an answer that is neither true nor false */
} Sight;

/* Two criteria that may never hold together. */
typedef struct
{
  const ShyPolicyCriterion *a;
  const ShyPolicyCriterion *b;
  gboolean                  together;
} Pair;

static gboolean
is_true (ShyPolicyTrial *trial, const ShyPolicyExpression *expression, gboolean otherwise)
{
  g_autoptr (ShyFeelValue) value = NULL;

  if (expression == NULL)
    return otherwise;
  value = shy_policy_trial_evaluate (trial, expression, NULL);
  return value != NULL && shy_feel_value_get_truth (value) == SHY_FEEL_TRUE;
}

static gboolean
look (ShyPolicyTrial *trial, gpointer user_data)
{
  Sight                   *sight = user_data;
  g_autoptr (ShyFeelValue) value = NULL;

  if (!sight->apart && !is_true (trial, sight->criterion->skip_unless, TRUE))
    return TRUE;
  sight->applied = TRUE;
  value = shy_policy_trial_evaluate (trial, sight->criterion->condition, NULL);
  if (value == NULL)
    return TRUE;
  sight->met = sight->met || shy_feel_value_get_truth (value) == SHY_FEEL_TRUE;
  sight->unmet = sight->unmet || shy_feel_value_get_truth (value) == SHY_FEEL_FALSE;
  if (sight->odd == NULL && !shy_feel_value_is_null (value) &&
      shy_feel_value_get_value_type (value) != SHY_FEEL_TYPE_BOOLEAN)
    sight->odd = shy_feel_value_to_literal (value);
  return !(sight->met && sight->unmet);
}

/* Tries the cases of the pack, each in its county, on its day. */
static void
look_at_cases (ShyPolicyLinter *linter, guint index, Sight *sight)
{
  GPtrArray *cases = linter->policy->cases;

  for (guint i = 0; i < cases->len && !(sight->met && sight->unmet); i++)
    {
      g_auto (ShyPolicyTrial)  trial = { NULL };
      g_autoptr (ShyPolicy)    policy = shy_policy_lint_resolve (linter, i);

      shy_policy_trial_init (&trial, policy);
      shy_policy_trial_set_case (&trial, g_ptr_array_index (cases, i));
      sight->criterion = g_ptr_array_index (policy->criteria, index);
      look (&trial, sight);
    }
  sight->criterion = g_ptr_array_index (linter->policy->criteria, index);
}

static void
report_unseen (ShyPolicyLinter *linter, const ShyJson *where, const Sight *sight, gboolean sure)
{
  if (!sight->applied)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_WARNING : SHY_POLICY_HINT, "unreachable", where,
                           sure ? _("“skip_unless” is never true, so the criterion never applies. "
                                    "Correct or remove it.")
                                : _("No values were found for which “skip_unless” is true; it was "
                                    "not decided whether there are any. Add a case that shows it."));
  else if (!sight->met)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_ERROR : SHY_POLICY_HINT, "contradictory", where,
                           sure ? _("The condition is never true, so nobody can be eligible. Correct "
                                    "it.")
                                : _("No values were found for which the condition is true; it was "
                                    "not decided whether there are any. Add a case that shows it."));
  else if (!sight->unmet)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_WARNING : SHY_POLICY_HINT, "tautological",
                           where,
                           sure ? _("The condition is never false, so it asks for nothing. Correct or "
                                    "remove it.")
                                : _("No values were found for which the condition is false; it was "
                                    "not decided whether there are any. Add a case that shows it."));
}

static gboolean
share_name (const ShyPolicyStudy *a, const ShyPolicyStudy *b)
{
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, a->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_hash_table_contains (b->names, name))
      return TRUE;

  return FALSE;
}

static gboolean
look_whether_applied (ShyPolicyTrial *trial, gpointer user_data)
{
  Sight *sight = user_data;

  sight->applied = sight->applied || is_true (trial, sight->criterion->skip_unless, TRUE);
  return !sight->applied;
}

/* Tries values for what no case showed. When it applies and what it asks hang on different names,
 * the two are looked at apart, so that one that is hard to decide does not hide the other. */
static gboolean
search (ShyPolicy *policy, Sight *sight)
{
  g_auto (ShyPolicyStudy) condition = { NULL };
  g_auto (ShyPolicyStudy) skip = { NULL };
  gboolean                sure;

  shy_policy_study_init (&condition, policy);
  shy_policy_study_init (&skip, policy);
  shy_policy_study_add (&condition, sight->criterion->condition);
  shy_policy_study_add (&skip, sight->criterion->skip_unless);
  sure = shy_policy_study_run (&skip, look_whether_applied, sight);
  if (!sight->applied)
    return sure;
  sight->apart = !share_name (&condition, &skip);
  if (!sight->apart)
    shy_policy_study_add (&condition, sight->criterion->skip_unless);
  return shy_policy_study_run (&condition, look, sight);
}

static void
report (ShyPolicyLinter *linter, const ShyJson *where, Sight *sight, gboolean sure)
{
  if (sight->odd != NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "not-boolean", where,
                           _("The condition can give %s, which is neither true nor false. Compare it "
                             "with something."), sight->odd);
  else
    report_unseen (linter, where, sight, sure);
  g_clear_pointer (&sight->odd, g_free);
}

static void
check_criterion (ShyPolicyLinter *linter, guint index)
{
  Sight    sight = { .criterion = g_ptr_array_index (linter->policy->criteria, index) };
  gboolean sure = FALSE;

  look_at_cases (linter, index, &sight);
  if (!(sight.met && sight.unmet))
    sure = search (linter->policy, &sight);
  report (linter, shy_policy_linter_member (linter, "criteria", index, "condition"), &sight, sure);
}

/* The conditions that an override brings are looked at as they stand in its county. */
static void
check_override (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyOverride *override = g_ptr_array_index (linter->policy->overrides, index);
  g_autoptr (ShyPolicy)    policy = shy_policy_lint_resolve_override (linter, index);
  const ShyJson           *set = shy_policy_linter_member (linter, "overrides", index, "set");
  const ShyJson           *criteria = shy_json_get (set, "criteria");

  for (guint i = 0; criteria != NULL && i < policy->criteria->len; i++)
    {
      Sight          sight = { .criterion = g_ptr_array_index (policy->criteria, i) };
      const ShyJson *where = shy_json_get (criteria, sight.criterion->id);

      if (where == NULL || sight.criterion->override != override)
        continue;
      report (linter, where, &sight, search (policy, &sight));
    }
}

static gboolean
look_at_pair (ShyPolicyTrial *trial, gpointer user_data)
{
  Pair *pair = user_data;

  pair->together = is_true (trial, pair->a->condition, FALSE) &&
                   is_true (trial, pair->b->condition, FALSE);
  return !pair->together;
}

static void
check_pair (ShyPolicyLinter *linter, guint first, guint second)
{
  g_auto (ShyPolicyStudy) one = { NULL };
  g_auto (ShyPolicyStudy) other = { NULL };
  Pair                    pair = { linter->policy->criteria->pdata[first],
                                   linter->policy->criteria->pdata[second], FALSE };

  if (pair.a->skip_unless != NULL || pair.b->skip_unless != NULL)
    return;
  shy_policy_study_init (&one, linter->policy);
  shy_policy_study_init (&other, linter->policy);
  shy_policy_study_add (&one, pair.a->condition);
  shy_policy_study_add (&other, pair.b->condition);
  if (!one.plain || !other.plain || !share_name (&one, &other))
    return;
  shy_policy_study_add (&one, pair.b->condition);
  if (shy_policy_study_run (&one, look_at_pair, &pair))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "contradictory",
                           shy_policy_linter_member (linter, "criteria", second, "condition"),
                           _("The conditions of “%s” and “%s” never hold together, so nobody can be "
                             "eligible. Correct one of them."), pair.a->id, pair.b->id);
}

/* A case that is eligible shows that all criteria can hold together; without one, look for two
 * that cannot. */
static void
check_all (ShyPolicyLinter *linter)
{
  guint n_criteria = linter->policy->criteria->len;

  if (linter->eligible)
    return;
  shy_policy_linter_add (linter, SHY_POLICY_WARNING, "never-eligible", NULL,
                         _("No case is eligible, so nothing shows that anybody can be. Add one."));
  for (guint i = 0; i < n_criteria; i++)
    for (guint j = i + 1; j < n_criteria; j++)
      check_pair (linter, i, j);
}

void
shy_policy_lint_logic (ShyPolicyLinter *linter)
{
  for (guint i = 0; i < linter->policy->criteria->len; i++)
    check_criterion (linter, i);
  for (guint i = 0; i < linter->policy->overrides->len; i++)
    check_override (linter, i);
  check_all (linter);
}
