/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy-double.h"

#include "shy-error.h"

typedef struct {
  const char      *conditions[3];
  const char      *refer; /* of the last condition */
  const char      *skip;  /* likewise */
  const char      *unknown;
  const char      *facts;
  ShyPolicyOutcome outcome;
  const char      *results; /* a letter for each: T F U P S */
  const char      *missing;
} Row;

#define E SHY_POLICY_ELIGIBLE
#define N SHY_POLICY_NOT_ELIGIBLE
#define M SHY_POLICY_MATERIALS
#define P SHY_POLICY_PERSON

static const Row rows[] = {
  { { "a" }, NULL, NULL, "materials", "a=true", E, "T", "" },
  { { "a" }, NULL, NULL, "materials", "a=false", N, "F", "" },
  { { "a" }, NULL, NULL, "materials", "", M, "U", "a" },
  { { "a" }, NULL, NULL, "person", "", P, "U", "a" },
  /* null is never false in silence, and missing is never null */
  { { "n > \"x\"" }, NULL, NULL, "materials", "n=1", P, "P", "" },
  { { "n + 1" }, NULL, NULL, "materials", "n=1", P, "P", "" },
  { { "n = null" }, NULL, NULL, "materials", "", M, "U", "n" },
  { { "s = \"x\"" }, NULL, NULL, "materials", "", M, "U", "s" },
  /* all clauses speak; the worst decides */
  { { "a", "b", "n > 3" }, NULL, NULL, "materials", "a=false b=false n=1", N, "FFF", "" },
  { { "a", "b", "n > 3" }, NULL, NULL, "materials", "a=false n=1", N, "FUF", "" },
  { { "a", "b" }, "true", NULL, "materials", "a=true b=true", P, "TP", "" },
  { { "a", "b" }, "true", NULL, "materials", "a=false b=true", N, "FP", "" },
  /* what a person must see may still be refused by what is missing, so it is asked for */
  { { "a", "b" }, "true", NULL, "materials", "b=true", P, "UP", "a" },
  /* referrals and what does not apply */
  { { "a" }, "n > 3", NULL, "materials", "a=true n=4", P, "P", "" },
  { { "a" }, "n > 3", NULL, "materials", "a=false n=3", N, "F", "" },
  { { "a" }, "n > 3", NULL, "materials", "a=false", M, "U", "n" },
  { { "a" }, NULL, "b", "materials", "a=false b=false", E, "S", "" },
  { { "a" }, NULL, "b", "materials", "a=false b=true", N, "F", "" },
  { { "a" }, NULL, "b", "materials", "a=true", E, "T", "" },
  { { "a" }, NULL, "b", "materials", "a=false", M, "U", "b" },
  /* sharper than Kleene: the same fact twice, all values of a choice, gaps between bounds */
  { { "a or not(a)" }, NULL, NULL, "materials", "", E, "T", "" },
  { { "a and not(a)" }, NULL, NULL, "materials", "", N, "F", "" },
  { { "s in (\"x\", \"y\", \"z\")" }, NULL, NULL, "materials", "", E, "T", "" },
  { { "s = \"w\"" }, NULL, NULL, "materials", "", N, "F", "" },
  { { "n < 3 or n > 2" }, NULL, NULL, "materials", "", E, "T", "" },
  { { "n < 3 or n > 3" }, NULL, NULL, "materials", "", M, "U", "n" },
  { { "n > 3 and n < 2" }, NULL, NULL, "materials", "", N, "F", "" },
  { { "d >= date(\"2025-01-01\") or d <= date(\"2024-12-31\")" }, NULL, NULL, "materials", "", E, "T",
    "" },
  /* across criteria: none of them is decided, the outcome is */
  { { "a", "not(a)" }, NULL, NULL, "materials", "", N, "UU", "" },
  { { "n > 3", "n < 4", "a" }, NULL, NULL, "materials", "a=true", M, "UUT", "n" },
  { { "n > 4", "n < 3", "b" }, NULL, NULL, "materials", "", N, "UUU", "" },
  /* only what can still change it */
  { { "a or b", "n > 3" }, NULL, NULL, "materials", "a=true n=5", E, "TT", "" },
  { { "a or b", "n > 3" }, NULL, NULL, "materials", "n=1", N, "UF", "" },
  { { "if a then b else b", "n > 3" }, NULL, NULL, "materials", "n=4", M, "UT", "b" },
  { { "(a and n > 3) or b" }, NULL, NULL, "materials", "n=1", M, "U", "b" },
};

