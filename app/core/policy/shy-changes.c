/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-change-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-decide-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-options-private.h"
#include "policy/shy-thresholds-private.h"

/* What would turn a negative outcome. Options for single facts are combined, fewest facts first,
 * and each combination that could do is decided anew; so whatever is reported is true by the same
 * evaluation that refused. */

#define MAX_TRIES    2000      /* decisions of one search: a tenth of a second or so */
#define MAX_STEPS    100000000 /* what they may take together */
#define MAX_CHANGES  5
#define MAX_FAILURES 5         /* changes that break something else and are carried further */
#define MAX_FACTS    3         /* facts that one change touches at most */
#define MAX_MONTHS   60        /* looked ahead: five years */

/* A search for what would change a verdict. */
typedef struct {
  ShyVerdict   *verdict;
  ShyDecision   decision;
  GArray       *failed;   /* of guint: criteria that do not hold, 64 at most */
  GPtrArray    *options;  /* of ShyOption */
  GPtrArray    *found;    /* of ShyChange */
  GPtrArray    *failures; /* of ShyFacts: changes that mended what failed, and broke something else */
  ShyMask       fixed;    /* facts that are not to be changed (again) */
  guint         tries;    /* decisions that may still be made */
  ShyWorkBudget *budget;  /* not owned: steps of all of them */
  GCancellable *cancellable;
} Search;

static void
list_failed (Search *self)
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

static void
search_open (Search     *self,
             ShyVerdict *verdict)
{
  self->failed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_change_free);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  if (verdict->outcome == SHY_POLICY_NOT_ELIGIBLE
      && shy_decision_open (&self->decision, verdict->asked, verdict->facts, NULL))
    list_failed (self);
}

