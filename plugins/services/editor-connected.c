/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-connected.h"

#include "editor.h"
#include "services-todo.h"

#include <glib/gi18n-lib.h>

struct _ServicesConnected
{
  AdwPreferencesGroup  parent_instance;

  GPtrArray           *rows;         /* (owned) of GtkWidget that are in the group */
  ShyContext          *context;      /* (owned) */
  GCancellable        *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesConnected, services_connected, ADW_TYPE_PREFERENCES_GROUP)

static void load (ServicesConnected *self);

static GtkWindow *
find_window (GtkWidget *widget)
{
  return GTK_WINDOW (gtk_widget_get_root (widget));
}

static const char *
get_id (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "id");
}

static void
keys_cb (ServicesConnected *self,
         GtkWidget         *button)
{
  services_keys_present (find_window (button), self->context, get_id (button));
}

static void
edit_cb (ServicesConnected *self,
         GtkWidget         *button)
{
  services_editor_present (find_window (button), self->context, get_id (button));
}

static void
test_cb (ServicesConnected *self,
         GtkWidget         *button)
{
  services_trial_present (find_window (button), self->context, get_id (button));
}

static void
add_cb (ServicesConnected *self)
{
  services_editor_present (find_window (GTK_WIDGET (self)), self->context, NULL);
}

/* Shows the service on its page, behind the preferences. */
static void
row_activated_cb (ServicesConnected *self,
                  GtkWidget         *row)
{
  GtkWindow *preferences = find_window (row);
  GtkWindow *window = gtk_window_get_transient_for (preferences);

  if (!SHY_IS_WINDOW (window))
    return;
  shy_window_open_page (SHY_WINDOW (window), SERVICES_PAGE_ID, get_id (row));
  gtk_window_close (preferences);
}

static void
add_button (ServicesConnected *self,
            GtkWidget         *row,
            const char        *icon,
            const char        *label,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (get_id (row)), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
describe (const ShyServiceEntry *entry)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char      *when = NULL;

  if (entry->trouble != NULL)
    return g_strdup (entry->trouble);
  if (entry->last_success != NULL)
    then = g_date_time_new_from_iso8601 (entry->last_success, NULL);
  if (then == NULL)
    return g_strdup (_("Nothing was pulled yet."));

  local = g_date_time_to_local (then);
  when = g_date_time_format (local, "%Y-%m-%d %H:%M");
  /* Translators: how many rows a service has here, and when they were pulled. */
  return g_strdup_printf (ngettext ("%llu row, pulled %s", "%llu rows, pulled %s", entry->rows),
                          (unsigned long long) entry->rows, when);
}

static GtkWidget *
create_row (ServicesConnected     *self,
            const ShyServiceEntry *entry)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *said = describe (entry);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), said);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (entry->id), g_free);

  add_button (self, row, "dialog-password-symbolic", _("Keys"), G_CALLBACK (keys_cb));
  add_button (self, row, "document-edit-symbolic", _("Edit the description"),
              G_CALLBACK (edit_cb));
  add_button (self, row, "network-transmit-receive-symbolic", _("Test the connection"),
              G_CALLBACK (test_cb));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_tooltip_text (row, _("Show it on its page"));

  return row;
}

static void
add_row (ServicesConnected *self,
         GtkWidget         *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
say_instead (ServicesConnected *self,
             const char        *sentence)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "dim-label");
  add_row (self, row);
}

static void
clear (ServicesConnected *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesConnected) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    entries = shy_context_run_finish (SHY_CONTEXT (source), result,
                                                                &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear (self);
  if (entries == NULL)
    {
      say_instead (self, error->message);
      return;
    }
  for (guint i = 0; i < entries->len; i++)
    add_row (self, create_row (self, g_ptr_array_index (entries, i)));
  if (entries->len == 0)
    say_instead (self, _("No data service is connected yet."));
}

static gpointer
list_call (ShyServiceBook  *book,
           gpointer         nothing,
           GCancellable    *cancellable,
           GError         **error)
{

  return shy_service_book_list (book, error);
}

static void
load (ServicesConnected *self)
{
  services_run_async (self->context, list_call, NULL, NULL,
                      (GDestroyNotify) g_ptr_array_unref, self->cancellable, loaded_cb,
                      g_object_ref (self));
}

static void
services_connected_dispose (GObject *object)
{
  ServicesConnected *self = SERVICES_CONNECTED (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_connected_parent_class)->dispose (object);
}

static void
services_connected_finalize (GObject *object)
{
  g_ptr_array_unref (SERVICES_CONNECTED (object)->rows);

  G_OBJECT_CLASS (services_connected_parent_class)->finalize (object);
}

static void
services_connected_class_init (ServicesConnectedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = services_connected_dispose;
  object_class->finalize = services_connected_finalize;
}

static void
services_connected_init (ServicesConnected *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

/* services_connected_new: reads what is connected, and again whenever that changes. */
AdwPreferencesGroup *
services_connected_new (ShyContext *context)
{
  ServicesConnected        *self = g_object_new (SERVICES_TYPE_CONNECTED, NULL);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget           *add = gtk_button_new_with_mnemonic (_("_Connect…"));

  self->context = g_object_ref (context);
  adw_preferences_group_set_title (group, _("Connected services"));
  adw_preferences_group_set_description (group, _("What the province offers, kept here as a copy. "
                                                  "Everything else works without."));
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (group, add);
  g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC, G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  load (self);

  return group;
}
