/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

/* The datasets that ship can be read, and the descriptions that ship agree with them. */

static void
test_list (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) datasets = shy_landed_dataset_list (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (datasets->len, ==, 7);
  for (guint i = 0; i < datasets->len; i++)
    {
      const ShyLandedDataset *dataset = g_ptr_array_index (datasets, i);

      g_assert_nonnull (dataset->title);
      g_assert_cmpuint (dataset->fields->len, >, 0);
    }
  g_assert_cmpstr (((ShyLandedDataset *) datasets->pdata[1])->name, ==, "agri_maker");
}

static void
test_unknown (void)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyLandedDataset) dataset = shy_landed_dataset_find ("no_such", &error);

  g_assert_null (dataset);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

static void
check_field (const ShyLandedDataset *dataset, const ShyField *field, const char *file)
{
  for (guint i = 0; i < dataset->fields->len; i++)
    {
      const ShyField *known = g_ptr_array_index (dataset->fields, i);

      if (!g_str_equal (known->name, field->name))
        continue;
      g_assert_cmpint (known->type, ==, field->type);
      g_assert_cmpint (known->personal, ==, field->personal);
      return;
    }
  g_error ("%s: the dataset %s has no field %s", file, dataset->name, field->name);
}

static void
check_description (const char *path)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < shy_service_get_n_streams (service); i++)
    {
      const ShyServiceStream      *stream = shy_service_get_stream (service, i);
      g_autoptr (ShyLandedDataset) dataset =
        shy_landed_dataset_find (shy_service_stream_get_name (stream), NULL);

      for (guint j = 0; dataset != NULL && j < shy_service_stream_get_n_fields (stream); j++)
        check_field (dataset, shy_service_stream_get_field (stream, j), path);
    }
}

static void
test_descriptions (void)
{
  g_autofree char *folder = shy_data_build ("services", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json"))
        check_description (path);
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/landing/dataset/list", test_list);
  g_test_add_func ("/landing/dataset/unknown", test_unknown);
  g_test_add_func ("/landing/dataset/descriptions", test_descriptions);
  return g_test_run ();
}
