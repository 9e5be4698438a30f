/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-value-private.h"

#include <string.h>

static ShyFeelTruth
truth_of (gboolean boolean)
{
  return boolean ? SHY_FEEL_TRUE : SHY_FEEL_FALSE;
}

/* Inside of lists, contexts and ranges values of different types are different: DMN 1.5 defines
 * when these are equal, and otherwise they are not. */
static gboolean
are_equal (ShyFeelValue *a,
           ShyFeelValue *b)
{
  return shy_feel_value_equal (a, b) == SHY_FEEL_TRUE;
}

static gboolean
equal_lists (ShyFeelValue *a,
             ShyFeelValue *b)
{
  if (a->list.n_items != b->list.n_items)
    return FALSE;
  for (gsize i = 0; i < a->list.n_items; i++)
    if (!are_equal (a->list.items[i], b->list.items[i]))
      return FALSE;
  return TRUE;
}

/* The order of the entries does not matter. */
static gboolean
equal_contexts (ShyFeelValue *a,
                ShyFeelValue *b)
{
  if (a->context.n_entries != b->context.n_entries)
    return FALSE;
  for (gsize i = 0; i < a->context.n_entries; i++)
    {
      ShyFeelValue *other = shy_feel_value_get_entry (b, a->context.keys[i]);

      if (other == NULL || !are_equal (a->context.values[i], other))
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_ends (ShyFeelValue *a,
            ShyFeelValue *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL || a->type == SHY_FEEL_TYPE_NULL) &&
           (b == NULL || b->type == SHY_FEEL_TYPE_NULL);
  return are_equal (a, b);
}

static gboolean
equal_ranges (ShyFeelValue *a,
              ShyFeelValue *b)
{
  return a->range.op == b->range.op && a->range.start_included == b->range.start_included &&
         a->range.end_included == b->range.end_included &&
         equal_ends (a->range.start, b->range.start) && equal_ends (a->range.end, b->range.end);
}

static gboolean
equal_functions (ShyFeelValue *a,
                 ShyFeelValue *b)
{
  if (a == b)
    return TRUE;
  if (a->function.kind != b->function.kind)
    return FALSE;
  if (a->function.kind == SHY_FEEL_FUNCTION_BUILTIN)
    return a->function.builtin == b->function.builtin;
  if (a->function.kind == SHY_FEEL_FUNCTION_NATIVE ||
      a->function.written.node != b->function.written.node)
    return FALSE;
  for (guint i = 0; i < a->function.written.n_captures; i++)
    if (!are_equal (a->function.written.captures[i], b->function.written.captures[i]))
      return FALSE;
  return TRUE;
}

/**
 * shy_feel_value_equal:
 * @a: a value
 * @b: a value
 *
 * Compares as FEEL's `=` does. Values of different types are neither equal nor different, but
 * null is different from everything else.
 *
 * Source: DMN 1.5 §10.3.2.13, table “general semantics of equality”.
 *
 * Returns: whether they are equal
 */
ShyFeelTruth
shy_feel_value_equal (ShyFeelValue *a,
                      ShyFeelValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, SHY_FEEL_UNDECIDED);

  if (a->type == SHY_FEEL_TYPE_NULL || b->type == SHY_FEEL_TYPE_NULL)
    return truth_of (a->type == b->type);
  if (a->type != b->type)
    return SHY_FEEL_UNDECIDED;

  switch (a->type)
    {
    case SHY_FEEL_TYPE_NUMBER:
      return truth_of (shy_feel_number_compare (a->number, b->number) == 0);
    case SHY_FEEL_TYPE_STRING:
      return truth_of (a->string.length == b->string.length &&
                       memcmp (a->string.text, b->string.text, a->string.length) == 0);
    case SHY_FEEL_TYPE_BOOLEAN:
      return truth_of (a->boolean == b->boolean);
    case SHY_FEEL_TYPE_DATE:
      return truth_of (shy_feel_date_compare (&a->date, &b->date) == 0);
    case SHY_FEEL_TYPE_TIME:
      return truth_of (shy_feel_time_equal (&a->time, &b->time));
    case SHY_FEEL_TYPE_DATE_TIME:
      return truth_of (shy_feel_date_time_equal (&a->date_time, &b->date_time));
    case SHY_FEEL_TYPE_DAYS_DURATION:
      return truth_of (a->nanos == b->nanos);
    case SHY_FEEL_TYPE_MONTHS_DURATION:
      return truth_of (a->months == b->months);
    case SHY_FEEL_TYPE_LIST:
      return truth_of (equal_lists (a, b));
    case SHY_FEEL_TYPE_CONTEXT:
      return truth_of (equal_contexts (a, b));
    case SHY_FEEL_TYPE_RANGE:
      return truth_of (equal_ranges (a, b));
    case SHY_FEEL_TYPE_FUNCTION:
      return truth_of (equal_functions (a, b));
    case SHY_FEEL_TYPE_NULL:
    default:
      return SHY_FEEL_UNDECIDED;
    }
}

