/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-connection-private.h"

#include "shy-error.h"
#include "shy-process.h"
#include "store/shy-binding-private.h"
#include "store/shy-statement-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a statement waits for another process before it says so, in milliseconds. */
static int patience = 30000;

/*
 * WAL and FULL: what was confirmed survives a loss of power. Deleted personal data is overwritten,
 * and what is sorted stays in memory, never in a file below /tmp.
 */
#define SETTINGS \
  "PRAGMA synchronous = FULL;" \
  "PRAGMA foreign_keys = ON;" \
  "PRAGMA secure_delete = ON;" \
  "PRAGMA temp_store = MEMORY;" \
  "PRAGMA trusted_schema = OFF;" \
  "PRAGMA cell_size_check = ON;"

static void
idle_free (gpointer data)
{
  g_ptr_array_unref (data);
}

/*
 * Triggers and views of the file run in no connection of this program: those that belong to it are
 * there against other programs, and one that another program added would change what is stored within
 * the very transaction that binds it. Nor can the schema be written by hand.
 */
static void
trust_nothing (sqlite3 *db)
{
  static const struct { int option; int value; } settings[] = {
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    sqlite3_db_config (db, settings[i].option, settings[i].value, NULL);
}

/* The journal only grows, whatever a job tries: what the triggers do against other programs. */
static int
authorize_cb (void       *data,
              int         action,
              const char *table,
              const char *column,
              const char *schema,
              const char *source)
{
  if ((action == SQLITE_UPDATE && g_str_equal (table, "shy_journal")) ||
      (action == SQLITE_DELETE && (g_str_equal (table, "shy_journal") ||
                                   g_str_equal (table, "shy_journal_head"))))
    return SQLITE_DENY;
  return SQLITE_OK;
}

static ShyConnection *
connection_new (const char *path)
{
  ShyConnection *self = g_new0 (ShyConnection, 1);

  self->path = g_strdup (path);
  self->actor = g_strdup (g_get_user_name ());
  self->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, idle_free);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* A copy by hand, or a restored backup, may be open to all; its side files then too. */
static void
take_from_others (const char *path,
                  int         fd)
{
  static const char *const suffixes[] = { "-wal", "-shm" };
  g_autofree char         *sentence = NULL;
  struct stat              there;

  if (fstat (fd, &there) != 0 || (there.st_mode & 0077) == 0 || fchmod (fd, 0600) != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *side = g_strconcat (path, suffixes[i], NULL);

      g_chmod (side, 0600);
    }
  sentence = g_strdup_printf (_("Other users of this computer could read the database “%s”. That right "
                                "was taken away."), path);
  shy_process_notice (sentence);
}

/* Only its owner may read a file that holds personal data; SQLite gives its side files the same. */
static gboolean
create_private (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              reason;
  int              fd;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd >= 0)
        {
          take_from_others (path, fd);
          close (fd);
          return TRUE;
        }
    }

  reason = errno;
  g_set_error (error, SHY_ERROR,
               reason == ENOSPC || reason == EDQUOT ? SHY_ERROR_NO_SPACE : SHY_ERROR_READ_ONLY,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("The database “%s” cannot be opened for writing (%s). Ask for the right to write "
                 "the file and its folder, or name another database with --database."),
               path, shy_error_say_errno (reason));
  return FALSE;
}

static gboolean
use_wal (ShyConnection  *self,
         GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (self, "PRAGMA journal_mode = WAL", error);
  if (statement == NULL)
    return FALSE;
  if (!shy_statement_step (statement, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_strcmp0 (shy_statement_get_text (statement, 0), "wal") == 0)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The database “%s” lies on a disk that cannot keep it safely, such as a network "
                 "share. Name a database on a disk of this computer with --database."),
               self->path);
  return FALSE;
}

static gboolean
prepare_writing (ShyConnection  *self,
                 GError        **error)
{
  if (sqlite3_db_readonly (self->db, "main") == 1)
    return shy_connection_fail (self, SQLITE_READONLY, error);

  return use_wal (self, error);
}

/* For tests: of connections that are opened from now on. */
void
shy_connection_set_patience (int milliseconds)
{
  patience = milliseconds;
}

static ShyConnection *
connect_to (const char  *path,
            const char  *name,
            int          flags,
            GError     **error)
{
  g_autoptr (ShyConnection) self = connection_new (path);
  gboolean                  write = (flags & SQLITE_OPEN_READWRITE) != 0;
  int                       code;

  code = sqlite3_open_v2 (name, &self->db,
                          flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      shy_connection_fail (self, code, error);
      return NULL;
    }

  sqlite3_busy_timeout (self->db, patience);
  trust_nothing (self->db);
  sqlite3_set_authorizer (self->db, authorize_cb, NULL);
  if (!shy_connection_script (self, SETTINGS, error) ||
      (write && !prepare_writing (self, error)) ||
      shy_connection_query_int64 (self, "SELECT COUNT(*) FROM sqlite_master", -1, error) < 0)
    return NULL;

  return g_steal_pointer (&self);
}

