/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-sql-private.h"

#include "store/shy-journal.h"

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

/* A statement with its values, not yet stepped. */
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

/* Runs a statement that gives nothing. */
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

/* The first column of the first row; @fallback if there is none, it is null, or on an error. */
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

/* The first column of the first row; %NULL if there is none, it is null, or on an error. */
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

char *
shy_landing_moment (gint64 seconds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) here = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                            : g_date_time_ref (utc);

  return g_date_time_format (here, "%Y-%m-%dT%H:%M:%S%:z");
}

char *
shy_landing_now (void)
{
  return shy_landing_moment (g_get_real_time () / G_USEC_PER_SEC);
}

gboolean
shy_landing_note (ShyConnection *connection, const char *action, const char *service,
                  const char *stream, GError **error, ...)
{
  g_autoptr (JsonObject) details = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), details);
  g_autofree char       *subject = stream != NULL ? g_strdup_printf ("service:%s/%s", service, stream)
                                                  : g_strdup_printf ("service:%s", service);
  const char            *name;
  va_list                args;

  va_start (args, error);
  while ((name = va_arg (args, const char *)) != NULL)
    json_object_set_string_member (details, name, va_arg (args, const char *));
  va_end (args);
  return shy_journal_append (connection, action, subject, node, error);
}
