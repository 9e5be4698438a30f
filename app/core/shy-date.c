/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-date.h"

/**
 * shy_date_parse:
 * @text: what may be a day
 * @date: (out caller-allocates): the day; left alone where there is none
 *
 * Takes a day in the one form of data files, databases and calls, 2025-06-30.
 *
 * Returns: whether @text is a day so written
 */
gboolean
shy_date_parse (const char *text, GDate *date)
{
  static const char form[] = "0000-00-00";
  guint64           year;
  guint64           month;
  guint64           day;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;
  year = g_ascii_strtoull (text, NULL, 10);
  month = g_ascii_strtoull (text + 5, NULL, 10);
  day = g_ascii_strtoull (text + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}
