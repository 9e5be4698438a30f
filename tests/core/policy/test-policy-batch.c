/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-columns-private.h"
#include "policy/shy-policy-batch.h"
#include "policy/shy-policy-registry.h"
#include "policy-double.h"
#include "shy-data.h"

/* Columns against the judge: the same answer for every row, on the shipped packs with their cases
 * shaken, and on a policy that uses every operation. SHANYE_TEST_ROUNDS makes it run longer,
 * SHANYE_TEST_SEED begins elsewhere. */

#define ROWS 36

static GRand *rand_;

static guint
number_of_rows (void)
{
  const char *rounds = g_getenv ("SHANYE_TEST_ROUNDS");

  return rounds != NULL ? (guint) g_ascii_strtoull (rounds, NULL, 10) : ROWS;
}

static int
pick (int n)
{
  return g_rand_int_range (rand_, 0, n);
}

static char *
random_number (void)
{
  switch (pick (12))
    {
    case 0:
      return g_strdup ("0.00001"); /* more digits than a column holds */
    case 1:
      return g_strdup ("123456789012345678901234567890");
    case 2:
      return g_strdup_printf ("-%d.5", pick (20));
    case 3:
      return g_strdup_printf ("%d.%04d", pick (20), pick (10000));
    case 4:
      return g_strdup_printf ("%d.2500000", pick (50));
    case 5:
      return g_strdup_printf ("%d", pick (100000));
    case 6:
      return g_strdup_printf ("%d", pick (40));
    default:
      return g_strdup_printf ("%d", pick (6)); /* often on the bounds of conditions */
    }
}

static char *
random_date (void)
{
  static const char * const bounds[] = { "2020-01-01", "2022-01-01", "2022-06-30", "2022-07-01",
                                         "2022-07-02", "2024-02-29" };

  if (pick (2) == 0)
    return g_strdup (bounds[pick (G_N_ELEMENTS (bounds))]);

  return g_strdup_printf ("%d-%02d-%02d", 2018 + pick (9), 1 + pick (12), 1 + pick (28));
}

static char *
random_value (const ShyPolicyField *field)
{
  static const char * const counties[] = { "331122", "330127", "330326", "330822", "330106", "331121" };
  static const char * const texts[] = { "", "甲", "甲乙丙有限公司", "乙丙", "91331122MA00000155",
                                        "52331122MA00000155", "B2023-0001" };

  switch (shy_policy_type_get_kind (field->type))
    {
    case SHY_FACT_NUMBER:
      return random_number ();
    case SHY_FACT_BOOLEAN:
      return g_strdup (pick (2) == 0 ? "true" : "false");
    case SHY_FACT_DATE:
      return random_date ();
    case SHY_FACT_MONTH:
      return g_strdup_printf ("%d-%02d", 2022 + pick (2), 1 + pick (12));
    case SHY_FACT_TEXT:
    default:
      if (field->values != NULL)
        return g_strdup (field->values[pick ((int) g_strv_length (field->values))]);
      return g_strdup (field->type == SHY_POLICY_TYPE_COUNTY
                         ? counties[pick (G_N_ELEMENTS (counties))]
                         : texts[pick (G_N_ELEMENTS (texts))]);
    }
}

