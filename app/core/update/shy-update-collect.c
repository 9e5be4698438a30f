/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-book-private.h"

#include "landing/shy-landed-rows.h"
#include "store/shy-sql.h"

/*
 * Updates come from services as rows like any others, of streams that are named for their kind, and
 * land as these do. Here they are taken over whenever somebody looks what waits: so a program that
 * is stopped between the two loses none. One that its service does not offer any more, or whose
 * service was forgotten, waits no longer; what a person decided stays.
 */

#define PAGE 50

/* What was found, for the job that takes it over. */
typedef struct
{
  GPtrArray  *updates;  /* (owned) of ShyUpdate: what the services offer */
  GHashTable *offered;  /* (owned) of identities of these */
  GHashTable *known;    /* (owned) identity of an update in the book */
  GArray     *gone;     /* (owned) of gint64: updates that wait and are not offered any more */
} Collection;

static void
collection_clear (Collection *self)
{
  g_clear_pointer (&self->updates, g_ptr_array_unref);
  g_clear_pointer (&self->offered, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

static void
unref_update (gpointer update)
{
  shy_update_unref (update);
}

static void
collection_init (Collection *self)
{
  self->updates = g_ptr_array_new_with_free_func (unref_update);
  self->offered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static char *
identify (const char *digest, const char *signature, gboolean sample)
{
  return g_strdup_printf ("%s %s %d", digest, signature, sample);
}

/* A row that is no update is passed over: the report of its pull says what was wrong with it. */
static void
take_row (Collection *self, const char *kind, const ShyLandedRow *row, GHashTable *samples)
{
  g_autofree char       *source = g_strconcat ("service:", row->service, NULL);
  g_autoptr (GError)     error = NULL;
  gboolean               sample = g_hash_table_contains (samples, row->service);
  const ShyUpdateMembers members = {
    kind,
    shy_landed_row_get (row, "id"),
    shy_landed_row_get (row, "version"),
    shy_landed_row_get (row, "content"),
    shy_landed_row_get (row, "signature"),
    shy_landed_row_get (row, "signer"),
    shy_landed_row_get (row, "issued_at"),
  };
  ShyUpdate *update = shy_update_new (&members, source, sample, &error);

  if (update == NULL)
    {
      g_info ("%s", error->message);
      return;
    }
  g_ptr_array_add (self->updates, update);
  g_hash_table_add (self->offered, identify (update->digest, update->signature, sample));
}

static gboolean
read_rows (Collection      *self,
           ShyServiceBook  *book,
           const char      *kind,
           GHashTable      *samples,
           GError         **error)
{
  g_autoptr (ShyLandedRows) rows = shy_landed_rows_new (book, kind, NULL);

  for (;;)
    {
      g_autoptr (GPtrArray) page = shy_landed_rows_next (rows, PAGE, error);

      if (page == NULL || page->len == 0)
        return page != NULL;
      for (guint i = 0; i < page->len; i++)
        take_row (self, kind, page->pdata[i], samples);
    }
}

static GHashTable *
list_samples (ShyServiceBook *book, GError **error)
{
  g_autoptr (GPtrArray) services = shy_service_book_list (book, error);
  GHashTable           *samples;

  if (services == NULL)
    return NULL;
  samples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < services->len; i++)
    if (((const ShyServiceEntry *) services->pdata[i])->sample)
      g_hash_table_add (samples, g_strdup (((const ShyServiceEntry *) services->pdata[i])->id));
  return samples;
}

static gboolean
compare_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Collection              *self = data;
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) rows =
    shy_sql_query (connection, error,
                   "SELECT number, digest, signature, sample, source, state FROM shy_update", "");

  if (rows == NULL)
    return FALSE;
  g_array_set_size (self->gone, 0);
  while (shy_statement_step (rows, &local))
    {
      char    *identity = identify (shy_statement_get_text (rows, 1),
                                    shy_statement_get_text (rows, 2),
                                    shy_statement_get_int64 (rows, 3) != 0);
      gint64   number = shy_statement_get_int64 (rows, 0);
      gboolean waits = g_str_equal (shy_statement_get_text (rows, 5), "waiting");

      if (waits && g_str_has_prefix (shy_statement_get_text (rows, 4), "service:") &&
          !g_hash_table_contains (self->offered, identity))
        g_array_append_val (self->gone, number);
      g_hash_table_add (self->known, identity);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
has_news (const Collection *self)
{
  for (guint i = 0; i < self->updates->len; i++)
    {
      const ShyUpdate *update = self->updates->pdata[i];
      g_autofree char *identity = identify (update->digest, update->signature, update->sample);

      if (!g_hash_table_contains (self->known, identity))
        return TRUE;
    }
  return self->gone->len > 0;
}

static gboolean
withdraw (ShyConnection *connection, gint64 number, GError **error)
{
  g_autoptr (ShyUpdate)    update = NULL;
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT " SHY_UPDATE_COLUMNS " FROM shy_update "
                   "WHERE number = $1 AND state = 'waiting'", "i", number);
  g_autoptr (GError)       local = NULL;

  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    update = shy_update_read_row (row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  shy_statement_reset (row);
  return update == NULL ||
         (shy_sql_run (connection, error, "DELETE FROM shy_update WHERE number = $1", "i", number) &&
          shy_update_write_journal (connection, update, "update.withdraw", NULL, NULL, error));
}

static gboolean
take_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Collection *self = data;
  gint64            number;
  gboolean          fresh;

  for (guint i = 0; i < self->updates->len; i++)
    if (!shy_updates_take (connection, self->updates->pdata[i], FALSE, &number, &fresh, error))
      return FALSE;
  for (guint i = 0; i < self->gone->len; i++)
    if (!withdraw (connection, g_array_index (self->gone, gint64, i), error))
      return FALSE;
  shy_connection_touch (connection, SHY_UPDATES_TOPIC);
  return TRUE;
}

/**
 * shy_updates_collect: (skip)
 * @store: the database
 * @error: return location for an error
 *
 * Takes over the updates that services brought: from then on they wait for a person. Called by who
 * looks what waits. Blocks.
 *
 * Returns: whether that went well
 */
gboolean
shy_updates_collect (ShyStore  *store,
                     GError   **error)
{
  g_auto (Collection)        self = { NULL };
  g_autoptr (ShyServiceBook) book = NULL;
  g_autoptr (GHashTable)     samples = NULL;

  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  collection_init (&self);
  book = shy_service_book_new (store);
  samples = list_samples (book, error);
  if (samples == NULL)
    return FALSE;
  for (ShyUpdateKind kind = SHY_UPDATE_POLICY_PACK; kind <= SHY_UPDATE_CALENDAR; kind++)
    if (!read_rows (&self, book, shy_update_kind_to_word (kind), samples, error))
      return FALSE;
  if (!shy_store_run (store, SHY_STORE_READ, compare_job, &self, NULL, error))
    return FALSE;
  return !has_news (&self) ||
         shy_store_run (store, SHY_STORE_WRITE, take_job, &self, NULL, error);
}
