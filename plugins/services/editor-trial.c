/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-trial.h"

#include "editor-mapper.h"
#include "editor-rows.h"
#include "editor.h"
#include "services-sign.h"

#include <glib/gi18n-lib.h>

struct _ServicesTrialWindow
{
  AdwWindow            parent_instance;

  AdwWindowTitle      *title;
  GtkStack            *stack;
  GtkButton           *again;
  GtkDropDown         *streams;
  AdwStatusPage       *failure;
  GtkListBox          *steps;
  GtkWidget           *rows_group;
  ServicesTrialRows    *rows;
  GtkWidget           *unmapped_group;
  GtkListBox          *unmapped;
  GtkWidget           *reply_group;
  GtkLabel            *reply;
  AdwActionRow        *compare;
  GtkWidget           *compare_group;

  ShyContext          *context;      /* (owned) */
  char                *id;           /* (owned) of the service */
  char                *stream;       /* (owned) (nullable) NULL for the first */
  ShyServiceTrial     *done;         /* (owned) (nullable) */
  gboolean             filling;      /* the streams, which is no choice of a person */
  GCancellable        *cancellable;  /* (owned) of what runs; cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesTrialWindow, services_trial_window, ADW_TYPE_WINDOW)

static void run (ServicesTrialWindow *self);

/* What a worker is to try. */
typedef struct
{
  char *id;
  char *stream;  /* (nullable) */
} Wish;

static Wish *
wish_new (ServicesTrialWindow *self)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish) { g_strdup (self->id), g_strdup (self->stream) };
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_free (self->id);
  g_free (self->stream);
  g_free (self);
}

static gpointer
run_call (ShyServiceBook  *book,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  const Wish *wish = data;

  return shy_service_trial_run (book, wish->id, wish->stream, cancellable,
                                error);
}

static gpointer
compare_call (ShyServiceBook  *book,
              gpointer         data,
              GCancellable    *cancellable,
              GError         **error)
{
  const Wish *wish = data;

  return shy_service_trial_compare (book, wish->id, wish->stream,
                                    cancellable, error);
}

static const ServicesSign outcomes[] = {
  [SHY_TRIAL_FINE] = { "emblem-ok-symbolic", "success", N_("Fine") },
  [SHY_TRIAL_ATTENTION] = { "dialog-warning-symbolic", "warning", N_("Attention") },
  [SHY_TRIAL_FAILED] = { "dialog-error-symbolic", "error", N_("Failed") },
  [SHY_TRIAL_SKIPPED] = { "content-loading-symbolic", "dim-label", N_("Left out") },
};

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
create_line (const char *title,
             const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static GtkWidget *
create_step (const ShyTrialStep *step)
{
  GtkWidget *row = create_line (step->title, step->sentence);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), services_sign_new (&outcomes[step->outcome]));
  return row;
}

static void
show_steps (ServicesTrialWindow *self,
            const ShyTrial      *trial)
{
  clear_list (self->steps);
  for (guint i = 0; i < trial->steps->len; i++)
    gtk_list_box_append (self->steps, create_step (g_ptr_array_index (trial->steps, i)));
}

static void
show_unmapped (ServicesTrialWindow *self,
               const ShyTrial      *trial)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (trial->unmapped),
                                         (GCompareFunc) g_strcmp0);

  clear_list (self->unmapped);
  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *example = g_hash_table_lookup (trial->unmapped, at->data);

      gtk_list_box_append (self->unmapped,
                           create_line (at->data, *example != '\0' ? example : _("no value")));
    }
  gtk_widget_set_visible (self->unmapped_group, names != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trial.map", names != NULL);
}

static gboolean
is_stream_titles_shown (ServicesTrialWindow *self)
{
  return gtk_drop_down_get_model (self->streams) != NULL;
}

static void
fill_streams (ServicesTrialWindow *self)
{
  guint                      n = shy_service_get_n_streams (self->done->service);
  g_autoptr (GtkStringList)  titles = gtk_string_list_new (NULL);

  if (is_stream_titles_shown (self))
    return;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (titles, shy_service_stream_get_title (
                                      shy_service_get_stream (self->done->service, i)));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->streams, G_LIST_MODEL (titles));
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->streams), n > 1);
}

static void
show_done (ServicesTrialWindow *self)
{
  const ShyTrial *trial = self->done->trial;

  adw_window_title_set_subtitle (self->title, shy_service_get_title (self->done->service));
  fill_streams (self);
  show_steps (self, trial);
  gtk_widget_set_visible (self->rows_group, trial->rows->len > 0);
  services_trial_rows_show (self->rows, trial, self->done->stream);
  show_unmapped (self, trial);
  gtk_label_set_text (self->reply, trial->sample_reply != NULL ? trial->sample_reply : "");
  gtk_widget_set_visible (self->reply_group, trial->sample_reply != NULL);
  gtk_widget_set_visible (self->compare_group, shy_trial_has_sign_call (self->done->service));
  gtk_stack_set_visible_child_name (self->stack, "done");
}

