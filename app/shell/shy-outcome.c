/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

/* How outcomes, results, amounts and days look everywhere in the window. Each sign comes with its
 * word (shy_policy_outcome_to_label()): colour alone says nothing. */

/**
 * shy_outcome_get_icon_name: (skip)
 * @outcome: an outcome
 *
 * Returns: (transfer none): the symbolic icon that stands beside its word
 */
const char *
shy_outcome_get_icon_name (ShyPolicyOutcome outcome)
{
  switch (outcome)
    {
    case SHY_POLICY_ELIGIBLE:
      return "shanye-yes-symbolic";
    case SHY_POLICY_NOT_ELIGIBLE:
      return "shanye-no-symbolic";
    case SHY_POLICY_MATERIALS:
      return "shanye-missing-symbolic";
    case SHY_POLICY_PERSON:
    default:
      return "shanye-person-symbolic";
    }
}

/**
 * shy_outcome_get_css_class: (skip)
 * @outcome: an outcome
 *
 * Returns: (transfer none): the style class that colours it
 */
const char *
shy_outcome_get_css_class (ShyPolicyOutcome outcome)
{
  switch (outcome)
    {
    case SHY_POLICY_ELIGIBLE:
      return "success";
    case SHY_POLICY_NOT_ELIGIBLE:
      return "error";
    case SHY_POLICY_MATERIALS:
      return "warning";
    case SHY_POLICY_PERSON:
    default:
      return "accent";
    }
}

/**
 * shy_result_get_icon_name: (skip)
 * @result: what became of a criterion
 *
 * Returns: (transfer none): the symbolic icon that stands beside its word
 */
const char *
shy_result_get_icon_name (ShyPolicyResult result)
{
  switch (result)
    {
    case SHY_POLICY_RESULT_TRUE:
      return "shanye-yes-symbolic";
    case SHY_POLICY_RESULT_FALSE:
      return "shanye-no-symbolic";
    case SHY_POLICY_RESULT_UNKNOWN:
      return "shanye-missing-symbolic";
    case SHY_POLICY_RESULT_PERSON:
      return "shanye-person-symbolic";
    case SHY_POLICY_RESULT_SKIPPED:
    default:
      return "shanye-skipped-symbolic";
    }
}

/**
 * shy_result_get_css_class: (skip)
 * @result: what became of a criterion
 *
 * Returns: (transfer none): the style class that colours it
 */
const char *
shy_result_get_css_class (ShyPolicyResult result)
{
  switch (result)
    {
    case SHY_POLICY_RESULT_TRUE:
      return "success";
    case SHY_POLICY_RESULT_FALSE:
      return "error";
    case SHY_POLICY_RESULT_UNKNOWN:
      return "warning";
    case SHY_POLICY_RESULT_PERSON:
      return "accent";
    case SHY_POLICY_RESULT_SKIPPED:
    default:
      return "dim-label";
    }
}

/**
 * shy_format_yuan:
 * @fen: an amount, in fen
 *
 * Writes an amount as an account shows it: 200,000.00.
 *
 * Returns: (transfer full): the amount in yuan
 */
char *
shy_format_yuan (gint64 fen)
{
  g_autofree char    *digits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint64             whole = fen < 0 ? -(guint64) fen : (guint64) fen;
  gsize               length;

  digits = g_strdup_printf ("%" G_GUINT64_FORMAT, whole / 100);
  length = strlen (digits);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }

  return g_strdup_printf ("%s%s.%02u", fen < 0 ? "-" : "", text->str, (guint) (whole % 100));
}

/**
 * shy_format_day:
 * @day: a valid day
 *
 * Writes a day as people of the house read it: 2025年6月30日.
 *
 * Returns: (transfer full): the day in the person's language
 */
char *
shy_format_day (const GDate *day)
{
  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);

  /* Translators: year, month and day, as numbers. */
  return g_strdup_printf (_("%1$d-%2$02d-%3$02d"), g_date_get_year (day), g_date_get_month (day),
                          g_date_get_day (day));
}
