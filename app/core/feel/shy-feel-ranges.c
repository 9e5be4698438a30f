/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include <glib/gi18n-lib.h>

/* Both booleans, or the null of the side that decides nothing. */
static ShyFeelValue *
conjoin (ShyFeelValue *a,
         ShyFeelValue *b)
{
  if (shy_feel_value_get_truth (a) == SHY_FEEL_FALSE)
    return shy_feel_value_ref (a);
  if (shy_feel_value_get_truth (b) == SHY_FEEL_FALSE)
    return shy_feel_value_ref (b);
  return shy_feel_value_ref (shy_feel_value_is_null (a) ? a : b);
}

/* Whether a value lies between two ends, DMN 1.5 table 55; an end of %NULL does not bound. */
static ShyFeelValue *
lies_between (ShyFeelValue *value,
              ShyFeelValue *start,
              gboolean      start_included,
              ShyFeelValue *end,
              gboolean      end_included)
{
  g_autoptr (ShyFeelValue) above = NULL;
  g_autoptr (ShyFeelValue) below = NULL;

  above = start == NULL ? shy_feel_value_new_boolean (TRUE)
                        : shy_feel_apply_operator (start_included ? SHY_FEEL_OPERATOR_GREATER_EQUAL
                                                                  : SHY_FEEL_OPERATOR_GREATER,
                                                   value, start);
  below = end == NULL ? shy_feel_value_new_boolean (TRUE)
                      : shy_feel_apply_operator (end_included ? SHY_FEEL_OPERATOR_LESS_EQUAL
                                                              : SHY_FEEL_OPERATOR_LESS,
                                                 value, end);
  return conjoin (above, below);
}

static ShyFeelValue *
refuse_null (ShyFeelValue *value)
{
  if (shy_feel_value_get_error (value) != NULL)
    return shy_feel_value_ref (value);
  return shy_feel_value_new_error (_("Null lies neither inside nor outside of a range."));
}

/* Whether a value lies in a range. */
ShyFeelValue *
shy_feel_apply_range (ShyFeelValue *value,
                      ShyFeelValue *range)
{
  g_return_val_if_fail (value != NULL && range != NULL, NULL);
  g_return_val_if_fail (range->type == SHY_FEEL_TYPE_RANGE, NULL);

  if (range->range.op == SHY_FEEL_OPERATOR_EQUAL || range->range.op == SHY_FEEL_OPERATOR_UNEQUAL)
    return shy_feel_apply_operator (range->range.op, value, range->range.start);
  if (shy_feel_value_is_null (value))
    return refuse_null (value);
  return lies_between (value, range->range.start, range->range.start_included, range->range.end,
                       range->range.end_included);
}

static ShyFeelValue *
check_end (ShyFeelValue *end,
           gboolean      included)
{
  int order;

  if (shy_feel_value_get_error (end) != NULL)
    return shy_feel_value_ref (end);
  if (shy_feel_value_is_null (end) && included)
    return shy_feel_value_new_error (_("A range cannot include an end that is null."));
  if (!shy_feel_value_is_null (end) && !shy_feel_value_compare (end, end, &order))
    return shy_feel_value_new_error (_("A range cannot begin or end with a %s."),
                                     shy_feel_type_get_label (end->type));
  return NULL;
}

/* The range between two values, or the null that says why there is none. */
ShyFeelValue *
shy_feel_make_range (ShyFeelValue *start,
                     gboolean      start_included,
                     ShyFeelValue *end,
                     gboolean      end_included)
{
  ShyFeelValue *failure = check_end (start, start_included);
  int           order;

  if (failure == NULL)
    failure = check_end (end, end_included);
  if (failure != NULL)
    return failure;
  if (shy_feel_value_is_null (start) && shy_feel_value_is_null (end))
    return shy_feel_value_new_error (_("A range needs at least one end that is not null."));
  if (!shy_feel_value_is_null (start) && !shy_feel_value_is_null (end))
    {
      if (!shy_feel_value_compare (start, end, &order))
        return shy_feel_value_new_error (_("A range cannot begin with a %s and end with a %s."),
                                         shy_feel_type_get_label (start->type),
                                         shy_feel_type_get_label (end->type));
      if (order > 0)
        return shy_feel_value_new_error (_("The range ends before it begins."));
    }
  return shy_feel_value_new_range (start, start_included, end, end_included);
}

