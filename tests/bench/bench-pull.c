/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Rows a second pulled from the sample province, decoded, mapped and landed, against curl fetching
 * the same pages, piped into jq and the sqlite3 shell, by turns in the same run; the longest stall
 * of the main loop and the peak of memory while a million rows come. Every measurement is processes
 * of its own. Memory is that of the process that pulls.
 *
 * A stall is told three times: as a person would feel it, the part of it in which the loop itself
 * was at work, and as long as one happens with nothing to do, for the machine has other work too.
 *
 * The service is Shenzhen's, which needs no signature, so that curl can ask the same. */

#define FEW     100000
#define MANY    1000000
#define REPEATS 3
#define SERVICE "sz-open-employers"

#define CHILD "--pull" /* address, size of a page, keys, folder, seconds of idling before */

/* How long the loop idles first, to know how long the machine alone makes it wait. */
#define IDLE_SECONDS "5"

typedef struct
{
  char *folder;
  char *keys;  /* file */
  char *base;
  GPid  server;
} Setting;

typedef struct
{
  double seconds;   /* by the clock on the wall */
  double processor; /* seconds, of all processes together */
  double megabytes; /* peak of the largest process */
  double pulling;   /* seconds, of the pull alone */
  double stall;     /* milliseconds */
  double idle;      /* milliseconds that the loop was held up with nothing to do */
  double own;       /* milliseconds of its stall in which the loop itself was at work */
  double rows;
} Cost;

/* The pull itself, in a process of its own */

typedef struct
{
  GMainLoop  *loop;
  ShyLanding *landing;
  gint64      last;    /* microseconds */
  gint64      longest; /* between two turns of the loop */
  gint64      worked;  /* nanoseconds of the processor until the last turn */
  gint64      busiest; /* nanoseconds between two turns */
  guint64     rows;
  gboolean    done;
} Watch;

/* Nanoseconds that this thread has had of the processor. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Runs at every turn: once a millisecond if nothing holds the loop up. */
static gboolean
probe_cb (gpointer data)
{
  Watch *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 worked = get_work ();

  self->longest = MAX (self->longest, now - self->last);
  self->busiest = MAX (self->busiest, worked - self->worked);
  self->last = now;
  self->worked = worked;
  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Milliseconds over the one that was asked for; the count begins anew. */
static double
take_longest (Watch *self)
{
  double longest = (double) (self->longest - 1000) / 1e3;

  self->last = g_get_monotonic_time ();
  self->longest = 1000;
  self->worked = get_work ();
  self->busiest = 0;
  return longest;
}

static double
idle (Watch *self, const char *seconds)
{
  take_longest (self);
  g_timeout_add_seconds ((guint) g_ascii_strtoull (seconds, NULL, 10), quit_cb, self->loop);
  g_main_loop_run (self->loop);
  return take_longest (self);
}

/* As the window pulls: on a thread of its own that gives way. */
static gpointer
land_main (gpointer data)
{
  Watch                       *self = data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyLandingResult) landed = NULL;

  shy_landing_give_way ();
  landed = shy_landing_run (self->landing, NULL, &error);
  if (landed == NULL || landed->outcome != SHY_PULL_LANDED)
    fprintf (stderr, "%s\n", error != NULL ? error->message : landed->reason);
  else
    {
      self->rows = landed->rows;
      self->done = TRUE;
    }
  g_main_loop_quit (self->loop);
  return NULL;
}

