/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-service-row.h"

#include "page-progress.h"
#include "services-sign.h"
#include <glib/gi18n-lib.h>

struct _ServicesServiceRow
{
  GtkListBoxRow     parent_instance;

  GtkImage         *icon;
  GtkLabel         *title;
  GtkWidget        *sample;
  GtkWidget        *insecure;
  GtkLabel         *summary;
  GtkLabel         *trouble;
  GtkWidget        *pull;
  ServicesProgress *progress;

  ShyServiceItem     *item;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (ServicesServiceRow, services_service_row, GTK_TYPE_LIST_BOX_ROW)

/* What is only asked is never pulled. */
static char *
count_lookups (const ShyServiceEntry *entry)
{
  return g_strdup_printf (ngettext ("%u question that a case may ask",
                                    "%u questions that a case may ask", entry->n_lookups),
                          entry->n_lookups);
}

/* "3 streams · 12,345 rows · pulled 5 minutes ago · next today 14:30" */
static char *
summarise (const ShyServiceEntry *entry)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *count = shy_landing_words_count (entry->rows);
  g_autofree char      *age = shy_landing_words_age (entry->last_success, now);
  GString              *text;

  if (entry->n_streams == 0 && entry->n_lookups > 0)
    return count_lookups (entry);

  text = g_string_new (age);
  if (entry->last_success != NULL)
    g_string_append_printf (text, ngettext (" · %s row", " · %s rows", entry->rows), count);
  g_string_append_printf (text, ngettext (" · %u stream", " · %u streams", entry->n_streams),
                          entry->n_streams);
  if (entry->next_pull != NULL)
    {
      g_autofree char *when = shy_landing_words_moment (entry->next_pull, now);

      g_string_append_printf (text, _(" · next pull %s"), when);
    }

  return g_string_free (text, FALSE);
}

static void
show_item (ServicesServiceRow *self)
{
  const ShyServiceEntry *entry = shy_service_item_get_entry (self->item);
  ShyServicePull          *pull = shy_service_item_get_pull (self->item);
  const ServicesSign    *sign = services_sign_of (shy_service_item_get_state (self->item));
  const char            *trouble_classes[] = { "caption", sign->style, NULL };
  g_autofree char       *summary = summarise (entry);

  services_sign_show (sign, self->icon);
  gtk_label_set_label (self->title, entry->title);
  gtk_widget_set_visible (self->sample, entry->sample);
  gtk_widget_set_visible (self->insecure, entry->insecure);
  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), entry->trouble != NULL);
  gtk_label_set_label (self->trouble, entry->trouble != NULL ? entry->trouble : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->trouble), trouble_classes);
  gtk_widget_set_visible (self->pull, pull == NULL && entry->n_streams > 0);
  services_progress_show (self->progress, pull);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  entry->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

static void
pull_cb (ServicesServiceRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "services.pull", "(ssb)",
                              shy_service_item_get_id (self->item), "", FALSE);
}

static void
services_service_row_dispose (GObject *object)
{
  g_clear_object (&SERVICES_SERVICE_ROW (object)->item);

  G_OBJECT_CLASS (services_service_row_parent_class)->dispose (object);
}

static void
services_service_row_class_init (ServicesServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_service_row_dispose;

  g_type_ensure (SERVICES_TYPE_PROGRESS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, sample);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, insecure);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, summary);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, pull);
  gtk_widget_class_bind_template_child (widget_class, ServicesServiceRow, progress);
  gtk_widget_class_bind_template_callback (widget_class, pull_cb);
}

static void
services_service_row_init (ServicesServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
services_service_row_new (ShyServiceItem *item)
{
  ServicesServiceRow *self = g_object_new (SERVICES_TYPE_SERVICE_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);
  return GTK_WIDGET (self);
}

ShyServiceItem *
services_service_row_get_item (ServicesServiceRow *self)
{
  g_return_val_if_fail (SERVICES_IS_SERVICE_ROW (self), NULL);

  return self->item;
}