ShyFeelValue *
shy_feel_eval_range (ShyFeelEval       *self,
                     const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) start = shy_feel_eval (self, node->children[0]);
  g_autoptr (ShyFeelValue) end = shy_feel_eval (self, node->children[1]);

  return shy_feel_make_range (start, node->start_included, end, node->end_included);
}

/* "= 10" and "!= 10" as values. */
static ShyFeelValue *
new_equality (ShyFeelOperator op,
              ShyFeelValue   *operand)
{
  ShyFeelValue *self;

  if (shy_feel_value_get_error (operand) != NULL)
    return shy_feel_value_ref (operand);
  if (shy_feel_value_is_null (operand))
    return shy_feel_value_new_error (_("A range cannot include an end that is null."));
  self = shy_feel_value_new_range (operand, op == SHY_FEEL_OPERATOR_EQUAL,
                                   op == SHY_FEEL_OPERATOR_EQUAL ? operand : NULL,
                                   op == SHY_FEEL_OPERATOR_EQUAL);
  if (self->type == SHY_FEEL_TYPE_RANGE)
    self->range.op = op;

  return self;
}

/* "< 10" as a value: a range without start. Such a range is a value of its own, and not equal to
 * one with null at that end. */
ShyFeelValue *
shy_feel_eval_test (ShyFeelEval       *self,
                    const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) operand = shy_feel_eval (self, node->children[0]);
  gboolean                 included = node->op == SHY_FEEL_OPERATOR_LESS_EQUAL ||
                      node->op == SHY_FEEL_OPERATOR_GREATER_EQUAL;
  gboolean                 is_end =
    node->op == SHY_FEEL_OPERATOR_LESS || node->op == SHY_FEEL_OPERATOR_LESS_EQUAL;
  ShyFeelValue            *range = NULL;

  if (node->op == SHY_FEEL_OPERATOR_EQUAL || node->op == SHY_FEEL_OPERATOR_UNEQUAL)
    return new_equality (node->op, operand);
  range = check_end (operand, TRUE);
  if (range != NULL)
    return range;
  range = is_end ? shy_feel_value_new_range (NULL, FALSE, operand, included)
                 : shy_feel_value_new_range (operand, included, NULL, FALSE);
  if (range->type == SHY_FEEL_TYPE_RANGE)
    range->range.op = node->op;

  return range;
}

ShyFeelValue *
shy_feel_eval_between (ShyFeelEval       *self,
                       const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) value = shy_feel_eval (self, node->children[0]);
  g_autoptr (ShyFeelValue) lower = shy_feel_eval (self, node->children[1]);
  g_autoptr (ShyFeelValue) upper = shy_feel_eval (self, node->children[2]);

  return lies_between (value, lower, TRUE, upper, TRUE);
}

/* An interval that is written behind "in" need not be in order: nothing lies in it then. */
static ShyFeelValue *
match_interval (ShyFeelEval       *self,
                ShyFeelValue      *value,
                const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) start = shy_feel_eval (self, node->children[0]);
  g_autoptr (ShyFeelValue) end = shy_feel_eval (self, node->children[1]);
  ShyFeelValue            *failure = check_end (start, node->start_included);

  if (failure == NULL)
    failure = check_end (end, node->end_included);
  if (failure != NULL)
    return failure;
  if (shy_feel_value_is_null (value))
    return refuse_null (value);
  return lies_between (value, start, node->start_included, end, node->end_included);
}

