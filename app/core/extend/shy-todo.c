/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-todo.h"

#include "shy-engine.h"

/**
 * ShyTodoItem:
 *
 * One thing that waits for the person: how many, how pressing, and the page that opens it.
 */
struct _ShyTodoItem
{
  GObject     parent_instance;
  char       *title;    /* (owned) translated */
  char       *detail;   /* (owned) (nullable) translated */
  char       *page;     /* (owned) (nullable) id of a ShyPage */
  char       *target;   /* (owned) (nullable) what that page opens */
  guint       count;    /* things of this kind */
  ShyUrgency  urgency;
  gboolean    failed;   /* it could not be found out what waits */
};

G_DEFINE_FINAL_TYPE (ShyTodoItem, shy_todo_item, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (ShyTodo, shy_todo, G_TYPE_OBJECT)

static guint changed_signal;

static void
shy_todo_item_finalize (GObject *object)
{
  ShyTodoItem *self = SHY_TODO_ITEM (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->page);
  g_free (self->target);

  G_OBJECT_CLASS (shy_todo_item_parent_class)->finalize (object);
}

static void
shy_todo_item_class_init (ShyTodoItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_todo_item_finalize;
}

static void
shy_todo_item_init (ShyTodoItem *self)
{
}

static void
shy_todo_default_init (ShyTodoInterface *iface)
{
  /**
   * ShyTodo::changed:
   * @self: a to-do
   *
   * What waits may be different now.
   */
  changed_signal = g_signal_new ("changed", SHY_TYPE_TODO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

/**
 * shy_todo_item_new:
 * @title: what waits, translated
 * @detail: (nullable): a second line, translated
 * @count: how many wait
 * @urgency: how pressing it is
 * @page: (nullable): the id of the page that opens it
 * @target: (nullable): what that page shows, in words of its own
 *
 * Returns: (transfer full): an item
 */
ShyTodoItem *
shy_todo_item_new (const char *title,
                   const char *detail,
                   guint       count,
                   ShyUrgency  urgency,
                   const char *page,
                   const char *target)
{
  ShyTodoItem *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (SHY_TYPE_TODO_ITEM, NULL);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->count = count;
  self->urgency = urgency;
  self->page = g_strdup (page);
  self->target = g_strdup (target);

  return self;
}

/**
 * shy_todo_item_new_failure:
 * @title: who could not say what waits, translated
 * @reason: why, translated
 *
 * Returns: (transfer full): an item that stands for those that could not be read
 */
ShyTodoItem *
shy_todo_item_new_failure (const char *title,
                           const char *reason)
{
  ShyTodoItem *self = shy_todo_item_new (title, reason, 0, SHY_URGENCY_SOON, NULL, NULL);

  g_return_val_if_fail (self != NULL, NULL);

  self->failed = TRUE;
  return self;
}

/**
 * shy_todo_item_is_failure:
 * @self: an item
 *
 * Returns: whether it stands for items that could not be read; its detail says why
 */
gboolean
shy_todo_item_is_failure (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), FALSE);

  return self->failed;
}

/**
 * shy_todo_item_get_title:
 * @self: an item
 *
 * Returns: what waits, translated
 */
const char *
shy_todo_item_get_title (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), NULL);

  return self->title;
}

/**
 * shy_todo_item_get_detail:
 * @self: an item
 *
 * Returns: (nullable): a second line, translated
 */
const char *
shy_todo_item_get_detail (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), NULL);

  return self->detail;
}

/**
 * shy_todo_item_get_count:
 * @self: an item
 *
 * Returns: how many wait
 */
guint
shy_todo_item_get_count (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), 0);

  return self->count;
}

/**
 * shy_todo_item_get_urgency:
 * @self: an item
 *
 * Returns: how pressing it is
 */
ShyUrgency
shy_todo_item_get_urgency (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), SHY_URGENCY_NORMAL);

  return self->urgency;
}

/**
 * shy_todo_item_get_page:
 * @self: an item
 *
 * Returns: (nullable): the id of the page that opens it
 */
const char *
shy_todo_item_get_page (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), NULL);

  return self->page;
}

/**
 * shy_todo_item_get_target:
 * @self: an item
 *
 * Returns: (nullable): what that page shows, in words of its own
 */
const char *
shy_todo_item_get_target (ShyTodoItem *self)
{
  g_return_val_if_fail (SHY_IS_TODO_ITEM (self), NULL);

  return self->target;
}

/**
 * shy_todo_load_async:
 * @self: a to-do
 * @context: the database and the counties looked at
 * @cancellable: (nullable): gives up when it is cancelled
 * @callback: (scope async): called when done
 * @user_data: data for @callback
 *
 * Finds out what waits.
 */
void
shy_todo_load_async (ShyTodo             *self,
                     ShyContext          *context,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  ShyPlugin *origin;

  g_return_if_fail (SHY_IS_TODO (self));
  g_return_if_fail (SHY_IS_CONTEXT (context));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  /* The start page asks each plugin at once. */
  origin = shy_engine_get_origin (G_OBJECT (self));
  shy_plugin_enter (origin);
  SHY_TODO_GET_IFACE (self)->load_async (self, context, cancellable, callback, user_data);
  shy_plugin_leave (origin);
}

/**
 * shy_todo_load_finish:
 * @self: a to-do
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): a list of #ShyTodoItem, or %NULL with @error set
 */
GListModel *
shy_todo_load_finish (ShyTodo       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (SHY_IS_TODO (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  return SHY_TODO_GET_IFACE (self)->load_finish (self, result, error);
}

/**
 * shy_todo_emit_changed:
 * @self: a to-do
 *
 * Says that what waits may be different now.
 */
void
shy_todo_emit_changed (ShyTodo *self)
{
  g_return_if_fail (SHY_IS_TODO (self));

  g_signal_emit (self, changed_signal, 0);
}
