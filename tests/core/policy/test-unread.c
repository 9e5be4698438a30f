/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy-double.h"

/* The three cases that are never one: missing, not to be read, contradictory. */

#define E SHY_POLICY_ELIGIBLE
#define N SHY_POLICY_NOT_ELIGIBLE
#define M SHY_POLICY_MATERIALS
#define P SHY_POLICY_PERSON

static void
add_facts (PolicyDouble *text)
{
  add_field (text, "a", "boolean", NULL);
  add_field (text, "b", "boolean", NULL);
  add_field (text, "n", "number", ",\"minimum\":0,\"maximum\":600,\"step\":0.5,\"scale\":1");
  add_field (text, "w", "money", ",\"minimum\":0");
  add_field (text, "s", "choice", ",\"values\":[\"x\",\"y\",\"z\"]");
  add_field (text, "from", "date", ",\"minimum\":\"1950-01-01\"");
  add_field (text, "to", "date", NULL);
  add_field (text, "m", "month", NULL);
  add_field (text, "code", "credit-code", NULL);
  add_field (text, "id", "resident-id", NULL);
  add_field (text, "born", "date", ",\"repeats\":\"birth-date\"");
  add_field (text, "sex", "text", ",\"repeats\":\"sex\"");
  add_field (text, "age", "number", ",\"repeats\":\"age\"");
}

static ShyPolicy *
new_policy (const char *first,
            const char *second,
            const char *head)
{
  g_auto (PolicyDouble) text = { 0 };

  policy_double_init (&text);
  add_facts (&text);
  text.head = g_strdup (head);
  add_criterion (&text, "c1", first, NULL, NULL, "materials");
  if (second != NULL)
    add_criterion (&text, "c2", second, NULL, NULL, "materials");

  return policy_double_read (&text);
}

/* Reads "a=true w=7999元/月" as cells of row 7. */
static ShyFacts *
read_facts (ShyPolicy  *policy,
            const char *text)
{
  g_autoptr (ShyFacts) empty = new_facts (policy, "");
  g_auto (GStrv)       words = g_strsplit (text, " ", -1);
  ShyFacts            *facts = shy_facts_copy (empty);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv)     pair = g_strsplit (words[i], "=", 2);
      g_autofree char   *place = g_strdup_printf ("S!%c7", 'A' + i);
      g_autoptr (GError) error = NULL;

      if (*words[i] == '\0')
        continue;
      g_assert_true (shy_facts_read (facts, policy, pair[0], pair[1], SHY_FACT_ORIGIN_CELL, place,
                                     &error));
      g_assert_no_error (error);
    }

  return facts;
}

typedef struct {
  const char      *first;
  const char      *second; /* (nullable) */
  const char      *facts;
  ShyPolicyOutcome outcome;
  const char      *missing;
  const char      *unread;
} Row;

static const Row rows[] = {
  /* what decides and cannot be read goes to a person, and nobody is asked to bring it */
  { "a", NULL, "", M, "a", "" },
  { "a", NULL, "a=也许", P, "", "a" },
  { "n > 3", NULL, "n=约8000", P, "", "n" },
  { "n > 3", NULL, "n=1,2,3", P, "", "n" },
  { "w > 3", NULL, "w=7999元/月", P, "", "w" },
  { "s = \"x\"", NULL, "s=w", P, "", "s" },
  { "from < on", NULL, "from=2023-6-31", P, "", "from" },
  { "from < on", NULL, "from=24/1/12", P, "", "from" },
  { "from < on", NULL, "from=2024.13.1", P, "", "from" },
  { "m < on", NULL, "m=2024-13", P, "", "m" },
  { "code = \"x\"", NULL, "code=91331100MA2E0000X0", P, "", "code" },
  { "id = \"x\"", NULL, "id=331122199202290011", P, "", "id" },
  /* bounds: a slip of the pen is no fact */
  { "n > 3", NULL, "n=-1", P, "", "n" },
  { "n > 3", NULL, "n=601", P, "", "n" },
  { "n > 3", NULL, "n=4.7", P, "", "n" },
  { "n > 3", NULL, "n=4.25", P, "", "n" },
  { "n > 3", NULL, "n=4.50", E, "", "" },
  { "w > 3", NULL, "w=-7999", P, "", "w" },
  { "w > 3", NULL, "w=7.999", P, "", "w" },
  { "w > 3", NULL, "w=7.990", E, "", "" },
  { "from < on", NULL, "from=1024-01-12", P, "", "from" },
  /* beside what is missing */
  { "a", "b", "a=也许", P, "b", "a" },
  /* unless the rest decides */
  { "a", "b", "a=也许 b=false", N, "", "" },
  { "a or b", NULL, "a=也许 b=true", E, "", "" },
  { "b", NULL, "a=也许 b=true", E, "", "" },
  { "b", NULL, "a=也许", M, "b", "" },
};

