/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-records-private.h"

/* How many records one job reads: a list that is shown is read in between. */
#define PAGE_ROWS 128

/* Records on their way through a function. */
typedef struct
{
  GPtrArray      *columns;   /* (owned) */
  GArray         *ids;       /* (owned) of gint64 */
  ShyRecordFunc   func;
  gpointer        data;      /* (owned) */
  GDestroyNotify  data_free; /* (nullable) */
} Walk;

static void
drop_data (Walk *self)
{
  if (self->data_free != NULL)
    self->data_free (self->data);
  self->data_free = NULL;
}

static void
walk_free (gpointer data)
{
  Walk *self = data;

  drop_data (self);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static gboolean
walk_page (ShyRecords    *self,
           Walk          *walk,
           guint          first,
           GCancellable  *cancellable,
           GError       **error)
{
  ShyRecordOrigin *origin = shy_records_get_origin (self);
  guint            n = MIN (PAGE_ROWS, walk->ids->len - first);
  GArray          *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  ShyRecordPage   *page;
  gboolean         fine;

  g_array_append_vals (ids, &g_array_index (walk->ids, gint64, first), n);
  page = shy_record_page_new (origin, walk->columns, ids);
  fine = shy_store_run (origin->store, SHY_STORE_READ, shy_record_page_read_job, page, cancellable,
                        error);
  for (guint i = 0; fine && i < n; i++)
    if (page->values[i] != NULL)
      fine = walk->func (walk->columns, (const char *const *) page->values[i], walk->data, error);
  shy_record_page_free (page);
  return fine;
}

static void
walk_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Walk   *walk = data;
  GError *error = NULL;

  for (guint first = 0; first < walk->ids->len && error == NULL; first += PAGE_ROWS)
    walk_page (source, walk, first, cancellable, &error);
  if (error == NULL)
    walk->func (walk->columns, NULL, walk->data, &error);
  drop_data (walk); /* whoever hears that it ended finds nothing half done */
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * shy_records_foreach_async: (skip)
 * @self: a list
 * @ids: (element-type gint64): numbers of records
 * @func: is handed them in this order, on a worker thread
 * @data: for @func
 * @data_free: (nullable): frees @data, on the worker thread and before the callback
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads records, however many, a page at a time. Each page is one state of the store.
 */
void
shy_records_foreach_async (ShyRecords          *self,
                           GArray              *ids,
                           ShyRecordFunc        func,
                           gpointer             data,
                           GDestroyNotify       data_free,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Walk             *walk = g_new0 (Walk, 1);

  g_return_if_fail (SHY_IS_RECORDS (self));

  walk->columns = g_ptr_array_ref (shy_records_get_columns (self));
  walk->ids = g_array_ref (ids);
  walk->func = func;
  walk->data = data;
  walk->data_free = data_free;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, shy_records_foreach_async);
  g_task_set_task_data (task, walk, walk_free);
  g_task_run_in_thread (task, walk_worker);
}

/**
 * shy_records_foreach_finish: (skip)
 * @self: a list
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all records were handed over
 */
gboolean
shy_records_foreach_finish (ShyRecords    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
