/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-scope-button.h"

#include "shy-scope-item.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* Chooses the counties looked at: found by name, pinyin, initials or code. */
struct _ShyScopeButton
{
  AdwBin          parent_instance;

  GtkMenuButton  *button;
  GtkSearchEntry *search;
  GtkListBox     *list;

  ShyContext     *context;      /* (owned) (nullable) */
  GListModel     *items;        /* (owned) (nullable) of ShyScopeItem */
  GListModel     *found;        /* (owned) (nullable) those of them that the search leaves */
  GtkFilter      *filter;       /* (owned) */
  GCancellable   *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ShyScopeButton, shy_scope_button, ADW_TYPE_BIN)

static ShyScopeItem *
row_get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (shy_scope_item_get_label (item));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (shy_scope_item_is_county (item))
    gtk_widget_set_margin_start (label, 18);
  else
    gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);

  return row;
}

static gboolean
filter_item (gpointer item,
             gpointer data)
{
  ShyScopeButton *self = data;

  return shy_scope_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
select_row (ShyScopeButton *self)
{
  const char *scope = shy_context_get_scope (self->context);

  for (guint i = 0; i < g_list_model_get_n_items (self->found); i++)
    {
      g_autoptr (ShyScopeItem) item = g_list_model_get_item (self->found, i);

      if (g_str_equal (shy_scope_item_get_code (item), scope))
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
    }
}

static void
show_scope (ShyScopeButton *self)
{
  const char *scope = shy_context_get_scope (self->context);

  if (self->items == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (ShyScopeItem) item = g_list_model_get_item (self->items, i);

      if (!g_str_equal (shy_scope_item_get_code (item), scope))
        continue;
      gtk_menu_button_set_label (self->button, shy_scope_item_get_label (item));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      shy_scope_item_get_label (item), -1);
      select_row (self);
      return;
    }

  /* Remembered, but no longer among the choices. */
  shy_context_set_scope (self->context, "");
}

static void
choose (ShyScopeButton *self,
        GtkListBoxRow  *row)
{
  g_autoptr (ShyScopeItem) item = g_object_ref (row_get_item (row));

  /* Closing clears the search, which makes the rows anew. */
  gtk_menu_button_popdown (self->button);
  shy_context_set_scope (self->context, shy_scope_item_get_code (item));
}

static void
row_activated_cb (ShyScopeButton *self,
                  GtkListBoxRow  *row)
{
  choose (self, row);
}

static void
search_changed_cb (ShyScopeButton *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  select_row (self);
}

/* Enter takes the first that is left. */
static void
search_activated_cb (ShyScopeButton *self)
{
  GtkListBoxRow *row;

  search_changed_cb (self);
  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    choose (self, row);
}

static void
closed_cb (ShyScopeButton *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
load_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError            *error = NULL;
  ShyCountyRegistry *registry = shy_county_registry_get_default (&error);

  if (registry == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (registry), g_object_unref);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ShyScopeButton                *self = SHY_SCOPE_BUTTON (source);
  g_autoptr (GError)             error = NULL;
  g_autoptr (ShyCountyRegistry)  registry = NULL;

  registry = g_task_propagate_pointer (G_TASK (result), &error);
  if (registry == NULL)
    {
      shy_toast_error (GTK_WIDGET (self), error);
      return;
    }

  self->items = shy_scope_item_list_new (registry);
  self->found = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (self->items),
                                                         g_object_ref (self->filter)));
  gtk_list_box_bind_model (self->list, self->found, create_row, NULL, NULL);
  show_scope (self);
}

static void
shy_scope_button_dispose (GObject *object)
{
  ShyScopeButton *self = SHY_SCOPE_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (shy_scope_button_parent_class)->dispose (object);
}

static void
shy_scope_button_class_init (ShyScopeButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_scope_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-scope-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyScopeButton, button);
  gtk_widget_class_bind_template_child (widget_class, ShyScopeButton, search);
  gtk_widget_class_bind_template_child (widget_class, ShyScopeButton, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
shy_scope_button_init (ShyScopeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_item, self, NULL));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
}

void
shy_scope_button_set_context (ShyScopeButton *self,
                              ShyContext     *context)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  g_set_object (&self->context, context);
  g_signal_connect_object (context, "notify::scope", G_CALLBACK (show_scope), self,
                           G_CONNECT_SWAPPED);
  g_task_set_source_tag (task, shy_scope_button_set_context);
  g_task_run_in_thread (task, load_worker);
}

void
shy_scope_button_popup (ShyScopeButton *self)
{
  gtk_menu_button_popup (self->button);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
