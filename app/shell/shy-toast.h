/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void shy_toast_message (GtkWidget    *widget,
                        const char   *message);
void shy_toast_error   (GtkWidget    *widget,
                        const GError *error);
void shy_toast_file    (GtkWidget    *widget,
                        const char   *message,
                        GFile        *file);

G_END_DECLS
