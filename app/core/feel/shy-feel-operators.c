/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
sign_of (ShyFeelOperator op)
{
  static const char *const signs[] = { "", "=", "!=", "<", "<=", ">", ">=",
                                       "+", "-", "*", "/", "**" };

  return signs[op];
}

/* An operator that is not defined for its operands. A null keeps its own reason. */
static ShyFeelValue *
refuse (ShyFeelOperator op,
        ShyFeelValue   *left,
        ShyFeelValue   *right)
{
  if (shy_feel_value_get_error (left) != NULL)
    return shy_feel_value_ref (left);
  if (shy_feel_value_get_error (right) != NULL)
    return shy_feel_value_ref (right);
  if (shy_feel_value_is_null (left) || shy_feel_value_is_null (right))
    return shy_feel_value_new_remark (_("One side of “%s” is null."), sign_of (op));
  return shy_feel_value_new_error (_("“%s” cannot join a %s and a %s."), sign_of (op),
                                   shy_feel_type_get_label (left->type),
                                   shy_feel_type_get_label (right->type));
}

static ShyFeelValue *
compare (ShyFeelOperator op,
         ShyFeelValue   *left,
         ShyFeelValue   *right)
{
  int order;

  if (!shy_feel_value_compare (left, right, &order))
    return refuse (op, left, right);

  switch (op)
    {
    case SHY_FEEL_OPERATOR_LESS:
      return shy_feel_value_new_boolean (order < 0);
    case SHY_FEEL_OPERATOR_LESS_EQUAL:
      return shy_feel_value_new_boolean (order <= 0);
    case SHY_FEEL_OPERATOR_GREATER:
      return shy_feel_value_new_boolean (order > 0);
    case SHY_FEEL_OPERATOR_GREATER_EQUAL:
    default:
      return shy_feel_value_new_boolean (order >= 0);
    }
}

/* The implicit conversion "from singleton list", DMN 1.5 §10.3.2.9.4. */
static ShyFeelValue *
unwrap_for (ShyFeelValue *value,
            ShyFeelValue *other)
{
  return value->type == SHY_FEEL_TYPE_LIST && value->list.n_items == 1 &&
             other->type != SHY_FEEL_TYPE_LIST && other->type != SHY_FEEL_TYPE_NULL
           ? value->list.items[0]
           : value;
}

static ShyFeelValue *
equal (ShyFeelOperator op,
       ShyFeelValue   *left,
       ShyFeelValue   *right)
{
  ShyFeelTruth truth =
    shy_feel_value_equal (unwrap_for (left, right), unwrap_for (right, left));

  if (truth == SHY_FEEL_UNDECIDED)
    return refuse (op, left, right);
  return shy_feel_value_new_boolean ((truth == SHY_FEEL_TRUE) ==
                                     (op == SHY_FEEL_OPERATOR_EQUAL));
}

static ShyFeelValue *
calculate (ShyFeelOperator op,
           ShyFeelNumber   a,
           ShyFeelNumber   b)
{
  ShyFeelNumber result;
  gboolean      defined = FALSE;

  if (op == SHY_FEEL_OPERATOR_ADD)
    defined = shy_feel_number_add (a, b, &result);
  else if (op == SHY_FEEL_OPERATOR_SUBTRACT)
    defined = shy_feel_number_subtract (a, b, &result);
  else if (op == SHY_FEEL_OPERATOR_MULTIPLY)
    defined = shy_feel_number_multiply (a, b, &result);
  else if (op == SHY_FEEL_OPERATOR_POWER)
    defined = shy_feel_number_power (a, b, &result);
  else if (shy_feel_number_is_zero (b))
    return shy_feel_value_new_remark (_("Division by zero."));
  else
    defined = shy_feel_number_divide (a, b, &result);

  if (!defined)
    return shy_feel_value_new_remark (_("The result of “%s” is outside the range of numbers."),
                                      sign_of (op));
  return shy_feel_value_new_decimal128 (result);
}

