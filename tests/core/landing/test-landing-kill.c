/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* Pulls in a process of its own that is killed again and again, and gone on with, end with the rows
 * of one that ran through. SHANYE_KILL_ROWS and SHANYE_KILL_COUNT make it as big as one likes. */

#define ROWS_USUALLY 20000
#define KILLS_USUALLY 15

/* Every so many rows one has the key of the row before. */
#define REPEATS 50

static const char *program;

static guint
get_number (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* What runs in the other process. */
static int
pull (const char *folder)
{
  g_autofree char             *path = g_build_filename (folder, "shanye.db", NULL);
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyStore)         store = shy_store_open (path, &error);
  g_autoptr (ShyServiceBook)   book = store != NULL ? shy_service_book_new (store) : NULL;
  g_autoptr (ShySecrets)       secrets = shy_secrets_new ();
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;
  struct rusage                usage;

  g_assert_no_error (error);
  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  landing = shy_landing_new (book, SERVICE, STREAM, secrets, &error);
  g_assert_no_error (error);
  result = shy_landing_run (landing, NULL, &error);
  if (result == NULL)
    g_printerr ("%s\n", error->message);
  getrusage (RUSAGE_SELF, &usage);
  g_printerr ("# most memory: %ld MiB\n", usage.ru_maxrss / 1024);
  return result != NULL && result->outcome == SHY_PULL_LANDED ? EXIT_SUCCESS : EXIT_FAILURE;
}

static GPid
start (const Fixture *self)
{
  const char        *argv[] = { program, "--pull", self->folder, NULL };
  g_autoptr (GError) error = NULL;
  GPid               pid;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Says whether the process had ended by itself, which must then have gone well. */
static gboolean
reap (GPid pid)
{
  int status;

  while (waitpid (pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return FALSE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, EXIT_SUCCESS);
  return TRUE;
}

static char *
digest_rows (Fixture *self, guint64 *count)
{
  g_autoptr (ShyLandedRows) rows = shy_landed_rows_new (self->book, STREAM, NULL);
  g_autoptr (GChecksum)     sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError)        error = NULL;

  for (*count = 0;;)
    {
      g_autoptr (GPtrArray) page = shy_landed_rows_next (rows, 1000, &error);

      g_assert_no_error (error);
      if (page->len == 0)
        return g_strdup (g_checksum_get_string (sum));
      for (guint i = 0; i < page->len; i++)
        {
          g_autofree char *line = shy_landed_row_to_json (g_ptr_array_index (page, i));

          /* Only the moment may differ. */
          *strstr (line, ",\"_fetched_at\"") = '\0';
          g_checksum_update (sum, (const guchar *) line, -1);
        }
      *count += page->len;
    }
}

/* The counts of the last pull in the history, which are of the whole run. */
static void
check_history (Fixture *self, guint64 rows)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) history = shy_pull_history_list (self->book, SERVICE, 1, &error);
  const ShyPullRecord  *last = g_ptr_array_index (history, 0);
  g_autoptr (JsonNode)  report = json_from_string (last->report, NULL);
  JsonObject           *object = json_node_get_object (report);

  g_assert_cmpint (last->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (last->rows, ==, rows);
  g_assert_cmpint (json_object_get_int_member (object, "duplicates"), ==, (gint64) rows / REPEATS);
  g_assert_cmpint (json_object_get_int_member (object, "unique"), ==,
                   (gint64) (rows - rows / REPEATS));
}

static void
add_service (Fixture *self, guint rows)
{
  self->gateway.rows = rows;
  self->gateway.repeats = REPEATS;
  fixture_add (self, "\"page_size\": 100", "\"page_size\": 500", "\"max_pages\": 1000",
               "\"max_pages\": 100000", NULL);
}

static void
wait_for_some (gint64 most)
{
  g_usleep ((gulong) g_random_int_range (1, (gint32) MAX (most, 2)));
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  guint            rows = get_number ("SHANYE_KILL_ROWS", ROWS_USUALLY);
  guint            wanted = get_number ("SHANYE_KILL_COUNT", KILLS_USUALLY);
  g_autofree char *through = NULL;
  g_autofree char *pieces = NULL;
  gint64           began = g_get_monotonic_time ();
  gint64           took;
  guint64          count;
  guint            kills = 0;

  add_service (self, rows);
  g_assert_true (reap (start (self)));
  took = g_get_monotonic_time () - began;
  through = digest_rows (self, &count);
  g_assert_cmpuint (count, ==, rows - rows / REPEATS);
  check_history (self, rows);
  g_assert_true (shy_service_book_forget (self->book, SERVICE, NULL, NULL));
  while (kills < wanted)
    {
      GPid pid = start (self);

      wait_for_some (2 * took / wanted + 100000);
      kill (pid, SIGKILL);
      if (!reap (pid))
        kills++;
    }
  g_assert_true (reap (start (self)));
  pieces = digest_rows (self, &count);
  g_assert_cmpuint (count, ==, rows - rows / REPEATS);
  g_assert_cmpstr (pieces, ==, through);
  check_history (self, rows);
  g_test_message ("%u rows, %u kills; a pull that ran through took %.1f s", rows, kills,
                  (double) took / G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--pull"))
    return pull (argv[2]);
  /* Without isolated folders, in which the proxy settings have no schema and their module aborts. */
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/landing/killed", Fixture, NULL, fixture_set_up, test_killed, fixture_tear_down);
  return g_test_run ();
}
