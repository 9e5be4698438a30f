/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include <glib/gi18n-lib.h>

/* What a person says to a pull that is held. */

typedef struct
{
  const char *service;
  const char *stream;
  gboolean    merges;

  /* The generation that is held. */
  gint64      generation;
  gint64      pull;
  char       *state;   /* (owned) */
  char       *profile; /* (owned) (nullable) */
  char       *probe;   /* (owned) (nullable) */
  ShyTally    tally;
} Saying;

static void
saying_clear (Saying *self)
{
  g_free (self->state);
  g_free (self->profile);
  g_free (self->probe);
  shy_tally_clear (&self->tally);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Saying, saying_clear)

static void
read_tally (Saying *self, const char *text)
{
  g_autoptr (JsonObject) report = shy_tally_read (&self->tally, text);
  g_autoptr (JsonNode)   node = NULL;

  if (report == NULL)
    return;
  node = json_node_init_object (json_node_alloc (), report);
  self->profile = json_to_string (node, FALSE);
}

static gboolean
find_held (ShyConnection *connection, Saying *self, GError **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT id, pull, state, tally FROM shy_generation WHERE service = $1 "
                   "AND stream = $2 AND kind = 'held'", "ss", self->service, self->stream);

  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    {
      self->generation = shy_statement_get_int64 (row, 0);
      self->pull = shy_statement_get_int64 (row, 1);
      self->state = shy_statement_dup_text (row, 2);
      self->probe = shy_landing_probe_of (self->state);
      read_tally (self, shy_statement_get_text (row, 3));
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("No pull of the stream “%s” of “%s” waits for a person."), self->stream,
                 self->service);
  return FALSE;
}

static gboolean
check_free (ShyConnection *connection, const Saying *self, GError **error)
{
  if (!shy_lock_is_taken (connection, self->service))
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               _("Data of the service “%s” is being pulled. Wait until that is done."),
               self->service);
  return FALSE;
}

static gboolean
accept_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Saying          *self = data;
  ShyLandingChange change = { .service = self->service, .stream = self->stream,
                              .merges = self->merges };

  if (!check_free (connection, self, error) || !find_held (connection, self, error))
    return FALSE;
  change.generation = self->generation;
  change.live = shy_generations_find (connection, self->service, self->stream, "live", error);
  if (change.live < 0)
    return FALSE;
  change.live_rows = shy_sql_int64 (connection, NULL, 0,
                                    "SELECT row_count FROM shy_stream WHERE service = $1 "
                                    "AND name = $2", "ss", self->service, self->stream);
  change.tally = &self->tally;
  change.state = self->state;
  change.profile = self->profile;
  change.probe = self->probe;
  return shy_landing_note (connection, "service.accept", self->service, self->stream, error,
                           NULL) &&
         shy_landing_apply (connection, &change, error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_pull SET outcome = 'landed', withdrawn = $2 WHERE id = $1", "ii",
                      self->pull, (gint64) change.withdrawn);
}

/**
 * shy_landing_accept: (skip)
 * @book: the services
 * @service: the id of one
 * @stream: the name of a stream of which a pull is held
 * @error: return location for an error
 *
 * Makes the rows of a held pull the live ones: a person has looked at the reason. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND where none is held, %SHY_ERROR_BUSY while a pull runs.
 *
 * Returns: whether they are live
 */
gboolean
shy_landing_accept (ShyServiceBook *book, const char *service, const char *stream, GError **error)
{
  g_auto (Saying)         saying = { service, stream };
  g_autoptr (ShyService)  described = NULL;
  const ShyServiceStream *found;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), FALSE);
  g_return_val_if_fail (service != NULL && stream != NULL, FALSE);

  described = shy_service_book_load (book, service, error);
  if (described == NULL)
    return FALSE;
  found = shy_service_find_stream (described, stream);
  saying.merges = found != NULL && shy_service_stream_get_merges (found);
  if (!shy_store_run (shy_service_book_get_store (book), SHY_STORE_WRITE, accept_job, &saying, NULL,
                      error))
    return FALSE;
  shy_service_book_sweep (book, NULL, NULL);
  return TRUE;
}

static gboolean
discard_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Saying *self = data;

  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return check_free (connection, self, error) && find_held (connection, self, error) &&
         shy_generations_drop (connection, self->service, self->stream, "held", error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_stream SET trouble = NULL WHERE service = $1 AND name = $2", "ss",
                      self->service, self->stream) &&
         shy_landing_note (connection, "service.discard", self->service, self->stream, error, NULL);
}

/**
 * shy_landing_discard: (skip)
 * @book: the services
 * @service: the id of one
 * @stream: the name of a stream of which a pull is held
 * @error: return location for an error
 *
 * Throws the rows of a held pull away. The live ones stay, and the next pull begins anew. Blocks.
 *
 * Errors: as shy_landing_accept().
 *
 * Returns: whether they are gone
 */
gboolean
shy_landing_discard (ShyServiceBook *book, const char *service, const char *stream, GError **error)
{
  g_auto (Saying) saying = { service, stream };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), FALSE);
  g_return_val_if_fail (service != NULL && stream != NULL, FALSE);

  if (!shy_store_run (shy_service_book_get_store (book), SHY_STORE_WRITE, discard_job, &saying,
                      NULL, error))
    return FALSE;
  shy_service_book_sweep (book, NULL, NULL);
  return TRUE;
}
