/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-changes-private.h"

#include "policy/shy-facts-policy.h"

/* What would turn a negative outcome. Options for single facts are combined, fewest facts first,
 * and each combination that could do is decided anew; so whatever is reported is true by the same
 * evaluation that refused. */

#define MAX_TRIES   2000 /* decisions of one search: a tenth of a second or so */
#define MAX_STEPS   100000000 /* what they may take together */
#define MAX_CHANGES 5
#define MAX_FAILURES 5   /* changes that break something else and are carried further */
#define MAX_FACTS   3    /* facts that one change touches at most */

G_DEFINE_BOXED_TYPE (ShyChange, shy_change, shy_change_copy, shy_change_free)

void
shy_change_step_free (gpointer data)
{
  ShyChangeStep *step = data;

  g_free (step->name);
  g_free (step->from);
  g_free (step->to);
  g_free (step->message);
  g_free (step);
}

static gpointer
copy_step (gconstpointer source,
           gpointer      user_data)
{
  const ShyChangeStep *step = source;
  ShyChangeStep       *copy = g_new0 (ShyChangeStep, 1);

  copy->name = g_strdup (step->name);
  copy->from = g_strdup (step->from);
  copy->to = g_strdup (step->to);
  copy->by_waiting = step->by_waiting;
  copy->message = g_strdup (step->message);

  return copy;
}

/**
 * shy_change_copy:
 * @self: a change
 *
 * Returns: (transfer full): a copy
 */
ShyChange *
shy_change_copy (const ShyChange *self)
{
  ShyChange *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ShyChange, 1);
  copy->steps = g_ptr_array_copy (self->steps, copy_step, NULL);
  copy->on = self->on;
  copy->outcome = self->outcome;
  copy->message = g_strdup (self->message);

  return copy;
}

/**
 * shy_change_free:
 * @self: (nullable): a change
 *
 * Frees @self with its steps.
 */
void
shy_change_free (ShyChange *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->steps);
  g_free (self->message);
  g_free (self);
}

gboolean
shy_search_is_over (ShySearch *self)
{
  return self->tries == 0 || g_cancellable_is_cancelled (self->cancellable);
}

/* Decides with other facts. FALSE if it cannot, or if it stays negative. */
gboolean
shy_search_try (ShySearch        *self,
                ShyFacts         *facts,
                ShyPolicyOutcome *outcome)
{
  g_auto (ShyDecision) decision = { 0 };

  if (shy_search_is_over (self))
    return FALSE;
  self->tries--;
  shy_facts_set_work_budget (facts, self->budget);
  /* Nobody reads what most tries would say. */
  if (!shy_decision_evaluate (&decision, self->verdict->asked, facts, NULL))
    return FALSE;
  *outcome = decision.verdict->outcome;

  return *outcome != SHY_POLICY_NOT_ELIGIBLE;
}

/* The facts with what the options change; what grows by itself needs waiting, which moves @day.
 * NULL if it cannot come to that. */
static ShyFacts *
apply (ShySearch         *self,
       ShyOption * const *options,
       guint              n_options,
       GDate             *day)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  g_autoptr (ShyFacts)     facts = NULL;

  *day = self->decision.on;
  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      {
        const ShyPolicyField *field;

        field = g_ptr_array_index (compiled->policy->fields, options[i]->slots[j]);
        if (field->grows && !shy_search_find_day (self, field, options[i]->texts[j], day))
          return NULL;
      }

  facts = shy_search_wait (self, day);
  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      {
        const ShySlot        *slot = &compiled->slots[options[i]->slots[j]];
        const ShyPolicyField *field;

        field = g_ptr_array_index (compiled->policy->fields, options[i]->slots[j]);
        if (!field->grows)
          shy_facts_set (facts, slot->name, shy_policy_type_get_kind (slot->type),
                         options[i]->texts[j], SHY_FACT_ORIGIN_TYPED, NULL, NULL);
      }

  return g_steal_pointer (&facts);
}

static void
add_step (ShySearch         *self,
          ShyOption * const *options,
          guint              n_options,
          guint              slot,
          ShyChange         *change)
{
  const ShyPolicyField *field = g_ptr_array_index (self->decision.policy->fields, slot);

  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      if (options[i]->slots[j] == slot)
        shy_change_add_step (change, field, shy_facts_get_text (self->verdict->facts, field->name),
                             options[i]->texts[j], field->grows);
}

/* Steps stand in the order of the pack. */
static void
report (ShySearch         *self,
        ShyOption * const *options,
        guint              n_options,
        const GDate       *day,
        ShyPolicyOutcome   outcome)
{
  ShyChange *change = g_new0 (ShyChange, 1);

  change->steps = g_ptr_array_new_with_free_func (shy_change_step_free);
  change->on = *day;
  change->outcome = outcome;
  for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
    add_step (self, options, n_options, slot, change);
  shy_change_say (change, g_date_compare (day, &self->decision.on) > 0);
  g_ptr_array_add (self->found, change);
}

