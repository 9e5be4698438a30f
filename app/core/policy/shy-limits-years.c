/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-limits-private.h"

#include <string.h>

/* The years of limits: calendar years, and years that begin on the anniversaries of a day. */

/* The day on which year @years after @anchor begins. The year that began on 29 February has lasted
 * until 28 February where its last year has no 29th (民法典 202: the last day of the month), so the
 * next begins on 1 March. */
void
shy_year_begin (const GDate *anchor,
                int          years,
                GDate       *day)
{
  GDateDay   number = g_date_get_day (anchor);
  GDateMonth month = g_date_get_month (anchor);
  GDateYear  year = (GDateYear) CLAMP (g_date_get_year (anchor) + years, 1, 9999);

  g_date_clear (day, 1);
  if (g_date_valid_dmy (number, month, year))
    g_date_set_dmy (day, number, month, year);
  else
    g_date_set_dmy (day, 1, G_DATE_MARCH, year);
}

/* In which year from @anchor on a day lies; 0 is the first, before it they are negative. */
int
shy_year_index (const GDate *anchor,
                const GDate *day)
{
  int   years = g_date_get_year (day) - g_date_get_year (anchor);
  GDate begin;

  shy_year_begin (anchor, years, &begin);

  return g_date_compare (&begin, day) <= 0 ? years : years - 1;
}

/* A fact that is a day, or a month, which is its first day. */
static gboolean
read_day (const char *text,
          GDate      *day)
{
  guint year, month, number = 1;

  g_date_clear (day, 1);
  if (text == NULL || strlen (text) < strlen ("2025-06"))
    return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  if (strlen (text) == strlen ("2025-06-30"))
    number = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (day, (GDateDay) number, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

/* The day that the years of an application are counted from. */
gboolean
shy_window_get_anchor (const ShyPolicyWindow *self,
                       const ShyFacts        *facts,
                       GDate                 *anchor)
{
  return self->from != NULL && read_day (shy_facts_get_text (facts, self->from->name), anchor);
}

/* The same of an earlier one. */
static gboolean
get_own_anchor (const ShyPolicyWindow *self,
                const ShyGrant        *grant,
                GDate                 *anchor)
{
  return grant->values != NULL
         && read_day (g_hash_table_lookup (grant->values, self->from->name), anchor);
}

static gboolean
share_year (const GDate *anchor,
            const GDate *one,
            const GDate *other)
{
  return shy_year_index (anchor, one) == shy_year_index (anchor, other);
}

/* Years of two contracts overlap: a grant counts if it lies in the same year of this contract as the
 * decision, or both in one year of the contract that it was given for. */
static ShyWindowState
hold_year (const ShyPolicyWindow *self,
           const ShyLimitCase    *asked,
           const ShyGrant        *grant)
{
  GDate anchor, own;

  if (!shy_window_get_anchor (self, asked->facts, &anchor))
    return SHY_WINDOW_OPEN;
  if (share_year (&anchor, &grant->date, asked->day))
    return SHY_WINDOW_IN;

  return get_own_anchor (self, grant, &own) && share_year (&own, &grant->date, asked->day)
           ? SHY_WINDOW_IN : SHY_WINDOW_OUT;
}

static ShyWindowState
hold_consecutive (const ShyPolicyWindow *self,
                  const ShyLimitCase    *asked,
                  const ShyGrant        *grant)
{
  GDate anchor;
  int   year;

  if (self->from == NULL)
    return SHY_WINDOW_IN;
  if (!shy_window_get_anchor (self, asked->facts, &anchor))
    return SHY_WINDOW_OPEN;
  year = self->kind == SHY_POLICY_WINDOW_CONSECUTIVE_YEARS
           ? shy_year_index (&anchor, &grant->date)
           : g_date_get_year (&grant->date) - g_date_get_year (&anchor);

  return year >= 0 && year < (int) self->years ? SHY_WINDOW_IN : SHY_WINDOW_OUT;
}

/* Whether a grant lies in the window in which the decision is made. */
ShyWindowState
shy_window_hold (const ShyPolicyWindow *self,
                 const ShyLimitCase    *asked,
                 const ShyGrant        *grant)
{
  switch (self->kind)
    {
    case SHY_POLICY_WINDOW_CALENDAR_YEAR:
      return g_date_get_year (&grant->date) == g_date_get_year (asked->day) ? SHY_WINDOW_IN
                                                                             : SHY_WINDOW_OUT;
    case SHY_POLICY_WINDOW_CONTRACT_YEAR:
    case SHY_POLICY_WINDOW_BUSINESS_YEAR:
      return hold_year (self, asked, grant);
    case SHY_POLICY_WINDOW_CONSECUTIVE_YEARS:
    case SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS:
      return hold_consecutive (self, asked, grant);
    case SHY_POLICY_WINDOW_LIFE:
    default:
      return SHY_WINDOW_IN;
    }
}

/* Tells the year of a grant, or of the decision, by its first day, a Julian number. The years of an
 * earlier application began on its own day: by the day of a later contract two of them may look like
 * one. */
ShyWindowState
shy_window_find_year (const ShyPolicyWindow *self,
                      const ShyLimitCase    *asked,
                      const ShyGrant        *grant,
                      guint32               *year)
{
  const GDate *date = grant != NULL ? &grant->date : asked->day;
  GDate        anchor, begin;

  if (self->kind == SHY_POLICY_WINDOW_CALENDAR_YEAR)
    g_date_set_dmy (&begin, 1, G_DATE_JANUARY, g_date_get_year (date));
  else if ((grant != NULL && get_own_anchor (self, grant, &anchor))
           || shy_window_get_anchor (self, asked->facts, &anchor))
    shy_year_begin (&anchor, shy_year_index (&anchor, date), &begin);
  else
    return SHY_WINDOW_OPEN;
  *year = g_date_get_julian (&begin);

  return SHY_WINDOW_IN;
}

/* The first day behind the consecutive years of a window, which begin on its day or, where it names
 * none, with the first grant; FALSE if they do not end. */
gboolean
shy_window_find_end (const ShyPolicyWindow *self,
                     const ShyLimitCase    *asked,
                     const GDate           *first,
                     GDate                 *end)
{
  GDate anchor;

  if (self->kind < SHY_POLICY_WINDOW_CONSECUTIVE_YEARS)
    return FALSE;
  if (self->from != NULL && !shy_window_get_anchor (self, asked->facts, &anchor))
    return FALSE;
  if (self->from == NULL && first == NULL)
    return FALSE;
  if (self->from == NULL)
    anchor = *first;
  if (self->kind == SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS)
    g_date_set_dmy (&anchor, 1, G_DATE_JANUARY, g_date_get_year (&anchor));
  shy_year_begin (&anchor, (int) self->years, end);

  return TRUE;
}
