/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy-trial-private.h"

#include "feel/shy-feel-evaluate-private.h"

#include "policy/shy-policy-functions-private.h"
#include "policy/shy-policy-parts-private.h"

static void
unref_value (gpointer value)
{
  if (value != NULL)
    shy_feel_value_unref (value);
}

/* Begins with nothing known but the functions and what the policy itself sets. */
void
shy_policy_trial_init (ShyPolicyTrial *self, ShyPolicy *policy)
{
  const char *const *functions = shy_policy_function_get_names ();

  self->policy = policy;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_value);
  for (guint i = 0; functions[i] != NULL; i++)
    g_hash_table_insert (self->values, (gpointer) functions[i],
                         shy_feel_value_ref (shy_policy_function_get_for (policy, i)));
  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);

      if (setting->value != NULL)
        g_hash_table_insert (self->values, setting->name,
                             shy_policy_type_to_value (setting->type, setting->value));
    }
}

void
shy_policy_trial_clear (ShyPolicyTrial *self)
{
  g_clear_pointer (&self->values, g_hash_table_unref);
}

/* Gives a name of the policy a value, or takes it away. */
void
shy_policy_trial_set (ShyPolicyTrial *self, const char *name, ShyFeelValue *value)
{
  const ShyPolicyName *known = shy_policy_find_name (self->policy, name);

  g_assert (known != NULL);

  if (value != NULL)
    g_hash_table_insert (self->values, (gpointer) known->name, shy_feel_value_ref (value));
  else
    g_hash_table_remove (self->values, name);
}

/* Computes the derived values among @names, or all; call it when values were set. */
void
shy_policy_trial_derive (ShyPolicyTrial *self, GHashTable *names)
{
  GArray *order = self->policy->derived_order;

  for (guint i = 0; i < order->len; i++)
    {
      const ShyPolicyDerived *derived =
        g_ptr_array_index (self->policy->derived, g_array_index (order, guint, i));
      ShyFeelValue *value;

      if (names != NULL && !g_hash_table_contains (names, derived->name))
        continue;
      value = shy_policy_trial_evaluate (self, derived->expression, NULL);
      if (value != NULL)
        g_hash_table_insert (self->values, derived->name, value);
      else
        g_hash_table_remove (self->values, derived->name);
    }
}

/* Evaluates an expression, or a part of one: NULL if it reads what is unknown. A part that reads
 * less than the whole may have a value when the whole has none. */
ShyFeelValue *
shy_policy_trial_evaluate (ShyPolicyTrial            *self,
                           const ShyPolicyExpression *expression,
                           const ShyFeelNode         *node)
{
  g_autoptr (ShyFeelValue)  null = shy_feel_value_new_null ();
  g_autofree ShyFeelValue **values = NULL;
  ShyFeelRun                run = { .steps = SHY_FEEL_STEPS_MAX, .strict = TRUE };
  ShyFeelValue             *value;
  const char *const        *slots;
  gsize                     n_slots;

  slots = shy_feel_expression_get_slots (expression->feel, &n_slots);
  values = g_new (ShyFeelValue *, n_slots + 1);
  for (gsize i = 0; i < n_slots; i++)
    {
      values[i] = g_hash_table_lookup (self->values, slots[i]);
      if (values[i] != NULL)
        continue;
      if (shy_policy_find_name (self->policy, slots[i]) != NULL &&
          (node == NULL || shy_feel_node_uses_slot (node, (guint) i)))
        return NULL;
      values[i] = null;
    }
  run.today = g_hash_table_lookup (self->values, SHY_POLICY_NAME_ON);
  if (node == NULL)
    node = shy_feel_expression_get_root (expression->feel);
  value = shy_feel_expression_evaluate_run (expression->feel, node, values, &run);
  if (run.failure == NULL)
    return value;

  shy_feel_value_unref (value);
  return run.failure;
}

