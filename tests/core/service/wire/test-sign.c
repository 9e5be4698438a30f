/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../../home.h"

#include "service/wire/shy-exchange-private.h"

#include "shy-core.h"

#include <string.h>

/* The signatures of vectors.json: published ones and ones that two libraries computed alike, all
 * for 2025-01-01 08:00:00 +08:00. A request is built from a description and looked at as it is
 * sent. */

static const ShyMoment moment = {
  .ms = 1735689600000,
  .uuid = (char *) "6b2f0c1e-0000-4000-8000-000000000001",
  .hex = (char *) "19418a5ec00-abc123",
  .ms4 = (char *) "17356896000001234",
};

static char *
describe (const ShyJson *row)
{
  g_autoptr (GString) config = g_string_new (NULL);
  g_autofree char    *requester = shy_json_to_string (shy_json_get (row, "requester"));
  g_autofree char    *auth = shy_json_to_string (shy_json_get (row, "authenticator"));
  const ShyJson      *values = shy_json_get (row, "config");

  for (guint i = 0; i < values->items->len; i++)
    g_string_append_printf (config, "%s{\"name\": \"%s\", \"title\": \"值\"}", i > 0 ? "," : "",
                            ((const ShyJson *) values->items->pdata[i])->name);
  return g_strdup_printf ("{\"wsd\": 1, \"id\": \"vector\", \"title\": \"向量\", \"config\": [%s],"
                          "\"requester\": {\"url_base\": \"https://gateway.invalid\", %s,"
                          "\"authenticator\": %s, \"streams\": [{\"name\": \"s\", \"title\": \"流\","
                          "\"record_selector\": {}, \"fields\": [{\"name\": \"f\", \"from\": "
                          "[\"f\"], \"type\": \"text\"}]}]}",
                          config->str, requester + 1, auth);
}

static char *
find_pair (const char *text, const char *name)
{
  g_auto (GStrv)   pairs = g_strsplit (text, "&", -1);
  g_autofree char *start = g_strconcat (name, "=", NULL);

  for (gsize i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (pairs[i], start))
      return g_uri_unescape_string (pairs[i] + strlen (start), NULL);
  return NULL;
}

static char *
find_result (const ShyRequest *request, const char *where, const char *name)
{
  g_autofree char *body = request->body == NULL
                            ? g_strdup ("")
                            : g_strndup (g_bytes_get_data (request->body, NULL),
                                         g_bytes_get_size (request->body));
  const char      *query = strchr (request->uri, '?');

  if (g_str_equal (where, "body"))
    return g_steal_pointer (&body);
  if (g_str_equal (where, "uri"))
    return g_strdup (query + 1);
  if (g_str_equal (where, "form"))
    return find_pair (body, name);
  if (g_str_equal (where, "query"))
    return find_pair (query + 1, name);
  for (guint i = 0; i < request->headers->len; i += 2)
    if (g_str_equal (request->headers->pdata[i], name))
      return g_strdup (request->headers->pdata[i + 1]);
  return NULL;
}

static void
test_vector (gconstpointer data)
{
  const ShyJson          *row = data;
  g_autofree char        *text = describe (row);
  g_autoptr (GBytes)      bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)      error = NULL;
  g_autoptr (ShyService)  service = shy_service_new_from_bytes (bytes, "vector.json", &error);
  g_autoptr (ShySecrets)  secrets = shy_secrets_new ();
  g_autoptr (ShyExchange) exchange = NULL;
  g_autoptr (ShyRequest)  request = NULL;
  g_autofree char        *result = NULL;
  const ShyJson          *values = shy_json_get (row, "config");
  ShyRequestScope                scope = { .number = 1, .size = 200 };

  g_assert_no_error (error);
  for (guint i = 0; i < values->items->len; i++)
    shy_secrets_set (secrets, ((const ShyJson *) values->items->pdata[i])->name,
                     ((const ShyJson *) values->items->pdata[i])->text);
  exchange = shy_exchange_new (service, secrets, NULL);
  exchange->fixed = (ShyMoment *) &moment;
  scope.service = service;
  scope.secrets = secrets;
  scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request = shy_exchange_sign (exchange, &scope, NULL, &error);
  g_assert_no_error (error);
  result = find_result (request, shy_json_get (row, "where")->text,
                        shy_json_get (row, "name")->text);
  g_assert_cmpstr (result, ==, shy_json_get (row, "value")->text);
  shy_request_scope_clear (&scope);
}

int
main (int argc, char *argv[])
{
  g_autofree char            *path = NULL;
  g_autofree char            *text = NULL;
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) table = NULL;
  GPtrArray                  *rows;
  gsize                       length;

  test_init (&argc, &argv);
  path = g_test_build_filename (G_TEST_DIST, "data", "services", "vectors.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  table = shy_json_document_new (bytes, NULL);
  g_assert_nonnull (table);
  rows = shy_json_document_get_root (table)->items;
  for (guint i = 0; i < rows->len; i++)
    {
      const ShyJson   *row = g_ptr_array_index (rows, i);
      g_autofree char *name = g_strconcat ("/service/sign/", shy_json_get (row, "id")->text, NULL);

      g_test_add_data_func (name, row, test_vector);
    }
  return g_test_run ();
}
