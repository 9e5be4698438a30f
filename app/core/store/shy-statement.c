/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-binding-private.h"
#include "store/shy-statement-private.h"

struct _ShyStatement
{
  ShyConnection *connection; /* (unowned) */
  sqlite3_stmt  *handle;
  guint64        unbound;    /* one bit for each parameter that has no value yet */
  gboolean       running;
  gint64         changed;    /* rows, by the last run */
};

/* $1 is a name to SQLite, not a position: ask it where the name stands. */
static int
parameter (ShyStatement *self,
           const char   *name)
{
  int index = sqlite3_bind_parameter_index (self->handle, name);

  if (index == 0)
    g_critical ("no parameter %s in: %s", name, sqlite3_sql (self->handle));
  else
    self->unbound &= ~(G_GUINT64_CONSTANT (1) << (index - 1));

  return index;
}

static void
unbind (ShyStatement *self)
{
  int count = sqlite3_bind_parameter_count (self->handle);

  g_assert (count < 64);
  self->unbound = (G_GUINT64_CONSTANT (1) << count) - 1;
}

ShyStatement *
shy_statement_new (ShyConnection  *connection,
                   const char     *sql,
                   GError        **error)
{
  ShyStatement *self;
  sqlite3_stmt *handle;
  int           code;

  code = sqlite3_prepare_v3 (connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code != SQLITE_OK)
    {
      shy_connection_fail (connection, code, error);
      return NULL;
    }

  self = g_new0 (ShyStatement, 1);
  self->connection = connection;
  self->handle = handle;
  unbind (self);
  return self;
}

void
shy_statement_delete (ShyStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * shy_statement_free: (skip)
 * @self: a statement
 *
 * Gives a statement back to its connection, which keeps it prepared for the next time.
 */
void
shy_statement_free (ShyStatement *self)
{
  GPtrArray  *idle;
  const char *sql = sqlite3_sql (self->handle);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  unbind (self);
  self->running = FALSE;
  self->connection->lent--;

  idle = g_hash_table_lookup (self->connection->idle, sql);
  if (idle == NULL)
    {
      idle = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_statement_delete);
      g_hash_table_insert (self->connection->idle, g_strdup (sql), idle);
    }
  g_ptr_array_add (idle, self);
}

/**
 * shy_statement_bind_null: (skip)
 * @self: a statement
 * @name: a parameter, as "$1"
 *
 * Binds no value.
 */
void
shy_statement_bind_null (ShyStatement *self,
                         const char   *name)
{
  sqlite3_bind_null (self->handle, parameter (self, name));
}

/**
 * shy_statement_bind_int64: (skip)
 * @self: a statement
 * @name: a parameter, as "$1"
 * @value: a number; money in fen
 *
 * Binds a whole number.
 */
void
shy_statement_bind_int64 (ShyStatement *self,
                          const char   *name,
                          gint64        value)
{
  sqlite3_bind_int64 (self->handle, parameter (self, name), value);
}

/**
 * shy_statement_bind_text: (skip)
 * @self: a statement
 * @name: a parameter, as "$1"
 * @value: (nullable): a text, which is copied
 *
 * Binds a text.
 */
void
shy_statement_bind_text (ShyStatement *self,
                         const char   *name,
                         const char   *value)
{
  sqlite3_bind_text (self->handle, parameter (self, name), value, -1, SQLITE_TRANSIENT);
}

/**
 * shy_statement_bind_bytes: (skip)
 * @self: a statement
 * @name: a parameter, as "$1"
 * @bytes: (nullable) (array length=length): bytes, which are copied; %NULL for no value
 * @length: how many
 *
 * Binds bytes.
 */
void
shy_statement_bind_bytes (ShyStatement *self,
                          const char   *name,
                          const guint8 *bytes,
                          gsize         length)
{
  sqlite3_bind_blob64 (self->handle, parameter (self, name), bytes, length, SQLITE_TRANSIENT);
}

/* For what reads a row whatever its columns are. */
sqlite3_stmt *
shy_statement_get_handle (ShyStatement *self)
{
  return self->handle;
}

/**
 * shy_statement_bind_date: (skip)
 * @self: a statement
 * @name: a parameter, as "$1"
 * @value: (nullable): a day
 *
 * Binds a day, as the text 2025-06-30.
 */
