/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-parts-private.h"

#include "policy/shy-policy-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * shy_policy_document_get_caption: (skip)
 * @document: (nullable): a document of a pack
 *
 * Gets what a document is called in passing: its number, else its title.
 *
 * Returns: (nullable): the caption, %NULL for no document
 */
const char *
shy_policy_document_get_caption (const ShyPolicyDocument *document)
{
  if (document == NULL)
    return NULL;

  return document->number != NULL ? document->number : document->title;
}

/**
 * shy_policy_outcome_to_word: (skip)
 * @outcome: an outcome
 *
 * Returns: the word that files use for it: "eligible", "not_eligible", "materials" or "person"
 */
const char *
shy_policy_outcome_to_word (ShyPolicyOutcome outcome)
{
  static const char *const words[] = { "eligible", "not_eligible", "materials", "person" };

  g_return_val_if_fail (outcome < G_N_ELEMENTS (words), NULL);

  return words[outcome];
}

/**
 * shy_policy_outcome_to_label: (skip)
 * @outcome: an outcome
 *
 * Returns: what people call it, translated: 符合, 不符合, 待补正, 需人工核定
 */
const char *
shy_policy_outcome_to_label (ShyPolicyOutcome outcome)
{
  static const char *const labels[] = {
    N_("Eligible"), N_("Not eligible"), N_("Materials missing"), N_("Needs a person"),
  };

  g_return_val_if_fail (outcome < G_N_ELEMENTS (labels), NULL);

  return _(labels[outcome]);
}

/**
 * shy_policy_result_to_word: (skip)
 * @result: what became of a criterion
 *
 * Returns: the word that files use for it: "true", "false", "unknown", "person" or "skipped"
 */
const char *
shy_policy_result_to_word (ShyPolicyResult result)
{
  static const char *const words[] = { "true", "false", "unknown", "person", "skipped" };

  g_return_val_if_fail (result < G_N_ELEMENTS (words), NULL);

  return words[result];
}

/**
 * shy_policy_result_to_label: (skip)
 * @result: what became of a criterion
 *
 * Returns: what people call it, translated
 */
const char *
shy_policy_result_to_label (ShyPolicyResult result)
{
  static const char *const labels[] = {
    N_("Met"), N_("Not met"), N_("Not known yet"), N_("For a person to decide"),
    N_("Does not apply"),
  };

  g_return_val_if_fail (result < G_N_ELEMENTS (labels), NULL);

  return _(labels[result]);
}

/* Finds a part by its name or id, which is the first member of each of these structs. */
gpointer
shy_policy_find_part (GPtrArray *parts, const char *name)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_strcmp0 (*(char **) g_ptr_array_index (parts, i), name) == 0)
      return g_ptr_array_index (parts, i);

  return NULL;
}

/* Whether two periods have a day in common. */
gboolean
shy_policy_dates_meet (const ShyPolicyDates *a, const ShyPolicyDates *b)
{
  return (a->from == NULL || b->until == NULL || g_date_compare (a->from, b->until) <= 0) &&
         (b->from == NULL || a->until == NULL || g_date_compare (b->from, a->until) <= 0);
}

void
shy_policy_dates_clear (ShyPolicyDates *self)
{
  g_clear_pointer (&self->from, g_date_free);
  g_clear_pointer (&self->until, g_date_free);
}

/* Tells whether a day lies in dates, both ends included. */
gboolean
shy_policy_dates_contain (const ShyPolicyDates *self, const GDate *date)
{
  return (self->from == NULL || g_date_compare (date, self->from) >= 0) &&
         (self->until == NULL || g_date_compare (date, self->until) <= 0);
}

void
shy_policy_document_free (gpointer data)
{
  ShyPolicyDocument *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->number);
  g_free (self->issuer);
  g_clear_pointer (&self->date, g_date_free);
  g_free (self->address);
  g_free (self->confidence);
  shy_text_free (self->note);
  g_free (self);
}

