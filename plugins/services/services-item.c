/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-item.h"

#include <string.h>

struct _ServicesItem
{
  GObject          parent_instance;
  ShyServiceEntry *entry;    /* (owned) */
  GPtrArray       *streams;  /* (owned) of ShyStreamStatus */
  GPtrArray       *notices;  /* (owned) of ShyPullNotice */
  ServicesPull    *pull;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ServicesItem, services_item, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
changed_cb (ServicesItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
services_item_finalize (GObject *object)
{
  ServicesItem *self = SERVICES_ITEM (object);

  g_clear_pointer (&self->entry, shy_service_entry_free);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_object (&self->pull);

  G_OBJECT_CLASS (services_item_parent_class)->finalize (object);
}

static void
services_item_class_init (ServicesItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", SERVICES_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
services_item_init (ServicesItem *self)
{
}

/* services_item_new: takes over all, @streams of ShyStreamStatus, @notices of ShyPullNotice. */
ServicesItem *
services_item_new (ShyServiceEntry *entry,
                   GPtrArray       *streams,
                   GPtrArray       *notices)
{
  ServicesItem *self = g_object_new (SERVICES_TYPE_ITEM, NULL);

  self->entry = entry;
  self->streams = streams;
  self->notices = notices;
  return self;
}

/* services_item_update: takes over what @newer holds of the same service; @newer is of no use then
 * but to be dropped. */
void
services_item_update (ServicesItem *self,
                      ServicesItem *newer)
{
  ShyServiceEntry *entry = self->entry;
  GPtrArray       *streams = self->streams;
  GPtrArray       *notices = self->notices;

  g_return_if_fail (SERVICES_IS_ITEM (self));
  g_return_if_fail (SERVICES_IS_ITEM (newer));

  self->entry = newer->entry;
  self->streams = newer->streams;
  self->notices = newer->notices;
  newer->entry = entry;
  newer->streams = streams;
  newer->notices = notices;
  changed_cb (self);
}

/* services_item_set_pull: names the pull that runs; NULL when it has finished. */
void
services_item_set_pull (ServicesItem *self,
                        ServicesPull *pull)
{
  g_return_if_fail (SERVICES_IS_ITEM (self));

  if (self->pull == pull)
    return;

  if (self->pull != NULL)
    g_signal_handlers_disconnect_by_data (self->pull, self);
  g_set_object (&self->pull, pull);
  if (pull != NULL)
    g_signal_connect_object (pull, "progressed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

const char *
services_item_get_id (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  return self->entry->id;
}

const ShyServiceEntry *
services_item_get_entry (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  return self->entry;
}

GPtrArray *
services_item_get_streams (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  return self->streams;
}

/* services_item_find_stream: the stream of this name, or NULL. */
const ShyStreamStatus *
services_item_find_stream (ServicesItem *self,
                           const char   *name)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (g_str_equal (stream->stream, name))
        return stream;
    }

  return NULL;
}

GPtrArray *
services_item_get_notices (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  return self->notices;
}

ServicesPull *
services_item_get_pull (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), NULL);

  return self->pull;
}

static gboolean
is_held (ServicesItem *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (stream->held)
        return TRUE;
    }

  return FALSE;
}

/* A description that cannot be read any more has no streams, only trouble. */
static gboolean
has_failed (ServicesItem *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (stream->failures > 0 && !stream->held)
        return TRUE;
    }

  return self->streams->len == 0 && self->entry->trouble != NULL;
}

ServicesState
services_item_get_state (ServicesItem *self)
{
  g_return_val_if_fail (SERVICES_IS_ITEM (self), SERVICES_STATE_FINE);

  if (has_failed (self))
    return SERVICES_STATE_TROUBLE;
  if (is_held (self))
    return SERVICES_STATE_HELD;
  if (self->entry->last_success == NULL && self->entry->n_streams > 0)
    return SERVICES_STATE_NEW;

  return SERVICES_STATE_FINE;
}

static gboolean
contains (const char *text,
          const char *search)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, search) != NULL;
}

/* services_item_matches: whether the title, the id or a stream's title holds what is searched. */
gboolean
services_item_matches (ServicesItem *self,
                       const char   *search)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (SERVICES_IS_ITEM (self), FALSE);
  g_return_val_if_fail (search != NULL, FALSE);

  folded = g_utf8_casefold (search, -1);
  if (contains (self->entry->title, folded) || contains (self->entry->id, folded))
    return TRUE;

  for (guint i = 0; i < self->streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (self->streams, i);

      if (contains (stream->title, folded))
        return TRUE;
    }

  return FALSE;
}
