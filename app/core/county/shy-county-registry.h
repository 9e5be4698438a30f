/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "county/shy-county.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SHY_TYPE_COUNTY_REGISTRY (shy_county_registry_get_type ())
G_DECLARE_FINAL_TYPE (ShyCountyRegistry, shy_county_registry, SHY, COUNTY_REGISTRY, GObject)

ShyCountyRegistry *shy_county_registry_get_default      (GError            **error);
ShyCountyRegistry *shy_county_registry_new              (const char         *file,
                                                         GBytes             *bytes,
                                                         GError            **error);
ShyCounty         *shy_county_registry_get              (ShyCountyRegistry  *self,
                                                         const char         *code);
ShyCounty         *shy_county_registry_get_former       (ShyCountyRegistry  *self,
                                                         const char         *code);
ShyCounty         *shy_county_registry_find             (ShyCountyRegistry  *self,
                                                         const char         *text);
char              *shy_county_registry_find_place (ShyCountyRegistry *self,
                                                   const char        *text);
char              *shy_county_registry_dup_place  (ShyCountyRegistry *self,
                                                   const char        *code);
GPtrArray         *shy_county_registry_search           (ShyCountyRegistry  *self,
                                                         const char         *search);
GPtrArray         *shy_county_registry_list_scope       (ShyCountyRegistry  *self,
                                                         const char         *scope);
char             **shy_county_registry_dup_groups       (ShyCountyRegistry  *self);
GPtrArray         *shy_county_registry_list_group       (ShyCountyRegistry  *self,
                                                         const char         *group,
                                                         const GDate        *date);
const char        *shy_county_registry_get_group_source (ShyCountyRegistry  *self,
                                                         const char         *group);
const char        *shy_county_registry_get_group_confidence
                                                        (ShyCountyRegistry  *self,
                                                         const char         *group);

G_END_DECLS
