/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-pull-history.h"

#include "landing/shy-landing-private.h"
#include "json/shy-json-node.h"

/* What pulls did, and what was noticed. */

static const char *const outcomes[] = { "running", "landed", "unchanged",
                                        "held",    "failed", "cancelled" };

/**
 * shy_pull_outcome_get_name: (skip)
 * @outcome: how a pull ended
 *
 * Returns: its name in reports and the database, as "landed"; not for people
 */
const char *
shy_pull_outcome_get_name (ShyPullOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcomes), NULL);
  return outcomes[outcome];
}

/**
 * shy_pull_record_free: (skip)
 * @self: a record
 */
void
shy_pull_record_free (ShyPullRecord *self)
{
  g_free (self->service);
  g_free (self->stream);
  g_free (self->started);
  g_free (self->ended);
  g_free (self->reason);
  g_free (self->report);
  g_free (self);
}

/**
 * shy_pull_notice_free: (skip)
 * @self: a notice
 */
void
shy_pull_notice_free (ShyPullNotice *self)
{
  g_free (self->service);
  g_free (self->stream);
  g_free (self->sentence);
  g_free (self->made_at);
  g_free (self);
}

typedef struct
{
  const char *service; /* (nullable) */
  gint64      limit;
  GPtrArray  *found;
} Listing;

static ShyPullOutcome
read_outcome (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_strcmp0 (outcomes[i], name) == 0)
      return (ShyPullOutcome) i;
  return SHY_PULL_FAILED;
}

static ShyPullRecord *
read_record (ShyStatement *row)
{
  ShyPullRecord *self = g_new0 (ShyPullRecord, 1);

  self->id = shy_statement_get_int64 (row, 0);
  self->service = shy_statement_dup_text (row, 1);
  self->stream = shy_statement_dup_text (row, 2);
  self->started = shy_statement_dup_text (row, 3);
  self->ended = shy_statement_dup_text (row, 4);
  self->outcome = read_outcome (shy_statement_get_text (row, 5));
  self->rows = (guint64) shy_statement_get_int64 (row, 6);
  self->pages = (guint64) shy_statement_get_int64 (row, 7);
  self->added = (guint64) shy_statement_get_int64 (row, 8);
  self->changed = (guint64) shy_statement_get_int64 (row, 9);
  self->withdrawn = (guint64) shy_statement_get_int64 (row, 10);
  self->reason = shy_statement_dup_text (row, 11);
  self->report = shy_statement_dup_text (row, 12);
  return self;
}

static gboolean
list_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Listing                 *listing = data;
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) rows =
    shy_sql_query (connection, error,
                   "SELECT id, service, stream, started, ended, outcome, row_count, pages, added, "
                   "changed, withdrawn, reason, report FROM shy_pull "
                   "WHERE $1 IS NULL OR service = $1 ORDER BY id DESC LIMIT $2", "si",
                   listing->service, listing->limit);

  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    g_ptr_array_add (listing->found, read_record (rows));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_pull_history_list: (skip)
 * @book: the services
 * @service: (nullable): the id of one, %NULL for all
 * @limit: how many at most, 0 for all
 * @error: return location for an error
 *
 * Reads the history, the last pull first. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type ShyPullRecord): the pulls, or %NULL with @error
 *   set
 */
GPtrArray *
shy_pull_history_list (ShyServiceBook *book, const char *service, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_pull_record_free);
  Listing listing = { service, limit > 0 ? (gint64) limit : -1, found };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), NULL);

  return shy_store_run (shy_service_book_get_store (book), SHY_STORE_READ, list_job, &listing, NULL,
                        error)
           ? g_steal_pointer (&found)
           : NULL;
}

static gboolean
list_notices_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                  GError **error)
{
  Listing                 *listing = data;
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) rows =
    shy_sql_query (connection, error,
                   "SELECT id, service, stream, sentence, made_at FROM shy_notice "
                   "WHERE $1 IS NULL OR service = $1 ORDER BY id DESC", "s", listing->service);

  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    {
      ShyPullNotice *notice = g_new0 (ShyPullNotice, 1);

      notice->id = shy_statement_get_int64 (rows, 0);
      notice->service = shy_statement_dup_text (rows, 1);
      notice->stream = shy_statement_dup_text (rows, 2);
      notice->sentence = shy_statement_dup_text (rows, 3);
      notice->made_at = shy_statement_dup_text (rows, 4);
      g_ptr_array_add (listing->found, notice);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_pull_history_list_notices: (skip)
 * @book: the services
 * @service: (nullable): the id of one, %NULL for all
 * @error: return location for an error
 *
 * Reads what was noticed and not dismissed, the last first. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type ShyPullNotice): the notices, or %NULL with
 *   @error set
 */
GPtrArray *
shy_pull_history_list_notices (ShyServiceBook *book, const char *service, GError **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_pull_notice_free);
  Listing listing = { service, -1, found };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), NULL);

  return shy_store_run (shy_service_book_get_store (book), SHY_STORE_READ, list_notices_job,
                        &listing, NULL, error)
           ? g_steal_pointer (&found)
           : NULL;
}

static gboolean
dismiss_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_sql_run (connection, error, "DELETE FROM shy_notice WHERE id = $1", "i",
                      *(gint64 *) data);
}

/**
 * shy_pull_history_dismiss: (skip)
 * @book: the services
 * @notice: the number of a notice
 * @error: return location for an error
 *
 * Forgets a notice that a person has read. Blocks.
 *
 * Returns: whether it is gone
 */
gboolean
shy_pull_history_dismiss (ShyServiceBook *book, gint64 notice, GError **error)
{
  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), FALSE);

  return shy_store_run (shy_service_book_get_store (book), SHY_STORE_WRITE, dismiss_job, &notice,
                        NULL, error);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/**
 * shy_pull_record_to_json: (skip)
 * @self: a record
 *
 * Writes a record as one line of JSON: what it holds by name, and its report under "report".
 *
 * Returns: (transfer full): the line, without an end
 */
char *
shy_pull_record_to_json (const ShyPullRecord *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  JsonNode              *report;

  g_return_val_if_fail (self != NULL, NULL);

  set_text (object, "service", self->service);
  set_text (object, "stream", self->stream);
  set_text (object, "started", self->started);
  set_text (object, "ended", self->ended);
  set_text (object, "outcome", shy_pull_outcome_get_name (self->outcome));
  json_object_set_int_member (object, "rows", (gint64) self->rows);
  json_object_set_int_member (object, "pages", (gint64) self->pages);
  json_object_set_int_member (object, "added", (gint64) self->added);
  json_object_set_int_member (object, "changed", (gint64) self->changed);
  json_object_set_int_member (object, "withdrawn", (gint64) self->withdrawn);
  set_text (object, "reason", self->reason);
  report = self->report != NULL ? shy_json_node_from_text (self->report, -1, NULL) : NULL;
  if (report != NULL)
    json_object_set_member (object, "report", report);
  return json_to_string (node, FALSE);
}