static void
set_running (ServicesTrialWindow *self,
             gboolean             running)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->again), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->streams), !running);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesTrialWindow) self = user_data;
  g_autoptr (GError)              error = NULL;
  ShyServiceTrial                *done;

  done = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (self->context == NULL)
    {
      g_clear_pointer (&done, shy_service_trial_unref);
      return;
    }

  set_running (self, FALSE);
  if (done != NULL)
    {
      g_clear_pointer (&self->done, shy_service_trial_unref);
      self->done = done;
      show_done (self);
      return;
    }

  adw_status_page_set_title (self->failure,
                             g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                               ? _("The Test Was Cancelled")
                               : _("The Service Cannot Be Tested"));
  adw_status_page_set_description (
    self->failure, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL
                                                                             : error->message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

static void
renew_cancellable (ServicesTrialWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
run (ServicesTrialWindow *self)
{
  renew_cancellable (self);
  set_running (self, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "running");
  services_run_async (self->context, run_call, wish_new (self), wish_free,
                      (GDestroyNotify) shy_service_trial_unref, self->cancellable, tried_cb,
                      g_object_ref (self));
}

static void
again_cb (ServicesTrialWindow *self)
{
  run (self);
}

static void
cancel_cb (ServicesTrialWindow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
stream_chosen_cb (ServicesTrialWindow *self)
{
  guint                   index = gtk_drop_down_get_selected (self->streams);
  const ShyServiceStream *stream;

  if (self->filling || self->done == NULL ||
      index >= shy_service_get_n_streams (self->done->service))
    return;

  stream = shy_service_get_stream (self->done->service, index);
  g_free (self->stream);
  self->stream = g_strdup (shy_service_stream_get_name (stream));
  run (self);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ServicesTrialWindow) self = user_data;
  g_autoptr (GError)              error = NULL;
  g_autofree char                *said = NULL;

  said = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->compare), TRUE);
  adw_action_row_set_subtitle (self->compare, said != NULL ? said : error->message);
}

static void
compare_cb (ServicesTrialWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->compare), FALSE);
  services_run_async (self->context, compare_call,
                      wish_new (self),
                      wish_free, g_free, self->cancellable,
                      compared_cb, g_object_ref (self));
}

/* What was mapped is tried again, so that the steps tell the truth. */
static void
mapped_cb (ServicesTrialWindow *self)
{
  run (self);
}

static void
map_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ServicesTrialWindow *self = SERVICES_TRIAL_WINDOW (widget);
  GtkWindow           *mapper = services_mapper_new (self->context, self->done);

  g_signal_connect_object (mapper, "saved", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED);
  services_editor_attach (mapper, GTK_WINDOW (self));
}

static void
keys_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ServicesTrialWindow *self = SERVICES_TRIAL_WINDOW (widget);
  GtkWindow           *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  services_keys_present (parent, self->context, self->id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
services_trial_window_dispose (GObject *object)
{
  ServicesTrialWindow *self = SERVICES_TRIAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_trial_window_parent_class)->dispose (object);
}

static void
services_trial_window_finalize (GObject *object)
{
  ServicesTrialWindow *self = SERVICES_TRIAL_WINDOW (object);

  g_clear_pointer (&self->done, shy_service_trial_unref);
  g_free (self->stream);
  g_free (self->id);

  G_OBJECT_CLASS (services_trial_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, again);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, streams);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, rows_group);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, unmapped_group);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, unmapped);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, reply_group);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, reply);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, ServicesTrialWindow, compare_group);
}

static void
services_trial_window_class_init (ServicesTrialWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_trial_window_dispose;
  object_class->finalize = services_trial_window_finalize;

  g_type_ensure (SERVICES_TYPE_TRIAL_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-trial.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, stream_chosen_cb);
  gtk_widget_class_install_action (widget_class, "trial.map", NULL, map_action);
  gtk_widget_class_install_action (widget_class, "trial.keys", NULL, keys_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
services_trial_window_init (ServicesTrialWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
services_trial_window_new (ShyContext *context,
                           const char *id)
{
  ServicesTrialWindow *self = g_object_new (SERVICES_TYPE_TRIAL_WINDOW, NULL);

  self->context = g_object_ref (context);
  self->id = g_strdup (id);
  run (self);

  return GTK_WINDOW (self);
}
