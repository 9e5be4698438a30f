/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update-window.h"

#include "policies-updates.h"
#include "update-view.h"

#include <glib/gi18n-lib.h>

struct _PoliciesUpdateWindow
{
  AdwWindow            parent_instance;

  AdwToastOverlay     *toasts;
  GtkWidget           *back;
  GtkStack            *stack;
  AdwStatusPage       *message;
  AdwPreferencesGroup *list;
  PoliciesUpdateView  *view;

  ShyContext        *context;        /* (owned) */
  GCancellable        *cancellable; /* (owned) */
  GPtrArray           *reviews;     /* (owned) (nullable) of ShyUpdateReview, until they are read */
  GPtrArray           *rows;        /* (owned) of GtkWidget, as reviews */
  guint                shown;       /* index of the review in the view */
  gint64               wanted;      /* number of the update to show once it is read; 0 for none */
};

G_DEFINE_FINAL_TYPE (PoliciesUpdateWindow, policies_update_window, ADW_TYPE_WINDOW)

static void load (PoliciesUpdateWindow *self);

static void
show_toast (PoliciesUpdateWindow *self,
            const char           *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_page (PoliciesUpdateWindow *self,
           const char           *name)
{
  gboolean several = self->reviews != NULL && self->reviews->len > 1;

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, several && g_str_equal (name, "update"));
}

static void
show_update (PoliciesUpdateWindow *self,
             guint                 index)
{
  self->shown = index;
  policies_update_view_show (self->view, self->reviews->pdata[index]);
  show_page (self, "update");
}

static void
row_activated_cb (AdwActionRow         *row,
                  PoliciesUpdateWindow *self)
{
  guint index;

  if (g_ptr_array_find (self->rows, row, &index))
    show_update (self, index);
}

static GtkWidget *
new_row (PoliciesUpdateWindow  *self,
         const ShyUpdateReview *review)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *subtitle = NULL;

  /* Translators: what it brings (a policy or calendar) and its version. */
  subtitle = g_strdup_printf (_("%s, version %s"), shy_update_kind_to_label (review->update->kind),
                              review->update->version);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), review->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (!review->acceptable)
    {
      GtkWidget *label = gtk_label_new (C_("an update", "Cannot be accepted"));

      gtk_widget_add_css_class (label, "error");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, 0);
  return row;
}

static void
fill_list (PoliciesUpdateWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->reviews->len; i++)
    {
      GtkWidget *row = new_row (self, self->reviews->pdata[i]);

      adw_preferences_group_add (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_message (PoliciesUpdateWindow *self,
              const char           *title,
              const char           *text)
{
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, text);
  show_page (self, "message");
}

/* Finds the update that was just taken in; the only one is shown at once too. */
static gboolean
find_wanted (PoliciesUpdateWindow *self,
             guint                *index)
{
  *index = 0;
  for (guint i = 0; i < self->reviews->len; i++)
    if (((ShyUpdateReview *) self->reviews->pdata[i])->update->number == self->wanted)
      {
        *index = i;
        self->wanted = 0;
        return TRUE;
      }
  return self->reviews->len == 1;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PoliciesUpdateWindow) self = data;
  g_autoptr (GError)               error = NULL;
  GPtrArray                       *reviews;
  guint                            index;

  reviews = policies_updates_load_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reviews == NULL)
    {
      show_message (self, _("The Updates Cannot Be Shown"), error->message);
      return;
    }

  g_clear_pointer (&self->reviews, g_ptr_array_unref);
  self->reviews = reviews;
  fill_list (self);
  if (reviews->len == 0)
    show_message (self, _("No Update Waits"),
                  _("Updates of policies and the calendar come from data services, or from a file "
                    "that you were given: open it here."));
  else if (find_wanted (self, &index))
    show_update (self, index);
  else
    show_page (self, "list");
}

static void
load (PoliciesUpdateWindow *self)
{
  GApplication          *application = g_application_get_default ();
  ShyEngine             *engine = shy_application_get_engine (SHY_APPLICATION (application));
  g_autoptr (GListModel) rehearsals = shy_engine_create_extensions (engine, SHY_TYPE_REHEARSAL);

  policies_updates_load_async (self->context, rehearsals, self->cancellable, loaded_cb,
                               g_object_ref (self));
}

static void
answered_done_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (PoliciesUpdateWindow) self = data;
  g_autoptr (GError)               error = NULL;

  if (!policies_updates_answer_finish (SHY_CONTEXT (source), result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      show_toast (self, error->message);
    }
  load (self);
}

static void
answered_cb (PoliciesUpdateWindow *self,
             int                   answer)
{
  const ShyUpdate *update = ((ShyUpdateReview *) self->reviews->pdata[self->shown])->update;

  policies_update_view_set_busy (self->view, TRUE);
  policies_updates_answer_async (self->context, update->number, update->digest, answer,
                                 self->cancellable, answered_done_cb, g_object_ref (self));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (PoliciesUpdateWindow) self = data;
  g_autoptr (GError)               error = NULL;

  self->wanted = policies_updates_import_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    show_toast (self, error->message);
  load (self);
}

static void
import (PoliciesUpdateWindow *self,
        GFile                *file)
{
  policies_updates_import_async (self->context, file, self->cancellable, imported_cb,
                                 g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog      *dialog,
                int                   response,
                PoliciesUpdateWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    import (self, file);
  g_object_unref (dialog);
}

static void
open_file_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  GtkFileChooserNative     *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  dialog = gtk_file_chooser_native_new (_("Open an Update"), GTK_WINDOW (widget),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_filter_set_name (filter, _("Updates"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  show_page (POLICIES_UPDATE_WINDOW (widget), "list");
}

static void
policies_update_window_dispose (GObject *object)
{
  PoliciesUpdateWindow *self = POLICIES_UPDATE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (policies_update_window_parent_class)->dispose (object);
}

static void
policies_update_window_finalize (GObject *object)
{
  PoliciesUpdateWindow *self = POLICIES_UPDATE_WINDOW (object);

  g_clear_pointer (&self->reviews, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (policies_update_window_parent_class)->finalize (object);
}

static void
policies_update_window_class_init (PoliciesUpdateWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = policies_update_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = policies_update_window_finalize;

  g_type_ensure (POLICIES_TYPE_UPDATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/update-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, back);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, message);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_install_action (widget_class, "updates.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "updates.open-file", NULL, open_file_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK,
                                       "updates.open-file", NULL);
}

static void
policies_update_window_init (PoliciesUpdateWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/*
 * policies_updates_present:
 * @widget: what it is opened from
 * @file: (nullable): an update to take in first
 *
 * Shows the updates that wait.
 */
void
policies_updates_present (GtkWidget    *widget,
                          ShyContext *context,
                          GFile        *file)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  PoliciesUpdateWindow *self = g_object_new (POLICIES_TYPE_UPDATE_WINDOW, NULL);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  self->context = g_object_ref (context);
  if (file != NULL)
    import (self, file);
  else
    load (self);
  gtk_window_present (GTK_WINDOW (self));
}
