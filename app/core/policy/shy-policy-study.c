/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy-study-private.h"

#include "policy/shy-policy-parts-private.h"

/* Combinations that are tried one by one; where there are more, as many are drawn. */
#define MAX_TRIES 4096

/* The same combinations are drawn each time, so that a finding stays the same. */
#define SEED 20250630

typedef struct
{
  GPtrArray *numbers; /* of ShyFeelValue; so on */
  GPtrArray *dates;
  GPtrArray *strings;
} Constants;

static void
free_input (gpointer data)
{
  ShyPolicyInput *self = data;

  g_ptr_array_unref (self->values);
  g_free (self);
}

static GPtrArray *
new_values (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
}

/* Takes ownership of @value; a value that is there already is dropped. */
static void
add_value (GPtrArray *values, ShyFeelValue *value)
{
  for (guint i = 0; i < values->len; i++)
    if (shy_feel_value_is (g_ptr_array_index (values, i), value))
      {
        shy_feel_value_unref (value);
        return;
      }
  g_ptr_array_add (values, value);
}

void
shy_policy_study_init (ShyPolicyStudy *self, ShyPolicy *policy)
{
  self->policy = policy;
  self->expressions = g_ptr_array_new ();
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->inputs = g_ptr_array_new_with_free_func (free_input);
  self->plain = TRUE;
}

