/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-temporal.h"

#include <string.h>

/**
 * shy_feel_temporal_parse: (skip)
 * @text: what stands between the quotes of an at-literal
 * @value: (out): the value, of the kind that is returned
 *
 * Reads a date, a time, a date and time, or a duration of either kind.
 *
 * Source: DMN 1.5, grammar rule 62 “date time literal”.
 *
 * Returns: what @text is, %SHY_FEEL_TEMPORAL_NONE if nothing of the kind
 */
ShyFeelTemporalKind
shy_feel_temporal_parse (const char      *text,
                         ShyFeelTemporal *value)
{
  g_return_val_if_fail (text != NULL && value != NULL, SHY_FEEL_TEMPORAL_NONE);

  if (shy_feel_date_parse (text, &value->date))
    return SHY_FEEL_TEMPORAL_DATE;
  if (shy_feel_time_parse (text, &value->time))
    return SHY_FEEL_TEMPORAL_TIME;
  if (strchr (text, 'T') != NULL && shy_feel_date_time_parse (text, &value->date_time))
    return SHY_FEEL_TEMPORAL_DATE_TIME;
  if (shy_feel_months_parse (text, &value->months))
    return SHY_FEEL_TEMPORAL_MONTHS;
  if (shy_feel_duration_parse (text, &value->duration))
    return SHY_FEEL_TEMPORAL_DURATION;
  return SHY_FEEL_TEMPORAL_NONE;
}
