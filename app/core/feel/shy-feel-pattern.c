/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-parser-private.h"

#include "feel/shy-feel-pattern-private.h"
#include "feel/shy-feel-value-private.h"

#include <glib/gi18n-lib.h>

static ShyFeelPattern *
new_pattern (ShyFeelPatternKind kind)
{
  ShyFeelPattern *self = g_new0 (ShyFeelPattern, 1);

  self->kind = kind;
  return self;
}

static void
add_part (ShyFeelPattern *self,
          ShyFeelPattern *part)
{
  self->parts = g_renew (ShyFeelPattern *, self->parts, self->n_parts + 1);
  self->parts[self->n_parts++] = part;
}

static gboolean
parse_part (ShyFeelParser  *self,
            ShyFeelPattern *pattern)
{
  ShyFeelPattern *part = shy_feel_parser_pattern (self);

  if (part == NULL)
    return FALSE;
  add_part (pattern, part);
  return TRUE;
}

/* <T> */
static gboolean
parse_single (ShyFeelParser  *self,
              ShyFeelPattern *pattern)
{
  return parse_part (self, pattern) && shy_feel_parser_expect_symbol (self, '>', _("“>”"));
}

/* <name: T, …> */
static gboolean
parse_members (ShyFeelParser  *self,
               ShyFeelPattern *pattern)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gboolean              done = TRUE;

  do
    {
      char *key = shy_feel_parser_take_declared (self);

      if (key != NULL)
        g_ptr_array_add (keys, key);
      done = key != NULL && shy_feel_parser_expect_symbol (self, ':', _("“:”")) &&
             parse_part (self, pattern);
    }
  while (done && shy_feel_parser_take_symbol (self, ','));

  g_ptr_array_add (keys, NULL);
  pattern->keys = (char **) g_ptr_array_steal (keys, NULL);
  return done && shy_feel_parser_expect_symbol (self, '>', _("“,” or “>”"));
}

/* <T, …> -> T */
static gboolean
parse_function (ShyFeelParser  *self,
                ShyFeelPattern *pattern)
{
  if (!shy_feel_parser_at_symbol (self, '>'))
    do
      if (!parse_part (self, pattern))
        return FALSE;
    while (shy_feel_parser_take_symbol (self, ','));

  return shy_feel_parser_expect_symbol (self, '>', _("“,” or “>”")) &&
         shy_feel_parser_expect_symbol (self, '-', _("“->”")) &&
         shy_feel_parser_expect_symbol (self, '>', _("“->”")) && parse_part (self, pattern);
}

static gboolean
parse_parts (ShyFeelParser  *self,
             ShyFeelPattern *pattern)
{
  if (g_str_equal (pattern->name, "list"))
    {
      pattern->kind = SHY_FEEL_PATTERN_LIST;
      return parse_single (self, pattern);
    }
  if (g_str_equal (pattern->name, "range"))
    {
      pattern->kind = SHY_FEEL_PATTERN_RANGE;
      return parse_single (self, pattern);
    }
  if (g_str_equal (pattern->name, "context"))
    {
      pattern->kind = SHY_FEEL_PATTERN_CONTEXT;
      return parse_members (self, pattern);
    }
  pattern->kind = SHY_FEEL_PATTERN_FUNCTION;
  return parse_function (self, pattern);
}

static gboolean
takes_parts (const char *name)
{
  static const char *const names[] = { "list", "range", "context", "function", NULL };

  return g_strv_contains (names, name);
}

/* The name of a type: words, also "and", as far as they lead to one that exists. */
static char *
take_type_name (ShyFeelParser *self)
{
  static const char *const long_names[] = {
    "date and time", "days and time duration", "years and months duration",
  };

  if (shy_feel_parser_peek (self, 0)->type != SHY_FEEL_TOKEN_WORD)
    return shy_feel_parser_fail (self, _("the name of a type"));

  for (gsize i = 0; i < G_N_ELEMENTS (long_names); i++)
    {
      g_auto (GStrv) words = g_strsplit (long_names[i], " ", -1);
      guint          n_words = 0;

      while (words[n_words] != NULL &&
             shy_feel_parser_peek (self, (int) n_words)->type == SHY_FEEL_TOKEN_WORD &&
             g_str_equal (shy_feel_parser_peek (self, (int) n_words)->text, words[n_words]))
        n_words++;
      if (words[n_words] == NULL)
        {
          self->position += n_words;
          return g_strdup (long_names[i]);
        }
    }
  self->position++;
  return g_strdup (shy_feel_parser_peek (self, -1)->text);
}

static void
set_simple (ShyFeelPattern *self)
{
  if (g_str_equal (self->name, "Any"))
    {
      self->kind = SHY_FEEL_PATTERN_ANY;
      return;
    }
  self->kind = SHY_FEEL_PATTERN_SIMPLE;
  if (g_str_equal (self->name, "Null"))
    {
      self->type = SHY_FEEL_TYPE_NULL;
      return;
    }
  for (ShyFeelType type = SHY_FEEL_TYPE_NUMBER; type < SHY_FEEL_TYPE_LIST; type++)
    if (g_str_equal (self->name, shy_feel_type_get_name (type)))
      {
        self->type = type;
        return;
      }
  self->kind = SHY_FEEL_PATTERN_UNKNOWN;
}

