/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

/* When the program pulls by itself, as a table. The days are of 2026: 1 October is a Thursday and a
 * holiday, 10 October a Saturday that is worked. */

typedef struct
{
  const char *name;
  const char *success; /* (nullable) */
  const char *attempt; /* (nullable) */
  guint       failures;
  gboolean    held;
  const char *now;
  double      jitter;
  const char *next; /* NULL for never */
} Case;

#define DAY(day) "2026-09-" day "+08:00"

static const Case cases[] = {
  { "never pulled", NULL, NULL, 0, FALSE, DAY ("21T10:00:00"), 0, NULL },
  { "after a success", DAY ("21T09:00:00"), DAY ("21T08:59:00"), 0, FALSE, DAY ("21T09:10:00"), 0,
    "2026-09-21T13:00:00+08:00" },
  { "overdue", DAY ("20T09:00:00"), DAY ("20T09:00:00"), 0, FALSE, DAY ("21T10:11:12"), 0,
    "2026-09-21T10:11:12+08:00" },
  { "by chance", DAY ("21T09:00:00"), DAY ("21T09:00:00"), 0, FALSE, DAY ("21T09:10:00"), 1,
    "2026-09-21T13:48:00+08:00" },
  { "in the evening", DAY ("21T15:00:00"), DAY ("21T15:00:00"), 0, FALSE, DAY ("21T15:10:00"), 0,
    "2026-09-22T08:30:00+08:00" },
  { "in another zone", "2026-09-21T01:00:00Z", "2026-09-21T01:00:00Z", 0, FALSE,
    "2026-09-21T01:10:00Z", 0, "2026-09-21T13:00:00+08:00" },
  { "before a holiday", DAY ("30T16:00:00"), DAY ("30T16:00:00"), 0, FALSE, DAY ("30T16:10:00"), 0,
    "2026-10-08T08:30:00+08:00" },
  { "one failure", DAY ("01T09:00:00"), DAY ("21T09:00:00"), 1, FALSE, DAY ("21T09:01:00"), 0,
    "2026-09-21T09:05:00+08:00" },
  { "three failures", DAY ("01T09:00:00"), DAY ("21T09:00:00"), 3, FALSE, DAY ("21T09:01:00"), 0,
    "2026-09-21T09:20:00+08:00" },
  { "forty failures", DAY ("01T09:00:00"), DAY ("21T09:00:00"), 40, FALSE, DAY ("21T09:01:00"), 0,
    "2026-09-22T09:00:00+08:00" },
  { "held", DAY ("21T09:00:00"), DAY ("21T09:00:00"), 0, TRUE, DAY ("21T09:01:00"), 0, NULL },
};

static char *
ask (const Case *row, ShyServiceOptions *options)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (row->now, NULL);
  ShyStreamStatus       status = { .last_success = (char *) row->success,
                                   .last_attempt = (char *) row->attempt,
                                   .failures = row->failures, .held = row->held };
  g_autoptr (GDateTime) next = shy_schedule_next (options, &status, now,
                                                  shy_calendar_get_default (NULL), row->jitter);

  return next != NULL ? g_date_time_format (next, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
}

static ShyServiceOptions
make_options (void)
{
  return (ShyServiceOptions) { .automatic = TRUE, .from_minute = 510, .to_minute = 1050,
                               .every_minutes = 240, .workdays_only = TRUE };
}

static void
test_case (gconstpointer data)
{
  ShyServiceOptions options = make_options ();
  g_autofree char  *next = ask (data, &options);

  g_assert_cmpstr (next, ==, ((const Case *) data)->next);
}

static void
test_options (void)
{
  ShyServiceOptions options = make_options ();
  g_autofree char  *expired = NULL;
  g_autofree char  *weekend = NULL;
  g_autofree char  *by_hand = NULL;

  options.expires_on = (char *) "2026-09-20";
  expired = ask (&cases[1], &options);
  g_assert_null (expired);
  options.expires_on = NULL;
  options.workdays_only = FALSE;
  weekend = ask (&cases[6], &options);
  g_assert_cmpstr (weekend, ==, "2026-10-01T08:30:00+08:00");
  options.automatic = FALSE;
  by_hand = ask (&cases[1], &options);
  g_assert_null (by_hand);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/landing/schedule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/landing/schedule/options", test_options);
  return g_test_run ();
}
