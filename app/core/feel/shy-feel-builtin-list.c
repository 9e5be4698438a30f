/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>

/* List functions that take items of any kind, DMN 1.5 §10.3.4.4 and §10.3.4.9. */

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
}

static void
add_items (GPtrArray    *items,
           ShyFeelValue *list,
           gsize         first,
           gsize         n_items)
{
  for (gsize i = first; i < first + n_items; i++)
    g_ptr_array_add (items, shy_feel_value_ref (list->list.items[i]));
}

static gboolean
are_equal (ShyFeelValue *a,
           ShyFeelValue *b)
{
  return shy_feel_value_equal (a, b) == SHY_FEEL_TRUE;
}

static ShyFeelValue *
list_contains (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    if (are_equal (arguments[0]->list.items[i], arguments[1]))
      return shy_feel_value_new_boolean (TRUE);
  return shy_feel_value_new_boolean (FALSE);
}

static ShyFeelValue *
count (ShyFeelRun           *run,
       const ShyFeelBuiltin *builtin,
       ShyFeelValue        **arguments)
{
  return shy_feel_value_new_integer ((gint64) arguments[0]->list.n_items);
}

/* A position from 1, or from -1 at the end, as index from 0; -1 if it lies outside. */
static gint64
index_of_position (ShyFeelValue *list,
                   ShyFeelValue *position)
{
  gint64 n_items = (gint64) list->list.n_items;
  gint64 index = shy_feel_number_truncate (position->number);

  if (index == 0 || index > n_items || index < -n_items)
    return -1;
  return index > 0 ? index - 1 : n_items + index;
}

static ShyFeelValue *
refuse_position (const ShyFeelBuiltin *builtin)
{
  return shy_feel_builtin_refuse (builtin, _("the position lies outside of the list."));
}

static ShyFeelValue *
sublist (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  gint64     first = index_of_position (arguments[0], arguments[1]);
  gint64     rest = (gint64) arguments[0]->list.n_items - first;
  gint64     length = arguments[2] == NULL ? rest
                                           : shy_feel_number_truncate (arguments[2]->number);
  GPtrArray *items;

  if (first < 0)
    return refuse_position (builtin);
  if (length < 1 || length > rest)
    return shy_feel_builtin_refuse (builtin, _("the list has no such length from there on."));
  items = new_items ();
  add_items (items, arguments[0], (gsize) first, (gsize) length);
  return shy_feel_value_new_list_steal (items);
}

/* append, concatenate: the number of items is bounded by those that exist already. */
static ShyFeelValue *
finish_list (const ShyFeelBuiltin *builtin,
             GPtrArray            *items)
{
  if (items->len <= SHY_FEEL_ITEMS_MAX)
    return shy_feel_value_new_list_steal (items);
  g_ptr_array_unref (items);
  return shy_feel_builtin_refuse (builtin, _("the list becomes too long."));
}

static ShyFeelValue *
append (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  GPtrArray *items = new_items ();

  add_items (items, arguments[0], 0, arguments[0]->list.n_items);
  add_items (items, arguments[1], 0, arguments[1]->list.n_items);
  return finish_list (builtin, items);
}

static ShyFeelValue *
concatenate (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  GPtrArray *items = new_items ();

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *list = arguments[0]->list.items[i];

      add_items (items, list, 0, list->list.n_items);
    }
  return finish_list (builtin, items);
}

static ShyFeelValue *
insert_before (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  gint64     index = index_of_position (arguments[0], arguments[1]);
  GPtrArray *items;

  if (index < 0)
    return refuse_position (builtin);
  items = new_items ();
  add_items (items, arguments[0], 0, arguments[0]->list.n_items);
  g_ptr_array_insert (items, (int) index, shy_feel_value_ref (arguments[2]));
  return shy_feel_value_new_list_steal (items);
}

static ShyFeelValue *
remove_item (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  gint64     index = index_of_position (arguments[0], arguments[1]);
  GPtrArray *items;

  if (index < 0)
    return refuse_position (builtin);
  items = new_items ();
  add_items (items, arguments[0], 0, arguments[0]->list.n_items);
  g_ptr_array_remove_index (items, (guint) index);
  return shy_feel_value_new_list_steal (items);
}

static ShyFeelValue *
reverse (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  gsize          n_items = arguments[0]->list.n_items;
  ShyFeelValue **items = g_new (ShyFeelValue *, n_items);

  for (gsize i = 0; i < n_items; i++)
    items[i] = shy_feel_value_ref (arguments[0]->list.items[n_items - 1 - i]);
  return shy_feel_value_new_list_take (items, n_items);
}

