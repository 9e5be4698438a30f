/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-rule-tree-private.h"
#include "policy/shy-value-private.h"

#include <glib/gi18n-lib.h>

/* Checks what the cases try: each criterion both ways, each limit, each override, and each
 * threshold one below, at and one above. */

/* Thresholds of one expression that are spelled out; the others are only counted. */
#define MAX_SHOWN 3

/* What the cases make of one comparison: left minus right, where it is a whole number. */
typedef struct
{
  const ShyRulePart *left;
  const ShyRulePart *right;
  gboolean           below; /* one less */
  gboolean           at;
  gboolean           above;
  gboolean           measured; /* in some case it is a number or a number of days */
} Boundary;

/* The thresholds of one expression. */
typedef struct
{
  ShyPolicyLinter *linter;
  const ShyRule   *rule;
  GString         *untried; /* those that no case tries at their boundary, in words */
  guint            n_untried;
} Thresholds;

/* Puts each case before the policy as it holds for it: in its county, on its key date, with its
 * settings. What nobody verified is taken for right: lint asks what conditions say. */
void
shy_policy_lint_open_cases (ShyPolicyLinter *linter)
{
  ShyPolicy *policy = linter->policy;

  linter->cases = g_new0 (ShyDecision, policy->cases->len);
  for (guint i = 0; i < policy->cases->len; i++)
    {
      const ShyPolicyCase *given = g_ptr_array_index (policy->cases, i);
      g_autoptr (ShyFacts) facts = shy_facts_new_from_case (given, policy, NULL);
      ShyDecision         *decision = &linter->cases[i];

      decision->alone = TRUE;
      if (facts == NULL || !shy_decision_open (decision, policy, facts, NULL))
        continue;
      shy_evaluation_assume (decision->evaluation, &decision->evaluation->compiled->unsettled, TRUE);
    }
}

void
shy_policy_lint_close_cases (ShyPolicyLinter *linter)
{
  for (guint i = 0; i < linter->policy->cases->len; i++)
    shy_decision_clear (&linter->cases[i]);
  g_clear_pointer (&linter->cases, g_free);
}

static void
check_criterion (ShyPolicyLinter *linter, guint index, const guint *results)
{
  const ShyPolicyCriterion *self = g_ptr_array_index (linter->policy->criteria, index);
  const ShyJson            *where = shy_policy_linter_item (linter, "criteria", index);

  if (results[SHY_POLICY_RESULT_TRUE] == 0)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unexercised", where,
                           _("In no case is the criterion “%s” met. Add one."), self->id);
  if (results[SHY_POLICY_RESULT_PERSON] == 0 && self->refer != NULL)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unexercised", where,
                           _("In no case is the criterion “%s” left to a person. Add one."),
                           self->id);
  /* Where whatever is not met is referred, a case that a person gets is that case. */
  if (results[SHY_POLICY_RESULT_FALSE] == 0
      && (self->refer == NULL || results[SHY_POLICY_RESULT_PERSON] == 0))
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unexercised", where,
                           _("In no case is the criterion “%s” not met. Add one."), self->id);
}

static void
check_limit (ShyPolicyLinter *linter, guint index, gboolean hit)
{
  const ShyPolicyLimit *self = g_ptr_array_index (linter->policy->limits, index);

  if (!hit)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unexercised",
                           shy_policy_linter_item (linter, "limits", index),
                           _("In no case does the limit “%s” stand in the way or reduce the amount. "
                             "Add one."), self->id);
}

/* An override is tried by a case in its county on one of its days. */
static void
check_override (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyOverride *self = g_ptr_array_index (linter->policy->overrides, index);

  for (guint i = 0; i < linter->policy->cases->len; i++)
    {
      ShyPolicy *policy = linter->cases[i].policy;

      if (policy != NULL && g_ptr_array_find (policy->applied, self, NULL))
        return;
    }
  shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unexercised",
                         shy_policy_linter_item (linter, "overrides", index),
                         _("No case is decided in the county %s on a day of this override. Add one."),
                         self->county);
}

