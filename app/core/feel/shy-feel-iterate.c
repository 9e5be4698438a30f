/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include <glib/gi18n-lib.h>

/* A loop over the product of its domains, the last one turning fastest. */
typedef struct
{
  ShyFeelEval       *eval;
  const ShyFeelNode *node;
  GPtrArray         *results; /* (owned) of FOR, each (owned) */
  ShyFeelValue      *verdict; /* (owned) (nullable) of SOME and EVERY: what is known so far */
  ShyFeelValue      *failure; /* (owned) (nullable): why it ended early */
  ShyFeelTrial       trial;   /* of SOME and EVERY */
  gboolean           decided; /* one answer decides for all */
} Loop;

static gboolean iterate (Loop *self,
                         guint iterator,
                         guint child);

/* Returns FALSE, which ends the loop. Takes the reason. */
static gboolean
fail (Loop         *self,
      ShyFeelValue *reason)
{
  if (self->failure == NULL)
    self->failure = reason;
  else
    shy_feel_value_unref (reason);
  return FALSE;
}

/* Brings "partial" up to the results so far. The list grows in place as long as the loop alone
 * holds it, for copying it each time would take time with the square of their number. */
static gboolean
update_partial (Loop *self)
{
  guint         slot = self->node->partial_slot;
  guint         n_results = self->results->len;
  ShyFeelValue *partial = self->eval->locals[slot];

  if (n_results == 0 || !shy_feel_list_append (partial, self->results->pdata[n_results - 1]))
    {
      partial = shy_feel_value_new_growing_list ((ShyFeelValue **) self->results->pdata,
                                                 n_results);
      shy_feel_eval_set_local (self->eval, slot, partial);
      return shy_feel_run_spend (self->eval->run, n_results);
    }
  return TRUE;
}

static gboolean
add_result (Loop *self)
{
  const ShyFeelNode *node = self->node;

  if (self->results->len >= SHY_FEEL_ITEMS_MAX)
    return fail (self, shy_feel_value_new_error (_("A list may have %d items at most."),
                                                 SHY_FEEL_ITEMS_MAX));
  if (node->uses_partial && !update_partial (self))
    return fail (self, shy_feel_run_exhausted (self->eval->run));
  g_ptr_array_add (self->results,
                   shy_feel_eval (self->eval, node->children[node->n_children - 1]));
  return TRUE;
}

/* One more answer; FALSE if it decides the whole. */
static gboolean
add_answer (Loop *self)
{
  const ShyFeelNode       *node = self->node;
  ShyFeelTruth             deciding =
    node->kind == SHY_FEEL_NODE_SOME ? SHY_FEEL_TRUE : SHY_FEEL_FALSE;
  g_autoptr (ShyFeelValue) answer = NULL;
  ShyFeelTruth             truth;
  gboolean                 failed;

  /* What failed in the domains counts, whatever one of the items says. */
  if (self->eval->run->failure != NULL)
    return fail (self, shy_feel_value_ref (self->eval->run->failure));
  answer = shy_feel_eval (self->eval, node->children[node->n_children - 1]);
  truth = shy_feel_value_get_truth (answer);
  if (truth == SHY_FEEL_UNDECIDED)
    shy_feel_run_is_met (self->eval->run, answer);
  failed = shy_feel_trial_failed (&self->trial);

  if (truth == deciding && !failed)
    {
      self->decided = TRUE;
      return fail (self, g_steal_pointer (&answer));
    }
  if (truth == SHY_FEEL_UNDECIDED && self->verdict == NULL)
    self->verdict = shy_feel_value_is_null (answer)
                      ? g_steal_pointer (&answer)
                      : shy_feel_value_new_error (_("What “satisfies” asks must be a boolean, "
                                                    "and not a %s."),
                                                  shy_feel_type_get_label (answer->type));
  return TRUE;
}

/* Takes the item. */
static gboolean
visit (Loop         *self,
       guint         iterator,
       guint         next_child,
       ShyFeelValue *item)
{
  shy_feel_eval_set_local (self->eval, self->node->iterators[iterator].slot, item);
  if (iterator + 1 < self->node->n_iterators)
    return iterate (self, iterator + 1, next_child);
  if (!shy_feel_run_spend (self->eval->run, 1))
    return fail (self, shy_feel_run_exhausted (self->eval->run));
  return self->results != NULL ? add_result (self) : add_answer (self);
}

static gboolean
visit_integers (Loop  *self,
                guint  iterator,
                guint  next_child,
                gint64 first,
                gint64 last)
{
  gint64 step = first <= last ? 1 : -1;

  for (gint64 i = first;; i += step)
    {
      if (!visit (self, iterator, next_child, shy_feel_value_new_integer (i)))
        return FALSE;
      if (i == last)
        return TRUE;
    }
}

