/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-rule-private.h"

/* The fourth value, and what fails. Names: p is true, q is false, n is 5, l is [1, 2, 3], z is null,
 * e is an error, h is a list of one grant whose year is null, m is one of none; a, b, x, y are
 * unknown. */

static const char * const known_names[] = { "p", "q", "n", "l", "z", "e", "h", "m", "on", NULL };
static const char * const known_values[] = { "true", "false", "5", "[1, 2, 3]", "null",
                                             "number(\"?\")", "[{sum: 5, year: null}]", "[]",
                                             "@\"2024-02-29\"" };
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
  { "not(a or p)", "false" }, { "not(z)", "failed" },
  /* what touches unknown is unknown, null above all */
  { "a = null", "unknown", "a" }, { "a != null", "unknown", "a" }, { "null = a", "unknown", "a" },
  { "x = x", "unknown", "x" }, { "x = 3", "unknown", "x" }, { "x < n", "unknown", "x" },
  { "x + 1 > n", "unknown", "x" }, { "x + y", "unknown", "xy" }, { "-x", "unknown", "x" },
  { "string(x)", "unknown", "x" }, { "x instance of number", "unknown", "x" },
  { "[x, 1][2]", "unknown", "x" }, { "{r: x}.r", "unknown", "x" },
  { "count([x, y])", "unknown", "xy" }, { "if a then 1 else 2", "unknown", "a" },
  /* an if decides where its condition is known, and where its branches agree */
  { "if p then 1 else x", "1" }, { "if q then x else 1", "1" }, { "if z then x else 1", "failed" },
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
  /* what fails stays failed, whatever operator makes true or false of its null */
  { "e", "failed" }, { "e > 20", "failed" }, { "if e > 20 then q else p", "failed" },
  { "if e then p else p", "failed" }, { "e != 3", "failed" }, { "e = 3", "failed" },
  { "e = null", "failed" }, { "e != null", "failed" }, { "not(e > 1)", "failed" },
  { "not(e > 1) = true", "failed" }, { "(e > 1) = false", "failed" }, { "is(e, 3)", "failed" },
  { "e in (1, 2)", "failed" }, { "e in [1..2]", "failed" }, { "n in [e..9]", "failed" },
  { "n in (e, 6)", "failed" }, { "n between e and 9", "failed" },
  { "some i in l satisfies e = i", "failed" }, { "every i in l satisfies e != i", "failed" },
  { "some i in e satisfies i = 1", "failed" }, { "every i in [e] satisfies p", "failed" },
  { "some i in l satisfies z", "failed" }, { "some i in l satisfies (if e then p else p)", "failed" },
  { "count([e, 1]) > 1", "failed" }, { "count(l[item > e]) = 0", "failed" },
  { "count(l[e]) = 0", "failed" }, { "count(l[z]) = 0", "failed" },
  { "list contains([e], 1)", "failed" }, { "list contains(l, e)", "failed" },
  { "string(e) = \"null\"", "failed" }, { "string join([\"a\", e]) = \"a\"", "failed" },
  { "e instance of number", "failed" }, { "{r: e}.r = 1", "failed" },
  { "get value({r: e}, \"r\") = null", "failed" }, { "count(get entries({r: e})) = 1", "failed" },
  { "sum([e, 1]) != 1", "failed" }, { "max(e, 1) != 1", "failed" }, { "e.year != 1", "failed" },
  { "(for i in l return e)[1] != 1", "failed" }, { "{f: function(v) v > 1, r: f(e) != p}.r", "failed" },
  { "count(sort(l, function(v, w) e)) = 3", "failed" }, { "n / 0 != 1", "failed" },
  { "if n / 0 > 1 then q else p", "failed" }, { "n + z != 1", "failed" },
  { "if n > z then q else p", "failed" }, { "(n > \"5\") != p", "failed" },
  { "date(\"2023-6-31\") != on", "failed" }, { "duration(\"P\" + string(12.5) + \"M\") = null", "failed" },
  { "count(h[year > 2023]) = 0", "failed" }, { "list contains(l.year, 1)", "failed" },
  /* but where another member decides, it does not matter */
  { "e > 1 and q", "false" }, { "q and e > 1", "false" }, { "e > 1 or p", "true" },
  { "p or e > 1", "true" }, { "e > 1 and p", "failed" }, { "e > 1 or q", "failed" },
  { "(if e then q else q) and p", "failed" }, { "(if e then q else q) and q", "false" },
  { "(if e then q else q) or (e != 1)", "failed" }, { "n in (e, 5)", "true" },
  { "n in (5, e)", "true" }, { "some i in [e, 1] satisfies i = 1", "failed" },
  { "some i in l satisfies i / (i - 1) > 1", "true" }, { "every i in l satisfies i / (i - 1) > 9", "false" },
  { "every i in l satisfies i / (i - 1) > 1", "failed" },
  { "if p then n else e", "5" }, { "if q then e else n", "5" }, { "(e > 1 and q) = false", "true" },
  { "(e > 1) != (e > 1 and q)", "failed" },
  /* what is merely not there is no failure */
  { "z = null", "true" }, { "z != null", "false" }, { "h[1].year = null", "true" }, { "m[1] = null", "true" },
  { "count(m[year > 2023]) = 0", "true" }, { "count(h[sum > 2]) = 1", "true" },
  { "get value({r: 1}, \"s\") = null", "true" }, { "z = null or n > z", "true" },
  /* beside what is unknown */
  { "e > 1 and a", "unknown", "a" }, { "a or e > 1", "unknown", "a" }, { "e + x", "failed" },
  { "x + e", "failed" }, { "if e then x else y", "failed" }, { "if a then e else 1", "unknown", "a" },
  { "if a then e else e", "failed" }, { "if a then (if e then p else p) else p", "unknown", "a" },
  { "not(e > 1 and a)", "unknown", "a" }, { "x in (1, e)", "unknown", "x" }, { "e in (1, x)", "failed" },
  { "(a and e > 1) or p", "true" }, { "some i in l satisfies e = i and a", "unknown", "a" },
  { "some i in e satisfies a", "failed" },
  /* today is the day of the decision */
  { "today() = on", "true" }, { "date(now()) = on", "true" }, { "day of year(today())", "60" },
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
         : shy_feel_value_is_null (value)
           ? g_strdup (shy_feel_value_get_error (value) != NULL
                       || shy_feel_value_get_remark (value) != NULL ? "failed" : "null")
                                          : shy_feel_value_to_string (value);
  g_test_message ("%s", row->expression);
  g_assert_cmpstr (text, ==, row->expected);
  for (guint i = 0; value == NULL && unknown_names[i] != NULL; i++)
    if (shy_mask_has (&live, G_N_ELEMENTS (known_values) + i))
      g_string_append_c (found, *unknown_names[i]);
  g_assert_cmpstr (found->str, ==, row->live != NULL ? row->live : "");
}

