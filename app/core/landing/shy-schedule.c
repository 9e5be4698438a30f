/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-schedule.h"

/* When the program pulls by itself. */

/* After a failure it waits so long, twice as long after each further one, a day at most. */
#define FIRST_WAIT (5 * 60)
#define LONGEST_WAIT (24 * 60 * 60)

/* The part of a wait that is added by chance at most, so that bureaus do not all ask at once. */
#define JITTER 0.2

/* Further ahead no hour is looked for. */
#define MOST_DAYS 60

static gint64
get_wait (const ShyServiceOptions *options, const ShyStreamStatus *status)
{
  guint shift = MIN (status->failures, 20);

  if (status->failures > 0)
    return MIN ((gint64) FIRST_WAIT << (shift - 1), LONGEST_WAIT);
  if (status->interrupted)
    return FIRST_WAIT;
  return (gint64) options->every_minutes * 60;
}

/* What the wait is counted from: an unsuccessful attempt, else the last success. */
static GDateTime *
get_base (const ShyStreamStatus *status)
{
  const char *text = status->failures > 0 || status->interrupted || status->last_success == NULL
                       ? status->last_attempt : status->last_success;

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

static void
get_day (GDateTime *time, GDate *day)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
}

/* A day that the calendar does not know is worked from Monday to Friday. */
static gboolean
is_open (GDateTime *time, const ShyServiceOptions *options, ShyCalendar *calendar)
{
  gboolean working;
  GDate    day;

  if (!options->workdays_only)
    return TRUE;
  get_day (time, &day);
  if (calendar != NULL && shy_calendar_is_working_day (calendar, &day, &working, NULL))
    return working;
  return g_date_get_weekday (&day) <= G_DATE_FRIDAY;
}

static GDateTime *
at_minute (GDateTime *time, int days, guint minute)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (time, days);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  return g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day), (int) (minute / 60),
                          (int) (minute % 60), 0);
}

/* The first moment not before @time that is in the hours. */
static GDateTime *
find_open (GDateTime *time, const ShyServiceOptions *options, ShyCalendar *calendar)
{
  for (int days = 0; days < MOST_DAYS; days++)
    {
      g_autoptr (GDateTime) from = at_minute (time, days, options->from_minute);
      g_autoptr (GDateTime) until = at_minute (time, days, MIN (options->to_minute, 24 * 60 - 1));

      if (!is_open (from, options, calendar) || g_date_time_compare (time, until) >= 0)
        continue;
      return g_date_time_ref (g_date_time_compare (time, from) < 0 ? from : time);
    }
  return NULL;
}

static gboolean
has_expired (const ShyServiceOptions *options, GDateTime *time)
{
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");

  return options->expires_on != NULL && *options->expires_on != '\0' &&
         g_strcmp0 (day, options->expires_on) > 0;
}

/**
 * shy_schedule_next: (skip)
 * @options: what the bureau decided of the service
 * @status: how the stream stands
 * @now: the moment now
 * @calendar: (nullable): the working days; Monday to Friday without
 * @jitter: a number by chance from 0 to 1, which lengthens the wait by up to a fifth
 *
 * Says when the program pulls a stream by itself: within the hours of working days that the bureau
 * chose, so many minutes after the last success, or 5, 10, 20 … minutes after failures, up to a
 * day. Never before a person has pulled once, while a pull is held, or after the agreement has
 * ended. Depends on nothing but what it is given.
 *
 * Returns: (transfer full) (nullable): the moment in Zhejiang's time, not before @now; %NULL for
 *   never
 */
GDateTime *
shy_schedule_next (const ShyServiceOptions *options, const ShyStreamStatus *status, GDateTime *now,
                   ShyCalendar *calendar, double jitter)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr (GDateTime) base = NULL;
  g_autoptr (GDateTime) due = NULL;
  g_autoptr (GDateTime) here = NULL;
  g_autoptr (GDateTime) next = NULL;
  double                wait;

  g_return_val_if_fail (options != NULL && status != NULL && now != NULL, NULL);

  base = get_base (status);
  if (!options->automatic || status->held || base == NULL)
    return NULL;
  wait = (double) get_wait (options, status) * (1 + JITTER * CLAMP (jitter, 0, 1));
  due = g_date_time_add_seconds (base, wait);
  here = g_date_time_to_timezone (g_date_time_compare (due, now) > 0 ? due : now, zone);
  next = find_open (here, options, calendar);
  return next != NULL && !has_expired (options, next) ? g_steal_pointer (&next) : NULL;
}

/**
 * shy_schedule_is_due: (skip)
 * @entry: a service
 * @status: how one of its streams stands
 * @now: the moment now
 *
 * Says whether a stream is to be pulled now without being asked: when its next pull has come, as
 * shy_schedule_next() says, and no other runs or waits for a person. A sample service is due once
 * when it is there.
 *
 * Returns: whether it is
 */
gboolean
shy_schedule_is_due (const ShyServiceEntry *entry, const ShyStreamStatus *status, GDateTime *now)
{
  g_autoptr (GDateTime) when = NULL;

  g_return_val_if_fail (entry != NULL && status != NULL && now != NULL, FALSE);

  if (!entry->options.automatic || status->pulling || status->held)
    return FALSE;
  if (entry->sample && status->last_attempt == NULL)
    return TRUE;
  if (status->next_pull != NULL)
    when = g_date_time_new_from_iso8601 (status->next_pull, NULL);
  return when != NULL && g_date_time_compare (when, now) <= 0;
}
