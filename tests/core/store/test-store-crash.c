/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A writer is killed in the middle of its work, hundreds of times; whatever it was told is stored
 * must be there, whole. The kill takes the process and not the machine: what a loss of power does
 * rests on synchronous = FULL, which test-store asks for.
 */
#ifdef __SANITIZE_ADDRESS__
#define KILLS 30 /* a sanitized process takes ten times as long to start */
#else
#define KILLS 200
#endif
#define ROWS_EACH 5

static gboolean
write_job (ShyConnection  *connection,
           gpointer        data,
           GCancellable   *cancellable,
           GError        **error)
{
  gint64             *count = data;
  g_autoptr (JsonNode) details = json_from_string ("{}", NULL);

  for (int i = 0; i < ROWS_EACH; i++)
    if (!shy_connection_execute (connection, "INSERT INTO t (b) VALUES (randomblob(900))", error))
      return FALSE;

  *count = shy_connection_query_int64 (connection, "UPDATE n SET k = k + 1 RETURNING k", -1, error);
  return *count > 0 && shy_journal_append (connection, "test.write", "t", details, error);
}

/* Writes until it is killed, and says each time that the store confirmed. */
static int
be_writer (const char *path)
{
  g_autoptr (ShyStore) store = shy_store_open (path, NULL);
  gint64               count;

  if (store == NULL)
    return 3;
  while (shy_store_run (store, SHY_STORE_WRITE, write_job, &count, NULL, NULL))
    if (write (STDOUT_FILENO, &count, sizeof count) != sizeof count)
      return 4;
  return 5;
}

static GPid
start_writer (const char *path,
              int        *pipe)
{
  g_autofree char   *self = g_file_read_link ("/proc/self/exe", NULL);
  const char        *arguments[] = { self, "--writer", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid               pid;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, pipe, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

/* Kills the writer a random while after its first word; returns the last count it was told. */
static gint64
run_and_kill (const char *path)
{
  gint64 confirmed = 0;
  gint64 count;
  int    pipe, status;
  GPid   pid = start_writer (path, &pipe);

  g_assert_cmpint (read (pipe, &confirmed, sizeof confirmed), ==, sizeof confirmed);
  g_usleep (g_test_rand_int_range (0, 12000));
  kill (pid, SIGKILL);
  while (read (pipe, &count, sizeof count) == sizeof count)
    confirmed = count;
  close (pipe);
  waitpid (pid, &status, 0);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return confirmed;
}

static gboolean
verify_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  ShyJournalReport **report = data;

  *report = shy_journal_verify (connection, 0, NULL, cancellable, error);
  return *report != NULL;
}

static void
assert_whole (ShyStore *store,
              gint64    confirmed)
{
  g_autoptr (ShyJournalReport) report = NULL;
  gint64                       count = ask (store, "SELECT k FROM n");

  g_assert_cmpint (count, >=, confirmed);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, count * ROWS_EACH);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM pragma_integrity_check "
                               "WHERE integrity_check = 'ok'"),
                   ==, 1);
  g_assert_true (shy_store_run (store, SHY_STORE_READ, verify_job, &report, NULL, NULL));
  g_assert_cmpint (report->broken, ==, 0);
  g_assert_cmpint (report->entries, ==, count);
}

static void
test_loses_nothing (Fixture       *self,
                    gconstpointer  data)
{
  static const char *const tables[] = { "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT)",
                                        "CREATE INDEX t_b ON t (b)", "CREATE TABLE n (k BIGINT)",
                                        "INSERT INTO n VALUES (0)", NULL };
  ShyStore                *store = open_ok (self->path);
  gint64                   last = 0;

  run_script (store, tables);
  g_object_unref (store);
  for (int i = 0; i < KILLS; i++)
    {
      gint64 confirmed = run_and_kill (self->path);

      g_assert_cmpint (confirmed, >, last);
      store = open_ok (self->path);
      assert_whole (store, confirmed);
      g_object_unref (store);
      last = confirmed;
    }
  g_test_message ("%d kills, %d transactions confirmed, none lost", KILLS, (int) last);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--writer"))
    return be_writer (argv[2]);

  test_init (&argc, &argv);
  g_test_add ("/store/crash/loses-nothing", Fixture, NULL, set_up, test_loses_nothing, tear_down);

  return g_test_run ();
}
