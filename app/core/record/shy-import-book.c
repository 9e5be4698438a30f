/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-book-private.h"

#include "json/shy-json-node.h"
#include "shy-error.h"
#include "store/shy-journal.h"
#include "store/shy-personal.h"

#include <glib/gi18n-lib.h>

/* What was taken in of spreadsheets, and how their columns were matched. */

static char *
dup_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * shy_import_batch_free: (skip)
 * @self: a batch
 *
 * Frees it.
 */
void
shy_import_batch_free (ShyImportBatch *self)
{
  g_free (self->target);
  g_free (self->file);
  g_free (self->sheet);
  g_free (self->created_at);
  g_free (self->actor);
  g_free (self->withdrawn_at);
  g_free (self);
}

/**
 * shy_recipe_free: (skip)
 * @self: a recipe
 *
 * Frees it.
 */
void
shy_recipe_free (ShyRecipe *self)
{
  g_free (self->name);
  g_clear_pointer (&self->recipe, json_node_unref);
  g_free (self->used_at);
  g_free (self);
}

/* The batch that took in this very file last and was not taken back; *@batch is 0 for none. */
gboolean
shy_import_book_find (ShyConnection  *connection,
                      const char     *target,
                      const char     *digest,
                      gint64         *batch,
                      char          **created_at,
                      GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  *batch = 0;
  row = shy_connection_prepare (connection,
                                "SELECT id, created_at FROM shy_import WHERE digest = $1 AND target = $2 "
                                "AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", digest);
  shy_statement_bind_text (row, "$2", target);
  if (shy_statement_step (row, &local))
    {
      *batch = shy_statement_get_int64 (row, 0);
      g_free (*created_at);
      *created_at = shy_statement_dup_text (row, 1);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
bind_sealed (ShyConnection  *connection,
             ShyStatement   *statement,
             const char     *parameter,
             const char     *field,
             gint64          row,
             const char     *clear,
             GError        **error)
{
  g_autofree char *sealed = shy_personal_seal (connection, field, row, clear, error);

  if (sealed == NULL)
    return FALSE;
  shy_statement_bind_text (statement, parameter, sealed);
  return TRUE;
}

static gboolean
write_batch (ShyConnection          *connection,
             ShyImportTarget        *target,
             const ShyImportCommit  *commit,
             const char             *digest,
             GError                **error)
{
  g_autofree char         *now = dup_now ();
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection,
    "INSERT INTO shy_import (id, target, digest, file, sheet, taken, rejected, created_at, actor) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", commit->batch);
  shy_statement_bind_text (statement, "$2", shy_import_target_get_id (target));
  shy_statement_bind_text (statement, "$3", digest);
  shy_statement_bind_int64 (statement, "$6", commit->taken);
  shy_statement_bind_int64 (statement, "$7", commit->rejected);
  shy_statement_bind_text (statement, "$8", now);
  shy_statement_bind_text (statement, "$9", shy_connection_get_actor (connection));
  return bind_sealed (connection, statement, "$4", "shy_import.file", commit->batch, commit->file, error) &&
         bind_sealed (connection, statement, "$5", "shy_import.sheet", commit->batch, commit->sheet,
                      error) &&
         shy_statement_execute (statement, error);
}

static gboolean
note (ShyConnection    *connection,
      ShyImportTarget  *target,
      gint64            batch,
      const char       *what,
      JsonObject       *details,
      GError          **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), details);
  g_autofree char     *family = shy_import_target_dup_family (target);
  g_autofree char     *action = g_strdup_printf ("%s.%s", family, what);
  g_autofree char     *subject = g_strdup_printf ("%s_batch:%" G_GINT64_FORMAT, family, batch);

  return shy_journal_append (connection, action, subject, node, error);
}

/* Notes a file that is being taken in, in the transaction that does, and in the journal. */
gboolean
shy_import_book_add (ShyConnection          *connection,
                     ShyImportTarget        *target,
                     const ShyImportCommit  *commit,
                     const char             *digest,
                     GError                **error)
{
  if (digest != NULL)
    json_object_set_string_member (commit->details, "file_digest", digest);
  if (commit->reason != NULL)
    json_object_set_string_member (commit->details, "reason", commit->reason);
  return write_batch (connection, target, commit, digest, error) &&
         note (connection, target, commit->batch, "import", commit->details, error);
}

/* What a job reads or does. */
typedef struct
{
  const char      *name;    /* family, or id of a target */
  GPtrArray       *found;   /* (owned) */
  ShyImportTarget *target;
  gint64           batch;
  const char      *recipe;  /* name */
  const char      *reason;
  const char      *clock_reason;
} Job;

