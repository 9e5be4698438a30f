/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

static void
test_makes_itself (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  GStatBuf             info;

  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (ask (store, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (ask (store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM pragma_journal_mode WHERE journal_mode='wal'"),
                   ==, 1);
}

static void
test_keeps_and_undoes (Fixture       *self,
                       gconstpointer  data)
{
  static const char *const good[] = { "CREATE TABLE t (a BIGINT, b TEXT)",
                                      "INSERT INTO t VALUES (1, 'x')", NULL };
  static const char *const bad[] = { "INSERT INTO t VALUES (2, 'y')", "INSERT INTO nowhere VALUES (1)",
                                     NULL };
  ShyStore          *store = open_ok (self->path);
  g_autoptr (GError) error = NULL;

  run_script (store, good);
  g_assert_false (shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) bad, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_FAILED);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, 1);
  g_object_unref (store);

  store = open_ok (self->path);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM t"), ==, 1);
  g_object_unref (store);
}

static void
test_shares_one_store (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (ShyStore) first = open_ok (self->path);
  g_autoptr (ShyStore) second = open_ok (self->path);

  g_assert_true (first == second);
}

static gboolean
bind_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (connection,
                                                               "SELECT $2, $1, $3, $2, $4", error);
  g_autoptr (GDate)        day = g_date_new_dmy (9, 3, 2025);

  shy_statement_bind_text (statement, "$1", "一");
  shy_statement_bind_int64 (statement, "$2", G_MAXINT64);
  shy_statement_bind_date (statement, "$3", day);
  shy_statement_bind_null (statement, "$4");
  g_assert_true (shy_statement_step (statement, error));
  g_assert_cmpint (shy_statement_get_int64 (statement, 0), ==, G_MAXINT64);
  g_assert_cmpstr (shy_statement_get_text (statement, 1), ==, "一");
  g_assert_cmpstr (shy_statement_get_text (statement, 2), ==, "2025-03-09");
  g_assert_cmpint (shy_statement_get_int64 (statement, 3), ==, G_MAXINT64);
  g_assert_true (shy_statement_is_null (statement, 4));
  g_assert_null (shy_statement_get_text (statement, 4));
  g_assert_false (shy_statement_step (statement, error));
  return TRUE;
}

static gboolean
forget_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (connection, "SELECT $1, $2", error);

  shy_statement_bind_int64 (statement, "$1", 1);
  return shy_statement_step (statement, error);
}

static void
test_binds_by_name (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  g_autoptr (GError)   error = NULL;

  shy_store_run (store, SHY_STORE_READ, bind_job, NULL, NULL, &error);
  g_assert_no_error (error);

  g_test_expect_message ("shanye", G_LOG_LEVEL_CRITICAL, "*not bound in: SELECT $1, $2");
  shy_store_run (store, SHY_STORE_READ, forget_job, NULL, NULL, &error);
  g_test_assert_expected_messages ();
}

static gboolean
ids_job (ShyConnection  *connection,
         gpointer        data,
         GCancellable   *cancellable,
         GError        **error)
{
  g_assert_cmpint (shy_connection_reserve_ids (connection, "t", 3, error), ==, 1);
  g_assert_cmpint (shy_connection_reserve_ids (connection, "t", 1, error), ==, 4);
  g_assert_cmpint (shy_connection_reserve_ids (connection, "u", 2, error), ==, 1);
  g_assert_cmpint (shy_connection_reserve_ids (connection, "t", 2, error), ==, 5);
  return TRUE;
}

static void
test_numbers_once (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  g_autoptr (GError)   error = NULL;

  shy_store_run (store, SHY_STORE_WRITE, ids_job, NULL, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  GMainLoop *loop;
  GError    *error;
  gpointer   data;
  guint      changes;
} Waiting;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Waiting *waiting = data;

  shy_store_run_finish (SHY_STORE (source), result, &waiting->error);
  waiting->data = shy_store_get_job_data (result);
  g_main_loop_quit (waiting->loop);
}

