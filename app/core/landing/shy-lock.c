/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-private.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* One pull at a time for each service, in whatever program. Who pulls renews the lock; whose
 * program has ended, or has not renewed it for long, has lost it. */

/* A lock without a beat for so long is nobody's, in seconds. */
#define STALE_SECONDS 120

/* When a process began, in ticks, so that its number used again is not taken for it. */
static char *
read_start (long pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%ld/stat", pid);
  g_autofree char *text = NULL;
  const char      *behind;
  g_auto (GStrv)   words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  behind = strrchr (text, ')');
  words = behind != NULL ? g_strsplit (behind + 1, " ", -1) : NULL;
  return words != NULL && g_strv_length (words) > 20 ? g_strdup (words[20]) : NULL;
}

/* Where numbers of processes are the same: since this start of the system, in this name space. */
static char *
read_realm (void)
{
  g_autofree char *boot = NULL;
  g_autofree char *space = g_file_read_link ("/proc/self/ns/pid", NULL);

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
    return g_strdup ("?");
  g_strstrip (boot);
  return g_strconcat (boot, space, NULL);
}

/* Names a pull of this process, unlike any other. */
char *
shy_lock_new_owner (void)
{
  static gint      count;
  g_autofree char *realm = read_realm ();
  g_autofree char *start = read_start ((long) getpid ());

  return g_strdup_printf ("%s/%ld/%s/%d", realm, (long) getpid (), start != NULL ? start : "",
                          g_atomic_int_add (&count, 1));
}

/* Whether the program that holds a lock has surely ended. */
static gboolean
is_dead (const char *owner)
{
  g_auto (GStrv)   parts = g_strsplit (owner, "/", -1);
  g_autofree char *realm = read_realm ();
  g_autofree char *start = NULL;

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], realm))
    return FALSE;
  start = read_start (strtol (parts[1], NULL, 10));
  return g_strcmp0 (start, parts[2]) != 0;
}

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
is_held (const char *owner, gint64 beat)
{
  return ABS (now_seconds () - beat) < STALE_SECONDS && !is_dead (owner);
}

static gboolean
look (ShyConnection *connection, const char *service, GError **error)
{
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error, "SELECT owner, beat FROM shy_service_lock WHERE service = $1",
                   "s", service);

  return row != NULL && shy_statement_step (row, error) &&
         is_held (shy_statement_get_text (row, 0), shy_statement_get_int64 (row, 1));
}

/* Whether somebody pulls from the service. */
gboolean
shy_lock_is_taken (ShyConnection *connection, const char *service)
{
  return look (connection, service, NULL);
}

/* Takes the lock, or fails with %SHY_ERROR_BUSY. */
gboolean
shy_lock_take (ShyConnection *connection, const char *service, const char *owner, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (look (connection, service, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                   _("Data of the service “%s” is being pulled already, in this program or another. "
                     "Wait until that is done, or cancel it there."), service);
      return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return shy_sql_run (connection, error,
                      "INSERT INTO shy_service_lock (service, owner, beat) VALUES ($1, $2, $3) "
                      "ON CONFLICT (service) DO UPDATE SET owner = excluded.owner, "
                      "beat = excluded.beat", "ssi", service, owner, now_seconds ());
}

/* Renews the lock. Fails where it was lost, so that who lost it writes nothing more. */
gboolean
shy_lock_keep (ShyConnection *connection, const char *service, const char *owner, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (shy_sql_int64 (connection, &local, 0,
                     "UPDATE shy_service_lock SET beat = $3 WHERE service = $1 AND owner = $2 "
                     "RETURNING 1", "ssi", service, owner, now_seconds ()) == 1)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                 _("The pull from “%s” ended: the service was removed, its data deleted, or another "
                   "program has taken over."), service);
  return FALSE;
}

gboolean
shy_lock_drop (ShyConnection *connection, const char *service, const char *owner, GError **error)
{
  return shy_sql_run (connection, error,
                      "DELETE FROM shy_service_lock WHERE service = $1 AND owner = $2", "ss",
                      service, owner);
}