static void
test_outcomes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row             *row = &rows[i];
      g_autoptr (ShyPolicy)  policy = new_policy (row->first, row->second, NULL);
      g_autoptr (ShyFacts)   facts = read_facts (policy, row->facts);
      g_autoptr (ShyVerdict) verdict = decide (policy, facts);
      g_autofree char       *missing = NULL;
      g_autofree char       *unread = NULL;

      g_test_message ("%s, %s: %s", row->first, row->second, row->facts);
      missing = g_strjoinv (" ", (char **) shy_verdict_get_missing (verdict));
      unread = g_strjoinv (" ", (char **) shy_verdict_get_unread (verdict));
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      g_assert_cmpstr (missing, ==, row->missing);
      g_assert_cmpstr (unread, ==, row->unread);
    }
}

/* The sentence says where to look and what stands there, and never that it was not given. */
static void
test_sentence (void)
{
  g_autoptr (ShyPolicy)  policy = new_policy ("from < on", "a", NULL);
  g_autoptr (ShyFacts)   facts = read_facts (policy, "from=2023-6-31");
  g_autoptr (ShyVerdict) verdict = decide (policy, facts);
  const char            *message = shy_verdict_find_criterion (verdict, "c1")->message;

  g_assert_nonnull (strstr (message, "S!A7"));
  g_assert_nonnull (strstr (message, "2023-6-31"));
  g_assert_null (strstr (message, "open"));
  g_assert_cmpint (shy_verdict_find_criterion (verdict, "c1")->result, ==,
                   SHY_POLICY_RESULT_PERSON);
  g_assert_cmpstr (shy_verdict_find_criterion (verdict, "c2")->message, ==, "open");
}

static ShyPolicy *
new_person_policy (const char *condition)
{
  g_auto (PolicyDouble) text = { 0 };
  g_autofree char      *pack = NULL;
  g_autoptr (GString)   whole = NULL;
  g_autoptr (GBytes)    bytes = NULL;
  g_autoptr (GError)    error = NULL;
  ShyPolicy            *policy;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c1", condition, NULL, NULL, "materials");
  pack = policy_double_write (&text);
  whole = g_string_new (pack);
  g_string_replace (whole, "\"subject\":{}", "\"subject\":{\"person\":\"id\"}", 1);
  bytes = g_bytes_new (whole->str, whole->len);
  policy = shy_policy_new_from_bytes (bytes, "double.json", &error);
  g_assert_no_error (error);

  return policy;
}

/* Whoever an application is for must be readable before anything is granted; the number itself is not
 * repeated. */
static void
test_identity (void)
{
  g_autoptr (ShyPolicy)  policy = new_person_policy ("a");
  g_autoptr (ShyFacts)   facts = read_facts (policy, "a=true id=331122199202290011");
  g_autoptr (ShyVerdict) verdict = decide (policy, facts);

  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, P);
  g_assert_null (strstr (shy_verdict_find_criterion (verdict, SHY_VERDICT_IDENTITY)->message,
                         "331122199202290011"));
}

#define RELATIONS "\"relations\":[{\"id\":\"term\",\"condition\":\"to >= from\",\"fields\":[\"from\"," \
                  "\"to\"],\"text\":{\"en\":\"It ends before it begins.\"}}],"

typedef struct {
  const char      *first;
  const char      *second;
  const char      *facts;
  ShyPolicyOutcome outcome;
} Relation;

static const Relation relations[] = {
  { "from < on", "a", "from=2024-01-01 to=2025-01-01 a=true", E },
  { "from < on", "a", "from=2024-01-01 to=2024-01-01 a=true", E },
  { "from < on", "a", "from=2024-01-01 a=true", E },
  { "from < on", "a", "from=2024-01-01 to=2023-01-01 a=true", P },
  /* also where the facts decide nothing */
  { "b", "a", "from=2024-01-01 to=2023-01-01 a=true b=true", P },
  /* a refusal that does not rest on them stands, one that does is no refusal yet */
  { "from < on", "a", "from=2024-01-01 to=2023-01-01 a=false", N },
  { "from > on", "a", "from=2024-01-01 to=2023-01-01 a=true", P },
};

