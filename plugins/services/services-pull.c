/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-pull.h"

#include "services-secrets.h"

/* What the pulling thread tells the main thread. */
typedef struct
{
  char              *title;  /* (owned) (nullable) */
  ShyLandingProgress progress;
} News;

struct _ServicesPull
{
  GObject             parent_instance;
  ShyServiceBook     *book;         /* (owned) */
  char               *service;      /* (owned) */
  char              **streams;      /* (owned) (nullable): all of them */
  ServicesPullFlags   flags;
  GCancellable       *cancellable;  /* (owned) */
  GThread            *thread;       /* (owned) (nullable) once it was waited for */

  GMutex              mutex;        /* guards news and told */
  News                news;
  gboolean            told;         /* whether the main thread has been told of news */

  /* Of the main thread. */
  gboolean            running;
  News                shown;

  /* Of the pulling thread, until it has finished. */
  GPtrArray          *outcomes;     /* (owned) of ServicesPullOutcome */
  GError             *error;        /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ServicesPull, services_pull, G_TYPE_OBJECT)

enum { PROGRESSED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
outcome_free (gpointer data)
{
  ServicesPullOutcome *self = data;

  g_free (self->stream);
  g_free (self->title);
  g_free (self->reason);
  g_free (self);
}

static void
services_pull_finalize (GObject *object)
{
  ServicesPull *self = SERVICES_PULL (object);

  g_clear_pointer (&self->thread, g_thread_unref);
  g_clear_object (&self->book);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->service);
  g_strfreev (self->streams);
  g_free (self->news.title);
  g_free (self->shown.title);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (services_pull_parent_class)->finalize (object);
}

static void
services_pull_class_init (ServicesPullClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_pull_finalize;

  signals[PROGRESSED] = g_signal_new ("progressed", SERVICES_TYPE_PULL, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", SERVICES_TYPE_PULL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
services_pull_init (ServicesPull *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->outcomes = g_ptr_array_new_with_free_func (outcome_free);
  self->running = TRUE;
  self->news.progress = (ShyLandingProgress) { .total = -1, .seconds_left = -1 };
  self->shown.progress = self->news.progress;
}

/* On the main thread: takes over what the pulling thread told last. */
static gboolean
show_news_cb (gpointer data)
{
  ServicesPull *self = data;

  g_mutex_lock (&self->mutex);
  g_free (self->shown.title);
  self->shown = self->news;
  self->shown.title = g_strdup (self->news.title);
  self->told = FALSE;
  g_mutex_unlock (&self->mutex);

  if (self->running)
    g_signal_emit (self, signals[PROGRESSED], 0);
  return G_SOURCE_REMOVE;
}

/* On the pulling thread. Locks; the caller has not. */
static void
tell_news (ServicesPull             *self,
           const char               *title,
           const ShyLandingProgress *progress)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (title != NULL)
    {
      g_free (self->news.title);
      self->news.title = g_strdup (title);
      self->news.progress = (ShyLandingProgress) { .total = -1, .seconds_left = -1 };
    }
  if (progress != NULL)
    self->news.progress = *progress;

  if (!self->told)
    {
      self->told = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT, show_news_cb, g_object_ref (self), g_object_unref);
    }
}

static void
progress_cb (const ShyLandingProgress *progress,
             gpointer                  data)
{
  tell_news (data, NULL, progress);
}

/* A failure belongs to its stream: the next one may still go well. */
static void
pull_stream (ServicesPull           *self,
             const ShyServiceStream *stream,
             ShySecrets             *secrets)
{
  const char                  *name = shy_service_stream_get_name (stream);
  const char                  *title = shy_service_stream_get_title (stream);
  ServicesPullOutcome         *outcome = g_new0 (ServicesPullOutcome, 1);
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (GError)           error = NULL;

  outcome->stream = g_strdup (name);
  outcome->title = g_strdup (title != NULL ? title : name);
  g_ptr_array_add (self->outcomes, outcome);
  tell_news (self, outcome->title, NULL);

  landing = shy_landing_new (self->book, self->service, name, secrets, &error);
  if (landing != NULL)
    {
      shy_landing_set_full (landing, (self->flags & SERVICES_PULL_FULL) != 0);
      shy_landing_set_progress (landing, progress_cb, self);
      result = shy_landing_run (landing, self->cancellable, &error);
    }

  if (result != NULL)
    {
      outcome->outcome = result->outcome;
      outcome->rows = result->rows;
      outcome->reason = g_strdup (result->reason);
      return;
    }

  outcome->outcome = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                       ? SHY_PULL_CANCELLED : SHY_PULL_FAILED;
  outcome->reason = g_strdup (error->message);
}

