/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-pulls.h"

struct _ServicesPulls
{
  GObject    parent_instance;
  GPtrArray *running;  /* (owned) of ServicesPull */
  GPtrArray *waiting;  /* (owned) of Wish: what was asked for while another of its service ran */
};

/* A pull that begins when the running one of its service has ended. */
typedef struct
{
  ShyServiceBook    *book;    /* (owned) */
  char              *service; /* (owned) */
  char             **streams; /* (owned) (nullable): all of them */
  ServicesPullFlags  flags;
  gboolean           survives; /* it was asked for after the running one was cancelled */
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

G_DEFINE_FINAL_TYPE (ServicesPulls, services_pulls, G_TYPE_OBJECT)

enum { STARTED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The threads work on the database: none outlives the list. */
static void
services_pulls_finalize (GObject *object)
{
  ServicesPulls *self = SERVICES_PULLS (object);

  services_pulls_cancel_all (self);
  for (guint i = 0; i < self->running->len; i++)
    services_pull_wait (g_ptr_array_index (self->running, i));
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (services_pulls_parent_class)->finalize (object);
}

static void
services_pulls_class_init (ServicesPullsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_pulls_finalize;

  signals[STARTED] = g_signal_new ("started", SERVICES_TYPE_PULLS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, SERVICES_TYPE_PULL);
  signals[FINISHED] = g_signal_new ("finished", SERVICES_TYPE_PULLS, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, SERVICES_TYPE_PULL);
}

static void
services_pulls_init (ServicesPulls *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (wish_free);
}

ServicesPulls *
services_pulls_new (void)
{
  return g_object_new (SERVICES_TYPE_PULLS, NULL);
}

static Wish *
find_wish (ServicesPulls *self,
           const char    *service)
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
wait_for (ServicesPulls      *self,
          ShyServiceBook     *book,
          ServicesPull       *pull,
          const char *const  *streams,
          ServicesPullFlags   flags)
{
  Wish *wish = find_wish (self, services_pull_get_service (pull));

  if (wish == NULL)
    {
      wish = g_new0 (Wish, 1);
      wish->book = g_object_ref (book);
      wish->service = g_strdup (services_pull_get_service (pull));
      wish->streams = g_strdupv ((char **) streams);
      g_ptr_array_add (self->waiting, wish);
    }
  else if (wish->streams == NULL || streams == NULL ||
           !g_strv_equal ((const char *const *) wish->streams, streams))
    {
      g_clear_pointer (&wish->streams, g_strfreev);
    }
  wish->flags |= flags;
  wish->survives = services_pull_is_cancelled (pull);
}

/* Whoever cancels a pull does not want the one behind it, unless it was asked for afterwards. */
static void
start_waiting (ServicesPulls *self,
               ServicesPull  *ended)
{
  Wish  *wish = find_wish (self, services_pull_get_service (ended));
  guint  index;

  if (wish == NULL)
    return;
  g_ptr_array_find (self->waiting, wish, &index);
  wish = g_ptr_array_steal_index (self->waiting, index);
  if (wish->survives || !services_pull_is_cancelled (ended))
    services_pulls_start (self, wish->book, wish->service, (const char *const *) wish->streams,
                          wish->flags);
  wish_free (wish);
}

static void
finished_cb (ServicesPulls *self,
             ServicesPull  *pull)
{
  g_autoptr (ServicesPull) kept = g_object_ref (pull);

  services_pull_wait (pull);
  g_ptr_array_remove (self->running, pull);
  g_signal_emit (self, signals[FINISHED], 0, kept);
  start_waiting (self, kept);
}

/*
 * services_pulls_start:
 * @streams: (nullable) (array zero-terminated=1): the names of streams, or NULL for all of them
 *
 * Begins a pull. While another of this service runs, gives that one; if it does not do what is asked
 * for, as when all rows are wanted in full, the new one begins when it has ended. Transfer none.
 */
ServicesPull *
services_pulls_start (ServicesPulls      *self,
                      ShyServiceBook     *book,
                      const char         *service,
                      const char *const  *streams,
                      ServicesPullFlags   flags)
{
  ServicesPull *pull;

  g_return_val_if_fail (SERVICES_IS_PULLS (self), NULL);
  g_return_val_if_fail (service != NULL, NULL);

  pull = services_pulls_find (self, service);
  if (pull != NULL)
    {
      if (!services_pull_covers (pull, streams, flags))
        wait_for (self, book, pull, streams, flags);
      return pull;
    }

  pull = services_pull_start (book, service, streams, flags);
  g_ptr_array_add (self->running, pull);
  g_signal_connect_object (pull, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[STARTED], 0, pull);
  return pull;
}

/* services_pulls_find: the pull of a service that runs, transfer none, or NULL. */
ServicesPull *
services_pulls_find (ServicesPulls *self,
                     const char    *service)
{
  g_return_val_if_fail (SERVICES_IS_PULLS (self), NULL);

  for (guint i = 0; i < self->running->len; i++)
    {
      ServicesPull *pull = g_ptr_array_index (self->running, i);

      if (g_str_equal (services_pull_get_service (pull), service))
        return pull;
    }

  return NULL;
}

/* services_pulls_cancel_all: asks every pull to end; does not wait. */
void
services_pulls_cancel_all (ServicesPulls *self)
{
  g_return_if_fail (SERVICES_IS_PULLS (self));

  g_ptr_array_set_size (self->waiting, 0);
  for (guint i = 0; i < self->running->len; i++)
    services_pull_cancel (g_ptr_array_index (self->running, i));
}
