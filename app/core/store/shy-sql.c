/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-sql.h"

static void
bind_all (ShyStatement *statement, const char *types, va_list args)
{
  for (guint i = 0; types[i] != '\0'; i++)
    {
      char name[8];

      g_snprintf (name, sizeof name, "$%u", i + 1);
      if (types[i] == 'i')
        shy_statement_bind_int64 (statement, name, va_arg (args, gint64));
      else
        shy_statement_bind_text (statement, name, va_arg (args, const char *));
    }
}

static ShyStatement *
query (ShyConnection *connection, GError **error, const char *sql, const char *types, va_list args)
{
  ShyStatement *statement = shy_connection_prepare (connection, sql, error);

  if (statement != NULL)
    bind_all (statement, types, args);
  return statement;
}

/**
 * shy_sql_query: (skip)
 * @connection: the database
 * @error: return location for an error
 * @sql: one statement
 * @types: a letter for each parameter `$1`, `$2`, …: `s` a text or %NULL, `i` a #gint64
 * @...: their values
 *
 * Borrows a statement with its values, not yet stepped.
 *
 * Returns: (transfer full): the statement, or %NULL with @error set
 */
ShyStatement *
shy_sql_query (ShyConnection *connection, GError **error, const char *sql, const char *types, ...)
{
  ShyStatement *statement;
  va_list       args;

  va_start (args, types);
  statement = query (connection, error, sql, types, args);
  va_end (args);
  return statement;
}

/**
 * shy_sql_run: (skip)
 * @connection: the database
 * @error: return location for an error
 * @sql: one statement
 * @types: as for shy_sql_query()
 * @...: its values
 *
 * Runs a statement that gives nothing.
 *
 * Returns: whether it ran
 */
gboolean
shy_sql_run (ShyConnection *connection, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (ShyStatement) statement = NULL;
  va_list                  args;

  va_start (args, types);
  statement = query (connection, error, sql, types, args);
  va_end (args);
  return statement != NULL && shy_statement_execute (statement, error);
}

/**
 * shy_sql_int64: (skip)
 * @connection: the database
 * @error: return location for an error
 * @fallback: the answer where there is no row, it is null, or on an error
 * @sql: one query
 * @types: as for shy_sql_query()
 * @...: its values
 *
 * Returns: the first column of the first row
 */
gint64
shy_sql_int64 (ShyConnection *connection, GError **error, gint64 fallback, const char *sql,
               const char *types, ...)
{
  g_autoptr (ShyStatement) statement = NULL;
  va_list                  args;

  va_start (args, types);
  statement = query (connection, error, sql, types, args);
  va_end (args);
  return statement != NULL && shy_statement_step (statement, error) &&
                 !shy_statement_is_null (statement, 0)
           ? shy_statement_get_int64 (statement, 0)
           : fallback;
}

/**
 * shy_sql_text: (skip)
 * @connection: the database
 * @error: return location for an error
 * @sql: one query
 * @types: as for shy_sql_query()
 * @...: its values
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL if there is none, it is
 *   null, or on an error
 */
char *
shy_sql_text (ShyConnection *connection, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (ShyStatement) statement = NULL;
  va_list                  args;

  va_start (args, types);
  statement = query (connection, error, sql, types, args);
  va_end (args);
  return statement != NULL && shy_statement_step (statement, error)
           ? shy_statement_dup_text (statement, 0)
           : NULL;
}
