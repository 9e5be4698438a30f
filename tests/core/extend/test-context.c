/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

typedef struct
{
  const char *scope, *county;
  gboolean    covered;
} ScopeCase;

static const ScopeCase scopes[] = {
  { "", "331127", TRUE },
  { "331127", "331127", TRUE },
  { "331127", "331126", FALSE },
  { "3311", "331127", TRUE },
  { "3311", "331000", FALSE },
  { "3311", "331022", FALSE },
};

static void
test_covers (void)
{
  g_autoptr (ShyContext) context = shy_context_new ("a.db");

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      shy_context_set_scope (context, scopes[i].scope);
      g_assert_cmpint (shy_context_covers (context, scopes[i].county), ==, scopes[i].covered);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_notifies_once (void)
{
  g_autoptr (ShyContext) context = shy_context_new ("a.db");
  guint                  count = 0;

  shy_context_set_scope (context, "");
  g_signal_connect_swapped (context, "notify::scope", G_CALLBACK (count_cb), &count);
  shy_context_set_scope (context, "3311");
  shy_context_set_scope (context, "3311");
  g_assert_cmpuint (count, ==, 1);
}

static void
test_remembers_scope (void)
{
  g_autoptr (ShyContext) first = shy_context_new ("a.db");
  g_autoptr (ShyContext) second = NULL;

  shy_context_set_scope (first, "330822");
  second = shy_context_new ("b.db");
  g_assert_cmpstr (shy_context_get_scope (second), ==, "330822");
}

static void
test_own_database (void)
{
  g_autoptr (ShyContext) named = shy_context_new ("a.db");
  g_autoptr (ShyContext) own = shy_context_new (NULL);

  g_assert_cmpstr (shy_context_get_database (named), ==, "a.db");
  g_assert_true (g_str_has_prefix (shy_context_get_database (own), g_get_user_data_dir ()));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/context/covers", test_covers);
  g_test_add_func ("/context/notifies-once", test_notifies_once);
  g_test_add_func ("/context/remembers-scope", test_remembers_scope);
  g_test_add_func ("/context/own-database", test_own_database);

  return g_test_run ();
}
