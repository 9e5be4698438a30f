/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* FEEL's dates, times and durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8) as plain values. */

#include "feel/shy-feel-date-time.h"
#include "feel/shy-feel-date.h"
#include "feel/shy-feel-duration.h"
#include "feel/shy-feel-time.h"
#include "feel/shy-feel-zone.h"

G_BEGIN_DECLS

/**
 * ShyFeelTemporalKind: (skip)
 * @SHY_FEEL_TEMPORAL_NONE: the text is none of the others
 * @SHY_FEEL_TEMPORAL_DATE: a date
 * @SHY_FEEL_TEMPORAL_TIME: a time
 * @SHY_FEEL_TEMPORAL_DATE_TIME: a date and time
 * @SHY_FEEL_TEMPORAL_DURATION: a days and time duration
 * @SHY_FEEL_TEMPORAL_MONTHS: a years and months duration
 */
typedef enum {
  SHY_FEEL_TEMPORAL_NONE,
  SHY_FEEL_TEMPORAL_DATE,
  SHY_FEEL_TEMPORAL_TIME,
  SHY_FEEL_TEMPORAL_DATE_TIME,
  SHY_FEEL_TEMPORAL_DURATION,
  SHY_FEEL_TEMPORAL_MONTHS,
} ShyFeelTemporalKind;

/**
 * ShyFeelTemporal: (skip)
 *
 * What an at-literal may hold; the kind beside it says which member counts.
 */
typedef union
{
  ShyFeelDate     date;
  ShyFeelTime     time;
  ShyFeelDateTime date_time;
  ShyFeelNanos    duration;
  gint64          months;
} ShyFeelTemporal;

ShyFeelTemporalKind shy_feel_temporal_parse (const char      *text,
                                             ShyFeelTemporal *value);

G_END_DECLS
