/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-expression.h"

#include <stdio.h>

/* How often a second FEEL is read and evaluated on one core, for conditions as policies have them. */

#define SECONDS 1.0

typedef struct
{
  const char *name;
  const char *text;
} Row;

static const Row rows[] = {
  { "compare", "年限 >= 3" },
  { "condition", "出站类型 = \"期满出站\" and 单位所有制 = \"民营\" and 年限 >= 3" },
  { "months", "years and months duration(合同开始, 合同结束).months + 12 * 年限 >= 36" },
  { "membership", "出站类型 in (\"期满出站\", \"转二站\") and 年限 in [1..10]" },
  { "amount", "if 年限 > 5 then decimal(金额 * 0.30, 2) else min(金额, 200000)" },
  { "loop", "sum(for i in 1..100 return i * 金额)" },
};

static ShyFeelScope *
new_scope (void)
{
  static const struct { const char *name, *literal; } facts[] = {
    { "年限", "6" }, { "金额", "123456.78" }, { "出站类型", "\"期满出站\"" },
    { "单位所有制", "\"民营\"" }, { "合同开始", "@\"2021-03-01\"" }, { "合同结束", "@\"2025-02-28\"" },
  };
  ShyFeelScope *scope = shy_feel_scope_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (ShyFeelExpression) expression =
        shy_feel_expression_new (facts[i].literal, NULL, NULL);
      g_autoptr (ShyFeelValue)      value = shy_feel_expression_evaluate (expression, NULL);

      shy_feel_scope_set (scope, facts[i].name, value);
    }
  return scope;
}

static void
measure_parse (const Row *row)
{
  gint64 start = g_get_monotonic_time ();
  double elapsed = 0;
  guint  n;

  for (n = 0; elapsed < SECONDS; n++)
    {
      shy_feel_expression_unref (shy_feel_expression_new (row->text, NULL, NULL));
      if (n % 64 == 0)
        elapsed = (g_get_monotonic_time () - start) / 1e6;
    }
  printf ("feel-parse-%s %.0f 1/s\n", row->name, n / elapsed);
}

static void
measure_evaluate (const Row    *row,
                  ShyFeelScope *scope)
{
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (row->text, NULL, NULL);
  gsize                         n_slots;
  const char *const            *slots = shy_feel_expression_get_slots (expression, &n_slots);
  g_autofree ShyFeelValue     **values = g_new (ShyFeelValue *, n_slots);
  gint64                        start;
  double                        elapsed = 0;
  guint                         n;

  for (gsize i = 0; i < n_slots; i++)
    values[i] = shy_feel_scope_lookup (scope, slots[i]);
  start = g_get_monotonic_time ();
  for (n = 0; elapsed < SECONDS; n++)
    {
      shy_feel_value_unref (shy_feel_expression_evaluate_slots (expression, values));
      if (n % 64 == 0)
        elapsed = (g_get_monotonic_time () - start) / 1e6;
    }
  printf ("feel-evaluate-%s %.0f 1/s\n", row->name, n / elapsed);
}

int
main (void)
{
  g_autoptr (ShyFeelScope) scope = new_scope ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    measure_parse (&rows[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    measure_evaluate (&rows[i], scope);
  return 0;
}
