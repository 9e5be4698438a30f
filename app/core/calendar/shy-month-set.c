/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "calendar/shy-month-set.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2199
#define N_MONTHS   ((LAST_YEAR - FIRST_YEAR + 1) * 12)

/* What is known of a month. */
typedef enum
{
  MONTH_ABSENT,
  MONTH_BACK_PAID, /* paid later than due: 补缴 */
  MONTH_PAID,
} Month;

/**
 * ShyMonthSet:
 *
 * Months for which something was paid, mostly social insurance. A month that was paid later than
 * it was due (补缴) is in the set but never counts.
 */
struct _ShyMonthSet
{
  guint8 months[N_MONTHS]; /* Month, from January of FIRST_YEAR */
};

G_DEFINE_BOXED_TYPE (ShyMonthSet, shy_month_set, shy_month_set_copy, shy_month_set_free)

/* The place of a month, or -1 if it lies outside the years that are kept. */
static int
get_index (gint64 year,
           gint64 month)
{
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
    return -1;
  return (int) ((year - FIRST_YEAR) * 12 + month - 1);
}

static int
get_index_of_date (const GDate *date)
{
  return get_index (g_date_get_year (date), g_date_get_month (date));
}

/**
 * shy_month_set_new:
 *
 * Returns: (transfer full): an empty set
 */
ShyMonthSet *
shy_month_set_new (void)
{
  return g_new0 (ShyMonthSet, 1);
}

/**
 * shy_month_set_copy:
 * @self: a set
 *
 * Returns: (transfer full): a copy
 */
