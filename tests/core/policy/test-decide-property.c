/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy-double.h"

#include "policy/shy-policy-private.h"
#include "shy-data.h"

/* Random policies with random facts missing, against brute force: every value that a missing fact
 * could take is tried with complete facts, which feel alone judges. SHANYE_TEST_ROUNDS makes it run
 * longer, SHANYE_TEST_SEED begins elsewhere. */

#define ROUNDS 8
#define N_FACTS 6

typedef struct {
  const char *name;
  const char *type;
  const char *more;
  const char *values[8]; /* all that tell policies of these constants apart */
} Domain;

static const Domain domains[N_FACTS] = {
  { "a", "boolean", NULL, { "true", "false" } },
  { "b", "boolean", NULL, { "true", "false" } },
  { "s", "choice", ",\"values\":[\"x\",\"y\",\"z\"]", { "x", "y", "z" } },
  { "n", "number", NULL, { "0.5", "1", "1.5", "2", "2.5", "3", "3.5" } },
  { "t", "text", NULL, { "p", "q", "other" } },
  { "d", "date", NULL, { "2024-12-31", "2025-01-01", "2025-01-02", "2025-06-15" } },
};

static GRand *rand_;

static int
pick (int n)
{
  return g_rand_int_range (rand_, 0, n);
}

static char *
random_atom (gboolean enumerable)
{
  static const char * const signs[] = { "=", "!=", "<", "<=", ">", ">=" };

  static const char * const calendar[] = {
    "d + duration(\"P1D\") > date(\"2025-01-02\")",
    "years and months duration(d, date(\"2026-01-01\")).years >= 1",
    "date(\"2025-01-03\") - d = duration(\"P2D\")",
    "full months(d, date(\"2025-02-01\")) < 1",
    "d - duration(\"P1Y\") != date(\"2024-01-01\")",
  };

  switch (pick (enumerable ? 12 : 14))
    {
    case 0:
      return g_strdup ("a");
    case 1:
      return g_strdup ("b");
    case 2:
      return g_strdup_printf ("s = \"%c\"", "xyz"[pick (3)]);
    case 3:
      return g_strdup_printf ("s in (\"%c\", \"%c\")", "xyz"[pick (3)], "xyz"[pick (3)]);
    case 4:
      return g_strdup_printf ("n %s %d", signs[pick (6)], 1 + pick (3));
    case 5:
      return g_strdup_printf ("n between %d and %d", 1 + pick (3), 1 + pick (3));
    case 6:
      return g_strdup_printf ("n in [%d..%d)", 1 + pick (2), 2 + pick (2));
    case 7:
      return g_strdup_printf ("t %s \"%c\"", signs[pick (2)], "pq"[pick (2)]);
    case 8:
      return g_strdup_printf ("d %s date(\"2025-01-01\")", signs[pick (6)]);
    case 9:
      return g_strdup ("v");
    case 10:
      return g_strdup (pick (3) == 0 ? "null" : "true");
    case 11:
      return g_strdup (calendar[pick (G_N_ELEMENTS (calendar))]);
    case 12:
      return g_strdup (pick (2) == 0 ? "n + 1 > 2.5" : "some i in [1, 2] satisfies n > i and a");
    default:
      return g_strdup ("d + duration(\"P1D\") > date(\"2025-01-02\") and string length(t) > 1");
    }
}

static char *
random_condition (int      depth,
                  gboolean enumerable)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  g_autofree char *z = NULL;

  if (depth == 0 || pick (4) == 0)
    return random_atom (enumerable);
  x = random_condition (depth - 1, enumerable);
  y = random_condition (depth - 1, enumerable);
  switch (pick (5))
    {
    case 0:
    case 1:
      return g_strdup_printf ("(%s) and (%s)", x, y);
    case 2:
      return g_strdup_printf ("(%s) or (%s)", x, y);
    case 3:
      return g_strdup_printf ("not(%s)", x);
    default:
      z = random_condition (depth - 1, enumerable);
      return g_strdup_printf ("if %s then %s else %s", x, y, z);
    }
}

