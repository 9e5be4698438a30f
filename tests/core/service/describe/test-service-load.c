/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../../home.h"

#include "shy-core.h"

#include <string.h>

/* What ships loads; what is wrong is refused with its place and, where there is one, the nearest
 * name. tests/core/service/schema.py holds the same rows against the schema. */

static void
test_shipped (gconstpointer data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = shy_service_new_from_file (data, &error);
  g_autofree char       *name = g_path_get_basename (data);
  g_autofree char       *file = NULL;

  g_assert_no_error (error);
  file = g_strconcat (shy_service_get_id (service), ".json", NULL);
  g_assert_cmpstr (file, ==, name);
  g_assert_cmpuint (shy_service_get_n_streams (service) + shy_service_get_n_lookups (service), >, 0);
}

static void
test_broken (gconstpointer data)
{
  g_autoptr (GBytes)     bytes = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = NULL;
  JsonObject            *object = json_node_get_object ((JsonNode *) data);
  g_autofree char       *description = json_to_string (json_object_get_member (object, "service"),
                                                       FALSE);

  bytes = g_bytes_new (description, strlen (description));
  service = shy_service_new_from_bytes (bytes, "x.json", &error);
  g_assert_null (service);
  g_assert_nonnull (error);
  g_assert_true (error->domain == SHY_ERROR);
  if (strstr (error->message, json_object_get_string_member (object, "says")) == NULL)
    g_error ("%s", error->message);
}

int
main (int argc, char *argv[])
{
  g_autofree char       *folder = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", NULL);
  g_autofree char       *path = NULL;
  g_autoptr (GPtrArray)  kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GDir)       dir = g_dir_open (folder, 0, NULL);
  const char            *name;
  JsonArray             *rows;

  test_init (&argc, &argv);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/service/shipped/", name, NULL);
      char            *file = g_build_filename (folder, name, NULL);

      g_ptr_array_add (kept, file);
      if (g_str_has_suffix (name, ".json") && !g_str_equal (name, "service.schema.json"))
        g_test_add_data_func (test, file, test_shipped);
    }
  path = g_test_build_filename (G_TEST_DIST, "data", "services", "broken.json", NULL);
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  rows = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode        *row = json_array_get_element (rows, i);
      g_autofree char *test = g_strconcat (
        "/service/broken/", json_object_get_string_member (json_node_get_object (row), "id"), NULL);

      g_test_add_data_func (test, row, test_broken);
    }
  return g_test_run ();
}
