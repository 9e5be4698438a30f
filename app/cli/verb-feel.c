/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

/* The names that a JSON object brings: the whole text, or one member of it. */
static ShyFeelScope *
scope_from_json (const char  *text,
                 gssize       length,
                 const char  *member,
                 GError     **error)
{
  g_autoptr (ShyFeelScope) scope = shy_feel_scope_new (NULL);
  g_autoptr (ShyFeelValue) context = NULL;

  context = shy_feel_value_new_from_json_text (text, length, member, error);
  if (context == NULL)
    return NULL;
  if (shy_feel_value_get_value_type (context) != SHY_FEEL_TYPE_CONTEXT)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The context must be a JSON object, from names to values."));
      return NULL;
    }
  shy_feel_scope_set_context (scope, context);
  return g_steal_pointer (&scope);
}

static ShyFeelScope *
load_scope (const char *file,
            GError    **error)
{
  g_autofree char         *text = NULL;
  g_autoptr (GError)       failure = NULL;
  g_autoptr (ShyFeelScope) scope = NULL;
  gsize                    length;

  if (!shy_file_get_contents (file, &text, &length, &failure))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The context file “%s” cannot be read: %s"), file, failure->message);
      return NULL;
    }
  scope = scope_from_json (text, (gssize) length, NULL, &failure);
  if (scope == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("The context file “%s” is not usable: %s"),
                 file, failure->message);
  return g_steal_pointer (&scope);
}

static ShyCommandStatus
print_value (const char *text,
             const char *file,
             GError    **error)
{
  g_autoptr (ShyFeelScope)      scope = NULL;
  g_autoptr (ShyFeelExpression) expression = NULL;
  g_autoptr (ShyFeelValue)      value = NULL;
  g_autofree char              *printed = NULL;

  if (file != NULL)
    {
      scope = load_scope (file, error);
      if (scope == NULL)
        return SHY_COMMAND_BAD;
    }
  expression = shy_feel_expression_new_for_scope (text, scope, error);
  if (expression == NULL)
    return SHY_COMMAND_BAD;

  value = shy_feel_expression_evaluate (expression, scope);
  printed = shy_feel_value_to_literal (value);
  g_print ("%s\n", printed);
  if (shy_feel_value_get_remark (value) != NULL)
    g_printerr ("shanyectl: %s\n", shy_feel_value_get_remark (value));
  return SHY_COMMAND_OK;
}

/* The value that one line asks for; whatever is wrong with the line makes an error's null. */
static ShyFeelValue *
evaluate_line (JsonObject *line,
               const char *written,
               gssize      length)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelScope)      scope = NULL;
  g_autoptr (ShyFeelExpression) expression = NULL;
  JsonNode                     *text = json_object_get_member (line, "expression");
  JsonNode                     *context = json_object_get_member (line, "context");

  if (text == NULL || json_node_get_value_type (text) != G_TYPE_STRING)
    return shy_feel_value_new_error (_("The line has no string “expression”."));
  if (context != NULL && !JSON_NODE_HOLDS_NULL (context))
    {
      scope = scope_from_json (written, length, "context", &error);
      if (scope == NULL)
        {
          g_assert (error != NULL);
          return shy_feel_value_new_error ("%s", error->message);
        }
    }

  expression = shy_feel_expression_new_for_scope (json_node_get_string (text), scope, &error);
  if (expression == NULL)
    return shy_feel_value_new_error ("%s", error->message);
  return shy_feel_expression_evaluate (expression, scope);
}

static void
print_answer (JsonNode     *id,
              ShyFeelValue *value)
{
  g_autoptr (JsonNode)   node = shy_feel_value_to_typed_json (value);
  g_autoptr (JsonNode)   root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char       *text = NULL;
  JsonObjectIter         iter;
  const char            *name;
  JsonNode              *member;

  json_object_set_member (answer, "id",
                          id != NULL ? json_node_copy (id) : json_node_new (JSON_NODE_NULL));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (answer, name, json_node_copy (member));

  json_node_set_object (root, answer);
  text = json_to_string (root, FALSE);
  fprintf (stdout, "%s\n", text);
  fflush (stdout); /* whoever writes the lines may wait for each answer */
}

static void
answer_line (const char *line,
             gssize      length)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonNode)     root = shy_json_node_from_text (line, length, &error);
  g_autoptr (ShyFeelValue) value = NULL;
  JsonNode                *id = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    value = shy_feel_value_new_error (_("The line is not a JSON object%s%s"),
                                      error == NULL ? "." : ": ",
                                      error == NULL ? "" : error->message);
  else
    {
      id = json_object_get_member (json_node_get_object (root), "id");
      value = evaluate_line (json_node_get_object (root), line, length);
    }
  print_answer (id, value);
}

/* Every line is answered; empty ones are passed over. */
static ShyCommandStatus
answer_lines (void)
{
  g_autofree char *line = NULL;
  size_t           size = 0;
  ssize_t          length;

  while ((length = getline (&line, &size, stdin)) >= 0)
    {
      while (length > 0 && g_ascii_isspace (line[length - 1]))
        line[--length] = '\0';
      if (length > 0)
        answer_line (line, length);
    }
  return SHY_COMMAND_OK;
}

typedef struct
{
  const char *text; /* (nullable) the expression */
  const char *file; /* (nullable) of the context */
  gboolean    lines;
} Call;

/* FALSE for a word that has no place. Behind "--" an expression may begin with two dashes. */
static gboolean
read_call (const char *const *arguments,
           Call              *call)
{
  gboolean literal = FALSE;

  for (gsize i = 0; arguments[i] != NULL; i++)
    if (!literal && g_str_equal (arguments[i], "--"))
      literal = TRUE;
    else if (!literal && g_str_equal (arguments[i], "--lines"))
      call->lines = TRUE;
    else if (!literal && g_str_equal (arguments[i], "--context") && arguments[i + 1] != NULL)
      call->file = arguments[++i];
    else if (call->text == NULL)
      call->text = arguments[i];
    else
      return FALSE;
  return call->lines ? call->text == NULL && call->file == NULL : call->text != NULL;
}

static ShyCommandStatus
run (const char *const *arguments,
     const char        *database,
     GError           **error)
{
  Call call = { 0 };

  if (!read_call (arguments, &call))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“feel” takes one expression in quotes, or “--lines”. “shanyectl help feel” "
                     "shows how."));
      return SHY_COMMAND_BAD;
    }
  return call.lines ? answer_lines () : print_value (call.text, call.file, error);
}

const ShyctlVerb shyctl_verb_feel = {
  "feel",
  N_("Evaluates an expression of FEEL and prints its value."),
  N_("'EXPRESSION' [--context FILE.json] | --lines\n"
     "\n"
     "--context FILE.json  the names of a JSON object and their values\n"
     "--lines              reads one JSON object a line from standard input, with “id”,\n"
     "                     “expression” and perhaps “context”, and answers each with a line"),
  run,
};
