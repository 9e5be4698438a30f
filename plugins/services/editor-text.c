/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-text.h"

#include "editor.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

/* How long a person may go on typing before the text is looked at, in milliseconds. */
#define PAUSE 300

#define FAULT "services-fault" /* the category of the mark */

/* A description that is edited. */
typedef struct
{
  char           *title;    /* (owned) of the service */
  char           *text;     /* (owned) as the bureau has it */
  char           *shipped;  /* (owned) (nullable) as it comes with the program */
  ShyServiceHelp *help;     /* (owned) (nullable) what members mean */
} Text;

static void
text_free (Text *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->shipped);
  g_clear_pointer (&self->help, shy_service_help_free);
  g_free (self);
}

static char *
to_text (GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static ShyServiceHelp *
load_help (void)
{
  g_autoptr (GBytes) words = NULL;

  /* Translators: translate this with "yes" if your language is written as in mainland China. */
  if (g_str_equal (C_("the help is in Chinese", "no"), "yes"))
    words = g_resources_lookup_data ("/org/shanye/Shanye/services/editor-help.zh_CN.json",
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return shy_service_help_new (words);
}

static gpointer
load_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (GBytes)      description = shy_service_book_get_description (book, data, error);
  g_autoptr (GBytes)      shipped = NULL;
  g_autoptr (ShyService)  service = NULL;
  Text                   *self;

  if (description != NULL)
    service = shy_service_book_load (book, data, error);
  if (service == NULL)
    return NULL;

  shipped = shy_service_catalogue_find (data);
  self = g_new0 (Text, 1);
  self->title = g_strdup (shy_service_get_title (service));
  self->text = to_text (description);
  self->shipped = shipped != NULL ? to_text (shipped) : NULL;
  self->help = load_help ();
  return self;
}

/* A text that is looked at, or kept. */
typedef struct
{
  char *id;    /* (owned) of the service, which must stay */
  char *text;  /* (owned) */
} Draft;

static void
draft_free (gpointer data)
{
  Draft *self = data;

  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

/* What is wrong with a text. */
typedef struct
{
  GError *error;  /* (owned) (nullable) NULL for nothing */
  guint   line;   /* from 1; 0 for the text as a whole */
} Fault;

static void
fault_free (gpointer data)
{
  Fault *self = data;

  g_clear_error (&self->error);
  g_free (self);
}

static gpointer
check_call (ShyServiceBook  *book,
            gpointer         data,
            GCancellable    *cancellable,
            GError         **error)
{
  const Draft *draft = data;
  Fault       *fault = g_new0 (Fault, 1);

  shy_service_edit_check (draft->text, draft->id, &fault->line, &fault->error);
  return fault;
}

static gpointer
save_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  const Draft        *draft = data;
  g_autoptr (GBytes)  bytes = g_bytes_new (draft->text, strlen (draft->text));

  return shy_service_book_add (book, bytes, draft->id, FALSE, error);
}

struct _ServicesTextWindow
{
  AdwWindow        parent_instance;

  AdwWindowTitle  *title;
  GtkStack        *stack;
  AdwStatusPage   *failure;
  GtkSourceView   *view;
  GtkImage        *sign;
  GtkLabel        *message;
  GtkLabel        *help;

  GtkSourceBuffer *buffer;       /* of the view */
  ShyContext      *context;      /* (owned) */
  char            *id;           /* (owned) of the service */
  Text            *text;         /* (owned) (nullable) until it is loaded */
  GtkTextBuffer   *words;        /* (owned) (nullable) what is completed */
  GtkSourceCompletionWords *completing; /* (owned) (nullable) by @words */
  guint            line;         /* of the fault, 0 for none */
  guint            pause;        /* source that looks at the text */
  gboolean         leaving;      /* a person wants to leave in spite of changes */
  GCancellable    *checking;     /* (owned) (nullable) */
  GCancellable    *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesTextWindow, services_text_window, ADW_TYPE_WINDOW)

static char *
dup_text (ServicesTextWindow *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

static Draft *
draft_new (ServicesTextWindow *self)
{
  Draft *draft = g_new (Draft, 1);

  *draft = (Draft) { g_strdup (self->id), dup_text (self) };
  return draft;
}

static gboolean
is_changed (ServicesTextWindow *self)
{
  g_autofree char *text = self->text != NULL ? dup_text (self) : NULL;

  return text != NULL && !g_str_equal (text, self->text->text);
}

static void
mark_line (ServicesTextWindow *self,
           guint               line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_source_buffer_remove_source_marks (self->buffer, &start, &end, FAULT);
  self->line = line;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.go-to-fault", line > 0);
  if (line == 0)
    return;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &start, (int) line - 1);
  gtk_source_buffer_create_source_mark (self->buffer, NULL, FAULT, &start);
}

static void
say (ServicesTextWindow *self,
     const char         *icon,
     const char         *class,
     const char         *message)
{
  gtk_image_set_from_icon_name (self->sign, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->sign), (const char *[]) { class, NULL });
  gtk_label_set_text (self->message, message);
}

