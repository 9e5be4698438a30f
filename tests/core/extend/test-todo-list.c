/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

#define TEST_TYPE_TODO (test_todo_get_type ())
G_DECLARE_FINAL_TYPE (TestTodo, test_todo, TEST, TODO, GObject)

/* A to-do that answers what the test wants, from an idle callback. */
struct _TestTodo
{
  GObject    parent_instance;
  ShyUrgency urgency;
  gboolean   fails;
  gboolean   late;   /* answers behind all others */
};

static gboolean
answer_cb (gpointer data)
{
  GTask                  *task = data;
  TestTodo               *self = g_task_get_source_object (task);
  GListStore             *items;
  g_autoptr (ShyTodoItem) item = NULL;

  if (self->fails)
    {
      g_task_return_new_error (task, SHY_ERROR, SHY_ERROR_BUSY, "The register is locked.");
      return G_SOURCE_REMOVE;
    }

  items = g_list_store_new (SHY_TYPE_TODO_ITEM);
  item = shy_todo_item_new (self->late ? "Late" : "Waiting", NULL, 2, self->urgency, NULL, NULL);
  g_list_store_append (items, item);
  g_task_return_pointer (task, items, g_object_unref);
  return G_SOURCE_REMOVE;
}

static void
load_async (ShyTodo             *todo,
            ShyContext          *context,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_idle_add_full (TEST_TODO (todo)->late ? G_PRIORITY_LOW : G_PRIORITY_DEFAULT, answer_cb,
                   g_task_new (todo, cancellable, callback, user_data), g_object_unref);
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

G_DEFINE_FINAL_TYPE_WITH_CODE (TestTodo, test_todo, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
test_todo_class_init (TestTodoClass *klass)
{
}

static void
test_todo_init (TestTodo *self)
{
}

static void
add (GListStore *todos,
     ShyUrgency  urgency,
     gboolean    fails)
{
  g_autoptr (TestTodo) todo = g_object_new (TEST_TYPE_TODO, NULL);

  todo->urgency = urgency;
  todo->fails = fails;
  g_list_store_append (todos, todo);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GListModel **) user_data = shy_todo_list_load_finish (G_LIST_MODEL (source), result, NULL);
}

static GListModel *
load (GListStore *todos)
{
  g_autoptr (ShyContext) context = shy_context_new ("a.db");
  GListModel            *items = NULL;

  shy_todo_list_load_async (G_LIST_MODEL (todos), context, NULL, loaded_cb, &items);
  while (items == NULL)
    g_main_context_iteration (NULL, TRUE);

  return items;
}

static void
test_nobody (void)
{
  g_autoptr (GListStore) todos = g_list_store_new (SHY_TYPE_TODO);
  g_autoptr (GListModel) items = load (todos);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
}

static void
test_pressing_first (void)
{
  g_autoptr (GListStore) todos = g_list_store_new (SHY_TYPE_TODO);
  g_autoptr (GListModel) items = NULL;
  const ShyUrgency       expected[] = { SHY_URGENCY_OVERDUE, SHY_URGENCY_SOON, SHY_URGENCY_NORMAL };

  add (todos, SHY_URGENCY_SOON, FALSE);
  add (todos, SHY_URGENCY_NORMAL, FALSE);
  add (todos, SHY_URGENCY_OVERDUE, FALSE);
  items = load (todos);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (items, i);

      g_assert_cmpint (shy_todo_item_get_urgency (item), ==, expected[i]);
      g_assert_cmpuint (shy_todo_item_get_count (item), ==, 2);
    }
}

static void
test_failure_is_shown (void)
{
  g_autoptr (GListStore)  todos = g_list_store_new (SHY_TYPE_TODO);
  g_autoptr (GListModel)  items = NULL;
  g_autoptr (ShyTodoItem) first = NULL;

  add (todos, SHY_URGENCY_NORMAL, FALSE);
  add (todos, SHY_URGENCY_NORMAL, TRUE);
  items = load (todos);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  first = g_list_model_get_item (items, 0);
  g_assert_cmpstr (shy_todo_item_get_detail (first), ==, "The register is locked.");
}

/* Whoever answers last stands where the plugins stand all the same. */
static void
test_order_is_fixed (void)
{
  g_autoptr (GListStore)  todos = g_list_store_new (SHY_TYPE_TODO);
  g_autoptr (GListModel)  items = NULL;
  g_autoptr (ShyTodoItem) first = NULL;
  g_autoptr (TestTodo)    late = NULL;

  add (todos, SHY_URGENCY_NORMAL, FALSE);
  add (todos, SHY_URGENCY_NORMAL, FALSE);
  late = g_list_model_get_item (G_LIST_MODEL (todos), 0);
  late->late = TRUE;
  items = load (todos);
  first = g_list_model_get_item (items, 0);
  g_assert_cmpstr (shy_todo_item_get_title (first), ==, "Late");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/todo-list/nobody", test_nobody);
  g_test_add_func ("/todo-list/pressing-first", test_pressing_first);
  g_test_add_func ("/todo-list/order-is-fixed", test_order_is_fixed);
  g_test_add_func ("/todo-list/failure-is-shown", test_failure_is_shown);

  return g_test_run ();
}
