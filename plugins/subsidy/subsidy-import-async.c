/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-import.h"

/* The blocking calls of SubsidyImport on a thread of their own. */

static void
return_boolean (GTask    *task,
                gboolean  done,
                GError   *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError  *error = NULL;
  gboolean done = subsidy_import_open (source, data, cancellable, &error);

  return_boolean (task, done, error);
}

/* subsidy_import_open_async: as subsidy_import_open(). */
void
subsidy_import_open_async (SubsidyImport       *self,
                           const char          *path,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, subsidy_import_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_worker);
}

gboolean
subsidy_import_open_finish (SubsidyImport  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_worker (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError  *error = NULL;
  gboolean done = subsidy_import_run (source, cancellable, &error);

  return_boolean (task, done, error);
}

/* subsidy_import_run_async: as subsidy_import_run(). */
void
subsidy_import_run_async (SubsidyImport       *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, subsidy_import_run_async);
  g_task_run_in_thread (task, run_worker);
}

gboolean
subsidy_import_run_finish (SubsidyImport  *self,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
commit_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  gint64  batch = subsidy_import_commit (source, cancellable, &error);

  if (batch > 0)
    g_task_return_int (task, batch);
  else
    g_task_return_error (task, error);
}

/* subsidy_import_commit_async: as subsidy_import_commit(). */
void
subsidy_import_commit_async (SubsidyImport       *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, subsidy_import_commit_async);
  g_task_run_in_thread (task, commit_worker);
}

gint64
subsidy_import_commit_finish (SubsidyImport  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
