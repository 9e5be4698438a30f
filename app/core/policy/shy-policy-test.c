/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-test.h"

#include "policy/shy-decide-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-verdict.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>

static void
free_result (gpointer data)
{
  ShyPolicyCaseResult *result = data;

  g_free (result->message);
  g_free (result);
}

static void G_GNUC_PRINTF (2, 3)
differ (GPtrArray *differences, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (differences, g_strdup_vprintf (format, args));
  va_end (args);
}

static char *
format_yuan (gint64 fen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100, (int) (fen % 100));
}

static void
compare_amount (const char *what, gint64 found, gint64 expected, GPtrArray *differences)
{
  g_autofree char *one = format_yuan (found);
  g_autofree char *other = format_yuan (expected);

  if (found < 0)
    /* Translators: what should be paid (“the amount”), and how many yuan of it. */
    differ (differences, _("%s is not paid, %s yuan was expected"), what, other);
  else if (found != expected)
    differ (differences, _("%s is %s yuan instead of %s"), what, one, other);
}

static void
compare_schedule (ShyVerdict *verdict, GArray *expected, GPtrArray *differences)
{
  guint n_years = shy_verdict_get_n_years (verdict);

  if (n_years != expected->len)
    differ (differences, _("it is paid in %u years instead of %u"), n_years, expected->len);
  for (guint i = 0; i < MIN (n_years, expected->len); i++)
    {
      g_autofree char *what = g_strdup_printf (_("year %u"), i + 1);

      compare_amount (what, shy_verdict_get_year (verdict, i), g_array_index (expected, gint64, i),
                      differences);
    }
}

/* Finds what became of a criterion or a limit. */
static gboolean
find_result (ShyVerdict *verdict, const char *id, ShyPolicyResult *result)
{
  const ShyVerdictCriterion *criterion = shy_verdict_find_criterion (verdict, id);

  if (criterion != NULL)
    *result = criterion->result;
  for (guint i = 0; criterion == NULL && i < shy_verdict_get_n_limits (verdict); i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, i);

      if (!g_str_equal (limit->limit->id, id))
        continue;
      *result = limit->result;
      return TRUE;
    }
  return criterion != NULL;
}

static void
compare_criterion (ShyVerdict *verdict, const ShyPolicyExpected *expected, GPtrArray *differences)
{
  ShyPolicyResult result;

  if (!find_result (verdict, expected->criterion, &result))
    differ (differences, _("“%s” is not in the verdict, “%s” was expected"), expected->criterion,
            shy_policy_result_to_label (expected->result));
  else if (result != expected->result)
    differ (differences, _("“%s” is “%s” instead of “%s”"), expected->criterion,
            shy_policy_result_to_label (result), shy_policy_result_to_label (expected->result));
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Joins words in their own order, each once. */
static char *
join_sorted (const char *const *words)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString)   text = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) words[i]);
  g_ptr_array_sort (sorted, compare_words);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || !g_str_equal (sorted->pdata[i], sorted->pdata[i - 1]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              (const char *) sorted->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
compare_sets (const char *what, const char *const *found, char **expected, GPtrArray *differences)
{
  g_autofree char *one = join_sorted (found);
  g_autofree char *other = join_sorted ((const char *const *) expected);

  if (!g_str_equal (one, other))
    differ (differences, _("%s [%s] instead of [%s]"), what, one, other);
}

static void
compare_warnings (ShyVerdict *verdict, char **expected, GPtrArray *differences)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; i < shy_verdict_get_n_warnings (verdict); i++)
    g_ptr_array_add (codes, (gpointer) shy_verdict_get_warning (verdict, i)->code);
  g_ptr_array_add (codes, NULL);
  compare_sets (_("the warnings are"), (const char *const *) codes->pdata,
                expected, differences);
}

static void
compare (ShyVerdict *verdict, const ShyPolicyCase *given, GPtrArray *differences)
{
  ShyPolicyOutcome outcome = shy_verdict_get_outcome (verdict);

  if (outcome != given->outcome)
    differ (differences, _("the outcome is “%s” instead of “%s”"),
            shy_policy_outcome_to_label (outcome), shy_policy_outcome_to_label (given->outcome));
  if (given->amount >= 0)
    compare_amount (_("the amount"), shy_verdict_get_amount (verdict), given->amount, differences);
  if (given->schedule != NULL)
    compare_schedule (verdict, given->schedule, differences);
  for (guint i = 0; i < given->criteria->len; i++)
    compare_criterion (verdict, g_ptr_array_index (given->criteria, i), differences);
  if (given->missing != NULL)
    compare_sets (_("what is missing is"),
                  shy_verdict_get_missing (verdict), given->missing, differences);
  if (given->warnings != NULL)
    compare_warnings (verdict, given->warnings, differences);
}

