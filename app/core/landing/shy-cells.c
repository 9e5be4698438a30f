/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-private.h"

#include "json/shy-json-private.h"

#include <string.h>

/* How a row and its fields are stored. */

static const char *const types[] = { "text", "integer", "decimal", "boolean",
                                     "date", "datetime", "code", "html_text" };

/* Appends a JSON string. */
void
shy_cells_append_text (GString *into, const char *text)
{
  const char *from = text;

  g_string_append_c (into, '"');
  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\' || (guchar) *at < 0x20)
      {
        g_string_append_len (into, from, at - from);
        if ((guchar) *at < 0x20)
          g_string_append_printf (into, "\\u%04x", (guint) *at);
        else
          {
            g_string_append_c (into, '\\');
            g_string_append_c (into, *at);
          }
        from = at + 1;
      }
  g_string_append (into, from);
  g_string_append_c (into, '"');
}

char *
shy_cells_write (char **values, guint n)
{
  GString *cells = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (cells, ',');
      if (values[i] != NULL)
        shy_cells_append_text (cells, values[i]);
      else
        g_string_append (cells, "null");
    }
  g_string_append_c (cells, ']');
  return g_string_free (cells, FALSE);
}

/* Reads what shy_cells_write() wrote: @n values, %NULL for those that are not there. */
char **
shy_cells_read (const char *cells, guint n)
{
  char                      **values = g_new0 (char *, n + 1);
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) json = NULL;
  const ShyJson              *root;

  if (cells == NULL)
    return values;
  bytes = g_bytes_new_static (cells, strlen (cells));
  json = shy_json_document_new (bytes, NULL);
  root = json != NULL ? shy_json_document_get_root (json) : NULL;
  for (guint i = 0; root != NULL && root->items != NULL && i < MIN (n, root->items->len); i++)
    {
      const ShyJson *item = g_ptr_array_index (root->items, i);

      values[i] = item->kind == SHY_JSON_STRING ? g_strdup (item->text) : NULL;
    }
  return values;
}

/* Frees values of which any may be %NULL. */
void
shy_cells_free (char **values, guint n)
{
  for (guint i = 0; values != NULL && i < n; i++)
    g_free (values[i]);
  g_free (values);
}

/* The fields of a stream, as a JSON list. */
char *
shy_shape_write (const ShyServiceStream *stream)
{
  GString *shape = g_string_new ("[");

  for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
    {
      const ShyServiceField *field = shy_service_stream_get_field (stream, i);

      g_string_append (shape, i > 0 ? ",{\"name\":" : "{\"name\":");
      shy_cells_append_text (shape, field->name);
      g_string_append_printf (shape, ",\"type\":\"%s\"", types[field->type]);
      if (field->title != NULL)
        {
          g_string_append (shape, ",\"title\":");
          shy_cells_append_text (shape, field->title);
        }
      g_string_append (shape, field->sensitive ? ",\"sensitive\":true}" : "}");
    }
  g_string_append_c (shape, ']');
  return g_string_free (shape, FALSE);
}

void
shy_landed_field_free (gpointer data)
{
  ShyLandedField *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

static ShyLandedField *
read_field (const ShyJson *json)
{
  ShyLandedField *self = g_new0 (ShyLandedField, 1);
  const ShyJson  *title = shy_json_get (json, "title");
  const ShyJson  *type = shy_json_get (json, "type");

  self->name = g_strdup (shy_json_get (json, "name")->text);
  self->title = title != NULL ? g_strdup (title->text) : NULL;
  self->sensitive = shy_json_get (json, "sensitive") != NULL;
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], type->text))
      self->type = (ShyFieldType) i;
  return self;
}

/* Reads what shy_shape_write() wrote, as ShyLandedFields. */
GPtrArray *
shy_shape_read (const char *fields)
{
  GPtrArray                  *shape = g_ptr_array_new_with_free_func (shy_landed_field_free);
  g_autoptr (GBytes)          bytes = g_bytes_new_static (fields, strlen (fields));
  g_autoptr (ShyJsonDocument) json = shy_json_document_new (bytes, NULL);
  const ShyJson              *root = json != NULL ? shy_json_document_get_root (json) : NULL;

  for (guint i = 0; root != NULL && i < root->items->len; i++)
    g_ptr_array_add (shape, read_field (g_ptr_array_index (root->items, i)));
  return shape;
}
