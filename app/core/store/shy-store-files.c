/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-store.h"

#include "shy-error.h"

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
