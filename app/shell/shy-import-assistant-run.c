/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-assistant-private.h"

#include "shy-focus.h"
#include "shy-import-save.h"
#include "shy-import-withdraw.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

static void
set_running (ShyImportAssistant *self,
             gboolean           running)
{
  gtk_revealer_set_reveal_child (self->running, running);
  if (running)
    shy_focus_enter (GTK_WIDGET (self->running));
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !running);
  gtk_progress_bar_set_fraction (self->progress, 0);
}

/* Nothing runs any longer: what was asked for meanwhile comes now. */
static void
end_run (ShyImportAssistant *self)
{
  g_autoptr (GFile) next = g_steal_pointer (&self->next);

  set_running (self, FALSE);
  if (self->closing)
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  else if (next != NULL)
    shy_import_assistant_open (self, next);
}

/* A person who stopped it is told too that nothing was kept. */
static void
tell_stopped (ShyImportAssistant *self,
              const GError      *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shy_toast_message (GTK_WIDGET (self), _("Stopped. Nothing was kept."));
  else
    shy_toast_error (GTK_WIDGET (self), error);
}

/* Where rows were left out or stored otherwise than they had been found, a page of its own tells. */
static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ShyImportAssistant) self = user_data;
  g_autoptr (ShyImportSummary)   summary = NULL;
  g_autoptr (GError)             error = NULL;
  gint64                         batch = shy_import_commit_finish (SHY_IMPORT (source), result, &error);
  gboolean                       told;

  if (self->make_targets == NULL)
    return; /* the window was closed meanwhile */
  if (error != NULL)
    {
      tell_stopped (self, error);
      end_run (self);
      return;
    }

  self->batch = batch;
  summary = shy_import_result_describe (SHY_IMPORT (source));
  told = shy_import_count (SHY_IMPORT (source), SHY_IMPORT_REJECTED) > 0 || summary->changes->len > 0;
  if (told)
    {
      shy_import_result_show (self->result, self->import, summary, self->words.show);
      shy_import_assistant_show_page (self, "result");
    }
  else
    shy_toast_message (GTK_WIDGET (self), summary->totals);
  g_signal_emit (self, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_IMPORTED], 0, batch, told);
  end_run (self);
}

static void ask_to_discard (ShyImportAssistant *self);
static void decided_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
keep (ShyImportAssistant *self)
{
  g_autofree char *earlier = shy_import_dup_earlier (self->import);
  const char      *name = gtk_editable_get_text (GTK_EDITABLE (self->remember));

  /* What the clerk was not asked about may have been stored by another meanwhile. */
  shy_import_set_once (self->import, earlier == NULL);
  shy_import_set_remember (self->import, g_hash_table_size (self->columns) > 0 && *name != '\0' ? name : NULL);
  gtk_progress_bar_set_text (self->progress, self->words.keeping);
  shy_import_commit_async (self->import, self->cancellable, committed_cb, g_object_ref (self));
}

static void
decide (ShyImportAssistant *self)
{
  gtk_progress_bar_set_text (self->progress, self->words.running);
  shy_import_run_async (self->import, self->cancellable, decided_cb, g_object_ref (self));
}

static void
answered_cb (AdwMessageDialog   *dialog,
             const char         *response,
             ShyImportAssistant *self)
{
  if (self->import == NULL || g_str_equal (response, "cancel"))
    {
      end_run (self);
      return;
    }
  if (g_str_equal (response, "keep"))
    {
      shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_INCLUDE);
      keep (self);
      return;
    }
  shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_SKIP);
  self->asked = TRUE;
  decide (self);
}

/* Everything that is to be known before the rows are kept, a line each. */
static char *
dup_remarks (ShyImportAssistant *self)
{
  return g_strjoinv ("\n", (char **) shy_import_get_remarks (self->import));
}

static gboolean ask_first (ShyImportAssistant *self);

static void
columns_answered_cb (AdwMessageDialog  *dialog,
                     const char        *response,
                     ShyImportAssistant *self)
{
  if (self->import == NULL || g_str_equal (response, "cancel"))
    {
      end_run (self);
      return;
    }
  self->asked_columns = TRUE;
  if (g_str_equal (response, "skip"))
    {
      shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_SKIP);
      decide (self);
      return;
    }
  shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_INCLUDE);
  if (!ask_first (self))
    keep (self);
}