static ShyFeelValue *
index_of (ShyFeelRun           *run,
          const ShyFeelBuiltin *builtin,
          ShyFeelValue        **arguments)
{
  GPtrArray *positions = new_items ();

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    if (are_equal (arguments[0]->list.items[i], arguments[1]))
      g_ptr_array_add (positions, shy_feel_value_new_integer ((gint64) i + 1));
  return shy_feel_value_new_list_steal (positions);
}

/* Adds what is not yet there; FALSE if that takes too long. */
static gboolean
add_distinct (ShyFeelRun   *run,
              GPtrArray    *items,
              ShyFeelValue *list)
{
  for (gsize i = 0; i < list->list.n_items; i++)
    {
      gboolean found = FALSE;

      if (!shy_feel_run_spend (run, items->len))
        return FALSE;
      for (guint j = 0; j < items->len && !found; j++)
        found = are_equal (items->pdata[j], list->list.items[i]);
      if (!found)
        g_ptr_array_add (items, shy_feel_value_ref (list->list.items[i]));
    }
  return TRUE;
}

static ShyFeelValue *
distinct_values (ShyFeelRun           *run,
                 const ShyFeelBuiltin *builtin,
                 ShyFeelValue        **arguments)
{
  g_autoptr (GPtrArray) items = new_items ();

  if (!add_distinct (run, items, arguments[0]))
    return shy_feel_run_exhausted (run);
  return shy_feel_value_new_list_steal (g_steal_pointer (&items));
}

static ShyFeelValue *
unite (ShyFeelRun           *run,
       const ShyFeelBuiltin *builtin,
       ShyFeelValue        **arguments)
{
  g_autoptr (GPtrArray) items = new_items ();

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    if (!add_distinct (run, items, arguments[0]->list.items[i]))
      return shy_feel_run_exhausted (run);
  return shy_feel_value_new_list_steal (g_steal_pointer (&items));
}

static void
add_flat (GPtrArray    *items,
          ShyFeelValue *list)
{
  for (gsize i = 0; i < list->list.n_items && items->len <= SHY_FEEL_ITEMS_MAX; i++)
    if (list->list.items[i]->type == SHY_FEEL_TYPE_LIST)
      add_flat (items, list->list.items[i]);
    else
      g_ptr_array_add (items, shy_feel_value_ref (list->list.items[i]));
}

static ShyFeelValue *
flatten (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  GPtrArray *items = new_items ();

  add_flat (items, arguments[0]);
  return finish_list (builtin, items);
}

static ShyFeelValue *
replace_at (ShyFeelRun           *run,
            const ShyFeelBuiltin *builtin,
            ShyFeelValue        **arguments)
{
  gint64                   index = index_of_position (arguments[0], arguments[1]);
  g_autofree ShyFeelValue **items = NULL;

  if (index < 0)
    return refuse_position (builtin);
  items = g_memdup2 (arguments[0]->list.items,
                     arguments[0]->list.n_items * sizeof (ShyFeelValue *));
  items[index] = arguments[2];
  return shy_feel_value_new_list (items, arguments[0]->list.n_items);
}

static ShyFeelValue *
refuse_answer (const ShyFeelBuiltin *builtin,
               ShyFeelValue         *answer)
{
  if (shy_feel_value_get_error (answer) != NULL)
    return shy_feel_value_ref (answer);
  return shy_feel_builtin_refuse (builtin, _("the function that is asked must answer true or "
                                             "false."));
}

/* list replace(list, match, newItem): every item for which match(item, newItem) is true. */
static ShyFeelValue *
replace_matching (ShyFeelRun           *run,
                  const ShyFeelBuiltin *builtin,
                  ShyFeelValue        **arguments)
{
  g_autoptr (GPtrArray) items = new_items ();

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue            *pair[] = { arguments[0]->list.items[i], arguments[2] };
      g_autoptr (ShyFeelValue) answer = shy_feel_call (run, arguments[1], pair, 2, NULL);
      ShyFeelTruth             truth = shy_feel_value_get_truth (answer);

      if (truth == SHY_FEEL_UNDECIDED)
        return refuse_answer (builtin, answer);
      g_ptr_array_add (items, shy_feel_value_ref (pair[truth == SHY_FEEL_TRUE ? 1 : 0]));
    }
  return shy_feel_value_new_list_steal (g_steal_pointer (&items));
}