static ShyPolicy *
random_policy (gboolean enumerable)
{
  g_auto (PolicyDouble) policy = { 0 };
  G_GNUC_UNUSED g_autofree char      *derived = NULL;
  int                   n_criteria = 1 + pick (4);

  policy_double_init (&policy);
  for (guint i = 0; i < N_FACTS; i++)
    add_field (&policy, domains[i].name, domains[i].type, domains[i].more);
  add_derived (&policy, "v", pick (2) == 0 ? "a and n > 1" : "if b then s = \"x\" else a");
  for (int i = 0; i < n_criteria; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);
      g_autofree char *condition = random_condition (2, enumerable);
      g_autofree char *refer = pick (4) == 0 ? random_condition (1, enumerable) : NULL;
      g_autofree char *skip = pick (5) == 0 ? random_condition (1, enumerable) : NULL;

      add_criterion (&policy, id, condition, refer, skip, pick (3) == 0 ? "person" : "materials");
    }
  if (g_test_verbose ())
    {
      g_autofree char *text = policy_double_write (&policy);

      g_test_message ("%s", text);
    }

  return policy_double_read (&policy);
}

static guint
count_values (guint fact)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (domains[fact].values) && domains[fact].values[n] != NULL)
    n++;

  return n;
}

/* What all completions together say. */
typedef struct {
  guint            n;
  ShyPolicyOutcome outcomes[4096];
  guint            results[8]; /* for each criterion a bit for each result */
  guint            stride[N_FACTS];
  gboolean         missing[N_FACTS];
} Brute;

static void
set_value (ShyFacts   *facts,
           ShyPolicy  *policy,
           guint       fact,
           guint       value)
{
  shy_facts_take (facts, policy, domains[fact].name, domains[fact].values[value],
                  SHY_FACT_ORIGIN_TYPED, NULL, NULL);
}

static void
complete_all (ShyPolicy      *policy,
              const ShyFacts *facts,
              Brute          *brute)
{
  guint n_criteria = shy_policy_get_criteria (policy)->len;

  brute->n = 1;
  memset (brute->results, 0, sizeof brute->results);
  for (guint i = 0; i < N_FACTS; i++)
    {
      brute->stride[i] = brute->n;
      if (brute->missing[i])
        brute->n *= count_values (i);
    }

  for (guint number = 0; number < brute->n; number++)
    {
      g_autoptr (ShyFacts)   complete = shy_facts_copy (facts);
      g_autoptr (ShyVerdict) verdict = NULL;

      for (guint i = 0; i < N_FACTS; i++)
        if (brute->missing[i])
          set_value (complete, policy, i, number / brute->stride[i] % count_values (i));
      verdict = decide (policy, complete);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), !=, SHY_POLICY_MATERIALS);
      brute->outcomes[number] = shy_verdict_get_outcome (verdict);
      for (guint i = 0; i < n_criteria; i++)
        brute->results[i] |= 1u << shy_verdict_get_criterion (verdict, i)->result;
    }
}

static gboolean
all_agree (const Brute *brute)
{
  for (guint i = 1; i < brute->n; i++)
    if (brute->outcomes[i] != brute->outcomes[0])
      return FALSE;

  return TRUE;
}

/* Whether two completions that differ in one fact alone differ in the outcome. */
static gboolean
matters (const Brute *brute,
         guint        fact)
{
  for (guint number = 0; brute->missing[fact] && number < brute->n; number++)
    {
      guint at = number / brute->stride[fact] % count_values (fact);

      if (brute->outcomes[number] != brute->outcomes[number - at * brute->stride[fact]])
        return TRUE;
    }

  return FALSE;
}

static ShyPolicyResult
expected_result (guint bits)
{
  if (bits == (1u << SHY_POLICY_RESULT_TRUE | 1u << SHY_POLICY_RESULT_SKIPPED))
    return SHY_POLICY_RESULT_TRUE;
  if ((bits & (bits - 1)) != 0)
    return SHY_POLICY_RESULT_UNKNOWN;

  return (ShyPolicyResult) g_bit_nth_lsf (bits, -1);
}

