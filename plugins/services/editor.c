/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor.h"

#include "editor-add.h"
#include "editor-keys.h"
#include "editor-text.h"
#include "editor-trial.h"

#include <glib/gi18n-lib.h>

/*
 * services_editor_present:
 * @id: (nullable): the service whose description is edited; %NULL to connect another
 */
void
services_editor_present (GtkWindow  *parent,
                         ShyContext *context,
                         const char *id)
{
  g_return_if_fail (SHY_IS_CONTEXT (context));

  services_editor_attach (id != NULL ? services_text_window_new (context, id)
                                     : services_add_window_new (context),
                          parent);
}

/* services_keys_present: what a bureau gives of a service: plain values and secrets. */
void
services_keys_present (GtkWindow  *parent,
                       ShyContext *context,
                       const char *id)
{
  g_return_if_fail (SHY_IS_CONTEXT (context));
  g_return_if_fail (id != NULL);

  services_editor_attach (services_keys_window_new (context, id), parent);
}

/* services_trial_present: tries a service and shows each step. */
void
services_trial_present (GtkWindow  *parent,
                        ShyContext *context,
                        const char *id)
{
  g_return_if_fail (SHY_IS_CONTEXT (context));
  g_return_if_fail (id != NULL);

  services_editor_attach (services_trial_window_new (context, id), parent);
}

static gboolean
dispose_cb (gpointer window)
{
  g_object_run_dispose (window);

  return G_SOURCE_REMOVE;
}

/* A window that is closed is not disposed of while a call holds it: it would go on waiting for the
 * call, and point to a parent that is gone. */
static void
unrealized_cb (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, dispose_cb, g_object_ref (window), g_object_unref);
}

void
services_editor_attach (GtkWindow *window,
                        GtkWindow *parent)
{
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), NULL);
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_set_modal (window, TRUE);
  gtk_window_present (window);
}

void
services_editor_tell (GtkWidget    *within,
                      const char   *heading,
                      const GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shy_dialog_tell (within, heading, error->message);
}
