/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-keys.h"

/* As GTK does for Tab: from top to bottom, and in a line along it. */
static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  GtkWidget      *widgets[] = { *(GtkWidget * const *) a, *(GtkWidget * const *) b };
  graphene_rect_t places[2];

  for (guint i = 0; i < 2; i++)
    if (!gtk_widget_compute_bounds (widgets[i], gtk_widget_get_parent (widgets[i]), &places[i]))
      places[i] = *graphene_rect_zero ();
  if (2 * places[0].origin.y + places[0].size.height != 2 * places[1].origin.y + places[1].size.height)
    return 2 * places[0].origin.y + places[0].size.height <
           2 * places[1].origin.y + places[1].size.height ? -1 : 1;
  return places[0].origin.x < places[1].origin.x ? -1 : places[0].origin.x > places[1].origin.x;
}

/* Gives the widgets of one parent in the order in which Tab goes through them; that in which they
 * were added may be another. */
static GPtrArray *
list_neighbours (GtkWidget *widget)
{
  GPtrArray *neighbours = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (widget)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      g_ptr_array_add (neighbours, child);
  g_ptr_array_sort (neighbours, compare_places);
  return neighbours;
}

/* Each widget remembers which child had the keys, and Tab would enter it there when it comes round,
 * past all that stands before. */
static void
forget_place (GtkWidget *widget)
{
  for (widget = gtk_widget_get_parent (widget); widget != NULL; widget = gtk_widget_get_parent (widget))
    gtk_widget_set_focus_child (widget, NULL);
}

/* Hands the focus to what stands behind (or before) a widget, its parents' neighbours in the end,
 * and round to the first of the window. */
static gboolean
leave (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;

  forget_place (widget);
  for (; !GTK_IS_ROOT (widget); widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GPtrArray) neighbours = list_neighbours (widget);
      guint                 position;

      if (!g_ptr_array_find (neighbours, widget, &position))
        continue;
      for (position += step; position < neighbours->len; position += step)
        if (gtk_widget_child_focus (neighbours->pdata[position], direction))
          return TRUE;
    }

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

  /* A GtkListBox that has no row chosen takes no Down from outside. */
  return gtk_widget_child_focus (list, GTK_DIR_DOWN) ||
         gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
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
