/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-policy-lint.h"
#include "policy/shy-policy-registry.h"
#include "policy/shy-policy-test.h"

#include "shy-data.h"

/* The packs that the program ships: all are read, each has its cases, all cases come out as
 * expected, and lint finds neither error nor warning. */

#define LEAST_CASES 12

static const char *const shipped[] = {
  "zj-flexible-insurance", "zj-hiring-grant", "zj-job-seeking",      "zj-medical-deferral-2022",
  "zj-post-care",          "zj-post-graduate", "zj-postdoc-grant",   "zj-skill",
  "zj-stabilisation",      "zj-startup-care", "zj-startup-insurance", "zj-startup-jobs",
  "zj-startup-once",
};

static ShyPolicyRegistry *registry;

static void
test_whole (void)
{
  GPtrArray *problems = shy_policy_registry_get_problems (registry);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((ShyPolicyProblem *) problems->pdata[i])->message);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (shy_policy_registry_get_policies (registry)->len, >=, G_N_ELEMENTS (shipped));
}

static ShyPolicy *
look_up (const char *id)
{
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = shy_policy_registry_lookup (registry, id, NULL, &error);

  g_assert_no_error (error);
  return policy;
}

static void
test_cases (gconstpointer id)
{
  g_autoptr (ShyPolicy) policy = look_up (id);
  g_autoptr (GPtrArray) results = shy_policy_test (policy);
  guint                 failed = 0;

  g_assert_cmpuint (results->len, >=, LEAST_CASES);
  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = g_ptr_array_index (results, i);

      failed += result->message != NULL;
      if (result->message != NULL)
        g_test_message ("%s: %s", result->given->id, result->message);
    }
  g_assert_cmpuint (failed, ==, 0);
}

static void
test_lint (gconstpointer id)
{
  g_autoptr (ShyPolicy) policy = look_up (id);
  g_autoptr (GPtrArray) findings = shy_policy_lint (policy);
  guint                 bad = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == SHY_POLICY_HINT)
        continue;
      bad++;
      g_test_message ("%s: %s", finding->path, finding->message);
    }
  g_assert_cmpuint (bad, ==, 0);
}

/* What was read can be written and read again, and is the same. */
static void
test_written (gconstpointer id)
{
  g_autoptr (ShyPolicy) policy = look_up (id);
  g_autofree char      *text = shy_policy_to_json (policy);
  g_autoptr (GBytes)    bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) again = shy_policy_new_from_bytes (bytes, "written", &error);
  g_autofree char      *text_again = NULL;

  g_assert_no_error (error);
  text_again = shy_policy_to_json (again);
  g_assert_cmpstr (text, ==, text_again);
}

/* The text that is kept of a decision decides again, years later and without any other file. */
static void
test_kept (gconstpointer id)
{
  g_autoptr (ShyPolicy) policy = look_up (id);
  g_autoptr (ShyPolicy) again = NULL;
  g_autoptr (GError)    error = NULL;
  GBytes               *text = shy_policy_get_text (policy);
  g_autofree char      *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);

  g_assert_cmpstr (shy_policy_get_digest (policy), ==, digest);
  g_assert_null (g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text),
                               "\"imports\""));
  again = shy_policy_new_from_bytes (text, "kept", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shy_policy_get_digest (again), ==, digest);
  g_assert_true (shy_policy_check_cases (again, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_autofree char  *folder = shy_data_build ("policies", NULL);
  const char *const folders[] = { folder, NULL };
  int               status;

  test_init (&argc, &argv);
  registry = shy_policy_registry_new_for_folders (folders);
  g_test_add_func ("/policy/shipped/whole", test_whole);
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *cases = g_strconcat ("/policy/shipped/cases/", shipped[i], NULL);
      g_autofree char *lint = g_strconcat ("/policy/shipped/lint/", shipped[i], NULL);
      g_autofree char *kept = g_strconcat ("/policy/shipped/kept/", shipped[i], NULL);
      g_autofree char *written = g_strconcat ("/policy/shipped/written/", shipped[i], NULL);

      g_test_add_data_func (cases, shipped[i], test_cases);
      g_test_add_data_func (lint, shipped[i], test_lint);
      g_test_add_data_func (kept, shipped[i], test_kept);
      g_test_add_data_func (written, shipped[i], test_written);
    }
  status = g_test_run ();
  g_object_unref (registry);
  return status;
}
