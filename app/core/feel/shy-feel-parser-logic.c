/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-parser-private.h"

#include <glib/gi18n-lib.h>

/* Comparisons, unary tests, and what joins them. */

/* The rest of an interval behind its start, from "..": takes the start. */
ShyFeelNode *
shy_feel_parser_interval_rest (ShyFeelParser *self,
                               ShyFeelNode   *start_node,
                               gboolean       start_included,
                               guint          start)
{
  g_autoptr (ShyFeelNode) range = shy_feel_node_new (SHY_FEEL_NODE_RANGE, start);
  ShyFeelNode            *end;

  shy_feel_node_add (range, start_node);
  range->start_included = start_included;
  if (!shy_feel_parser_expect_symbol (self, SHY_FEEL_SYMBOL2 ('.', '.'), _("“..”")))
    return NULL;
  end = shy_feel_parser_interval_end (self);
  if (end == NULL)
    return NULL;
  shy_feel_node_add (range, end);
  range->end_included = shy_feel_parser_at_symbol (self, ']');
  if (!range->end_included && !shy_feel_parser_at_symbol (self, ')') &&
      !shy_feel_parser_at_symbol (self, '['))
    return shy_feel_parser_fail (self, _("“]”, “)” or “[” at the end of the range"));
  self->position++;
  range->end = shy_feel_parser_peek (self, -1)->end;
  return g_steal_pointer (&range);
}

/* One unary test: "< 10", "[1..5]", or any expression. */
ShyFeelNode *
shy_feel_parser_test (ShyFeelParser *self,
                      gboolean       any_operator)
{
  ShyFeelOperator         op = shy_feel_parser_operator (self);
  g_autoptr (ShyFeelNode) test = NULL;
  ShyFeelNode            *operand;

  if (op == SHY_FEEL_OPERATOR_NONE || op >= SHY_FEEL_OPERATOR_ADD ||
      (!any_operator && (op == SHY_FEEL_OPERATOR_EQUAL || op == SHY_FEEL_OPERATOR_UNEQUAL)))
    return NULL;

  test = shy_feel_node_new (SHY_FEEL_NODE_TEST, shy_feel_parser_peek (self, 0)->start);
  test->op = op;
  self->position++;
  operand = shy_feel_parser_sum (self);
  if (operand == NULL)
    return NULL;
  shy_feel_node_add (test, operand);
  return g_steal_pointer (&test);
}

static ShyFeelNode *
parse_test_or (ShyFeelParser *self,
               ShyFeelNode   *(*otherwise) (ShyFeelParser *))
{
  ShyFeelNode *test = shy_feel_parser_test (self, TRUE);

  return test != NULL || self->error != NULL ? test : otherwise (self);
}

/* Tests in parentheses, or an open interval: both begin with "(". */
static gboolean
parse_tests (ShyFeelParser *self,
             ShyFeelNode   *in)
{
  guint start = shy_feel_parser_peek (self, -1)->start;
  guint first = in->n_children;

  do
    {
      gboolean     used = FALSE;
      ShyFeelNode *test;

      g_array_index (self->block->variables, ShyFeelVariable, 0).used = &used;
      test = parse_test_or (self, shy_feel_parser_expression);
      g_array_index (self->block->variables, ShyFeelVariable, 0).used = NULL;
      if (test == NULL)
        return FALSE;
      if (in->n_children == first &&
          shy_feel_parser_at_symbol (self, SHY_FEEL_SYMBOL2 ('.', '.')))
        {
          test = shy_feel_parser_interval_rest (self, test, FALSE, start);
          if (test != NULL)
            shy_feel_node_add (in, test);
          return test != NULL;
        }
      test->uses_placeholder = used;
      shy_feel_node_add (in, test);
    }
  while (shy_feel_parser_take_symbol (self, ','));
  return shy_feel_parser_expect_symbol (self, ')', _("“,” or “)”"));
}

static gboolean
parse_in_rest (ShyFeelParser *self,
               ShyFeelNode   *in)
{
  gboolean     used = FALSE;
  ShyFeelNode *test;

  if (shy_feel_parser_take_symbol (self, '('))
    return parse_tests (self, in);

  g_array_index (self->block->variables, ShyFeelVariable, 0).used = &used;
  test = parse_test_or (self, shy_feel_parser_sum);
  g_array_index (self->block->variables, ShyFeelVariable, 0).used = NULL;
  if (test == NULL)
    return FALSE;
  test->uses_placeholder = used;
  shy_feel_node_add (in, test);
  return TRUE;
}

