/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landed-dataset.h"

#include "json/shy-json-reader-private.h"
#include "landing/shy-landing-private.h"
#include "service/describe/shy-service-load-private.h"
#include "shy-data.h"
#include "shy-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is expected of streams, by their name. */

/**
 * shy_landed_dataset_free: (skip)
 * @self: a dataset
 */
void
shy_landed_dataset_free (ShyLandedDataset *self)
{
  g_free (self->name);
  g_free (self->title);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static ShyText *
read_title (ShyJsonReader *reader, const ShyJson *object)
{
  const ShyJson   *title = shy_json_reader_get (reader, object, "title", SHY_JSON_OBJECT);
  g_autofree char *chinese = NULL;
  g_autofree char *english = NULL;

  if (title == NULL || !shy_json_reader_object (reader, title, "zh_CN en"))
    return NULL;
  chinese = shy_json_reader_string (reader, title, "zh_CN");
  english = shy_json_reader_string (reader, title, "en");
  return shy_text_new (chinese, english);
}

static ShyField *
read_field (ShyJsonReader *reader, const ShyJson *json)
{
  ShyField *self = g_new0 (ShyField, 1);

  if (!shy_json_reader_object (reader, json, "name type title sensitive"))
    return self;
  self->name = shy_json_reader_string (reader, json, "name");
  self->type = shy_service_reader_type (reader, json);
  self->label = read_title (reader, json);
  self->bounds.scale = -1;
  self->personal = shy_json_reader_boolean (reader, json, "sensitive", FALSE);
  return self;
}

static void
read_dataset (ShyJsonReader *reader, const ShyJson *root, ShyLandedDataset *self)
{
  const ShyJson *fields;
  ShyText       *title;

  if (!shy_json_reader_object (reader, root, "name title fields"))
    return;
  self->name = shy_json_reader_string (reader, root, "name");
  title = read_title (reader, root);
  self->title = g_strdup (shy_text_get (title));
  shy_text_free (title);
  fields = shy_json_reader_get (reader, root, "fields", SHY_JSON_ARRAY);
  for (guint i = 0; fields != NULL && i < fields->items->len; i++)
    g_ptr_array_add (self->fields,
                     read_field (reader, g_ptr_array_index (fields->items, i)));
}

static ShyLandedDataset *
load (const char *file, GError **error)
{
  g_autoptr (ShyLandedDataset) self = g_new0 (ShyLandedDataset, 1);
  g_autofree char             *path = shy_data_build ("datasets", file, NULL);
  g_autofree char             *text = NULL;
  g_autoptr (GBytes)           bytes = NULL;
  g_autoptr (ShyJsonDocument)  json = NULL;
  ShyJsonReader                reader = { .file = file };

  self->fields = g_ptr_array_new_with_free_func (shy_field_free);
  if (!shy_file_get_contents (path, &text, NULL, NULL))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("There is no dataset “%s”."), file);
      return NULL;
    }
  bytes = g_bytes_new_static (text, strlen (text));
  json = shy_json_document_new (bytes, error);
  if (json == NULL)
    return NULL;
  read_dataset (&reader, shy_json_document_get_root (json), self);
  if (reader.error == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, reader.error);
  return NULL;
}

/**
 * shy_landed_dataset_find: (skip)
 * @stream: the name of a stream
 * @error: return location for an error
 *
 * Reads the dataset that a stream lands in. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND for a stream that is none's: its rows are kept all the same.
 *
 * Returns: (transfer full) (nullable): the dataset, or %NULL with @error set
 */
ShyLandedDataset *
shy_landed_dataset_find (const char *stream, GError **error)
{
  g_autofree char *file = g_strconcat (stream, ".json", NULL);

  g_return_val_if_fail (stream != NULL, NULL);

  return load (file, error);
}

static int
compare_datasets (gconstpointer a, gconstpointer b)
{
  const ShyLandedDataset *const *first = a;
  const ShyLandedDataset *const *second = b;

  return strcmp ((*first)->name, (*second)->name);
}

/**
 * shy_landed_dataset_list: (skip)
 * @error: return location for an error
 *
 * Reads all datasets. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type ShyLandedDataset): the datasets by name, or
 *   %NULL with @error set
 */
GPtrArray *
shy_landed_dataset_list (GError **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_landed_dataset_free);
  g_autofree char *folder = shy_data_build ("datasets", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      ShyLandedDataset *dataset = g_str_has_suffix (name, ".json") ? load (name, error) : NULL;

      if (dataset != NULL)
        g_ptr_array_add (found, dataset);
      else if (g_str_has_suffix (name, ".json"))
        return NULL;
    }
  g_ptr_array_sort (found, compare_datasets);
  return g_steal_pointer (&found);
}
