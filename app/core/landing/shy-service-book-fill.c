/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-book.h"

#include "secrets/shy-keyring.h"
#include "secrets/shy-secrets-memory.h"
#include "shy-error.h"

/* What a connected service is asked with. */

/**
 * shy_service_book_fill: (skip)
 * @self: a book
 * @id: the id of a service
 * @secrets: the values to ask with; plain values of the book are added where it has none
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: whether the values of the book could be read
 */
gboolean
shy_service_book_fill (ShyServiceBook *self, const char *id, ShySecrets *secrets, GError **error)
{
  g_autoptr (GHashTable) config = shy_service_book_get_config (self, id, error);
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;

  g_return_val_if_fail (SHY_IS_SECRETS (secrets), FALSE);

  if (config == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (shy_secrets_get (secrets, name) == NULL)
      shy_secrets_set (secrets, name, value);
  return TRUE;
}

/**
 * shy_service_book_unlock: (skip)
 * @self: a book
 * @id: the id of a service
 * @secrets: the values to ask with
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Adds all that a service of the book is asked with, where @secrets has it not: what the environment
 * has for it, the plain values of the book, and the secrets that a person put in for where it is
 * asked now. Blocks as shy_secrets_add_keyring().
 *
 * Errors: as shy_service_book_load().
 *
 * Returns: whether the book could be read
 */
gboolean
shy_service_book_unlock (ShyServiceBook *self, const char *id, ShySecrets *secrets,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (self, id, error);
  g_autofree char       *url_base = NULL;
  g_autofree char       *origin = NULL;

  if (service == NULL)
    return FALSE;
  shy_secrets_add_environment (secrets, id);
  if (!shy_service_book_fill (self, id, secrets, error))
    return FALSE;
  url_base = shy_service_book_dup_url_base (self, id);
  origin = shy_service_dup_origin (service, url_base, secrets);
  shy_secrets_add_keyring (secrets, id, origin, cancellable);
  return TRUE;
}

/**
 * shy_service_book_list_missing: (skip)
 * @self: a book
 * @id: the id of a service
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Looks what a pull of the service would lack, see shy_service_book_unlock(). Blocks.
 *
 * Errors: as shy_service_book_load().
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the titles of the values, %NULL with
 *   @error set
 */
char **
shy_service_book_list_missing (ShyServiceBook *self, const char *id, GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (self, id, error);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  if (service == NULL || !shy_service_book_unlock (self, id, secrets, cancellable, error))
    return NULL;
  return shy_service_list_missing (service, secrets);
}

/**
 * shy_service_book_disconnect: (skip)
 * @self: a book
 * @id: the id of a service
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Removes a service as shy_service_book_remove(), and before that its secrets from memory and, where
 * one runs, from the keyring. What is in the environment is not ours. Blocks for the keyring.
 *
 * Returns: whether it is gone; where the keyring fails everything else is there still
 */
gboolean
shy_service_book_disconnect (ShyServiceBook *self, const char *id, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  shy_secrets_memory_forget (id);
  if (shy_keyring_clear_service (id, cancellable, &local) ||
      g_error_matches (local, SHY_ERROR, SHY_ERROR_NOT_FOUND))
    return shy_service_book_remove (self, id, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_service_book_dup_url_base: (skip)
 * @self: a book
 * @id: the id of a service
 *
 * Returns: (transfer full) (nullable): the address to ask instead of the description's, if the bureau
 *   set one
 */
char *
shy_service_book_dup_url_base (ShyServiceBook *self, const char *id)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (self, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->id, id))
        return g_strdup (entry->options.url_base);
    }
  return NULL;
}
