/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-temporal.h"

#include <glib.h>

/* A text and how it is written back; %NULL where it must be refused. */
typedef struct
{
  const char *text;
  const char *canonical;
} Row;

static char *
rewrite (const char          *text,
         ShyFeelTemporalKind *kind)
{
  ShyFeelTemporal value;

  *kind = shy_feel_temporal_parse (text, &value);
  switch (*kind)
    {
    case SHY_FEEL_TEMPORAL_DATE:
      return shy_feel_date_to_string (&value.date);
    case SHY_FEEL_TEMPORAL_TIME:
      return shy_feel_time_to_string (&value.time);
    case SHY_FEEL_TEMPORAL_DATE_TIME:
      return shy_feel_date_time_to_string (&value.date_time);
    case SHY_FEEL_TEMPORAL_DURATION:
      return shy_feel_duration_to_string (value.duration);
    case SHY_FEEL_TEMPORAL_MONTHS:
      return shy_feel_months_to_string (value.months);
    case SHY_FEEL_TEMPORAL_NONE:
    default:
      return NULL;
    }
}

static void
check_rows (const Row          *rows,
            guint               n_rows,
            ShyFeelTemporalKind expected)
{
  for (guint i = 0; i < n_rows; i++)
    {
      ShyFeelTemporalKind kind;
      g_autofree char    *text = rewrite (rows[i].text, &kind);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (kind, ==, rows[i].canonical != NULL ? expected : SHY_FEEL_TEMPORAL_NONE);
      g_assert_cmpstr (text, ==, rows[i].canonical);
    }
}

static void
test_dates (void)
{
  const Row rows[] = {
    { "2025-06-30", "2025-06-30" },
    { "2024-02-29", "2024-02-29" },
    { "2000-02-29", "2000-02-29" },
    { "0000-02-29", "0000-02-29" },
    { "-0004-02-29", "-0004-02-29" },
    { "0999-12-31", "0999-12-31" },
    { "99999-01-01", "99999-01-01" },
    { "999999999-12-31", "999999999-12-31" },
    { "-999999999-01-01", "-999999999-01-01" },
    { "2025-02-29", NULL },
    { "1900-02-29", NULL },
    { "2012-13-25", NULL },
    { "2012-00-25", NULL },
    { "2012-12-00", NULL },
    { "2012-12-32", NULL },
    { "2012-04-31", NULL },
    { "998-12-31", NULL },
    { "01211-12-31", NULL },
    { "-01211-12-31", NULL },
    { "+2012-12-31", NULL },
    { "1000000000-01-01", NULL },
    { "99999999999999999999-01-01", NULL },
    { "2012-1-01", NULL },
    { "2012-01-1", NULL },
    { "20120101", NULL },
    { "2012-12-25Z", NULL },
    { "2012-12-25T", NULL },
    { " 2012-12-25", NULL },
    { "2012-12-25 ", NULL },
    { "２０１２-12-25", NULL },
    { "", NULL },
    { "-", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), SHY_FEEL_TEMPORAL_DATE);
}

