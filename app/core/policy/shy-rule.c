/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-rule-tree-private.h"

#include "policy/shy-policy-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static guint64
find_reads (const ShyFeelNode *node,
            guint              n_names)
{
  guint64 reads = 0;

  for (guint slot = 0; slot < n_names; slot++)
    if (shy_feel_node_uses_slot (node, slot))
      reads |= G_GUINT64_CONSTANT (1) << slot;

  return reads;
}

static void
mirror (ShyRulePart       *part,
        const ShyFeelNode *node,
        guint              n_names)
{
  part->node = node;
  part->reads = find_reads (node, n_names);
  part->n_parts = node->kind == SHY_FEEL_NODE_FUNCTION ? 0 : node->n_children;
  part->parts = g_new0 (ShyRulePart, part->n_parts);
  for (guint i = 0; i < part->n_parts; i++)
    mirror (&part->parts[i], node->children[i], n_names);
}

static void
clear_part (ShyRulePart *part)
{
  for (guint i = 0; i < part->n_parts; i++)
    clear_part (&part->parts[i]);
  g_free (part->parts);
}

/* How many locals evaluating a node may need, beyond those of the functions in it. */
static guint
count_locals (const ShyFeelNode *node)
{
  guint n = (node->kind == SHY_FEEL_NODE_NAME && node->binding == SHY_FEEL_BINDING_LOCAL)
                || node->kind == SHY_FEEL_NODE_IN || node->kind == SHY_FEEL_NODE_FILTER
              ? node->slot + 1 : 0;

  for (guint i = 0; i < node->n_item_slots; i++)
    n = MAX (n, node->item_slots[i] + 1);
  for (guint i = 0; i < node->n_iterators; i++)
    n = MAX (n, node->iterators[i].slot + 1);
  for (guint i = 0; i < node->n_captures; i++)
    if (node->captures[i].binding == SHY_FEEL_BINDING_LOCAL)
      n = MAX (n, node->captures[i].from + 1);
  if (node->kind == SHY_FEEL_NODE_FOR)
    n = MAX (n, node->partial_slot + 1);
  if (node->kind == SHY_FEEL_NODE_FUNCTION)
    return n;
  for (guint i = 0; i < node->n_children; i++)
    {
      n = MAX (n, count_locals (node->children[i]));
      if (node->slots != NULL)
        n = MAX (n, node->slots[i] + 1);
    }

  return n;
}

/* Whether an expression asks what day it is. */
static gboolean
asks_today (const ShyFeelNode *node)
{
  if (node->kind == SHY_FEEL_NODE_NAME && node->binding == SHY_FEEL_BINDING_BUILTIN
      && (g_str_equal (node->name, "today") || g_str_equal (node->name, "now")))
    return TRUE;
  for (guint i = 0; i < node->n_children; i++)
    if (asks_today (node->children[i]))
      return TRUE;

  return FALSE;
}

/* In a policy today is the day of the decision, so that the same application is decided alike on
 * whatever day the clock shows: such a rule reads “on”. */
static void
find_today (ShyRule    *self,
            GHashTable *slots)
{
  guint slot = GPOINTER_TO_UINT (g_hash_table_lookup (slots, SHY_POLICY_NAME_ON));

  self->today = SHY_RULE_NO_SLOT;
  if (slot == 0 || !asks_today (shy_feel_expression_get_root (self->expression)))
    return;
  self->today = slot - 1;
  shy_mask_add (&self->reads, self->today);
}

/* Makes a rule of an expression; @slots says the slot of each name, plus one. A name that is no slot
 * can only be an entry of the items of a filter. */
ShyRule *
shy_rule_new (ShyFeelExpression  *expression,
              GHashTable         *slots,
              GError            **error)
{
  gsize                n_names;
  const char * const  *names = shy_feel_expression_get_slots (expression, &n_names);
  ShyRule             *self;

  if (n_names > SHY_RULE_NAMES_MAX)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("The expression “%.60s…” reads more than %d names. Split it with derived "
                     "names."),
                   shy_feel_expression_get_text (expression), SHY_RULE_NAMES_MAX);
      return NULL;
    }

  self = g_new0 (ShyRule, 1);
  self->expression = shy_feel_expression_ref (expression);
  self->n_names = (guint) n_names;
  self->map = g_new0 (guint, n_names);
  for (guint i = 0; i < n_names; i++)
    {
      guint slot = GPOINTER_TO_UINT (g_hash_table_lookup (slots, names[i]));

      self->map[i] = slot > 0 ? slot - 1 : SHY_RULE_NO_SLOT;
      if (slot > 0)
        shy_mask_add (&self->reads, slot - 1);
    }
  find_today (self, slots);
  self->n_locals = count_locals (shy_feel_expression_get_root (expression));
  mirror (&self->root, shy_feel_expression_get_root (expression), self->n_names);

  return self;
}

