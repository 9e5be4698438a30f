/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-date-time.h"

#include "feel/shy-feel-lexical-private.h"
#include "feel/shy-feel-temporal-private.h"

/**
 * shy_feel_date_time_parse: (skip)
 * @text: a text such as `2025-06-30T08:30:00` or `2025-06-30`
 * @value: (out): the date and time
 *
 * Reads a date and time. The time may be left out, which means midnight; a zone may stand behind
 * a date alone, as in the specification's example `2012-03-07Z`.
 *
 * Source: DMN 1.5, 10.3.4.1 “date time string”; the lexical space of xs:dateTime, where 24:00:00
 * is midnight at the end of the day.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_date_time_parse (const char      *text,
                          ShyFeelDateTime *value)
{
  gboolean    end_of_day;
  ShyFeelZone zone;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (!shy_feel_date_take (&text, &value->date))
    return FALSE;
  if (!shy_feel_take (&text, 'T'))
    return shy_feel_zone_parse (text, &zone)
           && shy_feel_time_init (&value->time, 0, 0, 0, 0, &zone);
  if (!shy_feel_time_take (&text, &value->time, &end_of_day))
    return FALSE;
  return !end_of_day
         || shy_feel_date_init_days (&value->date, shy_feel_date_get_days (&value->date) + 1);
}

/**
 * shy_feel_date_time_to_string: (skip)
 * @value: a date and time
 *
 * Returns: (transfer full): the text, as `2025-06-30T08:30:00+08:00`
 */
char *
shy_feel_date_time_to_string (const ShyFeelDateTime *value)
{
  GString *text;

  g_return_val_if_fail (value != NULL, NULL);

  text = g_string_new (NULL);
  shy_feel_date_append (&value->date, text);
  g_string_append_c (text, 'T');
  shy_feel_time_append (&value->time, text);
  return g_string_free (text, FALSE);
}

/* The reading on the wall, as nanoseconds since 1970-01-01T00:00:00 on the wall. */
static ShyFeelNanos
get_wall_nanos (const ShyFeelDateTime *value)
{
  return (ShyFeelNanos) shy_feel_date_get_days (&value->date) * SHY_FEEL_SECONDS_PER_DAY
             * SHY_FEEL_NANOS_PER_SECOND
         + shy_feel_time_get_nanos (&value->time);
}

/* The moment as nanoseconds since 1970-01-01T00:00:00Z; without a zone, the reading. */
static ShyFeelNanos
get_utc_nanos (const ShyFeelDateTime *value)
{
  gint32 offset = 0;

  shy_feel_date_time_get_offset (value, &offset);
  return get_wall_nanos (value) - (ShyFeelNanos) offset * SHY_FEEL_NANOS_PER_SECOND;
}

static gboolean
is_local (const ShyFeelDateTime *value)
{
  return value->time.zone.kind == SHY_FEEL_ZONE_LOCAL;
}

/**
 * shy_feel_date_time_get_offset: (skip)
 * @value: a date and time
 * @offset: (out): seconds east of UTC
 *
 * Gets the offset that holds at a date and time: the one written, or the one its zone has then.
 *
 * Returns: whether it has one; a local date and time has not
 */
gboolean
shy_feel_date_time_get_offset (const ShyFeelDateTime *value,
                               gint32                *offset)
{
  ShyFeelNanos seconds;

  g_return_val_if_fail (value != NULL && offset != NULL, FALSE);

  if (is_local (value))
    return FALSE;
  seconds = shy_feel_floor_div (get_wall_nanos (value), SHY_FEEL_NANOS_PER_SECOND);
  *offset = shy_feel_zone_offset_at_local (&value->time.zone, (gint64) seconds);
  return TRUE;
}

/**
 * shy_feel_date_time_compare: (skip)
 * @a: a date and time
 * @b: a date and time
 *
 * Orders two values: by the moment when both have a zone, else on the wall, since one without an
 * offset takes that of the other.
 *
 * Source: DMN 1.5, table 54.
 *
 * Returns: -1, 0 or 1 as @a is before, at or after @b
 */
int
shy_feel_date_time_compare (const ShyFeelDateTime *a,
                            const ShyFeelDateTime *b)
{
  gboolean     mixed;
  ShyFeelNanos nanos_a;
  ShyFeelNanos nanos_b;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  mixed = is_local (a) != is_local (b);
  nanos_a = mixed ? get_wall_nanos (a) : get_utc_nanos (a);
  nanos_b = mixed ? get_wall_nanos (b) : get_utc_nanos (b);
  return (nanos_a > nanos_b) - (nanos_a < nanos_b);
}

