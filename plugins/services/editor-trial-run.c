/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-trial-run.h"

#include "editor-keys-store.h"

ServicesTrialWish *
services_trial_wish_new (const char *id,
                         const char *stream)
{
  ServicesTrialWish *self = g_new0 (ServicesTrialWish, 1);

  self->id = g_strdup (id);
  self->stream = g_strdup (stream);

  return self;
}

void
services_trial_wish_free (ServicesTrialWish *self)
{
  g_free (self->id);
  g_free (self->stream);
  g_free (self);
}

static void
trial_clear (gpointer data)
{
  ServicesTrial *self = data;

  g_clear_pointer (&self->trial, shy_trial_free);
  g_clear_pointer (&self->description, g_bytes_unref);
  g_clear_object (&self->service);
}

ServicesTrial *
services_trial_ref (ServicesTrial *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
services_trial_unref (ServicesTrial *self)
{
  g_atomic_rc_box_release_full (self, trial_clear);
}

static ShyPull *
prepare_pull (ShyServiceBook          *book,
              ShyService              *service,
              const ShyServiceStream  *stream,
              GCancellable            *cancellable,
              GError                 **error)
{
  const char            *id = shy_service_get_id (service);
  g_autoptr (ShySecrets) secrets = services_keys_gather (book, id, cancellable, error);
  g_autofree char       *url_base = shy_service_book_dup_url_base (book, id);
  ShyPull               *pull;

  if (secrets == NULL)
    return NULL;

  pull = shy_pull_new (service, stream, secrets, NULL);
  if (url_base != NULL && *url_base != '\0')
    shy_pull_set_url_base (pull, url_base);

  return pull;
}

static const ShyServiceStream *
choose_stream (ShyService *service,
               const char *name)
{
  const ShyServiceStream *stream = name != NULL ? shy_service_find_stream (service, name) : NULL;

  return stream != NULL ? stream : shy_service_get_stream (service, 0);
}

gpointer
services_trial_call (ServicesDesk  *desk,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  ServicesTrialWish      *wish = data;
  ShyServiceBook         *book = services_desk_get_book (desk);
  g_autoptr (ShyService) service = shy_service_book_load (book, wish->id, error);
  g_autoptr (GBytes)     description = NULL;
  g_autoptr (ShyPull)    pull = NULL;
  ServicesTrial          *self;

  if (service != NULL)
    description = shy_service_book_get_description (book, wish->id, error);
  if (description != NULL)
    pull = prepare_pull (book, service, choose_stream (service, wish->stream), cancellable, error);
  if (pull == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (ServicesTrial);
  self->trial = shy_pull_try (pull, cancellable);
  self->stream = choose_stream (service, wish->stream);
  self->service = g_steal_pointer (&service);
  self->description = g_steal_pointer (&description);

  return self;
}

gpointer
services_trial_compare_call (ServicesDesk  *desk,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  ServicesTrialWish      *wish = data;
  ShyServiceBook         *book = services_desk_get_book (desk);
  g_autoptr (ShyService) service = shy_service_book_load (book, wish->id, error);
  g_autoptr (ShyPull)    pull = NULL;
  ShySignMatch           match;
  char                   *sentence = NULL;

  if (service != NULL)
    pull = prepare_pull (book, service, choose_stream (service, wish->stream), cancellable, error);
  if (pull == NULL || !shy_trial_compare_sign (pull, &match, &sentence, cancellable, error))
    return NULL;

  return sentence;
}