void
shy_rule_free (ShyRule *self)
{
  if (self == NULL)
    return;

  clear_part (&self->root);
  g_free (self->map);
  shy_feel_expression_unref (self->expression);
  g_free (self);
}

/* The slots that the expression names. */
const ShyMask *
shy_rule_get_reads (const ShyRule *self)
{
  return &self->reads;
}

gboolean
shy_rule_part_calls (const ShyRulePart *part,
                     const char        *builtin)
{
  const ShyFeelNode *function;

  if (part->node->kind != SHY_FEEL_NODE_CALL)
    return FALSE;
  function = part->node->children[0];

  return function->kind == SHY_FEEL_NODE_NAME && function->binding == SHY_FEEL_BINDING_BUILTIN
         && g_str_equal (function->name, builtin);
}

void
shy_rule_frame_init (ShyRuleFrame       *frame,
                     const ShyRule      *rule,
                     const ShyRuleState *state)
{
  static gsize once;
  ShyFeelValue *null;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) shy_feel_value_new_null ());
  null = (ShyFeelValue *) once;

  frame->rule = rule;
  frame->state = state;
  frame->unknown = 0;
  for (guint i = 0; i < rule->n_names; i++)
    {
      if (rule->map[i] == SHY_RULE_NO_SLOT)
        {
          frame->values[i] = NULL;
          continue;
        }
      frame->values[i] = state->values[rule->map[i]];
      if (frame->values[i] == NULL)
        {
          frame->values[i] = null;
          frame->unknown |= G_GUINT64_CONSTANT (1) << i;
        }
    }
  frame->run = (ShyFeelRun) { .steps = SHY_FEEL_STEPS_MAX, .strict = TRUE };
  if (state->budget != NULL)
    frame->lent = shy_budget_lend (state->budget, &frame->run);
  if (rule->today != SHY_RULE_NO_SLOT)
    frame->run.today = state->values[rule->today];
  frame->eval.run = &frame->run;
  frame->eval.expression = rule->expression;
  frame->eval.slots = frame->values;
  if (rule->n_locals > G_N_ELEMENTS (frame->few_locals))
    frame->eval.locals = g_new0 (ShyFeelValue *, rule->n_locals);
  else
    {
      memset (frame->few_locals, 0, sizeof frame->few_locals);
      frame->eval.locals = frame->few_locals;
    }
}

void
shy_rule_frame_clear (ShyRuleFrame *frame)
{
  for (guint i = 0; i < frame->rule->n_locals; i++)
    g_clear_pointer (&frame->eval.locals[i], shy_feel_value_unref);
  if (frame->eval.locals != frame->few_locals)
    g_free (frame->eval.locals);
  g_clear_pointer (&frame->run.failure, shy_feel_value_unref);
  if (frame->state->budget != NULL)
    shy_budget_take_back (frame->state->budget, &frame->run, frame->lent);
}

/* All that is unknown in a part keeps it unknown. */
static ShyFeelValue *
stay_unknown (ShyRuleFrame      *frame,
              const ShyRulePart  *part,
              ShyMask            *live)
{
  for (guint i = 0; i < frame->rule->n_names; i++)
    if ((part->reads & frame->unknown) >> i & 1)
      shy_mask_join (live, &frame->state->live[frame->rule->map[i]]);

  return NULL;
}

/* One that decides ends it (false for "and", true for "or"), whatever the others turn out to be;
 * otherwise one unknown leaves it unknown; otherwise one null makes it null. */
static ShyFeelValue *
walk_junction (ShyRuleFrame      *frame,
               const ShyRulePart  *part,
               ShyMask            *live)
{
  ShyFeelTruth             decides = part->node->kind == SHY_FEEL_NODE_AND ? SHY_FEEL_FALSE
                                                                           : SHY_FEEL_TRUE;
  ShyMask                  open = { 0 };
  gboolean                 unknown = FALSE;
  g_autoptr (ShyFeelValue) null = NULL;
  ShyFeelTrial             trial;

  shy_feel_trial_begin (&trial, &frame->run);
  for (guint i = 0; i < part->n_parts; i++)
    {
      g_autoptr (ShyFeelValue) value = shy_rule_frame_walk (frame, &part->parts[i], &open);
      gboolean                 failed = shy_feel_trial_failed (&trial);

      if (value == NULL)
        unknown = TRUE;
      else if (shy_feel_value_get_truth (value) == decides && !failed)
        {
          shy_feel_trial_end (&trial, TRUE);
          return g_steal_pointer (&value);
        }
      else if (shy_feel_value_get_truth (value) == SHY_FEEL_UNDECIDED && null == NULL)
        null = shy_feel_value_is_null (value)
                 ? shy_feel_value_ref (value)
                 : shy_feel_value_new_error (_("Expected true or false."));
    }

  /* What is unknown may still decide, whatever failed. */
  frame->may_fail = frame->may_fail || trial.kept != NULL;
  shy_feel_trial_end (&trial, unknown);
  if (unknown)
    {
      shy_mask_join (live, &open);
      return NULL;
    }

  return null != NULL ? g_steal_pointer (&null)
                      : shy_feel_value_new_boolean (decides == SHY_FEEL_FALSE);
}