/* Asks whether columns that are hidden in the sheet are read. FALSE if there are none. */
static gboolean
ask_columns (ShyImportAssistant *self)
{
  g_autofree char *said = shy_import_dup_hidden_columns (self->import);
  GtkWidget       *dialog;

  if (self->asked_columns || said == NULL)
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Are the Hidden Columns Meant?"), said);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "skip",
                                    _("_Leave Hidden Columns Out"), "keep", _("_Read Hidden Columns"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (columns_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Asks before rows are kept that a filter hid, or that were kept before, and before hidden columns are
 * read. FALSE if there is nothing to ask. */
static gboolean
ask_first (ShyImportAssistant *self)
{
  g_autofree char *said = shy_import_dup_hidden_rows (self->import);
  gboolean         hidden = said != NULL;
  g_autofree char *earlier = shy_import_dup_earlier (self->import);
  g_autofree char *remarks = NULL;
  GtkWidget       *dialog;

  if (ask_columns (self))
    return TRUE;
  if (self->asked || (!hidden && earlier == NULL))
    return FALSE;

  remarks = dup_remarks (self);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   hidden ? _("Are the Hidden Rows Meant?")
                                          : _("Keep This File Once More?"), remarks);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  if (hidden)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "skip",
                                     _("_Leave Hidden Rows Out"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "keep",
                                   hidden ? _("_Include Hidden Rows") : _("_Keep Once More"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Rows that need work are shown before anything is kept. */
static gboolean
look_first (ShyImportAssistant *self)
{
  guint            n = shy_import_count (self->import, SHY_IMPORT_READY) +
                       shy_import_count (self->import, SHY_IMPORT_FAULTY);
  gboolean         again = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") == 0;
  g_autofree char *label = NULL;

  if (!again && shy_import_count (self->import, SHY_IMPORT_READY) == shy_spool_get_n (shy_import_get_spool (self->import)))
    return FALSE;

  label = g_strdup_printf (ngettext ("_Keep %u Row", "_Keep %u Rows", n), n);
  gtk_button_set_label (self->keep, label);
  shy_import_assistant_show_page (self, "rows");
  end_run (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), n > 0);
  shy_import_rows_show (self->rows, self->import, again);
  return TRUE;
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ShyImportAssistant) self = user_data;
  g_autoptr (GError)             error = NULL;

  if (self->make_targets == NULL)
    return; /* the window was closed meanwhile */
  if (!shy_import_run_finish (SHY_IMPORT (source), result, &error))
    {
      tell_stopped (self, error);
      end_run (self);
      return;
    }

  /* Another file may have taken its place meanwhile. */
  if (SHY_IMPORT (source) != self->import)
    {
      set_running (self, FALSE);
      return;
    }
  self->stale = FALSE;
  if ((self->looked || !look_first (self)) && !ask_first (self))
    keep (self);
}

/* Begins what takes a while; what is under way goes on alone. */
static void
begin (ShyImportAssistant *self)
{
  shy_import_assistant_restart (self);
  set_running (self, TRUE);
  g_object_bind_property (self->import, "progress", self->progress, "fraction", G_BINDING_DEFAULT);
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  /* While a file is read, the one before it is not what is asked for. */
  if (self->import == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->run)) ||
      gtk_revealer_get_reveal_child (self->running))
    return;

  begin (self);
  self->asked = self->asked_columns = self->looked = FALSE;
  shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_ASK);
  shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_ASK);
  decide (self);
}

/* Keeps the rows as they were shown. */
static void
keep_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (self->import == NULL || gtk_revealer_get_reveal_child (self->running) ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") != 0)
    return;

  begin (self);
  if (self->stale)
    decide (self);
  else
    {
      self->looked = TRUE;
      if (!ask_first (self))
        keep (self);
    }
}

static void
focus_keep_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (SHY_IMPORT_ASSISTANT (widget)->keep));
}

/* A cell was mended: the rows are judged again. */
void
shy_import_assistant_mended (ShyImportAssistant *self)
{
  self->stale = TRUE;
  self->looked = FALSE;
  begin (self);
  decide (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_cancellable_cancel (SHY_IMPORT_ASSISTANT (widget)->cancellable);
}

static gboolean
is_running (ShyImportAssistant *self)
{
  return gtk_revealer_get_reveal_child (self->running);
}

/* What was mended and not kept yet. */
static gboolean
is_unkept (ShyImportAssistant *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  return self->import != NULL && shy_import_count_mended (self->import) > 0 &&
         (g_strcmp0 (page, "rows") == 0 || g_strcmp0 (page, "form") == 0);
}

static void
leave (ShyImportAssistant *self)
{
  g_clear_object (&self->import);
  g_signal_emit (self, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT], 0);
}

/* From the rows back to what they are; from there out. */
static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (is_running (self))
    g_signal_emit (self, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT], 0);
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") == 0)
    shy_import_assistant_show_page (self, "form");
  else if (is_unkept (self))
    ask_to_discard (self);
  else
    g_signal_emit (self, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT], 0);
}

