/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-identity-private.h"

#include "county/shy-area.h"

#include <string.h>

#define LENGTH        18
#define BIRTH_AT      6
#define SEQUENCE_AT   16 /* the last digit of the sequence: odd for men */

/* The standard's own example was born in 1880; nobody who applies was born before 1800. */
#define EARLIEST_YEAR 1800

/* Who was born before this year is born already, whatever the clock says: numbers are compared by
 * the thousand, and the clock need not be asked for each. */
#define BORN_YEAR     2020

/* GB 11643-1999: the weights of the 17 digits, and the check characters by remainder. */
static const int  weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
static const char checks[] = "10X98765432";

static gboolean
has_right_check (const char *number)
{
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (number[i] - '0') * weights[i];
  return number[LENGTH - 1] == checks[sum % 11];
}

/* Reads a birth date of eight digits. */
static gboolean
read_birth_date (const char *number,
                 GDate      *date)
{
  int parts[3] = { 0, 0, 0 };

  for (guint i = 0; i < 8; i++)
    {
      int *part = &parts[i < 4 ? 0 : i < 6 ? 1 : 2];

      *part = *part * 10 + (number[BIRTH_AT + i] - '0');
    }
  g_date_clear (date, 1);
  if (parts[0] < EARLIEST_YEAR
      || !g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]);
  return TRUE;
}

static gboolean
has_right_characters (const char *number)
{
  return strspn (number, "0123456789") >= LENGTH - 1
         && (g_ascii_isdigit (number[LENGTH - 1]) || number[LENGTH - 1] == 'X');
}

/* 15 digits, of which the birth date has no century. */
static gboolean
is_old_form (const char *number)
{
  return strlen (number) == 15 && strspn (number, "0123456789") == 15;
}

/*< private >
 * shy_resident_id_check_without_area:
 * @number: a number as shy_identity_normalize() gives it
 * @on: (nullable): the day that is taken for today
 *
 * Checks the number of a paper that has the birth date and the check digit of a resident ID and
 * something else in front.
 *
 * Source: GA 2102-2023, whose numbers have 9, two digits of the province, three of the country, the
 * birth date, three of the order and the check digit of GB 11643.
 *
 * Returns: the first thing that is wrong
 */
ShyIdentityResult
shy_resident_id_check_without_area (const char  *number,
                                    const GDate *on)
{
  GDate birth;
  GDate today;

  if (g_utf8_strlen (number, -1) != LENGTH)
    return SHY_IDENTITY_LENGTH;
  if (!has_right_characters (number))
    return SHY_IDENTITY_CHARACTERS;
  if (!read_birth_date (number, &birth))
    return SHY_IDENTITY_BIRTH_DATE;
  if (!has_right_check (number))
    return SHY_IDENTITY_CHECK;

  if (on == NULL && g_date_get_year (&birth) < BORN_YEAR)
    return SHY_IDENTITY_VALID;

  g_date_clear (&today, 1);
  if (on == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                      (GDateMonth) g_date_time_get_month (now),
                      (GDateYear) g_date_time_get_year (now));
      on = &today;
    }
  return g_date_compare (&birth, on) > 0 ? SHY_IDENTITY_FUTURE : SHY_IDENTITY_VALID;
}

/*< private >
 * shy_resident_id_check:
 * @number: a number as shy_identity_normalize() gives it
 * @on: (nullable): the day that is taken for today
 *
 * Source: GB 11643-1999; for residents of Hong Kong, Macao and Taiwan the same with areas 810000,
 * 820000 and 830000.
 *
 * Returns: the first thing that is wrong
 */
ShyIdentityResult
shy_resident_id_check (const char  *number,
                       const GDate *on)
{
  ShyIdentityResult result;
  ShyAreaKnowledge  area;

  if (is_old_form (number))
    return SHY_IDENTITY_OLD_FORM;
  if (g_utf8_strlen (number, -1) != LENGTH)
    return SHY_IDENTITY_LENGTH;
  if (!has_right_characters (number))
    return SHY_IDENTITY_CHARACTERS;
  area = shy_area_look_up (number);
  if (area == SHY_AREA_UNKNOWN)
    return SHY_IDENTITY_AREA;

  result = shy_resident_id_check_without_area (number, on);
  return result == SHY_IDENTITY_VALID && area == SHY_AREA_UNLISTED ? SHY_IDENTITY_WARN_AREA : result;
}

/*< private >
 * shy_resident_id_looks_real:
 * @digits: 15 or 18 characters
 *
 * Whether characters could be somebody's number, even mistyped: a province and a birth date. Used
 * to find numbers that must not be published, where a wrong check digit hides nobody.
 *
 * Returns: whether they could
 */
gboolean
shy_resident_id_looks_real (const char *digits)
{
  GDate    birth;
  char     number[LENGTH + 1] = "";
  gboolean old = is_old_form (digits);

  if (!old && (strlen (digits) != LENGTH || !has_right_characters (digits)))
    return FALSE;
  /* The old form leaves the century out, which was the last. */
  g_snprintf (number, sizeof number, old ? "%.6s19%.6s" : "%.6s%.8s", digits, digits + BIRTH_AT);
  /* Of a permanent residence card the area stands behind a 9. */
  return (shy_area_look_up (number) != SHY_AREA_UNKNOWN || (!old && *number == '9'))
         && read_birth_date (number, &birth) && g_date_get_year (&birth) < 2100;
}

/**
 * shy_identity_get_birth_date:
 * @number: a resident ID number that shy_identity_check() found valid
 * @date: (out caller-allocates): the birth date
 *
 * Returns: whether @number has one
 */
gboolean
shy_identity_get_birth_date (const char *number,
                             GDate      *date)
{
  g_return_val_if_fail (number != NULL && date != NULL, FALSE);

  return strlen (number) == LENGTH && has_right_characters (number)
         && read_birth_date (number, date);
}

/**
 * shy_identity_is_male:
 * @number: a resident ID number that shy_identity_check() found valid
 *
 * Returns: whether the number is a man's; of a permanent residence card the number does not say
 */
gboolean
shy_identity_is_male (const char *number)
{
  g_return_val_if_fail (number != NULL && strlen (number) == LENGTH, FALSE);

  return (number[SEQUENCE_AT] - '0') % 2 == 1;
}

/**
 * shy_identity_dup_area:
 * @number: a resident ID number that shy_identity_check() found valid
 *
 * Gets the area where a number was given out, under the name of that time: 浙江省缙云县. It says
 * nothing about where the person lives.
 *
 * Returns: (transfer full) (nullable): the area, or the province where no more is known
 */
char *
shy_identity_dup_area (const char *number)
{
  g_return_val_if_fail (number != NULL, NULL);

  return strspn (number, "0123456789") >= 6 ? shy_area_dup_name (number) : NULL;
}
