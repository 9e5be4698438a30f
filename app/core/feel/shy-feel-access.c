/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-value-private.h"

#include <glib/gi18n-lib.h>

/**
 * shy_feel_type_get_name:
 * @type: a type
 *
 * Returns: the name that FEEL gives it: `date and time`
 */
const char *
shy_feel_type_get_name (ShyFeelType type)
{
  static const char *const names[] = {
    "null", "number", "string", "boolean", "date", "time", "date and time",
    "days and time duration", "years and months duration", "list", "context", "range", "function",
  };

  g_return_val_if_fail (type < G_N_ELEMENTS (names), NULL);

  return names[type];
}

/**
 * shy_feel_type_get_label:
 * @type: a type
 *
 * Returns: its name for people, translated
 */
const char *
shy_feel_type_get_label (ShyFeelType type)
{
  static const char *const labels[] = {
    NC_("FEEL type", "null"),
    NC_("FEEL type", "number"),
    NC_("FEEL type", "string"),
    NC_("FEEL type", "boolean"),
    NC_("FEEL type", "date"),
    NC_("FEEL type", "time"),
    NC_("FEEL type", "date and time"),
    NC_("FEEL type", "days and time duration"),
    NC_("FEEL type", "years and months duration"),
    NC_("FEEL type", "list"),
    NC_("FEEL type", "context"),
    NC_("FEEL type", "range"),
    NC_("FEEL type", "function"),
  };

  g_return_val_if_fail (type < G_N_ELEMENTS (labels), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "FEEL type", labels[type]);
}

/**
 * shy_feel_value_get_value_type:
 * @self: a value
 *
 * Returns: its type
 */
ShyFeelType
shy_feel_value_get_value_type (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, SHY_FEEL_TYPE_NULL);

  return self->type;
}

/**
 * shy_feel_value_get_error:
 * @self: a value
 *
 * Returns: (nullable): what went wrong, translated, if @self is a null that comes from an error
 */
const char *
shy_feel_value_get_error (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type == SHY_FEEL_TYPE_NULL && self->null.error ? self->null.message : NULL;
}

/**
 * shy_feel_value_get_remark:
 * @self: a value
 *
 * Gets why @self is null: an error, or a rule of the language such as that of division by zero.
 *
 * Returns: (nullable): the reason, translated, if one is known
 */
const char *
shy_feel_value_get_remark (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type == SHY_FEEL_TYPE_NULL ? self->null.message : NULL;
}

/**
 * shy_feel_value_is_null:
 * @self: a value
 *
 * Returns: whether it is FEEL's null
 */
gboolean
shy_feel_value_is_null (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->type == SHY_FEEL_TYPE_NULL;
}

/**
 * shy_feel_value_get_truth:
 * @self: a value
 *
 * Returns: true or false for a boolean, undecided for everything else
 */
ShyFeelTruth
shy_feel_value_get_truth (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, SHY_FEEL_UNDECIDED);

  if (self->type != SHY_FEEL_TYPE_BOOLEAN)
    return SHY_FEEL_UNDECIDED;
  return self->boolean ? SHY_FEEL_TRUE : SHY_FEEL_FALSE;
}

/**
 * shy_feel_value_get_integer:
 * @self: a value
 * @integer: (out): its content
 *
 * Returns: whether it is a whole number that fits
 */
gboolean
shy_feel_value_get_integer (ShyFeelValue *self,
                            gint64       *integer)
{
  g_return_val_if_fail (self != NULL && integer != NULL, FALSE);

  return self->type == SHY_FEEL_TYPE_NUMBER && shy_feel_number_to_int64 (self->number, integer);
}

/**
 * shy_feel_value_get_decimal:
 * @self: a value
 * @scale: how many digits stand behind the decimal point, 0 to 18
 * @unscaled: (out): the digits: with a scale of 2, 123.45 gives 12345
 *
 * Gets an amount of money in its smallest unit. Nothing is rounded: 0.005 yuan is no whole fen.
 *
 * Returns: whether it is a number that this scale can hold
 */
gboolean
shy_feel_value_get_decimal (ShyFeelValue *self,
                            guint         scale,
                            gint64       *unscaled)
{
  ShyFeelNumber scaled;

  g_return_val_if_fail (self != NULL && unscaled != NULL && scale <= 18, FALSE);

  return self->type == SHY_FEEL_TYPE_NUMBER &&
         shy_feel_number_scale_by (self->number, (int) scale, &scaled) &&
         shy_feel_number_to_int64 (scaled, unscaled);
}

