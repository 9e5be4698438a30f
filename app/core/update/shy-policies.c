/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-policies.h"

#include "policy/shy-policy-lint.h"
#include "policy/shy-policy-private.h"
#include "policy/shy-policy-test.h"
#include "shy-error.h"
#include "shy-file.h"
#include "shy-new-file.h"
#include "store/shy-journal.h"
#include "update/shy-update-book-private.h"
#include "update/shy-update-private.h"
#include "update/shy-update-signers.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * Which policies are in force for a register: those that the program ships; those that were signed, and
 * accepted by this register; and those that a person of this register adopted, with a reason. What
 * else lies in the folder of policies decides nothing. All of it is proved anew each time: a row of
 * the database alone brings nothing into force.
 */

typedef struct
{
  const char *action;  /* the entry that is looked for */
  const char *subject;
  const char *digest;
  gboolean    found;
} Search;

static gboolean
look_at_entry (const ShyJournalEntry *entry, gpointer data)
{
  Search *self = data;

  if (g_str_equal (entry->action, self->action) && g_str_equal (entry->subject, self->subject) &&
      strstr (entry->details, self->digest) != NULL)
    self->found = TRUE;
  return !self->found;
}

static gboolean
is_in_journal (ShyConnection *connection, const char *action, const char *subject, const char *digest,
               gboolean *found, GError **error)
{
  Search search = { action, subject, digest, FALSE };

  if (!shy_journal_foreach (connection, 0, look_at_entry, &search, error))
    return FALSE;
  *found = search.found;
  return TRUE;
}

typedef struct
{
  const ShyUpdate *update;
  char            *why; /* (owned) (nullable) */
} Proof;

static gboolean
prove_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Proof           *self = data;
  const char      *action = self->update->state == SHY_UPDATE_REVERTED ? "update.revert"
                                                                       : "update.accept";
  g_autofree char *subject = g_strdup_printf ("update:%" G_GINT64_FORMAT, self->update->number);
  gboolean         found = FALSE;

  g_clear_pointer (&self->why, g_free);
  if (!shy_register_check_row (connection, "shy_update", self->update->number, &self->why, error))
    return FALSE;
  if (self->why != NULL)
    return TRUE;
  if (!is_in_journal (connection, action, subject, self->update->digest, &found, error))
    return FALSE;
  if (!found)
    self->why = g_strdup (_("The journal knows no decision about it."));
  return TRUE;
}

static char *
check_signer (const ShyUpdate *update, char **name)
{
  g_autoptr (ShyUpdateSigners) signers = shy_update_signers_load ();
  const ShyUpdateSigner       *signer = shy_update_signers_find (signers, update->signer);

  if (signer == NULL)
    return g_strdup (_("The key that signed it is not one that the bureau trusts."));
  if (!shy_update_is_signed_by (update, signer->key))
    return g_strdup (_("The signature does not fit what is stored."));
  *name = g_strdup (signer->sample ? _("Sample province") : signer->name);
  return NULL;
}

/**
 * shy_policies_prove_update: (skip)
 * @store: the database
 * @update: an update about which somebody decided, as the database has it
 * @signer: (out) (nullable) (transfer full): what the bureau calls who signed it
 * @why: (out) (nullable) (transfer full): why it is not to be trusted, %NULL if it is
 * @error: return location for an error
 *
 * Proves what the database says of an update: that its signature is right, that its signer is still
 * trusted, that the journal knows the decision, and that the row was changed by nobody. Blocks.
 *
 * Returns: %FALSE with @error set if that could not be looked at
 */
gboolean
shy_policies_prove_update (ShyStore         *store,
                           const ShyUpdate  *update,
                           char            **signer,
                           char            **why,
                           GError          **error)
{
  Proof proof = { update, NULL };

  *signer = NULL;
  /* Taking back needs nobody's signature. */
  *why = update->state == SHY_UPDATE_REVERTED ? NULL : check_signer (update, signer);
  if (*why != NULL)
    return TRUE;
  if (!shy_store_run (store, SHY_STORE_READ, prove_job, &proof, NULL, error))
    {
      g_free (proof.why);
      return FALSE;
    }
  *why = proof.why;
  return TRUE;
}

