/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-policy-basis-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-sentence-private.h"

#include <glib/gi18n-lib.h>

/* What must hold before any criterion counts: the policy is in force on the key date, and the
 * county belongs to its group. */

static gboolean
changes_over_time (ShyPolicy *policy)
{
  return policy->effective.from != NULL || policy->effective.until != NULL;
}

static void
add_effective (ShyDecision     *self,
               ShyPolicyResult  result,
               char            *message)
{
  shy_decision_add (self, SHY_VERDICT_EFFECTIVE, _("In force"), self->policy->effective_clause,
                    result, message, result == SHY_POLICY_RESULT_UNKNOWN ? &self->key_live : NULL);
}

static char *
describe_dates (ShyDecision *self)
{
  const ShyPolicyDates *dates = &self->policy->effective;
  g_autofree char      *key = shy_sentence_date (&self->key);
  g_autofree char      *from = dates->from != NULL ? shy_sentence_date (dates->from) : NULL;
  g_autofree char      *until = dates->until != NULL ? shy_sentence_date (dates->until) : NULL;

  if (from != NULL && g_date_compare (&self->key, dates->from) < 0)
    return g_strdup_printf (_("The policy is in force from %s; the key date is %s."), from, key);

  return g_strdup_printf (_("The policy was in force until %s; the key date is %s."), until, key);
}

/* Another version that was in force on the key date; NULL if there is none. */
static const char *
find_version (ShyDecision *self)
{
  GArray *versions = self->alone ? NULL : self->asked->versions;

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const ShyPolicyVersion *version = &g_array_index (versions, ShyPolicyVersion, i);

      if ((!g_date_valid (&version->from) || g_date_compare (&version->from, &self->key) <= 0)
          && (!g_date_valid (&version->until) || g_date_compare (&self->key, &version->until) <= 0))
        return version->version;
    }
  return NULL;
}

static void
judge_out_of_force (ShyDecision *self)
{
  const char *version = find_version (self);
  g_autofree char *dates = describe_dates (self);
  g_autofree char *doubt = NULL;

  if (version != NULL)
    {
      self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
      add_effective (self, SHY_POLICY_RESULT_PERSON,
                     /* Translators: when this version of the policy is in force, as a sentence; then
                      * another version. */
                     g_strdup_printf (_("%s Version %s was in force then. A person decides by that "
                                        "version."), dates, version));
      return;
    }
  if (shy_policy_dates_decide (self->policy))
    {
      self->rest = shy_outcomes_join (self->rest, SHY_MAY_BE_REFUSED);
      add_effective (self, SHY_POLICY_RESULT_FALSE, g_steal_pointer (&dates));
      return;
    }
  doubt = shy_policy_describe_doubt (self->policy->effective_clause, NULL);
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  add_effective (self, SHY_POLICY_RESULT_PERSON,
                 /* Translators: the first %s are sentences of their own: when the policy is in
                  * force, and why that is not sure. */
                 g_strdup_printf (_("%s %s A person decides: if these days are right it is refused, "
                                    "else the rest decides."), dates, doubt));
}

/* Grants nothing by clauses of which none was verified. */
static void
judge_basis (ShyDecision *self)
{
  if (!self->evaluation->compiled->unfounded)
    return;
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  shy_decision_add (self, SHY_VERDICT_BASIS, _("Legal basis"), NULL, SHY_POLICY_RESULT_PERSON,
                    g_strdup (_("None of the clauses that would grant this is verified. A person "
                                "decides: compare them with the documents.")),
                    NULL);
}

static void
judge_dates (ShyDecision *self)
{
  if (self->key_error)
    {
      self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
      add_effective (self, SHY_POLICY_RESULT_PERSON,
                     g_strdup (_("The key date cannot be computed.")));
    }
  else if (!g_date_valid (&self->key))
    {
      if (!changes_over_time (self->policy))
        return;
      self->rest = shy_outcomes_join (self->rest,
                                      shy_policy_dates_decide (self->policy)
                                        ? SHY_MAY_BE_ELIGIBLE | SHY_MAY_BE_REFUSED
                                        : SHY_MAY_BE_ELIGIBLE | SHY_MAY_NEED_PERSON);
      shy_mask_join (&self->asking, &self->key_live);
      add_effective (self, SHY_POLICY_RESULT_UNKNOWN,
                     g_strdup (_("Whether the policy is in force hangs on the key date.")));
    }
  else if (!shy_policy_dates_contain (&self->policy->effective, &self->key))
    judge_out_of_force (self);
}

