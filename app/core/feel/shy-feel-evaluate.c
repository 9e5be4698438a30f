/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include "feel/shy-feel-builtin-private.h"
#include "feel/shy-feel-pattern-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Takes the value. */
void
shy_feel_eval_set_local (ShyFeelEval  *self,
                         guint         slot,
                         ShyFeelValue *value)
{
  g_clear_pointer (&self->locals[slot], shy_feel_value_unref);
  self->locals[slot] = value;
}

/* Counts work that is not the evaluation of a node; FALSE if there was too much of it. */
gboolean
shy_feel_run_spend (ShyFeelRun *self,
                    gint64      steps)
{
  self->steps -= steps;
  return self->steps >= 0;
}

/* Counts walking through a value, or making it, as work: what is within it, and its bytes. */
void
shy_feel_run_weigh (ShyFeelRun   *self,
                    ShyFeelValue *value)
{
  if (value->type == SHY_FEEL_TYPE_STRING)
    self->steps -= (gint64) value->string.length / 16;
  else
    self->steps -= value->n_parts / 2;
}

ShyFeelValue *
shy_feel_run_exhausted (ShyFeelRun *self)
{
  if (self->spent != NULL)
    return shy_feel_value_new_error ("%s", self->spent);
  return shy_feel_value_new_error (_("The evaluation takes too long: more than %d steps. Shorten "
                                     "the lists and texts that it goes through."),
                                   SHY_FEEL_STEPS_MAX);
}

/* Keeps what a strict run failed on, if @value is the null of a failure. */
void
shy_feel_run_note (ShyFeelRun   *self,
                   ShyFeelValue *value)
{
  if (self->strict && self->failure == NULL && value->type == SHY_FEEL_TYPE_NULL
      && value->null.message != NULL && !value->null.absent)
    self->failure = shy_feel_value_ref (value);
}

/* Whether a condition is true. To a strict run one that is neither true nor false is a failure. */
gboolean
shy_feel_run_is_met (ShyFeelRun   *self,
                     ShyFeelValue *condition)
{
  ShyFeelTruth truth = shy_feel_value_get_truth (condition);

  if (truth == SHY_FEEL_UNDECIDED && self->strict && self->failure == NULL)
    self->failure = shy_feel_value_get_error (condition) != NULL
                      ? shy_feel_value_ref (condition)
                      : shy_feel_value_new_error (_("A condition is neither true nor false."));
  return truth == SHY_FEEL_TRUE;
}

void
shy_feel_trial_begin (ShyFeelTrial *self,
                      ShyFeelRun   *run)
{
  self->run = run;
  self->outer = g_steal_pointer (&run->failure);
  self->kept = NULL;
}

/* Whether the member that was just evaluated failed: it cannot decide then. */
gboolean
shy_feel_trial_failed (ShyFeelTrial *self)
{
  if (self->run->failure == NULL)
    return FALSE;
  if (self->kept == NULL)
    self->kept = g_steal_pointer (&self->run->failure);
  else
    g_clear_pointer (&self->run->failure, shy_feel_value_unref);
  return TRUE;
}

/* Ends it: unless a member decided, what failed in one of them failed in the whole. */
void
shy_feel_trial_end (ShyFeelTrial *self,
                    gboolean      decided)
{
  shy_feel_trial_failed (self);
  if (self->outer == NULL && !decided)
    self->outer = g_steal_pointer (&self->kept);
  g_clear_pointer (&self->kept, shy_feel_value_unref);
  self->run->failure = g_steal_pointer (&self->outer);
}

/* An entry of a context by a name as an expression writes it. */
ShyFeelValue *
shy_feel_find_entry (ShyFeelValue *context,
                     const char   *name)
{
  ShyFeelValue *entry = shy_feel_value_get_entry (context, name);

  if (entry != NULL || strpbrk (name, " +-*/.'") == NULL)
    return entry;
  for (gsize i = 0; i < context->context.n_entries; i++)
    {
      g_autofree char *key = shy_feel_normalize_name (context->context.keys[i]);

      if (g_str_equal (key, name))
        return context->context.values[i];
    }
  return NULL;
}

