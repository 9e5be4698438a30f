/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-change-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-decide-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-thresholds-private.h"
#include "policy/shy-value-private.h"

#include <math.h>

/* What would turn a negative outcome. Options for single facts are combined, fewest facts first,
 * and each combination that could do is decided anew; so whatever is reported is true by the same
 * evaluation that refused. */

#define MAX_TRIES            2000      /* decisions of one search: a tenth of a second or so */
#define MAX_STEPS            100000000 /* what they may take together */
#define MAX_CHANGES          5
#define MAX_FAILURES         5         /* changes that break something else and are carried further */
#define MAX_FACTS            3         /* facts that one change touches at most */
#define MAX_MONTHS           60        /* looked ahead: five years */
#define MAX_OPTIONS_PER_FACT 6
#define MAX_PAIR_VALUES      8
#define MAX_STEP_POWER       14        /* 16384 units: 44 years of days */
#define OPTION_FACTS         2         /* facts that one option changes at most */

/* Values for one fact or two, with which criteria that do not hold would hold. */
typedef struct {
  guint   n_facts;
  guint   slots[OPTION_FACTS];
  char   *texts[OPTION_FACTS]; /* (owned) canonical */
  guint64 helps;               /* a bit for each criterion that does not hold */
  double  distance;            /* days, or units of the number; 1 for anything else */
} Option;

/* A search for what would change a verdict. */
typedef struct {
  ShyVerdict   *verdict;
  ShyDecision   decision;
  GArray       *failed;   /* of guint: criteria that do not hold, 64 at most */
  GPtrArray    *options;  /* of Option */
  GPtrArray    *found;    /* of ShyChange */
  GPtrArray    *failures; /* of ShyFacts: changes that mended what failed, and broke something else */
  ShyMask       fixed;    /* facts that are not to be changed (again) */
  guint         tries;    /* decisions that may still be made */
  ShyWorkBudget *budget;  /* not owned: steps of all of them */
  GCancellable *cancellable;
} Search;

static Option *
new_option (guint       slot,
            const char *text,
            guint64     helps,
            double      distance)
{
  Option *self = g_new0 (Option, 1);

  self->n_facts = 1;
  self->slots[0] = slot;
  self->texts[0] = g_strdup (text);
  self->helps = helps;
  self->distance = distance;

  return self;
}

static void
free_option (gpointer option)
{
  Option *self = option;

  for (guint i = 0; i < self->n_facts; i++)
    g_free (self->texts[i]);
  g_free (self);
}

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
  self->options = g_ptr_array_new_with_free_func (free_option);
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
  g_ptr_array_unref (self->options);
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

/* Whether a fact could become different: not what the pack calls unchangeable, not who somebody is,
 * not a day that has passed. */
