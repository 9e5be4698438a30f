/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plugin that ends the program where the variable CRASHING_AT says: "load", "extension", "start",
 * "todo" or "page"; without it, it does nothing. CRASHING_BY is the number of the signal, or 0 for an
 * exit; without it, it is that of a segmentation fault. */
#include "shy.h"

#include <libpeas/peas.h>
#include <signal.h>
#include <stdlib.h>

#define CRASHING_TYPE_ENTRY (crashing_entry_get_type ())
G_DECLARE_FINAL_TYPE (CrashingEntry, crashing_entry, CRASHING, ENTRY, GObject)

struct _CrashingEntry
{
  GObject parent_instance;
};

static void
crash_at (const char *place)
{
  const char *number = g_getenv ("CRASHING_BY");
  int         by = number != NULL ? atoi (number) : SIGSEGV;

  if (g_strcmp0 (g_getenv ("CRASHING_AT"), place) != 0)
    return;
  if (by == 0)
    exit (3);
  raise (by);
}

static const char *
get_id (ShyPage *page)
{
  return "crashing";
}

static char *
dup_title (ShyPage *page)
{
  return g_strdup ("Crashing");
}

static const char *
get_icon_name (ShyPage *page)
{
  return "face-sad-symbolic";
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  crash_at ("page");
  return gtk_label_new ("it did well");
}

static void
start (ShyPage    *page,
       ShyContext *context)
{
  crash_at ("start");
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->get_icon_name = get_icon_name;
  iface->create_widget = create_widget;
  iface->start = start;
}

static void
load_async (ShyTodo             *todo,
            ShyContext          *context,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (todo, cancellable, callback, user_data);

  crash_at ("todo");
  g_task_return_pointer (task, g_list_store_new (SHY_TYPE_TODO_ITEM), g_object_unref);
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

G_DEFINE_FINAL_TYPE_WITH_CODE (CrashingEntry, crashing_entry, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init)
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_TODO, todo_iface_init))

static void
crashing_entry_class_init (CrashingEntryClass *klass)
{
}

static void
crashing_entry_init (CrashingEntry *self)
{
  crash_at ("extension");
}

G_MODULE_EXPORT void
peas_register_types (PeasObjectModule *module)
{
  crash_at ("load");
  peas_object_module_register_extension_type (module, SHY_TYPE_PAGE, CRASHING_TYPE_ENTRY);
  peas_object_module_register_extension_type (module, SHY_TYPE_TODO, CRASHING_TYPE_ENTRY);
}
