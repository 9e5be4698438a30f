/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-number-format-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Spreadsheets keep fifteen significant digits of what is typed. */
#define SIGNIFICANT 15

#define SECONDS_OF_DAY 86400
/* The last day that spreadsheets know: 9999-12-31 in each epoch. */
#define LAST_SERIAL_1900 2958465
#define LAST_SERIAL_1904 2957003
/* Excel counts a 29 February 1900, which never was, as day 60. */
#define FALSE_DAY 60

/* Writes digits out in full, with the point after the first @point of them: "33", 4 → "3300". */
static gsize
expand (gboolean    negative,
        const char *digits,
        int         n_digits,
        int         point,
        char       *number)
{
  char *p = number;

  while (n_digits > MAX (point, 0) && digits[n_digits - 1] == '0')
    n_digits--;
  if (n_digits == 0 || digits[0] == '0')
    return g_strlcpy (number, "0", SHY_NUMBER_SIZE);

  if (negative)
    *p++ = '-';
  if (point <= 0)
    {
      *p++ = '0';
      *p++ = '.';
    }
  for (int i = point; i < 0; i++)
    *p++ = '0';
  for (int i = 0; i < MAX (n_digits, point); i++)
    {
      if (i == point && point > 0)
        *p++ = '.';
      *p++ = i < n_digits ? digits[i] : '0';
    }
  *p = '\0';
  return p - number;
}

/* The value to fifteen significant digits, as a spreadsheet shows it. */
static gsize
write_shown (double    value,
             char     *number,
             gboolean *rounded)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char digits[SIGNIFICANT + 1];
  int  exponent;
  char *p = buffer;
  gsize n = 0;

  g_ascii_formatd (buffer, sizeof buffer, "%.14e", fabs (value));
  for (; *p != 'e' && *p != '\0'; p++)
    if (*p != '.')
      digits[n++] = *p;
  exponent = atoi (p + 1);
  *rounded = exponent >= SIGNIFICANT;
  return expand (value < 0, digits, n, exponent + 1, number);
}

/* Whether the text is a plain decimal that can be taken as it stands: at most fifteen digits, or
 * an integer, whose digits are kept to be shown in a message. */
static gboolean
is_plain (const char *written,
          gsize       length,
          gsize      *n_digits,
          gboolean   *fraction)
{
  gsize start = length > 0 && written[0] == '-';

  *n_digits = 0;
  *fraction = FALSE;
  for (gsize i = start; i < length; i++)
    if (g_ascii_isdigit (written[i]))
      ++*n_digits;
    else if (written[i] == '.' && !*fraction && i > start && i + 1 < length)
      *fraction = TRUE;
    else
      return FALSE;

  if (*n_digits == 0 || *n_digits > (*fraction ? SIGNIFICANT : 64))
    return FALSE;
  return written[start] != '0' || (length == 1) || (start == 0 && written[1] == '.');
}

/* Writes the decimal text of a number as files store it, without exponent and without the noise
 * of binary fractions. Sets @rounded if the number has more digits than a spreadsheet keeps.
 * Gives 0 if @written is no number that can be shown. */
gsize
shy_number_write (const char *written,
                  gsize       length,
                  char       *number,
                  gboolean   *rounded)
{
  char     buffer[64];
  char    *end;
  gsize    n_digits;
  gboolean fraction;
  double   value;

  *rounded = FALSE;
  if (is_plain (written, length, &n_digits, &fraction))
    {
      *rounded = n_digits > SIGNIFICANT;
      while (fraction && written[length - 1] == '0')
        length--;
      length -= fraction && written[length - 1] == '.';
      memcpy (number, written, length);
      number[length] = '\0';
      return length;
    }

  if (length == 0 || length >= sizeof buffer)
    return 0;
  memcpy (buffer, written, length);
  buffer[length] = '\0';
  if (strspn (buffer, "0123456789+-.eE") < length)
    return 0;
  value = g_ascii_strtod (buffer, &end);
  if (*end != '\0' || !isfinite (value))
    return 0;
  return write_shown (value, number, rounded);
}

/* Turns a serial into the day it shows; FALSE for the two days that spreadsheets invent
 * (1900-01-00 and 1900-02-29) and for what lies outside of their calendar. */
gboolean
shy_serial_get_date (gint64    serial,
                     gboolean  epoch_1904,
                     GDate    *date)
{
  GDate epoch;

  if (serial < (epoch_1904 ? 0 : 1) || serial > (epoch_1904 ? LAST_SERIAL_1904 : LAST_SERIAL_1900) ||
      (!epoch_1904 && serial == FALSE_DAY))
    return FALSE;

  if (epoch_1904)
    g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, 1904);
  else
    g_date_set_dmy (&epoch, 31, G_DATE_DECEMBER, 1899);
  if (!epoch_1904 && serial > FALSE_DAY)
    serial--;
  g_date_set_julian (date, g_date_get_julian (&epoch) + (guint32) serial);
  return TRUE;
}

static gsize
write_day (gint64   serial,
           gboolean epoch_1904,
           char    *text)
{
  GDate date;

  if (shy_serial_get_date (serial, epoch_1904, &date))
    return g_snprintf (text, SHY_NUMBER_SIZE, "%04u-%02u-%02u", g_date_get_year (&date),
                       g_date_get_month (&date), g_date_get_day (&date));
  if (!epoch_1904 && serial == FALSE_DAY)
    return g_strlcpy (text, "1900-02-29", SHY_NUMBER_SIZE);
  if (!epoch_1904 && serial == 0)
    return g_strlcpy (text, "1900-01-00", SHY_NUMBER_SIZE);
  return 0;
}

/* Writes a serial as 2025-06-30, 2025-06-30 08:30:00 or 08:30:00. Gives 0 if no program could
 * show it as a date. */
gsize
shy_serial_write (const char       *number,
                  ShySheetCellKind  kind,
                  gboolean          epoch_1904,
                  char             *text)
{
  double value = g_ascii_strtod (number, NULL);
  gint64 seconds;
  gsize  n = 0;

  if (value < 0 || value > LAST_SERIAL_1900 + 1)
    return 0;
  /* Excel shows a date alone by its day, however late the hour. */
  if (kind == SHY_SHEET_CELL_DATE)
    return write_day ((gint64) floor (value), epoch_1904, text);

  seconds = (gint64) floor (value * SECONDS_OF_DAY + 0.5);
  if (kind == SHY_SHEET_CELL_DATETIME)
    {
      n = write_day (seconds / SECONDS_OF_DAY, epoch_1904, text);
      if (n == 0)
        return 0;
      text[n++] = ' ';
      seconds %= SECONDS_OF_DAY;
    }
  return n + g_snprintf (text + n, SHY_NUMBER_SIZE - n, "%02d:%02d:%02d", (int) (seconds / 3600),
                         (int) (seconds / 60 % 60), (int) (seconds % 60));
}
