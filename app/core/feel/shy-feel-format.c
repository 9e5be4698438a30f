/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-value-private.h"

#include <string.h>

static void append_value (GString      *text,
                          ShyFeelValue *self);

static void
append_quoted (GString    *text,
               const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
        g_string_append (text, "\\\"");
        break;
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\r':
        g_string_append (text, "\\r");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      default:
        g_string_append_c (text, *p);
      }
  g_string_append_c (text, '"');
}

static void
append_list (GString      *text,
             ShyFeelValue *self)
{
  g_string_append_c (text, '[');
  for (gsize i = 0; i < self->list.n_items; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_value (text, self->list.items[i]);
    }
  g_string_append_c (text, ']');
}

static void
append_context (GString      *text,
                ShyFeelValue *self)
{
  g_string_append_c (text, '{');
  for (gsize i = 0; i < self->context.n_entries; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (shy_feel_is_plain_name (self->context.keys[i]))
        g_string_append (text, self->context.keys[i]);
      else
        append_quoted (text, self->context.keys[i]);
      g_string_append (text, ": ");
      append_value (text, self->context.values[i]);
    }
  g_string_append_c (text, '}');
}

static void
append_range (GString      *text,
              ShyFeelValue *self)
{
  ShyFeelValue *start = self->range.start;
  ShyFeelValue *end = self->range.end;

  if (self->range.op == SHY_FEEL_OPERATOR_EQUAL || self->range.op == SHY_FEEL_OPERATOR_UNEQUAL)
    {
      g_string_append (text, self->range.op == SHY_FEEL_OPERATOR_EQUAL ? "= " : "!= ");
      append_value (text, start);
      return;
    }
  if (start == NULL && end != NULL)
    {
      g_string_append (text, self->range.end_included ? "<= " : "< ");
      append_value (text, end);
      return;
    }
  if (end == NULL && start != NULL)
    {
      g_string_append (text, self->range.start_included ? ">= " : "> ");
      append_value (text, start);
      return;
    }
  g_string_append_c (text, self->range.start_included ? '[' : '(');
  if (start != NULL)
    append_value (text, start);
  g_string_append (text, "..");
  if (end != NULL)
    append_value (text, end);
  g_string_append_c (text, self->range.end_included ? ']' : ')');
}

static void
append_function (GString      *text,
                 ShyFeelValue *self)
{
  const ShyFeelFunction *function = &self->function;

  if (function->kind != SHY_FEEL_FUNCTION_WRITTEN)
    {
      g_string_append (text, shy_feel_function_get_name (function));
      return;
    }
  g_string_append (text, "function(");
  for (guint i = 0; i < function->written.node->n_parameters; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            function->written.node->parameters[i].name);
  g_string_append_c (text, ')');
}

static char *
format_temporal (ShyFeelValue *self)
{
  switch (self->type)
    {
    case SHY_FEEL_TYPE_DATE:
      return shy_feel_date_to_string (&self->date);
    case SHY_FEEL_TYPE_TIME:
      return shy_feel_time_to_string (&self->time);
    case SHY_FEEL_TYPE_DATE_TIME:
      return shy_feel_date_time_to_string (&self->date_time);
    case SHY_FEEL_TYPE_DAYS_DURATION:
      return shy_feel_duration_to_string (self->nanos);
    case SHY_FEEL_TYPE_MONTHS_DURATION:
      return shy_feel_months_to_string (self->months);
    case SHY_FEEL_TYPE_NULL:
    case SHY_FEEL_TYPE_NUMBER:
    case SHY_FEEL_TYPE_STRING:
    case SHY_FEEL_TYPE_BOOLEAN:
    case SHY_FEEL_TYPE_LIST:
    case SHY_FEEL_TYPE_CONTEXT:
    case SHY_FEEL_TYPE_RANGE:
    case SHY_FEEL_TYPE_FUNCTION:
    default:
      return NULL;
    }
}

static void
append_value (GString      *text,
              ShyFeelValue *self)
{
  g_autofree char *part = NULL;

  switch (self->type)
    {
    case SHY_FEEL_TYPE_NULL:
      g_string_append (text, "null");
      break;
    case SHY_FEEL_TYPE_NUMBER:
      part = shy_feel_number_to_string (self->number);
      g_string_append (text, part);
      break;
    case SHY_FEEL_TYPE_STRING:
      append_quoted (text, self->string.text);
      break;
    case SHY_FEEL_TYPE_BOOLEAN:
      g_string_append (text, self->boolean ? "true" : "false");
      break;
    case SHY_FEEL_TYPE_LIST:
      append_list (text, self);
      break;
    case SHY_FEEL_TYPE_CONTEXT:
      append_context (text, self);
      break;
    case SHY_FEEL_TYPE_RANGE:
      append_range (text, self);
      break;
    case SHY_FEEL_TYPE_FUNCTION:
      append_function (text, self);
      break;
    case SHY_FEEL_TYPE_DATE:
    case SHY_FEEL_TYPE_TIME:
    case SHY_FEEL_TYPE_DATE_TIME:
    case SHY_FEEL_TYPE_DAYS_DURATION:
    case SHY_FEEL_TYPE_MONTHS_DURATION:
    default:
      part = format_temporal (self);
      g_string_append (text, part);
    }
}

/**
 * shy_feel_value_to_string:
 * @self: a value
 *
 * Writes a value as FEEL's `string()` does: a string as it is, a number without exponent, a list
 * as `[1, "a"]`, a context as `{name: 1}`.
 *
 * Returns: (transfer full): the text
 */
char *
shy_feel_value_to_string (ShyFeelValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->type == SHY_FEEL_TYPE_STRING)
    return g_strndup (self->string.text, self->string.length);
  return shy_feel_value_to_literal (self);
}

/**
 * shy_feel_value_to_literal:
 * @self: a value
 *
 * Writes a value as within a list, where a string stands in quotes.
 *
 * Returns: (transfer full): the text
 */
char *
shy_feel_value_to_literal (ShyFeelValue *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  append_value (text, self);
  return g_string_free (text, FALSE);
}
