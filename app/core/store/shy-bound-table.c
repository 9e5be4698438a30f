/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-binding-private.h"

#include "shy-error.h"
#include "store/shy-sm3-private.h"
#include "store/shy-statement-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A table whose rows are bound, its keys, and the digest of a row.
 *
 * A column that holds nothing is not part of the digest, so that a step may add columns. The marks
 * are 16 bits of a hash of each column: no proof, but they tell which column it was.
 */

static void
table_free (gpointer data)
{
  ShyBoundTable *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->keys);
  g_free (self->by_key);
  g_free (self->all);
  g_hash_table_unref (self->changed);
  g_free (self);
}

static gboolean
has_table (ShyConnection *connection, const char *name)
{
  g_autoptr (ShyStatement) find = shy_connection_prepare (
    connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", NULL);

  if (find == NULL)
    return FALSE;
  shy_statement_bind_text (find, "$1", name);
  return shy_statement_step (find, NULL);
}

/* Whether the database has this protection: copies of before have not. */
gboolean
shy_binding_is_there (ShyConnection *connection)
{
  return has_table (connection, "shy_unbound");
}

/* What the protection stands in. */
static const char *const own_tables[] = { "shy_unbound", "shy_bound", "shy_bound_head", "shy_schema" };

/* Whether the database ever had the protection: its steps, its other tables or its journal say so. */
static gboolean
was_there (ShyConnection *connection)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_tables); i++)
    if (has_table (connection, own_tables[i]))
      return TRUE;
  return shy_connection_query_int64 (connection,
                                     "SELECT 1 FROM shy_migration WHERE component = 'core' AND "
                                     "number >= 7 LIMIT 1", 0, NULL) == 1 ||
         shy_connection_query_int64 (connection,
                                     "SELECT 1 FROM shy_journal WHERE details LIKE "
                                     "'%\"bound\":%' LIMIT 1", 0, NULL) == 1;
}

/*
 * Finds the tables of the protection that somebody removed. Without them nothing would be compared,
 * and whatever stands in the register would be taken for what was decided.
 * Returns: (transfer container): their names; empty if all are there, or none ever was
 */
GPtrArray *
shy_binding_list_lost (ShyConnection *connection)
{
  GPtrArray *lost = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (own_tables); i++)
    if (!has_table (connection, own_tables[i]))
      g_ptr_array_add (lost, (gpointer) own_tables[i]);
  if (lost->len == G_N_ELEMENTS (own_tables) && !was_there (connection))
    g_ptr_array_set_size (lost, 0);
  return lost;
}

/* Nothing is decided by, or written into, a register whose protection was taken away. */
gboolean
shy_binding_check_whole (ShyConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) lost = shy_binding_list_lost (connection);

  if (lost->len == 0)
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               /* Translators: a file, the name of a table. */
               _("The database “%s” lacks its table “%s”, which protects what is stored: another "
                 "program removed it. Nothing was decided or stored. Keep the file as it is for an "
                 "audit, and go on with a backup."),
               shy_connection_get_path (connection), (const char *) lost->pdata[0]);
  return FALSE;
}

static void
build_sql (ShyBoundTable *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char    *name = g_strescape (self->name, NULL);

  self->all = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  g_string_append_printf (sql, "%s WHERE ", self->all);
  for (guint i = 0; i < self->keys->len; i++)
    g_string_append_printf (sql, "%s\"%s\" IS $%u", i > 0 ? " AND " : "",
                            (char *) self->columns->pdata[g_array_index (self->keys, guint, i)],
                            i + 1);
  self->by_key = g_string_free (g_steal_pointer (&sql), FALSE);
}

