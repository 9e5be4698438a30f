/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "calendar/shy-calendar.h"

#include "shy-data.h"
#include "shy-version.h"
#include "shy-file.h"

/* Which file of days is in force, and the one calendar that the program works with. */

#define FILE_NAME "calendars/cn.json"

static ShyCalendar *
load_shipped (GError **error)
{
  g_autoptr (GBytes) bytes = shy_data_load (FILE_NAME, error);

  return bytes != NULL ? shy_calendar_new (FILE_NAME, bytes, error) : NULL;
}

static gboolean
has_version (ShyCalendar *calendar,
             const char  *version)
{
  return version != NULL && g_strcmp0 (shy_calendar_get_version (calendar), version) == 0;
}

/* Tells whether a newer program ships a later calendar than the one it was given before. */
static gboolean
is_outdated (ShyCalendar *own,
             ShyCalendar *shipped)
{
  const char *own_version = shy_calendar_get_version (own);
  const char *shipped_version = shipped != NULL ? shy_calendar_get_version (shipped) : NULL;

  return own_version != NULL && shipped_version != NULL &&
         shy_version_compare (own_version, shipped_version) < 0;
}

/**
 * shy_calendar_load:
 * @error: return location for an error
 *
 * Reads the Chinese working calendar that is in force: the file `shanye/calendars/cn.json` in the
 * user's data folder, or else the one that the program ships. Of two that both name their version,
 * the later is in force. Blocks.
 *
 * Errors: those of shy_data_load() and shy_calendar_new().
 *
 * Returns: (transfer full): the calendar, or %NULL with @error set
 */
ShyCalendar *
shy_calendar_load (GError **error)
{
  g_autofree char        *path = shy_calendar_build_own_path ();
  g_autofree char        *contents = NULL;
  g_autoptr (GBytes)      bytes = NULL;
  g_autoptr (ShyCalendar) own = NULL;
  g_autoptr (ShyCalendar) shipped = NULL;
  gsize                   length;

  if (!shy_file_get_contents (path, &contents, &length, NULL))
    return load_shipped (error);

  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  own = shy_calendar_new (path, bytes, error);
  if (own == NULL)
    return NULL;
  shipped = load_shipped (NULL);
  return is_outdated (own, shipped) ? g_steal_pointer (&shipped) : g_steal_pointer (&own);
}

/**
 * shy_calendar_build_own_path:
 *
 * Returns: (transfer full) (type filename): where a person keeps a calendar of their own; it need
 *   not be there
 */
char *
shy_calendar_build_own_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", FILE_NAME, NULL);
}

/* The calendar in use. Those that were in use stay: somebody may still hold a name from one. */
static GMutex     default_lock;
static GPtrArray *defaults; /* of ShyCalendar, the last is in use */

static ShyCalendar *
take_default (ShyCalendar *calendar)
{
  if (defaults == NULL)
    defaults = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (defaults, calendar);
  return calendar;
}

/**
 * shy_calendar_get_default:
 * @error: return location for an error
 *
 * Gets the Chinese working calendar, as shy_calendar_load() reads it at the first call. May be
 * called from any thread.
 *
 * Errors: those of shy_calendar_load().
 *
 * Returns: (transfer none): the calendar, or %NULL with @error set
 */
ShyCalendar *
shy_calendar_get_default (GError **error)
{
  ShyCalendar *found;

  g_mutex_lock (&default_lock);
  if (defaults != NULL)
    found = defaults->pdata[defaults->len - 1];
  else
    found = shy_calendar_load (error);
  if (found != NULL && defaults == NULL)
    take_default (found);
  g_mutex_unlock (&default_lock);
  return found;
}

/**
 * shy_calendar_reload_default:
 * @error: return location for an error
 *
 * Reads the Chinese working calendar again, because its file was replaced; later calls of
 * shy_calendar_get_default() give the new one. One of the version that is in use changes nothing.
 * Blocks. May be called from any thread.
 *
 * Errors: those of shy_calendar_load(); the calendar in use stays.
 *
 * Returns: whether it was read
 */
gboolean
shy_calendar_reload_default (GError **error)
{
  ShyCalendar *calendar = shy_calendar_load (error);

  if (calendar == NULL)
    return FALSE;
  g_mutex_lock (&default_lock);
  if (defaults != NULL && has_version (defaults->pdata[defaults->len - 1],
                                       shy_calendar_get_version (calendar)))
    g_object_unref (calendar);
  else
    take_default (calendar);
  g_mutex_unlock (&default_lock);
  return TRUE;
}
