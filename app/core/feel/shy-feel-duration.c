/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-duration.h"

#include "feel/shy-feel-lexical-private.h"

typedef struct
{
  char   letter;
  gint64 seconds;
} Unit;

static const Unit time_units[] = { { 'H', 3600 }, { 'M', 60 }, { 'S', 1 } };

/* Takes the parts behind the T: hours, minutes and seconds in this order, at least one. */
static gboolean
take_time_parts (const char  **text,
                 ShyFeelNanos *nanos)
{
  const char *start = *text;
  guint       unit = 0;

  while (g_ascii_isdigit (**text))
    {
      gint64 amount;
      gint64 fraction = 0;

      if (!shy_feel_take_number (text, &amount))
        return FALSE;
      /* Seconds may end with the point: PT0.S is what some programs write. */
      if (shy_feel_take (text, '.') && **text != 'S' &&
          (!shy_feel_take_nanos (text, &fraction) || **text != 'S'))
        return FALSE;
      while (unit < G_N_ELEMENTS (time_units) && time_units[unit].letter != **text)
        unit++;
      if (unit == G_N_ELEMENTS (time_units))
        return FALSE;
      *nanos += (ShyFeelNanos) amount * time_units[unit].seconds * SHY_FEEL_NANOS_PER_SECOND;
      *nanos += fraction;
      (*text)++;
      unit++;
    }
  return *text > start;
}

/**
 * shy_feel_duration_parse: (skip)
 * @text: a text such as `P1DT2H` or `-PT0.5S`
 * @nanos: (out): the duration in nanoseconds
 *
 * Reads a days and time duration.
 *
 * Source: DMN 1.5, 10.3.4.1 “duration string”; the lexical space of xs:dayTimeDuration.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_duration_parse (const char   *text,
                         ShyFeelNanos *nanos)
{
  gboolean     negative;
  gboolean     any = FALSE;
  ShyFeelNanos total = 0;

  g_return_val_if_fail (text != NULL && nanos != NULL, FALSE);

  negative = shy_feel_take (&text, '-');
  if (!shy_feel_take (&text, 'P'))
    return FALSE;
  if (g_ascii_isdigit (*text))
    {
      gint64 days;

      if (!shy_feel_take_number (&text, &days) || !shy_feel_take (&text, 'D'))
        return FALSE;
      total = (ShyFeelNanos) days * SHY_FEEL_SECONDS_PER_DAY * SHY_FEEL_NANOS_PER_SECOND;
      any = TRUE;
    }
  if (shy_feel_take (&text, 'T'))
    {
      if (!take_time_parts (&text, &total))
        return FALSE;
      any = TRUE;
    }
  if (!any || *text != '\0')
    return FALSE;
  *nanos = negative ? -total : total;
  return TRUE;
}

/**
 * shy_feel_duration_split: (skip)
 * @nanos: a duration in nanoseconds
 *
 * Splits a days and time duration into its normalised parts, of which each is below the next unit.
 *
 * Returns: the parts
 */
ShyFeelDuration
shy_feel_duration_split (ShyFeelNanos nanos)
{
  ShyFeelDuration parts = { .negative = nanos < 0 };
  ShyFeelNanos    seconds;
  gint64          rest;

  nanos = nanos < 0 ? -nanos : nanos;
  seconds = nanos / SHY_FEEL_NANOS_PER_SECOND;
  rest = (gint64) (seconds % SHY_FEEL_SECONDS_PER_DAY);
  parts.days = (gint64) (seconds / SHY_FEEL_SECONDS_PER_DAY);
  parts.hours = rest / 3600;
  parts.minutes = rest / 60 % 60;
  parts.seconds = rest % 60;
  parts.nanos = (guint32) (nanos % SHY_FEEL_NANOS_PER_SECOND);
  return parts;
}

/**
 * shy_feel_duration_to_string: (skip)
 * @nanos: a duration in nanoseconds
 *
 * Writes a days and time duration in its canonical form: `P1DT2H3M4.5S`, and `PT0S` for none.
 *
 * Returns: (transfer full): the text
 */
char *
shy_feel_duration_to_string (ShyFeelNanos nanos)
{
  ShyFeelDuration parts = shy_feel_duration_split (nanos);
  GString        *text = g_string_new (parts.negative ? "-P" : "P");

  if (nanos == 0)
    return g_string_free (g_string_append (text, "T0S"), FALSE);
  if (parts.days != 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "D", parts.days);
  if (parts.hours != 0 || parts.minutes != 0 || parts.seconds != 0 || parts.nanos != 0)
    g_string_append_c (text, 'T');
  if (parts.hours != 0)
    g_string_append_printf (text, "%uH", parts.hours);
  if (parts.minutes != 0)
    g_string_append_printf (text, "%uM", parts.minutes);
  if (parts.seconds != 0 || parts.nanos != 0)
    {
      g_string_append_printf (text, "%u", parts.seconds);
      shy_feel_append_nanos (text, parts.nanos);
      g_string_append_c (text, 'S');
    }
  return g_string_free (text, FALSE);
}

/**
 * shy_feel_months_parse: (skip)
 * @text: a text such as `P1Y2M` or `-P3M`
 * @months: (out): the duration in months
 *
 * Reads a years and months duration.
 *
 * Source: DMN 1.5, 10.3.4.1 “duration string”; the lexical space of xs:yearMonthDuration.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_months_parse (const char *text,
                       gint64     *months)
{
  gboolean negative;
  gboolean any = FALSE;
  gint64   years = 0;
  gint64   rest = 0;
  gint64   number;

  g_return_val_if_fail (text != NULL && months != NULL, FALSE);

  negative = shy_feel_take (&text, '-');
  if (!shy_feel_take (&text, 'P'))
    return FALSE;
  while (g_ascii_isdigit (*text))
    {
      if (!shy_feel_take_number (&text, &number))
        return FALSE;
      if (!any && shy_feel_take (&text, 'Y'))
        years = number;
      else if (shy_feel_take (&text, 'M') && *text == '\0')
        rest = number;
      else
        return FALSE;
      any = TRUE;
    }
  if (!any || *text != '\0' || years > (G_MAXINT64 - rest) / 12)
    return FALSE;
  *months = negative ? -(years * 12 + rest) : years * 12 + rest;
  return TRUE;
}

/**
 * shy_feel_months_to_string: (skip)
 * @months: a duration in months
 *
 * Writes a years and months duration in its canonical form: `P1Y2M`, and `P0M` for none.
 *
 * Returns: (transfer full): the text
 */
char *
shy_feel_months_to_string (gint64 months)
{
  guint64  amount = months < 0 ? -(guint64) months : (guint64) months;
  GString *text = g_string_new (months < 0 ? "-P" : "P");

  if (amount >= 12)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT "Y", amount / 12);
  if (amount % 12 != 0 || amount == 0)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT "M", amount % 12);
  return g_string_free (text, FALSE);
}