static void
assert_results (ShyVerdict *verdict,
                const char *results)
{
  static const char letters[] = {
    [SHY_POLICY_RESULT_TRUE] = 'T',   [SHY_POLICY_RESULT_FALSE] = 'F',
    [SHY_POLICY_RESULT_UNKNOWN] = 'U', [SHY_POLICY_RESULT_PERSON] = 'P',
    [SHY_POLICY_RESULT_SKIPPED] = 'S',
  };
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    g_string_append_c (found, letters[shy_verdict_get_criterion (verdict, i)->result]);
  g_assert_cmpstr (found->str, ==, results);
}

static void
assert_missing (ShyVerdict *verdict,
                const char *missing)
{
  g_autofree char *found = g_strjoinv (" ", (char **) shy_verdict_get_missing (verdict));

  g_assert_cmpstr (found, ==, missing);
}

static void
add_facts (PolicyDouble *policy)
{
  add_field (policy, "a", "boolean", NULL);
  add_field (policy, "b", "boolean", NULL);
  add_field (policy, "n", "number", NULL);
  add_field (policy, "s", "choice", ",\"values\":[\"x\",\"y\",\"z\"]");
  add_field (policy, "d", "date", NULL);
  add_field (policy, "c", "county", NULL);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row             *row = &rows[i];
      g_auto (PolicyDouble)  text = { 0 };
      g_autoptr (ShyPolicy)  policy = NULL;
      g_autoptr (ShyFacts)   facts = NULL;
      g_autoptr (ShyVerdict) verdict = NULL;

      policy_double_init (&text);
      add_facts (&text);
      for (guint j = 0; j < 3 && row->conditions[j] != NULL; j++)
        {
          gboolean         last = j == 2 || row->conditions[j + 1] == NULL;
          g_autofree char *id = g_strdup_printf ("c%u", j);

          add_criterion (&text, id, row->conditions[j], last ? row->refer : NULL,
                         last ? row->skip : NULL, row->unknown);
        }
      policy = policy_double_read (&text);
      facts = new_facts (policy, row->facts);
      verdict = decide (policy, facts);
      g_test_message ("row %u: %s | %s", i, row->conditions[0], row->facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      assert_results (verdict, row->results);
      assert_missing (verdict, row->missing);
      /* a fact that is compared with null may turn out to be none: it cannot be tried */
      g_assert_cmpint (shy_verdict_is_exact (verdict), ==,
                       strstr (row->conditions[0], "= null") == NULL);
    }
}

typedef struct {
  const char      *condition;
  const char      *refer;
  const char      *skip;
  const char      *value; /* of the setting: NULL is unset */
  ShyPolicyOutcome outcome;
  const char      *results;
} SettingRow;

/* A setting that nobody made: null to refer and skip_unless, unknown to the condition, and nothing
 * an applicant could hand in. */
static const SettingRow setting_rows[] = {
  { "n >= k", NULL, "k != null", NULL, E, "S" },
  { "n >= k", NULL, "k != null", "3", E, "T" },
  { "n >= k", NULL, "k != null", "6", N, "F" },
  { "n >= k", "k = null", NULL, NULL, P, "P" },
  { "n >= k", "k = null", NULL, "6", N, "F" },
  { "n >= k", NULL, NULL, NULL, P, "U" },
  { "n >= k or n > 4", NULL, NULL, NULL, E, "T" },
  { "if k = null then n > 4 else n >= k", NULL, NULL, NULL, E, "T" },
};

static void
test_settings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (setting_rows); i++)
    {
      const SettingRow      *row = &setting_rows[i];
      g_auto (PolicyDouble)  text = { 0 };
      g_autoptr (ShyPolicy)  policy = NULL;
      g_autoptr (ShyFacts)   facts = NULL;
      g_autoptr (ShyVerdict) verdict = NULL;

      policy_double_init (&text);
      add_facts (&text);
      add_setting (&text, "k", "number", NULL);
      add_criterion (&text, "c", row->condition, row->refer, row->skip, "materials");
      policy = policy_double_read (&text);
      facts = new_facts (policy, "n=5");
      if (row->value != NULL)
        shy_facts_take_setting (facts, policy, "k", row->value, NULL);
      verdict = decide (policy, facts);
      g_test_message ("row %u: %s", i, row->condition);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      assert_results (verdict, row->results);
      g_assert_cmpuint (shy_verdict_get_n_warnings (verdict), ==, *row->results == 'S' ? 1 : 0);
    }
}