static ShyBoundTable *
load_table (ShyConnection *connection, const char *name, GError **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  ShyBoundTable           *self = g_new0 (ShyBoundTable, 1);

  self->name = g_strdup (name);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_array_new (FALSE, FALSE, sizeof (guint));
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rows = shy_connection_prepare (connection, "SELECT name, pk FROM pragma_table_info($1) "
                                             "ORDER BY cid", error);
  if (rows != NULL)
    shy_statement_bind_text (rows, "$1", name);
  while (rows != NULL && shy_statement_step (rows, &local))
    {
      guint column = self->columns->len;

      g_ptr_array_add (self->columns, shy_statement_dup_text (rows, 0));
      if (shy_statement_get_int64 (rows, 1) > 0)
        g_array_append_val (self->keys, column);
    }
  /* Without a primary key the whole row is the key. */
  for (guint i = 0; self->keys->len == 0 && i < self->columns->len; i++)
    g_array_append_val (self->keys, i);
  build_sql (self);
  if (rows != NULL && local == NULL)
    return self;

  table_free (self);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Reads which tables are bound, from a database that has the protection. */
GPtrArray *
shy_binding_load_tables (ShyConnection *connection, GError **error)
{
  g_autoptr (GPtrArray)    tables = g_ptr_array_new_with_free_func (table_free);
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection,
                                 "SELECT name FROM sqlite_master WHERE type = 'table' "
                                 "AND NOT " SHY_SCHEMA_OF_SQLITE " AND (name = 'shy_unbound' OR "
                                 "name NOT IN (SELECT name FROM shy_unbound)) ORDER BY name",
                                 error);
  if (rows == NULL)
    return NULL;
  while (shy_statement_step (rows, &local))
    {
      ShyBoundTable *table = load_table (connection, shy_statement_get_text (rows, 0), error);

      if (table == NULL)
        return NULL;
      g_ptr_array_add (tables, table);
    }
  if (local == NULL)
    return g_steal_pointer (&tables);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* 16 bits of FNV-1a, of what makes this column. */
static guint16
mark (const guint8 *nonce, int type, const guint8 *bytes, gsize length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < SHY_BINDING_NONCE; i++)
    hash = (hash ^ nonce[i]) * 16777619u;
  hash = (hash ^ (guint32) type) * 16777619u;
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * 16777619u;
  return (guint16) ((hash >> 16) ^ (hash & 0xffff)) | 1; /* 0 is for nothing */
}

/* A length in decimal digits, and a colon. */
static void
add_length (GString *text, gsize length)
{
  char  digits[24];
  char *at = digits + sizeof digits;

  *--at = ':';
  do
    *--at = (char) ('0' + length % 10);
  while ((length /= 10) > 0);
  g_string_append_len (text, at, digits + sizeof digits - at);
}

/*
 * Makes the digest of a row of SELECT *, with the nonce that stands in @print.
 * @print: its marks are made anew; free them with g_array_unref()
 */
void
shy_binding_print_row (const ShyBoundTable *table, sqlite3_stmt *row, ShyRowPrint *print)
{
  static const char   types[] = { 0, 'i', 'f', 't', 'b', 'n' };
  g_autoptr (GString) text = g_string_sized_new (1024);

  print->marks = g_array_new (FALSE, TRUE, sizeof (guint16));
  g_string_append_len (text, (const char *) print->nonce, SHY_BINDING_NONCE);
  add_length (text, strlen (table->name));
  g_string_append (text, table->name);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const char   *name = table->columns->pdata[i];
      int           type = sqlite3_column_type (row, (int) i);
      const guint8 *bytes = type == SQLITE_BLOB ? sqlite3_column_blob (row, (int) i)
                                                : sqlite3_column_text (row, (int) i);
      gsize         length = (gsize) sqlite3_column_bytes (row, (int) i);
      guint16       number = 0;

      if (type != SQLITE_NULL)
        {
          number = mark (print->nonce, types[type], bytes, length);
          add_length (text, strlen (name));
          g_string_append (text, name);
          g_string_append_c (text, types[type]);
          add_length (text, length);
          g_string_append_len (text, (const char *) bytes, (gssize) length);
        }
      g_array_append_val (print->marks, number);
    }
  shy_sm3 (text->str, text->len, print->digest);
}

/* The key of a row of SELECT *, as it stands in shy_bound. */
char *
shy_binding_build_key (const ShyBoundTable *table, sqlite3_stmt *row)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < table->keys->len; i++)
    {
      const char *text =
        (const char *) sqlite3_column_text (row, (int) g_array_index (table->keys, guint, i));

      if (i > 0)
        g_string_append_c (key, '\x1f');
      g_string_append (key, text != NULL ? text : "");
    }
  return g_string_free (key, FALSE);
}

/* Binds a key to the SQL of by_key; FALSE if it has not the right number of parts. */
gboolean
shy_binding_bind_key (const ShyBoundTable *table, ShyStatement *statement, const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, "\x1f", -1);

  if (g_strv_length (parts) != table->keys->len)
    {
      if (*key != '\0' || table->keys->len != 1)
        return FALSE;
      shy_statement_bind_text (statement, "$1", "");
      return TRUE;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("$%u", i + 1);

      shy_statement_bind_text (statement, name, parts[i]);
    }
  return TRUE;
}

/* Numbers of what is not bound are not bound either, nor those that count commits. */
gboolean
shy_binding_is_counted (const ShyBoundTable *table, const char *key, ShyConnection *connection)
{
  g_autoptr (ShyStatement) statement = NULL;

  if (!g_str_equal (table->name, "shy_sequence"))
    return TRUE;
  if (g_str_has_prefix (key, "changes of "))
    return FALSE;
  statement = shy_connection_prepare (connection, "SELECT 1 FROM shy_unbound WHERE name = $1", NULL);
  if (statement == NULL)
    return TRUE;
  shy_statement_bind_text (statement, "$1", key);
  return !shy_statement_step (statement, NULL);
}
