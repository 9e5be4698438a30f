/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ShyColumnWidth: (skip)
 * @column: a column
 * @digits: how many digits it has room for; a Chinese character takes two
 * @drop: the column with the highest number goes behind the others first where there is no room; 0
 *   for one that always stays
 */
typedef struct
{
  GtkColumnViewColumn *column;
  guint                digits;
  guint                drop;
} ShyColumnWidth;

void shy_column_fit_add (GtkColumnView        *view,
                         const ShyColumnWidth *widths,
                         guint                 n_widths);

G_END_DECLS
