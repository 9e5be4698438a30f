/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a person does before a window: look for something, and wait until it is there. */

GtkWidget *look_for_text   (gpointer    widget,
                            const char *text);
GtkWidget *look_for_type   (gpointer    widget,
                            const char *type);
GtkWidget *wait_for_text   (gpointer    widget,
                            const char *text);
GtkWidget *wait_for_type   (gpointer    widget,
                            const char *type);
GtkWidget *look_for_window (GType       type);
gpointer   wait_for_window (const char *type);
void       wait_until_gone (gpointer    widget,
                            const char *text);
void       settle          (void);

/* Presses keys in the window that holds a widget, as xdotool names them: "Escape", "alt+Left". */
void       press           (gpointer    widget,
                            const char *keys);
/* Presses a button of the mouse in the middle of a widget. */
void       click           (gpointer    widget,
                            const char *button);
/* How many spinners turn although nobody sees them. */
guint      count_hidden_spinners (gpointer widget);
