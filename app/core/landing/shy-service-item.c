/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-service-item.h"

#include "landing/shy-pull-history.h"
#include "landing/shy-schedule.h"

#include <string.h>

/**
 * ShyServiceItem:
 *
 * A connected service with its streams and notices as the database had them when it was read last,
 * and the pull that runs now. Of the thread that made it, later the main thread.
 */
struct _ShyServiceItem
{
  GObject          parent_instance;
  ShyServiceEntry *entry;    /* (owned) */
  GPtrArray       *streams;  /* (owned) of ShyStreamStatus */
  GPtrArray       *notices;  /* (owned) of ShyPullNotice */
  ShyServicePull  *pull;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyServiceItem, shy_service_item, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
changed_cb (ShyServiceItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
shy_service_item_finalize (GObject *object)
{
  ShyServiceItem *self = SHY_SERVICE_ITEM (object);

  g_clear_pointer (&self->entry, shy_service_entry_free);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_object (&self->pull);

  G_OBJECT_CLASS (shy_service_item_parent_class)->finalize (object);
}

static void
shy_service_item_class_init (ShyServiceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_service_item_finalize;

  /**
   * ShyServiceItem::changed:
   *
   * Something of it is another.
   */
  signals[CHANGED] = g_signal_new ("changed", SHY_TYPE_SERVICE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
shy_service_item_init (ShyServiceItem *self)
{
}

/* Moves the streams of a service out of those of all. */
static GPtrArray *
take_streams (GPtrArray *all, const char *service)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_stream_status_free);

  for (guint i = 0; i < all->len;)
    if (g_str_equal (((ShyStreamStatus *) all->pdata[i])->service, service))
      g_ptr_array_add (streams, g_ptr_array_steal_index (all, i));
    else
      i++;
  return streams;
}

static GPtrArray *
take_notices (GPtrArray *all, const char *service)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_pull_notice_free);

  for (guint i = 0; i < all->len;)
    if (g_str_equal (((ShyPullNotice *) all->pdata[i])->service, service))
      g_ptr_array_add (notices, g_ptr_array_steal_index (all, i));
    else
      i++;
  return notices;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const ShyServiceEntry *one = (*(ShyServiceItem *const *) a)->entry;
  const ShyServiceEntry *two = (*(ShyServiceItem *const *) b)->entry;
  int                    order = g_utf8_collate (one->title, two->title);

  return order != 0 ? order : strcmp (one->id, two->id);
}

/**
 * shy_service_item_list:
 * @book: the services
 * @error: return location for an error
 *
 * Reads all services. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type ShyServiceItem): the services by title, or %NULL
 *   with @error set
 */
GPtrArray *
shy_service_item_list (ShyServiceBook *book, GError **error)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (book, error);
  g_autoptr (GPtrArray) streams = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  GPtrArray            *items;

  if (entries != NULL)
    streams = shy_service_book_list_streams (book, NULL, error);
  if (streams != NULL)
    notices = shy_pull_history_list_notices (book, NULL, error);
  if (notices == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func (g_object_unref);
  while (entries->len > 0)
    {
      ShyServiceItem *self = g_object_new (SHY_TYPE_SERVICE_ITEM, NULL);

      self->entry = g_ptr_array_steal_index (entries, 0);
      self->streams = take_streams (streams, self->entry->id);
      self->notices = take_notices (notices, self->entry->id);
      g_ptr_array_add (items, self);
    }
  g_ptr_array_sort (items, compare);
  return items;
}

/**
 * shy_service_item_update:
 * @self: a service
 * @newer: the same service as it was read later
 *
 * Takes over what @newer holds. @newer is of no use then but to be dropped.
 */
void
shy_service_item_update (ShyServiceItem *self, ShyServiceItem *newer)
{
  ShyServiceEntry *entry;
  GPtrArray       *streams;
  GPtrArray       *notices;

  g_return_if_fail (SHY_IS_SERVICE_ITEM (self));
  g_return_if_fail (SHY_IS_SERVICE_ITEM (newer));

  entry = g_steal_pointer (&self->entry);
  streams = g_steal_pointer (&self->streams);
  notices = g_steal_pointer (&self->notices);
  self->entry = newer->entry;
  self->streams = newer->streams;
  self->notices = newer->notices;
  newer->entry = entry;
  newer->streams = streams;
  newer->notices = notices;
  changed_cb (self);
}

/**
 * shy_service_item_set_pull:
 * @self: a service
 * @pull: (nullable): the pull that runs, %NULL when it has finished
 */