static gboolean
add_signed (ShyStore *store, GHashTable *adopted, GError **error)
{
  g_autoptr (GPtrArray) updates = shy_updates_list (store, TRUE, error);

  for (guint i = 0; updates != NULL && i < updates->len; i++)
    {
      const ShyUpdate *update = updates->pdata[i];
      g_autofree char *text = g_strconcat (update->content, "\n", NULL);
      g_autofree char *signer = NULL;
      g_autofree char *why = NULL;

      if (update->state != SHY_UPDATE_ACCEPTED || update->kind != SHY_UPDATE_POLICY_PACK)
        continue;
      if (!shy_policies_prove_update (store, update, &signer, &why, error))
        return FALSE;
      if (why == NULL)
        g_hash_table_insert (adopted, g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1),
                             shy_policy_origin_new (SHY_POLICY_SIGNED, signer));
    }
  return updates != NULL;
}

static gboolean
take_adopted (ShyConnection *connection, ShyStatement *row, GHashTable *adopted, GError **error)
{
  gint64           id = shy_statement_get_int64 (row, 0);
  const char      *digest = shy_statement_get_text (row, 1);
  g_autofree char *subject = g_strdup_printf ("policy:%s", shy_statement_get_text (row, 2));
  g_autofree char *why = NULL;
  gboolean         found = FALSE;

  if (!shy_register_check_row (connection, "shy_policy_adopted", id, &why, error) ||
      !is_in_journal (connection, "policy.adopt", subject, digest, &found, error))
    return FALSE;
  if (why == NULL && found)
    g_hash_table_insert (adopted, g_strdup (digest),
                         shy_policy_origin_new (SHY_POLICY_LOCAL, shy_statement_get_text (row, 3)));
  return TRUE;
}

static gboolean
head_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *number = data;

  *number = shy_connection_query_int64 (connection, "SELECT number FROM shy_journal_head", 0, NULL);
  return TRUE;
}

/* Says of the policies up to which entry of the journal they are known to be in force. */
static void
note_head (ShyPolicyRegistry *registry, gint64 number)
{
  GPtrArray *policies = shy_policy_registry_get_policies (registry);

  for (guint i = 0; i < policies->len; i++)
    ((ShyPolicy *) policies->pdata[i])->journalled = number;
}

/* Whether an entry may bring another text into force than the one that decides: a calendar counts too,
 * for periods are counted by it. */
static gboolean
concerns (ShyStatement *row, const char *id)
{
  const char          *subject = shy_statement_get_text (row, 2);
  g_autoptr (JsonNode) node = json_from_string (shy_statement_get_text (row, 3), NULL);
  JsonObject          *details = node != NULL ? json_node_get_object (node) : NULL;
  const char          *kind, *of;

  if (g_str_has_prefix (subject, "policy:"))
    return g_str_equal (subject + strlen ("policy:"), id);
  if (details == NULL)
    return TRUE;
  kind = json_object_get_string_member_with_default (details, "kind", "");
  of = json_object_get_string_member_with_default (details, "id", "");
  return !g_str_equal (kind, shy_update_kind_to_word (SHY_UPDATE_POLICY_PACK)) || g_str_equal (of, id);
}

/**
 * shy_policies_check_current: (skip)
 * @connection: a connection, in the transaction that stores what was decided
 * @policy: the policy that decided
 * @error: return location for an error
 *
 * Makes sure that what decided is still what is in force: that since the policies were read, in this
 * register nobody accepted, took back or adopted a version of it, or a calendar.
 *
 * Errors: %SHY_ERROR_REFUSED, which says what came.
 *
 * Returns: whether it is
 */
