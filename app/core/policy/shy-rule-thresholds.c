/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-thresholds-private.h"

#include "policy/shy-rule-thresholds-private.h"

/* Looks for what one fact is compared with. */

static gboolean search (const ShyThresholdSearch *self,
                        const ShyRulePart *part);

static gboolean
take_threshold (const ShyThresholdSearch *self,
                ShyFeelValue             *value)
{
  gboolean included;

  switch (shy_feel_value_get_value_type (value))
    {
    case SHY_FEEL_TYPE_NULL:
      return FALSE; /* a fact that is compared with null may turn out to be none */
    case SHY_FEEL_TYPE_LIST:
      for (gsize i = 0; i < shy_feel_value_get_length (value); i++)
        if (!take_threshold (self, shy_feel_value_get_item (value, i)))
          return FALSE;
      return TRUE;
    case SHY_FEEL_TYPE_RANGE:
      {
        ShyFeelValue *start = shy_feel_value_get_start (value, &included);
        ShyFeelValue *end = shy_feel_value_get_end (value, &included);

        return (start == NULL || shy_feel_value_is_null (start) || take_threshold (self, start))
               && (end == NULL || shy_feel_value_is_null (end) || take_threshold (self, end));
      }
    default:
      g_ptr_array_add (self->thresholds, shy_feel_value_ref (value));
      return TRUE;
    }
}

/* What stands on the other side, once it is settled. */
static gboolean
take_part (const ShyThresholdSearch *self,
           const ShyRulePart        *part)
{
  g_autoptr (ShyFeelValue) value = NULL;

  if (self->thresholds == NULL)
    return TRUE;
  value = shy_feel_eval (&self->frame->eval, part->node);

  return take_threshold (self, value);
}

