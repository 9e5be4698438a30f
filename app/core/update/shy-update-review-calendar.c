/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-review-private.h"

#include "policy/shy-sentence-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* The one calendar that the program reads. */
#define CALENDAR "cn"

/* A weekend on which work is made up lies so near to a holiday; the notices of the State Council
 * for 2022 to 2026 stay within 15 days. */
#define MAX_DISTANCE 30

/* The days off of every year, as names of them begin (全国年节及纪念日放假办法, 第二条). */
static const char *const holidays[] = { "元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆" };

static ShyCalendar *
check_contents (ShyUpdateReview *self)
{
  const ShyUpdate        *update = self->update;
  g_autofree char        *name = g_strdup_printf ("%s %s", update->id, update->version);
  g_autoptr (GBytes)      bytes = g_bytes_new (update->content, strlen (update->content));
  g_autoptr (GError)      error = NULL;
  g_autoptr (ShyCalendar) calendar = NULL;

  if (!g_str_equal (update->id, CALENDAR))
    {
      shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FAILED,
                             g_strdup_printf (_("The program reads the calendar “%s” and no “%s”. "
                                                "Discard the update."), CALENDAR, update->id));
      return NULL;
    }
  calendar = shy_calendar_new (name, bytes, &error);
  if (calendar == NULL)
    shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FAILED,
                           g_strdup (error->message));
  else if (g_strcmp0 (shy_calendar_get_version (calendar), update->version) != 0)
    shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FAILED,
                           g_strdup (_("The calendar does not name the version that the update is "
                                       "said to have. Ask its issuer for it again.")));
  else
    {
      shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FINE,
                             g_strdup (_("The calendar can be read.")));
      return g_steal_pointer (&calendar);
    }
  return NULL;
}

/* What a year of the calendar has. */
typedef struct
{
  guint named[G_N_ELEMENTS (holidays)]; /* days of each holiday */
  guint off;                            /* weekdays that are not worked */
  guint made_up;                        /* weekends that are */
  GDate far;                            /* a made-up day far from every holiday; clear if none is */
} Year;

static gboolean
is_near_holiday (ShyCalendar *calendar, guint julian)
{
  for (guint day = julian - MAX_DISTANCE; day <= julian + MAX_DISTANCE; day++)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, day);
      if (shy_calendar_get_holiday (calendar, &date) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
count_day (Year *year, ShyCalendar *calendar, const GDate *date)
{
  const char *holiday = shy_calendar_get_holiday (calendar, date);
  gboolean    weekend = g_date_get_weekday (date) >= G_DATE_SATURDAY;
  gboolean    working = FALSE;

  shy_calendar_is_working_day (calendar, date, &working, NULL);
  for (guint i = 0; holiday != NULL && i < G_N_ELEMENTS (holidays); i++)
    year->named[i] += strstr (holiday, holidays[i]) != NULL;
  year->off += !weekend && !working;
  year->made_up += weekend && working;
  if (weekend && working && !is_near_holiday (calendar, g_date_get_julian (date)))
    year->far = *date;
}

static Year
count_year (ShyCalendar *calendar, GDateYear number)
{
  Year  year = { { 0 } };
  GDate date;

  g_date_clear (&year.far, 1);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, number);
  for (; g_date_get_year (&date) == number; g_date_add_days (&date, 1))
    count_day (&year, calendar, &date);
  return year;
}

/* Says what contradicts itself in a year, or NULL. */
static char *
find_fault (const Year *year, GDateYear number)
{
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (year->named[i] == 0)
      return g_strdup_printf (_("%d has no “%s”."), number, holidays[i]);
  if (year->made_up >= year->off)
    return g_strdup_printf (_("In %d, %u weekends are worked to make up for %u weekdays off."),
                            number, year->made_up, year->off);
  if (g_date_valid (&year->far))
    {
      g_autofree char *day = shy_date_format (&year->far);

      /* Translators: %s is a day. */
      return g_strdup_printf (_("%s is worked to make up for a holiday, but none is near."), day);
    }
  return NULL;
}

static gboolean
begins_and_ends_years (const GDate *first, const GDate *last)
{
  return g_date_get_day_of_year (first) == 1 && g_date_get_month (last) == G_DATE_DECEMBER &&
         g_date_get_day (last) == 31;
}