ShyMonthSet *
shy_month_set_copy (const ShyMonthSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * shy_month_set_free:
 * @self: (transfer full): a set
 */
void
shy_month_set_free (ShyMonthSet *self)
{
  g_free (self);
}

/* A month that is said to be paid late somewhere is taken for it, whatever else is said of it: who
   writes a range and then 补缴 for one month of it means that month. */
static void
add_index (ShyMonthSet *self,
           int          index,
           gboolean     back_paid)
{
  if (self->months[index] != MONTH_BACK_PAID)
    self->months[index] = back_paid ? MONTH_BACK_PAID : MONTH_PAID;
}

/**
 * shy_month_set_add:
 * @self: a set
 * @year: 1900 to 2199
 * @month: 1 to 12
 * @back_paid: whether the month was paid later than due
 *
 * Adds a month. Once it was said to be paid late it stays so.
 *
 * Returns: whether there is such a month
 */
gboolean
shy_month_set_add (ShyMonthSet *self,
                   int          year,
                   int          month,
                   gboolean     back_paid)
{
  int index = get_index (year, month);

  g_return_val_if_fail (self != NULL, FALSE);

  if (index < 0)
    return FALSE;
  add_index (self, index, back_paid);
  return TRUE;
}

/* Takes a number of one digit or more. */
static gboolean
take_number (const char **at,
             gint64      *number,
             int          most)
{
  const char *start = *at;

  for (*number = 0; g_ascii_isdigit (**at) && *at - start < most; (*at)++)
    *number = *number * 10 + (**at - '0');
  return *at > start && !g_ascii_isdigit (**at);
}

static gboolean
take_text (const char **at,
           const char  *text)
{
  if (!g_str_has_prefix (*at, text))
    return FALSE;
  *at += strlen (text);
  return TRUE;
}

/* Takes 2024-01, 2024/1, 2024.01, 2024年1月, 2024年1 or 202401. */
static int
take_month (const char **at)
{
  gint64 year;
  gint64 month;

  if (!take_number (at, &year, 6))
    return -1;
  if (year > 9999)
    return get_index (year / 100, year % 100);
  if (take_text (at, "年"))
    {
      if (!take_number (at, &month, 2))
        return -1;
      take_text (at, "月");
      return get_index (year, month);
    }
  if (strchr ("-/.", **at) == NULL || **at == '\0')
    return -1;
  (*at)++;
  return take_number (at, &month, 2) ? get_index (year, month) : -1;
}

/* Takes the end of a range: a month, or 12月 of the year in which the range begins. */
static int
take_end (const char **at,
          int          start)
{
  const char *cursor = *at;
  gint64      month;

  if (take_number (&cursor, &month, 2) && take_text (&cursor, "月"))
    {
      *at = cursor;
      return get_index (FIRST_YEAR + start / 12, month);
    }
  return take_month (at);
}

static gboolean
take_range_mark (const char **at)
{
  const char *const marks[] = { "..", "至", "到", "~", "——", "—", "–", "-" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (take_text (at, marks[i]))
      return TRUE;
  return FALSE;
}

static gboolean
take_back_paid (const char **at)
{
  const char *const marks[] = { "(补缴)", "(补)", "补缴", "补" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (take_text (at, marks[i]))
      return TRUE;
  return FALSE;
}

/* Reads one element: a month or a range, with or without the mark of 补缴. */
static gboolean
parse_element (ShyMonthSet *self,
               const char  *text)
{
  const char *at = text;
  int         first = take_month (&at);
  int         last = first;
  gboolean    back_paid;

  if (first >= 0 && take_range_mark (&at))
    last = take_end (&at, first);
  back_paid = take_back_paid (&at);
  if (first < 0 || last < first || *at != '\0')
    return FALSE;
  for (int index = first; index <= last; index++)
    add_index (self, index, back_paid);
  return TRUE;
}

/* Whether an element may end with what was written last. */
static gboolean
ends_element (const GString *text)
{
  return text->len > 0
         && (g_ascii_isdigit (text->str[text->len - 1]) || text->str[text->len - 1] == ')'
             || g_str_has_suffix (text->str, "月") || g_str_has_suffix (text->str, "补")
             || g_str_has_suffix (text->str, "缴"));
}

/* Brings every separator to a comma. A blank is one only between two elements; around the marks
   of a range and inside of a month it goes. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *usual = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString         *tidy = g_string_new (NULL);
  gboolean         blank = FALSE;

  for (const char *c = usual; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == 0x3001 || character == ';' || character == '\n')
        g_string_append_c (tidy, ',');
      else if (!g_unichar_isspace (character))
        {
          if (blank && g_ascii_isdigit (*c) && ends_element (tidy))
            g_string_append_c (tidy, ',');
          g_string_append_unichar (tidy, character);
        }
      blank = g_unichar_isspace (character);
    }
  return g_string_free (tidy, FALSE);
}

static gboolean
parse_elements (ShyMonthSet  *self,
                const char   *text,
                GError      **error)
{
  g_autofree char *list = tidy (text);
  g_auto (GStrv)   elements = g_strsplit (list, ",", -1);

  for (guint i = 0; elements[i] != NULL; i++)
    {
      if (*elements[i] == '\0' || parse_element (self, elements[i]))
        continue;
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: %s is one element of a list of months. */
                   _("“%s” is no month: write 2024-01, or 2024-01..2024-12 for several, with "
                     "commas between."), elements[i]);
      return FALSE;
    }
  return TRUE;
}

/**
 * shy_month_set_parse: (constructor)
 * @text: a list of months and ranges: `2024-01..2024-12,2025-02`, `2024年1月至12月、2025年2月`,
 *   `202401-202412`; 补缴 behind an element marks it as paid later than due
 * @error: return location for an error
 *
 * Reads a set of months as people write it. Commas, semicolons, 、 and line ends part the
 * elements; the empty text is the empty set.
 *
 * Errors: %SHY_ERROR_INVALID naming the element that cannot be read.
 *
 * Returns: (transfer full): the set, or %NULL with @error set
 */
ShyMonthSet *
shy_month_set_parse (const char  *text,
                     GError     **error)
{
  ShyMonthSet *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = shy_month_set_new ();
  if (!parse_elements (self, text, error))
    g_clear_pointer (&self, shy_month_set_free);
  return self;
}

/**
 * shy_month_set_mark_back_paid:
 * @self: a set
 * @back_paid: the months that were paid later than due
 *
 * Marks months of the set as paid later than due, where they are listed apart from the others.
 * Months that are not in @self stay out.
 */
