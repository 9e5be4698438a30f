/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-pull.h"

/* What the pulling thread tells the main thread. */
typedef struct
{
  char               *title;  /* (owned) (nullable) */
  ShyLandingProgress  progress;
} News;

/**
 * ShyServicePull:
 *
 * A pull of a service: some of its streams, or all, one after the other, on a thread of its own. It
 * goes on until it has finished or is cancelled, whoever keeps it. All functions are for the main
 * thread.
 */
struct _ShyServicePull
{
  GObject               parent_instance;
  ShyServiceBook       *book;         /* (owned) */
  char                 *service;      /* (owned) */
  char                **streams;      /* (owned) (nullable): all of them */
  ShyServicePullFlags   flags;
  GCancellable         *cancellable;  /* (owned) */
  GThread              *thread;       /* (owned) (nullable) once it was waited for */

  GMutex   mutex;  /* guards news and told */
  News     news;
  gboolean told;   /* whether the main thread has been told of news */

  /* Of the main thread. */
  gboolean running;
  News     shown;

  /* Of the pulling thread, until it has finished. */
  GPtrArray *outcomes;  /* (owned) of ShyServicePullOutcome */
  GError    *error;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyServicePull, shy_service_pull, G_TYPE_OBJECT)

enum { PROGRESSED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
outcome_free (gpointer data)
{
  ShyServicePullOutcome *self = data;

  g_free (self->stream);
  g_free (self->title);
  g_free (self->reason);
  g_free (self);
}

static void
shy_service_pull_finalize (GObject *object)
{
  ShyServicePull *self = SHY_SERVICE_PULL (object);

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

  G_OBJECT_CLASS (shy_service_pull_parent_class)->finalize (object);
}

static void
shy_service_pull_class_init (ShyServicePullClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_service_pull_finalize;

  /**
   * ShyServicePull::progressed:
   *
   * It is further; at most ten times a second.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", SHY_TYPE_SERVICE_PULL, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ShyServicePull::finished:
   *
   * It has ended, well or not. Once.
   */
  signals[FINISHED] = g_signal_new ("finished", SHY_TYPE_SERVICE_PULL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
shy_service_pull_init (ShyServicePull *self)
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
  ShyServicePull *self = data;

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
tell_news (ShyServicePull           *self,
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
pull_stream (ShyServicePull         *self,
             const ShyServiceStream *stream,
             ShySecrets             *secrets)
{
  const char                   *name = shy_service_stream_get_name (stream);
  const char                   *title = shy_service_stream_get_title (stream);
  ShyServicePullOutcome        *outcome = g_new0 (ShyServicePullOutcome, 1);
  g_autoptr (ShyLandingResult)  result = NULL;
  g_autoptr (ShyLanding)        landing = NULL;
  g_autoptr (GError)            error = NULL;

  outcome->stream = g_strdup (name);
  outcome->title = g_strdup (title != NULL ? title : name);
  g_ptr_array_add (self->outcomes, outcome);
  tell_news (self, outcome->title, NULL);

  landing = shy_landing_new (self->book, self->service, name, secrets, &error);
  if (landing != NULL)
    {
      shy_landing_set_full (landing, (self->flags & SHY_SERVICE_PULL_FULL) != 0);
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
is_wanted (ShyServicePull *self,
           const char     *stream)
{
  return self->streams == NULL || g_strv_contains ((const char *const *) self->streams, stream);
}

static void
pull_service (ShyServicePull *self)
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
  ShyServicePull *self = data;

  self->running = FALSE;
  g_signal_emit (self, signals[FINISHED], 0);
  return G_SOURCE_REMOVE;
}

static gpointer
pull_thread (gpointer data)
{
  ShyServicePull *self = data;

  shy_landing_give_way ();
  pull_service (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, finished_cb, self, g_object_unref);
  return NULL;
}

/**
 * shy_service_pull_start:
 * @book: the services
 * @service: the id of a service
 * @streams: (nullable) (array zero-terminated=1): the names of streams, %NULL for all of them
 * @flags: what is asked for
 *
 * Begins a pull.
 *
 * Returns: (transfer full): the pull
 */
ShyServicePull *
shy_service_pull_start (ShyServiceBook      *book,
                        const char          *service,
                        const char *const   *streams,
                        ShyServicePullFlags  flags)
{
  ShyServicePull *self;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), NULL);
  g_return_val_if_fail (service != NULL, NULL);

  self = g_object_new (SHY_TYPE_SERVICE_PULL, NULL);
  self->book = g_object_ref (book);
  self->service = g_strdup (service);
  self->streams = g_strdupv ((char **) streams);
  self->flags = flags;
  self->thread = g_thread_new ("services-pull", pull_thread, g_object_ref (self));
  return self;
}

/**
 * shy_service_pull_cancel:
 * @self: a pull
 *
 * Asks it to end. It finishes as soon as its request and its page allow.
 */
void
shy_service_pull_cancel (ShyServicePull *self)
{
  g_return_if_fail (SHY_IS_SERVICE_PULL (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * shy_service_pull_wait:
 * @self: a pull
 *
 * Waits for its thread to end. Blocks, so it is for where nothing more is shown.
 */
void
shy_service_pull_wait (ShyServicePull *self)
{
  g_return_if_fail (SHY_IS_SERVICE_PULL (self));

  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

static gboolean
is_covered (ShyServicePull    *self,
            const char *const *streams)
{
  if (self->streams == NULL)
    return TRUE;
  for (gsize i = 0; streams != NULL && streams[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->streams, streams[i]))
      return FALSE;

  return streams != NULL;
}

/**
 * shy_service_pull_covers:
 * @self: a pull
 * @streams: (nullable) (array zero-terminated=1): the names of streams, %NULL for all of them
 * @flags: what is asked for
 *
 * Returns: whether it does all that one of @streams with @flags would do
 */
gboolean
shy_service_pull_covers (ShyServicePull      *self,
                         const char *const   *streams,
                         ShyServicePullFlags  flags)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), FALSE);

  return !shy_service_pull_is_cancelled (self) && is_covered (self, streams) &&
         (flags & SHY_SERVICE_PULL_FULL & ~self->flags) == 0;
}

/**
 * shy_service_pull_get_service:
 * @self: a pull
 *
 * Returns: the id of its service
 */
const char *
shy_service_pull_get_service (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), NULL);

  return self->service;
}

/**
 * shy_service_pull_get_flags:
 * @self: a pull
 *
 * Returns: what it was asked to do
 */
ShyServicePullFlags
shy_service_pull_get_flags (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), SHY_SERVICE_PULL_NORMAL);

