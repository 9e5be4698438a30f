/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-pulls.h"

/**
 * ShyServicePulls:
 *
 * The pulls that run in this program, one a service, so that whoever shows or starts one knows of
 * those of others. The threads of the pulls work on the database: none outlives the list.
 */
struct _ShyServicePulls
{
  GObject    parent_instance;
  GPtrArray *running;  /* (owned) of ShyServicePull */
  GPtrArray *waiting;  /* (owned) of Wish: what was asked for while another of its service ran */
};

/* A pull that begins when the running one of its service has ended. */
typedef struct
{
  ShyServiceBook       *book;      /* (owned) */
  char                 *service;   /* (owned) */
  char                **streams;   /* (owned) (nullable): all of them */
  ShyServicePullFlags   flags;
  gboolean              survives;  /* it was asked for after the running one was cancelled */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_object_unref (self->book);
  g_free (self->service);
  g_strfreev (self->streams);
  g_free (self);
}

G_DEFINE_FINAL_TYPE (ShyServicePulls, shy_service_pulls, G_TYPE_OBJECT)

enum { STARTED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
shy_service_pulls_finalize (GObject *object)
{
  ShyServicePulls *self = SHY_SERVICE_PULLS (object);

  shy_service_pulls_cancel_all (self);
  for (guint i = 0; i < self->running->len; i++)
    shy_service_pull_wait (g_ptr_array_index (self->running, i));
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (shy_service_pulls_parent_class)->finalize (object);
}

static void
shy_service_pulls_class_init (ShyServicePullsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_service_pulls_finalize;

  /**
   * ShyServicePulls::started:
   * @self: the pulls that run
   * @pull: the pull
   *
   * A pull has begun.
   */
  signals[STARTED] = g_signal_new ("started", SHY_TYPE_SERVICE_PULLS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, SHY_TYPE_SERVICE_PULL);
  /**
   * ShyServicePulls::finished:
   * @self: the pulls that run
   * @pull: the pull
   *
   * A pull has ended, well or not.
   */
  signals[FINISHED] = g_signal_new ("finished", SHY_TYPE_SERVICE_PULLS, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, SHY_TYPE_SERVICE_PULL);
}

static void
shy_service_pulls_init (ShyServicePulls *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (wish_free);
}

/**
 * shy_service_pulls_new:
 *
 * Returns: (transfer full): a list of nothing that runs
 */
ShyServicePulls *
shy_service_pulls_new (void)
{
  return g_object_new (SHY_TYPE_SERVICE_PULLS, NULL);
}

static Wish *
find_wish (ShyServicePulls *self,
           const char      *service)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      Wish *wish = g_ptr_array_index (self->waiting, i);

      if (g_str_equal (wish->service, service))
        return wish;
    }

  return NULL;
}

/* Two wishes become one that does what both ask for. */
static void
wait_for (ShyServicePulls     *self,
          ShyServiceBook      *book,
          ShyServicePull      *pull,
          const char *const   *streams,
          ShyServicePullFlags  flags)
{
  Wish *wish = find_wish (self, shy_service_pull_get_service (pull));

  if (wish == NULL)
    {
      wish = g_new0 (Wish, 1);
      wish->book = g_object_ref (book);
      wish->service = g_strdup (shy_service_pull_get_service (pull));
      wish->streams = g_strdupv ((char **) streams);
      g_ptr_array_add (self->waiting, wish);
    }
  else if (wish->streams == NULL || streams == NULL ||
           !g_strv_equal ((const char *const *) wish->streams, streams))
    {
      g_clear_pointer (&wish->streams, g_strfreev);
    }
  wish->flags |= flags;
  wish->survives = shy_service_pull_is_cancelled (pull);
}

/* Whoever cancels a pull does not want the one behind it, unless it was asked for afterwards. */
static void
start_waiting (ShyServicePulls *self,
               ShyServicePull  *ended)
{
  Wish  *wish = find_wish (self, shy_service_pull_get_service (ended));
  guint  index;

  if (wish == NULL)
    return;
  g_ptr_array_find (self->waiting, wish, &index);
  wish = g_ptr_array_steal_index (self->waiting, index);
  if (wish->survives || !shy_service_pull_is_cancelled (ended))
    shy_service_pulls_start (self, wish->book, wish->service, (const char *const *) wish->streams,
                          wish->flags);
  wish_free (wish);
}

static void
finished_cb (ShyServicePulls *self,
             ShyServicePull  *pull)
{
  g_autoptr (ShyServicePull) kept = g_object_ref (pull);

  shy_service_pull_wait (pull);
  g_ptr_array_remove (self->running, pull);
  g_signal_emit (self, signals[FINISHED], 0, kept);
  start_waiting (self, kept);
}

/**
 * shy_service_pulls_start:
 * @self: the pulls that run
 * @book: the services
 * @service: the id of a service
 * @streams: (nullable) (array zero-terminated=1): the names of streams, %NULL for all of them
 * @flags: what is asked for
 *
 * Begins a pull. While another of this service runs, gives that one; if it does not do what is asked
 * for, as when all rows are wanted in full, the new one begins when it has ended, unless the running
 * one is cancelled behind this.
 *
 * Returns: (transfer none): the pull that runs
 */
ShyServicePull *
shy_service_pulls_start (ShyServicePulls     *self,
                         ShyServiceBook      *book,
                         const char          *service,
                         const char *const   *streams,
                         ShyServicePullFlags  flags)
{
  ShyServicePull *pull;

  g_return_val_if_fail (SHY_IS_SERVICE_PULLS (self), NULL);
  g_return_val_if_fail (service != NULL, NULL);

  pull = shy_service_pulls_find (self, service);
  if (pull != NULL)
    {
      if (!shy_service_pull_covers (pull, streams, flags))
        wait_for (self, book, pull, streams, flags);
      return pull;
    }

  pull = shy_service_pull_start (book, service, streams, flags);
  g_ptr_array_add (self->running, pull);
  g_signal_connect_object (pull, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[STARTED], 0, pull);
  return pull;
}

/**
 * shy_service_pulls_find:
 * @self: the pulls that run
 * @service: the id of a service
 *
 * Returns: (transfer none) (nullable): the pull of the service, %NULL where none runs
 */
ShyServicePull *
shy_service_pulls_find (ShyServicePulls *self,
                        const char      *service)
{
  g_return_val_if_fail (SHY_IS_SERVICE_PULLS (self), NULL);

  for (guint i = 0; i < self->running->len; i++)
    {
      ShyServicePull *pull = g_ptr_array_index (self->running, i);

      if (g_str_equal (shy_service_pull_get_service (pull), service))
        return pull;
    }

  return NULL;
}

/**
 * shy_service_pulls_cancel_all:
 * @self: the pulls that run
 *
 * Asks every pull to end, and forgets what was to begin behind them. Does not wait.
 */
void
shy_service_pulls_cancel_all (ShyServicePulls *self)
{
  g_return_if_fail (SHY_IS_SERVICE_PULLS (self));

  g_ptr_array_set_size (self->waiting, 0);
  for (guint i = 0; i < self->running->len; i++)
    shy_service_pull_cancel (g_ptr_array_index (self->running, i));
}
