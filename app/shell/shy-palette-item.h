/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of the palette: an action of a widget with its parameter. Properties: "title", "kind",
 * "icon-name", "keys". */
#define SHY_TYPE_PALETTE_ITEM (shy_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (ShyPaletteItem, shy_palette_item, SHY, PALETTE_ITEM, GObject)

ShyPaletteItem *shy_palette_item_new     (const char     *title,
                                          const char     *kind,
                                          const char     *icon_name,
                                          const char     *accels,
                                          GtkWidget      *widget,
                                          const char     *action,
                                          GVariant       *parameter);
gboolean        shy_palette_item_matches (ShyPaletteItem *self,
                                          const char     *text);
void            shy_palette_item_run     (ShyPaletteItem *self);

G_END_DECLS
