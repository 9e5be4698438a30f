/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void shy_list_keys_add (GtkWidget *list,
                        GtkWidget *search);

G_END_DECLS
