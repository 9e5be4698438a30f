/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyCountyKind:
 * @SHY_COUNTY_KIND_COUNTY: 县
 * @SHY_COUNTY_KIND_DISTRICT: 市辖区
 * @SHY_COUNTY_KIND_CITY: 县级市
 * @SHY_COUNTY_KIND_AUTONOMOUS_COUNTY: 自治县
 *
 * What a county is in law.
 */
typedef enum {
  SHY_COUNTY_KIND_COUNTY,
  SHY_COUNTY_KIND_DISTRICT,
  SHY_COUNTY_KIND_CITY,
  SHY_COUNTY_KIND_AUTONOMOUS_COUNTY,
} ShyCountyKind;

/**
 * ShyCountyState:
 * @SHY_COUNTY_STATE_NEVER: the county was and is not in the group
 * @SHY_COUNTY_STATE_NOT_YET: it joined the group after the day
 * @SHY_COUNTY_STATE_MEMBER: it was in the group on the day
 * @SHY_COUNTY_STATE_LEFT: it left the group on the day or before
 *
 * How a county stands to a group on a day.
 */
typedef enum {
  SHY_COUNTY_STATE_NEVER,
  SHY_COUNTY_STATE_NOT_YET,
  SHY_COUNTY_STATE_MEMBER,
  SHY_COUNTY_STATE_LEFT,
} ShyCountyState;

#define SHY_TYPE_COUNTY (shy_county_get_type ())
G_DECLARE_FINAL_TYPE (ShyCounty, shy_county, SHY, COUNTY, GObject)

const char        *shy_county_get_code              (ShyCounty   *self);
const char        *shy_county_get_name              (ShyCounty   *self);
const char        *shy_county_get_short_name        (ShyCounty   *self);
ShyCountyKind      shy_county_get_kind              (ShyCounty   *self);
const char        *shy_county_get_prefecture        (ShyCounty   *self);
const char        *shy_county_get_prefecture_name   (ShyCounty   *self);
const char *const *shy_county_get_former_codes      (ShyCounty   *self);
gboolean           shy_county_matches               (ShyCounty   *self,
                                                     const char  *search);
ShyCountyState     shy_county_group_state           (ShyCounty   *self,
                                                     const char  *group,
                                                     const GDate *date,
                                                     GDate       *changed);

G_END_DECLS
