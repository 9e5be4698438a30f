/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-book-private.h"

#include "shy-error.h"
#include "store/shy-journal.h"

#include <glib/gi18n-lib.h>

/* The updates that came, in the database: they wait there until a person decides. */

char *
shy_update_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

static void
take_text (char **into, ShyStatement *row, int column)
{
  *into = shy_statement_dup_text (row, column);
}

static ShyUpdateState
read_state (const char *word)
{
  ShyUpdateState state = SHY_UPDATE_WAITING;

  while (state < SHY_UPDATE_REVERTED && !g_str_equal (shy_update_state_to_word (state), word))
    state++;
  return state;
}

/* Reads a row of SHY_UPDATE_COLUMNS. */
ShyUpdate *
shy_update_read_row (ShyStatement *row, GError **error)
{
  const ShyUpdateMembers members = {
    shy_statement_get_text (row, 1), shy_statement_get_text (row, 2),
    shy_statement_get_text (row, 3), shy_statement_get_text (row, 4),
    shy_statement_get_text (row, 5), shy_statement_get_text (row, 6),
    shy_statement_get_text (row, 7),
  };
  ShyUpdate *self = shy_update_new (&members, shy_statement_get_text (row, 9),
                                    shy_statement_get_int64 (row, 10) != 0, error);

  if (self == NULL)
    return NULL;
  self->number = shy_statement_get_int64 (row, 0);
  self->state = read_state (shy_statement_get_text (row, 11));
  take_text (&self->received_at, row, 12);
  take_text (&self->decided_at, row, 13);
  take_text (&self->decided_by, row, 14);
  return self;
}

