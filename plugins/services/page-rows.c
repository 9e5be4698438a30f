/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-rows.h"

#include <glib/gi18n-lib.h>

struct _ServicesRowsView
{
  AdwBin       parent_instance;

  GtkLabel    *title;
  GtkLabel    *subtitle;
  ShyListPage *page;

  char        *service;      /* (owned) (nullable) until it is shown */
};

G_DEFINE_FINAL_TYPE (ServicesRowsView, services_rows_view, ADW_TYPE_BIN)

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "services.show-service", "s",
                              SERVICES_ROWS_VIEW (widget)->service);
}

static void
services_rows_view_finalize (GObject *object)
{
  g_free (SERVICES_ROWS_VIEW (object)->service);

  G_OBJECT_CLASS (services_rows_view_parent_class)->finalize (object);
}

static void
services_rows_view_class_init (ServicesRowsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = services_rows_view_finalize;

  g_type_ensure (SHY_TYPE_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, page);

  gtk_widget_class_install_action (widget_class, "rows.back", NULL, back_action);
  shy_back_keys_bind (widget_class, "rows.back");
}

static void
services_rows_view_init (ServicesRowsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/*
 * services_rows_view_show:
 * @title: of the service
 *
 * Shows the rows of a stream, all of them.
 */
void
services_rows_view_show (ServicesRowsView      *self,
                         ShyContext            *context,
                         const char            *title,
                         const ShyStreamStatus *status)
{
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  g_autofree char       *age = shy_landing_words_age (status->last_success, now);
  g_autofree char       *subtitle = g_strdup_printf ("%s · %s", title, age);
  g_autofree char       *name = g_strconcat ("services-", status->stream, NULL);
  g_autofree char       *file = g_strconcat (status->stream, ".xlsx", NULL);
  g_autoptr (ShyRecords) records = NULL;

  g_return_if_fail (SERVICES_IS_ROWS_VIEW (self));

  g_free (self->service);
  self->service = g_strdup (status->service);
  gtk_label_set_label (self->title, status->title);
  gtk_label_set_label (self->subtitle, subtitle);
  g_object_set (self->page, "name", name, "export-name", file, NULL);
  shy_list_page_show_all (self->page);
  records = shy_landed_records_new (shy_context_get_store (context), status->service, status->stream);
  shy_list_page_set_records (self->page, records);
}
