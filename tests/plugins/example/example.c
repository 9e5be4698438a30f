/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole plugin: a page, a verb and a to-do over one object. */
#include "shy.h"

#include <libpeas/peas.h>

#define EXAMPLE_TYPE_ENTRY (example_entry_get_type ())
G_DECLARE_FINAL_TYPE (ExampleEntry, example_entry, EXAMPLE, ENTRY, GObject)

struct _ExampleEntry
{
  GObject  parent_instance;
  gboolean started;
};

static const char *
page_get_id (ShyPage *page)
{
  return "example";
}

static char *
page_dup_title (ShyPage *page)
{
  return g_strdup ("Example");
}

static const char *
page_get_icon_name (ShyPage *page)
{
  return "face-smile-symbolic";
}

static GtkWidget *
page_create_widget (ShyPage    *page,
                    ShyContext *context)
{
  return gtk_label_new (EXAMPLE_ENTRY (page)->started ? shy_context_get_database (context)
                                                      : "not started");
}

static gboolean
page_opens (ShyPage    *page,
            const char *content_type)
{
  return g_str_equal (content_type, "text/csv");
}

static void
page_open (ShyPage    *page,
           GtkWidget  *widget,
           const char *target)
{
  gtk_label_set_label (GTK_LABEL (widget), target);
}

static void
page_start (ShyPage    *page,
            ShyContext *context)
{
  EXAMPLE_ENTRY (page)->started = TRUE;
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = page_get_id;
  iface->dup_title = page_dup_title;
  iface->get_icon_name = page_get_icon_name;
  iface->create_widget = page_create_widget;
  iface->opens = page_opens;
  iface->open = page_open;
  iface->start = page_start;
}

static const char *
command_get_name (ShyCommand *command)
{
  return "example";
}

static char *
command_dup_text (ShyCommand *command)
{
  return g_strdup ("Repeats its words.");
}

static ShyCommandStatus
command_run (ShyCommand         *command,
             const char * const *arguments,
             const char         *database,
             GError            **error)
{
  g_autofree char *words = g_strjoinv (" ", (char **) arguments);

  g_print ("%s\n", words);
  return *words != '\0' ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}

static void
command_iface_init (ShyCommandInterface *iface)
{
  iface->get_name = command_get_name;
  iface->dup_summary = command_dup_text;
  iface->dup_usage = command_dup_text;
  iface->run = command_run;
}

static void
todo_load_async (ShyTodo             *todo,
                 ShyContext          *context,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask)       task = g_task_new (todo, cancellable, callback, user_data);
  g_autoptr (ShyTodoItem) item = shy_todo_item_new ("Examples to look at", NULL, 3,
                                                    SHY_URGENCY_SOON, "example", "three");
  GListStore             *items = g_list_store_new (SHY_TYPE_TODO_ITEM);

  g_list_store_append (items, item);
  g_task_return_pointer (task, items, g_object_unref);
}

static GListModel *
todo_load_finish (ShyTodo       *todo,
                  GAsyncResult  *result,
                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
todo_iface_init (ShyTodoInterface *iface)
{
  iface->load_async = todo_load_async;
  iface->load_finish = todo_load_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ExampleEntry, example_entry, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init)
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_COMMAND, command_iface_init)
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
example_entry_class_init (ExampleEntryClass *klass)
{
}

static void
example_entry_init (ExampleEntry *self)
{
}

G_MODULE_EXPORT void
peas_register_types (PeasObjectModule *module)
{
  peas_object_module_register_extension_type (module, SHY_TYPE_PAGE, EXAMPLE_TYPE_ENTRY);
  peas_object_module_register_extension_type (module, SHY_TYPE_COMMAND, EXAMPLE_TYPE_ENTRY);
  peas_object_module_register_extension_type (module, SHY_TYPE_TODO, EXAMPLE_TYPE_ENTRY);
}
