/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-preferences-window.h"

#include "shy-preferences.h"
#include "shy-register-page.h"

#include <glib/gi18n-lib.h>

/* The settings: the program's own, one page for the plugins, and the pages that plugins bring. */
struct _ShyPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow   *scheme;
  AdwActionRow  *database;
  GtkListBox    *plugins;
  GtkWidget     *no_plugins;

  ShyContext    *context;  /* (owned) */
  GListModel    *pages;    /* (owned) of ShyPreferences */
  GHashTable    *shown;    /* (owned) ShyPreferences to its AdwPreferencesPage */
};

G_DEFINE_FINAL_TYPE (ShyPreferencesWindow, shy_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the rows of the template. */
static const char *const schemes[] = { "default", "light", "dark" };

static gboolean
row_from_scheme (GValue   *value,
                 GVariant *variant,
                 gpointer  data)
{
  const char *scheme = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i], scheme))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
scheme_from_row (const GValue       *value,
                 const GVariantType *type,
                 gpointer            data)
{
  guint row = g_value_get_uint (value);

  return g_variant_new_string (schemes[row < G_N_ELEMENTS (schemes) ? row : 0]);
}

static char *
describe_plugin (GBinding   *binding,
                 const char *problem,
                 const char *summary)
{
  if (problem == NULL)
    return g_strdup (summary != NULL ? summary : "");

  /* Translators: %s is a sentence that says why a plugin does not work. */
  return g_strdup_printf (_("Not working: %s"), problem);
}

static gboolean
problem_to_subtitle (GBinding     *binding,
                     const GValue *from,
                     GValue       *to,
                     gpointer      plugin)
{
  g_value_take_string (to, describe_plugin (binding, g_value_get_string (from),
                                            shy_plugin_get_summary (plugin)));
  return TRUE;
}

static gboolean
problem_to_visible (GBinding     *binding,
                    const GValue *from,
                    GValue       *to,
                    gpointer      plugin)
{
  g_value_set_boolean (to, g_value_get_string (from) != NULL);
  return TRUE;
}

static GtkWidget *
create_plugin_row (gpointer item,
                   gpointer user_data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *version = gtk_label_new (shy_plugin_get_version (item));
  GtkWidget *enabled = gtk_switch_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shy_plugin_get_name (item));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  gtk_widget_add_css_class (sign, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Not working"), -1);
  gtk_widget_add_css_class (version, "dim-label");
  gtk_widget_set_valign (enabled, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (enabled), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shy_plugin_get_name (item), -1);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), sign);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), version);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), enabled);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), enabled);

  g_object_bind_property (item, "enabled", enabled, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (item, "problem", row, "subtitle", G_BINDING_SYNC_CREATE,
                               problem_to_subtitle, NULL, item, NULL);
  g_object_bind_property_full (item, "problem", sign, "visible", G_BINDING_SYNC_CREATE,
                               problem_to_visible, NULL, item, NULL);

  return row;
}

static void
add_pages (ShyPreferencesWindow *self,
           guint                 position,
           guint                 added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (ShyPreferences) item = g_list_model_get_item (self->pages, i);
      AdwPreferencesPage        *page = shy_preferences_create_page (item, self->context);

      adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
      g_hash_table_insert (self->shown, g_steal_pointer (&item), page);
    }
}

static gboolean
is_listed (GListModel *model,
           gpointer    wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (item == wanted)
        return TRUE;
    }

  return FALSE;
}

static void
pages_changed_cb (ShyPreferencesWindow *self,
                  guint                 position,
                  guint                 removed,
                  guint                 added,
                  GListModel           *pages)
{
  GHashTableIter iter;
  gpointer       item, page;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &item, &page))
    if (!is_listed (pages, item))
      {
        adw_preferences_window_remove (ADW_PREFERENCES_WINDOW (self), page);
        g_hash_table_iter_remove (&iter);
      }

  add_pages (self, position, added);
}

static void
shy_preferences_window_dispose (GObject *object)
{
  ShyPreferencesWindow *self = SHY_PREFERENCES_WINDOW (object);

  if (self->pages != NULL)
    g_signal_handlers_disconnect_by_data (self->pages, self);
  g_clear_object (&self->pages);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (shy_preferences_window_parent_class)->dispose (object);
}

static void
shy_preferences_window_class_init (ShyPreferencesWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = shy_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/shanye/Shanye/ui/shy-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyPreferencesWindow, scheme);
  gtk_widget_class_bind_template_child (widget_class, ShyPreferencesWindow, database);
  gtk_widget_class_bind_template_child (widget_class, ShyPreferencesWindow, plugins);
  gtk_widget_class_bind_template_child (widget_class, ShyPreferencesWindow, no_plugins);
}

static void
shy_preferences_window_init (ShyPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

GtkWidget *
shy_preferences_window_new (ShyApplication *application)
{
  ShyPreferencesWindow *self = g_object_new (SHY_TYPE_PREFERENCES_WINDOW, NULL);
  ShyEngine            *engine = shy_application_get_engine (application);
  GListModel           *plugins = shy_engine_get_plugins (engine);
  GSettings            *settings;

  self->context = g_object_ref (shy_application_get_context (application));
  settings = shy_context_get_settings (self->context);
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "color-scheme", self->scheme, "selected",
                                  G_SETTINGS_BIND_DEFAULT, row_from_scheme, scheme_from_row, NULL,
                                  NULL);
  adw_action_row_set_subtitle (self->database, shy_context_get_database (self->context));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              shy_register_page_new (shy_context_get_database (self->context)));

  gtk_list_box_bind_model (self->plugins, plugins, create_plugin_row, NULL, NULL);
  gtk_widget_set_visible (self->no_plugins, g_list_model_get_n_items (plugins) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->plugins), g_list_model_get_n_items (plugins) > 0);

  self->pages = shy_engine_create_extensions (engine, SHY_TYPE_PREFERENCES);
  g_signal_connect_object (self->pages, "items-changed", G_CALLBACK (pages_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_pages (self, 0, g_list_model_get_n_items (self->pages));

  return GTK_WIDGET (self);
}