/* DMN 1.5 grammar rule 52. A name that is no type is no error before it is used. */
ShyFeelPattern *
shy_feel_parser_pattern (ShyFeelParser *self)
{
  g_autoptr (ShyFeelPattern) pattern = NULL;
  gboolean                   done;

  if (!shy_feel_parser_enter (self))
    return NULL;
  pattern = new_pattern (SHY_FEEL_PATTERN_UNKNOWN);
  pattern->name = take_type_name (self);
  done = pattern->name != NULL;
  if (done && takes_parts (pattern->name))
    done = !shy_feel_parser_take_symbol (self, '<') || parse_parts (self, pattern);
  else if (done)
    set_simple (pattern);
  self->nesting--;
  return done ? g_steal_pointer (&pattern) : NULL;
}

gboolean
shy_feel_pattern_is_known (const ShyFeelPattern *self)
{
  if (self->kind == SHY_FEEL_PATTERN_UNKNOWN)
    return FALSE;
  for (guint i = 0; i < self->n_parts; i++)
    if (!shy_feel_pattern_is_known (self->parts[i]))
      return FALSE;
  return TRUE;
}

static gboolean
context_conforms (const ShyFeelPattern *self,
                  ShyFeelValue         *value)
{
  if (value->type != SHY_FEEL_TYPE_CONTEXT)
    return FALSE;
  for (guint i = 0; i < self->n_parts; i++)
    {
      ShyFeelValue *entry = shy_feel_value_get_entry (value, self->keys[i]);

      if (entry == NULL || !shy_feel_pattern_matches (self->parts[i], entry))
        return FALSE;
    }
  return TRUE;
}

static gboolean
list_conforms (const ShyFeelPattern *self,
               ShyFeelValue         *value)
{
  if (value->type != SHY_FEEL_TYPE_LIST)
    return FALSE;
  for (gsize i = 0; i < value->list.n_items; i++)
    if (!shy_feel_pattern_matches (self->parts[0], value->list.items[i]))
      return FALSE;
  return TRUE;
}

static gboolean
range_conforms (const ShyFeelPattern *self,
                ShyFeelValue         *value)
{
  return value->type == SHY_FEEL_TYPE_RANGE &&
         (value->range.start == NULL ||
          shy_feel_pattern_matches (self->parts[0], value->range.start)) &&
         (value->range.end == NULL || shy_feel_pattern_matches (self->parts[0], value->range.end));
}

/* T <: S, DMN 1.5 §10.3.2.9.2, of two written types; a parameter without type takes Any. */
static gboolean
is_subtype (const ShyFeelPattern *self,
            const ShyFeelPattern *other)
{
  if (other == NULL || other->kind == SHY_FEEL_PATTERN_ANY)
    return TRUE;
  if (self == NULL || self->kind != other->kind || self->type != other->type ||
      self->kind == SHY_FEEL_PATTERN_UNKNOWN)
    return FALSE;
  if (self->kind == SHY_FEEL_PATTERN_CONTEXT)
    return g_strv_equal ((const char *const *) self->keys, (const char *const *) other->keys);
  for (guint i = 0; i < self->n_parts; i++)
    if (self->n_parts != other->n_parts || !is_subtype (self->parts[i], other->parts[i]))
      return FALSE;
  return TRUE;
}

/* The result of a function that is not run is not known: only Any accepts it. */
static gboolean
function_conforms (const ShyFeelPattern *self,
                   ShyFeelValue         *value)
{
  const ShyFeelNode *node;

  if (value->type != SHY_FEEL_TYPE_FUNCTION)
    return FALSE;
  if (value->function.kind != SHY_FEEL_FUNCTION_WRITTEN)
    return TRUE;
  node = value->function.written.node;
  if (node->n_parameters != self->n_parts - 1)
    return FALSE;
  for (guint i = 0; i < node->n_parameters; i++)
    if (!is_subtype (self->parts[i], node->parameters[i].pattern))
      return FALSE;
  return TRUE;
}

/* Whether a value has the type; null has every type. */
gboolean
shy_feel_pattern_matches (const ShyFeelPattern *self,
                          ShyFeelValue         *value)
{
  if (self->kind == SHY_FEEL_PATTERN_UNKNOWN)
    return FALSE;
  if (value->type == SHY_FEEL_TYPE_NULL)
    return TRUE;

  switch (self->kind)
    {
    case SHY_FEEL_PATTERN_ANY:
      return TRUE;
    case SHY_FEEL_PATTERN_SIMPLE:
      return value->type == self->type;
    case SHY_FEEL_PATTERN_LIST:
      return list_conforms (self, value);
    case SHY_FEEL_PATTERN_RANGE:
      return range_conforms (self, value);
    case SHY_FEEL_PATTERN_CONTEXT:
      return context_conforms (self, value);
    case SHY_FEEL_PATTERN_FUNCTION:
      return function_conforms (self, value);
    case SHY_FEEL_PATTERN_UNKNOWN:
    default:
      return FALSE;
    }
}
