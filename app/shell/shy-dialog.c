/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-dialog.h"

#include <glib/gi18n-lib.h>

/* A question under way. */
typedef struct
{
  GtkWidget         *widget;    /* (weak) (nullable) who asked */
  ShyDialogAnswered  answered;
  ShyDialogChosen    chosen;
} Question;

static Question *
question_new (GtkWidget         *widget,
              ShyDialogAnswered  answered,
              ShyDialogChosen    chosen)
{
  Question *self = g_new0 (Question, 1);

  g_set_weak_pointer (&self->widget, widget);
  self->answered = answered;
  self->chosen = chosen;
  return self;
}

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *self = data;

  g_clear_weak_pointer (&self->widget);
  g_free (self);
}

static GtkWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *answer,
             gpointer          data)
{
  Question *question = data;

  if (question->widget != NULL)
    question->answered (question->widget, answer);
}

/**
 * shy_dialog_ask: (skip)
 * @widget: who asks
 * @heading: the question
 * @body: (nullable): what hangs on it
 * @answers: (array length=n_answers): the answers, that which changes nothing first
 * @n_answers: their number
 * @answered: is told
 *
 * Asks. Esc gives the first answer, and Enter too, unless an answer is suggested.
 *
 * Returns: (transfer none): the dialog, presented: more may be put into it
 */
AdwMessageDialog *
shy_dialog_ask (GtkWidget             *widget,
                const char            *heading,
                const char            *body,
                const ShyDialogAnswer *answers,
                guint                  n_answers,
                ShyDialogAnswered      answered)
{
  AdwMessageDialog *dialog;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && answered != NULL && n_answers > 0, NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (find_window (widget), heading, body));
  adw_message_dialog_set_default_response (dialog, answers[0].id);
  adw_message_dialog_set_close_response (dialog, answers[0].id);
  for (guint i = 0; i < n_answers; i++)
    {
      adw_message_dialog_add_response (dialog, answers[i].id, answers[i].label);
      adw_message_dialog_set_response_appearance (dialog, answers[i].id, answers[i].look);
      if (answers[i].look == ADW_RESPONSE_SUGGESTED)
        adw_message_dialog_set_default_response (dialog, answers[i].id);
    }
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb),
                         question_new (widget, answered, NULL), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/**
 * shy_dialog_tell: (skip)
 * @widget: who tells
 * @heading: what happened
 * @body: (nullable): more of it, and what to do
 *
 * Tells what must not be overlooked, as a toast may be.
 *
 * Returns: (transfer none): the dialog, presented
 */
AdwMessageDialog *
shy_dialog_tell (GtkWidget  *widget,
                 const char *heading,
                 const char *body)
{
  AdwMessageDialog *dialog;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (find_window (widget), heading, body));
  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         data)
{
  Question *question = data;

  if (response == GTK_RESPONSE_ACCEPT && question->widget != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      question->chosen (question->widget, file);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static GtkFileChooser *
make_chooser (GtkWidget            *widget,
              const char           *title,
              GtkFileChooserAction  action,
              ShyDialogChosen       chosen)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, find_window (widget), action,
                                                              NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (chosen_cb),
                         question_new (widget, NULL, chosen), question_free, 0);
  return GTK_FILE_CHOOSER (dialog);
}

/**
 * shy_dialog_open: (skip)
 * @widget: who asks
 * @title: which file is wanted
 * @kind: what such files are called
 * @suffixes: (array zero-terminated=1): how their names end, without the dot
 * @chosen: is told
 *
 * Lets a person choose a file that is there.
 */
void
shy_dialog_open (GtkWidget          *widget,
                 const char         *title,
                 const char         *kind,
                 const char * const *suffixes,
                 ShyDialogChosen     chosen)
{
  GtkFileChooser           *dialog = make_chooser (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN, chosen);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  for (const char * const *suffix = suffixes; *suffix != NULL; suffix++)
    gtk_file_filter_add_suffix (filter, *suffix);
  gtk_file_chooser_add_filter (dialog, filter);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * shy_dialog_save: (skip)
 * @widget: who asks
 * @title: what is saved
 * @name: what the file is called unless the person says otherwise
 * @chosen: is told
 *
 * Lets a person choose where a file goes; the dialog itself asks before one is replaced.
 */
void
shy_dialog_save (GtkWidget       *widget,
                 const char      *title,
                 const char      *name,
                 ShyDialogChosen  chosen)
{
  GtkFileChooser *dialog = make_chooser (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE, chosen);

  gtk_file_chooser_set_current_name (dialog, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