static void
changed_cb (ShyStore   *store,
            const char *topic,
            gpointer    data)
{
  Waiting *waiting = data;

  g_assert_cmpstr (topic, ==, "t");
  waiting->changes++;
}

static gboolean
touch_job (ShyConnection  *connection,
           gpointer        data,
           GCancellable   *cancellable,
           GError        **error)
{
  shy_connection_touch (connection, "t");
  shy_connection_touch (connection, "t");
  return TRUE;
}

static void
test_tells_of_changes (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (ShyStore)  store = open_ok (self->path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };

  g_signal_connect (store, "changed::t", G_CALLBACK (changed_cb), &waiting);
  shy_store_run_async (store, SHY_STORE_WRITE, touch_job, self, NULL, NULL, done_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  g_assert_true (waiting.data == self);
  g_assert_cmpuint (waiting.changes, ==, 1);
}

static gboolean
late_cb (gpointer data)
{
  g_assert_not_reached ();
}

/* A store apart stands for another process: neither shares anything with this one but the file. */
static void
test_tells_of_what_others_changed (Fixture       *self,
                                   gconstpointer  data)
{
  g_autoptr (ShyStore)  store = open_ok (self->path);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyStore)  apart = shy_store_open_apart (self->path, &error);
  Waiting               waiting = { NULL };
  guint                 late = g_timeout_add_seconds (60, late_cb, NULL);

  g_assert_no_error (error);
  g_assert_true (apart != store);
  g_signal_connect (store, "changed::t", G_CALLBACK (changed_cb), &waiting);
  for (guint times = 1; times <= 2; times++)
    {
      g_assert_true (shy_store_run (apart, SHY_STORE_WRITE, touch_job, NULL, NULL, NULL));
      while (waiting.changes < times)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (waiting.changes, ==, times);
    }
  g_source_remove (late);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancels_a_long_query (Fixture       *self,
                           gconstpointer  data)
{
  Query                    query = { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                     "WHERE i < 1000000000) SELECT SUM(i) FROM n" };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (GMainLoop)    loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting                  waiting = { loop };
  GThread                 *thread = g_thread_new (NULL, cancel_soon, cancellable);

  shy_store_run_async (store, SHY_STORE_READ, query_job, &query, NULL, cancellable, done_cb, &waiting);
  g_main_loop_run (loop);
  g_thread_join (thread);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiting.error);
  g_assert_cmpint (ask (store, "SELECT 7"), ==, 7);
}

/* Two jobs that meet: each says that it came to a point, and waits for the other to do so. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  gboolean begun;    /* the one that waits has begun */
  gboolean released; /* and may go on */
  gint64   first;    /* what it saw before it waited */
  gint64   last;     /* and after */
} Meeting;

