/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-pull-private.h"

#include <string.h>

/* The spans of time that are asked for one after another. */

static void
free_span (gpointer data)
{
  ShySpan *self = data;

  g_free (self->begin);
  g_free (self->end);
  g_free (self->start_text);
  g_free (self->end_text);
  g_free (self);
}

static GDateTime *
add_duration (GDateTime *time, const ShyDuration *duration, int sign)
{
  return g_date_time_add_full (time, 0, sign * (int) duration->months,
                               sign * (int) duration->days, 0, 0,
                               sign * (double) duration->seconds);
}

static GDateTime *
add_unit (const ShySync *sync, GDateTime *time, int count)
{
  return sync->by_second ? g_date_time_add_seconds (time, count) : g_date_time_add_days (time, count);
}

/* Writes what is sent for a span whose first and last unit are asked for. */
static ShySpan *
make_span (const ShySync *sync, GDateTime *begin, GDateTime *end)
{
  gboolean              before = sync->bounds == SHY_BOUNDS_EXCLUSIVE;
  gboolean              after = sync->bounds != SHY_BOUNDS_INCLUSIVE;
  g_autoptr (GDateTime) start = add_unit (sync, begin, before ? -1 : 0);
  g_autoptr (GDateTime) stop = add_unit (sync, end, after ? 1 : 0);
  ShySpan              *self = g_new0 (ShySpan, 1);

  self->begin = g_date_time_format_iso8601 (begin);
  self->end = g_date_time_format_iso8601 (end);
  self->start_text = g_date_time_format (start, sync->format);
  self->end_text = g_date_time_format (stop, sync->format);
  return self;
}

/* Reads a day or a moment; %NULL if @text is none. */
GDateTime *
shy_sync_read (const ShySync *sync, const char *text)
{
  g_autofree char *moment = text != NULL && strchr (text, 'T') == NULL
                              ? g_strconcat (text, "T00:00:00", NULL)
                              : g_strdup (text);

  return moment != NULL
           ? g_date_time_new_from_iso8601 (moment, g_date_time_get_timezone (sync->start))
           : NULL;
}

/* The earlier of the newest moment in the rows and the end of what was asked for. */
char *
shy_sync_choose (const ShySync *sync, GDateTime *newest, const char *until)
{
  g_autoptr (GDateTime) end = shy_sync_read (sync, until);

  if (newest == NULL || (end != NULL && g_date_time_compare (end, newest) < 0))
    return g_strdup (until);
  return g_date_time_format_iso8601 (newest);
}

/* Others may have the newest moment too, and are asked for again: rows are told apart by key. */
static GDateTime *
find_start (const ShySync *sync, const char *cursor)
{
  g_autoptr (GDateTime) newest = shy_sync_read (sync, cursor);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (newest == NULL)
    return g_date_time_ref (sync->start);
  local = g_date_time_to_timezone (newest, g_date_time_get_timezone (sync->start));
  day = sync->by_second ? g_date_time_ref (local)
                        : g_date_time_new (g_date_time_get_timezone (sync->start),
                                           g_date_time_get_year (local),
                                           g_date_time_get_month (local),
                                           g_date_time_get_day_of_month (local), 0, 0, 0);
  from = add_duration (day, &sync->lookback, -1);
  return g_date_time_ref (g_date_time_compare (from, sync->start) < 0 ? sync->start : from);
}

/* Lists the spans from where the last pull ended, less the lookback, to now. Together they hold
 * every unit once. */
GPtrArray *
shy_spans_new (const ShySync *sync, const char *cursor, gint64 now_ms)
{
  GPtrArray            *spans = g_ptr_array_new_with_free_func (free_span);
  g_autoptr (GDateTime) begin = find_start (sync, cursor);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, g_date_time_get_timezone (begin));

  while (g_date_time_compare (begin, now) <= 0)
    {
      g_autoptr (GDateTime) next = add_duration (begin, &sync->step, 1);
      g_autoptr (GDateTime) last = add_unit (sync, next, -1);
      gboolean              beyond = g_date_time_compare (last, now) > 0;

      /* By days the last span ends today, whatever the hour. */
      if (beyond)
        {
          g_date_time_unref (last);
          last = sync->by_second ? g_date_time_ref (now)
                                 : g_date_time_new (g_date_time_get_timezone (begin),
                                                    g_date_time_get_year (now),
                                                    g_date_time_get_month (now),
                                                    g_date_time_get_day_of_month (now), 0, 0, 0);
        }
      g_ptr_array_add (spans, make_span (sync, begin, last));
      g_date_time_unref (begin);
      begin = g_date_time_ref (next);
    }
  return spans;
}
