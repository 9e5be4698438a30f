/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-expression.h"

G_BEGIN_DECLS

/* One row of a table: an expression and its value as a literal. "null!" is a null that comes from
 * an error, "null" one that the language defines. */
typedef struct
{
  const char *expression;
  const char *expected;
} FeelRow;

static inline void
feel_check_row (const FeelRow *row)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (row->expression, NULL, &error);
  g_autoptr (ShyFeelValue)      value = NULL;
  g_autofree char              *text = NULL;

  g_test_message ("%s", row->expression);
  g_assert_no_error (error);
  value = shy_feel_expression_evaluate (expression, NULL);
  text = shy_feel_value_get_error (value) != NULL ? g_strdup ("null!")
                                                  : shy_feel_value_to_literal (value);
  g_assert_cmpstr (text, ==, row->expected);
}

static inline void
feel_check_rows (gconstpointer table)
{
  for (const FeelRow *row = table; row->expression != NULL; row++)
    feel_check_row (row);
}

G_END_DECLS
