/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-applications.h"
#include "subsidy-fixture.h"

/* Applications of the register are decided by both versions of a policy; the one before decides none
 * otherwise than itself. */
static void
test_rehearsal (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (ShyRehearsal) kept = g_object_new (SUBSIDY_TYPE_APPLICATIONS, NULL);
  g_autofree char         *path = shy_data_build ("policies", POSTDOC ".json", NULL);
  g_autofree char         *text = NULL;
  g_autoptr (GString)      changed = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (ShyPolicy)    later = NULL;
  g_autoptr (GPtrArray)    facts = NULL;
  g_autoptr (GPtrArray)    one = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyUpdateRehearsal) same = NULL;
  g_autoptr (ShyUpdateRehearsal) other = NULL;

  commit_sample (self, "postdoc-applications-40.xls");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"expression\": \"200000\"",
                                      "\"expression\": \"250000\"", 1), ==, 1);
  bytes = g_bytes_new (changed->str, changed->len);
  later = shy_policy_new_from_bytes (bytes, "later", &error);
  g_assert_no_error (error);

  facts = shy_rehearsal_load_applications (kept, self->store, self->policy, 500, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->len, >, 10);
  one = shy_rehearsal_load_applications (kept, self->store, self->policy, 1, &error);
  g_assert_cmpuint (one->len, ==, 1);

  same = shy_update_rehearse_facts (self->policy, self->policy, facts);
  g_assert_cmpuint (same->tried, ==, facts->len);
  g_assert_cmpuint (same->others, ==, 0);
  other = shy_update_rehearse_facts (self->policy, later, facts);
  g_assert_cmpuint (other->others, >, 0);
  g_assert_cmpuint (other->lines->len, ==, 1);
  g_assert_true (g_str_has_prefix (other->lines->pdata[0],
                                   "Eligible (200,000 yuan) → Eligible (250,000 yuan): "));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/subsidy/rehearsal", Fixture, NULL, set_up, test_rehearsal, tear_down);

  return g_test_run ();
}
