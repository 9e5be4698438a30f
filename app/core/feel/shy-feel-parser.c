/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-parser-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of an unexpected token a message repeats. */
#define FOUND_CHARACTERS_MAX 40

const ShyFeelToken *
shy_feel_parser_peek (ShyFeelParser *self,
                      int            ahead)
{
  guint position = MIN (self->position + ahead, self->tokens->len - 1);

  return &g_array_index (self->tokens, ShyFeelToken, position);
}

gboolean
shy_feel_parser_at_symbol (ShyFeelParser *self,
                           guint          symbol)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

  return token->type == SHY_FEEL_TOKEN_SYMBOL && token->symbol == symbol;
}

gboolean
shy_feel_parser_at_word (ShyFeelParser *self,
                         const char    *word)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

  return token->type == SHY_FEEL_TOKEN_WORD && g_str_equal (token->text, word);
}

gboolean
shy_feel_parser_take_symbol (ShyFeelParser *self,
                             guint          symbol)
{
  if (!shy_feel_parser_at_symbol (self, symbol))
    return FALSE;
  self->position++;
  return TRUE;
}

gboolean
shy_feel_parser_take_word (ShyFeelParser *self,
                           const char    *word)
{
  if (!shy_feel_parser_at_word (self, word))
    return FALSE;
  self->position++;
  return TRUE;
}

/* Says what was expected instead of the token that stands here. Returns NULL. */
gpointer
shy_feel_parser_fail (ShyFeelParser *self,
                      const char    *expected)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);
  g_autofree char    *found = NULL;
  g_autofree char    *message = NULL;

  if (self->error != NULL)
    return NULL;

  if (token->type == SHY_FEEL_TOKEN_END)
    found = g_strdup (_("the end of the expression"));
  else
    {
      g_autofree char *source = g_strndup (self->text + token->start, token->end - token->start);
      g_autofree char *start = g_utf8_substring (source, 0, MIN (g_utf8_strlen (source, -1),
                                                                 FOUND_CHARACTERS_MAX));

      found = g_strdup_printf (_("“%s”"), start);
    }
  /* Translators: what was expected, and what was found in its place. */
  message = g_strdup_printf (_("expected %s, found %s."), expected, found);
  shy_feel_set_syntax_error (&self->error, self->text, token->start, message);
  return NULL;
}

gboolean
shy_feel_parser_expect_symbol (ShyFeelParser *self,
                               guint          symbol,
                               const char    *expected)
{
  if (shy_feel_parser_take_symbol (self, symbol))
    return TRUE;
  shy_feel_parser_fail (self, expected);
  return FALSE;
}

gboolean
shy_feel_parser_expect_word (ShyFeelParser *self,
                             const char    *word)
{
  g_autofree char *expected = NULL;

  if (shy_feel_parser_take_word (self, word))
    return TRUE;
  expected = g_strdup_printf (_("“%s”"), word);
  shy_feel_parser_fail (self, expected);
  return FALSE;
}

/* Says that there is too much nesting. Returns NULL. */
gpointer
shy_feel_parser_fail_limit (ShyFeelParser *self)
{
  if (self->error == NULL)
    g_set_error (&self->error, SHY_ERROR, SHY_ERROR_LIMIT,
                 _("The expression is nested too deeply. Split it into several."));
  return NULL;
}

/* Counts a level of nesting; the caller counts it off. */
gboolean
shy_feel_parser_enter (ShyFeelParser *self)
{
  if (self->nesting >= SHY_FEEL_PARSER_NESTING_MAX)
    {
      shy_feel_parser_fail_limit (self);
      return FALSE;
    }
  self->nesting++;
  return TRUE;
}

/* Takes both sides, also when one of them is missing. */
ShyFeelNode *
shy_feel_parser_join (ShyFeelParser   *self,
      ShyFeelNodeKind  kind,
      ShyFeelOperator  op,
      ShyFeelNode     *left,
      ShyFeelNode     *right)
{
  g_autoptr (ShyFeelNode) node = NULL;

  if (right == NULL)
    {
      shy_feel_node_free (left);
      return NULL;
    }
  node = shy_feel_node_new (kind, left->start);
  node->op = op;
  shy_feel_node_add (node, left);
  shy_feel_node_add (node, right);
  return node->depth > SHY_FEEL_TREE_DEPTH_MAX ? shy_feel_parser_fail_limit (self) : g_steal_pointer (&node);
}

