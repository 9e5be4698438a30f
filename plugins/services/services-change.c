/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-change.h"

#include "services-secrets.h"
#include "landing/shy-pull-history.h"

typedef struct
{
  ServicesChangeKind kind;
  char              *service;  /* (owned) (nullable) for a notice */
  char              *stream;   /* (owned) (nullable) */
  gint64             notice;
  ShyServiceOptions  options;  /* (owned texts) */
} Change;

void
services_options_copy (ShyServiceOptions       *target,
                       const ShyServiceOptions *source)
{
  *target = *source;
  target->url_base = g_strdup (source->url_base);
  target->licence_note = g_strdup (source->licence_note);
  target->expires_on = g_strdup (source->expires_on);
}

void
services_options_clear (ShyServiceOptions *self)
{
  g_clear_pointer (&self->url_base, g_free);
  g_clear_pointer (&self->licence_note, g_free);
  g_clear_pointer (&self->expires_on, g_free);
}

gboolean
services_options_equal (const ShyServiceOptions *one,
                        const ShyServiceOptions *two)
{
  return one->keep_sensitive == two->keep_sensitive && one->automatic == two->automatic &&
         one->from_minute == two->from_minute && one->to_minute == two->to_minute &&
         one->every_minutes == two->every_minutes && one->workdays_only == two->workdays_only &&
         g_strcmp0 (one->url_base, two->url_base) == 0 &&
         g_strcmp0 (one->licence_note, two->licence_note) == 0 &&
         g_strcmp0 (one->expires_on, two->expires_on) == 0;
}

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->service);
  g_free (self->stream);
  services_options_clear (&self->options);
  g_free (self);
}

/* Gives how many rows went, as a guint64, for those changes that delete some. */
static gpointer
change_call (ServicesDesk  *desk,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Change        *change = data;
  ShyServiceBook      *book = services_desk_get_book (desk);
  g_autofree guint64  *rows = g_new0 (guint64, 1);
  gboolean             done = FALSE;

  switch (change->kind)
    {
    case SERVICES_CHANGE_OPTIONS:
      done = shy_service_book_set_options (book, change->service, &change->options, error);
      break;
    case SERVICES_CHANGE_ACCEPT:
      done = shy_landing_accept (book, change->service, change->stream, error);
      break;
    case SERVICES_CHANGE_DISCARD:
      done = shy_landing_discard (book, change->service, change->stream, error);
      break;
    case SERVICES_CHANGE_DISMISS:
      done = shy_pull_history_dismiss (book, change->notice, error);
      break;
    case SERVICES_CHANGE_FORGET:
      done = shy_service_book_forget (book, change->service, rows, error);
      break;
    case SERVICES_CHANGE_REMOVE:
      done = services_secrets_forget (change->service, cancellable, error) &&
             shy_service_book_remove (book, change->service, error);
      break;
    default:
      g_assert_not_reached ();
    }

  return done ? g_steal_pointer (&rows) : NULL;
}

static void
run (ServicesDesk        *desk,
     Change              *change,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  services_desk_call_async (desk, change_call, change, change_free, g_free, cancellable, callback,
                            user_data);
}

/* services_change_async: what is about the whole service: SERVICES_CHANGE_FORGET and _REMOVE. */
void
services_change_async (ServicesDesk        *desk,
                       ServicesChangeKind   kind,
                       const char          *service,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  services_change_stream_async (desk, kind, service, NULL, cancellable, callback, user_data);
}

/* services_change_stream_async: what is about a stream: SERVICES_CHANGE_ACCEPT and _DISCARD. */
void
services_change_stream_async (ServicesDesk        *desk,
                              ServicesChangeKind   kind,
                              const char          *service,
                              const char          *stream,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Change *change = g_new0 (Change, 1);

  change->kind = kind;
  change->service = g_strdup (service);
  change->stream = g_strdup (stream);
  run (desk, change, cancellable, callback, user_data);
}

void
services_change_dismiss_async (ServicesDesk        *desk,
                               gint64               notice,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Change *change = g_new0 (Change, 1);

  change->kind = SERVICES_CHANGE_DISMISS;
  change->notice = notice;
  run (desk, change, cancellable, callback, user_data);
}

void
services_change_options_async (ServicesDesk            *desk,
                               const char              *service,
                               const ShyServiceOptions *options,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data)
{
  Change *change = g_new0 (Change, 1);

  change->kind = SERVICES_CHANGE_OPTIONS;
  change->service = g_strdup (service);
  services_options_copy (&change->options, options);
  run (desk, change, cancellable, callback, user_data);
}

/*
 * services_change_finish:
 * @rows: (out) (optional): how many rows SERVICES_CHANGE_FORGET has deleted
 */
gboolean
services_change_finish (ServicesDesk  *desk,
                        GAsyncResult  *result,
                        guint64       *rows,
                        GError       **error)
{
  g_autofree guint64 *deleted = services_desk_call_finish (desk, result, error);

  if (deleted != NULL && rows != NULL)
    *rows = *deleted;
  return deleted != NULL;
}
