/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-changes.h"
#include "policy-double.h"

/* What would change a refusal. The decision is made on 2025-06-15. */

typedef struct {
  const char *conditions[3];
  const char *facts;
  const char *changes; /* "name=value name=value @day; …" in the order they are offered */
} Row;

static const Row rows[] = {
  /* nearest values, found from what the policy compares with */
  { { "n >= 12" }, "n=9", "n=12" },
  { { "n > 12" }, "n=9", "n=13" },
  { { "n <= 40.5" }, "n=41", "n=40.5" },
  { { "n >= 12 and n <= 20" }, "n=30", "n=20" },
  { { "s = \"y\"" }, "s=x", "s=y" },
  { { "a" }, "a=false", "a=true" },
  /* through arithmetic, narrowed down to the first that helps */
  { { "n * 2 + 1 > 21" }, "n=3", "n=11" },
  { { "m - n >= 5" }, "n=3 m=4", "n=-1; m=8" },
  { { "years and months duration(d, e).years >= 3" }, "d=2025-01-01 e=2027-06-30", "e=2028-01-01" },
  { { "e > d" }, "d=2025-01-01 e=2024-01-01", "" }, /* both have passed */
  /* several clauses: the fewest facts that mend all */
  { { "n >= 12", "n >= 15" }, "n=9", "n=15" },
  { { "n >= 12", "a" }, "n=9 a=false", "a=true n=12" },
  { { "n >= 12", "a", "s = \"y\"" }, "n=9 a=false s=x", "a=true n=12 s=y" },
  { { "a and n > 3" }, "a=false n=1", "a=true n=4" },
  { { "n >= 12 or a" }, "n=9 a=false", "a=true; n=12" },
  /* nothing that contradicts another clause */
  { { "n >= 12", "n < 10" }, "n=9", "" },
  { { "n >= 12", "n < 12 or a" }, "n=9 a=false", "a=true n=12" },
  /* waiting */
  { { "on >= date(\"2025-09-01\")" }, "", "@2025-09-01" },
  { { "on > d + duration(\"P6M\")" }, "d=2025-03-10", "@2025-09-11" },
  { { "k >= 12" }, "k=9", "k=12 @2025-09-01" },
  { { "k >= 12", "on >= date(\"2026-02-10\")" }, "k=9", "k=12 @2026-02-10" },
  { { "k >= 12", "a" }, "k=9 a=false", "a=true k=12 @2025-09-01" },
  { { "k <= 8" }, "k=9", "" },
  /* what nobody can change is not offered */
  { { "u >= 12" }, "u=9", "" },
  { { "t = \"x\"" }, "t=y", "" },
  { { "d >= date(\"2025-05-01\")" }, "d=2025-04-01", "" },
  { { "e >= date(\"2025-12-01\")" }, "e=2025-11-01", "e=2025-12-01" },
  /* nothing to say of what is not refused */
  { { "n >= 12" }, "n=12", "" },
  { { "n >= 12" }, "", "" },
};

static char *
write_changes (GPtrArray *changes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const ShyChange *change = g_ptr_array_index (changes, i);
      char             day[16];

      g_string_append (text, i > 0 ? "; " : "");
      for (guint j = 0; j < change->steps->len; j++)
        {
          const ShyChangeStep *step = g_ptr_array_index (change->steps, j);

          g_string_append_printf (text, "%s%s=%s", j > 0 ? " " : "", step->name, step->to);
        }
      g_date_strftime (day, sizeof day, "%Y-%m-%d", &change->on);
      if (!g_str_equal (day, "2025-06-15"))
        g_string_append_printf (text, "%s@%s", change->steps->len > 0 ? " " : "", day);
      g_assert_cmpint (change->outcome, ==, SHY_POLICY_ELIGIBLE);
      g_assert_nonnull (change->message);
    }

  return g_string_free (text, FALSE);
}

