/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1 /* F_OFD_SETLK, renameat2 */
#endif
#include "config.h"

#include "store/shy-store.h"

#include "shy-error.h"
#include "shy-process.h"
#include "store/shy-journal.h"
#include "store/shy-migrations-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A copy takes the place of a database in such steps that whoever is stopped between two of them, by a
 * signal or a loss of power, finds a whole database under the name: the old one or the new one.
 *
 * The old file gets a second name beside its first; the new one is written beside, seen to be on the
 * disk, and renamed over. Before that what the old one has in its log is brought into the file itself,
 * for a log that is left would be taken for the new one's.
 */

/* Where SQLite puts its locks (sqlite.org/fileformat2.html, “the lock-byte page”), and how many. */
#define LOCK_BYTE 0x40000000
#define LOCK_BYTES 512

#define TRIES 100

static char *
describe_process (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", (int) pid);
  g_autofree char *name = NULL;

  if (pid <= 0 || !g_file_get_contents (path, &name, NULL, NULL))
    return NULL;
  /* Translators: the name of a program, and the number of its process. */
  return g_strdup_printf (_("%s, process %d"), g_strchomp (name), (int) pid);
}

/* A lock of an open file description asks nobody's number; the old kind is asked for it. */
static gboolean
fail_open (const char *path, int fd, GError **error)
{
  struct flock     who = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_BYTE,
                           .l_len = LOCK_BYTES };
  g_autofree char *holder = NULL;

  if (fcntl (fd, F_GETLK, &who) == 0 && who.l_type != F_UNLCK)
    holder = describe_process (who.l_pid);
  if (holder != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                 /* Translators: the second %s is a program and its process. */
                 _("The database “%s” is open in another program (%s). Close it, then restore again. "
                   "Nothing was changed."), path, holder);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                 _("The database “%s” is open in another program. Close it, then restore again. "
                   "Nothing was changed."), path);
  return FALSE;
}

/* Takes the lock that nobody else can have beside one of his; -1 with the error set. */
static int
lock_alone (const char *path, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_BYTE,
                        .l_len = LOCK_BYTES };
  int          fd = open (path, O_RDWR | O_CLOEXEC);

  if (fd < 0)
    {
      shy_new_file_set_error (path, errno, error);
      return -1;
    }
  if (fcntl (fd, F_OFD_SETLK, &lock) == 0)
    return fd;

  fail_open (path, fd, error);
  close (fd);
  return -1;
}

/* Brings the log into the file. A damaged one cannot be helped: it is kept with its log. */
static void
take_in_log (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    sqlite3_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  sqlite3_close_v2 (db);
}

static gboolean
fail_keep (const char *path, int reason, GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("The file “%s” cannot be kept under another name (%s). Ask for the right to write its "
                 "folder. Nothing was changed."), path, shy_error_say_errno (reason));
  return FALSE;
}

/* Gives a file a second name that nothing has yet. */
static gboolean
keep_part (const char *path, const char *aside, const char *suffix, GError **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  return link (from, to) == 0 || (errno == ENOENT && *suffix != '\0') ||
         fail_keep (from, errno, error);
}

static char *
name_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *time = g_date_time_format (now, "%Y%m%d-%H%M%S");

  for (guint i = 0; i < TRIES; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup_printf ("%s.replaced-%s", path, time)
                                     : g_strdup_printf ("%s.replaced-%s-%u", path, time, i);

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
  return g_strdup_printf ("%s.replaced-%s-%08x", path, time, g_random_int ());
}

static void
drop_side_files (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  unlink (log);
  unlink (index);
  shy_new_file_sync_folder (path);
}

/* Keeps the old database under another name, and leaves it under its own. */
static char *
keep_old (const char *path, GError **error)
{
  g_autofree char *aside = name_aside (path);

  if (!keep_part (path, aside, "-wal", error) || !keep_part (path, aside, "", error))
    return NULL;
  if (!shy_new_file_sync_folder (path))
    {
      fail_keep (path, errno, error);
      return NULL;
    }
  drop_side_files (path);
  return g_steal_pointer (&aside);
}

/*
 * Where the file system gives no second names (FAT), the two files change their names at once, and
 * the old one then gets its own.
 */
static gboolean
exchange (ShyNewFile *file, const char *path, const char *aside)
{
  const char *temporary = shy_new_file_get_temporary (file);

  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
    return FALSE;
  rename (temporary, aside);
  shy_new_file_sync_folder (path);
  return TRUE;
}

