/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-expression.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* The public cases of the DMN Technology Compatibility Kit; see tests/data/feel-cases.README.md. */

#define BAR       0.995
#define TOLERANCE 1e-8

static gboolean is_like (JsonObject *expected,
                         JsonObject *value);

static gboolean
is_like_text (JsonObject *expected,
              JsonObject *value)
{
  const char *a = json_object_get_string_member_with_default (expected, "text", "");
  const char *b = json_object_get_string_member_with_default (value, "text", "");
  double      x, y;

  if (g_str_equal (a, b))
    return TRUE;
  if (!g_str_equal (json_object_get_string_member (expected, "type"), "number"))
    return FALSE;
  x = g_ascii_strtod (a, NULL);
  y = g_ascii_strtod (b, NULL);
  return fabs (x - y) <= TOLERANCE * MAX (1, fabs (x));
}

static gboolean
is_like_items (JsonArray *expected,
               JsonArray *value)
{
  if (json_array_get_length (expected) != json_array_get_length (value))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (expected); i++)
    if (!is_like (json_array_get_object_element (expected, i),
                  json_array_get_object_element (value, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_like_entries (JsonObject *expected,
                 JsonObject *value)
{
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *node;

  if (json_object_get_size (expected) != json_object_get_size (value))
    return FALSE;
  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &key, &node))
    if (!json_object_has_member (value, key) ||
        !is_like (json_node_get_object (node), json_object_get_object_member (value, key)))
      return FALSE;
  return TRUE;
}

static gboolean
is_like (JsonObject *expected,
         JsonObject *value)
{
  if (!g_str_equal (json_object_get_string_member (expected, "type"),
                    json_object_get_string_member (value, "type")))
    return FALSE;
  if (json_object_has_member (expected, "items"))
    return is_like_items (json_object_get_array_member (expected, "items"),
                          json_object_get_array_member (value, "items"));
  if (json_object_has_member (expected, "entries"))
    return is_like_entries (json_object_get_object_member (expected, "entries"),
                            json_object_get_object_member (value, "entries"));
  return is_like_text (expected, value);
}

/* The typed JSON of what a case evaluates to; an expression that cannot be read is an error. */
static JsonNode *
evaluate (JsonObject *test)
{
  g_autoptr (ShyFeelScope)      scope = shy_feel_scope_new (NULL);
  g_autoptr (ShyFeelExpression) expression = NULL;
  g_autoptr (ShyFeelValue)      value = NULL;
  g_autoptr (GError)            error = NULL;

  if (json_object_has_member (test, "context"))
    {
      g_autoptr (ShyFeelValue) context =
        shy_feel_value_new_from_json (json_object_get_member (test, "context"));

      shy_feel_scope_set_context (scope, context);
    }
  expression = shy_feel_expression_new_for_scope (
    json_object_get_string_member (test, "expression"), scope, &error);
  value = expression != NULL ? shy_feel_expression_evaluate (expression, scope)
                             : shy_feel_value_new_error ("%s", error->message);
  return shy_feel_value_to_typed_json (value);
}

/* Prints what went wrong. */
static gboolean
passes (JsonObject *test)
{
  g_autoptr (JsonNode) node = evaluate (test);
  JsonObject          *value = json_node_get_object (node);
  g_autofree char     *text = NULL;

  if (is_like (json_object_get_object_member (test, "expected"), value) &&
      json_object_has_member (value, "error") == json_object_get_boolean_member (test, "error"))
    return TRUE;
  text = json_to_string (node, FALSE);
  g_test_message ("%s: %s gives %s", json_object_get_string_member (test, "id"),
                  json_object_get_string_member (test, "expression"), text);
  return FALSE;
}

static void
test_public_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "feel-cases.jsonl", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv)   lines = NULL;
  g_autoptr (GError) error = NULL;
  guint            n_cases = 0, n_passed = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) line = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      n_cases++;
      n_passed += passes (json_node_get_object (line)) ? 1 : 0;
    }
  g_test_message ("%u of %u cases pass", n_passed, n_cases);
  g_assert_cmpuint (n_cases, ==, 1112);
  g_assert_cmpfloat (n_passed, >=, BAR * n_cases);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/feel/conformance/public-cases", test_public_cases);
  return g_test_run ();
}
