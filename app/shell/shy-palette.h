/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What can be gone to and done from where one is, found by typing: pages, the actions of the program
 * and of the page that is shown. Private to the window.
 */
#define SHY_TYPE_PALETTE (shy_palette_get_type ())
G_DECLARE_FINAL_TYPE (ShyPalette, shy_palette, SHY, PALETTE, AdwWindow)

GtkWidget *shy_palette_new (GtkWindow  *parent,
                            GtkWidget  *shown,
                            GListModel *pages);

G_END_DECLS
