/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-book-private.h"

#include "shy-error.h"
#include "shy-file.h"
#include "shy-new-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* The files of accepted updates: each is there whole or not at all. */

/*< private >
 * shy_update_build_path:
 * @update: an update
 *
 * Returns: (transfer full) (type filename): where its content stands when it is in force
 */
char *
shy_update_build_path (const ShyUpdate *update)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (update->kind == SHY_UPDATE_CALENDAR)
    return shy_calendar_build_own_path ();
  folder = shy_policy_registry_build_own_folder ();
  /* No two contents have one name: an id and a version may be read in two ways. */
  name = g_strdup_printf ("%s@%.16s.json", update->id, update->digest);
  return g_build_filename (folder, name, NULL);
}

/*< private >
 * shy_update_read_replaced:
 * @update: an update that is not installed
 *
 * Returns: (transfer full) (nullable): what stands where it will stand
 */
char *
shy_update_read_replaced (const ShyUpdate *update)
{
  g_autofree char *path = shy_update_build_path (update);
  char            *text = NULL;

  if (update->kind == SHY_UPDATE_POLICY_PACK)
    return NULL; /* each has a file of its own */
  shy_file_get_contents (path, &text, NULL, NULL);
  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : (g_free (text), NULL);
}

static gboolean
fail (const char *path, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("“%s” cannot be written (%s). Make room or ask for the right to write there; "
                 "the decision is noted, and takes effect when the program is started again."),
               shown, reason);
  return FALSE;
}

static gboolean
write_whole (const char *path, const char *text, GError **error)
{
  g_autofree char   *folder = g_path_get_dirname (path);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (folder, shy_error_say_errno (errno), error);
  return shy_new_file_write (path, text, -1, TRUE, &local) || fail (path, local->message, error);
}

/*< private >
 * shy_update_install:
 * @update: an accepted update
 * @error: return location for an error
 *
 * Puts the content where the program reads it. May be done again.
 *
 * Returns: whether it is there
 */
gboolean
shy_update_install (const ShyUpdate *update, GError **error)
{
  g_autofree char *path = shy_update_build_path (update);
  g_autofree char *text = g_strconcat (update->content, "\n", NULL);

  return write_whole (path, text, error);
}

/*< private >
 * shy_update_uninstall:
 * @update: an update that was taken back
 * @replaced: (nullable): what stood there before
 * @error: return location for an error
 *
 * Puts back what stood there before the update. May be done again.
 *
 * Returns: whether it is so
 */
gboolean
shy_update_uninstall (const ShyUpdate *update, const char *replaced, GError **error)
{
  g_autofree char *path = shy_update_build_path (update);

  if (replaced != NULL)
    return write_whole (path, replaced, error);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return fail (path, shy_error_say_errno (errno), error);
  shy_new_file_sync_folder (path);
  return TRUE;
}
