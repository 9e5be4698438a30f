/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "calendar/shy-calendar.h"

#include "shy-data-reader-private.h"
#include "shy-date.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* A file may not cover more days than a century. */
#define MAX_DAYS 36600

/* A day of the calendar. */
typedef struct
{
  gboolean    working;
  guint       before;  /* working days of the calendar before this one */
  const char *holiday; /* (nullable): interned name */
} Day;

/**
 * ShyCalendar:
 *
 * Which days are worked: weekdays but for holidays, and the weekends on which work is made up.
 * A calendar knows the days of its file and no others: asked about a day outside, it says so and
 * never guesses, for next year's holidays are not known before the State Council sets them.
 */
struct _ShyCalendar
{
  GObject  parent_instance;
  char    *file;    /* (owned): for messages */
  char    *source;  /* (owned) */
  char    *version; /* (owned) (nullable): a calendar that somebody wrote may have none */
  guint    first;   /* Julian day of GDate */
  guint    last;    /* Julian day of GDate */
  Day     *days;    /* (owned): from first to last, and one behind that counts all */
};

G_DEFINE_FINAL_TYPE (ShyCalendar, shy_calendar, G_TYPE_OBJECT)

static void
shy_calendar_finalize (GObject *object)
{
  ShyCalendar *self = SHY_CALENDAR (object);

  g_free (self->file);
  g_free (self->source);
  g_free (self->version);
  g_free (self->days);

  G_OBJECT_CLASS (shy_calendar_parent_class)->finalize (object);
}

static void
shy_calendar_class_init (ShyCalendarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_calendar_finalize;
}

static void
shy_calendar_init (ShyCalendar *self)
{
}

static Day *
find_day (ShyCalendar *self,
          guint        julian)
{
  return julian >= self->first && julian <= self->last ? &self->days[julian - self->first] : NULL;
}

static void
read_range (ShyCalendar   *self,
            ShyDataReader *reader,
            const ShyJson *root)
{
  GDate from;
  GDate until;

  if (!shy_data_reader_date (reader, root, "from", FALSE, &from)
      || !shy_data_reader_date (reader, root, "until", FALSE, &until))
    return;
  self->first = g_date_get_julian (&from);
  self->last = g_date_get_julian (&until);
  if (self->last < self->first || self->last - self->first > MAX_DAYS)
    {
      shy_data_reader_fail (reader, root, "until",
                            _("The day must follow “from” within a hundred years."));
      return;
    }
  self->days = g_new0 (Day, self->last - self->first + 2);
  for (guint julian = self->first; julian <= self->last; julian++)
    self->days[julian - self->first].working = (julian - 1) % 7 < 5; /* Julian day 1: a Monday */
}

static void
read_holiday (ShyCalendar   *self,
              ShyDataReader *reader,
              const ShyJson *object)
{
  GDate       first;
  GDate       last;
  const char *name = shy_data_reader_text (reader, object, "name");

  if (!shy_data_reader_date (reader, object, "first", FALSE, &first)
      || !shy_data_reader_date (reader, object, "last", FALSE, &last))
    return;
  if (g_date_compare (&first, &last) > 0)
    shy_data_reader_fail (reader, object, "last", _("The day must not be before “first”."));
  for (guint julian = g_date_get_julian (&first);
       reader->json.error == NULL && julian <= g_date_get_julian (&last); julian++)
    {
      Day *day = find_day (self, julian);

      if (day == NULL || day->holiday != NULL)
        {
          shy_data_reader_fail (reader, object, day == NULL ? "first" : "name",
                                day == NULL ? _("The day lies outside “from” and “until”.")
                                            : _("A day stands in two holidays."));
          return;
        }
      day->working = FALSE;
      day->holiday = g_intern_string (name);
    }
}

/* Reads the weekends on which work is made up; one that is a weekday or a holiday is a mistake. */
static void
read_working_days (ShyCalendar   *self,
                   ShyDataReader *reader,
                   const ShyJson *root)
{
  g_autoptr (GPtrArray) items = shy_data_reader_items (reader, root, "working_days",
                                                       SHY_JSON_STRING);

  for (guint i = 0; i < items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (items, i);
      GDate          date;
      Day           *day = NULL;

      if (shy_date_parse (item->text, &date))
        day = find_day (self, g_date_get_julian (&date));
      if (day == NULL)
        {
          shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                                _("A day within “from” and “until” must stand here."));
          return;
        }
      if (day->working || day->holiday != NULL)
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("The day is a working day or a holiday."));
      day->working = TRUE;
    }
}

