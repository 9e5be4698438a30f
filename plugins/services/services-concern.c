/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-concern.h"

#include "shy-core.h"

/* Data may always be this old, in days. */
#define MOST_DAYS 2

static void
get_day (GDateTime *when,
         GDate     *day)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, g_date_time_get_day_of_month (when), g_date_time_get_month (when),
                  g_date_time_get_year (when));
}

/* Where the calendar does not know the days, each counts. */
static int
count_days (GDateTime *from,
            GDateTime *to,
            gboolean   workdays_only)
{
  ShyCalendar *calendar = NULL;
  GDate        first, last;
  int          days;

  get_day (from, &first);
  get_day (to, &last);
  if (workdays_only)
    calendar = shy_calendar_get_default (NULL);
  if (calendar != NULL &&
      shy_calendar_count_working_days (calendar, &first, &last, &days, NULL))
    return days;

  return g_date_days_between (&first, &last);
}

gboolean
services_concern_is_stale (const ShyServiceEntry *entry,
                           GDateTime             *now)
{
  g_autoptr (GDateTime) last = NULL;
  int                   most = MAX (MOST_DAYS, (int) (2 * entry->options.every_minutes) / (24 * 60));

  if (!entry->options.automatic || entry->last_success == NULL)
    return FALSE;

  last = g_date_time_new_from_iso8601 (entry->last_success, NULL);
  return last != NULL && count_days (last, now, entry->options.workdays_only) > most;
}

gboolean
services_concern_days_left (const ShyServiceEntry *entry,
                            GDateTime             *now,
                            int                   *days)
{
  GDate today, end;

  if (entry->options.expires_on == NULL)
    return FALSE;

  g_date_clear (&end, 1);
  g_date_set_parse (&end, entry->options.expires_on);
  if (!g_date_valid (&end))
    return FALSE;

  get_day (now, &today);
  *days = g_date_days_between (&today, &end);
  return TRUE;
}
