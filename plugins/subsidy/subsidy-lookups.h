/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* A look-up that a connected service offers for cases of a policy. All owned. */
typedef struct
{
  ShyService             *service;
  const ShyServiceLookup *lookup;   /* of @service */
  char                   *url_base; /* (nullable) */
  gboolean                sample;   /* the service is there to show the program */
  GStrv                   facts;    /* those the policy knows */
} SubsidyLookup;

/* What can be asked for cases of a policy. */
typedef struct
{
  GPtrArray *lookups; /* of SubsidyLookup: of services that are connected */
  GStrv      facts;   /* all the facts they give */
  GStrv      shipped; /* titles of descriptions that come with the program and give such facts */
} SubsidyLookups;

void            subsidy_lookups_load_async  (ShyStore             *store,
                                             ShyPolicy            *policy,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
SubsidyLookups *subsidy_lookups_load_finish (GAsyncResult         *result,
                                             GError              **error);
void            subsidy_lookups_free        (SubsidyLookups       *self);
gboolean        subsidy_lookup_gives        (const SubsidyLookup  *self,
                                             const char           *fact);
ShyLookup      *subsidy_lookup_prepare      (const SubsidyLookup  *self,
                                             const ShyFacts       *facts,
                                             ShySecrets           *secrets,
                                             GError              **error);
gboolean        subsidy_lookup_unlock       (const char           *service,
                                             ShyStore             *store,
                                             ShySecrets           *secrets,
                                             GCancellable         *cancellable,
                                             GError              **error);
char           *subsidy_lookup_fit          (const ShyField *field,
                                             const char     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyLookups, subsidy_lookups_free)

G_END_DECLS
