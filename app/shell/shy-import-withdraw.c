/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-withdraw.h"

#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* A batch that is being withdrawn. */
typedef struct
{
  ShyStore        *store;  /* (owned) */
  ShyImportTarget *target; /* (owned) */
  gint64           batch;
  char            *reason; /* (owned) */
  ShyImportWithdrawn done;
} Withdrawing;

static void
withdrawing_free (gpointer data)
{
  Withdrawing *withdrawing = data;

  g_object_unref (withdrawing->store);
  g_object_unref (withdrawing->target);
  g_free (withdrawing->reason);
  g_free (withdrawing);
}

static void
withdraw_worker (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Withdrawing *withdrawing = data;
  GError      *error = NULL;

  if (shy_import_batch_withdraw (withdrawing->store, withdrawing->target, withdrawing->batch,
                                 withdrawing->reason, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
refuse (GtkWidget    *widget,
        const GError *error)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("The File Was Not Withdrawn"),
                            error->message));

  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
withdrawn_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Withdrawing       *withdrawing = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (source)) == NULL)
    return; /* the window was closed meanwhile */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      refuse (GTK_WIDGET (source), error);
      return;
    }
  /* Translators: the number of a batch. */
  text = g_strdup_printf (_("Batch %d was withdrawn. What it brought stays to be read, and counts no more."),
                          (int) withdrawing->batch);
  shy_toast_message (GTK_WIDGET (source), text);
  withdrawing->done (GTK_WIDGET (source));
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             GtkWidget        *widget)
{
  g_autoptr (GTask) task = NULL;
  Withdrawing      *withdrawing = g_object_steal_data (G_OBJECT (dialog), "withdrawing");

  if (!g_str_equal (response, "withdraw"))
    {
      withdrawing_free (withdrawing);
      return;
    }
  withdrawing->reason =
    g_strdup (gtk_editable_get_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog))));
  task = g_task_new (widget, NULL, withdrawn_cb, NULL);
  g_task_set_source_tag (task, answered_cb);
  g_task_set_task_data (task, withdrawing, withdrawing_free);
  g_task_run_in_thread (task, withdraw_worker);
}

/* Without a reason nothing is taken back. */
static void
reason_changed_cb (GtkEditable      *reason,
                   AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "withdraw", *gtk_editable_get_text (reason) != '\0');
}

static GtkWidget *
new_reason (AdwMessageDialog *dialog)
{
  GtkWidget *reason = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (reason), _("Reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  gtk_entry_set_activates_default (GTK_ENTRY (reason), TRUE);
  g_signal_connect_object (reason, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  return reason;
}

/*
 * shy_import_withdraw: asks why a batch is withdrawn, and withdraws it; says why where something rests on
 * it.
 * @done: called once it is withdrawn
 */
void
shy_import_withdraw (GtkWidget          *widget,
                     ShyStore           *store,
                     ShyImportTarget    *target,
                     gint64              batch,
                     ShyImportWithdrawn  done)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Withdraw the Whole File?"), NULL));
  Withdrawing      *withdrawing = g_new0 (Withdrawing, 1);

  withdrawing->store = g_object_ref (store);
  withdrawing->target = g_object_ref (target);
  withdrawing->batch = batch;
  withdrawing->done = done;
  adw_message_dialog_format_body (dialog,
                                  /* Translators: %d is the number of a batch. */
                                  _("All that batch %d brought is taken back at once. It stays in the register as it "
                                    "was stored, and counts no more. Say why: the journal keeps it."), (int) batch);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "withdraw", _("_Withdraw"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "withdraw", FALSE);
  adw_message_dialog_set_default_response (dialog, "withdraw");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_extra_child (dialog, new_reason (dialog));
  g_object_set_data_full (G_OBJECT (dialog), "withdrawing", withdrawing, withdrawing_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