static gboolean
read_batch (ShyConnection  *connection,
            ShyStatement   *row,
            GPtrArray      *into,
            GError        **error)
{
  g_autoptr (ShyImportBatch) batch = g_new0 (ShyImportBatch, 1);

  batch->id = shy_statement_get_int64 (row, 0);
  batch->target = shy_statement_dup_text (row, 1);
  batch->file = shy_personal_unseal (connection, "shy_import.file", batch->id,
                                     shy_statement_get_text (row, 2), error);
  if (batch->file == NULL)
    return FALSE;
  batch->sheet = shy_personal_unseal (connection, "shy_import.sheet", batch->id,
                                      shy_statement_get_text (row, 3), error);
  if (batch->sheet == NULL)
    return FALSE;
  batch->taken = (guint) shy_statement_get_int64 (row, 4);
  batch->rejected = (guint) shy_statement_get_int64 (row, 5);
  batch->created_at = shy_statement_dup_text (row, 6);
  batch->actor = shy_statement_dup_text (row, 7);
  batch->withdrawn_at = shy_statement_dup_text (row, 8);
  g_ptr_array_add (into, g_steal_pointer (&batch));
  return TRUE;
}

/* A family has records of one kind, named as it, or of several, named behind a colon. */
static gboolean
list_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Job                     *job = data;
  g_autofree char         *kinds = g_strconcat (job->name, ":", NULL);
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT id, target, file, sheet, taken, rejected, created_at, actor, "
                                "withdrawn_at FROM shy_import WHERE target = $1 OR "
                                "substr (target, 1, length ($2)) = $2 ORDER BY id DESC",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", job->name);
  shy_statement_bind_text (row, "$2", kinds);
  while (local == NULL && shy_statement_step (row, &local))
    read_batch (connection, row, job->found, &local);

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static GPtrArray *
run_list (ShyStore        *store,
          ShyStoreJob      func,
          const char      *name,
          GDestroyNotify   free_one,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (free_one);
  Job                   job = { .name = name, .found = found };

  return shy_store_run (store, SHY_STORE_READ, func, &job, cancellable, error) ? g_steal_pointer (&found)
                                                                               : NULL;
}

/**
 * shy_import_batch_list: (skip)
 * @store: the database
 * @family: of the records, as `subsidy`
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Lists the spreadsheets that were taken in, the newest first. Blocks.
 *
 * Returns: (transfer full): of #ShyImportBatch, or %NULL with @error set
 */
GPtrArray *
shy_import_batch_list (ShyStore      *store,
                       const char    *family,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (SHY_IS_STORE (store) && family != NULL, NULL);

  return run_list (store, list_job, family, (GDestroyNotify) shy_import_batch_free, cancellable, error);
}

/* Sets the error where the batch cannot be taken back, whatever rests on it. */
static gboolean
check_batch (ShyConnection    *connection,
             ShyImportTarget  *target,
             gint64            batch,
             GError          **error)
{
  g_autofree char         *family = shy_import_target_dup_family (target);
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection, "SELECT withdrawn_at FROM shy_import WHERE id = $1 AND "
                                "(target = $2 OR substr (target, 1, length ($2) + 1) = $2 || ':')",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_int64 (row, "$1", batch);
  shy_statement_bind_text (row, "$2", family);
  if (!shy_statement_step (row, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                     _("There is no batch %d of these records. Look up the number where the files that were "
                       "taken in are listed."),
                     (int) batch);
      return FALSE;
    }
  if (shy_statement_get_text (row, 0) == NULL)
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("Batch %d was withdrawn already, on %.10s. Nothing was changed."), (int) batch,
               shy_statement_get_text (row, 0));
  return FALSE;
}

static gboolean
mark_withdrawn (ShyConnection  *connection,
                gint64          batch,
                const char     *now,
                GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "UPDATE shy_import SET withdrawn_at = $1 WHERE id = $2", error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", now);
  shy_statement_bind_int64 (statement, "$2", batch);
  return shy_statement_execute (statement, error);
}

static gboolean
write_withdrawal (ShyConnection  *connection,
                  const Job      *job,
                  JsonObject     *details,
                  GError        **error)
{
  g_autofree char         *now = dup_now ();
  g_autofree char         *nonce = shy_journal_new_nonce ();
  g_autofree char         *commitment = shy_journal_commit (nonce, job->reason);
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection,
    "INSERT INTO shy_import_withdrawal (import, reason, withdrawn_at, actor, nonce, commitment) "
    "VALUES ($1, $2, $3, $4, $5, $6)",
    error);

  if (statement == NULL)
    return FALSE;
  json_object_set_string_member (details, "commitment", commitment);
  shy_statement_bind_int64 (statement, "$1", job->batch);
  shy_statement_bind_text (statement, "$3", now);
  shy_statement_bind_text (statement, "$4", shy_connection_get_actor (connection));
  shy_statement_bind_text (statement, "$5", nonce);
  shy_statement_bind_text (statement, "$6", commitment);
  return bind_sealed (connection, statement, "$2", "shy_import_withdrawal.reason", job->batch, job->reason,
                      error) &&
         shy_statement_execute (statement, error) && mark_withdrawn (connection, job->batch, now, error);
}

