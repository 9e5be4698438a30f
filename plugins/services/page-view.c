/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-view.h"

#include <glib/gi18n-lib.h>

struct _ServicesView
{
  AdwBin         parent_instance;

  GtkStack      *stack;
  AdwStatusPage *failure;

  ServicesDesk  *desk;         /* (owned) */
  GCancellable  *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesView, services_view, ADW_TYPE_BIN)

/* The call itself has nothing to do: the desk opens the database before it. */
static gpointer
open_call (ServicesDesk  *desk,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return g_object_ref (services_desk_get_store (desk));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyStore)     store = NULL;

  store = services_desk_call_finish (SERVICES_DESK (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (store == NULL)
    adw_status_page_set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, store != NULL ? "empty" : "failure");
}

static void
open_desk (ServicesView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  services_desk_call_async (self->desk, open_call, NULL, NULL, g_object_unref, self->cancellable,
                            opened_cb, g_object_ref (self));
}

static void
retry_cb (ServicesView *self)
{
  open_desk (self);
}

static void
services_view_dispose (GObject *object)
{
  ServicesView *self = SERVICES_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (services_view_parent_class)->dispose (object);
}

static void
services_view_class_init (ServicesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesView, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, failure);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
services_view_init (ServicesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
services_view_new (ServicesDesk *desk)
{
  ServicesView *self = g_object_new (SERVICES_TYPE_VIEW, NULL);

  self->desk = g_object_ref (desk);
  open_desk (self);

  return GTK_WIDGET (self);
}
