/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
        return shy_text_get (limit->limit->title);
    }
  return NULL;
}

/* A field, and the cell to be looked at again, without its sheet: sheets are named after people. */
static char *
dup_place (ShyVerdict *verdict,
           const char *name)
{
  const ShyField  *field = shy_policy_find_field (shy_verdict_get_policy (verdict), name);
  const ShyUnread *unread = shy_facts_lookup_unread (shy_verdict_get_facts (verdict), name);
  const char      *label = field != NULL ? shy_text_get (field->label) : NULL;
  const char      *cell = NULL;

  if (label == NULL)
    label = name;
  if (unread != NULL && unread->origin == SHY_FACT_ORIGIN_CELL && unread->place != NULL)
    cell = strrchr (unread->place, '!');
  if (cell == NULL)
    return g_strdup (label);

  /* Translators: a field, then its cell. */
  return g_strdup_printf (_("%s (cell %s)"), label, cell + 1);
}

/* The fields to be read again, without what stands in them. */
static char *
dup_unread (ShyVerdict *verdict)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (const char *const *name = shy_verdict_get_unread (verdict); *name != NULL; name++)
    {
      g_autofree char *place = dup_place (verdict, *name);

      if (labels->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (labels, _(", "));
      g_string_append (labels, place);
    }

  /* Translators: %s is a list of fields. */
  return g_strdup_printf (_("Read again: %s"), labels->str);
}

/* What has to be brought: the fact and the paper that proves it, or what the county has to set. */
static char *
dup_need (ShyPolicy  *policy,
          const char *name)
{
  const ShyField         *field = shy_policy_find_field (policy, name);
  const ShyPolicySetting *setting = shy_policy_find_setting (policy, name);
  const char             *label = field != NULL ? shy_text_get (field->label) : NULL;
  const char             *material = NULL;

  if (field != NULL && field->material != NULL)
    material = shy_text_get (field->material);
  if (setting != NULL)
    /* Translators: a setting that the county has not made. */
    return g_strdup_printf (_("%s (for the county to set)"), shy_text_get (setting->field.label));
  if (material == NULL || g_strcmp0 (label, material) == 0)
    return g_strdup (label);

  /* Translators: a fact, then the paper that proves it. */
  return g_strdup_printf (_("%s (bring: %s)"), label, material);
}

static char *
find_need (ShyVerdict        *verdict,
           const char *const *names)
{
  const char *const *relevant = shy_verdict_get_missing (verdict);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (g_strv_contains (relevant, names[i]))
      {
        char *need = dup_need (shy_verdict_get_policy (verdict), names[i]);

        if (need != NULL)
          return need;
      }
  return NULL;
}

/* What the first open criterion waits for, of that which can still change the outcome; a limit or the
 * amount may wait for more. */
static char *
find_first_need (ShyVerdict *verdict)
{
  char *need = NULL;

  for (guint i = 0; need == NULL && i < shy_verdict_get_n_criteria (verdict); i++)
    {
      const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (verdict, i);

      if (criterion->result == SHY_POLICY_RESULT_UNKNOWN)
        need = find_need (verdict, (const char *const *) criterion->missing);
    }
  return need != NULL ? need : find_need (verdict, shy_verdict_get_missing (verdict));
}

/*
 * subsidy_verdict_dup_reason: what decided first, without a fact of the applicant: the first fact that
 * is missing and its paper, the cells to be read again, or the title of the criterion that is not met
 * or that a person must judge; NULL for who is eligible.
 */
char *
subsidy_verdict_dup_reason (ShyVerdict *verdict)
{
  ShyPolicyOutcome outcome = shy_verdict_get_outcome (verdict);
  const char      *title;
  char            *need;

  if (outcome == SHY_POLICY_ELIGIBLE)
    return NULL;
  if (outcome == SHY_POLICY_PERSON && *shy_verdict_get_unread (verdict) != NULL)
    return dup_unread (verdict);
  need = outcome == SHY_POLICY_MATERIALS ? find_first_need (verdict) : NULL;
  if (need != NULL)
    return need;
  title = find_criterion (verdict, find_result (outcome));
  if (title == NULL)
    title = find_limit (verdict);
  if (title == NULL)
    title = find_criterion (verdict, SHY_POLICY_RESULT_UNKNOWN);
  return g_strdup (title);
}

/*
 * subsidy_reason_to_sentence: a reason with what became of it before it: what a criterion asks for
 * does not say that it is met.
 * @reason: (nullable): of subsidy_verdict_dup_reason()
 */
char *
subsidy_reason_to_sentence (SubsidyOutcome  outcome,
                            const char     *reason)
{
  if (reason == NULL)
    return NULL;
  switch (outcome)
    {
    case SUBSIDY_NOT_ELIGIBLE:
      /* Translators: %s is the title of a criterion that is not met. */
      return g_strdup_printf (_("Not met: %s"), reason);
    case SUBSIDY_MATERIALS:
      /* Translators: %s is a fact and its paper, or the title of a criterion that waits for some. */
      return g_strdup_printf (_("Still needed: %s"), reason);
    case SUBSIDY_PERSON:
      /* Translators: %s is the title of a criterion that a person must look at. */
      return g_strdup_printf (_("To be judged: %s"), reason);
    case SUBSIDY_ELIGIBLE:
    case SUBSIDY_REJECTED:
    default:
      return g_strdup (reason);
    }
}
