/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-review-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-sentence-private.h"
#include "policy/shy-verdict.h"

#include <glib/gi18n-lib.h>

static char *
write_amount (gint64 fen)
{
  g_autofree char *yuan = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100, (int) (fen % 100));

  if (g_str_has_suffix (yuan, ".00"))
    yuan[strlen (yuan) - 3] = '\0';
  return shy_field_type_display (SHY_FIELD_MONEY, C_("unit of money", " yuan"), yuan);
}

/* An outcome with what is paid, as it is said in a line. */
static char *
write_verdict (ShyVerdict *verdict)
{
  const char      *label = shy_policy_outcome_to_label (shy_verdict_get_outcome (verdict));
  gint64           amount = shy_verdict_get_amount (verdict);
  g_autofree char *paid = amount >= 0 ? write_amount (amount) : NULL;

  if (paid == NULL || shy_verdict_get_outcome (verdict) != SHY_POLICY_ELIGIBLE)
    return g_strdup (label);
  /* Translators: an outcome and an amount. */
  return g_strdup_printf (_("%s (%s)"), label, paid);
}

/* Both versions decide on the same day, and on none that lies before the new one is in force: that it
 * was not in force then is no news. */
static char *
decide (ShyPolicy *policy, ShyFacts *facts, const GDate *first)
{
  g_autoptr (ShyVerdict) verdict = NULL;

  if (facts != NULL && first != NULL && g_date_compare (shy_facts_get_on (facts), first) < 0)
    shy_facts_set_on (facts, first);
  verdict = facts != NULL ? shy_policy_decide (policy, facts, NULL) : NULL;
  /* Translators: what becomes of an application under a version that has not its fields. */
  return verdict != NULL ? write_verdict (verdict) : g_strdup (_("cannot be decided"));
}

/* What becomes of several applications alike. */
typedef struct
{
  char       *change; /* its key: “Eligible (10,000 yuan) → Eligible (12,000 yuan)” */
  const char *title;  /* (nullable): of the first case; applications have none that may be shown */
  guint       count;
} Group;

static void
free_group (gpointer data)
{
  Group *group = data;

  g_free (group->change);
  g_free (group);
}

static void
add_to_group (GPtrArray *groups, char *change, const char *title)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = groups->pdata[i];
      if (g_str_equal (group->change, change))
        {
          group->count++;
          g_free (change);
          return;
        }
    }
  group = g_new0 (Group, 1);
  *group = (Group) { change, title, 1 };
  g_ptr_array_add (groups, group);
}

/* Takes @facts over, as both versions read them. */
static void
try_facts (ShyUpdateRehearsal *self,
           GPtrArray          *groups,
           ShyPolicy          *policies[2],
           ShyFacts           *facts[2],
           const char         *title)
{
  const GDate     *first = shy_policy_get_effective (policies[1])->from;
  g_autofree char *was = decide (policies[0], facts[0], first);
  g_autofree char *is = decide (policies[1], facts[1], first);

  g_clear_pointer (&facts[0], shy_facts_free);
  g_clear_pointer (&facts[1], shy_facts_free);
  self->tried++;
  if (g_str_equal (was, is))
    return;
  self->others++;
  /* Translators: an outcome now, and the new one. */
  add_to_group (groups, g_strdup_printf (_("%s → %s"), was, is), title);
}

static char *
write_group (const Group *group)
{
  if (group->title == NULL)
    /* Translators: what changes, and the number of applications. */
    return g_strdup_printf (ngettext ("%s: %u application", "%s: %u applications", group->count),
                            group->change, group->count);
  if (group->count == 1)
    /* Translators: what changes, and the name of the case. */
    return g_strdup_printf (_("%s: “%s”"), group->change, group->title);
  /* Translators: what changes, the number of cases, and the name of one. */
  return g_strdup_printf (ngettext ("%s: %u case, as “%s”", "%s: %u cases, as “%s”", group->count),
                          group->change, group->count, group->title);
}

static ShyUpdateRehearsal *
finish (ShyUpdateRehearsal *self, GPtrArray *groups)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (self->lines, write_group (groups->pdata[i]));
  return self;
}

/*< private >
 * shy_update_rehearse:
 * @before: a version of a policy
 * @after: a later one
 *
 * Decides the cases of the version before by both. A case of the new version is no news: that it
 * comes out as expected is checked elsewhere.
 *
 * Returns: (transfer full): what comes out otherwise
 */
ShyUpdateRehearsal *
shy_update_rehearse (ShyPolicy *before, ShyPolicy *after)
{
  ShyUpdateRehearsal   *self = g_new0 (ShyUpdateRehearsal, 1);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);
  GPtrArray            *cases = shy_policy_get_cases (before);
  ShyPolicy            *policies[] = { before, after };

  for (guint i = 0; i < cases->len; i++)
    {
      const ShyPolicyCase *given = cases->pdata[i];
      ShyFacts            *facts[] = { shy_facts_new_from_case (given, before, NULL),
                                       shy_facts_new_from_case (given, after, NULL) };

      try_facts (self, groups, policies, facts, shy_text_get (given->title));
    }
  return finish (self, groups);
}

/**
 * shy_update_rehearse_facts: (skip)
 * @before: a version of a policy
 * @after: a later one
 * @applications: (element-type ShyFacts): applications
 *
 * Decides applications by both versions.
 *
 * Returns: (transfer full): what comes out otherwise
 */
ShyUpdateRehearsal *
shy_update_rehearse_facts (ShyPolicy *before, ShyPolicy *after, GPtrArray *applications)
{
  ShyUpdateRehearsal   *self = g_new0 (ShyUpdateRehearsal, 1);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);
  ShyPolicy            *policies[] = { before, after };

  for (guint i = 0; i < applications->len; i++)
    {
      ShyFacts *facts[] = { shy_facts_copy (applications->pdata[i]),
                            shy_facts_copy (applications->pdata[i]) };

      try_facts (self, groups, policies, facts, NULL);
    }
  return finish (self, groups);
}

/**
 * shy_update_rehearsal_free: (skip)
 * @self: (nullable): a rehearsal
 */
void
shy_update_rehearsal_free (ShyUpdateRehearsal *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}