/* Changes a few facts, forgets some. */
static void
shake (ShyPolicy *policy,
       ShyFacts  *facts,
       int        times)
{
  GPtrArray *fields = shy_policy_get_fields (policy);

  for (int i = 0; i < times; i++)
    {
      const ShyPolicyField *field = g_ptr_array_index (fields, pick ((int) fields->len));
      g_autofree char      *value = random_value (field);

      if (pick (6) == 0)
        shy_facts_remove (facts, field->name);
      else
        shy_facts_take (facts, policy, field->name, value, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
    }
  if (pick (8) == 0)
    {
      GDate on = *shy_facts_get_on (facts);

      g_date_add_days (&on, (guint) pick (900));
      shy_facts_set_on (facts, &on);
    }
  if (pick (12) == 0)
    shy_facts_set_history_known (facts, FALSE);
  if (pick (12) == 0)
    shy_facts_set_county (facts, NULL);
}

/* The facts as the judge alone would be given them. */
static void
check_row (ShyPolicyBatch *batch,
           guint           row,
           ShyPolicy      *policy,
           const ShyFacts *facts)
{
  g_autoptr (ShyVerdict) verdict = decide (policy, facts);
  GPtrArray             *criteria = shy_policy_get_criteria (policy);

  g_test_message ("row %u", row);
  g_assert_cmpint (shy_policy_batch_get_outcome (batch, row), ==, shy_verdict_get_outcome (verdict));
  g_assert_cmpint (shy_policy_batch_get_amount (batch, row), ==, shy_verdict_get_amount (verdict));
  for (guint i = 0; i < criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (criteria, i);

      g_test_message ("%s", criterion->id);
      g_assert_cmpint (shy_policy_batch_get_result (batch, row, i), ==,
                       shy_verdict_find_criterion (verdict, criterion->id)->result);
    }
}

static void
check_batch (ShyPolicy      *policy,
             const ShyFacts *frame,
             GPtrArray      *rows)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyPolicyBatch) batch = shy_policy_batch_new (policy, frame, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    shy_policy_batch_append (batch, g_ptr_array_index (rows, i));
  g_assert_true (shy_policy_batch_run (batch, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    check_row (batch, i, policy, g_ptr_array_index (rows, i));
}

/* Rows share the settings of their batch, so the cases of one pack are taken by their settings: one
 * batch with none, and one with those of a case that has some. */
static void
shake_pack (ShyPolicy           *policy,
            const ShyPolicyCase *model)
{
  g_autoptr (ShyFacts)  frame = shy_facts_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  GPtrArray            *cases = shy_policy_get_cases (policy);

  for (guint i = 0; i < model->settings->len; i++)
    {
      const ShyPolicyFact *setting = g_ptr_array_index (model->settings, i);

      if (setting->value != NULL)
        shy_facts_take_setting (frame, policy, setting->name, setting->value, NULL);
    }
  for (guint i = 0; i < number_of_rows (); i++)
    {
      ShyPolicyCase       *given = g_ptr_array_index (cases, pick ((int) cases->len));
      g_autoptr (GPtrArray) own = g_ptr_array_ref (given->settings);
      ShyFacts             *facts;

      given->settings = model->settings;
      facts = shy_facts_new_from_case (given, policy, NULL);
      given->settings = own;
      shake (policy, facts, pick (4));
      g_ptr_array_add (rows, facts);
    }
  check_batch (policy, frame, rows);
}

static void
test_shipped (void)
{
  g_autofree char   *folder = shy_data_build ("policies", NULL);
  g_autoptr (GDir)   dir = g_dir_open (folder, 0, NULL);
  guint              n_packs = 0;
  const char        *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char      *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError)    error = NULL;
      g_autoptr (ShyPolicy) policy = NULL;
      GPtrArray            *cases;

      if (!g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".schema.json"))
        continue;
      g_test_message ("%s", name);
      policy = shy_policy_new_from_file (path, &error);
      g_assert_no_error (error);
      cases = shy_policy_get_cases (policy);
      shake_pack (policy, g_ptr_array_index (cases, 0));
      for (guint i = 0, shaken = 0; i < cases->len && shaken < 2; i++)
        if (((ShyPolicyCase *) g_ptr_array_index (cases, i))->settings->len > 0)
          {
            shake_pack (policy, g_ptr_array_index (cases, i));
            shaken++;
          }
      n_packs++;
    }
  g_assert_cmpuint (n_packs, >=, 7);
}

