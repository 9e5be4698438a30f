/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landed-dataset.h"
#include "landing/shy-landing-private.h"
#include "landing/shy-schedule.h"
#include "service/pull/shy-lookup.h"
#include "json/shy-json-node.h"

#include <string.h>

/* How services and streams stand. */

typedef struct
{
  const char *id;      /* (nullable) */
  GPtrArray  *entries; /* of ShyServiceEntry */
  GPtrArray  *streams; /* of ShyStreamStatus */
} Listing;

/* A description that this version cannot read any more is listed with what is wrong. */
static ShyService *
describe (ShyStatement *row, ShyServiceEntry *entry)
{
  const char         *text = shy_statement_get_text (row, 2);
  g_autoptr (GBytes)  bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)  error = NULL;
  ShyService         *service = shy_service_new_from_bytes (bytes, shy_statement_get_text (row, 1),
                                                            &error);

  if (service == NULL)
    {
      entry->title = g_strdup (entry->id);
      entry->trouble = g_strdup (error->message);
      return NULL;
    }
  entry->title = g_strdup (shy_service_get_title (service));
  entry->doc_url = g_strdup (shy_service_get_doc_url (service));
  entry->insecure = shy_service_get_insecure (service);
  entry->n_streams = shy_service_get_n_streams (service);
  entry->n_lookups = shy_service_get_n_lookups (service);
  return service;
}

static void
read_options (ShyStatement *row, ShyServiceOptions *options)
{
  options->keep_sensitive = shy_statement_get_int64 (row, 5) != 0;
  options->url_base = shy_statement_dup_text (row, 6);
  options->automatic = shy_statement_get_int64 (row, 7) != 0;
  options->from_minute = (guint) shy_statement_get_int64 (row, 8);
  options->to_minute = (guint) shy_statement_get_int64 (row, 9);
  options->every_minutes = (guint) shy_statement_get_int64 (row, 10);
  options->workdays_only = shy_statement_get_int64 (row, 11) != 0;
  options->licence_note = shy_statement_dup_text (row, 12);
  options->expires_on = shy_statement_dup_text (row, 13);
}

static guint64
read_warnings (const char *profile)
{
  g_autoptr (JsonNode) node = profile != NULL ? shy_json_node_from_text (profile, -1, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
           ? (guint64) json_object_get_int_member_with_default (json_node_get_object (node),
                                                                "warnings", 0)
           : 0;
}

static gboolean
read_state (ShyConnection *connection, ShyStreamStatus *self, GError **error)
{
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT row_count, last_success, last_attempt, source_date, failures, trouble, "
                   "profile FROM shy_stream WHERE service = $1 AND name = $2", "ss",
                   self->service, self->stream);
  g_autoptr (GError) local = NULL;

  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    {
      self->rows = (guint64) shy_statement_get_int64 (row, 0);
      self->last_success = shy_statement_dup_text (row, 1);
      self->last_attempt = shy_statement_dup_text (row, 2);
      self->source_date = shy_statement_dup_text (row, 3);
      self->failures = (guint) shy_statement_get_int64 (row, 4);
      self->trouble = shy_statement_dup_text (row, 5);
      self->warnings = read_warnings (shy_statement_get_text (row, 6));
    }
  self->held = shy_generations_find (connection, self->service, self->stream, "held", NULL) > 0;
  self->interrupted = shy_generations_find (connection, self->service, self->stream, "open",
                                            NULL) > 0;
  self->pulling = shy_sql_int64 (connection, NULL, 0,
                                 "SELECT COUNT(*) FROM shy_pull WHERE service = $1 "
                                 "AND stream = $2 AND outcome = 'running'", "ss", self->service,
                                 self->stream) > 0 &&
                  shy_lock_is_taken (connection, self->service);
  self->interrupted = self->interrupted && !self->pulling;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
find_dataset (ShyStreamStatus *status)
{
  g_autoptr (ShyLandedDataset) dataset = shy_landed_dataset_find (status->stream, NULL);

  if (dataset == NULL)
    return;
  status->dataset = g_strdup (dataset->name);
  status->dataset_title = g_strdup (dataset->title);
}

static void
find_next_pull (const ShyServiceEntry *entry, ShyStreamStatus *status)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) next = shy_schedule_next (&entry->options, status, now,
                                                  shy_calendar_get_default (NULL), 0);

  if (next != NULL)
    status->next_pull = g_date_time_format (next, "%Y-%m-%dT%H:%M:%S%:z");
}