static void
search_clear (Search *self)
{
  if (self->failed == NULL)
    return;
  shy_decision_clear (&self->decision);
  g_array_unref (self->failed);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_ptr_array_unref (self->failures);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
is_over (Search *self)
{
  return self->tries == 0 || g_cancellable_is_cancelled (self->cancellable);
}

/* Decides with other facts. FALSE if it cannot, or if it stays negative. */
static gboolean
try_facts (Search           *self,
           ShyFacts         *facts,
           ShyPolicyOutcome *outcome)
{
  g_auto (ShyDecision) decision = { 0 };

  if (is_over (self))
    return FALSE;
  self->tries--;
  shy_facts_set_work_budget (facts, self->budget);
  /* Nobody reads what most tries would say. */
  if (!shy_decision_evaluate (&decision, self->verdict->asked, facts, NULL))
    return FALSE;
  *outcome = decision.verdict->outcome;

  return *outcome != SHY_POLICY_NOT_ELIGIBLE;
}

/* The first day on which the outcome turns if one only waits: the day of the decision moves on, and
 * facts that grow with the months grow with it. */

static gint64
month_number (const GDate *date)
{
  return g_date_get_year (date) * 12 + (gint64) g_date_get_month (date);
}

/* A count of months that goes on counting. */
static void
grow (ShyFacts       *facts,
      const ShyField *field,
      gint64          months)
{
  const char              *text = shy_facts_get_text (facts, field->name);
  g_autoptr (ShyFeelValue) value = NULL;
  g_autofree char         *grown = NULL;
  ShyFeelNumber            sum;

  if (text == NULL || !field->grows || months == 0)
    return;
  value = shy_feel_value_new_number (text, NULL);
  if (value == NULL
      || !shy_feel_number_add (value->number, shy_feel_number_from_int64 (months), &sum))
    return;
  grown = shy_feel_number_to_string (sum);
  shy_facts_set (facts, field->name, SHY_FIELD_NUMBER, grown, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
}

/* The facts as they would be on a later day; with the field @except, if any, grown by @growth months
 * only. */
static ShyFacts *
wait_until (Search         *self,
            const GDate    *day,
            const ShyField *except,
            gint64          growth)
{
  ShyFacts  *facts = shy_facts_copy (self->verdict->facts);
  GPtrArray *fields = self->decision.policy->fields;
  gint64     months = month_number (day) - month_number (&self->decision.on);

  for (guint i = 0; i < fields->len; i++)
    grow (facts, g_ptr_array_index (fields, i),
          g_ptr_array_index (fields, i) == except ? growth : months);
  shy_facts_set_on (facts, day);

  return facts;
}

/* The first day on which a count that grows with the months would have a value; never earlier than
 * @day, which it moves. FALSE if it cannot come to that by waiting. */
static gboolean
find_day (Search         *self,
          const ShyField *field,
          const char     *to,
          GDate          *day)
{
  const char   *from = shy_facts_get_text (self->verdict->facts, field->name);
  ShyFeelNumber x, y, difference, months;
  gint64        n;
  GDate         first = self->decision.on;

  if (from == NULL || !shy_feel_number_parse (from, -1, &x) || !shy_feel_number_parse (to, -1, &y)
      || !shy_feel_number_subtract (y, x, &difference)
      || !shy_feel_number_round (difference, 0, SHY_FEEL_ROUND_CEILING, &months)
      || !shy_feel_number_to_int64 (months, &n) || n < 1 || n > MAX_MONTHS)
    return FALSE;
  g_date_set_day (&first, 1);
  g_date_add_months (&first, (guint) n);
  if (g_date_compare (&first, day) > 0)
    *day = first;

  return TRUE;
}

static gboolean
turns_on (Search           *self,
          const GDate      *day,
          ShyPolicyOutcome *outcome)
{
  g_autoptr (ShyFacts) facts = wait_until (self, day, NULL, 0);

  return try_facts (self, facts, outcome);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return g_date_compare (a, b);
}

static void
add_day (GArray      *days,
         const GDate *day,
         const GDate *after)
{
  if (g_date_compare (day, after) > 0)
    g_array_append_vals (days, day, 1);
}

/* The days to look at: the first of each month, on which counts grow and years begin, and those
 * that the policy compares the day of the decision with. */
static GArray *
list_days (Search *self)
{
  GArray                  *days = g_array_new (FALSE, FALSE, sizeof (GDate));
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  const GDate             *on = &self->decision.on;
  gboolean                 complete;
  g_autoptr (GPtrArray)    thresholds = NULL;
  GDate                    day = *on;

  g_date_set_day (&day, 1);
  for (guint i = 0; i < MAX_MONTHS; i++)
    {
      g_date_add_months (&day, 1);
      add_day (days, &day, on);
    }

  thresholds = shy_evaluation_list_values (self->decision.evaluation,
                                           compiled->first_builtin + SHY_BUILTIN_ON, &complete);
  for (guint i = 0; i < thresholds->len; i++)
    {
      int year, month, number;

      if (shy_feel_value_get_date (g_ptr_array_index (thresholds, i), &year, &month, &number)
          && g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
        {
          g_date_set_dmy (&day, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
          add_day (days, &day, on);
        }
    }
  g_array_sort (days, compare_days);

  return days;
}

/* From a day that turns it and an earlier one that does not, to the first that does. */
static void
narrow_days (Search      *self,
             const GDate *before,
             GDate       *day)
{
  GDate            low = *before;
  ShyPolicyOutcome outcome;

  while (g_date_days_between (&low, day) > 1)
    {
      GDate middle = low;

      g_date_add_days (&middle, (guint) g_date_days_between (&low, day) / 2);
      if (turns_on (self, &middle, &outcome))
        *day = middle;
      else
        low = middle;
    }
}

/* By how many months a count must grow at least for the outcome to turn on a day; 0 if it need
 * not. */
static gint64
find_growth (Search         *self,
             const ShyField *field,
             const GDate    *day)
{
  gint64 months = month_number (day) - month_number (&self->decision.on);

  for (gint64 growth = 0; growth < months; growth++)
    {
      g_autoptr (ShyFacts) less = wait_until (self, day, field, growth);
      ShyPolicyOutcome     outcome;

      if (try_facts (self, less, &outcome))
        return growth;
    }

  return months;
}

/* Says which counts the wait is for. */
static void
add_growth (Search      *self,
            ShyChange   *change,
            const GDate *day)
{
  GPtrArray *fields = self->decision.policy->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField      *field = g_ptr_array_index (fields, i);
      const char          *from = shy_facts_get_text (self->verdict->facts, field->name);
      g_autoptr (ShyFacts) enough = NULL;
      gint64               growth;

      if (from == NULL || !field->grows)
        continue;
      growth = find_growth (self, field, day);
      enough = wait_until (self, day, field, growth);
      if (growth > 0)
        shy_change_add_step (change, field, from, shy_facts_get_text (enough, field->name), TRUE);
    }
}

/* Looks for the first day on which waiting alone turns the outcome. */
static void
search_later (Search *self)
{
  g_autoptr (GArray) days = list_days (self);
  GDate              before = self->decision.on;

  for (guint i = 0; i < days->len; i++)
    {
      GDate            day = g_array_index (days, GDate, i);
      ShyPolicyOutcome outcome;
      ShyChange       *change;

      if (!turns_on (self, &day, &outcome))
        {
          before = day;
          continue;
        }
      narrow_days (self, &before, &day);
      change = shy_change_new (&day, outcome);
      add_growth (self, change, &day);
      shy_change_say (change, TRUE);
      g_ptr_array_add (self->found, change);
      return;
    }
}

/* The facts with what the options change; what grows by itself needs waiting, which moves @day.
 * NULL if it cannot come to that. */
static ShyFacts *
apply (Search            *self,
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
        const ShyField *field;

        field = g_ptr_array_index (compiled->policy->fields, options[i]->slots[j]);
        if (field->grows && !find_day (self, field, options[i]->texts[j], day))
          return NULL;
      }

  facts = wait_until (self, day, NULL, 0);
  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      {
        const ShySlot  *slot = &compiled->slots[options[i]->slots[j]];
        const ShyField *field;

        field = g_ptr_array_index (compiled->policy->fields, options[i]->slots[j]);
        if (!field->grows)
          shy_facts_set (facts, slot->name, slot->type,
                         options[i]->texts[j], SHY_FACT_ORIGIN_TYPED, NULL, NULL);
      }

  return g_steal_pointer (&facts);
}

static void
add_step (Search            *self,
          ShyOption * const *options,
          guint              n_options,
          guint              slot,
          ShyChange         *change)
{
  const ShyField *field = g_ptr_array_index (self->decision.policy->fields, slot);

  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      if (options[i]->slots[j] == slot)
        shy_change_add_step (change, field, shy_facts_get_text (self->verdict->facts, field->name),
                             options[i]->texts[j], field->grows);
}

/* Steps stand in the order of the pack. */
static void
report (Search            *self,
        ShyOption * const *options,
        guint              n_options,
        const GDate       *day,
        ShyPolicyOutcome   outcome)
{
  ShyChange *change = shy_change_new (day, outcome);

  for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
    add_step (self, options, n_options, slot, change);
  shy_change_say (change, g_date_compare (day, &self->decision.on) > 0);
  g_ptr_array_add (self->found, change);
}

/* Whether the same facts were reported already, with nearer values. */
static gboolean
is_reported (Search            *self,
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
combine (Search     *self,
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
      if (try_facts (self, facts, &outcome))
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

      if (is_over (self) || self->found->len >= MAX_CHANGES)
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

static void
search_facts (Search *self)
{
  ShyOption *chosen[MAX_FACTS];
  guint64    open = self->failed->len == 64 ? G_MAXUINT64
                                            : (G_GUINT64_CONSTANT (1) << self->failed->len) - 1;

  guint      before = self->found->len;

  if (self->failed->len == 0)
    return;
  self->options = shy_decision_list_options (&self->decision, self->failed, &self->fixed,
                                             self->cancellable);
  for (guint n_facts = 1; n_facts <= MAX_FACTS && self->found->len == before; n_facts++)
    combine (self, chosen, 0, 0, n_facts, open);
}

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
report_both (Search          *self,
             const ShyFacts  *facts,
             const ShyChange *more)
{
  ShyChange *change = shy_change_new (&self->decision.on, more->outcome);

  for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
    {
      const ShyField *field = g_ptr_array_index (self->decision.policy->fields, slot);
      const char     *from = shy_facts_get_text (self->verdict->facts, field->name);
      const char     *to = shy_facts_get_text (facts, field->name);

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
search_further (Search *self)
{
  for (guint i = 0; i < self->failures->len && !is_over (self); i++)
    {
      const ShyFacts        *facts = g_ptr_array_index (self->failures, i);
      g_autoptr (ShyVerdict) verdict = shy_policy_decide (self->verdict->asked, facts, NULL);
      g_auto (Search)     further = {
        .verdict = verdict, .tries = self->tries, .cancellable = self->cancellable,
        .fixed = self->fixed, .budget = self->budget,
      };

      if (verdict == NULL)
        continue;
      for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
        {
          const ShyField *field = g_ptr_array_index (self->decision.policy->fields, slot);

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
  g_auto (Search)        search = {
    .verdict = self, .tries = MAX_TRIES, .cancellable = cancellable, .budget = budget,
  };

  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  search_open (&search, self);
  if (search.decision.evaluation != NULL)
    {
      search_later (&search);
      search_facts (&search);
      if (search.found->len == 0)
        search_further (&search);
      g_ptr_array_sort (search.found, by_merit);
    }

  return g_steal_pointer (&search.found);
}
