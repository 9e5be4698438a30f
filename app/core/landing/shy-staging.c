/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-staging-private.h"

#include "store/shy-personal.h"

#include <string.h>

/* Pages are stored together until there are so many rows, or so much time has passed: a transaction
 * costs as much as hundreds of rows. A crash costs these pages, which are then asked for again. */
#define FLUSH_ROWS 2000
#define FLUSH_TIME (G_USEC_PER_SEC / 2)

#define PERSONAL "shy_landed_row.personal"

typedef struct
{
  GPtrArray *rows; /* (owned) of ShyServiceRow */
  gint64     fetched_at;
} Page;

static void
page_free (gpointer data)
{
  Page *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
shy_staging_clear (ShyStaging *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  shy_tally_clear (&self->tally);
}

/* A row that is being stored. */
typedef struct
{
  ShyStaging    *staging;
  ShyConnection *connection;
  ShyStatement  *look;   /* (owned) (nullable): the live row */
  ShyStatement  *insert; /* (owned) */
  ShyTally       tally;  /* as it will be */
  GHashTable    *shapes; /* (owned): id → fields */
} Storing;

static void
storing_clear (Storing *self)
{
  g_clear_pointer (&self->look, shy_statement_free);
  g_clear_pointer (&self->insert, shy_statement_free);
  g_clear_pointer (&self->shapes, g_hash_table_unref);
  shy_tally_clear (&self->tally);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Storing, storing_clear)

static GPtrArray *
find_shape (Storing *self, gint64 id)
{
  GPtrArray       *shape = g_hash_table_lookup (self->shapes, GINT_TO_POINTER ((int) id));
  g_autofree char *fields = NULL;

  if (shape != NULL)
    return shape;
  fields = shy_sql_text (self->connection, NULL, "SELECT fields FROM shy_landed_shape WHERE id = $1",
                         "i", id);
  shape = shy_shape_read (fields != NULL ? fields : "[]");
  g_hash_table_insert (self->shapes, GINT_TO_POINTER ((int) id), shape);
  return shape;
}

/* The cells of one kind: those about persons, or the others. %NULL if the first are all empty. */
static char *
write_cells (ShyStaging *self, char **values, gboolean personal)
{
  guint             n = shy_service_stream_get_n_fields (self->stream);
  g_autofree char **chosen = g_new0 (char *, n + 1);
  gboolean          any = FALSE;

  for (guint i = 0; i < n; i++)
    if (shy_service_stream_get_field (self->stream, i)->personal == personal)
      {
        chosen[i] = values[i];
        any = any || values[i] != NULL;
      }
  return any || !personal ? shy_cells_write (chosen, n) : NULL;
}

/* What the live copy has under the key of a row. */
typedef struct
{
  gboolean  there;
  gint64    shape;
  char     *cells;
  char     *personal;
  char    **values; /* (nullable): of all kinds; read when first needed */
  guint     n_values;
} Old;

static void
old_clear (Old *self)
{
  g_free (self->cells);
  g_free (self->personal);
  shy_cells_free (self->values, self->n_values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Old, old_clear)

static gboolean
read_old (Storing *self, const char *key, Old *old, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->look == NULL)
    return TRUE;
  shy_statement_bind_text (self->look, "$2", key);
  old->there = shy_statement_step (self->look, &local);
  if (old->there)
    {
      old->shape = shy_statement_get_int64 (self->look, 0);
      old->cells = shy_statement_dup_text (self->look, 1);
      if (!shy_statement_is_null (self->look, 3))
        old->personal = shy_personal_unseal (self->connection, PERSONAL,
                                             shy_statement_get_int64 (self->look, 2),
                                             shy_statement_get_text (self->look, 3), &local);
    }
  shy_statement_reset (self->look);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
read_old_values (Old *old, GPtrArray *shape)
{
  char **personal = shy_cells_read (old->personal, shape->len);

  old->n_values = shape->len;
  old->values = shy_cells_read (old->cells, shape->len);
  for (guint i = 0; i < shape->len; i++)
    if (old->values[i] == NULL)
      old->values[i] = g_steal_pointer (&personal[i]);
  shy_cells_free (personal, shape->len);
}

static gboolean
has_star (char **values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (values[i] != NULL && strchr (values[i], '*') != NULL)
      return TRUE;
  return FALSE;
}

static void
bind_row (Storing *self, ShyStatement *into, const char *cells, gint64 id, const char *sealed)
{
  shy_statement_bind_int64 (into, "$3", self->staging->shape);
  shy_statement_bind_text (into, "$5", cells);
  if (sealed != NULL)
    shy_statement_bind_int64 (into, "$6", id);
  else
    shy_statement_bind_null (into, "$6");
  shy_statement_bind_text (into, "$7", sealed);
}

/* Stores a row whose key came before: what came later is newer. */
static gboolean
replace_row (Storing *self, const char *key, gint64 fetched_at, const char *cells, gint64 id,
             const char *sealed, GError **error)
{
  g_autoptr (ShyStatement) update =
    shy_sql_query (self->connection, error,
                   "UPDATE shy_landed_row SET shape = $3, fetched_at = $4, cells = $5, "
                   "personal_id = $6, personal = $7 WHERE generation = $1 AND key = $2", "is",
                   self->staging->generation, key);

  if (update == NULL)
    return FALSE;
  shy_statement_bind_int64 (update, "$4", fetched_at);
  bind_row (self, update, cells, id, sealed);
  self->tally.duplicates++;
  return shy_statement_execute (update, error);
}

/* Says whether the key is new in this generation. */
static gboolean
insert_row (Storing *self, const char *key, gint64 fetched_at, const char *cells, gint64 id,
            const char *sealed, gboolean *is_new, GError **error)
{
  shy_statement_bind_text (self->insert, "$2", key);
  shy_statement_bind_int64 (self->insert, "$4", fetched_at);
  bind_row (self, self->insert, cells, id, sealed);
  if (!shy_statement_execute (self->insert, error))
    return FALSE;
  *is_new = shy_statement_get_changed (self->insert) > 0;
  return *is_new || replace_row (self, key, fetched_at, cells, id, sealed, error);
}

static void
note_date (Storing *self, char **values)
{
  const char *date = self->staging->dated >= 0 ? values[self->staging->dated] : NULL;

  if (date == NULL || g_strcmp0 (date, self->tally.source_at) <= 0)
    return;
  g_free (self->tally.source_at);
  self->tally.source_at = g_strdup (date);
}

static void
count_row (Storing *self, const Old *old, const char *cells, const char *personal)
{
  self->tally.staged++;
  if (!old->there)
    self->tally.added++;
  else if (old->shape != self->staging->shape || g_strcmp0 (old->cells, cells) != 0 ||
           g_strcmp0 (old->personal, personal) != 0)
    self->tally.changed++;
}

static char *
seal (Storing *self, const char *personal, gint64 *id, GError **error)
{
  *id = shy_connection_reserve_ids (self->connection, PERSONAL, 1, error);
  return *id < 0 ? NULL : shy_personal_seal (self->connection, PERSONAL, *id, personal, error);
}

static gboolean
store_row (Storing *self, const char *key, char **from, gint64 fetched_at, GError **error)
{
  guint             n = shy_service_stream_get_n_fields (self->staging->stream);
  g_autofree char **values = g_memdup2 (from, sizeof *from * n);
  g_autofree char  *cells = NULL;
  g_autofree char  *personal = NULL;
  g_autofree char  *sealed = NULL;
  g_auto (Old)      old = { FALSE };
  gint64            id = 0;
  gboolean          is_new;

  if (!read_old (self, key, &old, error))
    return FALSE;
  if (old.there && has_star (values, n))
    {
      GPtrArray *shape = find_shape (self, old.shape);

      read_old_values (&old, shape);
      shy_masked_keep (shape, old.values, self->staging->stream, values, &self->tally.masked);
    }
  cells = write_cells (self->staging, values, FALSE);
  personal = self->staging->keep_sensitive ? write_cells (self->staging, values, TRUE) : NULL;
  if (personal != NULL && (sealed = seal (self, personal, &id, error)) == NULL)
    return FALSE;
  if (!insert_row (self, key, fetched_at, cells, id, sealed, &is_new, error))
    return FALSE;
  note_date (self, values);
  if (is_new)
    count_row (self, &old, cells, personal);
  return TRUE;
}

/* A key of nothing but what stands between its parts tells no row from another. */
static gboolean
is_empty (const char *key)
{
  return strspn (key, "\x1f") == strlen (key);
}

static gboolean
store_page (Storing *self, const Page *page, GError **error)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (page->rows, i);
      g_autofree char     *number = NULL;

      if (row->rejected != NULL)
        continue;
      if (row->key != NULL && is_empty (row->key))
        {
          self->tally.keyless++;
          continue;
        }
      if (row->key == NULL)
        number = g_strdup_printf ("%012" G_GUINT64_FORMAT, self->tally.staged + 1);
      if (!store_row (self, row->key != NULL ? row->key : number, row->values, page->fetched_at,
                      error))
        return FALSE;
    }
  return TRUE;
}

