/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-thresholds-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-facts-policy.h"

/* Turns the values that a fact is compared with into values to try. */

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  int order = 0;

  shy_feel_value_compare (*(ShyFeelValue **) a, *(ShyFeelValue **) b, &order);

  return order;
}

static GPtrArray *
new_values (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
}

static gboolean
contains (GPtrArray    *values,
          ShyFeelValue *value)
{
  for (guint i = 0; i < values->len; i++)
    if (shy_feel_value_is (g_ptr_array_index (values, i), value))
      return TRUE;

  return FALSE;
}

/* Takes @value, and drops it if it is there already. */
static void
add (GPtrArray    *values,
     ShyFeelValue *value)
{
  if (contains (values, value))
    shy_feel_value_unref (value);
  else
    g_ptr_array_add (values, value);
}

/* The thresholds of one type, each once, in order; NULL if one is of another type. */
static GPtrArray *
sort_thresholds (GPtrArray  *thresholds,
                 ShyFeelType type)
{
  g_autoptr (GPtrArray) sorted = new_values ();

  for (guint i = 0; i < thresholds->len; i++)
    {
      ShyFeelValue *threshold = g_ptr_array_index (thresholds, i);

      if (shy_feel_value_get_value_type (threshold) != type)
        return NULL;
      add (sorted, shy_feel_value_ref (threshold));
    }
  g_ptr_array_sort (sorted, compare_values);

  return g_steal_pointer (&sorted);
}

static ShyFeelValue *
number_at (ShyFeelNumber number)
{
  return shy_feel_value_new_decimal128 (number);
}

/* The middle of two numbers: between them in 34 digits, unless they are neighbours in those. */
static ShyFeelNumber
middle (ShyFeelNumber a,
        ShyFeelNumber b)
{
  ShyFeelNumber sum;
  ShyFeelNumber half;

  if (!shy_feel_number_add (a, b, &sum)
      || !shy_feel_number_divide (sum, shy_feel_number_from_int64 (2), &half))
    return a;

  return half;
}

/* Each number, one between any two, one below and one above all. */
static GPtrArray *
list_numbers (GPtrArray *thresholds)
{
  g_autoptr (GPtrArray) sorted = sort_thresholds (thresholds, SHY_FEEL_TYPE_NUMBER);
  GPtrArray            *values;
  ShyFeelNumber         one = shy_feel_number_from_int64 (1);
  ShyFeelNumber         outside;

  if (sorted == NULL)
    return NULL;
  values = new_values ();
  for (guint i = 0; i < sorted->len; i++)
    {
      ShyFeelValue *threshold = g_ptr_array_index (sorted, i);

      if (i == 0 && shy_feel_number_subtract (threshold->number, one, &outside))
        g_ptr_array_add (values, number_at (outside));
      if (i > 0)
        {
          ShyFeelValue *before = g_ptr_array_index (sorted, i - 1);

          g_ptr_array_add (values, number_at (middle (before->number, threshold->number)));
        }
      g_ptr_array_add (values, shy_feel_value_ref (threshold));
      if (i == sorted->len - 1 && shy_feel_number_add (threshold->number, one, &outside))
        g_ptr_array_add (values, number_at (outside));
    }
  if (values->len == 0)
    g_ptr_array_add (values, number_at (one));

  return values;
}

static void
add_day (GPtrArray   *values,
         ShyFeelDate  date,
         gint64       days)
{
  ShyFeelDate moved;

  if (shy_feel_date_init_days (&moved, shy_feel_date_get_days (&date) + days))
    add (values, shy_feel_value_new_from_date (&moved));
}

static void
add_month (GPtrArray   *values,
           ShyFeelDate  date,
           gint64       months)
{
  ShyFeelDate moved;

  date.day = 1;
  if (shy_feel_date_add_months (&date, months, &moved))
    add (values, shy_feel_value_new_from_date (&moved));
}

