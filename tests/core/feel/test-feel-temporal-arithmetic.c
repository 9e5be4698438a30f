/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-temporal.h"

#include <glib.h>

/* left + right = sum, where right is a duration of either kind; %NULL for out of range. */
static const struct
{
  const char *left;
  const char *right;
  const char *sum;
} sums[] = {
  { "2025-01-31", "P1M", "2025-02-28" },
  { "2024-01-31", "P1M", "2024-02-29" },
  { "2024-02-29", "P1Y", "2025-02-28" },
  { "2024-03-31", "-P1M", "2024-02-29" },
  { "2024-01-15", "-P1M", "2023-12-15" },
  { "2024-12-15", "P1M", "2025-01-15" },
  { "0000-01-15", "-P1M", "-0001-12-15" },
  { "2025-01-01", "P1D", "2025-01-02" },
  { "2025-01-01", "PT36H", "2025-01-02" },
  { "2025-01-01", "PT23H59M59S", "2025-01-01" },
  { "2025-01-01", "-PT1S", "2024-12-31" },
  { "999999999-12-31", "P1D", NULL },
  { "999999999-12-01", "P1M", NULL },
  { "-999999999-01-01", "-PT1S", NULL },
  { "2025-01-01", "P99999999999999999D", NULL },
  { "2025-01-01", "P99999999999999999Y", NULL },
  { "23:59:00Z", "PT2M", "00:01:00Z" },
  { "00:00:30", "-PT1M", "23:59:30" },
  { "10:00:00+08:00", "P1DT0.5S", "10:00:00.5+08:00" },
  { "2012-12-24T23:59:00", "PT1M", "2012-12-25T00:00:00" },
  { "2024-01-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z" },
  { "2024-01-01T00:00:00+08:00", "-PT0.000000001S", "2023-12-31T23:59:59.999999999+08:00" },
  { "999999999-12-31T23:59:59", "PT1S", NULL },
  /* The clock of Paris is put forward on 2024-03-31 at 02:00 and back on 2024-10-27 at 03:00. */
  { "2024-03-31T01:59:59@Europe/Paris", "PT1S", "2024-03-31T03:00:00@Europe/Paris" },
  { "2024-03-30T12:00:00@Europe/Paris", "P1D", "2024-03-31T13:00:00@Europe/Paris" },
  { "2024-10-26T12:00:00@Europe/Paris", "P1D", "2024-10-27T11:00:00@Europe/Paris" },
  { "2024-03-30T12:00:00@Europe/Paris", "P1M", "2024-04-30T12:00:00@Europe/Paris" },
  { "2024-06-01T12:00:00@Asia/Shanghai", "P180D", "2024-11-28T12:00:00@Asia/Shanghai" },
};