/* The infix operator that stands here. */
ShyFeelOperator
shy_feel_parser_operator (ShyFeelParser *self)
{
  const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

  if (token->type != SHY_FEEL_TOKEN_SYMBOL)
    return SHY_FEEL_OPERATOR_NONE;

  switch (token->symbol)
    {
    case '=':
      return SHY_FEEL_OPERATOR_EQUAL;
    case SHY_FEEL_SYMBOL2 ('!', '='):
      return SHY_FEEL_OPERATOR_UNEQUAL;
    case '<':
      return SHY_FEEL_OPERATOR_LESS;
    case SHY_FEEL_SYMBOL2 ('<', '='):
      return SHY_FEEL_OPERATOR_LESS_EQUAL;
    case '>':
      return SHY_FEEL_OPERATOR_GREATER;
    case SHY_FEEL_SYMBOL2 ('>', '='):
      return SHY_FEEL_OPERATOR_GREATER_EQUAL;
    case '+':
      return SHY_FEEL_OPERATOR_ADD;
    case '-':
      return SHY_FEEL_OPERATOR_SUBTRACT;
    case '*':
      return SHY_FEEL_OPERATOR_MULTIPLY;
    case '/':
      return SHY_FEEL_OPERATOR_DIVIDE;
    case SHY_FEEL_SYMBOL2 ('*', '*'):
      return SHY_FEEL_OPERATOR_POWER;
    default:
      return SHY_FEEL_OPERATOR_NONE;
    }
}

/* Arguments of a call stand behind "("; their names before ":". */
static gboolean
parse_arguments (ShyFeelParser *self,
                 ShyFeelNode   *call)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean              named = shy_feel_parser_at_named_argument (self);

  if (shy_feel_parser_take_symbol (self, ')'))
    return TRUE;
  do
    {
      ShyFeelNode *argument;

      if (named)
        {
          char *name = shy_feel_parser_take_declared (self);

          if (name == NULL || !shy_feel_parser_expect_symbol (self, ':', _("“:”")))
            {
              g_free (name);
              return FALSE;
            }
          g_ptr_array_add (names, name);
        }
      argument = shy_feel_parser_expression (self);
      if (argument == NULL)
        return FALSE;
      shy_feel_node_add (call, argument);
    }
  while (shy_feel_parser_take_symbol (self, ','));

  if (named)
    {
      g_ptr_array_add (names, NULL);
      call->argument_names = (char **) g_ptr_array_steal (names, NULL);
    }
  return shy_feel_parser_expect_symbol (self, ')', _("“,” or “)”"));
}

static ShyFeelNode *
parse_call (ShyFeelParser *self,
            ShyFeelNode   *function)
{
  g_autoptr (ShyFeelNode) call = shy_feel_node_new (SHY_FEEL_NODE_CALL, function->start);

  shy_feel_node_add (call, function);
  if (!parse_arguments (self, call))
    return NULL;
  return g_steal_pointer (&call);
}

static ShyFeelNode *
parse_filter (ShyFeelParser *self,
              ShyFeelNode   *list)
{
  g_autoptr (ShyFeelNode) filter = shy_feel_node_new (SHY_FEEL_NODE_FILTER, list->start);
  ShyFeelBlock            block = { .is_filter = TRUE };
  ShyFeelNode            *predicate;

  shy_feel_node_add (filter, list);
  shy_feel_parser_open_block (self, &block);
  filter->slot = block.item_slot = shy_feel_parser_declare (self, "item", NULL);
  predicate = shy_feel_parser_expression (self);
  shy_feel_parser_close_block (self);
  if (predicate == NULL)
    return NULL;
  shy_feel_node_add (filter, predicate);
  if (!shy_feel_parser_expect_symbol (self, ']', _("“]”")))
    return NULL;
  return g_steal_pointer (&filter);
}

static ShyFeelNode *
parse_path (ShyFeelParser *self,
            ShyFeelNode   *operand)
{
  g_autoptr (ShyFeelNode) path = shy_feel_node_new (SHY_FEEL_NODE_PATH, operand->start);

  shy_feel_node_add (path, operand);
  path->name = shy_feel_parser_take_member (self);
  return path->name == NULL ? NULL : g_steal_pointer (&path);
}

/* Whether "[" closes an interval such as "]1..5[" and does not open a filter: if the bracket that
 * matches it is missing or does not stand before the end of an interval. */
static gboolean
closes_interval (ShyFeelParser *self)
{
  int depth = 0;

  for (int i = 0;; i++)
    {
      const ShyFeelToken *token = shy_feel_parser_peek (self, i);

      if (token->type == SHY_FEEL_TOKEN_END)
        return TRUE;
      if (token->type != SHY_FEEL_TOKEN_SYMBOL)
        continue;
      if (token->symbol == '[')
        depth++;
      if (token->symbol == ']' && --depth == 0)
        {
          const ShyFeelToken *next = shy_feel_parser_peek (self, i + 1);

          return next->type != SHY_FEEL_TOKEN_SYMBOL || next->symbol > 127 ||
                 strchr (")][.", (int) next->symbol) == NULL;
        }
    }
}

