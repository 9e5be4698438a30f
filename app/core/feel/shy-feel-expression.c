/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-expression.h"

#include "feel/shy-feel-evaluate-private.h"
#include "feel/shy-feel-parser-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many locals live on the stack. */
#define STACK_LOCALS 32

/* An expression of FEEL that was read once. It never changes, so any number of threads may
 * evaluate it. */
struct _ShyFeelExpression
{
  gatomicrefcount  ref_count;
  char            *text;       /* (owned) */
  ShyFeelNode     *root;       /* (owned) */
  guint            n_locals;
  char           **slots;      /* (owned) names whose values come from outside, by slot */
  guint            n_slots;
  char           **free_names; /* (owned) those of them that must have a value */
};

G_DEFINE_BOXED_TYPE (ShyFeelExpression, shy_feel_expression, shy_feel_expression_ref,
                     shy_feel_expression_unref)

static void
clear_parser (ShyFeelParser *self)
{
  g_clear_pointer (&self->tokens, g_array_unref);
  g_clear_error (&self->error);
  g_hash_table_unref (self->given);
  g_hash_table_unref (self->outside);
  g_hash_table_unref (self->free_names);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->heads);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyFeelParser, clear_parser)

static void
init_parser (ShyFeelParser *self,
             const char    *text)
{
  self->text = text;
  self->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->outside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->free_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->slots = g_ptr_array_new_with_free_func (g_free);
}

static void
give_name (ShyFeelParser *self,
           const char    *name)
{
  char *normal = shy_feel_normalize_name (name);

  shy_feel_parser_add_head (self, normal);
  g_hash_table_add (self->given, normal);
}

/* Names of entries within values can stand behind a point. */
static void
add_members (ShyFeelParser *self,
             ShyFeelValue  *value)
{
  for (gsize i = 0; i < shy_feel_value_get_length (value); i++)
    {
      if (value->type == SHY_FEEL_TYPE_CONTEXT)
        shy_feel_parser_add_member (self, shy_feel_value_get_key (value, i));
      add_members (self, shy_feel_value_get_item (value, i));
    }
}

static char **
list_free_names (ShyFeelParser *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->slots->len; i++)
    if (g_hash_table_contains (self->free_names, self->slots->pdata[i]))
      g_ptr_array_add (names, g_strdup (self->slots->pdata[i]));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static ShyFeelNode *
parse_all (ShyFeelParser *self,
           guint         *n_locals,
           GError       **error)
{
  ShyFeelFrame            frame = { 0 };
  g_autoptr (ShyFeelNode) root = NULL;

  self->tokens = shy_feel_scan (self->text, error);
  if (self->tokens == NULL)
    return NULL;
  self->frame = &frame;
  root = shy_feel_parser_expression (self);
  if (root != NULL && shy_feel_parser_peek (self, 0)->type != SHY_FEEL_TOKEN_END)
    shy_feel_parser_fail (self, _("an operator or the end of the expression"));
  *n_locals = frame.n_locals;
  if (self->error == NULL)
    return g_steal_pointer (&root);
  g_propagate_error (error, g_steal_pointer (&self->error));
  return NULL;
}

static ShyFeelExpression *
finish (ShyFeelParser *parser,
        GError       **error)
{
  guint              n_locals;
  ShyFeelNode       *root = parse_all (parser, &n_locals, error);
  ShyFeelExpression *self;

  if (root == NULL)
    return NULL;
  self = g_new0 (ShyFeelExpression, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_strdup (parser->text);
  self->root = root;
  self->n_locals = n_locals;
  self->n_slots = parser->slots->len;
  self->free_names = list_free_names (parser);
  g_ptr_array_add (parser->slots, NULL);
  self->slots = (char **) g_ptr_array_steal (parser->slots, NULL);
  return self;
}

/**
 * shy_feel_expression_new:
 * @text: an expression of FEEL
 * @names: (nullable) (array zero-terminated=1): names that will have a value, facts and functions
 *   of the program; needed for those that contain a keyword or one of `+ - * / . '`
 * @error: return location of the error
 *
 * Reads an expression. A name that nobody knows is no error here: see
 * shy_feel_expression_list_names().
 *
 * Errors: %SHY_ERROR_SYNTAX, which names line and column, what was expected and what was found;
 * %SHY_ERROR_LIMIT for an expression that nests too deeply.
 *
 * Returns: (transfer full) (nullable): the expression
 */
ShyFeelExpression *
shy_feel_expression_new (const char        *text,
                         const char *const *names,
                         GError           **error)
{
  g_auto (ShyFeelParser) parser = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  init_parser (&parser, text);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    give_name (&parser, names[i]);
  return finish (&parser, error);
}

/**
 * shy_feel_expression_new_for_scope:
 * @text: an expression of FEEL
 * @scope: (nullable): the names and values that it will be evaluated with
 * @error: return location of the error
 *
 * Reads an expression as shy_feel_expression_new() does; names of entries inside of the values
 * are known, too.
 *
 * Returns: (transfer full) (nullable): the expression
 */
ShyFeelExpression *
shy_feel_expression_new_for_scope (const char   *text,
                                   ShyFeelScope *scope,
                                   GError      **error)
{
  g_auto (ShyFeelParser) parser = { 0 };
  g_auto (GStrv)         names = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  init_parser (&parser, text);
  names = scope == NULL ? NULL : shy_feel_scope_list_names (scope);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      give_name (&parser, names[i]);
      add_members (&parser, shy_feel_scope_lookup (scope, names[i]));
    }
  return finish (&parser, error);
}

