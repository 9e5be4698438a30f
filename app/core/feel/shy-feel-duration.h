/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHY_FEEL_NANOS_PER_SECOND G_GINT64_CONSTANT (1000000000)
#define SHY_FEEL_SECONDS_PER_DAY  86400

/**
 * ShyFeelNanos: (skip)
 *
 * A signed number of nanoseconds: the exact value of a days and time duration. The whole span
 * that FEEL's dates can cover, two thousand million years, uses a trillionth of the type.
 */
typedef __int128 ShyFeelNanos;

/**
 * ShyFeelDuration: (skip)
 * @negative: whether the whole duration is below zero; every other member is an amount
 * @days: whole days
 * @hours: 0 to 23
 * @minutes: 0 to 59
 * @seconds: 0 to 59
 * @nanos: 0 to 999,999,999 billionths of a second
 *
 * The normalised parts of a days and time duration.
 */
typedef struct
{
  gboolean negative;
  gint64   days;
  guint8   hours;
  guint8   minutes;
  guint8   seconds;
  guint32  nanos;
} ShyFeelDuration;

gboolean        shy_feel_duration_parse        (const char      *text,
                                                ShyFeelNanos    *nanos);
char           *shy_feel_duration_to_string    (ShyFeelNanos     nanos);
ShyFeelDuration shy_feel_duration_split        (ShyFeelNanos     nanos);

gboolean        shy_feel_months_parse          (const char      *text,
                                                gint64          *months);
char           *shy_feel_months_to_string      (gint64           months);

G_END_DECLS