static ShyFeelValue *
walk_not (ShyRuleFrame      *frame,
          const ShyRulePart  *part,
          ShyMask            *live)
{
  g_autoptr (ShyFeelValue) value = shy_rule_frame_walk (frame, &part->parts[1], live);
  ShyFeelTruth             truth;

  if (value == NULL)
    return NULL;
  truth = shy_feel_value_get_truth (value);
  if (truth == SHY_FEEL_UNDECIDED)
    return shy_feel_value_is_null (value) ? g_steal_pointer (&value)
                                          : shy_feel_value_new_error (_("Expected true or false."));

  return shy_feel_value_new_boolean (truth == SHY_FEEL_FALSE);
}

/* While the condition is unknown, branches that agree decide: whatever is not true takes the
 * second. */
static ShyFeelValue *
walk_if (ShyRuleFrame      *frame,
         const ShyRulePart  *part,
         ShyMask            *live)
{
  ShyMask                  open = { 0 };
  g_autoptr (ShyFeelValue) condition = shy_rule_frame_walk (frame, &part->parts[0], &open);
  g_autoptr (ShyFeelValue) yes = NULL;
  g_autoptr (ShyFeelValue) no = NULL;
  ShyFeelTrial             trial;
  gboolean                 failed;
  gboolean                 both_failed;
  gboolean                 doubtful;

  if (condition != NULL)
    {
      gboolean met = shy_feel_run_is_met (&frame->run, condition);

      return shy_rule_frame_walk (frame, &part->parts[met ? 1 : 2], live);
    }

  doubtful = frame->may_fail;
  shy_feel_trial_begin (&trial, &frame->run);
  yes = shy_rule_frame_walk (frame, &part->parts[1], &open);
  failed = shy_feel_trial_failed (&trial);
  no = shy_rule_frame_walk (frame, &part->parts[2], &open);
  both_failed = failed && frame->run.failure != NULL;
  failed = failed || frame->run.failure != NULL;
  /* One branch that fails may not be the one that is taken. */
  shy_feel_trial_end (&trial, !both_failed);
  if (failed || doubtful)
    {
      frame->may_fail = TRUE;
      shy_mask_join (live, &open);
      return NULL;
    }
  if (yes != NULL && no != NULL && shy_feel_value_is (yes, no))
    return g_steal_pointer (&yes);
  shy_mask_join (live, &open);

  return NULL;
}

static gboolean
is_null_literal (const ShyRulePart *part)
{
  return part->node->kind == SHY_FEEL_NODE_LITERAL && part->node->value != NULL
         && shy_feel_value_is_null (part->node->value);
}

static gboolean
is_unset (ShyRuleFrame      *frame,
          const ShyRulePart  *part)
{
  return part->node->kind == SHY_FEEL_NODE_NAME
         && part->node->binding == SHY_FEEL_BINDING_SLOT
         && frame->rule->map[part->node->slot] != SHY_RULE_NO_SLOT
         && shy_mask_has (&frame->state->unset, frame->rule->map[part->node->slot]);
}

/* "setting = null" asks whether the county set it, which is known. */
static gboolean
asks_if_set (ShyRuleFrame      *frame,
             const ShyRulePart  *part)
{
  const ShyRulePart *left = &part->parts[0];
  const ShyRulePart *right = &part->parts[1];

  return (part->node->op == SHY_FEEL_OPERATOR_EQUAL || part->node->op == SHY_FEEL_OPERATOR_UNEQUAL)
         && ((is_null_literal (left) && is_unset (frame, right))
             || (is_null_literal (right) && is_unset (frame, left)));
}

