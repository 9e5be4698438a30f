/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-private.h"

#include "record/shy-import-book-private.h"
#include "shy-error.h"
#include "store/shy-journal.h"

#include <glib/gi18n-lib.h>

/* How long a commit waits for those of others, in microseconds. */
#define PATIENCE (2 * 60 * G_USEC_PER_SEC)

/**
 * shy_import_set_reason:
 * @self: an import
 * @reason: (nullable): a sentence
 *
 * Says why the next commit is stored although the clock fell back.
 */
void
shy_import_set_reason (ShyImport  *self,
                       const char *reason)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  g_free (self->reason);
  self->reason = g_strdup (reason);
}

/**
 * shy_import_set_once:
 * @self: an import
 * @once: whether to be strict
 *
 * Says whether the next commit stores nothing if this very file was stored before, or meanwhile.
 */
void
shy_import_set_once (ShyImport *self,
                     gboolean   once)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  self->once = once;
}

/* Columns that nobody sees may be what somebody gave up. */
static gboolean
check_hidden_columns (ShyImport  *self,
                      GError    **error)
{
  g_autofree char *said = NULL;

  if (self->hidden_columns != SHY_IMPORT_HIDDEN_ASK ||
      shy_import_notes_get_n_hidden_columns (self->notes) == 0)
    return TRUE;
  said = shy_import_notes_dup_hidden_columns (self->notes);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is a sentence that counts and names the columns. */
               _("%s Nothing was stored. Say whether they are meant: --hidden-columns include reads them, "
                 "--hidden-columns skip leaves them out."),
               said);
  return FALSE;
}

/* Rows that a filter hides are perhaps not meant: nobody is granted anything by an oversight. */
static gboolean
check_hidden (ShyImport  *self,
              GError    **error)
{
  g_autofree char *said = NULL;

  if (!check_hidden_columns (self, error))
    return FALSE;
  if (self->hidden != SHY_IMPORT_HIDDEN_ASK || shy_import_notes_get_n_hidden (self->notes) == 0)
    return TRUE;
  said = shy_import_notes_dup_hidden (self->notes);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is a sentence that counts and names the rows. */
               _("%s Nothing was stored. Say whether they are meant: --hidden include stores them, "
                 "--hidden skip leaves them out."),
               said);
  return FALSE;
}

/* Looks, in the transaction that is to store a file, whether somebody stored it meanwhile. */
static gboolean
check_once (ShyImport      *self,
            ShyConnection  *connection,
            GError        **error)
{
  g_autofree char *earlier = NULL;

  if (!self->once)
    return TRUE;
  if (self->digest == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("Whether this file was stored before cannot be told, as it can be read "
                             "only once. Nothing was stored: save it to the disk first, or leave out "
                             "--once."));
      return FALSE;
    }
  if (!shy_import_find_earlier_job (connection, self, NULL, error))
    return FALSE;
  earlier = shy_import_dup_earlier (self);
  if (earlier == NULL)
    return TRUE;
  /* Translators: %s is a sentence that names the batch. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s Nothing was stored."), earlier);
  return FALSE;
}

/* A file on its way into the register. */
typedef struct
{
  ShyImport       *import;
  ShyImportCommit  commit;
} Storing;

/* A name that somebody gave, or the recipe that was used: it is the first to be looked at next time. */
static gboolean
keep_recipe (ShyImport      *self,
             ShyConnection  *connection,
             GError        **error)
{
  const char          *name = self->remember != NULL ? self->remember : self->recipe;
  g_autoptr (JsonNode) recipe = name != NULL ? shy_header_match_to_recipe (self->match) : NULL;

  return name == NULL ||
         shy_recipe_keep (connection, shy_import_target_get_id (self->target), name, recipe, error);
}

static gboolean
commit_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Storing               *storing = data;
  ShyImport             *self = storing->import;
  ShyImportCommit       *commit = &storing->commit;
  g_autofree char       *stamp = shy_connection_dup_stamp (connection);
  g_autoptr (JsonObject) details = json_object_new ();

  /* Before anything is written here. */
  commit->again = g_strcmp0 (stamp, self->stamp) != 0;
  commit->details = details;
  if (!shy_journal_check_clock (connection, self->reason, error) ||
      !check_once (self, connection, error))
    return FALSE;
  commit->batch = shy_connection_reserve_ids (connection, "shy_import", 1, error);
  if (commit->batch < 0)
    return FALSE;
  if (g_hash_table_size (self->mended) > 0)
    json_object_set_int_member (details, "mended_rows", g_hash_table_size (self->mended));
  return SHY_IMPORT_TARGET_GET_CLASS (self->target)->commit (self->target, connection, commit, cancellable,
                                                             error) &&
         keep_recipe (self, connection, error) &&
         shy_import_book_add (connection, self->target, commit, self->digest, error);
}

/* Others may be storing long lists: whoever waits for them is not told to come again. */
static gboolean
store_patiently (ShyImport     *self,
                 Storing       *storing,
                 GCancellable  *cancellable,
                 GError       **error)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (TRUE)
    {
      g_autoptr (ShySpool) anew = shy_import_open_spool (self, error);
      g_autoptr (GError)   local = NULL;

      if (anew == NULL)
        return FALSE;
      storing->commit.anew = anew;
      shy_spool_set_notes (anew, shy_import_notes_to_json (self->notes));
      if (shy_store_run (self->store, SHY_STORE_WRITE, commit_job, storing, cancellable, &local))
        {
          if (storing->commit.again)
            g_set_object (&self->results, anew);
          return TRUE;
        }
      if (!g_error_matches (local, SHY_ERROR, SHY_ERROR_BUSY) || g_get_monotonic_time () > until)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

/**
 * shy_import_commit:
 * @self: an import that ran, with a store
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Stores what the last run found, rejected rows left out, together with the journal's entry: all or
 * nothing. Rows whose grounds changed since the run are judged anew in the same transaction, and stored
 * so; [method@Import.get_spool] holds what was stored. Blocks.
 *
 * Returns: the number of the batch, or -1 with @error set
 */
gint64
shy_import_commit (ShyImport     *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Storing storing = { self };

  g_return_val_if_fail (SHY_IS_IMPORT (self), -1);
  g_return_val_if_fail (self->store != NULL && self->results != NULL, -1);

  if (!check_hidden (self, error))
    return -1;
  storing.commit.rows = self->results;
  storing.commit.file = self->file;
  storing.commit.sheet = shy_import_get_sheet (self);
  storing.commit.reason = self->reason;
  return store_patiently (self, &storing, cancellable, error) ? storing.commit.batch : -1;
}