void
shy_policy_study_clear (ShyPolicyStudy *self)
{
  g_clear_pointer (&self->expressions, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
}

/* Tells whether a part of an expression is the same whatever the names stand for. */
static gboolean
is_constant (const ShyFeelNode *node)
{
  switch ((int) node->kind)
    {
    case SHY_FEEL_NODE_LITERAL:
      return TRUE;
    case SHY_FEEL_NODE_NAME:
      return node->binding == SHY_FEEL_BINDING_BUILTIN;
    case SHY_FEEL_NODE_LIST:
    case SHY_FEEL_NODE_RANGE:
    case SHY_FEEL_NODE_TEST:
    case SHY_FEEL_NODE_ARITHMETIC:
    case SHY_FEEL_NODE_NEGATION:
    case SHY_FEEL_NODE_CALL:
      for (guint i = 0; i < node->n_children; i++)
        if (!is_constant (node->children[i]))
          return FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

static const ShyPolicyName *
get_outer_name (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  if (node->kind != SHY_FEEL_NODE_NAME || node->binding != SHY_FEEL_BINDING_SLOT)
    return NULL;
  return shy_policy_find_name (self->policy, node->name);
}

static gboolean
is_input (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  const ShyPolicyName *name = get_outer_name (self, node);

  return name != NULL && name->kind != SHY_POLICY_NAME_DERIVED &&
         name->kind != SHY_POLICY_NAME_FUNCTION;
}

/* Tells whether all children but the first are constant, and the first is an input. */
static gboolean
compares_input (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  for (guint i = 1; i < node->n_children; i++)
    if (!is_constant (node->children[i]))
      return FALSE;
  return is_input (self, node->children[0]);
}

static gboolean is_plain (ShyPolicyStudy *self, const ShyFeelNode *node);

static gboolean
is_plain_call (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  const ShyFeelNode *function = node->children[0];

  return function->kind == SHY_FEEL_NODE_NAME && function->binding == SHY_FEEL_BINDING_BUILTIN &&
         g_str_equal (function->name, "not") && node->n_children == 2 &&
         is_plain (self, node->children[1]);
}

static gboolean
is_plain_name (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  const ShyPolicyName    *name = get_outer_name (self, node);
  const ShyPolicyDerived *derived;

  if (name == NULL || name->kind != SHY_POLICY_NAME_DERIVED)
    return name != NULL;
  derived = g_ptr_array_index (self->policy->derived, name->index);
  return is_plain (self, shy_feel_expression_get_root (derived->expression->feel));
}

/* Tells whether the truth of a part changes only where an input passes a constant. */
static gboolean
is_plain (ShyPolicyStudy *self, const ShyFeelNode *node)
{
  switch ((int) node->kind)
    {
    case SHY_FEEL_NODE_LITERAL:
      return TRUE;
    case SHY_FEEL_NODE_NAME:
      return is_plain_name (self, node);
    case SHY_FEEL_NODE_COMPARISON:
      return compares_input (self, node) ||
             (is_constant (node->children[0]) && is_input (self, node->children[1]));
    case SHY_FEEL_NODE_BETWEEN:
    case SHY_FEEL_NODE_IN:
      return compares_input (self, node);
    case SHY_FEEL_NODE_CALL:
      return is_plain_call (self, node);
    case SHY_FEEL_NODE_AND:
    case SHY_FEEL_NODE_OR:
    case SHY_FEEL_NODE_IF:
      for (guint i = 0; i < node->n_children; i++)
        if (!is_plain (self, node->children[i]))
          return FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Adds an expression to those studied, and what it derives from. */
void
shy_policy_study_add (ShyPolicyStudy *self, const ShyPolicyExpression *expression)
{
  if (expression == NULL || g_ptr_array_find (self->expressions, expression, NULL))
    return;
  g_ptr_array_add (self->expressions, (gpointer) expression);
  self->plain = self->plain && is_plain (self, shy_feel_expression_get_root (expression->feel));
  for (guint i = 0; i < expression->names->len; i++)
    {
      const ShyPolicyName *name = g_ptr_array_index (expression->names, i);

      g_hash_table_add (self->names, (gpointer) name->name);
      if (name->kind == SHY_POLICY_NAME_DERIVED)
        {
          const ShyPolicyDerived *derived = g_ptr_array_index (self->policy->derived, name->index);

          shy_policy_study_add (self, derived->expression);
        }
    }
}

static void
sort_constant (Constants *constants, ShyFeelValue *value)
{
  GPtrArray *values;

  switch ((int) shy_feel_value_get_value_type (value))
    {
    case SHY_FEEL_TYPE_NUMBER:
      values = constants->numbers;
      break;
    case SHY_FEEL_TYPE_DATE:
      values = constants->dates;
      break;
    case SHY_FEEL_TYPE_STRING:
      values = constants->strings;
      break;
    case SHY_FEEL_TYPE_LIST:
      for (gsize i = 0; i < shy_feel_value_get_length (value); i++)
        sort_constant (constants, shy_feel_value_get_item (value, i));
      return;
    default:
      return;
    }
  add_value (values, shy_feel_value_ref (value));
}

/* Collects the constants of a part; ranges and tests by their ends. */
static void
collect_constants (Constants *constants, ShyFeelExpression *feel, const ShyFeelNode *node)
{
  g_autoptr (GPtrArray)    nulls = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  g_autoptr (ShyFeelValue) value = NULL;
  gsize                    n_slots;

  if (!is_constant (node) || node->kind == SHY_FEEL_NODE_RANGE || node->kind == SHY_FEEL_NODE_TEST ||
      node->kind == SHY_FEEL_NODE_NAME)
    {
      for (guint i = 0; i < node->n_children; i++)
        collect_constants (constants, feel, node->children[i]);
      return;
    }
  shy_feel_expression_get_slots (feel, &n_slots);
  for (gsize i = 0; i < n_slots; i++)
    g_ptr_array_add (nulls, shy_feel_value_new_null ());
  value = shy_feel_expression_evaluate_node (feel, node, (ShyFeelValue *const *) nulls->pdata);
  sort_constant (constants, value);
}

static void
add_neighbours (GPtrArray *values, ShyFeelOperator op, ShyFeelValue *value, ShyFeelValue *step)
{
  ShyFeelValue *neighbour = shy_feel_apply_operator (op, value, step);

  if (shy_feel_value_is_null (neighbour))
    shy_feel_value_unref (neighbour);
  else
    add_value (values, neighbour);
}

/* Each constant, one step below and above it, and the middle between each two; a few others for
 * conditions that compare numbers with one another. */
static void
add_numbers (GPtrArray *values, GPtrArray *constants)
{
  static const gint64      others[] = { 0, 1, 2, 1000000 };
  g_autoptr (ShyFeelValue) one = shy_feel_value_new_integer (1);
  g_autoptr (ShyFeelValue) two = shy_feel_value_new_integer (2);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    add_value (values, shy_feel_value_new_integer (others[i]));
  for (guint i = 0; i < constants->len; i++)
    {
      ShyFeelValue *constant = g_ptr_array_index (constants, i);

      add_value (values, shy_feel_value_ref (constant));
      add_neighbours (values, SHY_FEEL_OPERATOR_SUBTRACT, constant, one);
      add_neighbours (values, SHY_FEEL_OPERATOR_ADD, constant, one);
      for (guint j = i + 1; j < constants->len; j++)
        {
          g_autoptr (ShyFeelValue) sum =
            shy_feel_apply_operator (SHY_FEEL_OPERATOR_ADD, constant, constants->pdata[j]);

          add_neighbours (values, SHY_FEEL_OPERATOR_DIVIDE, sum, two);
        }
    }
}

/* Each constant and the days beside it; around the beginning of the policy also months and years,
 * for conditions that compare dates with one another. */
static void
add_dates (GPtrArray *values, GPtrArray *constants, const GDate *from)
{
  static const int         months[] = { 0, -60, -36, -24, -12, -6, -1, 1, 6, 12, 24, 36, 60 };
  g_autoptr (ShyFeelValue) day = shy_feel_value_new_temporal ("P1D", NULL);

  for (guint i = 0; i < constants->len; i++)
    {
      ShyFeelValue *constant = g_ptr_array_index (constants, i);

      add_value (values, shy_feel_value_ref (constant));
      add_neighbours (values, SHY_FEEL_OPERATOR_SUBTRACT, constant, day);
      add_neighbours (values, SHY_FEEL_OPERATOR_ADD, constant, day);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 15, 6, 2024);
      if (from != NULL)
        date = *from;
      if (months[i] > 0)
        g_date_add_months (&date, (guint) months[i]);
      else
        g_date_subtract_months (&date, (guint) -months[i]);
      add_value (values, shy_feel_value_new_date (g_date_get_year (&date), g_date_get_month (&date),
                                                  g_date_get_day (&date)));
    }
}

/* Each text that is mentioned, and one that is not. */
static void
add_strings (GPtrArray *values, GPtrArray *constants)
{
  for (guint i = 0; i < constants->len; i++)
    add_value (values, shy_feel_value_ref (constants->pdata[i]));
  add_value (values, shy_feel_value_new_string ("〇"));
}

static void
add_choices (GPtrArray *values, char **choices)
{
  for (gsize i = 0; choices[i] != NULL; i++)
    add_value (values, shy_feel_value_new_string (choices[i]));
}

static void
add_by_type (ShyPolicyStudy *self,
             GPtrArray      *values,
             Constants      *constants,
             ShyPolicyType   type,
             char          **choices)
{
  switch (type)
    {
    case SHY_POLICY_TYPE_NUMBER:
    case SHY_POLICY_TYPE_MONEY:
      add_numbers (values, constants->numbers);
      break;
    case SHY_POLICY_TYPE_DATE:
    case SHY_POLICY_TYPE_MONTH:
      add_dates (values, constants->dates, self->policy->effective.from);
      break;
    case SHY_POLICY_TYPE_BOOLEAN:
      add_value (values, shy_feel_value_new_boolean (TRUE));
      add_value (values, shy_feel_value_new_boolean (FALSE));
      break;
    case SHY_POLICY_TYPE_CHOICE:
      add_choices (values, choices);
      break;
    case SHY_POLICY_TYPE_TEXT:
    case SHY_POLICY_TYPE_COUNTY:
    case SHY_POLICY_TYPE_RESIDENT_ID:
    case SHY_POLICY_TYPE_CREDIT_CODE:
    case SHY_POLICY_TYPE_BANK_CARD:
    case SHY_POLICY_TYPE_MOBILE:
    default:
      add_strings (values, constants->strings);
    }
}

static void
add_builtin (ShyPolicyStudy *self, GPtrArray *values, Constants *constants, const char *name)
{
  if (g_str_equal (name, SHY_POLICY_NAME_HISTORY))
    add_value (values, shy_feel_value_new_list (NULL, 0));
  else if (g_str_equal (name, SHY_POLICY_NAME_COUNTY))
    add_strings (values, constants->strings);
  else
    add_dates (values, constants->dates, self->policy->effective.from);
}

/* What the cases have for a name is worth trying too. */
static void
add_from_cases (ShyPolicyStudy *self, GPtrArray *values, const ShyPolicyField *field)
{
  for (guint i = 0; i < self->policy->cases->len; i++)
    {
      const ShyPolicyCase *given = g_ptr_array_index (self->policy->cases, i);
      const ShyPolicyFact *fact = shy_policy_find_part (given->facts, field->name);

      if (fact != NULL && fact->value != NULL && !g_hash_table_contains (field->synonyms, fact->value))
        add_value (values, shy_policy_type_to_value (field->type, fact->value));
    }
}

static void
add_input (ShyPolicyStudy *self, const ShyPolicyName *name, Constants *constants)
{
  ShyPolicyInput *input = g_new0 (ShyPolicyInput, 1);

  input->name = name;
  input->values = new_values ();
  if (name->kind == SHY_POLICY_NAME_FIELD)
    {
      const ShyPolicyField *field = g_ptr_array_index (self->policy->fields, name->index);

      add_by_type (self, input->values, constants, field->type, field->values);
      add_from_cases (self, input->values, field);
    }
  else if (name->kind == SHY_POLICY_NAME_SETTING)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (self->policy->settings, name->index);

      add_by_type (self, input->values, constants, setting->type, setting->values);
    }
  else
    add_builtin (self, input->values, constants, name->name);
  g_ptr_array_add (self->inputs, input);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_inputs (ShyPolicyStudy *self)
{
  g_autoptr (GPtrArray) numbers = new_values ();
  g_autoptr (GPtrArray) dates = new_values ();
  g_autoptr (GPtrArray) strings = new_values ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Constants             constants = { numbers, dates, strings };
  GHashTableIter        iter;
  gpointer              key;

  for (guint i = 0; i < self->expressions->len; i++)
    {
      const ShyPolicyExpression *expression = g_ptr_array_index (self->expressions, i);

      collect_constants (&constants, expression->feel,
                         shy_feel_expression_get_root (expression->feel));
    }
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (names, key);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const ShyPolicyName *name = shy_policy_find_name (self->policy, names->pdata[i]);

      if (name->kind != SHY_POLICY_NAME_DERIVED && name->kind != SHY_POLICY_NAME_FUNCTION)
        add_input (self, name, &constants);
    }
}

static gboolean
try (ShyPolicyStudy  *self,
     ShyPolicyTrial  *trial,
     const guint     *choice,
     ShyPolicyTryFunc func,
     gpointer         user_data)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const ShyPolicyInput *input = g_ptr_array_index (self->inputs, i);

      shy_policy_trial_set (trial, input->name->name, input->values->pdata[choice[i]]);
    }
  shy_policy_trial_derive (trial, self->names);
  return func (trial, user_data);
}

/* Steps to the next combination; FALSE after the last. */
static gboolean
step (ShyPolicyStudy *self, guint *choice)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const ShyPolicyInput *input = g_ptr_array_index (self->inputs, i);

      if (++choice[i] < input->values->len)
        return TRUE;
      choice[i] = 0;
    }
  return FALSE;
}

