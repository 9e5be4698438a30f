/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-time.h"

#include "feel/shy-feel-lexical-private.h"
#include "feel/shy-feel-temporal-private.h"

/**
 * shy_feel_time_init: (skip)
 * @time: (out): the time
 * @hour: 0 to 23
 * @minute: 0 to 59
 * @second: 0 to 59
 * @nanos: 0 to 999,999,999
 * @zone: (nullable): what is said of the zone, %NULL for nothing
 *
 * Makes a time of its parts.
 *
 * Returns: whether there is such a time
 */
gboolean
shy_feel_time_init (ShyFeelTime       *time,
                    gint64             hour,
                    gint64             minute,
                    gint64             second,
                    gint64             nanos,
                    const ShyFeelZone *zone)
{
  g_return_val_if_fail (time != NULL, FALSE);

  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return FALSE;
  if (nanos < 0 || nanos >= SHY_FEEL_NANOS_PER_SECOND)
    return FALSE;
  *time = (ShyFeelTime) { (guint8) hour, (guint8) minute, (guint8) second, (guint32) nanos };
  if (zone != NULL)
    time->zone = *zone;
  return TRUE;
}

/*< private >
 * shy_feel_time_take:
 * @text: (inout): the text; what is left of it
 * @time: (out): the time
 * @end_of_day: (out): whether it was written 24:00:00, which is the next day's 00:00:00
 *
 * Reads a time that goes to the end of a text: hour, minute and second of two digits each, a
 * fraction, a zone.
 *
 * Returns: whether there was one
 */
gboolean
shy_feel_time_take (const char **text,
                    ShyFeelTime *time,
                    gboolean    *end_of_day)
{
  gint64      hour;
  gint64      minute;
  gint64      second;
  gint64      nanos = 0;
  ShyFeelZone zone;

  if (!shy_feel_take_digits (text, 2, &hour) || !shy_feel_take (text, ':'))
    return FALSE;
  if (!shy_feel_take_digits (text, 2, &minute) || !shy_feel_take (text, ':'))
    return FALSE;
  if (!shy_feel_take_digits (text, 2, &second))
    return FALSE;
  if (shy_feel_take (text, '.') && !shy_feel_take_nanos (text, &nanos))
    return FALSE;
  if (!shy_feel_zone_parse (*text, &zone))
    return FALSE;
  *end_of_day = hour == 24 && minute == 0 && second == 0 && nanos == 0;
  return shy_feel_time_init (time, *end_of_day ? 0 : hour, minute, second, nanos, &zone);
}

/**
 * shy_feel_time_parse: (skip)
 * @text: a text such as `08:30:00`, `08:30:00.5+08:00` or `08:30:00@Asia/Shanghai`
 * @time: (out): the time
 *
 * Reads a time.
 *
 * Source: DMN 1.5, 10.3.4.1 “time string”; the lexical space of xs:time, where 24:00:00 is
 * another writing of 00:00:00.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_time_parse (const char  *text,
                     ShyFeelTime *time)
{
  gboolean end_of_day;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);

  return shy_feel_time_take (&text, time, &end_of_day);
}

/*< private >
 * shy_feel_time_append:
 * @time: a time
 * @text: where to write it
 */
void
shy_feel_time_append (const ShyFeelTime *time,
                      GString           *text)
{
  g_string_append_printf (text, "%02u:%02u:%02u", time->hour, time->minute, time->second);
  shy_feel_append_nanos (text, time->nanos);
  shy_feel_zone_append (&time->zone, text);
}

/**
 * shy_feel_time_to_string: (skip)
 * @time: a time
 *
 * Returns: (transfer full): the time as `08:30:00.5+08:00`
 */
char *
shy_feel_time_to_string (const ShyFeelTime *time)
{
  GString *text;

  g_return_val_if_fail (time != NULL, NULL);

  text = g_string_new (NULL);
  shy_feel_time_append (time, text);
  return g_string_free (text, FALSE);
}

/**
 * shy_feel_time_get_nanos: (skip)
 * @time: a time
 *
 * Returns: the nanoseconds since midnight on the wall
 */
ShyFeelNanos
shy_feel_time_get_nanos (const ShyFeelTime *time)
{
  gint64 seconds;

  g_return_val_if_fail (time != NULL, 0);

  seconds = time->hour * 3600 + time->minute * 60 + time->second;
  return (ShyFeelNanos) seconds * SHY_FEEL_NANOS_PER_SECOND + time->nanos;
}

/**
 * shy_feel_time_get_offset: (skip)
 * @time: a time
 * @offset: (out): seconds east of UTC
 *
 * Gets the offset of a time. A named zone gives one only when it is the same in winter and in
 * summer, for a time without a day cannot tell which of two holds.
 *
 * Returns: whether the time has an offset
 */
gboolean
shy_feel_time_get_offset (const ShyFeelTime *time,
                          gint32            *offset)
{
  const gint64 winter = G_GINT64_CONSTANT (1704067200); /* 2024-01-01T00:00:00Z */
  const gint64 summer = G_GINT64_CONSTANT (1719792000); /* 2024-07-01T00:00:00Z */

  g_return_val_if_fail (time != NULL && offset != NULL, FALSE);

  if (time->zone.kind == SHY_FEEL_ZONE_LOCAL)
    return FALSE;
  *offset = shy_feel_zone_offset_at_utc (&time->zone, winter);
  return *offset == shy_feel_zone_offset_at_utc (&time->zone, summer);
}

