/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyCountyScopeKind:
 * @SHY_COUNTY_SCOPE_ALL: all counties
 * @SHY_COUNTY_SCOPE_PREFECTURE: the counties of one prefecture
 * @SHY_COUNTY_SCOPE_COUNTY: one county
 *
 * How far somebody looks.
 */
typedef enum {
  SHY_COUNTY_SCOPE_ALL,
  SHY_COUNTY_SCOPE_PREFECTURE,
  SHY_COUNTY_SCOPE_COUNTY,
} ShyCountyScopeKind;

#define SHY_TYPE_COUNTY_SCOPE (shy_county_scope_get_type ())

/**
 * ShyCountyScope:
 * @kind: how far the scope reaches
 * @code: four digits of a prefecture, six of a county, empty for all
 *
 * One county, one prefecture, or all: written `county:331122`, `prefecture:3311`, `all`.
 */
typedef struct
{
  ShyCountyScopeKind kind;
  char               code[7];
} ShyCountyScope;

GType           shy_county_scope_get_type  (void);
ShyCountyScope *shy_county_scope_parse     (const char            *text,
                                            GError               **error);
ShyCountyScope *shy_county_scope_copy      (const ShyCountyScope  *self);
void            shy_county_scope_free      (ShyCountyScope        *self);
char           *shy_county_scope_to_string (const ShyCountyScope  *self);
gboolean        shy_county_scope_contains  (const ShyCountyScope  *self,
                                            const char            *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyCountyScope, shy_county_scope_free)

G_END_DECLS
