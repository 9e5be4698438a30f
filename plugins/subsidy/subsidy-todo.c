/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-todo.h"

#include "subsidy-dataset.h"
#include "subsidy-list.h"

#include <glib/gi18n-lib.h>

/*
 * SubsidyTodo:
 *
 * Says how many applications wait for a person or for materials, in the counties looked at.
 */
struct _SubsidyTodo
{
  GObject   parent_instance;
  ShyStore *store; /* (owned) (nullable): kept to hear of changes */
};

static void todo_iface_init (ShyTodoInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyTodo, subsidy_todo, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
subsidy_todo_dispose (GObject *object)
{
  g_clear_object (&SUBSIDY_TODO (object)->store);

  G_OBJECT_CLASS (subsidy_todo_parent_class)->dispose (object);
}

static void
subsidy_todo_class_init (SubsidyTodoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = subsidy_todo_dispose;
}

static void
subsidy_todo_init (SubsidyTodo *self)
{
}

static void
add_item (GListStore     *items,
          const char     *title,
          const char     *detail,
          guint           count,
          SubsidyOutcome  outcome)
{
  g_autoptr (ShyTodoItem) item = NULL;

  if (count == 0)
    return;

  /* The page opens at the outcome that is named. */
  item = shy_todo_item_new (title, detail, count, SHY_URGENCY_NORMAL, SUBSIDY_PAGE_ID,
                            subsidy_outcome_to_word (outcome));
  g_list_store_append (items, item);
}

static GListModel *
make_items (const SubsidyTotals *totals)
{
  GListStore *items = g_list_store_new (SHY_TYPE_TODO_ITEM);

  add_item (items, _("Applications that need a person"),
            _("The policy leaves something open that somebody must decide."),
            totals->of[SUBSIDY_PERSON], SUBSIDY_PERSON);
  add_item (items, _("Applications with materials missing"),
            _("Ask the applicants for what is missing, then enter it."),
            totals->of[SUBSIDY_MATERIALS], SUBSIDY_MATERIALS);
  return G_LIST_MODEL (items);
}

static void
changed_cb (ShyTodo *self)
{
  shy_todo_emit_changed (self);
}

static void
hear_changes (SubsidyTodo *self,
              ShyStore    *store)
{
  if (self->store == store)
    return;

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, changed_cb, self);
  g_set_object (&self->store, store);
  g_signal_connect_object (store, "changed::" SUBSIDY_TOPIC, G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  SubsidyCount     *count = shy_store_get_job_data (result);
  GError           *error = NULL;

  if (shy_store_run_finish (SHY_STORE (source), result, &error))
    g_task_return_pointer (task, make_items (&count->totals), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask)    task = data;
  GError              *error = NULL;
  g_autoptr (ShyStore) store = subsidy_open_store_finish (result, &error);
  SubsidyCount        *count;

  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  hear_changes (g_task_get_source_object (task), store);
  count = g_new0 (SubsidyCount, 1);
  count->query = shy_record_query_new ();
  shy_record_query_set_filter (count->query, "scope", g_task_get_task_data (task));
  shy_store_run_async (store, SHY_STORE_READ, subsidy_count_run, count, subsidy_count_free,
                       g_task_get_cancellable (task), counted_cb, g_object_ref (task));
}

static void
load_async (ShyTodo             *todo,
            ShyContext          *context,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  const char       *database = shy_context_get_database (context);
  g_autoptr (GTask) task = g_task_new (todo, cancellable, callback, user_data);

  g_task_set_source_tag (task, load_async);
  g_task_set_task_data (task, g_strdup (shy_context_get_scope (context)), g_free);

  /* To ask what waits is no reason to make a database. */
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    g_task_return_pointer (task, g_list_store_new (SHY_TYPE_TODO_ITEM), g_object_unref);
  else
    subsidy_open_store_async (database, cancellable, opened_cb, g_object_ref (task));
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
