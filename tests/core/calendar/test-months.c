/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "calendar/shy-full-months.h"
#include "calendar/shy-month-set.h"
#include "shy-error.h"

#include <string.h>

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
test_full_months (void)
{
  const struct
  {
    const char *from;
    const char *to;
    int         since;
    int         period;
    int         calendar;
  } rows[] = {
    { "2024-01-01", "2024-12-31", 11, 12, 12 },
    { "2024-01-01", "2025-01-01", 12, 12, 12 },
    { "2024-03-15", "2024-04-14", 0, 1, 0 },
    { "2024-03-15", "2024-04-15", 1, 1, 0 },
    { "2024-03-15", "2024-04-30", 1, 1, 1 },
    { "2024-03-15", "2024-05-31", 2, 2, 2 },
    { "2025-01-31", "2025-02-27", 0, 0, 0 },
    { "2025-01-31", "2025-02-28", 1, 1, 1 },
    { "2024-01-31", "2024-02-28", 0, 0, 0 },
    { "2024-01-31", "2024-02-29", 1, 1, 1 },
    { "2025-01-31", "2025-03-30", 1, 2, 1 },
    { "2025-01-31", "2025-03-31", 2, 2, 2 },
    { "2025-01-30", "2025-02-28", 1, 1, 1 },
    { "2025-03-01", "2025-03-28", 0, 0, 0 },
    { "2025-03-01", "2025-03-31", 0, 1, 1 },
    { "2024-02-29", "2025-02-28", 12, 12, 12 },
    { "2024-02-29", "2025-02-27", 11, 11, 11 },
    { "2024-02-28", "2025-02-27", 11, 12, 11 },
    { "2025-06-30", "2025-06-30", 0, 0, 0 },
    { "2025-06-30", "2025-06-29", 0, 0, 0 },
    { "2025-06-30", "2024-06-29", 0, 0, 0 },
    { "2022-07-11", "2024-07-10", 23, 24, 23 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate from = parse (rows[i].from);
      GDate to = parse (rows[i].to);

      g_test_message ("%s %s", rows[i].from, rows[i].to);
      g_assert_cmpint (shy_full_months (&from, &to, SHY_MONTH_RULE_SINCE), ==, rows[i].since);
      g_assert_cmpint (shy_full_months (&from, &to, SHY_MONTH_RULE_PERIOD), ==, rows[i].period);
      g_assert_cmpint (shy_full_months (&from, &to, SHY_MONTH_RULE_CALENDAR), ==, rows[i].calendar);
    }
}

/* On the day that is foretold the months are full, and on the day before they are not: for every
   day of two years, one of them a leap year, and for every rule. */
static void
test_first_day (void)
{
  GDate from = parse ("2023-12-01");

  for (; g_date_get_year (&from) < 2026; g_date_add_days (&from, 1))
    for (int rule = SHY_MONTH_RULE_SINCE; rule <= SHY_MONTH_RULE_CALENDAR; rule++)
      for (int months = 0; months <= 25; months++)
        {
          GDate day;
          GDate before;

          shy_full_months_day (&from, months, (ShyMonthRule) rule, &day);
          before = day;
          g_date_subtract_days (&before, 1);
          g_assert_cmpint (shy_full_months (&from, &day, (ShyMonthRule) rule), ==, months);
          if (months > 0)
            g_assert_cmpint (shy_full_months (&from, &before, (ShyMonthRule) rule), ==, months - 1);
        }
}

static void
test_rule_names (void)
{
  ShyMonthRule rule;

  for (int i = SHY_MONTH_RULE_SINCE; i <= SHY_MONTH_RULE_CALENDAR; i++)
    {
      g_assert_true (shy_month_rule_parse (shy_month_rule_to_name ((ShyMonthRule) i), &rule));
      g_assert_cmpint (rule, ==, i);
    }
  g_assert_false (shy_month_rule_parse ("", &rule));
  g_assert_false (shy_month_rule_parse ("Since", &rule));
}

static const struct
{
  const char *text;
  const char *tidied; /* %NULL: refused */
} month_lists[] = {
  { "", "" },
  { " , ", "" },
  { "2024-01", "2024-01" },
  { "2024-1", "2024-01" },
  { "2024-01..2024-12,2025-02", "2024-01..2024-12,2025-02" },
  { "2024-01 .. 2024-12 , 2025-02", "2024-01..2024-12,2025-02" },
  { "2025-02,2024-01..2024-12", "2024-01..2024-12,2025-02" },
  { "2024-01,2024-02,2024-03", "2024-01..2024-03" },
  { "2024-01 2024-02\n2024-03", "2024-01..2024-03" },
  { "2024-01-2024-03", "2024-01..2024-03" },
  { "202401-202403", "2024-01..2024-03" },
  { "202401", "2024-01" },
  { "2024/1~2024/3", "2024-01..2024-03" },
  { "2024.01..2024.03", "2024-01..2024-03" },
  { "2024.1-2024.3", "2024-01..2024-03" },
  { "2024年1月至2024年3月", "2024-01..2024-03" },
  { "2024年1月-3月", "2024-01..2024-03" },
  { "2024年1-12月", "2024-01..2024-12" },
  { "２０２４年１月—２０２４年３月、２０２５年２月", "2024-01..2024-03,2025-02" },
  { "2024年01月——2024年03月；2025年2月", "2024-01..2024-03,2025-02" },
  { "2023-12..2024-02", "2023-12..2024-02" },
  { "2024-03补缴", "2024-03补缴" },
  { "2024-01..2024-04,2024-03补缴", "2024-01..2024-02,2024-03补缴,2024-04" },
  { "2024-03补缴,2024-01..2024-04", "2024-01..2024-02,2024-03补缴,2024-04" },
  { "2024-01..2024-02,2024-03(补缴),2024-04", "2024-01..2024-02,2024-03补缴,2024-04" },
  { "2024年3月（补）", "2024-03补缴" },
  { "2024年3月 补缴 2024年4月", "2024-03补缴,2024-04" },
  { "1900-01..2199-12", "1900-01..2199-12" },
  { "2024-13", NULL },
  { "2024-00", NULL },
  { "2024", NULL },
  { "24-01", NULL },
  { "1899-12", NULL },
  { "2200-01", NULL },
  { "2024-01-15", NULL },
  { "20240115", NULL },
  { "2024-03..2024-01", NULL },
  { "2024-01..", NULL },
  { "..2024-01", NULL },
  { "2024-01..12", NULL },
  { "12", NULL },
  { "三月", NULL },
  { "2024-01x", NULL },
  { "999999999999-01", NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (month_lists); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ShyMonthSet) set = shy_month_set_parse (month_lists[i].text, &error);
      g_autoptr (ShyMonthSet) again = NULL;
      g_autofree char        *text = NULL;
      g_autofree char        *same = NULL;

      g_test_message ("%s", month_lists[i].text);
      if (month_lists[i].tidied == NULL)
        {
          g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (error);
      text = shy_month_set_to_string (set);
      g_assert_cmpstr (text, ==, month_lists[i].tidied);
      again = shy_month_set_parse (text, &error);
      g_assert_no_error (error);
      same = shy_month_set_to_string (again);
      g_assert_cmpstr (same, ==, text);
    }
}

/* The message names the one element that cannot be read. */
static void
test_parse_message (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_month_set_parse ("2024-01,2024-13,2024-02", &error));
  g_assert_cmpstr (error->message, ==,
                   "“2024-13” is no month: write 2024-01, or 2024-01..2024-12 for several, with "
                   "commas between.");
}

