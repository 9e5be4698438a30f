/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"

#include <glib/gi18n.h>

/* “policy test” and “policy lint”. */

static void
add_results (JsonBuilder *json, ShyPolicy *policy, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = g_ptr_array_index (results, i);

      json_builder_begin_object (json);
      policy_add (json, "policy", shy_policy_get_id (policy));
      policy_add (json, "version", shy_policy_get_version (policy));
      policy_add (json, "case", result->given->id);
      json_builder_set_member_name (json, "passed");
      json_builder_add_boolean_value (json, result->message == NULL);
      policy_add (json, "message", result->message);
      json_builder_end_object (json);
    }
}

/* Runs the cases of one policy; what fails is printed, or added to @json. */
static guint
test_policy (ShyPolicy *policy, JsonBuilder *json)
{
  g_autoptr (GPtrArray) results = shy_policy_test (policy);
  guint                 failed = 0;

  if (json != NULL)
    add_results (json, policy, results);
  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = g_ptr_array_index (results, i);

      if (result->message == NULL)
        continue;
      failed++;
      if (json == NULL)
        g_print ("%s  %s: %s\n", shy_policy_get_id (policy), result->given->id, result->message);
    }
  if (json == NULL)
    g_print (_("%s %s: %u cases passed, %u failed\n"), shy_policy_get_id (policy),
             shy_policy_get_version (policy), results->len - failed, failed);
  return failed;
}

static GPtrArray *
open_all (PolicyCall *call, GError **error)
{
  g_autoptr (GPtrArray) policies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < call->words->len; i++)
    {
      ShyPolicy *policy = policy_open (g_ptr_array_index (call->words, i), &call->date, error);

      if (policy == NULL)
        return NULL;
      g_ptr_array_add (policies, policy);
    }
  return g_steal_pointer (&policies);
}

ShyCommandStatus
policy_test (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (GPtrArray)         policies = NULL;
  g_autoptr (JsonBuilder)       json = call->json ? json_builder_new () : NULL;
  guint                         failed = 0;

  if (call->words->len > 0)
    policies = open_all (call, error);
  else
    {
      registry = policy_load (error);
      if (registry == NULL)
        return SHY_COMMAND_BAD;
      policies = g_ptr_array_ref (shy_policy_registry_get_policies (registry));
      failed = shy_policy_registry_get_problems (registry)->len;
    }
  if (policies == NULL)
    return SHY_COMMAND_BAD;

  if (json != NULL)
    json_builder_begin_array (json);
  for (guint i = 0; i < policies->len; i++)
    failed += test_policy (g_ptr_array_index (policies, i), json);
  if (json != NULL)
    {
      json_builder_end_array (json);
      policy_print (json);
    }
  return failed == 0 ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}

static void
print_findings (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = g_ptr_array_index (findings, i);

      /* Translators: how bad it is, where it is, what it is. */
      g_print (_("%s  %s: %s\n"), shy_policy_severity_to_label (finding->severity), finding->path,
               finding->message);
    }
}

static void
print_findings_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (json);
      policy_add (json, "severity", shy_policy_severity_to_word (finding->severity));
      policy_add (json, "code", finding->code);
      policy_add (json, "path", finding->path);
      policy_add (json, "message", finding->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  policy_print (json);
}

ShyCommandStatus
policy_lint (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicy) policy =
    policy_open (g_ptr_array_index (call->words, 0), &call->date, error);
  g_autoptr (GPtrArray) findings = NULL;
  guint                 counts[3] = { 0, 0, 0 };

  if (policy == NULL)
    return SHY_COMMAND_BAD;
  findings = shy_policy_lint (policy);
  for (guint i = 0; i < findings->len; i++)
    counts[((const ShyPolicyFinding *) g_ptr_array_index (findings, i))->severity]++;
  (call->json ? print_findings_json : print_findings) (findings);
  if (!call->json)
    g_print (_("%s %s: %u errors, %u warnings, %u hints\n"), shy_policy_get_id (policy),
             shy_policy_get_version (policy), counts[SHY_POLICY_ERROR], counts[SHY_POLICY_WARNING],
             counts[SHY_POLICY_HINT]);
  return counts[SHY_POLICY_ERROR] == 0 ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}