/* The shipped description, but for the size of its pages and the pause between them. */
static GBytes *
describe (const char *page_size)
{
  g_autofree char       *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services",
                                                  SERVICE ".json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject            *service;
  JsonObject            *stream;
  char                  *text;

  if (!json_parser_load_from_file (parser, path, NULL))
    return NULL;
  service = json_node_get_object (json_parser_get_root (parser));
  json_object_remove_member (json_object_get_object_member (service, "transport"),
                             "requests_per_second");
  stream = json_array_get_object_element (json_object_get_array_member (service, "streams"), 0);
  json_object_set_int_member (json_object_get_object_member (stream, "paginator"), "page_size",
                              g_ascii_strtoll (page_size, NULL, 10));
  text = json_to_string (json_parser_get_root (parser), FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static ShyLanding *
prepare (ShyStore *store, char **arguments, GError **error)
{
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (ShySecrets)     secrets = shy_secrets_new ();
  g_autoptr (GBytes)         description = describe (arguments[1]);
  g_autofree char           *id = NULL;
  ShyLanding                *landing;

  if (description == NULL || !shy_secrets_add_file (secrets, arguments[2], SERVICE, error))
    return NULL;
  id = shy_service_book_add (book, description, SERVICE, TRUE, error);
  landing = id != NULL ? shy_landing_new (book, id, "employer", secrets, error) : NULL;
  if (landing != NULL)
    shy_landing_set_url_base (landing, arguments[0]);
  return landing;
}

static int
run_child (char **arguments)
{
  g_autoptr (GError)     error = NULL;
  g_autofree char       *path = g_build_filename (arguments[3], "shanye.db", NULL);
  g_autoptr (ShyStore)   store = shy_store_open (path, &error);
  g_autoptr (ShyLanding) landing = store != NULL ? prepare (store, arguments, &error) : NULL;
  g_autoptr (GMainLoop)  loop = g_main_loop_new (NULL, FALSE);
  Watch                  watch = { loop, landing };
  GThread               *lander;
  double                 idled = 0;
  double                 own;
  gint64                 begun;

  if (landing == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "The description is not there.");
      return 1;
    }
  take_longest (&watch);
  g_timeout_add (1, probe_cb, &watch);
  if (!g_str_equal (arguments[4], "0"))
    idled = idle (&watch, arguments[4]);
  begun = g_get_monotonic_time ();
  lander = g_thread_new ("land", land_main, &watch);
  g_main_loop_run (loop);
  g_thread_join (lander);
  own = (double) watch.busiest / 1e6;
  printf ("%.6f %.3f %.3f %.3f %" G_GUINT64_FORMAT "\n", (g_get_monotonic_time () - begun) / 1e6,
          take_longest (&watch), idled, own, watch.rows);
  return watch.done ? 0 : 1;
}

/* Around it */

static gboolean
start_province (Setting *self, guint64 rows)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, rows);
  const char      *arguments[] = { SHANYE_PROVINCE, "--rows", count, "--secret-file", self->keys,
                                   NULL };
  char             line[256] = { 0 };
  int              output;
  FILE            *reader;

  if (!g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                 NULL, &self->server, NULL, &output, NULL, NULL))
    return FALSE;
  reader = fdopen (output, "r");
  if (fgets (line, sizeof line, reader) == NULL)
    return FALSE;
  fclose (reader);
  g_free (self->base);
  self->base = g_strdup (g_strstrip (line));
  return TRUE;
}

static void
stop_province (Setting *self)
{
  kill (self->server, SIGTERM);
  waitpid (self->server, NULL, 0);
}

static double
seconds_of (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

/* Runs a command to its end; what it prints comes back. */
static char *
run (const char *const *arguments, Cost *cost)
{
  G_GNUC_UNUSED g_autofree char *text = NULL;
  GString         *said = g_string_new (NULL);
  struct rusage    usage;
  gint64           begun = g_get_monotonic_time ();
  char             buffer[512];
  ssize_t          got;
  int              status;
  int              output;
  GPid             child;

  if (!g_spawn_async_with_pipes (NULL, (char **) arguments, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, &child,
                                 NULL, &output, NULL, NULL))
    return g_string_free (said, FALSE);
  while ((got = read (output, buffer, sizeof buffer)) > 0)
    g_string_append_len (said, buffer, got);
  close (output);
  if (wait4 (child, &status, 0, &usage) != child || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_string_truncate (said, 0);
  *cost = (Cost) { (double) (g_get_monotonic_time () - begun) / 1e6,
                   seconds_of (usage.ru_utime) + seconds_of (usage.ru_stime),
                   (double) usage.ru_maxrss / 1024, 0, 0, 0, 0, 0 };
  return g_string_free (said, FALSE);
}

static void
clear_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "shanye.db") || g_str_has_prefix (name, "pipe.db"))
        g_unlink (path);
    }
}

static gboolean
pull (Setting *self, const char *page_size, const char *idling, Cost *cost)
{
  const char *arguments[] = { "/proc/self/exe", CHILD, self->base, page_size, self->keys,
                              self->folder, idling, NULL };
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *said = NULL;
  Cost             measured;

  arguments[0] = self_path;
  clear_folder (self->folder);
  said = run (arguments, &measured);
  if (sscanf (said, "%lf %lf %lf %lf %lf", &measured.pulling, &measured.stall, &measured.idle,
              &measured.own, &measured.rows) != 5)
    return FALSE;
  /* With the start of the process and the opening of the database, as the pipe has them. */
  *cost = measured;
  return TRUE;
}

/* One curl for all pages, over one connection; jq writes the columns that the description maps;
 * sqlite3 stores them in one transaction, with the same key. */
