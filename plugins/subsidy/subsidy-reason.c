/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

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

/* The fields to be read again, without what stands in them. */
static char *
dup_unread (ShyVerdict *verdict)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (const char *const *name = shy_verdict_get_unread (verdict); *name != NULL; name++)
    {
      const ShyPolicyField *field = shy_policy_find_field (shy_verdict_get_policy (verdict), *name);
      const char *label = field != NULL ? shy_policy_text_get (field->label) : NULL;

      if (labels->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (labels, _(", "));
      g_string_append (labels, label != NULL ? label : *name);
    }

  /* Translators: %s is a list of fields. */
  return g_strdup_printf (_("Read again: %s"), labels->str);
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
  if (outcome == SHY_POLICY_PERSON && *shy_verdict_get_unread (verdict) != NULL)
    return dup_unread (verdict);
  title = find_criterion (verdict, find_result (outcome));
  if (title == NULL)
    title = find_limit (verdict);
  if (title == NULL)
    title = find_criterion (verdict, SHY_POLICY_RESULT_UNKNOWN);
  return g_strdup (title);
}
