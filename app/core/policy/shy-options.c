/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-options-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-thresholds-private.h"
#include "policy/shy-value-private.h"

#include <math.h>

/* Which values of single facts, and of pairs where one alone does not help, would make a criterion
 * hold that does not: the values the policy compares the fact with and those beside them, and for
 * numbers and days what steps of doubling length reach, narrowed down to the first that helps. */

#define MAX_OPTIONS_PER_FACT 6
#define MAX_PAIR_VALUES      8
#define MAX_STEP_POWER       14 /* 16384 units: 44 years of days */

typedef struct {
  ShyDecision  *decision;
  GArray       *failed;  /* of guint: criteria that do not hold, 64 at most */
  ShyMask       fixed;   /* facts that are not to be changed */
  GCancellable *cancellable;
  GPtrArray    *options; /* (owned) of ShyOption */
} Search;

static ShyOption *
new_option (guint       slot,
            const char *text,
            guint64     helps,
            double      distance)
{
  ShyOption *self = g_new0 (ShyOption, 1);

  self->n_facts = 1;
  self->slots[0] = slot;
  self->texts[0] = g_strdup (text);
  self->helps = helps;
  self->distance = distance;

  return self;
}

static void
free_option (gpointer option)
{
  ShyOption *self = option;

  for (guint i = 0; i < self->n_facts; i++)
    g_free (self->texts[i]);
  g_free (self);
}

/* Whether a fact could become different: not what the pack calls unchangeable, not who somebody is,
 * not a day that has passed. */
static gboolean
is_changeable (const ShyField *field,
               const char     *text,
               const GDate    *on)
{
  char today[16];

  if (field->unchangeable)
    return FALSE;
  if (shy_field_type_is_date (field->type))
    {
      g_date_strftime (today, sizeof today, "%Y-%m-%d", on);
      return text == NULL || strncmp (text, today, strlen (text)) > 0;
    }
  return field->type != SHY_FIELD_TEXT && !shy_field_type_get_identity (field->type, NULL);
}

static char *
slot_value_to_fact (const ShyCompiledPolicy *compiled,
                    guint                    slot,
                    ShyFeelValue            *value)
{
  return shy_value_to_fact (compiled->slots[slot].type, value);
}

static void
put (Search       *self,
     guint         slot,
     ShyFeelValue *value)
{
  ShyMask changed = { 0 };

  shy_mask_add (&changed, slot);
  shy_evaluation_set (self->decision->evaluation, slot, value);
  shy_evaluation_derive (self->decision->evaluation, &changed);
}

static guint64
ask_failed (Search *self)
{
  guint64 helps = 0;

  for (guint i = 0; i < self->failed->len; i++)
    {
      ShyFinding finding = { 0 };

      shy_evaluation_find (self->decision->evaluation, g_array_index (self->failed, guint, i),
                           &finding);
      if ((finding.may & (SHY_MAY_BE_FALSE | SHY_MAY_BE_PERSON)) == 0)
        helps |= G_GUINT64_CONSTANT (1) << i;
      shy_finding_clear (&finding);
    }

  return helps;
}

/* Which failed criteria would hold if a fact had a value, all else as it is. */
static guint64
ask_help (Search       *self,
          guint         slot,
          ShyFeelValue *value)
{
  ShyFeelValue *before = self->decision->evaluation->open.values[slot];
  guint64       helps;

  if (before != NULL)
    shy_feel_value_ref (before);
  put (self, slot, shy_feel_value_ref (value));
  helps = ask_failed (self);
  put (self, slot, before);

  return helps;
}