/**
 * shy_feel_value_get_string:
 * @self: a value
 *
 * Returns: (nullable): the text if it is a string
 */
const char *
shy_feel_value_get_string (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type == SHY_FEEL_TYPE_STRING ? self->string.text : NULL;
}

/**
 * shy_feel_value_get_date:
 * @self: a value
 * @year: (out): the year
 * @month: (out): the month, 1 to 12
 * @day: (out): the day, 1 to 31
 *
 * Returns: whether it is a date, or a date and time, whose day is given then
 */
gboolean
shy_feel_value_get_date (ShyFeelValue *self,
                         int          *year,
                         int          *month,
                         int          *day)
{
  const ShyFeelDate *date;

  g_return_val_if_fail (self != NULL && year != NULL && month != NULL && day != NULL, FALSE);

  if (self->type != SHY_FEEL_TYPE_DATE && self->type != SHY_FEEL_TYPE_DATE_TIME)
    return FALSE;
  date = self->type == SHY_FEEL_TYPE_DATE ? &self->date : &self->date_time.date;
  *year = date->year;
  *month = date->month;
  *day = date->day;
  return TRUE;
}

/**
 * shy_feel_value_get_length:
 * @self: a value
 *
 * Returns: the number of items of a list or entries of a context, otherwise 0
 */
gsize
shy_feel_value_get_length (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->type == SHY_FEEL_TYPE_LIST)
    return self->list.n_items;
  return self->type == SHY_FEEL_TYPE_CONTEXT ? self->context.n_entries : 0;
}

/**
 * shy_feel_value_get_item:
 * @self: a list or context
 * @index: position, from 0
 *
 * Returns: (transfer none): the item, or the value of the entry
 */
ShyFeelValue *
shy_feel_value_get_item (ShyFeelValue *self,
                         gsize         index)
{
  g_return_val_if_fail (self != NULL && index < shy_feel_value_get_length (self), NULL);

  return self->type == SHY_FEEL_TYPE_LIST ? self->list.items[index] : self->context.values[index];
}

/**
 * shy_feel_value_get_key:
 * @self: a context
 * @index: position, from 0
 *
 * Returns: the name of the entry
 */
const char *
shy_feel_value_get_key (ShyFeelValue *self,
                        gsize         index)
{
  g_return_val_if_fail (self != NULL && self->type == SHY_FEEL_TYPE_CONTEXT, NULL);
  g_return_val_if_fail (index < self->context.n_entries, NULL);

  return self->context.keys[index];
}

/**
 * shy_feel_value_get_entry:
 * @self: a context
 * @key: the name of an entry
 *
 * Returns: (transfer none) (nullable): its value, %NULL if there is no such entry
 */
ShyFeelValue *
shy_feel_value_get_entry (ShyFeelValue *self,
                          const char   *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  if (self->type != SHY_FEEL_TYPE_CONTEXT)
    return NULL;
  if (self->context.index != NULL)
    {
      gsize position = GPOINTER_TO_SIZE (g_hash_table_lookup (self->context.index, key));

      return position == 0 ? NULL : self->context.values[position - 1];
    }
  for (gsize i = 0; i < self->context.n_entries; i++)
    if (g_str_equal (self->context.keys[i], key))
      return self->context.values[i];
  return NULL;
}

/**
 * shy_feel_value_get_start:
 * @self: a range
 * @included: (out) (optional): whether the start belongs to the range
 *
 * Returns: (transfer none) (nullable): the lower end, %NULL if there is none
 */
ShyFeelValue *
shy_feel_value_get_start (ShyFeelValue *self,
                          gboolean     *included)
{
  g_return_val_if_fail (self != NULL && self->type == SHY_FEEL_TYPE_RANGE, NULL);

  if (included != NULL)
    *included = self->range.start_included;
  return self->range.start;
}

/**
 * shy_feel_value_get_end:
 * @self: a range
 * @included: (out) (optional): whether the end belongs to the range
 *
 * Returns: (transfer none) (nullable): the upper end, %NULL if there is none
 */
ShyFeelValue *
shy_feel_value_get_end (ShyFeelValue *self,
                        gboolean     *included)
{
  g_return_val_if_fail (self != NULL && self->type == SHY_FEEL_TYPE_RANGE, NULL);

  if (included != NULL)
    *included = self->range.end_included;
  return self->range.end;
}
