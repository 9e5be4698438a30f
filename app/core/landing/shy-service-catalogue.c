/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-catalogue.h"

#include "shy-data.h"

#include <string.h>

/* The descriptions that come with the program. */

static void
offer_free (gpointer data)
{
  ShyServiceOffer *self = data;

  g_clear_object (&self->service);
  g_clear_pointer (&self->description, g_bytes_unref);
  g_free (self);
}

/**
 * shy_service_catalogue_find: (skip)
 * @id: the id of a service
 *
 * Reads a file, so it is for a worker.
 *
 * Returns: (transfer full) (nullable): the description of the service that comes with the program,
 *   %NULL if there is none
 */
GBytes *
shy_service_catalogue_find (const char *id)
{
  g_autofree char *name = g_strconcat ("services/", id, ".json", NULL);

  return shy_data_load (name, NULL);
}

/* A file that cannot be read is none of ours; the tests hold all of ours. */
static void
take_offer (GPtrArray *offers, GPtrArray *entries, const char *name)
{
  g_autofree char       *id = g_strndup (name, strlen (name) - strlen (".json"));
  g_autoptr (GBytes)     description = shy_service_catalogue_find (id);
  g_autoptr (ShyService) service = NULL;
  ShyServiceOffer       *offer;

  if (description != NULL)
    service = shy_service_new_from_bytes (description, name, NULL);
  if (service == NULL)
    return;

  offer = g_new0 (ShyServiceOffer, 1);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((ShyServiceEntry *) entries->pdata[i])->id, shy_service_get_id (service)))
      offer->connected = TRUE;
  offer->service = g_steal_pointer (&service);
  offer->description = g_steal_pointer (&description);
  g_ptr_array_add (offers, offer);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const char *one = shy_service_get_id ((*(ShyServiceOffer *const *) a)->service);
  const char *two = shy_service_get_id ((*(ShyServiceOffer *const *) b)->service);
  int         rank = g_str_has_prefix (two, "zj-") - g_str_has_prefix (one, "zj-");

  return rank != 0 ? rank : strcmp (one, two);
}

/**
 * shy_service_catalogue_list: (skip)
 * @book: the services that are connected
 * @error: return location for an error
 *
 * Reads files, so it is for a worker.
 *
 * Returns: (transfer full) (nullable) (element-type ShyServiceOffer): what comes with the program, the
 *   province's own services first; %NULL with @error set where the book cannot be read
 */
GPtrArray *
shy_service_catalogue_list (ShyServiceBook *book, GError **error)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (book, error);
  g_autofree char      *folder = shy_data_build ("services", NULL);
  g_autoptr (GDir)      dir = NULL;
  GPtrArray            *offers;
  const char           *name;

  if (entries == NULL)
    return NULL;

  offers = g_ptr_array_new_with_free_func (offer_free);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json"))
      take_offer (offers, entries, name);
  g_ptr_array_sort (offers, compare);
  return offers;
}