static void
show_fault (ServicesTextWindow *self,
            const Fault        *fault)
{
  gboolean changed = is_changed (self);

  mark_line (self, fault->line);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.save",
                                 changed && fault->error == NULL);
  if (fault->error != NULL)
    say (self, "dialog-error-symbolic", "error", fault->error->message);
  else
    say (self, "emblem-ok-symbolic", "success",
         changed ? _("The description can be used. It is not saved yet.")
                 : _("The description can be used."));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ServicesTextWindow) self = user_data;
  Fault *fault = shy_context_run_finish (SHY_CONTEXT (source), result, NULL);

  if (fault == NULL)
    return;
  show_fault (self, fault);
  fault_free (fault);
}

/* What was asked of an older text counts no more. */
static gboolean
check_cb (gpointer data)
{
  ServicesTextWindow *self = data;

  self->pause = 0;
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  services_run_async (self->context, check_call, draft_new (self), draft_free, fault_free,
                      self->checking, checked_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
changed_cb (ServicesTextWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.save", FALSE);
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE, check_cb, self);
}

/* Says what the member under the cursor means. */
static void
cursor_cb (ServicesTextWindow *self)
{
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;
  int              position;

  if (self->text == NULL || self->text->help == NULL)
    return;

  text = dup_text (self);
  g_object_get (self->buffer, "cursor-position", &position, NULL);
  said = shy_service_help_find (self->text->help, text,
                             (gsize) (g_utf8_offset_to_pointer (text, position) - text));
  gtk_label_set_text (self->help, said != NULL ? said : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help), said != NULL);
}

static void
complete_words (ServicesTextWindow *self)
{
  g_autofree char *words = self->text->help != NULL
                             ? shy_service_help_list_members (self->text->help) : g_strdup ("");

  self->completing = gtk_source_completion_words_new (_("Members"));
  self->words = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_text (self->words, words, -1);
  gtk_source_completion_words_register (self->completing, self->words);
  gtk_source_completion_add_provider (gtk_source_view_get_completion (self->view),
                                      GTK_SOURCE_COMPLETION_PROVIDER (self->completing));
}

/* The provider does not hold the buffer it was given. */
static void
forget_words (ServicesTextWindow *self)
{
  if (self->completing != NULL)
    gtk_source_completion_words_unregister (self->completing, self->words);
  g_clear_object (&self->completing);
  g_clear_object (&self->words);
}

static void
show_text (ServicesTextWindow *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    start;

  adw_window_title_set_subtitle (self->title, self->text->title);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, self->text->text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  complete_words (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.revert", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.revert-to-shipped",
                                 self->text->shipped != NULL);
  gtk_stack_set_visible_child_name (self->stack, "text");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesTextWindow) self = user_data;
  g_autoptr (GError)             error = NULL;

  self->text = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->text != NULL)
    {
      show_text (self);
      return;
    }
  adw_status_page_set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesTextWindow) self = user_data;
  g_autoptr (GError)             error = NULL;
  g_autofree char               *id = NULL;

  id = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (self->context == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), TRUE);
  if (id == NULL)
    {
      services_editor_tell (GTK_WIDGET (self), _("The Description Cannot Be Saved"), error);
      return;
    }

  g_free (self->text->text);
  self->text->text = dup_text (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.save", FALSE);
  say (self, "emblem-ok-symbolic", "success", _("Saved. The next pull goes by it."));
  if (self->leaving)
    gtk_window_close (GTK_WINDOW (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (widget);

  gtk_widget_set_sensitive (GTK_WIDGET (self->view), FALSE);
  services_run_async (self->context, save_call, draft_new (self), draft_free, g_free, NULL,
                      saved_cb, g_object_ref (self));
}

static void
go_to_fault_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (widget);
  GtkTextIter         iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &iter, (int) self->line - 1);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)), 0.2,
                                TRUE, 0, 0.4);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* As if a person had typed it, so that it can be undone. */
