/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update-bar.h"

#include "policies-updates.h"
#include "update-window.h"

#include <glib/gi18n-lib.h>

struct _PoliciesUpdateBar
{
  AdwBin        parent_instance;

  GtkLabel     *label;

  ShyContext *context;        /* (owned) (nullable) until it is set */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (PoliciesUpdateBar, policies_update_bar, ADW_TYPE_BIN)

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PoliciesUpdateBar) self = data;
  g_autoptr (GError)            error = NULL;
  g_autofree char              *text = NULL;
  guint                         n = 0;

  /* That they cannot be counted is said where the policies are shown: it is the same database. */
  if (!policies_updates_count_finish (SHY_CONTEXT (source), result, &n, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = g_strdup_printf (ngettext ("%u update of policies or the calendar waits for you.",
                                    "%u updates of policies or the calendar wait for you.", n), n);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
count (PoliciesUpdateBar *self)
{
  policies_updates_count_async (self->context, self->cancellable, counted_cb, g_object_ref (self));
}

static void
clicked_cb (PoliciesUpdateBar *self)
{
  policies_updates_present (GTK_WIDGET (self), self->context, NULL);
}

static void
policies_update_bar_dispose (GObject *object)
{
  PoliciesUpdateBar *self = POLICIES_UPDATE_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (policies_update_bar_parent_class)->dispose (object);
}

static void
policies_update_bar_finalize (GObject *object)
{
  g_clear_object (&POLICIES_UPDATE_BAR (object)->cancellable);

  G_OBJECT_CLASS (policies_update_bar_parent_class)->finalize (object);
}

static void
policies_update_bar_class_init (PoliciesUpdateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = policies_update_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = policies_update_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/update-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateBar, label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
policies_update_bar_init (PoliciesUpdateBar *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* policies_update_bar_set_context: says where updates wait; called once. */
void
policies_update_bar_set_context (PoliciesUpdateBar *self,
                              ShyContext      *context)
{
  g_return_if_fail (POLICIES_IS_UPDATE_BAR (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed::" SHY_UPDATES_TOPIC, G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC, G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  count (self);
}
