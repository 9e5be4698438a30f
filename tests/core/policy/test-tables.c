/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy-double.h"

#include "policy/shy-policy.h"

#include "shy-error.h"

/* Figures that change with the day and the county: the day before, on and after each edge, and what
 * happens where there is no figure that may decide. */

#define C ",\"clause\":\"c\",\"status\":\"verified\"}"

static const char tables[] =
  "\"tables\":[{\"name\":\"wage\",\"label\":{\"en\":\"Wage\"},\"type\":\"money\",\"unit\":\"元\","
  "\"rows\":["
  "{\"until\":\"2020-12-31\",\"county\":\"331122\",\"value\":900" C ","
  "{\"from\":\"2021-01-01\",\"until\":\"2021-12-31\",\"value\":940,\"status\":\"verified\"},"
  "{\"from\":\"2022-01-01\",\"until\":\"2022-12-31\",\"value\":950,\"clause\":\"c\","
  "\"status\":\"unverified\"},"
  "{\"from\":\"2024-01-01\",\"until\":\"2024-12-31\",\"value\":1000" C ","
  "{\"from\":\"2025-01-01\",\"value\":1100,\"document\":\"d\",\"status\":\"verified\"},"
  "{\"from\":\"2024-03-01\",\"until\":\"2025-06-30\",\"group\":\"山区26县\",\"value\":1150" C ","
  "{\"from\":\"2024-07-01\",\"until\":\"2025-06-30\",\"county\":\"330822\",\"value\":1200" C
  "]}],";

typedef struct
{
  const char *day;
  const char *county; /* (nullable): not said */
  const char *value;  /* (nullable): none that may decide */
  const char *words;  /* (nullable): what the sentence then names beside the table */
} Row;

static const Row rows[] = {
  /* open towards the past, the last day included */
  { "1990-05-01", "331122", "900", NULL },
  { "2020-12-30", "331122", "900", NULL },
  { "2020-12-31", "331122", "900", NULL },
  { "2020-12-31", "330822", NULL, "常山" },
  /* a row without any source, and one that nobody verified */
  { "2021-01-01", "331122", NULL, "940" },
  { "2021-12-31", "330106", NULL, "940" },
  { "2022-01-01", "330106", NULL, "950" },
  { "2022-12-31", "330822", NULL, "950" },
  /* nothing between the years */
  { "2023-01-01", "330106", NULL, "2023" },
  { "2023-12-31", "330106", NULL, "2023" },
  /* for all, then for the group, then for the county */
  { "2024-01-01", "330106", "1000", NULL },
  { "2024-12-31", "330106", "1000", NULL },
  { "2025-01-01", "330106", "1100", NULL },
  { "2024-02-29", "330822", "1000", NULL },
  { "2024-03-01", "330822", "1150", NULL },
  { "2024-06-30", "330822", "1150", NULL },
  { "2024-07-01", "330822", "1200", NULL },
  { "2025-06-30", "330822", "1200", NULL },
  { "2025-07-01", "330822", "1100", NULL },
  { "2025-06-30", "331122", "1150", NULL },
  { "2025-07-01", "331122", "1100", NULL },
  /* open towards the future */
  { "2099-12-31", "330822", "1100", NULL },
};

static ShyPolicy *
new_policy (const char *condition, const char *amount)
{
  g_auto (PolicyDouble) text = { 0 };

  policy_double_init (&text);
  text.head = g_strdup (tables);
  add_field (&text, "d", "date", NULL);
  add_field (&text, "x", "boolean", NULL);
  if (amount != NULL)
    text.amount = g_strdup_printf ("{\"expression\":%s,\"clause\":\"c\"}", amount);
  add_criterion (&text, "c1", condition, NULL, NULL, "materials");
  return policy_double_read (&text);
}

static ShyVerdict *
decide_on (ShyPolicy *policy, const char *facts, const char *county)
{
  g_autoptr (ShyFacts) given = new_facts (policy, facts);

  if (county != NULL)
    shy_facts_set_county (given, county);
  return decide (policy, given);
}