/* Whether a county has a rule of its own for some days and not for others. */
static gboolean
overrides_change (ShyPolicy  *policy,
                  const char *county)
{
  for (guint i = 0; i < policy->overrides->len; i++)
    {
      const ShyPolicyOverride *override = g_ptr_array_index (policy->overrides, i);

      if (g_str_equal (override->county, county)
          && (override->dates.from != NULL || override->dates.until != NULL))
        return TRUE;
    }

  return FALSE;
}

/* Without the county, or without the key date where the county's rules change over time, nobody
 * knows which rules apply: whatever was found by those of the province, it stays open. */
static void
judge_rules (ShyDecision  *self,
             ShyFeelValue *county)
{
  ShyMask missing = { 0 };

  if (county == NULL && self->asked->overrides->len > 0)
    shy_mask_add (&missing, self->evaluation->compiled->first_builtin + SHY_BUILTIN_COUNTY);
  else if (county != NULL && !g_date_valid (&self->key) && !self->key_error
           && overrides_change (self->asked, shy_feel_value_get_string (county)))
    missing = self->key_live;
  else
    return;

  self->rules_open = TRUE;
  shy_mask_join (&self->asking, &missing);
  shy_decision_add (self, SHY_VERDICT_EFFECTIVE, _("In force"), NULL, SHY_POLICY_RESULT_UNKNOWN,
                    g_strdup (_("Some counties have rules of their own. Which apply is not known "
                                "yet; this was judged by those for all.")),
                    &missing);
}

static ShyCountyState
find_state (ShyCounty   *county,
            const char  *group,
            const GDate *day,
            GDate       *changed)
{
  g_date_clear (changed, 1);

  return county != NULL ? shy_county_group_state (county, group, day, changed)
                        : SHY_COUNTY_STATE_NEVER;
}

static void
add_group (ShyDecision     *self,
           ShyPolicyResult  result,
           const ShyMask   *missing,
           char            *message)
{
  static const guint8 outcomes[] = {
    [SHY_POLICY_RESULT_TRUE] = SHY_MAY_BE_ELIGIBLE,
    [SHY_POLICY_RESULT_FALSE] = SHY_MAY_BE_REFUSED,
    [SHY_POLICY_RESULT_UNKNOWN] = SHY_MAY_BE_ELIGIBLE | SHY_MAY_BE_REFUSED,
    [SHY_POLICY_RESULT_PERSON] = SHY_MAY_NEED_PERSON,
  };
  const ShyPolicyClause *clause = self->policy->group_clause;

  if (result == SHY_POLICY_RESULT_FALSE && !shy_policy_clause_supports (clause))
    {
      g_autofree char *refusal = message;
      g_autofree char *doubt = shy_policy_describe_doubt (clause, NULL);

      result = SHY_POLICY_RESULT_PERSON;
      /* Translators: two sentences: what would refuse, and why that is not sure. */
      message = g_strdup_printf (_("%s %s A person decides."), refusal, doubt);
    }
  self->rest = shy_outcomes_join (self->rest, outcomes[result]);
  if (missing != NULL)
    shy_mask_join (&self->asking, missing);
  shy_decision_add (self, SHY_VERDICT_GROUP, self->policy->group, self->policy->group_clause,
                    result, message, missing);
}