static gboolean
visit_days (Loop  *self,
            guint  iterator,
            guint  next_child,
            gint64 first,
            gint64 last)
{
  gint64 step = first <= last ? 1 : -1;

  for (gint64 i = first;; i += step)
    {
      ShyFeelDate date;

      if (!shy_feel_date_init_days (&date, i))
        return TRUE;
      if (!visit (self, iterator, next_child, shy_feel_value_new_from_date (&date)))
        return FALSE;
      if (i == last)
        return TRUE;
    }
}

/* first..last, of whole numbers or of days. */
static gboolean
visit_span (Loop         *self,
            guint         iterator,
            guint         next_child,
            ShyFeelValue *first,
            ShyFeelValue *last)
{
  gint64 from, to;

  if (shy_feel_value_get_integer (first, &from) && shy_feel_value_get_integer (last, &to))
    return visit_integers (self, iterator, next_child, from, to);
  if (first->type == SHY_FEEL_TYPE_DATE && last->type == SHY_FEEL_TYPE_DATE)
    return visit_days (self, iterator, next_child, shy_feel_date_get_days (&first->date),
                       shy_feel_date_get_days (&last->date));
  if (shy_feel_value_get_error (first) != NULL)
    return fail (self, shy_feel_value_ref (first));
  if (shy_feel_value_get_error (last) != NULL)
    return fail (self, shy_feel_value_ref (last));
  return fail (self, shy_feel_value_new_error (_("A loop runs from one whole number or date to "
                                                 "another.")));
}

/* A range as domain: what lies in it, upwards. */
static gboolean
visit_range (Loop         *self,
             guint         iterator,
             guint         next_child,
             ShyFeelValue *range)
{
  ShyFeelValue *start = range->range.start;
  ShyFeelValue *end = range->range.end;
  gint64        from, to;
  gboolean      days = FALSE;

  if (start == NULL || end == NULL)
    return fail (self, shy_feel_value_new_error (_("A loop cannot run over a range without "
                                                   "end.")));
  if (start->type == SHY_FEEL_TYPE_DATE && end->type == SHY_FEEL_TYPE_DATE)
    {
      days = TRUE;
      from = shy_feel_date_get_days (&start->date);
      to = shy_feel_date_get_days (&end->date);
    }
  else if (!shy_feel_value_get_integer (start, &from) || !shy_feel_value_get_integer (end, &to))
    return visit_span (self, iterator, next_child, start, end);

  if (!range->range.start_included && from < G_MAXINT64)
    from++;
  if (!range->range.end_included && to > G_MININT64)
    to--;
  if (from > to)
    return TRUE;
  return days ? visit_days (self, iterator, next_child, from, to)
              : visit_integers (self, iterator, next_child, from, to);
}

static gboolean
visit_domain (Loop         *self,
              guint         iterator,
              guint         next_child,
              ShyFeelValue *domain)
{
  switch (domain->type)
    {
    case SHY_FEEL_TYPE_LIST:
      for (gsize i = 0; i < domain->list.n_items; i++)
        if (!visit (self, iterator, next_child, shy_feel_value_ref (domain->list.items[i])))
          return FALSE;
      return TRUE;
    case SHY_FEEL_TYPE_RANGE:
      return visit_range (self, iterator, next_child, domain);
    case SHY_FEEL_TYPE_NULL:
      if (shy_feel_value_get_error (domain) != NULL)
        return fail (self, shy_feel_value_ref (domain));
      return fail (self, shy_feel_value_new_error (_("There is no list to go through: it is "
                                                     "null.")));
    case SHY_FEEL_TYPE_NUMBER:
    case SHY_FEEL_TYPE_STRING:
    case SHY_FEEL_TYPE_BOOLEAN:
    case SHY_FEEL_TYPE_DATE:
    case SHY_FEEL_TYPE_TIME:
    case SHY_FEEL_TYPE_DATE_TIME:
    case SHY_FEEL_TYPE_DAYS_DURATION:
    case SHY_FEEL_TYPE_MONTHS_DURATION:
    case SHY_FEEL_TYPE_CONTEXT:
    case SHY_FEEL_TYPE_FUNCTION:
    default:
      return visit (self, iterator, next_child, shy_feel_value_ref (domain));
    }
}

static gboolean
iterate (Loop *self,
         guint iterator,
         guint child)
{
  const ShyFeelNode       *node = self->node;
  g_autoptr (ShyFeelValue) first = shy_feel_eval (self->eval, node->children[child]);
  g_autoptr (ShyFeelValue) last = NULL;

  if (!node->iterators[iterator].is_range)
    return visit_domain (self, iterator, child + 1, first);

  last = shy_feel_eval (self->eval, node->children[child + 1]);
  return visit_span (self, iterator, child + 2, first, last);
}