void
shy_statement_bind_date (ShyStatement *self,
                         const char   *name,
                         const GDate  *value)
{
  char text[sizeof "2025-06-30"];

  if (value == NULL)
    {
      shy_statement_bind_null (self, name);
      return;
    }

  g_snprintf (text, sizeof text, "%04u-%02u-%02u", g_date_get_year (value) % 10000u,
              g_date_get_month (value) % 100u, g_date_get_day (value) % 100u);
  shy_statement_bind_text (self, name, text);
}

/**
 * shy_statement_step: (skip)
 * @self: a statement
 * @error: return location for an error
 *
 * Goes to the next row.
 *
 * Returns: %TRUE at a row; %FALSE behind the last one, or with @error set
 */
gboolean
shy_statement_step (ShyStatement *self,
                    GError      **error)
{
  int code;

  if (!self->running && self->unbound != 0)
    g_critical ("a parameter is not bound in: %s", sqlite3_sql (self->handle));
  self->running = TRUE;

  code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    shy_connection_fail (self->connection, code, error);
  else if (!sqlite3_stmt_readonly (self->handle))
    {
      self->changed = sqlite3_changes64 (self->connection->db);
      shy_binding_keep_up (self->connection, error);
    }
  return FALSE;
}

/**
 * shy_statement_execute: (skip)
 * @self: a statement
 * @error: return location for an error
 *
 * Runs to the end, whatever rows there are, and makes ready for the next run.
 *
 * Returns: whether it ran
 */
gboolean
shy_statement_execute (ShyStatement *self,
                       GError      **error)
{
  g_autoptr (GError) local = NULL;

  while (shy_statement_step (self, &local))
    continue;
  shy_statement_reset (self);

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_statement_get_changed: (skip)
 * @self: a statement that was just executed
 *
 * Gets how many rows it inserted, updated or deleted. RETURNING tells the same at thrice the cost.
 *
 * Returns: the number of rows
 */
gint64
shy_statement_get_changed (ShyStatement *self)
{
  return self->changed;
}

/**
 * shy_statement_reset: (skip)
 * @self: a statement
 *
 * Makes ready for the next run; the values stay bound until others are.
 */
void
shy_statement_reset (ShyStatement *self)
{
  sqlite3_reset (self->handle);
  self->running = FALSE;
}

/**
 * shy_statement_is_null: (skip)
 * @self: a statement at a row
 * @column: a column, from 0
 *
 * Returns: whether the column holds no value
 */
gboolean
shy_statement_is_null (ShyStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * shy_statement_get_int64: (skip)
 * @self: a statement at a row
 * @column: a column, from 0
 *
 * Returns: the whole number; 0 if there is none
 */
gint64
shy_statement_get_int64 (ShyStatement *self,
                         int           column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * shy_statement_get_text: (skip)
 * @self: a statement at a row
 * @column: a column, from 0
 *
 * Returns: (nullable): the text, until the next step
 */
const char *
shy_statement_get_text (ShyStatement *self,
                        int           column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * shy_statement_get_bytes: (skip)
 * @self: a statement at a row
 * @column: a column, from 0
 * @length: (out): how many bytes
 *
 * Gets what was bound by [func@statement_bind_bytes].
 *
 * Returns: (nullable) (array length=length): the bytes, until the next step; %NULL if there are none,
 *   or if it is a text or a number
 */
const guint8 *
shy_statement_get_bytes (ShyStatement *self,
                         int           column,
                         gsize        *length)
{
  const guint8 *bytes = sqlite3_column_type (self->handle, column) == SQLITE_BLOB
                          ? sqlite3_column_blob (self->handle, column) : NULL;

  *length = bytes != NULL ? (gsize) sqlite3_column_bytes (self->handle, column) : 0;
  return bytes;
}

/**
 * shy_statement_dup_text: (skip)
 * @self: a statement at a row
 * @column: a column, from 0
 *
 * Returns: (nullable) (transfer full): the text
 */
char *
shy_statement_dup_text (ShyStatement *self,
                        int           column)
{
  return g_strdup (shy_statement_get_text (self, column));
}