/* Never says more than all completions say. */
static void
check_sound (ShyVerdict  *verdict,
             const Brute *brute)
{
  ShyPolicyOutcome outcome = shy_verdict_get_outcome (verdict);

  if (outcome == SHY_POLICY_ELIGIBLE || outcome == SHY_POLICY_NOT_ELIGIBLE)
    {
      g_assert_true (all_agree (brute));
      g_assert_cmpint (outcome, ==, brute->outcomes[0]);
    }
  for (guint i = 0; i < N_FACTS; i++)
    if (matters (brute, i))
      g_assert_true (g_strv_contains (shy_verdict_get_missing (verdict), domains[i].name));
  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    {
      ShyPolicyResult result = shy_verdict_get_criterion (verdict, i)->result;

      if (result != SHY_POLICY_RESULT_UNKNOWN)
        g_assert_cmpint (result, ==, expected_result (brute->results[i]));
    }
}

/* Says all that all completions say. */
static void
check_complete (ShyVerdict  *verdict,
                const Brute *brute)
{
  ShyPolicyOutcome outcome = shy_verdict_get_outcome (verdict);

  g_assert_true (shy_verdict_is_exact (verdict));
  if (all_agree (brute))
    {
      g_assert_cmpint (outcome, ==, brute->outcomes[0]);
      g_assert_cmpuint (g_strv_length ((char **) shy_verdict_get_missing (verdict)), ==, 0);
    }
  else
    g_assert_true (outcome == SHY_POLICY_MATERIALS || outcome == SHY_POLICY_PERSON);
  for (guint i = 0; i < N_FACTS; i++)
    g_assert_cmpint (g_strv_contains (shy_verdict_get_missing (verdict), domains[i].name), ==,
                     matters (brute, i));
  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    g_assert_cmpint (shy_verdict_get_criterion (verdict, i)->result, ==,
                     expected_result (brute->results[i]));
}

static void
run_round (gboolean enumerable)
{
  g_autoptr (ShyPolicy) policy = random_policy (enumerable);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (ShyFacts)   facts = new_facts (policy, "");
      g_autoptr (ShyVerdict) verdict = NULL;
      static Brute           brute;
      guint                  n_missing = 0;

      for (guint j = 0; j < N_FACTS; j++)
        {
          brute.missing[j] = n_missing < 3 && pick (2) == 0;
          n_missing += brute.missing[j];
          if (!brute.missing[j])
            set_value (facts, policy, j, pick (count_values (j)));
        }
      verdict = decide (policy, facts);
      complete_all (policy, facts, &brute);
      check_sound (verdict, &brute);
      if (enumerable)
        check_complete (verdict, &brute);
    }
}

static guint32
first_seed (void)
{
  const char *seed = g_getenv ("SHANYE_TEST_SEED");

  return seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 20250615;
}

static void
run_rounds (gboolean enumerable)
{
  const char *rounds = g_getenv ("SHANYE_TEST_ROUNDS");
  guint32     first = first_seed ();
  guint       n = rounds != NULL ? (guint) g_ascii_strtoull (rounds, NULL, 10) : ROUNDS;

  for (guint i = 0; i < n; i++)
    {
      g_test_message ("SHANYE_TEST_ROUNDS=1 SHANYE_TEST_SEED=%u", first + i);
      rand_ = g_rand_new_with_seed (first + i);
      run_round (enumerable);
      g_rand_free (rand_);
    }
}

static void
test_enumerable (void)
{
  run_rounds (TRUE);
}

static void
test_sound (void)
{
  run_rounds (FALSE);
}

