/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-number-private.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <bid_conf.h>
#include <bid_functions.h>

/* Integral powers up to this one are multiplied out, which keeps them exact and their scale. */
#define MULTIPLIED_POWER_MAX 64

/* The domain of exponents, DMN 1.5 table 60. */
#define POWER_MAX 999999999

#define OUT_OF_RANGE                                                                               \
  (BID_OVERFLOW_EXCEPTION | BID_UNDERFLOW_EXCEPTION | BID_ZERO_DIVIDE_EXCEPTION |                  \
   BID_INVALID_EXCEPTION)

static BID_UINT128
unwrap (ShyFeelNumber number)
{
  BID_UINT128 raw;

  memcpy (&raw, &number, sizeof raw);
  return raw;
}

static ShyFeelNumber
wrap (BID_UINT128 raw)
{
  ShyFeelNumber number;

  memcpy (&number, &raw, sizeof number);
  return number;
}

/* FEEL has no infinities, no NaN and one zero. */
static gboolean
finish (BID_UINT128    raw,
        _IDEC_flags    flags,
        ShyFeelNumber *result)
{
  if ((flags & OUT_OF_RANGE) != 0 || bid128_isNaN (raw) || bid128_isInf (raw))
    return FALSE;

  *result = wrap (bid128_isZero (raw) ? bid128_abs (raw) : raw);
  return TRUE;
}

/* digits[.digits][e[+-]digits], perhaps with a sign; %FALSE if out of range. */
gboolean
shy_feel_number_parse (const char    *text,
                       gssize         length,
                       ShyFeelNumber *number)
{
  g_autofree char *copy = NULL;
  _IDEC_flags      flags = 0;
  BID_UINT128      raw;

  g_return_val_if_fail (text != NULL, FALSE);

  copy = length < 0 ? g_strdup (text) : g_strndup (text, length);
  raw = bid128_from_string (copy, BID_ROUNDING_TO_NEAREST, &flags);
  return finish (raw, flags, number);
}

ShyFeelNumber
shy_feel_number_from_int64 (gint64 integer)
{
  return wrap (bid128_from_int64 (integer));
}

/* The shortest decimal that reads back as the same double, so that 0.1 becomes 0.1. */
gboolean
shy_feel_number_from_double (double         number,
                             ShyFeelNumber *result)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    return FALSE;
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return shy_feel_number_parse (text, -1, result);
}

/* number × 10^exponent */
gboolean
shy_feel_number_scale_by (ShyFeelNumber  number,
                          int            exponent,
                          ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw;

  raw = bid128_scalbn (unwrap (number), exponent, BID_ROUNDING_TO_NEAREST, &flags);
  return finish (raw, flags, result);
}

/* %FALSE unless the number is integral and fits. */
gboolean
shy_feel_number_to_int64 (ShyFeelNumber  number,
                          gint64        *integer)
{
  _IDEC_flags flags = 0;

  *integer = bid128_to_int64_xint (unwrap (number), &flags);
  return (flags & (BID_INVALID_EXCEPTION | BID_INEXACT_EXCEPTION)) == 0;
}

/* The integral part, held to the range of the type. */
gint64
shy_feel_number_truncate (ShyFeelNumber number)
{
  _IDEC_flags flags = 0;
  gint64      integer = bid128_to_int64_int (unwrap (number), &flags);

  if ((flags & BID_INVALID_EXCEPTION) == 0)
    return integer;
  return shy_feel_number_is_negative (number) ? G_MININT64 : G_MAXINT64;
}

