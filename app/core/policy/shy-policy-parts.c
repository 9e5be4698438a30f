/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-parts-private.h"

#include "policy/shy-policy-bounds-private.h"
#include "policy/shy-policy-reader-private.h"
#include "policy/shy-sentence-private.h"
#include "shy-date.h"

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
 * shy_policy_field_format: (skip)
 * @field: what the value is of
 * @text: (nullable): the value in its canonical form, %NULL where it is not known
 *
 * Writes a value as a sentence says it: counties by name, days and answers in words, numbers
 * grouped. Personal numbers stay as they are; mask them for a screen.
 *
 * Returns: (transfer full): the words
 */
char *
shy_policy_field_format (const ShyPolicyField *field,
                         const char           *text)
{
  g_return_val_if_fail (field != NULL, NULL);

  return shy_sentence_value (field->type, field->unit, text);
}

/**
 * shy_policy_text_get: (skip)
 * @text: (nullable): a text of a pack
 *
 * Gets a text in the person's language: Chinese where that is asked for or nothing else is there.
 *
 * Returns: (nullable): the text, %NULL if there is none
 */
const char *
shy_policy_text_get (const ShyPolicyText *text)
{
  const char *const *languages = g_get_language_names ();

  if (text == NULL)
    return NULL;
  for (gsize i = 0; languages[i] != NULL; i++)
    {
      if (g_str_has_prefix (languages[i], "zh") && text->zh_CN != NULL)
        return text->zh_CN;
      if ((g_str_has_prefix (languages[i], "en") || g_str_equal (languages[i], "C")) &&
          text->en != NULL)
        return text->en;
    }
  return text->zh_CN != NULL ? text->zh_CN : text->en;
}

/**
 * shy_policy_type_to_word: (skip)
 * @type: a type
 *
 * Returns: the word that packs use for it, as "resident-id"
 */
const char *
shy_policy_type_to_word (ShyPolicyType type)
{
  static const char *const words[] = {
    "text",   "number", "money",       "date",        "month",     "boolean",
    "choice", "county", "resident-id", "credit-code", "bank-card", "mobile",
  };

  g_return_val_if_fail (type < G_N_ELEMENTS (words), NULL);

  return words[type];
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

/* Tells whether @text is a decimal number as packs write it: -12, 0.5, 200000. */
static gboolean
is_decimal (const char *text)
{
  const char *at = text + (*text == '-' ? 1 : 0);
  gsize       whole = strspn (at, "0123456789");
  gsize       behind;

  if (whole == 0)
    return FALSE;
  at += whole;
  if (*at == '\0')
    return TRUE;
  behind = strspn (at + 1, "0123456789");
  return *at == '.' && behind > 0 && at[1 + behind] == '\0';
}

static gboolean
is_month (const char *text)
{
  g_autofree char *first = g_strconcat (text, "-01", NULL);
  GDate            date;

  g_date_clear (&date, 1);
  return shy_date_parse (first, &date);
}

/* Tells whether a text is a value of a type; @values are those of a choice, @synonyms what people
 * write to one value. */
gboolean
shy_policy_type_accepts (ShyPolicyType type, char **values, GHashTable *synonyms, const char *text)
{
  GDate date;

  if (synonyms != NULL && g_hash_table_contains (synonyms, text))
    return TRUE;
  switch (type)
    {
    case SHY_POLICY_TYPE_NUMBER:
    case SHY_POLICY_TYPE_MONEY:
      return is_decimal (text);
    case SHY_POLICY_TYPE_DATE:
      g_date_clear (&date, 1);
      return shy_date_parse (text, &date);
    case SHY_POLICY_TYPE_MONTH:
      return is_month (text);
    case SHY_POLICY_TYPE_BOOLEAN:
      return g_str_equal (text, "true") || g_str_equal (text, "false");
    case SHY_POLICY_TYPE_CHOICE:
      return values == NULL || g_strv_contains ((const char *const *) values, text);
    case SHY_POLICY_TYPE_TEXT:
    case SHY_POLICY_TYPE_COUNTY:
    case SHY_POLICY_TYPE_RESIDENT_ID:
    case SHY_POLICY_TYPE_CREDIT_CODE:
    case SHY_POLICY_TYPE_BANK_CARD:
    case SHY_POLICY_TYPE_MOBILE:
    default:
      return *text != '\0';
    }
}

void
shy_policy_text_free (gpointer data)
{
  ShyPolicyText *self = data;

  if (self == NULL)
    return;
  g_free (self->zh_CN);
  g_free (self->en);
  g_free (self);
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
  shy_policy_text_free (self->note);
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
  shy_policy_text_free (self->text);
  g_free (self);
}

void
shy_policy_setting_free (gpointer data)
{
  ShyPolicySetting *self = data;

  if (self == NULL)
    return;
  g_free (self->name);
  shy_policy_text_free (self->label);
  g_strfreev (self->values);
  g_free (self->unit);
  shy_policy_bounds_clear (&self->bounds);
  g_free (self->value);
  g_free (self);
}

void
shy_policy_field_free (gpointer data)
{
  ShyPolicyField *self = data;

  if (self == NULL)
    return;
  g_free (self->name);
  shy_policy_text_free (self->label);
  g_strfreev (self->aliases);
  g_strfreev (self->periods);
  g_free (self->period_end);
  g_strfreev (self->papers);
  g_strfreev (self->values);
  g_clear_pointer (&self->synonyms, g_hash_table_unref);
  g_free (self->unit);
  shy_policy_bounds_clear (&self->bounds);
  shy_policy_text_free (self->material);
  shy_policy_text_free (self->help);
  g_free (self);
}

void
shy_policy_derived_free (gpointer data)
{
  ShyPolicyDerived *self = data;

  if (self == NULL)
    return;
  g_free (self->name);
  shy_policy_text_free (self->label);
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
  g_free (self->name);
  shy_policy_text_free (self->label);
  g_strfreev (self->values);
  g_free (self->unit);
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
  shy_policy_text_free (self->text);
  g_free (self);
}

void
shy_policy_criterion_free (gpointer data)
{
  ShyPolicyCriterion *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_policy_text_free (self->title);
  shy_policy_expression_free (self->condition);
  shy_policy_expression_free (self->refer);
  shy_policy_expression_free (self->skip_unless);
  shy_policy_text_free (self->when_true);
  shy_policy_text_free (self->when_false);
  shy_policy_text_free (self->when_unknown);
  shy_policy_text_free (self->when_person);
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
  shy_policy_text_free (self->title);
  g_clear_pointer (&self->key, g_ptr_array_unref);
  g_clear_pointer (&self->windows, g_array_unref);
  g_strfreev (self->policies);
  shy_policy_text_free (self->when_hit);
  g_free (self);
}

void
shy_policy_step_free (gpointer data)
{
  ShyPolicyStep *self = data;

  if (self == NULL)
    return;
  g_free (self->id);
  shy_policy_text_free (self->title);
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
  shy_policy_text_free (self->title);
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