static void
discard_answered_cb (AdwMessageDialog   *dialog,
                     const char         *response,
                     ShyImportAssistant *self)
{
  g_autoptr (GFile) next = g_steal_pointer (&self->next);
  gboolean          closing = self->closing;

  self->closing = FALSE;
  if (!g_str_equal (response, "discard"))
    return;
  g_clear_object (&self->import);
  if (closing)
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  else if (next != NULL)
    shy_import_assistant_open (self, next);
  else
    leave (self);
}

static AdwMessageDialog *
new_dialog (ShyImportAssistant *self,
            const char         *heading)
{
  return ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, NULL));
}

/* What somebody typed is not lost by a slip of the hand. */
static void
ask_to_discard (ShyImportAssistant *self)
{
  AdwMessageDialog *dialog = new_dialog (self, _("Leave Without Keeping?"));
  guint             n = shy_import_count_mended (self->import);

  adw_message_dialog_format_body (dialog,
                                  ngettext ("%u row was corrected here and is not kept yet.",
                                            "%u rows were corrected here and are not kept yet.", n), n);
  adw_message_dialog_add_responses (dialog, "stay", _("_Stay Here"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
stop_answered_cb (AdwMessageDialog  *dialog,
                  const char        *response,
                  ShyImportAssistant *self)
{
  self->asking = FALSE;
  if (!g_str_equal (response, "stop"))
    {
      g_clear_object (&self->next);
      self->closing = FALSE;
    }
  else if (is_running (self))
    g_cancellable_cancel (self->cancellable);
  else
    end_run (self); /* it was done before the answer came */
}

/* What runs is not stopped by a slip of the hand. */
static void
ask_to_stop (ShyImportAssistant *self)
{
  AdwMessageDialog *dialog;

  if (self->asking)
    return;

  self->asking = TRUE;
  dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _("Stop?"), NULL));
  adw_message_dialog_format_body (dialog,
                                  /* Translators: %s is the name of a spreadsheet. */
                                  _("The rows of “%s” are being worked on. If you stop now, nothing of "
                                    "them is kept."),
                                  gtk_label_get_label (self->title));
  adw_message_dialog_add_responses (dialog, "go-on", _("_Go On"), "stop", _("_Stop"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "go-on");
  adw_message_dialog_set_close_response (dialog, "go-on");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Whether something runs, or was typed and is not kept. */
gboolean
shy_import_assistant_holds (ShyImportAssistant *self)
{
  return is_running (self) || is_unkept (self);
}

/* Asks before that is given up. */
void
shy_import_assistant_ask (ShyImportAssistant *self)
{
  if (is_running (self))
    ask_to_stop (self);
  else
    ask_to_discard (self);
}

/* What runs, and what was typed, is not lost by a slip of the hand. */
gboolean
shy_import_assistant_close_request (ShyImportAssistant *self)
{
  if (!shy_import_assistant_holds (self))
    return GDK_EVENT_PROPAGATE;

  self->closing = TRUE;
  shy_import_assistant_ask (self);
  return GDK_EVENT_STOP;
}

static void
save_results_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (self->import != NULL)
    shy_import_save (widget, self->import, FALSE);
}

static void
save_rejected_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (self->import != NULL)
    shy_import_save (widget, self->import, TRUE);
}

/* Where the file is open it is fresh again; else there is nothing more to see. */
static void
withdrawn (GtkWidget *widget)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") == 0)
    shy_import_assistant_load (self, FALSE);
  else
    g_signal_emit (self, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT], 0);
}

/* The batch that was just taken in, or the one that took in this file before. */
static void
withdraw_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);
  gint64              batch;

  if (self->import == NULL)
    return;
  batch = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") == 0
            ? self->batch : shy_import_get_earlier (self->import);
  if (batch > 0)
    shy_import_withdraw (widget, self->store, shy_import_get_target (self->import), batch, withdrawn);
}

/* With the address of a file, as from a chooser that was answered. */
static void
save_rejected_to_action (GtkWidget  *widget,
                         const char *action,
                         GVariant   *parameter)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (widget);

  if (self->import != NULL)
    shy_import_save_to (widget, self->import, TRUE, g_variant_get_string (parameter, NULL));
}

static void
show_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_signal_emit (widget, shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT], 0);
}

/* What the window and the keys do with the assistant. */
void
shy_import_assistant_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "import.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "import.focus-keep", NULL, focus_keep_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "import.save-results", NULL, save_results_action);
  gtk_widget_class_install_action (widget_class, "import.save-rejected", NULL, save_rejected_action);
  gtk_widget_class_install_action (widget_class, "import.save-rejected-to", "s", save_rejected_to_action);
  gtk_widget_class_install_action (widget_class, "import.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "import.show", NULL, show_action);
}
