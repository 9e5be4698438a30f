/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-personal.h"

#include "shy-error.h"
#include "store/shy-connection-private.h"

#include <glib/gi18n-lib.h>

/*
 * Columns with personal data are listed in the table shy_personal_field, by the migration that
 * makes them. They are read and written through shy_personal_unseal() and shy_personal_seal(), or
 * their like for bytes, and through nothing else, are in no index, and are compared in C, never in
 * SQL: so they can be encrypted at rest by changing these functions and re-writing the rows.
 */

static gboolean
load_fields (ShyConnection  *self,
             GError        **error)
{
  g_autoptr (GHashTable)   fields = NULL;
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  if (self->personal != NULL)
    return TRUE;

  statement = shy_connection_prepare (
    self, "SELECT table_name, column_name, kind FROM shy_personal_field", error);
  if (statement == NULL)
    return FALSE;

  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (shy_statement_step (statement, &local))
    g_hash_table_insert (fields,
                         g_strconcat (shy_statement_get_text (statement, 0), ".",
                                      shy_statement_get_text (statement, 1), NULL),
                         shy_statement_dup_text (statement, 2));

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->personal = g_steal_pointer (&fields);
  return TRUE;
}

static gboolean
is_marked (ShyConnection  *self,
           const char     *field,
           GError        **error)
{
  if (!load_fields (self, error))
    return FALSE;
  if (g_hash_table_contains (self->personal, field))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is a table and its column, as subsidy_case.name. */
               _("The column “%s” holds personal data but is not marked so in the database. "
                 "Tell those who maintain the program; nothing was stored."),
               field);
  return FALSE;
}

/**
 * shy_personal_seal: (skip)
 * @connection: a connection
 * @field: table and column, as "subsidy_case.name", marked in `shy_personal_field`
 * @row: the identifier of the row, which sealing will bind the value to
 * @clear: (nullable): personal data in clear
 * @error: return location for an error
 *
 * Makes what is stored in a personal column. Today this is the value itself; encryption at rest
 * comes in here.
 *
 * Returns: (nullable) (transfer full): what to store; %NULL for no value, or with @error set
 */
char *
shy_personal_seal (ShyConnection  *connection,
                   const char     *field,
                   gint64          row,
                   const char     *clear,
                   GError        **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return is_marked (connection, field, error) ? g_strdup (clear) : NULL;
}

/**
 * shy_personal_unseal: (skip)
 * @connection: a connection
 * @field: table and column, as "subsidy_case.name", marked in `shy_personal_field`
 * @row: the identifier of the row
 * @sealed: (nullable): what is stored
 * @error: return location for an error
 *
 * Reads what [func@personal_seal] made.
 *
 * Returns: (nullable) (transfer full): the value in clear; %NULL for no value, or with @error set
 */
char *
shy_personal_unseal (ShyConnection  *connection,
                     const char     *field,
                     gint64          row,
                     const char     *sealed,
                     GError        **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return is_marked (connection, field, error) ? g_strdup (sealed) : NULL;
}

/**
 * shy_personal_seal_bytes: (skip)
 * @connection: a connection
 * @field: table and column, as "subsidy_case.name", marked in `shy_personal_field`
 * @row: the identifier of the row, which sealing will bind the value to
 * @clear: personal data in clear, but perhaps packed
 * @error: return location for an error
 *
 * Makes what is stored, like [func@personal_seal], of data that is no text.
 *
 * Returns: (nullable) (transfer full): what to store; %NULL with @error set
 */
GBytes *
shy_personal_seal_bytes (ShyConnection  *connection,
                         const char     *field,
                         gint64          row,
                         GBytes         *clear,
                         GError        **error)
{
  g_return_val_if_fail (connection != NULL && clear != NULL, NULL);

  return is_marked (connection, field, error) ? g_bytes_ref (clear) : NULL;
}

/**
 * shy_personal_unseal_bytes: (skip)
 * @connection: a connection
 * @field: table and column, as "subsidy_case.name", marked in `shy_personal_field`
 * @row: the identifier of the row
 * @sealed: what is stored
 * @error: return location for an error
 *
 * Reads what [func@personal_seal_bytes] made.
 *
 * Returns: (nullable) (transfer full): the data in clear; %NULL with @error set
 */
GBytes *
shy_personal_unseal_bytes (ShyConnection  *connection,
                           const char     *field,
                           gint64          row,
                           GBytes         *sealed,
                           GError        **error)
{
  g_return_val_if_fail (connection != NULL && sealed != NULL, NULL);

  return is_marked (connection, field, error) ? g_bytes_ref (sealed) : NULL;
}

static gboolean
find_one (ShyConnection  *self,
          const char     *sql,
          const char     *message,
          GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (self, sql, error);
  g_autoptr (GError)       local = NULL;

  if (statement == NULL)
    return FALSE;
  if (shy_statement_step (statement, &local))
    {
      g_autofree char *where = g_strconcat (shy_statement_get_text (statement, 0), ".",
                                            shy_statement_get_text (statement, 1), NULL);

      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, message, where);
      return FALSE;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_personal_check: (skip)
 * @connection: a connection
 * @error: return location for an error
 *
 * Looks at every table whether the marks are right: a marked column is there, and no index holds
 * it. Each migration ends with this check, and is undone if it fails.
 *
 * Errors: %SHY_ERROR_INVALID naming the column.
 *
 * Returns: whether all is well
 */
gboolean
shy_personal_check (ShyConnection  *connection,
                    GError        **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return find_one (connection,
                   "SELECT p.table_name, p.column_name FROM shy_personal_field p "
                   "WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(p.table_name) c "
                   "WHERE c.name = p.column_name)",
                   _("The column “%s” is marked as personal data but does not exist. Tell those who "
                     "maintain the program."),
                   error) &&
         find_one (connection,
                   "SELECT p.table_name, p.column_name FROM shy_personal_field p "
                   "JOIN pragma_index_list(p.table_name) l "
                   "LEFT JOIN sqlite_master m ON m.type = 'index' AND m.name = l.name "
                   "WHERE EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) i "
                   "WHERE i.name = p.column_name) OR instr(m.sql, p.column_name) > 0",
                   _("The column “%s” holds personal data but an index copies it. Tell those who "
                     "maintain the program."),
                   error);
}