/* A value that only the pack vouches for, and not even by a source, neither refuses nor grants: it
 * decides once the county has set it, and where it makes no difference. */
static void
test_unverified_setting (void)
{
  static const struct
  {
    const char      *condition;
    const char      *facts;
    const char      *set; /* by the county */
    ShyPolicyOutcome outcome;
    ShyPolicyResult  result;
    guint            n_warnings;
  } rows[] = {
    { "n >= k", "n=5", NULL, P, SHY_POLICY_RESULT_PERSON, 1 },
    { "n >= k", "n=1", NULL, P, SHY_POLICY_RESULT_PERSON, 1 },
    { "n >= k", "n=5", "3", E, SHY_POLICY_RESULT_TRUE, 0 },
    { "n >= k", "n=1", "3", N, SHY_POLICY_RESULT_FALSE, 0 },
    { "n >= k", "", NULL, M, SHY_POLICY_RESULT_UNKNOWN, 1 },
    { "n > 2 or k > 9", "n=5", NULL, E, SHY_POLICY_RESULT_TRUE, 1 },
    { "n > 2 and k > 9", "n=1", NULL, N, SHY_POLICY_RESULT_FALSE, 1 },
    { "twice > 5", "n=5", NULL, P, SHY_POLICY_RESULT_PERSON, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (PolicyDouble)  text = { 0 };
      g_autoptr (ShyPolicy)  policy = NULL;
      g_autoptr (ShyFacts)   facts = NULL;
      g_autoptr (ShyVerdict) verdict = NULL;

      policy_double_init (&text);
      add_facts (&text);
      add_item (text.settings, "{\"name\":\"k\",\"label\":{\"en\":\"k\"},\"type\":\"number\","
                               "\"clause\":\"c\",\"status\":\"unverified\",\"value\":3}");
      add_derived (&text, "twice", "k + k");
      add_criterion (&text, "c", rows[i].condition, NULL, NULL, "materials");
      policy = policy_double_read (&text);
      facts = new_facts (policy, rows[i].facts);
      if (rows[i].set != NULL)
        shy_facts_take_setting (facts, policy, "k", rows[i].set, NULL);
      verdict = decide (policy, facts);
      g_test_message ("row %u", i);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, rows[i].outcome);
      g_assert_cmpint (shy_verdict_get_criterion (verdict, 0)->result, ==, rows[i].result);
      g_assert_cmpuint (shy_verdict_get_n_warnings (verdict), ==, rows[i].n_warnings);
      if (rows[i].n_warnings > 0)
        g_assert_cmpstr (shy_verdict_get_warning (verdict, 0)->code, ==, "setting-unverified");
      if (rows[i].result == SHY_POLICY_RESULT_PERSON)
        g_assert_nonnull (strstr (shy_verdict_get_criterion (verdict, 0)->reason, "not verified"));
    }
}

/* A policy whose parts stand on clauses of every kind: "good" (A), "fair" (B), "weak" (verified, but
 * seen in one weak source), "open" (unverified), "lost" (verified, in no document). */
static ShyPolicy *
read_resting_on (const char *criterion,
                 const char *amount,
                 const char *limit,
                 const char *group,
                 const char *effective)
{
  g_autofree char   *text = g_strdup_printf (
    "{\"format\":1,\"id\":\"rest\",\"version\":\"1\",\"title\":{\"en\":\"Rest\"},"
    "\"kind\":\"application\",\"subject\":{},"
    "\"documents\":[{\"id\":\"a\",\"title\":\"A\",\"confidence\":\"A\"},"
    "{\"id\":\"b\",\"title\":\"B\",\"confidence\":\"B\"},"
    "{\"id\":\"c\",\"title\":\"C\",\"confidence\":\"C\"}],"
    "\"clauses\":["
    "{\"id\":\"good\",\"document\":\"a\",\"text\":{\"en\":\"t\"},\"status\":\"verified\"},"
    "{\"id\":\"fair\",\"document\":\"b\",\"text\":{\"en\":\"t\"},\"status\":\"verified\"},"
    "{\"id\":\"weak\",\"document\":\"c\",\"text\":{\"en\":\"t\"},\"status\":\"verified\"},"
    "{\"id\":\"open\",\"document\":\"a\",\"text\":{\"en\":\"t\"},\"status\":\"unverified\"},"
    "{\"id\":\"lost\",\"text\":{\"en\":\"t\"},\"status\":\"verified\"}],"
    "\"effective\":{\"from\":\"2025-06-01\",\"until\":null%s},"
    "\"group\":%s,"
    "\"settings\":[{\"name\":\"k\",\"label\":{\"en\":\"k\"},\"type\":\"number\",\"clause\":\"%s\","
    "\"status\":\"unverified\"}],"
    "\"fields\":[{\"name\":\"n\",\"label\":{\"en\":\"n\"},\"type\":\"number\"}],"
    "\"criteria\":[{\"id\":\"c\",\"title\":{\"en\":\"c\"},"
    "\"condition\":\"if k = null then n > 3 else n > k\",\"clause\":\"%s\","
    "\"when_true\":{\"en\":\"holds\"},\"when_false\":{\"en\":\"fails\"},"
    "\"when_unknown\":{\"en\":\"open\"},\"unknown\":\"materials\"}],"
    "\"amount\":{\"expression\":\"100\",\"clause\":\"%s\"},"
    "\"limits\":[{\"id\":\"once\",\"kind\":\"lifetime\",\"per\":\"person\",\"policies\":[\"rest\"],"
    "\"max\":1,\"clause\":\"%s\"}]}",
    effective, group, criterion, criterion, amount, limit);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = shy_policy_new_from_bytes (bytes, "rest.json", &error);

  g_assert_no_error (error);
  return policy;
}

