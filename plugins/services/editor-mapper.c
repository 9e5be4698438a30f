/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-mapper.h"

#include "editor-rows.h"
#include "editor.h"

#include <glib/gi18n-lib.h>

struct _ServicesMapper
{
  AdwWindow         parent_instance;

  AdwWindowTitle   *title;
  GtkListBox       *names;
  ServicesTrialRows *rows;

  ShyContext       *context;      /* (owned) */
  ShyServiceTrial  *done;         /* (owned) what was tried */
  GHashTable       *choices;      /* (owned) source → field */
  GCancellable     *cancellable;  /* (owned) of the last mapping; cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesMapper, services_mapper, ADW_TYPE_WINDOW)

enum { SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What a worker is to map, of one thread at a time. */
typedef struct
{
  ShyServiceTrial *done;     /* (owned) */
  GHashTable      *choices;  /* (owned) */
} Mapping;

static Mapping *
mapping_new (ServicesMapper *self)
{
  Mapping       *mapping = g_new (Mapping, 1);
  GHashTableIter iter;
  gpointer       source, field;

  mapping->done = shy_service_trial_ref (self->done);
  mapping->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &source, &field))
    g_hash_table_insert (mapping->choices, g_strdup (source), g_strdup (field));
  return mapping;
}

static void
mapping_free (gpointer data)
{
  Mapping *self = data;

  shy_service_trial_unref (self->done);
  g_hash_table_unref (self->choices);
  g_free (self);
}

static gpointer
map_call (ShyServiceBook  *book,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  const Mapping *mapping = data;

  return shy_service_trial_map (mapping->done, mapping->choices, error);
}

static gpointer
keep_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  const Mapping *mapping = data;

  return GINT_TO_POINTER (shy_service_trial_keep (mapping->done, book,
                                                  mapping->choices, error));
}

static void
mapped_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesMapper) self = user_data;
  g_autoptr (GError)         error = NULL;
  ShyServiceTrial           *mapped;

  mapped = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (mapped == NULL)
    {
      if (self->context != NULL)
        services_editor_tell (GTK_WIDGET (self), _("The Fields Cannot Be Mapped"), error);
      return;
    }
  services_trial_rows_show (self->rows, mapped->trial, mapped->stream);
  shy_service_trial_unref (mapped);
}

/* Shows the rows by what is chosen now; what was asked before counts no more. */
static void
map (ServicesMapper *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  services_run_async (self->context, map_call, mapping_new (self), mapping_free,
                      (GDestroyNotify) shy_service_trial_unref, self->cancellable, mapped_cb,
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
    g_hash_table_remove (self->choices, source);
  else
    g_hash_table_insert (self->choices, g_strdup (source),
                         g_strdup (shy_service_stream_get_field (self->done->stream, chosen - 1)
                                     ->name));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapper.save",
                                 g_hash_table_size (self->choices) > 0);
  map (self);
}

/* The first is to ignore; then the fields, each with what it takes now. */
static GListModel *
list_fields (ServicesMapper *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("Ignore"));
  for (guint i = 0; i < shy_service_stream_get_n_fields (self->done->stream); i++)
    {
      const ShyField *field = shy_service_stream_get_field (self->done->stream, i);
      const char     *source = g_hash_table_lookup (self->done->trial->mapped, field->name);

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
  GHashTable             *unmapped = self->done->trial->unmapped;
  g_autoptr (GListModel)  fields = list_fields (self);
  g_autoptr (GList)       names = g_list_sort (g_hash_table_get_keys (unmapped),
                                               (GCompareFunc) g_strcmp0);

  adw_window_title_set_subtitle (self->title,
                                 shy_service_stream_get_title (self->done->stream));
  for (GList *at = names; at != NULL; at = at->next)
    gtk_list_box_append (self->names, create_name (self, at->data,
                                                   g_hash_table_lookup (unmapped, at->data),
                                                   fields));
  services_trial_rows_show (self->rows, self->done->trial, self->done->stream);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesMapper) self = user_data;
  g_autoptr (GError)         error = NULL;
  gpointer                   kept;

  kept = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (self->context == NULL)
    return;
  if (kept == NULL)
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
  services_run_async (self->context, keep_call, mapping_new (self), mapping_free, NULL, NULL,
                      saved_cb, g_object_ref (self));
}

static void
services_mapper_dispose (GObject *object)
{
  ServicesMapper *self = SERVICES_MAPPER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_mapper_parent_class)->dispose (object);
}

static void
services_mapper_finalize (GObject *object)
{
  ServicesMapper *self = SERVICES_MAPPER (object);

  g_clear_pointer (&self->done, shy_service_trial_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);

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
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapper.save", FALSE);
}

GtkWindow *
services_mapper_new (ShyContext      *context,
                     ShyServiceTrial *done)
{
  ServicesMapper *self = g_object_new (SERVICES_TYPE_MAPPER, NULL);

  self->context = g_object_ref (context);
  self->done = shy_service_trial_ref (done);
  fill (self);

  return GTK_WINDOW (self);
}