/* Takes the value. */
static ShyFeelNode *
parse_in (ShyFeelParser *self,
          ShyFeelNode   *value)
{
  g_autoptr (ShyFeelNode) in = shy_feel_node_new (SHY_FEEL_NODE_IN, value->start);
  ShyFeelBlock            block = { 0 };
  gboolean                done;

  shy_feel_node_add (in, value);
  shy_feel_parser_open_block (self, &block);
  in->slot = shy_feel_parser_declare (self, "?", NULL);
  done = parse_in_rest (self, in);
  shy_feel_parser_close_block (self);
  in->end = shy_feel_parser_peek (self, -1)->end;
  return done ? g_steal_pointer (&in) : NULL;
}

/* Takes the value. */
static ShyFeelNode *
parse_between (ShyFeelParser *self,
               ShyFeelNode   *value)
{
  g_autoptr (ShyFeelNode) between = shy_feel_node_new (SHY_FEEL_NODE_BETWEEN, value->start);
  ShyFeelNode            *bound;

  shy_feel_node_add (between, value);
  bound = shy_feel_parser_sum (self);
  if (bound == NULL)
    return NULL;
  shy_feel_node_add (between, bound);
  if (!shy_feel_parser_expect_word (self, "and"))
    return NULL;
  bound = shy_feel_parser_sum (self);
  if (bound == NULL)
    return NULL;
  shy_feel_node_add (between, bound);
  return g_steal_pointer (&between);
}

static ShyFeelNode *
parse_comparison (ShyFeelParser *self)
{
  ShyFeelNode *node = shy_feel_parser_sum (self);

  while (node != NULL)
    {
      ShyFeelOperator op = shy_feel_parser_operator (self);

      if (op != SHY_FEEL_OPERATOR_NONE)
        {
          self->position++;
          node = shy_feel_parser_join (self, SHY_FEEL_NODE_COMPARISON, op, node, shy_feel_parser_sum (self));
        }
      else if (shy_feel_parser_take_word (self, "between"))
        node = parse_between (self, node);
      else if (shy_feel_parser_take_word (self, "in"))
        node = parse_in (self, node);
      else
        break;
      if (node != NULL && node->depth > SHY_FEEL_TREE_DEPTH_MAX)
        {
          shy_feel_node_free (node);
          return shy_feel_parser_fail_limit (self);
        }
    }
  return node;
}

/* All that the word joins becomes the children of one node. */
static ShyFeelNode *
parse_logic (ShyFeelParser   *self,
             const char      *word,
             ShyFeelNodeKind  kind,
             ShyFeelNode     *(*parse_part) (ShyFeelParser *))
{
  ShyFeelNode            *first = parse_part (self);
  g_autoptr (ShyFeelNode) node = NULL;

  if (first == NULL || !shy_feel_parser_at_word (self, word))
    return first;

  node = shy_feel_node_new (kind, first->start);
  shy_feel_node_add (node, first);
  while (shy_feel_parser_take_word (self, word))
    {
      ShyFeelNode *part = parse_part (self);

      if (part == NULL)
        return NULL;
      shy_feel_node_add (node, part);
    }
  return g_steal_pointer (&node);
}

static ShyFeelNode *
parse_and (ShyFeelParser *self)
{
  return parse_logic (self, "and", SHY_FEEL_NODE_AND, parse_comparison);
}

ShyFeelNode *
shy_feel_parser_expression (ShyFeelParser *self)
{
  ShyFeelNode *node;

  if (!shy_feel_parser_enter (self))
    return NULL;
  if (shy_feel_parser_at_word (self, "if") || shy_feel_parser_at_word (self, "for") ||
      shy_feel_parser_at_word (self, "some") || shy_feel_parser_at_word (self, "every"))
    node = shy_feel_parser_iteration (self);
  else
    node = parse_logic (self, "or", SHY_FEEL_NODE_OR, parse_and);
  self->nesting--;
  return node;
}