static void
count_verdict (ShyPolicyLinter *linter, ShyVerdict *verdict, guint (*results)[5], gboolean *hits)
{
  for (guint i = 0; i < linter->policy->criteria->len; i++)
    {
      const ShyPolicyCriterion  *criterion = g_ptr_array_index (linter->policy->criteria, i);
      const ShyVerdictCriterion *found = shy_verdict_find_criterion (verdict, criterion->id);

      if (found != NULL)
        results[i][found->result]++;
    }
  for (guint i = 0; i < shy_verdict_get_n_limits (verdict); i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, i);

      /* What nobody has verified never refuses: it is tried where a person gets the case. */
      hits[i] = hits[i] || limit->result == SHY_POLICY_RESULT_FALSE || limit->cut > 0
                || (limit->result == SHY_POLICY_RESULT_PERSON && limit->limit->clause != NULL
                    && limit->limit->clause->status == SHY_POLICY_UNVERIFIED);
    }
}

/* Decides each case, and counts what became of each criterion. */
static void
check_exercised (ShyPolicyLinter *linter)
{
  ShyPolicy            *policy = linter->policy;
  g_autofree guint    (*results)[5] = (gpointer) g_new0 (guint, 5 * policy->criteria->len);
  g_autofree gboolean  *hits = g_new0 (gboolean, policy->limits->len + 1);

  for (guint i = 0; i < policy->cases->len; i++)
    {
      g_autoptr (ShyFacts)   facts =
        shy_facts_new_from_case (g_ptr_array_index (policy->cases, i), policy, NULL);
      g_autoptr (ShyVerdict) verdict = facts != NULL ? shy_policy_decide (policy, facts, NULL) : NULL;

      if (verdict == NULL)
        continue;
      linter->eligible = linter->eligible || shy_verdict_get_outcome (verdict) == SHY_POLICY_ELIGIBLE;
      count_verdict (linter, verdict, results, hits);
    }
  for (guint i = 0; i < policy->criteria->len; i++)
    check_criterion (linter, i, results[i]);
  for (guint i = 0; i < policy->limits->len; i++)
    check_limit (linter, i, hits[i]);
  for (guint i = 0; i < policy->overrides->len; i++)
    check_override (linter, i);
}

static gboolean
measure_days (ShyFeelValue *left, ShyFeelValue *right, gint64 *difference)
{
  GDate one;
  GDate other;

  if (!shy_value_to_date (left, &one) || !shy_value_to_date (right, &other))
    return FALSE;
  *difference = (gint64) g_date_get_julian (&one) - (gint64) g_date_get_julian (&other);
  return TRUE;
}

/* A pack and what an override makes of it have the same names, so that a rule of the pack can be
 * asked about the facts of any case. */
static void
measure (Boundary *boundary, const ShyRule *rule, const ShyRuleState *state)
{
  g_auto (ShyRuleFrame)    frame = { 0 };
  g_autoptr (ShyFeelValue) left = NULL;
  g_autoptr (ShyFeelValue) right = NULL;
  g_autoptr (ShyFeelValue) between = NULL;
  ShyMask                  ignored = { 0 };
  gint64                   difference;

  shy_rule_frame_init (&frame, rule, state);
  left = shy_rule_frame_walk (&frame, boundary->left, &ignored);
  right = shy_rule_frame_walk (&frame, boundary->right, &ignored);
  if (left == NULL || right == NULL)
    return;
  between = shy_feel_apply_operator (SHY_FEEL_OPERATOR_SUBTRACT, left, right);
  if (!measure_days (left, right, &difference)
      && !shy_feel_value_get_integer (between, &difference))
    return;
  boundary->measured = TRUE;
  boundary->below = boundary->below || difference == -1;
  boundary->at = boundary->at || difference == 0;
  boundary->above = boundary->above || difference == 1;
}

