/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-layers-private.h"

#include "service/wire/shy-draft-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Gateways wrap rows in envelopes, and envelopes in text. */

#define MOST_TEXTS 3 /* JSON in a text in JSON: so often at most */

void
shy_peeled_init (ShyPeeled *self)
{
  *self = (ShyPeeled) {
    .documents = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_json_document_unref),
    .stages = g_ptr_array_new (),
  };
}

void
shy_peeled_clear (ShyPeeled *self)
{
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_clear_pointer (&self->message, g_free);
}

static const ShyJson *
parse (ShyPeeled *self, const char *text, GError **error)
{
  gsize              length = strlen (text);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  ShyJsonDocument   *document = shy_json_document_new_reply (bytes, length, error);

  if (document == NULL)
    return NULL;
  g_ptr_array_add (self->documents, document);
  return shy_json_document_get_root (document);
}

/* Reads the body of an answer. */
gboolean
shy_peeled_open (ShyPeeled *self, const char *text, GError **error)
{
  const ShyJson *root = parse (self, text, error);

  if (root == NULL)
    return FALSE;
  g_ptr_array_add (self->stages, (gpointer) root);
  return TRUE;
}

const ShyJson *
shy_peeled_last (const ShyPeeled *self)
{
  return self->stages->len > 0 ? g_ptr_array_index (self->stages, self->stages->len - 1) : NULL;
}

static gboolean
is_number (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;

  return *digits != '\0' && strspn (digits, "0123456789.") == strlen (digits) &&
         (*digits != '0' || digits[1] == '\0' || digits[1] == '.');
}

/* 1, "1" and 1.0 are the same, true and "true" too; "00" is not 0. */
gboolean
shy_loosely_in (const ShyJson *json, char **values)
{
  const char *text = json->text;

  if (json->kind == SHY_JSON_TRUE || json->kind == SHY_JSON_FALSE)
    text = json->kind == SHY_JSON_TRUE ? "true" : "false";
  for (gsize i = 0; text != NULL && values[i] != NULL; i++)
    if (g_str_equal (text, values[i]) ||
        (is_number (text) && is_number (values[i]) &&
         g_ascii_strtod (text, NULL) == g_ascii_strtod (values[i], NULL)))
      return TRUE;
  return FALSE;
}

/* Says whether a condition holds; @absent tells that nothing stands where it looks. */
gboolean
shy_success_holds (const ShySuccess *self, const ShyJson *json, gboolean *absent)
{
  const ShyJson *found;

  if (self->any != NULL)
    {
      gboolean none = TRUE;

      for (guint i = 0; i < self->any->len; i++)
        {
          gboolean missing = FALSE;

          if (shy_success_holds (g_ptr_array_index (self->any, i), json, &missing))
            return TRUE;
          none = none && missing;
        }
      *absent = none;
      return FALSE;
    }
  found = shy_path_first (self->path, json);
  *absent = found == NULL;
  if (self->in == NULL)
    return (found != NULL) == self->exists;
  return found != NULL && shy_loosely_in (found, self->in);
}

static char *
find_text (const ShyJson *json, GPtrArray *paths)
{
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      const ShyJson *found = shy_path_first (g_ptr_array_index (paths, i), json);

      if (found != NULL && found->text != NULL && *found->text != '\0')
        return g_strdup (found->text);
    }
  return NULL;
}

/* Follows a text that is JSON. An empty text is nothing. */
static const ShyJson *
unwrap (ShyPeeled *self, const ShyJson *json, GError **error)
{
  static const ShyJson nothing = { .kind = SHY_JSON_NULL };

  for (guint i = 0; i < MOST_TEXTS && json->kind == SHY_JSON_STRING; i++)
    {
      g_autoptr (GError) local = NULL;

      if (*json->text == '\0')
        return &nothing;
      json = parse (self, json->text, &local);
      if (json == NULL)
        {
          g_set_error (error, SHY_ERROR,
                       g_error_matches (local, SHY_ERROR, SHY_ERROR_LIMIT) ? SHY_ERROR_LIMIT
                                                                           : SHY_ERROR_DAMAGED,
                       _("The answer holds a text where rows were expected: %s"), local->message);
          return NULL;
        }
    }
  return json;
}

static const ShyJson *
descend (ShyPeeled *self, const ShyLayer *layer, const ShyJson *json, GError **error)
{
  static const ShyJson nothing = { .kind = SHY_JSON_NULL };

  if (layer->descend->len == 0)
    return json;
  for (guint i = 0; i < layer->descend->len; i++)
    {
      const ShyJson *found = shy_path_first (g_ptr_array_index (layer->descend, i), json);

      if (found != NULL && found->kind != SHY_JSON_NULL)
        return unwrap (self, found, error);
    }
  return &nothing;
}

/* Takes the layers off. Where one says that the request failed the error is %SHY_ERROR_REFUSED
 * with what the server said, which @message holds too. */
gboolean
shy_peeled_peel (ShyPeeled *self, GPtrArray *layers, GError **error)
{
  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      const ShyLayer *layer = g_ptr_array_index (layers, i);
      const ShyJson  *json = shy_peeled_last (self);
      gboolean        absent = FALSE;
      gboolean        holds = layer->success == NULL ||
                              shy_success_holds (layer->success, json, &absent);

      if (!holds && !(layer->optional && absent))
        {
          self->message = find_text (json, layer->message);
          g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED, _("The service answers: %s"),
                       self->message != NULL ? self->message
                                             : _("the request failed, without saying why"));
          return FALSE;
        }
      if (holds)
        json = descend (self, layer, json, error);
      if (json == NULL)
        return FALSE;
      g_ptr_array_add (self->stages, (gpointer) json);
    }
  return TRUE;
}

/* Finds a value in the document before a layer descends, as text; %NULL if there is none. */
char *
shy_peeled_find (const ShyPeeled *self, guint layer, GPtrArray *paths)
{
  const ShyJson *json = layer < self->stages->len ? g_ptr_array_index (self->stages, layer) : NULL;

  for (guint i = 0; json != NULL && i < paths->len; i++)
    {
      const ShyJson *found = shy_path_first (g_ptr_array_index (paths, i), json);

      if (found != NULL && found->text != NULL)
        return g_strdup (found->text);
    }
  return NULL;
}