static void
set_member (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* Notes what was done with an update. */
gboolean
shy_update_write_journal (ShyConnection    *connection,
                          const ShyUpdate  *update,
                          const char       *action,
                          const char       *signer,
                          const char       *before,
                          GError          **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("update:%" G_GINT64_FORMAT, update->number);

  set_member (object, "kind", shy_update_kind_to_word (update->kind));
  set_member (object, "id", update->id);
  set_member (object, "version", update->version);
  set_member (object, "digest", update->digest);
  set_member (object, "key", update->signer);
  set_member (object, "signer", signer);
  set_member (object, "issued_at", update->issued_at);
  set_member (object, "source", update->source);
  set_member (object, "before", before);
  return shy_journal_append (connection, action, subject, node, error);
}

static gboolean
find_same (ShyConnection *connection, const ShyUpdate *update, gint64 *number, GError **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  *number = 0;
  rows = shy_connection_prepare (connection, "SELECT number FROM shy_update WHERE digest = $1 AND "
                                             "signature = $2 AND sample = $3", error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", update->digest);
  shy_statement_bind_text (rows, "$2", update->signature);
  shy_statement_bind_int64 (rows, "$3", update->sample);
  if (shy_statement_step (rows, &local))
    *number = shy_statement_get_int64 (rows, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
insert (ShyConnection *connection, const ShyUpdate *update, GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  const char *const        texts[] = {
    shy_update_kind_to_word (update->kind), update->id, update->version, update->content,
    update->signature, update->signer, update->issued_at, update->digest, update->source,
    update->received_at,
  };

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO shy_update (kind, id, version, content, signature, signer, issued_at, digest, "
    "source, received_at, number, sample, state, settled) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', 1)", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strdup_printf ("$%u", i + 1);

      shy_statement_bind_text (statement, name, texts[i]);
    }
  shy_statement_bind_int64 (statement, "$11", update->number);
  shy_statement_bind_int64 (statement, "$12", update->sample);
  return shy_statement_execute (statement, error) &&
         shy_update_write_journal (connection, update, "update.receive", NULL, NULL, error);
}

/* Offers one again that somebody discarded or took back, because somebody brings it again. */
static gboolean
offer_again (ShyConnection *connection, ShyUpdate *update, gint64 number, gboolean *fresh,
             GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (
    connection,
    "UPDATE shy_update SET state = 'waiting', decided_at = NULL, decided_by = NULL "
    "WHERE number = $1 AND state IN ('discarded', 'reverted') AND settled = 1 RETURNING number",
    error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", number);
  *fresh = shy_statement_step (statement, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  shy_statement_reset (statement);
  update->number = number;
  return !*fresh ||
         shy_update_write_journal (connection, update, "update.receive", NULL, NULL, error);
}

/**
 * shy_updates_take: (skip)
 * @connection: a connection, in a job that writes
 * @update: an update that nobody else holds yet
 * @again: whether to offer it again where somebody discarded it or took it back before
 * @number: (out): its number
 * @fresh: (out): whether it waits now and did not before
 * @error: return location for an error
 *
 * Stores an update that came, so that a person can look at it. One that is stored already is not
 * stored twice, however often a service sends it.
 *
 * Returns: whether that went well
 */
gboolean
shy_updates_take (ShyConnection  *connection,
                  ShyUpdate      *update,
                  gboolean        again,
                  gint64         *number,
                  gboolean       *fresh,
                  GError        **error)
{
  *fresh = FALSE;
  if (!find_same (connection, update, number, error))
    return FALSE;
  if (*number != 0)
    {
      if (again && !offer_again (connection, update, *number, fresh, error))
        return FALSE;
    }
  else
    {
      *number = shy_connection_reserve_ids (connection, "update", 1, error);
      if (*number <= 0)
        return FALSE;
      update->number = *number;
      update->received_at = shy_update_now ();
      *fresh = insert (connection, update, error);
      if (!*fresh)
        return FALSE;
    }
  if (*fresh)
    shy_connection_touch (connection, SHY_UPDATES_TOPIC);
  return TRUE;
}

typedef struct
{
  ShyUpdate *update;
  gint64     number;
  gboolean   fresh;
} Addition;

static gboolean
add_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Addition *self = data;

  return shy_updates_take (connection, self->update, TRUE, &self->number, &self->fresh, error);
}

/**
 * shy_updates_add: (skip)
 * @store: the database
 * @update: an update that nobody else holds yet
 * @fresh: (out) (optional): whether it waits now and did not before
 * @error: return location for an error
 *
 * Takes in an update that a person brings. Blocks.
 *
 * Returns: its number, or 0 with @error set
 */
gint64
shy_updates_add (ShyStore   *store,
                 ShyUpdate  *update,
                 gboolean   *fresh,
                 GError    **error)
{
  Addition addition = { update };

  g_return_val_if_fail (SHY_IS_STORE (store) && update != NULL, 0);

  if (!shy_store_run (store, SHY_STORE_WRITE, add_job, &addition, NULL, error))
    return 0;
  if (fresh != NULL)
    *fresh = addition.fresh;
  return addition.number;
}

typedef struct
{
  const char *sql;
  gint64      number; /* for $1; 0 for none */
  GPtrArray  *updates;
} Query;

static gboolean
query_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Query                   *self = data;
  g_autoptr (ShyStatement) rows = shy_connection_prepare (connection, self->sql, error);
  g_autoptr (GError)       local = NULL;

  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_size (self->updates, 0);
  if (self->number != 0)
    shy_statement_bind_int64 (rows, "$1", self->number);
  while (local == NULL && shy_statement_step (rows, &local))
    g_ptr_array_add (self->updates, shy_update_read_row (rows, &local));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
unref_update (gpointer update)
{
  shy_update_unref (update);
}

static GPtrArray *
query (ShyStore *store, const char *sql, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func (unref_update);
  Query                 self = { sql, number, updates };

  return shy_store_run (store, SHY_STORE_READ, query_job, &self, NULL, error)
           ? g_steal_pointer (&updates) : NULL;
}

/**
 * shy_updates_list: (skip)
 * @store: the database
 * @all: whether to list those too about which somebody decided
 * @error: return location for an error
 *
 * Lists the updates, the newest first. Blocks.
 *
 * Returns: (transfer full) (element-type ShyUpdate): the updates, or %NULL with @error set
 */
GPtrArray *
shy_updates_list (ShyStore  *store,
                  gboolean   all,
                  GError   **error)
{
  g_return_val_if_fail (SHY_IS_STORE (store), NULL);

  return query (store,
                all ? "SELECT " SHY_UPDATE_COLUMNS " FROM shy_update ORDER BY number DESC"
                    : "SELECT " SHY_UPDATE_COLUMNS " FROM shy_update WHERE state = 'waiting' "
                      "ORDER BY number DESC",
                0, error);
}

/**
 * shy_updates_load: (skip)
 * @store: the database
 * @number: the number of an update
 * @error: return location for an error
 *
 * Reads one update. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): the update, or %NULL with @error set
 */
ShyUpdate *
shy_updates_load (ShyStore  *store,
                  gint64     number,
                  GError   **error)
{
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (SHY_IS_STORE (store), NULL);

  found = query (store, "SELECT " SHY_UPDATE_COLUMNS " FROM shy_update WHERE number = $1",
                 number != 0 ? number : -1, error);
  if (found != NULL && found->len == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no update %lld. “shanyectl update list” lists them."),
                 (long long) number);
  return found != NULL && found->len > 0 ? shy_update_ref (found->pdata[0]) : NULL;
}
