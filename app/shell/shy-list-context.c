/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-context.h"

#include "shy-list-columns.h"

#include <glib/gi18n-lib.h>

struct _ShyListContext
{
  GtkWidget *page;    /* (unowned): has the actions; owns this */
  GtkWidget *table;   /* (unowned) */
  GtkWidget *popover; /* (nullable) child of the page, until it is asked for */
  guint      row;     /* the row that it is about, or GTK_INVALID_LIST_POSITION */
  guint      closing; /* source that forgets the row; 0 for none */
};

static GtkWidget *
make_popover (ShyListContext *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) row = g_menu_new ();
  g_autoptr (GMenu) chosen = g_menu_new ();
  GtkWidget        *popover;

  g_menu_append (row, _("Open"), "rows.open");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (row));
  g_menu_append (chosen, _("Copy"), "rows.copy");
  g_menu_append (chosen, _("Choose All Rows"), "rows.select-all");
  g_menu_append (chosen, _("Export…"), "rows.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (chosen));
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, self->page);
  return popover;
}

static gboolean
forget_row_cb (gpointer data)
{
  ShyListContext *self = data;

  self->closing = 0;
  self->row = GTK_INVALID_LIST_POSITION;
  return G_SOURCE_REMOVE;
}

/* An action of the menu runs after it has closed. */
static void
closed_cb (ShyListContext *self)
{
  if (self->closing == 0)
    self->closing = g_idle_add_full (G_PRIORITY_LOW, forget_row_cb, self, NULL);
}

/* Shows the menu of the row that @widget, at a place in the page, belongs to. */
static gboolean
show (ShyListContext *self,
      GtkWidget      *widget,
      double          x,
      double          y)
{
  GtkListItem *item = shy_list_columns_find_row (widget);

  if (item == NULL)
    return FALSE;
  if (self->popover == NULL)
    {
      self->popover = make_popover (self);
      g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
    }

  g_clear_handle_id (&self->closing, g_source_remove);
  self->row = gtk_list_item_get_position (item);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            ShyListContext  *self)
{
  double page_x, page_y;

  gtk_widget_translate_coordinates (self->table, self->page, x, y, &page_x, &page_y);
  if (show (self, gtk_widget_pick (self->table, x, y, GTK_PICK_DEFAULT), page_x, page_y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *table,
             GVariant  *arguments,
             gpointer   data)
{
  ShyListContext *self = data;
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (table));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, self->page, &bounds))
    return FALSE;
  return show (self, focus, bounds.origin.x + 24, bounds.origin.y + bounds.size.height);
}

/* @page: a list page with its actions; @table: its table */
ShyListContext *
shy_list_context_new (GtkWidget *page,
                      GtkWidget *table)
{
  ShyListContext     *self = g_new0 (ShyListContext, 1);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture         *right = gtk_gesture_click_new ();
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10");

  *self = (ShyListContext) { page, table, .row = GTK_INVALID_LIST_POSITION };
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger,
                                                          gtk_callback_action_new (menu_key_cb, self,
                                                                                   NULL)));
  gtk_widget_add_controller (table, keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect (right, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (table, GTK_EVENT_CONTROLLER (right));
  return self;
}

void
shy_list_context_free (ShyListContext *self)
{
  g_clear_handle_id (&self->closing, g_source_remove);
  if (self->popover != NULL)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_free (self);
}

/* shy_list_context_get_row: the row that the menu is about, or GTK_INVALID_LIST_POSITION. */
guint
shy_list_context_get_row (ShyListContext *self)
{
  return self->row;
}
