/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyMonthRule:
 * @SHY_MONTH_RULE_SINCE: the day it begins is not counted: a month from 15 March is full on
 *   15 April. For how long something has lasted since a day: registered, left the station.
 * @SHY_MONTH_RULE_PERIOD: both days belong to the period: from 15 March to 14 April is a month.
 *   For periods with a first and a last day: contracts.
 * @SHY_MONTH_RULE_CALENDAR: only months of the calendar that lie wholly in the period count, its
 *   first and last day with them. For contributions, which are due by the month.
 *
 * How full months (满N个月) are counted. Which rule a policy means is written in its pack.
 */
typedef enum {
  SHY_MONTH_RULE_SINCE,
  SHY_MONTH_RULE_PERIOD,
  SHY_MONTH_RULE_CALENDAR,
} ShyMonthRule;

gboolean     shy_month_rule_parse   (const char   *name,
                                     ShyMonthRule *rule);
const char  *shy_month_rule_to_name (ShyMonthRule  rule);
int          shy_full_months        (const GDate  *from,
                                     const GDate  *to,
                                     ShyMonthRule  rule);
void         shy_full_months_day    (const GDate  *from,
                                     int           months,
                                     ShyMonthRule  rule,
                                     GDate        *day);

G_END_DECLS
