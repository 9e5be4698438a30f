/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-scheduler.h"

/* Bureaux begin work at the same minute: each waits up to this many seconds, so that the gateway is
 * not asked by all at once. */
#define SPREAD 45

/**
 * ShyServiceScheduler:
 *
 * Pulls what is due while a window is open, each time that it is told to look. A sample service is
 * pulled at once when it is there.
 */
struct _ShyServiceScheduler
{
  GObject          parent_instance;
  ShyServicePulls *pulls;    /* (owned) */
  GListModel      *items;    /* (owned) of ShyServiceItem */
  ShyServiceBook  *book;     /* (owned) (nullable) until it looks */
  GHashTable      *waiting;  /* (owned): id of a service → source that will pull it */
};

G_DEFINE_FINAL_TYPE (ShyServiceScheduler, shy_service_scheduler, G_TYPE_OBJECT)

static void
drop_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
shy_service_scheduler_dispose (GObject *object)
{
  ShyServiceScheduler *self = SHY_SERVICE_SCHEDULER (object);

  g_hash_table_remove_all (self->waiting);
  g_clear_object (&self->items);
  g_clear_object (&self->pulls);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (shy_service_scheduler_parent_class)->dispose (object);
}

static void
shy_service_scheduler_finalize (GObject *object)
{
  g_hash_table_unref (SHY_SERVICE_SCHEDULER (object)->waiting);

  G_OBJECT_CLASS (shy_service_scheduler_parent_class)->finalize (object);
}

static void
shy_service_scheduler_class_init (ShyServiceSchedulerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = shy_service_scheduler_dispose;
  object_class->finalize = shy_service_scheduler_finalize;
}

static void
shy_service_scheduler_init (ShyServiceScheduler *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_source);
}

/**
 * shy_service_scheduler_new:
 * @pulls: the pulls that run
 * @items: the services, of #ShyServiceItem
 *
 * Returns: (transfer full): a scheduler that has not looked yet
 */
ShyServiceScheduler *
shy_service_scheduler_new (ShyServicePulls *pulls, GListModel *items)
{
  ShyServiceScheduler *self;

  g_return_val_if_fail (SHY_IS_SERVICE_PULLS (pulls), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);

  self = g_object_new (SHY_TYPE_SERVICE_SCHEDULER, NULL);
  self->pulls = g_object_ref (pulls);
  self->items = g_object_ref (items);
  return self;
}

static char **
find_due (ShyServiceItem *item)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return shy_service_item_dup_due (item, now);
}

/* What is due now is pulled, which may be nothing: while it waited a person may have been faster. */
static void
pull (ShyServiceScheduler *self, ShyServiceItem *item)
{
  g_auto (GStrv) due = find_due (item);

  if (due[0] != NULL)
    shy_service_pulls_start (self->pulls, self->book, shy_service_item_get_id (item),
                             (const char *const *) due, SHY_SERVICE_PULL_AUTOMATIC);
}

typedef struct
{
  ShyServiceScheduler *self;
  char                *id;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->id);
  g_free (wait);
}

/* The service may have been removed meanwhile. */
static gboolean
waited_cb (gpointer data)
{
  Wait                *wait = data;
  ShyServiceScheduler *self = wait->self;

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (ShyServiceItem) item = g_list_model_get_item (self->items, i);

      if (g_str_equal (shy_service_item_get_id (item), wait->id))
        pull (self, item);
    }
  g_hash_table_remove (self->waiting, wait->id);
  return G_SOURCE_REMOVE;
}

static void
wait_a_little (ShyServiceScheduler *self, const char *id)
{
  GSource *source;
  Wait    *wait;

  if (g_hash_table_contains (self->waiting, id))
    return;

  wait = g_new (Wait, 1);
  wait->self = self;
  wait->id = g_strdup (id);
  source = g_timeout_source_new_seconds ((guint) g_random_int_range (0, SPREAD));
  g_source_set_callback (source, waited_cb, wait, wait_free);
  g_source_attach (source, NULL);
  g_hash_table_insert (self->waiting, g_strdup (id), source);
}

/**
 * shy_service_scheduler_check:
 * @self: a scheduler
 * @book: the services
 *
 * Looks what is due, and pulls it in the next minute.
 */
void
shy_service_scheduler_check (ShyServiceScheduler *self, ShyServiceBook *book)
{
  g_return_if_fail (SHY_IS_SERVICE_SCHEDULER (self));
  g_return_if_fail (SHY_IS_SERVICE_BOOK (book));

  g_set_object (&self->book, book);
  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (ShyServiceItem) item = g_list_model_get_item (self->items, i);
      g_auto (GStrv)             due = find_due (item);

      if (due[0] == NULL)
        continue;
      if (shy_service_item_get_entry (item)->sample)
        pull (self, item);
      else
        wait_a_little (self, shy_service_item_get_id (item));
    }
}
