/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-value-private.h"

#include "sheet/shy-number-format-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Outside of these years a date is a slip of the pen. */
#define FIRST_YEAR 1900
#define LAST_YEAR 2199
/* A bare number is taken for a serial from 1950 to 2099 only: 2025 alone is a year. */
#define FIRST_SERIAL_YEAR 1950
#define LAST_SERIAL_YEAR 2099
/* Five digits that are text may be anything; serials from this year on are those that turn up. */
#define FIRST_TEXT_YEAR 1990

/* What a text says of a day; 0 where it says nothing. */
typedef struct
{
  guint year;
  guint month;
  guint day;
  guint year_digits;
} Parts;

static const char *
read_digits (const char *p,
             guint      *value,
             guint      *n_digits)
{
  *value = *n_digits = 0;
  for (; g_ascii_isdigit (*p) && *n_digits < 9; p++, ++*n_digits)
    *value = *value * 10 + (*p - '0');
  return p;
}

/* Steps over one separator: -, /, . and their kin, or @sign. NULL if none is there. */
static const char *
skip_separator (const char *p,
                const char *sign)
{
  static const char *const marks[] = { "-", "/", ".", "‐", "–", "—", "。", "、" };

  if (g_str_has_prefix (p, sign))
    return p + strlen (sign);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (p, marks[i]))
      return p + strlen (marks[i]);

  return NULL;
}

/* A weekday beside the day says nothing that the day does not. */
static const char *
skip_weekday (const char *p)
{
  static const char *const words[] = { "星期", "礼拜", "周" };
  static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日", "天" };
  static const char *const english[] = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
  };
  const char *start = p;
  gboolean    bracket = *p == '(';

  p += bracket || *p == ',';
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (days) && g_str_has_prefix (p, words[i]); j++)
      if (g_str_has_prefix (p + strlen (words[i]), days[j]))
        {
          p += strlen (words[i]) + strlen (days[j]);
          return !bracket ? p : *p == ')' ? p + 1 : start;
        }
  for (gsize i = 0; i < G_N_ELEMENTS (english); i++)
    if (g_str_has_prefix (p, english[i]))
      {
        p += strlen (english[i]);
        return !bracket ? p : *p == ')' ? p + 1 : start;
      }
  return start;
}

/* The figure that a Chinese numeral stands for; -1 if it is none. */
static int
get_figure (gunichar c)
{
  static const char figures[] = "〇一二三四五六七八九";
  const char       *found;
  char              one[7];

  /* Letters are typed for it too: a Latin, a Greek, a Cyrillic one. */
  if (c == 0x96f6 /* 零 */ || c == 0x25cb /* ○ */ || c == 0x25ef || c == 0x3007 || c == 'o' || c == 0x3bf || c == 0x43e)
    return 0;
  if (c < 0x80)
    return -1;
  one[g_unichar_to_utf8 (c, one)] = '\0';
  found = strstr (figures, one);
  return found != NULL ? (int) g_utf8_pointer_to_offset (figures, found) : -1;
}

/* Writes a run of numerals in digits: of a year each stands for itself (二〇二四), of a month and a
 * day they count (十二, 二十, 三十一, 廿三). Gives where the run ends. */
static const char *
append_figures (const char *p,
                GString    *digits)
{
  GString *each = g_string_new (NULL);
  int      value = 0, figure = 0;
  gboolean counts = FALSE;

  for (;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int      next = get_figure (c);

      if (next >= 0)
        {
          figure = next;
          g_string_append_c (each, (char) ('0' + next));
        }
      else if (c == 0x5341 /* 十 */ || c == 0x5eff /* 廿 */ || c == 0x5345 /* 卅 */)
        {
          int tens = c == 0x5eff ? 2 : c == 0x5345 ? 3 : each->len > 0 ? figure : 1;

          counts = TRUE;
          value = tens * 10;
          figure = 0;
        }
      else
        break;
    }
  if (counts)
    g_string_append_printf (digits, "%d", value + figure);
  else
    g_string_append (digits, each->str);
  g_string_free (each, TRUE);
  return p;
}

/* 二〇二四年一月十二日 becomes 2024年1月12日; other texts stay. */
static char *
replace_numerals (const char *folded)
{
  GString *text = g_string_new (NULL);

  if (strstr (folded, "年") == NULL && strstr (folded, "月") == NULL)
    return g_string_free (g_string_append (text, folded), FALSE);
  for (const char *p = folded; *p != '\0';)
    {
      gunichar    c = g_utf8_get_char (p);
      const char *end = strstr (p, "日");

      /* The numeral of 星期一 is none of the day. */
      if ((get_figure (c) >= 0 || c == 0x5341 || c == 0x5eff || c == 0x5345) &&
          (strstr (p, "月") != NULL || end != NULL || strstr (p, "号") != NULL) &&
          !g_str_has_suffix (text->str, "星期") && !g_str_has_suffix (text->str, "周") &&
          !g_str_has_suffix (text->str, "礼拜"))
        {
          p = append_figures (p, text);
          continue;
        }
      g_string_append_unichar (text, c);
      p = g_utf8_next_char (p);
    }
  g_string_replace (text, "元月", "1月", 0);
  return g_string_free (text, FALSE);
}