/* What nobody verified neither refuses nor grants, whatever part of a pack says it. */
static void
test_unverified_decides_nothing (void)
{
  static const struct
  {
    const char      *criterion;
    const char      *amount;
    const char      *limit;
    const char      *group;     /* clause of a group to which the county does not belong */
    const char      *effective; /* clause of a first day that is still to come */
    const char      *facts;
    const char      *set;
    gboolean         granted;   /* before */
    ShyPolicyOutcome outcome;
  } rows[] = {
    /* criteria */
    { "good", "good", "good", NULL, NULL, "n=5", NULL, FALSE, E },
    { "good", "good", "good", NULL, NULL, "n=1", NULL, FALSE, N },
    { "fair", "good", "good", NULL, NULL, "n=1", NULL, FALSE, N },
    { "weak", "good", "good", NULL, NULL, "n=1", NULL, FALSE, P },
    { "open", "good", "good", NULL, NULL, "n=1", NULL, FALSE, P },
    { "lost", "good", "good", NULL, NULL, "n=1", NULL, FALSE, P },
    { "open", "good", "good", NULL, NULL, "n=5", NULL, FALSE, E },
    { "open", "good", "good", NULL, NULL, "", NULL, FALSE, M },
    /* the county settles what the clause leaves open */
    { "open", "good", "good", NULL, NULL, "n=1", "2", FALSE, N },
    { "weak", "good", "good", NULL, NULL, "n=1", "2", FALSE, N },
    /* amounts, and what grants at all */
    { "good", "open", "good", NULL, NULL, "n=5", NULL, FALSE, P },
    { "good", "weak", "good", NULL, NULL, "n=5", NULL, FALSE, P },
    { "good", "weak", "good", NULL, NULL, "n=1", NULL, FALSE, N },
    { "open", "open", "good", NULL, NULL, "n=5", NULL, FALSE, P },
    /* limits */
    { "good", "good", "good", NULL, NULL, "n=5", NULL, TRUE, N },
    { "good", "good", "open", NULL, NULL, "n=5", NULL, TRUE, P },
    { "good", "good", "weak", NULL, NULL, "n=5", NULL, TRUE, P },
    { "good", "good", "open", NULL, NULL, "n=5", NULL, FALSE, E },
    /* groups and days */
    { "good", "good", "good", "good", NULL, "n=5", NULL, FALSE, N },
    { "good", "good", "good", "open", NULL, "n=5", NULL, FALSE, P },
    { "good", "good", "good", NULL, "good", "n=5", NULL, FALSE, N },
    { "good", "good", "good", NULL, "open", "n=5", NULL, FALSE, P },
    { "good", "good", "good", NULL, "weak", "n=5", NULL, FALSE, P },
    { "good", "good", "good", NULL, "", "n=5", NULL, FALSE, P },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean         early = rows[i].effective != NULL;
      g_autofree char *effective = early && *rows[i].effective != '\0'
                                     ? g_strdup_printf (",\"clause\":\"%s\"", rows[i].effective)
                                     : g_strdup ("");
      g_autofree char *group = rows[i].group != NULL
                                 ? g_strdup_printf ("{\"name\":\"山区26县\",\"left\":\"warn\","
                                                    "\"clause\":\"%s\"}", rows[i].group)
                                 : g_strdup ("null");
      g_autoptr (ShyPolicy) policy = read_resting_on (rows[i].criterion, rows[i].amount,
                                                      rows[i].limit, group, effective);
      g_autoptr (ShyFacts)   facts = new_facts (policy, rows[i].facts);
      g_autoptr (ShyVerdict) verdict = NULL;
      GDate                  on;

      g_date_clear (&on, 1);
      g_date_set_dmy (&on, early ? 31 : 15, early ? 5 : 6, 2025);
      shy_facts_set_on (facts, &on);
      shy_facts_set_county (facts, "330305");
      if (rows[i].set != NULL)
        shy_facts_take_setting (facts, policy, "k", rows[i].set, NULL);
      if (rows[i].granted)
        {
          ShyGrant grant = { .policy = (char *) "rest", .date = on };

          shy_facts_add_grant (facts, &grant);
        }
      else
        shy_facts_set_history_known (facts, TRUE);
      verdict = decide (policy, facts);
      g_test_message ("row %u", i);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, rows[i].outcome);
      if (rows[i].outcome != E)
        g_assert_cmpint (shy_verdict_get_amount (verdict), ==, -1);
    }
}