/* Every operation of columns, and some that columns do not have. */
static const char * const conditions[] = {
  "a", "not(a)", "a and b", "a or not(b)", "a = b", "a != (n > 3)", "a = true", "if a then b else n > 3",
  "s = \"x\"", "s != \"y\"", "\"x\" = s", "s in (\"x\", \"z\")", "not(s in (\"y\"))", "s = t", "t != \"甲\"",
  "list contains([\"x\"], s)",
  "n > 3", "n <= 3", "n >= 3", "n < 3", "n = 3", "n != 3", "3 < n", "3 >= n", "n >= m", "n = m", "n != 2.25", "n between 2 and 9", "n between m and 30",
  "n in (1, 2, 3)", "n in [2..9]", "n in (> 4)", "n + m > 20", "n - m >= 0", "n * m < 100",
  "n / m > 2", "-n < 3", "n ** 2 > 30", "(if a then n else m) > 10", "floor(n) > 3",
  "d >= date(\"2022-07-01\")", "d <= date(\"2022-07-01\")", "d < date(\"2022-07-01\")", "d > e", "d >= e", "d <= e", "d in (date(\"2022-01-01\"))",
  "d + duration(\"P1Y\") > e", "d - duration(\"P3M\") < e", "d + duration(\"P10D\") >= e",
  "d + duration(\"PT1H\") >= e", "years and months duration(d, e).years >= 2",
  "years and months duration(d, e).months < 6", "full months(d, e) >= 12",
  "years and months duration(d, e) >= duration(\"P18M\")", "d.year = 2022", "d.month > 6", "d.day < 15",
  "(e - d).days > 100", "working days between(d, e) > 3",
  "starts with(t, \"9\")", "contains(t, \"乙\")", "contains(t, u)", "string length(t) > 3",
  "ends with(t, \"司\")", "limit > n", "n > limit or limit = null", "unset > n", "unset != null",
  "some x in [1, 2, 3] satisfies x = n", "double > 8", "on >= d", "county = \"331122\"",
  "key > date(\"2020-01-01\")", "if n > 3 then null else true", "count(history) = 0",
};

static ShyPolicy *
new_wide_policy (guint from,
                 guint n)
{
  g_auto (PolicyDouble) policy = { 0 };

  policy_double_init (&policy);
  add_field (&policy, "a", "boolean", NULL);
  add_field (&policy, "b", "boolean", NULL);
  add_field (&policy, "s", "choice", ",\"values\":[\"x\",\"y\",\"z\"]");
  add_field (&policy, "t", "text", NULL);
  add_field (&policy, "u", "text", NULL);
  add_field (&policy, "n", "number", NULL);
  add_field (&policy, "m", "money", NULL);
  add_field (&policy, "d", "date", NULL);
  add_field (&policy, "e", "date", NULL);
  add_setting (&policy, "limit", "number", ",\"value\":12.5");
  add_setting (&policy, "unset", "number", NULL);
  add_derived (&policy, "double", "n + n");
  for (guint i = from; i < from + n && i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      add_criterion (&policy, id, conditions[i], i % 7 == 3 ? "m > 30" : NULL,
                     i % 5 == 2 ? "n != 7" : NULL, "materials");
    }
  policy.amount = g_strdup (from % 3 == 0   ? "{\"expression\":\"200000\",\"unit\":\"元\",\"clause\":\"c\"}"
                            : from % 3 == 1 ? "{\"expression\":\"n * m\",\"unit\":\"元\",\"clause\":\"c\"}"
                                            : "null");

  return policy_double_read (&policy);
}

