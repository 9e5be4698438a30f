/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-keys.h"

#include "subsidy-key-sum.h"
#include "subsidy-packer.h"
#include "subsidy-row.h"

#include <string.h>

/* Those that limits count, and those that the applications of others may have held back. */
#define INDEXED "c.outcome IN ('eligible', 'person') AND c.withdrawn_at IS NULL"

/* subsidy_keys_are_of: whether an application of this outcome is indexed; see INDEXED. */
gboolean
subsidy_keys_are_of (SubsidyOutcome outcome)
{
  return outcome == SUBSIDY_ELIGIBLE || outcome == SUBSIDY_PERSON;
}

/* Which keys of person and employer there are and how they are folded. A new number has every
 * application indexed again. */
#define GENERATION "2"

/* A field by which applications for a policy must be found. */
typedef struct
{
  const char     *policy; /* (unowned) */
  const ShyField *field;  /* (unowned) (nullable): NULL for person and employer */
} Wanted;

static void
add_wanted (GArray         *all,
            const char     *policy,
            const ShyField *field)
{
  Wanted wanted = { policy, field };

  for (guint i = 0; i < all->len; i++)
    {
      const Wanted *other = &g_array_index (all, Wanted, i);

      if (g_str_equal (other->policy, policy) && other->field == field)
        return;
    }
  g_array_append_val (all, wanted);
}

/* What the limits of a policy need to find: its own applications and those of the policies they
 * count. */
static GArray *
list_wanted (ShyPolicy *policy)
{
  GArray    *all = g_array_new (FALSE, FALSE, sizeof (Wanted));
  GPtrArray *limits = shy_policy_get_limits (policy);

  add_wanted (all, shy_policy_get_id (policy), NULL);
  for (guint i = 0; i < limits->len; i++)
    {
      const ShyPolicyLimit *limit = limits->pdata[i];

      for (guint j = 0; limit->policies[j] != NULL; j++)
        {
          add_wanted (all, limit->policies[j], NULL);
          for (guint k = 0; k < limit->key->len; k++)
            if (limit->key->pdata[k] != shy_policy_get_person_field (policy) &&
                limit->key->pdata[k] != shy_policy_get_employer_field (policy))
              add_wanted (all, limit->policies[j], limit->key->pdata[k]);
        }
    }
  return all;
}

static const char *
get_name (const Wanted *wanted)
{
  return wanted->field != NULL ? wanted->field->name : GENERATION;
}

static const char *
get_role (const Wanted *wanted)
{
  return wanted->field == NULL ? "subject" : wanted->field->several ? "list" : "value";
}

static void
bind_wanted (ShyStatement *statement,
             const Wanted *wanted)
{
  shy_statement_bind_text (statement, "$1", wanted->policy);
  shy_statement_bind_text (statement, "$2", get_name (wanted));
  shy_statement_bind_text (statement, "$3", get_role (wanted));
}

