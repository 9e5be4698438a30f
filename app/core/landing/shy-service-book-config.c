/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-private.h"
#include "secrets/shy-keyring.h"
#include "secrets/shy-secrets-memory.h"

#include <glib/gi18n-lib.h>

/* What a bureau says of a service: plain values and options in the database, and what it is asked
 * with, which are those and the secrets that are kept elsewhere. */

typedef struct
{
  const char *id;
  GHashTable *values; /* (owned) */
} Reading;

static gboolean
read_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading                 *reading = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  if (!shy_service_book_check (connection, reading->id, error))
    return FALSE;
  rows = shy_sql_query (connection, error,
                        "SELECT name, value FROM shy_service_config WHERE service = $1", "s",
                        reading->id);
  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    g_hash_table_insert (reading->values, shy_statement_dup_text (rows, 0),
                         shy_statement_dup_text (rows, 1));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_service_book_get_config: (skip)
 * @self: a book
 * @id: the id of a service
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the plain values that were set, by
 *   name; secrets are never there; %NULL with @error set
 */
GHashTable *
shy_service_book_get_config (ShyServiceBook *self, const char *id, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reading                reading = { id, values };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return shy_store_run (shy_service_book_get_store (self), SHY_STORE_READ, read_job, &reading, NULL,
                        error)
           ? g_steal_pointer (&values)
           : NULL;
}

typedef struct
{
  const char *id;
  const char *name;
  const char *value; /* (nullable) */
} Setting;

static gboolean
set_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Setting *setting = data;

  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return (setting->value != NULL
            ? shy_sql_run (connection, error,
                           "INSERT INTO shy_service_config (service, name, value) "
                           "VALUES ($1, $2, $3) ON CONFLICT (service, name) "
                           "DO UPDATE SET value = excluded.value", "sss", setting->id,
                           setting->name, setting->value)
            : shy_sql_run (connection, error,
                           "DELETE FROM shy_service_config WHERE service = $1 AND name = $2", "ss",
                           setting->id, setting->name)) &&
         shy_generations_drop (connection, setting->id, NULL, "open", error) &&
         shy_landing_note (connection, "service.config", setting->id, NULL, error, "name",
                           setting->name, NULL);
}

static gboolean
check_name (ShyService *service, const char *name, GError **error)
{
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *config = shy_service_get_config (service, i);

      if (!g_str_equal (config->name, name))
        continue;
      if (!config->secret)
        return TRUE;
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("“%s” is a secret and not kept in the database. Enter it in the window, or "
                     "give it by --secret-file or the environment."), name);
      return FALSE;
    }
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The description of “%s” has no “%s” under “config”."),
               shy_service_get_id (service), name);
  return FALSE;
}

/**
 * shy_service_book_set_config: (skip)
 * @self: a book
 * @id: the id of a service
 * @name: one of its values
 * @value: (nullable): the value, %NULL to take it back
 * @error: return location for an error
 *
 * Sets a plain value. An interrupted pull begins anew with it.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_INVALID for a secret.
 *
 * Returns: whether it was stored
 */
gboolean
shy_service_book_set_config (ShyServiceBook *self, const char *id, const char *name,
                             const char *value, GError **error)
{
  g_autoptr (ShyService) service = NULL;
  Setting                setting = { id, name, value };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);
  g_return_val_if_fail (id != NULL && name != NULL, FALSE);

  service = shy_service_book_load (self, id, error);
  return service != NULL && check_name (service, name, error) &&
         shy_store_run (shy_service_book_get_store (self), SHY_STORE_WRITE, set_job, &setting, NULL,
                        error);
}

typedef struct
{
  const char              *id;
  const ShyServiceOptions *options;
} Choosing;

/* What was stored of persons goes when it is not to be stored any more. */
static gboolean
forget_personal (ShyConnection *connection, const char *id, GError **error)
{
  return shy_sql_run (connection, error,
                      "UPDATE shy_landed_row SET personal = NULL, personal_id = NULL "
                      "WHERE personal IS NOT NULL AND generation IN "
                      "(SELECT id FROM shy_generation WHERE service = $1)", "s", id);
}

static gboolean
choose_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Choosing                *choosing = data;
  const ShyServiceOptions *options = choosing->options;

  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_service_book_check (connection, choosing->id, error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_service SET keep_sensitive = $2, url_base = $3, automatic = $4, "
                      "from_minute = $5, to_minute = $6, every_minutes = $7, workdays_only = $8, "
                      "licence_note = $9, expires_on = $10 WHERE id = $1", "sisiiiiiss",
                      choosing->id, (gint64) (options->keep_sensitive != FALSE), options->url_base,
                      (gint64) (options->automatic != FALSE), (gint64) options->from_minute,
                      (gint64) options->to_minute, (gint64) options->every_minutes,
                      (gint64) (options->workdays_only != FALSE), options->licence_note,
                      options->expires_on) &&
         (options->keep_sensitive || forget_personal (connection, choosing->id, error)) &&
         shy_generations_drop (connection, choosing->id, NULL, "open", error) &&
         shy_landing_note (connection, "service.options", choosing->id, NULL, error,
                           "keep_sensitive", options->keep_sensitive ? "yes" : "no", "automatic",
                           options->automatic ? "yes" : "no", NULL);
}

/**
 * shy_service_book_set_options: (skip)
 * @self: a book
 * @id: the id of a service
 * @options: what the bureau decides
 * @error: return location for an error
 *
 * Stores what a bureau decides of a service. Fields about persons that were stored are deleted where
 * they are not to be kept. An interrupted pull begins anew.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_INVALID for hours or a day that are none.
 *
 * Returns: whether it was stored
 */
gboolean
shy_service_book_set_options (ShyServiceBook *self, const char *id,
                              const ShyServiceOptions *options, GError **error)
{
  Choosing choosing = { id, options };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), FALSE);
  g_return_val_if_fail (id != NULL && options != NULL, FALSE);

  if (options->from_minute >= options->to_minute || options->to_minute > 24 * 60 ||
      options->every_minutes == 0)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("The hours in which data is pulled must begin before they end, and the "
                             "time between pulls must be one minute or more."));
      return FALSE;
    }
  return shy_store_run (shy_service_book_get_store (self), SHY_STORE_WRITE, choose_job, &choosing,
                        NULL, error);
}

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

typedef struct
{
  const char *id;
  char       *url_base; /* result */
} Asking;

static gboolean
read_url_base_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                   GError **error)
{
  Asking *asking = data;

  asking->url_base = shy_sql_text (connection, NULL, "SELECT url_base FROM shy_service WHERE id = $1",
                                   "s", asking->id);
  return TRUE;
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
  Asking asking = { id };

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (self), NULL);

  return shy_store_run (shy_service_book_get_store (self), SHY_STORE_READ, read_url_base_job,
                        &asking, NULL, NULL)
           ? asking.url_base : NULL;
}
