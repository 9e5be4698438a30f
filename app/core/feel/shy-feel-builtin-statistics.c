/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* List functions that make one value of many, DMN 1.5 §10.3.4.4. Each takes a list, or the items
 * as arguments. */

static ShyFeelValue *
refuse_items (const ShyFeelBuiltin *builtin)
{
  return shy_feel_builtin_refuse (builtin, _("the list must hold nothing but numbers."));
}

static gboolean
all_numbers (ShyFeelValue *list)
{
  for (gsize i = 0; i < list->list.n_items; i++)
    if (list->list.items[i]->type != SHY_FEEL_TYPE_NUMBER)
      return FALSE;
  return TRUE;
}

static ShyFeelValue *
new_number (const ShyFeelBuiltin *builtin,
            gboolean              defined,
            ShyFeelNumber         number)
{
  return defined ? shy_feel_value_new_decimal128 (number)
                 : shy_feel_builtin_refuse (builtin, _("the result is outside the range of "
                                                       "numbers."));
}

/* min and max: the detail is the sign of the order that makes a better one. */
static ShyFeelValue *
extreme (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  ShyFeelValue *best = NULL;
  int           order;

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *item = arguments[0]->list.items[i];

      if (best == NULL)
        best = item;
      if (!shy_feel_value_compare (item, best, &order))
        return shy_feel_builtin_refuse (builtin, _("the items cannot be compared."));
      if (order * builtin->detail > 0)
        best = item;
    }
  return best == NULL ? shy_feel_value_new_null () : shy_feel_value_ref (best);
}

static gboolean
add_up (ShyFeelValue  *list,
        ShyFeelNumber *sum)
{
  *sum = shy_feel_number_from_int64 (0);
  for (gsize i = 0; i < list->list.n_items; i++)
    if (!shy_feel_number_add (*sum, list->list.items[i]->number, sum))
      return FALSE;
  return TRUE;
}

static ShyFeelValue *
sum (ShyFeelRun           *run,
     const ShyFeelBuiltin *builtin,
     ShyFeelValue        **arguments)
{
  ShyFeelNumber total;

  if (!all_numbers (arguments[0]))
    return refuse_items (builtin);
  if (arguments[0]->list.n_items == 0)
    return shy_feel_value_new_null ();
  return new_number (builtin, add_up (arguments[0], &total), total);
}

static gboolean
get_mean (ShyFeelValue  *list,
          ShyFeelNumber *mean)
{
  return add_up (list, mean) &&
         shy_feel_number_divide (*mean, shy_feel_number_from_int64 ((gint64) list->list.n_items),
                                 mean);
}

static ShyFeelValue *
mean (ShyFeelRun           *run,
      const ShyFeelBuiltin *builtin,
      ShyFeelValue        **arguments)
{
  ShyFeelNumber average;

  if (!all_numbers (arguments[0]))
    return refuse_items (builtin);
  if (arguments[0]->list.n_items == 0)
    return shy_feel_builtin_refuse (builtin, _("the list is empty."));
  return new_number (builtin, get_mean (arguments[0], &average), average);
}

static ShyFeelValue *
product (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  ShyFeelNumber total = shy_feel_number_from_int64 (1);
  gboolean      defined = TRUE;

  if (!all_numbers (arguments[0]))
    return refuse_items (builtin);
  if (arguments[0]->list.n_items == 0)
    return shy_feel_builtin_refuse (builtin, _("the list is empty."));
  for (gsize i = 0; i < arguments[0]->list.n_items && defined; i++)
    defined = shy_feel_number_multiply (total, arguments[0]->list.items[i]->number, &total);
  return new_number (builtin, defined, total);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  return shy_feel_number_compare ((*(ShyFeelValue *const *) a)->number,
                                  (*(ShyFeelValue *const *) b)->number);
}

/* The items in ascending order, not owned; an array of NULL for an empty list. */
static ShyFeelValue **
sort_numbers (ShyFeelValue *list)
{
  ShyFeelValue **items =
    g_memdup2 (list->list.items, list->list.n_items * sizeof (ShyFeelValue *));

  if (items != NULL)
    qsort (items, list->list.n_items, sizeof (ShyFeelValue *), compare_numbers);
  return items;
}