/* A time of day behind the day says nothing about the day. */
static gboolean
is_time (const char *p)
{
  static const char *const halves[] = { "上午", "下午", "am", "pm" };

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (strcmp (p, halves[i]) == 0)
      return TRUE;
    else if (g_str_has_prefix (p, halves[i]))
      p += strlen (halves[i]);
  return strspn (p, "t0123456789:.z") == strlen (p) && strchr (p, ':') != NULL;
}

/* 20250630 and 202506 */
static gboolean
split_digits (guint  value,
              guint  n_digits,
              Parts *parts)
{
  if (n_digits != 8 && n_digits != 6)
    return FALSE;

  parts->year_digits = 4;
  parts->day = n_digits == 8 ? value % 100 : 0;
  parts->month = value / (n_digits == 8 ? 100 : 1) % 100;
  parts->year = value / (n_digits == 8 ? 10000 : 100);
  return n_digits == 6 || parts->day != 0;
}

/* Takes a folded text (no blanks, ordinary digits) apart. */
static gboolean
split (const char *text,
       Parts      *parts)
{
  const char *p;
  guint       n;

  memset (parts, 0, sizeof *parts);
  p = read_digits (skip_weekday (text), &parts->year, &parts->year_digits);
  if (*p == '\0')
    return split_digits (parts->year, parts->year_digits, parts);
  p = skip_separator (p, "年");
  if (p == NULL || parts->year_digits == 0)
    return FALSE;
  p = read_digits (p, &parts->month, &n);
  if (n == 0 || n > 2)
    return FALSE;
  if (*p == '\0' || strcmp (p, "月") == 0 || strcmp (p, "月份") == 0)
    return TRUE;
  p = skip_separator (p, "月");
  if (p == NULL)
    return FALSE;
  p = read_digits (p, &parts->day, &n);
  if (n == 0 || parts->day == 0)
    return FALSE;
  if (g_str_has_prefix (p, "日") || g_str_has_prefix (p, "号"))
    p += strlen ("日");
  p = skip_weekday (p);
  if (strcmp (p, ".") == 0 || strcmp (p, "。") == 0)
    return n <= 2;
  return n <= 2 && (*p == '\0' || is_time (p));
}

/* Cuts a time of day off that stands behind a blank, and folds the rest. */
static char *
fold_day (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = NULL;
  char            *gap;

  if (normal == NULL)
    return g_strdup ("");
  g_strstrip (normal);
  gap = strrchr (normal, ' ');
  if (gap != NULL && is_time (gap + 1))
    *gap = '\0';
  folded = shy_sheet_value_fold (normal);
  return replace_numerals (folded);
}

static void
set_no_date (const ShySheetCell  *cell,
             gboolean             want_day,
             GError             **error)
{
  if (want_day)
    shy_sheet_value_set_error (cell, error, _("“%s” is not a date. Write it as 2025-06-30."), cell->text);
  else
    shy_sheet_value_set_error (cell, error, _("“%s” is not a month. Write it as 2025-06."), cell->text);
}

static gboolean
check_parts (const ShySheetCell  *cell,
             const Parts         *parts,
             gboolean             want_day,
             GDate               *date,
             GError             **error)
{
  if (parts->year_digits == 2)
    shy_sheet_value_set_error (cell, error, _("the year of “%s” has two digits only. Write all four."),
                               cell->text);
  else if (parts->year_digits != 4 || parts->year < FIRST_YEAR || parts->year > LAST_YEAR)
    set_no_date (cell, want_day, error);
  else if (want_day && parts->day == 0 && parts->month >= 1 && parts->month <= 12)
    shy_sheet_value_set_error (cell, error,
                               _("“%s” is a month; a day is needed. Write it as 2025-06-30."), cell->text);
  else if (!g_date_valid_dmy (parts->day != 0 ? parts->day : 1, parts->month, parts->year))
    shy_sheet_value_set_error (cell, error, _("there is no such day as “%s”. Correct it."), cell->text);
  else
    {
      g_date_set_dmy (date, want_day ? parts->day : 1, parts->month, parts->year);
      return TRUE;
    }
  return FALSE;
}

/* A month that was typed is kept as its first day; that day nobody wrote. */
static gboolean
check_shown_day (const ShySheetCell  *cell,
                 const GDate         *date,
                 GError             **error)
{
  ShyNumberFormat format;
  gboolean        shown;

  if (cell->format == NULL || g_date_get_day (date) != 1)
    return TRUE;
  shy_number_format_init (&format, 0, cell->format);
  shown = format.shows_day || format.kind == SHY_SHEET_CELL_NUMBER;
  shy_number_format_clear (&format);
  if (!shown)
    shy_sheet_value_set_error (cell, error,
                               _("the cell shows a month only, %.7s; a day is needed. Write it as "
                                 "2025-06-30."),
                               cell->text);
  return shown;
}

