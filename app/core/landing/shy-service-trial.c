/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-trial.h"

#include "service/describe/shy-service-edit.h"

/* Trying a connected service, and mapping the names that came to its fields. */

static void
trial_clear (gpointer data)
{
  ShyServiceTrial *self = data;

  g_clear_pointer (&self->trial, shy_trial_free);
  g_clear_pointer (&self->description, g_bytes_unref);
  g_clear_object (&self->service);
}

/**
 * shy_service_trial_ref: (skip)
 * @self: a trial
 *
 * Returns: @self
 */
ShyServiceTrial *
shy_service_trial_ref (ShyServiceTrial *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * shy_service_trial_unref: (skip)
 * @self: a trial
 */
void
shy_service_trial_unref (ShyServiceTrial *self)
{
  g_atomic_rc_box_release_full (self, trial_clear);
}

static const ShyServiceStream *
choose_stream (ShyService *service, const char *name)
{
  const ShyServiceStream *stream = name != NULL ? shy_service_find_stream (service, name) : NULL;

  return stream != NULL ? stream : shy_service_get_stream (service, 0);
}

/* A pull with all that the service is asked with now. */
static ShyPull *
prepare (ShyServiceBook *book, ShyService *service, const ShyServiceStream *stream,
         GCancellable *cancellable, GError **error)
{
  const char            *id = shy_service_get_id (service);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autofree char       *url_base = NULL;
  ShyPull               *pull;

  if (!shy_service_book_unlock (book, id, secrets, cancellable, error))
    return NULL;

  pull = shy_pull_new (service, stream, secrets, NULL);
  url_base = shy_service_book_dup_url_base (book, id);
  if (url_base != NULL && *url_base != '\0')
    shy_pull_set_url_base (pull, url_base);
  return pull;
}

/**
 * shy_service_trial_run: (skip)
 * @book: the services
 * @id: the id of one that has streams
 * @stream: (nullable): the name of a stream, %NULL for its first
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Asks for one page, as shy_pull_try(), and keeps nothing. Blocks.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_INVALID for a description that cannot be read. What the
 * service does wrong is in the trial.
 *
 * Returns: (transfer full) (nullable): what came of it, %NULL with @error set
 */
ShyServiceTrial *
shy_service_trial_run (ShyServiceBook *book, const char *id, const char *stream,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (book, id, error);
  g_autoptr (GBytes)     description = NULL;
  g_autoptr (ShyPull)    pull = NULL;
  ShyServiceTrial       *self;

  if (service != NULL)
    description = shy_service_book_get_description (book, id, error);
  if (description != NULL)
    pull = prepare (book, service, choose_stream (service, stream), cancellable, error);
  if (pull == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (ShyServiceTrial);
  self->trial = shy_pull_try (pull, cancellable);
  self->stream = choose_stream (service, stream);
  self->service = g_steal_pointer (&service);
  self->description = g_steal_pointer (&description);
  return self;
}

/**
 * shy_service_trial_compare: (skip)
 * @book: the services
 * @id: the id of one that has streams
 * @stream: (nullable): the name of a stream, %NULL for its first
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Compares our signature with that of the service's own, as shy_trial_compare_sign(). Blocks.
 *
 * Returns: (transfer full) (nullable): what was found, as a sentence; %NULL with @error set
 */
char *
shy_service_trial_compare (ShyServiceBook *book, const char *id, const char *stream,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (book, id, error);
  g_autoptr (ShyPull)    pull = NULL;
  ShySignMatch           match;
  char                  *sentence = NULL;

  if (service != NULL)
    pull = prepare (book, service, choose_stream (service, stream), cancellable, error);
  if (pull == NULL || !shy_trial_compare_sign (pull, &match, &sentence, cancellable, error))
    return NULL;
  return sentence;
}

/* Gives @description with every choice in it, in an order that is always the same. */
static GBytes *
apply (ShyServiceTrial *self, GBytes *description, GHashTable *choices, GError **error)
{
  g_autoptr (GBytes) now = g_bytes_ref (description);
  const char        *stream = shy_service_stream_get_name (self->stream);
  g_autoptr (GList)  sources = g_list_sort (g_hash_table_get_keys (choices),
                                            (GCompareFunc) g_strcmp0);

  for (GList *at = sources; at != NULL; at = at->next)
    {
      GBytes *next = shy_service_edit_alias (now, stream, g_hash_table_lookup (choices, at->data),
                                             at->data, error);

      if (next == NULL)
        return NULL;
      g_bytes_unref (now);
      now = next;
    }
  return g_steal_pointer (&now);
}

/**
 * shy_service_trial_map: (skip)
 * @self: a trial
 * @choices: (element-type utf8 utf8): names that came → fields of the stream that take them
 * @error: return location for an error
 *
 * Reads what came once more, by a description with the choices in it. Asks nobody.
 *
 * Returns: (transfer full) (nullable): the trial as it would have been, %NULL with @error set
 */
ShyServiceTrial *
shy_service_trial_map (ShyServiceTrial *self, GHashTable *choices, GError **error)
{
  const char                 *name = shy_service_stream_get_name (self->stream);
  g_autoptr (ShyServiceTrial) mapped = g_atomic_rc_box_new0 (ShyServiceTrial);

  mapped->description = apply (self, self->description, choices, error);
  if (mapped->description != NULL)
    mapped->service = shy_service_new_from_bytes (mapped->description,
                                                  shy_service_get_id (self->service), error);
  if (mapped->service != NULL)
    mapped->trial = shy_trial_remap (self->trial, mapped->service, name, error);
  if (mapped->trial == NULL)
    return NULL;
  mapped->stream = shy_service_find_stream (mapped->service, name);
  return g_steal_pointer (&mapped);
}

/**
 * shy_service_trial_keep: (skip)
 * @self: a trial
 * @book: the services
 * @choices: (element-type utf8 utf8): names that came → fields of the stream that take them
 * @error: return location for an error
 *
 * Writes the choices into the description that is in the book now: it may have been edited since it
 * was tried.
 *
 * Errors: as shy_service_edit_alias() and shy_service_book_add().
 *
 * Returns: whether it was written
 */
gboolean
shy_service_trial_keep (ShyServiceTrial *self, ShyServiceBook *book, GHashTable *choices,
                        GError **error)
{
  const char        *id = shy_service_get_id (self->service);
  g_autoptr (GBytes) now = shy_service_book_get_description (book, id, error);
  g_autoptr (GBytes) changed = now != NULL ? apply (self, now, choices, error) : NULL;
  g_autofree char   *added = changed != NULL ? shy_service_book_add (book, changed, id, FALSE, error)
                                             : NULL;

  return added != NULL;
}
