/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-progress.h"

struct _ServicesProgress
{
  AdwBin          parent_instance;

  GtkLabel       *text;
  GtkProgressBar *bar;
  GtkWidget      *cancel;

  ShyServicePull   *pull;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ServicesProgress, services_progress, ADW_TYPE_BIN)

static void
cancel_cb (ServicesProgress *self)
{
  if (self->pull == NULL)
    return;

  shy_service_pull_cancel (self->pull);
  services_progress_show (self, self->pull);
}

static void
services_progress_dispose (GObject *object)
{
  g_clear_object (&SERVICES_PROGRESS (object)->pull);

  G_OBJECT_CLASS (services_progress_parent_class)->dispose (object);
}

static void
services_progress_class_init (ServicesProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_progress_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesProgress, text);
  gtk_widget_class_bind_template_child (widget_class, ServicesProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, ServicesProgress, cancel);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
services_progress_init (ServicesProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* services_progress_show: shows a pull as it is now; NULL hides the widget. */
void
services_progress_show (ServicesProgress *self,
                        ShyServicePull   *pull)
{
  const ShyLandingProgress *progress;
  g_autofree char          *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), pull != NULL);
  g_set_object (&self->pull, pull);
  if (pull == NULL)
    return;

  progress = shy_service_pull_get_progress (pull);
  text = shy_landing_words_progress (pull);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), text);
  gtk_widget_set_sensitive (self->cancel, !shy_service_pull_is_cancelled (pull));
  if (progress->total > 0)
    gtk_progress_bar_set_fraction (self->bar,
                                   MIN (1.0, (double) progress->rows / (double) progress->total));
  else
    gtk_progress_bar_pulse (self->bar);
}