/* Working days of a year that no calendar has yet: no answer, and the reason is said. */
static void
test_beyond_calendar (void)
{
  g_auto (PolicyDouble)  text = { 0 };
  g_autoptr (ShyPolicy)  policy = NULL;
  g_autoptr (ShyFacts)   facts = NULL;
  g_autoptr (ShyVerdict) verdict = NULL;
  GDate                  on;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "working days between(d, on) > 3", NULL, NULL, "materials");
  policy = policy_double_read (&text);
  facts = new_facts (policy, "d=2999-01-01");
  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 1, 2, 2999);
  shy_facts_set_on (facts, &on);
  verdict = decide (policy, facts);
  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, P);
  g_assert_nonnull (shy_verdict_get_criterion (verdict, 0)->reason);
  g_assert_cmpuint (shy_verdict_get_n_warnings (verdict), ==, 1);
  g_assert_cmpstr (shy_verdict_get_warning (verdict, 0)->code, ==, "beyond-calendar");
}

/* One policy, many threads: each gets the answer that one alone gets. */
static gpointer
decide_often (gpointer data)
{
  ShyPolicy *policy = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (ShyFacts)   facts = new_facts (policy, i % 2 == 0 ? "n=5" : "n=1");
      g_autoptr (ShyVerdict) verdict = NULL;

      if (i % 3 == 0)
        shy_facts_take_setting (facts, policy, "k", i % 2 == 0 ? "9" : "0", NULL);
      verdict = decide (policy, facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==,
                       (i % 3 == 0) == (i % 2 == 0) ? N : E);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_auto (PolicyDouble) text = { 0 };
  g_autoptr (ShyPolicy) policy = NULL;
  GThread              *threads[4];

  policy_double_init (&text);
  add_facts (&text);
  add_setting (&text, "k", "number", ",\"value\":3");
  add_criterion (&text, "c", "n >= k", NULL, NULL, "materials");
  policy = policy_double_read (&text);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("judge", decide_often, policy);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static ShyVerdict *
decide_amount (const char *amount,
               const char *limits,
               const char *facts,
               const char *grants)
{
  g_auto (PolicyDouble) text = { 0 };
  g_autoptr (ShyPolicy) policy = NULL;
  g_autoptr (ShyFacts)  given = NULL;
  g_auto (GStrv)        each = g_strsplit (grants, " ", -1);

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  text.amount = g_strdup_printf ("{\"expression\":\"%s\",\"unit\":\"元\",\"clause\":\"c\"}", amount);
  g_string_append (text.limits, limits);
  policy = policy_double_read (&text);
  given = new_facts (policy, facts);
  for (guint i = 0; each[i] != NULL && *each[i] != '\0'; i++) /* policy:year:yuan[:pending] */
    {
      g_auto (GStrv) parts = g_strsplit (each[i], ":", 4);
      ShyGrant       grant = { .policy = parts[0] };

      g_date_clear (&grant.date, 1);
      g_date_set_dmy (&grant.date, 1, 3, (GDateYear) atoi (parts[1]));
      grant.fen = atoi (parts[2]) * 100;
      grant.pending = parts[3] != NULL;
      shy_facts_add_grant (given, &grant);
    }

  return decide (policy, given);
}

typedef struct {
  const char      *amount;
  const char      *facts;
  ShyPolicyOutcome outcome;
  gint64           fen;
} AmountRow;

static const AmountRow amount_rows[] = {
  { "200000", "a=true", E, 20000000 },
  { "n * 0.1", "a=true n=12.3", E, 123 },
  { "n * 0.1", "a=true n=12.34", P, -1 }, /* 1.234 yuan is no number of fen */
  { "n / 3", "a=true n=1", P, -1 },
  { "-1", "a=true", P, -1 },
  { "if n > 1 then 10 else 20", "a=true n=1", E, 2000 },
  { "if n > 1 then 10 else 20", "a=true", M, -1 },
  { "if n > 1 then 10 else 10", "a=true", E, 1000 },
  { "n + 1", "a=false", N, -1 },
  { "n / 0", "a=true n=1", P, -1 },
  { "99999999999999999999", "a=true", P, -1 },
};

static void
test_amounts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (amount_rows); i++)
    {
      const AmountRow       *row = &amount_rows[i];
      g_autoptr (ShyVerdict) verdict = decide_amount (row->amount, "", row->facts, "");

      g_test_message ("row %u: %s | %s", i, row->amount, row->facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      g_assert_cmpint (shy_verdict_get_amount (verdict), ==, row->fen);
    }
}