static gboolean
search_parts (const ShyThresholdSearch *self,
              const ShyRulePart        *part,
              guint                     first)
{
  for (guint i = first; i < part->n_parts; i++)
    if (!search (self, &part->parts[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_null_literal (const ShyRulePart *part)
{
  return part->node->kind == SHY_FEEL_NODE_LITERAL
         && (part->node->value == NULL || shy_feel_value_is_null (part->node->value));
}

/* The fact itself on one side, something settled on the other. */
static gboolean
search_comparison (const ShyThresholdSearch *self,
                   const ShyRulePart        *part)
{
  const ShyRulePart *left = &part->parts[0];
  const ShyRulePart *right = &part->parts[1];

  if (is_null_literal (left) || is_null_literal (right))
    return FALSE;

  for (guint i = 0; i < 2; i++)
    {
      const ShyRulePart *other = &part->parts[1 - i];

      if (shy_threshold_search_is_it (self, &part->parts[i])
          && shy_threshold_search_is_settled (self, other))
        return take_part (self, other);
    }

  return shy_threshold_search_days (self, part) || search_parts (self, part, 0);
}

static gboolean
take_settled (const ShyThresholdSearch *self,
              const ShyRulePart        *part)
{
  return shy_threshold_search_is_settled (self, part) && take_part (self, part);
}

/* The tests behind "in". An interval need not be in order there, so its ends are taken one by
 * one; one that is written without an end has null there. */
static gboolean
search_membership (const ShyThresholdSearch *self,
                   const ShyRulePart        *part)
{
  for (guint i = 1; i < part->n_parts; i++)
    {
      const ShyRulePart *test = &part->parts[i];
      gboolean           interval = test->node->kind == SHY_FEEL_NODE_RANGE;

      if (test->node->uses_placeholder)
        return FALSE;
      if (!interval && test->node->kind != SHY_FEEL_NODE_TEST)
        {
          if (!take_settled (self, test))
            return FALSE;
          continue;
        }
      for (guint j = 0; j < test->n_parts; j++)
        if (!take_settled (self, &test->parts[j]))
          return FALSE;
    }

  return TRUE;
}

static gboolean
search_between (const ShyThresholdSearch *self,
                const ShyRulePart        *part)
{
  return take_settled (self, &part->parts[1]) && take_settled (self, &part->parts[2]);
}

static gboolean
search_call (const ShyThresholdSearch *self,
             const ShyRulePart        *part)
{
  if (!shy_rule_part_calls (part, "list contains") || part->n_parts != 3
      || part->node->argument_names != NULL || !shy_threshold_search_is_it (self, &part->parts[2])
      || !shy_threshold_search_is_settled (self, &part->parts[1]))
    return search_parts (self, part, 1);

  return take_part (self, &part->parts[1]);
}

/* Adds what the fact is compared with in a part. FALSE if it is used in another way. */
static gboolean
search (const ShyThresholdSearch *self,
        const ShyRulePart        *part)
{
  if (!shy_threshold_search_reads (self, part))
    return TRUE;
  if (!shy_rule_part_is_open (part))
    return self->finite;

  switch ((int) part->node->kind)
    {
    case SHY_FEEL_NODE_NAME:
      return self->finite;
    case SHY_FEEL_NODE_COMPARISON:
      return search_comparison (self, part);
    case SHY_FEEL_NODE_IN:
      return self->finite
             || (shy_threshold_search_is_it (self, &part->parts[0])
                 && search_membership (self, part));
    case SHY_FEEL_NODE_BETWEEN:
      return shy_threshold_search_is_it (self, &part->parts[0]) ? search_between (self, part)
                                                                   : search_parts (self, part, 0);
    case SHY_FEEL_NODE_CALL:
      return search_call (self, part);
    default:
      return search_parts (self, part, 0);
    }
}

/* Adds to @thresholds what @rule compares the fact in @slot with, as far as that is known now. Of a
 * fact with few values any use is good, but for a comparison with null. FALSE if there is a use that
 * is no such comparison: then the thresholds are not all. Without @thresholds it is only asked
 * whether they would be all if everything else were known. */
gboolean
shy_rule_collect_thresholds (const ShyRule      *rule,
                             const ShyRuleState *state,
                             guint               slot,
                             const ShySlot      *about,
                             GPtrArray          *thresholds)
{
  for (guint i = 0; i < rule->n_names; i++)
    if (rule->map[i] == slot)
      {
        g_auto (ShyRuleFrame) frame = { 0 };
        ShyThresholdSearch    self = {
          .frame = &frame, .name = i, .type = about->type, .thresholds = thresholds,
          .finite = about->values != NULL || about->type == SHY_FIELD_BOOLEAN,
        };

        shy_rule_frame_init (&frame, rule, state);
        return search (&self, &rule->root);
      }

  return TRUE;
}

/* Whether a part is the same whatever the names stand for. */
static gboolean
is_constant (const ShyFeelNode *node)
{
  switch ((int) node->kind)
    {
    case SHY_FEEL_NODE_LITERAL:
      return TRUE;
    case SHY_FEEL_NODE_NAME:
      return node->binding == SHY_FEEL_BINDING_BUILTIN;
    case SHY_FEEL_NODE_LIST:
    case SHY_FEEL_NODE_ARITHMETIC:
    case SHY_FEEL_NODE_NEGATION:
    case SHY_FEEL_NODE_CALL:
      for (guint i = 0; i < node->n_children; i++)
        if (!is_constant (node->children[i]))
          return FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
take_constants (const ShyThresholdSearch *self,
                const ShyFeelNode        *node)
{
  g_autoptr (ShyFeelValue) value = NULL;

  if (node->kind == SHY_FEEL_NODE_NAME)
    return;
  if (!is_constant (node))
    {
      for (guint i = 0; i < node->n_children; i++)
        take_constants (self, node->children[i]);
      return;
    }
  value = shy_feel_eval (&self->frame->eval, node);
  take_threshold (self, value);
}

/* Adds the constants that stand in a rule: where a fact is not compared with them, but what is
 * computed from it, they are still worth trying. */
void
shy_rule_collect_constants (const ShyRule      *rule,
                            const ShyRuleState *state,
                            GPtrArray          *constants)
{
  g_auto (ShyRuleFrame) frame = { 0 };
  ShyThresholdSearch    self = { .frame = &frame, .thresholds = constants };

  shy_rule_frame_init (&frame, rule, state);
  take_constants (&self, rule->root.node);
}