static ShyFeelValue *
walk_operator (ShyRuleFrame      *frame,
               const ShyRulePart  *part,
               ShyMask            *live)
{
  ShyMask                  open = { 0 };
  g_autoptr (ShyFeelValue) left = shy_rule_frame_walk (frame, &part->parts[0], &open);
  g_autoptr (ShyFeelValue) right = shy_rule_frame_walk (frame, &part->parts[1], &open);

  if (asks_if_set (frame, part))
    return shy_feel_value_new_boolean (part->node->op == SHY_FEEL_OPERATOR_EQUAL);
  if (left != NULL && right != NULL)
    return shy_feel_apply_operator (part->node->op, left, right);
  shy_mask_join (live, &open);

  return NULL;
}

/* Whether one test of "in" is known to hold for a known value. Then "in" is true, whatever the
 * other tests are. */
static gboolean
test_holds (ShyRuleFrame      *frame,
            const ShyRulePart  *test,
            ShyFeelValue       *value)
{
  g_autoptr (ShyFeelValue) with = NULL;
  g_autoptr (ShyFeelValue) answer = NULL;

  if (!shy_rule_frame_knows (frame, test) || test->node->uses_placeholder)
    return FALSE;
  if (test->node->kind == SHY_FEEL_NODE_TEST)
    {
      with = shy_feel_eval (&frame->eval, test->parts[0].node);
      answer = shy_feel_apply_operator (test->node->op, value, with);
    }
  else
    {
      with = shy_feel_eval (&frame->eval, test->node);
      if (shy_feel_value_get_value_type (with) == SHY_FEEL_TYPE_RANGE)
        answer = shy_feel_apply_range (value, with);
      else
        answer = shy_feel_apply_operator (SHY_FEEL_OPERATOR_EQUAL, value, with);
    }

  return shy_feel_value_get_truth (answer) == SHY_FEEL_TRUE;
}

static ShyFeelValue *
walk_in (ShyRuleFrame      *frame,
         const ShyRulePart  *part,
         ShyMask            *live)
{
  g_autoptr (ShyFeelValue) value = NULL;
  ShyMask                  ignored = { 0 };
  ShyFeelTrial             trial;
  gboolean                 holds = FALSE;

  value = shy_rule_frame_walk (frame, &part->parts[0], &ignored);
  shy_feel_trial_begin (&trial, &frame->run);
  for (guint i = 1; value != NULL && i < part->n_parts && !holds; i++)
    holds = test_holds (frame, &part->parts[i], value) && !shy_feel_trial_failed (&trial);
  /* A test that is unknown may still hold. */
  frame->may_fail = frame->may_fail || (!holds && (trial.kept != NULL || frame->run.failure != NULL));
  shy_feel_trial_end (&trial, TRUE);
  if (holds)
    return shy_feel_value_new_boolean (TRUE);

  return stay_unknown (frame, part, live);
}

static ShyFeelValue *
walk_between (ShyRuleFrame      *frame,
              const ShyRulePart *part,
              ShyMask           *live)
{
  static const ShyFeelOperator operators[] = { SHY_FEEL_OPERATOR_GREATER_EQUAL,
                                               SHY_FEEL_OPERATOR_LESS_EQUAL };
  ShyMask                  open = { 0 };
  g_autoptr (ShyFeelValue) value = shy_rule_frame_walk (frame, &part->parts[0], &open);

  for (guint i = 0; value != NULL && i < 2; i++)
    {
      g_autoptr (ShyFeelValue) end = shy_rule_frame_walk (frame, &part->parts[i + 1], &open);
      g_autoptr (ShyFeelValue) answer = NULL;

      if (end == NULL)
        continue;
      answer = shy_feel_apply_operator (operators[i], value, end);
      if (shy_feel_value_get_truth (answer) == SHY_FEEL_FALSE)
        return g_steal_pointer (&answer);
    }

  return stay_unknown (frame, part, live);
}

/* One item that decides ends it (true for "some", false for "every"), whatever the others turn out
 * to be; otherwise one unknown leaves it unknown; otherwise one null makes it null. */
