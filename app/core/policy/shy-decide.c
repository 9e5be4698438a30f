/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-basis-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-sentence-private.h"
#include "policy/shy-value-private.h"
#include "shy-date.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

static GHashTable *
list_settings (ShyPolicy      *policy,
               const ShyFacts *facts)
{
  GHashTable *settings = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);
      const ShyFact          *fact = shy_facts_lookup_setting (facts, setting->field.name);

      if (fact != NULL)
        g_hash_table_insert (settings, setting->field.name, fact->text);
    }

  return settings;
}

/* The key date, by the pack as it is without overrides: it says which of them are in force. */
static void
find_key (ShyDecision   *self,
          ShyEvaluation *evaluation)
{
  const ShyRule           *rule = evaluation->compiled->key_date;
  g_autoptr (ShyFeelValue) value = NULL;

  if (rule == NULL)
    {
      self->key = self->on;
      return;
    }
  value = shy_rule_evaluate (rule, &evaluation->open, &self->key_live);
  if (value != NULL && !shy_value_to_date (value, &self->key))
    self->key_error = TRUE;
}

static void
tell_key (ShyDecision *self)
{
  ShyEvaluation *evaluation = self->evaluation;
  guint          slot = evaluation->compiled->first_builtin + SHY_BUILTIN_KEY;
  ShyMask        changed = { 0 };

  shy_mask_remove (&evaluation->missing, slot);
  if (g_date_valid (&self->key))
    shy_evaluation_set (evaluation, slot,
                        shy_feel_value_new_date (g_date_get_year (&self->key),
                                                 (int) g_date_get_month (&self->key),
                                                 g_date_get_day (&self->key)));
  else if (self->key_error)
    shy_evaluation_set (evaluation, slot,
                        shy_feel_value_new_error (_("The key date is not known.")));
  evaluation->open.live[slot] = self->key_live;
  evaluation->closed.live[slot] = self->key_live;
  shy_mask_add (&changed, slot);
  shy_evaluation_derive (evaluation, &changed);
}

/* Finds the key date and with it the policy in force, and evaluates the facts under that. */
gboolean
shy_decision_open (ShyDecision    *self,
                   ShyPolicy      *policy,
                   const ShyFacts *facts,
                   GError        **error)
{
  g_autoptr (ShyEvaluation) first = NULL;
  g_autoptr (GHashTable)    settings = list_settings (policy, facts);
  const GDate              *on = shy_facts_get_on (facts);
  const char               *county = shy_facts_get_county (facts);
  const ShyCompiledPolicy  *compiled = shy_compiled_policy_get (policy, error);

  if (compiled == NULL)
    return FALSE;
  if (on == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("Say for which day to decide, as 2025-06-30."));
      return FALSE;
    }
  self->asked = policy;
  self->filled = shy_facts_copy (facts);
  shy_facts_fill (self->filled, policy);
  self->settled = shy_facts_copy (self->filled);
  self->facts = facts = self->settled;
  self->on = *on;
  g_date_clear (&self->key, 1);
  self->rest = SHY_MAY_BE_ELIGIBLE;

  first = shy_evaluation_new (compiled, facts);
  if (shy_decision_settle (self, first))
    {
      shy_evaluation_free (first);
      first = shy_evaluation_new (compiled, facts);
    }
  find_key (self, first);
  if (county == NULL && policy->county != NULL)
    county = shy_facts_get_text (facts, policy->county->name);
  self->policy = shy_policy_resolve (policy, county, g_date_valid (&self->key) ? &self->key : on,
                                     settings, error);
  if (self->policy == NULL)
    return FALSE;
  compiled = shy_compiled_policy_get (self->policy, error);
  if (compiled == NULL)
    return FALSE;

  self->evaluation = self->policy == policy ? g_steal_pointer (&first)
                                         : shy_evaluation_new (compiled, facts);
  self->findings = g_new0 (ShyFinding, compiled->n_criteria);
  self->verdict = shy_verdict_new (policy, self->policy);
  self->verdict->key_date = self->key;
  tell_key (self);
  shy_decision_find_unread (self);

  return TRUE;
}

void
shy_decision_clear (ShyDecision *self)
{
  if (self->findings != NULL)
    for (guint i = 0; i < self->evaluation->compiled->n_criteria; i++)
      shy_finding_clear (&self->findings[i]);
  g_clear_pointer (&self->findings, g_free);
  shy_prospects_clear (&self->prospects);
  g_clear_pointer (&self->evaluation, shy_evaluation_free);
  g_clear_pointer (&self->contradictions, g_ptr_array_unref);
  g_clear_pointer (&self->filled, shy_facts_free);
  g_clear_pointer (&self->settled, shy_facts_free);
  g_clear_object (&self->policy);
  g_clear_object (&self->verdict);
}