  return self->flags;
}

/**
 * shy_service_pull_is_running:
 * @self: a pull
 *
 * Returns: whether it has not finished
 */
gboolean
shy_service_pull_is_running (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), FALSE);

  return self->running;
}

/**
 * shy_service_pull_is_cancelled:
 * @self: a pull
 *
 * Returns: whether it was asked to end
 */
gboolean
shy_service_pull_is_cancelled (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), FALSE);

  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * shy_service_pull_get_title:
 * @self: a pull
 *
 * Returns: (nullable): the title of the stream that is being pulled, %NULL before the first
 */
const char *
shy_service_pull_get_title (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), NULL);

  return self->shown.title;
}

/**
 * shy_service_pull_get_progress: (skip)
 * @self: a pull
 *
 * Returns: (transfer none): how far it is with that stream
 */
const ShyLandingProgress *
shy_service_pull_get_progress (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), NULL);

  return &self->shown.progress;
}

/**
 * shy_service_pull_get_outcomes: (skip)
 * @self: a pull that has finished
 *
 * Returns: (transfer none) (element-type ShyServicePullOutcome): how its streams ended, in their order
 */
GPtrArray *
shy_service_pull_get_outcomes (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), NULL);
  g_return_val_if_fail (!self->running, NULL);

  return self->outcomes;
}

/**
 * shy_service_pull_get_error:
 * @self: a pull that has finished
 *
 * Returns: (transfer none) (nullable): why not even a stream could be begun, %NULL where one was
 */
const GError *
shy_service_pull_get_error (ShyServicePull *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULL (self), NULL);
  g_return_val_if_fail (!self->running, NULL);

  return self->error;
}
