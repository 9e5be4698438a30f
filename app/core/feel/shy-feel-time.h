/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-duration.h"
#include "feel/shy-feel-zone.h"

G_BEGIN_DECLS

/**
 * ShyFeelTime: (skip)
 * @hour: 0 to 23
 * @minute: 0 to 59
 * @second: 0 to 59
 * @nanos: 0 to 999,999,999 billionths of a second
 * @zone: what is said of the zone
 *
 * A time of day, as FEEL's `time` has it (DMN 1.5, 10.3.2.3.4).
 */
typedef struct
{
  guint8      hour;
  guint8      minute;
  guint8      second;
  guint32     nanos;
  ShyFeelZone zone;
} ShyFeelTime;

gboolean     shy_feel_time_init       (ShyFeelTime       *time,
                                       gint64             hour,
                                       gint64             minute,
                                       gint64             second,
                                       gint64             nanos,
                                       const ShyFeelZone *zone);
gboolean     shy_feel_time_parse      (const char        *text,
                                       ShyFeelTime       *time);
char        *shy_feel_time_to_string  (const ShyFeelTime *time);

ShyFeelNanos shy_feel_time_get_nanos  (const ShyFeelTime *time);
gboolean     shy_feel_time_get_offset (const ShyFeelTime *time,
                                       gint32            *offset);
gboolean     shy_feel_time_equal      (const ShyFeelTime *a,
                                       const ShyFeelTime *b);
gboolean     shy_feel_time_is         (const ShyFeelTime *a,
                                       const ShyFeelTime *b);
int          shy_feel_time_compare    (const ShyFeelTime *a,
                                       const ShyFeelTime *b);
void         shy_feel_time_add_nanos  (const ShyFeelTime *time,
                                       ShyFeelNanos       nanos,
                                       ShyFeelTime       *sum);
gboolean     shy_feel_time_subtract   (const ShyFeelTime *a,
                                       const ShyFeelTime *b,
                                       ShyFeelNanos      *difference);

G_END_DECLS