/**
 * shy_feel_date_time_equal: (skip)
 * @a: a date and time
 * @b: a date and time
 *
 * Whether `a = b`: the same moment when both have a zone, the same reading when neither has. One
 * with a zone never equals one without.
 *
 * Returns: whether the two are equal
 */
gboolean
shy_feel_date_time_equal (const ShyFeelDateTime *a,
                          const ShyFeelDateTime *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return is_local (a) == is_local (b) && shy_feel_date_time_compare (a, b) == 0;
}

/**
 * shy_feel_date_time_is: (skip)
 * @a: a date and time
 * @b: a date and time
 *
 * Whether `is(a, b)`: the same element of the domain, so the same reading with the same zone.
 *
 * Returns: whether the two are the same
 */
gboolean
shy_feel_date_time_is (const ShyFeelDateTime *a,
                       const ShyFeelDateTime *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return shy_feel_date_compare (&a->date, &b->date) == 0 && shy_feel_time_is (&a->time, &b->time);
}

/**
 * shy_feel_date_time_add_months: (skip)
 * @value: a date and time
 * @months: months to add, may be negative
 * @sum: (out): the date so much later at the same time of day
 *
 * Adds a years and months duration as shy_feel_date_add_months() does.
 *
 * Returns: whether the year lies within the range of FEEL
 */
gboolean
shy_feel_date_time_add_months (const ShyFeelDateTime *value,
                               gint64                 months,
                               ShyFeelDateTime       *sum)
{
  g_return_val_if_fail (value != NULL && sum != NULL, FALSE);

  *sum = *value;
  return shy_feel_date_add_months (&value->date, months, &sum->date);
}

/* Sets the reading on the wall; the zone is left as it is. */
static gboolean
set_wall_nanos (ShyFeelDateTime *value,
                ShyFeelNanos     nanos)
{
  ShyFeelDate epoch = { 1970, 1, 1 };
  ShyFeelTime midnight = { .zone = value->time.zone };

  shy_feel_time_add_nanos (&midnight, nanos, &value->time);
  return shy_feel_date_add_nanos (&epoch, nanos, &value->date);
}

/**
 * shy_feel_date_time_add_nanos: (skip)
 * @value: a date and time
 * @nanos: a days and time duration in nanoseconds, may be negative
 * @sum: (out): the moment so much later, in the zone of @value
 *
 * Adds a days and time duration. Where a zone's clock is put forward or back in between, the
 * reading on the wall moves by that too: the duration is time that passes.
 *
 * Source: DMN 1.5, table 57.
 *
 * Returns: whether the year lies within the range of FEEL
 */
gboolean
shy_feel_date_time_add_nanos (const ShyFeelDateTime *value,
                              ShyFeelNanos           nanos,
                              ShyFeelDateTime       *sum)
{
  const ShyFeelNanos limit = (ShyFeelNanos) 4 * SHY_FEEL_YEAR_MAX * 366 * SHY_FEEL_SECONDS_PER_DAY
                             * SHY_FEEL_NANOS_PER_SECOND;
  ShyFeelNanos       total;

  g_return_val_if_fail (value != NULL && sum != NULL, FALSE);

  if (nanos < -limit || nanos > limit)
    return FALSE;
  total = get_utc_nanos (value) + nanos;
  *sum = *value;
  if (!is_local (value))
    total += (ShyFeelNanos) shy_feel_zone_offset_at_utc (
                 &value->time.zone,
                 (gint64) shy_feel_floor_div (total, SHY_FEEL_NANOS_PER_SECOND))
             * SHY_FEEL_NANOS_PER_SECOND;
  return set_wall_nanos (sum, total);
}

/**
 * shy_feel_date_time_subtract: (skip)
 * @a: a date and time
 * @b: a date and time
 * @difference: (out): the days and time duration from @b to @a, in nanoseconds
 *
 * Subtracts two values that both have a zone, or neither.
 *
 * Source: DMN 1.5, table 57.
 *
 * Returns: whether the difference is defined
 */
gboolean
shy_feel_date_time_subtract (const ShyFeelDateTime *a,
                             const ShyFeelDateTime *b,
                             ShyFeelNanos          *difference)
{
  g_return_val_if_fail (a != NULL && b != NULL && difference != NULL, FALSE);

  if (is_local (a) != is_local (b))
    return FALSE;
  *difference = get_utc_nanos (a) - get_utc_nanos (b);
  return TRUE;
}