ShyFeelValue *
shy_feel_eval_for (ShyFeelEval       *self,
                   const ShyFeelNode *node)
{
  Loop loop = { .eval = self, .node = node };

  loop.results = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  iterate (&loop, 0, 0);
  if (loop.failure == NULL)
    return shy_feel_value_new_list_steal (loop.results);
  g_ptr_array_unref (loop.results);
  return loop.failure;
}

ShyFeelValue *
shy_feel_eval_quantified (ShyFeelEval       *self,
                          const ShyFeelNode *node)
{
  Loop loop = { .eval = self, .node = node };

  shy_feel_trial_begin (&loop.trial, self->run);
  iterate (&loop, 0, 0);
  shy_feel_trial_end (&loop.trial, loop.decided);
  if (loop.failure != NULL)
    {
      g_clear_pointer (&loop.verdict, shy_feel_value_unref);
      return loop.failure;
    }
  return loop.verdict != NULL ? loop.verdict
                              : shy_feel_value_new_boolean (node->kind == SHY_FEEL_NODE_EVERY);
}

/* The item at a position from 1, or from -1 at the end. */
static ShyFeelValue *
select_item (ShyFeelValue *list,
             ShyFeelValue *position)
{
  gint64 n_items = (gint64) list->list.n_items;
  gint64 index;

  if (!shy_feel_value_get_integer (position, &index))
    return shy_feel_value_new_error (_("A position in a list is a whole number."));
  if (index < 0 && index >= -n_items)
    index += n_items + 1;
  if (index < 1 || index > n_items)
    return shy_feel_value_new_absent (_("The list has no item at this position."));
  return shy_feel_value_ref (list->list.items[index - 1]);
}

/* Those items for which the predicate is true; or, if it is a number, the item there. */
static ShyFeelValue *
filter_list (ShyFeelEval       *self,
             const ShyFeelNode *node,
             ShyFeelValue      *list)
{
  g_autoptr (GPtrArray) chosen =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);

  for (gsize i = 0; i < list->list.n_items; i++)
    {
      ShyFeelValue            *item = list->list.items[i];
      g_autoptr (ShyFeelValue) answer = NULL;

      shy_feel_eval_set_local (self, node->slot, shy_feel_value_ref (item));
      answer = shy_feel_eval (self, node->children[1]);
      if (i == 0 && answer->type == SHY_FEEL_TYPE_NUMBER)
        return select_item (list, answer);
      if (self->run->steps < 0)
        return shy_feel_run_exhausted (self->run);
      if (shy_feel_run_is_met (self->run, answer))
        g_ptr_array_add (chosen, shy_feel_value_ref (item));
      else if (answer->type != SHY_FEEL_TYPE_BOOLEAN && answer->type != SHY_FEEL_TYPE_NULL)
        return shy_feel_value_new_error (_("A list is filtered by a boolean or a position, and "
                                           "not by a %s."),
                                         shy_feel_type_get_label (answer->type));
    }
  return shy_feel_value_new_list_steal (g_steal_pointer (&chosen));
}

/* An empty list has no item to try the predicate with: only a number asks for a position. */
static ShyFeelValue *
filter_nothing (ShyFeelEval       *self,
                const ShyFeelNode *node,
                ShyFeelValue      *list)
{
  g_autoptr (ShyFeelValue) answer = NULL;
  ShyFeelTrial             trial;

  shy_feel_trial_begin (&trial, self->run);
  shy_feel_eval_set_local (self, node->slot, shy_feel_value_new_null ());
  answer = shy_feel_eval (self, node->children[1]);
  /* What fails without an item fails for no item. */
  shy_feel_trial_end (&trial, TRUE);
  return answer->type == SHY_FEEL_TYPE_NUMBER ? select_item (list, answer)
                                              : shy_feel_value_ref (list);
}

/* DMN 1.5 table 68; a single value is filtered as a list of one. */
ShyFeelValue *
shy_feel_eval_filter (ShyFeelEval       *self,
                      const ShyFeelNode *node)
{
  g_autoptr (ShyFeelValue) operand = shy_feel_eval (self, node->children[0]);
  g_autoptr (ShyFeelValue) list = NULL;

  if (shy_feel_value_is_null (operand))
    return g_steal_pointer (&operand);
  list = operand->type == SHY_FEEL_TYPE_LIST ? shy_feel_value_ref (operand)
                                             : shy_feel_value_new_list (&operand, 1);
  if (list->type != SHY_FEEL_TYPE_LIST)
    return g_steal_pointer (&list);
  return list->list.n_items == 0 ? filter_nothing (self, node, list)
                                 : filter_list (self, node, list);
}
