/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "secrets/shy-secrets-memory.h"

/* Where no keyring runs, what a person typed lives here: until the process ends, and nowhere else.
 * It belongs to the process as the keyring belongs to the session, so that the page, the
 * preferences and a pull in its thread all see what was typed in any of them. */
typedef struct
{
  char *service;
  char *origin;
  char *name;
  char *value;
} Kept;

static GPtrArray *kept; /* of Kept */
static GMutex     lock;

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_free (self->service);
  g_free (self->origin);
  g_free (self->name);
  shy_secret_free (self->value);
  g_free (self);
}

/* Drops what is kept of a service: of one name and one origin, where they are given. */
static void
drop (const char *service, const char *origin, const char *name)
{
  for (guint i = kept != NULL ? kept->len : 0; i-- > 0;)
    {
      const Kept *at = g_ptr_array_index (kept, i);

      if (g_str_equal (at->service, service) &&
          (origin == NULL || g_str_equal (at->origin, origin)) &&
          (name == NULL || g_str_equal (at->name, name)))
        g_ptr_array_remove_index (kept, i);
    }
}

/**
 * shy_secrets_memory_set:
 * @service: the id of a service
 * @origin: where the secret may go, as shy_service_dup_origin() says
 * @name: the name of a secret of its configuration
 * @value: (nullable): the secret, %NULL for none, whatever the origin
 *
 * Keeps a secret in memory until the process ends; for where no keyring runs. Any thread.
 */
void
shy_secrets_memory_set (const char *service, const char *origin, const char *name,
                        const char *value)
{
  Kept *added;

  g_return_if_fail (service != NULL && origin != NULL && name != NULL);

  g_mutex_lock (&lock);
  if (kept == NULL)
    kept = g_ptr_array_new_with_free_func (kept_free);
  drop (service, value != NULL ? origin : NULL, name);
  if (value != NULL)
    {
      added = g_new (Kept, 1);
      *added = (Kept) { g_strdup (service), g_strdup (origin), g_strdup (name), g_strdup (value) };
      g_ptr_array_add (kept, added);
    }
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
  drop (service, NULL, NULL);
  g_mutex_unlock (&lock);
}

/**
 * shy_secrets_add_memory:
 * @self: values
 * @service: the id of a service
 * @origin: where they are to go, as shy_service_dup_origin() says
 *
 * Adds what is kept in memory for a service and this origin, as shy_secrets_add_kept(). Any
 * thread, as long as no other uses @self.
 */
void
shy_secrets_add_memory (ShySecrets *self, const char *service, const char *origin)
{
  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (service != NULL && origin != NULL);

  g_mutex_lock (&lock);
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const Kept *at = g_ptr_array_index (kept, i);

      if (g_str_equal (at->service, service))
        shy_secrets_add_kept (self, at->name, at->value, at->origin, origin);
    }
  g_mutex_unlock (&lock);
}
