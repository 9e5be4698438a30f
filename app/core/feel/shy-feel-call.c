/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include "feel/shy-feel-builtin-private.h"
#include "feel/shy-feel-pattern-private.h"

#include <glib/gi18n-lib.h>

const char *
shy_feel_function_get_name (const ShyFeelFunction *function)
{
  if (function->kind == SHY_FEEL_FUNCTION_BUILTIN)
    return function->builtin->name;
  return function->kind == SHY_FEEL_FUNCTION_NATIVE ? function->native->name : "function";
}

ShyFeelValue *
shy_feel_eval_function (ShyFeelEval       *self,
                        const ShyFeelNode *node)
{
  ShyFeelValue **captures = g_new (ShyFeelValue *, node->n_captures);

  for (guint i = 0; i < node->n_captures; i++)
    {
      const ShyFeelCapture *capture = &node->captures[i];
      ShyFeelValue         *value = capture->binding == SHY_FEEL_BINDING_LOCAL
                                      ? self->locals[capture->from]
                                      : self->slots[capture->from];

      captures[i] = value == NULL ? shy_feel_value_new_null () : shy_feel_value_ref (value);
    }
  return shy_feel_value_new_written (self->expression, node, captures, node->n_captures);
}

/* The implicit conversions of DMN 1.5 §10.3.2.9.4. NULL if the value does not fit. */
static ShyFeelValue *
convert (const ShyFeelPattern *pattern,
         ShyFeelValue         *value)
{
  if (pattern == NULL || shy_feel_pattern_matches (pattern, value))
    return shy_feel_value_ref (value);
  if (pattern->kind == SHY_FEEL_PATTERN_SIMPLE && pattern->type == SHY_FEEL_TYPE_DATE_TIME &&
      value->type == SHY_FEEL_TYPE_DATE)
    {
      ShyFeelDateTime midnight = shy_feel_to_date_time (value);

      return shy_feel_value_new_from_date_time (&midnight);
    }
  if (value->type == SHY_FEEL_TYPE_LIST && value->list.n_items == 1 &&
      shy_feel_pattern_matches (pattern, value->list.items[0]))
    return shy_feel_value_ref (value->list.items[0]);
  if (pattern->kind == SHY_FEEL_PATTERN_LIST && value->type != SHY_FEEL_TYPE_LIST &&
      shy_feel_pattern_matches (pattern->parts[0], value))
    return shy_feel_value_new_list (&value, 1);
  return NULL;
}

/* Puts an argument into its place. Returns NULL, or why it does not fit. */
static ShyFeelValue *
bind_argument (ShyFeelEval       *callee,
               const ShyFeelNode *node,
               guint              parameter,
               ShyFeelValue      *value)
{
  ShyFeelValue *converted = convert (node->parameters[parameter].pattern, value);

  if (converted == NULL)
    return shy_feel_value_new_error (_("The parameter “%s” of the function cannot be a %s."),
                                     node->parameters[parameter].name,
                                     shy_feel_type_get_label (value->type));
  shy_feel_eval_set_local (callee, parameter, converted);
  return NULL;
}

static ShyFeelValue *
bind_by_name (ShyFeelEval         *callee,
              const ShyFeelNode   *node,
              ShyFeelValue *const *arguments,
              guint                n_arguments,
              const char *const   *names)
{
  for (guint i = 0; i < n_arguments; i++)
    {
      ShyFeelValue *failure;
      guint         parameter = 0;

      while (parameter < node->n_parameters &&
             !g_str_equal (node->parameters[parameter].name, names[i]))
        parameter++;
      if (parameter == node->n_parameters)
        return shy_feel_value_new_error (_("The function has no parameter “%s”."), names[i]);
      failure = bind_argument (callee, node, parameter, arguments[i]);
      if (failure != NULL)
        return failure;
    }
  for (guint i = 0; i < node->n_parameters; i++)
    if (callee->locals[i] == NULL)
      shy_feel_eval_set_local (callee, i, shy_feel_value_new_null ());
  return NULL;
}

static ShyFeelValue *
bind_by_position (ShyFeelEval         *callee,
                  const ShyFeelNode   *node,
                  ShyFeelValue *const *arguments,
                  guint                n_arguments)
{
  ShyFeelValue *failure = NULL;

  if (n_arguments != node->n_parameters)
    return shy_feel_value_new_error (_("The function takes %u arguments, and not %u."),
                                     node->n_parameters, n_arguments);
  for (guint i = 0; i < n_arguments && failure == NULL; i++)
    failure = bind_argument (callee, node, i, arguments[i]);
  return failure;
}

