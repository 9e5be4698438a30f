/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-change.h"

static ServicesChange *
change_copy (const ServicesChange *source)
{
  ServicesChange *self = g_new (ServicesChange, 1);

  *self = *source;
  self->service = g_strdup (source->service);
  self->stream = g_strdup (source->stream);
  shy_service_options_copy (&self->options, &source->options);
  return self;
}

static void
change_free (gpointer data)
{
  ServicesChange *self = data;

  g_free ((char *) self->service);
  g_free ((char *) self->stream);
  shy_service_options_clear (&self->options);
  g_free (self);
}

/* Gives how many rows went, as a guint64, for those changes that delete some. */
static gpointer
change_call (ShyServiceBook  *book,
             gpointer         data,
             GCancellable    *cancellable,
             GError         **error)
{
  const ServicesChange *change = data;
  g_autofree guint64   *rows = g_new0 (guint64, 1);
  gboolean              done = FALSE;

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
      done = shy_service_book_disconnect (book, change->service, cancellable, error);
      break;
    default:
      g_assert_not_reached ();
    }

  return done ? g_steal_pointer (&rows) : NULL;
}

void
services_change_async (ShyContext           *context,
                       const ServicesChange *change,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  services_run_async (context, change_call, change_copy (change), change_free, g_free,
                      cancellable, callback, user_data);
}

/*
 * services_change_finish:
 * @rows: (out) (optional): how many rows SERVICES_CHANGE_FORGET has deleted
 */
gboolean
services_change_finish (ShyContext    *context,
                        GAsyncResult  *result,
                        guint64       *rows,
                        GError       **error)
{
  g_autofree guint64 *deleted = shy_context_run_finish (context, result, error);

  if (deleted != NULL && rows != NULL)
    *rows = *deleted;
  return deleted != NULL;
}
