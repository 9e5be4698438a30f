/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy.h"

#include <stdint.h>

/* Any bytes are a pack or are refused with a reason. What was read can be written and read again,
 * and resolved for a county. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_written (ShyPolicy *policy)
{
  g_autofree char      *text = shy_policy_to_json (policy);
  g_autoptr (GBytes)    bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) again = shy_policy_new_from_bytes (bytes, "written", &error);

  if (again == NULL)
    g_error ("What was read cannot be read again: %s", error->message);
}

static void
check_resolved (ShyPolicy *policy)
{
  GPtrArray *overrides = shy_policy_get_overrides (policy);

  for (guint i = 0; i < overrides->len; i++)
    {
      const ShyPolicyOverride *override = g_ptr_array_index (overrides, i);
      g_autoptr (GDate)        today = g_date_new_dmy (30, 6, 2025);
      g_autoptr (ShyPolicy)    resolved = NULL;

      if (override->dates.from != NULL)
        *today = *override->dates.from;
      resolved = shy_policy_resolve (policy, override->county, today, NULL, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes)    bytes = g_bytes_new (data, size);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = shy_policy_new_from_bytes (bytes, "fuzz", &error);

  if ((policy == NULL) != (error != NULL))
    g_error ("A pack was refused without a reason, or taken with one.");
  if (policy == NULL)
    return 0;
  check_written (policy);
  check_resolved (policy);
  return 0;
}
