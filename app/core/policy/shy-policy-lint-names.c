/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "policy/shy-policy-parts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Checks names and texts: what nothing reads, insertions, translations. */

static const char *const text_members[] = {
  "title", "summary", "text", "label", "material", "help", "note",
  "when_true", "when_false", "when_unknown", "when_person", "when_hit", NULL,
};

static gboolean
is_text (const ShyJson *json)
{
  return json->kind == SHY_JSON_OBJECT && json->name != NULL &&
         g_strv_contains (text_members, json->name);
}

static void
mark_names (const ShyPolicyExpression *expression, GHashTable *used)
{
  for (guint i = 0; expression != NULL && i < expression->names->len; i++)
    g_hash_table_add (used,
                      g_strdup (((const ShyPolicyName *) expression->names->pdata[i])->name));
}

static void
mark_field (const ShyField *field, GHashTable *used)
{
  if (field != NULL)
    g_hash_table_add (used, g_strdup (field->name));
}

static void
mark_setting (const ShyPolicySetting *setting, GHashTable *used)
{
  if (setting != NULL)
    g_hash_table_add (used, g_strdup (setting->field.name));
}

static void
mark_limit (const ShyPolicyLimit *limit, GHashTable *used)
{
  for (guint i = 0; i < limit->key->len; i++)
    mark_field (g_ptr_array_index (limit->key, i), used);
  for (guint i = 0; i < limit->windows->len; i++)
    mark_field (g_array_index (limit->windows, ShyPolicyWindow, i).from, used);
  mark_field (limit->months, used);
  mark_setting (limit->reading, used);
  mark_setting (limit->max_setting, used);
}

/* The expressions that a resolved policy has instead of these are checked when it is read. */
static void
mark_policy (ShyPolicy *policy, GHashTable *used)
{
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (policy->criteria, i);

      mark_names (criterion->condition, used);
      mark_names (criterion->refer, used);
      mark_names (criterion->skip_unless, used);
    }
  for (guint i = 0; i < policy->derived->len; i++)
    mark_names (((ShyPolicyDerived *) policy->derived->pdata[i])->expression, used);
  for (guint i = 0; i < policy->limits->len; i++)
    mark_limit (g_ptr_array_index (policy->limits, i), used);
  for (guint i = 0; i < policy->relations->len; i++)
    mark_names (((ShyPolicyRelation *) policy->relations->pdata[i])->condition, used);
  mark_names (policy->key_date, used);
  if (policy->amount != NULL)
    {
      mark_names (policy->amount->expression, used);
      mark_names (policy->amount->schedule, used);
    }
  mark_field (policy->person, used);
  mark_field (policy->name, used);
  mark_field (policy->paper, used);
  mark_field (policy->employer, used);
  mark_field (policy->county, used);
}

/* Looks at one "{name}" or "{name:setting}" of a text. */
static void
check_insertion (ShyPolicyLinter *linter,
                   const ShyJson   *json,
                   const char      *inside,
                   gsize            length,
                   GHashTable      *used)
{
  const char          *colon = memchr (inside, ':', length);
  g_autofree char     *word = g_strndup (inside, colon != NULL ? (gsize) (colon - inside) : length);
  const ShyPolicyName *name = shy_policy_find_name (linter->policy, word);

  if (name != NULL)
    g_hash_table_add (used, g_strdup (name->name));
  else
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unknown-insertion", json,
                           _("The text inserts “{%s}”, which is no field, setting or derived value. "
                             "Correct the name."), word);
}

static void
check_insertions (ShyPolicyLinter *linter, const ShyJson *json, GHashTable *used)
{
  const char *open = json->kind == SHY_JSON_STRING ? strchr (json->text, '{') : NULL;

  while (open != NULL)
    {
      const char *close = strchr (open, '}');

      if (close == NULL)
        {
          shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unknown-insertion", json,
                                 _("A “{” of the text is not closed. Add “}”."));
          return;
        }
      check_insertion (linter, json, open + 1, (gsize) (close - open - 1), used);
      open = strchr (close, '{');
    }
}

static void
check_text (ShyPolicyLinter *linter, const ShyJson *json, GHashTable *used)
{
  const ShyJson *chinese = shy_json_get (json, "zh_CN");
  const ShyJson *english = shy_json_get (json, "en");

  if (chinese == NULL || chinese->kind != SHY_JSON_STRING)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "untranslated", json,
                           _("The text is not there in Chinese, which clerks read. Add “zh_CN”."));
  if (english == NULL || english->kind != SHY_JSON_STRING)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "untranslated", json,
                           _("The text is not there in English. Add “en”."));
  if (!g_str_has_prefix (json->name, "when_"))
    return;
  for (guint i = 0; i < json->items->len; i++)
    check_insertions (linter, g_ptr_array_index (json->items, i), used);
}

static void
check_texts (ShyPolicyLinter *linter, const ShyJson *json, GHashTable *used)
{
  if (is_text (json))
    check_text (linter, json, used);
  else
    for (guint i = 0; json->items != NULL && i < json->items->len; i++)
      check_texts (linter, g_ptr_array_index (json->items, i), used);
}

/* Personal fields, as a telephone or an account, are there to be written down, not to decide. */
static void
check_used (ShyPolicyLinter *linter, GHashTable *used)
{
  ShyPolicy *policy = linter->policy;

  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (policy->fields, i);

      if (!field->personal && !g_hash_table_contains (used, field->name))
        shy_policy_linter_add (linter, field->required ? SHY_POLICY_WARNING : SHY_POLICY_HINT,
                               "unused-field", shy_policy_linter_item (linter, "fields", i),
                               _("Nothing reads the field “%s”. Is a condition missing?"),
                               field->name);
    }
  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);

      if (!g_hash_table_contains (used, setting->field.name))
        shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unused-setting",
                               shy_policy_linter_item (linter, "settings", i),
                               _("Nothing reads the setting “%s”. Remove it or use it."),
                               setting->field.name);
    }
  for (guint i = 0; i < policy->derived->len; i++)
    {
      const ShyPolicyDerived *derived = g_ptr_array_index (policy->derived, i);

      if (!g_hash_table_contains (used, derived->name))
        shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unused-derived",
                               shy_policy_linter_item (linter, "derived", i),
                               _("Nothing reads the derived value “%s”. Remove it or use it."),
                               derived->name);
    }
}

/* What an override sets may read names too. */
static void
mark_overrides (ShyPolicyLinter *linter, GHashTable *used)
{
  for (guint i = 0; i < linter->policy->overrides->len; i++)
    {
      g_autoptr (ShyPolicy) resolved = shy_policy_lint_resolve_override (linter, i);

      mark_policy (resolved, used);
    }
}

void
shy_policy_lint_names (ShyPolicyLinter *linter)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  mark_policy (linter->policy, used);
  mark_overrides (linter, used);
  check_texts (linter, linter->root, used);
  check_used (linter, used);
}