/* Adds what is asked for, as far as the case has it. FALSE if there was nothing. */
static gboolean
hand_in (const ShyFacts      *whole,
         ShyFacts            *less,
         const char * const  *missing)
{
  gboolean added = FALSE;

  /* a field holds the county in every shipped pack, and the county is asked for under its name */
  if (missing[0] != NULL && shy_facts_get_county (less) == NULL
      && shy_facts_get_county (whole) != NULL)
    {
      shy_facts_set_county (less, shy_facts_get_county (whole));
      added = TRUE;
    }
  for (guint i = 0; missing[i] != NULL; i++)
    {
      const ShyFact *fact = shy_facts_lookup (whole, missing[i]);

      if (fact == NULL || shy_facts_lookup (less, missing[i]) != NULL)
        continue;
      shy_facts_set (less, fact->name, fact->type, fact->text, fact->origin, NULL, NULL);
      added = TRUE;
    }

  return added;
}

/* Whether facts contradict each other. One that is not given contradicts nothing. */
static gboolean
is_contradicted (ShyPolicy  *policy,
                 ShyVerdict *verdict)
{
  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    {
      const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (verdict, i);

      for (guint j = 0; j < policy->relations->len; j++)
        if (g_str_equal (criterion->id,
                         ((const ShyPolicyRelation *) policy->relations->pdata[j])->id))
          return TRUE;
    }

  return FALSE;
}

/* Forgets facts of a case that is decided. What is then still certain must be what was decided; and
 * what was forgotten and is not asked for must not matter: without it, but with all that is asked
 * for, the outcome comes back. */
static void
forget (ShyPolicy            *policy,
        const ShyPolicyCase  *given)
{
  g_autoptr (ShyFacts)   whole = shy_facts_new_from_case (given, policy, NULL);
  g_autoptr (ShyFacts)   less = shy_facts_copy (whole);
  g_autoptr (ShyVerdict) before = decide (policy, whole);
  g_autoptr (ShyVerdict) after = NULL;
  ShyPolicyOutcome       outcome;

  if (is_contradicted (policy, before))
    return;
  for (guint i = shy_facts_get_size (whole); i > 0; i--)
    if (pick (4) == 0)
      shy_facts_remove (less, shy_facts_get_nth (less, i - 1)->name);
  if (pick (8) == 0)
    shy_facts_set_county (less, NULL);
  after = decide (policy, less);
  outcome = shy_verdict_get_outcome (after);
  if (outcome == SHY_POLICY_ELIGIBLE || outcome == SHY_POLICY_NOT_ELIGIBLE)
    g_assert_cmpint (outcome, ==, shy_verdict_get_outcome (before));

  /* what is asked for may show that more is needed: ask until nothing more is */
  while (hand_in (whole, less, shy_verdict_get_missing (after)))
    {
      g_clear_object (&after);
      after = decide (policy, less);
    }
  g_assert_cmpint (shy_verdict_get_outcome (after), ==, shy_verdict_get_outcome (before));
  g_assert_cmpint (shy_verdict_get_amount (after), ==, shy_verdict_get_amount (before));
}

static void
test_shipped (void)
{
  g_autofree char *folder = shy_data_build ("policies", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  g_assert_nonnull (dir);
  g_test_message ("SHANYE_TEST_SEED=%u", first_seed ());
  rand_ = g_rand_new_with_seed (first_seed ());
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char      *path = g_build_filename (folder, name, NULL);
      g_autoptr (ShyPolicy) policy = NULL;
      GPtrArray            *cases;

      if (!g_str_has_prefix (name, "zj-"))
        continue;
      policy = shy_policy_new_from_file (path, NULL);
      cases = shy_policy_get_cases (policy);
      for (guint i = 0; i < cases->len; i++)
        {
          const ShyPolicyCase *given = g_ptr_array_index (cases, i);

          if (pick (2) == 0)
            continue;
          g_test_message ("%s %s", name, given->id);
          forget (policy, given);
        }
    }
  g_rand_free (rand_);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/decide/property/agrees-with-brute-force", test_enumerable);
  g_test_add_func ("/decide/property/is-sound", test_sound);
  g_test_add_func ("/decide/property/shipped-packs", test_shipped);

  return g_test_run ();
}