static void
test_runs (void)
{
  const struct
  {
    const char *months;
    const char *until; /* %NULL: all */
    guint       count;
    guint       longest;
    guint       last;
    guint       ending;
  } rows[] = {
    { "", "2025-06-01", 0, 0, 0, 0 },
    { "2024-01..2024-12", "2024-12-01", 12, 12, 12, 12 },
    { "2024-01..2024-12", "2024-06-30", 12, 6, 6, 6 },
    { "2024-01..2024-12", "2025-01-01", 12, 12, 12, 0 },
    { "2024-01..2024-12", "2023-01-01", 12, 0, 0, 0 },
    { "2024-01..2024-12,2025-02..2025-03", "2025-03-01", 14, 12, 2, 2 },
    { "2024-01..2024-12,2025-02..2025-03", "2025-04-01", 14, 12, 2, 0 },
    { "2023-11..2024-02", "2024-02-15", 4, 4, 4, 4 },
    { "2024-01..2024-02,2024-03补缴,2024-04..2024-06", "2024-06-01", 5, 3, 3, 3 },
    { "2024-01..2024-05,2024-06补缴", "2024-06-01", 5, 5, 5, 0 },
    { "2024-01补缴", "2024-01-01", 0, 0, 0, 0 },
    { "1900-01..1900-03", "1900-03-01", 3, 3, 3, 3 },
    { "2199-11..2199-12", "2199-12-31", 2, 2, 2, 2 },
    { "2199-11..2199-12", "2300-12-31", 2, 2, 2, 0 },
    { "1900-01", "1899-12-31", 1, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyMonthSet) set = shy_month_set_parse (rows[i].months, NULL);
      GDate                   until = parse (rows[i].until);

      g_test_message ("%s %s", rows[i].months, rows[i].until);
      g_assert_cmpuint (shy_month_set_count (set), ==, rows[i].count);
      g_assert_cmpuint (shy_month_set_longest_run (set, &until), ==, rows[i].longest);
      g_assert_cmpuint (shy_month_set_last_run (set, &until), ==, rows[i].last);
      g_assert_cmpuint (shy_month_set_run_ending (set, &until), ==, rows[i].ending);
      g_assert_cmpint (shy_month_set_contains (set, &until), ==, rows[i].ending > 0);
    }
}

/* Months paid later than due may be listed apart. */
static void
test_back_paid (void)
{
  g_autoptr (ShyMonthSet) set = shy_month_set_parse ("2024-01..2024-12", NULL);
  g_autoptr (ShyMonthSet) late = shy_month_set_parse ("2024-03,2025-01", NULL);
  g_autofree char        *text = NULL;

  shy_month_set_mark_back_paid (set, late);
  text = shy_month_set_to_string (set);
  g_assert_cmpstr (text, ==, "2024-01..2024-02,2024-03补缴,2024-04..2024-12");
  g_assert_cmpuint (shy_month_set_longest_run (set, NULL), ==, 9);
  g_assert_cmpuint (shy_month_set_last_run (set, NULL), ==, 9);
  g_assert_true (shy_month_set_add (set, 2024, 3, FALSE));
  g_assert_true (shy_month_set_add (set, 2025, 1, FALSE));
  g_assert_cmpuint (shy_month_set_longest_run (set, NULL), ==, 10);
  g_assert_false (shy_month_set_add (set, 2024, 13, FALSE));
  g_assert_false (shy_month_set_add (set, 1899, 12, FALSE));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/months/full-months", test_full_months);
  g_test_add_func ("/months/first-day", test_first_day);
  g_test_add_func ("/months/rule-names", test_rule_names);
  g_test_add_func ("/months/parse", test_parse);
  g_test_add_func ("/months/parse-message", test_parse_message);
  g_test_add_func ("/months/runs", test_runs);
  g_test_add_func ("/months/back-paid", test_back_paid);

  return g_test_run ();
}
