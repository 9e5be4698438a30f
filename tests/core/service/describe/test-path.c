/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-path-private.h"
#include "shy-core.h"

#include <string.h>

static const char document[] =
  "{\"code\":200,\"data\":{\"rows\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"x\":1}],\"名 称\":true,"
  "\"a.b\":7},\"msg-x\":null}";

static void
test_finds (void)
{
  static const struct
  {
    const char *path, *first; /* text of the first value, NULL if nothing is found */
    guint       count;
  } rows[] = {
    { "$.code", "200", 1 },
    { "$['code']", "200", 1 },
    { "$.data.rows[1].id", "b", 1 },
    { "$.data.rows[*].id", "a", 2 },
    { "$.data['a.b']", "7", 1 },
    { "$.data.rows[9]", NULL, 0 },
    { "$.data.rows.id", NULL, 0 },
    { "$.code.data", NULL, 0 },
    { "$.nothing", NULL, 0 },
    { "$.code[0]", NULL, 0 },
  };
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr (ShyJsonDocument) json = shy_json_document_new (bytes, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyPath)   path = shy_path_new (rows[i].path, &error);
      g_autoptr (GPtrArray) all = NULL;
      const ShyJson        *first;

      g_assert_no_error (error);
      first = shy_path_first (path, shy_json_document_get_root (json));
      all = shy_path_all (path, shy_json_document_get_root (json));
      g_assert_cmpuint (all->len, ==, rows[i].count);
      g_assert_cmpstr (first != NULL ? first->text : NULL, ==, rows[i].first);
    }
}

/* What json-glib 1.6 answers silently wrong, loops on or crashes at is refused here. */
static void
test_refuses (void)
{
  static const char *const paths[] = {
    "",         "code",          "$code",  "$.",      "$..id",   "$[",       "$['a",       "$['a'",
    "$[\"a\"]", "$['']",         "$[-1]",  "$[1:]",   "$[0:10]", "$[0:3:2]", "$[::2]",     "$[1,2]",
    "$['a','b']", "$[?(@.x>1)]", "$.a]",   "$.a*",    "$[ 0 ]",  "$.a[",     "$[99999999]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (shy_path_new (paths[i], &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path/finds", test_finds);
  g_test_add_func ("/path/refuses", test_refuses);

  return g_test_run ();
}