/* A county that left: what it still gives was not published, so the pack says who decides. */
static void
judge_left (ShyDecision *self,
            const char  *name,
            const GDate *left)
{
  static const ShyPolicyResult results[] = {
    [SHY_POLICY_LEFT_WARN] = SHY_POLICY_RESULT_TRUE,
    [SHY_POLICY_LEFT_PERSON] = SHY_POLICY_RESULT_PERSON,
    [SHY_POLICY_LEFT_REFUSE] = SHY_POLICY_RESULT_FALSE,
  };
  g_autofree char *day = shy_sentence_date (left);
  g_autofree char *key = shy_sentence_date (&self->key);

  add_group (self, results[self->policy->left], NULL,
             g_strdup_printf (_("%s left %s on %s, before the key date, %s."), name,
                              self->policy->group, day, key));
}

static void
warn_left (ShyDecision *self,
           const char  *code,
           const char  *name,
           const GDate *left)
{
  g_autofree char *day = shy_sentence_date (left);

  shy_verdict_add_warning (self->verdict, "county-left-group", code,
                           g_strdup_printf (_("%s left %s on %s. Make sure that it still grants "
                                              "this."),
                                            name, self->policy->group, day));
}

/* Without a key date only what holds for every day is known. */
static void
judge_group_any_day (ShyDecision *self,
                     ShyCounty   *county,
                     const char  *name)
{
  GDate          changed;
  ShyCountyState state = find_state (county, self->policy->group, &self->on, &changed);

  if (state == SHY_COUNTY_STATE_NEVER)
    add_group (self, SHY_POLICY_RESULT_FALSE, NULL,
               g_strdup_printf (_("%s does not belong to %s."), name, self->policy->group));
  else if (state == SHY_COUNTY_STATE_MEMBER && !g_date_valid (&changed))
    add_group (self, SHY_POLICY_RESULT_TRUE, NULL,
               g_strdup_printf (_("%s belongs to %s."), name, self->policy->group));
  else
    add_group (self, SHY_POLICY_RESULT_UNKNOWN, &self->key_live,
               g_strdup_printf (_("Whether %s belongs to %s hangs on the key date."), name,
                                self->policy->group));
}

static void
judge_group (ShyDecision *self,
             ShyCounty   *county,
             const char  *code)
{
  const char    *name = county != NULL ? shy_county_get_name (county) : code;
  const char    *group = self->policy->group;
  GDate          changed;
  ShyCountyState now = find_state (county, group, &self->on, &changed);

  if (now == SHY_COUNTY_STATE_LEFT)
    warn_left (self, code, name, &changed);
  if (!g_date_valid (&self->key))
    {
      judge_group_any_day (self, county, name);
      return;
    }

  switch (find_state (county, group, &self->key, &changed))
    {
    case SHY_COUNTY_STATE_MEMBER:
      add_group (self, SHY_POLICY_RESULT_TRUE, NULL,
                 g_strdup_printf (_("%s belongs to %s on the key date."), name, group));
      break;
    case SHY_COUNTY_STATE_LEFT:
      judge_left (self, name, &changed);
      break;
    case SHY_COUNTY_STATE_NOT_YET:
    case SHY_COUNTY_STATE_NEVER:
    default:
      add_group (self, SHY_POLICY_RESULT_FALSE, NULL,
                 g_strdup_printf (_("%s does not belong to %s on the key date."), name, group));
    }
}

/* Judges what must hold before any criterion counts. */
gboolean
shy_decision_frame (ShyDecision  *self,
                    GError      **error)
{
  guint              slot = self->evaluation->compiled->first_builtin + SHY_BUILTIN_COUNTY;
  ShyFeelValue      *county = self->evaluation->open.values[slot];
  ShyCountyRegistry *registry;
  ShyMask            missing = { 0 };

  judge_basis (self);
  judge_dates (self);
  judge_rules (self, county);
  if (self->policy->group == NULL)
    return TRUE;
  registry = shy_county_registry_get_default (error);
  if (registry == NULL)
    return FALSE;

  if (county != NULL)
    {
      const char *code = shy_feel_value_get_string (county);

      judge_group (self, shy_county_registry_find (registry, code), code);
      return TRUE;
    }
  shy_mask_add (&missing, slot);
  add_group (self, SHY_POLICY_RESULT_UNKNOWN, &missing,
             g_strdup_printf (_("Whether the county belongs to %s is not known: no county is "
                                "given."),
                              self->policy->group));

  return TRUE;
}