/* Whether the same facts were reported already, with nearer values. */
static gboolean
is_reported (ShySearch         *self,
             ShyOption * const *options,
             guint              n_options)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  guint                    n_facts = 0;

  for (guint i = 0; i < n_options; i++)
    n_facts += options[i]->n_facts;
  for (guint k = 0; k < self->found->len; k++)
    {
      const ShyChange *change = g_ptr_array_index (self->found, k);
      guint            same = 0;

      for (guint i = 0; i < n_options; i++)
        for (guint j = 0; j < options[i]->n_facts; j++)
          for (guint s = 0; s < change->steps->len; s++)
            {
              const ShyChangeStep *step = g_ptr_array_index (change->steps, s);

              same += g_str_equal (step->name, compiled->slots[options[i]->slots[j]].name);
            }
      if (change->steps->len == n_facts && same == n_facts)
        return TRUE;
    }

  return FALSE;
}

static gboolean
share_a_fact (const ShyOption *a,
              const ShyOption *b)
{
  for (guint i = 0; i < a->n_facts; i++)
    for (guint j = 0; j < b->n_facts; j++)
      if (a->slots[i] == b->slots[j])
        return TRUE;

  return FALSE;
}

/* Adds options until all failed criteria are helped by @n_facts facts, and decides those. */
static void
combine (ShySearch  *self,
         ShyOption **chosen,
         guint       n_chosen,
         guint       first,
         guint       n_facts,
         guint64     open)
{
  if (n_facts == 0)
    {
      g_autoptr (ShyFacts) facts = NULL;
      ShyPolicyOutcome     outcome;
      GDate                day;

      if (open != 0 || n_chosen == 0 || is_reported (self, chosen, n_chosen))
        return;
      facts = apply (self, chosen, n_chosen, &day);
      if (facts == NULL)
        return;
      if (shy_search_try (self, facts, &outcome))
        report (self, chosen, n_chosen, &day, outcome);
      else if (self->failures->len < MAX_FAILURES && g_date_compare (&day, &self->decision.on) == 0)
        g_ptr_array_add (self->failures, g_steal_pointer (&facts));
      return;
    }

  /* Each option touches a fact at least, so that there is room; the compiler cannot know that. */
  for (guint i = first; i < self->options->len && n_chosen < MAX_FACTS; i++)
    {
      ShyOption *option = g_ptr_array_index (self->options, i);
      gboolean   taken = FALSE;

      if (shy_search_is_over (self) || self->found->len >= MAX_CHANGES)
        return;
      for (guint j = 0; j < n_chosen; j++)
        taken |= share_a_fact (option, chosen[j]);
      if (taken || option->n_facts > n_facts || (option->helps & open) == 0)
        continue;
      chosen[n_chosen] = option;
      combine (self, chosen, n_chosen + 1, i + 1, n_facts - option->n_facts,
               open & ~option->helps);
    }
}

static int
by_distance (gconstpointer a,
             gconstpointer b)
{
  const ShyOption *x = *(ShyOption **) a;
  const ShyOption *y = *(ShyOption **) b;

  return (x->distance > y->distance) - (x->distance < y->distance);
}

static void
search_facts (ShySearch *self)
{
  ShyOption *chosen[MAX_FACTS];
  guint64    open = self->failed->len == 64 ? G_MAXUINT64
                                            : (G_GUINT64_CONSTANT (1) << self->failed->len) - 1;

  guint      before = self->found->len;

  if (self->failed->len == 0)
    return;
  shy_search_options (self);
  g_ptr_array_sort (self->options, by_distance);
  for (guint n_facts = 1; n_facts <= MAX_FACTS && self->found->len == before; n_facts++)
    combine (self, chosen, 0, 0, n_facts, open);
}

static void search_open  (ShySearch        *self,
                          ShyVerdict       *verdict);
static void search_clear (ShySearch        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShySearch, search_clear)

/* Whether a change of the same facts, to nearer values, was found before. */
static gboolean
has_same_facts (GPtrArray       *found,
                const ShyChange *change)
{
  for (guint i = 0; i < found->len; i++)
    {
      const ShyChange *other = g_ptr_array_index (found, i);
      gboolean         same = other->steps->len == change->steps->len;

      for (guint j = 0; same && j < change->steps->len; j++)
        same = g_str_equal (((ShyChangeStep *) g_ptr_array_index (change->steps, j))->name,
                            ((ShyChangeStep *) g_ptr_array_index (other->steps, j))->name);
      if (same)
        return TRUE;
    }

  return FALSE;
}