#define LIMIT(kind, more)                                                                      \
  "{\"id\":\"l\",\"kind\":\"" kind "\",\"per\":\"person\",\"policies\":[\"double\",\"other\"],"  \
  "\"clause\":\"c\"" more "}"

typedef struct {
  const char      *limit;
  const char      *grants;
  ShyPolicyOutcome outcome;
  gint64           fen;
} LimitRow;

/* The decision is made in June 2025 about 1000 yuan. */
static const LimitRow limit_rows[] = {
  { LIMIT ("lifetime", ",\"max\":1"), "", E, 100000 },
  { LIMIT ("lifetime", ",\"max\":1"), "third:2020:1", E, 100000 },
  { LIMIT ("lifetime", ",\"max\":1"), "double:2020:1", N, -1 },
  { LIMIT ("lifetime", ",\"max\":2"), "other:2020:1", E, 100000 },
  { LIMIT ("lifetime", ",\"max\":2"), "other:2020:1 double:2025:1", N, -1 },
  { LIMIT ("exclusion", ",\"when\":\"ever\""), "other:2020:1", N, -1 },
  { LIMIT ("exclusion", ",\"when\":\"same-year\""), "other:2024:1", E, 100000 },
  { LIMIT ("exclusion", ",\"when\":\"same-year\""), "other:2025:1", N, -1 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "", E, 100000 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "double:2025:700", E, 80000 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "double:2025:700 other:2025:800", N, -1 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "double:2024:1500", E, 100000 },
  { LIMIT ("yearly-amount", ",\"max\":900"), "", E, 90000 },
  { LIMIT ("years", ",\"max\":2"), "double:2023:1 double:2023:1", E, 100000 },
  { LIMIT ("years", ",\"max\":2"), "double:2023:1 double:2024:1", N, -1 },
  { LIMIT ("years", ",\"max\":2"), "double:2024:1 double:2025:1", E, 100000 },
  /* What was found eligible but is not known to be paid refuses nobody by itself. */
  { LIMIT ("lifetime", ",\"max\":1"), "double:2020:1:pending", P, -1 },
  { LIMIT ("lifetime", ",\"max\":1"), "double:2020:1:pending other:2020:1", N, -1 },
  { LIMIT ("lifetime", ",\"max\":2"), "double:2020:1:pending other:2020:1", P, -1 },
  { LIMIT ("exclusion", ",\"when\":\"ever\""), "other:2020:1:pending", P, -1 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "double:2025:700:pending", E, 80000 },
  { LIMIT ("yearly-amount", ",\"max\":1500"), "double:2025:1500:pending", P, -1 },
};

static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limit_rows); i++)
    {
      const LimitRow        *row = &limit_rows[i];
      g_autoptr (ShyVerdict) verdict = decide_amount ("1000", row->limit, "a=true", row->grants);
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, 0);

      g_test_message ("row %u: %s | %s", i, row->limit, row->grants);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      g_assert_cmpint (shy_verdict_get_amount (verdict), ==, row->fen);
      if (row->outcome == N || row->fen < 100000)
        g_assert_nonnull (limit->message);
      if (row->outcome == E)
        g_assert_cmpint (limit->cut, ==, 100000 - row->fen);
    }
}

/* A person who is not identified cannot have been looked up: that is open, unless it is refused
 * anyhow. */
