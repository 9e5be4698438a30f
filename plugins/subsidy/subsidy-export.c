/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-export.h"

#include "subsidy-results.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  SubsidyDesk *desk;    /* (owned) */
  GArray      *ids;     /* (owned) of gint64 */
  char        *path;    /* (owned) */
  char        *policy;  /* (owned) (nullable) of all the cases */
  GDate        on;      /* day of the last of them */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_object (&export->desk);
  g_clear_pointer (&export->ids, g_array_unref);
  g_free (export->path);
  g_free (export->policy);
  g_free (export);
}

static gboolean
note_case (Export       *export,
           ShyStatement *row,
           GError      **error)
{
  const char *policy = shy_statement_get_text (row, 0);
  const char *day = shy_statement_get_text (row, 1);
  GDate       on;

  if (export->policy == NULL)
    export->policy = g_strdup (policy);
  else if (!g_str_equal (export->policy, policy))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("The cases belong to several policies, whose results have columns of their "
                     "own. Choose one policy above the list first."));
      return FALSE;
    }

  g_date_clear (&on, 1);
  g_date_set_parse (&on, day);
  if (g_date_valid (&on) && (!g_date_valid (&export->on) || g_date_compare (&export->on, &on) < 0))
    export->on = on;

  return TRUE;
}

static gboolean
note_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Export                  *export = data;
  g_autoptr (ShyStatement) row = NULL;
  gboolean                 fine = TRUE;

  row = shy_connection_prepare (connection,
                                "SELECT policy, decided_on FROM subsidy_case WHERE id = $1", error);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; fine && i < export->ids->len; i++)
    {
      g_autoptr (GError) local = NULL;

      shy_statement_bind_int64 (row, "$1", g_array_index (export->ids, gint64, i));
      if (shy_statement_step (row, &local))
        fine = note_case (export, row, &local);
      shy_statement_reset (row);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }

  return fine;
}

static gboolean
write_cases (Export        *export,
             GCancellable  *cancellable,
             GError       **error)
{
  ShyStore                *store = subsidy_desk_get_store (export->desk);
  g_autoptr (ShyPolicy)    policy = NULL;
  g_autoptr (ShySpool) spool = NULL;

  if (!shy_store_run (store, SHY_STORE_READ, note_job, export, cancellable, error))
    return FALSE;

  policy = shy_policy_registry_lookup (subsidy_desk_get_policies (export->desk), export->policy,
                                       &export->on, error);
  if (policy == NULL)
    return FALSE;

  spool = subsidy_results_load (store, export->ids, policy, &export->on, cancellable, error);

  /* The chooser asked whether a file that is there is to be replaced. */
  return spool != NULL && shy_new_file_check (export->path, NULL, TRUE, error) &&
         subsidy_results_write (spool, policy, &export->on, NULL, export->path, TRUE, error);
}

static void
export_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_cases (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
subsidy_export_async (gpointer             source,
                      GArray              *ids,
                      SubsidyDesk         *desk,
                      GFile               *file,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask)  task = g_task_new (source, cancellable, callback, user_data);
  Export            *export = g_new0 (Export, 1);
  g_autoptr (GError) error = NULL;

  export->desk = g_object_ref (desk);
  export->ids = g_array_ref (ids);
  export->path = g_file_get_path (file);
  g_date_clear (&export->on, 1);
  g_task_set_source_tag (task, subsidy_export_async);
  g_task_set_task_data (task, export, export_free);

  if (export->path == NULL)
    g_task_return_new_error (task, SHY_ERROR, SHY_ERROR_USAGE,
                             _("The place is not on this computer. Choose a folder here."));
  else if (shy_export_can_write (export->path, &error))
    g_task_run_in_thread (task, export_worker);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
subsidy_export_finish (gpointer       source,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
