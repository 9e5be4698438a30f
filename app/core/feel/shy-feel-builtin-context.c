/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>

/* Context functions, DMN 1.5 §10.3.4.10. */

/* A context being put together; an entry of the same key takes the place of the former. */
typedef struct
{
  GPtrArray  *keys;   /* (owned) each (owned) */
  GPtrArray  *values; /* (owned) each (owned) */
  GHashTable *index;  /* (owned) key to position + 1 */
} Builder;

static void
init_builder (Builder *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
clear_builder (Builder *self)
{
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, clear_builder)

static gboolean
has_key (Builder    *self,
         const char *key)
{
  return g_hash_table_contains (self->index, key);
}

static void
put (Builder      *self,
     const char   *key,
     ShyFeelValue *value)
{
  gsize position = GPOINTER_TO_SIZE (g_hash_table_lookup (self->index, key));

  if (position > 0)
    {
      shy_feel_value_unref (self->values->pdata[position - 1]);
      self->values->pdata[position - 1] = shy_feel_value_ref (value);
      return;
    }
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->values, shy_feel_value_ref (value));
  g_hash_table_insert (self->index, self->keys->pdata[self->keys->len - 1],
                       GSIZE_TO_POINTER (self->keys->len));
}

static void
put_all (Builder      *self,
         ShyFeelValue *context)
{
  for (gsize i = 0; i < context->context.n_entries; i++)
    put (self, context->context.keys[i], context->context.values[i]);
}

static ShyFeelValue *
build (Builder *self)
{
  gsize          n_entries = self->keys->len;
  char         **keys = (char **) g_ptr_array_steal (self->keys, NULL);
  ShyFeelValue **values = (ShyFeelValue **) g_ptr_array_steal (self->values, NULL);

  return shy_feel_value_new_context_take (keys, values, n_entries);
}

static ShyFeelValue *
get_value (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  ShyFeelValue *value = shy_feel_value_get_entry (arguments[0], arguments[1]->string.text);

  return value != NULL ? shy_feel_value_ref (value)
                       : shy_feel_value_new_absent (_("No entry has the name “%s”."),
                                                    arguments[1]->string.text);
}

static ShyFeelValue *
new_pair (const char   *key,
          ShyFeelValue *value)
{
  static const char *const keys[] = { "key", "value" };
  g_autoptr (ShyFeelValue) name = shy_feel_value_new_string (key);
  ShyFeelValue            *values[] = { name, value };

  return shy_feel_value_new_context (keys, values, G_N_ELEMENTS (keys));
}

static ShyFeelValue *
get_entries (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  ShyFeelValue  *context = arguments[0];
  ShyFeelValue **items = g_new (ShyFeelValue *, context->context.n_entries);

  for (gsize i = 0; i < context->context.n_entries; i++)
    items[i] = new_pair (context->context.keys[i], context->context.values[i]);
  return shy_feel_value_new_list_take (items, context->context.n_entries);
}

/* context(entries) */
static ShyFeelValue *
context_of_entries (ShyFeelRun           *run,
                    const ShyFeelBuiltin *builtin,
                    ShyFeelValue        **arguments)
{
  g_auto (Builder) builder = { 0 };

  init_builder (&builder);
  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *item = arguments[0]->list.items[i];
      ShyFeelValue *key = shy_feel_value_get_entry (item, "key");
      ShyFeelValue *value = shy_feel_value_get_entry (item, "value");

      if (key == NULL || key->type != SHY_FEEL_TYPE_STRING || value == NULL)
        return shy_feel_builtin_refuse (builtin, _("each entry needs a “key” that is a string and "
                                                   "a “value”."));
      if (has_key (&builder, key->string.text))
        return shy_feel_builtin_refuse (builtin, _("two entries have the same key."));
      put (&builder, key->string.text, value);
    }
  return build (&builder);
}

static ShyFeelValue *
put_one (ShyFeelValue *context,
         const char   *key,
         ShyFeelValue *value)
{
  g_auto (Builder) builder = { 0 };

  init_builder (&builder);
  put_all (&builder, context);
  put (&builder, key, value);
  return build (&builder);
}

static ShyFeelValue *
context_put (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  return put_one (arguments[0], arguments[1]->string.text, arguments[2]);
}

/* Puts a value under a path of keys; what lies on the way must be contexts. */
static ShyFeelValue *
put_nested (const ShyFeelBuiltin *builtin,
            ShyFeelValue         *context,
            ShyFeelValue         *keys,
            gsize                 first,
            ShyFeelValue         *value)
{
  ShyFeelValue            *key = keys->list.items[first];
  g_autoptr (ShyFeelValue) inner = NULL;
  ShyFeelValue            *entry;

  if (key->type != SHY_FEEL_TYPE_STRING)
    return shy_feel_builtin_refuse (builtin, _("each key must be a string."));
  if (first + 1 == keys->list.n_items)
    return put_one (context, key->string.text, value);

  entry = shy_feel_value_get_entry (context, key->string.text);
  if (entry == NULL || entry->type != SHY_FEEL_TYPE_CONTEXT)
    return shy_feel_builtin_refuse (builtin, _("the keys do not lead through contexts."));
  inner = put_nested (builtin, entry, keys, first + 1, value);
  if (inner->type != SHY_FEEL_TYPE_CONTEXT)
    return g_steal_pointer (&inner);
  return put_one (context, key->string.text, inner);
}

static ShyFeelValue *
context_put_path (ShyFeelRun           *run,
                  const ShyFeelBuiltin *builtin,
                  ShyFeelValue        **arguments)
{
  if (arguments[1]->list.n_items == 0)
    return shy_feel_builtin_refuse (builtin, _("the list of keys is empty."));
  if (arguments[1]->list.n_items > SHY_FEEL_NESTING_MAX)
    return shy_feel_builtin_refuse (builtin, _("the list of keys is too long."));
  return put_nested (builtin, arguments[0], arguments[1], 0, arguments[2]);
}

static ShyFeelValue *
context_merge (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  g_auto (Builder) builder = { 0 };

  init_builder (&builder);
  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *item = arguments[0]->list.items[i];

      if (item->type != SHY_FEEL_TYPE_CONTEXT)
        return shy_feel_builtin_refuse (builtin, _("the list must hold nothing but contexts."));
      put_all (&builder, item);
    }
  return build (&builder);
}

#define CONTEXT SHY_FEEL_TAKES_CONTEXT
#define ANY     (SHY_FEEL_TAKES_ANY | SHY_FEEL_TAKES_LITERALLY)

const ShyFeelBuiltin shy_feel_context_builtins[] = {
  { "get value", get_value, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "m", CONTEXT }, { "key", SHY_FEEL_TAKES_STRING } } },
  { "get entries", get_entries, SHY_FEEL_BUILTIN_PLAIN, 0, { { "m", CONTEXT } } },
  { "context", context_of_entries, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "entries", SHY_FEEL_TAKES_LIST } } },
  { "context put", context_put, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "context", CONTEXT },
      { "key", SHY_FEEL_TAKES_STRING },
      { "value", ANY } } },
  { "context put", context_put_path, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "context", CONTEXT },
      { "keys", SHY_FEEL_TAKES_LIST | SHY_FEEL_TAKES_LITERALLY },
      { "value", ANY } } },
  { "context merge", context_merge, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "contexts", SHY_FEEL_TAKES_LIST } } },
  { NULL },
};