/* What must hold before any criterion counts: the policy is in force on the key date, and the
 * county belongs to its group. */

static gboolean
changes_over_time (ShyPolicy *policy)
{
  return policy->effective.from != NULL || policy->effective.until != NULL;
}

static void
add_effective (ShyDecision    *self,
               ShyPolicyResult result,
               char           *message)
{
  shy_decision_add (self, SHY_VERDICT_EFFECTIVE, _("In force"), self->policy->effective_clause,
                    result, message, result == SHY_POLICY_RESULT_UNKNOWN ? &self->key_live : NULL);
}

static char *
describe_dates (ShyDecision *self)
{
  const ShyPolicyDates *dates = &self->policy->effective;
  g_autofree char      *key = shy_date_format (&self->key);
  g_autofree char      *from = dates->from != NULL ? shy_date_format (dates->from) : NULL;
  g_autofree char      *until = dates->until != NULL ? shy_date_format (dates->until) : NULL;

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
add_group (ShyDecision    *self,
           ShyPolicyResult result,
           const ShyMask  *missing,
           char           *message)
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
  g_autofree char *day = shy_date_format (left);
  g_autofree char *key = shy_date_format (&self->key);

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
  g_autofree char *day = shy_date_format (left);

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
static gboolean
check_frame (ShyDecision *self,
             GError     **error)
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

/* What waits for a fact may still turn out any way. */
static void
ask_for_limit (ShyDecision    *self,
               const ShyField *missing)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint                    slot = compiled->first_builtin + SHY_BUILTIN_HISTORY;

  if (missing != NULL)
    slot = GPOINTER_TO_UINT (g_hash_table_lookup (compiled->by_name, missing->name)) - 1;
  shy_mask_add (&self->asking, slot);
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_BE_ELIGIBLE | SHY_MAY_BE_REFUSED);
}

/* Judges the limits; the amount is cut when it is known. */
static void
apply_limits (ShyDecision *self)
{
  g_auto (ShyLimitCase) asked = { NULL };

  if (self->policy->limits->len == 0)
    return;
  shy_limit_case_init (&asked, self->policy, self->facts, &self->on);
  for (guint i = 0; i < self->policy->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (self->policy->limits, i);
      ShyVerdictLimit      *result = shy_limit_apply (limit, &asked, &self->verdict->amount);

      g_ptr_array_add (self->verdict->limits, result);
      if (result->result == SHY_POLICY_RESULT_FALSE)
        self->rest = shy_outcomes_join (self->rest, SHY_MAY_BE_REFUSED);
      else if (result->result == SHY_POLICY_RESULT_PERSON)
        self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
      else if (result->result == SHY_POLICY_RESULT_UNKNOWN)
        ask_for_limit (self, result->missing);
    }
}

/* What is paid. */

/* Yuan to fen, exact. */
static gboolean
value_to_fen (ShyFeelValue *value,
              gint64       *fen)
{
  return shy_feel_value_get_decimal (value, 2, fen) && *fen >= 0;
}

static void
doubt_amount (ShyDecision  *self,
              ShyFeelValue *value)
{
  g_autofree char *text = shy_feel_value_to_string (value);
  const char      *error = shy_feel_value_get_error (value);

  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  shy_decision_add (self, SHY_VERDICT_AMOUNT, _("Amount"), self->policy->amount->clause,
                    SHY_POLICY_RESULT_PERSON,
                    g_strdup_printf (_("The amount cannot be computed: %s."),
                                     error != NULL ? error
                                     : text != NULL ? text : _("it has no value")),
                    NULL);
}

static gboolean
read_schedule (ShyFeelValue *value,
               GArray       *schedule)
{
  if (shy_feel_value_get_value_type (value) != SHY_FEEL_TYPE_LIST)
    return FALSE;
  for (gsize i = 0; i < shy_feel_value_get_length (value); i++)
    {
      gint64 fen;

      if (!value_to_fen (shy_feel_value_get_item (value, i), &fen))
        return FALSE;
      g_array_append_val (schedule, fen);
    }

  return TRUE;
}

/* The value of one expression of the amount; NULL if it is open. */
static ShyFeelValue *
evaluate (ShyDecision   *self,
          const ShyRule *rule)
{
  ShyFeelValue *value = shy_rule_evaluate (rule, &self->evaluation->open, &self->amount_live);

  if (value == NULL)
    self->amount_open = TRUE;

  return value;
}