/* Digits with a decimal point and without exponent: 0.50, -1200, never 1.2E3. */
static char *
format_plain (const char *digits,
              int         exponent)
{
  GString *text = g_string_new (NULL);
  int      length = strlen (digits);
  int      point = length + exponent;

  if (exponent >= 0)
    {
      g_string_append (text, digits);
      for (int i = 0; i < exponent; i++)
        g_string_append_c (text, '0');
      return g_string_free (text, FALSE);
    }

  if (point <= 0)
    g_string_append (text, "0.");
  for (int i = point; i < 0; i++)
    g_string_append_c (text, '0');
  for (int i = 0; i < length; i++)
    {
      if (i == point && i > 0)
        g_string_append_c (text, '.');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
shy_feel_number_to_string (ShyFeelNumber number)
{
  char             buffer[64]; /* sign, 34 digits, E, sign, 4 digits */
  g_autofree char *plain = NULL;
  _IDEC_flags      flags = 0;
  char            *mark;
  int              exponent;

  bid128_to_string (buffer, unwrap (number), &flags);
  mark = strchr (buffer, 'E');
  g_assert (mark != NULL);
  exponent = atoi (mark + 1);
  *mark = '\0';

  if (shy_feel_number_is_zero (number))
    return format_plain ("0", MIN (exponent, 0));
  plain = format_plain (buffer + 1, exponent);
  return buffer[0] == '-' ? g_strconcat ("-", plain, NULL) : g_steal_pointer (&plain);
}

double
shy_feel_number_to_double (ShyFeelNumber number)
{
  _IDEC_flags flags = 0;

  return bid128_to_binary64 (unwrap (number), BID_ROUNDING_TO_NEAREST, &flags);
}

int
shy_feel_number_compare (ShyFeelNumber a,
                         ShyFeelNumber b)
{
  _IDEC_flags flags = 0;

  if (bid128_quiet_less (unwrap (a), unwrap (b), &flags))
    return -1;
  return bid128_quiet_equal (unwrap (a), unwrap (b), &flags) ? 0 : 1;
}

gboolean
shy_feel_number_is_zero (ShyFeelNumber number)
{
  return bid128_isZero (unwrap (number)) != 0;
}

gboolean
shy_feel_number_is_negative (ShyFeelNumber number)
{
  return bid128_isSigned (unwrap (number)) != 0 && !shy_feel_number_is_zero (number);
}

gboolean
shy_feel_number_is_integer (ShyFeelNumber number)
{
  _IDEC_flags flags = 0;

  bid128_round_integral_exact (unwrap (number), BID_ROUNDING_TO_ZERO, &flags);
  return (flags & BID_INEXACT_EXCEPTION) == 0;
}

ShyFeelNumber
shy_feel_number_negate (ShyFeelNumber number)
{
  return shy_feel_number_is_zero (number) ? number : wrap (bid128_negate (unwrap (number)));
}

ShyFeelNumber
shy_feel_number_abs (ShyFeelNumber number)
{
  return wrap (bid128_abs (unwrap (number)));
}

gboolean
shy_feel_number_add (ShyFeelNumber  a,
                     ShyFeelNumber  b,
                     ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_add (unwrap (a), unwrap (b), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

gboolean
shy_feel_number_subtract (ShyFeelNumber  a,
                          ShyFeelNumber  b,
                          ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_sub (unwrap (a), unwrap (b), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

gboolean
shy_feel_number_multiply (ShyFeelNumber  a,
                          ShyFeelNumber  b,
                          ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_mul (unwrap (a), unwrap (b), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

gboolean
shy_feel_number_divide (ShyFeelNumber  a,
                        ShyFeelNumber  b,
                        ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw;

  if (shy_feel_number_is_zero (b))
    return FALSE;
  raw = bid128_div (unwrap (a), unwrap (b), BID_ROUNDING_TO_NEAREST, &flags);
  return finish (raw, flags, result);
}

static gboolean
multiply_out (ShyFeelNumber  base,
              gint64         times,
              ShyFeelNumber *result)
{
  ShyFeelNumber product = shy_feel_number_from_int64 (1);

  for (gint64 i = 0; i < times; i++)
    if (!shy_feel_number_multiply (product, base, &product))
      return FALSE;

  *result = product;
  return TRUE;
}

/* Without the zeros behind the last decimal, which say nothing in a result that was rounded. */
static ShyFeelNumber
strip_zeros (ShyFeelNumber number)
{
  g_autofree char *text = shy_feel_number_to_string (number);
  char            *end = text + strlen (text);
  ShyFeelNumber    stripped;

  if (strchr (text, '.') == NULL)
    return number;
  while (end[-1] == '0')
    end--;
  if (end[-1] == '.')
    end--;
  return shy_feel_number_parse (text, end - text, &stripped) ? stripped : number;
}

gboolean
shy_feel_number_power (ShyFeelNumber  a,
                       ShyFeelNumber  b,
                       ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  gint64      times;
  BID_UINT128 raw;

  if (shy_feel_number_compare (shy_feel_number_abs (b),
                               shy_feel_number_from_int64 (POWER_MAX)) > 0)
    return FALSE;
  if (shy_feel_number_to_int64 (b, &times) && ABS (times) <= MULTIPLIED_POWER_MAX &&
      multiply_out (a, ABS (times), result))
    return times >= 0 ||
           shy_feel_number_divide (shy_feel_number_from_int64 (1), *result, result);

  raw = bid128_pow (unwrap (a), unwrap (b), BID_ROUNDING_TO_NEAREST, &flags);
  if (!finish (raw, flags, result))
    return FALSE;
  *result = strip_zeros (*result);
  return TRUE;
}

/* dividend - divisor × floor (dividend / divisor), computed without the rounding of a quotient. */
gboolean
shy_feel_number_modulo (ShyFeelNumber  dividend,
                        ShyFeelNumber  divisor,
                        ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw;

  if (shy_feel_number_is_zero (divisor))
    return FALSE;
  raw = bid128_fmod (unwrap (dividend), unwrap (divisor), &flags);
  if (!finish (raw, flags, result))
    return FALSE;
  if (!shy_feel_number_is_zero (*result) &&
      shy_feel_number_is_negative (*result) != shy_feel_number_is_negative (divisor))
    return shy_feel_number_add (*result, divisor, result);
  return TRUE;
}

gboolean
shy_feel_number_sqrt (ShyFeelNumber  number,
                      ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_sqrt (unwrap (number), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

gboolean
shy_feel_number_exp (ShyFeelNumber  number,
                     ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_exp (unwrap (number), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

gboolean
shy_feel_number_log (ShyFeelNumber  number,
                     ShyFeelNumber *result)
{
  _IDEC_flags flags = 0;
  BID_UINT128 raw = bid128_log (unwrap (number), BID_ROUNDING_TO_NEAREST, &flags);

  return finish (raw, flags, result);
}

static unsigned
get_mode (ShyFeelNumber   number,
          ShyFeelRounding rounding)
{
  switch (rounding)
    {
    case SHY_FEEL_ROUND_FLOOR:
      return BID_ROUNDING_DOWN;
    case SHY_FEEL_ROUND_CEILING:
      return BID_ROUNDING_UP;
    case SHY_FEEL_ROUND_UP:
      return shy_feel_number_is_negative (number) ? BID_ROUNDING_DOWN : BID_ROUNDING_UP;
    case SHY_FEEL_ROUND_DOWN:
      return BID_ROUNDING_TO_ZERO;
    case SHY_FEEL_ROUND_HALF_UP:
    case SHY_FEEL_ROUND_HALF_DOWN:
      return BID_ROUNDING_TIES_AWAY;
    case SHY_FEEL_ROUND_HALF_EVEN:
    default:
      return BID_ROUNDING_TO_NEAREST;
    }
}

/* Whether the number lies exactly between two multiples of the unit, @lower being the one nearer
 * to zero. */
static gboolean
is_tie (BID_UINT128 number,
        BID_UINT128 lower,
        BID_UINT128 unit)
{
  _IDEC_flags flags = 0;
  BID_UINT128 rest = bid128_abs (bid128_sub (number, lower, BID_ROUNDING_TO_NEAREST, &flags));
  BID_UINT128 twice = bid128_add (rest, rest, BID_ROUNDING_TO_NEAREST, &flags);

  return bid128_quiet_equal (twice, unit, &flags) != 0;
}

/* A number that already has fewer decimals than the scale keeps its value. */
gboolean
shy_feel_number_round (ShyFeelNumber    number,
                       int              scale,
                       ShyFeelRounding  rounding,
                       ShyFeelNumber   *result)
{
  g_autofree char *text = g_strdup_printf ("1E%d", -scale);
  _IDEC_flags      flags = 0;
  BID_UINT128      raw = unwrap (number);
  BID_UINT128      unit, rounded;

  g_return_val_if_fail (scale >= SHY_FEEL_SCALE_MIN && scale <= SHY_FEEL_SCALE_MAX, FALSE);

  unit = bid128_from_string (text, BID_ROUNDING_TO_NEAREST, &flags);
  flags = 0;
  rounded = bid128_quantize (raw, unit, get_mode (number, rounding), &flags);
  if ((flags & BID_INVALID_EXCEPTION) != 0)
    {
      *result = number; /* the wanted decimals do not fit into 34 digits: nothing to round off */
      return TRUE;
    }
  if (rounding == SHY_FEEL_ROUND_HALF_DOWN && (flags & BID_INEXACT_EXCEPTION) != 0)
    {
      BID_UINT128 lower = bid128_quantize (raw, unit, BID_ROUNDING_TO_ZERO, &flags);

      if (is_tie (raw, lower, unit))
        rounded = lower;
    }
  return finish (rounded, flags & ~BID_INEXACT_EXCEPTION, result);
}
