/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-row-private.h"

#include <string.h>

/* Dates as gateways write them. Forms are tried in the order of the description. */

/* Counts since an epoch are told apart by their size: days of a spreadsheet stay below the first,
 * seconds below the second. */
#define EXCEL_BELOW 1e6
#define SECONDS_BELOW 1e11

/* The day 0 of Excel's count, for days after February 1900: 1899-12-30. */
#define EXCEL_EPOCH -2209161600 /* seconds, UTC */

typedef struct
{
  int part[6]; /* year, month, day, hour, minute, second */
} Moment;

/* Reads digits: exactly @width of them beside another %-part, else up to @width. */
static gboolean
take_digits (const char **at, guint width, gboolean exact, int *into)
{
  guint count = 0;

  *into = 0;
  while (count < width && g_ascii_isdigit ((*at)[count]))
    *into = *into * 10 + ((*at)[count++] - '0');
  *at += count;
  return exact ? count == width : count > 0;
}

static gboolean
match (const char *format, const char *text, Moment *moment)
{
  static const char letters[] = "YmdHMS";
  gboolean          beside = FALSE;

  *moment = (Moment) { { 1970, 1, 1, 0, 0, 0 } };
  for (; *format != '\0'; format++)
    {
      const char *letter;

      if (*format != '%' || format[1] == '%')
        {
          format += *format == '%';
          if (*format != *text++)
            return FALSE;
          beside = FALSE;
          continue;
        }
      letter = strchr (letters, *++format);
      if (!take_digits (&text, *format == 'Y' ? 4 : 2,
                        *format == 'Y' || format[1] == '%' || beside,
                        &moment->part[letter - letters]))
        return FALSE;
      beside = TRUE;
    }
  /* A fraction of a second and a zone the form does not name. */
  if (*text == '.' && g_ascii_isdigit (text[1]))
    text += 1 + strspn (text + 1, "0123456789");
  return *text == '\0';
}

static GDateTime *
from_count (const ShyServiceField *field, const char *text)
{
  char                 *end;
  double                count = g_ascii_strtod (text, &end);
  g_autoptr (GDateTime) utc = NULL;

  if (end == text || *end != '\0' || !(count > 0 && count < 1e14))
    return NULL;
  if (count < EXCEL_BELOW)
    {
      utc = g_date_time_new_from_unix_utc (EXCEL_EPOCH + (gint64) (count * 86400 + 0.5));
      return g_date_time_new (field->zone, g_date_time_get_year (utc),
                              g_date_time_get_month (utc), g_date_time_get_day_of_month (utc),
                              g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                              g_date_time_get_second (utc));
    }
  utc = g_date_time_new_from_unix_utc ((gint64) (count < SECONDS_BELOW ? count : count / 1000));
  return g_date_time_to_timezone (utc, field->zone);
}

/* Whether a form of count is meant for a count of this size. */
static gboolean
fits_count (char **formats, const char *format, const char *text)
{
  double      count = g_ascii_strtod (text, NULL);
  const char *by_size = count < EXCEL_BELOW     ? "excel_serial"
                        : count < SECONDS_BELOW ? "epoch_s"
                                                : "epoch_ms";

  return g_str_equal (format, by_size) || !g_strv_contains ((const char *const *) formats, by_size);
}

static GDateTime *
read_as (const ShyServiceField *field, const char *format, const char *text)
{
  Moment moment;
  double count;

  if (strchr (format, '%') != NULL)
    return match (format, text, &moment)
             ? g_date_time_new (field->zone, moment.part[0], moment.part[1], moment.part[2],
                                moment.part[3], moment.part[4], moment.part[5])
             : NULL;
  if (strspn (text, "0123456789.") != strlen (text) ||
      !fits_count (field->formats, format, text))
    return NULL;
  count = g_ascii_strtod (text, NULL);
  /* Alone, a form takes only what can be meant by it. */
  if (g_str_equal (format, "excel_serial") ? count >= EXCEL_BELOW
      : g_str_equal (format, "epoch_s")    ? count < EXCEL_BELOW || count >= SECONDS_BELOW
                                           : count < SECONDS_BELOW)
    return NULL;
  return from_count (field, text);
}

static GDateTime *
read_any (const ShyServiceField *field, const char *text)
{
  static const char *const dates[] = { "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S",
                                       "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S",
                                       "%Y-%m-%d %H:%M", "%Y%m%d%H%M%S", NULL };
  const char *const *formats =
    field->formats != NULL ? (const char *const *) field->formats : dates;

  for (gsize i = 0; formats[i] != NULL; i++)
    {
      GDateTime *time = read_as (field, formats[i], text);

      if (time != NULL)
        return time;
    }
  /* What names its own zone needs no form. */
  return strchr (text, 'T') != NULL ? g_date_time_new_from_iso8601 (text, field->zone) : NULL;
}

/* Gives a date or moment as rows hold it, %NULL if @text is none. */
char *
shy_cell_read_time (const ShyServiceField *field, const char *text)
{
  g_autoptr (GDateTime) time = read_any (field, text);
  g_autoptr (GDateTime) here = time != NULL ? g_date_time_to_timezone (time, field->zone) : NULL;

  if (here == NULL)
    return NULL;
  return g_date_time_format (here, field->field.type == SHY_FIELD_DATE ? "%Y-%m-%d"
                                                                       : "%Y-%m-%dT%H:%M:%S%:z");
}
