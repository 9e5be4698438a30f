/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-private.h"

#include "json/shy-json-private.h"

#include <string.h>

/* How a row and its fields are stored. */

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
      const ShyField *field = shy_service_stream_get_field (stream, i);

      g_string_append (shape, i > 0 ? ",{\"name\":" : "{\"name\":");
      shy_cells_append_text (shape, field->name);
      g_string_append_printf (shape, ",\"type\":\"%s\"", shy_field_type_to_word (field->type));
      if (field->label != NULL)
        {
          g_string_append (shape, ",\"title\":");
          shy_cells_append_text (shape, shy_text_get (field->label));
        }
      g_string_append (shape, field->personal ? ",\"sensitive\":true}" : "}");
    }
  g_string_append_c (shape, ']');
  return g_string_free (shape, FALSE);
}

static ShyField *
read_field (const ShyJson *json)
{
  ShyField      *self = shy_field_new (shy_json_get (json, "name")->text, SHY_FIELD_TEXT);
  const ShyJson *title = shy_json_get (json, "title");
  const ShyJson *type = shy_json_get (json, "type");

  self->label = title != NULL ? shy_text_new (title->text, NULL) : NULL;
  self->personal = shy_json_get (json, "sensitive") != NULL;
  if (type != NULL)
    shy_field_type_parse (type->text, &self->type);
  return self;
}

/* Reads what shy_shape_write() wrote, as a list of ShyField. */
GPtrArray *
shy_shape_read (const char *fields)
{
  GPtrArray                  *shape = g_ptr_array_new_with_free_func (shy_field_free);
  g_autoptr (GBytes)          bytes = g_bytes_new_static (fields, strlen (fields));
  g_autoptr (ShyJsonDocument) json = shy_json_document_new (bytes, NULL);
  const ShyJson              *root = json != NULL ? shy_json_document_get_root (json) : NULL;

  for (guint i = 0; root != NULL && i < root->items->len; i++)
    g_ptr_array_add (shape, read_field (g_ptr_array_index (root->items, i)));
  return shape;
}
