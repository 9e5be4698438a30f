/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-basis-private.h"

#include <glib/gi18n-lib.h>

/* What a decision may rest on. A clause decides only if it was seen (“verified”), and seen in an
 * official text (A) or in a reputable copy of one (B): one weak source (C) or none (U) leaves open
 * what the rule really says. What rests on less neither refuses nor grants: a person decides. The
 * county lifts that where the clause leaves something to it and the county has set it. */

/* Whether a document was seen well enough to decide by what stands in it. */
gboolean
shy_policy_document_supports (const ShyPolicyDocument *document)
{
  return document != NULL
         && (g_str_equal (document->confidence, "A") || g_str_equal (document->confidence, "B"));
}

/* Whether a clause may decide. No clause at all is a fault that lint names; such a condition, as
 * that a day lies in the future, stands on reason alone. */
gboolean
shy_policy_clause_supports (const ShyPolicyClause *clause)
{
  return clause == NULL
         || (clause->status == SHY_POLICY_VERIFIED && shy_policy_document_supports (clause->document));
}

/* Whether what a county does differently is known well enough to decide. */
gboolean
shy_policy_override_supports (const ShyPolicyOverride *override)
{
  return override->clause != NULL ? shy_policy_clause_supports (override->clause)
                                  : shy_policy_document_supports (override->document);
}

/* Whether the value of a setting may decide: the county's own always, the pack's only if it was
 * seen in its source. */
gboolean
shy_policy_setting_is_settled (const ShyPolicySetting *setting)
{
  if (setting->source == SHY_POLICY_SOURCE_COUNTY)
    return TRUE;
  if (setting->source == SHY_POLICY_SOURCE_OVERRIDE)
    return shy_policy_override_supports (setting->override);

  return setting->status == SHY_POLICY_VERIFIED && shy_policy_clause_supports (setting->clause);
}

/* Whether a setting answers what an unverified clause leaves open: the county has set it, itself or
 * by a document of its own, and it belongs to that clause. What another clause leaves open is
 * another question. */
gboolean
shy_policy_setting_settles (const ShyPolicySetting *setting,
                            const ShyPolicyClause  *clause)
{
  return setting->value != NULL && setting->source != SHY_POLICY_SOURCE_PACK
         && shy_policy_setting_is_settled (setting)
         && (setting->clause == NULL || setting->clause == clause);
}

/* Whether a criterion, limit or amount may decide: what a county's override replaced stands and
 * falls with the override. */
gboolean
shy_policy_part_is_supported (const ShyPolicyClause   *clause,
                              ShyPolicySource          source,
                              const ShyPolicyOverride *override)
{
  return source == SHY_POLICY_SOURCE_OVERRIDE ? shy_policy_override_supports (override)
                                              : shy_policy_clause_supports (clause);
}

/* Days of which no source says that the policy begins or ends on them refuse nobody. */
gboolean
shy_policy_dates_decide (ShyPolicy *policy)
{
  return policy->effective_clause != NULL
         && shy_policy_clause_supports (policy->effective_clause);
}

/* Why a clause cannot decide, with what it says. */
char *
shy_policy_describe_doubt (const ShyPolicyClause   *clause,
                           const ShyPolicyOverride *override)
{
  const ShyPolicyDocument *document;

  if (override != NULL && !shy_policy_override_supports (override) && override->clause != NULL)
    clause = override->clause;
  if (clause == NULL)
    /* Translators: %s is the title of a document. */
    return override != NULL
             ? g_strdup_printf (_("“%s” is not known well enough to decide by it."),
                                override->document->title)
             : g_strdup (_("No clause says so."));
  document = clause->document;
  if (clause->status == SHY_POLICY_UNVERIFIED)
    /* Translators: %s is what a clause says. */
    return g_strdup_printf (_("Not verified (未核实): “%s”"), shy_text_get (clause->text));
  if (document == NULL)
    return g_strdup_printf (_("In no document: “%s”"), shy_text_get (clause->text));

  /* Translators: the first %s is what a clause says, the second the title of a document, the third
   * how well it is known, as a letter. */
  return g_strdup_printf (_("“%s” was seen only in “%s” (confidence %s)."),
                          shy_text_get (clause->text), document->title,
                          document->confidence);
}
