/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-expression.h"
#include "shy-error.h"

#include <string.h>

/* What the rest of the program uses: values, scopes, functions of its own, several threads. */

static ShyFeelValue *
evaluate (const char   *text,
          ShyFeelScope *scope)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression =
    shy_feel_expression_new_for_scope (text, scope, &error);

  g_assert_no_error (error);
  return shy_feel_expression_evaluate (expression, scope);
}

static void
assert_literal (ShyFeelValue *value,
                const char   *expected)
{
  g_autofree char *text = shy_feel_value_to_literal (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_money (void)
{
  g_autoptr (ShyFeelScope) scope = shy_feel_scope_new (NULL);
  g_autoptr (ShyFeelValue) amount = shy_feel_value_new_decimal (20000050, 2);
  g_autoptr (ShyFeelValue) third = NULL;
  g_autoptr (ShyFeelValue) half = NULL;
  gint64                   fen;

  shy_feel_scope_set (scope, "金额", amount);
  assert_literal (amount, "200000.50");
  half = evaluate ("金额 / 2", scope);
  g_assert_true (shy_feel_value_get_decimal (half, 2, &fen));
  g_assert_cmpint (fen, ==, 10000025);
  third = evaluate ("金额 / 3", scope);
  g_assert_false (shy_feel_value_get_decimal (third, 2, &fen));
  g_assert_false (shy_feel_value_get_integer (third, &fen));
}

static void
test_numbers (void)
{
  static const char *const good[] = { "1", "-1.50", ".5", "1e3", "1200.50" };
  static const char *const bad[] = { "", "-", ".", "1.", "1,5", "0x10", " 1", "1e", "NaN", "inf",
                                     "1e99999", "--1" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (ShyFeelValue) value = shy_feel_value_new_number (good[i], NULL);

      g_assert_nonnull (value);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (shy_feel_value_new_number (bad[i], &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_true (strstr (error->message, bad[i]) != NULL);
    }
}

static void
test_from_json (void)
{
  g_autoptr (JsonNode)     node = json_from_string (
    "{\"n\": 0.1, \"big\": 330822199001011234, \"d\": \"2025-06-30\", \"l\": [true, null],"
    " \"o\": {\"a b\": 1.25}}", NULL);
  g_autoptr (ShyFeelValue) value = shy_feel_value_new_from_json (node);
  g_autoptr (JsonNode)     back = NULL;

  assert_literal (value, "{n: 0.1, big: 330822199001011234, d: \"2025-06-30\", l: [true, null], "
                         "o: {a b: 1.25}}");
  g_assert_cmpint (shy_feel_value_get_value_type (shy_feel_value_get_entry (value, "d")), ==,
                   SHY_FEEL_TYPE_STRING);
  back = shy_feel_value_to_json (value);
  g_assert_cmpint (
    json_object_get_int_member (json_node_get_object (back), "big"), ==, 330822199001011234);
}

static void
test_from_json_text (void)
{
  static const char        text[] = "{\"c\": {\"big\": 123456789012345678901234567890,"
                                    " \"fine\": 0.1234567890123456789, \"l\": [1e3, 2.50, 3.00, \"x\"]}}";
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyFeelValue) value = shy_feel_value_new_from_json_text (text, -1, "c", &error);
  g_autoptr (ShyFeelValue) none = shy_feel_value_new_from_json_text (text, -1, "d", NULL);

  g_assert_no_error (error);
  assert_literal (value, "{big: 123456789012345678901234567890, fine: 0.1234567890123456789, "
                         "l: [1000, 2.5, 3, \"x\"]}");
  assert_literal (none, "null");
  g_assert_null (shy_feel_value_new_from_json_text ("{\"a\": 1,}", -1, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

static void
test_typed_json (void)
{
  g_autoptr (ShyFeelValue) value = evaluate ("{a: [1.0, \"x\"], b: abs(\"x\"), c: @\"P1D\"}", NULL);
  g_autoptr (JsonNode)     node = shy_feel_value_to_typed_json (value);
  g_autofree char         *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"type\":\"context\",\"entries\":{\"a\":{\"type\":\"list\",\"items\":["
                   "{\"type\":\"number\",\"text\":\"1.0\"},{\"type\":\"string\",\"text\":\"x\"}]},"
                   "\"b\":{\"type\":\"null\",\"error\":\"abs(): “n” cannot be a string.\"},"
                   "\"c\":{\"type\":\"days and time duration\",\"text\":\"P1D\"}}}");
}

static void
test_dates (void)
{
  g_autoptr (ShyFeelValue) date = shy_feel_value_new_date (2024, 2, 29);
  g_autoptr (GError)       error = NULL;
  int                      year, month, day;

  g_assert_true (shy_feel_value_get_date (date, &year, &month, &day));
  g_assert_cmpint (year * 10000 + month * 100 + day, ==, 20240229);
  g_assert_null (shy_feel_value_new_date (2025, 2, 29));
  g_assert_null (shy_feel_value_new_temporal ("2025-13-01", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

static void
test_reasons (void)
{
  g_autoptr (ShyFeelValue) error = evaluate ("1 + \"a\"", NULL);
  g_autoptr (ShyFeelValue) remark = evaluate ("1 / 0", NULL);
  g_autoptr (ShyFeelValue) carried = evaluate ("(1 + \"a\") * 2 > 3 and true", NULL);

  g_assert_cmpstr (shy_feel_value_get_error (error), ==, "“+” cannot join a number and a string.");
  g_assert_null (shy_feel_value_get_error (remark));
  g_assert_cmpstr (shy_feel_value_get_remark (remark), ==, "Division by zero.");
  g_assert_cmpstr (shy_feel_value_get_error (carried), ==, shy_feel_value_get_error (error));
}

/* A function of the program, with one parameter that may be left out. */
static ShyFeelValue *
repeat_text (ShyFeelValue *const *arguments,
             gsize                n_arguments,
             gpointer             user_data)
{
  const char *text = shy_feel_value_get_string (arguments[0]);
  gint64      times = 1;
  GString    *result;

  g_assert_cmpuint (n_arguments, ==, 2);
  if (text == NULL)
    return shy_feel_value_new_error ("no text");
  if (!shy_feel_value_is_null (arguments[1]))
    shy_feel_value_get_integer (arguments[1], &times);
  result = g_string_new (NULL);
  while (times-- > 0)
    g_string_append (result, text);
  g_string_append (result, user_data);
  {
    g_autofree char *owned = g_string_free (result, FALSE);

    return shy_feel_value_new_string (owned);
  }
}

static void
test_native (void)
{
  static const char *const parameters[] = { "text", "how often", NULL };
  static const struct { const char *text, *expected; } rows[] = {
    { "repeat and mark(\"a\", 3)", "\"aaa!\"" },
    { "repeat and mark(\"a\")", "\"a!\"" },
    { "repeat and mark(how often: 2, text: \"b\")", "\"bb!\"" },
    { "for t in [\"x\", \"y\"] return repeat and mark(t)", "[\"x!\", \"y!\"]" },
    { "(function(f) f(\"z\"))(repeat and mark)", "\"z!\"" },
    { "repeat and mark()", "null" },
    { "repeat and mark(1, 2, 3)", "null" },
    { "repeat and mark(what: 1)", "null" },
    { "repeat and mark(1)", "null" },
  };
  g_autoptr (ShyFeelScope) scope = shy_feel_scope_new (NULL);
  g_autoptr (ShyFeelScope) inner = shy_feel_scope_new (scope);
  g_autoptr (ShyFeelValue) function =
    shy_feel_value_new_function ("repeat and mark", parameters, 1, repeat_text, g_strdup ("!"),
                                 g_free);

  shy_feel_scope_set (scope, "repeat and mark", function);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyFeelValue) value = evaluate (rows[i].text, inner);

      g_test_message ("%s", rows[i].text);
      assert_literal (value, rows[i].expected);
      g_assert_true (g_str_equal (rows[i].expected, "null") ==
                     (shy_feel_value_get_error (value) != NULL));
    }
}

static void
test_slots (void)
{
  static const char *const      names[] = { "年限", "类型", NULL };
  g_autoptr (ShyFeelExpression) expression =
    shy_feel_expression_new ("类型 = \"民营\" and 年限 >= 3", names, NULL);
  g_autoptr (ShyFeelValue)      kind = shy_feel_value_new_string ("民营");
  g_autoptr (ShyFeelValue)      years = shy_feel_value_new_integer (3);
  g_autoptr (ShyFeelValue)      value = NULL;
  ShyFeelValue                 *values[] = { kind, years };
  const char *const            *slots;
  gsize                         n_slots;

  slots = shy_feel_expression_get_slots (expression, &n_slots);
  g_assert_cmpuint (n_slots, ==, 2);
  g_assert_cmpstr (slots[0], ==, "类型");
  g_assert_cmpstr (slots[1], ==, "年限");
  value = shy_feel_expression_evaluate_slots (expression, values);
  g_assert_cmpint (shy_feel_value_get_truth (value), ==, SHY_FEEL_TRUE);
}

static void
test_nested_names (void)
{
  g_autoptr (JsonNode)     node = json_from_string (
    "{\"applicant\": {\"Loan-to-value ratio\": 0.5, \"name and title\": \"x\"},"
    " \"people\": [{\"given name\": \"a\"}]}", NULL);
  g_autoptr (ShyFeelValue) context = shy_feel_value_new_from_json (node);
  g_autoptr (ShyFeelScope) scope = shy_feel_scope_new (NULL);
  g_autoptr (ShyFeelValue) ratio = NULL;
  g_autoptr (ShyFeelValue) title = NULL;
  g_autoptr (ShyFeelValue) found = NULL;

  shy_feel_scope_set_context (scope, context);
  ratio = evaluate ("applicant.Loan - to - value ratio * 2", scope);
  assert_literal (ratio, "1.0");
  title = evaluate ("applicant.name and title", scope);
  assert_literal (title, "\"x\"");
  found = evaluate ("count(people[given name = \"a\"])", scope);
  assert_literal (found, "1");
}

#define N_THREADS 4
#define N_ROUNDS  2000

static gpointer
evaluate_often (gpointer data)
{
  for (gint64 i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (ShyFeelScope) scope = shy_feel_scope_new (NULL);
      g_autoptr (ShyFeelValue) n = shy_feel_value_new_integer (i);
      g_autoptr (ShyFeelValue) value = NULL;
      gint64                   sum;

      shy_feel_scope_set (scope, "n", n);
      value = shy_feel_expression_evaluate (data, scope);
      g_assert_true (shy_feel_value_get_integer (value, &sum));
      g_assert_cmpint (sum, ==, 3 * i + 6);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (ShyFeelExpression) expression =
    shy_feel_expression_new ("sum(for i in 1..3 return (function(x) x + i)(n))", NULL, NULL);
  GThread                      *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("feel", evaluate_often, expression);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/feel/value/money", test_money);
  g_test_add_func ("/feel/value/numbers", test_numbers);
  g_test_add_func ("/feel/value/from-json", test_from_json);
  g_test_add_func ("/feel/value/from-json-text", test_from_json_text);
  g_test_add_func ("/feel/value/typed-json", test_typed_json);
  g_test_add_func ("/feel/value/dates", test_dates);
  g_test_add_func ("/feel/value/reasons", test_reasons);
  g_test_add_func ("/feel/value/native", test_native);
  g_test_add_func ("/feel/value/slots", test_slots);
  g_test_add_func ("/feel/value/nested-names", test_nested_names);
  g_test_add_func ("/feel/value/threads", test_threads);
  return g_test_run ();
}