/* An amount that no verified clause fixes is not granted: a person decides. */
static void
doubt_basis (ShyDecision *self)
{
  const ShyPolicyAmount *amount = self->policy->amount;
  g_autofree char       *doubt = shy_policy_describe_doubt (amount->clause, amount->override);
  g_autofree char       *yuan = NULL;

  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  if (self->verdict->amount >= 0)
    yuan = shy_money_to_text (self->verdict->amount);
  shy_decision_add (self, SHY_VERDICT_AMOUNT, _("Amount"), amount->clause,
                    SHY_POLICY_RESULT_PERSON,
                    yuan != NULL
                      /* Translators: the first %s is a sentence, the second an amount. */
                      ? g_strdup_printf (_("%s A person decides; as written it would be %s yuan."),
                                         doubt, yuan)
                      : g_strdup_printf (_("%s A person decides."), doubt),
                    NULL);
}

/* To be found eligible for nothing is no decision that anybody can use: a sum is missing or wrong. */
static void
doubt_nothing (ShyDecision *self)
{
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  shy_decision_add (self, SHY_VERDICT_AMOUNT, _("Amount"), self->policy->amount->clause,
                    SHY_POLICY_RESULT_PERSON,
                    g_strdup (_("The amount comes to 0 yuan. Check the sums that it is computed from.")),
                    NULL);
}

/* Computes the amount. One that gives no whole number of fen, nothing at all, or an error, goes to a
 * person; one that hangs on missing facts stays open. */
static void
pay (ShyDecision *self)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;

  if (compiled->amount != NULL)
    {
      g_autoptr (ShyFeelValue) value = evaluate (self, compiled->amount);

      if (value != NULL && !value_to_fen (value, &self->verdict->amount))
        {
          self->verdict->amount = -1;
          doubt_amount (self, value);
          return;
        }
      if (value != NULL && self->verdict->amount == 0)
        doubt_nothing (self);
    }
  if (compiled->schedule != NULL)
    {
      g_autoptr (ShyFeelValue) value = evaluate (self, compiled->schedule);

      if (value != NULL && !read_schedule (value, self->verdict->schedule))
        doubt_amount (self, value);
    }
  if (compiled->amount_weak)
    doubt_basis (self);
}

static gboolean
waits_for_applicant (ShyDecision *self)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;

  if (shy_mask_meets (&self->amount_live, &self->unread))
    return FALSE;
  for (guint slot = 0; slot < compiled->first_derived; slot++)
    if (!compiled->slots[slot].setting && shy_mask_has (&self->amount_live, slot))
      return TRUE;

  return FALSE;
}

/* What the amount waits for: values that nobody verified, or what is missing. */
static char *
describe_open (ShyDecision *self)
{
  const ShyPolicy *policy = self->policy;

  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);

      if (shy_mask_has (&self->amount_live, policy->fields->len + i)
          && shy_mask_has (&self->evaluation->compiled->unsettled, policy->fields->len + i))
        /* Translators: the first %s is the name of a setting, the second its value. */
        return g_strdup_printf (_("The amount hangs on “%s”, whose value in the pack, %s, is not "
                                  "verified (未核实): let the county set it."),
                                shy_text_get (setting->field.label), setting->value);
    }

  return g_strdup (_("The amount hangs on what is missing."));
}

/* Nothing is granted unless the outcome is positive and the amount is known. */
static void
settle_amount (ShyDecision *self)
{
  ShyVerdict *verdict = self->verdict;
  gboolean    possible = (self->prospects.outcomes & SHY_MAY_BE_ELIGIBLE) != 0;

  if (self->amount_open && possible)
    {
      if (verdict->outcome == SHY_POLICY_ELIGIBLE)
        verdict->outcome = waits_for_applicant (self) ? SHY_POLICY_MATERIALS : SHY_POLICY_PERSON;
      if (verdict->outcome == SHY_POLICY_MATERIALS
          && shy_mask_meets (&self->amount_live, &self->unread))
        verdict->outcome = SHY_POLICY_PERSON;
      shy_mask_join (&self->prospects.relevant, &self->amount_live);
      shy_decision_add (self, SHY_VERDICT_AMOUNT, _("Amount"), self->policy->amount->clause,
                        SHY_POLICY_RESULT_UNKNOWN,
                        describe_open (self), &self->amount_live);
    }
  if (verdict->outcome != SHY_POLICY_ELIGIBLE)
    {
      verdict->amount = -1;
      g_array_set_size (verdict->schedule, 0);
    }
}

static gboolean
is_single (guint8 outcomes)
{
  return (outcomes & (outcomes - 1)) == 0;
}

/* Whether a criterion that is open waits for nothing that an applicant could hand in. */
static gboolean
needs_person (ShyDecision *self,
              guint        index)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint8                   may = self->prospects.may[index];

  if (may == SHY_MAY_BE_PERSON)
    return TRUE;
  if (is_single (shy_may_to_outcomes (may)))
    return FALSE;
  if (compiled->criteria[index].criterion->unknown == SHY_POLICY_UNKNOWN_PERSON)
    return TRUE;
  for (guint slot = 0; slot < compiled->first_derived; slot++)
    if (!compiled->slots[slot].setting && shy_mask_has (&self->findings[index].live, slot))
      return FALSE;

  return TRUE;
}

