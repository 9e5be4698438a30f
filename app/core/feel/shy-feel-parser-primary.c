/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-parser-private.h"

#include "feel/shy-feel-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static ShyFeelNode *
new_literal (ShyFeelParser *self,
             guint          start,
             ShyFeelValue  *value)
{
  ShyFeelNode *node = shy_feel_node_new (SHY_FEEL_NODE_LITERAL, start);

  node->value = value;
  node->end = shy_feel_parser_peek (self, -1)->end;
  return node;
}

static ShyFeelNode *
parse_number (ShyFeelParser *self)
{
  const ShyFeelToken *first = shy_feel_parser_peek (self, 0);
  gboolean            negative = shy_feel_parser_take_symbol (self, '-');
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);
  ShyFeelNumber       number;

  if (!shy_feel_number_parse (token->text, -1, &number))
    return shy_feel_parser_fail (self, _("a number within the range of decimal arithmetic"));
  self->position++;
  if (negative)
    number = shy_feel_number_negate (number);
  return new_literal (self, first->start, shy_feel_value_new_decimal128 (number));
}

static ShyFeelNode *
parse_string (ShyFeelParser *self)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

  self->position++;
  return new_literal (self, token->start, shy_feel_value_new_string (token->text));
}

/* A text that is nothing of time is null when it runs, as a call of date() with it would be. */
static ShyFeelNode *
parse_at_literal (ShyFeelParser *self)
{
  guint               start = shy_feel_parser_peek (self, 0)->start;
  const ShyFeelToken *token;
  ShyFeelValue       *value;

  self->position++;
  token = shy_feel_parser_peek (self, 0);
  if (token->type != SHY_FEEL_TOKEN_STRING)
    return shy_feel_parser_fail (self, _("a date, time or duration in quotes behind “@”"));
  self->position++;

  value = shy_feel_value_parse_temporal (token->text);
  if (value == NULL)
    value = shy_feel_value_new_error (_("“%s” is no date, time or duration."), token->text);
  return new_literal (self, start, value);
}

/* "(" has been taken: an expression in parentheses, a unary test, or an open interval. */
static ShyFeelNode *
parse_parenthesis (ShyFeelParser *self)
{
  guint                   start = shy_feel_parser_peek (self, -1)->start;
  g_autoptr (ShyFeelNode) inner = shy_feel_parser_expression (self);

  if (inner == NULL)
    return NULL;
  if (shy_feel_parser_at_symbol (self, SHY_FEEL_SYMBOL2 ('.', '.')))
    return shy_feel_parser_interval_rest (self, g_steal_pointer (&inner), FALSE, start);
  if (!shy_feel_parser_expect_symbol (self, ')', _("“)”")))
    return NULL;
  inner->start = start;
  inner->end = shy_feel_parser_peek (self, -1)->end;
  return g_steal_pointer (&inner);
}

/* Whether "]" begins an open interval that is the first item of a list, as in "[]1..2[]", and does
 * not close an empty list: a value follows. */
static gboolean
begins_interval (ShyFeelParser *self)
{
  const ShyFeelToken *next = shy_feel_parser_peek (self, 1);

  return next->type == SHY_FEEL_TOKEN_NUMBER || next->type == SHY_FEEL_TOKEN_STRING ||
         (next->type == SHY_FEEL_TOKEN_WORD && !next->keyword) ||
         (next->type == SHY_FEEL_TOKEN_SYMBOL && next->symbol == '@');
}

/* "[" has been taken: a list or a closed interval. */
static ShyFeelNode *
parse_bracket (ShyFeelParser *self)
{
  guint                   start = shy_feel_parser_peek (self, -1)->start;
  g_autoptr (ShyFeelNode) list = shy_feel_node_new (SHY_FEEL_NODE_LIST, start);

  if ((shy_feel_parser_at_symbol (self, ']') && begins_interval (self)) ||
      !shy_feel_parser_take_symbol (self, ']'))
    {
      do
        {
          ShyFeelNode *item = shy_feel_parser_expression (self);

          if (item == NULL)
            return NULL;
          if (list->n_children == 0 &&
              shy_feel_parser_at_symbol (self, SHY_FEEL_SYMBOL2 ('.', '.')))
            return shy_feel_parser_interval_rest (self, item, TRUE, start);
          shy_feel_node_add (list, item);
        }
      while (shy_feel_parser_take_symbol (self, ','));
      if (!shy_feel_parser_expect_symbol (self, ']', _("“,” or “]”")))
        return NULL;
    }
  list->end = shy_feel_parser_peek (self, -1)->end;
  return g_steal_pointer (&list);
}

