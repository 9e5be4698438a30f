/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Provinces, prefectures and counties of the country, of today and of the past. */
typedef struct
{
  GHashTable *names;   /* (owned): code of 2, 4 or 6 digits → name of today */
  GHashTable *former;  /* (owned): code of 4 or 6 digits → names it had, with 、 between */
  GHashTable *permits; /* (owned): code of 6 digits → name; of residents of Hong Kong and so on */
  GHashTable *listed;  /* (owned): codes of provinces whose counties of the past are all there */
  GHashTable *by_name; /* (owned): name, whole or short → GPtrArray of codes */
  char      **peoples; /* (owned): whose names stand in those of autonomous areas */
} ShyAreas;

const ShyAreas *shy_areas_get            (void);
char           *shy_areas_dup_short_name (const ShyAreas *areas,
                                          const char     *name);
char           *shy_area_tidy_name       (const char     *text);

G_END_DECLS
