/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean shy_focus_is_inside (GtkWidget *widget);
gboolean shy_focus_is_free   (GtkWidget *page);
gboolean shy_focus_enter     (GtkWidget *widget);

G_END_DECLS