static void
draw (ShyPolicyStudy *self, GRand *random, guint *choice)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const ShyPolicyInput *input = g_ptr_array_index (self->inputs, i);

      choice[i] = (guint) g_rand_int_range (random, 0, (gint32) input->values->len);
    }
}

static gboolean
has_few (ShyPolicyStudy *self)
{
  guint64 count = 1;

  for (guint i = 0; i < self->inputs->len && count <= MAX_TRIES; i++)
    count *= ((const ShyPolicyInput *) g_ptr_array_index (self->inputs, i))->values->len;
  return count <= MAX_TRIES;
}

/* Tries combinations of values until @func has seen enough. TRUE if what was not seen cannot be:
 * all combinations were tried, and each stands for all values between its neighbours. */
gboolean
shy_policy_study_run (ShyPolicyStudy *self, ShyPolicyTryFunc func, gpointer user_data)
{
  g_auto (ShyPolicyTrial) trial = { NULL };
  g_autofree guint       *choice = NULL;
  g_autoptr (GRand)       random = g_rand_new_with_seed (SEED);

  if (self->inputs->len == 0)
    add_inputs (self);
  choice = g_new0 (guint, self->inputs->len + 1);
  shy_policy_trial_init (&trial, self->policy);
  if (has_few (self))
    {
      while (try (self, &trial, choice, func, user_data))
        if (!step (self, choice))
          return self->plain;
      return FALSE;
    }
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      draw (self, random, choice);
      if (!try (self, &trial, choice, func, user_data))
        break;
    }
  return FALSE;
}
