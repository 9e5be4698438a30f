/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* XML Schema Part 2: a time zone offset lies between -14:00 and +14:00. */
#define SHY_FEEL_OFFSET_MAX (14 * 3600)

/**
 * ShyFeelZoneKind: (skip)
 * @SHY_FEEL_ZONE_LOCAL: no zone is given; the time is that of some place not named
 * @SHY_FEEL_ZONE_OFFSET: a fixed offset from UTC
 * @SHY_FEEL_ZONE_NAMED: a zone of the IANA database, whose offset follows its rules
 */
typedef enum {
  SHY_FEEL_ZONE_LOCAL,
  SHY_FEEL_ZONE_OFFSET,
  SHY_FEEL_ZONE_NAMED,
} ShyFeelZoneKind;

/**
 * ShyFeelZone: (skip)
 * @kind: which of the other members counts
 * @offset: seconds east of UTC, for %SHY_FEEL_ZONE_OFFSET
 * @name: (nullable): the interned IANA name, for %SHY_FEEL_ZONE_NAMED
 *
 * What a time says of its zone. All zeros is a local zone. A plain value that owns nothing.
 */
typedef struct
{
  ShyFeelZoneKind kind;
  gint32          offset;
  const char     *name;
} ShyFeelZone;

gboolean shy_feel_zone_init_offset     (ShyFeelZone       *zone,
                                        gint64             seconds);
gboolean shy_feel_zone_init_named      (ShyFeelZone       *zone,
                                        const char        *name);
gboolean shy_feel_zone_parse           (const char        *text,
                                        ShyFeelZone       *zone);
void     shy_feel_zone_append          (const ShyFeelZone *zone,
                                        GString           *text);
gboolean shy_feel_zone_equal           (const ShyFeelZone *a,
                                        const ShyFeelZone *b);
gint32   shy_feel_zone_offset_at_utc   (const ShyFeelZone *zone,
                                        gint64             seconds);
gint32   shy_feel_zone_offset_at_local (const ShyFeelZone *zone,
                                        gint64             seconds);

G_END_DECLS