/* subsidy_keys_are_complete: whether all that the limits of a policy need is indexed. */
gboolean
subsidy_keys_are_complete (ShyConnection  *connection,
                           ShyPolicy      *policy,
                           gboolean       *complete,
                           GError        **error)
{
  g_autoptr (GArray)       all = list_wanted (policy);
  g_autoptr (ShyStatement) find = NULL;
  g_autoptr (GError)       local = NULL;

  find = shy_connection_prepare (connection,
                                 "SELECT 1 FROM subsidy_key_field WHERE policy = $1 AND name = $2 "
                                 "AND role = $3",
                                 error);
  if (find == NULL)
    return FALSE;
  *complete = TRUE;
  for (guint i = 0; *complete && i < all->len; i++)
    {
      bind_wanted (find, &g_array_index (all, Wanted, i));
      *complete = shy_statement_step (find, &local);
      shy_statement_reset (find);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The secret of this database; one is made if there is none and @make. */
static gboolean
get_secret (ShyConnection  *connection,
            gboolean        make,
            char          **secret,
            GError        **error)
{
  g_autoptr (ShyStatement) find = NULL;
  g_autoptr (ShyStatement) keep = NULL;
  g_autoptr (GError)       local = NULL;

  find = shy_connection_prepare (connection, "SELECT secret FROM subsidy_key_secret", error);
  if (find == NULL)
    return FALSE;
  if (shy_statement_step (find, &local))
    *secret = shy_statement_dup_text (find, 0);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (*secret != NULL || !make)
    return TRUE;

  *secret = shy_journal_new_nonce ();
  keep = shy_connection_prepare (connection, "INSERT INTO subsidy_key_secret (secret) VALUES ($1)",
                                 error);
  if (keep == NULL)
    return FALSE;
  shy_statement_bind_text (keep, "$1", *secret);
  return shy_statement_execute (keep, error);
}

/* 63 bits are enough to find by: whoever is found is compared again with what was written. */
static gint64
digest_key (const char *secret,
            const char *key)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8            bytes[32];
  gsize             length = sizeof bytes;
  guint64           digest = 0;

  g_hmac_update (hmac, (const guchar *) key, -1);
  g_hmac_get_digest (hmac, bytes, &length);
  for (guint i = 0; i < 8; i++)
    digest = digest << 8 | bytes[i];
  return (gint64) (digest >> 1);
}

/* subsidy_keys_find: the numbers of the applications that have one of the keys, rising. */
GArray *
subsidy_keys_find (ShyConnection  *connection,
                   GPtrArray      *keys,
                   GError        **error)
{
  g_autoptr (GArray)       numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable)   seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (ShyStatement) find = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *secret = NULL;

  find = shy_connection_prepare (connection, "SELECT case_id FROM subsidy_key WHERE digest = $1",
                                 error);
  if (find == NULL || !get_secret (connection, FALSE, &secret, error))
    return NULL;
  for (guint i = 0; secret != NULL && local == NULL && i < keys->len; i++)
    {
      shy_statement_bind_int64 (find, "$1", digest_key (secret, keys->pdata[i]));
      while (shy_statement_step (find, &local))
        {
          gint64 number = shy_statement_get_int64 (find, 0);

          if (g_hash_table_add (seen, g_memdup2 (&number, sizeof number)))
            g_array_append_val (numbers, number);
        }
      shy_statement_reset (find);
    }
  if (local == NULL)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* An application of the register that is indexed, with all that it said. */
static gboolean
read_case (ShyConnection  *connection,
           gint64          number,
           ShyGrant      **grant,
           GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (ShyGrant)     self = NULL;
  g_autoptr (ShyFacts)     facts = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *json = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT c.policy, c.employer, c.person, r.id, r.facts "
                                "FROM subsidy_case c JOIN subsidy_revision r ON r.case_id = c.id "
                                "AND r.revision = c.revision "
                                "WHERE " INDEXED " AND c.id = $1",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_int64 (row, "$1", number);
  if (shy_statement_step (row, &local))
    {
      self = g_new0 (ShyGrant, 1);
      self->policy = shy_statement_dup_text (row, 0);
      self->employer = shy_statement_dup_text (row, 1);
      self->person = shy_personal_unseal (connection, "subsidy_case.person", number,
                                          shy_statement_get_text (row, 2), &local);
      if (local == NULL)
        json = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS,
                               shy_statement_get_int64 (row, 3), row, 4, &local);
      facts = local == NULL ? subsidy_facts_from_json (json, &local) : NULL;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (facts == NULL)
    return TRUE;

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (facts, i);

      g_hash_table_insert (self->values, g_strdup (fact->name), g_strdup (fact->text));
    }
  *grant = g_steal_pointer (&self);
  return TRUE;
}