static void
test_operations (void)
{
  for (guint from = 0; from < G_N_ELEMENTS (conditions); from += 1)
    {
      g_autoptr (ShyPolicy) policy = new_wide_policy (from, 2);
      g_autoptr (ShyFacts)  frame = shy_facts_new ();
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);

      g_test_message ("%s", conditions[from]);
      for (guint i = 0; i < number_of_rows () / 4; i++)
        {
          ShyFacts *facts = new_facts (policy, "");

          shy_facts_set_county (facts, pick (2) == 0 ? "331122" : NULL);
          for (guint j = 0; j < shy_policy_get_fields (policy)->len; j++)
            {
              const ShyPolicyField *field = g_ptr_array_index (shy_policy_get_fields (policy), j);
              g_autofree char      *value = random_value (field);

              if (pick (8) > 0)
                shy_facts_take (facts, policy, field->name, value, SHY_FACT_ORIGIN_TYPED, NULL,
                                NULL);
            }
          g_ptr_array_add (rows, facts);
        }
      check_batch (policy, frame, rows);
    }
}

static void
test_compiles_the_grant (void)
{
  g_autofree char           *path = shy_data_build ("policies", "zj-postdoc-grant.json", NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyPolicy)      policy = shy_policy_new_from_file (path, &error);
  g_autoptr (ShyFacts)       frame = shy_facts_new ();
  g_autoptr (ShyPolicyBatch) batch = NULL;

  g_assert_no_error (error);
  batch = shy_policy_batch_new (policy, frame, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shy_policy_batch_get_n_compiled (batch), ==,
                    shy_policy_get_criteria (policy)->len);
}

typedef struct {
  ShyOpCode code;
  gint64    a;
  gint64    b;
  gint64    expected;
  guint8    state;
} Sum;

/* In ten-thousandths. */
static const Sum sums[] = {
  { SHY_OP_MUL, 25000, 40000, 100000, SHY_CELL_KNOWN },
  { SHY_OP_MUL, 1, 1, 0, SHY_CELL_ODD },                    /* 0.00000001 */
  { SHY_OP_MUL, -25000, 40001, 0, SHY_CELL_ODD },           /* -10.00025 */
  { SHY_OP_MUL, G_MAXINT64, 20000, 0, SHY_CELL_ODD },
  { SHY_OP_DIV, 10000, 40000, 2500, SHY_CELL_KNOWN },
  { SHY_OP_DIV, 10000, 30000, 0, SHY_CELL_ODD },
  { SHY_OP_DIV, 10000, 0, 0, SHY_CELL_ODD },
  { SHY_OP_ADD, G_MAXINT64, 1, 0, SHY_CELL_ODD },
  { SHY_OP_SUB, G_MININT64, 1, 0, SHY_CELL_ODD },
  { SHY_OP_ADD, 2, 3, 5, SHY_CELL_KNOWN },
};

static void
test_arithmetic (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      const Sum  *sum = &sums[i];
      gint64      v[3] = { sum->a, sum->b, 0 };
      guint8      s[3] = { SHY_CELL_KNOWN, SHY_CELL_KNOWN, 0 };
      ShyRegister r[3] = { { &v[0], &s[0] }, { &v[1], &s[1] }, { &v[2], &s[2] } };
      ShyOp       op = { .code = sum->code, .dst = 2, .a = 0, .b = 1 };

      g_test_message ("%u", i);
      shy_columns_run (&op, 1, r, NULL, 1);
      g_assert_cmpint (s[2], ==, sum->state);
      if (sum->state == SHY_CELL_KNOWN)
        g_assert_cmpint (v[2], ==, sum->expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  const char *seed = g_getenv ("SHANYE_TEST_SEED");
  guint32     number = seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 46;
  int         result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_message ("SHANYE_TEST_SEED=%u", number);
  rand_ = g_rand_new_with_seed (number);
  g_test_add_func ("/policy-batch/agrees-on-shipped-packs", test_shipped);
  g_test_add_func ("/policy-batch/agrees-on-every-operation", test_operations);
  g_test_add_func ("/policy-batch/arithmetic", test_arithmetic);
  g_test_add_func ("/policy-batch/compiles-the-grant", test_compiles_the_grant);
  result = g_test_run ();
  g_rand_free (rand_);

  return result;
}
