/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-list-fold.h"

typedef struct
{
  GtkBox    *head;    /* (unowned) */
  GtkWidget *buttons; /* (unowned) */
} Fold;

static gboolean
fold_cb (GtkWidget     *page,
         GdkFrameClock *clock,
         gpointer       data)
{
  Fold                   *self = g_object_get_data (G_OBJECT (page), "shy-list-fold");
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (page, "331122199202290010 ####");
  int                     buttons, room;

  pango_layout_get_pixel_size (layout, &room, NULL);
  gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, &buttons, NULL, NULL, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  gtk_widget_get_width (page) < buttons + room
                                    ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

/* Nothing can be moved while room is given out: it is before the next picture. */
static void
size_changed_cb (GtkWidget *page)
{
  gtk_widget_add_tick_callback (page, fold_cb, NULL, NULL);
}

/*
 * shy_list_fold_add: where the buttons beside a search box leave no room for a name and a number in it,
 * they stand below it.
 */
void
shy_list_fold_add (GtkWidget     *page,
                   GtkBox        *head,
                   GtkWidget     *buttons,
                   GtkColumnView *table)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (table));
  Fold          *self = g_new0 (Fold, 1);

  *self = (Fold) { head, buttons };
  g_object_set_data_full (G_OBJECT (page), "shy-list-fold", self, g_free);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (size_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (page), "notify::gtk-xft-dpi",
                           G_CALLBACK (size_changed_cb), page, G_CONNECT_SWAPPED);
}