void
shy_month_set_mark_back_paid (ShyMonthSet       *self,
                              const ShyMonthSet *back_paid)
{
  g_return_if_fail (self != NULL && back_paid != NULL);

  for (guint i = 0; i < N_MONTHS; i++)
    if (self->months[i] != MONTH_ABSENT && back_paid->months[i] != MONTH_ABSENT)
      self->months[i] = MONTH_BACK_PAID;
}

/**
 * shy_month_set_count:
 * @self: a set
 *
 * Returns: the number of months that count: those paid later than due do not
 */
guint
shy_month_set_count (const ShyMonthSet *self)
{
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < N_MONTHS; i++)
    count += self->months[i] == MONTH_PAID;
  return count;
}

/**
 * shy_month_set_contains:
 * @self: a set
 * @month: a day of the month
 *
 * Returns: whether the month is in the set and counts
 */
gboolean
shy_month_set_contains (const ShyMonthSet *self,
                        const GDate       *month)
{
  int index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (month != NULL && g_date_valid (month), FALSE);

  index = get_index_of_date (month);
  return index >= 0 && self->months[index] == MONTH_PAID;
}

/* The place behind the last month to look at. */
static int
get_end (const GDate *until)
{
  int year = until != NULL ? g_date_get_year (until) : LAST_YEAR + 1;

  if (year < FIRST_YEAR)
    return 0;
  return year > LAST_YEAR ? N_MONTHS : get_index_of_date (until) + 1;
}

/* The months without a gap that end before a place. */
static guint
count_back (const ShyMonthSet *self,
            int                end)
{
  guint run = 0;

  while (end > 0 && self->months[end - 1] == MONTH_PAID)
    {
      run++;
      end--;
    }
  return run;
}

/**
 * shy_month_set_longest_run:
 * @self: a set
 * @until: (nullable): a day of the last month to look at, %NULL for all
 *
 * Returns: the most months without a gap (连续N个月); one paid later than due is a gap
 */
guint
shy_month_set_longest_run (const ShyMonthSet *self,
                           const GDate       *until)
{
  guint longest = 0;
  guint run = 0;
  int   end;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (until == NULL || g_date_valid (until), 0);

  end = get_end (until);
  for (int i = 0; i < end; i++)
    {
      run = self->months[i] == MONTH_PAID ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

/**
 * shy_month_set_last_run:
 * @self: a set
 * @until: (nullable): a day of the last month to look at, %NULL for all
 *
 * Returns: the months without a gap that end with the last month that counts, wherever it lies
 */
guint
shy_month_set_last_run (const ShyMonthSet *self,
                        const GDate       *until)
{
  int end;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (until == NULL || g_date_valid (until), 0);

  end = get_end (until);
  while (end > 0 && self->months[end - 1] != MONTH_PAID)
    end--;
  return count_back (self, end);
}

/**
 * shy_month_set_run_ending:
 * @self: a set
 * @month: a day of a month
 *
 * Returns: the months without a gap that end with this month; 0 if it does not count itself
 */
guint
shy_month_set_run_ending (const ShyMonthSet *self,
                          const GDate       *month)
{
  int index;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (month != NULL && g_date_valid (month), 0);

  index = get_index_of_date (month);
  return index >= 0 ? count_back (self, index + 1) : 0;
}

static void
append_range (GString *text,
              int      first,
              int      last,
              Month    kind)
{
  if (text->len > 0)
    g_string_append_c (text, ',');
  g_string_append_printf (text, "%04d-%02d", FIRST_YEAR + first / 12, first % 12 + 1);
  if (last > first)
    g_string_append_printf (text, "..%04d-%02d", FIRST_YEAR + last / 12, last % 12 + 1);
  if (kind == MONTH_BACK_PAID)
    g_string_append (text, "补缴");
}

/**
 * shy_month_set_to_string:
 * @self: a set
 *
 * Returns: (transfer full): the set as shy_month_set_parse() reads it, in ranges
 */
char *
shy_month_set_to_string (const ShyMonthSet *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (int i = 0; i < N_MONTHS; i++)
    {
      int first = i;

      if (self->months[i] == MONTH_ABSENT)
        continue;
      while (i + 1 < N_MONTHS && self->months[i + 1] == self->months[first])
        i++;
      append_range (text, first, i, (Month) self->months[first]);
    }
  return g_string_free (text, FALSE);
}