/* Nanoseconds since midnight, at UTC when the offset is known. */
static ShyFeelNanos
get_utc_nanos (const ShyFeelTime *time,
               gboolean          *known)
{
  ShyFeelNanos nanos = shy_feel_time_get_nanos (time);
  gint32       offset;

  *known = shy_feel_time_get_offset (time, &offset);
  return *known ? nanos - (ShyFeelNanos) offset * SHY_FEEL_NANOS_PER_SECOND : nanos;
}

/**
 * shy_feel_time_compare: (skip)
 * @a: a time
 * @b: a time
 *
 * Orders two times: by UTC when both have an offset, else on the wall, since a time without an
 * offset takes that of the other.
 *
 * Source: DMN 1.5, table 54.
 *
 * Returns: -1, 0 or 1 as @a is before, at or after @b
 */
int
shy_feel_time_compare (const ShyFeelTime *a,
                       const ShyFeelTime *b)
{
  gboolean     known_a;
  gboolean     known_b;
  ShyFeelNanos nanos_a;
  ShyFeelNanos nanos_b;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  nanos_a = get_utc_nanos (a, &known_a);
  nanos_b = get_utc_nanos (b, &known_b);
  if (!known_a || !known_b)
    {
      nanos_a = shy_feel_time_get_nanos (a);
      nanos_b = shy_feel_time_get_nanos (b);
    }
  return (nanos_a > nanos_b) - (nanos_a < nanos_b);
}

/**
 * shy_feel_time_equal: (skip)
 * @a: a time
 * @b: a time
 *
 * Whether `a = b`: the same moment when both name a zone, the same reading when neither does. A
 * time with a zone never equals one without, and zones whose offset depends on the day must be
 * the same.
 *
 * Returns: whether the two are equal
 */
gboolean
shy_feel_time_equal (const ShyFeelTime *a,
                     const ShyFeelTime *b)
{
  gint32 offset;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if ((a->zone.kind == SHY_FEEL_ZONE_LOCAL) != (b->zone.kind == SHY_FEEL_ZONE_LOCAL))
    return FALSE;
  if (a->zone.kind != SHY_FEEL_ZONE_LOCAL
      && !(shy_feel_time_get_offset (a, &offset) && shy_feel_time_get_offset (b, &offset)))
    return shy_feel_time_is (a, b);
  return shy_feel_time_compare (a, b) == 0;
}

/**
 * shy_feel_time_is: (skip)
 * @a: a time
 * @b: a time
 *
 * Whether `is(a, b)`: the same element of the domain, so the same reading with the same zone.
 *
 * Returns: whether the two are the same
 */
gboolean
shy_feel_time_is (const ShyFeelTime *a,
                  const ShyFeelTime *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return shy_feel_time_get_nanos (a) == shy_feel_time_get_nanos (b)
         && shy_feel_zone_equal (&a->zone, &b->zone);
}

/**
 * shy_feel_time_add_nanos: (skip)
 * @time: a time
 * @nanos: a days and time duration in nanoseconds, may be negative
 * @sum: (out): the time so much later, going round at midnight, with the zone of @time
 */
void
shy_feel_time_add_nanos (const ShyFeelTime *time,
                         ShyFeelNanos       nanos,
                         ShyFeelTime       *sum)
{
  const ShyFeelNanos day = SHY_FEEL_SECONDS_PER_DAY * SHY_FEEL_NANOS_PER_SECOND;
  ShyFeelNanos       total;
  gint64             seconds;
  ShyFeelZone        zone;

  g_return_if_fail (time != NULL && sum != NULL);

  zone = time->zone;
  total = shy_feel_time_get_nanos (time) + nanos % day;
  total -= shy_feel_floor_div (total, day) * day;
  seconds = (gint64) (total / SHY_FEEL_NANOS_PER_SECOND);
  shy_feel_time_init (sum, seconds / 3600, seconds / 60 % 60, seconds % 60,
                      (gint64) (total % SHY_FEEL_NANOS_PER_SECOND), &zone);
}

/**
 * shy_feel_time_subtract: (skip)
 * @a: a time
 * @b: a time
 * @difference: (out): the days and time duration from @b to @a, in nanoseconds
 *
 * Subtracts two times that both have a zone, or neither.
 *
 * Returns: whether the difference is defined
 */
gboolean
shy_feel_time_subtract (const ShyFeelTime *a,
                        const ShyFeelTime *b,
                        ShyFeelNanos      *difference)
{
  gboolean     known_a;
  gboolean     known_b;
  ShyFeelNanos nanos_a;
  ShyFeelNanos nanos_b;

  g_return_val_if_fail (a != NULL && b != NULL && difference != NULL, FALSE);

  if ((a->zone.kind == SHY_FEEL_ZONE_LOCAL) != (b->zone.kind == SHY_FEEL_ZONE_LOCAL))
    return FALSE;
  nanos_a = get_utc_nanos (a, &known_a);
  nanos_b = get_utc_nanos (b, &known_b);
  if (known_a != known_b)
    return FALSE;
  *difference = nanos_a - nanos_b;
  return TRUE;
}