gboolean
shy_policies_check_current (ShyConnection *connection, ShyPolicy *policy, GError **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  if (policy->journalled < 0)
    return TRUE;
  row = shy_connection_prepare (connection,
                                "SELECT number, actor, subject, details FROM shy_journal WHERE "
                                "number > $1 AND action IN ('update.accept', 'update.revert', "
                                "'policy.adopt') ORDER BY number", error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_int64 (row, "$1", policy->journalled);
  while (shy_statement_step (row, &local))
    if (concerns (row, policy->id))
      {
        g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                     /* Translators: the id and version of a policy, a login name, the number of an
                      * entry of the journal. */
                     _("This was decided by the policy %s %s, but meanwhile %s changed what is in force "
                       "(entry %lld of the journal). Nothing was stored: let it be decided again, by "
                       "what is in force now."), policy->id, policy->version,
                     shy_statement_get_text (row, 1), (long long) shy_statement_get_int64 (row, 0));
        return FALSE;
      }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
adopted_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  if (shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM sqlite_master WHERE name = "
                                              "'shy_policy_adopted'", 0, NULL) == 0)
    return TRUE; /* a copy of before */
  rows = shy_connection_prepare (connection,
                                 "SELECT id, digest, policy, actor FROM shy_policy_adopted", error);
  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    if (!take_adopted (connection, rows, data, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_policies_load_from_store: (skip)
 * @store: (nullable): the register
 * @error: return location for an error
 *
 * Reads the policies that are in force for a register. Blocks.
 *
 * Returns: (transfer full): the policies, or %NULL with @error set
 */
ShyPolicyRegistry *
shy_policies_load_from_store (ShyStore  *store,
                              GError   **error)
{
  g_autoptr (GHashTable) adopted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          shy_policy_origin_free);
  ShyPolicyRegistry     *registry;
  gint64                 head = -1;

  /* What comes after this entry is seen by shy_policies_check_current(), if not here already. */
  if (store != NULL && (!shy_store_run (store, SHY_STORE_READ, head_job, &head, NULL, error) ||
                        !add_signed (store, adopted, error) ||
                        !shy_store_run (store, SHY_STORE_READ, adopted_job, adopted, NULL, error)))
    return NULL;
  registry = shy_policy_registry_new_adopted (adopted);
  note_head (registry, head);
  return registry;
}

/**
 * shy_policies_load: (skip)
 * @database: (nullable) (type filename): the register, %NULL for the person's own; it need not be
 *   there
 * @error: return location for an error
 *
 * As shy_policies_load_from_store(), of a database that is only looked at. Blocks.
 *
 * Returns: (transfer full): the policies, or %NULL with @error set
 */
ShyPolicyRegistry *
shy_policies_load (const char  *database,
                   GError     **error)
{
  g_autofree char     *own = shy_store_dup_default_path ();
  const char          *path = database != NULL ? database : own;
  g_autoptr (ShyStore) store = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return shy_policies_load_from_store (NULL, error);
  store = shy_store_open_read_only (path, error);
  return store != NULL ? shy_policies_load_from_store (store, error) : NULL;
}

typedef struct
{
  ShyPolicy  *policy;
  char       *digest;
  const char *reason;
} Adoption;

static gboolean
adopt_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Adoption                *self = data;
  g_autoptr (JsonObject)   details = json_object_new ();
  g_autoptr (JsonNode)     node = json_node_init_object (json_node_alloc (), details);
  g_autoptr (ShyStatement) statement = NULL;
  g_autofree char         *subject = NULL;
  g_autofree char         *now = shy_update_now ();

  statement = shy_connection_prepare (connection,
                                      "INSERT INTO shy_policy_adopted (id, digest, policy, version, "
                                      "reason, adopted_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                                      "ON CONFLICT (digest) DO UPDATE SET reason = excluded.reason, "
                                      "adopted_at = excluded.adopted_at, actor = excluded.actor",
                                      error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1",
                            shy_connection_reserve_ids (connection, "shy_policy_adopted", 1, error));
  shy_statement_bind_text (statement, "$2", self->digest);
  shy_statement_bind_text (statement, "$3", shy_policy_get_id (self->policy));
  shy_statement_bind_text (statement, "$4", shy_policy_get_version (self->policy));
  shy_statement_bind_text (statement, "$5", self->reason);
  shy_statement_bind_text (statement, "$6", now);
  shy_statement_bind_text (statement, "$7", shy_connection_get_actor (connection));
  subject = g_strdup_printf ("policy:%s", shy_policy_get_id (self->policy));
  json_object_set_string_member (details, "version", shy_policy_get_version (self->policy));
  json_object_set_string_member (details, "digest", self->digest);
  json_object_set_string_member (details, "reason", self->reason);
  shy_connection_touch (connection, SHY_UPDATES_TOPIC);
  return shy_statement_execute (statement, error) &&
         shy_journal_append (connection, "policy.adopt", subject, node, error);
}