/*
 * A copy on a medium that nobody can write, such as an auditor's disk: SQLite would want to make a
 * side file. Without a log beside it nobody is writing, so the file may be taken as it is.
 */
static ShyConnection *
connect_immutable (const char  *path,
                   GError     **error)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *log = g_strconcat (canonical, "-wal", NULL);
  g_autofree char *uri = g_filename_to_uri (canonical, NULL, NULL);
  g_autofree char *name = g_strconcat (uri, "?immutable=1", NULL);

  if (g_file_test (log, G_FILE_TEST_EXISTS))
    return NULL;

  return connect_to (path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

/* SQLite would wait for ever for what nobody writes into a pipe. */
gboolean
shy_connection_check_file (const char  *path,
                           GError     **error)
{
  struct stat there;

  if (g_stat (path, &there) != 0 || S_ISREG (there.st_mode) || S_ISDIR (there.st_mode))
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("“%s” is a pipe or a device and not a file, and cannot be a database. Name a file."),
               path);
  return FALSE;
}

ShyConnection *
shy_connection_open (const char         *path,
                     ShyConnectionMode   mode,
                     GError            **error)
{
  g_autoptr (GError) local = NULL;
  ShyConnection     *opened;

  if (!shy_connection_check_file (path, error))
    return NULL;
  if (mode == SHY_CONNECTION_CREATE)
    return create_private (path, error) ? connect_to (path, path, SQLITE_OPEN_READWRITE, error)
                                        : NULL;
  if (mode == SHY_CONNECTION_READER)
    {
      opened = connect_to (path, path, SQLITE_OPEN_READONLY, error);
      if (opened != NULL)
        opened->beside = TRUE;
      return opened;
    }

  opened = connect_to (path, path, SQLITE_OPEN_READONLY, &local);
  if (opened == NULL && g_error_matches (local, SHY_ERROR, SHY_ERROR_READ_ONLY))
    opened = connect_immutable (path, NULL);
  if (opened == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return opened;
}

void
shy_connection_close (ShyConnection *self)
{
  if (self->lent > 0)
    g_critical ("%u statements were not given back", self->lent);

  g_hash_table_unref (self->idle);
  g_hash_table_unref (self->touched);
  g_clear_pointer (&self->personal, g_hash_table_unref);
  g_clear_pointer (&self->search, shy_search_key_free);
  shy_journal_drop_pending (self);
  sqlite3_close_v2 (self->db);
  shy_binding_free (self->binding);
  g_free (self->actor);
  g_free (self->path);
  g_free (self);
}

/* Forgets what was read from the schema, after it changed. */
void
shy_connection_forget (ShyConnection *self)
{
  g_hash_table_remove_all (self->idle);
  g_clear_pointer (&self->personal, g_hash_table_unref);
  g_clear_pointer (&self->search, shy_search_key_free);
}

/* Another connection, or another process, may have brought the tables of a plugin up to date. */
static void
look_at_schema (ShyConnection *self)
{
  gint64 schema = shy_connection_query_int64 (self, "PRAGMA schema_version", -1, NULL);

  if (schema == self->schema)
    return;
  shy_connection_forget (self);
  self->schema = schema;
}

/*
 * Whether the file still has its name. Asked while the transaction holds a lock, which keeps
 * shy_store_restore() away until it ends.
 */
static gboolean
is_in_place (ShyConnection  *self,
             GError        **error)
{
  int moved = 0;

  sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (!moved)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               _("The database “%s” was replaced or moved while this program had it open. Nothing was "
                 "stored: close the program and start it again."),
               self->path);
  return FALSE;
}

