/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-pull-private.h"

/**
 * ShyPull:
 *
 * One run that asks a service for all rows of a stream and hands them to a sink, page by page. An
 * object runs once.
 */
G_DEFINE_FINAL_TYPE (ShyPull, shy_pull, G_TYPE_OBJECT)

static void
shy_pull_finalize (GObject *object)
{
  ShyPull *self = SHY_PULL (object);

  g_clear_object (&self->service);
  g_clear_object (&self->secrets);
  g_clear_object (&self->state);
  g_free (self->url_base);
  g_strfreev (self->kept);

  G_OBJECT_CLASS (shy_pull_parent_class)->finalize (object);
}

static void
shy_pull_class_init (ShyPullClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_pull_finalize;
}

static void
shy_pull_init (ShyPull *self)
{
}

/**
 * shy_pull_new: (skip)
 * @service: a service
 * @stream: one of its streams
 * @secrets: the values the service needs
 * @state: (nullable): where the last pull ended; changed by the run
 *
 * Returns: (transfer full): a pull that has not begun
 */
ShyPull *
shy_pull_new (ShyService             *service,
              const ShyServiceStream *stream,
              ShySecrets             *secrets,
              ShyPullState           *state)
{
  ShyPull *self;

  g_return_val_if_fail (SHY_IS_SERVICE (service), NULL);
  g_return_val_if_fail (stream != NULL, NULL);
  g_return_val_if_fail (SHY_IS_SECRETS (secrets), NULL);

  self = g_object_new (SHY_TYPE_PULL, NULL);
  self->service = g_object_ref (service);
  self->stream = stream;
  self->secrets = g_object_ref (secrets);
  self->state = state != NULL ? g_object_ref (state) : shy_pull_state_new ();
  return self;
}

/**
 * shy_pull_set_keep_sensitive:
 * @self: a pull that has not begun
 * @keep: whether rows hold the values of all sensitive fields
 *
 * Fields about persons are null otherwise, but for those that shy_pull_set_kept_fields() names.
 */
void
shy_pull_set_keep_sensitive (ShyPull *self, gboolean keep)
{
  g_return_if_fail (SHY_IS_PULL (self));
  self->keep_sensitive = keep;
}

/**
 * shy_pull_set_kept_fields:
 * @self: a pull that has not begun
 * @names: (nullable) (array zero-terminated=1): names of sensitive fields, see
 *   #ShyField.sensitive
 *
 * Rows hold the values of these, whatever becomes of other fields about persons.
 */
void
shy_pull_set_kept_fields (ShyPull *self, const char *const *names)
{
  g_return_if_fail (SHY_IS_PULL (self));

  g_strfreev (self->kept);
  self->kept = g_strdupv ((char **) names);
}

/**
 * shy_pull_set_url_base:
 * @self: a pull that has not begun
 * @url_base: (nullable): the address to ask instead of the description's
 *
 * A bureau behind a front-end of its own network asks there.
 */
void
shy_pull_set_url_base (ShyPull *self, const char *url_base)
{
  g_return_if_fail (SHY_IS_PULL (self));

  g_free (self->url_base);
  self->url_base = g_strdup (url_base);
}

/**
 * shy_pull_set_max_pages:
 * @self: a pull that has not begun
 * @pages: how many pages at most, 0 for as many as the description allows
 *
 * A pull that ends for this is not complete.
 */
void
shy_pull_set_max_pages (ShyPull *self, guint pages)
{
  g_return_if_fail (SHY_IS_PULL (self));
  self->max_pages = pages;
}

/* Has @trace told what happens, in the thread that runs the pull. */
void
shy_pull_set_trace (ShyPull *self, ShyTraceFunc trace, gpointer data)
{
  self->trace = trace;
  self->trace_data = data;
}

/* Begins a conversation for the pull, if all it needs is set. */
ShyExchange *
shy_pull_open (ShyPull *self, GCancellable *cancellable, GError **error)
{
  ShyExchange *exchange;

  if (!shy_exchange_check (self->service, self->secrets, self->url_base, error))
    return NULL;
  exchange = shy_exchange_new (self->service, self->secrets, self->url_base);
  exchange->cancellable = cancellable;
  exchange->fixed = self->fixed;
  exchange->trace = self->trace;
  exchange->trace_data = self->trace_data;
  exchange->stream = self->stream->requester;
  exchange->skew = self->state->skew;
  return exchange;
}

/**
 * shy_pull_run: (skip)
 * @self: a pull
 * @sink: where rows go
 * @data: for @sink
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Runs the pull in this thread and blocks it until the end.
 *
 * Errors: %SHY_ERROR_UNREACHABLE where trying later may help, %SHY_ERROR_REFUSED with what the
 * service said, %SHY_ERROR_INVALID, %SHY_ERROR_LIMIT, %G_IO_ERROR_CANCELLED, and what @sink gives.
 *
 * Returns: (transfer full): what was done, or %NULL with @error set
 */
ShyPullReport *
shy_pull_run (ShyPull           *self,
              const ShyPullSink *sink,
              gpointer           data,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr (ShyExchange) exchange = NULL;

  g_return_val_if_fail (SHY_IS_PULL (self), NULL);
  g_return_val_if_fail (sink != NULL, NULL);

  exchange = shy_pull_open (self, cancellable, error);
  if (exchange == NULL)
    return NULL;
  return shy_pull_run_with (self, exchange, sink, data, error);
}