static void
check_comparison (Thresholds *self, const ShyRulePart *left, const ShyRulePart *right)
{
  const char *text = shy_feel_expression_get_text (self->rule->expression);
  Boundary    boundary = { .left = left, .right = right };

  for (guint i = 0; i < self->linter->policy->cases->len; i++)
    if (self->linter->cases[i].evaluation != NULL)
      measure (&boundary, self->rule, &self->linter->cases[i].evaluation->open);
  if (!boundary.measured || (boundary.below && boundary.at && boundary.above))
    return;
  if (self->n_untried++ >= MAX_SHOWN)
    return;
  g_string_append_printf (self->untried, "%s%.*s − %.*s =%s%s%s", self->n_untried > 1 ? "; " : "",
                          (int) (left->node->end - left->node->start), text + left->node->start,
                          (int) (right->node->end - right->node->start), text + right->node->start,
                          boundary.below ? "" : " −1", boundary.at ? "" : " 0",
                          boundary.above ? "" : " +1");
}

static gboolean
is_order (ShyFeelOperator op)
{
  return op == SHY_FEEL_OPERATOR_LESS || op == SHY_FEEL_OPERATOR_LESS_EQUAL ||
         op == SHY_FEEL_OPERATOR_GREATER || op == SHY_FEEL_OPERATOR_GREATER_EQUAL;
}

/* Looks for thresholds, but not where names are made whose values only the evaluation knows. */
static void
check_part (Thresholds *self, const ShyRulePart *part)
{
  switch ((int) part->node->kind)
    {
    case SHY_FEEL_NODE_FOR:
    case SHY_FEEL_NODE_SOME:
    case SHY_FEEL_NODE_EVERY:
    case SHY_FEEL_NODE_FILTER:
    case SHY_FEEL_NODE_IN:
    case SHY_FEEL_NODE_CONTEXT:
    case SHY_FEEL_NODE_FUNCTION:
      return;
    case SHY_FEEL_NODE_COMPARISON:
      if (is_order (part->node->op))
        check_comparison (self, &part->parts[0], &part->parts[1]);
      return;
    case SHY_FEEL_NODE_BETWEEN:
      check_comparison (self, &part->parts[0], &part->parts[1]);
      check_comparison (self, &part->parts[0], &part->parts[2]);
      return;
    default:
      for (guint i = 0; i < part->n_parts; i++)
        check_part (self, &part->parts[i]);
    }
}

static void
check_thresholds (ShyPolicyLinter *linter, const ShyRule *rule, const ShyJson *where)
{
  g_autoptr (GString) untried = g_string_new (NULL);
  Thresholds          self = { linter, rule, untried, 0 };

  check_part (&self, &rule->root);
  if (self.n_untried > MAX_SHOWN)
    g_string_append_printf (untried, "; +%u", self.n_untried - MAX_SHOWN);
  if (self.n_untried > 0)
    shy_policy_linter_add (linter, SHY_POLICY_HINT, "boundary", where,
                           /* Translators: a number, then differences as “a − b = −1 0 +1”. */
                           _("Thresholds that no case tries right at, before and behind them: %u. Add "
                             "cases with %s."), self.n_untried, untried->str);
}

void
shy_policy_lint_cases (ShyPolicyLinter *linter)
{
  const ShyCompiledPolicy *compiled = linter->compiled;

  if (linter->policy->cases->len == 0)
    {
      shy_policy_linter_add (linter, SHY_POLICY_ERROR, "no-cases", NULL,
                             _("The pack has no cases, so nothing shows that it decides right. Add "
                               "some."));
      return;
    }
  check_exercised (linter);
  for (guint i = 0; i < compiled->n_criteria; i++)
    check_thresholds (linter, compiled->criteria[i].condition,
                      shy_policy_linter_member (linter, "criteria", i, "condition"));
  for (guint i = 0; i < linter->policy->derived->len; i++)
    check_thresholds (linter, compiled->derived[i],
                      shy_policy_linter_member (linter, "derived", i, "expression"));
}
