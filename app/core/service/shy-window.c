/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/shy-pull-private.h"

/* The spans of time that are asked for one after another. */

static void
free_window (gpointer data)
{
  ShyWindow *self = data;

  g_free (self->begin);
  g_free (self->end);
  g_free (self->start_text);
  g_free (self->end_text);
  g_free (self);
}

static GDateTime *
add_span (GDateTime *time, const ShySpan *span, int sign)
{
  return g_date_time_add_full (time, 0, sign * (int) span->months, sign * (int) span->days, 0, 0,
                               sign * (double) span->seconds);
}

static GDateTime *
add_unit (const ShySync *sync, GDateTime *time, int count)
{
  return sync->by_second ? g_date_time_add_seconds (time, count) : g_date_time_add_days (time, count);
}

/* Writes what is sent for a window whose first and last unit are asked for. */
static ShyWindow *
make_window (const ShySync *sync, GDateTime *begin, GDateTime *end)
{
  gboolean              before = sync->bounds == SHY_BOUNDS_EXCLUSIVE;
  gboolean              after = sync->bounds != SHY_BOUNDS_INCLUSIVE;
  g_autoptr (GDateTime) start = add_unit (sync, begin, before ? -1 : 0);
  g_autoptr (GDateTime) stop = add_unit (sync, end, after ? 1 : 0);
  ShyWindow            *self = g_new0 (ShyWindow, 1);

  self->begin = g_date_time_format_iso8601 (begin);
  self->end = g_date_time_format_iso8601 (end);
  self->start_text = g_date_time_format (start, sync->format);
  self->end_text = g_date_time_format (stop, sync->format);
  return self;
}

static GDateTime *
find_start (const ShySync *sync, const char *cursor)
{
  g_autoptr (GTimeZone) zone = g_date_time_get_timezone (sync->start) != NULL
                                 ? g_time_zone_ref (g_date_time_get_timezone (sync->start))
                                 : NULL;
  g_autoptr (GDateTime) done = cursor != NULL ? g_date_time_new_from_iso8601 (cursor, zone) : NULL;
  g_autoptr (GDateTime) next = NULL;
  g_autoptr (GDateTime) from = NULL;

  if (done == NULL)
    return g_date_time_ref (sync->start);
  next = add_unit (sync, done, 1);
  from = add_span (next, &sync->lookback, -1);
  return g_date_time_ref (g_date_time_compare (from, sync->start) < 0 ? sync->start : from);
}

/* Lists the windows from where the last pull ended, less the lookback, to now. Together they hold
 * every unit once. */
GPtrArray *
shy_windows_new (const ShySync *sync, const char *cursor, gint64 now_ms)
{
  GPtrArray            *windows = g_ptr_array_new_with_free_func (free_window);
  g_autoptr (GDateTime) begin = find_start (sync, cursor);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, g_date_time_get_timezone (begin));

  while (g_date_time_compare (begin, now) <= 0)
    {
      g_autoptr (GDateTime) next = add_span (begin, &sync->step, 1);
      g_autoptr (GDateTime) last = add_unit (sync, next, -1);
      gboolean              beyond = g_date_time_compare (last, now) > 0;

      /* By days the last window ends today, whatever the hour. */
      if (beyond)
        {
          g_date_time_unref (last);
          last = sync->by_second ? g_date_time_ref (now)
                                 : g_date_time_new (g_date_time_get_timezone (begin),
                                                    g_date_time_get_year (now),
                                                    g_date_time_get_month (now),
                                                    g_date_time_get_day_of_month (now), 0, 0, 0);
        }
      g_ptr_array_add (windows, make_window (sync, begin, last));
      g_date_time_unref (begin);
      begin = g_date_time_ref (next);
    }
  return windows;
}