static gint64
find_shape_id (ShyConnection *connection, const ShyServiceStream *stream, GError **error)
{
  g_autofree char   *fields = shy_shape_write (stream);
  g_autoptr (GError) local = NULL;
  gint64             id;

  id = shy_sql_int64 (connection, &local, 0, "SELECT id FROM shy_landed_shape WHERE fields = $1",
                      "s", fields);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return -1;
    }
  if (id > 0)
    return id;
  id = shy_connection_reserve_ids (connection, "shy_landed_shape", 1, error);
  return id > 0 && shy_sql_run (connection, error,
                                "INSERT INTO shy_landed_shape (id, fields) VALUES ($1, $2)", "is",
                                id, fields)
           ? id
           : -1;
}

/* Makes the generation, unless it is there. */
gboolean
shy_staging_open (ShyStaging *self, ShyConnection *connection, GError **error)
{
  const char      *stream = shy_service_stream_get_name (self->stream);
  g_autofree char *now = shy_landing_now ();
  gint64           shape = self->shape > 0 ? self->shape
                                           : find_shape_id (connection, self->stream, error);
  gint64           id = self->generation;

  if (shape < 0)
    return FALSE;
  if (id == 0)
    {
      id = shy_connection_reserve_ids (connection, "shy_generation", 1, error);
      if (id < 0 || !shy_generations_drop (connection, self->service, stream, "open", error) ||
          !shy_sql_run (connection, error,
                        "INSERT INTO shy_generation (id, service, stream, kind, started, pull, "
                        "state, tally) VALUES ($1, $2, $3, 'open', $4, $5, '{}', '{}')", "isssi",
                        id, self->service, stream, now, self->pull))
        return FALSE;
    }
  self->shape = shape;
  self->generation = id;
  return TRUE;
}