/* A value @steps units away: days, months or ones. NULL if there is none. */
static ShyFeelValue *
step_away (ShyFieldType  type,
           ShyFeelValue *from,
           gint64        steps)
{
  ShyFeelDate   date;
  ShyFeelNumber number;

  if (from->type == SHY_FEEL_TYPE_DATE && type == SHY_FIELD_MONTH)
    return shy_feel_date_add_months (&from->date, steps, &date)
             ? shy_feel_value_new_from_date (&date) : NULL;
  if (from->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_date_init_days (&date, shy_feel_date_get_days (&from->date) + steps)
             ? shy_feel_value_new_from_date (&date) : NULL;
  if (from->type == SHY_FEEL_TYPE_NUMBER
      && shy_feel_number_add (from->number, shy_feel_number_from_int64 (steps), &number))
    return shy_feel_value_new_decimal128 (number);

  return NULL;
}

static double
measure (ShyFeelValue *from,
         ShyFeelValue *to)
{
  if (from == NULL)
    return 1;
  if (from->type == SHY_FEEL_TYPE_DATE && to->type == SHY_FEEL_TYPE_DATE)
    return fabs ((double) (shy_feel_date_get_days (&to->date)
                           - shy_feel_date_get_days (&from->date)));
  if (from->type == SHY_FEEL_TYPE_NUMBER && to->type == SHY_FEEL_TYPE_NUMBER)
    return fabs (shy_feel_number_to_double (to->number) - shy_feel_number_to_double (from->number));

  return 1;
}

static guint64
helps_at (Search       *self,
          guint         slot,
          ShyFeelValue *from,
          gint64        steps)
{
  const ShySlot           *about = &self->decision->evaluation->compiled->slots[slot];
  g_autoptr (ShyFeelValue) value = step_away (about->type, from, steps);

  return value != NULL ? ask_help (self, slot, value) : 0;
}

static void
add_value (Search       *self,
           GPtrArray    *options,
           guint         slot,
           ShyFeelValue *from,
           ShyFeelValue *value,
           guint64       helps)
{
  g_autofree char *text = slot_value_to_fact (self->decision->evaluation->compiled, slot, value);

  if (text == NULL || helps == 0)
    return;
  for (guint i = 0; i < options->len; i++)
    if (g_str_equal (((ShyOption *) g_ptr_array_index (options, i))->texts[0], text))
      return;
  g_ptr_array_add (options, new_option (slot, text, helps, measure (from, value)));
}

/* From steps that help, back to the fewest that help as much. */
static gint64
narrow (Search       *self,
        guint         slot,
        ShyFeelValue *from,
        gint64        steps,
        guint64       helps)
{
  gint64 low = steps / 2;

  while (ABS (steps - low) > 1)
    {
      gint64 middle = low + (steps - low) / 2;

      if ((helps_at (self, slot, from, middle) & helps) == helps)
        steps = middle;
      else
        low = middle;
    }

  return steps;
}

/* Walks away from a number or day in steps of doubling length, both ways. */
static void
probe (Search       *self,
       GPtrArray    *options,
       guint         slot,
       ShyFeelValue *from)
{
  const ShySlot *about = &self->decision->evaluation->compiled->slots[slot];

  for (gint64 sign = -1; sign <= 1; sign += 2)
    {
      guint64 before = 0;

      for (guint power = 0; power <= MAX_STEP_POWER; power++)
        {
          gint64  steps = sign * (G_GINT64_CONSTANT (1) << power);
          guint64 helps = helps_at (self, slot, from, steps);

          if ((helps & ~before) != 0)
            {
              gint64 first = narrow (self, slot, from, steps, helps);
              g_autoptr (ShyFeelValue) value = step_away (about->type, from, first);

              add_value (self, options, slot, from, value, helps);
            }
          before |= helps;
        }
    }
}

static int
by_distance (gconstpointer a,
             gconstpointer b)
{
  const ShyOption *x = *(ShyOption **) a;
  const ShyOption *y = *(ShyOption **) b;

  return (x->distance > y->distance) - (x->distance < y->distance);
}

/* A text that a policy compares with may be suggested, the “any other” not. */
static gboolean
is_proposable (const ShySlot *slot,
               ShyFeelValue  *value)
{
  const char *text = shy_feel_value_get_string (value);

  return slot->values != NULL || text == NULL || !g_str_has_prefix (text, "??");
}

static void
find_options (Search *self,
              guint   slot)
{
  ShyEvaluation           *evaluation = self->decision->evaluation;
  g_autoptr (ShyFeelValue) from = NULL;
  g_autoptr (GPtrArray)    options = g_ptr_array_new ();
  g_autoptr (GPtrArray)    values = NULL;
  gboolean                 complete;

  if (evaluation->open.values[slot] != NULL)
    from = shy_feel_value_ref (evaluation->open.values[slot]);
  values = shy_evaluation_list_values (evaluation, slot, &complete);
  for (guint i = 0; i < values->len; i++)
    {
      ShyFeelValue *value = g_ptr_array_index (values, i);

      if (is_proposable (&evaluation->compiled->slots[slot], value)
          && (from == NULL || !shy_feel_value_is (from, value)))
        add_value (self, options, slot, from, value, ask_help (self, slot, value));
    }
  if (from != NULL)
    probe (self, options, slot, from);

  g_ptr_array_sort (options, by_distance);
  for (guint i = 0; i < options->len; i++)
    if (i < MAX_OPTIONS_PER_FACT)
      g_ptr_array_add (self->options, g_ptr_array_index (options, i));
    else
      free_option (g_ptr_array_index (options, i));
}

/* The facts that a failed criterion reads and that somebody could change. */
static GArray *
list_changeable (Search *self,
                 guint   criterion)
{
  const ShyCompiledPolicy *compiled = self->decision->evaluation->compiled;
  const ShyMask           *read = &compiled->criteria[criterion].reads;
  GArray                  *slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint slot = 0; slot < compiled->first_builtin; slot++)
    if (shy_mask_has (read, slot) && compiled->slots[slot].fact
        && !shy_mask_has (&self->fixed, slot))
      {
        const ShyField *field = g_ptr_array_index (compiled->policy->fields, slot);
        const char     *text = shy_facts_get_text (self->decision->filled, field->name);

        if (is_changeable (field, text, &self->decision->on))
          g_array_append_val (slots, slot);
      }

  return slots;
}

