/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-rule-thresholds-private.h"

#include "feel/shy-feel-date.h"

/* A day that goes through the arithmetic of the calendar before it is compared: d + duration("P5Y"),
 * years and months duration(d, e).years, full months(d, on). As long as that only ever rises or only
 * ever falls with the day, there is one day on which a comparison turns, and bisection finds it. */

#define FIRST_DAY (-719162) /* 0001-01-01, counted from 1970-01-01 */
#define LAST_DAY  2932896   /* 9999-12-31 */

static gboolean
calls (const ShyThresholdSearch *self,
       const ShyRulePart        *part)
{
  const ShyFeelNode *function = part->node->children[0];

  if (shy_rule_part_calls (part, "years and months duration"))
    return TRUE;

  /* a function of policies is a name of the pack; of those only this one counts between days */
  return function->kind == SHY_FEEL_NODE_NAME && function->binding == SHY_FEEL_BINDING_SLOT
         && g_str_equal (function->name, "full months");
}

/* Whether a part rises or falls with the day, and never turns. */
static gboolean
is_monotone (const ShyThresholdSearch *self,
             const ShyRulePart        *part)
{
  const ShyFeelNode *node = part->node;

  if (shy_threshold_search_is_it (self, part))
    return TRUE;
  switch ((int) node->kind)
    {
    case SHY_FEEL_NODE_ARITHMETIC:
      if (node->op != SHY_FEEL_OPERATOR_ADD && node->op != SHY_FEEL_OPERATOR_SUBTRACT)
        return FALSE;
      return (is_monotone (self, &part->parts[0])
              && shy_threshold_search_is_settled (self, &part->parts[1]))
             || (shy_threshold_search_is_settled (self, &part->parts[0])
                 && is_monotone (self, &part->parts[1]));
    case SHY_FEEL_NODE_PATH:
      return (g_str_equal (node->name, "years") || g_str_equal (node->name, "year"))
             && is_monotone (self, &part->parts[0]);
    case SHY_FEEL_NODE_CALL:
      if (part->n_parts != 3 || node->argument_names != NULL || !calls (self, part))
        return FALSE;
      return (is_monotone (self, &part->parts[1])
              && shy_threshold_search_is_settled (self, &part->parts[2]))
             || (shy_threshold_search_is_settled (self, &part->parts[1])
                 && is_monotone (self, &part->parts[2]));
    default:
      return FALSE;
    }
}

/* What two sides compare to on a day: -1 if the left is less. FALSE if they do not compare. */
static gboolean
compare_on (const ShyThresholdSearch *self,
            const ShyRulePart        *part,
            gint64                    day,
            int                      *order)
{
  ShyFeelValue            *before = self->frame->values[self->name];
  g_autoptr (ShyFeelValue) value = NULL;
  g_autoptr (ShyFeelValue) left = NULL;
  g_autoptr (ShyFeelValue) right = NULL;
  ShyFeelDate              date;

  if (!shy_feel_date_init_days (&date, day))
    return FALSE;
  value = shy_feel_value_new_date (date.year, date.month, date.day);
  self->frame->values[self->name] = value;
  left = shy_feel_eval (&self->frame->eval, part->parts[0].node);
  right = shy_feel_eval (&self->frame->eval, part->parts[1].node);
  self->frame->values[self->name] = before;
  if (!shy_feel_value_compare (left, right, order))
    return FALSE;
  *order = (*order > 0) - (*order < 0);

  return TRUE;
}

/* Adds the first day on which the order is no longer what it was on the day @low. */
static gboolean
add_turn (const ShyThresholdSearch *self,
          const ShyRulePart        *part,
          gint64                    low,
          int                       order,
          gint64                   *turn)
{
  gint64      high = LAST_DAY;
  int         other;
  ShyFeelDate date;

  if (!compare_on (self, part, high, &other))
    return FALSE;
  *turn = LAST_DAY + 1;
  if (other == order)
    return TRUE;
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (!compare_on (self, part, middle, &other))
        return FALSE;
      if (other == order)
        low = middle;
      else
        high = middle;
    }
  shy_feel_date_init_days (&date, high);
  g_ptr_array_add (self->thresholds, shy_feel_value_new_date (date.year, date.month, date.day));
  *turn = high;

  return TRUE;
}

/* Adds the days on which a comparison turns, if one side of it is settled and the other rises or
 * falls with the day: from less to equal, and from equal to greater, or the other way round. */
gboolean
shy_threshold_search_days (const ShyThresholdSearch *self,
                           const ShyRulePart        *part)
{
  gint64 turn = FIRST_DAY;
  int    order;

  if (self->type != SHY_FIELD_DATE && self->type != SHY_FIELD_MONTH)
    return FALSE;
  if (!(is_monotone (self, &part->parts[0])
        && shy_threshold_search_is_settled (self, &part->parts[1]))
      && !(shy_threshold_search_is_settled (self, &part->parts[0])
           && is_monotone (self, &part->parts[1])))
    return FALSE;

  if (self->thresholds == NULL)
    return TRUE;
  for (guint i = 0; i < 2 && turn <= LAST_DAY; i++)
    if (!compare_on (self, part, turn, &order) || !add_turn (self, part, turn, order, &turn))
      return FALSE;

  return TRUE;
}
