/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/shy-transport-private.h"

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
