/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-binding-private.h"

#include "store/shy-sm3-private.h"
#include "store/shy-statement-private.h"

#include <string.h>

/*
 * The journal tells what was done; this binds to it what is stored. Each row of the register has a
 * digest, SM3 over a nonce, the name of its table and its columns. SQLite tells of every row that a
 * transaction changes; before the transaction is committed the digests of these rows are stored in
 * shy_bound under the number of the change, and the entry of the journal holds a digest over them
 * all. No code that writes has to know of it, and none can forget it.
 *
 * So a row that was changed, removed or added by another program does not fit its digest; a digest
 * that was changed with it does not fit the journal; and a journal that was written anew as a whole
 * does not fit a head that somebody noted elsewhere.
 */

/* Rows that are remembered before their digests are written. */
#define MOST_CHANGED 4096

struct _ShyBinding
{
  GPtrArray *tables;  /* (owned) of ShyBoundTable */
  gint64     schema;  /* for which version of the schema they were read */
  guint      changed; /* rows whose digests are not yet stored */
  gint64     change;  /* number of the running change, 0 while there is none */
  gboolean   busy;    /* writes its own rows now */
  gboolean   paused;  /* steps are running */
};

void
shy_binding_free (ShyBinding *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_free (self);
}

static ShyBoundTable *
find_table (ShyBinding *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    if (g_str_equal (((ShyBoundTable *) self->tables->pdata[i])->name, name))
      return self->tables->pdata[i];
  return NULL;
}

/* Reads the schema where it changed since. */
static gboolean
refresh (ShyConnection *connection, GError **error)
{
  gint64      schema = shy_connection_query_int64 (connection, "PRAGMA schema_version", 0, NULL);
  ShyBinding *self = connection->binding;

  if (self == NULL)
    {
      self = connection->binding = g_new0 (ShyBinding, 1);
      self->schema = -1;
    }
  if (self->schema == schema)
    return TRUE;

  g_clear_pointer (&self->tables, g_ptr_array_unref);
  if (!shy_binding_check_whole (connection, error))
    return FALSE;
  if (shy_binding_is_there (connection))
    {
      self->tables = shy_binding_load_tables (connection, error);
      if (self->tables == NULL)
        return FALSE;
    }
  self->schema = schema;
  return TRUE;
}

/* A bound table, from what was read of the schema; NULL if it is not one, or with the error set. */
const ShyBoundTable *
shy_binding_get_table (ShyConnection *connection, const char *name, GError **error)
{
  if (!refresh (connection, error) || connection->binding->tables == NULL)
    return NULL;
  return find_table (connection->binding, name);
}

static void
remember (ShyBinding *self, ShyBoundTable *table, sqlite3 *db,
          int (*get) (sqlite3 *, int, sqlite3_value **))
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < table->keys->len; i++)
    {
      sqlite3_value *value = NULL;
      const char    *text;

      get (db, (int) g_array_index (table->keys, guint, i), &value);
      text = value != NULL ? (const char *) sqlite3_value_text (value) : NULL;
      if (i > 0)
        g_string_append_c (key, '\x1f');
      g_string_append (key, text != NULL ? text : "");
    }
  if (g_hash_table_add (table->changed, g_string_free (g_steal_pointer (&key), FALSE)))
    self->changed++;
}

static void
row_changes_cb (void *data, sqlite3 *db, int operation, const char *schema, const char *name,
                sqlite3_int64 before, sqlite3_int64 after)
{
  ShyBinding    *self = data;
  ShyBoundTable *table;

  if (self->busy || self->paused || self->tables == NULL || !g_str_equal (schema, "main"))
    return;
  table = find_table (self, name);
  if (table == NULL)
    return;
  if (operation != SQLITE_INSERT)
    remember (self, table, db, sqlite3_preupdate_old);
  if (operation != SQLITE_DELETE)
    remember (self, table, db, sqlite3_preupdate_new);
}

/* Watches what the transaction that has just begun will change. */
gboolean
shy_binding_begin (ShyConnection *connection, GError **error)
{
  if (!refresh (connection, error))
    return FALSE;
  connection->binding->change = 0;
  sqlite3_preupdate_hook (connection->db, row_changes_cb, connection->binding);
  return TRUE;
}