/* "]" has been taken: an interval that is open at its start. */
static ShyFeelNode *
parse_open_interval (ShyFeelParser *self)
{
  guint        start = shy_feel_parser_peek (self, -1)->start;
  ShyFeelNode *first = shy_feel_parser_sum (self);

  if (first == NULL)
    return NULL;
  return shy_feel_parser_interval_rest (self, first, FALSE, start);
}

static char *
take_key (ShyFeelParser *self)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

  if (token->type == SHY_FEEL_TOKEN_WORD)
    return shy_feel_parser_take_declared (self);
  if (token->type != SHY_FEEL_TOKEN_STRING)
    return shy_feel_parser_fail (self, _("the name of an entry, or “}”"));
  self->position++;
  return g_strdup (token->text);
}

static gboolean
parse_entry (ShyFeelParser *self,
             ShyFeelNode   *context,
             GPtrArray     *keys,
             GArray        *slots)
{
  char            *key = take_key (self);
  g_autofree char *name = NULL;
  ShyFeelNode     *value;
  guint            slot;

  if (key == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    {
      self->position--;
      shy_feel_parser_fail (self, _("a name that no other entry has"));
      g_free (key);
      return FALSE;
    }
  g_ptr_array_add (keys, key);
  shy_feel_parser_add_member (self, key);
  if (!shy_feel_parser_expect_symbol (self, ':', _("“:”")))
    return FALSE;

  name = shy_feel_normalize_name (key);
  if (shy_feel_parser_at_word (self, "function"))
    value = shy_feel_parser_function (self, name);
  else
    value = shy_feel_parser_expression (self);
  if (value == NULL)
    return FALSE;
  shy_feel_node_add (context, value);
  slot = shy_feel_parser_declare (self, name, NULL);
  g_array_append_val (slots, slot);
  return TRUE;
}

/* "{" has been taken. Each entry sees those before it. */
static ShyFeelNode *
parse_context (ShyFeelParser *self)
{
  g_autoptr (ShyFeelNode) context =
    shy_feel_node_new (SHY_FEEL_NODE_CONTEXT, shy_feel_parser_peek (self, -1)->start);
  g_autoptr (GPtrArray)   keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray)      slots = g_array_new (FALSE, FALSE, sizeof (guint));
  ShyFeelBlock            block = { 0 };
  gboolean                done = TRUE;

  shy_feel_parser_open_block (self, &block);
  if (!shy_feel_parser_take_symbol (self, '}'))
    {
      do
        done = parse_entry (self, context, keys, slots);
      while (done && shy_feel_parser_take_symbol (self, ','));
      done = done && shy_feel_parser_expect_symbol (self, '}', _("“,” or “}”"));
    }
  shy_feel_parser_close_block (self);
  if (!done)
    return NULL;

  g_ptr_array_add (keys, NULL);
  context->keys = (char **) g_ptr_array_steal (keys, NULL);
  context->slots = (guint *) g_array_steal (slots, NULL);
  context->end = shy_feel_parser_peek (self, -1)->end;
  return g_steal_pointer (&context);
}

static gboolean
parse_parameter (ShyFeelParser *self,
                 ShyFeelNode   *function)
{
  ShyFeelParameter *parameter;
  char             *name = shy_feel_parser_take_declared (self);

  if (name == NULL)
    return FALSE;
  function->parameters =
    g_renew (ShyFeelParameter, function->parameters, function->n_parameters + 1);
  parameter = &function->parameters[function->n_parameters++];
  *parameter = (ShyFeelParameter) { .name = name };
  shy_feel_parser_declare (self, name, NULL); /* local number of the parameter */

  if (!shy_feel_parser_take_symbol (self, ':'))
    return TRUE;
  parameter->pattern = shy_feel_parser_pattern (self);
  return parameter->pattern != NULL;
}