static gboolean
is_changeable (const ShyPolicyField *field,
               const char           *text,
               const GDate          *on)
{
  char today[16];

  if (field->unchangeable)
    return FALSE;
  switch (field->type)
    {
    case SHY_POLICY_TYPE_DATE:
    case SHY_POLICY_TYPE_MONTH:
      g_date_strftime (today, sizeof today, "%Y-%m-%d", on);
      return text == NULL || strncmp (text, today, strlen (text)) > 0;
    case SHY_POLICY_TYPE_NUMBER:
    case SHY_POLICY_TYPE_MONEY:
    case SHY_POLICY_TYPE_BOOLEAN:
    case SHY_POLICY_TYPE_CHOICE:
    case SHY_POLICY_TYPE_COUNTY:
      return TRUE;
    default:
      return FALSE;
    }
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
grow (ShyFacts             *facts,
      const ShyPolicyField *field,
      gint64                months)
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
  shy_facts_set (facts, field->name, SHY_FACT_NUMBER, grown, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
}

/* The facts as they would be on a later day; with the field @except, if any, grown by @growth months
 * only. */
static ShyFacts *
wait_until (Search               *self,
            const GDate          *day,
            const ShyPolicyField *except,
            gint64                growth)
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
find_day (Search               *self,
          const ShyPolicyField *field,
          const char           *to,
          GDate                *day)
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
find_growth (Search               *self,
             const ShyPolicyField *field,
             const GDate          *day)
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
      const ShyPolicyField *field = g_ptr_array_index (fields, i);
      const char           *from = shy_facts_get_text (self->verdict->facts, field->name);
      g_autoptr (ShyFacts)  enough = NULL;
      gint64                growth;

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

/* Which values of single facts, and of pairs where one alone does not help, would make a criterion
 * hold that does not: the values the policy compares the fact with and those beside them, and for
 * numbers and days what steps of doubling length reach, narrowed down to the first that helps. */

static char *
slot_value_to_fact (const ShyCompiledPolicy *compiled,
                    guint                    slot,
                    ShyFeelValue            *value)
{
  return shy_value_to_fact (shy_policy_type_get_kind (compiled->slots[slot].type), value);
}

static void
put (Search       *self,
     guint         slot,
     ShyFeelValue *value)
{
  ShyMask changed = { 0 };

  shy_mask_add (&changed, slot);
  shy_evaluation_set (self->decision.evaluation, slot, value);
  shy_evaluation_derive (self->decision.evaluation, &changed);
}

static guint64
ask_failed (Search *self)
{
  guint64 helps = 0;

  for (guint i = 0; i < self->failed->len; i++)
    {
      ShyFinding finding = { 0 };

      shy_evaluation_find (self->decision.evaluation, g_array_index (self->failed, guint, i),
                           &finding);
      if ((finding.may & (SHY_MAY_BE_FALSE | SHY_MAY_BE_PERSON)) == 0)
        helps |= G_GUINT64_CONSTANT (1) << i;
      shy_finding_clear (&finding);
    }

  return helps;
}

/* Which failed criteria would hold if a fact had a value, all else as it is. */
static guint64
ask_help (Search       *self,
          guint         slot,
          ShyFeelValue *value)
{
  ShyFeelValue *before = self->decision.evaluation->open.values[slot];
  guint64       helps;

  if (before != NULL)
    shy_feel_value_ref (before);
  put (self, slot, shy_feel_value_ref (value));
  helps = ask_failed (self);
  put (self, slot, before);

  return helps;
}

/* A value @steps units away: days, months or ones. NULL if there is none. */
static ShyFeelValue *
step_away (ShyPolicyType type,
           ShyFeelValue *from,
           gint64        steps)
{
  ShyFeelDate   date;
  ShyFeelNumber number;

  if (from->type == SHY_FEEL_TYPE_DATE && type == SHY_POLICY_TYPE_MONTH)
    return shy_feel_date_add_months (&from->date, steps, &date)
             ? shy_feel_value_new_from_date (&date) : NULL;
  if (from->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_date_init_days (&date, shy_feel_date_get_days (&from->date) + steps)
             ? shy_feel_value_new_from_date (&date) : NULL;
  if (from->type == SHY_FEEL_TYPE_NUMBER
      && shy_feel_number_add (from->number, shy_feel_number_from_int64 (steps), &number))
    return shy_feel_value_new_decimal128 (number);

  return NULL;
}

static double
measure (ShyFeelValue *from,
         ShyFeelValue *to)
{
  if (from == NULL)
    return 1;
  if (from->type == SHY_FEEL_TYPE_DATE && to->type == SHY_FEEL_TYPE_DATE)
    return fabs ((double) (shy_feel_date_get_days (&to->date)
                           - shy_feel_date_get_days (&from->date)));
  if (from->type == SHY_FEEL_TYPE_NUMBER && to->type == SHY_FEEL_TYPE_NUMBER)
    return fabs (shy_feel_number_to_double (to->number) - shy_feel_number_to_double (from->number));

  return 1;
}

static guint64
helps_at (Search       *self,
          guint         slot,
          ShyFeelValue *from,
          gint64        steps)
{
  const ShySlot           *about = &self->decision.evaluation->compiled->slots[slot];
  g_autoptr (ShyFeelValue) value = step_away (about->type, from, steps);

  return value != NULL ? ask_help (self, slot, value) : 0;
}

static void
add_value (Search       *self,
           GPtrArray    *options,
           guint         slot,
           ShyFeelValue *from,
           ShyFeelValue *value,
           guint64       helps)
{
  g_autofree char *text = slot_value_to_fact (self->decision.evaluation->compiled, slot, value);

  if (text == NULL || helps == 0)
    return;
  for (guint i = 0; i < options->len; i++)
    if (g_str_equal (((Option *) g_ptr_array_index (options, i))->texts[0], text))
      return;
  g_ptr_array_add (options, new_option (slot, text, helps, measure (from, value)));
}

/* From steps that help, back to the fewest that help as much. */
static gint64
narrow (Search       *self,
        guint         slot,
        ShyFeelValue *from,
        gint64        steps,
        guint64       helps)
{
  gint64 low = steps / 2;

  while (ABS (steps - low) > 1)
    {
      gint64 middle = low + (steps - low) / 2;

      if ((helps_at (self, slot, from, middle) & helps) == helps)
        steps = middle;
      else
        low = middle;
    }

  return steps;
}

/* Walks away from a number or day in steps of doubling length, both ways. */
static void
probe (Search       *self,
       GPtrArray    *options,
       guint         slot,
       ShyFeelValue *from)
{
  const ShySlot *about = &self->decision.evaluation->compiled->slots[slot];

  for (gint64 sign = -1; sign <= 1; sign += 2)
    {
      guint64 before = 0;

      for (guint power = 0; power <= MAX_STEP_POWER; power++)
        {
          gint64  steps = sign * (G_GINT64_CONSTANT (1) << power);
          guint64 helps = helps_at (self, slot, from, steps);

          if ((helps & ~before) != 0)
            {
              gint64 first = narrow (self, slot, from, steps, helps);
              g_autoptr (ShyFeelValue) value = step_away (about->type, from, first);

              add_value (self, options, slot, from, value, helps);
            }
          before |= helps;
        }
    }
}

static int
by_distance (gconstpointer a,
             gconstpointer b)
{
  const Option *x = *(Option **) a;
  const Option *y = *(Option **) b;

  return (x->distance > y->distance) - (x->distance < y->distance);
}

/* A text that a policy compares with may be suggested, the “any other” not. */
static gboolean
is_proposable (const ShySlot *slot,
               ShyFeelValue  *value)
{
  const char *text = shy_feel_value_get_string (value);

  return slot->values != NULL || text == NULL || !g_str_has_prefix (text, "??");
}

static void
find_options (Search *self,
              guint   slot)
{
  ShyEvaluation           *evaluation = self->decision.evaluation;
  g_autoptr (ShyFeelValue) from = NULL;
  g_autoptr (GPtrArray)    options = g_ptr_array_new ();
  g_autoptr (GPtrArray)    values = NULL;
  gboolean                 complete;

  if (evaluation->open.values[slot] != NULL)
    from = shy_feel_value_ref (evaluation->open.values[slot]);
  values = shy_evaluation_list_values (evaluation, slot, &complete);
  for (guint i = 0; i < values->len; i++)
    {
      ShyFeelValue *value = g_ptr_array_index (values, i);

      if (is_proposable (&evaluation->compiled->slots[slot], value)
          && (from == NULL || !shy_feel_value_is (from, value)))
        add_value (self, options, slot, from, value, ask_help (self, slot, value));
    }
  if (from != NULL)
    probe (self, options, slot, from);

  g_ptr_array_sort (options, by_distance);
  for (guint i = 0; i < options->len; i++)
    if (i < MAX_OPTIONS_PER_FACT)
      g_ptr_array_add (self->options, g_ptr_array_index (options, i));
    else
      free_option (g_ptr_array_index (options, i));
}

/* The facts that a failed criterion reads and that somebody could change. */
static GArray *
list_changeable (Search *self,
                 guint   criterion)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  const ShyMask           *read = &compiled->criteria[criterion].reads;
  GArray                  *slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint slot = 0; slot < compiled->first_builtin; slot++)
    if (shy_mask_has (read, slot) && compiled->slots[slot].fact
        && !shy_mask_has (&self->fixed, slot))
      {
        const ShyPolicyField *field = g_ptr_array_index (compiled->policy->fields, slot);
        const char           *text = shy_facts_get_text (self->verdict->facts, field->name);

        if (is_changeable (field, text, &self->decision.on))
          g_array_append_val (slots, slot);
      }

  return slots;
}

