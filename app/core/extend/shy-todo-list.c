/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-todo-list.h"

#include "shy-engine.h"

#include <glib/gi18n-lib.h>

/* What is under way: all plugins are asked at once. */
typedef struct
{
  GListModel *todos;    /* (unowned): the source of the task */
  GPtrArray  *answers;  /* (owned) of GListStore of ShyTodoItem, in the order of the plugins */
  guint       pending;  /* answers that are still to come */
} Collection;

static void
collection_free (gpointer data)
{
  Collection *collection = data;

  g_ptr_array_unref (collection->answers);
  g_free (collection);
}

/* The most pressing first; what is equally pressing in the order of the plugins. */
static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  ShyUrgency first = shy_todo_item_get_urgency ((gpointer) a);
  ShyUrgency second = shy_todo_item_get_urgency ((gpointer) b);

  return first == second ? 0 : first > second ? -1 : 1;
}

/* Whoever answers first must not stand first: the rows would change places from one day to the next. */
static GListStore *
get_answer (Collection *collection,
            ShyTodo    *todo)
{
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (collection->todos); i++)
    {
      g_autoptr (ShyTodo) other = g_list_model_get_item (collection->todos, i);

      if (other == todo)
        place = i;
    }

  return collection->answers->pdata[MIN (place, collection->answers->len - 1)];
}

static void
add_failure (GListStore   *answer,
             ShyTodo      *todo,
             const GError *error)
{
  ShyPlugin            *plugin = shy_engine_get_origin (G_OBJECT (todo));
  g_autoptr (ShyTodoItem) item = NULL;
  g_autofree char      *title = NULL;

  /* Translators: %s is the name of a plugin. */
  title = g_strdup_printf (_("“%s” could not say what waits"),
                           plugin != NULL ? shy_plugin_get_name (plugin) : "?");
  item = shy_todo_item_new_failure (title, error->message);
  g_list_store_append (answer, item);
}

static void
take_all (GListStore *items,
          GListModel *answer)
{
  for (guint i = 0; i < g_list_model_get_n_items (answer); i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (answer, i);

      g_list_store_append (items, item);
    }
}

static void
finish_one (GTask *task)
{
  Collection *collection = g_task_get_task_data (task);
  GListStore *items;

  if (--collection->pending > 0)
    return;

  items = g_list_store_new (SHY_TYPE_TODO_ITEM);
  for (guint i = 0; i < collection->answers->len; i++)
    take_all (items, collection->answers->pdata[i]);
  g_list_store_sort (items, compare_items, NULL);
  g_task_return_pointer (task, items, g_object_unref);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)      task = user_data;
  Collection            *collection = g_task_get_task_data (task);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GListModel) items = shy_todo_load_finish (SHY_TODO (source), result, &error);

  if (items == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_failure (get_answer (collection, SHY_TODO (source)), SHY_TODO (source), error);
  if (items != NULL)
    take_all (get_answer (collection, SHY_TODO (source)), items);

  finish_one (task);
}

/**
 * shy_todo_list_load_async:
 * @todos: a list of #ShyTodo, as the engine makes it
 * @context: the database and the counties looked at
 * @cancellable: (nullable): gives up when it is cancelled
 * @callback: (scope async): called when all have answered
 * @user_data: data for @callback
 *
 * Asks every plugin what waits for the person. One that fails is an item of its own that says why,
 * so that the others are shown.
 */
void
shy_todo_list_load_async (GListModel          *todos,
                          ShyContext          *context,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Collection       *collection;
  guint             n;

  g_return_if_fail (G_IS_LIST_MODEL (todos));
  g_return_if_fail (SHY_IS_CONTEXT (context));

  task = g_task_new (todos, cancellable, callback, user_data);
  g_task_set_source_tag (task, shy_todo_list_load_async);

  n = g_list_model_get_n_items (todos);
  collection = g_new0 (Collection, 1);
  collection->todos = todos;
  collection->answers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MAX (n, 1); i++)
    g_ptr_array_add (collection->answers, g_list_store_new (SHY_TYPE_TODO_ITEM));
  collection->pending = n + 1;
  g_task_set_task_data (task, collection, collection_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyTodo) todo = g_list_model_get_item (todos, i);

      shy_todo_load_async (todo, context, cancellable, loaded_cb, g_object_ref (task));
    }

  finish_one (task);
}

/**
 * shy_todo_list_load_finish:
 * @todos: a list of #ShyTodo
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): a list of #ShyTodoItem, the most pressing first, or %NULL with @error
 *   set when it was cancelled
 */
GListModel *
shy_todo_list_load_finish (GListModel    *todos,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, todos), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
