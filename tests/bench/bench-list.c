/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of applications in the real window, with a thousand and with a million of them, against an
 * empty window of libadwaita in the same run. Each measurement is a process of its own. What is asked is
 * asked as a person does: a chip is pressed, a column orders, a name is typed. */
#include "shy.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPEATS 30
#define FRAMES 120

static double
now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static double
processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec * 1000.0 + usage.ru_utime.tv_usec / 1000.0 +
         usage.ru_stime.tv_sec * 1000.0 + usage.ru_stime.tv_usec / 1000.0;
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
run_for (double milliseconds)
{
  double end = now () + milliseconds;

  while (now () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
}

static gboolean
over_cb (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits as a window does that nobody touches. */
static void
rest (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
painted_cb (GdkFrameClock *clock,
            double        *at)
{
  if (*at == 0)
    *at = now ();
}

/* When the next picture of a window is painted. */
static double
wait_for_picture (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  double         at = 0;
  gulong         handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &at);

  gtk_widget_queue_draw (window);
  while (at == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return at;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

static void
tell (const char *rows,
      const char *what,
      double     *times,
      guint       n)
{
  qsort (times, n, sizeof *times, compare);
  printf ("%s-%s-median %.1f ms\n%s-%s-99th %.1f ms\n", rows, what, times[n / 2], rows, what,
          times[n - 1 - n / 100]);
}

/* The window; it is its first picture that counts. */
static void
bench_empty (const char *rows)
{
  double     begin = now ();
  GtkWidget *window;

  adw_init ();
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  gtk_window_present (GTK_WINDOW (window));
  printf ("empty-window-first-frame %.1f ms\n", wait_for_picture (window) - begin);
}

/* The first row, when its values are there. */
static gboolean
shows_row (GtkWidget *table)
{
  GListModel            *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
  g_autoptr (ShyRecord)  first = g_list_model_get_item (model, 0);

  return first != NULL && shy_record_is_loaded (first);
}

/* How an answer looks from outside: other rows, which are read, in a picture. */
typedef struct
{
  gboolean changed;
} Answer;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Answer     *answer)
{
  answer->changed = TRUE;
}

static double
wait_for_answer (GtkWidget *window,
                 GtkWidget *table,
                 Answer    *answer,
                 double     begin)
{
  while (!answer->changed || !shows_row (table))
    g_main_context_iteration (NULL, TRUE);
  return wait_for_picture (window) - begin;
}

static void
bench_asking (const char *rows,
              GtkWidget  *window,
              GtkWidget  *page,
              GtkWidget  *table)
{
  static const char *const outcomes[] = { "not_eligible", "eligible", "materials", "" };
  static const char *const orders[] = { "amount", "decided-on", "county", "" };
  static const char *const names[] = { "王", "wang", "zhang", "" };
  GListModel              *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
  GtkEditable             *search = GTK_EDITABLE (find (page, "GtkSearchEntry"));
  double                   times[REPEATS];
  Answer                   answer;
  gulong                   handler;

  handler = g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), &answer);
  for (guint what = 0; what < 3; what++)
    {
      static const char *const titles[] = { "filter", "sort", "search" };

      for (guint i = 0; i < REPEATS; i++)
        {
          double begin;

          run_for (400); /* all of the list before is counted */
          answer.changed = FALSE;
          begin = now ();
          if (what == 0)
            shy_list_page_set_filter (SHY_LIST_PAGE (page), "outcome", outcomes[i % 4]);
          else if (what == 1)
            gtk_widget_activate_action (page, "columns.order", "s", orders[i % 4]);
          else
            {
              gtk_editable_set_text (search, names[i % 4]);
              g_signal_emit_by_name (search, "search-changed");
            }
          times[i] = wait_for_answer (window, table, &answer, begin);
        }
      tell (rows, titles[what], times, REPEATS);
    }
  g_signal_handler_disconnect (model, handler);
}

/* Scrolls 40 pixels a picture, and in leaps over the whole list. */
static void
bench_scrolling (const char *rows,
                 GtkWidget  *window,
                 GtkWidget  *table)
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  double         times[FRAMES];

  for (guint leap = 0; leap < 2; leap++)
    {
      double step = leap ? gtk_adjustment_get_upper (at) / FRAMES : 40;

      for (guint i = 0; i < FRAMES; i++)
        {
          double begin = processor ();

          gtk_adjustment_set_value (at, step * i);
          wait_for_picture (window);
          times[i] = processor () - begin;
        }
      tell (rows, leap ? "leap-frame" : "scroll-frame", times, FRAMES);
    }
}

