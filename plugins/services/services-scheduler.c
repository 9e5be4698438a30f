/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-scheduler.h"

/* Bureaux begin work at the same minute: each waits up to this many seconds, so that the gateway is
 * not asked by all at once. */
#define SPREAD 45

struct _ServicesScheduler
{
  GObject        parent_instance;
  ServicesDesk  *desk;     /* (owned) */
  ServicesBoard *board;    /* (owned) */
  GHashTable    *waiting;  /* (owned): id of a service → source that will pull it */
};

G_DEFINE_FINAL_TYPE (ServicesScheduler, services_scheduler, G_TYPE_OBJECT)

static void
drop_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
services_scheduler_dispose (GObject *object)
{
  ServicesScheduler *self = SERVICES_SCHEDULER (object);

  g_hash_table_remove_all (self->waiting);
  g_clear_object (&self->board);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (services_scheduler_parent_class)->dispose (object);
}

static void
services_scheduler_finalize (GObject *object)
{
  g_hash_table_unref (SERVICES_SCHEDULER (object)->waiting);

  G_OBJECT_CLASS (services_scheduler_parent_class)->finalize (object);
}

static void
services_scheduler_class_init (ServicesSchedulerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = services_scheduler_dispose;
  object_class->finalize = services_scheduler_finalize;
}

static void
services_scheduler_init (ServicesScheduler *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_source);
}

gboolean
services_scheduler_is_due (const ShyServiceEntry *entry,
                           const ShyStreamStatus *stream,
                           GDateTime             *now)
{
  g_autoptr (GDateTime) when = NULL;

  if (!entry->options.automatic || stream->pulling || stream->held)
    return FALSE;
  if (entry->sample && stream->last_attempt == NULL)
    return TRUE;
  if (stream->next_pull == NULL)
    return FALSE;

  when = g_date_time_new_from_iso8601 (stream->next_pull, NULL);
  return when != NULL && g_date_time_compare (when, now) <= 0;
}

static char **
find_due (ServicesItem *item)
{
  g_autoptr (GStrvBuilder) due = g_strv_builder_new ();
  g_autoptr (GDateTime)    now = g_date_time_new_now_utc ();
  GPtrArray               *streams = services_item_get_streams (item);

  for (guint i = 0; i < streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (streams, i);

      if (services_scheduler_is_due (services_item_get_entry (item), stream, now))
        g_strv_builder_add (due, stream->stream);
    }

  return g_strv_builder_end (due);
}

/* The wait is over: what is due now is pulled, which may be nothing, for a person was faster. */
static void
pull (ServicesScheduler *self,
      ServicesItem      *item)
{
  g_auto (GStrv) due = find_due (item);

  if (due[0] != NULL)
    services_pulls_start (services_desk_get_pulls (self->desk),
                          services_desk_get_book (self->desk), services_item_get_id (item),
                          (const char *const *) due, SERVICES_PULL_AUTOMATIC);
}

typedef struct
{
  ServicesScheduler *self;  /* (unowned): it drops the source that has this */
  char              *id;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->id);
  g_free (wait);
}

static gboolean
waited_cb (gpointer data)
{
  Wait         *wait = data;
  ServicesItem *item = services_board_find (wait->self->board, wait->id);

  if (item != NULL)
    pull (wait->self, item);
  g_hash_table_remove (wait->self->waiting, wait->id);
  return G_SOURCE_REMOVE;
}

static void
wait_a_little (ServicesScheduler *self,
               const char        *id)
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

static void
loaded_cb (ServicesScheduler *self)
{
  GListModel *items = G_LIST_MODEL (self->board);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ServicesItem) item = g_list_model_get_item (items, i);
      g_auto (GStrv)           due = find_due (item);

      if (due[0] == NULL)
        continue;
      if (services_item_get_entry (item)->sample)
        pull (self, item);
      else
        wait_a_little (self, services_item_get_id (item));
    }
}

ServicesScheduler *
services_scheduler_new (ServicesDesk  *desk,
                        ServicesBoard *board)
{
  ServicesScheduler *self = g_object_new (SERVICES_TYPE_SCHEDULER, NULL);

  self->desk = g_object_ref (desk);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return self;
}
