/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-change-private.h"

#include "feel/shy-feel-number-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-sentence-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* A change, and how it is said. */

G_DEFINE_BOXED_TYPE (ShyChange, shy_change, shy_change_copy, shy_change_free)

static void
free_step (gpointer data)
{
  ShyChangeStep *step = data;

  g_free (step->name);
  g_free (step->from);
  g_free (step->to);
  g_free (step->message);
  g_free (step);
}

static gpointer
copy_step (gconstpointer source,
           gpointer      user_data)
{
  const ShyChangeStep *step = source;
  ShyChangeStep       *copy = g_new0 (ShyChangeStep, 1);

  copy->name = g_strdup (step->name);
  copy->from = g_strdup (step->from);
  copy->to = g_strdup (step->to);
  copy->by_waiting = step->by_waiting;
  copy->message = g_strdup (step->message);

  return copy;
}

/**
 * shy_change_copy:
 * @self: a change
 *
 * Returns: (transfer full): a copy
 */
ShyChange *
shy_change_copy (const ShyChange *self)
{
  ShyChange *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ShyChange, 1);
  copy->steps = g_ptr_array_copy (self->steps, copy_step, NULL);
  copy->on = self->on;
  copy->outcome = self->outcome;
  copy->message = g_strdup (self->message);

  return copy;
}

/**
 * shy_change_free:
 * @self: (nullable): a change
 *
 * Frees @self with its steps.
 */
void
shy_change_free (ShyChange *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->steps);
  g_free (self->message);
  g_free (self);
}

/* A change without steps. */
ShyChange *
shy_change_new (const GDate     *on,
                ShyPolicyOutcome outcome)
{
  ShyChange *self = g_new0 (ShyChange, 1);

  self->steps = g_ptr_array_new_with_free_func (free_step);
  self->on = *on;
  self->outcome = outcome;

  return self;
}

static char *
subtract (const char *a,
          const char *b)
{
  ShyFeelNumber x, y, difference;

  if (!shy_feel_number_parse (a, -1, &x) || !shy_feel_number_parse (b, -1, &y)
      || !shy_feel_number_subtract (x, y, &difference))
    return NULL;

  return shy_feel_number_to_string (difference);
}

/* "3 more months", as the difference of two numbers. */
static char *
say_difference (const ShyField *field,
                const char     *label,
                const char     *from,
                const char     *to)
{
  g_autofree char *difference = from != NULL ? subtract (to, from) : NULL;
  g_autofree char *amount = NULL;
  g_autofree char *value = shy_field_display (field, to);

  if (difference == NULL)
    return NULL;
  amount = shy_field_type_display (field->type, field->unit,
                               *difference == '-' ? difference + 1 : difference);
  if (*difference == '-')
    /* Translators: a field, by how much it would have to be less, what it would be then. */
    return g_strdup_printf (_("%s less by %s (%s)"), label, amount, value);

  /* Translators: a field, by how much it would have to be more, what it would be then. */
  return g_strdup_printf (_("%s more by %s (%s)"), label, amount, value);
}

static char *
say_step (const ShyField *field,
          const char     *from,
          const char     *to)
{
  const char      *label = shy_text_get (field->label);
  g_autofree char *value = shy_field_display (field, to);
  g_autofree char *before = shy_field_display (field, from);

  if (label == NULL)
    label = field->name;
  if (shy_field_type_is_number (field->type) && from != NULL)
    return say_difference (field, label, from, to);
  if (from == NULL)
    /* Translators: a field that is not known, and what it would have to be. */
    return g_strdup_printf (_("%s: %s"), label, value);

  /* Translators: a field, what it is, what it would have to be. */
  return g_strdup_printf (_("%s %s instead of %s"), label, value, before);
}

/* Adds a step. The words of a number without a value before fall back to the value. */
void
shy_change_add_step (ShyChange      *change,
                     const ShyField *field,
                     const char     *from,
                     const char     *to,
                     gboolean        by_waiting)
{
  ShyChangeStep *step = g_new0 (ShyChangeStep, 1);

  step->name = g_strdup (field->name);
  step->from = g_strdup (from);
  step->to = g_strdup (to);
  step->by_waiting = by_waiting;
  step->message = say_step (field, from, to);
  g_ptr_array_add (change->steps, step);
}

/* Puts the whole change into one sentence. */
void
shy_change_say (ShyChange *change,
                gboolean   waits)
{
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autofree char    *day = shy_date_format (&change->on);
  const char         *outcome = shy_policy_outcome_to_label (change->outcome);

  for (guint i = 0; i < change->steps->len; i++)
    {
      const ShyChangeStep *step = g_ptr_array_index (change->steps, i);

      /* Translators: stands between two steps of one change. */
      g_string_append_printf (steps, "%s%s", i > 0 ? _("; ") : "", step->message);
    }

  if (!waits)
    /* Translators: what would have to be different, then the outcome. */
    change->message = g_strdup_printf (_("%s: %s."), steps->str, outcome);
  else if (change->steps->len > 0)
    /* Translators: what would have to be different, the first day, then the outcome. */
    change->message = g_strdup_printf (_("%s; from %s: %s."), steps->str, day, outcome);
  else
    /* Translators: the first day, then the outcome. */
    change->message = g_strdup_printf (_("From %s: %s."), day, outcome);
}

static void
add_day (JsonBuilder *builder,
         const char  *member,
         const GDate *day)
{
  char text[sizeof "2025-06-30"];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", day);
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/**
 * shy_changes_to_json:
 * @changes: (element-type ShyChange): what shy_verdict_find_changes() found
 *
 * Returns: (transfer full): an array for programs
 */
JsonNode *
shy_changes_to_json (GPtrArray *changes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (changes != NULL, NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const ShyChange *change = g_ptr_array_index (changes, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, change->message);
      add_day (builder, "on", &change->on);
      json_builder_set_member_name (builder, "outcome");
      json_builder_add_string_value (builder, shy_policy_outcome_to_word (change->outcome));
      json_builder_set_member_name (builder, "steps");
      json_builder_begin_array (builder);
      for (guint j = 0; j < change->steps->len; j++)
        {
          const ShyChangeStep *step = g_ptr_array_index (change->steps, j);

          json_builder_begin_object (builder);
          json_builder_set_member_name (builder, "field");
          json_builder_add_string_value (builder, step->name);
          json_builder_set_member_name (builder, "from");
          if (step->from != NULL)
            json_builder_add_string_value (builder, step->from);
          else
            json_builder_add_null_value (builder);
          json_builder_set_member_name (builder, "to");
          json_builder_add_string_value (builder, step->to);
          json_builder_set_member_name (builder, "by_waiting");
          json_builder_add_boolean_value (builder, step->by_waiting);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return json_builder_get_root (builder);
}
