/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-policy-parts-private.h"

#include <glib/gi18n-lib.h>

/* Checks overrides that overlap, and that counties and groups are known. */

/* Finds a part that both overrides set; two that set different parts may go together. */
static const ShyJson *
find_shared (const ShyJson *a, const ShyJson *b)
{
  for (guint i = 0; i < a->items->len; i++)
    {
      const ShyJson *list = g_ptr_array_index (a->items, i);
      const ShyJson *other = shy_json_get (b, list->name);

      if (other == NULL || other->kind != SHY_JSON_OBJECT || list->kind != SHY_JSON_OBJECT)
        continue;
      if (g_str_equal (list->name, "amount"))
        return other;
      for (guint j = 0; j < list->items->len; j++)
        {
          const ShyJson *part = g_ptr_array_index (list->items, j);

          if (shy_json_get (other, part->name) != NULL)
            return shy_json_get (other, part->name);
        }
    }
  return NULL;
}

static void
check_pair (ShyPolicyLinter *linter, const ShyPolicyOverride *a, const ShyPolicyOverride *b)
{
  const ShyJson *first = shy_policy_linter_member (linter, "overrides", a->index, "set");
  const ShyJson *second = shy_policy_linter_member (linter, "overrides", b->index, "set");
  const ShyJson *shared;

  if (!g_str_equal (a->county, b->county) || !shy_policy_dates_meet (&a->dates, &b->dates))
    return;
  shared = find_shared (first, second);
  if (shared != NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "overlapping-overrides", shared,
                           _("Another override of the county %s sets “%s” for some of the same days. "
                             "End the one before the other begins."), b->county, shared->name);
}

static void
check_county (ShyPolicyLinter   *linter,
              ShyCountyRegistry *counties,
              const char        *list,
              guint              index,
              const char        *code)
{
  if (code != NULL && shy_county_registry_get (counties, code) == NULL)
    shy_policy_linter_add (linter, SHY_POLICY_WARNING, "unknown-county",
                           shy_policy_linter_member (linter, list, index, "county"),
                           _("%s is the code of none of the counties that the program knows. Correct "
                             "it."), code);
}

static void
check_group (ShyPolicyLinter *linter, ShyCountyRegistry *counties)
{
  g_auto (GStrv)   groups = shy_county_registry_dup_groups (counties);
  g_autofree char *list = g_strjoinv (", ", groups);
  const char      *group = linter->policy->group;

  if (group != NULL && !g_strv_contains ((const char *const *) groups, group))
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "unknown-group",
                           shy_json_get (linter->root, "group"),
                           _("There is no group of counties “%s”. There are: %s."), group, list);
}

static void
check_counties (ShyPolicyLinter *linter)
{
  ShyPolicy         *policy = linter->policy;
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);

  if (counties == NULL)
    return;
  check_group (linter, counties);
  for (guint i = 0; i < policy->overrides->len; i++)
    check_county (linter, counties, "overrides", i,
                  ((ShyPolicyOverride *) policy->overrides->pdata[i])->county);
  for (guint i = 0; i < policy->cases->len; i++)
    check_county (linter, counties, "cases", i, ((ShyPolicyCase *) policy->cases->pdata[i])->county);
}

void
shy_policy_lint_overrides (ShyPolicyLinter *linter)
{
  GPtrArray *overrides = linter->policy->overrides;

  check_counties (linter);
  for (guint i = 0; i < overrides->len; i++)
    for (guint j = i + 1; j < overrides->len; j++)
      check_pair (linter, g_ptr_array_index (overrides, i), g_ptr_array_index (overrides, j));
}