static void
test_unknown_history (void)
{
  g_auto (PolicyDouble)  text = { 0 };
  g_autoptr (ShyPolicy)  policy = NULL;
  g_autoptr (ShyFacts)   facts = NULL;
  g_autoptr (ShyVerdict) open = NULL;
  g_autoptr (ShyVerdict) refused = NULL;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  g_string_append (text.limits, LIMIT ("lifetime", ",\"max\":1"));
  policy = policy_double_read (&text);
  facts = new_facts (policy, "a=true");
  shy_facts_set_history_known (facts, FALSE);
  open = decide (policy, facts);
  /* What was granted before is not the applicant's to bring. */
  g_assert_cmpint (shy_verdict_get_outcome (open), ==, P);
  assert_missing (open, "");
  shy_facts_take (facts, policy, "a", "false", SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  refused = decide (policy, facts);
  g_assert_cmpint (shy_verdict_get_outcome (refused), ==, N);
}

typedef struct {
  const char      *left;
  const char      *facts;
  ShyPolicyOutcome outcome;
  const char      *warning; /* of the first warning */
} GroupRow;

/* 平阳县 (330326) left on 2024-08-21; 青田县 (331121) never left; 330106 was never in. The decision
 * is made in June 2025, the key date is d. */
static const GroupRow group_rows[] = {
  { "warn", "c=331121 d=2025-01-01", E, NULL },
  { "warn", "c=330106 d=2025-01-01", N, NULL },
  { "refuse", "c=330326 d=2024-08-20", E, "county-left-group" },
  { "warn", "c=330326 d=2024-08-21", E, "county-left-group" },
  { "person", "c=330326 d=2024-08-21", P, "county-left-group" },
  { "refuse", "c=330326 d=2024-08-21", N, "county-left-group" },
  { "refuse", "c=330326", M, "county-left-group" },
  { "refuse", "c=331121", E, "key-date-unknown" },
  { "refuse", "d=2025-01-01", M, NULL },
};

static void
test_group (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (group_rows); i++)
    {
      const GroupRow        *row = &group_rows[i];
      g_auto (PolicyDouble)  text = { 0 };
      g_autoptr (ShyPolicy)  policy = NULL;
      g_autoptr (ShyFacts)   facts = NULL;
      g_autoptr (ShyVerdict) verdict = NULL;

      policy_double_init (&text);
      add_facts (&text);
      add_criterion (&text, "c1", "true", NULL, NULL, "materials");
      text.key_date = g_strdup ("d");
      text.head = g_strdup_printf ("\"group\":{\"name\":\"山区26县\",\"left\":\"%s\",\"clause\":\"c\"},",
                                   row->left);
      policy = policy_double_read (&text);
      facts = new_facts (policy, row->facts);
      shy_facts_set_county (facts, shy_facts_get_text (facts, "c"));
      verdict = decide (policy, facts);
      g_test_message ("row %u: %s %s", i, row->left, row->facts);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, row->outcome);
      g_assert_cmpstr (shy_verdict_get_n_warnings (verdict) > 0
                         ? shy_verdict_get_warning (verdict, 0)->code : NULL, ==, row->warning);
      g_assert_nonnull (shy_verdict_find_criterion (verdict, SHY_VERDICT_GROUP));
    }
}

