/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-views.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* shy_list_views_add_to_menu: the views by name, and what keeps and forgets them. */
void
shy_list_views_add_to_menu (GSettings *settings,
                            GMenu     *menu)
{
  g_autoptr (GVariant) views = g_settings_get_value (settings, "views");
  g_autoptr (GMenu)    forget = g_menu_new ();
  GVariantIter         iter;
  const char          *name;

  g_variant_iter_init (&iter, views);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &name, NULL))
    {
      g_autoptr (GMenuItem) show = g_menu_item_new (name, NULL);
      g_autoptr (GMenuItem) drop = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (show, "rows.view", "s", name);
      g_menu_append_item (menu, show);
      g_menu_item_set_action_and_target (drop, "rows.forget-view", "s", name);
      g_menu_append_item (forget, drop);
    }
  g_menu_append (menu, _("Keep This View…"), "rows.keep-view");
  if (g_menu_model_get_n_items (G_MENU_MODEL (forget)) > 0)
    g_menu_append_submenu (menu, _("Forget a View"), G_MENU_MODEL (forget));
}

/* shy_list_views_lookup: a view, an a{sv}, or NULL. */
GVariant *
shy_list_views_lookup (GSettings  *settings,
                       const char *name)
{
  g_autoptr (GVariant) views = g_settings_get_value (settings, "views");

  return g_variant_lookup_value (views, name, G_VARIANT_TYPE_VARDICT);
}

/*
 * shy_list_views_store: keeps a view under a name, in the place of one that has it.
 * @view: (nullable): NULL to forget the one that is there
 */
void
shy_list_views_store (GSettings  *settings,
                      const char *name,
                      GVariant   *view)
{
  g_autoptr (GVariant)     views = g_settings_get_value (settings, "views");
  g_auto (GVariantBuilder) kept = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  GVariantIter             iter;
  const char              *other;
  GVariant                *value;

  g_variant_iter_init (&iter, views);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &other, &value))
    if (!g_str_equal (other, name))
      g_variant_builder_add (&kept, "{s@a{sv}}", other, value);
  if (view != NULL)
    g_variant_builder_add (&kept, "{s@a{sv}}", name, view);
  g_settings_set_value (settings, "views", g_variant_builder_end (&kept));
}

/* What the dialog is about; goes with it. */
typedef struct
{
  GSettings *settings; /* (owned) */
  GVariant  *view;     /* (owned) */
  GtkWidget *name;     /* (unowned) */
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *self = data;

  g_object_unref (self->settings);
  g_variant_unref (self->view);
  g_free (self);
}

static char *
dup_name (Asking *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *self)
{
  g_autofree char *name = dup_name (self);

  if (g_str_equal (response, "keep") && *name != '\0')
    shy_list_views_store (self->settings, name, self->view);
}

static void
name_changed_cb (GtkEditable      *name,
                 AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (name)));

  adw_message_dialog_set_response_enabled (dialog, "keep", *text != '\0');
}

/* shy_list_views_ask: asks under which name a view is kept. */
void
shy_list_views_ask (GtkWidget *parent,
                    GSettings *settings,
                    GVariant  *view)
{
  GtkWindow        *window = GTK_WINDOW (gtk_widget_get_root (parent));
  GtkWidget        *dialog = adw_message_dialog_new (window, _("Keep This View"),
                                                     _("The filters, the order and the columns are kept "
                                                       "under this name, without what was searched for."));
  AdwMessageDialog *asked = ADW_MESSAGE_DIALOG (dialog);
  Asking           *self = g_new0 (Asking, 1);

  self->settings = g_object_ref (settings);
  self->view = g_variant_ref_sink (view);
  self->name = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (self->name), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the view"), -1);
  adw_message_dialog_set_extra_child (asked, self->name);
  adw_message_dialog_add_responses (asked, "cancel", _("_Cancel"), "keep", _("_Keep"), NULL);
  adw_message_dialog_set_response_appearance (asked, "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asked, "keep");
  adw_message_dialog_set_response_enabled (asked, "keep", FALSE);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, asking_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
