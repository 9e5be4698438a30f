/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-applications.h"

#include "subsidy-row.h"

/* Applications of the register as facts, to try another version of their policy on them. */

typedef struct
{
  ShyPolicy  *policy;   /* (unowned) */
  guint       limit;
  GHashTable *settings; /* (owned) (nullable): of the counties */
  GPtrArray  *found;    /* (unowned) of ShyFacts */
} Loading;

static gboolean
take_settings (Loading     *self,
               const char  *county,
               ShyFacts    *facts,
               GError     **error)
{
  GHashTable    *own = county != NULL ? g_hash_table_lookup (self->settings, county) : NULL;
  GHashTableIter iter;
  gpointer       name, value;

  if (own == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!shy_facts_take_setting (facts, self->policy, name, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_row (Loading        *self,
          ShyConnection  *connection,
          ShyStatement   *row,
          GError        **error)
{
  const char          *county = shy_statement_get_text (row, 2);
  g_autofree char     *json = NULL;
  g_autoptr (ShyFacts) facts = NULL;
  GDate                on;

  json = shy_personal_unseal (connection, "subsidy_revision.facts", shy_statement_get_int64 (row, 0),
                              shy_statement_get_text (row, 1), error);
  facts = json != NULL ? subsidy_facts_from_json (json, error) : NULL;
  if (facts == NULL)
    return FALSE;

  if (shy_date_parse (shy_statement_get_text (row, 3), &on))
    shy_facts_set_on (facts, &on);
  shy_facts_set_county (facts, county);
  shy_facts_set_history_known (facts, TRUE);
  if (!take_settings (self, county, facts, error))
    return FALSE;
  g_ptr_array_add (self->found, g_steal_pointer (&facts));
  return TRUE;
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Loading                 *self = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  const char              *id = shy_policy_get_id (self->policy);

  g_ptr_array_set_size (self->found, 0);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  self->settings = shy_county_settings_load (connection, id, error);
  if (self->settings == NULL)
    return FALSE;
  rows = shy_connection_prepare (connection,
                                 "SELECT r.id, r.facts, c.county, c.decided_on FROM subsidy_case c "
                                 "JOIN subsidy_revision r ON r.case_id = c.id AND "
                                 "r.revision = c.revision WHERE c.policy = $1 "
                                 "ORDER BY c.id DESC LIMIT $2", error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", id);
  shy_statement_bind_int64 (rows, "$2", self->limit);
  while (local == NULL && shy_statement_step (rows, &local))
    take_row (self, connection, rows, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * subsidy_applications_load: gives the newest applications for a policy as ShyFacts, with the
 * settings of their counties, as if nobody had been granted anything before. Blocks.
 */
GPtrArray *
subsidy_applications_load (ShyStore   *store,
                           ShyPolicy  *policy,
                           guint       limit,
                           GError    **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  Loading               loading = { policy, limit, NULL, found };
  gboolean              done;

  done = shy_store_run (store, SHY_STORE_READ, load_job, &loading, NULL, error);
  g_clear_pointer (&loading.settings, g_hash_table_unref);
  return done ? g_steal_pointer (&found) : NULL;
}
