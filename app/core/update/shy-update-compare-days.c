/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-change-private.h"

#include "policy/shy-sentence-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* Compares two calendars day by day; neighbours to which the same happens are one change. */

/* What a calendar says of a day. */
typedef struct
{
  gboolean    known;
  gboolean    working;
  gboolean    weekend;
  const char *holiday; /* (nullable): interned by the calendar */
} Day;

static Day
read_day (ShyCalendar *calendar, const GDate *date)
{
  Day day = { FALSE };

  day.weekend = g_date_get_weekday (date) >= G_DATE_SATURDAY;
  day.known = shy_calendar_is_working_day (calendar, date, &day.working, NULL);
  day.holiday = day.known ? shy_calendar_get_holiday (calendar, date) : NULL;
  return day;
}

static gboolean
are_same (const Day *a, const Day *b)
{
  return a->known == b->known && a->working == b->working &&
         g_strcmp0 (a->holiday, b->holiday) == 0;
}

/* A day as every week has it: nobody has to be told. */
static gboolean
is_ordinary (const Day *day)
{
  return day->holiday == NULL && day->working != day->weekend;
}

static gboolean
goes_on (const Day *a, const Day *b)
{
  return are_same (a, b) && a->weekend == b->weekend;
}

static char *
describe (const Day *day)
{
  if (!day->known)
    return g_strdup (_("not known yet"));
  if (day->holiday != NULL)
    /* Translators: %s is the name of a public holiday. */
    return g_strdup_printf (_("day off (%s)"), day->holiday);
  if (day->working)
    return g_strdup (day->weekend ? _("working day (made up)") : _("working day"));
  return g_strdup (_("day off"));
}

static const char *
name_weekday (const GDate *date)
{
  static const char *const names[] = {
    [G_DATE_MONDAY] = N_("Monday"),       [G_DATE_TUESDAY] = N_("Tuesday"),
    [G_DATE_WEDNESDAY] = N_("Wednesday"), [G_DATE_THURSDAY] = N_("Thursday"),
    [G_DATE_FRIDAY] = N_("Friday"),       [G_DATE_SATURDAY] = N_("Saturday"),
    [G_DATE_SUNDAY] = N_("Sunday"),
  };

  return _(names[g_date_get_weekday (date)]);
}

static char *
write_days (guint first, guint last)
{
  g_autoptr (GDate) from = g_date_new_julian (first);
  g_autoptr (GDate) until = g_date_new_julian (last);
  g_autofree char  *one = shy_date_format (from);
  g_autofree char  *other = shy_date_format (until);

  if (first == last)
    /* Translators: a day and its weekday. */
    return g_strdup_printf (_("%s (%s)"), one, name_weekday (from));
  /* Translators: two days and their weekdays. */
  return g_strdup_printf (_("%s (%s) to %s (%s)"), one, name_weekday (from), other,
                          name_weekday (until));
}

static void
add_days (GPtrArray *changes, guint first, guint last, const Day *before, const Day *after)
{
  g_autofree char     *days = write_days (first, last);
  ShyUpdateChangeKind  kind = !before->known ? SHY_UPDATE_ADDED
                            : !after->known ? SHY_UPDATE_REMOVED : SHY_UPDATE_CHANGED;

  shy_update_changes_add (changes, kind, _("Working days"), days, NULL,
                          before->known ? describe (before) : NULL,
                          after->known ? describe (after) : NULL);
}

/* Days that the other calendar did not know are only told where they are no ordinary ones; that
 * they come or go is told once, by the range. */
static gboolean
is_told (const Day *before, const Day *after)
{
  if (are_same (before, after))
    return FALSE;
  if (before->known && after->known)
    return TRUE;
  return after->known && !is_ordinary (after);
}

static void
compare_days (GPtrArray *changes, ShyCalendar *before, ShyCalendar *after, guint from, guint until)
{
  guint first = 0; /* of the neighbours that are collected, 0 for none */
  Day   was, is;

  for (guint julian = from; julian <= until + 1; julian++)
    {
      g_autoptr (GDate) date = g_date_new_julian (julian);
      Day               then = read_day (before, date);
      Day               now = read_day (after, date);
      /* Over days that were not known, a holiday goes on over its weekend. */
      gboolean          same = first != 0 && julian <= until &&
                               (then.known || was.known
                                ? goes_on (&then, &was) && goes_on (&now, &is)
                                : are_same (&now, &is));

      if (first != 0 && !same)
        {
          add_days (changes, first, julian - 1, &was, &is);
          first = 0;
        }
      if (first == 0 && julian <= until && is_told (&then, &now))
        {
          first = julian;
          was = then;
          is = now;
        }
    }
}

static char *
write_range (const GDate *first, const GDate *last)
{
  g_autofree char *one = shy_date_format (first);
  g_autofree char *other = shy_date_format (last);

  /* Translators: two days. */
  return g_strdup_printf (_("%s to %s"), one, other);
}

/**
 * shy_update_compare_calendars: (skip)
 * @before: a calendar
 * @after: a later version
 *
 * Says what changes between two versions of the working calendar, day by day.
 *
 * Returns: (transfer full) (element-type ShyUpdateChange): the changes, in the order of the days
 */
GPtrArray *
shy_update_compare_calendars (ShyCalendar *before,
                              ShyCalendar *after)
{
  GPtrArray *changes;
  GDate      first, last, new_first, new_last;
  char      *was;
  char      *is;

  g_return_val_if_fail (SHY_IS_CALENDAR (before) && SHY_IS_CALENDAR (after), NULL);

  changes = shy_update_changes_new ();
  shy_calendar_get_range (before, &first, &last);
  shy_calendar_get_range (after, &new_first, &new_last);
  was = write_range (&first, &last);
  is = write_range (&new_first, &new_last);
  if (!g_str_equal (was, is))
    shy_update_changes_add (changes, SHY_UPDATE_CHANGED, _("Days that the calendar knows"), NULL,
                            NULL, g_strdup (was), g_strdup (is));
  g_free (was);
  g_free (is);
  compare_days (changes, before, after,
                MIN (g_date_get_julian (&first), g_date_get_julian (&new_first)),
                MAX (g_date_get_julian (&last), g_date_get_julian (&new_last)));
  return changes;
}