/* Adds the keys that only other policies ask for. */
static gboolean
add_foreign (ShyConnection   *connection,
             const ShyGrant  *grant,
             GPtrArray       *keys,
             GError         **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection,
                                 "SELECT name, role FROM subsidy_key_field WHERE policy = $1 "
                                 "AND role <> 'subject'",
                                 error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", grant->policy);
  while (shy_statement_step (rows, &local))
    {
      const char *name = shy_statement_get_text (rows, 0);
      const char *text = g_hash_table_lookup (grant->values, name);

      if (text != NULL)
        shy_keys_add (keys, name, text, g_str_equal (shy_statement_get_text (rows, 1), "list"));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
drop_keys (ShyConnection  *connection,
           gint64          number,
           SubsidyKeySum  *change,
           GError        **error)
{
  g_autoptr (ShyStatement) drop = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *secret = NULL;

  drop = shy_connection_prepare (
    connection, "DELETE FROM subsidy_key WHERE case_id = $1 RETURNING digest", error);
  if (drop == NULL || !get_secret (connection, TRUE, &secret, error))
    return FALSE;
  shy_statement_bind_int64 (drop, "$1", number);
  while (shy_statement_step (drop, &local))
    subsidy_key_sum_count (change, secret, shy_statement_get_int64 (drop, 0), number, TRUE);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_keys (ShyConnection  *connection,
            gint64          number,
            GPtrArray      *keys,
            SubsidyKeySum  *change,
            GError        **error)
{
  g_autoptr (ShyStatement) write = NULL;
  g_autofree char         *secret = NULL;

  write = shy_connection_prepare (connection,
                                  "INSERT INTO subsidy_key (digest, case_id) VALUES ($1, $2) "
                                  "ON CONFLICT (digest, case_id) DO NOTHING",
                                  error);
  if (write == NULL || !get_secret (connection, TRUE, &secret, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      gint64 digest = digest_key (secret, keys->pdata[i]);

      shy_statement_bind_int64 (write, "$1", digest);
      shy_statement_bind_int64 (write, "$2", number);
      if (!shy_statement_execute (write, error))
        return FALSE;
      if (shy_statement_get_changed (write) > 0)
        subsidy_key_sum_count (change, secret, digest, number, FALSE);
      shy_statement_reset (write);
    }
  return subsidy_key_sum_store (connection, change, error);
}

/*
 * subsidy_keys_index: indexes an application of the register as it stands now: one that is eligible,
 * or that others may keep waiting for a person, under its keys; any other under none.
 * @policy: the one that decided it, or one whose limits count it; NULL if it was withdrawn
 */
gboolean
subsidy_keys_index (ShyConnection  *connection,
                    ShyPolicy      *policy,
                    gint64          number,
                    GError        **error)
{
  g_autoptr (ShyGrant)  grant = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  SubsidyKeySum         change = { 0 };

  if (!drop_keys (connection, number, &change, error) ||
      !read_case (connection, number, &grant, error))
    return FALSE;
  if (grant == NULL)
    return subsidy_key_sum_store (connection, &change, error);
  keys = shy_grant_dup_keys (grant, policy);
  return add_foreign (connection, grant, keys, error) &&
         write_keys (connection, number, keys, &change, error);
}

/* subsidy_keys_to_text: the keys of an application by the limits of its own policy, a line each. */
char *
subsidy_keys_to_text (ShyPolicy      *policy,
                      const ShyFacts *facts)
{
  g_autoptr (GPtrArray) keys = shy_policy_dup_keys (policy, facts);

  g_ptr_array_add (keys, NULL);
  return g_strjoinv ("\n", (char **) keys->pdata);
}

/* Whether more than person and employer is asked for of applications for a policy. */
static gboolean
asks_for_fields (ShyConnection  *connection,
                 ShyPolicy      *policy,
                 gboolean       *asks,
                 GError        **error)
{
  g_autoptr (ShyStatement) find = NULL;
  g_autoptr (GError)       local = NULL;

  find = shy_connection_prepare (connection,
                                 "SELECT 1 FROM subsidy_key_field WHERE policy = $1 "
                                 "AND role <> 'subject'",
                                 error);
  if (find == NULL)
    return FALSE;
  shy_statement_bind_text (find, "$1", shy_policy_get_id (policy));
  *asks = shy_statement_step (find, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * subsidy_keys_index_new: indexes an application that was just stored for the first time. Its keys were
 * found when it was decided; only where others ask for more is it read again.
 */
gboolean
subsidy_keys_index_new (ShyConnection        *connection,
                        ShyPolicy            *policy,
                        gint64                number,
                        const SubsidyRecord  *record,
                        GError              **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_auto (GStrv)        lines = NULL;
  gboolean              asks = TRUE;
  SubsidyKeySum         change = { 0 };

  if (!subsidy_keys_are_of (record->outcome))
    return TRUE;
  if (record->keys != NULL && !asks_for_fields (connection, policy, &asks, error))
    return FALSE;
  if (asks)
    return subsidy_keys_index (connection, policy, number, error);

  lines = g_strsplit (record->keys, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (keys, lines[i]);
  return write_keys (connection, number, keys, &change, error);
}

static gboolean
index_all (ShyConnection  *connection,
           ShyPolicy      *policy,
           const char     *of,
           GError        **error)
{
  g_autoptr (GArray)       numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection,
                                 "SELECT c.id FROM subsidy_case c WHERE c.policy = $1 AND " INDEXED,
                                 error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", of);
  while (shy_statement_step (rows, &local))
    {
      gint64 number = shy_statement_get_int64 (rows, 0);

      g_array_append_val (numbers, number);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < numbers->len; i++)
    if (!subsidy_keys_index (connection, policy, g_array_index (numbers, gint64, i), error))
      return FALSE;

  return TRUE;
}

/* Notes what is wanted; tells the policies of which something was not indexed before. */
static gboolean
note_wanted (ShyConnection  *connection,
             GArray         *all,
             GHashTable     *stale,
             GError        **error)
{
  g_autoptr (ShyStatement) note = NULL;
  SubsidyKeySum            change = { 0 };

  note = shy_connection_prepare (connection,
                                 "INSERT INTO subsidy_key_field (policy, name, role) "
                                 "VALUES ($1, $2, $3) ON CONFLICT (policy, name, role) DO NOTHING",
                                 error);
  if (note == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const Wanted *wanted = &g_array_index (all, Wanted, i);

      bind_wanted (note, wanted);
      if (!shy_statement_execute (note, error))
        return FALSE;
      if (shy_statement_get_changed (note) > 0)
        {
          g_hash_table_add (stale, (gpointer) wanted->policy);
          subsidy_key_sum_count_field (&change, wanted->policy, get_name (wanted), get_role (wanted));
        }
      shy_statement_reset (note);
    }
  return subsidy_key_sum_store (connection, &change, error);
}

/*
 * subsidy_keys_prepare: indexes what the limits of a policy need and was not indexed yet: of a
 * register from before there was an index, or for a pack that counts over something new. In a
 * transaction that writes, before it decides; does nothing most of the time.
 */
gboolean
subsidy_keys_prepare (ShyConnection  *connection,
                      ShyPolicy      *policy,
                      GError        **error)
{
  g_autoptr (GArray)     all = NULL;
  g_autoptr (GHashTable) stale = NULL;
  GHashTableIter         iter;
  gpointer               of;
  gboolean               complete;

  if (!subsidy_keys_are_complete (connection, policy, &complete, error))
    return FALSE;
  if (complete)
    return TRUE;
  all = list_wanted (policy);
  stale = g_hash_table_new (g_str_hash, g_str_equal);
  if (!note_wanted (connection, all, stale, error))
    return FALSE;
  g_hash_table_iter_init (&iter, stale);
  while (g_hash_table_iter_next (&iter, &of, NULL))
    if (!index_all (connection, policy, of, error))
      return FALSE;

  return TRUE;
}
