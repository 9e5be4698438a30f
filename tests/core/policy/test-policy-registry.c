/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-policy-registry.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-verdict.h"

#include "shy-error.h"

#include <glib/gstdio.h>

/* Folders of packs made from the base of the tests. */
typedef struct
{
  char *shipped;
  char *own;
} Fixture;

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_nonnull (parts[1]);
  return g_strjoinv (to, parts);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->shipped = g_dir_make_tmp ("shipped-XXXXXX", NULL);
  fixture->own = g_dir_make_tmp ("own-XXXXXX", NULL);
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_folder (fixture->shipped);
  remove_folder (fixture->own);
}

/* Writes the base pack with another id, version and first day. */
static void
add_pack (const char *folder,
          const char *name,
          const char *id,
          const char *version,
          const char *from)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *base = g_test_build_filename (G_TEST_DIST, "data", "policies", "base.json", NULL);
  g_autofree char *effective = g_strdup_printf ("{\"from\": \"%s\", \"until\": null,", from);
  g_autofree char *text = NULL;
  g_autofree char *with_id = NULL;
  g_autofree char *with_version = NULL;
  g_autofree char *whole = NULL;

  g_assert_true (g_file_get_contents (base, &text, NULL, NULL));
  with_id = replace (text, "test-grant", id);
  with_version = replace (with_id, "2024.1", version);
  whole = replace (with_version, "{\"from\": \"2024-01-01\", \"until\": null,", effective);
  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
}

static void
add_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static ShyPolicyRegistry *
open_registry (Fixture *fixture)
{
  const char *const folders[] = { fixture->shipped, fixture->own, "/nonexistent/policies", NULL };

  return shy_policy_registry_new_for_folders (folders);
}

static ShyPolicy *
look_up (ShyPolicyRegistry *registry, const char *id, const char *day)
{
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy;
  GDate              date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  policy = shy_policy_registry_lookup (registry, id, &date, &error);
  g_assert_no_error (error);
  return policy;
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *day;
    const char *version;
  } rows[] = {
    { "2019-01-01", "1" }, { "2022-06-30", "1" }, { "2022-07-01", "2" },
    { "2024-12-31", "2" }, { "2025-01-01", "10" }, { "2030-01-01", "10" },
  };
  g_autoptr (ShyPolicyRegistry) registry = NULL;

  add_pack (fixture->shipped, "c.json", "grant", "10", "2025-01-01");
  add_pack (fixture->shipped, "b.json", "grant", "2", "2022-07-01");
  add_pack (fixture->shipped, "a.json", "grant", "1", "2020-01-01");
  registry = open_registry (fixture);
  g_assert_cmpuint (shy_policy_registry_get_policies (registry)->len, ==, 3);
  g_assert_cmpuint (shy_policy_registry_get_problems (registry)->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyPolicy) policy = look_up (registry, "grant", rows[i].day);

      g_assert_cmpstr (shy_policy_get_version (policy), ==, rows[i].version);
    }
}

static ShyVerdict *
decide_on (ShyPolicyRegistry *registry, const char *day)
{
  g_autofree char      *path = g_test_build_filename (G_TEST_DIST, "data", "policies", "facts",
                                                      "eligible.json", NULL);
  g_autoptr (ShyPolicy) policy = look_up (registry, "grant", day);
  g_autoptr (ShyFacts)  facts = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    bytes = NULL;
  ShyVerdict           *verdict;
  char                 *text;
  gsize                 length;
  GDate                 on;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new_take (text, length);
  facts = shy_facts_new_from_json (bytes, policy, &error);
  g_assert_no_error (error);
  g_date_clear (&on, 1);
  g_date_set_parse (&on, day);
  shy_facts_set_on (facts, &on);
  verdict = shy_policy_decide (policy, facts, &error);
  g_assert_no_error (error);
  return verdict;
}

/* The key date, 1 July 2024, falls to the version before the one that decides: that one refuses
 * nobody for it. Before all versions there is none, and the first refuses. */
static void
test_key_date_of_another_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) alone = NULL;
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (ShyVerdict)        refused = NULL;
  g_autoptr (ShyVerdict)        open = NULL;
  const ShyVerdictCriterion    *criterion;

  add_pack (fixture->shipped, "b.json", "grant", "2", "2025-01-01");
  alone = open_registry (fixture);
  refused = decide_on (alone, "2025-06-30");
  criterion = shy_verdict_find_criterion (refused, SHY_VERDICT_EFFECTIVE);
  g_assert_cmpint (criterion->result, ==, SHY_POLICY_RESULT_FALSE);
  add_pack (fixture->shipped, "a.json", "grant", "1", "2024-01-01");
  registry = open_registry (fixture);
  open = decide_on (registry, "2025-06-30");
  g_assert_cmpint (shy_verdict_get_outcome (open), ==, SHY_POLICY_PERSON);
  criterion = shy_verdict_find_criterion (open, SHY_VERDICT_EFFECTIVE);
  g_assert_cmpint (criterion->result, ==, SHY_POLICY_RESULT_PERSON);
  g_assert_nonnull (strstr (criterion->message, "Version 1 was in force then"));
}

/* Of two versions for the same days the later one decides, and 10 comes after 9. */
static void
test_later_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (ShyPolicy)         policy = NULL;

  add_pack (fixture->shipped, "a.json", "test-grant", "2024.9", "2024-01-01");
  add_pack (fixture->own, "b.json", "test-grant", "2024.10", "2024-01-01");
  registry = open_registry (fixture);
  policy = look_up (registry, "test-grant", "2024-06-01");
  g_assert_cmpstr (shy_policy_get_version (policy), ==, "2024.10");
}