/**
 * shy_feel_expression_ref:
 * @self: an expression
 *
 * Returns: (transfer full): @self
 */
ShyFeelExpression *
shy_feel_expression_ref (ShyFeelExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * shy_feel_expression_unref:
 * @self: (transfer full): an expression
 */
void
shy_feel_expression_unref (ShyFeelExpression *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  shy_feel_node_free (self->root);
  g_strfreev (self->slots);
  g_strfreev (self->free_names);
  g_free (self->text);
  g_free (self);
}

/**
 * shy_feel_expression_get_text:
 * @self: an expression
 *
 * Returns: what it was read from
 */
const char *
shy_feel_expression_get_text (ShyFeelExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * shy_feel_expression_list_names:
 * @self: an expression
 *
 * Lists the names that it needs from outside, normalised: facts, settings, functions of the
 * program. Those of the language and those that the expression makes itself are not among them,
 * nor what inside a filter may be an entry of the item.
 *
 * Returns: (transfer full): the names
 */
char **
shy_feel_expression_list_names (ShyFeelExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdupv (self->free_names);
}

/**
 * shy_feel_expression_get_slots: (skip)
 * @self: an expression
 * @n_slots: (out) (optional): their number
 *
 * Gets the names in the order in which shy_feel_expression_evaluate_slots() takes their values.
 *
 * Returns: (transfer none): names, normalised, ended by %NULL
 */
const char *const *
shy_feel_expression_get_slots (ShyFeelExpression *self,
                               gsize             *n_slots)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_slots != NULL)
    *n_slots = self->n_slots;
  return (const char *const *) self->slots;
}

const ShyFeelNode *
shy_feel_expression_get_root (ShyFeelExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

/* Evaluates a part of the tree within a run, which may be strict, and which others share. */
ShyFeelValue *
shy_feel_expression_evaluate_run (ShyFeelExpression   *self,
                                  const ShyFeelNode   *node,
                                  ShyFeelValue *const *values,
                                  ShyFeelRun          *run)
{
  ShyFeelValue  *on_stack[STACK_LOCALS];
  ShyFeelValue **locals = on_stack;
  ShyFeelEval    eval = { .run = run, .expression = self, .slots = values };
  ShyFeelValue  *result;

  g_return_val_if_fail (self != NULL && node != NULL, NULL);
  g_return_val_if_fail (values != NULL || self->n_slots == 0, NULL);

  if (self->n_locals > STACK_LOCALS)
    locals = g_new (ShyFeelValue *, self->n_locals);
  memset (locals, 0, self->n_locals * sizeof *locals);
  eval.locals = locals;
  result = shy_feel_eval (&eval, node);

  for (guint i = 0; i < self->n_locals; i++)
    g_clear_pointer (&locals[i], shy_feel_value_unref);
  if (locals != on_stack)
    g_free (locals);
  return result;
}

ShyFeelValue *
shy_feel_expression_evaluate_node (ShyFeelExpression   *self,
                                   const ShyFeelNode   *node,
                                   ShyFeelValue *const *values)
{
  ShyFeelRun run = { .steps = SHY_FEEL_STEPS_MAX };

  return shy_feel_expression_evaluate_run (self, node, values, &run);
}

/**
 * shy_feel_expression_evaluate_slots: (skip)
 * @self: an expression
 * @values: a value for each slot, see shy_feel_expression_get_slots(); %NULL for none
 *
 * Evaluates as shy_feel_expression_evaluate() does, without looking for names.
 *
 * Returns: (transfer full): the value
 */
ShyFeelValue *
shy_feel_expression_evaluate_slots (ShyFeelExpression   *self,
                                    ShyFeelValue *const *values)
{
  g_return_val_if_fail (self != NULL, NULL);

  return shy_feel_expression_evaluate_node (self, self->root, values);
}

/**
 * shy_feel_expression_evaluate:
 * @self: an expression
 * @scope: (nullable): the names and their values
 *
 * Evaluates an expression. What goes wrong makes a null that knows why:
 * shy_feel_value_get_error().
 *
 * Returns: (transfer full): the value
 */
ShyFeelValue *
shy_feel_expression_evaluate (ShyFeelExpression *self,
                              ShyFeelScope      *scope)
{
  g_autofree ShyFeelValue **values = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  values = g_new0 (ShyFeelValue *, self->n_slots + 1);
  for (guint i = 0; i < self->n_slots; i++)
    values[i] = scope == NULL ? NULL : shy_feel_scope_lookup (scope, self->slots[i]);
  return shy_feel_expression_evaluate_slots (self, values);
}