static gboolean
withdraw_job (ShyConnection  *connection,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Job                   *job = data;
  ShyImportTargetClass  *klass = SHY_IMPORT_TARGET_GET_CLASS (job->target);
  g_autoptr (JsonObject) details = json_object_new ();

  if (!shy_journal_check_clock (connection, job->clock_reason, error) ||
      !check_batch (connection, job->target, job->batch, error))
    return FALSE;
  if (klass->withdraw == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("Records of this kind cannot be taken back together. Nothing was changed."));
      return FALSE;
    }
  if (job->clock_reason != NULL)
    json_object_set_string_member (details, "reason", job->clock_reason);
  return klass->withdraw (job->target, connection, job->batch, details, job->reason, error) &&
         write_withdrawal (connection, job, details, error) &&
         note (connection, job->target, job->batch, "withdraw-import", details, error);
}

/**
 * shy_import_batch_withdraw: (skip)
 * @store: the database
 * @target: whose records they are
 * @batch: the number of the batch
 * @reason: why, by whoever does it
 * @clock_reason: (nullable): why it is stored although the clock fell back
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Takes back all that a spreadsheet brought, as one entry of the journal: what was stored stays to be
 * read, and counts no more. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND for no such batch; %SHY_ERROR_INVALID if it was withdrawn already, or
 * where something that came later rests on it: the message says what.
 *
 * Returns: whether it was withdrawn
 */
gboolean
shy_import_batch_withdraw (ShyStore         *store,
                           ShyImportTarget  *target,
                           gint64            batch,
                           const char       *reason,
                           const char       *clock_reason,
                           GCancellable     *cancellable,
                           GError          **error)
{
  Job job = { .target = target, .batch = batch, .reason = reason, .clock_reason = clock_reason };

  g_return_val_if_fail (SHY_IS_STORE (store) && SHY_IS_IMPORT_TARGET (target) && reason != NULL, FALSE);

  return shy_store_run (store, SHY_STORE_WRITE, withdraw_job, &job, cancellable, error);
}

static gboolean
list_recipes_job (ShyConnection  *connection,
                  gpointer        data,
                  GCancellable   *cancellable,
                  GError        **error)
{
  Job                     *job = data;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT name, recipe, used_at FROM shy_recipe WHERE target = $1 "
                                "ORDER BY used_at DESC, name",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", job->name);
  while (local == NULL && shy_statement_step (row, &local))
    {
      JsonNode  *recipe = shy_json_node_from_text (shy_statement_get_text (row, 1), -1, &local);
      ShyRecipe *one;

      if (recipe == NULL)
        break;
      one = g_new0 (ShyRecipe, 1);
      one->name = shy_statement_dup_text (row, 0);
      one->recipe = recipe;
      one->used_at = shy_statement_dup_text (row, 2);
      g_ptr_array_add (job->found, one);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_recipe_list: (skip)
 * @store: the database
 * @target: what the files are taken in as, [property@ImportTarget:id]
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Lists how columns were matched by people, the last used first. Blocks.
 *
 * Returns: (transfer full): of #ShyRecipe, or %NULL with @error set
 */
GPtrArray *
shy_recipe_list (ShyStore      *store,
                 const char    *target,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (SHY_IS_STORE (store) && target != NULL, NULL);

  return run_list (store, list_recipes_job, target, (GDestroyNotify) shy_recipe_free, cancellable, error);
}

/* Remembers, in the transaction that takes a file in, how its columns were matched; one of this name is
 * replaced. */
gboolean
shy_recipe_keep (ShyConnection  *connection,
                 const char     *target,
                 const char     *name,
                 JsonNode       *recipe,
                 GError        **error)
{
  g_autofree char         *text = json_to_string (recipe, FALSE);
  g_autofree char         *now = dup_now ();
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection,
    "INSERT INTO shy_recipe (target, name, recipe, used_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (target, name) DO UPDATE SET recipe = excluded.recipe, used_at = excluded.used_at",
    error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", target);
  shy_statement_bind_text (statement, "$2", name);
  shy_statement_bind_text (statement, "$3", text);
  shy_statement_bind_text (statement, "$4", now);
  return shy_statement_execute (statement, error);
}

static gboolean
forget_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Job                     *job = data;
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "DELETE FROM shy_recipe WHERE target = $1 AND name = $2 RETURNING name", error);
  g_autoptr (GError)       local = NULL;
  gboolean                 there;

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", job->name);
  shy_statement_bind_text (statement, "$2", job->recipe);
  there = shy_statement_step (statement, &local);
  if (there && local == NULL)
    {
      while (shy_statement_step (statement, &local))
        continue;
      if (local == NULL)
        return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("There is no recipe “%s”."), job->recipe);
  return FALSE;
}

/**
 * shy_recipe_forget: (skip)
 * @store: the database
 * @target: what the files are taken in as
 * @name: the name of a recipe
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Forgets how columns were matched. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND for no such recipe.
 *
 * Returns: whether it was forgotten
 */
gboolean
shy_recipe_forget (ShyStore      *store,
                   const char    *target,
                   const char    *name,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Job job = { .name = target, .recipe = name };

  g_return_val_if_fail (SHY_IS_STORE (store) && target != NULL && name != NULL, FALSE);

  return shy_store_run (store, SHY_STORE_WRITE, forget_job, &job, cancellable, error);
}