static gboolean
replace (ShyNewFile *file, const char *path, char **aside, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *other = NULL;

  *aside = keep_old (path, &local);
  if (*aside != NULL)
    {
      if (shy_new_file_commit (file, TRUE, error))
        return TRUE;
      g_clear_pointer (aside, g_free);
      return FALSE;
    }
  other = name_aside (path);
  if (fsync (shy_new_file_get_fd (file)) == 0 && exchange (file, path, other))
    {
      *aside = g_steal_pointer (&other);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What the database that is replaced holds and the copy lacks. */
typedef struct
{
  gint64 number;       /* of the head of its journal */
  char  *hash;         /* (owned) (nullable): NULL if it could not be read */
  gint64 entries;      /* of its journal that the copy lacks */
  gint64 applications; /* that these entries stored or changed */
} Loss;

static char *
dup_hash (ShyConnection *connection, gint64 number)
{
  g_autoptr (ShyStatement) row =
    shy_connection_prepare (connection, "SELECT hash FROM shy_journal WHERE number = $1", NULL);

  if (row == NULL)
    return NULL;
  shy_statement_bind_int64 (row, "$1", number);
  return shy_statement_step (row, NULL) ? shy_statement_dup_text (row, 0) : NULL;
}

/* Two journals that are chained by hash agree up to one entry, and in none behind it. */
static gint64
find_common (ShyConnection *one, ShyConnection *other, gint64 most)
{
  gint64 common = 0;

  while (common < most)
    {
      gint64           middle = common + (most - common + 1) / 2;
      g_autofree char *first = dup_hash (one, middle);
      g_autofree char *second = dup_hash (other, middle);

      if (first != NULL && g_strcmp0 (first, second) == 0)
        common = middle;
      else
        most = middle - 1;
    }
  return common;
}

/* Applications stand in the tables of plugins, whose names end in “_case” by custom. */
static gint64
count_applications (ShyConnection *old, gint64 common)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (
    old,
    "SELECT COUNT(DISTINCT source || ' ' || key) FROM shy_bound WHERE source LIKE '%~_case' ESCAPE '~' "
    "AND change > (SELECT COALESCE(MAX(json_extract(details, '$.bound.change')), 0) FROM shy_journal "
    "WHERE number <= $1)", NULL);

  if (rows == NULL)
    return 0;
  shy_statement_bind_int64 (rows, "$1", common);
  return shy_statement_step (rows, NULL) ? shy_statement_get_int64 (rows, 0) : 0;
}

/* A database that cannot be read any more is what copies are for: it says nothing. */
static void
find_loss (const char *path, ShyConnection *copy, Loss *loss)
{
  ShyConnection   *old = shy_connection_open (path, SHY_CONNECTION_READ_ONLY, NULL);
  g_autofree char *hash = NULL;
  gint64           number = 0;
  gint64           common;

  if (old == NULL)
    return;
  if (shy_migrations_are_ours (old, NULL) &&
      shy_journal_read_head (old, &loss->number, &loss->hash, NULL))
    {
      shy_journal_read_head (copy, &number, &hash, NULL);
      common = find_common (old, copy, MIN (number, loss->number));
      loss->entries = loss->number - common;
      loss->applications = loss->entries > 0 ? count_applications (old, common) : 0;
    }
  shy_connection_close (old);
}

/* Grants that are forgotten are paid a second time: somebody has to want it. */
static gboolean
may_lose (const char *path, const Loss *loss, gboolean force, GError **error)
{
  g_autofree char *entries = NULL;
  g_autofree char *applications = NULL;
  g_autofree char *said = NULL;

  if (loss->entries == 0)
    return TRUE;
  entries = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d entry of its journal",
                                          "%d entries of its journal", (gulong) loss->entries),
                             (int) loss->entries);
  applications = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d application", "%d applications",
                                               (gulong) loss->applications),
                                  (int) loss->applications);
  if (!force)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   /* Translators: a file, “3 entries of its journal”, “2 applications”. */
                   _("The copy lacks what the database “%s” holds: %s, which stored or changed %s. What "
                     "was granted there would be granted again. Nothing was changed: say --force, and "
                     "--reason TEXT why, if that is meant."), path, entries, applications);
      return FALSE;
    }
  /* The caller names the file that keeps them. */
  said = g_strdup_printf (
    /* Translators: “3 entries of its journal”, “2 applications”. */
    _("The copy lacks %s of the database that it replaces, which stored or changed %s."), entries,
    applications);
  shy_process_notice (said);
  return TRUE;
}

