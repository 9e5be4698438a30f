/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-mapping.h"

#include <glib/gi18n-lib.h>

ServicesMapping *
services_mapping_new (ServicesTrial *done)
{
  ServicesMapping *self = g_new0 (ServicesMapping, 1);

  self->done = services_trial_ref (done);
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

ServicesMapping *
services_mapping_copy (ServicesMapping *self)
{
  ServicesMapping *copy = services_mapping_new (self->done);
  GHashTableIter   iter;
  gpointer         source, field;

  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &source, &field))
    g_hash_table_insert (copy->choices, g_strdup (source), g_strdup (field));

  return copy;
}

void
services_mapping_free (ServicesMapping *self)
{
  services_trial_unref (self->done);
  g_hash_table_unref (self->choices);
  g_free (self);
}

void
services_mapped_free (ServicesMapped *self)
{
  g_clear_pointer (&self->description, g_bytes_unref);
  g_clear_object (&self->service);
  g_clear_pointer (&self->trial, shy_trial_free);
  g_free (self);
}

/* Gives @description with every choice in it, in an order that is always the same. */
static GBytes *
apply (ServicesMapping  *self,
       GBytes           *description,
       GError          **error)
{
  g_autoptr (GBytes) now = g_bytes_ref (description);
  const char        *stream = shy_service_stream_get_name (self->done->stream);
  g_autoptr (GList)  sources = g_list_sort (g_hash_table_get_keys (self->choices),
                                            (GCompareFunc) g_strcmp0);

  for (GList *at = sources; at != NULL; at = at->next)
    {
      GBytes *next = shy_service_edit_alias (now, stream,
                                             g_hash_table_lookup (self->choices, at->data),
                                             at->data, error);

      if (next == NULL)
        return NULL;
      g_bytes_unref (now);
      now = next;
    }

  return g_steal_pointer (&now);
}

gpointer
services_mapping_call (ServicesDesk  *desk,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  ServicesMapping *self = data;
  const char      *id = shy_service_get_id (self->done->service);
  const char      *stream = shy_service_stream_get_name (self->done->stream);
  ServicesMapped  *mapped = g_new0 (ServicesMapped, 1);

  mapped->description = apply (self, self->done->description, error);
  if (mapped->description != NULL)
    mapped->service = shy_service_new_from_bytes (mapped->description, id, error);
  if (mapped->service != NULL)
    mapped->trial = shy_trial_remap (self->done->trial, mapped->service, stream, error);
  if (mapped->trial == NULL)
    g_clear_pointer (&mapped, services_mapped_free);

  return mapped;
}

/* The description may have been edited since it was tried: the choices go into what is there. */
gpointer
services_mapping_save_call (ServicesDesk  *desk,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  ServicesMapping    *self = data;
  const char         *id = shy_service_get_id (self->done->service);
  ShyServiceBook     *book = services_desk_get_book (desk);
  g_autoptr (GBytes) now = shy_service_book_get_description (book, id, error);
  g_autoptr (GBytes) changed = NULL;

  if (now != NULL)
    changed = apply (self, now, error);
  if (changed == NULL)
    return NULL;

  return shy_service_book_add (book, changed, id, FALSE, error);
}
