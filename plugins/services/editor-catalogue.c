/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-catalogue.h"

#include <string.h>

/* What comes with the program, the province's own services first. */

static void
offer_free (gpointer data)
{
  ServicesOffer *self = data;

  g_clear_object (&self->service);
  g_clear_pointer (&self->description, g_bytes_unref);
  g_free (self);
}

/* Gives the shipped description of a service, or NULL if there is none. */
GBytes *
services_catalogue_shipped (const char *id)
{
  g_autofree char *name = g_strconcat ("services/", id, ".json", NULL);

  return shy_data_load (name, NULL);
}

static gboolean
is_connected (GPtrArray  *entries,
              const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((ShyServiceEntry *) g_ptr_array_index (entries, i))->id, id))
      return TRUE;

  return FALSE;
}

/* A file that cannot be read is none of ours; the tests hold all of ours. */
static void
take_offer (GPtrArray  *offers,
            GPtrArray  *entries,
            const char *name)
{
  g_autofree char       *id = g_strndup (name, strlen (name) - strlen (".json"));
  g_autoptr (GBytes)     description = services_catalogue_shipped (id);
  g_autoptr (ShyService) service = NULL;
  ServicesOffer         *offer;

  if (description != NULL)
    service = shy_service_new_from_bytes (description, name, NULL);
  if (service == NULL)
    return;

  offer = g_new0 (ServicesOffer, 1);
  offer->connected = is_connected (entries, shy_service_get_id (service));
  offer->service = g_steal_pointer (&service);
  offer->description = g_steal_pointer (&description);
  g_ptr_array_add (offers, offer);
}

static int
compare_offers (gconstpointer a,
                gconstpointer b)
{
  const char *one = shy_service_get_id ((*(ServicesOffer *const *) a)->service);
  const char *two = shy_service_get_id ((*(ServicesOffer *const *) b)->service);
  int         rank = g_str_has_prefix (two, "zj-") - g_str_has_prefix (one, "zj-");

  return rank != 0 ? rank : strcmp (one, two);
}

/* Lists the shipped descriptions, of ServicesOffer. */
GPtrArray *
services_catalogue_list (ServicesDesk  *desk,
                         gpointer       nothing,
                         GCancellable  *cancellable,
                         GError       **error)
{
  ShyServiceBook        *book = services_desk_get_book (desk);
  g_autoptr (GPtrArray) entries = shy_service_book_list (book, error);
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (offer_free);
  g_autofree char       *folder = shy_data_build ("services", NULL);
  g_autoptr (GDir)      dir = NULL;
  const char            *name;

  if (entries == NULL)
    return NULL;

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json"))
      take_offer (offers, entries, name);
  g_ptr_array_sort (offers, compare_offers);

  return g_steal_pointer (&offers);
}
