/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-compiled-policy-private.h"

#include "policy/shy-policy-basis-private.h"
#include "policy/shy-policy-functions-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

static void
free_compiled (gpointer data)
{
  ShyCompiledPolicy *self = data;

  for (guint i = 0; i < self->n_criteria; i++)
    {
      shy_rule_free (self->criteria[i].condition);
      shy_rule_free (self->criteria[i].refer);
      shy_rule_free (self->criteria[i].skip);
    }
  for (guint i = self->first_derived; i < self->n_slots; i++)
    shy_rule_free (self->derived[i - self->first_derived]);
  shy_rule_free (self->key_date);
  shy_rule_free (self->amount);
  shy_rule_free (self->schedule);
  g_free (self->criteria);
  for (guint i = 0; self->relations != NULL && i < self->n_relations; i++)
    shy_rule_free (self->relations[i]);
  g_free (self->relations);
  g_ptr_array_unref (self->rules);
  g_free (self->derived);
  g_free (self->reads);
  g_free (self->slots);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyCompiledPolicy, free_compiled)

static void
add_slot (ShyCompiledPolicy *self,
          guint             *next,
          const char        *name,
          ShyFieldType       type,
          char             **values)
{
  ShySlot *slot = &self->slots[*next];

  slot->name = name;
  slot->type = type;
  slot->values = values;
  g_hash_table_insert (self->by_name, (gpointer) name, GUINT_TO_POINTER (*next + 1));
  (*next)++;
}

static void
add_slots (ShyCompiledPolicy *self,
           ShyPolicy         *policy)
{
  static const char * const builtins[] = {
    SHY_POLICY_NAME_ON, SHY_POLICY_NAME_KEY, SHY_POLICY_NAME_COUNTY, SHY_POLICY_NAME_HISTORY,
  };
  static const ShyFieldType types[] = {
    SHY_FIELD_DATE, SHY_FIELD_DATE, SHY_FIELD_COUNTY, SHY_FIELD_TEXT,
  };
  const char * const *functions = shy_policy_function_get_names ();
  guint               next = 0;

  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (policy->fields, i);

      self->slots[next].fact = TRUE;
      add_slot (self, &next, field->name, field->type, field->values);
    }
  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);

      self->slots[next].setting = TRUE;
      add_slot (self, &next, setting->field.name, setting->field.type, setting->field.values);
    }
  self->first_builtin = next;
  for (guint i = 0; i < SHY_N_BUILTINS; i++)
    add_slot (self, &next, builtins[i], types[i], NULL);
  for (guint i = 0; functions[i] != NULL; i++)
    add_slot (self, &next, functions[i], SHY_FIELD_TEXT, NULL);
  self->first_derived = next;
  for (guint i = 0; i < policy->derived->len; i++)
    {
      const ShyPolicyDerived *derived = g_ptr_array_index (policy->derived, i);

      add_slot (self, &next, derived->name, SHY_FIELD_TEXT, NULL);
    }
}

static gboolean
add_rule (ShyCompiledPolicy         *self,
          const ShyPolicyExpression *expression,
          ShyRule                  **rule,
          GError                   **error)
{
  if (expression == NULL)
    return TRUE;
  *rule = shy_rule_new (expression->feel, self->by_name, error);

  return *rule != NULL;
}

static gboolean
add_rules (ShyCompiledPolicy *self,
           ShyPolicy         *policy,
           GError           **error)
{
  for (guint i = 0; i < policy->derived->len; i++)
    {
      const ShyPolicyDerived *derived = g_ptr_array_index (policy->derived, i);

      if (!add_rule (self, derived->expression, &self->derived[i], error))
        return FALSE;
    }
  for (guint i = 0; i < policy->relations->len; i++)
    {
      const ShyPolicyRelation *relation = g_ptr_array_index (policy->relations, i);

      if (!add_rule (self, relation->condition, &self->relations[i], error))
        return FALSE;
    }
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (policy->criteria, i);
      ShyCompiledCriterion     *mine = &self->criteria[i];

      mine->criterion = criterion;
      if (!add_rule (self, criterion->condition, &mine->condition, error)
          || !add_rule (self, criterion->refer, &mine->refer, error)
          || !add_rule (self, criterion->skip_unless, &mine->skip, error))
        return FALSE;
    }

  return add_rule (self, policy->key_date, &self->key_date, error)
         && (policy->amount == NULL
             || (add_rule (self, policy->amount->expression, &self->amount, error)
                 && add_rule (self, policy->amount->schedule, &self->schedule, error)));
}

/* What each slot reads that is not derived itself. */
static void
find_reads (ShyCompiledPolicy *self,
            ShyPolicy         *policy)
{
  for (guint i = 0; i < self->first_derived; i++)
    shy_mask_add (&self->reads[i], i);
  for (guint i = 0; i < policy->derived_order->len; i++)
    {
      guint          index = g_array_index (policy->derived_order, guint, i);
      guint          slot = self->first_derived + index;
      const ShyMask *named = shy_rule_get_reads (self->derived[index]);

      for (guint j = 0; j < self->n_slots; j++)
        if (shy_mask_has (named, j))
          shy_mask_join (&self->reads[slot], &self->reads[j]);
    }
}

/* Adds to @reads what a rule reads, down to what is not derived; nothing if it is NULL. */
void
shy_compiled_policy_join_reads (const ShyCompiledPolicy *self,
                                const ShyRule           *rule,
                                ShyMask                 *reads)
{
  for (guint slot = 0; rule != NULL && slot < self->n_slots; slot++)
    if (shy_mask_has (shy_rule_get_reads (rule), slot))
      shy_mask_join (reads, &self->reads[slot]);
}

