/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-book-private.h"

#include "shy-error.h"
#include "shy-process.h"
#include "shy-version.h"
#include "update/shy-policies.h"

#include <glib/gi18n-lib.h>

/*
 * What a person says to an update. The database comes first: it notes the decision and that the file
 * is behind it, in one transaction with the journal; then the file is written; then the database
 * notes that it is done. Whoever is stopped in between leaves a note from which
 * shy_updates_settle() goes on, so that there is no effect without an entry in the journal, and no
 * entry without its effect.
 */

static gboolean
fail_state (const ShyUpdate *update, GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               /* Translators: the number of an update and its state. */
               _("The update %lld is “%s” meanwhile. Look at the list again."),
               (long long) update->number, shy_update_state_to_label (update->state));
  return FALSE;
}

/* Moves an update from the state in which it was read. */
static gboolean
move (ShyConnection *connection, const ShyUpdateStep *step, gboolean settled, GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *now = shy_update_now ();

  statement = shy_connection_prepare (
    connection,
    "UPDATE shy_update SET state = $2, decided_at = $3, decided_by = $4, settled = $5, "
    "replaced = CASE WHEN $2 = 'accepted' THEN $6 ELSE replaced END WHERE number = $1 AND state = $7 RETURNING number", error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", step->update->number);
  shy_statement_bind_text (statement, "$2", shy_update_state_to_word (step->state));
  shy_statement_bind_text (statement, "$3", now);
  shy_statement_bind_text (statement, "$4", shy_connection_get_actor (connection));
  shy_statement_bind_int64 (statement, "$5", settled);
  shy_statement_bind_text (statement, "$6", step->replaced);
  shy_statement_bind_text (statement, "$7", shy_update_state_to_word (step->update->state));
  if (shy_statement_step (statement, &local))
    return TRUE;
  if (local == NULL)
    return fail_state (step->update, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
decide_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  ShyUpdateStep *step = data;

  shy_connection_touch (connection, SHY_UPDATES_TOPIC);
  return move (connection, step, step->state == SHY_UPDATE_DISCARDED, error) &&
         shy_update_write_journal (connection, step->update, step->action, step->signer,
                                   step->before, error);
}

/* What was decided and has no effect yet. */
typedef struct
{
  ShyUpdate *update;
  char      *replaced;
} Debt;

static void
free_debt (gpointer data)
{
  Debt *debt = data;

  shy_update_unref (debt->update);
  g_free (debt->replaced);
  g_free (debt);
}

static gboolean
list_debts_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray               *debts = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection, "SELECT " SHY_UPDATE_COLUMNS " FROM shy_update "
                                             "WHERE settled = 0 ORDER BY decided_at, number", error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_size (debts, 0);
  while (local == NULL && shy_statement_step (rows, &local))
    {
      Debt *debt = g_new0 (Debt, 1);

      debt->update = shy_update_read_row (rows, &local);
      debt->replaced = shy_statement_dup_text (rows, SHY_UPDATE_COLUMN_REPLACED);
      g_ptr_array_add (debts, debt);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
settled_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShyUpdate         *update = data;
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection, "UPDATE shy_update SET settled = 1 WHERE number = $1 AND state = $2", error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", update->number);
  shy_statement_bind_text (statement, "$2", shy_update_state_to_word (update->state));
  shy_connection_touch (connection, SHY_UPDATES_TOPIC);
  return shy_statement_execute (statement, error);
}

/* A row of the database alone writes no file: it may come with a copy from elsewhere. */
static void
tell_doubt (const ShyUpdate *update, const char *why)
{
  g_autofree char *sentence = NULL;

  sentence = g_strdup_printf (
    /* Translators: the number of an update, its id and version, then why, as a whole sentence. */
    _("The database says that update %lld (%s %s) was decided, but that cannot be proved, and it has no "
      "effect. %s"), (long long) update->number, update->id, update->version, why);
  shy_process_notice (sentence);
}

static gboolean
pay (ShyStore *store, const Debt *debt, GError **error)
{
  g_autofree char *signer = NULL;
  g_autofree char *why = NULL;
  gboolean         done;

  if (!shy_policies_prove_update (store, debt->update, &signer, &why, error))
    return FALSE;
  if (why != NULL)
    {
      tell_doubt (debt->update, why);
      return TRUE;
    }
  done = debt->update->state == SHY_UPDATE_ACCEPTED
           ? shy_update_install (debt->update, error)
           : shy_update_uninstall (debt->update, debt->replaced, error);

  if (done && debt->update->kind == SHY_UPDATE_CALENDAR)
    shy_calendar_reload_default (NULL);
  return done && shy_store_run (store, SHY_STORE_WRITE, settled_job, debt->update, NULL, error);
}

/**
 * shy_updates_settle: (skip)
 * @store: the database
 * @error: return location for an error
 *
 * Gives effect to what was decided: writes or takes away the files of updates that were accepted or
 * taken back, where the program was stopped before it could. Called when the program starts, and
 * by all that decides. Blocks.
 *
 * Errors: %SHY_ERROR_READ_ONLY if a file cannot be written; the rest waits for the next call.
 *
 * Returns: whether all files are as the database says
 */
gboolean
shy_updates_settle (ShyStore  *store,
                    GError   **error)
{
  g_autoptr (GPtrArray) debts = g_ptr_array_new_with_free_func (free_debt);

  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  if (!shy_store_run (store, SHY_STORE_READ, list_debts_job, debts, NULL, error))
    return FALSE;
  for (guint i = 0; i < debts->len; i++)
    if (!pay (store, debts->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
decide (ShyStore *store, ShyUpdateStep *step, GError **error)
{
  return shy_store_run (store, SHY_STORE_WRITE, decide_job, step, NULL, error) &&
         (step->state == SHY_UPDATE_DISCARDED || shy_updates_settle (store, error));
}

/**
 * shy_updates_accept: (skip)
 * @store: the database
 * @number: the number of an update that waits
 * @digest: (nullable): the digest of what the person read; %NULL to go by the number
 * @error: return location for an error
 *
 * Accepts an update for the person who runs the program: notes it in the journal, and puts it where
 * the program reads it. All that is decided from now on is decided by it; what was decided before
 * stays. Blocks.
 *
 * Errors: %SHY_ERROR_REFUSED with the reason if a check fails, %SHY_ERROR_BUSY if somebody else
 * decided about it meanwhile, %SHY_ERROR_NOT_FOUND, %SHY_ERROR_READ_ONLY if the file cannot be
 * written, which is then tried again by shy_updates_settle().
 *
 * Returns: whether it is in force
 */
gboolean
shy_updates_accept (ShyStore    *store,
                    gint64       number,
                    const char  *digest,
                    GError     **error)
{
  g_autoptr (ShyUpdate)       update = NULL;
  g_autoptr (ShyUpdateBasis)  basis = NULL;
  g_autoptr (ShyUpdateReview) review = NULL;
  g_autofree char            *replaced = NULL;
  ShyUpdateStep               step = { NULL };

  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  if (!shy_updates_settle (store, error))
    return FALSE;
  update = shy_updates_load (store, number, error);
  if (update == NULL)
    return FALSE;
  if (update->state != SHY_UPDATE_WAITING ||
      (digest != NULL && !g_str_equal (update->digest, digest)))
    return fail_state (update, error);
  basis = shy_update_basis_load (store);
  review = shy_update_review (update, basis);
  if (!review->acceptable)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                   /* Translators: the number of an update, then why, as a whole sentence. */
                   _("The update %lld cannot be accepted: %s"), (long long) number,
                   shy_update_review_get_reason (review));
      return FALSE;
    }
  replaced = shy_update_read_replaced (update);
  step = (ShyUpdateStep) { update, SHY_UPDATE_ACCEPTED, "update.accept", review->signer,
                           review->before, replaced };
  return decide (store, &step, error);
}

/**
 * shy_updates_discard: (skip)
 * @store: the database
 * @number: the number of an update that waits
 * @error: return location for an error
 *
 * Notes that the person who runs the program does not want an update. It is kept, and not offered
 * again when its service sends it once more. Blocks.
 *
 * Errors: %SHY_ERROR_BUSY if somebody else decided about it meanwhile, %SHY_ERROR_NOT_FOUND.
 *
 * Returns: whether it was discarded
 */
gboolean
shy_updates_discard (ShyStore  *store,
                     gint64     number,
                     GError   **error)
{
  g_autoptr (ShyUpdate) update = shy_updates_load (store, number, error);
  ShyUpdateStep         step = { update, SHY_UPDATE_DISCARDED, "update.discard", NULL, NULL, NULL };

  if (update == NULL)
    return FALSE;
  if (update->state != SHY_UPDATE_WAITING)
    return fail_state (update, error);
  return decide (store, &step, error);
}

/* An update of the same that was accepted after this one, and stands on it. */
static gboolean
find_later (ShyStore *store, const ShyUpdate *update, gint64 *later, GError **error)
{
  g_autoptr (GPtrArray) all = shy_updates_list (store, TRUE, error);

  *later = 0;
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const ShyUpdate *other = all->pdata[i];

      if (other->state == SHY_UPDATE_ACCEPTED && other->kind == update->kind &&
          g_str_equal (other->id, update->id) &&
          shy_version_compare (other->version, update->version) > 0)
        *later = other->number;
    }
  return all != NULL;
}

/**
 * shy_updates_revert: (skip)
 * @store: the database
 * @number: the number of an update that was accepted
 * @error: return location for an error
 *
 * Takes an update back for the person who runs the program: the version before is in force again.
 * What was decided by it stays. Blocks.
 *
 * Errors: %SHY_ERROR_BUSY if it is not in force or a later version stands on it,
 * %SHY_ERROR_NOT_FOUND, %SHY_ERROR_READ_ONLY as with shy_updates_accept().
 *
 * Returns: whether the version before is in force
 */
gboolean
shy_updates_revert (ShyStore  *store,
                    gint64     number,
                    GError   **error)
{
  g_autoptr (ShyUpdate) update = NULL;
  ShyUpdateStep         step = { NULL };
  gint64                later = 0;

  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  if (!shy_updates_settle (store, error))
    return FALSE;
  update = shy_updates_load (store, number, error);
  if (update == NULL)
    return FALSE;
  if (update->state != SHY_UPDATE_ACCEPTED)
    return fail_state (update, error);
  if (!find_later (store, update, &later, error))
    return FALSE;
  if (later != 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                   _("The update %lld was accepted after it. Take that one back first."),
                   (long long) later);
      return FALSE;
    }
  step = (ShyUpdateStep) { update, SHY_UPDATE_REVERTED, "update.revert", NULL, NULL, NULL };
  return decide (store, &step, error);
}
