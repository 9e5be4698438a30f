/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <libsoup/soup.h>

/* Reading requests and writing replies. */

GHashTable *
province_parse_form (const char *text)
{
  return soup_form_decode (text != NULL ? text : "");
}

GHashTable *
province_parse_query (const ProvinceRequest *request)
{
  return province_parse_form (request->query);
}

static char *
dup_body (const ProvinceRequest *request)
{
  gsize         size = 0;
  gconstpointer data = request->body != NULL ? g_bytes_get_data (request->body, &size) : NULL;

  return g_strndup (data != NULL ? data : "", size);
}

/* The members of a form, wherever they stand: in the body of a POST, else in the query. */
GHashTable *
province_parse_body (const ProvinceRequest *request)
{
  g_autofree char *body = dup_body (request);

  return *body != '\0' ? province_parse_form (body) : province_parse_query (request);
}

/* (nullable): an object, or nothing */
JsonObject *
province_parse_json (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

JsonObject *
province_json_body (const ProvinceRequest *request)
{
  g_autofree char *body = dup_body (request);

  return province_parse_json (body);
}

const char *
province_header (const ProvinceRequest *request, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (request->headers, lower);
}

/* A member as text, whether it came as a number or as a text. */
char *
province_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

gint64
province_number (const char *text, gint64 otherwise)
{
  return text != NULL && *text != '\0' ? g_ascii_strtoll (text, NULL, 10) : otherwise;
}

/* @body is taken over. */
ProvinceReply *
province_reply_new (guint status, const char *content_type, GString *body)
{
  ProvinceReply *self = g_new0 (ProvinceReply, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->body = g_string_free_to_bytes (body);
  province_reply_add_header (self, "Content-Type", content_type);
  return self;
}

void
province_reply_add_header (ProvinceReply *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
province_reply_free (ProvinceReply *self)
{
  g_ptr_array_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

ProvinceReply *
province_reply_text (guint status, const char *type, const char *text)
{
  return province_reply_new (status, type, g_string_new (text));
}

ProvinceReply *
province_reply_json (const char *format, ...)
{
  GString *body = g_string_new (NULL);
  va_list  parts;

  va_start (parts, format);
  g_string_append_vprintf (body, format, parts);
  va_end (parts);
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* Appends @text as a JSON string. Pages are quoted whole, so stretches without quotes go at once. */
void
province_quote (GString *out, const char *text)
{
  const char *plain = text;

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= ' ' && *text != '"' && *text != '\\')
        continue;
      g_string_append_len (out, plain, text - plain);
      plain = text + 1;
      if ((guchar) *text >= ' ')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text);
        }
      else
        g_string_append_printf (out, "\\u%04x", (guint) *text);
    }
  g_string_append_len (out, plain, text - plain);
  g_string_append_c (out, '"');
}
