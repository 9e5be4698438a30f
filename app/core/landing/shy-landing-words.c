/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-words.h"

#include <glib/gi18n-lib.h>

/* How counts, times and pulls are said. Moments come as RFC 3339 and are said as the clocks of the
 * province show them; all texts are new and translated. */

#define PROVINCE "Asia/Shanghai"

static GDateTime *
to_province (GDateTime *when)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (PROVINCE);

  return zone != NULL ? g_date_time_to_timezone (when, zone) : g_date_time_to_local (when);
}

/**
 * shy_landing_words_count: (skip)
 * @count: a number
 *
 * Returns: (transfer full): the number as "1,234,567"
 */
char *
shy_landing_words_count (guint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  GString         *text = g_string_new (digits);

  for (gssize i = (gssize) text->len - 3; i > 0; i -= 3)
    g_string_insert_c (text, i, ',');

  return g_string_free (text, FALSE);
}

static GDateTime *
parse (const char *when)
{
  return when != NULL ? g_date_time_new_from_iso8601 (when, NULL) : NULL;
}

/**
 * shy_landing_words_ago: (skip)
 * @then: (nullable): a moment
 * @now: the moment now
 *
 * Returns: (transfer full): how long ago, as "3 days ago"; "never" for %NULL
 */
char *
shy_landing_words_ago (const char *then,
                       GDateTime  *now)
{
  g_autoptr (GDateTime) moment = parse (then);
  gint64                minutes;

  if (moment == NULL)
    return g_strdup (C_("time", "never"));

  minutes = g_date_time_difference (now, moment) / G_TIME_SPAN_MINUTE;
  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", minutes), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", minutes / 60),
                            (int) (minutes / 60));

  minutes /= 24 * 60;
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", minutes), (int) minutes);
}

/**
 * shy_landing_words_age: (skip)
 * @then: (nullable): when a copy was pulled
 * @now: the moment now
 *
 * Returns: (transfer full): how old it is, as "Data of 3 days ago" or "Pulled 5 minutes ago"
 */
char *
shy_landing_words_age (const char *then,
                       GDateTime  *now)
{
  g_autoptr (GDateTime) moment = parse (then);
  gint64                days = 0;

  if (moment == NULL)
    return g_strdup (_("Never pulled"));

  days = g_date_time_difference (now, moment) / G_TIME_SPAN_DAY;
  if (days < 1)
    {
      g_autofree char *ago = shy_landing_words_ago (then, now);

      /* Translators: how old a copy is: %s is “5 minutes ago”. */
      return g_strdup_printf (_("Pulled %s"), ago);
    }

  return g_strdup_printf (ngettext ("Data of %d day ago", "Data of %d days ago", days),
                          (int) days);
}

static int
day_number (GDateTime *when)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (when), g_date_time_get_month (when),
                  g_date_time_get_year (when));
  return (int) g_date_get_julian (&day);
}

/**
 * shy_landing_words_moment: (skip)
 * @when: (nullable): a moment
 * @now: the moment now
 *
 * Returns: (transfer full): a moment of these days, as "today 14:30", "tomorrow 08:30", "06-27 08:30",
 *   with the year if that is another; what is no moment as it is, %NULL as ""
 */
char *
shy_landing_words_moment (const char *when,
                          GDateTime  *now)
{
  g_autoptr (GDateTime) moment = parse (when);
  g_autoptr (GDateTime) here = NULL;
  g_autoptr (GDateTime) today = to_province (now);
  int                   days;

  if (moment == NULL)
    return g_strdup (when != NULL ? when : "");

  here = to_province (moment);
  days = day_number (here) - day_number (today);

  /* Translators: these five are in the format of g_date_time_format(). */
  if (days == 0)
    return g_date_time_format (here, _("today %H:%M"));
  if (days == 1)
    return g_date_time_format (here, _("tomorrow %H:%M"));
  if (days == -1)
    return g_date_time_format (here, _("yesterday %H:%M"));
  if (g_date_time_get_year (here) == g_date_time_get_year (today))
    return g_date_time_format (here, _("%m-%d %H:%M"));

  return g_date_time_format (here, _("%Y-%m-%d %H:%M"));
}

/**
 * shy_landing_words_left: (skip)
 * @seconds: what is left of a pull; -1 where nobody knows
 *
 * Returns: (transfer full): as "about 3 minutes left", "" where nobody knows
 */
