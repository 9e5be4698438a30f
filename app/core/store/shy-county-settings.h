/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"
#include "store/shy-connection.h"

G_BEGIN_DECLS

/* The topic of ShyStore::changed when a setting changes. */
#define SHY_COUNTY_SETTINGS_TOPIC "county-settings"

GHashTable *shy_county_settings_load (ShyConnection  *connection,
                                      const char     *policy,
                                      GError        **error);
gboolean    shy_county_settings_tell (GHashTable     *counties,
                                      ShyPolicy      *policy,
                                      ShyFacts       *facts,
                                      GError        **error);
gboolean    shy_county_settings_set  (ShyConnection  *connection,
                                      const char     *policy,
                                      const char     *county,
                                      const char     *name,
                                      const char     *value,
                                      const char     *source,
                                      GError        **error);
GHashTable *shy_county_settings_load_sources (ShyConnection *connection,
                                              const char    *policy,
                                              GError       **error);

G_END_DECLS
