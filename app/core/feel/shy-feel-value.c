/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-value-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (ShyFeelValue, shy_feel_value, shy_feel_value_ref, shy_feel_value_unref)

static ShyFeelValue null_value = { .type = SHY_FEEL_TYPE_NULL, .permanent = TRUE };
static ShyFeelValue true_value = {
  .type = SHY_FEEL_TYPE_BOOLEAN, .permanent = TRUE, .boolean = TRUE
};
static ShyFeelValue false_value = { .type = SHY_FEEL_TYPE_BOOLEAN, .permanent = TRUE };

ShyFeelValue *
shy_feel_value_alloc (ShyFeelType type)
{
  ShyFeelValue *self = g_new0 (ShyFeelValue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  return self;
}

/**
 * shy_feel_value_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
ShyFeelValue *
shy_feel_value_ref (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->permanent)
    g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
shy_feel_value_free_items (ShyFeelValue **items,
            gsize          n_items)
{
  for (gsize i = 0; i < n_items; i++)
    shy_feel_value_unref (items[i]);
  g_free (items);
}

static void
free_context (ShyFeelValue *self)
{
  shy_feel_value_free_items (self->context.values, self->context.n_entries);
  for (gsize i = 0; i < self->context.n_entries; i++)
    g_free (self->context.keys[i]);
  g_free (self->context.keys);
  g_clear_pointer (&self->context.index, g_hash_table_unref);
}

void
shy_feel_value_free (ShyFeelValue *self)
{
  switch (self->type)
    {
    case SHY_FEEL_TYPE_NULL:
      g_free (self->null.message);
      break;
    case SHY_FEEL_TYPE_LIST:
      shy_feel_value_free_items (self->list.items, self->list.n_items);
      break;
    case SHY_FEEL_TYPE_CONTEXT:
      free_context (self);
      break;
    case SHY_FEEL_TYPE_RANGE:
      g_clear_pointer (&self->range.start, shy_feel_value_unref);
      g_clear_pointer (&self->range.end, shy_feel_value_unref);
      break;
    case SHY_FEEL_TYPE_FUNCTION:
      shy_feel_function_clear (&self->function);
      break;
    case SHY_FEEL_TYPE_NUMBER:
    case SHY_FEEL_TYPE_STRING:
    case SHY_FEEL_TYPE_BOOLEAN:
    case SHY_FEEL_TYPE_DATE:
    case SHY_FEEL_TYPE_TIME:
    case SHY_FEEL_TYPE_DATE_TIME:
    case SHY_FEEL_TYPE_DAYS_DURATION:
    case SHY_FEEL_TYPE_MONTHS_DURATION:
    default:
      break;
    }
  g_free (self);
}

/**
 * shy_feel_value_unref:
 * @self: (transfer full): a value
 */
void
shy_feel_value_unref (ShyFeelValue *self)
{
  g_return_if_fail (self != NULL);

  if (!self->permanent && g_atomic_ref_count_dec (&self->ref_count))
    shy_feel_value_free (self);
}

/**
 * shy_feel_value_new_null:
 *
 * Returns: (transfer full): null, for no reason of error
 */
ShyFeelValue *
shy_feel_value_new_null (void)
{
  return &null_value;
}

static ShyFeelValue *
new_null_because (gboolean    error,
                  const char *format,
                  va_list     arguments)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_NULL);

  self->null.message = g_strdup_vprintf (format, arguments);
  self->null.error = error;
  return self;
}

/**
 * shy_feel_value_new_error: (skip)
 * @format: a translated sentence, with printf places
 * @...: what goes into them
 *
 * Makes the null of an expression that went wrong, which keeps the reason.
 *
 * Returns: (transfer full): null with its reason
 */
ShyFeelValue *
shy_feel_value_new_error (const char *format,
                          ...)
{
  ShyFeelValue *self;
  va_list       arguments;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (arguments, format);
  self = new_null_because (TRUE, format, arguments);
  va_end (arguments);
  return self;
}

/* A null that the language defines, as of a division by zero, with a hint for the reader. */
ShyFeelValue *
shy_feel_value_new_remark (const char *format,
                           ...)
{
  ShyFeelValue *self;
  va_list       arguments;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (arguments, format);
  self = new_null_because (FALSE, format, arguments);
  va_end (arguments);
  return self;
}

/* The null of an entry or item that is not there. */
ShyFeelValue *
shy_feel_value_new_absent (const char *format,
                           ...)
{
  ShyFeelValue *self;
  va_list       arguments;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (arguments, format);
  self = new_null_because (FALSE, format, arguments);
  va_end (arguments);
  self->null.absent = TRUE;
  return self;
}

/**
 * shy_feel_value_new_boolean:
 * @boolean: true or false
 *
 * Returns: (transfer full): the value
 */
ShyFeelValue *
shy_feel_value_new_boolean (gboolean boolean)
{
  return boolean ? &true_value : &false_value;
}

/**
 * shy_feel_value_new_truth:
 * @truth: an answer
 *
 * Returns: (transfer full): true, false or null
 */
ShyFeelValue *
shy_feel_value_new_truth (ShyFeelTruth truth)
{
  return truth == SHY_FEEL_UNDECIDED ? &null_value
                                     : shy_feel_value_new_boolean (truth == SHY_FEEL_TRUE);
}

ShyFeelValue *
shy_feel_value_new_decimal128 (ShyFeelNumber number)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_NUMBER);

  self->number = number;
  return self;
}

/**
 * shy_feel_value_new_integer:
 * @integer: a whole number
 *
 * Returns: (transfer full): the number
 */
ShyFeelValue *
shy_feel_value_new_integer (gint64 integer)
{
  return shy_feel_value_new_decimal128 (shy_feel_number_from_int64 (integer));
}