/* The earlier of two moments, of which either may be %NULL. */
static void
take_earlier (char **into, const char *moment)
{
  if (moment == NULL || (*into != NULL && g_strcmp0 (*into, moment) <= 0))
    return;
  g_free (*into);
  *into = g_strdup (moment);
}

/* The entry tells of its worst stream: one that waits for a person, then the one that failed most. */
static gboolean
is_worse (const ShyStreamStatus *status, const ShyStreamStatus *worst)
{
  if (status->trouble == NULL)
    return FALSE;
  return worst == NULL || (status->held && !worst->held) ||
         (status->held == worst->held && status->failures > worst->failures);
}

static gboolean
add_streams (ShyConnection *connection, Listing *listing, ShyServiceEntry *entry,
             ShyService *service, GError **error)
{
  const ShyStreamStatus *worst = NULL;

  for (guint i = 0; i < entry->n_streams; i++)
    {
      const ShyServiceStream *stream = shy_service_get_stream (service, i);
      ShyStreamStatus        *status = g_new0 (ShyStreamStatus, 1);

      g_ptr_array_add (listing->streams, status);
      status->service = g_strdup (entry->id);
      status->stream = g_strdup (shy_service_stream_get_name (stream));
      status->title = g_strdup (shy_service_stream_get_title (stream));
      find_dataset (status);
      if (!read_state (connection, status, error))
        return FALSE;
      find_next_pull (entry, status);
      take_earlier (&entry->next_pull, status->next_pull);
      entry->rows += status->rows;
      if (is_worse (status, worst))
        worst = status;
      if (g_strcmp0 (status->last_success, entry->last_success) > 0)
        {
          g_free (entry->last_success);
          entry->last_success = g_strdup (status->last_success);
        }
    }
  if (worst != NULL)
    entry->trouble = g_strdup (worst->trouble);
  return TRUE;
}

static gboolean
add_entry (ShyConnection *connection, Listing *listing, ShyStatement *row, GError **error)
{
  ShyServiceEntry       *entry = g_new0 (ShyServiceEntry, 1);
  g_autoptr (ShyService) service = NULL;

  g_ptr_array_add (listing->entries, entry);
  entry->id = shy_statement_dup_text (row, 0);
  entry->sample = shy_statement_get_int64 (row, 3) != 0;
  entry->added_at = shy_statement_dup_text (row, 4);
  read_options (row, &entry->options);
  service = describe (row, entry);
  return service == NULL || add_streams (connection, listing, entry, service, error);
}

static gboolean
list_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Listing                 *listing = data;
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) rows = NULL;

  if (listing->id != NULL && !shy_service_book_check (connection, listing->id, error))
    return FALSE;
  rows = shy_sql_query (connection, error,
                        "SELECT id, file, description, sample, added_at, keep_sensitive, url_base, "
                        "automatic, from_minute, to_minute, every_minutes, workdays_only, "
                        "licence_note, expires_on FROM shy_service "
                        "WHERE $1 IS NULL OR id = $1 ORDER BY id", "s", listing->id);
  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    if (!add_entry (connection, listing, rows, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
list (ShyServiceBook *self, Listing *listing, GError **error)
{
  listing->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_service_entry_free);
  listing->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_stream_status_free);
  if (shy_store_run (shy_service_book_get_store (self), SHY_STORE_READ, list_job, listing, NULL,
                     error))
    return TRUE;
  g_ptr_array_unref (listing->entries);
  g_ptr_array_unref (listing->streams);
  return FALSE;
}

/**
 * shy_service_book_list: (skip)
 * @self: a book
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type ShyServiceEntry): the services, by id, or %NULL
 *   with @error set
 */
GPtrArray *
shy_service_book_list (ShyServiceBook *self, GError **error)
{
  Listing listing = { NULL };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);

  if (!list (self, &listing, error))
    return NULL;
  g_ptr_array_unref (listing.streams);
  return listing.entries;
}

/**
 * shy_service_book_list_streams: (skip)
 * @self: a book
 * @id: (nullable): the id of a service, %NULL for all
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (nullable) (element-type ShyStreamStatus): how the streams stand, in the
 *   order of the descriptions, or %NULL with @error set
 */
GPtrArray *
shy_service_book_list_streams (ShyServiceBook *self, const char *id, GError **error)
{
  Listing listing = { .id = id };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);

  if (!list (self, &listing, error))
    return NULL;
  g_ptr_array_unref (listing.entries);
  return listing.streams;
}
