/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-toast.h"

#include <gio/gio.h>

/**
 * shy_toast_message:
 * @widget: a widget in the window
 * @message: a translated sentence
 *
 * Shows a message in the window for some seconds.
 */
void
shy_toast_message (GtkWidget  *widget,
                   const char *message)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL);

  gtk_widget_activate_action (widget, "win.toast", "s", message);
}

/**
 * shy_toast_error:
 * @widget: a widget in the window
 * @error: (nullable): what went wrong
 *
 * Shows why something failed. What was cancelled passes in silence.
 */
void
shy_toast_error (GtkWidget    *widget,
                 const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shy_toast_message (widget, error->message);
}

/**
 * shy_toast_file:
 * @widget: a widget in the window
 * @message: a translated sentence
 * @file: what was written
 *
 * Shows a message in the window for some seconds, with a button that opens the file in the program
 * that the person has for it.
 */
void
shy_toast_file (GtkWidget  *widget,
                const char *message,
                GFile      *file)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL);
  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  gtk_widget_activate_action (widget, "win.toast-file", "(ss)", message, uri);
}