static void
wait_until (Meeting  *self,
            gboolean *said)
{
  g_mutex_lock (&self->mutex);
  while (!*said)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
say (Meeting  *self,
     gboolean *said)
{
  g_mutex_lock (&self->mutex);
  *said = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

#define COUNT "SELECT COUNT(*) FROM t"

/* Changes something, and takes long to end. */
static gboolean
slow_write_job (ShyConnection  *connection,
                gpointer        data,
                GCancellable   *cancellable,
                GError        **error)
{
  Meeting *meeting = data;

  if (!shy_connection_execute (connection, "INSERT INTO t VALUES (1)", error))
    return FALSE;
  say (meeting, &meeting->begun);
  wait_until (meeting, &meeting->released);
  return TRUE;
}

static gboolean
slow_read_job (ShyConnection  *connection,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Meeting *meeting = data;

  meeting->first = shy_connection_query_int64 (connection, COUNT, -1, error);
  say (meeting, &meeting->begun);
  wait_until (meeting, &meeting->released);
  meeting->last = shy_connection_query_int64 (connection, COUNT, -1, error);
  return TRUE;
}

static const char *const make_t[] = { "CREATE TABLE t (a BIGINT)", NULL };
static const char *const fill_t[] = { "INSERT INTO t VALUES (2)", NULL };

static void
wait_done (Waiting *waiting)
{
  g_main_loop_run (waiting->loop);
  g_assert_no_error (waiting->error);
}

/* Who reads does not wait until what is being stored is kept, sees nothing of it before, and all of it
 * behind. */
static void
test_reads_beside_a_writer (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr (ShyStore)  store = open_ok (self->path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };
  Meeting               meeting = { 0 };

  run_script (store, make_t);
  shy_store_run_async (store, SHY_STORE_WRITE, slow_write_job, &meeting, NULL, NULL, done_cb, &waiting);
  wait_until (&meeting, &meeting.begun);
  g_assert_cmpint (ask (store, COUNT), ==, 0);
  say (&meeting, &meeting.released);
  wait_done (&waiting);
  g_assert_cmpint (ask (store, COUNT), ==, 1);
}

/* Nor does who writes wait for who reads, who sees one state from its beginning to its end; and a list
 * is read while an export goes on. */
static void
test_writes_beside_a_reader (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (ShyStore)  store = open_ok (self->path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };
  Meeting               meeting = { 0 };

  run_script (store, make_t);
  shy_store_run_async (store, SHY_STORE_READ, slow_read_job, &meeting, NULL, NULL, done_cb, &waiting);
  wait_until (&meeting, &meeting.begun);
  run_script (store, fill_t);
  g_assert_cmpint (ask (store, COUNT), ==, 1);
  say (&meeting, &meeting.released);
  wait_done (&waiting);
  g_assert_cmpint (meeting.first, ==, 0);
  g_assert_cmpint (meeting.last, ==, 0);
}

static gboolean
sum_job (ShyConnection  *connection,
         gpointer        data,
         GCancellable   *cancellable,
         GError        **error)
{
  Meeting *meeting = data;

  say (meeting, &meeting->begun);
  meeting->first = shy_connection_query_int64 (
    connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
    "SELECT SUM(i) FROM n", -1, error);
  return meeting->first > 0;
}

/* Who cancels stops what he asked for, and nothing that runs beside it. */
static void
test_cancels_one_job (Fixture       *self,
                      gconstpointer  data)
{
  Query                    endless = { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                       "SELECT SUM(i) FROM n" };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (GMainLoop)    loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting                  stopped = { loop }, done = { loop };
  Meeting                  meeting = { 0 };

  shy_store_run_async (store, SHY_STORE_READ, query_job, &endless, NULL, cancellable, done_cb, &stopped);
  shy_store_run_async (store, SHY_STORE_READ, sum_job, &meeting, NULL, NULL, done_cb, &done);
  wait_until (&meeting, &meeting.begun);
  g_cancellable_cancel (cancellable);
  while (stopped.error == NULL || done.data == NULL)
    g_main_loop_run (loop);
  g_assert_error (stopped.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&stopped.error);
  g_assert_no_error (done.error);
  g_assert_cmpint (meeting.first, ==, 500000500000);
}

static gboolean
write_in_read_job (ShyConnection  *connection,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  return shy_connection_execute (connection, *fill_t, error);
}

static void
test_readers_only_read (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  g_autoptr (GError)   error = NULL;

  run_script (store, make_t);
  g_assert_false (shy_store_run (store, SHY_STORE_READ, write_in_read_job, NULL, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY);
  g_assert_cmpint (ask (store, COUNT), ==, 0);
}

static gboolean
mark_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  *(char **) data = shy_connection_dup_stamp (connection);
  return TRUE;
}

static char *
mark (ShyStore       *store,
      ShyStoreAccess  access)
{
  char *text = NULL;

  g_assert_true (shy_store_run (store, access, mark_job, &text, NULL, NULL));
  return text;
}

/* What a decision rests on is compared by who stores it: the marks are of one connection, whoever
 * changed something between, and a reader has none. */
static void
test_marks_a_state (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  g_autofree char     *before = NULL;
  g_autofree char     *same = NULL;
  g_autofree char     *mine = NULL;
  g_autofree char     *theirs = NULL;

  run_script (store, make_t);
  before = mark (store, SHY_STORE_BEFORE_WRITE);
  same = mark (store, SHY_STORE_WRITE);
  g_assert_cmpstr (before, ==, same);
  run_script (store, fill_t);
  mine = mark (store, SHY_STORE_WRITE);
  g_assert_cmpstr (mine, !=, before);
  meddle (self->path, *fill_t);
  theirs = mark (store, SHY_STORE_WRITE);
  g_assert_cmpstr (theirs, !=, mine);

  g_test_expect_message ("shanye", G_LOG_LEVEL_CRITICAL, "*beside*");
  g_assert_null (mark (store, SHY_STORE_READ));
  g_test_assert_expected_messages ();
}

static gboolean
unseal_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autofree char *clear = shy_personal_unseal (connection, "t.a", 1, "x", error);

  return clear != NULL;
}

/* A reader knows what a plugin's tables hold as soon as they are there. */
static void
test_readers_learn_the_schema (Fixture       *self,
                               gconstpointer  data)
{
  static const char *const make_personal[] = {
    "CREATE TABLE t (a TEXT)", "INSERT INTO shy_personal_field VALUES ('t', 'a', 'text')", NULL
  };
  g_autoptr (ShyStore) store = open_ok (self->path);

  g_assert_false (shy_store_run (store, SHY_STORE_READ, unseal_job, NULL, NULL, NULL));
  run_script (store, make_personal);
  g_assert_true (shy_store_run (store, SHY_STORE_READ, unseal_job, NULL, NULL, NULL));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Waiting *waiting = data;

  waiting->data = shy_store_open_finish (result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
test_opens_without_blocking (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };

  shy_store_open_async (self->path, NULL, opened_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  g_assert_cmpstr (shy_store_get_path (waiting.data), ==, self->path);
  g_object_unref (waiting.data);
}

/* Copies the steps of the database to where nobody can read them too: the checkout may lie in a
 * folder that only its owner enters. Returns the folder of data that the tests had. */
static char *
lend_migrations (Fixture *self)
{
  g_autofree char *from = shy_data_build ("migrations", NULL);
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autofree char *to = g_build_filename (data, "migrations", NULL);
  g_autoptr (GDir) steps = g_dir_open (from, 0, NULL);
  char            *before = g_strdup (shy_data_get_dir ());

  g_assert_no_errno (g_mkdir_with_parents (to, 0755));
  for (const char *name = g_dir_read_name (steps); name != NULL; name = g_dir_read_name (steps))
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (source, &text, &length, NULL));
      g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
    }
  g_setenv ("SHANYE_DATA_DIR", data, TRUE);

  return before;
}

/* What an auditor gets: a plain copy of the file where nothing can be written. */
static void
test_reads_a_copy_on_a_disk (Fixture       *self,
                             gconstpointer  data)
{
  g_autofree char     *sub = g_path_get_dirname (self->path);
  g_autofree char     *before = NULL;
  g_autoptr (ShyStore) store = NULL;
  g_autoptr (GError)   error = NULL;

  make (self);
  before = lend_migrations (self);
  meddle (self->path, "DELETE FROM shy_migration WHERE number > 3"); /* it is an old one, too */
  g_assert_no_errno (g_chmod (self->path, 0444));
  g_assert_no_errno (g_chmod (sub, 0555));
  step_down (self);
  store = shy_store_open_read_only (self->path, &error);
  step_up ();
  g_setenv ("SHANYE_DATA_DIR", before, TRUE);
  g_assert_no_error (error);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM shy_journal"), ==, 0);
  g_assert_no_errno (g_chmod (sub, 0755));
}

static void
test_opens_read_only (Fixture       *self,
                      gconstpointer  data)
{
  static const char *const write[] = { "CREATE TABLE t (a BIGINT)", NULL };
  g_autoptr (ShyStore)     store = shy_store_open_read_only (self->path, NULL);
  g_autoptr (GError)       error = NULL;

  g_assert_null (store);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));

  make (self);
  store = shy_store_open_read_only (self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM shy_journal"), ==, 0);
  shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) write, NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY);
}

