/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-mapper.h"

#include "editor-mapping.h"
#include "editor-rows.h"
#include "editor.h"

#include <glib/gi18n-lib.h>

struct _ServicesMapper
{
  AdwWindow         parent_instance;

  AdwWindowTitle   *title;
  GtkListBox       *names;
  ServicesTrialRows *rows;

  ServicesDesk     *desk;         /* (owned) */
  ServicesMapping  *mapping;      /* (owned) */
  GCancellable     *cancellable;  /* (owned) of the last mapping; cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesMapper, services_mapper, ADW_TYPE_WINDOW)

enum { SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_stream_name (ServicesMapper *self)
{
  return shy_service_stream_get_name (self->mapping->done->stream);
}

static void
mapped_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesMapper) self = user_data;
  g_autoptr (GError)         error = NULL;
  ServicesMapped            *mapped;

  mapped = services_desk_call_finish (SERVICES_DESK (source), result, &error);
  if (mapped == NULL)
    {
      if (self->desk != NULL)
        services_editor_tell (GTK_WIDGET (self), _("The Fields Cannot Be Mapped"), error);
      return;
    }
  services_trial_rows_show (self->rows, mapped->trial,
                           shy_service_find_stream (mapped->service, get_stream_name (self)));
  services_mapped_free (mapped);
}

/* Shows the rows by what is chosen now; what was asked before counts no more. */
static void
map (ServicesMapper *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  services_desk_call_async (self->desk, services_mapping_call,
                            services_mapping_copy (self->mapping),
                            (GDestroyNotify) services_mapping_free,
                            (GDestroyNotify) services_mapped_free, self->cancellable, mapped_cb,
                            g_object_ref (self));
}

static void
chosen_cb (ServicesMapper *self,
           GParamSpec     *pspec,
           AdwComboRow    *row)
{
  guint       chosen = adw_combo_row_get_selected (row);
  const char *source = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  if (chosen == 0)
    g_hash_table_remove (self->mapping->choices, source);
  else
    g_hash_table_insert (self->mapping->choices, g_strdup (source),
                         g_strdup (shy_service_stream_get_field (self->mapping->done->stream, chosen - 1)
                                     ->name));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapper.save",
                                 g_hash_table_size (self->mapping->choices) > 0);
  map (self);
}

/* The first is to ignore; then the fields, each with what it takes now. */
static GListModel *
list_fields (ServicesMapper *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("Ignore"));
  for (guint i = 0; i < shy_service_stream_get_n_fields (self->mapping->done->stream); i++)
    {
      const ShyServiceField *field = shy_service_stream_get_field (self->mapping->done->stream, i);
      const char            *source = g_hash_table_lookup (self->mapping->done->trial->mapped, field->name);

      if (source != NULL)
        /* Translators: a field, and what the service calls what it takes now. */
        gtk_string_list_take (list, g_strdup_printf (_("%s (now %s)"),
                                                     services_field_title (field), source));
      else
        gtk_string_list_append (list, services_field_title (field));
    }

  return G_LIST_MODEL (list);
}

static GtkWidget *
create_name (ServicesMapper *self,
             const char     *source,
             const char     *example,
             GListModel     *fields)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), source);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *example != '\0' ? example : _("no value"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), fields);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
fill (ServicesMapper *self)
{
  GHashTable             *unmapped = self->mapping->done->trial->unmapped;
  g_autoptr (GListModel)  fields = list_fields (self);
  g_autoptr (GList)       names = g_list_sort (g_hash_table_get_keys (unmapped),
                                               (GCompareFunc) g_strcmp0);

  adw_window_title_set_subtitle (self->title,
                                 shy_service_stream_get_title (self->mapping->done->stream));
  for (GList *at = names; at != NULL; at = at->next)
    gtk_list_box_append (self->names, create_name (self, at->data,
                                                   g_hash_table_lookup (unmapped, at->data),
                                                   fields));
  services_trial_rows_show (self->rows, self->mapping->done->trial, self->mapping->done->stream);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesMapper) self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autofree char           *id = NULL;

  id = services_desk_call_finish (SERVICES_DESK (source), result, &error);
  if (self->desk == NULL)
    return;
  if (id == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapper.save", TRUE);
      services_editor_tell (GTK_WIDGET (self), _("The Description Cannot Be Saved"), error);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ServicesMapper *self = SERVICES_MAPPER (widget);

  gtk_widget_action_set_enabled (widget, "mapper.save", FALSE);
  services_desk_call_async (self->desk, services_mapping_save_call,
                            services_mapping_copy (self->mapping),
                            (GDestroyNotify) services_mapping_free, g_free, NULL, saved_cb,
                            g_object_ref (self));
}

static void
services_mapper_dispose (GObject *object)
{
  ServicesMapper *self = SERVICES_MAPPER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (services_mapper_parent_class)->dispose (object);
}

static void
services_mapper_finalize (GObject *object)
{
  g_clear_pointer (&SERVICES_MAPPER (object)->mapping, services_mapping_free);

  G_OBJECT_CLASS (services_mapper_parent_class)->finalize (object);
}

static void
services_mapper_class_init (ServicesMapperClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_mapper_dispose;
  object_class->finalize = services_mapper_finalize;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SERVICES_TYPE_TRIAL_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-mapper.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesMapper, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesMapper, names);
  gtk_widget_class_bind_template_child (widget_class, ServicesMapper, rows);
  gtk_widget_class_install_action (widget_class, "mapper.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "mapper.save",
                                       NULL);
}

static void
services_mapper_init (ServicesMapper *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapper.save", FALSE);
}

GtkWindow *
services_mapper_new (ServicesDesk  *desk,
                     ServicesTrial *done)
{
  ServicesMapper *self = g_object_new (SERVICES_TYPE_MAPPER, NULL);

  self->desk = g_object_ref (desk);
  self->mapping = services_mapping_new (done);
  fill (self);

  return GTK_WINDOW (self);
}
