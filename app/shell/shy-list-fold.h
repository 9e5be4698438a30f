/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void shy_list_fold_add (GtkWidget     *page,
                        GtkBox        *head,
                        GtkWidget     *buttons,
                        GtkColumnView *table);

G_END_DECLS
