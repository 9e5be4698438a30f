/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-value-private.h"

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
      const ShyFact          *fact = shy_facts_lookup_setting (facts, setting->name);

      if (fact != NULL)
        g_hash_table_insert (settings, setting->name, fact->text);
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
shy_decision_open (ShyDecision     *self,
                   ShyPolicy       *policy,
                   const ShyFacts  *facts,
                   GError         **error)
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

/* What waits for a fact may still turn out any way. */
static void
ask_for_limit (ShyDecision          *self,
               const ShyPolicyField *missing)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint                    slot = compiled->first_builtin + SHY_BUILTIN_HISTORY;

  if (missing != NULL)
    slot = GPOINTER_TO_UINT (g_hash_table_lookup (compiled->by_name, missing->name)) - 1;
  shy_mask_add (&self->asking, slot);
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_BE_ELIGIBLE | SHY_MAY_BE_REFUSED);
}

/* Judges the limits; the amount is cut when it is known. */
void
shy_decision_limit (ShyDecision *self)
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
  shy_decision_settle_amount (self);
}

/* Comes to an outcome, an amount and a result of every criterion, without words. */
gboolean
shy_decision_evaluate (ShyDecision     *self,
                       ShyPolicy       *policy,
                       const ShyFacts  *facts,
                       GError         **error)
{
  if (!shy_decision_open (self, policy, facts, error))
    return FALSE;
  for (guint i = 0; i < self->evaluation->compiled->n_criteria; i++)
    shy_evaluation_find (self->evaluation, i, &self->findings[i]);
  if (!shy_decision_frame (self, error))
    return FALSE;
  shy_decision_doubt_identity (self);
  shy_decision_tell_contradictions (self);
  shy_decision_pay (self);
  shy_decision_limit (self);
  shy_evaluation_find_prospects (self->evaluation, self->findings, self->rest, &self->prospects);
  find_outcome (self);

  return TRUE;
}

/* What became of a criterion, once it is judged. */
ShyPolicyResult
shy_decision_get_result (ShyDecision *self,
                         guint        criterion)
{
  switch (self->prospects.may[criterion])
    {
    case SHY_MAY_BE_TRUE:
    case SHY_MAY_BE_TRUE | SHY_MAY_BE_SKIPPED:
      return SHY_POLICY_RESULT_TRUE;
    case SHY_MAY_BE_FALSE:
      return SHY_POLICY_RESULT_FALSE;
    case SHY_MAY_BE_PERSON:
      return SHY_POLICY_RESULT_PERSON;
    case SHY_MAY_BE_SKIPPED:
      return SHY_POLICY_RESULT_SKIPPED;
    default:
      return SHY_POLICY_RESULT_UNKNOWN;
    }
}

static ShyVerdict *
finish (ShyDecision     *self,
        ShyPolicy       *policy,
        const ShyFacts  *facts,
        GError         **error)
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
shy_policy_decide_alone (ShyPolicy       *policy,
                         const ShyFacts  *facts,
                         GError         **error)
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
shy_policy_decide (ShyPolicy       *policy,
                   const ShyFacts  *facts,
                   GError         **error)
{
  g_auto (ShyDecision) self = { 0 };

  g_return_val_if_fail (SHY_IS_POLICY (policy) && facts != NULL, NULL);

  return finish (&self, policy, facts, error);
}