/* The journal of the restored database says in whose place it came, before it has the name. */
static gboolean
note_restore (const char *file, const Loss *loss, const char *reason, GError **error)
{
  ShyConnection       *connection = shy_connection_open (file, SHY_CONNECTION_CREATE, error);
  JsonObject          *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  gboolean             done = FALSE;

  json_object_set_int_member (object, "replaced_number", loss->number);
  json_object_set_string_member (object, "replaced_head", loss->hash);
  json_object_set_int_member (object, "lost_entries", loss->entries);
  json_object_set_int_member (object, "lost_applications", loss->applications);
  if (reason != NULL)
    json_object_set_string_member (object, "reason", reason);
  if (connection != NULL && shy_connection_begin (connection, TRUE, error))
    {
      done = shy_journal_append (connection, "register.restore", "database", node, error);
      if (done)
        done = shy_connection_commit (connection, error);
      else
        shy_connection_rollback (connection);
    }
  if (connection != NULL)
    shy_connection_close (connection);
  json_object_unref (object);
  return done;
}

static gboolean
put_in_place (ShyConnection *connection, const char *path, gboolean force, const char *reason,
              char **aside, GError **error)
{
  g_autoptr (ShyNewFile) file = NULL;
  g_autofree char       *hash = NULL;
  Loss                   loss = { 0 };
  gboolean               done;
  int                    fd = lock_alone (path, error);

  if (fd < 0)
    return FALSE;
  close (fd);
  take_in_log (path);
  find_loss (path, connection, &loss);
  hash = loss.hash;
  take_in_log (path); /* and what reading left beside it */
  if (!may_lose (path, &loss, force, error))
    return FALSE;
  file = shy_new_file_create (path, error);
  if (file == NULL || !shy_connection_write_copy (connection, file, error) ||
      (loss.hash != NULL &&
       !note_restore (shy_new_file_get_temporary (file), &loss, reason, error)))
    return FALSE;

  /* Whoever opens the old file from here on waits, and then finds that it lost its name. */
  fd = lock_alone (path, error);
  if (fd < 0)
    return FALSE;
  done = replace (file, path, aside, error);
  close (fd);
  return done;
}

/**
 * shy_store_restore:
 * @path: (type filename): where the database belongs
 * @copy: (type filename): a copy, as [method@Store.backup] or a migration made it
 * @force: whether entries of the journal that the copy lacks may be lost
 * @reason: (nullable): why, for the journal
 * @aside: (out) (optional) (nullable) (transfer full) (type filename): the new name of the database
 *   that was there, %NULL if none was
 * @error: return location for an error
 *
 * Puts a copy in the place of a database. What was there is kept under another name. Whatever stops
 * it, the old or the new database is in place, whole. The journal of the restored database tells of the
 * head of the one that it replaced. A copy that cannot be read is refused before
 * anything is changed, and so is a database that anybody has open. Blocks.
 *
 * Errors: as [ctor@Store.open_read_only] for @copy; %SHY_ERROR_BUSY naming who has @path open;
 * %SHY_ERROR_USAGE if something would be lost without @force;
 * %SHY_ERROR_NO_SPACE, %SHY_ERROR_READ_ONLY.
 *
 * Returns: whether the copy is in place
 */
gboolean
shy_store_restore (const char  *path,
                   const char  *copy,
                   gboolean     force,
                   const char  *reason,
                   char       **aside,
                   GError     **error)
{
  g_autoptr (ShyConnection) connection = NULL;
  g_autofree char          *kept = NULL;

  g_return_val_if_fail (path != NULL && copy != NULL, FALSE);

  if (!shy_connection_check_file (path, error))
    return FALSE;
  connection = shy_connection_open (copy, SHY_CONNECTION_READ_ONLY, error);
  if (connection == NULL || !shy_migrations_are_ours (connection, error) ||
      !shy_new_file_check_apart (path, copy, error))
    return FALSE;

  if (g_file_test (path, G_FILE_TEST_EXISTS)
        ? !put_in_place (connection, path, force, reason, &kept, error)
        : !shy_connection_copy_to (connection, path, error))
    return FALSE;
  if (aside != NULL)
    *aside = g_steal_pointer (&kept);
  return TRUE;
}
