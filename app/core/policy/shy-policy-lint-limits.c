/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Checks that what the clauses say of how often, how much and to whom stands in some limit. */

typedef gboolean (*Meets) (ShyPolicy            *policy,
                           const ShyPolicyLimit *limit);

static gboolean
has_window (const ShyPolicyLimit *limit, ShyPolicyWindowKind from, ShyPolicyWindowKind to)
{
  for (guint i = 0; i < limit->windows->len; i++)
    {
      ShyPolicyWindowKind kind = g_array_index (limit->windows, ShyPolicyWindow, i).kind;

      if (kind >= from && kind <= to)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_per_person (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return policy->person == NULL || g_ptr_array_find (limit->key, policy->person, NULL);
}

static gboolean
is_per_employer (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return policy->employer == NULL || g_ptr_array_find (limit->key, policy->employer, NULL);
}

static gboolean
is_once (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return limit->measure == SHY_POLICY_MEASURE_COUNT && !limit->exclusion
         && has_window (limit, SHY_POLICY_WINDOW_LIFE, SHY_POLICY_WINDOW_LIFE);
}

static gboolean
is_yearly (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return (limit->measure == SHY_POLICY_MEASURE_COUNT || limit->measure == SHY_POLICY_MEASURE_AMOUNT)
         && has_window (limit, SHY_POLICY_WINDOW_CALENDAR_YEAR, SHY_POLICY_WINDOW_BUSINESS_YEAR);
}

/* Once a year, also written as an exclusion of itself. */
static gboolean
is_once_a_year (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return is_yearly (policy, limit) && limit->measure == SHY_POLICY_MEASURE_COUNT
         && g_strv_contains ((const char *const *) limit->policies, policy->id);
}

static gboolean
is_sum (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return limit->measure == SHY_POLICY_MEASURE_AMOUNT && !limit->deduct;
}

static gboolean
is_over_years (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return limit->measure == SHY_POLICY_MEASURE_YEARS || limit->measure == SHY_POLICY_MEASURE_MONTHS
         || has_window (limit, SHY_POLICY_WINDOW_CONSECUTIVE_YEARS,
                        SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS);
}

static gboolean
is_bounded (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return is_sum (policy, limit) || is_over_years (policy, limit);
}

/* Over an employee, an occupation, a certificate: some field that is neither the person nor the
 * employer. */
static gboolean
is_per_thing (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  for (guint i = 0; i < limit->key->len; i++)
    if (limit->key->pdata[i] != policy->person && limit->key->pdata[i] != policy->employer)
      return TRUE;

  return FALSE;
}

static gboolean
excludes (ShyPolicy *policy, const ShyPolicyLimit *limit)
{
  return limit->exclusion;
}

/* Words of the texts, and what they ask of some limit. */
static const struct
{
  const char *words; /* each ends with a comma */
  Meets       meets;
  const char *needs;
} demands[] = {
  { "每人,每名,", is_per_person, N_("a limit counted over the person") },
  { "每户,每家,每个企业,每个单位,同一企业,同一单位,同一用人单位,", is_per_employer,
    N_("a limit counted over the employer") },
  { "同一职业,同一工种,同一证书,同一等级,同一员工,同一职工,每本证书,", is_per_thing,
    N_("a limit counted over what is the same") },
  { "一次性,享受一次,享受1次,申领一次,领取一次,仅限一次,终身一次,", is_once,
    N_("a limit on how often in a life") },
  { "每年一次,每年1次,一年一次,每人每年,每年补贴,每年只能,", is_once_a_year, N_("a limit on how often in a year") },
  { "每年最高,年度最高,累计最高,总额不超过,每年最多,每年至多,", is_sum, N_("a limit on the sum") },
  { "累计不超过,累计不得超过,", is_bounded, N_("a limit on the sum, the years or the months") },
  { "最长2年,最长3年,最长5年,不超过2年,不超过3年,不超过5年,不超过24个月,不超过36个月,连续3年,", is_over_years,
    N_("a limit on the years or months") },
  { "不重复享受,不得重复,不再享受,不可同时享受,不得同时享受,不能同时享受,", excludes, N_("an exclusion") },
};

static const char *
find_word (const char *text, const char *words)
{
  g_auto (GStrv) each = g_strsplit (words, ",", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (*each[i] != '\0' && strstr (text, each[i]) != NULL)
      return strstr (words, each[i]);

  return NULL;
}

static gboolean
is_met (ShyPolicy *policy, Meets meets)
{
  for (guint i = 0; i < policy->limits->len; i++)
    if (meets (policy, g_ptr_array_index (policy->limits, i)))
      return TRUE;

  return FALSE;
}

static void
check_clause (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyClause *self = g_ptr_array_index (linter->policy->clauses, index);

  if (self->status != SHY_POLICY_VERIFIED || self->text == NULL || self->text->zh_CN == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (demands); i++)
    {
      const char *word = find_word (self->text->zh_CN, demands[i].words);

      if (word != NULL && !is_met (linter->policy, demands[i].meets))
        shy_policy_linter_add (linter, SHY_POLICY_WARNING, "limit-missing",
                               shy_policy_linter_item (linter, "clauses", index),
                               /* Translators: a clause, its words, and what they ask for. */
                               _("The clause “%s” says “%.*s”, but the pack has not %s. Add it."),
                               self->id, (int) (strchr (word, ',') - word), word,
                               _(demands[i].needs));
    }
}

static gboolean
reads_history (const ShyPolicyExpression *expression)
{
  for (guint i = 0; expression != NULL && i < expression->names->len; i++)
    if (g_str_equal (((const ShyPolicyName *) expression->names->pdata[i])->name, "history"))
      return TRUE;

  return FALSE;
}

/* “history” holds what was granted under the paper of the application. The same person under another
 * paper, the firm and the certificate are found by limits alone. */
static void
check_criterion (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyCriterion *self = g_ptr_array_index (linter->policy->criteria, index);

  if (reads_history (self->condition) || reads_history (self->refer))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "limit-as-condition",
                           shy_policy_linter_item (linter, "criteria", index),
                           _("The criterion “%s” asks “history”, which holds no grants under another "
                             "paper of the person. Write it as a limit."),
                           self->id);
}

void
shy_policy_lint_limits (ShyPolicyLinter *linter)
{
  if (!linter->policy->application)
    return;
  for (guint i = 0; i < linter->policy->clauses->len; i++)
    check_clause (linter, i);
  for (guint i = 0; i < linter->policy->criteria->len; i++)
    check_criterion (linter, i);
}