char *
shy_landing_words_left (gint64 seconds)
{
  gint64 minutes = (seconds + 59) / 60;

  if (seconds < 0)
    return g_strdup ("");
  if (seconds < 60)
    return g_strdup (_("less than a minute left"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("about %d minute left", "about %d minutes left", minutes),
                            (int) minutes);

  minutes = (minutes + 59) / 60;
  return g_strdup_printf (ngettext ("about %d hour left", "about %d hours left", minutes),
                          (int) minutes);
}

static void
add_part (GString *text,
          char    *part)
{
  if (*part != '\0')
    {
      if (text->len > 0)
        /* Translators: stands between the parts of “page 12, 2,400 rows, about 1 minute left”. */
        g_string_append (text, C_("progress", ", "));
      g_string_append (text, part);
    }
  g_free (part);
}

static char *
say_rows (const ShyLandingProgress *progress)
{
  g_autofree char *rows = shy_landing_words_count (progress->rows);
  g_autofree char *total = NULL;

  if (progress->total < 0)
    return g_strdup_printf (ngettext ("%s row", "%s rows", progress->rows), rows);

  total = shy_landing_words_count (progress->total);
  return g_strdup_printf (_("%s of %s rows"), rows, total);
}

static char *
say_rate (double rate)
{
  g_autofree char *rows = shy_landing_words_count ((guint64) (rate + 0.5));

  return rate >= 1 ? g_strdup_printf (_("%s rows a second"), rows) : g_strdup ("");
}

/**
 * shy_landing_words_progress: (skip)
 * @pull: a pull that runs
 *
 * Returns: (transfer full): how far it is, as "Job fairs: page 12, 2,400 of 10,000 rows, about 1 minute
 *   left"
 */
char *
shy_landing_words_progress (ShyServicePull *pull)
{
  const ShyLandingProgress *progress = shy_service_pull_get_progress (pull);
  const char               *title = shy_service_pull_get_title (pull);
  g_autoptr (GString)       text = g_string_new (NULL);

  if (shy_service_pull_is_cancelled (pull))
    return g_strdup (_("Being cancelled…"));
  if (title == NULL)
    return g_strdup (_("Connecting…"));
  if (progress->pages == 0)
    return g_strdup_printf (_("%s: connecting…"), title);

  add_part (text, g_strdup_printf (_("page %llu"), (unsigned long long) progress->pages));
  add_part (text, say_rows (progress));
  add_part (text, say_rate (progress->rate));
  add_part (text, shy_landing_words_left (progress->seconds_left));

  /* Translators: a stream, and how far its pull is. */
  return g_strdup_printf (_("%s: %s"), title, text->str);
}

/* The first outcome of this kind, or NULL. */
static const ShyServicePullOutcome *
find_outcome (ShyServicePull *pull,
              ShyPullOutcome  outcome)
{
  GPtrArray *outcomes = shy_service_pull_get_outcomes (pull);

  for (guint i = 0; i < outcomes->len; i++)
    {
      const ShyServicePullOutcome *one = g_ptr_array_index (outcomes, i);

      if (one->outcome == outcome)
        return one;
    }

  return NULL;
}

static char *
say_success (ShyServicePull *pull)
{
  GPtrArray       *outcomes = shy_service_pull_get_outcomes (pull);
  guint64          rows = 0;
  g_autofree char *count = NULL;

  if (find_outcome (pull, SHY_PULL_LANDED) == NULL)
    return g_strdup (_("The service says that nothing has changed."));

  for (guint i = 0; i < outcomes->len; i++)
    rows += ((const ShyServicePullOutcome *) g_ptr_array_index (outcomes, i))->rows;
  count = shy_landing_words_count (rows);
  return g_strdup_printf (ngettext ("Up to date: %s row.", "Up to date: %s rows.", rows), count);
}

/**
 * shy_landing_words_ending: (skip)
 * @pull: a pull that has finished
 *
 * Returns: (transfer full): how it ended, in one sentence
 */
char *
shy_landing_words_ending (ShyServicePull *pull)
{
  const ShyServicePullOutcome *outcome;

  if (shy_service_pull_get_error (pull) != NULL)
    return g_strdup (shy_service_pull_get_error (pull)->message);

  outcome = find_outcome (pull, SHY_PULL_FAILED);
  if (outcome != NULL)
    return g_strdup_printf (_("%s: %s"), outcome->title, outcome->reason);
  outcome = find_outcome (pull, SHY_PULL_HELD);
  if (outcome != NULL)
    return g_strdup_printf (_("%s waits for your decision: %s"), outcome->title, outcome->reason);
  if (shy_service_pull_is_cancelled (pull))
    return g_strdup (_("The pull was cancelled. The copy is as it was before."));

  return say_success (pull);
}
