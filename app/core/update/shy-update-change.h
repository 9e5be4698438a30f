/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar/shy-calendar.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

/**
 * ShyUpdateChangeKind: (skip)
 *
 * What happens to a part of a pack or a day of the calendar.
 */
typedef enum {
  SHY_UPDATE_ADDED,
  SHY_UPDATE_REMOVED,
  SHY_UPDATE_CHANGED,
} ShyUpdateChangeKind;

/**
 * ShyUpdateChange: (skip)
 * @kind: what happens
 * @part: the part it stands in, translated: “Criteria”, “Working days”
 * @subject: (nullable): which one of them: “期满出站”, “2027年2月6日”; %NULL for the pack as a whole
 * @member: (nullable): what of it, translated: “Condition”; %NULL for all of it
 * @before: (nullable): as it is now, for people; %NULL with %SHY_UPDATE_ADDED
 * @after: (nullable): as it will be; %NULL with %SHY_UPDATE_REMOVED
 *
 * One thing that an update changes, in words that a clerk reads.
 */
typedef struct
{
  ShyUpdateChangeKind kind;
  const char         *part;
  char               *subject;
  char               *member;
  char               *before;
  char               *after;
} ShyUpdateChange;

GPtrArray  *shy_update_compare_policies   (ShyPolicy             *before,
                                           ShyPolicy             *after);
GPtrArray  *shy_update_compare_calendars  (ShyCalendar           *before,
                                           ShyCalendar           *after);
char       *shy_update_change_to_sentence (const ShyUpdateChange *self);

G_END_DECLS
