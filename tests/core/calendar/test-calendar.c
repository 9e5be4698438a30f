/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "calendar/shy-calendar.h"
#include "shy-error.h"

#include <glib/gstdio.h>
#include <string.h>

static ShyCalendar *
get_calendar (void)
{
  g_autoptr (GError)  error = NULL;
  ShyCalendar        *calendar = shy_calendar_get_default (&error);

  g_assert_no_error (error);
  return calendar;
}

static GDate
parse (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, text);
  g_assert_true (g_date_valid (&date));
  return date;
}

static void
assert_date (const GDate *date,
             const char  *expected)
{
  char text[16];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  g_assert_cmpstr (text, ==, expected);
}

/* Golden vectors: computed from the npm package chinese-days 1.5.7. */
static void
test_golden (void)
{
  const struct
  {
    const char *date;
    int         days;
    const char *result;
  } rows[] = {
    { "2022-09-30", 5, "2022-10-12" },
    { "2023-01-20", 5, "2023-02-01" },
    { "2023-04-28", 7, "2023-05-11" },
    { "2024-02-08", 5, "2024-02-21" },
    { "2024-09-13", 5, "2024-09-23" },
    { "2025-01-24", 5, "2025-02-07" },
    { "2025-04-25", 5, "2025-05-06" },
    { "2025-09-26", 5, "2025-10-10" },
    { "2025-09-30", 10, "2025-10-21" },
    { "2026-02-13", 5, "2026-02-27" },
    { "2026-09-18", 10, "2026-10-09" },
    /* From a Saturday; back again; none; from just outside; to the very ends. */
    { "2025-06-07", 1, "2025-06-09" },
    { "2025-10-21", -10, "2025-09-30" },
    { "2025-06-07", 0, "2025-06-07" },
    { "2030-01-01", 0, "2030-01-01" },
    { "2021-12-31", 1, "2022-01-04" },
    { "2027-01-01", -1, "2026-12-31" },
    { "2026-12-30", 1, "2026-12-31" },
    { "2022-01-05", -1, "2022-01-04" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      GDate              date = parse (rows[i].date);
      GDate              result;
      int                days;

      g_test_message ("%s %+d", rows[i].date, rows[i].days);
      g_assert_true (shy_calendar_add_working_days (get_calendar (), &date, rows[i].days, &result,
                                                    &error));
      assert_date (&result, rows[i].result);
      g_assert_true (shy_calendar_count_working_days (get_calendar (), &date, &result, &days,
                                                      &error));
      g_assert_cmpint (days, ==, rows[i].days);
    }
}

static void
test_working_days_of_a_year (void)
{
  const int expected[] = { 249, 249, 251, 248, 248 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *from = g_strdup_printf ("%u-12-31", 2021 + i);
      g_autofree char *to = g_strdup_printf ("%u-12-31", 2022 + i);
      GDate            first = parse (from);
      GDate            last = parse (to);
      int              days;

      g_assert_true (shy_calendar_count_working_days (get_calendar (), &first, &last, &days, NULL));
      g_assert_cmpint (days, ==, expected[i]);
    }
}

static void
test_single_days (void)
{
  const struct
  {
    const char *date;
    gboolean    working;
    const char *holiday;
  } rows[] = {
    { "2022-12-31", FALSE, "元旦" },
    { "2023-01-03", TRUE, NULL }, /* one package calls it a holiday, wrongly */
    { "2023-01-28", TRUE, NULL },
    { "2024-02-17", FALSE, "春节" },
    { "2024-02-18", TRUE, NULL },
    { "2025-06-07", FALSE, NULL },
    { "2025-06-09", TRUE, NULL },
    { "2025-10-06", FALSE, "中秋" },
    { "2026-12-31", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate    date = parse (rows[i].date);
      gboolean working;

      g_test_message ("%s", rows[i].date);
      g_assert_true (shy_calendar_is_working_day (get_calendar (), &date, &working, NULL));
      g_assert_cmpint (working, ==, rows[i].working);
      g_assert_cmpstr (shy_calendar_get_holiday (get_calendar (), &date), ==, rows[i].holiday);
    }
}

/* Adding and counting are each other's inverse, and agree with looking at day after day. */
static void
test_against_single_days (void)
{
  GDate from = parse ("2024-01-01");

  for (; g_date_get_year (&from) < 2025; g_date_add_days (&from, 1))
    {
      GDate to = from;
      int   counted = 0;

      for (guint i = 0; i < 60; i++)
        {
          GDate    result;
          gboolean working;
          int      days;

          g_date_add_days (&to, 1);
          g_assert_true (shy_calendar_is_working_day (get_calendar (), &to, &working, NULL));
          counted += working;
          g_assert_true (shy_calendar_count_working_days (get_calendar (), &from, &to, &days, NULL));
          g_assert_cmpint (days, ==, counted);
          if (!working)
            continue;
          g_assert_true (shy_calendar_add_working_days (get_calendar (), &from, counted, &result,
                                                        NULL));
          g_assert_cmpint (g_date_compare (&result, &to), ==, 0);
        }
    }
}

/* Beyond its ends the calendar says so and what to do. */
static void
test_outside (void)
{
  const struct
  {
    const char *date;
    int         days;
    const char *message;
  } rows[] = {
    { "2026-12-31", 1, "later ones are needed" },
    { "2026-12-20", 10000000, "later ones are needed" },
    { "2027-01-02", -1, "later ones are needed" },
    { "2022-01-04", -1, "earlier ones are needed" },
    { "2021-12-30", 1, "earlier ones are needed" },
    { "2025-01-01", -10000000, "earlier ones are needed" },
    { "2025-01-01", G_MININT, "earlier ones are needed" },
    { "2025-01-01", G_MAXINT, "later ones are needed" },
  };
  g_autoptr (GError) error = NULL;
  GDate              early = parse ("2025-01-01");
  GDate              late = parse ("2027-01-01");
  gboolean           working;
  int                days;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate date = parse (rows[i].date);
      GDate result;

      g_test_message ("%s %+d", rows[i].date, rows[i].days);
      g_assert_false (shy_calendar_add_working_days (get_calendar (), &date, rows[i].days, &result,
                                                     &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, rows[i].message));
      g_assert_nonnull (strstr (error->message, "2026-12-31"));
      g_clear_error (&error);
    }
  g_assert_false (shy_calendar_is_working_day (get_calendar (), &late, &working, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (shy_calendar_count_working_days (get_calendar (), &early, &late, &days, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_null (shy_calendar_get_holiday (get_calendar (), &late));
}

static void
test_broken_files (void)
{
  const struct
  {
    const char *body;
    const char *message;
  } rows[] = {
    { "\"from\":\"2025-01-01\"", "until" },
    { "\"from\":\"2025-01-01\",\"until\":\"2024-12-31\"", "until" },
    { "\"from\":\"0001-01-01\",\"until\":\"2024-12-31\"", "until" },
    { "\"from\":\"2025-1-1\",\"until\":\"2025-12-31\"", "from" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[{\"first\":\"2026-01-01\","
      "\"last\":\"2026-01-01\",\"name\":\"a\"}],\"working_days\":[]", "holidays[0].first" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[{\"first\":\"2025-01-02\","
      "\"last\":\"2025-01-01\",\"name\":\"a\"}],\"working_days\":[]", "holidays[0].last" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[{\"first\":\"2025-01-01\","
      "\"last\":\"2025-01-02\",\"name\":\"a\"},{\"first\":\"2025-01-02\",\"last\":\"2025-01-02\","
      "\"name\":\"b\"}],\"working_days\":[]", "holidays[1].name" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[],"
      "\"working_days\":[\"2025-01-06\"]", "working_days[0]" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[],\"working_days\":[7]",
      "working_days[0]" },
    { "\"from\":\"2025-01-01\",\"until\":\"2025-12-31\",\"holidays\":[]", "working_days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)      error = NULL;
      char                   *text = g_strdup_printf ("{\"format\":1,\"source\":\"s\",%s}",
                                                      rows[i].body);
      g_autoptr (GBytes)      bytes = g_bytes_new_take (text, strlen (text));
      g_autoptr (ShyCalendar) calendar = shy_calendar_new ("x.json", bytes, &error);

      g_test_message ("%s", text);
      g_assert_null (calendar);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, rows[i].message));
    }
}

static void
test_range (void)
{
  GDate first;
  GDate last;

  shy_calendar_get_range (get_calendar (), &first, &last);
  assert_date (&first, "2022-01-01");
  assert_date (&last, "2026-12-31");
  g_assert_nonnull (strstr (shy_calendar_get_source (get_calendar ()), "chinese-days"));
}

/* A file of one's own takes the place of the one that is shipped. Runs in a process of its own,
   since the calendar is read once. */
static void
test_own_file (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "shanye/calendars", NULL);
      g_autofree char *path = g_build_filename (dir, "cn.json", NULL);
      GDate            first;
      GDate            last;

      g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, "{\"format\":1,\"source\":\"own\",\"from\":"
                                          "\"2027-01-01\",\"until\":\"2027-12-31\",\"holidays\":[],"
                                          "\"working_days\":[]}", -1, NULL));
      shy_calendar_get_range (get_calendar (), &first, &last);
      assert_date (&first, "2027-01-01");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static char *
write_own (const char *version,
           const char *year)
{
  g_autofree char *path = shy_calendar_build_own_path ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"format\":1,\"version\":\"%s\",\"source\":\"own\",\"from\":\"%s-01-01\","
                          "\"until\":\"%s-12-31\",\"holidays\":[],\"working_days\":[]}",
                          version, year, year);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&path);
}

static void
assert_first (const char *expected)
{
  GDate first;
  GDate last;

  shy_calendar_get_range (get_calendar (), &first, &last);
  assert_date (&first, expected);
}

/* A calendar that was given long ago does not hide the later one of a newer program; and what is in
   use is replaced only on demand. */
static void
test_later_version (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *path = write_own ("2019.1", "2019");

      assert_first ("2022-01-01");
      g_free (write_own ("2027.1", "2027"));
      assert_first ("2022-01-01");
      g_assert_true (shy_calendar_reload_default (&error));
      assert_first ("2027-01-01");
      g_assert_cmpstr (shy_calendar_get_version (get_calendar ()), ==, "2027.1");

      g_assert_true (g_file_set_contents (path, "{", -1, NULL));
      g_assert_false (shy_calendar_reload_default (&error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      assert_first ("2027-01-01");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/calendar/golden", test_golden);
  g_test_add_func ("/calendar/working-days-of-a-year", test_working_days_of_a_year);
  g_test_add_func ("/calendar/single-days", test_single_days);
  g_test_add_func ("/calendar/against-single-days", test_against_single_days);
  g_test_add_func ("/calendar/outside", test_outside);
  g_test_add_func ("/calendar/broken-files", test_broken_files);
  g_test_add_func ("/calendar/range", test_range);
  g_test_add_func ("/calendar/own-file", test_own_file);
  g_test_add_func ("/calendar/later-version", test_later_version);

  return g_test_run ();
}
