/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-identity-private.h"

#include <string.h>

#define LENGTH          18
#define AREA_AT         2
#define ORGANISATION_AT 8

/* GB 32100-2015: the characters by value; I, O, S, V and Z are left out. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* GB 32100-2015: powers of 3, modulo 31. */
static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };

/* GB 11714-1997: the weights of the eight characters of an organisation code. */
static const int organisation_weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };

static gboolean
has_right_check (const char *number)
{
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (int) (strchr (alphabet, number[i]) - alphabet) * weights[i];
  return number[LENGTH - 1] == alphabet[(31 - sum % 31) % 31];
}

/* In GB 11714 letters count from A, which is 10, without a gap. */
static gboolean
has_right_organisation (const char *number)
{
  const char *code = number + ORGANISATION_AT;
  int         sum = 0;
  int         check;

  for (guint i = 0; i < G_N_ELEMENTS (organisation_weights); i++)
    sum += (g_ascii_isdigit (code[i]) ? code[i] - '0' : code[i] - 'A' + 10)
           * organisation_weights[i];
  check = 11 - sum % 11;
  return code[8] == (check == 10 ? 'X' : check == 11 ? '0' : '0' + check);
}

/*< private >
 * shy_credit_code_check:
 * @number: a number as shy_identity_normalize() gives it
 *
 * Source: GB 32100-2015; the organisation code inside after GB 11714-1997. The latter only warns:
 * some codes were given out with organisation codes that do not keep it.
 *
 * Returns: the first thing that is wrong
 */
ShyIdentityResult
shy_credit_code_check (const char *number)
{
  if (g_utf8_strlen (number, -1) != LENGTH)
    return SHY_IDENTITY_LENGTH;
  if (strspn (number, alphabet) != LENGTH || strspn (number + AREA_AT, "0123456789") < 6)
    return SHY_IDENTITY_CHARACTERS;
  if (!has_right_check (number))
    return SHY_IDENTITY_CHECK;
  return has_right_organisation (number) ? SHY_IDENTITY_VALID : SHY_IDENTITY_WARN_ORGANISATION;
}