static const char script[] =
  "set -o pipefail; curl -sS -A Mozilla \"$1\" |"
  " jq -r '.data[] | [.tyshxydm, .qymc, ({\"1\":\"国家级\",\"2\":\"省级\",\"3\":\"市级\","
  "\"4\":\"县级\"}[.jb]), .rdnf, .dz, .xzqh] | @csv' |"
  " sqlite3 \"$2\" -cmd 'CREATE TABLE employer (uscc TEXT PRIMARY KEY, name TEXT, level TEXT,"
  " year INTEGER, address TEXT, region TEXT)' -cmd '.import --csv /dev/stdin employer'"
  " 'SELECT count(*) FROM employer'";

static char *
read_key (Setting *self)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject            *root;

  if (!json_parser_load_from_file (parser, self->keys, NULL))
    return g_strdup ("");
  root = json_node_get_object (json_parser_get_root (parser));
  return g_strdup (json_object_get_string_member (json_object_get_object_member (root, SERVICE),
                                                  "app_key"));
}

static gboolean
pipe_rows (Setting *self, const char *page_size, Cost *cost)
{
  guint64          size = g_ascii_strtoull (page_size, NULL, 10);
  g_autofree char *key = read_key (self);
  g_autofree char *address =
    g_strdup_printf ("%s/api/29200_00001/1/service.xhtml?appKey=%s&page=[1-%" G_GUINT64_FORMAT
                     "]&rows=%s", self->base, key, FEW / size, page_size);
  g_autofree char *database = g_build_filename (self->folder, "pipe.db", NULL);
  const char      *arguments[] = { "bash", "-c", script, "pipe", address, database, NULL };
  g_autofree char *said = NULL;

  clear_folder (self->folder);
  said = run (arguments, cost);
  cost->rows = g_ascii_strtod (said, NULL);
  return cost->rows > 0;
}

static void
keep_best (Cost *best, const Cost *cost)
{
  if (best->seconds == 0 || cost->seconds < best->seconds)
    best->seconds = cost->seconds;
  if (best->processor == 0 || cost->processor < best->processor)
    best->processor = cost->processor;
  best->megabytes = MAX (best->megabytes, cost->megabytes);
  best->rows = cost->rows;
}

/* Both by turns, so that what else the machine does disturbs both. */
static gboolean
compare (Setting *self, const char *page_size)
{
  Cost ours = { 0 };
  Cost theirs = { 0 };

  for (guint i = 0; i < REPEATS; i++)
    {
      Cost cost;

      if (!pull (self, page_size, "0", &cost))
        return FALSE;
      keep_best (&ours, &cost);
      if (!pipe_rows (self, page_size, &cost))
        return FALSE;
      keep_best (&theirs, &cost);
    }
  if (ours.rows != FEW || theirs.rows != FEW)
    return FALSE;
  printf ("pull-%s %.0f rows/s\n", page_size, FEW / ours.seconds);
  printf ("pull-%s-pipe %.0f rows/s\n", page_size, FEW / theirs.seconds);
  printf ("pull-%s-times %.2f x\n", page_size, theirs.seconds / ours.seconds);
  printf ("pull-%s-processor %.2f s\n", page_size, ours.processor);
  printf ("pull-%s-pipe-processor %.2f s\n", page_size, theirs.processor);
  printf ("pull-%s-memory %.1f MB\n", page_size, ours.megabytes);
  return TRUE;
}

static gboolean
pull_many (Setting *self)
{
  Cost cost;

  if (!pull (self, "5000", IDLE_SECONDS, &cost) || cost.rows != MANY)
    return FALSE;
  printf ("pull-million %.0f rows/s\n", MANY / cost.pulling);
  printf ("pull-million-stall %.1f ms\n", cost.stall);
  printf ("pull-million-stall-own %.1f ms\n", cost.own);
  printf ("pull-million-stall-idle %.1f ms\n", cost.idle);
  printf ("pull-million-memory %.1f MB\n", cost.megabytes);
  return TRUE;
}

static gboolean
measure (Setting *self)
{
  gboolean done = start_province (self, FEW) && compare (self, "200") && compare (self, "5000");

  fflush (stdout);
  stop_province (self);
  done = done && start_province (self, MANY) && pull_many (self);
  stop_province (self);
  clear_folder (self->folder);
  return done;
}

int
main (int argc, char **argv)
{
  Setting  setting = { NULL };
  gboolean done;

  if (argc == 7 && g_str_equal (argv[1], CHILD))
    return run_child (argv + 2);
  setting.folder = g_dir_make_tmp ("bench-pull-XXXXXX", NULL);
  setting.keys = g_build_filename (setting.folder, "keys.json", NULL);
  done = measure (&setting);
  if (!done)
    fprintf (stderr, "The rows could not be pulled.\n");
  g_unlink (setting.keys);
  g_rmdir (setting.folder);
  g_free (setting.folder);
  g_free (setting.keys);
  g_free (setting.base);
  return done ? 0 : 1;
}