/* The outcome where unknown facts leave it open: a person, if one is needed anyhow or something has
 * to be read again first, else the materials that decide. */
static ShyPolicyOutcome
find_open_outcome (ShyDecision *self)
{
  if (shy_mask_meets (&self->prospects.relevant, &self->unread))
    return SHY_POLICY_PERSON;
  if ((self->rest & -self->rest) == SHY_MAY_NEED_PERSON)
    return SHY_POLICY_PERSON;
  for (guint i = 0; i < self->evaluation->compiled->n_criteria; i++)
    if (needs_person (self, i))
      return SHY_POLICY_PERSON;

  return SHY_POLICY_MATERIALS;
}

static void
find_outcome (ShyDecision *self)
{
  ShyVerdict *verdict = self->verdict;

  if (self->rules_open)
    self->prospects.outcomes = SHY_MAY_BE_ELIGIBLE | SHY_MAY_NEED_PERSON | SHY_MAY_BE_REFUSED;
  /* An outcome that is certain asks for nothing, so nothing could be asked in vain. */
  verdict->exact = self->prospects.exact || is_single (self->prospects.outcomes);
  switch (self->prospects.outcomes)
    {
    case SHY_MAY_BE_ELIGIBLE:
      verdict->outcome = SHY_POLICY_ELIGIBLE;
      break;
    case SHY_MAY_NEED_PERSON:
      verdict->outcome = SHY_POLICY_PERSON;
      break;
    case SHY_MAY_BE_REFUSED:
      verdict->outcome = SHY_POLICY_NOT_ELIGIBLE;
      break;
    default:
      shy_mask_join (&self->prospects.relevant, &self->asking);
      verdict->outcome = find_open_outcome (self);
    }
  settle_amount (self);
}

/* Comes to an outcome, an amount and a result of every criterion, without words. */
gboolean
shy_decision_evaluate (ShyDecision    *self,
                       ShyPolicy      *policy,
                       const ShyFacts *facts,
                       GError        **error)
{
  if (!shy_decision_open (self, policy, facts, error))
    return FALSE;
  for (guint i = 0; i < self->evaluation->compiled->n_criteria; i++)
    shy_evaluation_find (self->evaluation, i, &self->findings[i]);
  if (!check_frame (self, error))
    return FALSE;
  shy_decision_doubt_identity (self);
  shy_decision_tell_contradictions (self);
  pay (self);
  apply_limits (self);
  shy_evaluation_find_prospects (self->evaluation, self->findings, self->rest, &self->prospects);
  find_outcome (self);

  return TRUE;
}

static ShyVerdict *
finish (ShyDecision    *self,
        ShyPolicy      *policy,
        const ShyFacts *facts,
        GError        **error)
{
  if (!shy_decision_evaluate (self, policy, facts, error))
    return NULL;
  shy_decision_report (self);
  shy_decision_warn (self);
  self->verdict->facts = g_steal_pointer (&self->filled);

  return g_steal_pointer (&self->verdict);
}

/* Decides as if the registry held no other version of the policy: the cases of a pack are about its
 * own text, and must pass wherever it is brought. */
ShyVerdict *
shy_policy_decide_alone (ShyPolicy      *policy,
                         const ShyFacts *facts,
                         GError        **error)
{
  g_auto (ShyDecision) self = { .alone = TRUE };

  return finish (&self, policy, facts, error);
}

/**
 * shy_policy_decide:
 * @policy: a policy as read from its pack
 * @facts: what is known, with the day, the county, its settings and earlier grants
 * @error: return location for an error
 *
 * Decides one application. What is missing stays open: a missing fact is neither true nor false
 * nor null, and the outcome is positive or negative only if it would be so whatever the missing
 * facts turn out to be. Otherwise it is “materials missing”, with the facts that can still change
 * it, or “needs a person” where a condition leaves it to one.
 *
 * Any criterion that does not hold, and any limit that is reached, makes it negative; then any that
 * needs a person; then any that is open. Every criterion speaks, not the first alone.
 *
 * Safe to call from any thread; a verdict shares nothing that changes.
 *
 * Errors: %SHY_ERROR_INVALID if no day is given or a setting is not of its type, %SHY_ERROR_LIMIT
 * if the policy is too large.
 *
 * Returns: (transfer full): the verdict, or %NULL with @error set
 */
ShyVerdict *
shy_policy_decide (ShyPolicy      *policy,
                   const ShyFacts *facts,
                   GError        **error)
{
  g_auto (ShyDecision) self = { 0 };

  g_return_val_if_fail (SHY_IS_POLICY (policy) && facts != NULL, NULL);

  return finish (&self, policy, facts, error);
}
