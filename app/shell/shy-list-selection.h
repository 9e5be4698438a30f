/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What a person chose of a list, however long it is. GtkMultiSelection of GTK 4.8 fetches every item
 * it selects, which reads a register of a million rows from the disk.
 *
 * Moving the keys, or the pointer, to a row chooses nothing: only Space, Ctrl or Shift with a click or
 * a key, and Ctrl+A do.
 */
#define SHY_TYPE_LIST_SELECTION (shy_list_selection_get_type ())
G_DECLARE_FINAL_TYPE (ShyListSelection, shy_list_selection, SHY, LIST_SELECTION, GObject)

ShyListSelection *shy_list_selection_new       (GListModel       *model);
guint             shy_list_selection_get_count (ShyListSelection *self);

G_END_DECLS
