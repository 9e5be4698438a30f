/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-save.h"

#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* Files that are written: what takes them, and where they go. */
typedef struct
{
  ShyImport *import;   /* (owned) */
  char      *path;     /* (owned) */
  gboolean   rejected; /* the rejected rows alone */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->import);
  g_free (saving->path);
  g_free (saving);
}

/* The chooser asked whether a file that is there is to be replaced. */
static gboolean
save (Saving  *saving,
      GError **error)
{
  ShyImportTarget *target = shy_import_get_target (saving->import);

  if (saving->rejected)
    return shy_import_write_rejected (saving->import, saving->path, TRUE, error);
  return shy_new_file_check (saving->path, shy_import_get_path (saving->import), TRUE, error) &&
         SHY_IMPORT_TARGET_GET_CLASS (target)->write_results (target, saving->import, saving->path, error);
}

static void
save_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (save (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving            *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GFile)  file = g_file_new_for_path (saving->path);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    shy_toast_error (GTK_WIDGET (source), error);
  else
    shy_toast_file (GTK_WIDGET (source), saving->rejected ? _("The rejected rows were exported.")
                                                          : _("The results were exported."), file);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           GtkWidget       *widget)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile)  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char   *uri = g_file_get_uri (file);
      ShyImport         *import = g_object_get_data (G_OBJECT (dialog), "import");

      shy_import_save_to (widget, import, g_object_get_data (G_OBJECT (dialog), "rejected") != NULL, uri);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* shy_import_save_to: writes all rows with what they came to, or the rejected ones alone, and says so. */
void
shy_import_save_to (GtkWidget  *widget,
                    ShyImport  *import,
                    gboolean    rejected,
                    const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GTask) task = g_task_new (widget, NULL, saved_cb, NULL);
  Saving           *saving = g_new0 (Saving, 1);

  saving->import = g_object_ref (import);
  saving->path = g_file_get_path (file);
  saving->rejected = rejected;
  g_task_set_source_tag (task, shy_import_save_to);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_worker);
}

/* shy_import_save: asks where they go first. */
void
shy_import_save (GtkWidget *widget,
                 ShyImport *import,
                 gboolean   rejected)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (rejected ? _("Export the Rejected Rows") : _("Export the Results"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), rejected ? _("rejected.xlsx")
                                                                         : _("results.xlsx"));
  g_object_set_data (G_OBJECT (dialog), "rejected", GINT_TO_POINTER (rejected));
  g_object_set_data_full (G_OBJECT (dialog), "import", g_object_ref (import), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
