/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-thresholds-private.h"

/* Tries all values that missing facts could take. Criteria that share no missing fact are tried
 * apart from each other, so that the number of tries is the sum, not the product. */

#define MAX_TRIES 2048 /* completions of one group: some ten milliseconds at most */

/* Criteria that hang together by missing facts. */
typedef struct {
  ShyEvaluation *evaluation;
  GArray        *criteria; /* guint */
  ShyMask        facts;
  GArray        *slots;    /* guint: the facts that are tried */
  GPtrArray     *values;   /* of GPtrArray of ShyFeelValue: for each of @slots */
  guint8        *outcomes; /* for each try */
  ShyMask       *open;     /* for each try: what it still hangs on */
  guint          n_tries;
  gboolean       exact;
} Group;

static void
free_group (gpointer data)
{
  Group *self = data;

  g_array_unref (self->criteria);
  g_array_unref (self->slots);
  g_ptr_array_unref (self->values);
  g_free (self->outcomes);
  g_free (self->open);
  g_free (self);
}

static Group *
new_group (ShyEvaluation *evaluation)
{
  Group *self = g_new0 (Group, 1);

  self->evaluation = evaluation;
  self->criteria = g_array_new (FALSE, FALSE, sizeof (guint));
  self->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->n_tries = 1;
  self->exact = TRUE;

  return self;
}

static gboolean
is_open (const ShyFinding *finding)
{
  return (finding->may & (finding->may - 1)) != 0;
}

/* Puts a criterion into a group, together with all groups that share a missing fact with it. */
static void
join_groups (GPtrArray        *groups,
             ShyEvaluation    *evaluation,
             guint             criterion,
             const ShyFinding *finding)
{
  Group *mine = new_group (evaluation);

  g_array_append_val (mine->criteria, criterion);
  mine->facts = finding->live;
  for (guint i = groups->len; i > 0; i--)
    {
      Group *other = g_ptr_array_index (groups, i - 1);

      if (!shy_mask_meets (&other->facts, &mine->facts))
        continue;
      g_array_append_vals (mine->criteria, other->criteria->data, other->criteria->len);
      shy_mask_join (&mine->facts, &other->facts);
      g_ptr_array_remove_index (groups, i - 1);
    }
  g_ptr_array_add (groups, mine);
}

static int
by_length (gconstpointer a,
           gconstpointer b)
{
  const GPtrArray *x = *(GPtrArray **) a;
  const GPtrArray *y = *(GPtrArray **) b;

  return (int) x->len - (int) y->len;
}

/* Chooses which facts are tried: those with fewest values first, as many as the tries allow. */
static void
choose_facts (Group *self)
{
  g_autoptr (GPtrArray)  lists = g_ptr_array_new ();
  g_autoptr (GHashTable) slots = g_hash_table_new (NULL, NULL);

  for (guint slot = 0; slot < self->evaluation->compiled->n_slots; slot++)
    {
      gboolean   complete;
      GPtrArray *values;

      if (!shy_mask_has (&self->facts, slot))
        continue;
      values = shy_evaluation_list_values (self->evaluation, slot, &complete);
      if (complete)
        {
          g_ptr_array_add (lists, values);
          g_hash_table_insert (slots, values, GUINT_TO_POINTER (slot));
        }
      else
        {
          self->exact = FALSE;
          g_ptr_array_unref (values);
        }
    }

  g_ptr_array_sort (lists, by_length);
  for (guint i = 0; i < lists->len; i++)
    {
      GPtrArray *values = g_ptr_array_index (lists, i);
      guint      slot = GPOINTER_TO_UINT (g_hash_table_lookup (slots, values));

      if (self->n_tries * values->len > MAX_TRIES)
        {
          self->exact = FALSE;
          g_ptr_array_unref (values);
          continue;
        }
      self->n_tries *= values->len;
      g_array_append_val (self->slots, slot);
      g_ptr_array_add (self->values, values);
    }
}

static void
set_try (Group *self,
         guint  number)
{
  ShyMask changed = { 0 };

  for (guint i = 0; i < self->slots->len; i++)
    {
      GPtrArray *values = g_ptr_array_index (self->values, i);
      guint      slot = g_array_index (self->slots, guint, i);

      shy_evaluation_set (self->evaluation, slot,
                          shy_feel_value_ref (g_ptr_array_index (values, number % values->len)));
      shy_mask_add (&changed, slot);
      number /= values->len;
    }
  shy_evaluation_derive (self->evaluation, &changed);
}

