/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-compiled-policy-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-functions-private.h"
#include "policy/shy-value-private.h"

/* What one application is to the rules: the values of all names, and what each criterion says. */

static ShyFeelValue *
date_to_value (const GDate *date)
{
  return shy_feel_value_new_date (g_date_get_year (date), (int) g_date_get_month (date),
                                  g_date_get_day (date));
}

static ShyFeelValue *
grant_to_value (const ShyGrant *grant)
{
  static const char * const keys[] = { "policy", "date", "amount", "year" };
  ShyFeelValue *values[G_N_ELEMENTS (keys)];
  ShyFeelValue *value;

  values[0] = shy_feel_value_new_string (grant->policy);
  values[1] = date_to_value (&grant->date);
  values[2] = shy_feel_value_new_decimal (grant->fen, 2);
  values[3] = grant->year > 0 ? shy_feel_value_new_integer (grant->year)
                              : shy_feel_value_new_null ();
  value = shy_feel_value_new_context (keys, values, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    shy_feel_value_unref (values[i]);

  return value;
}

/* Whether a grant is the applicant's own. Those of others at the same employer are told for the
 * limits that count per employer, and are no history of this person. */
static gboolean
is_own (const ShyEvaluation *self,
        const ShyGrant      *grant)
{
  const ShyPolicy *policy = self->compiled->policy;
  const ShyField  *field = policy->person != NULL ? policy->person : policy->employer;
  const char      *whose = policy->person != NULL ? grant->person : grant->employer;

  return field == NULL || whose == NULL
         || g_strcmp0 (whose, shy_facts_get_text (self->facts, field->name)) == 0;
}

static ShyFeelValue *
history_to_value (const ShyEvaluation *self)
{
  g_autoptr (GPtrArray) grants = NULL;

  grants = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  for (guint i = 0; i < shy_facts_get_n_grants (self->facts); i++)
    {
      const ShyGrant *grant = shy_facts_get_grant (self->facts, i);

      if (is_own (self, grant))
        g_ptr_array_add (grants, grant_to_value (grant));
    }

  return shy_feel_value_new_list ((ShyFeelValue *const *) grants->pdata, grants->len);
}

/* Gives a slot a value, or takes it (NULL). Takes @value. Derived names do not follow until
 * shy_evaluation_derive(). */
void
shy_evaluation_set (ShyEvaluation *self,
                    guint          slot,
                    ShyFeelValue  *value)
{
  const ShySlot *about = &self->compiled->slots[slot];

  g_clear_pointer (&self->open.values[slot], shy_feel_value_unref);
  self->open.values[slot] = value;
  /* Trying out what a county could set does not set it: `refer` still sees null. */
  if (!about->setting)
    {
      g_clear_pointer (&self->closed.values[slot], shy_feel_value_unref);
      self->closed.values[slot] = value != NULL ? shy_feel_value_ref (value) : NULL;
    }
}

/* Computes again the derived names that read something in @changed, all if it is NULL. */
void
shy_evaluation_derive (ShyEvaluation *self,
                       const ShyMask *changed)
{
  const ShyCompiledPolicy *compiled = self->compiled;
  GArray                  *order = compiled->policy->derived_order;

  for (guint i = 0; i < order->len; i++)
    {
      guint   index = g_array_index (order, guint, i);
      guint   slot = compiled->first_derived + index;
      ShyMask live = { 0 };

      if (changed != NULL && !shy_mask_meets (&compiled->reads[slot], changed))
        continue;
      shy_evaluation_set (self, slot,
                          shy_rule_evaluate (compiled->derived[index], &self->open, &live));
      self->open.live[slot] = live;
      self->closed.live[slot] = live;
    }
}

static void
set_setting (ShyEvaluation          *self,
             guint                   slot,
             const ShyPolicySetting *setting)
{
  /* What nobody verified decides nothing: to conditions it is unknown. Whether they apply at all is
   * still asked with it, lest a doubtful requirement fall away. */
  if (shy_mask_has (&self->compiled->unsettled, slot))
    self->closed.values[slot] = shy_fact_to_value (setting->field.type, setting->value);
  else if (setting->value != NULL)
    {
      shy_evaluation_set (self, slot, shy_fact_to_value (setting->field.type, setting->value));
      self->closed.values[slot] = shy_feel_value_ref (self->open.values[slot]);
    }
  else
    {
      self->closed.values[slot] = shy_feel_value_new_null ();
      shy_mask_add (&self->open.unset, slot);
    }
}

static void
set_facts (ShyEvaluation *self)
{
  const ShyCompiledPolicy *compiled = self->compiled;
  GPtrArray               *settings = compiled->policy->settings;
  guint                    n_fields = compiled->policy->fields->len;

  for (guint i = 0; i < shy_facts_get_size (self->facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (self->facts, i);
      guint          slot = GPOINTER_TO_UINT (g_hash_table_lookup (compiled->by_name, fact->name));

      if (slot > 0 && compiled->slots[slot - 1].fact)
        shy_evaluation_set (self, slot - 1, shy_fact_to_value (fact->type, fact->text));
    }
  for (guint i = 0; i < settings->len; i++)
    set_setting (self, n_fields + i, g_ptr_array_index (settings, i));
  for (guint slot = 0; slot < compiled->first_builtin; slot++)
    if (self->open.values[slot] == NULL)
      shy_mask_add (&self->missing, slot);
}

/* The county that judges: said outright, or in the field that holds it. */
static ShyFeelValue *
find_county (ShyEvaluation *self)
{
  const ShyField *field = self->compiled->policy->county;
  const char     *county = shy_facts_get_county (self->facts);

  if (county == NULL && field != NULL)
    county = shy_facts_get_text (self->facts, field->name);

  return county != NULL ? shy_feel_value_new_string (county) : NULL;
}

static void
set_builtins (ShyEvaluation *self)
{
  guint        first = self->compiled->first_builtin;
  const GDate *on = shy_facts_get_on (self->facts);

  if (on != NULL)
    shy_evaluation_set (self, first + SHY_BUILTIN_ON, date_to_value (on));
  shy_evaluation_set (self, first + SHY_BUILTIN_COUNTY, find_county (self));
  if (shy_facts_get_history_known (self->facts))
    shy_evaluation_set (self, first + SHY_BUILTIN_HISTORY, history_to_value (self));
  for (guint slot = first + SHY_N_BUILTINS; slot < self->compiled->first_derived; slot++)
    shy_evaluation_set (self, slot,
                        shy_feel_value_ref (shy_policy_function_get_for (self->compiled->policy,
                                                                         slot - first
                                                                         - SHY_N_BUILTINS)));
  for (guint i = 0; i < SHY_N_BUILTINS; i++)
    if (self->open.values[first + i] == NULL)
      shy_mask_add (&self->missing, first + i);
}

ShyEvaluation *
shy_evaluation_new (const ShyCompiledPolicy *compiled,
                    const ShyFacts          *facts)
{
  ShyEvaluation *self = g_new0 (ShyEvaluation, 1);

  self->compiled = compiled;
  self->facts = facts;
  shy_budget_open (&self->budget, shy_facts_get_work_budget (facts));
  self->open.budget = &self->budget;
  self->closed.budget = &self->budget;
  self->open.values = g_new0 (ShyFeelValue *, compiled->n_slots);
  self->open.live = g_new0 (ShyMask, compiled->n_slots);
  self->closed.values = g_new0 (ShyFeelValue *, compiled->n_slots);
  self->closed.live = g_new0 (ShyMask, compiled->n_slots);
  for (guint slot = 0; slot < compiled->first_derived; slot++)
    {
      shy_mask_add (&self->open.live[slot], slot);
      shy_mask_add (&self->closed.live[slot], slot);
    }
  set_facts (self);
  set_builtins (self);
  shy_evaluation_derive (self, NULL);

  return self;
}

static void
clear_state (ShyRuleState *state,
             guint         n_slots)
{
  for (guint slot = 0; slot < n_slots; slot++)
    g_clear_pointer (&state->values[slot], shy_feel_value_unref);
  g_free (state->values);
  g_free (state->live);
}

void
shy_evaluation_free (ShyEvaluation *self)
{
  clear_state (&self->open, self->compiled->n_slots);
  clear_state (&self->closed, self->compiled->n_slots);
  shy_budget_close (&self->budget);
  g_free (self);
}

static void
note_error (ShyFinding   *finding,
            ShyFeelValue *answer)
{
  finding->may |= SHY_MAY_BE_PERSON;
  finding->error = TRUE;
  if (finding->answer == NULL)
    finding->answer = shy_feel_value_ref (answer);
}

/* Asks `refer` or `skip_unless`: adds to what the criterion may be when the answer is @when, and
 * says whether the condition may still count. */
static gboolean
ask_before (ShyEvaluation *self,
            const ShyRule *rule,
            ShyFeelTruth   when,
            guint8         then,
            ShyFinding    *finding)
{
  g_autoptr (ShyFeelValue) answer = NULL;
  ShyFeelTruth             truth;

  if (rule == NULL)
    return TRUE;
  answer = shy_rule_evaluate (rule, &self->closed, &finding->live);
  if (answer == NULL)
    {
      finding->may |= then | SHY_MAY_BE_PERSON;
      return TRUE;
    }

  truth = shy_feel_value_get_truth (answer);
  if (truth == SHY_FEEL_UNDECIDED)
    note_error (finding, answer);
  else if (truth == when)
    finding->may |= then;
  else
    return TRUE;

  return FALSE;
}

/* Whether an answer waits for nothing but values that nobody verified. */
static gboolean
hangs_on_doubt (const ShyEvaluation *self,
                const ShyMask       *live)
{
  ShyMask rest = *live;

  for (guint i = 0; i < G_N_ELEMENTS (rest.words); i++)
    rest.words[i] &= ~self->compiled->unsettled.words[i];

  return shy_mask_is_empty (&rest) && !shy_mask_is_empty (live);
}

/* Takes what nobody verified for right, or for unknown again. */
void
shy_evaluation_assume (ShyEvaluation *self,
                       const ShyMask *slots,
                       gboolean       believe)
{
  for (guint slot = 0; slot < self->compiled->first_builtin; slot++)
    if (shy_mask_has (slots, slot))
      shy_evaluation_set (self, slot,
                          believe ? shy_feel_value_ref (self->closed.values[slot]) : NULL);
  shy_evaluation_derive (self, slots);
}

/* What a condition would say if the values that nobody verified were right. */
static guint8
ask_believing (ShyEvaluation *self,
               const ShyRule *rule,
               const ShyMask *doubtful)
{
  ShyMask                  ignored = { 0 };
  g_autoptr (ShyFeelValue) answer = NULL;

  shy_evaluation_assume (self, doubtful, TRUE);
  answer = shy_rule_evaluate (rule, &self->open, &ignored);
  shy_evaluation_assume (self, doubtful, FALSE);
  if (answer == NULL || shy_feel_value_get_truth (answer) == SHY_FEEL_UNDECIDED)
    return 0;

  return shy_feel_value_get_truth (answer) == SHY_FEEL_TRUE ? SHY_MAY_BE_TRUE : SHY_MAY_BE_FALSE;
}

/* What is not verified cannot refuse: where it would, a person decides. */
static void
weaken (ShyFinding *finding)
{
  if ((finding->may & SHY_MAY_BE_FALSE) == 0)
    return;
  finding->may = (guint8) ((finding->may & ~SHY_MAY_BE_FALSE) | SHY_MAY_BE_PERSON);
  finding->doubt = TRUE;
}

static void
ask_condition (ShyEvaluation              *self,
               const ShyCompiledCriterion *about,
               ShyFinding                 *finding)
{
  const ShyRule           *rule = about->condition;
  g_autoptr (ShyFeelValue) answer = shy_rule_evaluate (rule, &self->open, &finding->live);

  if (answer == NULL && hangs_on_doubt (self, &finding->live))
    {
      finding->truth = ask_believing (self, rule, &finding->live);
      finding->may |= SHY_MAY_BE_PERSON;
      finding->doubt = TRUE;
      return;
    }
  /* What is unknown may even turn out to have no answer, which is for a person. */
  if (answer == NULL)
    finding->truth = SHY_MAY_BE_TRUE | SHY_MAY_BE_FALSE | SHY_MAY_BE_PERSON;
  else if (shy_feel_value_get_truth (answer) == SHY_FEEL_TRUE)
    finding->truth = SHY_MAY_BE_TRUE;
  else if (shy_feel_value_get_truth (answer) == SHY_FEEL_FALSE)
    finding->truth = SHY_MAY_BE_FALSE;
  else
    note_error (finding, answer);
  finding->may |= finding->truth;
  if (about->weak)
    weaken (finding);
}

/* What a criterion may be, by what is known now. @finding must be empty. */
void
shy_evaluation_find (ShyEvaluation *self,
                     guint          criterion,
                     ShyFinding    *finding)
{
  const ShyCompiledCriterion *about = &self->compiled->criteria[criterion];

  if (!ask_before (self, about->skip, SHY_FEEL_FALSE, SHY_MAY_BE_SKIPPED, finding))
    return;
  if (!ask_before (self, about->refer, SHY_FEEL_TRUE, SHY_MAY_BE_PERSON, finding))
    {
      ShyFinding alone = { 0 };

      ask_condition (self, about, &alone);
      finding->truth = alone.truth;
      shy_finding_clear (&alone);
      return;
    }
  ask_condition (self, about, finding);
}

void
shy_finding_clear (ShyFinding *finding)
{
  g_clear_pointer (&finding->answer, shy_feel_value_unref);
}

/* What a criterion means for the outcome. */
guint8
shy_may_to_outcomes (guint8 may)
{
  guint8 outcomes = 0;

  if (may & (SHY_MAY_BE_TRUE | SHY_MAY_BE_SKIPPED))
    outcomes |= SHY_MAY_BE_ELIGIBLE;
  if (may & SHY_MAY_BE_PERSON)
    outcomes |= SHY_MAY_NEED_PERSON;
  if (may & SHY_MAY_BE_FALSE)
    outcomes |= SHY_MAY_BE_REFUSED;

  return outcomes;
}

/* What two independent parts may come to together: the worse of the two decides. */
guint8
shy_outcomes_join (guint8 a,
                   guint8 b)
{
  guint8 joined = 0;

  for (guint i = 1; i <= SHY_MAY_BE_REFUSED; i <<= 1)
    for (guint j = 1; j <= SHY_MAY_BE_REFUSED; j <<= 1)
      if ((a & i) != 0 && (b & j) != 0)
        joined |= (guint8) MAX (i, j);

  return joined;
}
