/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-todo.h"

#include "policies-updates.h"

#include <glib/gi18n-lib.h>

/* The updates that wait, among what waits. */
struct _PoliciesTodo
{
  GObject     parent_instance;
  ShyContext *context; /* (owned) (nullable): whose changes are heard */
};

static void todo_iface_init (ShyTodoInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PoliciesTodo, policies_todo, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
policies_todo_dispose (GObject *object)
{
  g_clear_object (&POLICIES_TODO (object)->context);

  G_OBJECT_CLASS (policies_todo_parent_class)->dispose (object);
}

static void
policies_todo_class_init (PoliciesTodoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = policies_todo_dispose;
}

static void
policies_todo_init (PoliciesTodo *self)
{
}

static GListModel *
make_items (guint n_updates)
{
  GListStore             *items = g_list_store_new (SHY_TYPE_TODO_ITEM);
  g_autoptr (ShyTodoItem) item = NULL;

  if (n_updates == 0)
    return G_LIST_MODEL (items);

  item = shy_todo_item_new (_("Updates of policies and the calendar"),
                            _("Read what changes, then accept or discard it."), n_updates,
                            SHY_URGENCY_NORMAL, POLICIES_PAGE_ID, POLICIES_UPDATES_TARGET);
  g_list_store_append (items, item);
  return G_LIST_MODEL (items);
}

/* What services bring arrives with their rows. */
static void
hear_changes (PoliciesTodo *self,
              ShyContext   *context)
{
  static const char *const topics[] = { "changed::" SHY_UPDATES_TOPIC, "changed::" SHY_SERVICES_TOPIC };

  if (!g_set_object (&self->context, context))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    g_signal_connect_object (context, topics[i], G_CALLBACK (shy_todo_emit_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;
  guint             n_updates;

  if (!policies_updates_count_finish (SHY_CONTEXT (source), result, &n_updates, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, make_items (n_updates), g_object_unref);
}

static void
load_async (ShyTodo             *todo,
            ShyContext          *context,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (todo, cancellable, callback, user_data);

  g_task_set_source_tag (task, load_async);
  hear_changes (POLICIES_TODO (todo), context);
  policies_updates_count_async (context, cancellable, counted_cb, task);
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