void
shy_policy_clause_free (gpointer data)
{
  ShyPolicyClause *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  shy_text_free (self->text);
  g_free (self);
}

void
shy_policy_setting_free (gpointer data)
{
  ShyPolicySetting *self = data;

  if (self == NULL)
    return;
  shy_field_clear (&self->field);
  g_free (self->value);
  g_free (self);
}

void
shy_policy_derived_free (gpointer data)
{
  ShyPolicyDerived *self = data;

  if (self == NULL)
    return;
  g_free (self->name);
  shy_text_free (self->label);
  shy_policy_expression_free (self->expression);
  g_free (self);
}

void
shy_policy_row_free (gpointer data)
{
  ShyPolicyRow *self = data;

  if (self == NULL)
    return;
  shy_policy_dates_clear (&self->dates);
  g_free (self->county);
  g_free (self->group);
  g_free (self->value);
  g_free (self);
}

void
shy_policy_table_free (gpointer data)
{
  ShyPolicyTable *self = data;

  if (self == NULL)
    return;
  shy_field_clear (&self->field);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
shy_policy_import_free (gpointer data)
{
  ShyPolicyImport *self = data;

  if (self == NULL)
    return;
  g_free (self->shared);
  g_free (self->version);
  g_free (self->digest);
  g_free (self);
}

void
shy_policy_relation_free (gpointer data)
{
  ShyPolicyRelation *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_policy_expression_free (self->condition);
  g_strfreev (self->fields);
  shy_text_free (self->text);
  g_free (self);
}

void
shy_policy_criterion_free (gpointer data)
{
  ShyPolicyCriterion *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_text_free (self->title);
  shy_policy_expression_free (self->condition);
  shy_policy_expression_free (self->refer);
  shy_policy_expression_free (self->skip_unless);
  shy_text_free (self->when_true);
  shy_text_free (self->when_false);
  shy_text_free (self->when_unknown);
  shy_text_free (self->when_person);
  g_free (self);
}

void
shy_policy_amount_free (gpointer data)
{
  ShyPolicyAmount *self = data;

  if (self == NULL)
    return;
  shy_policy_expression_free (self->expression);
  shy_policy_expression_free (self->schedule);
  g_free (self->unit);
  g_free (self);
}

void
shy_policy_limit_free (gpointer data)
{
  ShyPolicyLimit *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_text_free (self->title);
  g_clear_pointer (&self->key, g_ptr_array_unref);
  g_clear_pointer (&self->windows, g_array_unref);
  g_strfreev (self->policies);
  shy_text_free (self->when_hit);
  g_free (self);
}

void
shy_policy_step_free (gpointer data)
{
  ShyPolicyStep *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_text_free (self->title);
  g_free (self);
}

void
shy_policy_override_free (gpointer data)
{
  ShyPolicyOverride *self = data;

  if (self == NULL)
    return;
  g_free (self->county);
  shy_policy_dates_clear (&self->dates);
  g_free (self);
}

void
shy_policy_fact_free (gpointer data)
{
  ShyPolicyFact *self = data;

  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

void
shy_policy_grant_free (gpointer data)
{
  ShyPolicyGrant *self = data;

  if (self == NULL)
    return;
  g_free (self->policy);
  g_clear_pointer (&self->date, g_date_free);
  g_free (self->county);
  g_free (self->person);
  g_free (self->employer);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_free (self);
}

void
shy_policy_expected_free (gpointer data)
{
  ShyPolicyExpected *self = data;

  if (self == NULL)
    return;
  g_free (self->criterion);
  g_free (self);
}

void
shy_policy_case_free (gpointer data)
{
  ShyPolicyCase *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_text_free (self->title);
  g_free (self->county);
  g_clear_pointer (&self->on, g_date_free);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->history);
  g_clear_pointer (&self->schedule, g_array_unref);
  g_ptr_array_unref (self->criteria);
  g_strfreev (self->missing);
  g_strfreev (self->warnings);
  g_free (self);
}