static void
revert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (widget);
  GtkTextBuffer      *buffer = GTK_TEXT_BUFFER (self->buffer);
  const char *text = g_str_equal (name, "text.revert") ? self->text->text : self->text->shipped;
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
undo_cb (ServicesTextWindow *self)
{
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (self->buffer));
}

static void
redo_cb (ServicesTextWindow *self)
{
  gtk_text_buffer_redo (GTK_TEXT_BUFFER (self->buffer));
}

static void
leave_cb (GtkWidget  *widget,
          const char *response)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (widget);

  self->leaving = !g_str_equal (response, "stay");
  if (g_str_equal (response, "save"))
    gtk_widget_activate_action (GTK_WIDGET (self), "text.save", NULL);
  else if (self->leaving)
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request (GtkWindow *window)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (window);
  const ShyDialogAnswer answers[] = {
    { "stay", _("_Go On Editing"), ADW_RESPONSE_DEFAULT },
    { "discard", _("_Discard Changes"), ADW_RESPONSE_DESTRUCTIVE },
    { "save", _("_Save"), ADW_RESPONSE_SUGGESTED },
  };
  AdwMessageDialog *dialog;

  if (self->leaving || !is_changed (self))
    return GTK_WINDOW_CLASS (services_text_window_parent_class)->close_request (window);

  dialog = shy_dialog_ask (GTK_WIDGET (self), _("Leave Without Saving?"),
                           _("What you changed in the description is lost."), answers,
                           G_N_ELEMENTS (answers), leave_cb);
  adw_message_dialog_set_response_enabled (dialog, "save", self->line == 0 && self->pause == 0);

  return TRUE;
}

static void
follow_scheme (ServicesTextWindow *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (
    self->buffer,
    gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                dark ? "Adwaita-dark" : "Adwaita"));
}

static void
set_up_view (ServicesTextWindow *self)
{
  g_autoptr (GtkSourceMarkAttributes) fault = gtk_source_mark_attributes_new ();
  const GdkRGBA                       red = { 0.88f, 0.11f, 0.14f, 0.15f };

  self->buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));
  gtk_source_buffer_set_language (
    self->buffer,
    gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "json"));
  gtk_source_mark_attributes_set_background (fault, &red);
  gtk_source_mark_attributes_set_icon_name (fault, "dialog-error-symbolic");
  gtk_source_view_set_mark_attributes (self->view, FAULT, fault, 0);
  follow_scheme (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_scheme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
services_text_window_dispose (GObject *object)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->checking);
  g_clear_object (&self->cancellable);
  forget_words (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_text_window_parent_class)->dispose (object);
}

static void
services_text_window_finalize (GObject *object)
{
  ServicesTextWindow *self = SERVICES_TEXT_WINDOW (object);

  g_clear_pointer (&self->text, text_free);
  g_free (self->id);

  G_OBJECT_CLASS (services_text_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "text.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "text.go-to-fault", NULL, go_to_fault_action);
  gtk_widget_class_install_action (widget_class, "text.revert", NULL, revert_action);
  gtk_widget_class_install_action (widget_class, "text.revert-to-shipped", NULL, revert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "text.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "text.go-to-fault", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
services_text_window_class_init (ServicesTextWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_text_window_dispose;
  object_class->finalize = services_text_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;

  gtk_source_init ();
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-text.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, view);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, sign);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, message);
  gtk_widget_class_bind_template_child (widget_class, ServicesTextWindow, help);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, redo_cb);
  install_actions (widget_class);
}

static void
services_text_window_init (ServicesTextWindow *self)
{
  static const char *const actions[] = { "text.save", "text.go-to-fault", "text.revert",
                                         "text.revert-to-shipped" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], FALSE);
  set_up_view (self);
}

GtkWindow *
services_text_window_new (ShyContext *context,
                          const char *id)
{
  ServicesTextWindow *self = g_object_new (SERVICES_TYPE_TEXT_WINDOW, NULL);

  self->context = g_object_ref (context);
  self->id = g_strdup (id);
  services_run_async (context, load_call, g_strdup (id), g_free,
                      (GDestroyNotify) text_free, self->cancellable, loaded_cb,
                      g_object_ref (self));

  return GTK_WINDOW (self);
}
