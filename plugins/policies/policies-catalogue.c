/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies-catalogue.h"

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

void
policies_catalogue_free (PoliciesCatalogue *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->waiting);
  g_clear_object (&self->registry);
  g_free (self);
}

/* Which policies the updates that wait are for. */
static gboolean
list_waiting (PoliciesCatalogue *self, ShyStore *store, GError **error)
{
  g_autoptr (GPtrArray) updates = shy_updates_list (store, FALSE, error);

  if (updates == NULL)
    return FALSE;
  for (guint i = 0; i < updates->len; i++)
    {
      const ShyUpdate *update = g_ptr_array_index (updates, i);

      if (update->kind == SHY_UPDATE_POLICY_PACK)
        g_hash_table_add (self->waiting, g_strdup (update->id));
    }
  return TRUE;
}

static gpointer
catalogue_work (ShyContext    *context,
                gpointer       data,
                ShyProgress   *progress,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (PoliciesCatalogue) self = g_new0 (PoliciesCatalogue, 1);
  ShyStore                     *store = NULL;

  self->entries = g_ptr_array_new_with_free_func (unref_array);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* To look is no reason to make a database: without one, what ships decides. */
  if (!shy_context_exists (context))
    self->registry = shy_policies_load (shy_context_get_database (context), error);
  else if ((store = shy_context_open (context, error)) != NULL)
    self->registry = shy_policies_load_from_store (store, error);
  if (self->registry == NULL || (store != NULL && !list_waiting (self, store, error)))
    return NULL;
  for (guint i = 0; i < policies_catalogue_get_size (self); i++)
    g_ptr_array_add (self->entries,
                     shy_policy_list_entries (policies_catalogue_get_policy (self, i)));
  return g_steal_pointer (&self);
}

void
policies_catalogue_load_async (ShyContext          *context,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  shy_context_run_async (context, catalogue_work, NULL, NULL,
                         (GDestroyNotify) policies_catalogue_free, NULL, cancellable, callback,
                         user_data);
}

PoliciesCatalogue *
policies_catalogue_load_finish (ShyContext    *context,
                                GAsyncResult  *result,
                                GError       **error)
{
  return shy_context_run_finish (context, result, error);
}

guint
policies_catalogue_get_size (PoliciesCatalogue *self)
{
  return shy_policy_registry_get_policies (self->registry)->len;
}

ShyPolicy *
policies_catalogue_get_policy (PoliciesCatalogue *self, guint index)
{
  return g_ptr_array_index (shy_policy_registry_get_policies (self->registry), index);
}

GPtrArray *
policies_catalogue_get_entries (PoliciesCatalogue *self, guint index)
{
  return g_ptr_array_index (self->entries, index);
}

gboolean
policies_catalogue_waits (PoliciesCatalogue *self, ShyPolicy *policy)
{
  return g_hash_table_contains (self->waiting, shy_policy_get_id (policy));
}

void
policies_work_free (PoliciesWork *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_free (self->why);
  g_free (self);
}

typedef struct
{
  const char *policy;
  GPtrArray  *decisions; /* (owned) (nullable) */
} Decisions;

static gboolean
list_decisions_job (ShyConnection  *connection,
                    gpointer        data,
                    GCancellable   *cancellable,
                    GError        **error)
{
  Decisions *self = data;

  self->decisions = shy_county_settings_list_decisions (connection, self->policy, error);
  return self->decisions != NULL;
}

/* A database that cannot be read hides no more of a policy than what stands there. */
static void
list_decisions (PoliciesWork *self, ShyContext *context, ShyPolicy *policy)
{
  Decisions          decisions = { shy_policy_get_id (policy), NULL };
  g_autoptr (GError) error = NULL;
  ShyStore          *store = shy_context_exists (context) ? shy_context_open (context, &error) : NULL;

  if (store != NULL)
    shy_store_run (store, SHY_STORE_READ, list_decisions_job, &decisions, NULL, &error);
  self->decisions = decisions.decisions != NULL ? decisions.decisions : g_ptr_array_new ();
  self->why = error != NULL ? g_strdup (error->message) : NULL;
}

static gpointer
policy_work (ShyContext    *context,
             gpointer       data,
             ShyProgress   *progress,
             GCancellable  *cancellable,
             GError       **error)
{
  PoliciesWork *self = g_new0 (PoliciesWork, 1);

  list_decisions (self, context, data);
  self->cases = shy_policy_list_cases (data);
  self->checks = shy_policy_list_checks (data);
  return self;
}

void
policies_work_load_async (ShyContext          *context,
                          ShyPolicy           *policy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  shy_context_run_async (context, policy_work, g_object_ref (policy), g_object_unref,
                         (GDestroyNotify) policies_work_free, NULL, cancellable, callback, user_data);
}

PoliciesWork *
policies_work_load_finish (ShyContext    *context,
                           GAsyncResult  *result,
                           GError       **error)
{
  return shy_context_run_finish (context, result, error);
}