static gboolean
prepare (Storing *self, ShyConnection *connection, ShyStaging *staging, GError **error)
{
  self->staging = staging;
  self->connection = connection;
  self->shapes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  shy_tally_copy (&self->tally, &staging->tally);
  if (staging->live > 0)
    {
      self->look = shy_sql_query (connection, error,
                                  "SELECT shape, cells, personal_id, personal FROM shy_landed_row "
                                  "WHERE generation = $1 AND key = $2", "i", staging->live);
      if (self->look == NULL)
        return FALSE;
    }
  self->insert = shy_sql_query (connection, error,
                                "INSERT INTO shy_landed_row (generation, key, shape, fetched_at, "
                                "cells, personal_id, personal) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                                "ON CONFLICT (generation, key) DO NOTHING", "i",
                                staging->generation);
  return self->insert != NULL;
}

static gboolean
keep_state (ShyConnection *connection, ShyStaging *self, const ShyTally *tally, GError **error)
{
  g_autoptr (JsonObject) report =
    self->report != NULL ? shy_landing_report_write (self->report) : NULL;
  g_autofree char       *text = shy_tally_write (tally, report);

  return shy_sql_run (connection, error,
                      "UPDATE shy_generation SET state = $2, tally = $3, pull = $4 WHERE id = $1",
                      "issi", self->generation, self->state, text, self->pull);
}

static gboolean
store_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  ShyStaging      *self = data;
  g_auto (Storing) storing = { NULL };
  ShyTally         done;

  if (!shy_lock_keep (connection, self->service, self->owner, error) ||
      !shy_staging_open (self, connection, error) || !prepare (&storing, connection, self, error))
    return FALSE;
  for (guint i = 0; i < self->pages->len; i++)
    if (!store_page (&storing, g_ptr_array_index (self->pages, i), error))
      return FALSE;
  if (!keep_state (connection, self, &storing.tally, error))
    return FALSE;
  done = self->tally;
  self->tally = storing.tally;
  storing.tally = done;
  return TRUE;
}

/* Stores the pages that are not stored yet. */
gboolean
shy_staging_flush (ShyStaging *self, GError **error)
{
  gint64 generation = self->generation;
  gint64 shape = self->shape;

  if (self->pages == NULL || self->pages->len == 0)
    return TRUE;
  if (!shy_store_run (self->store, SHY_STORE_WRITE, store_job, self, NULL, error))
    {
      self->generation = generation;
      self->shape = shape;
      return FALSE;
    }
  g_ptr_array_set_size (self->pages, 0);
  self->rows = 0;
  self->since = g_get_monotonic_time ();
  return TRUE;
}

/* Forgets the rows so far; the next page makes a new generation, and this drops the old one. */
void
shy_staging_restart (ShyStaging *self)
{
  if (self->pages != NULL)
    g_ptr_array_set_size (self->pages, 0);
  self->rows = 0;
  self->generation = 0;
  shy_tally_clear (&self->tally);
  self->tally = (ShyTally) { 0 };
}

/* Takes a page; it is stored now or soon. */
gboolean
shy_staging_add (ShyStaging *self, GPtrArray *rows, ShyPullState *state, ShyPullReport *report,
                 GError **error)
{
  Page *page = g_new (Page, 1);

  *page = (Page) { g_ptr_array_ref (rows), g_get_real_time () / G_USEC_PER_SEC };
  if (self->pages == NULL)
    self->pages = g_ptr_array_new_with_free_func (page_free);
  g_ptr_array_add (self->pages, page);
  self->rows += rows->len;
  self->report = report;
  g_free (self->state);
  self->state = shy_pull_state_to_json (state);
  return (self->rows < FLUSH_ROWS && g_get_monotonic_time () - self->since < FLUSH_TIME) ||
         shy_staging_flush (self, error);
}

/* Says in the report what the table knows of keys, those before an interruption too. */
void
shy_staging_correct (ShyStaging *self, ShyPullReport *report)
{
  report->unique = self->tally.staged;
  report->duplicates = self->tally.duplicates;
}
