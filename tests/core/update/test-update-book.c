/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "update-fixture.h"

#include "update/shy-update-book-private.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
build_database (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", "test.db", NULL);
}

static ShyStore *
open_store (void)
{
  g_autofree char   *path = build_database ();
  g_autoptr (GError) error = NULL;
  ShyStore          *store = shy_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static ShyStore *
begin (void)
{
  start_afresh ();
  return open_store ();
}

static gint64
add (ShyStore   *store,
     const char *content)
{
  g_autoptr (ShyUpdate) update = make_update (content);
  g_autoptr (GError)    error = NULL;
  gint64                number = shy_updates_add (store, update, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (number, >, 0);
  return number;
}

static ShyUpdateState
get_state (ShyStore *store,
           gint64    number)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyUpdate) update = shy_updates_load (store, number, &error);

  g_assert_no_error (error);
  return update->state;
}

static char *
get_amount (const char *day)
{
  g_autofree char              *path = build_database ();
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyPolicyRegistry) registry = shy_policies_load (path, &error);
  g_autoptr (ShyPolicy)         policy = NULL;
  GDate                         date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  policy = shy_policy_registry_activate (registry, "zj-post-care", &date, &error);
  g_assert_no_error (error);
  return g_strdup (shy_policy_expression_get_text (shy_policy_get_amount (policy)->expression));
}

static void
assert_amount (const char *day,
               const char *expected)
{
  g_autofree char *amount = get_amount (day);

  g_assert_cmpstr (amount, ==, expected);
}

static gint64
count_entries (ShyStore *store)
{
  return ask (store, "SELECT count(*) FROM shy_journal WHERE action LIKE 'update.%'");
}

static void
test_accept_and_revert (void)
{
  g_autoptr (ShyStore)  store = begin ();
  g_autofree char      *content = make_pack ("2025.1");
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyUpdate) update = NULL;
  g_autofree char      *path = NULL;
  g_autofree char      *installed = NULL;
  gint64                number;

  number = add (store, content);
  assert_amount ("2025-06-30", "10000");
  shy_updates_accept (store, number, NULL, &error);
  g_assert_no_error (error);
  assert_amount ("2025-06-30", "12000");
  assert_amount ("2023-12-31", "10000"); /* the day decides between versions */
  g_assert_cmpint (get_state (store, number), ==, SHY_UPDATE_ACCEPTED);

  update = shy_updates_load (store, number, &error);
  g_assert_nonnull (update->decided_by);
  path = shy_update_build_path (update);
  g_assert_true (g_file_get_contents (path, &installed, NULL, NULL));
  g_assert_true (g_str_has_prefix (installed, update->content));

  shy_updates_revert (store, number, &error);
  g_assert_no_error (error);
  assert_amount ("2025-06-30", "10000");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (get_state (store, number), ==, SHY_UPDATE_REVERTED);
  g_assert_cmpint (count_entries (store), ==, 3);
}