static ShyFeelValue *
concatenate (ShyFeelValue *left,
             ShyFeelValue *right)
{
  g_autoptr (GString) text = NULL;

  if (left->string.length + right->string.length > SHY_FEEL_STRING_MAX)
    return shy_feel_value_new_error (_("A string may have %d bytes at most."),
                                     SHY_FEEL_STRING_MAX);
  text = g_string_sized_new (left->string.length + right->string.length);
  g_string_append_len (text, left->string.text, left->string.length);
  g_string_append_len (text, right->string.text, right->string.length);
  return shy_feel_value_new_string_len (text->str, text->len);
}

static ShyFeelValue *
out_of_range (void)
{
  return shy_feel_value_new_error (_("The result lies outside the years -999999999 to "
                                     "999999999."));
}

static ShyFeelValue *
shift_months (ShyFeelValue *point,
              gint64        months)
{
  ShyFeelDate     date;
  ShyFeelDateTime date_time;

  if (point->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_date_add_months (&point->date, months, &date)
             ? shy_feel_value_new_from_date (&date)
             : out_of_range ();
  return shy_feel_date_time_add_months (&point->date_time, months, &date_time)
           ? shy_feel_value_new_from_date_time (&date_time)
           : out_of_range ();
}

static ShyFeelValue *
shift_nanos (ShyFeelValue *point,
             ShyFeelNanos  nanos)
{
  ShyFeelDate     date;
  ShyFeelTime     time;
  ShyFeelDateTime date_time;

  if (point->type == SHY_FEEL_TYPE_TIME)
    {
      shy_feel_time_add_nanos (&point->time, nanos, &time);
      return shy_feel_value_new_from_time (&time);
    }
  if (point->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_date_add_nanos (&point->date, nanos, &date)
             ? shy_feel_value_new_from_date (&date)
             : out_of_range ();
  return shy_feel_date_time_add_nanos (&point->date_time, nanos, &date_time)
           ? shy_feel_value_new_from_date_time (&date_time)
           : out_of_range ();
}

static gboolean
has_day (ShyFeelValue *value)
{
  return value->type == SHY_FEEL_TYPE_DATE || value->type == SHY_FEEL_TYPE_DATE_TIME;
}

/* Limits that a sum of two lengths within them cannot leave unnoticed. */
static ShyFeelValue *
new_months (gint64 months)
{
  const gint64 limit = G_GINT64_CONSTANT (1) << 60;

  return months > limit || months < -limit ? out_of_range ()
                                           : shy_feel_value_new_from_months (months);
}

static ShyFeelValue *
new_nanos (ShyFeelNanos nanos)
{
  const ShyFeelNanos limit = (ShyFeelNanos) 1 << 100;

  return nanos > limit || nanos < -limit ? out_of_range ()
                                         : shy_feel_value_new_from_nanos (nanos);
}

/* A point of time and a length, DMN 1.5 table 57. */
static ShyFeelValue *
shift (ShyFeelValue *point,
       ShyFeelValue *length,
       int           sign)
{
  if (length->type == SHY_FEEL_TYPE_MONTHS_DURATION && has_day (point))
    return shift_months (point, sign * length->months);
  if (length->type == SHY_FEEL_TYPE_DAYS_DURATION &&
      (has_day (point) || point->type == SHY_FEEL_TYPE_TIME))
    return shift_nanos (point, sign * length->nanos);
  return NULL;
}

static ShyFeelValue *
add (ShyFeelValue *left,
     ShyFeelValue *right)
{
  ShyFeelValue *sum;

  if (left->type == SHY_FEEL_TYPE_STRING && right->type == SHY_FEEL_TYPE_STRING)
    return concatenate (left, right);
  if (left->type == SHY_FEEL_TYPE_MONTHS_DURATION && right->type == left->type)
    return new_months (left->months + right->months);
  if (left->type == SHY_FEEL_TYPE_DAYS_DURATION && right->type == left->type)
    return new_nanos (left->nanos + right->nanos);
  sum = shift (left, right, 1);
  return sum != NULL ? sum : shift (right, left, 1);
}

/* A day counts as midnight in UTC where a date and time is needed, DMN 1.5 §10.3.2.3.5. */
ShyFeelDateTime
shy_feel_to_date_time (ShyFeelValue *value)
{
  ShyFeelDateTime date_time = { 0 };

  if (value->type == SHY_FEEL_TYPE_DATE_TIME)
    return value->date_time;
  date_time.date = value->date;
  date_time.time.zone.kind = SHY_FEEL_ZONE_OFFSET;
  return date_time;
}

static ShyFeelValue *
subtract_points (ShyFeelValue *left,
                 ShyFeelValue *right)
{
  ShyFeelNanos    difference;
  ShyFeelDateTime a, b;

  if (left->type == SHY_FEEL_TYPE_TIME && right->type == SHY_FEEL_TYPE_TIME)
    return shy_feel_time_subtract (&left->time, &right->time, &difference)
             ? shy_feel_value_new_from_nanos (difference)
             : shy_feel_value_new_error (_("Only one of the two times has a zone."));
  if (!has_day (left) || !has_day (right))
    return NULL;
  if (left->type == SHY_FEEL_TYPE_DATE && right->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_value_new_from_nanos (shy_feel_date_subtract (&left->date, &right->date));

  a = shy_feel_to_date_time (left);
  b = shy_feel_to_date_time (right);
  return shy_feel_date_time_subtract (&a, &b, &difference)
           ? shy_feel_value_new_from_nanos (difference)
           : shy_feel_value_new_error (_("Only one of the two dates and times has a zone."));
}

static ShyFeelValue *
subtract (ShyFeelValue *left,
          ShyFeelValue *right)
{
  if (left->type == SHY_FEEL_TYPE_MONTHS_DURATION && right->type == left->type)
    return new_months (left->months - right->months);
  if (left->type == SHY_FEEL_TYPE_DAYS_DURATION && right->type == left->type)
    return new_nanos (left->nanos - right->nanos);
  if (right->type == SHY_FEEL_TYPE_DAYS_DURATION || right->type == SHY_FEEL_TYPE_MONTHS_DURATION)
    return shift (left, right, -1);
  return subtract_points (left, right);
}

/* Nanoseconds as a decimal, and back; the whole span of the dates has 26 digits. */
static gboolean
nanos_to_number (ShyFeelNanos   nanos,
                 ShyFeelNumber *number)
{
  const gint64  half = G_GINT64_CONSTANT (1000000000000000);
  ShyFeelNumber high, low;

  high = shy_feel_number_from_int64 ((gint64) (nanos / half));
  low = shy_feel_number_from_int64 ((gint64) (nanos % half));
  return shy_feel_number_scale_by (high, 15, &high) && shy_feel_number_add (high, low, number);
}

static ShyFeelValue *
nanos_from_number (ShyFeelNumber number)
{
  const ShyFeelNanos half = G_GINT64_CONSTANT (1000000000000000);
  ShyFeelNumber      high, rest;
  gint64             high_part;

  if (!shy_feel_number_scale_by (number, -15, &high))
    return out_of_range ();
  high_part = shy_feel_number_truncate (high);
  if (ABS (high_part) > G_GINT64_CONSTANT (1000000000000000) ||
      !shy_feel_number_scale_by (shy_feel_number_from_int64 (high_part), 15, &high) ||
      !shy_feel_number_subtract (number, high, &rest))
    return out_of_range ();
  return new_nanos (high_part * half + shy_feel_number_truncate (rest));
}

/* What a length measures, as a number: nanoseconds or months. */
static gboolean
measure (ShyFeelValue  *length,
         ShyFeelNumber *number)
{
  if (length->type == SHY_FEEL_TYPE_DAYS_DURATION)
    return nanos_to_number (length->nanos, number);
  *number = shy_feel_number_from_int64 (length->months);
  return TRUE;
}

static gboolean
is_length (ShyFeelValue *value)
{
  return value->type == SHY_FEEL_TYPE_DAYS_DURATION ||
         value->type == SHY_FEEL_TYPE_MONTHS_DURATION;
}

/* A length by a number; fractions of a month or of a nanosecond are cut off. */
static ShyFeelValue *
scale_length (ShyFeelOperator op,
              ShyFeelValue   *length,
              ShyFeelNumber   by)
{
  ShyFeelNumber number;
  gboolean      defined;

  if (op == SHY_FEEL_OPERATOR_DIVIDE && shy_feel_number_is_zero (by))
    return shy_feel_value_new_remark (_("Division by zero."));
  defined = measure (length, &number) &&
            (op == SHY_FEEL_OPERATOR_MULTIPLY ? shy_feel_number_multiply (number, by, &number)
                                              : shy_feel_number_divide (number, by, &number));
  if (!defined)
    return out_of_range ();
  return length->type == SHY_FEEL_TYPE_DAYS_DURATION
           ? nanos_from_number (number)
           : new_months (shy_feel_number_truncate (number));
}

static ShyFeelValue *
multiply_or_divide (ShyFeelOperator op,
                    ShyFeelValue   *left,
                    ShyFeelValue   *right)
{
  ShyFeelNumber a, b;

  if (is_length (left) && right->type == SHY_FEEL_TYPE_NUMBER)
    return scale_length (op, left, right->number);
  if (op == SHY_FEEL_OPERATOR_MULTIPLY && left->type == SHY_FEEL_TYPE_NUMBER && is_length (right))
    return scale_length (op, right, left->number);
  if (op == SHY_FEEL_OPERATOR_DIVIDE && is_length (left) && left->type == right->type &&
      measure (left, &a) && measure (right, &b))
    return calculate (op, a, b);
  return NULL;
}

static ShyFeelValue *
calculate_any (ShyFeelOperator op,
               ShyFeelValue   *left,
               ShyFeelValue   *right)
{
  ShyFeelValue *result = NULL;

  if (left->type == SHY_FEEL_TYPE_NUMBER && right->type == SHY_FEEL_TYPE_NUMBER)
    return calculate (op, left->number, right->number);
  if (op == SHY_FEEL_OPERATOR_ADD)
    result = add (left, right);
  else if (op == SHY_FEEL_OPERATOR_SUBTRACT)
    result = subtract (left, right);
  else if (op != SHY_FEEL_OPERATOR_POWER)
    result = multiply_or_divide (op, left, right);
  return result != NULL ? result : refuse (op, left, right);
}

/* A comparison or calculation, DMN 1.5 §10.3.2.13. */
ShyFeelValue *
shy_feel_apply_operator (ShyFeelOperator op,
                         ShyFeelValue   *left,
                         ShyFeelValue   *right)
{
  g_return_val_if_fail (left != NULL && right != NULL, NULL);

  if (op == SHY_FEEL_OPERATOR_EQUAL || op == SHY_FEEL_OPERATOR_UNEQUAL)
    return equal (op, left, right);
  return op < SHY_FEEL_OPERATOR_ADD ? compare (op, left, right) : calculate_any (op, left, right);
}

ShyFeelValue *
shy_feel_negate (ShyFeelValue *value)
{
  if (value->type == SHY_FEEL_TYPE_NUMBER)
    return shy_feel_value_new_decimal128 (shy_feel_number_negate (value->number));
  if (value->type == SHY_FEEL_TYPE_DAYS_DURATION)
    return shy_feel_value_new_from_nanos (-value->nanos);
  if (value->type == SHY_FEEL_TYPE_MONTHS_DURATION)
    return shy_feel_value_new_from_months (-value->months);
  if (value->type == SHY_FEEL_TYPE_NULL)
    return shy_feel_value_ref (value);
  return shy_feel_value_new_error (_("“-” cannot stand before a %s."),
                                   shy_feel_type_get_label (value->type));
}