gboolean
shy_connection_begin (ShyConnection  *self,
                      gboolean        write,
                      GError        **error)
{
  g_hash_table_remove_all (self->touched);
  if (!shy_connection_execute (self, write ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;

  self->writing = write;
  if (!is_in_place (self, error))
    {
      shy_connection_rollback (self);
      return FALSE;
    }
  look_at_schema (self);
  if (!write || shy_binding_begin (self, error))
    return TRUE;
  shy_connection_rollback (self);
  return FALSE;
}

gboolean
shy_connection_commit (ShyConnection  *self,
                       GError        **error)
{
  if ((!self->writing || shy_binding_finish (self, error)) &&
      shy_connection_execute (self, "COMMIT", error))
    {
      self->writing = FALSE;
      return TRUE;
    }

  shy_connection_rollback (self);
  return FALSE;
}

/* A full disk may have rolled back already, hence the question. */
void
shy_connection_rollback (ShyConnection *self)
{
  g_autoptr (GError) error = NULL;

  g_hash_table_remove_all (self->touched);
  shy_binding_drop (self);
  self->writing = FALSE;
  if (sqlite3_get_autocommit (self->db))
    return;
  if (shy_connection_execute (self, "ROLLBACK", &error))
    return;
  g_assert (error != NULL);
  g_warning ("rollback: %s", error->message);
}

/* Runs several statements from one text. */
gboolean
shy_connection_script (ShyConnection  *self,
                       const char     *sql,
                       GError        **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || shy_connection_fail (self, code, error);
}

/* Writes a compact copy that needs no side files and that only its owner may read. */
gboolean
shy_connection_write_copy (ShyConnection  *self,
                           ShyNewFile     *file,
                           GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (self, "VACUUM INTO $1", error);

  if (statement == NULL)
    return FALSE;

  shy_statement_bind_text (statement, "$1", shy_new_file_get_temporary (file));
  return shy_statement_execute (statement, error);
}

/* The same under a name that nothing has yet: the name is there when the copy is whole. */
gboolean
shy_connection_copy_to (ShyConnection  *self,
                        const char     *path,
                        GError        **error)
{
  g_autoptr (ShyNewFile) file = shy_new_file_create (path, error);

  return file != NULL && shy_connection_write_copy (self, file, error) &&
         shy_new_file_commit (file, FALSE, error);
}

/**
 * shy_connection_get_path: (skip)
 * @self: a connection
 *
 * Returns: the database file
 */
const char *
shy_connection_get_path (ShyConnection *self)
{
  return self->path;
}

/**
 * shy_connection_get_actor: (skip)
 * @self: a connection
 *
 * Returns: the person who works: the login name on this machine
 */
const char *
shy_connection_get_actor (ShyConnection *self)
{
  return self->actor;
}

/**
 * shy_connection_prepare: (skip)
 * @self: a connection
 * @sql: one statement; the parameters are named `$1`, `$2`, …
 * @error: return location for an error
 *
 * Borrows a prepared statement; the same text is parsed once.
 *
 * Returns: (transfer full): the statement, or %NULL with @error set
 */
ShyStatement *
shy_connection_prepare (ShyConnection  *self,
                        const char     *sql,
                        GError        **error)
{
  GPtrArray    *idle = g_hash_table_lookup (self->idle, sql);
  ShyStatement *statement;

  if (idle != NULL && idle->len > 0)
    statement = g_ptr_array_steal_index (idle, idle->len - 1);
  else
    statement = shy_statement_new (self, sql, error);

  if (statement != NULL)
    self->lent++;
  return statement;
}

/**
 * shy_connection_execute: (skip)
 * @self: a connection
 * @sql: one statement without parameters
 * @error: return location for an error
 *
 * Returns: whether the statement ran
 */
gboolean
shy_connection_execute (ShyConnection  *self,
                        const char     *sql,
                        GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (self, sql, error);

  return statement != NULL && shy_statement_execute (statement, error);
}

/**
 * shy_connection_query_int64: (skip)
 * @self: a connection
 * @sql: a query without parameters
 * @fallback: the answer if there is no row, or on an error
 * @error: return location for an error
 *
 * Returns: the first column of the first row
 */
gint64
shy_connection_query_int64 (ShyConnection  *self,
                            const char     *sql,
                            gint64          fallback,
                            GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (self, sql, error);

  if (statement == NULL || !shy_statement_step (statement, error))
    return fallback;

  return shy_statement_get_int64 (statement, 0);
}

/**
 * shy_connection_reserve_ids: (skip)
 * @self: a connection, in a job that writes
 * @sequence: what is numbered, by custom the table
 * @count: how many numbers are wanted, 1 or more
 * @error: return location for an error
 *
 * Reserves numbers that were never given to anything before, also not to what was deleted since.
 *
 * Returns: the first of @count consecutive numbers, or -1 with @error set
 */
gint64
shy_connection_reserve_ids (ShyConnection  *self,
                            const char     *sequence,
                            gint64          count,
                            GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;

  g_return_val_if_fail (count > 0, -1);

  statement = shy_connection_prepare (self,
                                      "INSERT INTO shy_sequence (name, last) VALUES ($1, $2) "
                                      "ON CONFLICT (name) DO UPDATE "
                                      "SET last = shy_sequence.last + excluded.last RETURNING last",
                                      error);
  if (statement == NULL)
    return -1;

  shy_statement_bind_text (statement, "$1", sequence);
  shy_statement_bind_int64 (statement, "$2", count);
  if (!shy_statement_step (statement, error))
    return -1;

  return shy_statement_get_int64 (statement, 0) - count + 1;
}

/**
 * shy_connection_dup_stamp: (skip)
 * @self: a connection
 *
 * Gets a mark of the state that the running job sees. Two jobs of one store that get the same mark see
 * the same data: nobody changed anything between them, this store included. Only where jobs write, and
 * those of %SHY_STORE_BEFORE_WRITE run, is there such a mark.
 *
 * Returns: (transfer full) (nullable): the mark, of which only equality says anything
 */
char *
shy_connection_dup_stamp (ShyConnection *self)
{
  gint64 theirs = shy_connection_query_int64 (self, "PRAGMA data_version", -1, NULL);

  g_return_val_if_fail (!self->beside, NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %d", theirs, sqlite3_total_changes (self->db));
}

/**
 * shy_connection_touch: (skip)
 * @self: a connection, in a job that writes
 * @topic: what changes, as "subsidy"
 *
 * Lets [signal@Store::changed] tell of the change, once, when the job's work has been committed.
 */
void
shy_connection_touch (ShyConnection *self,
                      const char    *topic)
{
  g_hash_table_add (self->touched, g_strdup (topic));
}