static void
test_times (void)
{
  const Row rows[] = {
    { "01:02:03", "01:02:03" },
    { "23:59:59.999999999", "23:59:59.999999999" },
    { "11:22:33.4440", "11:22:33.444" },
    { "11:22:33.0", "11:22:33" },
    { "11:22:33.1234567890000", "11:22:33.123456789" },
    { "24:00:00", "00:00:00" },
    { "24:00:00.000Z", "00:00:00Z" },
    { "11:00:00Z", "11:00:00Z" },
    { "23:59:00z", "23:59:00Z" },
    { "11:22:33-00:00", "11:22:33Z" },
    { "11:22:33+00:00", "11:22:33Z" },
    { "13:20:00+02:00", "13:20:00+02:00" },
    { "13:20:00+14:00", "13:20:00+14:00" },
    { "11:59:45-02:45:55", "11:59:45-02:45:55" },
    { "00:01:00@Etc/UTC", "00:01:00@Etc/UTC" },
    { "00:01:00@Etc/GMT+5", "00:01:00@Etc/GMT+5" },
    { "00:01:00@Asia/Shanghai", "00:01:00@Asia/Shanghai" },
    { "10:30:11@America/Argentina/Buenos_Aires", "10:30:11@America/Argentina/Buenos_Aires" },
    { "T10:00:00", NULL },
    { "T10", NULL },
    { "10:00", NULL },
    { "23:59:60", NULL },
    { "24:00:01", NULL },
    { "24:00:00.1", NULL },
    { "24:01:00", NULL },
    { "25:00:00", NULL },
    { "00:60:00", NULL },
    { "7:00:00", NULL },
    { "07:1:00", NULL },
    { "07:01:2", NULL },
    { "07:01:02.", NULL },
    { "07:01:02,5", NULL },
    { "11:22:33.1234567891", NULL },
    { "13:20:00+14:01", NULL },
    { "13:20:00+19:00", NULL },
    { "13:20:00-19:00", NULL },
    { "13:20:00+5:00", NULL },
    { "13:20:00+05:0", NULL },
    { "13:20:00+5", NULL },
    { "13:20:00+0500", NULL },
    { "13:20:00+05:60", NULL },
    { "13:20:00+02:00@Europe/Paris", NULL },
    { "13:20:00@xyz/abc", NULL },
    { "13:20:00@europe/paris", NULL },
    { "13:20:00@", NULL },
    { "13:20:00@Europe", NULL },
    { "13:20:00@+05:00", NULL },
    { "13:20:00@../../../etc/localtime", NULL },
    { "13:20:00@/usr/share/zoneinfo/UTC", NULL },
    { "13:20:00@zone.tab", NULL },
    { "13:20:00@posix/UTC", NULL },
    { "13:20:00@EST5EDT,M3.2.0,M11.1.0", NULL },
    { "11:30:00T", NULL },
    { "13:20:00 Z", NULL },
    { "13:20:00ZZ", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), SHY_FEEL_TEMPORAL_TIME);
}

static void
test_date_times (void)
{
  const Row rows[] = {
    { "2017-12-31T11:22:33", "2017-12-31T11:22:33" },
    { "2017-12-31T24:00:00", "2018-01-01T00:00:00" },
    { "2017-12-31T11:22:33.5+01:35", "2017-12-31T11:22:33.5+01:35" },
    { "-2017-12-31T11:22:33", "-2017-12-31T11:22:33" },
    { "2011-12-31T10:15:30.987@Europe/Paris", "2011-12-31T10:15:30.987@Europe/Paris" },
    { "999999999-12-31T23:59:59.999999999@Europe/Paris",
      "999999999-12-31T23:59:59.999999999@Europe/Paris" },
    { "999999999-12-31T24:00:00", NULL },
    { "2012T-12-2511:00:00Z", NULL },
    { "2017-12-31t11:22:33", NULL },
    { "2017-12-31 11:22:33", NULL },
    { "2017-12-31T", NULL },
    { "2017-12-31T11:22", NULL },
    { "2017-13-10T11:22:33", NULL },
    { "2011-12-03T10:15:30+01:00@Europe/Paris", NULL },
  };
  ShyFeelDateTime value;

  check_rows (rows, G_N_ELEMENTS (rows), SHY_FEEL_TEMPORAL_DATE_TIME);

  /* The function, unlike the literal, takes a date alone. */
  g_assert_true (shy_feel_date_time_parse ("2012-12-24", &value));
  g_assert_cmpint (value.time.zone.kind, ==, SHY_FEEL_ZONE_LOCAL);
  g_assert_true (shy_feel_date_time_parse ("2012-03-07Z", &value));
  g_assert_cmpint (value.time.zone.kind, ==, SHY_FEEL_ZONE_OFFSET);
  g_assert_false (shy_feel_date_time_parse ("11:00:00", &value));
}