static void
check_row (const Row *row, const char *operator, ShyPolicyOutcome otherwise)
{
  g_autofree char       *condition = g_strdup_printf ("table value(\"wage\", d, county) %s %s",
                                                      operator,
                                                      row->value != NULL ? row->value : "1");
  g_autoptr (ShyPolicy)  policy = new_policy (condition, NULL);
  g_autofree char       *facts = g_strconcat ("d=", row->day, NULL);
  g_autoptr (ShyVerdict) verdict = decide_on (policy, facts, row->county);
  const char            *message = shy_verdict_find_criterion (verdict, "c1")->reason;

  g_test_message ("%s in %s: %s", row->day, row->county, message);
  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==,
                   row->value != NULL ? otherwise : SHY_POLICY_PERSON);
  if (row->value != NULL)
    return;
  g_assert_nonnull (strstr (message, "“wage”"));
  g_assert_nonnull (strstr (message, row->words));
}

/* Both that the value is this one and that it is no other: what is no value never refuses. */
static void
test_edges (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      check_row (&rows[i], "=", SHY_POLICY_ELIGIBLE);
      check_row (&rows[i], "!=", SHY_POLICY_NOT_ELIGIBLE);
    }
}

typedef struct
{
  const char      *condition;
  const char      *facts;
  const char      *county;
  ShyPolicyOutcome outcome;
} Use;

static const Use uses[] = {
  /* the county may be left out only where no row hangs on it */
  { "table value(\"wage\", d) = 1100", "d=2025-07-01", NULL, SHY_POLICY_ELIGIBLE },
  { "table value(\"wage\", d) = 1100", "d=2025-06-30", NULL, SHY_POLICY_PERSON },
  /* what is missing is asked for */
  { "table value(\"wage\", d, county) = 1100", "", "330106", SHY_POLICY_MATERIALS },
  { "table value(\"wage\", d, county) = 1100 and x", "x=false", "330106", SHY_POLICY_NOT_ELIGIBLE },
  { "table value(\"wage\", d, county) = 1100 or x", "x=true d=2023-05-01", "330106",
    SHY_POLICY_ELIGIBLE },
  /* no operator makes an answer of no value */
  { "table value(\"wage\", d, county) = null", "d=2023-05-01", "330106", SHY_POLICY_PERSON },
  { "if table value(\"wage\", d, county) > 1 then false else true", "d=2023-05-01", "330106",
    SHY_POLICY_PERSON },
  { "not(table value(\"wage\", d, county) > 1)", "d=2022-05-01", "330106", SHY_POLICY_PERSON },
  /* the day of the decision */
  { "table value(\"wage\", on, county) = 1150", "", "331122", SHY_POLICY_ELIGIBLE },
  { "table value(\"wage\", x, county) = 1150", "x=true", "331122", SHY_POLICY_PERSON },
};

static void
test_uses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autoptr (ShyPolicy)  policy = new_policy (uses[i].condition, NULL);
      g_autoptr (ShyVerdict) verdict = decide_on (policy, uses[i].facts, uses[i].county);

      g_test_message ("%s: %s", uses[i].condition, uses[i].facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, uses[i].outcome);
    }
}

static void
test_amount (void)
{
  g_autoptr (ShyPolicy)  policy = new_policy ("true", "\"table value(\\\"wage\\\", d, county) * 2\"");
  g_autoptr (ShyVerdict) paid = decide_on (policy, "d=2024-07-01", "330822");
  g_autoptr (ShyVerdict) unpaid = decide_on (policy, "d=2022-07-01", "330822");

  g_assert_cmpint (shy_verdict_get_outcome (paid), ==, SHY_POLICY_ELIGIBLE);
  g_assert_cmpint (shy_verdict_get_amount (paid), ==, 240000);
  g_assert_cmpint (shy_verdict_get_outcome (unpaid), ==, SHY_POLICY_PERSON);
}

/* What is kept for audit holds the rows, and decides alike when it is read again. */
static void
test_audit (void)
{
  g_autoptr (ShyPolicy)  policy = new_policy ("table value(\"wage\", d, county) = 1200", NULL);
  g_autofree char       *text = shy_policy_to_json (policy);
  g_autoptr (GBytes)     bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyPolicy)  again = shy_policy_new_from_bytes (bytes, "again.json", &error);
  g_autoptr (ShyVerdict) verdict = NULL;

  g_assert_no_error (error);
  verdict = decide_on (again, "d=2024-07-01", "330822");
  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, SHY_POLICY_ELIGIBLE);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/policy/tables/edges", test_edges);
  g_test_add_func ("/policy/tables/uses", test_uses);
  g_test_add_func ("/policy/tables/amount", test_amount);
  g_test_add_func ("/policy/tables/audit", test_audit);
  return g_test_run ();
}
