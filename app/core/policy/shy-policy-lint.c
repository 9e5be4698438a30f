/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include <glib/gi18n-lib.h>

static void
free_finding (gpointer data)
{
  ShyPolicyFinding *finding = data;

  g_free (finding->path);
  g_free (finding->message);
  g_free (finding);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const ShyPolicyFinding *one = *(const ShyPolicyFinding *const *) a;
  const ShyPolicyFinding *other = *(const ShyPolicyFinding *const *) b;

  return (int) other->severity - (int) one->severity;
}

/* What can only be asked of a policy that can be decided. */
static void
lint_decisions (ShyPolicyLinter *linter)
{
  g_autoptr (GError) error = NULL;

  linter->compiled = shy_compiled_policy_get (linter->policy, &error);
  if (linter->compiled == NULL)
    {
      shy_policy_linter_add (linter, SHY_POLICY_ERROR, "undecidable", NULL, "%s", error->message);
      return;
    }
  shy_policy_lint_open_cases (linter);
  shy_policy_lint_cases (linter);
  shy_policy_lint_logic (linter);
  shy_policy_lint_close_cases (linter);
}

/**
 * shy_policy_lint: (skip)
 * @self: a policy as read from a pack
 *
 * Looks for what can be read but may not be right: parts without a clause, clauses that nothing
 * cites, what nobody knows for sure and yet decides, names that nothing reads, texts without a
 * translation, overrides and rows of tables that overlap, criteria that can never or always hold, and
 * what no case tries. Where it could not find out, it says so.
 *
 * Returns: (transfer full): the findings, each a #ShyPolicyFinding, the worst first
 */
GPtrArray *
shy_policy_lint (ShyPolicy *self)
{
  ShyPolicyLinter linter = { .policy = self };

  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (!self->resolved, NULL);

  linter.root = shy_json_document_get_root (self->json);
  linter.findings = g_ptr_array_new_with_free_func (free_finding);
  shy_policy_lint_sources (&linter);
  shy_policy_lint_names (&linter);
  shy_policy_lint_answers (&linter);
  shy_policy_lint_facts (&linter);
  shy_policy_lint_overrides (&linter);
  shy_policy_lint_tables (&linter);
  shy_policy_lint_limits (&linter);
  lint_decisions (&linter);
  g_ptr_array_sort (linter.findings, compare_findings);
  return linter.findings;
}

/**
 * shy_policy_severity_to_word: (skip)
 * @severity: a severity
 *
 * Returns: the word that files use for it: "hint", "warning" or "error"
 */
const char *
shy_policy_severity_to_word (ShyPolicySeverity severity)
{
  static const char *const words[] = { "hint", "warning", "error" };

  g_return_val_if_fail (severity < G_N_ELEMENTS (words), NULL);

  return words[severity];
}

/**
 * shy_policy_severity_to_label: (skip)
 * @severity: a severity
 *
 * Returns: what people call it, translated
 */
const char *
shy_policy_severity_to_label (ShyPolicySeverity severity)
{
  static const char *const labels[] = { N_("Hint"), N_("Warning"), N_("Error") };

  g_return_val_if_fail (severity < G_N_ELEMENTS (labels), NULL);

  return _(labels[severity]);
}
