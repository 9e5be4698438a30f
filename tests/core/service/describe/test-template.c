/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-template-private.h"
#include "shy-core.h"

static char *
lookup (const char *name,
        gpointer    data)
{
  if (g_str_equal (name, "config.key"))
    return g_strdup ("a b\"张");
  if (g_str_equal (name, "page.number"))
    return g_strdup ("1");

  return NULL;
}

static gboolean
is_known (const char *name,
          gpointer    data)
{
  g_autofree char *value = lookup (name, data);

  return value != NULL;
}

static void
test_expands (void)
{
  static const struct
  {
    const char *text, *expected;
    int         code;
  } rows[] = {
    { "plain", "plain" },
    { "", "" },
    { "p={{page.number}}&q={{ page.number }}", "p=1&q=1" },
    { "{{ config.key | urlencode }}", "a%20b%22%E5%BC%A0" },
    { "{{ config.key | json }}", "\"a b\\\"张\"" },
    { "{{ page.number | b64 }}", "MQ==" },
    { "{ not one } {", "{ not one } {" },
    { "{{ page.number", NULL, SHY_ERROR_SYNTAX },
    { "{{ page.number + 1 }}", NULL, SHY_ERROR_SYNTAX },
    { "{{ page.number | upper | lower }}", NULL, SHY_ERROR_SYNTAX },
    { "{{ }}", NULL, SHY_ERROR_SYNTAX },
    { "{{ page.size }}", NULL, SHY_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *text = shy_template_expand (rows[i].text, lookup, NULL, &error);

      g_assert_cmpstr (text, ==, rows[i].expected);
      if (rows[i].expected == NULL)
        g_assert_error (error, SHY_ERROR, rows[i].code);
      g_assert_cmpint (shy_template_check (rows[i].text, is_known, NULL, NULL), ==,
                       rows[i].expected != NULL);
    }
}

static void
test_pure (void)
{
  g_assert_true (shy_template_is_pure ("{{ page.number }}"));
  g_assert_false (shy_template_is_pure (" {{ page.number }}"));
  g_assert_false (shy_template_is_pure ("{{ a }}{{ b }}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/expands", test_expands);
  g_test_add_func ("/template/pure", test_pure);

  return g_test_run ();
}
