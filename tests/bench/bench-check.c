/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a clerk gets: “shanyectl check” of a csv, and “check --commit” into a new database, as
 * processes, against the sqlite3 shell importing the same csv in the same run. All rows are distinct
 * persons with right check digits. Ratios are of rows a second to those of the shell; what a busy
 * machine changes less is the time of its processors, user and system. A number as argument measures
 * that many rows more, as 1000000. */

#define POLICY "zj-job-seeking"

typedef struct
{
  double seconds;   /* by the clock on the wall */
  double processor; /* seconds, of all threads */
  double megabytes; /* peak of memory */
} Cost;

/* GB 11643: weights of the digits, and the character of each sum. */
static char
check_digit (const char *digits)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int              sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (digits[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

static void
write_row (FILE  *file,
           guint  row)
{
  GDate born;
  char  number[32];

  g_date_clear (&born, 1);
  g_date_set_dmy (&born, 1, G_DATE_JANUARY, 1990);
  g_date_add_days (&born, row / 999);
  g_snprintf (number, sizeof number, "331122%04u%02u%02u%03u", (guint) g_date_get_year (&born),
              (guint) g_date_get_month (&born), (guint) g_date_get_day (&born), row % 999 + 1);
  fprintf (file, "王%u,%s%c,缙云县,丽水学院,城乡低保家庭,%u-06-30,,\n", row, number, check_digit (number),
           2024 + row % 2);
}

static void
write_rows (const char *path,
            guint       n_rows)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("姓名,证件号,申报县,学校,困难类别,毕业日期,手机,银行账号\n", file);
  for (guint i = 0; i < n_rows; i++)
    write_row (file, i);
  g_assert_cmpint (fclose (file), ==, 0);
}

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / G_USEC_PER_SEC;
}

static Cost
run (const char *const *words)
{
  Cost          cost = { 0 };
  struct rusage usage;
  gint64        begun = g_get_monotonic_time ();
  GError       *error = NULL;
  GPid          pid;
  int           status;

  g_spawn_async (NULL, (char **) words, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                   G_SPAWN_STDERR_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wait4 (pid, &status, 0, &usage), ==, pid);
  g_assert_cmpint (status, ==, 0);
  cost.seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  cost.processor = to_seconds (usage.ru_utime) + to_seconds (usage.ru_stime);
  cost.megabytes = (double) usage.ru_maxrss / 1024;
  return cost;
}

static void
tell (const char *name,
      guint       n_rows,
      const Cost *cost,
      const Cost *peer)
{
  printf ("%s-%u %.0f rows/s\n", name, n_rows, n_rows / cost->seconds);
  printf ("%s-%u-processor %.1f us/row\n", name, n_rows, cost->processor * G_USEC_PER_SEC / n_rows);
  printf ("%s-%u-memory %.0f MB\n", name, n_rows, cost->megabytes);
  if (peer != NULL)
    printf ("%s-%u-to-sqlite3 %.4f ratio\n", name, n_rows, peer->seconds / cost->seconds);
  fflush (stdout);
}

static void
measure (const char *folder,
         guint       n_rows)
{
  g_autofree char *csv = g_build_filename (folder, "rows.csv", NULL);
  g_autofree char *database = g_build_filename (folder, "register.db", NULL);
  g_autofree char *other = g_build_filename (folder, "peer.db", NULL);
  g_autofree char *import = g_strdup_printf (".import '%s' rows", csv);
  GStatBuf         about;
  Cost             peer, decided, stored;

  write_rows (csv, n_rows);
  peer = run ((const char *[]){ "sqlite3", "-csv", other, import, NULL });
  decided = run ((const char *[]){ SHANYECTL, "--database", database, "check", csv, "--policy",
                                   POLICY, "--on", "2025-06-30", NULL });
  stored = run ((const char *[]){ SHANYECTL, "--database", database, "check", csv, "--policy",
                                  POLICY, "--on", "2025-06-30", "--commit", NULL });
  g_assert_cmpint (g_stat (database, &about), ==, 0);
  tell ("sqlite3-import", n_rows, &peer, NULL);
  tell ("check", n_rows, &decided, &peer);
  tell ("check-commit", n_rows, &stored, &peer);
  printf ("check-commit-%u-size %.0f bytes/row\n", n_rows, (double) about.st_size / n_rows);
  g_remove (csv);
  g_remove (database);
  g_remove (other);
}

int
main (int    n_arguments,
      char **arguments)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-check-XXXXXX", NULL);

  g_assert_nonnull (folder);
  measure (folder, 20000);
  measure (folder, 100000);
  if (n_arguments > 1)
    measure (folder, (guint) g_ascii_strtoull (arguments[1], NULL, 10));
  g_rmdir (folder);
  return 0;
}
