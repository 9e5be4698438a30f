/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-facts.h"
#include "shy-error.h"

static void
test_error_names_the_field (void)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();
  g_autoptr (GError)   error = NULL;

  g_assert_true (shy_facts_set (facts, "合同开始", SHY_FIELD_DATE, "2024-01-01",
                                SHY_FACT_ORIGIN_TYPED, NULL, NULL));
  g_assert_false (shy_facts_set (facts, "合同开始", SHY_FIELD_DATE, "明天",
                                 SHY_FACT_ORIGIN_CELL, "名单!C7", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_nonnull (g_strstr_len (error->message, -1, "合同开始"));
  g_assert_nonnull (g_strstr_len (error->message, -1, "明天"));
  g_assert_cmpstr (shy_facts_get_text (facts, "合同开始"), ==, "2024-01-01");
}

static void
test_replaces_and_forgets (void)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();

  shy_facts_set (facts, "a", SHY_FIELD_NUMBER, "1", SHY_FACT_ORIGIN_CELL, "S!A1", NULL);
  shy_facts_set (facts, "b", SHY_FIELD_NUMBER, "2", SHY_FACT_ORIGIN_CELL, "S!B1", NULL);
  shy_facts_set_note (facts, "a", "corrected");
  shy_facts_set (facts, "a", SHY_FIELD_NUMBER, "3", SHY_FACT_ORIGIN_TYPED, NULL, NULL);

  g_assert_cmpuint (shy_facts_get_size (facts), ==, 2);
  g_assert_cmpstr (shy_facts_get_nth (facts, 0)->text, ==, "3");
  g_assert_null (shy_facts_lookup (facts, "a")->place);
  g_assert_null (shy_facts_lookup (facts, "a")->note);
  shy_facts_remove (facts, "a");
  g_assert_null (shy_facts_lookup (facts, "a"));
  g_assert_cmpuint (shy_facts_get_size (facts), ==, 1);
}

/* What cannot be read is neither known nor missing, and makes room for what can. */
static void
test_unread (void)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();
  g_autoptr (ShyFacts) copy = NULL;

  shy_facts_set (facts, "d", SHY_FIELD_DATE, "2023-06-01", SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_set_unread (facts, "d", "2023-6-31", SHY_FACT_ORIGIN_CELL, "S!O7", "no such day");
  g_assert_null (shy_facts_lookup (facts, "d"));
  g_assert_cmpuint (shy_facts_get_size (facts), ==, 0);
  g_assert_cmpuint (shy_facts_get_n_unread (facts), ==, 1);
  copy = shy_facts_copy (facts);

  shy_facts_set_unread (facts, "d", "24/1/12", SHY_FACT_ORIGIN_CELL, "S!O7", "two digits");
  g_assert_cmpuint (shy_facts_get_n_unread (facts), ==, 1);
  g_assert_false (shy_facts_set (facts, "d", SHY_FIELD_DATE, "24/1/12", SHY_FACT_ORIGIN_TYPED, NULL,
                                 NULL));
  g_assert_nonnull (shy_facts_lookup_unread (facts, "d"));
  g_assert_true (shy_facts_set (facts, "d", SHY_FIELD_DATE, "2024-01-12", SHY_FACT_ORIGIN_TYPED, NULL,
                                NULL));
  g_assert_null (shy_facts_lookup_unread (facts, "d"));

  g_assert_cmpstr (shy_facts_lookup_unread (copy, "d")->text, ==, "2023-6-31");
  g_assert_cmpstr (shy_facts_lookup_unread (copy, "d")->place, ==, "S!O7");
  g_assert_cmpstr (shy_facts_lookup_unread (copy, "d")->problem, ==, "no such day");
  shy_facts_remove (copy, "d");
  g_assert_null (shy_facts_lookup_unread (copy, "d"));
}

static void
test_copy_shares_nothing (void)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();
  g_autoptr (ShyFacts) copy = NULL;
  ShyGrant             grant = { .policy = (char *) "p", .fen = 100 };
  GDate                on;

  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 1, 5, 2024);
  g_date_set_dmy (&grant.date, 1, 1, 2023);
  shy_facts_set (facts, "a", SHY_FIELD_TEXT, "x", SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_set_setting (facts, "s", SHY_FIELD_NUMBER, "12", NULL);
  shy_facts_set_on (facts, &on);
  shy_facts_set_county (facts, "330127");
  shy_facts_add_grant (facts, &grant);
  copy = shy_facts_copy (facts);
  shy_facts_set (facts, "a", SHY_FIELD_TEXT, "y", SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_set_county (facts, NULL);
  shy_facts_set_history_known (facts, FALSE);

  g_assert_cmpstr (shy_facts_get_text (copy, "a"), ==, "x");
  g_assert_cmpstr (shy_facts_lookup_setting (copy, "s")->text, ==, "12");
  g_assert_cmpstr (shy_facts_get_county (copy), ==, "330127");
  g_assert_true (shy_facts_get_history_known (copy));
  g_assert_cmpuint (shy_facts_get_n_grants (copy), ==, 1);
  g_assert_cmpint (shy_facts_get_grant (copy, 0)->fen, ==, 100);
  g_assert_cmpint (g_date_compare (shy_facts_get_on (copy), &on), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/facts/error-names-the-field", test_error_names_the_field);
  g_test_add_func ("/facts/replaces-and-forgets", test_replaces_and_forgets);
  g_test_add_func ("/facts/unread", test_unread);
  g_test_add_func ("/facts/copy-shares-nothing", test_copy_shares_nothing);

  return g_test_run ();
}