/* Adds a duration of either kind and writes the sum; %NULL if it is out of range. */
static char *
add (const ShyFeelTemporal *left,
     ShyFeelTemporalKind    kind,
     const ShyFeelTemporal *right,
     gboolean               by_months)
{
  ShyFeelTemporal sum = *left;

  switch (kind)
    {
    case SHY_FEEL_TEMPORAL_DATE:
      if (!(by_months ? shy_feel_date_add_months (&left->date, right->months, &sum.date)
                      : shy_feel_date_add_nanos (&left->date, right->duration, &sum.date)))
        return NULL;
      return shy_feel_date_to_string (&sum.date);
    case SHY_FEEL_TEMPORAL_TIME:
      shy_feel_time_add_nanos (&sum.time, right->duration, &sum.time);
      return shy_feel_time_to_string (&sum.time);
    case SHY_FEEL_TEMPORAL_DATE_TIME:
      if (!(by_months
              ? shy_feel_date_time_add_months (&left->date_time, right->months, &sum.date_time)
              : shy_feel_date_time_add_nanos (&left->date_time, right->duration, &sum.date_time)))
        return NULL;
      return shy_feel_date_time_to_string (&sum.date_time);
    case SHY_FEEL_TEMPORAL_DURATION:
    case SHY_FEEL_TEMPORAL_MONTHS:
    case SHY_FEEL_TEMPORAL_NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
test_add (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      ShyFeelTemporal     left, right;
      ShyFeelTemporalKind kind = shy_feel_temporal_parse (sums[i].left, &left);
      gboolean            by_months;
      g_autofree char    *sum = NULL;

      g_test_message ("%s + %s", sums[i].left, sums[i].right);
      by_months = shy_feel_temporal_parse (sums[i].right, &right) == SHY_FEEL_TEMPORAL_MONTHS;
      sum = add (&left, kind, &right, by_months);
      g_assert_cmpstr (sum, ==, sums[i].sum);
    }
}

static void
test_subtract (void)
{
  const struct
  {
    const char *left;
    const char *right;
    const char *difference;
  } rows[] = {
    { "2012-12-25", "2012-12-24", "P1D" },
    { "2024-02-28", "2024-03-01", "-P2D" },
    { "999999999-12-31", "-999999999-01-01", "P730484999633D" },
    { "10:00:00", "09:59:59.5", "PT0.5S" },
    { "00:00:00", "23:00:00", "-PT23H" },
    { "10:00:00Z", "10:00:00+08:00", "PT8H" },
    { "10:00:00Z", "10:00:00", NULL },
    { "10:00:00Z", "10:00:00@Asia/Shanghai", "PT8H" },
    { "10:00:00Z", "10:00:00@Europe/Paris", NULL },
    { "2024-01-02T00:00:00", "2024-01-01T12:00:00", "PT12H" },
    { "2024-01-01T00:00:00Z", "2024-01-01T00:00:00+08:00", "PT8H" },
    { "2024-03-31T12:00:00@Europe/Paris", "2024-03-30T12:00:00@Europe/Paris", "PT23H" },
    { "2024-07-01T12:00:00@Europe/Paris", "2024-07-01T12:00:00Z", "-PT2H" },
    { "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyFeelTemporal  left;
      ShyFeelTemporal  right;
      ShyFeelNanos     nanos = 0;
      gboolean         fine = TRUE;
      g_autofree char *text = NULL;

      g_test_message ("%s - %s", rows[i].left, rows[i].right);
      shy_feel_temporal_parse (rows[i].right, &right);
      switch (shy_feel_temporal_parse (rows[i].left, &left))
        {
        case SHY_FEEL_TEMPORAL_DATE:
          nanos = shy_feel_date_subtract (&left.date, &right.date);
          break;
        case SHY_FEEL_TEMPORAL_TIME:
          fine = shy_feel_time_subtract (&left.time, &right.time, &nanos);
          break;
        default:
          fine = shy_feel_date_time_subtract (&left.date_time, &right.date_time, &nanos);
        }
      g_assert_cmpint (fine, ==, rows[i].difference != NULL);
      text = shy_feel_duration_to_string (nanos);
      if (fine)
        g_assert_cmpstr (text, ==, rows[i].difference);
    }
}

static void
test_compare (void)
{
  const struct
  {
    const char *a;
    const char *b;
    int         order;
    gboolean    equal;
    gboolean    is;
  } rows[] = {
    { "10:00:00", "10:00:00", 0, TRUE, TRUE },
    { "10:00:00", "10:00:01", -1, FALSE, FALSE },
    { "10:00:00Z", "10:00:00+00:00", 0, TRUE, TRUE },
    { "10:00:00Z", "18:00:00+08:00", 0, TRUE, FALSE },
    { "10:00:00Z", "10:00:00", 0, FALSE, FALSE },
    { "10:00:00Z", "09:00:00", 1, FALSE, FALSE },
    { "00:01:00@Etc/UTC", "00:01:00Z", 0, TRUE, FALSE },
    { "00:01:00@Europe/Paris", "00:01:00@America/New_York", 0, FALSE, FALSE },
    { "00:01:00@Europe/Paris", "00:01:00@Europe/Paris", 0, TRUE, TRUE },
    { "2018-12-08T10:30:11", "2018-12-08T10:30:11", 0, TRUE, TRUE },
    { "2018-12-08T10:30:11Z", "2018-12-08T10:30:11", 0, FALSE, FALSE },
    { "2018-12-08T10:30:11Z", "2018-12-08T10:30:10", 1, FALSE, FALSE },
    { "2018-12-08T10:30:11+08:00", "2018-12-08T02:30:11Z", 0, TRUE, FALSE },
    { "2023-03-06T16:23:00+01:00", "2023-03-06T16:23:00@Europe/Paris", 0, TRUE, FALSE },
    { "2023-07-06T16:23:00+01:00", "2023-07-06T16:23:00@Europe/Paris", 1, FALSE, FALSE },
    { "2077-07-05T16:23:00+02:00", "2077-07-05T16:23:00@Europe/Paris", 0, TRUE, FALSE },
    { "2096-02-29T16:23:00+01:00", "2096-02-29T16:23:00@Europe/Paris", 0, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyFeelTemporal a;
      ShyFeelTemporal b;
      gboolean time = shy_feel_temporal_parse (rows[i].a, &a) == SHY_FEEL_TEMPORAL_TIME;

      g_test_message ("%s ? %s", rows[i].a, rows[i].b);
      shy_feel_temporal_parse (rows[i].b, &b);
      g_assert_cmpint (time ? shy_feel_time_compare (&a.time, &b.time)
                            : shy_feel_date_time_compare (&a.date_time, &b.date_time),
                       ==, rows[i].order);
      g_assert_cmpint (time ? shy_feel_time_equal (&a.time, &b.time)
                            : shy_feel_date_time_equal (&a.date_time, &b.date_time),
                       ==, rows[i].equal);
      g_assert_cmpint (time ? shy_feel_time_is (&a.time, &b.time)
                            : shy_feel_date_time_is (&a.date_time, &b.date_time),
                       ==, rows[i].is);
    }
}

static void
test_months_between (void)
{
  const struct
  {
    const char *from;
    const char *to;
    const char *months;
  } rows[] = {
    { "2011-12-22", "2013-08-24", "P1Y8M" },
    { "2013-08-24", "2011-12-22", "-P1Y8M" },
    { "2015-01-21", "2016-01-21", "P1Y" },
    { "2016-01-01", "2016-01-01", "P0M" },
    { "2016-09-30", "2017-12-28", "P1Y2M" },
    { "-2016-01-30", "-2017-02-28", "-P11M" },
    { "2014-12-31", "-2019-10-01", "-P4033Y2M" },
    { "2017-09-05", "-2019-10-01", "-P4035Y11M" },
    { "2017-02-28", "2019-07-23", "P2Y4M" },
    { "2025-01-31", "2025-02-28", "P0M" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyFeelDate      from;
      ShyFeelDate      to;
      g_autofree char *text = NULL;

      g_assert_true (shy_feel_date_parse (rows[i].from, &from));
      g_assert_true (shy_feel_date_parse (rows[i].to, &to));
      text = shy_feel_months_to_string (shy_feel_date_months_between (&from, &to));
      g_assert_cmpstr (text, ==, rows[i].months);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/feel/temporal/add", test_add);
  g_test_add_func ("/feel/temporal/subtract", test_subtract);
  g_test_add_func ("/feel/temporal/compare", test_compare);
  g_test_add_func ("/feel/temporal/months-between", test_months_between);

  return g_test_run ();
}