static gboolean
check_pack (ShyPolicy *policy, GError **error)
{
  g_autoptr (GPtrArray) findings = shy_policy_lint (policy);

  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = findings->pdata[i];

      if (finding->severity != SHY_POLICY_ERROR)
        continue;
      g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                   /* Translators: a file, then a fault in it, as a whole sentence. */
                   _("“%s” cannot be adopted: %s"), shy_policy_get_file (policy), finding->message);
      return FALSE;
    }
  return shy_policy_check_cases (policy, error);
}

/* A pack from elsewhere is copied to the others, under a name that no other content has. */
static gboolean
put_into_folder (const char *path, const char *text, const char *digest, GError **error)
{
  g_autofree char *folder = shy_policy_registry_build_own_folder ();
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *canonical = g_canonicalize_filename (parent, NULL);
  g_autofree char *name = g_strdup_printf ("%.16s.json", digest);
  g_autofree char *target = g_build_filename (folder, name, NULL);

  if (g_str_equal (canonical, folder))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return shy_new_file_write (target, text, -1, TRUE, error);
  shy_new_file_set_error (target, errno, error);
  return FALSE;
}

/**
 * shy_policies_adopt: (skip)
 * @store: the register
 * @path: (type filename): a pack
 * @reason: why it is to decide
 * @error: return location for an error
 *
 * Notes for the person who runs the program that a pack which nobody signed is to decide in this
 * register. One that lies elsewhere is copied into the folder of the person's own policies. Blocks.
 *
 * Errors: %SHY_ERROR_REFUSED if the pack has faults, %SHY_ERROR_INVALID if a case of it fails or it
 * cannot be read, %SHY_ERROR_USAGE without a reason.
 *
 * Returns: (transfer full): the digest of the pack, or %NULL with @error set
 */
char *
shy_policies_adopt (ShyStore    *store,
                    const char  *path,
                    const char  *reason,
                    GError     **error)
{
  g_autoptr (ShyPolicy) policy = NULL;
  g_autoptr (GBytes)    bytes = NULL;
  g_autofree char      *text = NULL;
  g_autofree char      *digest = NULL;
  g_autoptr (GError)    local = NULL;
  gsize                 length;
  Adoption              adoption = { NULL };

  if (reason == NULL || strspn (reason, " \t") == strlen (reason))
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                           _("Say with --reason why this policy is to decide. It is kept in the "
                             "journal."));
      return NULL;
    }
  if (!shy_file_get_contents (path, &text, &length, &local))
    {
      shy_file_set_open_error (path, local, error);
      return NULL;
    }
  bytes = g_bytes_new (text, length);
  policy = shy_policy_new_from_bytes (bytes, path, error);
  if (policy == NULL || !check_pack (policy, error))
    return NULL;
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  adoption = (Adoption) { policy, digest, reason };
  if (!put_into_folder (path, text, digest, error) ||
      !shy_store_run (store, SHY_STORE_WRITE, adopt_job, &adoption, NULL, error))
    return NULL;
  return g_steal_pointer (&digest);
}
