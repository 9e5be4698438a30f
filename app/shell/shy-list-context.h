/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The menu of a row of a list page: with the right button, the Menu key or Shift+F10. */
typedef struct _ShyListContext ShyListContext;

ShyListContext *shy_list_context_new     (GtkWidget      *page,
                                          GtkWidget      *table);
void            shy_list_context_free    (ShyListContext *self);
guint           shy_list_context_get_row (ShyListContext *self);

G_END_DECLS