static void
test_durations (void)
{
  const Row rows[] = {
    { "P10D", "P10D" },
    { "P0D", "PT0S" },
    { "-PT0S", "PT0S" },
    { "PT25H", "P1DT1H" },
    { "P0DT25H", "P1DT1H" },
    { "PT90M", "PT1H30M" },
    { "PT61S", "PT1M1S" },
    { "PT0.5S", "PT0.5S" },
    { "PT0.S", "PT0S" },
    { "PT1.S", "PT1S" },
    { "PT1.000000001S", "PT1.000000001S" },
    { "-P1DT2H3M4.5S", "-P1DT2H3M4.5S" },
    { "P1DT0S", "P1D" },
    { "P2DT3S", "P2DT3S" },
    { "P999999999999D", "P999999999999D" },
    { "P", NULL },
    { "PT", NULL },
    { "P1DT", NULL },
    { "P1", NULL },
    { "PT1D", NULL },
    { "P1H", NULL },
    { "PT1S1M", NULL },
    { "PT1M1M", NULL },
    { "PT1.5M", NULL },
    { "P1.5D", NULL },
    { "PT.5S", NULL },
    { "PT1.M", NULL },
    { "PT.S", NULL },
    { "P1Y1D", NULL },
    { "P1M1D", NULL },
    { "P1W", NULL },
    { "+P1D", NULL },
    { "P-1D", NULL },
    { "p1d", NULL },
    { "1D", NULL },
    { "P1D ", NULL },
    { "P9999999999999999999D", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), SHY_FEEL_TEMPORAL_DURATION);
}

static void
test_months (void)
{
  const Row rows[] = {
    { "P1Y2M", "P1Y2M" },
    { "P0M", "P0M" },
    { "-P0Y", "P0M" },
    { "P13M", "P1Y1M" },
    { "P12M", "P1Y" },
    { "-P11M", "-P11M" },
    { "P0Y13M", "P1Y1M" },
    { "P1M1Y", NULL },
    { "P1Y1Y", NULL },
    { "P1M1M", NULL },
    { "P1Y2", NULL },
    { "P1YT", NULL },
    { "P1.5Y", NULL },
    { "P999999999999999999Y", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), SHY_FEEL_TEMPORAL_MONTHS);
}