static ShyFeelValue *
eval_name (ShyFeelEval       *self,
           const ShyFeelNode *node)
{
  ShyFeelValue *value = NULL;

  for (guint i = 0; i < node->n_item_slots && value == NULL; i++)
    {
      ShyFeelValue *item = self->locals[node->item_slots[i]];

      if (item != NULL && item->type == SHY_FEEL_TYPE_CONTEXT)
        value = shy_feel_find_entry (item, node->name);
    }
  if (value != NULL)
    return shy_feel_value_ref (value);

  if (node->binding == SHY_FEEL_BINDING_BUILTIN)
    return shy_feel_value_new_builtin (node->builtin);
  value = node->binding == SHY_FEEL_BINDING_LOCAL ? self->locals[node->slot]
                                                  : self->slots[node->slot];
  if (value != NULL)
    return shy_feel_value_ref (value);
  if (node->n_item_slots > 0)
    return shy_feel_value_new_absent (_("No entry has the name “%s”."), node->name);
  return shy_feel_value_new_error (_("Nothing has the name “%s”."), node->name);
}

static ShyFeelValue *
eval_list (ShyFeelEval       *self,
           const ShyFeelNode *node)
{
  ShyFeelValue **items = g_new (ShyFeelValue *, node->n_children);

  for (guint i = 0; i < node->n_children; i++)
    items[i] = shy_feel_eval (self, node->children[i]);
  return shy_feel_value_new_list_take (items, node->n_children);
}

static ShyFeelValue *
eval_context (ShyFeelEval       *self,
              const ShyFeelNode *node)
{
  char         **keys = g_new (char *, node->n_children);
  ShyFeelValue **values = g_new (ShyFeelValue *, node->n_children);

  for (guint i = 0; i < node->n_children; i++)
    {
      keys[i] = g_strdup (node->keys[i]);
      values[i] = shy_feel_eval (self, node->children[i]);
      shy_feel_eval_set_local (self, node->slots[i], shy_feel_value_ref (values[i]));
    }
  return shy_feel_value_new_context_take (keys, values, node->n_children);
}

/* The null of a conjunction or disjunction: the first reason stays. */
static void
keep_reason (ShyFeelValue **reason,
             ShyFeelValue  *value)
{
  if (*reason != NULL && shy_feel_value_get_error (*reason) != NULL)
    return;
  g_clear_pointer (reason, shy_feel_value_unref);
  if (shy_feel_value_is_null (value))
    *reason = shy_feel_value_ref (value);
  else
    *reason = shy_feel_value_new_error (_("“and” and “or” join booleans, and not a %s."),
                                        shy_feel_type_get_label (value->type));
}

/* Kleene's logic over all children; what decides ends it. */
static ShyFeelValue *
eval_logic (ShyFeelEval       *self,
            const ShyFeelNode *node)
{
  ShyFeelTruth             deciding =
    node->kind == SHY_FEEL_NODE_OR ? SHY_FEEL_TRUE : SHY_FEEL_FALSE;
  g_autoptr (ShyFeelValue) reason = NULL;
  ShyFeelTrial             trial;

  shy_feel_trial_begin (&trial, self->run);
  for (guint i = 0; i < node->n_children; i++)
    {
      g_autoptr (ShyFeelValue) value = shy_feel_eval (self, node->children[i]);
      ShyFeelTruth             truth = shy_feel_value_get_truth (value);

      if (!shy_feel_trial_failed (&trial) && truth == deciding)
        {
          shy_feel_trial_end (&trial, TRUE);
          return g_steal_pointer (&value);
        }
      if (truth == SHY_FEEL_UNDECIDED)
        keep_reason (&reason, value);
    }
  shy_feel_trial_end (&trial, FALSE);
  return reason != NULL ? g_steal_pointer (&reason)
                        : shy_feel_value_new_boolean (deciding == SHY_FEEL_FALSE);
}

static ShyFeelValue *
eval_binary (ShyFeelEval       *self,
             const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) left = shy_feel_eval (self, node->children[0]);
  g_autoptr (ShyFeelValue) right = shy_feel_eval (self, node->children[1]);
  ShyFeelValue            *result;

  shy_feel_run_weigh (self->run, left);
  shy_feel_run_weigh (self->run, right);
  if (!shy_feel_run_spend (self->run,
                           node->op == SHY_FEEL_OPERATOR_POWER ? SHY_FEEL_POWER_STEPS : 0))
    return shy_feel_run_exhausted (self->run);
  result = shy_feel_apply_operator (node->op, left, right);
  shy_feel_run_weigh (self->run, result);
  return result;
}

