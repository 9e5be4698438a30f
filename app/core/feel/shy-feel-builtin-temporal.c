/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

/* Temporal functions, DMN 1.5 §10.3.4.6, §10.3.4.8 and §10.3.4.11. */

static const ShyFeelDate *
day_of (ShyFeelValue *value)
{
  return value->type == SHY_FEEL_TYPE_DATE ? &value->date : &value->date_time.date;
}

static ShyFeelValue *
day_of_year (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  return shy_feel_value_new_integer (shy_feel_date_get_year_day (day_of (arguments[0])));
}

static ShyFeelValue *
day_of_week (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  static const char *const names[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday" };

  return shy_feel_value_new_string (names[shy_feel_date_get_weekday (day_of (arguments[0])) - 1]);
}

static ShyFeelValue *
month_of_year (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  static const char *const names[] = { "January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December" };

  return shy_feel_value_new_string (names[day_of (arguments[0])->month - 1]);
}

static ShyFeelValue *
week_of_year (ShyFeelRun           *run,
              const ShyFeelBuiltin *builtin,
              ShyFeelValue        **arguments)
{
  return shy_feel_value_new_integer (shy_feel_date_get_week (day_of (arguments[0])));
}

static ShyFeelValue *
is_same (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  g_autoptr (ShyFeelValue) null = shy_feel_value_new_null ();

  return shy_feel_value_new_boolean (shy_feel_value_is (arguments[0] != NULL ? arguments[0] : null,
                                                        arguments[1] != NULL ? arguments[1] : null));
}

/* The day that stands for today; NULL is the clock's. */
static const ShyFeelDate *
given_day (ShyFeelRun *run)
{
  return run->today != NULL && run->today->type == SHY_FEEL_TYPE_DATE ? &run->today->date : NULL;
}

/* The clock of this computer with the offset that holds now; or the beginning of the given day. */
static ShyFeelValue *
now (ShyFeelRun           *run,
     const ShyFeelBuiltin *builtin,
     ShyFeelValue        **arguments)
{
  g_autoptr (GDateTime) clock = g_date_time_new_now_local ();
  ShyFeelDateTime       date_time = { 0 };
  ShyFeelZone           zone;

  if (given_day (run) != NULL)
    {
      date_time.date = *given_day (run);
      return shy_feel_value_new_from_date_time (&date_time);
    }
  shy_feel_zone_init_offset (&zone, g_date_time_get_utc_offset (clock) / G_TIME_SPAN_SECOND);
  shy_feel_date_init (&date_time.date, g_date_time_get_year (clock),
                      g_date_time_get_month (clock), g_date_time_get_day_of_month (clock));
  shy_feel_time_init (&date_time.time, g_date_time_get_hour (clock),
                      g_date_time_get_minute (clock), g_date_time_get_second (clock),
                      (gint64) g_date_time_get_microsecond (clock) * 1000, &zone);
  return shy_feel_value_new_from_date_time (&date_time);
}

static ShyFeelValue *
today (ShyFeelRun           *run,
       const ShyFeelBuiltin *builtin,
       ShyFeelValue        **arguments)
{
  g_autoptr (GDateTime) clock = NULL;

  if (given_day (run) != NULL)
    return shy_feel_value_new_from_date (given_day (run));
  clock = g_date_time_new_now_local ();
  return shy_feel_value_new_date (g_date_time_get_year (clock), g_date_time_get_month (clock),
                                  g_date_time_get_day_of_month (clock));
}

#define ANY (SHY_FEEL_TAKES_ANY | SHY_FEEL_TAKES_LITERALLY)

const ShyFeelBuiltin shy_feel_temporal_builtins[] = {
  { "day of year", day_of_year, SHY_FEEL_BUILTIN_PLAIN, 0, { { "date", SHY_FEEL_TAKES_DAY } } },
  { "day of week", day_of_week, SHY_FEEL_BUILTIN_PLAIN, 0, { { "date", SHY_FEEL_TAKES_DAY } } },
  { "month of year", month_of_year, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "date", SHY_FEEL_TAKES_DAY } } },
  { "week of year", week_of_year, SHY_FEEL_BUILTIN_PLAIN, 0, { { "date", SHY_FEEL_TAKES_DAY } } },
  { "is", is_same, SHY_FEEL_BUILTIN_PLAIN, 0, { { "value1", ANY | SHY_FEEL_TAKES_UNNAMED }, { "value2", ANY | SHY_FEEL_TAKES_UNNAMED } } },
  { "now", now, SHY_FEEL_BUILTIN_PLAIN, 0, { { NULL } } },
  { "today", today, SHY_FEEL_BUILTIN_PLAIN, 0, { { NULL } } },
  { NULL },
};