static ShyFeelValue *
call_written (ShyFeelRun          *run,
              ShyFeelValue        *function,
              ShyFeelValue *const *arguments,
              guint                n_arguments,
              const char *const   *names)
{
  const ShyFeelNode *node = function->function.written.node;
  ShyFeelEval        callee = { .run = run, .expression = function->function.written.expression };
  ShyFeelValue      *result;

  callee.locals = g_new0 (ShyFeelValue *, node->n_locals);
  result = names != NULL ? bind_by_name (&callee, node, arguments, n_arguments, names)
                         : bind_by_position (&callee, node, arguments, n_arguments);
  if (result == NULL)
    {
      for (guint i = 0; i < node->n_captures; i++)
        shy_feel_eval_set_local (&callee, node->captures[i].to,
                                 shy_feel_value_ref (function->function.written.captures[i]));
      if (node->self_slot >= 0)
        shy_feel_eval_set_local (&callee, (guint) node->self_slot, shy_feel_value_ref (function));
      result = shy_feel_eval (&callee, node->children[0]);
    }
  if (node->external && shy_feel_value_get_error (result) == NULL)
    {
      g_autoptr (ShyFeelValue) mapping = g_steal_pointer (&result);

      result = shy_feel_call_external (mapping, callee.locals, node->n_parameters);
    }

  for (guint i = 0; i < node->n_locals; i++)
    g_clear_pointer (&callee.locals[i], shy_feel_value_unref);
  g_free (callee.locals);
  return result;
}

static int
find_parameter (const ShyFeelNativeFunction *native,
                const char                  *name)
{
  for (int i = 0; native->parameters[i] != NULL; i++)
    if (g_str_equal (native->parameters[i], name))
      return i;
  return -1;
}

static ShyFeelValue *
call_native (const ShyFeelNativeFunction *native,
             ShyFeelValue *const         *arguments,
             guint                        n_arguments,
             const char *const           *names)
{
  guint                    n_parameters = g_strv_length (native->parameters);
  g_autofree ShyFeelValue **bound = g_new (ShyFeelValue *, n_parameters);

  if (n_arguments > n_parameters || (names == NULL && n_arguments < native->n_required))
    return shy_feel_value_new_error (_("%s() cannot be called with %u arguments."), native->name,
                                     n_arguments);
  for (guint i = 0; i < n_parameters; i++)
    bound[i] = shy_feel_value_new_null (); /* permanent: not owned */
  for (guint i = 0; i < n_arguments; i++)
    {
      int parameter = names == NULL ? (int) i : find_parameter (native, names[i]);

      if (parameter < 0)
        return shy_feel_value_new_error (_("%s() has no parameter “%s”."), native->name,
                                         names[i]);
      bound[parameter] = arguments[i];
    }
  return native->call (bound, n_parameters, native->user_data);
}

/* Calls any function; @names is NULL for arguments in order. */
ShyFeelValue *
shy_feel_call (ShyFeelRun          *run,
               ShyFeelValue        *function,
               ShyFeelValue *const *arguments,
               guint                n_arguments,
               const char *const   *names)
{
  ShyFeelValue *result;

  if (function->type != SHY_FEEL_TYPE_FUNCTION)
    {
      if (shy_feel_value_get_error (function) != NULL)
        return shy_feel_value_ref (function);
      return shy_feel_value_new_error (_("A %s cannot be called as a function."),
                                       shy_feel_type_get_label (function->type));
    }

  switch (function->function.kind)
    {
    case SHY_FEEL_FUNCTION_BUILTIN:
      result = shy_feel_builtin_call (run, function->function.builtin, arguments, n_arguments,
                                      names);
      break;
    case SHY_FEEL_FUNCTION_NATIVE:
      for (guint i = 0; i < n_arguments; i++)
        shy_feel_run_weigh (run, arguments[i]);
      result = shy_feel_run_spend (run, SHY_FEEL_NATIVE_STEPS)
                 ? call_native (function->function.native, arguments, n_arguments, names)
                 : shy_feel_run_exhausted (run);
      break;
    case SHY_FEEL_FUNCTION_WRITTEN:
    default:
      result = call_written (run, function, arguments, n_arguments, names);
    }
  /* A function may be called by another one, which need not care what it answers. */
  shy_feel_run_note (run, result);
  return result;
}

ShyFeelValue *
shy_feel_eval_call (ShyFeelEval       *self,
                    const ShyFeelNode *node)
{
  const ShyFeelNode        *callee = node->children[0];
  guint                     n_arguments = node->n_children - 1;
  g_autofree ShyFeelValue **arguments = g_new (ShyFeelValue *, n_arguments);
  const char *const        *names = (const char *const *) node->argument_names;
  ShyFeelValue             *result;

  for (guint i = 0; i < n_arguments; i++)
    arguments[i] = shy_feel_eval (self, node->children[i + 1]);

  if (callee->kind == SHY_FEEL_NODE_NAME && callee->binding == SHY_FEEL_BINDING_BUILTIN &&
      callee->n_item_slots == 0)
    result = shy_feel_builtin_call (self->run, callee->builtin, arguments, n_arguments, names);
  else
    {
      g_autoptr (ShyFeelValue) function = shy_feel_eval (self, callee);

      result = shy_feel_call (self->run, function, arguments, n_arguments, names);
    }

  for (guint i = 0; i < n_arguments; i++)
    shy_feel_value_unref (arguments[i]);
  return result;
}
