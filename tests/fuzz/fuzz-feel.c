/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-expression.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Reads and evaluates whatever comes, and writes the value in both ways. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char *const      names[] = { "fact", "loan amount", "a-b", NULL };
  g_autofree char              *text = g_strndup ((const char *) data, size);
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (text, names, NULL);
  g_autoptr (ShyFeelScope)      scope = NULL;
  g_autoptr (ShyFeelValue)      fact = NULL;
  g_autoptr (ShyFeelValue)      value = NULL;
  g_autofree char              *printed = NULL;

  if (expression == NULL)
    return 0;

  scope = shy_feel_scope_new (NULL);
  fact = shy_feel_value_new_decimal (12345, 2);
  shy_feel_scope_set (scope, "fact", fact);
  shy_feel_scope_set (scope, "loan amount", fact);
  value = shy_feel_expression_evaluate (expression, scope);
  printed = shy_feel_value_to_string (value);
  json_node_unref (shy_feel_value_to_typed_json (value));
  json_node_unref (shy_feel_value_to_json (value));
  return 0;
}
