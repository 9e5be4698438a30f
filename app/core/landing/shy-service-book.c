/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ShyServiceBook:
 *
 * The services that a bureau has connected, in the common database. All calls block and may be made
 * on any thread but the main one.
 */
struct _ShyServiceBook
{
  GObject   parent_instance;
  ShyStore *store; /* (owned) */
};

G_DEFINE_FINAL_TYPE (ShyServiceBook, shy_service_book, G_TYPE_OBJECT)

static void
shy_service_book_finalize (GObject *object)
{
  g_clear_object (&SHY_SERVICE_BOOK (object)->store);

  G_OBJECT_CLASS (shy_service_book_parent_class)->finalize (object);
}

static void
shy_service_book_class_init (ShyServiceBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_service_book_finalize;
}

static void
shy_service_book_init (ShyServiceBook *self)
{
}

/**
 * shy_service_book_new: (skip)
 * @store: the database
 *
 * Returns: (transfer full): the services in it; does not block
 */
ShyServiceBook *
shy_service_book_new (ShyStore *store)
{
  ShyServiceBook *self;

  g_return_val_if_fail (SHY_IS_STORE (store), NULL);

  self = g_object_new (SHY_TYPE_SERVICE_BOOK, NULL);
  self->store = g_object_ref (store);
  return self;
}

/**
 * shy_service_book_get_store: (skip)
 * @self: a book
 *
 * Returns: (transfer none): the database it is in
 */
ShyStore *
shy_service_book_get_store (ShyServiceBook *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  return self->store;
}

/* Runs a job that writes. */
static gboolean
change (ShyServiceBook *self, ShyStoreJob job, gpointer data, GError **error)
{
  return shy_store_run (self->store, SHY_STORE_WRITE, job, data, NULL, error);
}

/* Fails unless the service is in the book. */
gboolean
shy_service_book_check (ShyConnection *connection, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (shy_sql_int64 (connection, &local, 0, "SELECT 1 FROM shy_service WHERE id = $1", "s", id) == 1)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The service “%s” is not connected. “shanyectl service list” shows those that "
                   "are."), id);
  return FALSE;
}

typedef struct
{
  const char *id;
  const char *file;
  const char *title;
  const char *description;
  gboolean    sample;
  gboolean    only_new;
} Adding;

/* Fails if one of this id is in the book. Whoever reads this must see that they are two. */
static gboolean
check_new (ShyConnection *connection, const Adding *adding, GError **error)
{
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error, "SELECT file, description FROM shy_service WHERE id = $1", "s",
                   adding->id);
  g_autoptr (ShyService)   there = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *file = NULL;
  char                    *text;

  if (row == NULL)
    return FALSE;
  if (!shy_statement_step (row, &local))
    {
      gboolean is_new = local == NULL;

      if (!is_new)
        g_propagate_error (error, g_steal_pointer (&local));
      return is_new;
    }
  file = shy_statement_dup_text (row, 0);
  text = shy_statement_dup_text (row, 1);
  bytes = g_bytes_new_take (text, strlen (text));
  there = shy_service_new_from_bytes (bytes, file, NULL);
  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               /* Translators: an id, then title and file of the service that is connected, then
                * those of the one that would take its place. */
               _("A service with the id “%s” is connected already: “%s” (%s). “%s” (%s) would take "
                 "its place."), adding->id,
               there != NULL ? shy_service_get_title (there) : adding->id, file, adding->title,
               adding->file);
  return FALSE;
}

static gboolean
add_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Adding          *adding = data;
  g_autofree char *now = shy_landing_now ();

  if (adding->only_new && !check_new (connection, adding, error))
    return FALSE;
  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_sql_run (connection, error,
                      "INSERT INTO shy_service (id, file, description, sample, added_at) "
                      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET "
                      "file = excluded.file, description = excluded.description, "
                      "sample = excluded.sample",
                      "sssis", adding->id, adding->file, adding->description,
                      (gint64) adding->sample, now) &&
         shy_generations_drop (connection, adding->id, NULL, "open", error) &&
         shy_generations_drop (connection, adding->id, NULL, "held", error) &&
         shy_landing_note (connection, "service.add", adding->id, NULL, error, "sample",
                           adding->sample ? "yes" : "no", NULL);
}

