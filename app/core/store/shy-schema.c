/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-schema-private.h"

#include "store/shy-binding-private.h"

/*
 * Which tables, indexes, views and triggers the steps of a component make: found by running them in an
 * empty database in memory, never by looking at the database itself, where somebody else may have
 * added some.
 */

typedef struct
{
  ShyConnection *connection;
  const char    *component;
  GError        *error;
} Recording;

static int
record_object (void *data, int count, char **values, char **names)
{
  Recording               *self = data;
  const char              *parameters[] = { "$1", "$2", "$3" };
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (self->connection,
                                      "INSERT INTO shy_schema (kind, name, sql, component) "
                                      "VALUES ($1, $2, $3, $4) ON CONFLICT (kind, name) DO UPDATE "
                                      "SET sql = excluded.sql WHERE sql <> excluded.sql",
                                      &self->error);
  if (statement == NULL)
    return 1;
  for (int i = 0; i < 3; i++)
    shy_statement_bind_text (statement, parameters[i], values[i]);
  shy_statement_bind_text (statement, "$4", self->component);
  return shy_statement_execute (statement, &self->error) ? 0 : 1;
}

static gboolean
run_all (sqlite3 *scratch, const char *const *scripts)
{
  for (; *scripts != NULL; scripts++)
    if (sqlite3_exec (scratch, *scripts, NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

static gboolean
forget_objects (ShyConnection *connection, const char *component, GError **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "DELETE FROM shy_schema WHERE component = $1", error);

  if (statement == NULL)
    return FALSE;
  shy_statement_bind_text (statement, "$1", component);
  return shy_statement_execute (statement, error);
}

static gboolean
copy_objects (Recording *self, sqlite3 *scratch, const char *const *before, const char *const *own)
{
  return run_all (scratch, before) &&
         sqlite3_exec (scratch, "CREATE TEMP TABLE other AS SELECT type, name FROM main.sqlite_master",
                       NULL, NULL, NULL) == SQLITE_OK &&
         run_all (scratch, own) &&
         sqlite3_exec (scratch,
                       "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL "
                       "AND NOT " SHY_SCHEMA_OF_SQLITE " "
                       "AND NOT EXISTS (SELECT 1 FROM temp.other o "
                       "WHERE o.type = sqlite_master.type AND o.name = sqlite_master.name)",
                       record_object, self, NULL) == SQLITE_OK;
}

/*
 * Notes what the steps of a component make.
 * @before: the steps of what it stands on
 * @own: its own steps
 */
gboolean
shy_schema_record (ShyConnection *connection, const char *component, const char *const *before,
                   const char *const *own, GError **error)
{
  Recording self = { connection, component, NULL };
  sqlite3  *scratch = NULL;
  gboolean  done;

  if (!shy_binding_is_there (connection))
    return TRUE;
  if (!forget_objects (connection, component, error))
    return FALSE;
  done = sqlite3_open (":memory:", &scratch) == SQLITE_OK &&
         copy_objects (&self, scratch, before, own);
  if (!done && self.error == NULL)
    shy_connection_fail (connection, sqlite3_errcode (scratch), &self.error);
  sqlite3_close (scratch);
  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return done;
}

/* Whether it is noted what a component made: databases of before have no such note. */
gboolean
shy_schema_is_recorded (ShyConnection *connection, const char *component)
{
  g_autoptr (ShyStatement) statement = NULL;

  if (!shy_binding_is_there (connection))
    return TRUE;
  statement = shy_connection_prepare (connection,
                                      "SELECT 1 FROM shy_schema WHERE component = $1 LIMIT 1", NULL);
  if (statement == NULL)
    return TRUE;
  shy_statement_bind_text (statement, "$1", component);
  return shy_statement_step (statement, NULL);
}