/* Anchors of the calendar that other sources give, and that days and dates are inverse. */
static void
test_days (void)
{
  const struct
  {
    const char *text;
    gint64      days;
    int         weekday;
    int         year_day;
    int         week;
  } rows[] = {
    { "1970-01-01", 0, 4, 1, 1 },
    { "1969-12-31", -1, 3, 365, 1 },
    { "2000-03-01", 11017, 3, 61, 9 },
    { "2000-01-01", 10957, 6, 1, 52 },
    { "0001-01-01", -719162, 1, 1, 1 },
    { "0000-03-01", -719468, 3, 61, 9 },
    { "2005-01-01", 12784, 6, 1, 53 },
    { "2005-01-02", 12785, 7, 2, 53 },
    { "2005-12-31", 13148, 6, 365, 52 },
    { "2007-01-01", 13514, 1, 1, 1 },
    { "2008-12-29", 14242, 1, 364, 1 },
    { "2009-12-31", 14609, 4, 365, 53 },
    { "2010-01-03", 14612, 7, 3, 53 },
    { "2020-12-31", 18627, 4, 366, 53 },
    { "2019-09-17", 18156, 2, 260, 38 },
    { "2018-12-10", 17875, 1, 344, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyFeelDate date;

      g_test_message ("%s", rows[i].text);
      g_assert_true (shy_feel_date_parse (rows[i].text, &date));
      g_assert_cmpint (shy_feel_date_get_days (&date), ==, rows[i].days);
      g_assert_cmpint (shy_feel_date_get_weekday (&date), ==, rows[i].weekday);
      g_assert_cmpint (shy_feel_date_get_year_day (&date), ==, rows[i].year_day);
      g_assert_cmpint (shy_feel_date_get_week (&date), ==, rows[i].week);
    }
}

/* Every day of 1896 to 2105 against GLib's calendar, and both ends of the range of FEEL. */
static void
test_days_against_glib (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, 1, 1896);
  ShyFeelDate date;
  ShyFeelDate back;
  ShyFeelDate first = { 1896, 1, 1 };
  gint64      n = shy_feel_date_get_days (&first);

  for (; g_date_get_year (day) < 2106; g_date_add_days (day, 1), n++)
    {
      g_assert_true (shy_feel_date_init_days (&date, n));
      g_assert_cmpint (date.year, ==, g_date_get_year (day));
      g_assert_cmpint (date.month, ==, g_date_get_month (day));
      g_assert_cmpint (date.day, ==, g_date_get_day (day));
      g_assert_cmpint (shy_feel_date_get_days (&date), ==, n);
      g_assert_cmpint (shy_feel_date_get_weekday (&date), ==, g_date_get_weekday (day));
      g_assert_cmpint (shy_feel_date_get_week (&date), ==, g_date_get_iso8601_week_of_year (day));
    }

  g_assert_true (shy_feel_date_init (&date, -SHY_FEEL_YEAR_MAX, 1, 1));
  g_assert_true (shy_feel_date_init_days (&back, shy_feel_date_get_days (&date)));
  g_assert_cmpint (shy_feel_date_compare (&date, &back), ==, 0);
  g_assert_false (shy_feel_date_init_days (&back, shy_feel_date_get_days (&date) - 1));
  g_assert_true (shy_feel_date_init (&date, SHY_FEEL_YEAR_MAX, 12, 31));
  g_assert_false (shy_feel_date_init_days (&back, shy_feel_date_get_days (&date) + 1));
  g_assert_false (shy_feel_date_init_days (&back, G_MAXINT64));
  g_assert_false (shy_feel_date_init_days (&back, G_MININT64));
}

static void
test_offsets (void)
{
  const struct
  {
    const char *text;
    gint32      offset;
  } rows[] = {
    { "2024-06-30T12:00:00@Europe/Paris", 7200 },
    { "2024-12-30T12:00:00@Europe/Paris", 3600 },
    { "2024-03-31T02:30:00@Europe/Paris", 3600 },  /* does not come */
    { "2024-10-27T02:30:00@Europe/Paris", 7200 },  /* comes twice */
    { "2024-12-30T12:00:00@Australia/Melbourne", 39600 },
    { "2050-06-30T12:00:00@Australia/Melbourne", 36000 },
    { "2050-12-30T12:00:00@Australia/Melbourne", 39600 },
    { "1988-07-01T12:00:00@Asia/Shanghai", 32400 }, /* China had summer time from 1986 to 1991 */
    { "2024-07-01T12:00:00@Asia/Shanghai", 28800 },
    { "999999999-12-31T23:59:59@Asia/Shanghai", 28800 },
    { "-999999999-12-31T23:59:59+02:00", 7200 },
  };
  ShyFeelTime time;
  gint32      offset;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyFeelDateTime value;

      g_test_message ("%s", rows[i].text);
      g_assert_true (shy_feel_date_time_parse (rows[i].text, &value));
      g_assert_true (shy_feel_date_time_get_offset (&value, &offset));
      g_assert_cmpint (offset, ==, rows[i].offset);
    }
  g_assert_true (shy_feel_time_parse ("10:30:00", &time));
  g_assert_false (shy_feel_time_get_offset (&time, &offset));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/feel/temporal/dates", test_dates);
  g_test_add_func ("/feel/temporal/times", test_times);
  g_test_add_func ("/feel/temporal/date-times", test_date_times);
  g_test_add_func ("/feel/temporal/durations", test_durations);
  g_test_add_func ("/feel/temporal/months", test_months);
  g_test_add_func ("/feel/temporal/days", test_days);
  g_test_add_func ("/feel/temporal/days-against-glib", test_days_against_glib);
  g_test_add_func ("/feel/temporal/offsets", test_offsets);

  return g_test_run ();
}
