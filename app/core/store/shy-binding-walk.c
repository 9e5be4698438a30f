/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-binding-walk-private.h"

#include "store/shy-statement-private.h"

#include <string.h>

/* Compares what is stored with the digests that were stored with it. */

/* Rows between two reports of how far it got. */
#define STRIDE 1000

static int
find_changed_column (sqlite3_stmt *digest, const ShyRowPrint *now)
{
  const guint16 *before = sqlite3_column_blob (digest, 2);
  guint          count = (guint) sqlite3_column_bytes (digest, 2) / sizeof (guint16);

  if (before == NULL)
    return -1;
  for (guint i = 0; i < now->marks->len; i++)
    {
      guint16 was = 0;

      if (i < count)
        memcpy (&was, before + i, sizeof was);
      if (was != g_array_index (now->marks, guint16, i))
        return (int) i;
    }
  return -1;
}

/*
 * Compares a row of SELECT * with its digest.
 * @column: (out): which column was changed, if that can be told, or -1
 * @right: (out): whether it is as it was stored
 */
gboolean
shy_binding_look_at (ShyConnection *connection, const ShyBoundTable *table, const char *key,
                     sqlite3_stmt *row, ShyRowFault *fault, int *column, gboolean *right,
                     GError **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;
  sqlite3_stmt            *digest;
  ShyRowPrint              now = { { 0 } };

  *right = FALSE;
  *column = -1;
  *fault = SHY_ROW_ADDED;
  statement = shy_connection_prepare (connection,
                                      "SELECT digest, nonce, marks FROM shy_bound WHERE source = $1 "
                                      "AND key = $2 ORDER BY change DESC LIMIT 1", error);
  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", table->name);
  shy_statement_bind_text (statement, "$2", key);
  digest = shy_statement_get_handle (statement);
  if (!shy_statement_step (statement, &local) || sqlite3_column_type (digest, 0) == SQLITE_NULL)
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (sqlite3_column_bytes (digest, 1) == SHY_BINDING_NONCE)
    memcpy (now.nonce, sqlite3_column_blob (digest, 1), SHY_BINDING_NONCE);
  shy_binding_print_row (table, row, &now);
  *fault = SHY_ROW_CHANGED;
  *right = sqlite3_column_bytes (digest, 0) == SHY_BINDING_DIGEST &&
           memcmp (sqlite3_column_blob (digest, 0), now.digest, SHY_BINDING_DIGEST) == 0;
  if (!*right)
    *column = find_changed_column (digest, &now);
  g_array_unref (now.marks);
  return TRUE;
}

typedef struct
{
  ShyConnection  *connection;
  ShyRowFaultFunc func;
  ShyRowsDoneFunc done;
  gpointer        data;
  gint64          rows;
} Walk;

static gboolean
walk_rows (Walk *self, const ShyBoundTable *table, GError **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (self->connection, table->all, error);
  g_autoptr (GError)       local = NULL;

  while (rows != NULL && shy_statement_step (rows, &local))
    {
      sqlite3_stmt    *row = shy_statement_get_handle (rows);
      g_autofree char *key = shy_binding_build_key (table, row);
      ShyRowFault      fault;
      int              column;
      gboolean         right;

      if (++self->rows % STRIDE == 0 && self->done != NULL)
        self->done (self->rows, self->data);
      if (!shy_binding_is_counted (table, key, self->connection))
        continue;
      if (!shy_binding_look_at (self->connection, table, key, row, &fault, &column, &right, error))
        return FALSE;
      if (!right)
        self->func (table, key, fault, row, column, self->data);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return rows != NULL && local == NULL;
}

/* Finds rows that have a digest and are not there. */
static gboolean
walk_digests (Walk *self, const ShyBoundTable *table, GError **error)
{
  g_autoptr (ShyStatement) digests = NULL;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  digests = shy_connection_prepare (self->connection,
                                    "SELECT key FROM shy_bound b WHERE source = $1 AND digest IS NOT "
                                    "NULL AND change = (SELECT MAX(change) FROM shy_bound c "
                                    "WHERE c.source = b.source AND c.key = b.key) ORDER BY key",
                                    error);
  row = digests != NULL ? shy_connection_prepare (self->connection, table->by_key, error) : NULL;
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (digests, "$1", table->name);
  while (local == NULL && shy_statement_step (digests, &local))
    {
      const char *key = shy_statement_get_text (digests, 0);

      if (!shy_binding_bind_key (table, row, key) || !shy_statement_step (row, &local))
        if (local == NULL)
          self->func (table, key, SHY_ROW_MISSING, NULL, -1, self->data);
      shy_statement_reset (row);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Looks at every row of every bound table, and calls @func for each that is wrong. */
gboolean
shy_binding_walk (ShyConnection *connection, ShyRowFaultFunc func, ShyRowsDoneFunc done,
                  gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tables = shy_binding_load_tables (connection, error);
  Walk                  self = { connection, func, done, data, 0 };

  for (guint i = 0; tables != NULL && i < tables->len; i++)
    if (!walk_rows (&self, tables->pdata[i], error) ||
        !walk_digests (&self, tables->pdata[i], error))
      return FALSE;
  return tables != NULL;
}

static char *
name_row (const char *table, const char *key)
{
  return g_strconcat (table, "\x1e", key, NULL);
}

static void
note_wrong (const ShyBoundTable *table, const char *key, ShyRowFault fault, sqlite3_stmt *row,
            int column, gpointer data)
{
  g_hash_table_add (data, name_row (table->name, key));
}

/* The rows that are wrong before steps run; empty where nothing is bound yet. */
GHashTable *
shy_binding_list_wrong (ShyConnection *connection, GError **error)
{
  g_autoptr (GHashTable) wrong = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (shy_binding_is_there (connection) &&
      !shy_binding_walk (connection, note_wrong, NULL, wrong, error))
    return NULL;
  return g_steal_pointer (&wrong);
}

typedef struct
{
  ShyConnection *connection;
  GHashTable    *wrong;
  GPtrArray     *tables; /* (owned) of names (unowned by the tables): pairs with keys */
  GPtrArray     *keys;   /* (owned) */
} Rebinding;

static void
note_new (const ShyBoundTable *table, const char *key, ShyRowFault fault, sqlite3_stmt *row,
          int column, gpointer data)
{
  Rebinding       *self = data;
  g_autofree char *name = name_row (table->name, key);

  if (g_hash_table_contains (self->wrong, name))
    return;
  g_ptr_array_add (self->tables, g_strdup (table->name));
  g_ptr_array_add (self->keys, g_strdup (key));
}

/* Binds what steps changed. What was wrong before them stays so. */
gboolean
shy_binding_rebind (ShyConnection *connection, GHashTable *wrong, GError **error)
{
  Rebinding self = { connection, wrong, g_ptr_array_new_with_free_func (g_free),
                     g_ptr_array_new_with_free_func (g_free) };
  gboolean  done = shy_binding_begin (connection, error);

  if (done && shy_binding_is_there (connection))
    done = shy_binding_walk (connection, note_new, NULL, &self, error);
  for (guint i = 0; done && i < self.keys->len; i++)
    done = shy_binding_remember (connection, self.tables->pdata[i], self.keys->pdata[i], error);
  g_ptr_array_unref (self.tables);
  g_ptr_array_unref (self.keys);
  return done;
}