static void
forget_tries (Group *self)
{
  ShyMask changed = { 0 };

  for (guint i = 0; i < self->slots->len; i++)
    {
      guint slot = g_array_index (self->slots, guint, i);

      shy_evaluation_set (self->evaluation, slot, NULL);
      shy_mask_add (&changed, slot);
    }
  shy_evaluation_derive (self->evaluation, &changed);
}

static void
try_all (Group  *self,
         guint8 *may)
{
  self->outcomes = g_new0 (guint8, self->n_tries);
  self->open = g_new0 (ShyMask, self->n_tries);
  for (guint i = 0; i < self->criteria->len; i++)
    may[g_array_index (self->criteria, guint, i)] = 0;

  for (guint number = 0; number < self->n_tries; number++)
    {
      self->outcomes[number] = SHY_MAY_BE_ELIGIBLE;
      set_try (self, number);
      for (guint i = 0; i < self->criteria->len; i++)
        {
          guint      criterion = g_array_index (self->criteria, guint, i);
          ShyFinding finding = { 0 };

          shy_evaluation_find (self->evaluation, criterion, &finding);
          may[criterion] |= finding.may;
          self->outcomes[number] = shy_outcomes_join (self->outcomes[number],
                                                      shy_may_to_outcomes (finding.may));
          if (is_open (&finding))
            shy_mask_join (&self->open[number], &finding.live);
          shy_finding_clear (&finding);
        }
    }
  forget_tries (self);
}

static guint8
sum_up (const Group *self)
{
  guint8 outcomes = 0;

  for (guint i = 0; i < self->n_tries; i++)
    outcomes |= self->outcomes[i];

  return outcomes;
}

/* The best that can still come of a set of outcomes. */
static guint8
lowest (guint8 outcomes)
{
  return outcomes & -outcomes;
}

static gboolean
is_single (guint8 outcomes)
{
  return (outcomes & (outcomes - 1)) == 0;
}

/* A fact is relevant if two tries that differ in it alone give different outcomes, with the best
 * that the rest can come to. Tries that stay open may differ in what they would turn out to be. */
static gboolean
is_relevant (const Group *self,
             guint        index,
             guint8       rest)
{
  guint stride = 1;
  guint length = ((GPtrArray *) g_ptr_array_index (self->values, index))->len;

  for (guint i = 0; i < index; i++)
    stride *= ((GPtrArray *) g_ptr_array_index (self->values, i))->len;

  for (guint number = 0; number < self->n_tries; number++)
    {
      guint  at = number / stride % length;
      guint8 mine = shy_outcomes_join (self->outcomes[number], rest);
      guint8 first = shy_outcomes_join (self->outcomes[number - at * stride], rest);

      if (length > 1 && (mine != first || !is_single (mine)))
        return TRUE;
    }

  return FALSE;
}

static void
find_relevant (const Group *self,
               guint8       rest,
               ShyMask     *relevant)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (is_relevant (self, i, rest))
      shy_mask_add (relevant, g_array_index (self->slots, guint, i));

  for (guint number = 0; number < self->n_tries; number++)
    {
      if (!is_single (shy_outcomes_join (self->outcomes[number], rest)))
        shy_mask_join (relevant, &self->open[number]);
    }
}

/* What the other groups, the settled criteria and the rest come to without one group. */
static guint8
sum_up_others (GPtrArray   *groups,
               const Group *except,
               guint8       settled)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);

      if (group != except)
        settled = shy_outcomes_join (settled, sum_up (group));
    }

  return settled;
}

/* Sharpens what is known of all criteria. @findings has one for each; @rest is what else bears on
 * the outcome. */
void
shy_evaluation_find_prospects (ShyEvaluation    *self,
                               const ShyFinding *findings,
                               guint8            rest,
                               ShyProspects     *prospects)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);

  prospects->may = g_new0 (guint8, self->compiled->n_criteria);
  prospects->exact = TRUE;
  for (guint i = 0; i < self->compiled->n_criteria; i++)
    {
      prospects->may[i] = findings[i].may;
      if (is_open (&findings[i]))
        join_groups (groups, self, i, &findings[i]);
      else
        rest = shy_outcomes_join (rest, shy_may_to_outcomes (findings[i].may));
    }

  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      choose_facts (group);
      try_all (group, prospects->may);
      prospects->exact &= group->exact;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);

      find_relevant (group, lowest (sum_up_others (groups, group, rest)), &prospects->relevant);
    }
  prospects->outcomes = sum_up_others (groups, NULL, rest);
}

void
shy_prospects_clear (ShyProspects *prospects)
{
  g_clear_pointer (&prospects->may, g_free);
}