static gboolean
is_wanted (ServicesPull *self,
           const char   *stream)
{
  return self->streams == NULL || g_strv_contains ((const char *const *) self->streams, stream);
}

static void
pull_service (ServicesPull *self)
{
  g_autoptr (ShyService) service = NULL;
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  service = shy_service_book_load (self->book, self->service, &self->error);
  if (service == NULL || !shy_service_book_unlock (self->book, self->service, secrets,
                                                   self->cancellable, &self->error))
    return;

  for (guint i = 0; i < shy_service_get_n_streams (service); i++)
    {
      const ShyServiceStream *stream = shy_service_get_stream (service, i);

      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (is_wanted (self, shy_service_stream_get_name (stream)))
        pull_stream (self, stream, secrets);
    }
}

static gboolean
finished_cb (gpointer data)
{
  ServicesPull *self = data;

  self->running = FALSE;
  g_signal_emit (self, signals[FINISHED], 0);
  return G_SOURCE_REMOVE;
}

static gpointer
pull_thread (gpointer data)
{
  ServicesPull *self = data;

  shy_landing_give_way ();
  pull_service (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, finished_cb, self, g_object_unref);
  return NULL;
}

/*
 * services_pull_start:
 * @streams: (nullable) (array zero-terminated=1): the names of streams, or NULL for all of them
 *
 * Begins a pull; it goes on until it has finished or is cancelled, whoever keeps it.
 */
ServicesPull *
services_pull_start (ShyServiceBook     *book,
                     const char         *service,
                     const char *const  *streams,
                     ServicesPullFlags   flags)
{
  ServicesPull *self = g_object_new (SERVICES_TYPE_PULL, NULL);

  self->book = g_object_ref (book);
  self->service = g_strdup (service);
  self->streams = g_strdupv ((char **) streams);
  self->flags = flags;
  self->thread = g_thread_new ("services-pull", pull_thread, g_object_ref (self));
  return self;
}

/* services_pull_cancel: asks it to end; it finishes as soon as its request and its page allow. */
void
services_pull_cancel (ServicesPull *self)
{
  g_return_if_fail (SERVICES_IS_PULL (self));

  g_cancellable_cancel (self->cancellable);
}

/* services_pull_wait: waits for its thread to end. Only where nothing more is shown: it blocks. */
void
services_pull_wait (ServicesPull *self)
{
  g_return_if_fail (SERVICES_IS_PULL (self));

  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

static gboolean
is_covered (ServicesPull       *self,
            const char *const  *streams)
{
  if (self->streams == NULL)
    return TRUE;
  for (gsize i = 0; streams != NULL && streams[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->streams, streams[i]))
      return FALSE;

  return streams != NULL;
}

/* services_pull_covers: whether it does all that one of @streams with @flags would do. */
gboolean
services_pull_covers (ServicesPull       *self,
                      const char *const  *streams,
                      ServicesPullFlags   flags)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), FALSE);

  return !services_pull_is_cancelled (self) && is_covered (self, streams) &&
         (flags & SERVICES_PULL_FULL & ~self->flags) == 0;
}

const char *
services_pull_get_service (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), NULL);

  return self->service;
}

ServicesPullFlags
services_pull_get_flags (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), SERVICES_PULL_NORMAL);

  return self->flags;
}

gboolean
services_pull_is_running (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), FALSE);

  return self->running;
}

gboolean
services_pull_is_cancelled (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), FALSE);

  return g_cancellable_is_cancelled (self->cancellable);
}

const char *
services_pull_get_title (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), NULL);

  return self->shown.title;
}

const ShyLandingProgress *
services_pull_get_progress (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), NULL);

  return &self->shown.progress;
}

GPtrArray *
services_pull_get_outcomes (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), NULL);
  g_return_val_if_fail (!self->running, NULL);

  return self->outcomes;
}

const GError *
services_pull_get_error (ServicesPull *self)
{
  g_return_val_if_fail (SERVICES_IS_PULL (self), NULL);
  g_return_val_if_fail (!self->running, NULL);

  return self->error;
}
