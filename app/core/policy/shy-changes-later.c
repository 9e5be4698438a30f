/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-changes-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-thresholds-private.h"

/* The first day on which the outcome turns if one only waits: the day of the decision moves on, and
 * facts that grow with the months grow with it. */

#define MAX_MONTHS 60 /* looked ahead: five years */

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
wait_until (ShySearch            *self,
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

/* The facts as they would be on a later day, by waiting alone. */
ShyFacts *
shy_search_wait (ShySearch   *self,
                 const GDate *day)
{
  return wait_until (self, day, NULL, 0);
}

/* The first day on which a count that grows with the months would have a value; never earlier than
 * @day, which it moves. FALSE if it cannot come to that by waiting. */
gboolean
shy_search_find_day (ShySearch            *self,
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
turns_on (ShySearch        *self,
          const GDate      *day,
          ShyPolicyOutcome *outcome)
{
  g_autoptr (ShyFacts) facts = shy_search_wait (self, day);

  return shy_search_try (self, facts, outcome);
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
list_days (ShySearch *self)
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
narrow (ShySearch   *self,
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
find_growth (ShySearch            *self,
             const ShyPolicyField *field,
             const GDate          *day)
{
  gint64 months = month_number (day) - month_number (&self->decision.on);

  for (gint64 growth = 0; growth < months; growth++)
    {
      g_autoptr (ShyFacts) less = wait_until (self, day, field, growth);
      ShyPolicyOutcome     outcome;

      if (shy_search_try (self, less, &outcome))
        return growth;
    }

  return months;
}

/* Says which counts the wait is for. */
static void
add_growth (ShySearch   *self,
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
void
shy_search_later (ShySearch *self)
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
      narrow (self, &before, &day);
      change = g_new0 (ShyChange, 1);
      change->steps = g_ptr_array_new_with_free_func (shy_change_step_free);
      change->on = day;
      change->outcome = outcome;
      add_growth (self, change, &day);
      shy_change_say (change, TRUE);
      g_ptr_array_add (self->found, change);
      return;
    }
}
