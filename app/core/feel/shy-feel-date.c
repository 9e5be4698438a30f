/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-date.h"

#include "feel/shy-feel-lexical-private.h"
#include "feel/shy-feel-temporal-private.h"

#include <stdlib.h>

#define DAYS_PER_ERA     146097 /* 400 years of the Gregorian calendar */
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01 */

static gboolean
is_leap_year (gint64 year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/**
 * shy_feel_days_in_month: (skip)
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: the number of days of the month
 */
int
shy_feel_days_in_month (gint64 year,
                        int    month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_return_val_if_fail (month >= 1 && month <= 12, 0);

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

/**
 * shy_feel_date_init: (skip)
 * @date: (out): the date
 * @year: a year, -999,999,999 to 999,999,999
 * @month: a month, 1 to 12
 * @day: a day of that month
 *
 * Makes a date of its parts.
 *
 * Returns: whether there is such a date
 */
gboolean
shy_feel_date_init (ShyFeelDate *date,
                    gint64       year,
                    gint64       month,
                    gint64       day)
{
  g_return_val_if_fail (date != NULL, FALSE);

  if (year < -SHY_FEEL_YEAR_MAX || year > SHY_FEEL_YEAR_MAX || month < 1 || month > 12)
    return FALSE;
  if (day < 1 || day > shy_feel_days_in_month (year, (int) month))
    return FALSE;
  *date = (ShyFeelDate) { (gint32) year, (guint8) month, (guint8) day };
  return TRUE;
}

/**
 * shy_feel_date_get_days: (skip)
 * @date: a date
 *
 * Counts eras of 400 years, whose years begin on 1 March so that the leap day comes last.
 *
 * Returns: the days since 1970-01-01, negative before it
 */
gint64
shy_feel_date_get_days (const ShyFeelDate *date)
{
  gint64 year;
  gint64 era;
  gint64 year_of_era;
  gint64 day_of_year;

  g_return_val_if_fail (date != NULL, 0);

  year = (gint64) date->year - (date->month <= 2);
  era = (gint64) shy_feel_floor_div (year, 400);
  year_of_era = year - era * 400;
  day_of_year = (153 * (date->month + (date->month > 2 ? -3 : 9)) + 2) / 5 + date->day - 1;
  return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
         + day_of_year - DAYS_BEFORE_1970;
}

/**
 * shy_feel_date_init_days: (skip)
 * @date: (out): the date
 * @days: days since 1970-01-01
 *
 * The inverse of shy_feel_date_get_days().
 *
 * Returns: whether the year lies within the range of FEEL
 */
gboolean
shy_feel_date_init_days (ShyFeelDate *date,
                         gint64       days)
{
  const gint64 limit = (SHY_FEEL_YEAR_MAX + G_GINT64_CONSTANT (1)) * 366;
  gint64       era;
  gint64       day_of_era;
  gint64       year_of_era;
  gint64       day_of_year;
  gint64       month;

  g_return_val_if_fail (date != NULL, FALSE);

  if (days < -limit || days > limit)
    return FALSE;
  days += DAYS_BEFORE_1970;
  era = (gint64) shy_feel_floor_div (days, DAYS_PER_ERA);
  day_of_era = days - era * DAYS_PER_ERA;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  month = (5 * day_of_year + 2) / 153;
  return shy_feel_date_init (date, era * 400 + year_of_era + (month >= 10),
                             month < 10 ? month + 3 : month - 9,
                             day_of_year - (153 * month + 2) / 5 + 1);
}

/*< private >
 * shy_feel_date_take:
 * @text: (inout): the text; what is left of it
 * @date: (out): the date
 *
 * Reads a date at the front of a text: a year of four to nine digits without needless zeros and
 * without a plus sign, a month and a day of two digits.
 *
 * Returns: whether there was one
 */
gboolean
shy_feel_date_take (const char **text,
                    ShyFeelDate *date)
{
  gboolean    negative = shy_feel_take (text, '-');
  const char *start = *text;
  gint64      year;
  gint64      month;
  gint64      day;

  if (!shy_feel_take_number (text, &year) || *text - start < 4)
    return FALSE;
  if (*start == '0' && *text - start > 4)
    return FALSE;
  if (!shy_feel_take (text, '-') || !shy_feel_take_digits (text, 2, &month))
    return FALSE;
  if (!shy_feel_take (text, '-') || !shy_feel_take_digits (text, 2, &day))
    return FALSE;
  return shy_feel_date_init (date, negative ? -year : year, month, day);
}

/**
 * shy_feel_date_parse: (skip)
 * @text: a text such as `2025-06-30`
 * @date: (out): the date
 *
 * Reads a date. FEEL's date has no zone, so a text that names one is refused.
 *
 * Source: DMN 1.5, 10.3.4.1 “date string”; the lexical space of xs:date.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_date_parse (const char  *text,
                     ShyFeelDate *date)
{
  g_return_val_if_fail (text != NULL && date != NULL, FALSE);

  return shy_feel_date_take (&text, date) && *text == '\0';
}

/*< private >
 * shy_feel_date_append:
 * @date: a date
 * @text: where to write it
 */
void
shy_feel_date_append (const ShyFeelDate *date,
                      GString           *text)
{
  g_string_append_printf (text, "%s%04d-%02u-%02u", date->year < 0 ? "-" : "", abs (date->year),
                          date->month, date->day);
}

/**
 * shy_feel_date_to_string: (skip)
 * @date: a date
 *
 * Returns: (transfer full): the date as `2025-06-30`
 */
char *
shy_feel_date_to_string (const ShyFeelDate *date)
{
  GString *text;

  g_return_val_if_fail (date != NULL, NULL);

  text = g_string_new (NULL);
  shy_feel_date_append (date, text);
  return g_string_free (text, FALSE);
}

/**
 * shy_feel_date_get_weekday: (skip)
 * @date: a date
 *
 * Returns: 1 for Monday to 7 for Sunday, as ISO 8601 counts
 */
int
shy_feel_date_get_weekday (const ShyFeelDate *date)
{
  gint64 days = shy_feel_date_get_days (date) + 3; /* 1970-01-01 was a Thursday */

  return (int) (days - (gint64) shy_feel_floor_div (days, 7) * 7) + 1;
}

/**
 * shy_feel_date_get_year_day: (skip)
 * @date: a date
 *
 * Returns: the day of the year, 1 to 366
 */
int
shy_feel_date_get_year_day (const ShyFeelDate *date)
{
  ShyFeelDate first;

  g_return_val_if_fail (date != NULL, 0);

  first = (ShyFeelDate) { date->year, 1, 1 };
  return (int) (shy_feel_date_get_days (date) - shy_feel_date_get_days (&first)) + 1;
}

/* A year has week 53 when it begins on a Thursday, or on a Wednesday and is a leap year. */
static int
count_weeks (gint64 year)
{
  ShyFeelDate first = { (gint32) year, 1, 1 };
  int         weekday = shy_feel_date_get_weekday (&first);

  return weekday == 4 || (weekday == 3 && is_leap_year (year)) ? 53 : 52;
}

/**
 * shy_feel_date_get_week: (skip)
 * @date: a date
 *
 * Gets the week as ISO 8601 numbers them: weeks begin on Monday, and the first is the one with
 * the year's first Thursday, so that the first days of January may be in week 52 or 53.
 *
 * Returns: the week, 1 to 53
 */
int
shy_feel_date_get_week (const ShyFeelDate *date)
{
  int week;

  g_return_val_if_fail (date != NULL, 0);

  week = (shy_feel_date_get_year_day (date) - shy_feel_date_get_weekday (date) + 10) / 7;
  if (week < 1)
    return count_weeks ((gint64) date->year - 1);
  return week > count_weeks (date->year) ? 1 : week;
}

/**
 * shy_feel_date_compare: (skip)
 * @a: a date
 * @b: a date
 *
 * Returns: -1, 0 or 1 as @a is before, on or after @b
 */
int
shy_feel_date_compare (const ShyFeelDate *a,
                       const ShyFeelDate *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->year != b->year)
    return a->year < b->year ? -1 : 1;
  if (a->month != b->month)
    return a->month < b->month ? -1 : 1;
  return (a->day > b->day) - (a->day < b->day);
}

/**
 * shy_feel_date_add_months: (skip)
 * @date: a date
 * @months: months to add, may be negative
 * @sum: (out): the date so much later
 *
 * Adds a years and months duration. A day that the month does not have becomes its last day:
 * 2025-01-31 and one month is 2025-02-28.
 *
 * Returns: whether the year lies within the range of FEEL
 */
gboolean
shy_feel_date_add_months (const ShyFeelDate *date,
                          gint64             months,
                          ShyFeelDate       *sum)
{
  const gint64 limit = G_GINT64_CONSTANT (12) * 2 * (SHY_FEEL_YEAR_MAX + 1);
  gint64       total;
  gint64       year;
  int          month;

  g_return_val_if_fail (date != NULL && sum != NULL, FALSE);

  if (months < -limit || months > limit)
    return FALSE;
  total = (gint64) date->year * 12 + date->month - 1 + months;
  year = (gint64) shy_feel_floor_div (total, 12);
  month = (int) (total - year * 12) + 1;
  return shy_feel_date_init (sum, year, month, MIN (date->day, shy_feel_days_in_month (year, month)));
}

/**
 * shy_feel_date_add_nanos: (skip)
 * @date: a date
 * @nanos: a days and time duration in nanoseconds, may be negative
 * @sum: (out): the day that lies so much after the midnight on which @date begins
 *
 * Source: DMN 1.5, table 57.
 *
 * Returns: whether the year lies within the range of FEEL
 */
gboolean
shy_feel_date_add_nanos (const ShyFeelDate *date,
                         ShyFeelNanos       nanos,
                         ShyFeelDate       *sum)
{
  const ShyFeelNanos day = SHY_FEEL_SECONDS_PER_DAY * SHY_FEEL_NANOS_PER_SECOND;
  ShyFeelNanos       days;

  g_return_val_if_fail (date != NULL && sum != NULL, FALSE);

  days = shy_feel_floor_div (nanos, day) + shy_feel_date_get_days (date);
  if (days < G_MININT64 / 2 || days > G_MAXINT64 / 2)
    return FALSE;
  return shy_feel_date_init_days (sum, (gint64) days);
}

/**
 * shy_feel_date_subtract: (skip)
 * @a: a date
 * @b: a date
 *
 * Returns: the days and time duration from @b to @a, in nanoseconds
 */
ShyFeelNanos
shy_feel_date_subtract (const ShyFeelDate *a,
                        const ShyFeelDate *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  return (ShyFeelNanos) (shy_feel_date_get_days (a) - shy_feel_date_get_days (b))
         * SHY_FEEL_SECONDS_PER_DAY * SHY_FEEL_NANOS_PER_SECOND;
}

/**
 * shy_feel_date_months_between: (skip)
 * @from: a date
 * @to: a date
 *
 * Counts the whole months from one date to another: what FEEL's
 * `years and months duration(from, to)` gives. A month is whole when the day of the month is
 * reached; times of day do not count.
 *
 * Returns: the months, negative when @to is before @from
 */
gint64
shy_feel_date_months_between (const ShyFeelDate *from,
                              const ShyFeelDate *to)
{
  gint64 months;

  g_return_val_if_fail (from != NULL && to != NULL, 0);

  months = ((gint64) to->year - from->year) * 12 + (to->month - from->month);
  if (months > 0 && to->day < from->day)
    return months - 1;
  if (months < 0 && to->day > from->day)
    return months + 1;
  return months;
}
