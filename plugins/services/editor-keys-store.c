/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-keys-store.h"


/* Where the values of a service come from and go to: plain ones into the database, secrets into
 * the keyring or, where none runs, into memory. */

void
services_keys_free (ServicesKeys *self)
{
  g_clear_object (&self->service);
  g_clear_pointer (&self->config, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->elsewhere, g_hash_table_unref);
  g_free (self->origin);
  g_free (self);
}

static void
key_free (gpointer data)
{
  ServicesKey *self = data;

  g_free (self->name);
  shy_secret_free (self->text);
  g_free (self);
}

ServicesKeysChange *
services_keys_change_new (const char *id)
{
  ServicesKeysChange *self = g_new0 (ServicesKeysChange, 1);

  self->id = g_strdup (id);
  self->keys = g_ptr_array_new_with_free_func (key_free);

  return self;
}

void
services_keys_change_add (ServicesKeysChange *self,
                          const char         *name,
                          const char         *text,
                          gboolean            secret)
{
  ServicesKey *key = g_new0 (ServicesKey, 1);

  key->name = g_strdup (name);
  key->text = g_strdup (text);
  key->secret = secret;
  g_ptr_array_add (self->keys, key);
}

void
services_keys_change_free (ServicesKeysChange *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

/*
 * services_keys_gather: every value a pull of the service has, transfer full, or NULL with the
 * error set where the database cannot be read. The environment counts before what a person typed.
 */
ShySecrets *
services_keys_gather (ShyServiceBook  *book,
                      const char      *id,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  return shy_service_book_unlock (book, id, secrets, cancellable, error)
           ? g_steal_pointer (&secrets)
           : NULL;
}

static gboolean
is_set (ShySecrets *secrets,
        const char *name)
{
  const char *value = shy_secrets_get (secrets, name);

  return value != NULL && *value != '\0';
}

/* Where the service is asked as the book stands now. */
static char *
dup_origin (ShyServiceBook  *book,
            ShyService      *service,
            GError         **error)
{
  const char             *id = shy_service_get_id (service);
  g_autoptr (ShySecrets)  plain = shy_secrets_new ();
  g_autofree char        *url_base = shy_service_book_dup_url_base (book, id);

  return shy_service_book_fill (book, id, plain, error)
           ? shy_service_dup_origin (service, url_base, plain)
           : NULL;
}

gpointer
services_keys_load_call (ServicesDesk  *desk,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  ShyServiceBook         *book = services_desk_get_book (desk);
  g_autoptr (ShyService) service = shy_service_book_load (book, data, error);
  g_autoptr (GHashTable) config = NULL;
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autofree char        *origin = NULL;
  ServicesKeys           *self;

  if (service != NULL)
    config = shy_service_book_get_config (book, data, error);
  if (config != NULL)
    origin = dup_origin (book, service, error);
  if (origin == NULL)
    return NULL;

  self = g_new0 (ServicesKeys, 1);
  self->keyring = shy_keyring_is_available (cancellable);
  shy_secrets_add_keyring (secrets, data, origin, cancellable);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *said = shy_service_get_config (service, i);

      if (said->secret && is_set (secrets, said->name))
        g_hash_table_add (self->kept, g_strdup (said->name));
      else if (said->secret && shy_secrets_get_origin (secrets, said->name) != NULL)
        g_hash_table_insert (self->elsewhere, g_strdup (said->name),
                             g_strdup (shy_secrets_get_origin (secrets, said->name)));
    }
  self->origin = g_steal_pointer (&origin);
  self->service = g_steal_pointer (&service);
  self->config = g_steal_pointer (&config);

  return self;
}

static gboolean
save_secret (const char         *id,
             const char         *origin,
             const ServicesKey  *key,
             gboolean            keyring,
             GCancellable       *cancellable,
             GError            **error)
{
  if (!keyring)
    {
      shy_secrets_memory_set (id, origin, key->name, key->text);
      return TRUE;
    }

  if (key->text == NULL ? !shy_keyring_clear (id, key->name, cancellable, error)
                        : !shy_keyring_store (id, origin, key->name, key->text, cancellable, error))
    return FALSE;

  /* One of another time would stand before it. */
  shy_secrets_memory_set (id, origin, key->name, NULL);
  return TRUE;
}

gpointer
services_keys_save_call (ServicesDesk  *desk,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  ServicesKeysChange *change = data;
  ShyServiceBook     *book = services_desk_get_book (desk);
  gboolean            keyring = !change->memory_only && shy_keyring_is_available (cancellable);
  g_autoptr (ShyService) service = shy_service_book_load (book, change->id, error);
  g_autofree char       *origin = NULL;

  if (service == NULL)
    return NULL;

  /* A plain value may say where the service is asked, and with it where the secrets may go. */
  for (guint i = 0; i < change->keys->len; i++)
    {
      const ServicesKey *key = g_ptr_array_index (change->keys, i);

      if (!key->secret &&
          !shy_service_book_set_config (book, change->id, key->name, key->text, error))
        return NULL;
    }
  origin = dup_origin (book, service, error);
  if (origin == NULL)
    return NULL;
  for (guint i = 0; i < change->keys->len; i++)
    {
      const ServicesKey *key = g_ptr_array_index (change->keys, i);

      if (key->secret && !save_secret (change->id, origin, key, keyring, cancellable, error))
        return NULL;
    }

  return GINT_TO_POINTER (TRUE);
}

/*
 * services_keys_list_missing: the titles of what a pull of the service needs and has not, transfer
 * full, NULL with the error set where the database cannot be read. Blocks.
 */
char **
services_keys_list_missing (ShyServiceBook  *book,
                            const char      *id,
                            GCancellable    *cancellable,
                            GError         **error)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_autoptr (ShyService)   service = shy_service_book_load (book, id, error);
  g_autoptr (ShySecrets)   secrets = NULL;

  if (service != NULL)
    secrets = services_keys_gather (book, id, cancellable, error);
  if (secrets == NULL)
    return NULL;

  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *said = shy_service_get_config (service, i);

      if (said->required && said->otherwise == NULL && !is_set (secrets, said->name))
        g_strv_builder_add (missing, said->title);
    }

  return g_strv_builder_end (missing);
}
