/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "policy/shy-policy-basis-private.h"

#include <glib/gi18n-lib.h>

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
void
shy_decision_pay (ShyDecision *self)
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
                                shy_policy_text_get (setting->label), setting->value);
    }

  return g_strdup (_("The amount hangs on what is missing."));
}

/* Nothing is granted unless the outcome is positive and the amount is known. */
void
shy_decision_settle_amount (ShyDecision *self)
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
