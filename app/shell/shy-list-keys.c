/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-keys.h"

/* Hands the focus to what stands behind (or before) a widget, its parents' neighbours in the end,
 * and round to the first of the window. */
static gboolean
leave (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;

  for (; !GTK_IS_ROOT (widget); widget = gtk_widget_get_parent (widget))
    for (GtkWidget *next = widget;
         (next = forward ? gtk_widget_get_next_sibling (next)
                         : gtk_widget_get_prev_sibling (next)) != NULL;)
      if (gtk_widget_get_mapped (next) && gtk_widget_child_focus (next, direction))
        return TRUE;

  gtk_root_set_focus (GTK_ROOT (widget), NULL);
  return gtk_widget_child_focus (widget, direction);
}

static gboolean
list_key_cb (GtkEventControllerKey *controller,
             guint                  key,
             guint                  code,
             GdkModifierType        state,
             gpointer               data)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab)
    return GDK_EVENT_PROPAGATE;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;

  return leave (list, state & GDK_SHIFT_MASK || key == GDK_KEY_ISO_Left_Tab
                        ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        state,
               gpointer               list)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || !gtk_widget_get_mapped (list))
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (list, GTK_DIR_DOWN);
}

/* Before the widgets inside see the key. */
static void
add_controller (GtkWidget *widget,
                GCallback  callback,
                gpointer   data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", callback, data, 0);
  gtk_widget_add_controller (widget, keys);
}

/**
 * shy_list_keys_add:
 * @list: a #GtkColumnView, #GtkListView or #GtkListBox
 * @search: (nullable): the entry that filters it
 *
 * Lets Down go from the search into the list, and Tab leave the list: GTK 4.8 takes Tab through
 * every row of it, thousands maybe, before it reaches what stands behind; in the sidebar it would
 * show each page on its way.
 */
void
shy_list_keys_add (GtkWidget *list,
                   GtkWidget *search)
{
  g_return_if_fail (GTK_IS_WIDGET (list));
  g_return_if_fail (search == NULL || GTK_IS_WIDGET (search));

  add_controller (list, G_CALLBACK (list_key_cb), list);
  if (search != NULL)
    add_controller (search, G_CALLBACK (search_key_cb), list);
}
