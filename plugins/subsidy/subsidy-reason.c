/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-row.h"

/* Which result of a criterion leads to which outcome. */
static ShyPolicyResult
find_result (ShyPolicyOutcome outcome)
{
  switch (outcome)
    {
    case SHY_POLICY_NOT_ELIGIBLE:
      return SHY_POLICY_RESULT_FALSE;
    case SHY_POLICY_MATERIALS:
      return SHY_POLICY_RESULT_UNKNOWN;
    case SHY_POLICY_PERSON:
      return SHY_POLICY_RESULT_PERSON;
    case SHY_POLICY_ELIGIBLE:
    default:
      return SHY_POLICY_RESULT_TRUE;
    }
}

static const char *
find_criterion (ShyVerdict      *verdict,
                ShyPolicyResult  result)
{
  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    if (shy_verdict_get_criterion (verdict, i)->result == result)
      return shy_verdict_get_criterion (verdict, i)->title;

  return NULL;
}

static const char *
find_limit (ShyVerdict *verdict)
{
  for (guint i = 0; i < shy_verdict_get_n_limits (verdict); i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, i);

      if (limit->result != SHY_POLICY_RESULT_TRUE && limit->limit->title != NULL)
        return shy_policy_text_get (limit->limit->title);
    }
  return NULL;
}

/*
 * subsidy_verdict_dup_reason: the title of what decided first, without a fact of the applicant; NULL
 * for who is eligible.
 */
char *
subsidy_verdict_dup_reason (ShyVerdict *verdict)
{
  ShyPolicyOutcome outcome = shy_verdict_get_outcome (verdict);
  const char      *title;

  if (outcome == SHY_POLICY_ELIGIBLE)
    return NULL;
  title = find_criterion (verdict, find_result (outcome));
  if (title == NULL)
    title = find_limit (verdict);
  if (title == NULL)
    title = find_criterion (verdict, SHY_POLICY_RESULT_UNKNOWN);
  return g_strdup (title);
}