/* Adds a rule, if it is not NULL, and the rules of the derived names that it reads. */
void
shy_compiled_policy_add_rules (const ShyCompiledPolicy *self,
                               const ShyRule           *rule,
                               GPtrArray               *rules)
{
  if (rule == NULL || g_ptr_array_find (rules, rule, NULL))
    return;
  g_ptr_array_add (rules, (gpointer) rule);
  for (guint slot = self->first_derived; slot < self->n_slots; slot++)
    if (shy_mask_has (shy_rule_get_reads (rule), slot))
      shy_compiled_policy_add_rules (self, self->derived[slot - self->first_derived], rules);
}

static void
find_criterion_reads (ShyCompiledPolicy    *self,
                      ShyCompiledCriterion *criterion)
{
  const ShyRule *rules[] = { criterion->condition, criterion->refer, criterion->skip };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      shy_compiled_policy_join_reads (self, rules[i], &criterion->reads);
      if (rules[i] != NULL)
        g_ptr_array_add (self->rules, (gpointer) rules[i]);
    }
}

/* Whether something that is read settles, for this county, what an unverified clause leaves open. */
static gboolean
is_settled_by_county (const ShyCompiledPolicy *self,
                      const ShyMask           *reads,
                      const ShyPolicyClause   *clause)
{
  const ShyPolicy *policy = self->policy;

  for (guint i = 0; i < policy->settings->len; i++)
    if (shy_mask_has (reads, policy->fields->len + i)
        && shy_policy_setting_settles (g_ptr_array_index (policy->settings, i), clause))
      return TRUE;

  return FALSE;
}

static gboolean
is_weak (const ShyCompiledPolicy *self,
         const ShyMask           *reads,
         const ShyPolicyClause   *clause,
         ShyPolicySource          source,
         const ShyPolicyOverride *override)
{
  return !shy_policy_part_is_supported (clause, source, override)
         && !is_settled_by_county (self, reads, clause);
}

static void
find_amount_basis (ShyCompiledPolicy *self)
{
  const ShyPolicyAmount *amount = self->policy->amount;
  ShyMask                reads = { 0 };

  shy_compiled_policy_join_reads (self, self->amount, &reads);
  shy_compiled_policy_join_reads (self, self->schedule, &reads);
  self->amount_weak = amount != NULL
                      && is_weak (self, &reads, amount->clause, amount->source, amount->override);
}

/* What each part rests on. A policy grants only if something that was verified says so. */
static void
find_basis (ShyCompiledPolicy *self)
{
  const ShyPolicy       *policy = self->policy;
  const ShyPolicyAmount *amount = policy->amount;
  gboolean               founded;
  gboolean               doubted = FALSE;

  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);

      if (setting->value != NULL && !shy_policy_setting_is_settled (setting))
        shy_mask_add (&self->unsettled, policy->fields->len + i);
    }
  find_amount_basis (self);
  founded = amount != NULL && amount->clause != NULL && !self->amount_weak;
  for (guint i = 0; i < self->n_criteria; i++)
    {
      ShyCompiledCriterion     *mine = &self->criteria[i];
      const ShyPolicyCriterion *criterion = mine->criterion;

      mine->weak = is_weak (self, &mine->reads, criterion->clause, criterion->source,
                            criterion->override);
      doubted |= mine->weak;
      founded |= !mine->weak && criterion->clause != NULL;
    }
  self->unfounded = doubted && !founded;
}

static ShyCompiledPolicy *
new_compiled (ShyPolicy *policy,
              GError   **error)
{
  g_autoptr (ShyCompiledPolicy) self = g_new0 (ShyCompiledPolicy, 1);

  self->policy = policy;
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->n_criteria = policy->criteria->len;
  self->criteria = g_new0 (ShyCompiledCriterion, self->n_criteria);
  self->derived = g_new0 (ShyRule *, policy->derived->len);
  self->n_relations = policy->relations->len;
  self->relations = g_new0 (ShyRule *, self->n_relations);
  self->first_derived = policy->fields->len + policy->settings->len + SHY_N_BUILTINS
                        + g_strv_length ((char **) shy_policy_function_get_names ());
  self->n_slots = self->first_derived + policy->derived->len;
  self->rules = g_ptr_array_new ();
  self->slots = g_new0 (ShySlot, self->n_slots);
  self->reads = g_new0 (ShyMask, self->n_slots);
  if (self->n_slots > SHY_RULE_SLOTS_MAX)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("The policy %s has %u names; at most %d can be judged. Split it."),
                   policy->id, self->n_slots, SHY_RULE_SLOTS_MAX);
      return NULL;
    }
  add_slots (self, policy);
  if (!add_rules (self, policy, error))
    return NULL;
  find_reads (self, policy);
  for (guint i = 0; i < policy->derived->len; i++)
    g_ptr_array_add (self->rules, self->derived[i]);
  for (guint i = 0; i < self->n_criteria; i++)
    find_criterion_reads (self, &self->criteria[i]);
  find_basis (self);

  return g_steal_pointer (&self);
}

/* Makes a policy ready for deciding, once; the answer lives as long as the policy. */
const ShyCompiledPolicy *
shy_compiled_policy_get (ShyPolicy *policy,
                         GError   **error)
{
  static GQuark      quark;
  ShyCompiledPolicy *self;

  if (quark == 0)
    quark = g_quark_from_static_string ("shy-compiled-policy");
  self = g_object_get_qdata (G_OBJECT (policy), quark);
  if (self != NULL)
    return self;

  self = new_compiled (policy, error);
  if (self == NULL)
    return NULL;
  /* Another thread may have been faster: the first one stays. */
  if (!g_object_replace_qdata (G_OBJECT (policy), quark, NULL, self, free_compiled, NULL))
    {
      free_compiled (self);
      self = g_object_get_qdata (G_OBJECT (policy), quark);
    }

  return self;
}
