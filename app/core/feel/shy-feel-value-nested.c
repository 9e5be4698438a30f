/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-value-private.h"

#include <glib/gi18n-lib.h>

/* Values that hold others: lists, contexts, ranges and functions. */

/* A context with more entries than this gets an index. */
#define INDEXED_ENTRIES 12

/* What one part adds to the whole; a long string counts for several. */
static guint
weigh (const ShyFeelValue *part)
{
  return 1 + part->n_parts +
         (part->type == SHY_FEEL_TYPE_STRING ? (guint) (part->string.length / 64) : 0);
}

/* Everything that walks values does it recursively and meets shared ones again and again, so that
 * both depth and size must have an end. */
static gboolean
include (ShyFeelValue       *self,
         const ShyFeelValue *part)
{
  self->nesting = MAX (self->nesting, part->nesting + 1);
  self->n_parts += weigh (part);
  return self->nesting <= SHY_FEEL_NESTING_MAX && self->n_parts <= SHY_FEEL_PARTS_MAX;
}

static ShyFeelValue *
finish_nested (ShyFeelValue        *self,
               ShyFeelValue *const *parts,
               gsize                n_parts)
{
  gboolean fits = TRUE;

  for (gsize i = 0; i < n_parts && fits; i++)
    fits = parts[i] == NULL || include (self, parts[i]);
  if (fits)
    return self;
  shy_feel_value_free (self);
  return shy_feel_value_new_error (_("A value may hold %d others at most, and nest %d deep."),
                                   SHY_FEEL_PARTS_MAX, SHY_FEEL_NESTING_MAX);
}

/* Takes the array and its items. */
ShyFeelValue *
shy_feel_value_new_list_take (ShyFeelValue **items,
                              gsize          n_items)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_LIST);

  self->list.items = items;
  self->list.n_items = n_items;
  return finish_nested (self, items, n_items);
}

/* A list that shy_feel_list_append() can add to: with room for a power of two of items. */
ShyFeelValue *
shy_feel_value_new_growing_list (ShyFeelValue *const *items,
                                 gsize                n_items)
{
  ShyFeelValue **copy;
  gsize          room = 1;

  while (room < n_items)
    room *= 2;
  copy = g_new (ShyFeelValue *, room);
  for (gsize i = 0; i < n_items; i++)
    copy[i] = shy_feel_value_ref (items[i]);
  return shy_feel_value_new_list_take (copy, n_items);
}

/* Adds an item to a growing list that nobody else holds; FALSE if somebody does, or it nests too
 * deeply. The room doubles whenever the number of items reaches a power of two. */
gboolean
shy_feel_list_append (ShyFeelValue *self,
                      ShyFeelValue *item)
{
  gsize n_items = self->list.n_items;

  if (self->type != SHY_FEEL_TYPE_LIST || !g_atomic_ref_count_compare (&self->ref_count, 1) ||
      item->nesting >= SHY_FEEL_NESTING_MAX ||
      self->n_parts + weigh (item) > SHY_FEEL_PARTS_MAX)
    return FALSE;
  if ((n_items & (n_items - 1)) == 0)
    self->list.items = g_renew (ShyFeelValue *, self->list.items, MAX (n_items * 2, 1));
  self->list.items[self->list.n_items++] = shy_feel_value_ref (item);
  include (self, item);
  return TRUE;
}

/* Takes the array, whose items are owned. */
ShyFeelValue *
shy_feel_value_new_list_steal (GPtrArray *items)
{
  gsize     n_items;
  gpointer *data;

  data = g_ptr_array_steal (items, &n_items);
  g_ptr_array_unref (items);
  return shy_feel_value_new_list_take ((ShyFeelValue **) data, n_items);
}

/**
 * shy_feel_value_new_list:
 * @items: (array length=n_items): the values
 * @n_items: their number
 *
 * Returns: (transfer full): a list of them; an error's null if it nests too deeply
 */
ShyFeelValue *
shy_feel_value_new_list (ShyFeelValue *const *items,
                         gsize                n_items)
{
  ShyFeelValue **copy = g_new (ShyFeelValue *, n_items);

  for (gsize i = 0; i < n_items; i++)
    copy[i] = shy_feel_value_ref (items[i]);
  return shy_feel_value_new_list_take (copy, n_items);
}

/* Takes the arrays and what they hold; the keys are all different. */
ShyFeelValue *
shy_feel_value_new_context_take (char         **keys,
                                 ShyFeelValue **values,
                                 gsize          n_entries)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_CONTEXT);

  self->context.keys = keys;
  self->context.values = values;
  self->context.n_entries = n_entries;
  if (n_entries > INDEXED_ENTRIES)
    {
      self->context.index = g_hash_table_new (g_str_hash, g_str_equal);
      for (gsize i = 0; i < n_entries; i++)
        g_hash_table_insert (self->context.index, keys[i], GSIZE_TO_POINTER (i + 1));
    }
  return finish_nested (self, values, n_entries);
}

