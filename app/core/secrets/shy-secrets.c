/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "secrets/shy-secrets.h"

#include "json/shy-json-reader-private.h"
#include "shy-file.h"
#include "shy-process.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/**
 * ShySecrets:
 *
 * The values a service needs from its bureau, by name: keys, secrets and plain values. They are
 * never printed, not even by accident, and overwritten before their memory is given back. A process
 * that holds any writes no core file.
 */
struct _ShySecrets
{
  GObject     parent_instance;
  GHashTable *values;
  GHashTable *origins; /* name → where what was kept may go, also of what is not in @values */
};

G_DEFINE_FINAL_TYPE (ShySecrets, shy_secrets, G_TYPE_OBJECT)

/**
 * shy_secret_free: (skip)
 * @secret: (nullable): a secret in memory of its own
 *
 * Overwrites a secret and gives its memory back.
 */
void
shy_secret_free (char *secret)
{
  volatile char *at = secret;

  for (gsize length = secret != NULL ? strlen (secret) : 0; length > 0; length--)
    *at++ = '\0';
  g_free (secret);
}

static void
wipe (gpointer data)
{
  shy_secret_free (data);
}

static void
shy_secrets_finalize (GObject *object)
{
  g_hash_table_unref (SHY_SECRETS (object)->values);
  g_hash_table_unref (SHY_SECRETS (object)->origins);

  G_OBJECT_CLASS (shy_secrets_parent_class)->finalize (object);
}

static void
shy_secrets_class_init (ShySecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_secrets_finalize;
}

static void
shy_secrets_init (ShySecrets *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * shy_secrets_new:
 *
 * Returns: (transfer full): no values yet
 */
ShySecrets *
shy_secrets_new (void)
{
  return g_object_new (SHY_TYPE_SECRETS, NULL);
}

/**
 * shy_secrets_set:
 * @self: values
 * @name: the name of one
 * @value: (nullable): the value, %NULL for none
 *
 * Sets a value, in place of one that is there.
 */
void
shy_secrets_set (ShySecrets *self, const char *name, const char *value)
{
  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (name != NULL);

  shy_process_forbid_core_files ();
  g_hash_table_remove (self->origins, name);
  if (value != NULL)
    g_hash_table_replace (self->values, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->values, name);
}

/**
 * shy_secrets_get:
 * @self: values
 * @name: the name of one
 *
 * Returns: (transfer none) (nullable): the value; not to be shown or logged
 */
const char *
shy_secrets_get (ShySecrets *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_SECRETS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->values, name);
}

/**
 * shy_secrets_get_origin:
 * @self: values
 * @name: the name of one
 *
 * Gets where a value that was kept may go, whether it is among @self or not; see
 * shy_secrets_add_kept().
 *
 * Returns: (transfer none) (nullable): its origin, as shy_service_dup_origin() writes it, empty
 *   where nobody noted it; %NULL where nothing of this name is kept, or somebody said it for this
 *   time
 */
const char *
shy_secrets_get_origin (ShySecrets *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_SECRETS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->origins, name);
}

/**
 * shy_secrets_add_kept:
 * @self: values
 * @name: the name of one
 * @value: what is kept under it
 * @kept_for: the origin it was put in for, empty where that is not known
 * @origin: the origin that is asked now
 *
 * Adds a value that somebody kept, unless @self has one of this name. One that was put in for
 * another origin is only noted: it goes to nobody else, whoever bears the name of the service.
 */
void
shy_secrets_add_kept (ShySecrets *self,
                      const char *name,
                      const char *value,
                      const char *kept_for,
                      const char *origin)
{
  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (name != NULL && value != NULL && kept_for != NULL && origin != NULL);

  if (g_hash_table_contains (self->values, name))
    return;
  if (*origin != '\0' && g_str_equal (kept_for, origin))
    shy_secrets_set (self, name, value);
  g_hash_table_replace (self->origins, g_strdup (name), g_strdup (kept_for));
}

static void
read_values (ShySecrets *self, ShyJsonReader *reader, const ShyJson *object)
{
  for (guint i = 0; object != NULL && i < object->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (object->items, i);

      if (shy_json_reader_expect (reader, item, SHY_JSON_STRING))
        shy_secrets_set (self, item->name, item->text);
    }
}

/**
 * shy_secrets_add_file:
 * @self: values
 * @path: (type filename): a JSON file: an object by id of services of objects by name of texts
 * @service: the id of the service
 * @error: return location for an error
 *
 * Adds the values that a file has for a service; other services' are left alone. Blocks. The
 * error never quotes a value.
 *
 * Returns: whether the file could be read
 */
gboolean
shy_secrets_add_file (ShySecrets *self, const char *path, const char *service, GError **error)
{
  g_autoptr (GError)          local = NULL;
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) json = NULL;
  g_autofree char            *name = NULL;
  char                       *text;
  gsize                       length;
  ShyJsonReader               reader = { NULL };

  g_return_val_if_fail (SHY_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (path != NULL && service != NULL, FALSE);

  shy_process_warn_of_mode (path);
  if (!shy_file_get_contents (path, &text, &length, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("The file cannot be read: %s"),
                   local->message);
      return FALSE;
    }
  bytes = g_bytes_new_with_free_func (text, length, wipe, text);
  reader.file = name = g_filename_display_basename (path);
  json = shy_json_document_new (bytes, &local);
  if (json == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("“%s”: %s"), name, local->message);
      return FALSE;
    }
  if (shy_json_reader_is_object (&reader, shy_json_document_get_root (json)))
    read_values (self, &reader,
                 shy_json_reader_get (&reader, shy_json_document_get_root (json), service,
                                      SHY_JSON_OBJECT));
  if (reader.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.error);
  return FALSE;
}

/* SHANYE_SECRET_ZJ_OPEN_ and the like. */
static char *
make_prefix (const char *service)
{
  char *prefix = g_strconcat ("SHANYE_SECRET_", service, "_", NULL);

  for (char *at = prefix; *at != '\0'; at++)
    *at = g_ascii_isalnum (*at) ? g_ascii_toupper (*at) : '_';
  return prefix;
}

/**
 * shy_secrets_add_environment:
 * @self: values
 * @service: the id of a service
 *
 * Adds the values that the environment has for a service as SHANYE_SECRET_SERVICE_NAME, all in
 * capitals and with _ for what is no letter or digit; names are taken in small letters.
 */
void
shy_secrets_add_environment (ShySecrets *self, const char *service)
{
  g_auto (GStrv)   names = g_listenv ();
  g_autofree char *prefix = NULL;

  g_return_if_fail (SHY_IS_SECRETS (self));
  g_return_if_fail (service != NULL);

  prefix = make_prefix (service);
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], prefix) && names[i][strlen (prefix)] != '\0')
      {
        g_autofree char *name = g_ascii_strdown (names[i] + strlen (prefix), -1);

        shy_secrets_set (self, name, g_getenv (names[i]));
      }
}
