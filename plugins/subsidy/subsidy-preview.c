/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-preview.h"

#include <glib/gi18n-lib.h>

/* Rows that are shown before a run. */
#define N_ROWS 10

SubsidyQuestion *
subsidy_question_new (const char *path,
                      ShyStore   *store)
{
  SubsidyQuestion *question = g_new0 (SubsidyQuestion, 1);

  question->path = g_strdup (path);
  question->store = g_object_ref (store);
  question->policies = g_ptr_array_new_with_free_func (g_object_unref);
  question->columns = g_hash_table_new (NULL, NULL);
  g_date_clear (&question->on, 1);

  return question;
}

void
subsidy_question_free (SubsidyQuestion *question)
{
  g_free (question->path);
  g_free (question->county);
  g_free (question->sheet);
  g_clear_object (&question->store);
  g_ptr_array_unref (question->policies);
  g_hash_table_unref (question->columns);
  g_free (question);
}

void
subsidy_preview_free (SubsidyPreview *preview)
{
  g_clear_object (&preview->import);
  g_clear_pointer (&preview->rows, g_ptr_array_unref);
  g_free (preview->refusal);
  g_free (preview);
}

/* How well a policy fits: columns with a field, each by its confidence in percent. */
static guint
measure_fit (ShyHeaderMatch *match)
{
  guint fit = 0;

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);

      if (column->field >= 0)
        fit += column->confidence;
    }

  return fit;
}

static SubsidyImport *
open_with (SubsidyQuestion *question,
           ShyPolicy       *policy,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (SubsidyImport) import = NULL;
  const GDate              *on = g_date_valid (&question->on) ? &question->on : NULL;

  import = subsidy_import_new (question->store, policy, question->county, on);
  subsidy_import_set_sheet (import, question->sheet);
  if (!subsidy_import_open (import, question->path, cancellable, error))
    return NULL;

  return g_steal_pointer (&import);
}

static SubsidyImport *
find_best (SubsidyQuestion *question,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (SubsidyImport) best = NULL;
  g_autoptr (GError)        first = NULL;
  guint                     best_fit = 0;

  for (guint i = 0; i < question->policies->len; i++)
    {
      ShyPolicy                *policy = g_ptr_array_index (question->policies, i);
      g_autoptr (GError)        local = NULL;
      g_autoptr (SubsidyImport) import = open_with (question, policy, cancellable, &local);
      guint                     fit = 0;

      if (import == NULL && first == NULL)
        first = g_steal_pointer (&local);
      if (import != NULL)
        fit = measure_fit (subsidy_import_get_match (import));
      if (fit > best_fit || (import != NULL && best == NULL))
        {
          best_fit = fit;
          g_set_object (&best, import);
        }
    }

  if (best == NULL && first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  else if (best == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                         _("There is no policy to decide by. Install the program again."));

  return g_steal_pointer (&best);
}

static gboolean
apply_columns (SubsidyQuestion *question,
               ShyHeaderMatch  *match,
               GError         **error)
{
  GHashTableIter iter;
  gpointer       column, field;

  g_hash_table_iter_init (&iter, question->columns);
  while (g_hash_table_iter_next (&iter, &column, &field))
    if (!shy_header_match_assign (match, GPOINTER_TO_UINT (column), GPOINTER_TO_INT (field), error))
      return FALSE;

  return TRUE;
}

static char **
copy_texts (ShyHeaderMatch       *match,
            const ShySheetRecord *record)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);

      if (column->field >= 0)
        {
          const ShySheetCell *cell = record->cells[column->field];

          g_strv_builder_add (texts, cell != NULL ? cell->text : "");
        }
    }

  return g_strv_builder_end (texts);
}

/* A row that cannot be read ends the preview; the run says why. */
static GPtrArray *
read_rows (ShyHeaderMatch *match,
           GCancellable   *cancellable)
{
  g_autoptr (ShySheetTable) table = shy_header_match_read (match, cancellable, NULL);
  GPtrArray                *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const ShySheetRecord     *record;

  while (table != NULL && rows->len < N_ROWS &&
         (record = shy_sheet_table_next (table, NULL)) != NULL)
    g_ptr_array_add (rows, copy_texts (match, record));

  return rows;
}

/* A pack whose own cases fail can be looked at, but decides nothing. */
static char *
find_refusal (ShyPolicy *policy)
{
  g_autoptr (GError) error = NULL;

  return shy_policy_check_cases (policy, &error) ? NULL : g_strdup (error->message);
}

static void
load_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  SubsidyQuestion           *question = data;
  g_autoptr (SubsidyPreview) preview = g_new0 (SubsidyPreview, 1);
  GError                    *error = NULL;
  ShyHeaderMatch            *match;

  preview->import = find_best (question, cancellable, &error);
  if (preview->import == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  match = subsidy_import_get_match (preview->import);
  if (!apply_columns (question, match, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  preview->rows = read_rows (match, cancellable);
  preview->refusal = find_refusal (subsidy_import_get_policy (preview->import));
  g_task_return_pointer (task, g_steal_pointer (&preview), (GDestroyNotify) subsidy_preview_free);
}

/* subsidy_preview_load_async: takes over the question. */
void
subsidy_preview_load_async (SubsidyQuestion     *question,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, subsidy_preview_load_async);
  g_task_set_task_data (task, question, (GDestroyNotify) subsidy_question_free);
  g_task_run_in_thread (task, load_worker);
}

SubsidyPreview *
subsidy_preview_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