static gboolean
parse_signature (ShyFeelParser *self,
                 ShyFeelNode   *function)
{
  if (!shy_feel_parser_expect_symbol (self, '(', _("“(”")))
    return FALSE;
  if (shy_feel_parser_take_symbol (self, ')'))
    return TRUE;
  do
    if (!parse_parameter (self, function))
      return FALSE;
  while (shy_feel_parser_take_symbol (self, ','));
  return shy_feel_parser_expect_symbol (self, ')', _("“,” or “)”"));
}

static ShyFeelNode *
parse_body (ShyFeelParser *self,
            ShyFeelNode   *function,
            const char    *own_name)
{
  if (own_name != NULL && !shy_feel_parser_knows (self, own_name))
    function->self_slot = (int) shy_feel_parser_declare (self, own_name, NULL);
  function->external = shy_feel_parser_take_word (self, "external");
  return shy_feel_parser_expression (self);
}

/* A function may call itself by the name of the entry that it is the value of, unless that means
 * something else already: a parameter, or what an outer context has under that name. */
ShyFeelNode *
shy_feel_parser_function (ShyFeelParser *self,
                          const char    *own_name)
{
  g_autoptr (ShyFeelNode) function =
    shy_feel_node_new (SHY_FEEL_NODE_FUNCTION, shy_feel_parser_peek (self, 0)->start);
  ShyFeelFrame            frame = { .parent = self->frame, .node = function };
  ShyFeelBlock            block = { 0 };
  ShyFeelNode            *body = NULL;

  if (!shy_feel_parser_enter (self))
    return NULL;
  self->position++;
  self->frame = &frame;
  shy_feel_parser_open_block (self, &block);
  if (parse_signature (self, function))
    body = parse_body (self, function, own_name);
  shy_feel_parser_close_block (self);
  self->frame = frame.parent;
  self->nesting--;
  if (body == NULL)
    return NULL;

  shy_feel_node_add (function, body);
  function->n_locals = frame.n_locals;
  return g_steal_pointer (&function);
}

static ShyFeelNode *
parse_if (ShyFeelParser *self)
{
  static const char *const words[] = { "then", "else" };
  g_autoptr (ShyFeelNode)  node =
    shy_feel_node_new (SHY_FEEL_NODE_IF, shy_feel_parser_peek (self, -1)->start);

  for (gsize i = 0;; i++)
    {
      ShyFeelNode *part = shy_feel_parser_expression (self);

      if (part == NULL)
        return NULL;
      shy_feel_node_add (node, part);
      if (i == G_N_ELEMENTS (words))
        return g_steal_pointer (&node);
      if (!shy_feel_parser_expect_word (self, words[i]))
        return NULL;
    }
}

/* "name in list" or "name in first..last"; the name is visible in what follows. */
static gboolean
parse_iterator (ShyFeelParser *self,
                ShyFeelNode   *node)
{
  ShyFeelIterator *iterator;
  ShyFeelNode     *domain;
  char            *name = shy_feel_parser_take_declared (self);

  if (name == NULL)
    return FALSE;
  node->iterators = g_renew (ShyFeelIterator, node->iterators, node->n_iterators + 1);
  iterator = &node->iterators[node->n_iterators++];
  *iterator = (ShyFeelIterator) { .name = name };

  if (!shy_feel_parser_expect_word (self, "in"))
    return FALSE;
  domain = shy_feel_parser_expression (self);
  if (domain == NULL)
    return FALSE;
  shy_feel_node_add (node, domain);
  iterator->is_range = shy_feel_parser_take_symbol (self, SHY_FEEL_SYMBOL2 ('.', '.'));
  if (iterator->is_range)
    {
      domain = shy_feel_parser_expression (self);
      if (domain == NULL)
        return FALSE;
      shy_feel_node_add (node, domain);
    }
  iterator->slot = shy_feel_parser_declare (self, name, NULL);
  return TRUE;
}

