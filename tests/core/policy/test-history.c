/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

/* The pack whose amount depends on how often its applicant had the grant. */
#define PACK "zj-startup-care"

static ShyPolicy *
open_pack (void)
{
  g_autofree char   *path = shy_data_build ("policies", PACK ".json", NULL);
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = shy_policy_new_from_file (path, &error);

  g_assert_no_error (error);
  return policy;
}

static const ShyPolicyCase *
find_eligible (ShyPolicy *policy)
{
  GPtrArray *cases = shy_policy_get_cases (policy);

  for (guint i = 0; i < cases->len; i++)
    {
      const ShyPolicyCase *given = cases->pdata[i];

      if (given->outcome == SHY_POLICY_ELIGIBLE && given->history->len == 0)
        return given;
    }
  g_assert_not_reached ();
}

static void
add_grants (ShyFacts   *facts,
            const char *person,
            const char *employer)
{
  ShyGrant grant = { .policy = (char *) PACK,
                     .fen = 1000000,
                     .person = (char *) person,
                     .employer = (char *) employer };

  g_date_clear (&grant.date, 1);
  for (int year = 2019; year < 2025; year++)
    {
      g_date_set_dmy (&grant.date, 1, 3, (GDateYear) year);
      shy_facts_add_grant (facts, &grant);
    }
}

static ShyVerdict *
decide (ShyPolicy      *policy,
        const ShyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  ShyVerdict        *verdict = shy_policy_decide (policy, facts, &error);

  g_assert_no_error (error);
  return verdict;
}

/* What others had is no history of this person; what the person had is. Whether two founders of one
 * firm may both have it is open, so then a person decides, and not by the years that others had. */
static void
test_counts_only_the_applicants_own (void)
{
  g_autoptr (ShyPolicy)  policy = open_pack ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyFacts)   facts = shy_facts_new_from_case (find_eligible (policy), policy, &error);
  g_autoptr (ShyFacts)   others = NULL;
  g_autoptr (ShyFacts)   founders = NULL;
  g_autoptr (ShyVerdict) beside = NULL;
  g_autoptr (ShyVerdict) before = NULL;
  g_autoptr (ShyVerdict) same = NULL;
  g_autoptr (ShyVerdict) changed = NULL;
  const char            *person, *employer;

  g_assert_no_error (error);
  person = shy_facts_get_text (facts, shy_policy_get_person_field (policy)->name);
  employer = shy_facts_get_text (facts, shy_policy_get_employer_field (policy)->name);
  shy_facts_set_history_known (facts, TRUE);
  before = decide (policy, facts);
  g_assert_cmpint (shy_verdict_get_outcome (before), ==, SHY_POLICY_ELIGIBLE);

  others = shy_facts_copy (facts);
  add_grants (others, "330824197001010012", "91330329MA2A0000XP");
  add_grants (others, "", "91330329MA2A0000XP");
  same = decide (policy, others);
  g_assert_cmpint (shy_verdict_get_outcome (same), ==, SHY_POLICY_ELIGIBLE);
  g_assert_cmpint (shy_verdict_get_amount (same), ==, shy_verdict_get_amount (before));

  founders = shy_facts_copy (facts);
  add_grants (founders, "330824197001010012", employer);
  beside = decide (policy, founders);
  g_assert_cmpint (shy_verdict_get_outcome (beside), ==, SHY_POLICY_PERSON);

  add_grants (facts, person, employer);
  changed = decide (policy, facts);
  g_assert_cmpint (shy_verdict_get_outcome (changed), !=, SHY_POLICY_ELIGIBLE);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/history/counts-only-the-applicants-own", test_counts_only_the_applicants_own);

  return g_test_run ();
}
