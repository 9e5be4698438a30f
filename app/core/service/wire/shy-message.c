/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-transfer-private.h"

/* What goes to a service and what comes from it. */

ShyRequest *
shy_request_new (const char *method,
                 const char *uri)
{
  ShyRequest *self = g_new0 (ShyRequest, 1);

  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  self->headers = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
shy_request_free (ShyRequest *self)
{
  g_free (self->method);
  g_free (self->uri);
  g_ptr_array_unref (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
shy_request_add_header (ShyRequest *self,
                        const char *name,
                        const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    data)
{
  g_hash_table_replace (data, g_ascii_strdown (name, -1), g_utf8_make_valid (value, -1));
}

static gint64
measure_skew (GHashTable *headers)
{
  const char           *text = g_hash_table_lookup (headers, "date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC : 0;
}

/* What came for @message, with @body, which is taken. */
ShyAnswer *
shy_answer_new (SoupMessage *message,
                GByteArray  *body)
{
  ShyAnswer *answer = g_new0 (ShyAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (message), copy_header,
                                answer->headers);
  answer->content_type = g_strdup (g_hash_table_lookup (answer->headers, "content-type"));
  answer->body = g_byte_array_free_to_bytes (body);
  answer->skew = measure_skew (answer->headers);

  return answer;
}

void
shy_answer_free (ShyAnswer *self)
{
  g_hash_table_unref (self->headers);
  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_free (self);
}

/* A header of the answer by its name in lower case, %NULL if it is not there. */
const char *
shy_answer_get_header (ShyAnswer   *self,
                      const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}