/**
 * shy_feel_value_new_context:
 * @keys: (array length=n_entries): the names, all different
 * @values: (array length=n_entries): a value for each
 * @n_entries: their number
 *
 * Returns: (transfer full): a context that keeps their order
 */
ShyFeelValue *
shy_feel_value_new_context (const char *const   *keys,
                            ShyFeelValue *const *values,
                            gsize                n_entries)
{
  char         **key_copies = g_new (char *, n_entries);
  ShyFeelValue **value_copies = g_new (ShyFeelValue *, n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      key_copies[i] = g_strdup (keys[i]);
      value_copies[i] = shy_feel_value_ref (values[i]);
    }
  return shy_feel_value_new_context_take (key_copies, value_copies, n_entries);
}

/**
 * shy_feel_value_new_range:
 * @start: (nullable): the lower end, %NULL if there is none
 * @start_included: whether it belongs to the range
 * @end: (nullable): the upper end, %NULL if there is none
 * @end_included: whether it belongs to the range
 *
 * Returns: (transfer full): the range
 */
ShyFeelValue *
shy_feel_value_new_range (ShyFeelValue *start,
                          gboolean      start_included,
                          ShyFeelValue *end,
                          gboolean      end_included)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_RANGE);

  self->range.start = start == NULL ? NULL : shy_feel_value_ref (start);
  self->range.end = end == NULL ? NULL : shy_feel_value_ref (end);
  self->range.start_included = start_included && start != NULL;
  self->range.end_included = end_included && end != NULL;
  return finish_nested (self, (ShyFeelValue *[]) { start, end }, 2);
}

ShyFeelValue *
shy_feel_value_new_builtin (const ShyFeelBuiltin *builtin)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_FUNCTION);

  self->function.kind = SHY_FEEL_FUNCTION_BUILTIN;
  self->function.builtin = builtin;
  return self;
}

/* Takes the array of captures and what it holds. */
ShyFeelValue *
shy_feel_value_new_written (ShyFeelExpression  *expression,
                            const ShyFeelNode  *node,
                            ShyFeelValue      **captures,
                            guint               n_captures)
{
  ShyFeelValue *self = shy_feel_value_alloc (SHY_FEEL_TYPE_FUNCTION);

  self->function.kind = SHY_FEEL_FUNCTION_WRITTEN;
  self->function.written.expression = shy_feel_expression_ref (expression);
  self->function.written.node = node;
  self->function.written.captures = captures;
  self->function.written.n_captures = n_captures;
  return finish_nested (self, captures, n_captures);
}

/**
 * shy_feel_value_new_function: (skip)
 * @name: the name under which people know it
 * @parameters: (array zero-terminated=1): the names of its parameters
 * @n_required: how many of them a call must give
 * @native: what does the work
 * @user_data: handed to it
 * @destroy: (nullable): frees @user_data
 *
 * Makes a function of the program, to be put into a scope under its name.
 *
 * Returns: (transfer full): the function
 */
ShyFeelValue *
shy_feel_value_new_function (const char        *name,
                             const char *const *parameters,
                             gsize              n_required,
                             ShyFeelNative      native,
                             gpointer           user_data,
                             GDestroyNotify     destroy)
{
  ShyFeelValue          *self;
  ShyFeelNativeFunction *function;

  g_return_val_if_fail (name != NULL && parameters != NULL && native != NULL, NULL);
  g_return_val_if_fail (n_required <= g_strv_length ((char **) parameters), NULL);

  function = g_new0 (ShyFeelNativeFunction, 1);
  function->name = g_strdup (name);
  function->parameters = g_strdupv ((char **) parameters);
  function->n_required = n_required;
  function->call = native;
  function->user_data = user_data;
  function->destroy = destroy;

  self = shy_feel_value_alloc (SHY_FEEL_TYPE_FUNCTION);
  self->function.kind = SHY_FEEL_FUNCTION_NATIVE;
  self->function.native = function;
  return self;
}

void
shy_feel_function_clear (ShyFeelFunction *function)
{
  if (function->kind == SHY_FEEL_FUNCTION_NATIVE)
    {
      if (function->native->destroy != NULL)
        function->native->destroy (function->native->user_data);
      g_strfreev (function->native->parameters);
      g_free (function->native->name);
      g_free (function->native);
    }
  else if (function->kind == SHY_FEEL_FUNCTION_WRITTEN)
    {
      shy_feel_value_free_items (function->written.captures, function->written.n_captures);
      shy_feel_expression_unref (function->written.expression);
    }
}