static void
activate_cb (ShyApplication *application,
             const char     *rows)
{
  double     begin = *(double *) g_object_get_data (G_OBJECT (application), "begin");
  GtkWidget *window, *page, *table;
  double     idle;

  window = GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application)));
  shy_window_open_page (SHY_WINDOW (window), "subsidies", NULL);
  printf ("%s-first-frame %.1f ms\n", rows, wait_for_picture (window) - begin);
  while ((page = find (window, "ShyListPage")) == NULL || (table = find (page, "GtkColumnView")) == NULL ||
         !shows_row (table))
    g_main_context_iteration (NULL, TRUE);
  printf ("%s-rows-shown %.1f ms\n", rows, wait_for_picture (window) - begin);
  run_for (3000);

  bench_scrolling (rows, window, table);
  bench_asking (rows, window, page, table);
  run_for (3000);
  idle = processor ();
  rest (5000);
  printf ("%s-idle %.2f %%\n", rows, (processor () - idle) / 50.0);
  fflush (stdout);
  _exit (0);
}

static gboolean
idle_cb (gpointer rows)
{
  activate_cb (SHY_APPLICATION (g_application_get_default ()), rows);
  return G_SOURCE_REMOVE;
}

static void
bench_window (const char *rows)
{
  double          begin = now ();
  ShyApplication *application = shy_application_new ();
  char           *arguments[] = { (char *) "shanye", NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_set_default (G_APPLICATION (application));
  g_object_set_data (G_OBJECT (application), "begin", &begin);
  g_idle_add_full (G_PRIORITY_LOW, idle_cb, (gpointer) rows, NULL);
  g_application_run (G_APPLICATION (application), 1, arguments);
}

/* Makes the database as the window does, and nothing else. */
static gboolean
make_cb (gpointer data)
{
  GtkWidget *window = GTK_WIDGET (
    gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ())));

  shy_window_open_page (SHY_WINDOW (window), "subsidies", NULL);
  while (find (window, "ShyListPage") == NULL)
    g_main_context_iteration (NULL, TRUE);
  run_for (1000);
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

static void
make_database (const char *rows)
{
  ShyApplication *application = shy_application_new ();
  char           *arguments[] = { (char *) "shanye", NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_set_default (G_APPLICATION (application));
  g_idle_add_full (G_PRIORITY_LOW, make_cb, NULL, NULL);
  g_application_run (G_APPLICATION (application), 1, arguments);
  fflush (stdout);
  _exit (0);
}

/* The rows are written beside the program: that each is bound to the journal is not what is measured. */
static void
fill (const char *path,
      guint       rows)
{
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
    "INSERT INTO subsidy_case (id, policy, policy_version, county, decided_on, outcome, amount, employer, "
    "name, pinyin, initials, person, revision, changed_at, reason) "
    "SELECT i, 'zj-postdoc-grant', '2022.3', printf ('3311%%02d', 1 + i %% 26), "
    "date ('2024-01-01', '+' || (i * 31 %% 700) || ' days'), "
    "CASE i * 7919 %% 4 WHEN 0 THEN 'eligible' WHEN 1 THEN 'not_eligible' WHEN 2 THEN 'materials' "
    "ELSE 'person' END, CASE i * 7919 %% 4 WHEN 0 THEN (i * 104729 %% 200000) * 100 ELSE 0 END, '', "
    "substr ('王李张刘陈杨黄赵周吴', 1 + i %% 10, 1) || substr ('伟芳娜敏静丽强磊军洋', 1 + i / 10 %% 10, 1), "
    "substr ('wang li   zhangliu  chen yang huangzhao zhou wu   ', 1 + i %% 10 * 5, 5) || ' wei', 'xx', "
    "printf ('3311221992%%02d%%02d%%04d', 1 + i %% 12, 1 + i %% 28, i %% 10000), 1, '2025-06-30', NULL FROM n; "
    /* As of a database of before the index: the window puts them into it behind all other work. */
    "INSERT OR REPLACE INTO subsidy_search_fill (id, next, last) VALUES (1, 1, %u)",
    rows, rows);
  sqlite3 *database;
  char    *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  if (message != NULL)
    g_printerr ("%s\n", message);
  sqlite3_close (database);
}

/* A process of its own for each: GTK begins anew. */
static void
run_apart (void (*work) (const char *rows), const char *rows)
{
  int   status;
  pid_t child;

  fflush (stdout);
  child = fork ();
  if (child == 0)
    {
      work (rows);
      fflush (stdout);
      _exit (0);
    }
  waitpid (child, &status, 0);
  if (status != 0)
    fprintf (stderr, "%s: ended with %d\n", rows, status);
}

int
main (void)
{
  static const struct { const char *name; guint rows; } sizes[] = { { "1k", 1000 }, { "1m", 1000000 } };

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    {
      printf ("list skipped: there is no display\n");
      return 0;
    }
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  for (guint i = 0; i < 3; i++)
    run_apart (bench_empty, "empty");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *home = g_dir_make_tmp ("shy-bench-list-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (home, "shanye", "shanye.db", NULL);
      g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", home);

      g_setenv ("XDG_DATA_HOME", home, TRUE);
      g_setenv ("XDG_STATE_HOME", home, TRUE);
      run_apart (make_database, sizes[i].name);
      fill (path, sizes[i].rows);
      run_apart (bench_window, sizes[i].name);
      if (system (remove) != 0)
        fprintf (stderr, "%s was left\n", home);
    }
  return 0;
}
