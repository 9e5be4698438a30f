/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-verdict.h"

/* What a criterion says for each of its results. */

static const char pack[] =
  "{\"format\":1,\"id\":\"words\",\"version\":\"1\",\"title\":{\"en\":\"Words\"},"
  "\"kind\":\"application\",\"documents\":[{\"id\":\"d\",\"title\":\"D\",\"confidence\":\"A\"}],"
  "\"clauses\":[{\"id\":\"c\",\"document\":\"d\",\"text\":{\"en\":\"text\"},\"status\":\"verified\"}],"
  "\"effective\":{},\"fields\":["
  "{\"name\":\"n\",\"label\":{\"en\":\"n\"},\"type\":\"number\"},"
  "{\"name\":\"place\",\"label\":{\"en\":\"place\"},\"type\":\"county\"}],"
  "\"criteria\":[{\"id\":\"own\",\"title\":{\"en\":\"Own\"},\"condition\":\"n >= 2\","
  "\"refer\":\"n = 7\",\"clause\":\"c\",\"when_true\":{\"en\":\"{n} holds\"},"
  "\"when_false\":{\"en\":\"{n} fails\"},\"when_unknown\":{\"en\":\"open\"},"
  "\"when_person\":{\"en\":\"ask about {n}\"},\"unknown\":\"materials\"},"
  "{\"id\":\"borrowed\",\"title\":{\"en\":\"Borrowed\"},\"condition\":\"n >= 2\","
  "\"refer\":\"n = 7\",\"clause\":\"c\",\"when_true\":{\"en\":\"{n} holds in {place}\"},"
  "\"when_false\":{\"en\":\"fails\"},\"when_unknown\":{\"en\":\"open\"},"
  "\"unknown\":\"materials\"}]}";

typedef struct {
  const char *facts;
  const char *own;
  const char *borrowed;
} WordRow;

static const WordRow rows[] = {
  { "{\"n\":3,\"place\":\"331122\"}", "3 holds", "3 holds in 缙云县" },
  { "{\"n\":1,\"place\":\"331122\"}", "1 fails", "fails" },
  { "{\"place\":\"331122\"}", "open", "open" },
  { "{\"n\":7,\"place\":\"331127\"}", "ask about 7", "7 holds in 景宁畲族自治县" },
};

static ShyFacts *
read_facts (const char *text,
            ShyPolicy  *policy)
{
  g_autofree char   *json = g_strdup_printf ("{\"on\":\"2025-06-30\",\"facts\":%s}", text);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  ShyFacts          *facts = shy_facts_new_from_json (bytes, policy, &error);

  g_assert_no_error (error);

  return facts;
}

static void
test_sentences (void)
{
  g_autoptr (GBytes)    bytes = g_bytes_new_static (pack, strlen (pack));
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = shy_policy_new_from_bytes (bytes, "words.json", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyFacts)   facts = read_facts (rows[i].facts, policy);
      g_autoptr (ShyVerdict) verdict = shy_policy_decide (policy, facts, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (shy_verdict_find_criterion (verdict, "own")->message, ==, rows[i].own);
      g_assert_cmpstr (shy_verdict_find_criterion (verdict, "borrowed")->message, ==,
                       rows[i].borrowed);
    }
}

int
main (int    argc,
      char **argv)
{
  test_init (&argc, &argv);
  g_test_add_func ("/decide-words/sentences", test_sentences);

  return g_test_run ();
}