static ShyFeelValue *match_value (ShyFeelValue *value,
                                  ShyFeelValue *test);

/* One of the items that is true, else one that is null, else false. */
static ShyFeelValue *
match_list (ShyFeelValue *value,
            ShyFeelValue *list)
{
  g_autoptr (ShyFeelValue) undecided = NULL;

  if (value->type == SHY_FEEL_TYPE_LIST && shy_feel_value_equal (value, list) == SHY_FEEL_TRUE)
    return shy_feel_value_new_boolean (TRUE);
  for (gsize i = 0; i < list->list.n_items; i++)
    {
      ShyFeelValue            *item = list->list.items[i];
      g_autoptr (ShyFeelValue) matched = NULL;

      if (item->type == SHY_FEEL_TYPE_RANGE)
        matched = match_value (value, item);
      else
        matched = shy_feel_value_new_boolean (shy_feel_value_equal (value, item) ==
                                              SHY_FEEL_TRUE);
      if (shy_feel_value_get_truth (matched) == SHY_FEEL_TRUE)
        return g_steal_pointer (&matched);
      if (shy_feel_value_is_null (matched) && undecided == NULL)
        undecided = g_steal_pointer (&matched);
    }
  return undecided != NULL ? g_steal_pointer (&undecided) : shy_feel_value_new_boolean (FALSE);
}

/* "value in test", where the test is a value. */
static ShyFeelValue *
match_value (ShyFeelValue *value,
             ShyFeelValue *test)
{
  if (shy_feel_value_get_error (test) != NULL)
    return shy_feel_value_ref (test);
  if (test->type == SHY_FEEL_TYPE_RANGE && value->type == SHY_FEEL_TYPE_RANGE)
    return shy_feel_value_new_truth (shy_feel_value_equal (value, test));
  if (test->type == SHY_FEEL_TYPE_RANGE)
    return shy_feel_apply_range (value, test);
  if (test->type == SHY_FEEL_TYPE_LIST)
    return match_list (value, test);
  return shy_feel_value_new_boolean (shy_feel_value_equal (value, test) == SHY_FEEL_TRUE);
}

static ShyFeelValue *
match_node (ShyFeelEval       *self,
            ShyFeelValue      *value,
            const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) test = NULL;

  if (node->kind == SHY_FEEL_NODE_TEST)
    {
      test = shy_feel_eval (self, node->children[0]);
      return shy_feel_apply_operator (node->op, value, test);
    }
  if (node->kind == SHY_FEEL_NODE_RANGE)
    return match_interval (self, value, node);

  test = shy_feel_eval (self, node);
  if (node->uses_placeholder && (test->type == SHY_FEEL_TYPE_BOOLEAN ||
                                 test->type == SHY_FEEL_TYPE_NULL))
    return g_steal_pointer (&test);
  return match_value (value, test);
}

/* "value in test" or "value in (test, …)": whether one of them holds. */
ShyFeelValue *
shy_feel_eval_in (ShyFeelEval       *self,
                  const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) undecided = NULL;
  ShyFeelValue            *value = shy_feel_eval (self, node->children[0]);
  ShyFeelTrial             trial;

  shy_feel_eval_set_local (self, node->slot, value);
  shy_feel_trial_begin (&trial, self->run);
  for (guint i = 1; i < node->n_children; i++)
    {
      g_autoptr (ShyFeelValue) matched = match_node (self, value, node->children[i]);

      if (!shy_feel_trial_failed (&trial) && shy_feel_value_get_truth (matched) == SHY_FEEL_TRUE)
        {
          shy_feel_trial_end (&trial, TRUE);
          return g_steal_pointer (&matched);
        }
      if (shy_feel_value_is_null (matched) && undecided == NULL)
        undecided = g_steal_pointer (&matched);
    }
  shy_feel_trial_end (&trial, FALSE);
  return undecided != NULL ? g_steal_pointer (&undecided) : shy_feel_value_new_boolean (FALSE);
}
