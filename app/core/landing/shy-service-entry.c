/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-entry.h"

#include "calendar/shy-calendar.h"

/* How a connected service stands, and what a bureau decided of it: plain values. */

/* The copy of a service may always be this old, in days. */
#define MOST_DAYS 2

/**
 * shy_service_options_copy: (skip)
 * @target: (out caller-allocates): where to; what is there is not freed
 * @source: options
 *
 * Copies options with their texts.
 */
void
shy_service_options_copy (ShyServiceOptions *target, const ShyServiceOptions *source)
{
  *target = *source;
  target->url_base = g_strdup (source->url_base);
  target->licence_note = g_strdup (source->licence_note);
  target->expires_on = g_strdup (source->expires_on);
}

/**
 * shy_service_options_clear: (skip)
 * @self: options
 *
 * Frees the texts of options.
 */
void
shy_service_options_clear (ShyServiceOptions *self)
{
  g_clear_pointer (&self->url_base, g_free);
  g_clear_pointer (&self->licence_note, g_free);
  g_clear_pointer (&self->expires_on, g_free);
}

/**
 * shy_service_options_equal: (skip)
 * @one: options
 * @two: others
 *
 * Returns: whether both say the same
 */
gboolean
shy_service_options_equal (const ShyServiceOptions *one, const ShyServiceOptions *two)
{
  return one->keep_sensitive == two->keep_sensitive && one->automatic == two->automatic &&
         one->from_minute == two->from_minute && one->to_minute == two->to_minute &&
         one->every_minutes == two->every_minutes && one->workdays_only == two->workdays_only &&
         g_strcmp0 (one->url_base, two->url_base) == 0 &&
         g_strcmp0 (one->licence_note, two->licence_note) == 0 &&
         g_strcmp0 (one->expires_on, two->expires_on) == 0;
}

static void
get_day (GDateTime *when, GDate *day)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (when),
                  (GDateMonth) g_date_time_get_month (when),
                  (GDateYear) g_date_time_get_year (when));
}

/**
 * shy_service_options_days_left: (skip)
 * @self: options
 * @now: the moment now
 * @days: (out): days until the agreement with the service ends, negative when it has
 *
 * Returns: whether an end is noted
 */
gboolean
shy_service_options_days_left (const ShyServiceOptions *self, GDateTime *now, int *days)
{
  GDate today, end;

  g_date_clear (&end, 1);
  if (self->expires_on != NULL)
    g_date_set_parse (&end, self->expires_on);
  if (!g_date_valid (&end))
    return FALSE;

  get_day (now, &today);
  *days = g_date_days_between (&today, &end);
  return TRUE;
}

/* Where the calendar does not know the days, each counts. */
static int
count_days (GDateTime *from, GDateTime *to, gboolean workdays_only)
{
  ShyCalendar *calendar = workdays_only ? shy_calendar_get_default (NULL) : NULL;
  GDate        first, last;
  int          days;

  get_day (from, &first);
  get_day (to, &last);
  return calendar != NULL &&
                 shy_calendar_count_working_days (calendar, &first, &last, &days, NULL)
           ? days
           : g_date_days_between (&first, &last);
}

/**
 * shy_service_entry_is_stale: (skip)
 * @self: a service
 * @now: the moment now
 *
 * Says whether the copy of a service that is pulled automatically is older than it should be: nothing
 * was pulled well for twice its interval and more than two days, counted in working days where it is
 * pulled on those alone. Blocks for the calendar, once.
 *
 * Returns: whether it is
 */
gboolean
shy_service_entry_is_stale (const ShyServiceEntry *self, GDateTime *now)
{
  g_autoptr (GDateTime) last = NULL;
  int                   most = MAX (MOST_DAYS, (int) (2 * self->options.every_minutes) / (24 * 60));

  if (!self->options.automatic || self->last_success == NULL)
    return FALSE;

  last = g_date_time_new_from_iso8601 (self->last_success, NULL);
  return last != NULL && count_days (last, now, self->options.workdays_only) > most;
}

/**
 * shy_service_entry_free: (skip)
 * @self: an entry
 */
void
shy_service_entry_free (ShyServiceEntry *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->doc_url);
  g_free (self->added_at);
  shy_service_options_clear (&self->options);
  g_free (self->trouble);
  g_free (self->last_success);
  g_free (self->next_pull);
  g_free (self);
}

/**
 * shy_stream_status_get_state: (skip)
 * @self: how a stream stands
 *
 * Returns: the worst that the stream needs a person for
 */
ShyServiceState
shy_stream_status_get_state (const ShyStreamStatus *self)
{
  if (self->held)
    return SHY_SERVICE_STATE_HELD;
  if (self->failures > 0)
    return SHY_SERVICE_STATE_TROUBLE;
  return self->last_success == NULL ? SHY_SERVICE_STATE_NEW : SHY_SERVICE_STATE_FINE;
}

/**
 * shy_stream_status_free: (skip)
 * @self: a status
 */
void
shy_stream_status_free (ShyStreamStatus *self)
{
  g_free (self->service);
  g_free (self->stream);
  g_free (self->title);
  g_free (self->dataset);
  g_free (self->dataset_title);
  g_free (self->last_success);
  g_free (self->last_attempt);
  g_free (self->source_date);
  g_free (self->next_pull);
  g_free (self->trouble);
  g_free (self);
}
