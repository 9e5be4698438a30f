/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* The policies there are, with what their packs say in words, and for which an update waits. It does
 * not change once it is read. */
typedef struct
{
  ShyPolicyRegistry *registry; /* (owned) */
  GPtrArray         *entries;  /* (owned): for each policy, in their order, a GPtrArray of
                                  ShyPolicyEntry */
  GHashTable        *waiting;  /* (owned): ids of policies for which an update waits */
} PoliciesCatalogue;

void               policies_catalogue_free        (PoliciesCatalogue    *self);
void               policies_catalogue_load_async  (ShyContext           *context,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
PoliciesCatalogue *policies_catalogue_load_finish (ShyContext           *context,
                                                   GAsyncResult         *result,
                                                   GError              **error);
guint              policies_catalogue_get_size    (PoliciesCatalogue    *self);
ShyPolicy         *policies_catalogue_get_policy  (PoliciesCatalogue    *self,
                                                   guint                 index);
GPtrArray         *policies_catalogue_get_entries (PoliciesCatalogue    *self,
                                                   guint                 index);
gboolean           policies_catalogue_waits       (PoliciesCatalogue    *self,
                                                   ShyPolicy            *policy);

/* What takes work to find out about one policy. */
typedef struct
{
  GPtrArray *cases;     /* (owned) of ShyPolicyEntry */
  GPtrArray *checks;    /* (owned) of ShyPolicyEntry */
  GPtrArray *decisions; /* (owned) of ShyCountyDecision; empty without a database */
  char      *why;       /* (owned) (nullable): why the decisions cannot be read */
} PoliciesWork;

void          policies_work_free        (PoliciesWork         *self);
void          policies_work_load_async  (ShyContext           *context,
                                         ShyPolicy            *policy,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PoliciesWork *policies_work_load_finish (ShyContext           *context,
                                         GAsyncResult         *result,
                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoliciesCatalogue, policies_catalogue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoliciesWork, policies_work_free)

G_END_DECLS
