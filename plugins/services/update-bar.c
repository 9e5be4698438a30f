/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update-bar.h"

#include "update-calls.h"
#include "update-window.h"

#include <glib/gi18n-lib.h>

struct _ServicesUpdateBar
{
  AdwBin        parent_instance;

  GtkLabel     *label;

  ServicesDesk *desk;        /* (owned) (nullable) until it is set */
  GCancellable *cancellable; /* (owned) */
  ShyStore     *store;       /* (owned) (nullable): kept to hear of changes */
};

G_DEFINE_FINAL_TYPE (ServicesUpdateBar, services_update_bar, ADW_TYPE_BIN)

static void count (ServicesUpdateBar *self);

static void
hear_changes (ServicesUpdateBar *self)
{
  ShyStore *store = services_desk_get_store (self->desk);

  if (store == NULL || store == self->store)
    return;

  g_set_object (&self->store, store);
  g_signal_connect_object (store, "changed::" SHY_UPDATES_TOPIC, G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed::" SHY_SERVICES_TOPIC, G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (ServicesUpdateBar) self = data;
  g_autoptr (GError)            error = NULL;
  g_autofree char              *text = NULL;
  guint                         n = 0;

  /* That they cannot be counted is said where the services are shown: it is the same database. */
  if (!services_updates_count_finish (SERVICES_DESK (source), result, &n, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  hear_changes (self);
  text = g_strdup_printf (ngettext ("%u update of policies or the calendar waits for you.",
                                    "%u updates of policies or the calendar wait for you.", n), n);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
count (ServicesUpdateBar *self)
{
  services_updates_count_async (self->desk, self->cancellable, counted_cb, g_object_ref (self));
}

static void
clicked_cb (ServicesUpdateBar *self)
{
  services_updates_present (GTK_WIDGET (self), self->desk, NULL);
}

static void
services_update_bar_dispose (GObject *object)
{
  ServicesUpdateBar *self = SERVICES_UPDATE_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (services_update_bar_parent_class)->dispose (object);
}

static void
services_update_bar_finalize (GObject *object)
{
  g_clear_object (&SERVICES_UPDATE_BAR (object)->cancellable);

  G_OBJECT_CLASS (services_update_bar_parent_class)->finalize (object);
}

static void
services_update_bar_class_init (ServicesUpdateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_update_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = services_update_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/update-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesUpdateBar, label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
services_update_bar_init (ServicesUpdateBar *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* services_update_bar_set_desk: says where updates wait; called once. */
void
services_update_bar_set_desk (ServicesUpdateBar *self,
                              ServicesDesk      *desk)
{
  g_return_if_fail (SERVICES_IS_UPDATE_BAR (self));
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  count (self);
}