/* Each day (or month) with those before and after it: in every gap there is one of them. */
static GPtrArray *
list_days (GPtrArray *thresholds,
           gboolean   months)
{
  g_autoptr (GPtrArray) sorted = sort_thresholds (thresholds, SHY_FEEL_TYPE_DATE);
  GPtrArray            *values;

  if (sorted == NULL)
    return NULL;
  values = new_values ();
  for (guint i = 0; i < sorted->len; i++)
    {
      ShyFeelValue *threshold = g_ptr_array_index (sorted, i);

      for (int step = -1; step <= 1; step++)
        if (months)
          add_month (values, threshold->date, step);
        else
          add_day (values, threshold->date, step);
    }
  if (values->len == 0)
    g_ptr_array_add (values, shy_feel_value_new_date (2000, 1, 1));
  g_ptr_array_sort (values, compare_values);

  return values;
}

/* Each text, and one that is none of them. */
static GPtrArray *
list_texts (GPtrArray *thresholds)
{
  g_autoptr (GPtrArray)    sorted = sort_thresholds (thresholds, SHY_FEEL_TYPE_STRING);
  g_autoptr (GString)      other = g_string_new ("?");
  g_autoptr (ShyFeelValue) fresh = NULL;

  if (sorted == NULL)
    return NULL;
  do
    {
      g_clear_pointer (&fresh, shy_feel_value_unref);
      g_string_append_c (other, '?');
      fresh = shy_feel_value_new_string (other->str);
    }
  while (contains (sorted, fresh));
  g_ptr_array_add (sorted, g_steal_pointer (&fresh));

  return g_steal_pointer (&sorted);
}

/* The values of a slot that tell all answers apart, given what it is compared with; NULL if it is
 * compared with what is not of its type. */
GPtrArray *
shy_slot_list_values (const ShySlot *slot,
                      GPtrArray     *thresholds)
{
  GPtrArray *values;

  switch (shy_field_type_get_base (slot->type))
    {
    case SHY_FIELD_BOOLEAN:
      values = new_values ();
      g_ptr_array_add (values, shy_feel_value_new_boolean (TRUE));
      g_ptr_array_add (values, shy_feel_value_new_boolean (FALSE));
      return values;
    case SHY_FIELD_NUMBER:
      return list_numbers (thresholds);
    case SHY_FIELD_DATE:
    case SHY_FIELD_MONTH:
      return list_days (thresholds, slot->type == SHY_FIELD_MONTH);
    case SHY_FIELD_TEXT:
    default:
      if (slot->values == NULL)
        return list_texts (thresholds);
      values = new_values ();
      for (guint i = 0; slot->values[i] != NULL; i++)
        g_ptr_array_add (values, shy_feel_value_new_string (slot->values[i]));
      return values;
    }
}

/* The values of a fact that tell apart all that some rules can say about it, as far as the other
 * facts are known now. @complete is FALSE if there may be more: the fact is used in a way that no
 * list of values exhausts. Then what is known of them comes back all the same, for those who try
 * without having to prove. */
GPtrArray *
shy_evaluation_list_values_for (ShyEvaluation *self,
                                GPtrArray     *rules,
                                guint          slot,
                                gboolean      *complete)
{
  const ShySlot        *about = &self->compiled->slots[slot];
  g_autoptr (GPtrArray) thresholds = new_values ();
  GPtrArray            *values;

  *complete = slot != self->compiled->first_builtin + SHY_BUILTIN_HISTORY;
  for (guint i = 0; i < rules->len; i++)
    *complete &= shy_rule_collect_thresholds (g_ptr_array_index (rules, i), &self->open, slot,
                                              about, thresholds);
  values = shy_slot_list_values (about, thresholds);
  if (values == NULL)
    {
      *complete = FALSE;
      values = new_values ();
    }

  return values;
}

/* The same for all that the policy can say about a fact. */
GPtrArray *
shy_evaluation_list_values (ShyEvaluation *self,
                            guint          slot,
                            gboolean      *complete)
{
  return shy_evaluation_list_values_for (self, self->compiled->rules, slot, complete);
}