static char *
add (ShyServiceBook *self, GBytes *description, const char *name, gboolean sample,
     gboolean only_new, GError **error)
{
  g_autoptr (ShyService) service = shy_service_new_from_bytes (description, name, error);
  g_autofree char       *text = NULL;
  Adding                 adding = { .file = name, .sample = sample, .only_new = only_new };

  if (service == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (description, NULL), g_bytes_get_size (description));
  adding.id = shy_service_get_id (service);
  adding.title = shy_service_get_title (service);
  adding.description = text;
  return change (self, add_job, &adding, error) ? g_strdup (adding.id) : NULL;
}

/**
 * shy_service_book_connect: (skip)
 * @self: a book
 * @description: a description, wsd 1
 * @name: what messages call it, by custom its file
 * @sample: whether its rows are made up
 * @error: return location for an error
 *
 * Connects a service that is not connected yet. To put a description in place of another is
 * shy_service_book_add(), for who has been asked.
 *
 * Errors: as shy_service_book_add(), and %SHY_ERROR_REFUSED naming both where one of this id is
 * connected.
 *
 * Returns: (transfer full) (nullable): the id of the service, or %NULL with @error set
 */
char *
shy_service_book_connect (ShyServiceBook *self, GBytes *description, const char *name,
                          gboolean sample, GError **error)
{
  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  g_return_val_if_fail (description != NULL && name != NULL, NULL);

  return add (self, description, name, sample, TRUE, error);
}

/**
 * shy_service_book_add: (skip)
 * @self: a book
 * @description: a description, wsd 1
 * @name: what messages call it, by custom its file
 * @sample: whether its rows are made up
 * @error: return location for an error
 *
 * Connects a service. A description with the id of one that is connected takes its place; rows,
 * values and history stay, a pull that was interrupted or is held begins anew.
 *
 * Errors: %SHY_ERROR_INVALID naming the member that is wrong, and those of the store.
 *
 * Returns: (transfer full) (nullable): the id of the service, or %NULL with @error set
 */
char *
shy_service_book_add (ShyServiceBook *self, GBytes *description, const char *name, gboolean sample,
                      GError **error)
{
  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  g_return_val_if_fail (description != NULL && name != NULL, NULL);

  return add (self, description, name, sample, FALSE, error);
}

typedef struct
{
  const char *id;
  gint64      rows;
} Parting;

/* What comes from the service. Its rows are only marked: shy_service_book_sweep() clears them away
 * a few at a time, so that nobody waits. */
static gboolean
forget_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const places[] = {
    "DELETE FROM shy_stream WHERE service = $1", "DELETE FROM shy_pull WHERE service = $1",
    "DELETE FROM shy_notice WHERE service = $1", "DELETE FROM shy_service_lock WHERE service = $1",
  };
  Parting   *parting = data;
  GError    *local = NULL;

  if (!shy_service_book_check (connection, parting->id, error))
    return FALSE;
  parting->rows = shy_sql_int64 (connection, &local, 0,
                                 "SELECT SUM(row_count) FROM shy_stream WHERE service = $1", "s",
                                 parting->id);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!shy_sql_run (connection, error, places[i], "s", parting->id))
      return FALSE;
  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_generations_drop (connection, parting->id, NULL, NULL, error);
}

static gboolean
forget_noted_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                  GError **error)
{
  Parting         *parting = data;
  g_autofree char *rows = NULL;

  if (!forget_job (connection, data, cancellable, error))
    return FALSE;
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, parting->rows);
  return shy_landing_note (connection, "service.forget", parting->id, NULL, error, "rows", rows,
                           NULL);
}

