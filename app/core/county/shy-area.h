/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SHY_AREA_ELSEWHERE:
 *
 * The code of a place of which only that it is another one is known: 外省, 境外, or a name that
 * several areas have, none of which is asked for.
 */
#define SHY_AREA_ELSEWHERE "elsewhere"

/**
 * ShyAreaKnowledge:
 * @SHY_AREA_UNKNOWN: no province begins so
 * @SHY_AREA_PROVINCE: the province is known, its counties of the past are not all listed
 * @SHY_AREA_UNLISTED: the province's counties are all listed, this one is not among them
 * @SHY_AREA_COUNTY: the area is known
 *
 * How much is known of the area at the front of a number.
 */
typedef enum {
  SHY_AREA_UNKNOWN,
  SHY_AREA_PROVINCE,
  SHY_AREA_UNLISTED,
  SHY_AREA_COUNTY,
} ShyAreaKnowledge;

ShyAreaKnowledge  shy_area_look_up  (const char *code);
char             *shy_area_find     (const char *text);
char             *shy_area_dup_name (const char *code);

G_END_DECLS
