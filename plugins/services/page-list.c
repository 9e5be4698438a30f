/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-list.h"

#include "page-service-row.h"

/* From how many services on one looks for one. */
#define MANY 8

struct _ServicesListView
{
  AdwBin              parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListBox         *services;

  ServicesList       *all;     /* (owned) (nullable) */
  GtkFilterListModel *shown;   /* (owned) (nullable) of ShyServiceItem */
};

G_DEFINE_FINAL_TYPE (ServicesListView, services_list_view, ADW_TYPE_BIN)

enum { SERVICE_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
matches_cb (gpointer item,
            gpointer data)
{
  ServicesListView *self = data;

  return shy_service_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_changed_cb (ServicesListView *self)
{
  if (self->shown != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown),
                        GTK_FILTER_CHANGE_DIFFERENT);
}

static void
clear_search_cb (ServicesListView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
show_state (ServicesListView *self)
{
  gboolean many = g_list_model_get_n_items (G_LIST_MODEL (self->all)) >= MANY;
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->search), many);
  if (!many)
    clear_search_cb (self);
  gtk_stack_set_visible_child_name (self->stack, some || !many ? "list" : "none");
}

static void
row_activated_cb (ServicesListView   *self,
                  ServicesServiceRow *row)
{
  g_signal_emit (self, signals[SERVICE_CHOSEN], 0, services_service_row_get_item (row));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return services_service_row_new (item);
}

static void
services_list_view_dispose (GObject *object)
{
  ServicesListView *self = SERVICES_LIST_VIEW (object);

  if (self->shown != NULL)
    gtk_list_box_bind_model (self->services, NULL, NULL, NULL, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->all);

  G_OBJECT_CLASS (services_list_view_parent_class)->dispose (object);
}

static void
services_list_view_class_init (ServicesListViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_list_view_dispose;

  signals[SERVICE_CHOSEN] =
    g_signal_new ("service-chosen", SERVICES_TYPE_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SHY_TYPE_SERVICE_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesListView, search);
  gtk_widget_class_bind_template_child (widget_class, ServicesListView, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesListView, services);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
services_list_view_init (ServicesListView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_list_keys_add (GTK_WIDGET (self->services), GTK_WIDGET (self->search));
}

void
services_list_view_set_services (ServicesListView *self,
                                 ServicesList     *services)
{
  GtkFilter *filter;

  g_return_if_fail (SERVICES_IS_LIST_VIEW (self));

  self->all = g_object_ref (services);
  filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (services)), filter);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->services, G_LIST_MODEL (self->shown), create_row, NULL, NULL);
  show_state (self);
}
