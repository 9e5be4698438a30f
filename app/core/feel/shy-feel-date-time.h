/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-date.h"
#include "feel/shy-feel-time.h"

G_BEGIN_DECLS

/**
 * ShyFeelDateTime: (skip)
 * @date: the day
 * @time: the time of that day, and the zone
 *
 * FEEL's `date and time` (DMN 1.5, 10.3.2.3.6). Made from a date and a time by naming both.
 */
typedef struct
{
  ShyFeelDate date;
  ShyFeelTime time;
} ShyFeelDateTime;

gboolean shy_feel_date_time_parse      (const char            *text,
                                        ShyFeelDateTime       *value);
char    *shy_feel_date_time_to_string  (const ShyFeelDateTime *value);
gboolean shy_feel_date_time_get_offset (const ShyFeelDateTime *value,
                                        gint32                *offset);
gboolean shy_feel_date_time_equal      (const ShyFeelDateTime *a,
                                        const ShyFeelDateTime *b);
gboolean shy_feel_date_time_is         (const ShyFeelDateTime *a,
                                        const ShyFeelDateTime *b);
int      shy_feel_date_time_compare    (const ShyFeelDateTime *a,
                                        const ShyFeelDateTime *b);
gboolean shy_feel_date_time_add_months (const ShyFeelDateTime *value,
                                        gint64                 months,
                                        ShyFeelDateTime       *sum);
gboolean shy_feel_date_time_add_nanos  (const ShyFeelDateTime *value,
                                        ShyFeelNanos           nanos,
                                        ShyFeelDateTime       *sum);
gboolean shy_feel_date_time_subtract   (const ShyFeelDateTime *a,
                                        const ShyFeelDateTime *b,
                                        ShyFeelNanos          *difference);

G_END_DECLS
