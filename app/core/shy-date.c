/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-date.h"

#include <glib/gi18n-lib.h>

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

/**
 * shy_date_format:
 * @date: a valid day
 *
 * Writes a day as a sentence says it. The last day that a date can be, 9999-12-31, stands for none: a
 * contract without a term.
 *
 * Returns: (transfer full): the words
 */
char *
shy_date_format (const GDate *date)
{
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  if (g_date_get_year (date) == 9999 && g_date_get_month (date) == G_DATE_DECEMBER
      && g_date_get_day (date) == 31)
    /* Translators: stands for a day in a sentence, as of a contract that has no last one:
     * 无固定期限. */
    return g_strdup (C_("day in a sentence", "without a term"));
  /* Translators: a day in a sentence: year, month, day, all as numbers. */
  return g_strdup_printf (C_("day in a sentence", "%d-%02d-%02d"), g_date_get_year (date),
                          g_date_get_month (date), g_date_get_day (date));
}
