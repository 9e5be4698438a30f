/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "feel/shy-feel-node-private.h"
#include "policy/shy-policy-functions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Checks how expressions answer: that the day they speak of is the day of the decision, and that no
 * operator makes an answer of what may have none. A function of packs fails where its calendar ends
 * or a list of months cannot be read; “=”, “!=”, “if” and “instance of” would take that for a
 * value. */

static gboolean
is_call_of (const ShyFeelNode *node, const char *const *names)
{
  return node->kind == SHY_FEEL_NODE_CALL && node->children[0]->kind == SHY_FEEL_NODE_NAME
         && node->children[0]->name != NULL && g_strv_contains (names, node->children[0]->name);
}

static const ShyFeelNode *
find_call (const ShyFeelNode *node, const char *const *names)
{
  if (is_call_of (node, names))
    return node;
  for (guint i = 0; i < node->n_children; i++)
    {
      const ShyFeelNode *found = find_call (node->children[i], names);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether an operator answers even where what it is given does not. */
static gboolean
swallows (const ShyFeelNode *node)
{
  return node->kind == SHY_FEEL_NODE_INSTANCE || node->kind == SHY_FEEL_NODE_IF
         || (node->kind == SHY_FEEL_NODE_COMPARISON
             && (node->op == SHY_FEEL_OPERATOR_EQUAL || node->op == SHY_FEEL_OPERATOR_UNEQUAL));
}

static void
check_node (ShyPolicyLinter *linter, const ShyFeelNode *node, const ShyJson *where)
{
  const ShyFeelNode *call = NULL;

  if (swallows (node))
    for (guint i = 0; call == NULL && i < node->n_children
                      && (node->kind != SHY_FEEL_NODE_IF || i == 0); i++)
      call = find_call (node->children[i], shy_policy_function_get_names ());
  if (call != NULL)
    {
      shy_policy_linter_add (linter, SHY_POLICY_WARNING, "swallowed", where,
                             _("“%s” may give no answer, and the operator around it answers all the "
                               "same. Compare it with “<”, “<=”, “>” or “>=”."),
                             call->children[0]->name);
      return;
    }
  for (guint i = 0; i < node->n_children; i++)
    check_node (linter, node->children[i], where);
}

static void
check (ShyPolicyLinter *linter, const ShyPolicyExpression *expression, const ShyJson *where)
{
  static const char *const clocks[] = { "today", "now", NULL };
  const ShyFeelNode       *root;
  const ShyFeelNode       *call;

  if (expression == NULL)
    return;
  root = shy_feel_expression_get_root (expression->feel);
  call = find_call (root, clocks);
  if (call != NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "clock", where,
                           _("“%s()” reads the clock. A policy is decided for a day: write “on”."),
                           call->children[0]->name);
  check_node (linter, root, where);
}

void
shy_policy_lint_answers (ShyPolicyLinter *linter)
{
  ShyPolicy *policy = linter->policy;

  check (linter, policy->key_date, shy_json_get (linter->root, "key_date"));
  for (guint i = 0; i < policy->derived->len; i++)
    check (linter, ((ShyPolicyDerived *) policy->derived->pdata[i])->expression,
           shy_policy_linter_member (linter, "derived", i, "expression"));
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (policy->criteria, i);

      check (linter, criterion->condition, shy_policy_linter_member (linter, "criteria", i, "condition"));
      check (linter, criterion->refer, shy_policy_linter_member (linter, "criteria", i, "refer"));
      check (linter, criterion->skip_unless,
             shy_policy_linter_member (linter, "criteria", i, "skip_unless"));
    }
  for (guint i = 0; i < policy->relations->len; i++)
    check (linter, ((ShyPolicyRelation *) policy->relations->pdata[i])->condition,
           shy_policy_linter_member (linter, "relations", i, "condition"));
  if (policy->amount != NULL)
    {
      const ShyJson *amount = shy_json_get (linter->root, "amount");

      check (linter, policy->amount->expression, shy_json_get (amount, "expression"));
      check (linter, policy->amount->schedule, shy_json_get (amount, "schedule"));
    }
}
