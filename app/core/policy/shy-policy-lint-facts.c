/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-verdict.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Checks what is said of facts: sentences that would print a fact nobody gave, and fields that bound or
 * repeat each other without a relation. */

/* The sentence of a criterion for a result, by its member. */
static const ShyText *
find_sentence (const ShyPolicyCriterion *criterion,
               ShyPolicyResult           result,
               const char              **member)
{
  if (result == SHY_POLICY_RESULT_TRUE)
    {
      *member = "when_true";
      return criterion->when_true;
    }
  if (result == SHY_POLICY_RESULT_FALSE)
    {
      *member = "when_false";
      return criterion->when_false;
    }
  if (result == SHY_POLICY_RESULT_PERSON)
    {
      *member = "when_person";
      return criterion->when_person;
    }
  if (result == SHY_POLICY_RESULT_UNKNOWN)
    {
      *member = "when_unknown";
      return criterion->when_unknown;
    }

  return NULL;
}

static gboolean
text_inserts (const char *text,
              const char *name)
{
  g_autofree char *plain = g_strdup_printf ("{%s}", name);
  g_autofree char *kind = g_strdup_printf ("{%s:", name);

  return text != NULL && (strstr (text, plain) != NULL || strstr (text, kind) != NULL);
}

static gboolean
inserts (const ShyText *text,
         const char    *name)
{
  return text != NULL && (text_inserts (text->zh_CN, name) || text_inserts (text->en, name));
}

static gboolean
is_inserted (ShyPolicy  *policy,
             const char *name)
{
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (policy->criteria, i);

      if (inserts (criterion->when_true, name) || inserts (criterion->when_false, name)
          || inserts (criterion->when_person, name) || inserts (criterion->when_unknown, name))
        return TRUE;
    }

  return FALSE;
}

/* A verdict without a fact shows which sentences would have printed it. */
static void
look_at_verdict (ShyPolicyLinter *linter,
                 ShyVerdict      *verdict,
                 const char      *name,
                 GHashTable      *told)
{
  GPtrArray *criteria = linter->policy->criteria;

  for (guint i = 0; i < criteria->len; i++)
    {
      const ShyPolicyCriterion  *criterion = g_ptr_array_index (criteria, i);
      const ShyVerdictCriterion *spoken = shy_verdict_find_criterion (verdict, criterion->id);
      const char                *member = NULL;
      const ShyText             *text;
      char                      *key;

      text = spoken != NULL ? find_sentence (criterion, spoken->result, &member) : NULL;
      if (!inserts (text, name))
        continue;
      key = g_strdup_printf ("%u %s %s", i, member, name);
      if (!g_hash_table_add (told, key))
        continue;
      shy_policy_linter_add (linter, SHY_POLICY_HINT, "prints-missing-fact",
                             shy_policy_linter_member (linter, "criteria", i, member),
                             _("The sentence inserts “{%s}”, and is right where that is not given "
                               "too: then the result alone is said. Write it without."), name);
    }
}

/* Takes one fact after the other from each case: what still holds then does so without it. */
static void
check_sentences (ShyPolicyLinter *linter)
{
  ShyPolicy             *policy = linter->policy;
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (policy->fields, i);

      if (!is_inserted (policy, field->name))
        continue;
      for (guint j = 0; j < policy->cases->len; j++)
        {
          g_autoptr (ShyFacts)   facts =
            shy_facts_new_from_case (g_ptr_array_index (policy->cases, j), policy, NULL);
          g_autoptr (ShyVerdict) verdict = NULL;

          if (facts == NULL)
            continue;
          shy_facts_remove (facts, field->name);
          verdict = shy_policy_decide (policy, facts, NULL);
          if (verdict != NULL)
            look_at_verdict (linter, verdict, field->name, told);
        }
    }
}

static gboolean
are_related (ShyPolicy  *policy,
             const char *one,
             const char *other)
{
  for (guint i = 0; i < policy->relations->len; i++)
    {
      const ShyPolicyRelation *relation = g_ptr_array_index (policy->relations, i);

      if (g_strv_contains ((const char *const *) relation->fields, one)
          && g_strv_contains ((const char *const *) relation->fields, other))
        return TRUE;
    }

  return FALSE;
}

/* 合同开始 and 合同结束: what begins ends later. */
static void
check_pair (ShyPolicyLinter *linter,
            guint            index,
            const ShyField  *field)
{
  static const char *const pairs[][2] = {
    { "开始", "结束" }, { "起始", "终止" }, { "起", "止" }, { "进站", "出站" }, { "入职", "离职" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GString) other = g_string_new (field->name);
      const ShyField     *end;

      if (strstr (field->name, pairs[i][0]) == NULL)
        continue;
      g_string_replace (other, pairs[i][0], pairs[i][1], 1);
      end = shy_policy_find_part (linter->policy->fields, other->str);
      if (end != NULL && end->type == field->type
          && !are_related (linter->policy, field->name, end->name))
        shy_policy_linter_add (linter, SHY_POLICY_HINT, "no-relation",
                               shy_policy_linter_item (linter, "fields", index),
                               _("“%s” bounds “%s”, and nothing says so. Add a relation."),
                               field->name, end->name);
    }
}

static void
check_fields (ShyPolicyLinter *linter)
{
  ShyPolicy *policy = linter->policy;

  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (policy->fields, i);

      check_pair (linter, i, field);
      if (policy->person != NULL && strstr (field->name, "出生") != NULL
          && (field->type == SHY_FIELD_DATE || field->type == SHY_FIELD_MONTH)
          && field->repeats == SHY_FIELD_REPEATS_NOTHING)
        shy_policy_linter_add (linter, SHY_POLICY_HINT, "no-relation",
                               shy_policy_linter_item (linter, "fields", i),
                               _("The resident ID says “%s” too. Add “repeats”."), field->name);
    }
}

void
shy_policy_lint_facts (ShyPolicyLinter *linter)
{
  check_fields (linter);
  check_sentences (linter);
}