/* Turns the text of a fact into what expressions see. */
ShyFeelValue *
shy_policy_type_to_value (ShyPolicyType type, const char *text)
{
  g_autofree char *first = NULL;
  ShyFeelValue    *value;

  switch (type)
    {
    case SHY_POLICY_TYPE_NUMBER:
    case SHY_POLICY_TYPE_MONEY:
      value = shy_feel_value_new_number (text, NULL);
      break;
    case SHY_POLICY_TYPE_DATE:
      value = shy_feel_value_new_temporal (text, NULL);
      break;
    case SHY_POLICY_TYPE_MONTH:
      first = g_strconcat (text, "-01", NULL);
      value = shy_feel_value_new_temporal (first, NULL);
      break;
    case SHY_POLICY_TYPE_BOOLEAN:
      value = shy_feel_value_new_boolean (g_str_equal (text, "true"));
      break;
    case SHY_POLICY_TYPE_TEXT:
    case SHY_POLICY_TYPE_CHOICE:
    case SHY_POLICY_TYPE_COUNTY:
    case SHY_POLICY_TYPE_RESIDENT_ID:
    case SHY_POLICY_TYPE_CREDIT_CODE:
    case SHY_POLICY_TYPE_BANK_CARD:
    case SHY_POLICY_TYPE_MOBILE:
    default:
      value = shy_feel_value_new_string (text);
    }
  return value != NULL ? value : shy_feel_value_new_null ();
}

/* Gets a date as GDate, which has no years before 1 and beyond 65535. */
gboolean
shy_policy_value_to_date (ShyFeelValue *value, GDate *date)
{
  int year;
  int month;
  int day;

  if (!shy_feel_value_get_date (value, &year, &month, &day) || year < 1 || year > G_MAXUINT16)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* Gets the value of a name, if it is a date. */
gboolean
shy_policy_trial_get_date (ShyPolicyTrial *self, const char *name, GDate *date)
{
  ShyFeelValue *value = g_hash_table_lookup (self->values, name);

  return value != NULL && shy_policy_value_to_date (value, date);
}

static void
set_date (ShyPolicyTrial *self, const char *name, const GDate *date)
{
  g_autoptr (ShyFeelValue) value =
    shy_feel_value_new_date (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));

  shy_policy_trial_set (self, name, value);
}

static void
set_history (ShyPolicyTrial *self, GPtrArray *history)
{
  static const char *const  keys[] = { "policy", "date", "amount", "year" };
  g_autoptr (GPtrArray)     items = g_ptr_array_new_with_free_func (unref_value);
  g_autoptr (ShyFeelValue)  list = NULL;

  for (guint i = 0; i < history->len; i++)
    {
      const ShyPolicyGrant *grant = g_ptr_array_index (history, i);
      ShyFeelValue         *values[] = {
        shy_feel_value_new_string (grant->policy),
        shy_feel_value_new_date (g_date_get_year (grant->date), g_date_get_month (grant->date),
                                 g_date_get_day (grant->date)),
        shy_feel_value_new_decimal (grant->amount, 2),
        shy_feel_value_new_integer (grant->year),
      };

      g_ptr_array_add (items, shy_feel_value_new_context (keys, values, G_N_ELEMENTS (values)));
      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        shy_feel_value_unref (values[j]);
    }
  list = shy_feel_value_new_list ((ShyFeelValue *const *) items->pdata, items->len);
  shy_policy_trial_set (self, SHY_POLICY_NAME_HISTORY, list);
}

static const char *
translate (const ShyPolicyField *field, const char *text)
{
  const char *value = g_hash_table_lookup (field->synonyms, text);

  return value != NULL ? value : text;
}

/* Gives names the values of a case. Without a key date of its own, the day decides. */
void
shy_policy_trial_set_case (ShyPolicyTrial *self, const ShyPolicyCase *given)
{
  g_autoptr (ShyFeelValue) key = NULL;

  set_date (self, SHY_POLICY_NAME_ON, given->on);
  set_history (self, given->history);
  if (given->county != NULL)
    {
      g_autoptr (ShyFeelValue) county = shy_feel_value_new_string (given->county);

      shy_policy_trial_set (self, SHY_POLICY_NAME_COUNTY, county);
    }
  for (guint i = 0; i < given->facts->len; i++)
    {
      const ShyPolicyFact     *fact = g_ptr_array_index (given->facts, i);
      const ShyPolicyField    *field = shy_policy_find_part (self->policy->fields, fact->name);
      g_autoptr (ShyFeelValue) value =
        fact->value != NULL
          ? shy_policy_type_to_value (field->type, translate (field, fact->value))
          : NULL;

      shy_policy_trial_set (self, fact->name, value);
    }
  shy_policy_trial_derive (self, NULL);
  if (self->policy->key_date != NULL)
    key = shy_policy_trial_evaluate (self, self->policy->key_date, NULL);
  if (key != NULL && shy_feel_value_get_value_type (key) == SHY_FEEL_TYPE_DATE)
    shy_policy_trial_set (self, SHY_POLICY_NAME_KEY, key);
  else
    set_date (self, SHY_POLICY_NAME_KEY, given->on);
  shy_policy_trial_derive (self, NULL);
}