/**
 * shy_feel_value_new_decimal:
 * @unscaled: the digits, as fen of an amount in yuan
 * @scale: how many of them stand behind the decimal point, 0 to 18
 *
 * Makes a number of money: 12345 with a scale of 2 is 123.45.
 *
 * Returns: (transfer full): the number
 */
ShyFeelValue *
shy_feel_value_new_decimal (gint64 unscaled,
                            guint  scale)
{
  ShyFeelNumber number;

  g_return_val_if_fail (scale <= 18, NULL);

  if (!shy_feel_number_scale_by (shy_feel_number_from_int64 (unscaled), -(int) scale, &number))
    g_assert_not_reached (); /* 10^-18 is far inside the range */
  return shy_feel_value_new_decimal128 (number);
}

static gboolean
is_number (const char *text)
{
  const char *p = text + (*text == '-');
  gsize       digits = strspn (p, "0123456789");
  gsize       decimals = 0;

  p += digits;
  if (*p == '.')
    {
      decimals = strspn (p + 1, "0123456789");
      p += 1 + decimals;
      if (decimals == 0)
        return FALSE;
    }
  if (digits + decimals > 0 && (*p == 'e' || *p == 'E'))
    {
      p += 1 + (p[1] == '+' || p[1] == '-');
      if (!g_ascii_isdigit (*p))
        return FALSE;
      p += strspn (p, "0123456789");
    }
  return digits + decimals > 0 && *p == '\0';
}

/**
 * shy_feel_value_new_number:
 * @text: digits, with a sign, a decimal point and an exponent where needed
 * @error: return location of the error
 *
 * Makes a number from its text, exactly up to 34 digits.
 *
 * Returns: (transfer full) (nullable): the number, or %NULL with %SHY_ERROR_INVALID
 */
ShyFeelValue *
shy_feel_value_new_number (const char  *text,
                           GError     **error)
{
  ShyFeelNumber number;

  g_return_val_if_fail (text != NULL, NULL);

  if (!is_number (text) || !shy_feel_number_parse (text, -1, &number))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("“%s” is not a number. Write digits with a decimal point, such as 1200.50."),
                   text);
      return NULL;
    }
  return shy_feel_value_new_decimal128 (number);
}

ShyFeelValue *
shy_feel_value_new_string_len (const char *text,
                               gsize       length)
{
  ShyFeelValue *self;

  g_assert (text != NULL);

  self = g_malloc0 (sizeof *self + length + 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->type = SHY_FEEL_TYPE_STRING;
  self->string.text = (char *) (self + 1);
  self->string.length = length;
  memcpy (self->string.text, text, length);
  return self;
}

/**
 * shy_feel_value_new_string:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): the string
 */
ShyFeelValue *
shy_feel_value_new_string (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return shy_feel_value_new_string_len (text, strlen (text));
}

ShyFeelValue *
shy_feel_value_new_from_date (const ShyFeelDate *date)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_DATE);

  self->date = *date;
  return self;
}

ShyFeelValue *
shy_feel_value_new_from_time (const ShyFeelTime *time)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_TIME);

  self->time = *time;
  return self;
}

ShyFeelValue *
shy_feel_value_new_from_date_time (const ShyFeelDateTime *date_time)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_DATE_TIME);

  self->date_time = *date_time;
  return self;
}

ShyFeelValue *
shy_feel_value_new_from_nanos (ShyFeelNanos nanos)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_DAYS_DURATION);

  self->nanos = nanos;
  return self;
}

ShyFeelValue *
shy_feel_value_new_from_months (gint64 months)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_MONTHS_DURATION);

  self->months = months;
  return self;
}

/**
 * shy_feel_value_new_date:
 * @year: a year
 * @month: a month, 1 to 12
 * @day: a day of that month
 *
 * Returns: (transfer full) (nullable): the date, or %NULL if there is none such
 */
ShyFeelValue *
shy_feel_value_new_date (int year,
                         int month,
                         int day)
{
  ShyFeelDate date;

  return shy_feel_date_init (&date, year, month, day) ? shy_feel_value_new_from_date (&date)
                                                      : NULL;
}

/* What stands between the quotes of an at-literal; NULL if it is nothing of time. */
ShyFeelValue *
shy_feel_value_parse_temporal (const char *text)
{
  ShyFeelTemporal temporal;

  switch (shy_feel_temporal_parse (text, &temporal))
    {
    case SHY_FEEL_TEMPORAL_DATE:
      return shy_feel_value_new_from_date (&temporal.date);
    case SHY_FEEL_TEMPORAL_TIME:
      return shy_feel_value_new_from_time (&temporal.time);
    case SHY_FEEL_TEMPORAL_DATE_TIME:
      return shy_feel_value_new_from_date_time (&temporal.date_time);
    case SHY_FEEL_TEMPORAL_DURATION:
      return shy_feel_value_new_from_nanos (temporal.duration);
    case SHY_FEEL_TEMPORAL_MONTHS:
      return shy_feel_value_new_from_months (temporal.months);
    case SHY_FEEL_TEMPORAL_NONE:
    default:
      return NULL;
    }
}

/**
 * shy_feel_value_new_temporal:
 * @text: a date, time, date and time or duration as FEEL writes it: 2025-06-30, PT8H, P1Y
 * @error: return location of the error
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with %SHY_ERROR_INVALID
 */
ShyFeelValue *
shy_feel_value_new_temporal (const char  *text,
                             GError     **error)
{
  ShyFeelValue *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = shy_feel_value_parse_temporal (text);
  if (self == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("“%s” is no date, time or duration. Write a date as 2025-06-30, a time as "
                   "08:30:00, a duration as P1Y6M or P10D."),
                 text);
  return self;
}
