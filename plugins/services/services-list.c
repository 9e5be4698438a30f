/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-list.h"

/* How often what another program did, and what is old by now, is read again, in seconds. */
#define EVERY 60

struct _ServicesList
{
  GObject       parent_instance;
  ShyContext   *context;      /* (owned) */
  GPtrArray    *items;        /* (owned) of ShyServiceItem, by title */
  GCancellable *cancellable;  /* (owned) cancelled in dispose */
  char         *message;      /* (owned) (nullable) */
  guint         timer;        /* source */
  gboolean      loaded;
  gboolean      loading;
  gboolean      stale;        /* something changed while it was being read */
};

static GType
get_item_type (GListModel *model)
{
  return SHY_TYPE_SERVICE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SERVICES_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  ServicesList *self = SERVICES_LIST (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesList, services_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gpointer
read_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return shy_service_item_list (book, error);
}

static gboolean
has_same_services (GPtrArray *one,
                   GPtrArray *two)
{
  if (one->len != two->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (!g_str_equal (shy_service_item_get_id (g_ptr_array_index (one, i)),
                      shy_service_item_get_id (g_ptr_array_index (two, i))))
      return FALSE;

  return TRUE;
}

/* Items that are there stay the same objects: whoever shows one goes on showing it. */
static void
take_items (ServicesList *self,
            GPtrArray    *items)
{
  guint    before = self->items->len;
  gboolean same = has_same_services (self->items, items);

  for (guint i = 0; i < items->len; i++)
    {
      ShyServiceItem  *item = g_ptr_array_index (items, i);
      ShyServiceItem  *known = services_list_find (self, shy_service_item_get_id (item));
      ShyServicePulls *pulls = services_get_pulls (self->context);

      if (known != NULL)
        {
          shy_service_item_update (known, item);
          items->pdata[i] = g_object_ref (known);
          g_object_unref (item);
        }
      else
        shy_service_item_set_pull (
          item, shy_service_pulls_find (pulls, shy_service_item_get_id (item)));
    }

  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  if (!same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, items->len);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (ServicesList) self = data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GPtrArray)     items = NULL;

  items = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  self->loaded = TRUE;
  g_free (self->message);
  self->message = error != NULL ? g_strdup (error->message) : NULL;
  if (items != NULL)
    take_items (self, items);
  g_signal_emit (self, signals[LOADED], 0);
  if (self->stale)
    services_list_reload (self);
}

static gboolean
timer_cb (gpointer data)
{
  services_list_reload (data);
  return G_SOURCE_CONTINUE;
}

static void
pull_changed_cb (ServicesList   *self,
                 ShyServicePull *pull)
{
  ShyServiceItem *item = services_list_find (self, shy_service_pull_get_service (pull));

  if (item != NULL)
    shy_service_item_set_pull (item, shy_service_pull_is_running (pull) ? pull : NULL);
}

static void
services_list_dispose (GObject *object)
{
  ServicesList *self = SERVICES_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_list_parent_class)->dispose (object);
}

static void
services_list_finalize (GObject *object)
{
  ServicesList *self = SERVICES_LIST (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->items);
  g_free (self->message);

  G_OBJECT_CLASS (services_list_parent_class)->finalize (object);
}

static void
services_list_class_init (ServicesListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = services_list_dispose;
  object_class->finalize = services_list_finalize;

  /* ServicesList::loaded: it was read, or could not be. */
  signals[LOADED] = g_signal_new ("loaded", SERVICES_TYPE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
services_list_init (ServicesList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/* services_list_new: it begins to read at once. */
ServicesList *
services_list_new (ShyContext *context)
{
  ServicesList *self;
  ShyServicePulls *pulls;

  g_return_val_if_fail (SHY_IS_CONTEXT (context), NULL);

  self = g_object_new (SERVICES_TYPE_LIST, NULL);
  self->context = g_object_ref (context);
  pulls = services_get_pulls (context);
  g_signal_connect_object (pulls, "started", G_CALLBACK (pull_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pulls, "finished", G_CALLBACK (pull_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC,
                           G_CALLBACK (services_list_reload), self, G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds (EVERY, timer_cb, self);
  services_list_reload (self);
  return self;
}

/* services_list_reload: reads again, once for all that changes until then. */
void
services_list_reload (ServicesList *self)
{
  g_return_if_fail (SERVICES_IS_LIST (self));

  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  services_run_async (self->context, read_call, NULL, NULL,
                      (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb,
                      g_object_ref (self));
}

/* services_list_is_loaded: whether it was read once, well or not. */
gboolean
services_list_is_loaded (ServicesList *self)
{
  g_return_val_if_fail (SERVICES_IS_LIST (self), FALSE);

  return self->loaded;
}

/* services_list_get_error: why it could not be read, or NULL. */
const char *
services_list_get_error (ServicesList *self)
{
  g_return_val_if_fail (SERVICES_IS_LIST (self), NULL);

  return self->message;
}

/* services_list_find: the service of this id, transfer none, or NULL. */
ShyServiceItem *
services_list_find (ServicesList *self,
                    const char   *id)
{
  g_return_val_if_fail (SERVICES_IS_LIST (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      ShyServiceItem *item = g_ptr_array_index (self->items, i);

      if (g_str_equal (shy_service_item_get_id (item), id))
        return item;
    }

  return NULL;
}