static void
test_own_prevails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (ShyPolicy)         policy = NULL;

  add_pack (fixture->shipped, "grant.json", "grant", "1", "2020-01-01");
  add_pack (fixture->own, "mine.json", "grant", "1", "2020-01-01");
  registry = open_registry (fixture);
  policy = look_up (registry, "grant", "2024-01-01");
  g_assert_cmpuint (shy_policy_registry_get_policies (registry)->len, ==, 1);
  g_assert_true (g_str_has_suffix (shy_policy_get_file (policy), "mine.json"));
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  const ShyPolicyProblem       *problem;
  g_autofree char              *expected = NULL;

  add_pack (fixture->shipped, "a.json", "grant", "1", "2020-01-01");
  add_pack (fixture->shipped, "b.json", "grant", "1", "2021-01-01");
  registry = open_registry (fixture);
  g_assert_cmpuint (shy_policy_registry_get_policies (registry)->len, ==, 1);
  g_assert_cmpuint (shy_policy_registry_get_problems (registry)->len, ==, 1);
  problem = g_ptr_array_index (shy_policy_registry_get_problems (registry), 0);
  expected = g_strdup_printf ("“%s/b.json” holds version 1 of the policy “grant”, which “%s/a.json” "
                              "holds too. Remove one of the two files.",
                              fixture->shipped, fixture->shipped);
  g_assert_cmpstr (problem->message, ==, expected);
}

/* A damaged pack is reported and hides no other; a schema is no pack. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (ShyPolicy)         policy = NULL;
  const ShyPolicyProblem       *problem;

  add_text (fixture->shipped, "broken.json", "{\"format\": 1,}");
  add_text (fixture->shipped, "policy.schema.json", "{}");
  add_text (fixture->shipped, "README", "no pack");
  add_pack (fixture->shipped, "grant.json", "grant", "1", "2020-01-01");
  registry = open_registry (fixture);
  policy = look_up (registry, "grant", "2024-01-01");
  g_assert_cmpuint (shy_policy_registry_get_problems (registry)->len, ==, 1);
  problem = g_ptr_array_index (shy_policy_registry_get_problems (registry), 0);
  g_assert_true (g_str_has_suffix (problem->file, "/broken.json"));
  g_assert_true (g_str_has_suffix (problem->message, "/broken.json”: line 1, column 14: The name of "
                                                     "a member in \"…\" was expected."));
}

static void
assert_unknown (ShyPolicyRegistry *registry, const char *id, const char *message)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = shy_policy_registry_lookup (registry, id, NULL, &error);

  g_assert_null (policy);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShyPolicyRegistry) empty = open_registry (fixture);
  g_autoptr (ShyPolicyRegistry) registry = NULL;

  add_pack (fixture->shipped, "a.json", "grant", "1", "2020-01-01");
  add_pack (fixture->shipped, "b.json", "grant", "2", "2021-01-01");
  add_pack (fixture->shipped, "c.json", "other-grant", "2", "2021-01-01");
  registry = open_registry (fixture);
  assert_unknown (empty, "grant",
                  "There is no policy “grant”, and no other either. Install the program again.");
  assert_unknown (registry, "grand",
                  "There is no policy “grand”. Did you mean “grant”? There are: grant, other-grant.");
  assert_unknown (registry, "zzzzz", "There is no policy “zzzzz”. There are: grant, other-grant.");
}

/* A pack of which a case fails can be looked at, but not decided with. */
static void
test_activate (Fixture *fixture, gconstpointer data)
{
  g_autofree char              *path = g_test_build_filename (G_TEST_DIST, "data", "policies",
                                                              "failing.json", NULL);
  g_autofree char              *text = NULL;
  g_autofree char              *expected = NULL;
  g_autoptr (ShyPolicyRegistry) registry = NULL;
  g_autoptr (ShyPolicy)         good = NULL;
  g_autoptr (ShyPolicy)         bad = NULL;
  g_autoptr (ShyPolicy)         looked_at = NULL;
  g_autoptr (GError)            error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  add_text (fixture->shipped, "failing.json", text);
  add_pack (fixture->shipped, "grant.json", "grant", "1", "2020-01-01");
  registry = open_registry (fixture);
  good = shy_policy_registry_activate (registry, "grant", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (good);
  looked_at = look_up (registry, "test-grant", "2024-08-01");
  bad = shy_policy_registry_activate (registry, "test-grant", NULL, &error);
  g_assert_null (bad);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  expected = g_strdup_printf ("“%s/failing.json”: the policy “test-grant” cannot be used, because "
                              "its case “good” fails: the amount is 50000.50 yuan instead of 1.00. "
                              "Correct the pack.", fixture->shipped);
  g_assert_cmpstr (error->message, ==, expected);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/policy/registry/versions", Fixture, NULL, set_up, test_versions, tear_down);
  g_test_add ("/policy/registry/later-version", Fixture, NULL, set_up, test_later_version,
              tear_down);
  g_test_add ("/policy/registry/key-date-of-another-version", Fixture, NULL, set_up,
              test_key_date_of_another_version, tear_down);
  g_test_add ("/policy/registry/own-prevails", Fixture, NULL, set_up, test_own_prevails, tear_down);
  g_test_add ("/policy/registry/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/policy/registry/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/policy/registry/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/policy/registry/activate", Fixture, NULL, set_up, test_activate, tear_down);
  return g_test_run ();
}
