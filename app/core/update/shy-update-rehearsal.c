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
  return shy_sentence_value (SHY_POLICY_TYPE_MONEY, C_("unit of money", " yuan"), yuan);
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

static char *
decide (ShyPolicy *policy, const ShyPolicyCase *given)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyFacts)   facts = shy_facts_new_from_case (given, policy, &error);
  g_autoptr (ShyVerdict) verdict = facts != NULL ? shy_policy_decide (policy, facts, &error) : NULL;

  /* Translators: what becomes of an application under a version that has not its fields. */
  return verdict != NULL ? write_verdict (verdict) : g_strdup (_("cannot be decided"));
}

static void
try_case (ShyUpdateRehearsal  *self,
          ShyPolicy           *before,
          ShyPolicy           *after,
          const ShyPolicyCase *given)
{
  g_autofree char *was = decide (before, given);
  g_autofree char *is = decide (after, given);

  self->tried++;
  if (g_str_equal (was, is))
    return;
  self->others++;
  g_ptr_array_add (self->lines,
                   /* Translators: the name of a case, its outcome now, and the new one. */
                   g_strdup_printf (_("“%s”: %s → %s"), shy_policy_text_get (given->title), was,
                                    is));
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
  ShyUpdateRehearsal *self = g_new0 (ShyUpdateRehearsal, 1);
  GPtrArray          *cases = shy_policy_get_cases (before);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cases->len; i++)
    try_case (self, before, after, cases->pdata[i]);
  return self;
}

/*< private >
 * shy_update_rehearsal_free:
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