static ShyFeelValue *
median (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  gsize                     n_items = arguments[0]->list.n_items;
  g_autofree ShyFeelValue **items = NULL;
  ShyFeelNumber             middle;
  gboolean                  defined;

  if (!all_numbers (arguments[0]))
    return refuse_items (builtin);
  if (n_items == 0)
    return shy_feel_value_new_null ();
  items = sort_numbers (arguments[0]);
  if (n_items % 2 == 1)
    return shy_feel_value_ref (items[n_items / 2]);
  defined = shy_feel_number_add (items[n_items / 2 - 1]->number, items[n_items / 2]->number,
                                 &middle) &&
            shy_feel_number_divide (middle, shy_feel_number_from_int64 (2), &middle);
  return new_number (builtin, defined, middle);
}

/* The deviation of a sample: the sum of squares is divided by the number less one. */
static ShyFeelValue *
stddev (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  ShyFeelValue *list = arguments[0];
  ShyFeelNumber average, total = shy_feel_number_from_int64 (0), deviation;
  gboolean      defined;

  if (!all_numbers (list))
    return refuse_items (builtin);
  if (list->list.n_items < 2)
    return shy_feel_builtin_refuse (builtin, _("it needs two numbers at least."));

  defined = get_mean (list, &average);
  for (gsize i = 0; i < list->list.n_items && defined; i++)
    defined = shy_feel_number_subtract (list->list.items[i]->number, average, &deviation) &&
              shy_feel_number_multiply (deviation, deviation, &deviation) &&
              shy_feel_number_add (total, deviation, &total);
  defined = defined &&
            shy_feel_number_divide (
              total, shy_feel_number_from_int64 ((gint64) list->list.n_items - 1), &total) &&
            shy_feel_number_sqrt (total, &total);
  return new_number (builtin, defined, total);
}

/* All numbers that come most often, ascending. */
static ShyFeelValue *
mode (ShyFeelRun           *run,
      const ShyFeelBuiltin *builtin,
      ShyFeelValue        **arguments)
{
  gsize                     n_items = arguments[0]->list.n_items;
  g_autofree ShyFeelValue **items = NULL;
  GPtrArray                *modes;
  gsize                     most = 0;

  if (!all_numbers (arguments[0]))
    return refuse_items (builtin);
  items = sort_numbers (arguments[0]);
  modes = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  for (gsize first = 0, next; first < n_items; first = next)
    {
      for (next = first + 1; next < n_items && compare_numbers (&items[first], &items[next]) == 0;)
        next++;
      if (next - first > most)
        g_ptr_array_set_size (modes, 0);
      most = MAX (most, next - first);
      if (next - first == most)
        g_ptr_array_add (modes, shy_feel_value_ref (items[first]));
    }
  return shy_feel_value_new_list_steal (modes);
}

/* all and any: the detail is the answer that decides. */
static ShyFeelValue *
decide (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  ShyFeelTruth verdict = builtin->detail == SHY_FEEL_TRUE ? SHY_FEEL_FALSE : SHY_FEEL_TRUE;

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *item = arguments[0]->list.items[i];
      ShyFeelTruth  truth = shy_feel_value_get_truth (item);

      if (item->type != SHY_FEEL_TYPE_BOOLEAN && item->type != SHY_FEEL_TYPE_NULL)
        return shy_feel_builtin_refuse (builtin, _("the list must hold nothing but booleans."));
      if (verdict == (ShyFeelTruth) builtin->detail || truth == (ShyFeelTruth) builtin->detail)
        verdict = (ShyFeelTruth) builtin->detail;
      else if (truth == SHY_FEEL_UNDECIDED)
        verdict = SHY_FEEL_UNDECIDED;
    }
  return shy_feel_value_new_truth (verdict);
}

#define AGGREGATE(name, call, detail)                                                              \
  { name, call, SHY_FEEL_BUILTIN_AGGREGATE, detail, { { "list", SHY_FEEL_TAKES_LIST } } }

const ShyFeelBuiltin shy_feel_statistics_builtins[] = {
  AGGREGATE ("min", extreme, -1),
  AGGREGATE ("max", extreme, 1),
  AGGREGATE ("sum", sum, 0),
  AGGREGATE ("mean", mean, 0),
  AGGREGATE ("product", product, 0),
  AGGREGATE ("median", median, 0),
  AGGREGATE ("stddev", stddev, 0),
  AGGREGATE ("mode", mode, 0),
  AGGREGATE ("all", decide, SHY_FEEL_FALSE),
  AGGREGATE ("any", decide, SHY_FEEL_TRUE),
  { NULL },
};