void
shy_binding_pause (ShyConnection *connection, gboolean paused)
{
  if (connection->binding != NULL)
    connection->binding->paused = paused;
}

/* The transaction is rolled back. */
void
shy_binding_drop (ShyConnection *connection)
{
  ShyBinding *self = connection->binding;

  shy_journal_drop_pending (connection);
  if (self == NULL)
    return;
  for (guint i = 0; self->tables != NULL && i < self->tables->len; i++)
    g_hash_table_remove_all (((ShyBoundTable *) self->tables->pdata[i])->changed);
  self->changed = 0;
  self->change = 0;
  self->schema = -1; /* steps may have been undone */
}

/* The number that the running change has, or will have. */
gint64
shy_binding_next_change (ShyConnection *connection)
{
  return 1 + shy_connection_query_int64 (connection, "SELECT change FROM shy_bound_head", 0, NULL);
}

static gboolean
forget_nonces (ShyConnection *connection, const char *source, const char *key, GError **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "UPDATE shy_bound SET nonce = NULL, marks = NULL WHERE source = $1 AND key = $2",
    error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", source);
  shy_statement_bind_text (statement, "$2", key);
  return shy_statement_execute (statement, error);
}

/* Stores the digest of a row; without @print that it was removed. */
gboolean
shy_binding_put (ShyConnection *connection, gint64 change, const char *source, const char *key,
                 const ShyRowPrint *print, GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;

  if (print == NULL && !forget_nonces (connection, source, key, error))
    return FALSE;
  statement = shy_connection_prepare (
    connection,
    "INSERT INTO shy_bound (change, source, key, digest, nonce, marks) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (change, source, key) DO UPDATE SET "
    "digest = excluded.digest, nonce = excluded.nonce, marks = excluded.marks",
    error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", change);
  shy_statement_bind_text (statement, "$2", source);
  shy_statement_bind_text (statement, "$3", key);
  shy_statement_bind_bytes (statement, "$4", print != NULL ? print->digest : NULL,
                            SHY_BINDING_DIGEST);
  shy_statement_bind_bytes (statement, "$5", print != NULL ? print->nonce : NULL,
                            SHY_BINDING_NONCE);
  shy_statement_bind_bytes (statement, "$6",
                            print != NULL ? (const guint8 *) print->marks->data : NULL,
                            print != NULL ? print->marks->len * sizeof (guint16) : 0);
  return shy_statement_execute (statement, error);
}

static gboolean
store_one (ShyConnection *connection, const ShyBoundTable *table, const char *key, GError **error)
{
  ShyBinding              *self = connection->binding;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;
  ShyRowPrint              print = { { 0 } };
  gboolean                 there;
  gboolean                 done;

  if (!shy_binding_is_counted (table, key, connection))
    return TRUE;
  row = shy_connection_prepare (connection, table->by_key, error);
  if (row == NULL)
    return FALSE;
  there = shy_binding_bind_key (table, row, key) && shy_statement_step (row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (there)
    {
      shy_random_bytes (print.nonce, sizeof print.nonce);
      shy_binding_print_row (table, shy_statement_get_handle (row), &print);
    }
  if (self->change == 0)
    self->change = shy_binding_next_change (connection);
  done = shy_binding_put (connection, self->change, table->name, key, there ? &print : NULL, error);
  g_clear_pointer (&print.marks, g_array_unref);
  return done;
}

static gboolean
store_changed (ShyConnection *connection, GError **error)
{
  ShyBinding *self = connection->binding;

  for (guint i = 0; i < self->tables->len; i++)
    {
      ShyBoundTable *table = self->tables->pdata[i];
      GHashTableIter iter;
      gpointer       key;

      g_hash_table_iter_init (&iter, table->changed);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (!store_one (connection, table, key, error))
          return FALSE;
      g_hash_table_remove_all (table->changed);
    }
  self->changed = 0;
  return TRUE;
}

static gboolean
flush (ShyConnection *connection, GError **error)
{
  ShyBinding *self = connection->binding;
  gboolean    done;

  self->busy = TRUE;
  done = store_changed (connection, error);
  self->busy = FALSE;
  return done;
}

/* Called behind each statement: what is remembered must not grow with the transaction. */
gboolean
shy_binding_keep_up (ShyConnection *connection, GError **error)
{
  ShyBinding *self = connection->binding;

  return self == NULL || self->busy || self->changed < MOST_CHANGED || flush (connection, error);
}

/* Lets a row be bound with this transaction, whoever changed it. */
gboolean
shy_binding_remember (ShyConnection *connection, const char *source, const char *key, GError **error)
{
  ShyBinding    *self = connection->binding;
  ShyBoundTable *table = self->tables != NULL ? find_table (self, source) : NULL;

  if (table != NULL && g_hash_table_add (table->changed, g_strdup (key)))
    self->changed++;
  return shy_binding_keep_up (connection, error);
}

static void
add_part (gcry_md_hd_t md, const void *bytes, gsize length)
{
  g_autofree char *head = g_strdup_printf ("%zu:", length);

  gcry_md_write (md, head, strlen (head));
  gcry_md_write (md, bytes, length);
}

/*
 * Makes the digest over the rows of a change, in the order of their tables and keys.
 * @rows: (out): how many there are
 */
char *
shy_binding_digest_change (ShyConnection *connection, gint64 change, gint64 *rows, GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;
  gcry_md_hd_t             md;
  char                    *digest;

  *rows = 0;
  statement = shy_connection_prepare (connection, "SELECT source, key, digest FROM shy_bound "
                                                  "WHERE change = $1 ORDER BY source, key", error);
  if (statement == NULL)
    return NULL;
  shy_statement_bind_int64 (statement, "$1", change);
  md = shy_sm3_open ();
  while (shy_statement_step (statement, &local))
    {
      sqlite3_stmt *row = shy_statement_get_handle (statement);

      for (int i = 0; i < 3; i++)
        {
          const void *bytes = i < 2 ? (const void *) sqlite3_column_text (row, i)
                                    : sqlite3_column_blob (row, i);

          add_part (md, bytes != NULL ? bytes : "", (gsize) sqlite3_column_bytes (row, i));
        }
      *rows += 1;
    }
  digest = shy_sm3_close (md);
  if (local == NULL)
    return digest;
  g_free (digest);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
move_head (ShyConnection *connection, gint64 change, GError **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "UPDATE shy_bound_head SET change = $1 WHERE id = 1", error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_int64 (statement, "$1", change);
  return shy_statement_execute (statement, error);
}

static JsonNode *
build_bound (gint64 change, gint64 rows, const char *digest)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "change", change);
  json_object_set_int_member (object, "rows", rows);
  json_object_set_string_member (object, "digest", digest);
  json_node_take_object (node, object);
  return node;
}

/*
 * The steps of an empty database are bound by the first entry there will be: a journal begins with
 * what a person did.
 */
static gboolean
may_wait (ShyConnection *connection)
{
  return connection->pending == NULL && connection->binding->paused &&
         shy_connection_query_int64 (connection, "SELECT number FROM shy_journal_head", 1, NULL) == 0;
}

/* Binds what the transaction changed to the last entry that it appended, or to one of its own. */
gboolean
shy_binding_finish (ShyConnection *connection, GError **error)
{
  ShyBinding          *self = connection->binding;
  g_autofree char     *digest = NULL;
  g_autoptr (JsonNode) bound = NULL;
  gint64               rows;

  if (self == NULL || self->tables == NULL)
    return shy_journal_finish (connection, NULL, error);
  if (!flush (connection, error))
    return FALSE;
  if (self->change == 0 || may_wait (connection))
    return shy_journal_finish (connection, NULL, error);

  digest = shy_binding_digest_change (connection, self->change, &rows, error);
  if (digest == NULL)
    return FALSE;
  bound = build_bound (self->change, rows, digest);
  return move_head (connection, self->change, error) &&
         shy_journal_finish (connection, bound, error);
}