static void
add_pair (Search       *self,
          guint         first,
          ShyFeelValue *x,
          guint         second,
          ShyFeelValue *y,
          guint64       helps)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  char                    *one = slot_value_to_fact (compiled, first, x);
  char                    *two = slot_value_to_fact (compiled, second, y);
  Option               *option = new_option (first, one, helps, 2);

  g_free (one);
  option->n_facts = 2;
  option->slots[1] = second;
  option->texts[1] = two;
  g_ptr_array_add (self->options, option);
}

static void
try_pair (Search *self,
          guint   first,
          guint   second)
{
  ShyEvaluation           *evaluation = self->decision.evaluation;
  gboolean                 complete;
  g_autoptr (GPtrArray)    xs = shy_evaluation_list_values (evaluation, first, &complete);
  g_autoptr (GPtrArray)    ys = shy_evaluation_list_values (evaluation, second, &complete);
  g_autoptr (ShyFeelValue) before = NULL;

  if (evaluation->open.values[first] != NULL)
    before = shy_feel_value_ref (evaluation->open.values[first]);
  for (guint i = 0; i < MIN (xs->len, MAX_PAIR_VALUES); i++)
    {
      ShyFeelValue *x = g_ptr_array_index (xs, i);

      if (!is_proposable (&evaluation->compiled->slots[first], x))
        continue;
      put (self, first, shy_feel_value_ref (x));
      for (guint j = 0; j < MIN (ys->len, MAX_PAIR_VALUES); j++)
        {
          ShyFeelValue *y = g_ptr_array_index (ys, j);
          guint64       helps = ask_help (self, second, y);

          if (helps != 0 && is_proposable (&evaluation->compiled->slots[second], y))
            add_pair (self, first, x, second, y, helps);
        }
    }
  put (self, first, before != NULL ? shy_feel_value_ref (before) : NULL);
}

