/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-history.h"

struct _SubsidyHistory
{
  GPtrArray  *grants;      /* (owned) of ShyGrant */
  GHashTable *by_person;   /* (owned) person → GArray of indices of grants */
  GHashTable *by_employer; /* (owned) employer → GArray of indices */
};

static void
grant_free (gpointer data)
{
  ShyGrant *grant = data;

  g_free (grant->policy);
  g_free (grant->person);
  g_free (grant->employer);
  g_free (grant);
}

static void
array_free (gpointer data)
{
  g_array_unref (data);
}

SubsidyHistory *
subsidy_history_new (void)
{
  SubsidyHistory *self = g_new0 (SubsidyHistory, 1);

  self->grants = g_ptr_array_new_with_free_func (grant_free);
  self->by_person = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, array_free);
  self->by_employer = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, array_free);
  return self;
}

void
subsidy_history_free (SubsidyHistory *self)
{
  g_hash_table_unref (self->by_person);
  g_hash_table_unref (self->by_employer);
  g_ptr_array_unref (self->grants);
  g_free (self);
}

static void
index_grant (GHashTable *table,
             char       *key,
             guint       index)
{
  GArray *indices = g_hash_table_lookup (table, key);

  if (*key == '\0')
    return;
  if (indices == NULL)
    {
      indices = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (table, key, indices);
    }
  g_array_append_val (indices, index);
}

/*
 * subsidy_history_add: copies a grant. To the judge NULL means “the applicant”, so whoever is not
 * known becomes "", which is nobody.
 */
void
subsidy_history_add (SubsidyHistory *self,
                     const ShyGrant *grant)
{
  ShyGrant *copy = g_new0 (ShyGrant, 1);

  *copy = *grant;
  copy->policy = g_strdup (grant->policy);
  copy->person = g_strdup (grant->person != NULL ? grant->person : "");
  copy->employer = g_strdup (grant->employer != NULL ? grant->employer : "");

  index_grant (self->by_person, copy->person, self->grants->len);
  index_grant (self->by_employer, copy->employer, self->grants->len);
  g_ptr_array_add (self->grants, copy);
}

/* subsidy_history_apply: tells the facts of an application what its person and employer had. */
void
subsidy_history_apply (SubsidyHistory *self,
                       ShyFacts       *facts,
                       const char     *person,
                       const char     *employer)
{
  GArray *own = person != NULL ? g_hash_table_lookup (self->by_person, person) : NULL;
  GArray *theirs = employer != NULL ? g_hash_table_lookup (self->by_employer, employer) : NULL;

  shy_facts_set_history_known (facts, TRUE);
  for (guint i = 0; own != NULL && i < own->len; i++)
    shy_facts_add_grant (facts, self->grants->pdata[g_array_index (own, guint, i)]);

  for (guint i = 0; theirs != NULL && i < theirs->len; i++)
    {
      const ShyGrant *grant = self->grants->pdata[g_array_index (theirs, guint, i)];

      if (g_strcmp0 (grant->person, person) != 0 || *grant->person == '\0')
        shy_facts_add_grant (facts, grant);
    }
}

static gboolean
add_row (SubsidyHistory  *self,
         ShyConnection   *connection,
         ShyStatement    *row,
         const char      *field,
         gboolean         pending,
         GError         **error)
{
  g_autofree char    *person = NULL;
  g_autoptr (GError)  local = NULL;
  g_auto (GStrv)      parts = NULL;
  ShyGrant            grant = { 0 };

  person = shy_personal_unseal (connection, field, shy_statement_get_int64 (row, 0),
                                shy_statement_get_text (row, 6), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  parts = g_strsplit (shy_statement_get_text (row, 2), "-", 3);
  g_date_set_dmy (&grant.date, (GDateDay) g_ascii_strtoull (parts[2], NULL, 10),
                  (GDateMonth) g_ascii_strtoull (parts[1], NULL, 10),
                  (GDateYear) g_ascii_strtoull (parts[0], NULL, 10));
  grant.policy = (char *) shy_statement_get_text (row, 1);
  grant.fen = shy_statement_get_int64 (row, 3);
  grant.year = (guint) shy_statement_get_int64 (row, 4);
  grant.employer = (char *) shy_statement_get_text (row, 5);
  grant.person = person;
  grant.pending = pending;
  subsidy_history_add (self, &grant);
  return TRUE;
}

static gboolean
load_rows (SubsidyHistory  *self,
           ShyConnection   *connection,
           const char      *sql,
           gint64           before,
           const char      *field,
           GError         **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (connection, sql, error);
  g_autoptr (GError)       local = NULL;

  if (rows == NULL)
    return FALSE;

  if (before >= 0)
    shy_statement_bind_int64 (rows, "$1", before);
  while (shy_statement_step (rows, &local))
    if (!add_row (self, connection, rows, field, before >= 0, error))
      return FALSE;

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * subsidy_history_load: reads grants and eligible applications from the register, in a job.
 * @before: only applications with a lower number, for one that is decided again; 0 for all
 */
gboolean
subsidy_history_load (SubsidyHistory  *self,
                      ShyConnection   *connection,
                      gint64           before,
                      GError         **error)
{
  return load_rows (self, connection,
                    "SELECT id, policy, granted_on, amount, year, employer, person "
                    "FROM subsidy_grant",
                    -1, "subsidy_grant.person", error) &&
         load_rows (self, connection,
                    "SELECT id, policy, decided_on, amount, 0, employer, person "
                    "FROM subsidy_case WHERE outcome = 'eligible' "
                    "AND (CAST($1 AS BIGINT) = 0 OR id < CAST($1 AS BIGINT))",
                    before, "subsidy_case.person", error);
}