static gboolean
remove_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Parting *parting = data;

  return forget_job (connection, data, cancellable, error) &&
         shy_sql_run (connection, error, "DELETE FROM shy_service_config WHERE service = $1", "s",
                      parting->id) &&
         shy_sql_run (connection, error, "DELETE FROM shy_service WHERE id = $1", "s",
                      parting->id) &&
         shy_landing_note (connection, "service.remove", parting->id, NULL, error, NULL);
}

/**
 * shy_service_book_remove: (skip)
 * @self: a book
 * @id: the id of a service
 * @error: return location for an error
 *
 * Disconnects a service: its description, values, rows, states and history go. A pull that runs
 * ends without landing. What the Secret Service keeps is the caller's to clear.
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: whether it is gone
 */
gboolean
shy_service_book_remove (ShyServiceBook *self, const char *id, GError **error)
{
  Parting parting = { .id = id };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return change (self, remove_job, &parting, error) && shy_service_book_sweep (self, NULL, error);
}

/**
 * shy_service_book_forget: (skip)
 * @self: a book
 * @id: the id of a service
 * @rows: (out) (optional): how many rows were live
 * @error: return location for an error
 *
 * Deletes everything that came from a service: rows, rows of unfinished pulls, states and history.
 * Its description and values stay. The rows are gone for every reader at once; clearing them from
 * the disk takes a while, in which other work goes on.
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: whether it is done
 */
gboolean
shy_service_book_forget (ShyServiceBook *self, const char *id, guint64 *rows, GError **error)
{
  Parting parting = { .id = id };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!change (self, forget_noted_job, &parting, error) ||
      !shy_service_book_sweep (self, NULL, error))
    return FALSE;
  if (rows != NULL)
    *rows = (guint64) parting.rows;
  return TRUE;
}

typedef struct
{
  const char *id;
  char       *file;
  char       *description;
} Reading;

static gboolean
read_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading                 *reading = data;
  g_autoptr (ShyStatement) row = NULL;

  if (!shy_service_book_check (connection, reading->id, error))
    return FALSE;
  row = shy_sql_query (connection, error, "SELECT file, description FROM shy_service WHERE id = $1",
                       "s", reading->id);
  if (row == NULL || !shy_statement_step (row, error))
    return FALSE;
  reading->file = shy_statement_dup_text (row, 0);
  reading->description = shy_statement_dup_text (row, 1);
  return TRUE;
}

/**
 * shy_service_book_get_description: (skip)
 * @self: a book
 * @id: the id of a service
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (nullable): its description as it was added, or %NULL with @error set
 */
GBytes *
shy_service_book_get_description (ShyServiceBook *self, const char *id, GError **error)
{
  Reading         reading = { .id = id };
  g_autofree char *file = NULL;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!shy_store_run (self->store, SHY_STORE_READ, read_job, &reading, NULL, error))
    return NULL;
  file = reading.file;
  return g_bytes_new_take (reading.description, strlen (reading.description));
}

/**
 * shy_service_book_load: (skip)
 * @self: a book
 * @id: the id of a service
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_INVALID where this version of the program reads the
 * description no more.
 *
 * Returns: (transfer full) (nullable): the service, or %NULL with @error set
 */
ShyService *
shy_service_book_load (ShyServiceBook *self, const char *id, GError **error)
{
  Reading           reading = { .id = id };
  g_autofree char  *file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!shy_store_run (self->store, SHY_STORE_READ, read_job, &reading, NULL, error))
    return NULL;
  file = reading.file;
  bytes = g_bytes_new_take (reading.description, strlen (reading.description));
  return shy_service_new_from_bytes (bytes, file, error);
}

/**
 * shy_service_book_sweep: (skip)
 * @self: a book
 * @cancellable: (nullable): to end early
 * @error: return location for an error
 *
 * Clears away rows that nobody sees any more, in many short transactions. Landing, forgetting and
 * removing do so themselves; after a crash somebody else does.
 *
 * Returns: whether none are left
 */
gboolean
shy_service_book_sweep (ShyServiceBook *self, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);

  while (more)
    if (!shy_store_run (self->store, SHY_STORE_WRITE, shy_generations_sweep_job, &more, cancellable,
                        error))
      return FALSE;
  return TRUE;
}
