/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-store.h"

#include "shy-error.h"
#include "store/shy-migrations-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

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
rename_part (const char  *path,
             const char  *aside,
             const char  *suffix,
             GError     **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  if (g_rename (from, to) == 0 || (errno == ENOENT && *suffix != '\0'))
    return TRUE;

  g_set_error (error, SHY_ERROR, errno == ENOENT ? SHY_ERROR_NOT_FOUND : SHY_ERROR_READ_ONLY,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("The file “%s” cannot be moved aside (%s). Ask for the right to write its folder."),
               from, g_strerror (errno));
  return FALSE;
}

/**
 * shy_store_set_aside:
 * @path: (type filename): a damaged database that nobody has open
 * @error: return location for an error
 *
 * Moves a database out of the way, with its side files and without deleting anything, so that a
 * copy can take its place.
 *
 * Returns: (transfer full) (type filename): its new name, or %NULL with @error set
 */
char *
shy_store_set_aside (const char  *path,
                     GError     **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autoptr (GDateTime)    now = g_date_time_new_now_local ();
  g_autofree char         *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char         *aside = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  aside = g_strdup_printf ("%s.damaged-%s", path, time);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (!rename_part (path, aside, suffixes[i], error))
      return NULL;

  return g_steal_pointer (&aside);
}

/**
 * shy_store_restore:
 * @path: (type filename): where the database belongs; nobody may have it open
 * @copy: (type filename): a copy, as [method@Store.backup] or a migration made it
 * @aside: (out) (optional) (nullable) (transfer full) (type filename): the new name of the database
 *   that was there, %NULL if none was
 * @error: return location for an error
 *
 * Puts a copy in the place of a database. What was there is moved aside, not deleted; a copy that
 * cannot be read is refused before anything is moved. Blocks.
 *
 * Errors: as [ctor@Store.open_read_only] for @copy, as [func@Store.set_aside] for @path.
 *
 * Returns: whether the copy is in place
 */
gboolean
shy_store_restore (const char  *path,
                   const char  *copy,
                   char       **aside,
                   GError     **error)
{
  g_autoptr (ShyConnection) connection = NULL;
  g_autofree char          *moved = NULL;

  g_return_val_if_fail (path != NULL && copy != NULL, FALSE);

  connection = shy_connection_open (copy, SHY_CONNECTION_READ_ONLY, error);
  if (connection == NULL || !shy_migrations_are_ours (connection, error))
    return FALSE;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      moved = shy_store_set_aside (path, error);
      if (moved == NULL)
        return FALSE;
    }
  if (aside != NULL)
    *aside = g_steal_pointer (&moved);
  return shy_connection_copy_to (connection, path, error);
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
