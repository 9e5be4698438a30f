/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-result.h"

#include "shy-list-keys.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

struct _ShyImportResult
{
  AdwBin        parent_instance;

  GtkLabel     *totals;
  GtkLabel     *basis;
  GtkLabel     *heading;
  GtkButton    *show;
  GtkWidget    *save_all;
  GtkWidget    *save_rejected;
  GtkListView  *lines;

  GCancellable *cancellable; /* (owned) of what is under way */
};

G_DEFINE_FINAL_TYPE (ShyImportResult, shy_import_result, ADW_TYPE_BIN)

/* shy_import_result_describe: what is to be told of what was kept. */
ShyImportSummary *
shy_import_result_describe (ShyImport *import)
{
  ShyImportTarget      *target = shy_import_get_target (import);
  ShyImportTargetClass *klass = SHY_IMPORT_TARGET_GET_CLASS (target);
  ShyImportSummary     *summary = shy_import_summary_new ();
  guint                 n = shy_spool_get_n (shy_import_get_spool (import));

  if (klass->describe != NULL)
    klass->describe (target, import, summary);
  if (summary->totals == NULL)
    summary->totals = g_strdup_printf (ngettext ("%u row", "%u rows", n), n);
  return summary;
}

/* Rows that were not kept, in words. */
static void
collect_rejected (ShyImport  *import,
                  GPtrArray  *lines,
                  GError    **error)
{
  g_autoptr (GError) local = NULL;

  for (guint i = 0; local == NULL && i < shy_spool_get_n (shy_import_get_spool (import)); i++)
    if (shy_import_get_state (import, i) == SHY_IMPORT_REJECTED)
      {
        g_autoptr (ShyImportRow) row = shy_import_read_row (import, i, &local);

        if (row != NULL)
          /* Translators: the number of a row in a spreadsheet, then why it was not decided. */
          g_ptr_array_add (lines, g_strdup_printf (_("Row %u: %s"), row->row, row->words));
      }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
}

static void
collect_worker (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (ShyImportSummary) summary = shy_import_result_describe (data);
  g_autoptr (GPtrArray)        lines = g_steal_pointer (&summary->changes);
  GError                      *error = NULL;

  summary->changes = g_ptr_array_new ();
  collect_rejected (data, lines, &error);
  if (error != NULL)
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
  ShyImportResult           *self = SHY_IMPORT_RESULT (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (GPtrArray)      lines = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GtkNoSelection) model = NULL;

  if (lines == NULL)
    {
      shy_toast_error (GTK_WIDGET (self), error);
      return;
    }
  model = gtk_no_selection_new (G_LIST_MODEL (gtk_string_list_new ((const char *const *) lines->pdata)));
  gtk_list_view_set_model (self->lines, GTK_SELECTION_MODEL (model));
}

static void
shy_import_result_dispose (GObject *object)
{
  ShyImportResult *self = SHY_IMPORT_RESULT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (shy_import_result_parent_class)->dispose (object);
}

static void
shy_import_result_class_init (ShyImportResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_import_result_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/shanye/Shanye/ui/shy-import-result.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, totals);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, basis);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, heading);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, show);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, save_all);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, save_rejected);
  gtk_widget_class_bind_template_child (widget_class, ShyImportResult, lines);
}

static void
shy_import_result_init (ShyImportResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  shy_list_keys_add (GTK_WIDGET (self->lines), NULL);
}

/*
 * shy_import_result_show: shows what became of a file that was taken in.
 * @show: leads to the records, with a mnemonic
 */
void
shy_import_result_show (ShyImportResult  *self,
                        ShyImport        *import,
                        ShyImportSummary *summary,
                        const char       *show)
{
  guint             n = shy_import_count (import, SHY_IMPORT_REJECTED);
  ShyImportTarget  *target = shy_import_get_target (import);
  g_autofree char  *rejected = NULL;
  g_autofree char  *heading = NULL;
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rejected = g_strdup_printf (ngettext ("%u row could not be decided and was not kept",
                                        "%u rows could not be decided and were not kept", n), n);
  if (summary->changes->len == 0)
    heading = g_strdup (rejected);
  else
    heading = n > 0 ? g_strjoin ("\n", summary->changed, rejected, NULL) : g_strdup (summary->changed);
  gtk_label_set_label (self->totals, summary->totals);
  gtk_label_set_label (self->basis, summary->basis);
  gtk_widget_set_visible (GTK_WIDGET (self->basis), summary->basis != NULL);
  gtk_label_set_label (self->heading, heading);
  gtk_button_set_label (self->show, show);
  gtk_widget_set_visible (self->save_all, SHY_IMPORT_TARGET_GET_CLASS (target)->write_results != NULL);
  gtk_widget_set_visible (self->save_rejected, n > 0);
  task = g_task_new (self, self->cancellable, collected_cb, NULL);
  g_task_set_source_tag (task, shy_import_result_show);
  g_task_set_task_data (task, g_object_ref (import), g_object_unref);
  g_task_run_in_thread (task, collect_worker);
}