static gboolean
parse_iterators (ShyFeelParser *self,
                 ShyFeelNode   *node)
{
  ShyFeelNode *body;

  do
    if (!parse_iterator (self, node))
      return FALSE;
  while (shy_feel_parser_take_symbol (self, ','));

  if (!shy_feel_parser_expect_word (self, node->kind == SHY_FEEL_NODE_FOR ? "return"
                                                                           : "satisfies"))
    return FALSE;
  if (node->kind == SHY_FEEL_NODE_FOR)
    node->partial_slot = shy_feel_parser_declare (self, "partial", &node->uses_partial);
  body = shy_feel_parser_expression (self);
  if (body == NULL)
    return FALSE;
  shy_feel_node_add (node, body);
  return TRUE;
}

/* if, for, some, every */
ShyFeelNode *
shy_feel_parser_iteration (ShyFeelParser *self)
{
  g_autoptr (ShyFeelNode) node = NULL;
  ShyFeelBlock            block = { 0 };
  ShyFeelNodeKind         kind = SHY_FEEL_NODE_EVERY;
  gboolean                done;

  if (shy_feel_parser_take_word (self, "if"))
    return parse_if (self);
  if (shy_feel_parser_take_word (self, "for"))
    kind = SHY_FEEL_NODE_FOR;
  else if (shy_feel_parser_take_word (self, "some"))
    kind = SHY_FEEL_NODE_SOME;
  else
    self->position++;

  node = shy_feel_node_new (kind, shy_feel_parser_peek (self, -1)->start);
  shy_feel_parser_open_block (self, &block);
  done = parse_iterators (self, node);
  shy_feel_parser_close_block (self);
  return done ? g_steal_pointer (&node) : NULL;
}

static ShyFeelNode *
parse_word (ShyFeelParser *self)
{
  static const char *const iterations[] = { "if", "for", "some", "every", NULL };
  guint                    start = shy_feel_parser_peek (self, 0)->start;

  if (shy_feel_parser_take_word (self, "null"))
    return new_literal (self, start, shy_feel_value_new_null ());
  if (shy_feel_parser_take_word (self, "true"))
    return new_literal (self, start, shy_feel_value_new_boolean (TRUE));
  if (shy_feel_parser_take_word (self, "false"))
    return new_literal (self, start, shy_feel_value_new_boolean (FALSE));
  if (shy_feel_parser_at_word (self, "function"))
    return shy_feel_parser_function (self, NULL);
  if (g_strv_contains (iterations, shy_feel_parser_peek (self, 0)->text))
    return shy_feel_parser_iteration (self);
  return shy_feel_parser_name (self);
}

/* "(= 10)" is a range, and "a = = 10" a mistake. */
static gboolean
follows_parenthesis (ShyFeelParser *self)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, -1);

  return self->position > 0 && token->type == SHY_FEEL_TOKEN_SYMBOL && token->symbol == '(';
}

static ShyFeelNode *
parse_symbol (ShyFeelParser *self)
{
  ShyFeelNode *node;

  if (shy_feel_parser_at_symbol (self, '@'))
    return parse_at_literal (self);
  if (shy_feel_parser_at_symbol (self, '-'))
    return parse_number (self);
  if (shy_feel_parser_take_symbol (self, '('))
    return parse_parenthesis (self);
  if (shy_feel_parser_take_symbol (self, '['))
    return parse_bracket (self);
  if (shy_feel_parser_take_symbol (self, ']'))
    return parse_open_interval (self);
  if (shy_feel_parser_take_symbol (self, '{'))
    return parse_context (self);

  node = shy_feel_parser_test (self, follows_parenthesis (self));
  return node != NULL ? node : shy_feel_parser_fail (self, _("a value"));
}

ShyFeelNode *
shy_feel_parser_primary (ShyFeelParser *self)
{
  ShyFeelNode *node;

  if (!shy_feel_parser_enter (self))
    return NULL;
  switch (shy_feel_parser_peek (self, 0)->type)
    {
    case SHY_FEEL_TOKEN_NUMBER:
      node = parse_number (self);
      break;
    case SHY_FEEL_TOKEN_STRING:
      node = parse_string (self);
      break;
    case SHY_FEEL_TOKEN_WORD:
      node = parse_word (self);
      break;
    case SHY_FEEL_TOKEN_SYMBOL:
      node = parse_symbol (self);
      break;
    case SHY_FEEL_TOKEN_END:
    default:
      node = shy_feel_parser_fail (self, _("a value"));
    }
  self->nesting--;
  return node;
}
