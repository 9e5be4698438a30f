/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void shy_back_keys_bind (GtkWidgetClass *widget_class,
                         const char     *action);

G_END_DECLS