static ShyPolicy *
new_policy (const char * const *conditions)
{
  g_auto (PolicyDouble) text = { 0 };

  policy_double_init (&text);
  add_field (&text, "a", "boolean", NULL);
  add_field (&text, "n", "number", NULL);
  add_field (&text, "m", "number", NULL);
  add_field (&text, "k", "number", ",\"grows\":true,\"unit\":\"月\"");
  add_field (&text, "u", "number", ",\"changeable\":false");
  add_field (&text, "s", "choice", ",\"values\":[\"x\",\"y\",\"z\"]");
  add_field (&text, "t", "text", NULL);
  add_field (&text, "d", "date", NULL);
  add_field (&text, "e", "date", NULL);
  for (guint i = 0; i < 3 && conditions[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      add_criterion (&text, id, conditions[i], NULL, NULL, "materials");
    }

  return policy_double_read (&text);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row             *row = &rows[i];
      g_autoptr (ShyPolicy)  policy = new_policy (row->conditions);
      g_autoptr (ShyFacts)   facts = new_facts (policy, row->facts);
      g_autoptr (ShyVerdict) verdict = decide (policy, facts);
      g_autoptr (GPtrArray)  changes = shy_verdict_find_changes (verdict, NULL);
      g_autofree char       *text = write_changes (changes);

      g_test_message ("row %u: %s | %s", i, row->conditions[0], row->facts);
      g_assert_cmpstr (text, ==, row->changes);
    }
}

/* "再缴3个月社保，2025-09-01起符合": the words of a wait for a count to grow. */
static void
test_words (void)
{
  static const char * const conditions[] = { "k >= 12", NULL };
  g_autoptr (ShyPolicy)     policy = new_policy (conditions);
  g_autoptr (ShyFacts)      facts = new_facts (policy, "k=9");
  g_autoptr (ShyVerdict)    verdict = decide (policy, facts);
  g_autoptr (GPtrArray)     changes = shy_verdict_find_changes (verdict, NULL);
  g_autoptr (JsonNode)      node = shy_changes_to_json (changes);
  const ShyChange          *change;

  g_assert_cmpuint (changes->len, ==, 1);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (change->message, ==, "k more by 3月 (12月); from 2025-09-01: Eligible.");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
}

/* A limit of the year gives way in the next. */
static void
test_next_year (void)
{
  g_auto (PolicyDouble)  text = { 0 };
  g_autoptr (ShyPolicy)  policy = NULL;
  g_autoptr (ShyFacts)   facts = NULL;
  g_autoptr (ShyVerdict) verdict = NULL;
  g_autoptr (GPtrArray)  changes = NULL;
  g_autofree char       *found = NULL;
  ShyGrant               grant = { .policy = (char *) "double", .fen = 1 };

  policy_double_init (&text);
  add_field (&text, "a", "boolean", NULL);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  g_string_append (text.limits, "{\"id\":\"l\",\"kind\":\"exclusion\",\"when\":\"same-year\","
                                "\"per\":\"person\",\"policies\":[\"double\"],\"clause\":\"c\"}");
  policy = policy_double_read (&text);
  facts = new_facts (policy, "a=true");
  g_date_clear (&grant.date, 1);
  g_date_set_dmy (&grant.date, 2, 2, 2025);
  shy_facts_add_grant (facts, &grant);
  verdict = decide (policy, facts);
  changes = shy_verdict_find_changes (verdict, NULL);
  found = write_changes (changes);
  g_assert_cmpstr (found, ==, "@2026-01-01");
}

static void
test_cancelled (void)
{
  static const char * const conditions[] = { "n >= 12", NULL };
  g_autoptr (ShyPolicy)     policy = new_policy (conditions);
  g_autoptr (ShyFacts)      facts = new_facts (policy, "n=9");
  g_autoptr (ShyVerdict)    verdict = decide (policy, facts);
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray)     changes = NULL;

  g_cancellable_cancel (cancellable);
  changes = shy_verdict_find_changes (verdict, cancellable);
  g_assert_cmpuint (changes->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/changes/table", test_table);
  g_test_add_func ("/changes/words", test_words);
  g_test_add_func ("/changes/next-year", test_next_year);
  g_test_add_func ("/changes/cancelled", test_cancelled);

  return g_test_run ();
}
