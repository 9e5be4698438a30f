/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-store.h"

/**
 * shy_store_dup_default_path:
 *
 * Returns: (transfer full) (type filename): the person's own database, `shanye/shanye.db` in the
 *   folder `$XDG_DATA_HOME`
 */
char *
shy_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", "shanye.db", NULL);
}

static gboolean
collect_problems (ShyConnection  *connection,
                  const char     *sql,
                  GPtrArray      *problems,
                  GError        **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (connection, sql, error);
  g_autoptr (GError)       local = NULL;

  if (rows == NULL)
    return FALSE;

  while (shy_statement_step (rows, &local))
    g_ptr_array_add (problems, shy_statement_dup_text (rows, 0));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_job (ShyConnection  *connection,
           gpointer        data,
           GCancellable   *cancellable,
           GError        **error)
{
  return collect_problems (connection,
                           "SELECT integrity_check FROM pragma_integrity_check "
                           "WHERE integrity_check <> 'ok'",
                           data, error) &&
         collect_problems (connection,
                           "SELECT \"table\" || ' → ' || parent FROM pragma_foreign_key_check", data,
                           error);
}

/**
 * shy_store_check:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads the whole database and looks whether it is sound. Blocks: it takes as long
 * as reading the file does.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, in SQLite's words; empty if nothing
 *   is; %NULL with @error set if it cannot be read
 */
GPtrArray *
shy_store_check (ShyStore      *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (SHY_IS_STORE (self), NULL);

  return shy_store_run (self, SHY_STORE_READ, check_job, problems, cancellable, error)
           ? g_steal_pointer (&problems) : NULL;
}
