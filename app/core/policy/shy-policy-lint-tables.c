/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-policy-tables-private.h"

#include <glib/gi18n-lib.h>

/* Checks tables: that something reads them, that each row says where it comes from, and that no
 * county has two values for one day. */

static void
collect_tables (const ShyFeelNode *node, GHashTable *read)
{
  if (node->kind == SHY_FEEL_NODE_CALL && node->children[0]->kind == SHY_FEEL_NODE_NAME
      && g_strcmp0 (node->children[0]->name, SHY_POLICY_TABLE_FUNCTION) == 0)
    g_hash_table_add (read, g_strdup (shy_feel_value_get_string (node->children[1]->value)));
  for (guint i = 0; i < node->n_children; i++)
    collect_tables (node->children[i], read);
}

static void
collect (const ShyPolicyExpression *expression, GHashTable *read)
{
  if (expression != NULL)
    collect_tables (shy_feel_expression_get_root (expression->feel), read);
}

static void
collect_policy (const ShyPolicy *policy, GHashTable *read)
{
  collect (policy->key_date, read);
  for (guint i = 0; i < policy->derived->len; i++)
    collect (((ShyPolicyDerived *) policy->derived->pdata[i])->expression, read);
  for (guint i = 0; i < policy->relations->len; i++)
    collect (((ShyPolicyRelation *) policy->relations->pdata[i])->condition, read);
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (policy->criteria, i);

      collect (criterion->condition, read);
      collect (criterion->refer, read);
      collect (criterion->skip_unless, read);
    }
  if (policy->amount == NULL)
    return;
  collect (policy->amount->expression, read);
  collect (policy->amount->schedule, read);
}

static void
check_read (ShyPolicyLinter *linter, GHashTable *read)
{
  for (guint i = 0; i < linter->policy->tables->len; i++)
    {
      const ShyPolicyTable *table = g_ptr_array_index (linter->policy->tables, i);

      if (!g_hash_table_contains (read, table->field.name))
        shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unused-table",
                               shy_policy_linter_item (linter, "tables", i),
                               _("Nothing reads the table “%s”. Remove it or use it."), table->field.name);
    }
}

static void
check_basis (ShyPolicyLinter *linter, const ShyPolicyRow *row, const ShyJson *where)
{
  if (row->clause == NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "uncited", where,
                           _("This decides, but cites no clause. Add “clause”."));
  else if (row->status == SHY_POLICY_UNVERIFIED)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unverified-value", where,
                           _("This row is not verified, so it decides nothing: a person does. Leave "
                             "it out, or verify it."));
  else if (!shy_policy_row_is_supported (row))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unverified-decides", where,
                           _("The clause “%s” is not verified, yet this row rests on it. Call the row "
                             "unverified, or verify the clause."), row->clause->id);
}

static void
check_place (ShyPolicyLinter *linter, const ShyPolicyRow *row, const ShyJson *where)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  g_auto (GStrv)     groups = counties != NULL ? shy_county_registry_dup_groups (counties) : NULL;
  g_autofree char   *list = groups != NULL ? g_strjoinv (", ", groups) : NULL;

  if (counties == NULL)
    return;
  if (row->county != NULL && shy_county_registry_get (counties, row->county) == NULL)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unknown-county",
                           shy_json_get (where, "county"),
                           _("%s is the code of none of the counties that the program knows. Correct "
                             "it."), row->county);
  if (row->group != NULL && !g_strv_contains ((const char *const *) groups, row->group))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unknown-group", shy_json_get (where, "group"),
                           _("There is no group of counties “%s”. There are: %s."), row->group, list);
}

/* Whether a county ever belonged to both groups. */
static gboolean
groups_meet (const char *a, const char *b)
{
  ShyCountyRegistry    *counties = shy_county_registry_get_default (NULL);
  g_autoptr (GPtrArray) members = counties != NULL
                                    ? shy_county_registry_search (counties, "") : NULL;
  g_autoptr (GDate)     day = g_date_new_dmy (1, 1, 2000);
  GDate                 changed;

  for (guint i = 0; members != NULL && i < members->len; i++)
    if (shy_county_group_state (members->pdata[i], a, day, &changed) != SHY_COUNTY_STATE_NEVER
        && shy_county_group_state (members->pdata[i], b, day, &changed) != SHY_COUNTY_STATE_NEVER)
      return TRUE;
  return FALSE;
}

/* Rows of one place that meet are refused when the pack is read; those of two groups only meet where
 * a county is in both. */
static void
check_groups (ShyPolicyLinter *linter, const ShyPolicyTable *table, guint index, const ShyJson *where)
{
  const ShyPolicyRow *row = g_ptr_array_index (table->rows, index);

  for (guint i = 0; row->group != NULL && i < index; i++)
    {
      const ShyPolicyRow *other = g_ptr_array_index (table->rows, i);

      if (other->group != NULL && shy_policy_dates_meet (&row->dates, &other->dates)
          && groups_meet (row->group, other->group))
        shy_policy_linter_add (linter, SHY_POLICY_ERROR, "overlapping-rows", where,
                               _("A county of “%s” may belong to “%s” too, so the table “%s” has two "
                                 "values for it on one day. Name the counties."), row->group,
                               other->group, table->field.name);
    }
}

static void
check_table (ShyPolicyLinter *linter, guint index)
{
  const ShyPolicyTable *table = g_ptr_array_index (linter->policy->tables, index);
  const ShyJson        *where = shy_policy_linter_item (linter, "tables", index);
  const ShyJson        *rows = shy_json_get (where, "rows");

  if (table->rows->len == 0)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "empty-table", where,
                           _("The table “%s” has no rows, so a person decides whatever reads it."),
                           table->field.name);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const ShyPolicyRow *row = g_ptr_array_index (table->rows, i);
      const ShyJson      *json = g_ptr_array_index (rows->items, i);

      check_basis (linter, row, json);
      check_place (linter, row, json);
      check_groups (linter, table, i, json);
    }
}

void
shy_policy_lint_tables (ShyPolicyLinter *linter)
{
  g_autoptr (GHashTable) read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  collect_policy (linter->policy, read);
  for (guint i = 0; i < linter->policy->overrides->len; i++)
    {
      g_autoptr (ShyPolicy) resolved = shy_policy_lint_resolve_override (linter, i);

      collect_policy (resolved, read);
    }
  check_read (linter, read);
  for (guint i = 0; i < linter->policy->tables->len; i++)
    check_table (linter, i);
}