/* Reports a change of a change: what @facts have otherwise than the verdict, and then @more. */
static void
report_both (ShySearch       *self,
             const ShyFacts  *facts,
             const ShyChange *more)
{
  ShyChange *change = g_new0 (ShyChange, 1);

  change->steps = g_ptr_array_new_with_free_func (shy_change_step_free);
  change->on = self->decision.on;
  change->outcome = more->outcome;
  for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
    {
      const ShyPolicyField *field = g_ptr_array_index (self->decision.policy->fields, slot);
      const char           *from = shy_facts_get_text (self->verdict->facts, field->name);
      const char           *to = shy_facts_get_text (facts, field->name);

      for (guint i = 0; i < more->steps->len; i++)
        {
          const ShyChangeStep *step = g_ptr_array_index (more->steps, i);

          if (g_str_equal (step->name, field->name))
            to = step->to;
        }
      if (g_strcmp0 (from, to) != 0)
        shy_change_add_step (change, field, from, to, FALSE);
    }
  shy_change_say (change, FALSE);
  if (has_same_facts (self->found, change))
    shy_change_free (change);
  else
    g_ptr_array_add (self->found, change);
}

/* Goes on from changes that mended what failed and broke something else: looks for one more change
 * that mends that, and leaves the first alone. */
static void
search_further (ShySearch *self)
{
  for (guint i = 0; i < self->failures->len && !shy_search_is_over (self); i++)
    {
      const ShyFacts        *facts = g_ptr_array_index (self->failures, i);
      g_autoptr (ShyVerdict) verdict = shy_policy_decide (self->verdict->asked, facts, NULL);
      g_auto (ShySearch)     further = {
        .verdict = verdict, .tries = self->tries, .cancellable = self->cancellable,
        .fixed = self->fixed, .budget = self->budget,
      };

      if (verdict == NULL)
        continue;
      for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
        {
          const ShyPolicyField *field = g_ptr_array_index (self->decision.policy->fields, slot);

          if (g_strcmp0 (shy_facts_get_text (facts, field->name),
                         shy_facts_get_text (self->verdict->facts, field->name)) != 0)
            shy_mask_add (&further.fixed, slot);
        }
      search_open (&further, verdict);
      search_facts (&further);
      self->tries = further.tries;
      for (guint j = 0; j < further.found->len && self->found->len < MAX_CHANGES; j++)
        report_both (self, facts, g_ptr_array_index (further.found, j));
    }
}

static void
list_failed (ShySearch *self)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;

  for (guint i = 0; i < compiled->n_criteria && self->failed->len < 64; i++)
    {
      const ShyVerdictCriterion *spoken;

      spoken = shy_verdict_find_criterion (self->verdict, compiled->criteria[i].criterion->id);
      if (spoken->result == SHY_POLICY_RESULT_FALSE)
        g_array_append_val (self->failed, i);
    }
}

static int
by_merit (gconstpointer a,
          gconstpointer b)
{
  const ShyChange *x = *(ShyChange **) a;
  const ShyChange *y = *(ShyChange **) b;

  if ((x->outcome == SHY_POLICY_ELIGIBLE) != (y->outcome == SHY_POLICY_ELIGIBLE))
    return x->outcome == SHY_POLICY_ELIGIBLE ? -1 : 1;

  return (int) x->steps->len - (int) y->steps->len;
}

static void
search_clear (ShySearch *self)
{
  if (self->failed == NULL)
    return;
  shy_decision_clear (&self->decision);
  g_array_unref (self->failed);
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->failures);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

static void
search_open (ShySearch  *self,
             ShyVerdict *verdict)
{
  self->failed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->options = g_ptr_array_new_with_free_func (shy_option_free);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_change_free);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  if (verdict->outcome == SHY_POLICY_NOT_ELIGIBLE
      && shy_decision_open (&self->decision, verdict->asked, verdict->facts, NULL))
    list_failed (self);
}

/**
 * shy_verdict_find_changes:
 * @self: a verdict
 * @cancellable: (nullable): to stop early
 *
 * Finds what would turn a negative outcome: the fewest facts with the nearest values, and the first
 * day on which it would turn by waiting. Found by trying the values that the policy itself compares
 * facts with, and by deciding again; nothing is offered that a person cannot change (what a field
 * calls unchangeable, identity, days that have passed). The search is bounded in decisions, so none
 * found does not prove that there is none.
 *
 * May take a tenth of a second; call it on a worker thread for many verdicts.
 *
 * Returns: (transfer full) (element-type ShyChange): the changes, best first; empty if the outcome
 *   is not negative or none was found
 */
GPtrArray *
shy_verdict_find_changes (ShyVerdict   *self,
                          GCancellable *cancellable)
{
  g_autoptr (ShyWorkBudget) budget = shy_work_budget_new (MAX_STEPS);
  g_auto (ShySearch)        search = {
    .verdict = self, .tries = MAX_TRIES, .cancellable = cancellable, .budget = budget,
  };

  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  search_open (&search, self);
  if (search.decision.evaluation != NULL)
    {
      shy_search_later (&search);
      search_facts (&search);
      if (search.found->len == 0)
        search_further (&search);
      g_ptr_array_sort (search.found, by_merit);
    }

  return g_steal_pointer (&search.found);
}