static void
test_needs_a_day (void)
{
  g_auto (PolicyDouble) text = { 0 };
  g_autoptr (ShyPolicy) policy = NULL;
  g_autoptr (ShyFacts)  facts = shy_facts_new ();
  g_autoptr (GError)    error = NULL;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  policy = policy_double_read (&text);
  g_assert_null (shy_policy_decide (policy, facts, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

typedef struct {
  const char *json;
  const char *names; /* what the message must name; NULL if it is good */
} JsonRow;

static const JsonRow json_rows[] = {
  { "{\"a\": true, \"n\": 12.50, \"s\": \"x\", \"d\": \"2025-01-31\"}", NULL },
  { "{\"facts\": {\"n\": \"123456789012345678.5\"}, \"on\": \"2025-06-01\", \"county\": \"331121\","
    " \"history\": [{\"policy\": \"p\", \"date\": \"2024-01-01\", \"amount\": 10.5, \"year\": 1}]}", NULL },
  { "{\"n\": null}", NULL },
  { "{\"m\": 1}", "“m”" },
  { "{\"n\": true}", "$.n" },
  { "{\"s\": 1}", "$.s" },
  { "{\"facts\": {}, \"other\": 1}", "$.other" },
  { "{\"facts\": {}, \"history\": [{\"policy\": \"p\"}]}", "$.history[0]" },
  { "{\"facts\": {}, \"history\": [{\"policy\": \"p\", \"date\": \"2024-01-01\", \"amount\": 1.234}]}",
    "$.history[0]" },
  { "{\"facts\": {}, \"settings\": {\"k\": 1}}", "“k”" },
  { "[]", "expected an object" },
  { "{\"a\": ", "1" },
};

static void
test_json (void)
{
  g_auto (PolicyDouble) text = { 0 };
  g_autoptr (ShyPolicy) policy = NULL;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  policy = policy_double_read (&text);
  for (guint i = 0; i < G_N_ELEMENTS (json_rows); i++)
    {
      g_autoptr (GBytes)   bytes = g_bytes_new_static (json_rows[i].json, strlen (json_rows[i].json));
      g_autoptr (GError)   error = NULL;
      g_autoptr (ShyFacts) facts = shy_facts_new_from_json (bytes, policy, &error);

      g_test_message ("%s: %s", json_rows[i].json, error != NULL ? error->message : "good");
      if (json_rows[i].names == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (facts);
      g_assert (error != NULL && error->domain == SHY_ERROR);
      g_assert_nonnull (strstr (error->message, json_rows[i].names));
    }
}

/* A text that is no value of its field is what somebody has to read again, not a broken file. */
static void
test_json_unread (void)
{
  static const char *const names[] = { "n", "s", "d", "a", "c" };
  static const char *const texts[] = { "7999元/月", "w", "2025-02-30", "也许", "瓦坎达" };

  g_auto (PolicyDouble) text = { 0 };
  g_autoptr (ShyPolicy) policy = NULL;

  policy_double_init (&text);
  add_facts (&text);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  policy = policy_double_read (&text);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char     *json = g_strdup_printf ("{\"%s\": \"%s\"}", names[i], texts[i]);
      g_autofree char     *place = g_strconcat ("$.", names[i], NULL);
      g_autoptr (GBytes)   bytes = g_bytes_new_static (json, strlen (json));
      g_autoptr (GError)   error = NULL;
      g_autoptr (ShyFacts) facts = shy_facts_new_from_json (bytes, policy, &error);
      const ShyUnread     *unread;

      g_assert_no_error (error);
      unread = shy_facts_lookup_unread (facts, names[i]);
      g_assert_nonnull (unread);
      g_assert_cmpstr (unread->text, ==, texts[i]);
      g_assert_cmpstr (unread->place, ==, place);
      g_assert_null (shy_facts_lookup (facts, names[i]));
    }
}

/* What programs read: decimals stay exact, clauses and missing facts are there. */
static void
test_verdict_json (void)
{
  g_autoptr (ShyVerdict) verdict = decide_amount ("10.5", "", "a=true", "");
  g_autoptr (JsonNode)   node = shy_verdict_to_json (verdict);
  JsonObject            *object = json_node_get_object (node);
  JsonObject            *criterion;

  g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, "eligible");
  g_assert_cmpstr (json_object_get_string_member (object, "amount"), ==, "10.50");
  g_assert_cmpstr (json_object_get_string_member (object, "on"), ==, "2025-06-15");
  criterion = json_array_get_object_element (json_object_get_array_member (object, "criteria"), 0);
  g_assert_cmpstr (json_object_get_string_member (criterion, "result"), ==, "true");
  g_assert_cmpstr (json_object_get_string_member (criterion, "message"), ==, "holds");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (criterion, "clause"),
                                                  "document"), ==, "D1");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/decide/table", test_table);
  g_test_add_func ("/decide/settings", test_settings);
  g_test_add_func ("/decide/unverified-setting", test_unverified_setting);
  g_test_add_func ("/decide/unverified", test_unverified_decides_nothing);
  g_test_add_func ("/decide/beyond-calendar", test_beyond_calendar);
  g_test_add_func ("/decide/threads", test_threads);
  g_test_add_func ("/decide/amounts", test_amounts);
  g_test_add_func ("/decide/limits", test_limits);
  g_test_add_func ("/decide/unknown-history", test_unknown_history);
  g_test_add_func ("/decide/group", test_group);
  g_test_add_func ("/decide/needs-a-day", test_needs_a_day);
  g_test_add_func ("/decide/facts-json", test_json);
  g_test_add_func ("/decide/facts-json-unread", test_json_unread);
  g_test_add_func ("/decide/verdict-json", test_verdict_json);

  return g_test_run ();
}