/* A calendar replaces the file that is there; that comes back. */
static void
test_calendar (void)
{
  g_autoptr (ShyStore) store = begin ();
  g_autofree char     *first = make_calendar ("2027.1");
  g_autofree char     *second = replace (first, "\"2027.1\"", "\"2027.2\"");
  g_autofree char     *path = shy_calendar_build_own_path ();
  g_autofree char     *text = NULL;
  g_autoptr (GError)   error = NULL;
  gint64               one, two;
  GDate                day;
  gboolean             working;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 20, 2, 2027);
  one = add (store, first);
  shy_updates_accept (store, one, NULL, &error);
  g_assert_no_error (error);
  /* The program works with it at once. */
  g_assert_true (shy_calendar_is_working_day (shy_calendar_get_default (NULL), &day, &working, NULL));
  g_assert_true (working);

  two = add (store, second);
  shy_updates_accept (store, two, NULL, &error);
  g_assert_no_error (error);
  shy_updates_revert (store, one, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_clear_error (&error);
  shy_updates_revert (store, two, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_strstrip (text);
  g_strstrip (first);
  g_assert_cmpstr (text, ==, first);

  shy_updates_revert (store, one, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (shy_calendar_is_working_day (shy_calendar_get_default (NULL), &day, &working, NULL));
}

static void
test_discard (void)
{
  g_autoptr (ShyStore)  store = begin ();
  g_autofree char      *content = make_pack ("2025.1");
  g_autoptr (ShyUpdate) again = make_update (content);
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyUpdate) copy = NULL;
  g_autofree char      *text = NULL;
  gint64                number;
  gboolean              fresh = TRUE;

  number = shy_updates_add (store, again, &fresh, &error);
  g_assert_true (fresh);
  text = shy_update_to_json (again);
  copy = parse (text);
  g_assert_cmpint (shy_updates_add (store, copy, &fresh, &error), ==, number);
  g_assert_false (fresh);

  shy_updates_discard (store, number, &error);
  g_assert_no_error (error);
  shy_updates_discard (store, number, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_clear_error (&error);
  shy_updates_accept (store, number, NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  g_clear_error (&error);
  waiting = shy_updates_list (store, FALSE, &error);
  g_assert_cmpuint (waiting->len, ==, 0);
  assert_amount ("2025-06-30", "10000");

  /* Who brings it again wants to see it again. */
  g_assert_cmpint (shy_updates_add (store, copy, &fresh, &error), ==, number);
  g_assert_true (fresh);
  g_assert_cmpint (get_state (store, number), ==, SHY_UPDATE_WAITING);
}

/* What fails a check stays where it is, whoever wants it. */
static void
test_refused (void)
{
  g_autoptr (ShyStore)  store = begin ();
  g_autofree char      *content = make_pack ("2025.1");
  g_autofree char      *broken = replace (content, "\"amount\": 12000", "\"amount\": 1");
  g_autofree char      *strange = sign (content, "stranger-key.pem");
  g_autoptr (ShyUpdate) stranger = parse (strange);
  g_autoptr (GError)    error = NULL;
  gint64                number;

  shy_updates_accept (store, add (store, broken), NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  g_clear_error (&error);
  number = shy_updates_add (store, stranger, NULL, &error);
  shy_updates_accept (store, number, NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  g_clear_error (&error);
  shy_updates_accept (store, 99, NULL, &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* What the person read is not what is stored. */
  shy_updates_accept (store, add (store, content), "another", &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  assert_amount ("2025-06-30", "10000");
}

/* A program that is killed at any moment leaves the file whole or not there, and the next one makes
 * file and database one again. */
static void
test_killed (void)
{
  g_autofree char *content = make_pack ("2025.1");
  g_autofree char *text = sign (content, "bureau-key.pem");
  guint            accepted = 0;

  start_afresh ();
  for (guint round = 0; round < 15; round++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (ShyStore)  store = NULL;
      g_autoptr (GPtrArray) updates = NULL;
      g_autofree char      *amount = NULL;
      pid_t                 child = fork ();
      int                   status;

      if (child == 0)
        {
          store = open_store ();
          for (;;)
            {
              gint64 number = shy_updates_add (store, parse (text), NULL, NULL);

              shy_updates_accept (store, number, NULL, NULL);
              shy_updates_revert (store, number, NULL);
            }
        }
      g_usleep (50000 + g_random_int_range (0, 250000));
      kill (child, SIGKILL);
      waitpid (child, &status, 0);

      store = open_store ();
      shy_updates_settle (store, &error);
      g_assert_no_error (error);
      updates = shy_updates_list (store, TRUE, &error);
      g_assert_no_error (error);
      amount = get_amount ("2025-06-30");
      if (updates->len > 0 && ((ShyUpdate *) updates->pdata[0])->state == SHY_UPDATE_ACCEPTED)
        {
          g_assert_cmpstr (amount, ==, "12000");
          accepted++;
        }
      else
        {
          g_assert_cmpstr (amount, ==, "10000");
        }
    }
  g_test_message ("killed while accepted: %u of 15", accepted);
}

static gboolean
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

/* Each step of the way, stopped behind it: before the file, and before the note that it is there. */
static void
test_stopped (void)
{
  g_autoptr (ShyStore)  store = begin ();
  g_autofree char      *content = make_pack ("2025.1");
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyUpdate) update = NULL;
  g_autofree char      *path = NULL;
  gint64                number;

  number = add (store, content);
  g_assert_true (shy_updates_accept (store, number, NULL, &error));
  update = shy_updates_load (store, number, &error);
  path = shy_update_build_path (update);

  for (guint step = 0; step < 2; step++)
    {
      static const char *const unsettle[] = { "UPDATE shy_update SET settled = 0", NULL };

      g_assert_true (shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) unsettle, NULL,
                                    &error));
      if (step == 0)
        g_assert_no_errno (g_unlink (path));
      shy_updates_settle (store, &error);
      g_assert_no_error (error);
      assert_amount ("2025-06-30", "12000");
    }
  g_assert_cmpint (count_entries (store), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/update/book/accept-and-revert", test_accept_and_revert);
  g_test_add_func ("/update/book/calendar", test_calendar);
  g_test_add_func ("/update/book/discard", test_discard);
  g_test_add_func ("/update/book/refused", test_refused);
  g_test_add_func ("/update/book/stopped", test_stopped);
  g_test_add_func ("/update/book/killed", test_killed);
  return g_test_run ();
}