/* A damaged database is replaced by its copy and kept; a damaged copy is refused first. */
static void
test_restores (Fixture       *self,
               gconstpointer  data)
{
  static const char *const write[] = { "CREATE TABLE t (a BIGINT)", "INSERT INTO t VALUES (5)", NULL };
  g_autofree char         *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char         *bad = g_build_filename (self->folder, "bad.db", NULL);
  g_autofree char         *aside = NULL;
  g_autoptr (GPtrArray)    problems = NULL;
  g_autoptr (GError)       error = NULL;
  ShyStore                *store = open_ok (self->path);

  run_script (store, write);
  shy_store_backup (store, copy, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  overwrite (self->path, 0, 16);
  g_assert_true (g_file_set_contents (bad, "no database, but long enough to be looked at", -1, NULL));

  g_assert_false (shy_store_restore (self->path, bad, FALSE, NULL, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (shy_store_restore (self->path, copy, FALSE, NULL, &aside, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  store = open_ok (self->path);
  g_assert_cmpint (ask (store, "SELECT a FROM t"), ==, 5);
  problems = shy_store_check (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_object_unref (store);
}

static void
test_finds_what_is_unsound (Fixture       *self,
                            gconstpointer  data)
{
  static const char *const write[] = { "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                                       "CREATE TABLE t (a INTEGER REFERENCES p (id))", NULL };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (GPtrArray)    problems = NULL;

  run_script (store, write);
  meddle (self->path, "INSERT INTO t VALUES (7)");
  problems = shy_store_check (store, NULL, NULL);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (problems->pdata[0], ==, "t → p");
}

static void
test_backs_up (Fixture       *self,
               gconstpointer  data)
{
  static const char *const write[] = { "CREATE TABLE t (a BIGINT)", "INSERT INTO t VALUES (5)", NULL };
  g_autofree char         *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (ShyStore)     other = NULL;
  g_autoptr (GError)       error = NULL;

  run_script (store, write);
  g_assert_true (shy_store_backup (store, copy, &error));
  g_assert_no_error (error);
  other = open_ok (copy);
  g_assert_cmpint (ask (other, "SELECT a FROM t"), ==, 5);

  g_assert_false (shy_store_backup (store, copy, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_USAGE);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/store/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("makes-itself", test_makes_itself);
  ADD ("keeps-and-undoes", test_keeps_and_undoes);
  ADD ("shares-one-store", test_shares_one_store);
  ADD ("binds-by-name", test_binds_by_name);
  ADD ("numbers-once", test_numbers_once);
  ADD ("tells-of-changes", test_tells_of_changes);
  ADD ("tells-of-what-others-changed", test_tells_of_what_others_changed);
  ADD ("cancels-a-long-query", test_cancels_a_long_query);
  ADD ("reads-beside-a-writer", test_reads_beside_a_writer);
  ADD ("writes-beside-a-reader", test_writes_beside_a_reader);
  ADD ("cancels-one-job", test_cancels_one_job);
  ADD ("readers-only-read", test_readers_only_read);
  ADD ("marks-a-state", test_marks_a_state);
  ADD ("readers-learn-the-schema", test_readers_learn_the_schema);
  ADD ("opens-without-blocking", test_opens_without_blocking);
  ADD ("opens-read-only", test_opens_read_only);
  ADD ("reads-a-copy-on-a-disk", test_reads_a_copy_on_a_disk);
  ADD ("backs-up", test_backs_up);
  ADD ("restores", test_restores);
  ADD ("finds-what-is-unsound", test_finds_what_is_unsound);

  return g_test_run ();
}