static void
read_days (ShyCalendar   *self,
           ShyDataReader *reader,
           const ShyJson *root)
{
  g_autoptr (GPtrArray) holidays = shy_data_reader_items (reader, root, "holidays",
                                                          SHY_JSON_OBJECT);
  guint                 count = 0;

  for (guint i = 0; i < holidays->len; i++)
    read_holiday (self, reader, g_ptr_array_index (holidays, i));
  read_working_days (self, reader, root);
  for (guint i = 0; reader->json.error == NULL && i <= self->last - self->first + 1; i++)
    {
      self->days[i].before = count;
      count += self->days[i].working;
    }
}

/**
 * shy_calendar_new:
 * @file: the name of the data file, for messages
 * @bytes: its contents
 * @error: return location for an error
 *
 * Reads a calendar from a data file.
 *
 * Errors: %SHY_ERROR_INVALID naming the file and the member that is wrong.
 *
 * Returns: (transfer full): the calendar, or %NULL with @error set
 */
ShyCalendar *
shy_calendar_new (const char  *file,
                  GBytes      *bytes,
                  GError     **error)
{
  g_autoptr (ShyCalendar) self = NULL;
  ShyDataReader           reader;
  const ShyJson          *root;

  g_return_val_if_fail (file != NULL && bytes != NULL, NULL);

  self = g_object_new (SHY_TYPE_CALENDAR, NULL);
  self->file = g_strdup (file);
  root = shy_data_reader_open (&reader, file, bytes);
  self->source = g_strdup (shy_data_reader_text (&reader, root, "source"));
  if (root != NULL)
    self->version = shy_json_reader_string (&reader.json, root, "version");
  read_range (self, &reader, root);
  read_days (self, &reader, root);
  return shy_data_reader_close (&reader, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_calendar_get_range:
 * @self: a calendar
 * @first: (out caller-allocates): the first day it knows
 * @last: (out caller-allocates): the last day it knows
 */
void
shy_calendar_get_range (ShyCalendar *self,
                        GDate       *first,
                        GDate       *last)
{
  g_return_if_fail (SHY_IS_CALENDAR (self) && first != NULL && last != NULL);

  g_date_clear (first, 1);
  g_date_clear (last, 1);
  g_date_set_julian (first, self->first);
  g_date_set_julian (last, self->last);
}

/**
 * shy_calendar_get_source:
 * @self: a calendar
 *
 * Returns: where its days were read
 */
const char *
shy_calendar_get_source (ShyCalendar *self)
{
  g_return_val_if_fail (SHY_IS_CALENDAR (self), NULL);

  return self->source;
}

/**
 * shy_calendar_get_version:
 * @self: a calendar
 *
 * Returns: (nullable): its version, as "2026.1"; %NULL if its file names none
 */
const char *
shy_calendar_get_version (ShyCalendar *self)
{
  g_return_val_if_fail (SHY_IS_CALENDAR (self), NULL);

  return self->version;
}

/* Says that a day lies outside, and what to do. The day is given by its distance from a date,
   for it may be one that no date can hold. */
static gboolean
fail_outside (ShyCalendar  *self,
              gboolean      after,
              GError      **error)
{
  GDate first;
  GDate last;
  char  from[16];
  char  until[16];

  shy_calendar_get_range (self, &first, &last);
  g_date_strftime (from, sizeof from, "%Y-%m-%d", &first);
  g_date_strftime (until, sizeof until, "%Y-%m-%d", &last);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               after
               /* Translators: two days and a file. */
               ? _("The working calendar knows the days from %s to %s, and later ones are needed. "
                   "Complete “%s” from the State Council's notice.")
               : _("The working calendar knows the days from %s to %s, and earlier ones are "
                   "needed. Complete “%s” from the State Council's notice."),
               from, until, self->file);
  return FALSE;
}

/**
 * shy_calendar_is_working_day:
 * @self: a calendar
 * @date: a day
 * @working: (out): whether it is worked
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the calendar does not know the day; the message says what to do.
 *
 * Returns: whether the calendar knows
 */
gboolean
shy_calendar_is_working_day (ShyCalendar  *self,
                             const GDate  *date,
                             gboolean     *working,
                             GError      **error)
{
  guint      julian;
  const Day *day;

  g_return_val_if_fail (SHY_IS_CALENDAR (self) && working != NULL, FALSE);
  g_return_val_if_fail (date != NULL && g_date_valid (date), FALSE);

  julian = g_date_get_julian (date);
  day = find_day (self, julian);
  if (day == NULL)
    return fail_outside (self, julian > self->last, error);
  *working = day->working;
  return TRUE;
}

/**
 * shy_calendar_get_holiday:
 * @self: a calendar
 * @date: a day
 *
 * Returns: (nullable): the name of the holiday, as 春节; %NULL if the day is none
 */
const char *
shy_calendar_get_holiday (ShyCalendar *self,
                          const GDate *date)
{
  const Day *day;

  g_return_val_if_fail (SHY_IS_CALENDAR (self), NULL);
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  day = find_day (self, g_date_get_julian (date));
  return day != NULL ? day->holiday : NULL;
}

/* The working days of the calendar up to and with a day, which may be the one before its first. */
static guint
count_through (ShyCalendar *self,
               guint        julian)
{
  return self->days[julian + 1 - self->first].before;
}

/* Finds the day that is working day number count of the calendar, from 1. */
static guint
find_working_day (ShyCalendar *self,
                  guint        count)
{
  guint low = self->first;
  guint high = self->last;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (count_through (self, middle) >= count)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/**
 * shy_calendar_add_working_days:
 * @self: a calendar
 * @date: a day
 * @days: working days to add; negative ones go back
 * @result: (out caller-allocates): the working day so many working days later
 * @error: return location for an error
 *
 * Adds working days. The day itself is not counted, whatever it is: ten working days after a day
 * end with the tenth working day that follows it. No days added give the day itself.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the calendar does not know all the days on the way.
 *
 * Source: 行政许可法 第八十二条; 民法典 第二百零一条, the day it begins is not counted.
 *
 * Returns: whether the calendar knows
 */
gboolean
shy_calendar_add_working_days (ShyCalendar  *self,
                               const GDate  *date,
                               int           days,
                               GDate        *result,
                               GError      **error)
{
  gint64 julian;
  gint64 wanted;

  g_return_val_if_fail (SHY_IS_CALENDAR (self) && result != NULL, FALSE);
  g_return_val_if_fail (date != NULL && g_date_valid (date), FALSE);

  julian = g_date_get_julian (date);
  g_date_clear (result, 1);
  g_date_set_julian (result, (guint32) julian);
  if (days == 0)
    return TRUE;
  /* The days on the way begin beside the day, so it may itself lie just outside. */
  if (julian < self->first - (days > 0) || julian > self->last + (days < 0))
    return fail_outside (self, julian > self->last, error);

  wanted = (gint64) count_through (self, (guint) (days > 0 ? julian : julian - 1))
           + days + (days < 0 ? 1 : 0);
  if (wanted < 1 || wanted > count_through (self, self->last))
    return fail_outside (self, wanted >= 1, error);
  g_date_set_julian (result, find_working_day (self, (guint) wanted));
  return TRUE;
}

/**
 * shy_calendar_count_working_days:
 * @self: a calendar
 * @from: a day
 * @to: a day
 * @days: (out): the working days after @from up to and with @to; negative if @to is before @from
 * @error: return location for an error
 *
 * Counts working days as shy_calendar_add_working_days() adds them: the day it begins is not
 * counted, the day it ends is.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the calendar does not know all the days counted.
 *
 * Returns: whether the calendar knows
 */
gboolean
shy_calendar_count_working_days (ShyCalendar  *self,
                                 const GDate  *from,
                                 const GDate  *to,
                                 int          *days,
                                 GError      **error)
{
  guint early;
  guint late;
  gboolean back;

  g_return_val_if_fail (SHY_IS_CALENDAR (self) && days != NULL, FALSE);
  g_return_val_if_fail (from != NULL && g_date_valid (from), FALSE);
  g_return_val_if_fail (to != NULL && g_date_valid (to), FALSE);

  /* Backwards the days from @to to the one before @from count. */
  back = g_date_compare (to, from) < 0;
  early = back ? g_date_get_julian (to) - 1 : g_date_get_julian (from);
  late = back ? g_date_get_julian (from) - 1 : g_date_get_julian (to);
  *days = 0;
  if (early == late)
    return TRUE;
  if (early < self->first - 1 || late > self->last)
    return fail_outside (self, late > self->last, error);
  *days = (int) (count_through (self, late) - count_through (self, early));
  if (back)
    *days = -*days;
  return TRUE;
}
