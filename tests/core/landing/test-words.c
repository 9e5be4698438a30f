/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-words.h"
#include "../../home.h"

static void
test_count (void)
{
  static const struct
  {
    guint64     count;
    const char *text;
  } cases[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 123456, "123,456" },
    { G_MAXUINT64, "18,446,744,073,709,551,615" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = shy_landing_words_count (cases[i].count);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

typedef char *(*Say) (const char *when, GDateTime *now);

typedef struct
{
  const char *when;  /* NULL: no time at all */
  const char *text;
} Said;

static void
assert_says (Say         say,
             const Said *cases,
             gsize       n)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2025-06-30T09:00:00+08:00", NULL);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = say (cases[i].when, now);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_ago (void)
{
  static const Said cases[] = {
    { NULL, "never" },
    { "2025-06-30T09:00:20+08:00", "just now" }, /* another computer's clock */
    { "2025-06-30T08:59:01+08:00", "just now" },
    { "2025-06-30T08:59:00+08:00", "1 minute ago" },
    { "2025-06-30T08:00:01+08:00", "59 minutes ago" },
    { "2025-06-30T00:00:00Z", "1 hour ago" },
    { "2025-06-29T09:00:01+08:00", "23 hours ago" },
    { "2025-06-29T09:00:00+08:00", "1 day ago" },
    { "2025-05-01T09:00:00+08:00", "60 days ago" },
  };

  assert_says (shy_landing_words_ago, cases, G_N_ELEMENTS (cases));
}

static void
test_age (void)
{
  static const Said cases[] = {
    { NULL, "Never pulled" },
    { "2025-06-30T08:00:00+08:00", "Pulled 1 hour ago" },
    { "2025-06-27T08:00:00+08:00", "Data of 3 days ago" },
  };

  assert_says (shy_landing_words_age, cases, G_N_ELEMENTS (cases));
}

/* The day is the province's, whatever the offset says. */
static void
test_moment (void)
{
  static const Said cases[] = {
    { "2025-06-30T14:30:00+08:00", "today 14:30" },
    { "2025-06-29T16:30:00Z", "today 00:30" },
    { "2025-06-30T17:00:00Z", "tomorrow 01:00" },
    { "2025-06-29T08:30:00+08:00", "yesterday 08:30" },
    { "2025-07-02T08:30:00+08:00", "07-02 08:30" },
    { "2024-12-31T08:30:00+08:00", "2024-12-31 08:30" },
    { "第27周", "第27周" },
    { NULL, "" },
  };

  assert_says (shy_landing_words_moment, cases, G_N_ELEMENTS (cases));
}

static void
test_left (void)
{
  static const struct
  {
    gint64      seconds;
    const char *text;
  } cases[] = {
    { -1, "" },
    { 0, "less than a minute left" },
    { 60, "about 1 minute left" },
    { 61, "about 2 minutes left" },
    { 3541, "about 1 hour left" },
    { 3601, "about 2 hours left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = shy_landing_words_left (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/services-words/count", test_count);
  g_test_add_func ("/services-words/ago", test_ago);
  g_test_add_func ("/services-words/age", test_age);
  g_test_add_func ("/services-words/moment", test_moment);
  g_test_add_func ("/services-words/left", test_left);

  return g_test_run ();
}