/**
 * shy_feel_value_is:
 * @a: a value
 * @b: a value
 *
 * Compares as FEEL's function `is` does: whether both are the same element of the domain. Never
 * undecided; two readings of the same moment in different zones are not the same.
 *
 * Source: DMN 1.5 §10.3.4.6.
 *
 * Returns: whether they are the same
 */
gboolean
shy_feel_value_is (ShyFeelValue *a,
                   ShyFeelValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->type != b->type)
    return FALSE;
  if (a->type == SHY_FEEL_TYPE_TIME)
    return shy_feel_time_is (&a->time, &b->time);
  if (a->type == SHY_FEEL_TYPE_DATE_TIME)
    return shy_feel_date_time_is (&a->date_time, &b->date_time);
  return shy_feel_value_equal (a, b) == SHY_FEEL_TRUE;
}

/* UTF-8 keeps the order of code points. */
static int
compare_strings (ShyFeelValue *a,
                 ShyFeelValue *b)
{
  gsize shorter = MIN (a->string.length, b->string.length);
  int   order = memcmp (a->string.text, b->string.text, shorter);

  if (order == 0)
    order = (a->string.length > b->string.length) - (a->string.length < b->string.length);
  return (order > 0) - (order < 0);
}

/**
 * shy_feel_value_compare:
 * @a: a value
 * @b: a value
 * @order: (out): below, at or above 0 as @a is before, at or after @b
 *
 * Orders two values as FEEL's `<` does.
 *
 * Source: DMN 1.5 §10.3.2.13, table “general semantics of inequality”.
 *
 * Returns: whether values of these types have an order
 */
gboolean
shy_feel_value_compare (ShyFeelValue *a,
                        ShyFeelValue *b,
                        int          *order)
{
  g_return_val_if_fail (a != NULL && b != NULL && order != NULL, FALSE);

  if (a->type != b->type)
    return FALSE;

  switch (a->type)
    {
    case SHY_FEEL_TYPE_NUMBER:
      *order = shy_feel_number_compare (a->number, b->number);
      return TRUE;
    case SHY_FEEL_TYPE_STRING:
      *order = compare_strings (a, b);
      return TRUE;
    case SHY_FEEL_TYPE_DATE:
      *order = shy_feel_date_compare (&a->date, &b->date);
      return TRUE;
    case SHY_FEEL_TYPE_TIME:
      *order = shy_feel_time_compare (&a->time, &b->time);
      return TRUE;
    case SHY_FEEL_TYPE_DATE_TIME:
      *order = shy_feel_date_time_compare (&a->date_time, &b->date_time);
      return TRUE;
    case SHY_FEEL_TYPE_DAYS_DURATION:
      *order = (a->nanos > b->nanos) - (a->nanos < b->nanos);
      return TRUE;
    case SHY_FEEL_TYPE_MONTHS_DURATION:
      *order = (a->months > b->months) - (a->months < b->months);
      return TRUE;
    case SHY_FEEL_TYPE_NULL:
    case SHY_FEEL_TYPE_BOOLEAN:
    case SHY_FEEL_TYPE_LIST:
    case SHY_FEEL_TYPE_CONTEXT:
    case SHY_FEEL_TYPE_RANGE:
    case SHY_FEEL_TYPE_FUNCTION:
    default:
      return FALSE;
    }
}
