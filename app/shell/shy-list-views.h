/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Views of a list that somebody named: filters, order and columns. What was searched for is not kept,
 * for it may be the name of a person. */

void      shy_list_views_add_to_menu (GSettings   *settings,
                                      GMenu       *menu);
GVariant *shy_list_views_lookup      (GSettings   *settings,
                                      const char  *name);
void      shy_list_views_store       (GSettings   *settings,
                                      const char  *name,
                                      GVariant    *view);
void      shy_list_views_ask         (GtkWidget   *parent,
                                      GSettings   *settings,
                                      GVariant    *view);

G_END_DECLS
