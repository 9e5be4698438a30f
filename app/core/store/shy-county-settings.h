/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"
#include "store/shy-connection.h"

G_BEGIN_DECLS

/* The topic of ShyStore::changed when a setting changes. */
#define SHY_COUNTY_SETTINGS_TOPIC "county-settings"

/**
 * ShyCountyDecision: (skip)
 * @entry: number of the entry of the journal
 * @time: when, in UTC, as "2026-03-02T07:45:10Z"
 * @actor: who noted it: the login name on that machine
 * @county: code of the county
 * @name: which setting of the policy
 * @value: (nullable): what was decided, in canonical form; %NULL: it was taken back
 * @source: (nullable): the document on which the decision rests
 *
 * What a county decided at some time where a policy leaves it open.
 */
typedef struct
{
  gint64 entry;
  char  *time;
  char  *actor;
  char  *county;
  char  *name;
  char  *value;
  char  *source;
} ShyCountyDecision;

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

GPtrArray  *shy_county_settings_list_decisions
                                      (ShyConnection  *connection,
                                       const char     *policy,
                                       GError        **error);

G_END_DECLS
