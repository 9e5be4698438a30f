/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../../database.h"

#include <sqlite3.h>
#include <unistd.h>

/* A folder of its own for each test, and where a database would lie in it. */
typedef struct
{
  char *folder;
  char *path;
} Fixture;

static inline void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("shy-store-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "sub", "shanye.db", NULL);
}

static inline void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* What another program does to the file. */
static inline void
meddle (const char *path,
        const char *sql)
{
  sqlite3 *db;
  char    *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static inline ShyStore *
open_ok (const char *path)
{
  g_autoptr (GError) error = NULL;
  ShyStore          *store = shy_store_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (SHY_IS_STORE (store));
  return store;
}

static inline gboolean
script_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  for (const char *const *sql = data; *sql != NULL; sql++)
    if (!shy_connection_execute (connection, *sql, error))
      return FALSE;

  return TRUE;
}

static inline void
run_script (ShyStore          *store,
            const char *const *sql)
{
  g_autoptr (GError) error = NULL;

  shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

static inline void
make (Fixture *self)
{
  ShyStore *store = open_ok (self->path);

  g_object_unref (store);
}

/* Root may write everything, so these tests become nobody for a while. */
static inline void
step_down (Fixture *self)
{
  g_assert_no_errno (g_chmod (self->folder, 0755));
  if (geteuid () == 0)
    g_assert_no_errno (seteuid (65534));
}

static inline void
step_up (void)
{
  if (getuid () == 0)
    g_assert_no_errno (seteuid (0));
}

static inline void
overwrite (const char *path,
           long        offset,
           gsize       length)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  for (gsize i = 0; i < length; i++)
    fputc (0xa5, file);
  fclose (file);
}
