/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "services-sign.h"

#include <glib/gi18n-lib.h>

static const ServicesSign states[] = {
  [SHY_SERVICE_STATE_TROUBLE] = { "dialog-error-symbolic", "error", N_("Trouble") },
  [SHY_SERVICE_STATE_HELD] = { "dialog-question-symbolic", "warning",
                               N_("Waits for your decision") },
  [SHY_SERVICE_STATE_NEW] = { "content-loading-symbolic", "dim-label", N_("Nothing pulled yet") },
  [SHY_SERVICE_STATE_FINE] = { "emblem-ok-symbolic", "success", N_("Fine") },
};

const ServicesSign *
services_sign_of (ShyServiceState state)
{
  return &states[state];
}

void
services_sign_show (const ServicesSign *self,
                    GtkImage           *image)
{
  const char *classes[] = { self->style, NULL };
  const char *words = _(self->words);

  gtk_image_set_from_icon_name (image, self->icon);
  gtk_widget_set_css_classes (GTK_WIDGET (image), classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

GtkWidget *
services_sign_new (const ServicesSign *self)
{
  GtkWidget *image = gtk_image_new ();

  services_sign_show (self, GTK_IMAGE (image));
  return image;
}
