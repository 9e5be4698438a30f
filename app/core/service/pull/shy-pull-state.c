/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-pull-private.h"

#include "json/shy-json-document-private.h"
#include "json/shy-json-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (ShyPullState, shy_pull_state, G_TYPE_OBJECT)

static void
shy_pull_state_finalize (GObject *object)
{
  ShyPullState *self = SHY_PULL_STATE (object);

  g_free (self->described);
  g_free (self->cursor);
  g_free (self->update);
  g_free (self->etag);
  g_free (self->span);
  g_free (self->page_cursor);
  g_free (self->newest);
  g_strfreev (self->header);

  G_OBJECT_CLASS (shy_pull_state_parent_class)->finalize (object);
}

static void
shy_pull_state_class_init (ShyPullStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_pull_state_finalize;
}

static void
shy_pull_state_init (ShyPullState *self)
{
  self->previous = -1;
}

/**
 * shy_pull_state_new:
 *
 * Returns: (transfer full): the state of a stream that was never pulled
 */
ShyPullState *
shy_pull_state_new (void)
{
  return g_object_new (SHY_TYPE_PULL_STATE, NULL);
}

static void
read_run (ShyPullState *self, ShyJsonReader *reader, const ShyJson *run)
{
  if (run == NULL ||
      !shy_json_reader_object (reader, run,
                               "window number offset cursor pages rows window_rows newest header"))
    return;
  self->running = TRUE;
  self->span = shy_json_reader_string (reader, run, "window");
  self->page_cursor = shy_json_reader_string (reader, run, "cursor");
  self->number = shy_json_reader_integer (reader, run, "number", 0, 0);
  self->offset = shy_json_reader_integer (reader, run, "offset", 0, 0);
  self->pages = shy_json_reader_integer (reader, run, "pages", 0, 0);
  self->rows = shy_json_reader_integer (reader, run, "rows", 0, 0);
  self->span_rows = shy_json_reader_integer (reader, run, "window_rows", 0, 0);
  self->newest = shy_json_reader_string (reader, run, "newest");
  self->header = shy_json_reader_strings (reader, run, "header");
}

/**
 * shy_pull_state_new_from_json:
 * @text: what shy_pull_state_to_json() gave
 * @error: return location for an error
 *
 * Returns: (transfer full): the state, or %NULL with @error set
 */
ShyPullState *
shy_pull_state_new_from_json (const char *text, GError **error)
{
  g_autoptr (ShyPullState)    self = shy_pull_state_new ();
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) json = NULL;
  ShyJsonReader               reader = { .file = _("state of a pull") };
  const ShyJson              *root;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new (text, strlen (text));
  json = shy_json_document_new (bytes, error);
  if (json == NULL)
    return NULL;
  root = shy_json_document_get_root (json);
  if (shy_json_reader_object (&reader, root, "described cursor update etag previous skew run"))
    {
      self->described = shy_json_reader_string (&reader, root, "described");
      self->cursor = shy_json_reader_string (&reader, root, "cursor");
      self->update = shy_json_reader_string (&reader, root, "update");
      self->etag = shy_json_reader_string (&reader, root, "etag");
      self->previous = shy_json_reader_integer (&reader, root, "previous", -1, -1);
      self->skew = shy_json_reader_integer (&reader, root, "skew", G_MININT32, 0);
      read_run (self, &reader,
                shy_json_reader_get (&reader, root, "run", SHY_JSON_OBJECT));
    }
  if (reader.error == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, reader.error);
  return NULL;
}

static void
set_text (ShyJsonDocument *json, ShyJson *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    shy_json_document_set (json, object, name, shy_json_document_string (json, text));
}

static void
set_number (ShyJsonDocument *json, ShyJson *object, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  ShyJson         *number = shy_json_document_string (json, text);

  number->kind = SHY_JSON_NUMBER;
  shy_json_document_set (json, object, name, number);
}

static void
set_texts (ShyJsonDocument *json, ShyJson *object, const char *name, char **texts)
{
  ShyJson *list;

  if (texts == NULL)
    return;
  list = shy_json_document_add (json, SHY_JSON_ARRAY);
  for (gsize i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (list->items, shy_json_document_string (json, texts[i]));
  shy_json_document_set (json, object, name, list);
}

/**
 * shy_pull_state_to_json:
 * @self: a state
 *
 * Returns: (transfer full): the state as one line of JSON, without secrets
 */
char *
shy_pull_state_to_json (ShyPullState *self)
{
  g_autoptr (ShyJsonDocument) json = shy_json_document_create (NULL, 0);
  ShyJson                    *root = shy_json_document_add (json, SHY_JSON_OBJECT);
  ShyJson                    *run;

  g_return_val_if_fail (SHY_IS_PULL_STATE (self), NULL);

  set_text (json, root, "described", self->described);
  set_text (json, root, "cursor", self->cursor);
  set_text (json, root, "update", self->update);
  set_text (json, root, "etag", self->etag);
  set_number (json, root, "previous", self->previous);
  set_number (json, root, "skew", self->skew);
  if (self->running)
    {
      run = shy_json_document_add (json, SHY_JSON_OBJECT);
      set_text (json, run, "window", self->span);
      set_text (json, run, "cursor", self->page_cursor);
      set_number (json, run, "number", self->number);
      set_number (json, run, "offset", self->offset);
      set_number (json, run, "pages", self->pages);
      set_number (json, run, "rows", self->rows);
      set_number (json, run, "window_rows", self->span_rows);
      set_text (json, run, "newest", self->newest);
      set_texts (json, run, "header", self->header);
      shy_json_document_set (json, root, "run", run);
    }
  return shy_value_text (root);
}

/**
 * shy_pull_state_is_interrupted:
 * @self: a state
 *
 * Returns: whether a pull was interrupted, and the next one goes on behind its last page
 */
gboolean
shy_pull_state_is_interrupted (ShyPullState *self)
{
  g_return_val_if_fail (SHY_IS_PULL_STATE (self), FALSE);
  return self->running;
}

/**
 * shy_pull_state_restart:
 * @self: a state
 *
 * Forgets an interrupted pull, so that the next one begins anew.
 */
void
shy_pull_state_restart (ShyPullState *self)
{
  g_return_if_fail (SHY_IS_PULL_STATE (self));

  self->running = FALSE;
  g_clear_pointer (&self->span, g_free);
  g_clear_pointer (&self->page_cursor, g_free);
  g_clear_pointer (&self->newest, g_free);
  g_clear_pointer (&self->header, g_strfreev);
  self->number = self->offset = self->pages = self->rows = self->span_rows = 0;
}

/* Forgets what an earlier description of the service was told: that nothing has changed since, and
 * a pull that was interrupted. Rows may mean something else now. */
void
shy_pull_state_be_of (ShyPullState *self, ShyService *service)
{
  if (g_strcmp0 (self->described, service->digest) == 0)
    return;
  if (self->described != NULL)
    {
      shy_pull_state_restart (self);
      g_clear_pointer (&self->update, g_free);
      g_clear_pointer (&self->etag, g_free);
    }
  g_free (self->described);
  self->described = g_strdup (service->digest);
}

/**
 * shy_pull_state_set_previous:
 * @self: a state
 * @rows: how many rows are kept of the last complete pull
 *
 * Says what the next pull is compared with; see #ShyPullReport.previous.
 */
void
shy_pull_state_set_previous (ShyPullState *self, guint64 rows)
{
  g_return_if_fail (SHY_IS_PULL_STATE (self));
  self->previous = (gint64) rows;
}