static ShyFeelValue *
eval_negation (ShyFeelEval       *self,
               const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) operand = shy_feel_eval (self, node->children[0]);

  return shy_feel_negate (operand);
}

/* Whatever is not true takes the second branch. */
static ShyFeelValue *
eval_if (ShyFeelEval       *self,
         const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) condition = shy_feel_eval (self, node->children[0]);
  gboolean                 met = shy_feel_run_is_met (self->run, condition);

  return shy_feel_eval (self, node->children[met ? 1 : 2]);
}

static ShyFeelValue *
eval_path (ShyFeelEval       *self,
           const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) operand = shy_feel_eval (self, node->children[0]);
  ShyFeelValue            *property = shy_feel_get_property (operand, node->name);

  shy_feel_run_weigh (self->run, property);
  if (self->run->strict && property->type == SHY_FEEL_TYPE_LIST)
    for (gsize i = 0; i < property->list.n_items; i++)
      shy_feel_run_note (self->run, property->list.items[i]);
  return property;
}

static ShyFeelValue *
eval_instance (ShyFeelEval       *self,
               const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) operand = shy_feel_eval (self, node->children[0]);

  if (!shy_feel_pattern_is_known (node->pattern))
    return shy_feel_value_new_error (_("“%s” names no type, or lacks its parts as in "
                                       "list<number>."),
                                     node->pattern->name);
  if (shy_feel_value_is_null (operand))
    return shy_feel_value_new_boolean (node->pattern->kind == SHY_FEEL_PATTERN_SIMPLE &&
                                       node->pattern->type == SHY_FEEL_TYPE_NULL);
  return shy_feel_value_new_boolean (shy_feel_pattern_matches (node->pattern, operand));
}

static ShyFeelEvaluator
evaluator_of (ShyFeelNodeKind kind)
{
  static const ShyFeelEvaluator evaluators[] = {
    [SHY_FEEL_NODE_NAME] = eval_name,
    [SHY_FEEL_NODE_LIST] = eval_list,
    [SHY_FEEL_NODE_CONTEXT] = eval_context,
    [SHY_FEEL_NODE_RANGE] = shy_feel_eval_range,
    [SHY_FEEL_NODE_TEST] = shy_feel_eval_test,
    [SHY_FEEL_NODE_AND] = eval_logic,
    [SHY_FEEL_NODE_OR] = eval_logic,
    [SHY_FEEL_NODE_COMPARISON] = eval_binary,
    [SHY_FEEL_NODE_BETWEEN] = shy_feel_eval_between,
    [SHY_FEEL_NODE_IN] = shy_feel_eval_in,
    [SHY_FEEL_NODE_ARITHMETIC] = eval_binary,
    [SHY_FEEL_NODE_NEGATION] = eval_negation,
    [SHY_FEEL_NODE_IF] = eval_if,
    [SHY_FEEL_NODE_FOR] = shy_feel_eval_for,
    [SHY_FEEL_NODE_SOME] = shy_feel_eval_quantified,
    [SHY_FEEL_NODE_EVERY] = shy_feel_eval_quantified,
    [SHY_FEEL_NODE_CALL] = shy_feel_eval_call,
    [SHY_FEEL_NODE_PATH] = eval_path,
    [SHY_FEEL_NODE_FILTER] = shy_feel_eval_filter,
    [SHY_FEEL_NODE_INSTANCE] = eval_instance,
    [SHY_FEEL_NODE_FUNCTION] = shy_feel_eval_function,
  };

  return evaluators[kind];
}

/* The value of a node, never NULL. */
ShyFeelValue *
shy_feel_eval (ShyFeelEval       *self,
               const ShyFeelNode *node)
{
  ShyFeelValue *value;

  if (node->kind == SHY_FEEL_NODE_LITERAL)
    return shy_feel_value_ref (node->value);

  if (!shy_feel_run_spend (self->run, 1))
    value = shy_feel_run_exhausted (self->run);
  else if (self->run->depth >= SHY_FEEL_CALLS_MAX)
    value = shy_feel_value_new_error (_("The evaluation nests more than %d deep."),
                                      SHY_FEEL_CALLS_MAX);
  else
    {
      self->run->depth++;
      value = evaluator_of (node->kind) (self, node);
      self->run->depth--;
    }
  shy_feel_run_note (self->run, value);
  return value;
}
