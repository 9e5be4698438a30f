/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-data.h"

#include "shy-error.h"
#include "shy-file.h"

#include <glib/gi18n-lib.h>

/**
 * shy_data_get_dir:
 *
 * Gets the folder of the data the program ships: counties, calendars, policies, migrations.
 *
 * The environment variable `SHANYE_DATA_DIR` replaces it, so that a build runs uninstalled.
 *
 * Returns: the absolute path of the folder
 */
const char *
shy_data_get_dir (void)
{
  const char *dir = g_getenv ("SHANYE_DATA_DIR");

  return dir != NULL && *dir != '\0' ? dir : SHY_PKGDATADIR;
}

/**
 * shy_data_build: (skip)
 * @first: the first element below the data folder
 * @...: further elements, ended by %NULL
 *
 * Returns: (transfer full): the path of a file or folder below the data folder
 */
char *
shy_data_build (const char *first, ...)
{
  g_autofree char *below = NULL;
  va_list          args;

  g_return_val_if_fail (first != NULL, NULL);

  va_start (args, first);
  below = g_build_filename_valist (first, &args);
  va_end (args);

  return g_build_filename (shy_data_get_dir (), below, NULL);
}

/**
 * shy_data_load:
 * @name: a path below the data folder, as "calendars/cn.json"
 * @error: return location for an error
 *
 * Loads a file that the program ships. Blocks: call it at start-up or on a worker thread.
 *
 * Errors: %SHY_ERROR_NOT_FOUND with the full path.
 *
 * Returns: (transfer full): the contents, or %NULL with @error set
 */
GBytes *
shy_data_load (const char  *name,
               GError     **error)
{
  g_autofree char   *path = NULL;
  g_autoptr (GError) local = NULL;
  char              *contents;
  gsize              length;

  g_return_val_if_fail (name != NULL, NULL);

  path = shy_data_build (name, NULL);
  if (shy_file_get_contents (path, &contents, &length, &local))
    return g_bytes_new_take (contents, length);

  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("The data file “%s” cannot be read (%s). Install the program again."),
               path, local->message);
  return NULL;
}