static void
add_pair (Search       *self,
          guint         first,
          ShyFeelValue *x,
          guint         second,
          ShyFeelValue *y,
          guint64       helps)
{
  const ShyCompiledPolicy *compiled = self->decision->evaluation->compiled;
  char                    *one = slot_value_to_fact (compiled, first, x);
  char                    *two = slot_value_to_fact (compiled, second, y);
  ShyOption               *option = new_option (first, one, helps, 2);

  g_free (one);
  option->n_facts = 2;
  option->slots[1] = second;
  option->texts[1] = two;
  g_ptr_array_add (self->options, option);
}

static void
try_pair (Search *self,
          guint   first,
          guint   second)
{
  ShyEvaluation           *evaluation = self->decision->evaluation;
  gboolean                 complete;
  g_autoptr (GPtrArray)    xs = shy_evaluation_list_values (evaluation, first, &complete);
  g_autoptr (GPtrArray)    ys = shy_evaluation_list_values (evaluation, second, &complete);
  g_autoptr (ShyFeelValue) before = NULL;

  if (evaluation->open.values[first] != NULL)
    before = shy_feel_value_ref (evaluation->open.values[first]);
  for (guint i = 0; i < MIN (xs->len, MAX_PAIR_VALUES); i++)
    {
      ShyFeelValue *x = g_ptr_array_index (xs, i);

      if (!is_proposable (&evaluation->compiled->slots[first], x))
        continue;
      put (self, first, shy_feel_value_ref (x));
      for (guint j = 0; j < MIN (ys->len, MAX_PAIR_VALUES); j++)
        {
          ShyFeelValue *y = g_ptr_array_index (ys, j);
          guint64       helps = ask_help (self, second, y);

          if (helps != 0 && is_proposable (&evaluation->compiled->slots[second], y))
            add_pair (self, first, x, second, y, helps);
        }
    }
  put (self, first, before != NULL ? shy_feel_value_ref (before) : NULL);
}

static guint64
sum_up_help (Search *self)
{
  guint64 helps = 0;

  for (guint i = 0; i < self->options->len; i++)
    helps |= ((ShyOption *) g_ptr_array_index (self->options, i))->helps;

  return helps;
}

static void
find_pairs (Search *self,
            guint   failed)
{
  g_autoptr (GArray) slots = list_changeable (self, g_array_index (self->failed, guint, failed));

  for (guint i = 0; i < slots->len; i++)
    for (guint j = i + 1; j < slots->len; j++)
      if (!g_cancellable_is_cancelled (self->cancellable))
        try_pair (self, g_array_index (slots, guint, i), g_array_index (slots, guint, j));
}

/* What would make criteria of a decision hold that are in @failed, by the values of facts that are
 * not in @fixed, the nearest first; pairs of facts where one alone does not help. */
GPtrArray *
shy_decision_list_options (ShyDecision   *decision,
                           GArray        *failed,
                           const ShyMask *fixed,
                           GCancellable  *cancellable)
{
  Search  self = { decision, failed, *fixed, cancellable, NULL };
  ShyMask done = { 0 };

  self.options = g_ptr_array_new_with_free_func (free_option);
  for (guint i = 0; i < self.failed->len; i++)
    {
      g_autoptr (GArray) slots = list_changeable (&self, g_array_index (self.failed, guint, i));

      for (guint j = 0; j < slots->len; j++)
        {
          guint slot = g_array_index (slots, guint, j);

          if (!shy_mask_has (&done, slot) && !g_cancellable_is_cancelled (self.cancellable))
            find_options (&self, slot);
          shy_mask_add (&done, slot);
        }
    }
  for (guint i = 0; i < self.failed->len; i++)
    if ((sum_up_help (&self) >> i & 1) == 0)
      find_pairs (&self, i);
  g_ptr_array_sort (self.options, by_distance);

  return self.options;
}