void
shy_service_item_set_pull (ShyServiceItem *self, ShyServicePull *pull)
{
  g_return_if_fail (SHY_IS_SERVICE_ITEM (self));

  if (self->pull == pull)
    return;

  if (self->pull != NULL)
    g_signal_handlers_disconnect_by_data (self->pull, self);
  g_set_object (&self->pull, pull);
  if (pull != NULL)
    g_signal_connect_object (pull, "progressed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * shy_service_item_get_id:
 * @self: a service
 *
 * Returns: its id
 */
const char *
shy_service_item_get_id (ShyServiceItem *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  return self->entry->id;
}

/**
 * shy_service_item_get_entry: (skip)
 * @self: a service
 *
 * Returns: (transfer none): how it stands, until it is updated
 */
const ShyServiceEntry *
shy_service_item_get_entry (ShyServiceItem *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  return self->entry;
}

/**
 * shy_service_item_get_streams: (skip)
 * @self: a service
 *
 * Returns: (transfer none) (element-type ShyStreamStatus): how its streams stand, in the order of the
 *   description, until it is updated
 */
GPtrArray *
shy_service_item_get_streams (ShyServiceItem *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  return self->streams;
}

/**
 * shy_service_item_find_stream: (skip)
 * @self: a service
 * @name: the name of a stream
 *
 * Returns: (transfer none) (nullable): how the stream stands, %NULL if the service has none of the name
 */
const ShyStreamStatus *
shy_service_item_find_stream (ShyServiceItem *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (g_str_equal (stream->stream, name))
        return stream;
    }
  return NULL;
}

/**
 * shy_service_item_get_notices: (skip)
 * @self: a service
 *
 * Returns: (transfer none) (element-type ShyPullNotice): what was noticed of it and nobody has dismissed
 */
GPtrArray *
shy_service_item_get_notices (ShyServiceItem *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  return self->notices;
}

/**
 * shy_service_item_get_pull:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): the pull that runs
 */
ShyServicePull *
shy_service_item_get_pull (ShyServiceItem *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  return self->pull;
}

/**
 * shy_service_item_get_state:
 * @self: a service
 *
 * A description that cannot be read any more has no streams, only trouble.
 *
 * Returns: the worst that it needs a person for
 */
ShyServiceState
shy_service_item_get_state (ShyServiceItem *self)
{
  ShyServiceState worst = SHY_SERVICE_STATE_FINE;

  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), SHY_SERVICE_STATE_FINE);

  if (self->streams->len == 0 && self->entry->trouble != NULL)
    return SHY_SERVICE_STATE_TROUBLE;
  if (self->entry->last_success == NULL && self->entry->n_streams > 0)
    worst = SHY_SERVICE_STATE_NEW;
  for (guint i = 0; i < self->streams->len; i++)
    {
      ShyServiceState state = shy_stream_status_get_state (g_ptr_array_index (self->streams, i));

      /* One stream of several that was pulled is a copy. */
      if (state != SHY_SERVICE_STATE_NEW)
        worst = MIN (worst, state);
    }
  return worst;
}

/**
 * shy_service_item_dup_due:
 * @self: a service
 * @now: the moment now
 *
 * Says what the schedule asks for now, see shy_schedule_is_due().
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the streams that are due
 */
char **
shy_service_item_dup_due (ShyServiceItem *self, GDateTime *now)
{
  g_autoptr (GStrvBuilder) due = g_strv_builder_new ();

  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (shy_schedule_is_due (self->entry, stream, now))
        g_strv_builder_add (due, stream->stream);
    }
  return g_strv_builder_end (due);
}

static gboolean
contains (const char *text, const char *search)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, search) != NULL;
}

/**
 * shy_service_item_matches:
 * @self: a service
 * @search: what a person typed
 *
 * Returns: whether the title, the id or the title of a stream holds what is searched
 */
gboolean
shy_service_item_matches (ShyServiceItem *self, const char *search)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (SHY_IS_SERVICE_ITEM (self), FALSE);
  g_return_val_if_fail (search != NULL, FALSE);

  folded = g_utf8_casefold (search, -1);
  if (contains (self->entry->title, folded) || contains (self->entry->id, folded))
    return TRUE;
  for (guint i = 0; i < self->streams->len; i++)
    if (contains (((ShyStreamStatus *) self->streams->pdata[i])->title, folded))
      return TRUE;
  return FALSE;
}