static char *
find_faults (ShyCalendar *calendar, ShyCalendar *before)
{
  GDate first, last, known_first, known_last;
  char *fault = NULL;

  shy_calendar_get_range (calendar, &first, &last);
  if (!begins_and_ends_years (&first, &last))
    return g_strdup (_("The calendar must hold whole years, from 1 January to 31 December."));
  if (before != NULL)
    {
      shy_calendar_get_range (before, &known_first, &known_last);
      if (g_date_compare (&first, &known_first) > 0 || g_date_compare (&last, &known_last) < 0)
        return g_strdup (_("The calendar lacks days that the one in force knows."));
    }
  for (GDateYear year = g_date_get_year (&first); fault == NULL && year <= g_date_get_year (&last);
       year++)
    {
      const Year counted = count_year (calendar, year);

      fault = find_fault (&counted, year);
    }
  return fault;
}

static void
check_days (ShyUpdateReview *self, ShyCalendar *calendar, ShyCalendar *before)
{
  char *fault = find_faults (calendar, before);

  if (fault != NULL)
    shy_update_review_add (self, "days", _("Days"), SHY_UPDATE_FAILED,
                           /* Translators: %s is what is wrong, as a whole sentence. */
                           g_strdup_printf (_("The calendar contradicts itself: %s Ask its issuer "
                                              "for it again."), fault));
  else
    shy_update_review_add (self, "days", _("Days"), SHY_UPDATE_FINE,
                           g_strdup (_("Every year has its holidays, and the days that are made up "
                                       "fit them.")));
  g_free (fault);
}

/* Days that have passed and were counted in deadlines become others: rare, and worth a look. */
static guint
count_past (ShyCalendar *calendar, ShyCalendar *before, const GDate *today)
{
  guint count = 0;
  GDate date, last;

  shy_calendar_get_range (before, &date, &last);
  for (; g_date_compare (&date, &last) <= 0 && g_date_compare (&date, today) < 0;
       g_date_add_days (&date, 1))
    {
      gboolean was = FALSE;
      gboolean is = FALSE;

      shy_calendar_is_working_day (before, &date, &was, NULL);
      if (shy_calendar_is_working_day (calendar, &date, &is, NULL))
        count += was != is;
    }
  return count;
}

static void
check_use (ShyUpdateReview *self, ShyCalendar *calendar, ShyCalendar *before)
{
  guint past = 0;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_time_t (&today, g_get_real_time () / G_USEC_PER_SEC);
  if (before != NULL)
    past = count_past (calendar, before, &today);
  if (past > 0)
    shy_update_review_add (self, "use", _("Use"), SHY_UPDATE_ATTENTION,
                           g_strdup_printf (ngettext ("%u day that has passed is changed too. "
                                                      "Deadlines that ran over it count otherwise "
                                                      "from now on.",
                                                      "%u days that have passed are changed too. "
                                                      "Deadlines that ran over them count "
                                                      "otherwise from now on.", past), past));
  else
    shy_update_review_add (self, "use", _("Use"), SHY_UPDATE_FINE,
                           g_strdup (_("Deadlines are counted by it as soon as it is accepted. "
                                       "What was decided before stays as it is.")));
}

/*< private >
 * shy_update_review_read_calendar:
 * @self: a review of a calendar whose signature is right
 * @basis: what it is held against
 */
void
shy_update_review_read_calendar (ShyUpdateReview *self, const ShyUpdateBasis *basis)
{
  ShyCalendar            *before = basis->calendar;
  const char             *installed = before != NULL ? shy_calendar_get_version (before) : NULL;
  g_autoptr (ShyCalendar) calendar = NULL;

  self->title = g_strdup (_("Working days of China"));
  shy_update_review_version (self, installed);
  calendar = check_contents (self);
  if (calendar == NULL || self->update->state != SHY_UPDATE_WAITING)
    return;

  check_days (self, calendar, before);
  check_use (self, calendar, before);
  if (before == NULL)
    return;
  self->before = g_strdup (installed != NULL ? installed : _("without a version"));
  g_ptr_array_unref (self->changes);
  self->changes = shy_update_compare_calendars (before, calendar);
}