/* A cell that its file knows to be a date: its text begins with the day as 2025-06-30. */
static gboolean
read_date_cell (const ShySheetCell  *cell,
                gboolean             want_day,
                GDate               *date,
                GError             **error)
{
  g_autofree char *day = g_strndup (cell->text, strlen ("2025-06-30"));
  Parts            parts;

  if (!split (day, &parts))
    {
      set_no_date (cell, want_day, error);
      return FALSE;
    }
  return check_parts (cell, &parts, want_day, date, error) &&
         (!want_day || check_shown_day (cell, date, error));
}

static gboolean
read_serial (const ShySheetCell  *cell,
             gboolean             want_day,
             GDate               *date,
             GError             **error)
{
  gint64 serial = g_ascii_strtoll (cell->number, NULL, 10);

  if (!shy_serial_get_date (serial, (cell->flags & SHY_SHEET_CELL_EPOCH_1904) != 0, date) ||
      g_date_get_year (date) < FIRST_SERIAL_YEAR || g_date_get_year (date) > LAST_SERIAL_YEAR)
    {
      set_no_date (cell, want_day, error);
      return FALSE;
    }
  if (!want_day)
    g_date_set_day (date, 1);
  return TRUE;
}

/* A bare number: 20250630, 202506, 2025.6, or a serial without its format. A number ends where its
 * zeros begin, so that 2025.1 may have been 2025.10. */
static gboolean
read_number_cell (const ShySheetCell  *cell,
                  gboolean             want_day,
                  GDate               *date,
                  GError             **error)
{
  gsize digits = strspn (cell->number, "0123456789");
  Parts parts;

  if (cell->number[digits] == '\0' && digits <= 5)
    return read_serial (cell, want_day, date, error);
  if (!split (cell->number, &parts) || g_str_has_suffix (cell->number, ".1"))
    {
      set_no_date (cell, want_day, error);
      return FALSE;
    }
  return check_parts (cell, &parts, want_day, date, error);
}

/* 45303 as text, as csv files and web pages have it. */
static gboolean
read_text_serial (const ShySheetCell *cell,
                  const char         *folded,
                  gboolean            want_day,
                  GDate              *date)
{
  gsize digits = strspn (folded, "0123456789");

  if (digits != 5 || folded[digits] != '\0')
    return FALSE;
  if (!shy_serial_get_date (g_ascii_strtoll (folded, NULL, 10), (cell->flags & SHY_SHEET_CELL_EPOCH_1904) != 0,
                            date) ||
      g_date_get_year (date) < FIRST_TEXT_YEAR || g_date_get_year (date) > LAST_SERIAL_YEAR)
    return FALSE;
  if (!want_day)
    g_date_set_day (date, 1);
  return TRUE;
}

static gboolean
read (const ShySheetCell  *cell,
      gboolean             want_day,
      GDate               *date,
      GError             **error)
{
  g_autofree char *folded = NULL;
  Parts            parts;

  if (!shy_sheet_value_check (cell, error))
    return FALSE;
  if (cell->kind == SHY_SHEET_CELL_DATE || cell->kind == SHY_SHEET_CELL_DATETIME)
    return read_date_cell (cell, want_day, date, error);
  if (cell->kind == SHY_SHEET_CELL_NUMBER)
    return read_number_cell (cell, want_day, date, error);

  folded = fold_day (cell->text);
  if (cell->kind == SHY_SHEET_CELL_TEXT && read_text_serial (cell, folded, want_day, date))
    return TRUE;
  if (cell->kind != SHY_SHEET_CELL_TEXT || !split (folded, &parts))
    {
      set_no_date (cell, want_day, error);
      return FALSE;
    }
  return check_parts (cell, &parts, want_day, date, error);
}

/**
 * shy_sheet_value_get_date:
 * @cell: a cell
 * @date: (out caller-allocates): the day
 * @error: return location for an error
 *
 * Gets a day: a cell with a date format, a serial number of either epoch between 1950 and 2099,
 * 20250630, 2025-06-30, 2025/6/30, 2025.6.30, 2025年6月30日 or 二〇二五年六月三十日, also with a weekday
 * or a time behind it.
 *
 * Refused are years of two digits, days that never were (also the 29 February 1900 that
 * spreadsheets know), months without a day, and cells that show a month only and hold its first day.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: whether the cell holds a day
 */
gboolean
shy_sheet_value_get_date (const ShySheetCell  *cell,
                          GDate               *date,
                          GError             **error)
{
  g_return_val_if_fail (cell != NULL && date != NULL, FALSE);

  return read (cell, TRUE, date, error);
}

/**
 * shy_sheet_value_get_month:
 * @cell: a cell
 * @month: (out caller-allocates): the first day of the month
 * @error: return location for an error
 *
 * Gets a month: 2025-06, 2025/6, 2025年6月, 202506, or anything that [func@sheet_value_get_date]
 * takes. The bare number 2025.1 is refused, for it may have been typed as 2025.10.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: whether the cell holds a month
 */
gboolean
shy_sheet_value_get_month (const ShySheetCell  *cell,
                           GDate               *month,
                           GError             **error)
{
  g_return_val_if_fail (cell != NULL && month != NULL, FALSE);

  return read (cell, FALSE, month, error);
}
