/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-keys.h"

#include "secrets/shy-keyring.h"
#include "secrets/shy-secrets-memory.h"

/* Where the values of a service come from and go to: plain ones into the database, secrets into
 * the keyring or, where none runs, into memory. */

/**
 * shy_service_keys_free: (skip)
 * @self: what is known
 */
void
shy_service_keys_free (ShyServiceKeys *self)
{
  g_clear_object (&self->service);
  g_clear_pointer (&self->config, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->elsewhere, g_hash_table_unref);
  g_free (self->origin);
  g_free (self);
}

/* Where the service is asked as the book stands now. */
static char *
dup_origin (ShyServiceBook *book, ShyService *service, GError **error)
{
  const char            *id = shy_service_get_id (service);
  g_autoptr (ShySecrets) plain = shy_secrets_new ();
  g_autofree char       *url_base = shy_service_book_dup_url_base (book, id);

  return shy_service_book_fill (book, id, plain, error)
           ? shy_service_dup_origin (service, url_base, plain)
           : NULL;
}

static void
note_secret (ShyServiceKeys *self, ShySecrets *secrets, const char *name)
{
  const char *value = shy_secrets_get (secrets, name);
  const char *origin = shy_secrets_get_origin (secrets, name);

  if (value != NULL && *value != '\0')
    g_hash_table_add (self->kept, g_strdup (name));
  else if (origin != NULL)
    g_hash_table_insert (self->elsewhere, g_strdup (name), g_strdup (origin));
}

/**
 * shy_service_keys_load: (skip)
 * @book: the services
 * @id: the id of one
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Looks what is kept of a service. Blocks as shy_secrets_add_keyring().
 *
 * Errors: as shy_service_book_load().
 *
 * Returns: (transfer full) (nullable): what is known, %NULL with @error set
 */
ShyServiceKeys *
shy_service_keys_load (ShyServiceBook *book, const char *id, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (ShyServiceKeys) self = g_new0 (ShyServiceKeys, 1);
  g_autoptr (ShySecrets)     secrets = shy_secrets_new ();

  self->service = shy_service_book_load (book, id, error);
  if (self->service != NULL)
    self->config = shy_service_book_get_config (book, id, error);
  if (self->config != NULL)
    self->origin = dup_origin (book, self->service, error);
  if (self->origin == NULL)
    return NULL;

  self->keyring = shy_keyring_is_available (cancellable);
  shy_secrets_add_keyring (secrets, id, self->origin, cancellable);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < shy_service_get_n_configs (self->service); i++)
    if (shy_service_get_config (self->service, i)->secret)
      note_secret (self, secrets, shy_service_get_config (self->service, i)->name);
  return g_steal_pointer (&self);
}

/* A value that a person typed. Overwritten when freed. */
typedef struct
{
  char    *name;
  char    *text; /* (nullable): to remove it */
  gboolean secret;
} Key;

struct _ShyServiceKeysChange
{
  char      *id;          /* (owned) of the service */
  GPtrArray *keys;        /* (owned) of Key */
  gboolean   memory_only;
};

static void
key_free (gpointer data)
{
  Key *self = data;

  g_free (self->name);
  shy_secret_free (self->text);
  g_free (self);
}

/**
 * shy_service_keys_change_new: (skip)
 * @id: the id of a service
 * @memory_only: whether secrets are kept from the keyring, until the program ends
 *
 * Returns: (transfer full): a change of nothing
 */
ShyServiceKeysChange *
shy_service_keys_change_new (const char *id, gboolean memory_only)
{
  ShyServiceKeysChange *self = g_new0 (ShyServiceKeysChange, 1);

  self->id = g_strdup (id);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->memory_only = memory_only;
  return self;
}

/**
 * shy_service_keys_change_add: (skip)
 * @self: a change
 * @name: the name of a value
 * @text: (nullable): the value, %NULL to remove what is kept
 * @secret: whether it is a secret
 *
 * Adds a value. The copy of it is overwritten when the change is freed.
 */
void
shy_service_keys_change_add (ShyServiceKeysChange *self, const char *name, const char *text,
                             gboolean secret)
{
  Key *key = g_new0 (Key, 1);

  key->name = g_strdup (name);
  key->text = g_strdup (text);
  key->secret = secret;
  g_ptr_array_add (self->keys, key);
}

/**
 * shy_service_keys_change_free: (skip)
 * @self: a change
 */
void
shy_service_keys_change_free (ShyServiceKeysChange *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static gboolean
save_plain (ShyServiceKeysChange *self, ShyServiceBook *book, GError **error)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const Key *key = g_ptr_array_index (self->keys, i);

      if (!key->secret &&
          !shy_service_book_set_config (book, self->id, key->name, key->text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_secret (const char *id, const char *origin, const Key *key, gboolean keyring,
             GCancellable *cancellable, GError **error)
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

/**
 * shy_service_keys_change_save: (skip)
 * @self: a change
 * @book: the services
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Keeps the plain values in the book and the secrets in the keyring or, where none runs, in memory,
 * for the address at which the service is asked then. Blocks for the keyring.
 *
 * Errors: as shy_service_book_load(), shy_keyring_store().
 *
 * Returns: whether all is kept; where not, what came before the fault is
 */
gboolean
shy_service_keys_change_save (ShyServiceKeysChange *self, ShyServiceBook *book,
                              GCancellable *cancellable, GError **error)
{
  gboolean               keyring = !self->memory_only && shy_keyring_is_available (cancellable);
  g_autoptr (ShyService) service = shy_service_book_load (book, self->id, error);
  g_autofree char       *origin = NULL;

  /* A plain value may say where the service is asked, and with it where the secrets may go. */
  if (service != NULL && save_plain (self, book, error))
    origin = dup_origin (book, service, error);
  if (origin == NULL)
    return FALSE;
  for (guint i = 0; i < self->keys->len; i++)
    {
      const Key *key = g_ptr_array_index (self->keys, i);

      if (key->secret && !save_secret (self->id, origin, key, keyring, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