static ShyFeelValue *
walk_quantified (ShyRuleFrame      *frame,
                 const ShyRulePart *part,
                 ShyMask           *live)
{
  const ShyFeelNode       *node = part->node;
  gboolean                 some = node->kind == SHY_FEEL_NODE_SOME;
  const ShyRulePart       *body = &part->parts[part->n_parts - 1];
  g_autoptr (ShyFeelValue) domain = NULL;
  g_autoptr (ShyFeelValue) null = NULL;
  gboolean                 unknown = FALSE;
  ShyMask                  open = { 0 };
  ShyFeelTrial             trial;

  if (node->n_iterators != 1 || node->iterators[0].is_range
      || !shy_rule_frame_knows (frame, &part->parts[0]))
    return stay_unknown (frame, part, live);
  domain = shy_feel_eval (&frame->eval, part->parts[0].node);
  if (shy_feel_value_get_value_type (domain) != SHY_FEEL_TYPE_LIST)
    return stay_unknown (frame, part, live);

  shy_feel_trial_begin (&trial, &frame->run);
  for (gsize i = 0; i < shy_feel_value_get_length (domain); i++)
    {
      g_autoptr (ShyFeelValue) answer = NULL;
      gboolean                 failed;

      shy_feel_eval_set_local (&frame->eval, node->iterators[0].slot,
                               shy_feel_value_ref (shy_feel_value_get_item (domain, i)));
      answer = shy_rule_frame_walk (frame, body, &open);
      if (answer != NULL && shy_feel_value_get_truth (answer) == SHY_FEEL_UNDECIDED)
        shy_feel_run_is_met (&frame->run, answer);
      failed = shy_feel_trial_failed (&trial);
      if (answer == NULL)
        unknown = TRUE;
      else if (shy_feel_value_get_truth (answer) == (some ? SHY_FEEL_TRUE : SHY_FEEL_FALSE)
               && !failed)
        {
          shy_feel_trial_end (&trial, TRUE);
          return g_steal_pointer (&answer);
        }
      else if (shy_feel_value_get_truth (answer) == SHY_FEEL_UNDECIDED && null == NULL)
        null = shy_feel_value_is_null (answer)
                 ? shy_feel_value_ref (answer)
                 : shy_feel_value_new_error (_("Expected true or false."));
    }
  frame->may_fail = frame->may_fail || trial.kept != NULL;
  shy_feel_trial_end (&trial, unknown);
  if (unknown)
    {
      shy_mask_join (live, &open);
      return NULL;
    }

  return null != NULL ? g_steal_pointer (&null) : shy_feel_value_new_boolean (!some);
}

static ShyFeelValue *
walk_kind (ShyRuleFrame      *frame,
           const ShyRulePart *part,
           ShyMask           *live)
{
  switch ((int) part->node->kind)
    {
    case SHY_FEEL_NODE_AND:
    case SHY_FEEL_NODE_OR:
      return walk_junction (frame, part, live);
    case SHY_FEEL_NODE_IF:
      return walk_if (frame, part, live);
    case SHY_FEEL_NODE_COMPARISON:
    case SHY_FEEL_NODE_ARITHMETIC:
      return walk_operator (frame, part, live);
    case SHY_FEEL_NODE_IN:
      return walk_in (frame, part, live);
    case SHY_FEEL_NODE_BETWEEN:
      return walk_between (frame, part, live);
    case SHY_FEEL_NODE_SOME:
    case SHY_FEEL_NODE_EVERY:
      return walk_quantified (frame, part, live);
    default:
      return shy_rule_part_calls (part, "not") && part->n_parts == 2
               ? walk_not (frame, part, live)
               : stay_unknown (frame, part, live);
    }
}

/* The value of a part, or NULL if it is unknown; @live then grows by the facts it hangs on. What has
 * failed for certain is not unknown: its value is the failure. */
ShyFeelValue *
shy_rule_frame_walk (ShyRuleFrame      *frame,
                     const ShyRulePart *part,
                     ShyMask           *live)
{
  ShyFeelValue *value;

  if (shy_rule_frame_knows (frame, part))
    return shy_feel_eval (&frame->eval, part->node);

  value = walk_kind (frame, part, live);
  if (value != NULL)
    shy_feel_run_note (&frame->run, value);
  else if (frame->run.failure != NULL)
    value = shy_feel_value_ref (frame->run.failure);

  return value;
}

/* The value of the expression, or NULL if it is unknown; @live then grows by the missing facts it
 * hangs on. Whatever fails on the way to a value is the value: the null with the first failure, even
 * if an operator made true or false of it. Only where “and”, “or”, “some”, “every” or “in” is decided
 * by another of its members does a failure not matter. */
ShyFeelValue *
shy_rule_evaluate (const ShyRule      *self,
                   const ShyRuleState *state,
                   ShyMask            *live)
{
  g_auto (ShyRuleFrame)    frame = { 0 };
  g_autoptr (ShyFeelValue) value = NULL;

  shy_rule_frame_init (&frame, self, state);
  if (self->today != SHY_RULE_NO_SLOT && frame.run.today == NULL)
    {
      shy_mask_join (live, &state->live[self->today]);
      return NULL;
    }
  value = shy_rule_frame_walk (&frame, &self->root, live);
  if (value != NULL && frame.run.failure != NULL)
    return g_steal_pointer (&frame.run.failure);

  return g_steal_pointer (&value);
}
