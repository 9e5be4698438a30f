/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-connection-private.h"

#include "shy-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

static int
file_errno (sqlite3 *db,
            int      which)
{
  sqlite3_file *file = NULL;
  int           number = 0;

  if (sqlite3_file_control (db, "main", which, &file) == SQLITE_OK && file != NULL &&
      file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

/*
 * The system's reason for a failure of reading, writing or opening. sqlite3_system_errno() forgets
 * it when a write is undone, so the files are asked too: a quota or a size limit shows there only.
 */
static int
find_errno (sqlite3 *db,
            int      code)
{
  int number = 0;

  if (code != SQLITE_IOERR && code != SQLITE_CANTOPEN)
    return 0;

  number = sqlite3_system_errno (db);
  if (number == 0)
    number = file_errno (db, SQLITE_FCNTL_JOURNAL_POINTER);
  if (number == 0)
    number = file_errno (db, SQLITE_FCNTL_FILE_POINTER);
  return number;
}

static gboolean
is_full (int code,
         int system)
{
  return code == SQLITE_FULL || system == ENOSPC || system == EDQUOT || system == EFBIG;
}

static gboolean
is_read_only (int code,
              int system)
{
  return code == SQLITE_READONLY || code == SQLITE_PERM || system == EROFS || system == EACCES ||
         system == EPERM;
}

static void
fail_damaged (ShyConnection  *self,
              GError        **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               /* Translators: the first %s is a file, the second what is wrong with it. */
               _("The database “%s” is damaged (%s). “shanyectl database restore COPY” puts a copy from "
                 "the folder “backups” beside it in its place, and keeps the damaged file under "
                 "another name: give that to your support, who may read what the copy lacks."),
               self->path,
               (sqlite3_errcode (self->db) & 0xff) == SQLITE_NOTADB
                 ? _("it holds no database") : _("what it holds contradicts itself"));
}

static void
fail_other (ShyConnection  *self,
            int             code,
            int             system,
            GError        **error)
{
  if (code == SQLITE_CANTOPEN && system == ENOENT)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no database “%s”. Name one that exists with --database."), self->path);
  else if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("“%s” is a folder and no database. Name the file of a database with --database."),
                 self->path);
  else if (code == SQLITE_CONSTRAINT || code == SQLITE_AUTH)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: the first %s is a file, the second SQLite's reason. */
                 _("The database “%s” refused a record that breaks its rules (%s). Nothing was "
                   "stored."),
                 self->path,
                 code == SQLITE_AUTH ? "the journal only grows" : sqlite3_errmsg (self->db));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                 /* Translators: the first %s is a file, the second SQLite's reason. */
                 _("The database “%s” could not be used (%s). Nothing was stored."), self->path,
                 system != 0 ? shy_error_say_errno (system)
                 : code == SQLITE_IOERR ? shy_error_say_errno (EIO)
                                        : sqlite3_errmsg (self->db));
}

/*
 * Turns SQLite's result into an error of the house, which says what to do.
 * Always returns FALSE, so that callers can return it.
 */
gboolean
shy_connection_fail (ShyConnection  *self,
                     int             extended,
                     GError        **error)
{
  int code = extended & 0xff;
  int system = find_errno (self->db, code);

  if (code == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The work was cancelled."));
  else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                 _("Another program is writing to the database “%s”. Nothing was stored: wait until "
                   "it is done or close it, then try again."),
                 self->path);
  else if (is_full (code, system))
    g_set_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
                 _("The disk that holds the database “%s” is full. Nothing was stored: make room, "
                   "then try again."),
                 self->path);
  else if (is_read_only (code, system))
    g_set_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY,
                 _("The database “%s” cannot be written. Ask for the right to write the file and its "
                   "folder, or name another database with --database."),
                 self->path);
  else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    fail_damaged (self, error);
  else
    fail_other (self, code, system, error);

  return FALSE;
}
