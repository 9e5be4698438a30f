/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/shy-secrets-memory.h"

/* Where no keyring runs, what a person typed lives here: until the process ends, and nowhere else.
 * It belongs to the process as the keyring belongs to the session, so that the page, the
 * preferences and a pull in its thread all see what was typed in any of them. */
static GHashTable *services; /* id → ShySecrets */
static GMutex      lock;

/**
 * shy_secrets_memory_set:
 * @service: the id of a service
 * @name: the name of a secret of its configuration
 * @value: (nullable): the secret, %NULL for none
 *
 * Keeps a secret in memory until the process ends; for where no keyring runs. Any thread.
 */
void
shy_secrets_memory_set (const char *service, const char *name, const char *value)
{
  ShySecrets *own;

  g_return_if_fail (service != NULL && name != NULL);

  g_mutex_lock (&lock);
  if (services == NULL)
    services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  own = g_hash_table_lookup (services, service);
  if (own == NULL)
    {
      own = shy_secrets_new ();
      g_hash_table_insert (services, g_strdup (service), own);
    }
  shy_secrets_set (own, name, value);
  g_mutex_unlock (&lock);
}

/**
 * shy_secrets_memory_forget:
 * @service: the id of a service
 *
 * Overwrites and forgets what is kept in memory for a service. Any thread.
 */
void
shy_secrets_memory_forget (const char *service)
{
  g_return_if_fail (service != NULL);

  g_mutex_lock (&lock);
  if (services != NULL)
    g_hash_table_remove (services, service);
  g_mutex_unlock (&lock);
}

/**
 * shy_secrets_add_memory:
 * @self: values
 * @service: the id of a service
 *
 * Adds what is kept in memory for a service; a value that @self has already stays. Any thread, as
 * long as no other uses @self.
 */
void
shy_secrets_add_memory (ShySecrets *self, const char *service)
{
  ShySecrets *own;

  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (service != NULL);

  g_mutex_lock (&lock);
  own = services != NULL ? g_hash_table_lookup (services, service) : NULL;
  if (own != NULL)
    shy_secrets_add_missing (self, own);
  g_mutex_unlock (&lock);
}
