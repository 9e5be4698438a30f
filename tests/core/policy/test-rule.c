/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-rule-private.h"

/* The fourth value. Names: p is true, q is false, n is 5, l is [1, 2, 3], z is null; a, b, x, y are
 * unknown. */

static const char * const known_names[] = { "p", "q", "n", "l", "z", NULL };
static const char * const known_values[] = { "true", "false", "5", "[1, 2, 3]", "null" };
static const char * const unknown_names[] = { "a", "b", "x", "y", "unset", NULL };

typedef struct {
  const char *expression;
  const char *expected;
  const char *live; /* what an unknown hangs on */
} Row;

static const Row rows[] = {
  /* conjunction and disjunction: both orders, with null */
  { "p and p", "true" }, { "p and q", "false" }, { "q and a", "false" }, { "a and q", "false" },
  { "p and a", "unknown", "a" }, { "a and p", "unknown", "a" }, { "a and b", "unknown", "ab" },
  { "z and a", "unknown", "a" }, { "z and q", "false" }, { "z and p", "null" },
  { "q or a", "unknown", "a" }, { "p or a", "true" }, { "a or p", "true" },
  { "a or b", "unknown", "ab" }, { "z or a", "unknown", "a" }, { "z or p", "true" },
  { "z or q", "null" }, { "a and b and q", "false" }, { "a or b or p", "true" },
  { "(a and q) or (b and p)", "unknown", "b" }, { "(a or p) and (b or p)", "true" },
  { "not(a)", "unknown", "a" }, { "not(q)", "true" }, { "not(a and q)", "true" },
  { "not(a or p)", "false" }, { "not(z)", "null" },
  /* what touches unknown is unknown, null above all */
  { "a = null", "unknown", "a" }, { "a != null", "unknown", "a" }, { "null = a", "unknown", "a" },
  { "x = x", "unknown", "x" }, { "x = 3", "unknown", "x" }, { "x < n", "unknown", "x" },
  { "x + 1 > n", "unknown", "x" }, { "x + y", "unknown", "xy" }, { "-x", "unknown", "x" },
  { "string(x)", "unknown", "x" }, { "x instance of number", "unknown", "x" },
  { "[x, 1][2]", "unknown", "x" }, { "{r: x}.r", "unknown", "x" },
  { "count([x, y])", "unknown", "xy" }, { "if a then 1 else 2", "unknown", "a" },
  /* an if decides where its condition is known, and where its branches agree */
  { "if p then 1 else x", "1" }, { "if q then x else 1", "1" }, { "if z then x else 1", "1" },
  { "if a then 1 else 1", "1" }, { "if a then x else x", "unknown", "ax" },
  { "if a then n else 5", "5" }, { "(if a then 1 else 1) + 1", "2" },
  { "(if a then 4 else 4) < n", "true" }, { "if a and q then x else true", "true" },
  { "if a then null else null", "null" },
  /* membership */
  { "n in (5, x)", "true" }, { "n in (x, 5)", "true" }, { "n in (4, x)", "unknown", "x" },
  { "n in (< 6, > x)", "true" }, { "n in ([1..9], x)", "true" }, { "x in (1, 2)", "unknown", "x" },
  { "n in (1, 2)", "false" },
  { "n between x and 4", "false" }, { "n between 6 and x", "false" },
  { "n between x and 6", "unknown", "x" }, { "x between 1 and 6", "unknown", "x" },
  { "n between 1 and 6", "true" },
  /* quantifiers */
  { "some i in l satisfies i > 2", "true" },
  { "some i in l satisfies i > 2 or a", "true" },
  { "some i in l satisfies i > 3 and a", "false" },
  { "some i in l satisfies i > 2 and a", "unknown", "a" },
  { "every i in l satisfies i < 4 or a", "true" },
  { "every i in l satisfies i < 3 and a", "false" },
  { "every i in l satisfies i < 3 or a", "unknown", "a" },
  { "some i in [] satisfies a", "false" }, { "every i in [] satisfies a", "true" },
  { "some i in [x] satisfies i > 2", "unknown", "x" },
  { "every i in l satisfies i > x", "unknown", "x" },
  /* calls and filters are unknown as wholes */
  { "list contains(l, x)", "unknown", "x" }, { "l[item > x]", "unknown", "x" },
  { "for i in l return i + x", "unknown", "x" },
  /* a setting that nobody set: whether it is set is known, what it is is not */
  { "unset = null", "true" }, { "unset != null", "false" }, { "null = unset", "true" },
  { "unset = 3", "unknown", "u" }, { "n > unset", "unknown", "u" },
  { "unset = null or n > unset", "true" }, { "unset != null and n > unset", "false" },
};

static GHashTable *
number_names (void)
{
  GHashTable *slots = g_hash_table_new (g_str_hash, g_str_equal);
  guint       next = 1;

  for (guint i = 0; known_names[i] != NULL; i++)
    g_hash_table_insert (slots, (gpointer) known_names[i], GUINT_TO_POINTER (next++));
  for (guint i = 0; unknown_names[i] != NULL; i++)
    g_hash_table_insert (slots, (gpointer) unknown_names[i], GUINT_TO_POINTER (next++));

  return slots;
}

static const char * const *
list_names (void)
{
  static const char *names[G_N_ELEMENTS (known_names) + G_N_ELEMENTS (unknown_names) - 1];
  guint              n = 0;

  for (guint i = 0; known_names[i] != NULL; i++)
    names[n++] = known_names[i];
  for (guint i = 0; unknown_names[i] != NULL; i++)
    names[n++] = unknown_names[i];

  return names;
}

static ShyFeelValue *
value_of (const char *text)
{
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (text, NULL, NULL);

  return shy_feel_expression_evaluate (expression, NULL);
}

static void
check_row (const Row          *row,
           GHashTable         *slots,
           const ShyRuleState *state)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression = NULL;
  g_autoptr (ShyRule)           rule = NULL;
  g_autoptr (ShyFeelValue)      value = NULL;
  g_autoptr (GString)           found = g_string_new (NULL);
  g_autofree char              *text = NULL;
  ShyMask                       live = { 0 };

  expression = shy_feel_expression_new (row->expression, list_names (), &error);
  g_assert_no_error (error);
  rule = shy_rule_new (expression, slots, &error);
  g_assert_no_error (error);
  value = shy_rule_evaluate (rule, state, &live);
  text = value == NULL ? g_strdup ("unknown")
         : shy_feel_value_is_null (value) ? g_strdup ("null")
                                          : shy_feel_value_to_string (value);
  g_test_message ("%s", row->expression);
  g_assert_cmpstr (text, ==, row->expected);
  for (guint i = 0; value == NULL && unknown_names[i] != NULL; i++)
    if (shy_mask_has (&live, G_N_ELEMENTS (known_values) + i))
      g_string_append_c (found, *unknown_names[i]);
  g_assert_cmpstr (found->str, ==, row->live != NULL ? row->live : "");
}

static void
test_table (void)
{
  g_autoptr (GHashTable) slots = number_names ();
  guint                  n_known = G_N_ELEMENTS (known_values);
  ShyFeelValue          *values[16] = { NULL };
  ShyMask                live[16] = { { { 0 } } };
  ShyRuleState           state = { .values = values, .live = live };

  for (guint i = 0; i < n_known; i++)
    values[i] = value_of (known_values[i]);
  for (guint i = n_known; i < 16; i++)
    shy_mask_add (&live[i], i);
  shy_mask_add (&state.unset, n_known + 4);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i], slots, &state);
  for (guint i = 0; i < n_known; i++)
    shy_feel_value_unref (values[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rule/table", test_table);

  return g_test_run ();
}
