/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-result-view.h"

#include "subsidy-results.h"
#include "subsidy-target.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>

struct _SubsidyResultView
{
  AdwBin         parent_instance;

  GtkLabel      *totals;
  GtkLabel      *basis;
  GtkLabel      *heading;
  GtkListView   *rows;
  GtkWidget     *save;

  ShyImport *import;       /* (owned) (nullable) */
  GCancellable  *cancellable;  /* (owned) of what is under way */
};

G_DEFINE_FINAL_TYPE (SubsidyResultView, subsidy_result_view, ADW_TYPE_BIN)

static SubsidyTarget *
get_target (ShyImport *import)
{
  return SUBSIDY_TARGET (shy_import_get_target (import));
}

static gboolean
collect_rejected (const SubsidyRecord  *record,
                  gpointer              data,
                  GError              **error)
{
  GPtrArray           *lines = data;
  g_autoptr (JsonNode) verdict = NULL;
  g_autofree char     *reasons = NULL;

  if (record->outcome != SUBSIDY_REJECTED)
    return TRUE;

  verdict = shy_json_node_from_text (record->verdict, -1, error);
  if (verdict == NULL)
    return FALSE;

  reasons = subsidy_words_reasons (json_node_get_object (verdict));
  /* Translators: the number of a row in a spreadsheet, then why it was not decided. */
  g_ptr_array_add (lines, g_strdup_printf (_("Row %u: %s"), record->row, reasons));
  return TRUE;
}

static void
collect_turned (GPtrArray *turned,
                GPtrArray *lines)
{
  for (guint i = 0; i < turned->len; i++)
    {
      const SubsidyTurn *turn = turned->pdata[i];
      g_autofree char   *sentence = subsidy_turn_to_sentence (turn);

      /* Translators: the number of a row, then “an outcome → another outcome (why)”. */
      g_ptr_array_add (lines, g_strdup_printf (_("Row %u, decided anew: %s"), turn->row, sentence));
    }
}

static void
collect_worker (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GError               *error = NULL;

  collect_turned (subsidy_target_get_turned (get_target (data)), lines);
  if (!subsidy_spool_foreach (shy_import_get_spool (data), collect_rejected, lines, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_add (lines, NULL);
  g_task_return_pointer (task, g_steal_pointer (&lines), (GDestroyNotify) g_ptr_array_unref);
}

static void
collected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  SubsidyResultView        *self = SUBSIDY_RESULT_VIEW (source);
  g_autoptr (GError)        error = NULL;
  g_autoptr (GPtrArray)     lines = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GtkNoSelection) model = NULL;

  if (lines == NULL)
    {
      shy_toast_error (GTK_WIDGET (self), error);
      return;
    }

  model = gtk_no_selection_new (
    G_LIST_MODEL (gtk_string_list_new ((const char *const *) lines->pdata)));
  gtk_list_view_set_model (self->rows, GTK_SELECTION_MODEL (model));
}

static void
show_heading (SubsidyResultView *self)
{
  const SubsidyTotals  totals = subsidy_spool_count (shy_import_get_spool (self->import));
  guint                n = totals.of[SUBSIDY_REJECTED];
  g_autofree char     *line = subsidy_totals_to_line (&totals);
  g_autofree char     *heading = NULL;
  g_autofree char     *rejected = NULL;
  g_autofree char     *turned = NULL;

  rejected = g_strdup_printf (ngettext ("%u row could not be decided and was not kept",
                                        "%u rows could not be decided and were not kept", n), n);
  turned = subsidy_turns_to_heading (subsidy_target_get_turned (get_target (self->import)));
  if (subsidy_target_get_turned (get_target (self->import))->len == 0)
    heading = g_strdup (rejected);
  else
    heading = n > 0 ? g_strjoin ("\n", turned, rejected, NULL) : g_strdup (turned);
  gtk_label_set_label (self->totals, line);
  gtk_label_set_label (self->heading, heading);
}

static void
show_basis (SubsidyResultView *self)
{
  ShyPolicy       *policy = subsidy_target_get_policy (get_target (self->import));
  g_autofree char *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));
  g_autofree char *text = NULL;

  /* Translators: title and version of a policy, by whose word it decides, digits of its digest. */
  text = g_strdup_printf (_("Decided by “%s”, version %s (%s, digest %.12s)"),
                          shy_policy_get_title (policy), shy_policy_get_version (policy), whose,
                          shy_policy_get_digest (policy));
  gtk_label_set_label (self->basis, text);
}

static void
save_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  ShyImport *import = SUBSIDY_RESULT_VIEW (source)->import;
  GError        *error = NULL;

  /* The chooser asked whether a file that is there is to be replaced. */
  if (shy_new_file_check (data, shy_import_get_path (import), TRUE, &error) &&
      subsidy_results_write (shy_import_get_spool (import), subsidy_target_get_policy (get_target (import)),
                             subsidy_target_get_on (get_target (import)), subsidy_target_get_turned (get_target (import)),
                             data, TRUE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  SubsidyResultView *self = SUBSIDY_RESULT_VIEW (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      const char       *path = g_task_get_task_data (G_TASK (result));
      g_autoptr (GFile) file = g_file_new_for_path (path);

      shy_toast_file (GTK_WIDGET (self), _("The results were exported."), file);
    }
  else
    shy_toast_error (GTK_WIDGET (self), error);
}

static void
save_chosen_cb (GtkNativeDialog   *dialog,
                int                response,
                SubsidyResultView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GTask) task = g_task_new (self, self->cancellable, saved_cb, NULL);

      gtk_widget_set_sensitive (self->save, FALSE);
      g_task_set_source_tag (task, save_chosen_cb);
      g_task_set_task_data (task, g_file_get_path (file), g_free);
      g_task_run_in_thread (task, save_worker);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
save_results_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Export the Results"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _("results.xlsx"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
subsidy_result_view_dispose (GObject *object)
{
  SubsidyResultView *self = SUBSIDY_RESULT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (subsidy_result_view_parent_class)->dispose (object);
}

static void
subsidy_result_view_class_init (SubsidyResultViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_result_view_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/shanye/Shanye/subsidy/subsidy-result-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyResultView, totals);
  gtk_widget_class_bind_template_child (widget_class, SubsidyResultView, basis);
  gtk_widget_class_bind_template_child (widget_class, SubsidyResultView, heading);
  gtk_widget_class_bind_template_child (widget_class, SubsidyResultView, rows);
  gtk_widget_class_bind_template_child (widget_class, SubsidyResultView, save);
  gtk_widget_class_install_action (widget_class, "subsidy.save-results", NULL,
                                   save_results_action);
}

static void
subsidy_result_view_init (SubsidyResultView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_list_keys_add (GTK_WIDGET (self->rows), NULL);
  self->cancellable = g_cancellable_new ();
}

/* subsidy_result_view_show: shows an import that was run. */
void
subsidy_result_view_show (SubsidyResultView *self,
                          ShyImport     *import)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_set_object (&self->import, import);
  show_heading (self);
  show_basis (self);
  task = g_task_new (self, self->cancellable, collected_cb, NULL);
  g_task_set_source_tag (task, subsidy_result_view_show);
  g_task_set_task_data (task, g_object_ref (import), g_object_unref);
  g_task_run_in_thread (task, collect_worker);
}