/* Random conditions of what is true, false, failing (e) and not known, against a model that knows
 * nothing of the evaluator; and what is said while something is unknown, against all that it may turn
 * out to be. */
typedef enum { NO, YES, FAILED } Model;

static Model
model_junction (Model a,
                Model b,
                Model decides)
{
  if (a == decides || b == decides)
    return decides;
  return a == FAILED || b == FAILED ? FAILED : (Model) !decides;
}

/* Appends a condition to @text, and gives what it is for the values of a and b. */
static Model
grow (GString *text,
      GRand   *rand,
      guint    depth,
      Model    a,
      Model    b)
{
  static const char *const atoms[] = { "p", "q", "(e > 1)", "a", "b", "(n / 0 > 1)", "(l[4] > 1)" };
  const Model              values[] = { YES, NO, FAILED, a, b, FAILED, FAILED };
  Model                    left, right, third;
  guint                    kind = depth == 0 ? 0 : (guint) g_rand_int_range (rand, 0, 8);

  if (kind == 0)
    {
      guint atom = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (atoms));

      g_string_append (text, atoms[atom]);
      return values[atom];
    }
  g_string_append (text, kind == 1 ? "not(" : kind == 2 ? "(if " : "(");
  left = grow (text, rand, depth - 1, a, b);
  if (kind == 1)
    {
      g_string_append_c (text, ')');
      return left == FAILED ? FAILED : (Model) !left;
    }
  g_string_append (text, kind == 2 ? " then " : kind < 5 ? " and " : kind < 7 ? " or " : " != ");
  right = grow (text, rand, depth - 1, a, b);
  if (kind == 2)
    {
      g_string_append (text, " else ");
      third = grow (text, rand, depth - 1, a, b);
    }
  g_string_append_c (text, ')');
  if (kind == 2)
    return left == FAILED ? FAILED : left == YES ? right : third;
  if (kind < 5)
    return model_junction (left, right, NO);
  if (kind < 7)
    return model_junction (left, right, YES);
  return left == FAILED || right == FAILED ? FAILED : (Model) (left != right);
}

static int
evaluate_model (const char         *text,
                GHashTable         *slots,
                const ShyRuleState *state)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (text, list_names (), &error);
  g_autoptr (ShyRule)           rule = shy_rule_new (expression, slots, &error);
  g_autoptr (ShyFeelValue)      value = NULL;
  ShyMask                       live = { 0 };

  g_assert_no_error (error);
  value = shy_rule_evaluate (rule, state, &live);
  if (value == NULL)
    return -1;
  return shy_feel_value_is_null (value) ? FAILED : (int) shy_feel_value_get_truth (value);
}

static void
test_random (void)
{
  static const char *const atoms[] = { "a", "b" };
  g_autoptr (GHashTable)   slots = number_names ();
  g_autoptr (GRand)        rand = g_rand_new_with_seed (20251130);
  ShyFeelValue            *values[16] = { NULL };
  ShyMask                  live[16] = { { { 0 } } };
  ShyRuleState             state = { .values = values, .live = live };
  guint                    n_known = G_N_ELEMENTS (known_values);

  for (guint i = 0; i < n_known; i++)
    values[i] = value_of (known_values[i]);
  for (guint i = 0; i < 4000; i++)
    {
      guint32 seed = g_rand_int (rand);
      int     said[4];
      int     open = 0;

      for (guint j = 0; j < 5; j++)
        {
          g_autoptr (GRand)   own = g_rand_new_with_seed (seed);
          g_autoptr (GString) text = g_string_new (NULL);
          Model               model = grow (text, own, 4, (Model) (j & 1), (Model) (j >> 1 & 1));

          for (guint k = 0; k < G_N_ELEMENTS (atoms); k++)
            values[n_known + k] = j < 4 ? shy_feel_value_new_boolean ((j >> k) & 1) : NULL;
          g_test_message ("%s, a %u, b %u", text->str, j & 1, j >> 1 & 1);
          if (j < 4)
            {
              said[j] = evaluate_model (text->str, slots, &state);
              g_assert_cmpint (said[j], ==, model);
            }
          else
            open = evaluate_model (text->str, slots, &state);
        }
      for (guint j = 0; j < 4 && open >= 0; j++)
        g_assert_cmpint (open, ==, said[j]);
    }
  for (guint i = 0; i < n_known; i++)
    shy_feel_value_unref (values[i]);
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
  test_init (&argc, &argv);
  g_test_add_func ("/rule/table", test_table);
  g_test_add_func ("/rule/random", test_random);

  return g_test_run ();
}
