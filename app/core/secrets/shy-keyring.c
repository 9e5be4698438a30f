/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "secrets/shy-keyring.h"

#include "secrets/shy-keyring-private.h"
#include "secrets/shy-secrets-memory.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* Long enough for a keyring that is started by the question. */
#define SECONDS_TO_START 10
/* Long enough for a person to type the password of the keyring. */
#define SECONDS_TO_ANSWER 120

/* By its name alone the keyring tells our entries from those of other programs. */
static const SecretSchema schema = {
  "org.shanye.Service",
  SECRET_SCHEMA_NONE,
  {
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    /* What an earlier version of the program kept has none, and so may go nowhere. */
    { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static GHashTable *
make_attributes (const char *service, const char *name)
{
  return name != NULL
           ? secret_attributes_build (&schema, "service", service, "name", name, NULL)
           : secret_attributes_build (&schema, "service", service, NULL);
}

/**
 * shy_keyring_is_available:
 * @cancellable: (nullable): to stop asking
 *
 * Asks whether a keyring (Secret Service) runs in this session or can be started. Blocks, for 10
 * seconds at most; not for the main thread.
 *
 * Returns: whether secrets can be kept in it; where not, see shy_secrets_memory_set()
 */
gboolean
shy_keyring_is_available (GCancellable *cancellable)
{
  g_autoptr (ShyKeyringTalk) talk = shy_keyring_talk_new (SECONDS_TO_START, cancellable);

  return shy_keyring_talk_open (talk, NULL);
}

/**
 * shy_keyring_store:
 * @service: the id of a service
 * @origin: where the secret may go, as shy_service_dup_origin() says
 * @name: the name of a secret of its configuration
 * @value: the secret
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Keeps a secret in the keyring, in place of one of the same name and origin. Blocks, for two minutes at most
 * where a person has to unlock the keyring; not for the main thread. No error quotes the secret.
 *
 * Errors: %SHY_ERROR_NOT_FOUND where no keyring runs, %SHY_ERROR_REFUSED where it stays locked,
 * %SHY_ERROR_UNREACHABLE where it does not answer, %SHY_ERROR_FAILED, %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it is kept
 */
gboolean
shy_keyring_store (const char    *service,
                   const char    *origin,
                   const char    *name,
                   const char    *value,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (ShyKeyringTalk) talk = shy_keyring_talk_new (SECONDS_TO_ANSWER, cancellable);
  g_autoptr (GHashTable)     attributes = NULL;
  g_autoptr (SecretValue)    secret = NULL;
  g_autoptr (GAsyncResult)   result = NULL;
  g_autoptr (GError)         local = NULL;
  g_autofree char           *label = NULL;

  g_return_val_if_fail (service != NULL && origin != NULL, FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  if (!shy_keyring_talk_open (talk, error))
    return FALSE;
  attributes = make_attributes (service, name);
  g_hash_table_insert (attributes, g_strdup ("origin"), g_strdup (origin));
  secret = secret_value_new (value, -1, "text/plain");
  /* Translators: an entry in the system's keyring: the id of a data service, the name of a key. */
  label = g_strdup_printf (_("Shanye, data service %s: %s"), service, name);
  secret_service_store (shy_keyring_talk_get_service (talk), &schema, attributes,
                        SECRET_COLLECTION_DEFAULT, label, secret,
                        shy_keyring_talk_get_inner (talk), shy_keyring_talk_ready_cb,
                        shy_keyring_talk_hold (talk));
  result = shy_keyring_talk_wait (talk);
  if (result != NULL &&
      secret_service_store_finish (shy_keyring_talk_get_service (talk), result, &local))
    return TRUE;
  shy_keyring_talk_explain (talk, g_steal_pointer (&local), error);
  return FALSE;
}

/* Finds what is kept of a service, with the secrets: (transfer full): of SecretItem; sets @found to
 * whether it could be asked. Unlocks what is locked. */
static GList *
search (ShyKeyringTalk *talk, const char *service, const char *name, gboolean *found,
        GError **error)
{
  g_autoptr (GHashTable)   attributes = make_attributes (service, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       local = NULL;
  GList                   *items = NULL;

  secret_service_search (shy_keyring_talk_get_service (talk), &schema, attributes,
                         SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
                         shy_keyring_talk_get_inner (talk), shy_keyring_talk_ready_cb,
                         shy_keyring_talk_hold (talk));
  result = shy_keyring_talk_wait (talk);
  if (result != NULL)
    items = secret_service_search_finish (shy_keyring_talk_get_service (talk), result, &local);
  *found = result != NULL && local == NULL;
  if (!*found)
    shy_keyring_talk_explain (talk, g_steal_pointer (&local), error);
  return items;
}

static void
items_free (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

static gboolean
is_for (SecretItem *item, const char *origin)
{
  g_autoptr (GHashTable) attributes = secret_item_get_attributes (item);

  return g_strcmp0 (g_hash_table_lookup (attributes, "origin"), origin) == 0;
}

/**
 * shy_keyring_lookup:
 * @service: the id of a service
 * @origin: where the secret is to go, as shy_service_dup_origin() says
 * @name: the name of a secret of its configuration
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Gets a secret from the keyring that was put in for this origin. Blocks and fails as shy_keyring_store().
 *
 * Returns: (transfer full) (nullable): the secret, to be freed with shy_secret_free(); %NULL
 *   without an error where none of this name is kept for this origin
 */
char *
shy_keyring_lookup (const char    *service,
                    const char    *origin,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (ShyKeyringTalk) talk = shy_keyring_talk_new (SECONDS_TO_ANSWER, cancellable);
  GList                     *items;
  SecretValue               *secret = NULL;
  char                      *value = NULL;
  gboolean                   found;

  g_return_val_if_fail (service != NULL && origin != NULL && name != NULL, NULL);

  if (!shy_keyring_talk_open (talk, error))
    return NULL;
  items = search (talk, service, name, &found, error);
  for (GList *at = items; at != NULL && secret == NULL; at = at->next)
    if (is_for (at->data, origin))
      secret = secret_item_get_secret (at->data);
  if (secret != NULL)
    {
      value = g_strdup (secret_value_get_text (secret));
      secret_value_unref (secret);
    }
  items_free (items);
  return value;
}

static gboolean
clear (const char *service, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyKeyringTalk) talk = shy_keyring_talk_new (SECONDS_TO_ANSWER, cancellable);
  g_autoptr (GHashTable)     attributes = NULL;
  g_autoptr (GAsyncResult)   result = NULL;
  g_autoptr (GError)         local = NULL;
  gboolean                   found;

  if (!shy_keyring_talk_open (talk, error))
    return FALSE;
  /* What is locked would be left where it is. */
  items_free (search (talk, service, name, &found, error));
  if (!found)
    return FALSE;
  attributes = make_attributes (service, name);
  secret_service_clear (shy_keyring_talk_get_service (talk), &schema, attributes,
                        shy_keyring_talk_get_inner (talk), shy_keyring_talk_ready_cb,
                        shy_keyring_talk_hold (talk));
  result = shy_keyring_talk_wait (talk);
  if (result != NULL)
    secret_service_clear_finish (shy_keyring_talk_get_service (talk), result, &local);
  if (result != NULL && local == NULL)
    return TRUE;
  shy_keyring_talk_explain (talk, g_steal_pointer (&local), error);
  return FALSE;
}

/**
 * shy_keyring_clear:
 * @service: the id of a service
 * @name: the name of a secret of its configuration
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Removes a secret from the keyring, for whatever origin it was put in. Blocks and fails as shy_keyring_store().
 *
 * Returns: whether it is not there any more
 */
gboolean
shy_keyring_clear (const char    *service,
                   const char    *name,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (service != NULL && name != NULL, FALSE);

  return clear (service, name, cancellable, error);
}

/**
 * shy_keyring_clear_service:
 * @service: the id of a service
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Removes every secret of a service from the keyring. Blocks and fails as shy_keyring_store().
 *
 * Returns: whether none is there any more
 */
gboolean
shy_keyring_clear_service (const char *service, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (service != NULL, FALSE);

  return clear (service, NULL, cancellable, error);
}

static void
add_item (ShySecrets *self, SecretItem *item, const char *origin)
{
  g_autoptr (GHashTable) attributes = secret_item_get_attributes (item);
  const char            *name = g_hash_table_lookup (attributes, "name");
  const char            *kept_for = g_hash_table_lookup (attributes, "origin");
  SecretValue           *secret = secret_item_get_secret (item);

  if (secret == NULL)
    return;
  if (name != NULL && secret_value_get_text (secret) != NULL)
    shy_secrets_add_kept (self, name, secret_value_get_text (secret),
                          kept_for != NULL ? kept_for : "", origin);
  secret_value_unref (secret);
}

/**
 * shy_secrets_add_keyring:
 * @self: values
 * @service: the id of a service
 * @origin: where they are to go, as shy_service_dup_origin() says
 * @cancellable: (nullable): to give up
 *
 * Adds the secrets that a person entered for a service and this origin: those in memory, then those
 * of the keyring. What was put in for another origin stays where it is, and
 * shy_secrets_get_origin() tells so: a description may bear the id of another and lead elsewhere. A value that @self has already stays, so that a file or the environment says otherwise
 * where it is added before. Blocks, for two minutes at most where a person has to unlock the
 * keyring; not for the main thread. Without a keyring nothing is added from it: a pull then names
 * what is missing.
 */
void
shy_secrets_add_keyring (ShySecrets *self, const char *service, const char *origin,
                         GCancellable *cancellable)
{
  g_autoptr (ShyKeyringTalk) talk = NULL;
  GList                     *items;
  gboolean                   found;

  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (service != NULL && origin != NULL);

  shy_secrets_add_memory (self, service, origin);
  talk = shy_keyring_talk_new (SECONDS_TO_ANSWER, cancellable);
  if (!shy_keyring_talk_open (talk, NULL))
    return;
  items = search (talk, service, NULL, &found, NULL);
  for (GList *at = items; at != NULL; at = at->next)
    add_item (self, at->data, origin);
  items_free (items);
}
