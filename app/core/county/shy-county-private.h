/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "county/shy-county-registry.h"
#include "county/shy-county.h"
#include "shy-data-reader-private.h"

G_BEGIN_DECLS

/* A prefecture, shared by its counties. */
typedef struct
{
  char *code;     /* (owned): four digits */
  char *name;     /* (owned): 丽水市 */
  char *short_name; /* (owned): 丽水 */
  char *pinyin;   /* (owned): Lishui */
  char *initials; /* (owned): ls */
} ShyPrefecture;

/* One stay in a group. */
typedef struct
{
  const char *group;  /* interned */
  GDate       joined; /* first day in; not valid: in from the start */
  GDate       left;   /* first day out; not valid: still in */
} ShyMembership;

struct _ShyCounty
{
  GObject              parent_instance;
  char                *code;       /* (owned): six digits of GB/T 2260 */
  char                *name;       /* (owned): 青田县 */
  char                *short_name; /* (owned): 青田 */
  char                *pinyin;     /* (owned): Qingtian */
  char                *initials;   /* (owned): qt */
  ShyCountyKind        kind;
  const ShyPrefecture *prefecture; /* the registry owns it; kept by @owner */
  GPtrArray           *prefectures; /* (owned): keeps the prefecture alive */
  char               **former;     /* (owned): former codes */
  char               **former_names; /* (owned): their names, in the same order */
  GArray              *memberships; /* (owned) (element-type ShyMembership) */
};

/* A group of counties, as 山区26县. */
typedef struct
{
  char *name;       /* (owned) */
  char *source;     /* (owned) */
  char *confidence; /* (owned): A, B, C or U */
} ShyCountyGroup;

struct _ShyCountyRegistry
{
  GObject     parent_instance;
  GPtrArray  *prefectures; /* (owned) (element-type ShyPrefecture) */
  GPtrArray  *counties;    /* (owned) (element-type ShyCounty) */
  GPtrArray  *groups;      /* (owned) (element-type ShyCountyGroup) */
  GHashTable *by_code;     /* (owned): code → county */
  GHashTable *by_former;   /* (owned): former code → county */
  GHashTable *by_name;     /* (owned): name as people write it → county */
};

const ShyPrefecture *shy_county_registry_find_prefecture (ShyCountyRegistry *self,
                                                          const char        *code);
void                 shy_county_registry_load            (ShyCountyRegistry *self,
                                                          ShyDataReader     *reader,
                                                          const ShyJson     *root);

G_END_DECLS
