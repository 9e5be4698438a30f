/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service.h"

#include "service/describe/shy-service-lookup-private.h"
#include "service/describe/shy-service-load-private.h"
#include "shy-file.h"

#include <glib/gi18n-lib.h>

/**
 * ShyService:
 *
 * What is known of a web service: how it is asked, how requests are signed, and which rows come of
 * it. Read from a description (wsd 1) once; it does not change, so any thread may read it. A
 * description holds no secrets, see #ShySecrets.
 */
G_DEFINE_FINAL_TYPE (ShyService, shy_service, G_TYPE_OBJECT)

void
shy_success_free (ShySuccess *self)
{
  g_clear_pointer (&self->path, shy_path_free);
  g_strfreev (self->in);
  g_clear_pointer (&self->any, g_ptr_array_unref);
  g_free (self);
}

void
shy_layer_free (ShyLayer *self)
{
  g_clear_pointer (&self->success, shy_success_free);
  g_clear_pointer (&self->message, g_ptr_array_unref);
  g_clear_pointer (&self->descend, g_ptr_array_unref);
  g_free (self);
}

static void
clear_transport (ShyTransportOptions *options)
{
  g_free (options->user_agent);
  g_free (options->proxy);
  g_free (options->ca_file);
  g_free (options->pin_sha256);
}

static void
shy_service_finalize (GObject *object)
{
  ShyService *self = SHY_SERVICE (object);

  g_clear_pointer (&self->lookups, g_ptr_array_unref);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_pointer (&self->handler.filters, g_ptr_array_unref);
  g_clear_pointer (&self->handler.backoffs, g_ptr_array_unref);
  g_clear_pointer (&self->inject, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->configs, g_ptr_array_unref);
  clear_transport (&self->transport);
  g_free (self->licence);
  g_free (self->doc_url);
  g_free (self->protocol);
  g_free (self->audience);
  g_free (self->about);
  g_free (self->title);
  g_free (self->id);
  g_free (self->file);
  g_free (self->digest);
  g_clear_pointer (&self->json, shy_json_document_unref);

  G_OBJECT_CLASS (shy_service_parent_class)->finalize (object);
}

static void
shy_service_class_init (ShyServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_service_finalize;
}

static void
shy_service_init (ShyService *self)
{
  self->configs = g_ptr_array_new_with_free_func (g_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_step_free);
  self->inject = g_ptr_array_new ();
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_stream_free);
  self->lookups = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_service_lookup_free);
}

static ShyService *
load (GBytes *bytes, const char *name, guint *line, GError **error)
{
  g_autoptr (ShyService) self = g_object_new (SHY_TYPE_SERVICE, NULL);

  self->file = g_strdup (name);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  self->json = shy_json_document_new_to_line (bytes, line, error);
  if (self->json == NULL)
    {
      /* Translators: a file, then what is wrong in it. */
      g_prefix_error (error, _("“%s”: "), name);
      return NULL;
    }
  return shy_service_load (self, line, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_service_new_from_bytes:
 * @bytes: a description
 * @name: what to call it in messages
 * @error: return location for an error
 *
 * Reads a description strictly: what it does not know is refused, with line, JSON path and the
 * nearest name.
 *
 * Errors: %SHY_ERROR_INVALID, %SHY_ERROR_UNSUPPORTED and %SHY_ERROR_LIMIT.
 *
 * Returns: (transfer full): the service, or %NULL with @error set
 */
ShyService *
shy_service_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  guint line;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return load (bytes, name, &line, error);
}

/**
 * shy_service_check:
 * @bytes: a description, perhaps one that is being written
 * @name: what to call it in messages
 * @line: (out): the line of what is wrong, 0 for the description as a whole
 * @error: return location for an error
 *
 * Looks whether a description can be read, as shy_service_new_from_bytes() and with its errors.
 *
 * Returns: whether it can
 */
gboolean
shy_service_check (GBytes *bytes, const char *name, guint *line, GError **error)
{
  g_autoptr (ShyService) self = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL && line != NULL, FALSE);

  self = load (bytes, name, line, error);
  return self != NULL;
}

/**
 * shy_service_new_from_file:
 * @path: (type filename): the file of a description
 * @error: return location for an error
 *
 * Reads a description from a file, as shy_service_new_from_bytes(). Blocks.
 *
 * Returns: (transfer full): the service, or %NULL with @error set
 */