static guint64
sum_up_help (Search *self)
{
  guint64 helps = 0;

  for (guint i = 0; i < self->options->len; i++)
    helps |= ((Option *) g_ptr_array_index (self->options, i))->helps;

  return helps;
}

static void
find_pairs (Search *self,
            guint   failed)
{
  g_autoptr (GArray) slots = list_changeable (self, g_array_index (self->failed, guint, failed));

  for (guint i = 0; i < slots->len; i++)
    for (guint j = i + 1; j < slots->len; j++)
      if (!is_over (self))
        try_pair (self, g_array_index (slots, guint, i), g_array_index (slots, guint, j));
}

/* Fills the options of a search. */
static void
fill_options (Search *self)
{
  ShyMask done = { 0 };

  for (guint i = 0; i < self->failed->len; i++)
    {
      g_autoptr (GArray) slots = list_changeable (self, g_array_index (self->failed, guint, i));

      for (guint j = 0; j < slots->len; j++)
        {
          guint slot = g_array_index (slots, guint, j);

          if (!shy_mask_has (&done, slot) && !is_over (self))
            find_options (self, slot);
          shy_mask_add (&done, slot);
        }
    }
  for (guint i = 0; i < self->failed->len; i++)
    if ((sum_up_help (self) >> i & 1) == 0)
      find_pairs (self, i);
}

/* The facts with what the options change; what grows by itself needs waiting, which moves @day.
 * NULL if it cannot come to that. */
static ShyFacts *
apply (Search         *self,
       Option * const *options,
       guint           n_options,
       GDate          *day)
{
  const ShyCompiledPolicy *compiled = self->decision.evaluation->compiled;
  g_autoptr (ShyFacts)     facts = NULL;

  *day = self->decision.on;
  for (guint i = 0; i < n_options; i++)
    for (guint j = 0; j < options[i]->n_facts; j++)
      {
        const ShyPolicyField *field;

        field = g_ptr_array_index (compiled->policy->fields, options[i]->slots[j]);
        if (field->grows && !find_day (self, field, options[i]->texts[j], day))
          return NULL;
      }

  facts = wait_until (self, day, NULL, 0);
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
add_step (Search         *self,
          Option * const *options,
          guint           n_options,
          guint           slot,
          ShyChange      *change)
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
report (Search          *self,
        Option * const  *options,
        guint            n_options,
        const GDate     *day,
        ShyPolicyOutcome outcome)
{
  ShyChange *change = shy_change_new (day, outcome);

  for (guint slot = 0; slot < self->decision.policy->fields->len; slot++)
    add_step (self, options, n_options, slot, change);
  shy_change_say (change, g_date_compare (day, &self->decision.on) > 0);
  g_ptr_array_add (self->found, change);
}

/* Whether the same facts were reported already, with nearer values. */
static gboolean
is_reported (Search         *self,
             Option * const *options,
             guint           n_options)
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
share_a_fact (const Option *a,
              const Option *b)
{
  for (guint i = 0; i < a->n_facts; i++)
    for (guint j = 0; j < b->n_facts; j++)
      if (a->slots[i] == b->slots[j])
        return TRUE;

  return FALSE;
}

/* Adds options until all failed criteria are helped by @n_facts facts, and decides those. */
static void
combine (Search  *self,
         Option **chosen,
         guint    n_chosen,
         guint    first,
         guint    n_facts,
         guint64  open)
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
      Option *option = g_ptr_array_index (self->options, i);
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
  Option *chosen[MAX_FACTS];
  guint64    open = self->failed->len == 64 ? G_MAXUINT64
                                            : (G_GUINT64_CONSTANT (1) << self->failed->len) - 1;

  guint      before = self->found->len;

  if (self->failed->len == 0)
    return;
  fill_options (self);
  g_ptr_array_sort (self->options, by_distance);
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