/* What all cases of a pack may take together: some seconds, for it is done whenever a policy is used. */
#define TEST_STEPS 100000000

static ShyVerdict *
decide_case (ShyPolicy *self, ShyFacts *facts, ShyWorkBudget *budget, GError **error)
{
  if (facts == NULL)
    return NULL;
  shy_facts_set_work_budget (facts, budget);
  return shy_policy_decide_alone (self, facts, error);
}

static char *
run_case (ShyPolicy *self, const ShyPolicyCase *given, ShyWorkBudget *budget)
{
  g_autoptr (GPtrArray)  differences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyFacts)   facts = shy_facts_new_from_case (given, self, &error);
  g_autoptr (ShyVerdict) verdict = decide_case (self, facts, budget, &error);

  if (verdict == NULL)
    return g_strdup (error->message);
  compare (verdict, given, differences);
  if (differences->len == 0)
    return NULL;
  g_ptr_array_add (differences, NULL);
  return g_strjoinv ("; ", (char **) differences->pdata);
}

/**
 * shy_policy_test: (skip)
 * @self: a policy as read from a pack
 *
 * Decides the cases that stand in the pack, and compares.
 *
 * Returns: (transfer full): a #ShyPolicyCaseResult for each, in the order of the pack
 */
GPtrArray *
shy_policy_test (ShyPolicy *self)
{
  g_autoptr (ShyWorkBudget) budget = shy_work_budget_new (TEST_STEPS);
  GPtrArray *results;
  GPtrArray *cases;

  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  results = g_ptr_array_new_with_free_func (free_result);
  cases = shy_policy_get_cases (self);
  for (guint i = 0; i < cases->len; i++)
    {
      ShyPolicyCaseResult *result = g_new0 (ShyPolicyCaseResult, 1);

      result->given = g_ptr_array_index (cases, i);
      result->message = run_case (self, result->given, budget);
      g_ptr_array_add (results, result);
    }
  return results;
}

static GError *
find_failing_case (ShyPolicy *self)
{
  g_autoptr (GPtrArray) results = shy_policy_test (self);

  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = g_ptr_array_index (results, i);

      if (result->message != NULL)
        return g_error_new (SHY_ERROR, SHY_ERROR_INVALID,
                            /* Translators: a file, a policy, a case, then what came out otherwise. */
                            _("“%s”: the policy “%s” cannot be used, because its case “%s” fails: "
                              "%s. Correct the pack."),
                            shy_policy_get_file (self), shy_policy_get_id (self),
                            result->given->id, result->message);
    }
  return NULL;
}

/* What became of the cases, kept with the policy: neither ever changes. */
typedef struct
{
  GError *failure; /* (owned) (nullable) */
} Checked;

static void
checked_free (gpointer data)
{
  Checked *self = data;

  g_clear_error (&self->failure);
  g_free (self);
}

static const Checked *
check_once (ShyPolicy *self)
{
  static GQuark quark;
  Checked      *checked;

  if (quark == 0)
    quark = g_quark_from_static_string ("shy-policy-checked");
  checked = g_object_get_qdata (G_OBJECT (self), quark);
  if (checked != NULL)
    return checked;

  checked = g_new0 (Checked, 1);
  checked->failure = find_failing_case (self);
  /* Another thread may have been faster: the first one stays. */
  if (!g_object_replace_qdata (G_OBJECT (self), quark, NULL, checked, checked_free, NULL))
    {
      checked_free (checked);
      checked = g_object_get_qdata (G_OBJECT (self), quark);
    }

  return checked;
}

/**
 * shy_policy_check_cases:
 * @self: a policy as read from a pack
 * @error: return location for an error
 *
 * Tells whether a policy may be decided with: all cases of its pack come out as expected. They are
 * decided once; asking again costs nothing.
 *
 * Errors: %SHY_ERROR_INVALID, which names the first case that does not.
 *
 * Returns: %TRUE if it may
 */
gboolean
shy_policy_check_cases (ShyPolicy *self, GError **error)
{
  const Checked *checked;

  g_return_val_if_fail (SHY_IS_POLICY (self), FALSE);

  checked = check_once (self);
  if (checked->failure != NULL && error != NULL)
    *error = g_error_copy (checked->failure);
  return checked->failure == NULL;
}