static void
test_relations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      const Relation        *row = &relations[i];
      g_autoptr (ShyPolicy)  policy = new_policy (row->first, row->second, RELATIONS);
      g_autoptr (ShyFacts)   facts = read_facts (policy, row->facts);
      g_autoptr (ShyVerdict) verdict = decide (policy, facts);
      const ShyVerdictCriterion *spoken = shy_verdict_find_criterion (verdict, "term");

      g_test_message ("%s, %s: %s", row->first, row->second, row->facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      if (strstr (row->facts, "to=2023") == NULL)
        {
          g_assert_null (spoken);
          continue;
        }
      g_assert_nonnull (strstr (spoken->message, "It ends before it begins."));
      g_assert_nonnull (strstr (spoken->message, "S!A7"));
      g_assert_nonnull (strstr (spoken->message, "S!B7"));
      g_assert_cmpstr (shy_facts_get_text (shy_verdict_get_facts (verdict), "to"), ==, "2023-01-01");
    }
}

typedef struct {
  const char      *condition;
  const char      *facts;
  ShyPolicyOutcome outcome;
} Identity;

/* 331122199202290010 was born on 29 February 1992 and is a man by the 17th digit. */
static const Identity identities[] = {
  { "born = date(\"1992-02-29\")", "id=331122199202290010", E },
  { "born = date(\"1992-02-29\")", "", M },
  { "born = date(\"1992-02-29\")", "id=331122199202290010 born=1992-02-29", E },
  { "born >= date(\"1985-01-01\")", "id=331122199202290010 born=1990-02-28", P },
  { "born >= date(\"1985-01-01\")", "id=331122199202290010 born=1992-13-01", P },
  { "age = 33", "id=331122199202290010", E },
  { "age < 40", "id=331122199202290010 age=33", E },
  { "age < 40", "id=331122199202290010 age=31", P },
  { "starts with(sex, \"男\")", "id=331122199202290010", E },
  { "sex != null", "id=331122199202290010 sex=女", P },
  { "sex != null", "id=331122199202290010 sex=男性", E },
};

static void
test_resident_id (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      const Identity        *row = &identities[i];
      g_autoptr (ShyPolicy)  policy = new_person_policy (row->condition);
      g_autoptr (ShyFacts)   facts = read_facts (policy, row->facts);
      g_autoptr (ShyVerdict) verdict = decide (policy, facts);

      g_test_message ("%s: %s", row->condition, row->facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
    }
}

/* Where it came from is told, and another ID takes its place. */
static void
test_fill (void)
{
  g_autoptr (ShyPolicy) policy = new_person_policy ("a");
  g_autoptr (ShyFacts)  facts = read_facts (policy, "id=331122199202290010");

  shy_facts_fill (facts, policy);
  g_assert_cmpstr (shy_facts_get_text (facts, "born"), ==, "1992-02-29");
  g_assert_cmpint (shy_facts_lookup (facts, "born")->origin, ==, SHY_FACT_ORIGIN_IDENTITY);
  shy_facts_remove (facts, "id");
  shy_facts_fill (facts, policy);
  g_assert_null (shy_facts_lookup (facts, "born"));
}

/* A sentence never prints a fact that nobody gave. */
static void
test_neutral (void)
{
  g_auto (PolicyDouble)  text = { 0 };
  g_autofree char       *pack = NULL;
  g_autoptr (GString)    whole = NULL;
  g_autoptr (GBytes)     bytes = NULL;
  g_autoptr (ShyPolicy)  policy = NULL;
  g_autoptr (ShyFacts)   empty = NULL;
  g_autoptr (ShyFacts)   facts = NULL;
  g_autoptr (ShyVerdict) verdict = NULL;
  g_autoptr (ShyVerdict) full = NULL;
  const char            *message;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c1", "a or n > 3", NULL, NULL, "materials");
  pack = policy_double_write (&text);
  whole = g_string_new (pack);
  g_string_replace (whole, "holds", "{n} runs well", 1);
  bytes = g_bytes_new (whole->str, whole->len);
  policy = shy_policy_new_from_bytes (bytes, "double.json", NULL);
  empty = read_facts (policy, "a=true");
  verdict = decide (policy, empty);
  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, E);
  message = shy_verdict_find_criterion (verdict, "c1")->message;
  g_assert_null (strstr (message, "runs well"));
  g_assert_cmpstr (message, ==, "c1: Met. Not filled in: n.");

  facts = read_facts (policy, "a=true n=4.0");
  full = decide (policy, facts);
  g_assert_cmpstr (shy_verdict_find_criterion (full, "c1")->message, ==, "4 runs well");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/unread/outcomes", test_outcomes);
  g_test_add_func ("/unread/sentence", test_sentence);
  g_test_add_func ("/unread/identity", test_identity);
  g_test_add_func ("/unread/relations", test_relations);
  g_test_add_func ("/unread/resident-id", test_resident_id);
  g_test_add_func ("/unread/fill", test_fill);
  g_test_add_func ("/unread/neutral", test_neutral);

  return g_test_run ();
}
