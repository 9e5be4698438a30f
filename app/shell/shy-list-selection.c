/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-list-selection.h"

struct _ShyListSelection
{
  GObject     parent_instance;
  GListModel *model;    /* (owned) */
  GtkBitset  *selected; /* (owned): positions */
};

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (SHY_LIST_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (SHY_LIST_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  return g_list_model_get_item (SHY_LIST_SELECTION (list)->model, position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *selection,
             guint              position)
{
  return gtk_bitset_contains (SHY_LIST_SELECTION (selection)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *selection,
                        guint              position,
                        guint              n_items)
{
  return gtk_bitset_ref (SHY_LIST_SELECTION (selection)->selected);
}

static gboolean
set_selection (GtkSelectionModel *selection,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  ShyListSelection     *self = SHY_LIST_SELECTION (selection);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);

  gtk_bitset_difference (changed, selected);
  gtk_bitset_intersect (changed, mask);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_difference (self->selected, changed);
  gtk_selection_model_selection_changed (selection, gtk_bitset_get_minimum (changed),
                                         gtk_bitset_get_maximum (changed) -
                                           gtk_bitset_get_minimum (changed) + 1);
  return TRUE;
}

/* To move somewhere is not to choose. */
static gboolean
select_item (GtkSelectionModel *selection,
             guint              position,
             gboolean           unselect_rest)
{
  g_autoptr (GtkBitset) one = NULL;

  if (unselect_rest)
    return TRUE;

  one = gtk_bitset_new_range (position, 1);
  return set_selection (selection, one, one);
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
  iface->select_item = select_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyListSelection, shy_list_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      selection_model_iface_init))

static void
shy_list_selection_dispose (GObject *object)
{
  ShyListSelection *self = SHY_LIST_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (shy_list_selection_parent_class)->dispose (object);
}

static void
shy_list_selection_finalize (GObject *object)
{
  gtk_bitset_unref (SHY_LIST_SELECTION (object)->selected);

  G_OBJECT_CLASS (shy_list_selection_parent_class)->finalize (object);
}

static void
shy_list_selection_class_init (ShyListSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = shy_list_selection_dispose;
  object_class->finalize = shy_list_selection_finalize;
}

static void
shy_list_selection_init (ShyListSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

/* What is chosen keeps to its row when others come and go. */
static void
items_changed_cb (ShyListSelection *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

ShyListSelection *
shy_list_selection_new (GListModel *model)
{
  ShyListSelection *self = g_object_new (SHY_TYPE_LIST_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

/* shy_list_selection_get_count: how many rows are chosen. */
guint
shy_list_selection_get_count (ShyListSelection *self)
{
  g_return_val_if_fail (SHY_IS_LIST_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}
