/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-palette.h"

#include "shy-keys.h"
#include "shy-page.h"
#include "shy-palette-item.h"

#include <glib/gi18n-lib.h>

struct _ShyPalette
{
  AdwWindow           parent_instance;
  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkListView        *list;
  GListStore         *items;      /* (owned) of ShyPaletteItem */
  GtkCustomFilter    *filter;     /* (owned) */
  GtkSingleSelection *selection;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (ShyPalette, shy_palette, ADW_TYPE_WINDOW)

static gboolean
matches_cb (gpointer item,
            gpointer self)
{
  return shy_palette_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (SHY_PALETTE (self)->entry)));
}

static void
changed_cb (ShyPalette *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (
    self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0 ? "found" : "nothing");
}

/* The window goes first: what an action asks stands above the window behind it. */
static void
run (ShyPalette *self,
     guint       position)
{
  g_autoptr (ShyPaletteItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  shy_palette_item_run (item);
}

static void
entered_cb (ShyPalette *self)
{
  run (self, gtk_single_selection_get_selected (self->selection));
}

static void
activated_cb (ShyPalette *self,
              guint       position)
{
  run (self, position);
}

/* The keys stay with what is typed; the arrows choose. */
static gboolean
key_cb (ShyPalette *self,
        guint       key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (key != GDK_KEY_Down && key != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;

  selected = (selected + (key == GDK_KEY_Down ? 1 : n - 1)) % n;
  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);
  return GDK_EVENT_STOP;
}

static void
add_pages (ShyPalette *self,
           GtkWidget  *window,
           GListModel *pages)
{
  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (ShyPage)        page = g_list_model_get_item (pages, i);
      g_autofree char           *title = shy_page_dup_title (page);
      g_autoptr (ShyPaletteItem) item = NULL;

      item = shy_palette_item_new (title, _("Page"), shy_page_get_icon_name (page), NULL, window,
                                   "win.open-page",
                                   g_variant_new ("(ss)", shy_page_get_id (page), ""));
      g_list_store_append (self->items, item);
    }
}

/* Gives the widget of a class that is shown, or NULL. */
static GtkWidget *
find_shown (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_shown (child, type);
  return found;
}

static void
add_actions (ShyPalette *self,
             GtkWidget  *window,
             GtkWidget  *shown)
{
  GPtrArray *all = shy_keys_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      const ShyKeys             *keys = all->pdata[i];
      GtkWidget                 *widget = window;
      g_autoptr (ShyPaletteItem) item = NULL;

      if (keys->owner != G_TYPE_INVALID)
        widget = find_shown (shown, keys->owner);
      if (keys->action == NULL || g_str_equal (keys->action, "win.palette") || widget == NULL)
        continue;
      item = shy_palette_item_new (keys->title, _("Action"), "go-next-symbolic", keys->accels, widget,
                                   keys->action, NULL);
      g_list_store_append (self->items, item);
    }
}

static void
shy_palette_dispose (GObject *object)
{
  ShyPalette *self = SHY_PALETTE (object);

  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (shy_palette_parent_class)->dispose (object);
}

static void
shy_palette_class_init (ShyPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_palette_dispose;

  g_type_ensure (SHY_TYPE_PALETTE_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, ShyPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
shy_palette_init (ShyPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkFilterListModel *found;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (SHY_TYPE_PALETTE_ITEM);
  self->filter = gtk_custom_filter_new (matches_cb, self, NULL);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                     g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/*
 * shy_palette_new:
 * @parent: the window that it stands above
 * @shown: the page that is shown
 * @pages: of ShyPage
 *
 * Returns: (transfer none): the palette, to be presented
 */
GtkWidget *
shy_palette_new (GtkWindow  *parent,
                 GtkWidget  *shown,
                 GListModel *pages)
{
  ShyPalette *self = g_object_new (SHY_TYPE_PALETTE, "transient-for", parent, NULL);

  add_pages (self, GTK_WIDGET (parent), pages);
  add_actions (self, GTK_WIDGET (parent), shown);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}
