/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-policy-functions-private.h"

#include "feel/shy-feel-expression.h"

/* The functions that expressions of policies have beside those of FEEL. The rules themselves are
 * tested with the calendar; here, that they are reached, by position and by name. */

typedef struct
{
  const char *expression;
  const char *result; /* (nullable): an error */
} Row;

static const Row rows[] = {
  { "full months(date(\"2024-03-15\"), date(\"2024-04-14\"))", "0" },
  { "full months(date(\"2024-03-15\"), date(\"2024-04-15\"))", "1" },
  { "full months(date(\"2024-03-15\"), date(\"2024-04-14\"), \"period\")", "1" },
  { "full months(from: date(\"2024-03-15\"), to: date(\"2025-03-15\"))", "12" },
  { "full months(date(\"2024-04-15\"), date(\"2024-03-15\"))", "0" },
  /* From a day that the last month has not: here a period is full on that month's last day, as 民法典 202
   * has it; the duration of FEEL is full on the day after. Packs are told to choose. */
  { "full months(date(\"2024-02-29\"), date(\"2025-02-27\"))", "11" },
  { "full months(date(\"2024-02-29\"), date(\"2025-02-28\"))", "12" },
  { "full months(date(\"2024-02-29\"), date(\"2028-02-28\"))", "47" },
  { "full months(date(\"2024-02-29\"), date(\"2028-02-29\"))", "48" },
  { "full months(date(\"2024-08-31\"), date(\"2025-02-27\"))", "5" },
  { "full months(date(\"2024-08-31\"), date(\"2025-02-28\"))", "6" },
  { "years and months duration(date(\"2024-02-29\"), date(\"2025-02-28\")).years", "0" },
  { "years and months duration(date(\"2024-02-29\"), date(\"2025-03-01\")).years", "1" },
  { "years and months duration(date(\"2024-02-29\"), date(\"2028-02-28\")).years", "3" },
  { "years and months duration(date(\"2024-02-29\"), date(\"2028-02-29\")).years", "4" },
  { "full months(date(\"2024-03-15\"), null)", NULL },
  { "full months(\"2024-03-15\", date(\"2024-04-14\"))", NULL },
  { "full months(date(\"2024-03-15\"), date(\"2024-04-14\"), \"roughly\")", NULL },
  { "full months(date(\"2024-03-15\"), date(\"2024-04-14\"), 1)", NULL },
  { "consecutive months(\"2024-01至2024-06、2024-08\")", "1" },
  { "consecutive months(\"2024-01至2024-06、2024-08\", date(\"2024-07-31\"))", "6" },
  { "consecutive months([date(\"2024-01-01\"), date(\"2024-02-01\")])", "2" },
  { "consecutive months(\"2024-01..2024-06,2024-04补缴\")", "2" },
  { "consecutive months(\"2024-01..2024-06\", null, \"2024-04\")", "2" },
  { "consecutive months(months: \"2024-01..2024-06\", back paid: [date(\"2024-02-01\")])", "4" },
  { "consecutive months(\"2024-01..2024-06\", null, 4)", NULL },
  { "consecutive months(\"2024-13\")", NULL },
  { "consecutive months(\"2024-01\", null, \"2024-13\")", NULL },
  { "consecutive months([])", "0" },
  { "consecutive months([1])", NULL },
  { "consecutive months(12)", NULL },
  { "comparable name(\"（浙江）某某公司\") = comparable name(\"(浙江) 某某公司\")", "true" },
  { "comparable name(\"ＡＢＣ（中国）有限公司\") = comparable name(\"abc(中国)有限公司\")", "true" },
  { "comparable name(\"买买提·阿卜杜拉\") = comparable name(\"买买提•阿卜杜拉\")", "true" },
  { "comparable name(\"某某公司　\") = comparable name(\"某某公司\")", "true" },
  { "comparable name(\"甲公司\") = comparable name(\"乙公司\")", "false" },
  { "comparable name(\"某某有限公司\") = comparable name(\"某某有限责任公司\")", "true" },
  { "comparable name(\"某某集团有限公司\") = comparable name(\"某某集團有限責任公司\")", "true" },
  { "comparable name(\"某某有限公司\") = comparable name(\"某某股份有限公司\")", "false" },
  { "comparable name(12)", NULL },
  { "working days after(date(\"2025-09-30\"), 1)", "2025-10-09" },
  { "working days after(date(\"2025-09-30\"), 1.5)", NULL },
  { "working days after(date(\"2125-09-30\"), 1)", NULL },
  { "working days between(date(\"2025-09-30\"), date(\"2025-10-09\"))", "1" },
  { "working days between(date(\"2025-09-30\"))", NULL },
};

static ShyFeelScope *
new_scope (void)
{
  ShyFeelScope      *scope = shy_feel_scope_new (NULL);
  const char *const *names = shy_policy_function_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    shy_feel_scope_set (scope, names[i], shy_policy_function_get (i));
  return scope;
}

static void
test_rows (void)
{
  g_autoptr (ShyFeelScope) scope = new_scope ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)            error = NULL;
      g_autoptr (ShyFeelExpression) expression =
        shy_feel_expression_new_for_scope (rows[i].expression, scope, &error);
      g_autoptr (ShyFeelValue) value = NULL;
      g_autofree char         *text = NULL;

      g_assert_no_error (error);
      value = shy_feel_expression_evaluate (expression, scope);
      text = shy_feel_value_to_string (value);
      if (rows[i].result == NULL)
        g_assert_nonnull (shy_feel_value_get_error (value));
      else if (g_strcmp0 (text, rows[i].result) != 0)
        g_error ("%s gives %s instead of %s (%s)", rows[i].expression, text, rows[i].result,
                 shy_feel_value_get_error (value));
    }
}

/* A text that names no months says which part of it does not. */
static void
test_message (void)
{
  g_autoptr (ShyFeelScope)      scope = new_scope ();
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new_for_scope (
    "consecutive months(\"2024-01,2024-13\")", scope, &error);
  g_autoptr (ShyFeelValue)      value = NULL;

  g_assert_no_error (error);
  value = shy_feel_expression_evaluate (expression, scope);
  g_assert_true (g_str_has_prefix (shy_feel_value_get_error (value), "“2024-13” is no month"));
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/policy/functions/rows", test_rows);
  g_test_add_func ("/policy/functions/message", test_message);
  return g_test_run ();
}
