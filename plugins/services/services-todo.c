/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "services-todo.h"

#include "services-work.h"

#include <glib/gi18n-lib.h>

/* From how many days before its end on an agreement is reminded of. */
#define REMIND_DAYS 30

struct _ServicesTodo
{
  GObject     parent_instance;
  ShyContext *context; /* (owned) (nullable): whose changes are heard */
};

static void todo_iface_init (ShyTodoInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesTodo, services_todo, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
services_todo_dispose (GObject *object)
{
  g_clear_object (&SERVICES_TODO (object)->context);

  G_OBJECT_CLASS (services_todo_parent_class)->dispose (object);
}

static void
services_todo_class_init (ServicesTodoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = services_todo_dispose;
}

static void
services_todo_init (ServicesTodo *self)
{
}

/* The services of one concern; the first is named, and opened where it is the only one. */
typedef struct
{
  guint        count;
  const char  *id;
  const char  *title;
  const char  *reason;  /* (nullable) */
  ShyUrgency   urgency;
} Concern;

static void
note (Concern               *concern,
      const ShyServiceEntry *entry,
      const char            *reason,
      ShyUrgency             urgency)
{
  if (concern->count++ == 0)
    {
      concern->id = entry->id;
      concern->title = entry->title;
      concern->reason = reason;
    }
  concern->urgency = MAX (concern->urgency, urgency);
}

static void
add_item (GListStore    *items,
          const Concern *concern,
          const char    *title,
          const char    *otherwise)
{
  g_autofree char          *detail = NULL;
  g_autoptr (ShyTodoItem)   item = NULL;
  const char               *reason = concern->reason != NULL ? concern->reason : otherwise;

  if (concern->count == 0)
    return;

  /* Translators: a service, and what is wrong with it. */
  detail = g_strdup_printf (_("%s: %s"), concern->title, reason);
  item = shy_todo_item_new (title, detail, concern->count, concern->urgency, SERVICES_PAGE_ID,
                            concern->count == 1 ? concern->id : NULL);
  g_list_store_append (items, item);
}

static GListModel *
make_items (GPtrArray *services)
{
  GListStore           *items = g_list_store_new (SHY_TYPE_TODO_ITEM);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Concern               trouble = { 0 }, held = { 0 }, stale = { 0 }, ending = { 0 };

  for (guint i = 0; i < services->len; i++)
    {
      ShyServiceItem          *service = g_ptr_array_index (services, i);
      const ShyServiceEntry *entry = shy_service_item_get_entry (service);
      ShyServiceState          state = shy_service_item_get_state (service);
      int                    days;

      if (state == SHY_SERVICE_STATE_TROUBLE)
        note (&trouble, entry, entry->trouble, SHY_URGENCY_NORMAL);
      else if (state == SHY_SERVICE_STATE_HELD)
        note (&held, entry, entry->trouble, SHY_URGENCY_NORMAL);
      if (shy_service_entry_is_stale (entry, now))
        note (&stale, entry, NULL, SHY_URGENCY_NORMAL);
      if (shy_service_options_days_left (&entry->options, now, &days) && days <= REMIND_DAYS)
        note (&ending, entry, NULL, days < 0 ? SHY_URGENCY_OVERDUE : SHY_URGENCY_SOON);
    }

  add_item (items, &held, _("Pulls that wait for your decision"),
            _("What came looks unlike what was there before."));
  add_item (items, &trouble, _("Data services in trouble"), _("The last pull failed."));
  add_item (items, &stale, _("Data services with old data"),
            _("Nothing was pulled well for longer than its schedule allows."));
  add_item (items, &ending, _("Agreements with data services that end"),
            _("Renew it with the service, and note the new day in its options."));
  return G_LIST_MODEL (items);
}

static gpointer
list_work (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (GPtrArray) services = shy_service_item_list (book, error);

  return services != NULL ? make_items (services) : NULL;
}

static void
hear_changes (ServicesTodo *self,
              ShyContext   *context)
{
  if (g_set_object (&self->context, context))
    g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC,
                             G_CALLBACK (shy_todo_emit_changed), self, G_CONNECT_SWAPPED);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;
  GListModel       *items;

  items = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (items != NULL)
    g_task_return_pointer (task, items, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
load_async (ShyTodo             *todo,
            ShyContext          *context,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (todo, cancellable, callback, user_data);

  g_task_set_source_tag (task, load_async);
  hear_changes (SERVICES_TODO (todo), context);

  /* To ask what waits is no reason to make a database. */
  if (!shy_context_exists (context))
    g_task_return_pointer (task, g_list_store_new (SHY_TYPE_TODO_ITEM), g_object_unref);
  else
    services_run_async (context, list_work, NULL, NULL, g_object_unref, cancellable, listed_cb,
                        g_object_ref (task));
}

static GListModel *
load_finish (ShyTodo       *todo,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
todo_iface_init (ShyTodoInterface *iface)
{
  iface->load_async = load_async;
  iface->load_finish = load_finish;
}
