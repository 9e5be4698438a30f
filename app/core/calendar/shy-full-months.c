/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendar/shy-full-months.h"

#include <string.h>

static const char *const names[] = { "since", "period", "calendar" };

/**
 * shy_month_rule_parse:
 * @name: `since`, `period` or `calendar`
 * @rule: (out): the rule
 *
 * Returns: whether there is a rule of this name
 */
gboolean
shy_month_rule_parse (const char   *name,
                      ShyMonthRule *rule)
{
  g_return_val_if_fail (name != NULL && rule != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      {
        *rule = (ShyMonthRule) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * shy_month_rule_to_name:
 * @rule: a rule
 *
 * Returns: the name of the rule, as packs write it
 */
const char *
shy_month_rule_to_name (ShyMonthRule rule)
{
  g_return_val_if_fail (rule < G_N_ELEMENTS (names), NULL);

  return names[rule];
}

/* Months of the calendar since the year 0. */
static int
get_month_number (const GDate *date)
{
  return g_date_get_year (date) * 12 + (int) g_date_get_month (date) - 1;
}

static gboolean
is_month_end (const GDate *date)
{
  return g_date_get_day (date)
         == g_date_get_days_in_month (g_date_get_month (date), g_date_get_year (date));
}

/* Months whose corresponding day has come. Where a month has no such day, its last day takes the
   place. */
static int
count_since (const GDate *from,
             const GDate *to)
{
  int months = get_month_number (to) - get_month_number (from);

  if (g_date_get_day (to) < g_date_get_day (from) && !is_month_end (to))
    months--;
  return months;
}

/* Months of a period to which both days belong: from 1 January to 31 December are twelve. It is
   over with the end of its last day, so the next day is compared; from 31 January the first month
   ends on the last of February. */
static int
count_period (const GDate *from,
              const GDate *to)
{
  GDate after = *to;

  g_date_add_days (&after, 1);
  return get_month_number (&after) - get_month_number (from)
         - (g_date_get_day (&after) < g_date_get_day (from));
}

/* Months of the calendar wholly within two days. */
static int
count_calendar (const GDate *from,
                const GDate *to)
{
  int first = get_month_number (from) + (g_date_get_day (from) > 1);
  int last = get_month_number (to) - !is_month_end (to);

  return last - first + 1;
}

/**
 * shy_full_months:
 * @from: the day it begins
 * @to: the day it ends
 * @rule: how to count
 *
 * Counts the full months between two days (满N个月).
 *
 * Unlike FEEL's `years and months duration`, a month from 31 January is full on the last day of
 * February, as the law has it.
 *
 * Source: 民法典 第二百零一条 and 第二百零二条: the day it begins is not counted; a period by months
 * ends on the corresponding day, and on the last day of the month where there is none.
 *
 * Returns: the months, 0 if @to is before @from
 */
int
shy_full_months (const GDate  *from,
                 const GDate  *to,
                 ShyMonthRule  rule)
{
  int months;

  g_return_val_if_fail (from != NULL && g_date_valid (from), 0);
  g_return_val_if_fail (to != NULL && g_date_valid (to), 0);

  if (g_date_compare (to, from) < 0)
    return 0;
  switch (rule)
    {
    case SHY_MONTH_RULE_PERIOD:
      months = count_period (from, to);
      break;
    case SHY_MONTH_RULE_CALENDAR:
      months = count_calendar (from, to);
      break;
    case SHY_MONTH_RULE_SINCE:
    default:
      months = count_since (from, to);
    }
  return MAX (months, 0);
}

/**
 * shy_full_months_day:
 * @from: the day it begins
 * @months: full months to wait for, 0 or more
 * @rule: how to count
 * @day: (out caller-allocates): the first day on which so many months are full
 *
 * The inverse of shy_full_months(): the day on which a condition on full months turns true.
 */
void
shy_full_months_day (const GDate  *from,
                     int           months,
                     ShyMonthRule  rule,
                     GDate        *day)
{
  GDate start;

  g_return_if_fail (from != NULL && g_date_valid (from));
  g_return_if_fail (months >= 0 && day != NULL);

  start = *from;
  *day = *from;
  if (months == 0)
    return;
  if (rule == SHY_MONTH_RULE_CALENDAR && g_date_get_day (&start) > 1)
    {
      g_date_set_day (&start, 1);
      g_date_add_months (&start, 1);
    }
  *day = start;
  g_date_add_months (day, (guint) months);
  /* A period ends before its corresponding day, or on the last of a month that lacks one. */
  if (rule != SHY_MONTH_RULE_SINCE && g_date_get_day (day) == g_date_get_day (&start))
    g_date_subtract_days (day, 1);
}
