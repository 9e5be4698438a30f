/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-number-private.h"

#include <math.h>
#include <string.h>

#define DIGITS_34 "1234567890123456789012345678901234"

static ShyFeelNumber
parse (const char *text)
{
  ShyFeelNumber number;

  g_assert_true (shy_feel_number_parse (text, -1, &number));
  return number;
}

static void
assert_text (ShyFeelNumber number,
             const char   *expected)
{
  g_autofree char *text = shy_feel_number_to_string (number);

  g_assert_cmpstr (text, ==, expected);
}

/* What goes in and what comes out: 34 digits, halves to the even neighbour, no exponent. */
static void
test_text (void)
{
  static const struct { const char *text, *expected; } rows[] = {
    { "0", "0" }, { "-0", "0" }, { "-0.00", "0.00" }, { "007", "7" }, { "1.50", "1.50" },
    { "-.5", "-0.5" }, { "1e3", "1000" }, { "1.20E3", "1200" }, { "12e-4", "0.0012" },
    { "-12e-2", "-0.12" }, { "1e-7", "0.0000001" }, { DIGITS_34, DIGITS_34 },
    { DIGITS_34 "5", "12345678901234567890123456789012340" },
    { DIGITS_34 "51", "123456789012345678901234567890123500" },
    { "0." DIGITS_34 "6", "0.1234567890123456789012345678901235" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_text (parse (rows[i].text), rows[i].expected);
}

static void
test_range (void)
{
  static const char *const outside[] = { "1e6145", "-1e6145", "1e999999999999", "1e-6177",
                                         "1e-999999999999" };
  ShyFeelNumber            number, largest = parse ("9.999999999999999999999999999999999e6144");
  ShyFeelNumber            smallest = parse ("1e-6176");

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_false (shy_feel_number_parse (outside[i], -1, &number));
  g_assert_false (shy_feel_number_add (largest, largest, &number));
  g_assert_false (shy_feel_number_multiply (largest, parse ("10"), &number));
  g_assert_false (shy_feel_number_divide (smallest, parse ("10"), &number));
  g_assert_false (shy_feel_number_divide (largest, parse ("0"), &number));
  g_assert_false (shy_feel_number_modulo (largest, parse ("0"), &number));
  g_assert_false (shy_feel_number_power (parse ("0"), parse ("-1"), &number));
  g_assert_false (shy_feel_number_power (parse ("-2"), parse ("0.5"), &number));
  g_assert_false (shy_feel_number_power (parse ("2"), parse ("999999999"), &number));
  g_assert_false (shy_feel_number_sqrt (parse ("-1"), &number));
  g_assert_false (shy_feel_number_log (parse ("0"), &number));
  g_assert_false (shy_feel_number_exp (largest, &number));
}

typedef struct
{
  const char     *number;
  int             scale;
  ShyFeelRounding rounding;
  const char     *expected;
} RoundRow;

static const RoundRow round_rows[] = {
  { "2.5", 0, SHY_FEEL_ROUND_HALF_EVEN, "2" },
  { "3.5", 0, SHY_FEEL_ROUND_HALF_EVEN, "4" },
  { "-2.5", 0, SHY_FEEL_ROUND_HALF_EVEN, "-2" },
  { "2.5", 0, SHY_FEEL_ROUND_HALF_UP, "3" },
  { "-2.5", 0, SHY_FEEL_ROUND_HALF_UP, "-3" },
  { "2.5", 0, SHY_FEEL_ROUND_HALF_DOWN, "2" },
  { "-2.5", 0, SHY_FEEL_ROUND_HALF_DOWN, "-2" },
  { "2.5000000000000000000000000000001", 0, SHY_FEEL_ROUND_HALF_DOWN, "3" },
  { "-2.51", 0, SHY_FEEL_ROUND_HALF_DOWN, "-3" },
  { "2.01", 0, SHY_FEEL_ROUND_UP, "3" },
  { "-2.01", 0, SHY_FEEL_ROUND_UP, "-3" },
  { "2.99", 0, SHY_FEEL_ROUND_DOWN, "2" },
  { "-2.99", 0, SHY_FEEL_ROUND_DOWN, "-2" },
  { "-2.01", 0, SHY_FEEL_ROUND_FLOOR, "-3" },
  { "-2.99", 0, SHY_FEEL_ROUND_CEILING, "-2" },
  { "-0.3", 0, SHY_FEEL_ROUND_CEILING, "0" },
  { "1", 2, SHY_FEEL_ROUND_HALF_EVEN, "1.00" },
  { "1250", -2, SHY_FEEL_ROUND_HALF_UP, "1300" },
  { "5.5", 6176, SHY_FEEL_ROUND_UP, "5.5" },
  { "5.5", -6111, SHY_FEEL_ROUND_DOWN, "0" },
  { DIGITS_34, 1, SHY_FEEL_ROUND_UP, DIGITS_34 },
};

static void
test_round (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (round_rows); i++)
    {
      ShyFeelNumber result;

      g_assert_true (shy_feel_number_round (parse (round_rows[i].number), round_rows[i].scale,
                                            round_rows[i].rounding, &result));
      assert_text (result, round_rows[i].expected);
    }
}

static void
test_integers (void)
{
  gint64 integer;

  assert_text (shy_feel_number_from_int64 (G_MININT64), "-9223372036854775808");
  g_assert_true (shy_feel_number_to_int64 (parse ("9223372036854775807"), &integer));
  g_assert_cmpint (integer, ==, G_MAXINT64);
  g_assert_true (shy_feel_number_to_int64 (parse ("12.00"), &integer));
  g_assert_cmpint (integer, ==, 12);
  g_assert_false (shy_feel_number_to_int64 (parse ("12.01"), &integer));
  g_assert_false (shy_feel_number_to_int64 (parse ("9223372036854775808"), &integer));
  g_assert_cmpint (shy_feel_number_truncate (parse ("-3.99")), ==, -3);
  g_assert_cmpint (shy_feel_number_truncate (parse ("1e30")), ==, G_MAXINT64);
  g_assert_cmpint (shy_feel_number_truncate (parse ("-1e30")), ==, G_MININT64);
  g_assert_true (shy_feel_number_is_integer (parse ("1e40")));
  g_assert_false (shy_feel_number_is_integer (parse ("1e-40")));
}

static void
test_doubles (void)
{
  static const struct { double number; const char *expected; } rows[] = {
    { 0.1, "0.1" }, { 3000.10, "3000.1" }, { 1e21, "1000000000000000000000" },
    { 1.0 / 3, "0.3333333333333333" }, { -2.5, "-2.5" }, { 5e-324, NULL },
  };
  ShyFeelNumber number;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (shy_feel_number_from_double (rows[i].number, &number));
      if (rows[i].expected != NULL)
        assert_text (number, rows[i].expected);
      g_assert_true (shy_feel_number_to_double (number) == rows[i].number);
    }
  g_assert_false (shy_feel_number_from_double (INFINITY, &number));
  g_assert_false (shy_feel_number_from_double (NAN, &number));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/feel/number/text", test_text);
  g_test_add_func ("/feel/number/range", test_range);
  g_test_add_func ("/feel/number/round", test_round);
  g_test_add_func ("/feel/number/integers", test_integers);
  g_test_add_func ("/feel/number/doubles", test_doubles);
  return g_test_run ();
}
