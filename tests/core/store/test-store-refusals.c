/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "store/shy-connection-private.h"

#include <signal.h>
#include <sys/resource.h>

static void
assert_refused (const char *path,
                int         code,
                const char *words)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (path, &error);

  g_assert_null (store);
  g_assert_error (error, SHY_ERROR, code);
  g_test_message ("%s", error->message);
  if (strstr (error->message, path) == NULL || strstr (error->message, words) == NULL)
    g_error ("message lacks “%s” or the file: %s", words, error->message);
}

static void
test_refuses_newer (Fixture       *self,
                    gconstpointer  data)
{
  make (self);
  meddle (self->path, "INSERT INTO shy_migration VALUES ('core', 99, 'x', 'x', 'x', '9.5')");
  assert_refused (self->path, SHY_ERROR_NEWER, "newer Shanye (9.5)");
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_IS_REGULAR));
}

static void
test_refuses_a_changed_step (Fixture       *self,
                             gconstpointer  data)
{
  make (self);
  meddle (self->path, "UPDATE shy_migration SET digest = 'x' WHERE number = 2");
  assert_refused (self->path, SHY_ERROR_INVALID, "0002-journal.sql");
}

static void
test_refuses_another_program (Fixture       *self,
                              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "other.db", NULL);

  meddle (path, "CREATE TABLE accounts (id INTEGER)");
  assert_refused (path, SHY_ERROR_INVALID, "another program");
}

static void
test_refuses_locked (Fixture       *self,
                     gconstpointer  data)
{
  static const char *const write[] = { "CREATE TABLE t (a BIGINT)", NULL };
  g_autoptr (ShyStore)     store = NULL;
  g_autoptr (GError)       error = NULL;
  sqlite3                 *other;

  shy_connection_set_patience (10);
  store = open_ok (self->path);
  sqlite3_open (self->path, &other);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_assert_false (shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) write, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, self->path));

  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);
  run_script (store, write);
  sqlite3_close (other);
  shy_connection_set_patience (5000);
}

static void
test_refuses_exclusive (Fixture       *self,
                        gconstpointer  data)
{
  sqlite3 *other;

  make (self);
  shy_connection_set_patience (10);
  sqlite3_open (self->path, &other);
  sqlite3_exec (other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", NULL, NULL, NULL);
  assert_refused (self->path, SHY_ERROR_BUSY, "Another program");
  sqlite3_close (other);
  shy_connection_set_patience (5000);
}

static void
test_refuses_read_only (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *sub = g_path_get_dirname (self->path);

  make (self);
  g_assert_no_errno (g_chmod (self->path, 0444));
  g_assert_no_errno (g_chmod (sub, 0755));
  step_down (self);
  assert_refused (self->path, SHY_ERROR_READ_ONLY, "Ask for the right to write");
  step_up ();
}

static void
test_refuses_a_read_only_folder (Fixture       *self,
                                 gconstpointer  data)
{
  g_assert_no_errno (g_chmod (self->folder, 0555));
  step_down (self);
  g_assert_no_errno (geteuid () == 65534 ? 0 : g_chmod (self->folder, 0555));
  assert_refused (self->path, SHY_ERROR_READ_ONLY, "Ask for the right to write");
  step_up ();
  g_assert_no_errno (g_chmod (self->folder, 0755));
}

/* Files may not grow past a limit: what a quota or a full disk does. */
static void
test_refuses_a_full_disk (Fixture       *self,
                          gconstpointer  data)
{
  static const char *const make_table[] = { "CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('x')",
                                            NULL };
  static const char *const fill[] = { "INSERT INTO t SELECT hex(randomblob(1000000))", NULL };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (GError)       error = NULL;
  struct rlimit            before, small;

  run_script (store, make_table);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 400 * 1024;
  setrlimit (RLIMIT_FSIZE, &small);
  shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) fill, NULL, &error);
  setrlimit (RLIMIT_FSIZE, &before);

  g_assert_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, self->path));
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, 1);
  run_script (store, fill);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, 2);
}

static void
test_refuses_a_full_database (Fixture       *self,
                              gconstpointer  data)
{
  static const char *const limit[] = { "CREATE TABLE t (a TEXT)", "PRAGMA max_page_count = 1", NULL };
  static const char *const fill[] = { "INSERT INTO t SELECT hex(randomblob(100000))", NULL };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (GError)       error = NULL;

  run_script (store, limit);
  shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) fill, NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, 0);
}

static void
test_refuses_damaged (Fixture       *self,
                      gconstpointer  data)
{
  static const struct
  {
    long  offset;
    gsize length;
  } rows[] = { { 0, 16 }, { 100, 400 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gsize            was, is;

      make (self);
      overwrite (self->path, rows[i].offset, rows[i].length);
      g_file_get_contents (self->path, &before, &was, NULL);
      assert_refused (self->path, SHY_ERROR_DAMAGED, "is damaged");
      g_file_get_contents (self->path, &after, &is, NULL);
      g_assert_cmpmem (before, was, after, is);
      g_assert_no_errno (g_remove (self->path));
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/store/refuses/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("newer", test_refuses_newer);
  ADD ("changed-step", test_refuses_a_changed_step);
  ADD ("another-program", test_refuses_another_program);
  ADD ("locked", test_refuses_locked);
  ADD ("exclusive", test_refuses_exclusive);
  ADD ("read-only", test_refuses_read_only);
  ADD ("read-only-folder", test_refuses_a_read_only_folder);
  ADD ("full-disk", test_refuses_a_full_disk);
  ADD ("full-database", test_refuses_a_full_database);
  ADD ("damaged", test_refuses_damaged);

  return g_test_run ();
}