ShyService *
shy_service_new_from_file (const char *path, GError **error)
{
  g_autofree char   *name = NULL;
  g_autofree char   *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  gsize              length;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_basename (path);
  if (!shy_file_get_contents (path, &text, &length, &local))
    {
      gboolean missing = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, SHY_ERROR, missing ? SHY_ERROR_NOT_FOUND : SHY_ERROR_FAILED,
                   _("The file cannot be read: %s"), local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return shy_service_new_from_bytes (bytes, name, error);
}

/**
 * shy_service_get_id:
 * @self: a service
 *
 * Returns: (transfer none): small letters, digits and dashes
 */
const char *
shy_service_get_id (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->id;
}

/**
 * shy_service_get_title:
 * @self: a service
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
shy_service_get_title (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->title;
}

/**
 * shy_service_get_about:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): what it offers, as a sentence
 */
const char *
shy_service_get_about (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->about;
}

/**
 * shy_service_get_audience:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): who gets keys for it, and where
 */
const char *
shy_service_get_audience (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->audience;
}

/**
 * shy_service_get_protocol:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): how it is spoken to, in a few words
 */
const char *
shy_service_get_protocol (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->protocol;
}

/**
 * shy_service_get_doc_url:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): where it is described by who runs it
 */
const char *
shy_service_get_doc_url (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  return self->doc_url;
}

/**
 * shy_service_get_insecure:
 * @self: a service
 *
 * Returns: whether it may be spoken to without TLS, which a person should be told
 */
gboolean
shy_service_get_insecure (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), FALSE);
  return self->transport.allow_insecure_http;
}

/**
 * shy_service_get_n_configs:
 * @self: a service
 *
 * Returns: how many values a bureau has to give
 */
guint
shy_service_get_n_configs (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), 0);
  return self->configs->len;
}

/**
 * shy_service_get_config:
 * @self: a service
 * @index: which, from 0
 *
 * Returns: (transfer none): a value a bureau has to give
 */
const ShyServiceConfig *
shy_service_get_config (ShyService *self, guint index)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (index < self->configs->len, NULL);
  return g_ptr_array_index (self->configs, index);
}

/**
 * shy_service_list_missing:
 * @self: a service
 * @values: what it would be asked with
 *
 * Returns: (transfer full) (array zero-terminated=1): the titles of the values that it cannot be asked
 *   without and that @values has not
 */
char **
shy_service_list_missing (ShyService *self, ShySecrets *values)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (SHY_IS_SECRETS (values), NULL);

  for (guint i = 0; i < self->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (self->configs, i);
      const char             *value = shy_secrets_get (values, config->name);

      if (config->required && config->otherwise == NULL && (value == NULL || *value == '\0'))
        g_strv_builder_add (missing, config->title);
    }
  return g_strv_builder_end (missing);
}

/**
 * shy_service_get_n_streams:
 * @self: a service
 *
 * Returns: how many streams it has
 */
guint
shy_service_get_n_streams (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), 0);
  return self->streams->len;
}

/**
 * shy_service_get_stream: (skip)
 * @self: a service
 * @index: which, from 0
 *
 * Returns: (transfer none): a stream; belongs to the service
 */
const ShyServiceStream *
shy_service_get_stream (ShyService *self, guint index)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (index < self->streams->len, NULL);
  return g_ptr_array_index (self->streams, index);
}

/**
 * shy_service_find_stream: (skip)
 * @self: a service
 * @name: the name of a stream
 *
 * Returns: (transfer none) (nullable): the stream; belongs to the service
 */
const ShyServiceStream *
shy_service_find_stream (ShyService *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyServiceStream *stream = g_ptr_array_index (self->streams, i);

      if (g_str_equal (stream->name, name))
        return stream;
    }
  return NULL;
}

/**
 * shy_service_stream_get_name: (skip)
 * @self: a stream
 *
 * Returns: (transfer none): its name
 */
const char *
shy_service_stream_get_name (const ShyServiceStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->name;
}

/**
 * shy_service_stream_get_title: (skip)
 * @self: a stream
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
shy_service_stream_get_title (const ShyServiceStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

/**
 * shy_service_stream_get_merges: (skip)
 * @self: a stream
 *
 * Returns: whether rows are added to the ones there, not put in their place
 */
gboolean
shy_service_stream_get_merges (const ShyServiceStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->merges;
}

/**
 * shy_service_stream_get_min_complete_ratio: (skip)
 * @self: a stream
 *
 * Returns: how many rows a complete pull must have, as a part of those of the one before
 */
double
shy_service_stream_get_min_complete_ratio (const ShyServiceStream *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->min_complete_ratio;
}

/**
 * shy_service_stream_get_n_fields: (skip)
 * @self: a stream
 *
 * Returns: how many fields its rows have
 */
guint
shy_service_stream_get_n_fields (const ShyServiceStream *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->fields->len;
}

/**
 * shy_service_stream_get_field: (skip)
 * @self: a stream
 * @index: which, from 0
 *
 * Returns: (transfer none): a field; belongs to the service
 */
const ShyField *
shy_service_stream_get_field (const ShyServiceStream *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->fields->len, NULL);
  return &((const ShyServiceField *) g_ptr_array_index (self->fields, index))->field;
}