/* A primary with the calls, filters and paths behind it. */
static ShyFeelNode *
parse_postfix (ShyFeelParser *self,
               gboolean       ends_interval)
{
  ShyFeelNode *node = shy_feel_parser_primary (self);

  while (node != NULL)
    {
      if (shy_feel_parser_take_symbol (self, '('))
        node = parse_call (self, node);
      else if (shy_feel_parser_at_symbol (self, '[') &&
               !(ends_interval && closes_interval (self)))
        {
          self->position++;
          node = parse_filter (self, node);
        }
      else if (shy_feel_parser_take_symbol (self, '.'))
        node = parse_path (self, node);
      else
        break;
      if (node != NULL)
        {
          node->end = shy_feel_parser_peek (self, -1)->end;
          if (node->depth > SHY_FEEL_TREE_DEPTH_MAX)
            {
              shy_feel_node_free (node);
              return shy_feel_parser_fail_limit (self);
            }
        }
    }
  return node;
}

static ShyFeelNode *
parse_instance (ShyFeelParser *self,
                gboolean       ends_interval)
{
  ShyFeelNode *node = parse_postfix (self, ends_interval);

  while (node != NULL && shy_feel_parser_take_word (self, "instance"))
    {
      g_autoptr (ShyFeelNode) instance = shy_feel_node_new (SHY_FEEL_NODE_INSTANCE, node->start);

      shy_feel_node_add (instance, g_steal_pointer (&node));
      if (!shy_feel_parser_expect_word (self, "of"))
        return NULL;
      instance->pattern = shy_feel_parser_pattern (self);
      if (instance->pattern == NULL)
        return NULL;
      if (instance->depth > SHY_FEEL_TREE_DEPTH_MAX)
        return shy_feel_parser_fail_limit (self);
      instance->end = shy_feel_parser_peek (self, -1)->end;
      node = g_steal_pointer (&instance);
    }
  return node;
}

static ShyFeelNode *
parse_unary (ShyFeelParser *self,
             gboolean       ends_interval)
{
  g_autoptr (ShyFeelNode) negation = NULL;
  guint                   start = shy_feel_parser_peek (self, 0)->start;
  ShyFeelNode            *operand;

  /* "-5" is a literal, DMN 1.5 grammar rule 35; the primary takes its sign. */
  if (!shy_feel_parser_at_symbol (self, '-') ||
      shy_feel_parser_peek (self, 1)->type == SHY_FEEL_TOKEN_NUMBER)
    return parse_instance (self, ends_interval);

  if (!shy_feel_parser_enter (self))
    return NULL;
  self->position++;
  operand = parse_unary (self, ends_interval);
  self->nesting--;
  if (operand == NULL)
    return NULL;
  negation = shy_feel_node_new (SHY_FEEL_NODE_NEGATION, start);
  shy_feel_node_add (negation, operand);
  return negation->depth > SHY_FEEL_TREE_DEPTH_MAX ? shy_feel_parser_fail_limit (self)
                                                   : g_steal_pointer (&negation);
}

static int
precedence_of (ShyFeelOperator op)
{
  switch (op)
    {
    case SHY_FEEL_OPERATOR_ADD:
    case SHY_FEEL_OPERATOR_SUBTRACT:
      return 1;
    case SHY_FEEL_OPERATOR_MULTIPLY:
    case SHY_FEEL_OPERATOR_DIVIDE:
      return 2;
    case SHY_FEEL_OPERATOR_POWER:
      return 3;
    case SHY_FEEL_OPERATOR_NONE:
    case SHY_FEEL_OPERATOR_EQUAL:
    case SHY_FEEL_OPERATOR_UNEQUAL:
    case SHY_FEEL_OPERATOR_LESS:
    case SHY_FEEL_OPERATOR_LESS_EQUAL:
    case SHY_FEEL_OPERATOR_GREATER:
    case SHY_FEEL_OPERATOR_GREATER_EQUAL:
    default:
      return 0;
    }
}

/* All arithmetic operators are left associative. */
static ShyFeelNode *
parse_arithmetic (ShyFeelParser *self,
                  int            lowest,
                  gboolean       ends_interval)
{
  ShyFeelNode *node = parse_unary (self, ends_interval);

  while (node != NULL)
    {
      ShyFeelOperator op = shy_feel_parser_operator (self);
      int             precedence = precedence_of (op);

      if (precedence < lowest)
        break;
      self->position++;
      node = shy_feel_parser_join (self, SHY_FEEL_NODE_ARITHMETIC, op, node,
                   parse_arithmetic (self, precedence + 1, ends_interval));
    }
  return node;
}

/* What stands on either side of a comparison. */
ShyFeelNode *
shy_feel_parser_sum (ShyFeelParser *self)
{
  return parse_arithmetic (self, 1, FALSE);
}

/* The same before the end of an interval, where "[" may close it. */
ShyFeelNode *
shy_feel_parser_interval_end (ShyFeelParser *self)
{
  return parse_arithmetic (self, 1, TRUE);
}