/* A merge sort with a function that is part of the expression. */
typedef struct
{
  ShyFeelRun    *run;
  ShyFeelValue  *precedes;
  ShyFeelValue **items;   /* being sorted */
  ShyFeelValue **spare;   /* as many */
  ShyFeelValue  *failure; /* (owned) (nullable) an answer that is no boolean */
} Sort;

static gboolean
is_after (Sort         *self,
          ShyFeelValue *a,
          ShyFeelValue *b)
{
  ShyFeelValue            *pair[] = { b, a };
  g_autoptr (ShyFeelValue) answer = NULL;

  if (self->failure != NULL)
    return FALSE;
  answer = shy_feel_call (self->run, self->precedes, pair, 2, NULL);
  if (answer->type != SHY_FEEL_TYPE_BOOLEAN)
    {
      self->failure = g_steal_pointer (&answer);
      return FALSE;
    }
  return answer->boolean;
}

static void
merge_sort (Sort *self,
            gsize first,
            gsize n_items)
{
  gsize half = n_items / 2;
  gsize left = first, right = first + half;

  if (n_items < 2)
    return;
  merge_sort (self, first, half);
  merge_sort (self, first + half, n_items - half);
  for (gsize i = first; i < first + n_items; i++)
    {
      gboolean take_right = left == first + half ||
                            (right < first + n_items &&
                             is_after (self, self->items[left], self->items[right]));

      self->spare[i] = self->items[take_right ? right++ : left++];
    }
  for (gsize i = first; i < first + n_items; i++)
    self->items[i] = self->spare[i];
}

static ShyFeelValue *
sort (ShyFeelRun           *run,
      const ShyFeelBuiltin *builtin,
      ShyFeelValue        **arguments)
{
  gsize                     n_items = arguments[0]->list.n_items;
  g_autofree ShyFeelValue **items =
    g_memdup2 (arguments[0]->list.items, n_items * sizeof (ShyFeelValue *));
  g_autofree ShyFeelValue **spare = g_new (ShyFeelValue *, n_items);
  Sort                      self = { run, arguments[1], items, spare, NULL };
  g_autoptr (ShyFeelValue)  failure = NULL;

  merge_sort (&self, 0, n_items);
  failure = self.failure;
  return failure != NULL ? refuse_answer (builtin, failure)
                         : shy_feel_value_new_list (items, n_items);
}

#define LIST     SHY_FEEL_TAKES_LIST
#define POSITION SHY_FEEL_TAKES_NUMBER
#define ANY      (SHY_FEEL_TAKES_ANY | SHY_FEEL_TAKES_LITERALLY)

const ShyFeelBuiltin shy_feel_list_builtins[] = {
  { "list contains", list_contains, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "element", ANY } } },
  { "count", count, SHY_FEEL_BUILTIN_PLAIN, 0, { { "list", LIST } } },
  { "sublist", sublist, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST },
      { "start position", POSITION },
      { "length", SHY_FEEL_TAKES_NUMBER | SHY_FEEL_TAKES_OPTIONAL } } },
  { "append", append, SHY_FEEL_BUILTIN_VARIADIC, 0, { { "list", LIST }, { "item", ANY } } },
  { "concatenate", concatenate, SHY_FEEL_BUILTIN_VARIADIC, 0, { { "list", LIST } } },
  { "insert before", insert_before, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "position", POSITION }, { "newItem", ANY } } },
  { "remove", remove_item, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "position", POSITION } } },
  { "reverse", reverse, SHY_FEEL_BUILTIN_PLAIN, 0, { { "list", LIST } } },
  { "index of", index_of, SHY_FEEL_BUILTIN_PLAIN, 0, { { "list", LIST }, { "match", ANY } } },
  { "union", unite, SHY_FEEL_BUILTIN_VARIADIC, 0, { { "list", LIST } } },
  { "distinct values", distinct_values, SHY_FEEL_BUILTIN_PLAIN, 0, { { "list", LIST } } },
  { "flatten", flatten, SHY_FEEL_BUILTIN_PLAIN, 0, { { "list", LIST } } },
  { "list replace", replace_at, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "position", POSITION }, { "newItem", ANY } } },
  { "list replace", replace_matching, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "match", SHY_FEEL_TAKES_FUNCTION }, { "newItem", ANY } } },
  { "sort", sort, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", LIST }, { "precedes", SHY_FEEL_TAKES_FUNCTION } } },
  { NULL },
};
