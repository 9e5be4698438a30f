/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-scope.h"

#include <string.h>

/* The names in which an expression is evaluated: facts, and functions of the program. */
struct _ShyFeelScope
{
  gatomicrefcount  ref_count;
  ShyFeelScope    *parent; /* (owned) (nullable) looked at next */
  GHashTable      *values; /* (owned) normalised name to value */
};

G_DEFINE_BOXED_TYPE (ShyFeelScope, shy_feel_scope, shy_feel_scope_ref, shy_feel_scope_unref)

/**
 * shy_feel_normalize_name:
 * @name: a name as people write it
 *
 * FEEL's names are lists of tokens: one space or several between words are the same, and those
 * around `+`, `-`, `*`, `/`, `.` and apostrophes do not count.
 *
 * Source: DMN 1.5 §10.3.1.4.
 *
 * Returns: (transfer full): the name in the form in which names are compared
 */
char *
shy_feel_normalize_name (const char *name)
{
  GString *text;
  gboolean pending = FALSE;

  g_return_val_if_fail (name != NULL, NULL);

  text = g_string_new (NULL);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean symbol = c != 0 && c < 128 ? strchr ("+-*/.'", (int) c) != NULL : c == 0x2019;

      if (g_unichar_isspace (c))
        {
          pending = TRUE;
          continue;
        }
      if (pending && !symbol && text->len > 0)
        g_string_append_c (text, ' ');
      pending = FALSE;
      g_string_append_unichar (text, c);
      /* What follows a symbol is joined to it. */
      while (symbol && g_unichar_isspace (g_utf8_get_char (g_utf8_next_char (p))))
        p = g_utf8_next_char (p);
    }
  return g_string_free (text, FALSE);
}

/**
 * shy_feel_scope_new:
 * @parent: (nullable): where to look for what this one does not have
 *
 * Returns: (transfer full): an empty scope
 */
ShyFeelScope *
shy_feel_scope_new (ShyFeelScope *parent)
{
  ShyFeelScope *self = g_new0 (ShyFeelScope, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->parent = parent == NULL ? NULL : shy_feel_scope_ref (parent);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) shy_feel_value_unref);
  return self;
}

/**
 * shy_feel_scope_ref:
 * @self: a scope
 *
 * Returns: (transfer full): @self
 */
ShyFeelScope *
shy_feel_scope_ref (ShyFeelScope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * shy_feel_scope_unref:
 * @self: (transfer full): a scope
 */
void
shy_feel_scope_unref (ShyFeelScope *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->parent, shy_feel_scope_unref);
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * shy_feel_scope_set:
 * @self: a scope that no other thread evaluates with
 * @name: a name
 * @value: its value
 *
 * Gives a name a value. It hides what a parent or the language has under that name.
 */
void
shy_feel_scope_set (ShyFeelScope *self,
                    const char   *name,
                    ShyFeelValue *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  g_hash_table_insert (self->values, shy_feel_normalize_name (name), shy_feel_value_ref (value));
}

/**
 * shy_feel_scope_set_context:
 * @self: a scope that no other thread evaluates with
 * @context: a context
 *
 * Sets each entry of a context as a name.
 */
void
shy_feel_scope_set_context (ShyFeelScope *self,
                            ShyFeelValue *context)
{
  g_return_if_fail (self != NULL && context != NULL);

  for (gsize i = 0; i < shy_feel_value_get_length (context); i++)
    shy_feel_scope_set (self, shy_feel_value_get_key (context, i),
                        shy_feel_value_get_item (context, i));
}

/**
 * shy_feel_scope_lookup:
 * @self: a scope
 * @name: a name, normalised
 *
 * Returns: (transfer none) (nullable): its value, %NULL if the name is not known here
 */
ShyFeelValue *
shy_feel_scope_lookup (ShyFeelScope *self,
                       const char   *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (; self != NULL; self = self->parent)
    {
      ShyFeelValue *value = g_hash_table_lookup (self->values, name);

      if (value != NULL)
        return value;
    }
  return NULL;
}

/**
 * shy_feel_scope_list_names:
 * @self: a scope
 *
 * Returns: (transfer full): every name that it or a parent knows, normalised
 */
char **
shy_feel_scope_list_names (ShyFeelScope *self)
{
  g_autoptr (GHashTable) seen = NULL;
  GPtrArray             *names;
  GHashTableIter         iter;
  gpointer               name;

  g_return_val_if_fail (self != NULL, NULL);

  seen = g_hash_table_new (g_str_hash, g_str_equal);
  names = g_ptr_array_new ();
  for (; self != NULL; self = self->parent)
    {
      g_hash_table_iter_init (&iter, self->values);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (g_hash_table_add (seen, name))
          g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
