/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "json/shy-json-private.h"

#include "shy-error.h"

#include <string.h>

/* What files may not hold and replies of servers do. tests/core/policy/broken holds more that
 * files are refused for. */

static ShyJsonDocument *
read_text (const char *text, gsize max_bytes, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return max_bytes == 0 ? shy_json_document_new (bytes, error)
                        : shy_json_document_new_reply (bytes, max_bytes, error);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *value; /* of the member "a" in a reply; NULL if a reply may not hold it either */
} Row;

static const Row rows[] = {
  { "exponent", "{\"a\": 1e3}", "1e3" },
  { "signed-exponent", "{\"a\": -1.5E+03}", "-1.5E+03" },
  { "empty-exponent", "{\"a\": 1e}", NULL },
  { "tab", "{\"a\": \"x\ty\"}", "x\ty" },
  { "nul", "{\"a\": \"x\\u0000y\"}", "x\xEF\xBF\xBDy" },
  { "half-pair", "{\"a\": \"x\\ud83dy\"}", "x\xEF\xBF\xBDy" },
  { "two-halves", "{\"a\": \"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD\xF0\x9F\x98\x80" },
  { "other-half", "{\"a\": \"\\ude00\"}", "\xEF\xBF\xBD" },
  { "duplicate", "{\"a\": 1, \"b\": 2, \"a\": 3}", "3" },
  { "second-document", "{\"a\": 1} {}", NULL },
  { "single-quotes", "{'a': 1}", NULL },
  { "comma", "{\"a\": 1,}", NULL },
  { "cut", "{\"a\": [1, 2", NULL },
  { "cut-text", "{\"a\": \"1", NULL },
  { "empty", " ", NULL },
  { "leading-zero", "{\"a\": 01}", NULL },
};

static void
test_row (gconstpointer data)
{
  const Row                  *row = data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GError)          refused = NULL;
  g_autoptr (ShyJsonDocument) file = read_text (row->text, 0, &refused);
  g_autoptr (ShyJsonDocument) reply = read_text (row->text, 1000, &error);

  g_assert_null (file);
  g_assert_error (refused, SHY_ERROR, SHY_ERROR_INVALID);
  if (row->value == NULL)
    {
      g_assert_null (reply);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (shy_json_get (shy_json_document_get_root (reply), "a")->text, ==, row->value);
}

static void
test_duplicates (void)
{
  g_autoptr (ShyJsonDocument) reply = read_text ("{\"a\": 1, \"a\": 2, \"b\": {\"c\": 1, \"c\": 1}}", 100,
                                            NULL);

  g_assert_cmpuint (shy_json_document_get_duplicates (reply), ==, 2);
  g_assert_cmpuint (shy_json_document_get_root (reply)->items->len, ==, 2);
}

static void
test_limit (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (ShyJsonDocument) fits = read_text ("[1, 2]", 6, NULL);
  g_autoptr (ShyJsonDocument) longer = read_text ("[1, 2 ]", 6, &error);

  g_assert_nonnull (fits);
  g_assert_null (longer);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
}

/* Values stay where they are when blocks are added. */
static void
test_many (void)
{
  g_autoptr (GString)         text = g_string_new ("[");
  g_autoptr (ShyJsonDocument) reply = NULL;
  const ShyJson              *root;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (text, "%s{\"n\": %d, \"t\": \"第%d行\"}", i > 0 ? "," : "", i, i);
  g_string_append_c (text, ']');
  reply = read_text (text->str, text->len, NULL);
  root = shy_json_document_get_root (reply);
  g_assert_cmpuint (root->items->len, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      const ShyJson   *item = g_ptr_array_index (root->items, i);
      g_autofree char *n = g_strdup_printf ("%u", i);
      g_autofree char *t = g_strdup_printf ("第%u行", i);

      g_assert_cmpstr (shy_json_get (item, "n")->text, ==, n);
      g_assert_cmpstr (shy_json_get (item, "t")->text, ==, t);
      g_assert_true (item->parent == root);
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/json/reply/duplicates", test_duplicates);
  g_test_add_func ("/json/reply/limit", test_limit);
  g_test_add_func ("/json/reply/many", test_many);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/json/reply/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
