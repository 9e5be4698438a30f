/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-store-worker-private.h"

/* How often the worker looks for what others committed, in microseconds. */
#define LOOK (G_USEC_PER_SEC)

static void
worker_clear (gpointer data)
{
  ShyStoreWorker *self = data;

  g_async_queue_unref (self->queue);
  g_clear_pointer (&self->reads, g_async_queue_unref);
  shy_store_news_clear (&self->news);
  g_clear_pointer (&self->connection, shy_connection_close);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->store);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

void
shy_store_worker_unref (ShyStoreWorker *self)
{
  g_atomic_rc_box_release_full (self, worker_clear);
}

/* News on its way to the main loop, which must not keep the store open. */
typedef struct
{
  GWeakRef     store;
  GPtrArray   *topics;
  ShyTopicFunc tell;
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_weak_ref_clear (&self->store);
  g_ptr_array_unref (self->topics);
  g_free (self);
}

static gboolean
tell_change_cb (gpointer data)
{
  Change              *self = data;
  g_autoptr (ShyStore) store = g_weak_ref_get (&self->store);

  for (guint i = 0; store != NULL && i < self->topics->len; i++)
    self->tell (store, self->topics->pdata[i]);

  return G_SOURCE_REMOVE;
}

static void
tell_changes (ShyStoreWorker *worker)
{
  g_autoptr (ShyStore) store = g_weak_ref_get (&worker->store);
  Change              *change;
  GHashTableIter       iter;
  gpointer             topic;
  GSource             *source;

  if (store == NULL || g_hash_table_size (worker->connection->touched) == 0)
    return;

  change = g_new0 (Change, 1);
  g_weak_ref_init (&change->store, store);
  change->tell = worker->tell;
  change->topics = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, worker->connection->touched);
  while (g_hash_table_iter_next (&iter, &topic, NULL))
    g_ptr_array_add (change->topics, g_strdup (topic));

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_change_cb, change, change_free);
  g_source_attach (source, worker->context);
  g_source_unref (source);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      data)
{
  sqlite3_interrupt (data);
}

/* Runs the job; a cancellation stops what runs, but never the commit. */
static gboolean
call_job (ShyConnection *connection,
          ShyStoreWork  *work)
{
  gulong   handler = 0;
  gboolean kept;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, &work->error))
    return FALSE;
  if (work->cancellable != NULL)
    handler = g_cancellable_connect (work->cancellable, G_CALLBACK (interrupt_cb),
                                     connection->db, NULL);
  kept = work->job (connection, work->data, work->cancellable, &work->error);
  g_cancellable_disconnect (work->cancellable, handler);

  if (kept == (work->error != NULL))
    g_critical ("a job must set an error when, and only when, it fails");
  return kept && work->error == NULL;
}

/* Who waits in the queue may have been cancelled, and then does not even begin. */
static gboolean
run_job (ShyStoreWorker *worker,
         ShyConnection  *connection,
         ShyStoreWork   *work)
{
  if (g_cancellable_set_error_if_cancelled (work->cancellable, &work->error) ||
      !shy_connection_begin (connection, work->access == SHY_STORE_WRITE, &work->error))
    return FALSE;

  if (call_job (connection, work) &&
      (work->access != SHY_STORE_WRITE ||
       shy_store_news_number (&worker->news, connection, &work->error)))
    return shy_connection_commit (connection, &work->error);

  shy_connection_rollback (connection);
  return FALSE;
}

static void
finish_task (ShyStoreWork *work)
{
  if (work->kept)
    g_task_return_boolean (work->task, TRUE);
  else
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  g_object_unref (work->task);
}

static void
finish_work (ShyStoreWorker *worker,
             ShyStoreWork   *work)
{
  if (work->task != NULL)
    {
      finish_task (work);
      return;
    }

  g_mutex_lock (&worker->mutex);
  work->done = TRUE;
  g_cond_broadcast (&worker->cond);
  g_mutex_unlock (&worker->mutex);
}

static void
run_work (ShyStoreWorker *worker,
          ShyStoreWork   *work)
{
  ShyConnection *connection = worker->connection;

  work->kept = work->kind == SHY_WORK_RAW ? call_job (connection, work)
                                          : run_job (worker, connection, work);
  shy_store_news_settle (&worker->news, work->kept);
  if (work->kept)
    tell_changes (worker);
  g_hash_table_remove_all (connection->touched);
  finish_work (worker, work);
}

static void
tell_news (ShyStoreWorker *worker)
{
  shy_store_news_look (&worker->news, worker->connection, LOOK);
  tell_changes (worker);
  g_hash_table_remove_all (worker->connection->touched);
}

static gpointer
worker_main (gpointer data)
{
  ShyStoreWorker *self = data;

  while (TRUE)
    {
      ShyStoreWork *work = g_async_queue_timeout_pop (self->queue, LOOK);

      if (work != NULL && work->kind == SHY_WORK_END)
        {
          g_free (work);
          break;
        }
      if (work != NULL)
        run_work (self, work);
      tell_news (self);
    }

  shy_store_worker_unref (self);
  return NULL;
}

/* Its connection is closed before the one that writes: the last one takes the log into the file. */
static gpointer
reader_main (gpointer data)
{
  ShyStoreWorker *self = data;
  ShyConnection  *connection = NULL;
  ShyStoreWork   *work;

  while ((work = g_async_queue_pop (self->reads))->kind != SHY_WORK_END)
    {
      if (connection == NULL)
        connection = shy_connection_open (self->connection->path, SHY_CONNECTION_READER,
                                          &work->error);
      work->kept = connection != NULL && run_job (self, connection, work);
      finish_work (self, work);
    }

  g_free (work);
  g_clear_pointer (&connection, shy_connection_close);
  shy_store_worker_unref (self);
  return NULL;
}

ShyStoreWorker *
shy_store_worker_new (ShyConnection *connection,
                      ShyStore      *store,
                      GMainContext  *context,
                      ShyTopicFunc   tell)
{
  ShyStoreWorker *self = g_atomic_rc_box_new0 (ShyStoreWorker);

  self->queue = g_async_queue_new ();
  if (!sqlite3_db_readonly (connection->db, "main"))
    self->reads = g_async_queue_new ();
  self->connection = connection;
  shy_store_news_init (&self->news, connection);
  self->context = g_main_context_ref (context);
  self->tell = tell;
  g_weak_ref_init (&self->store, store);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

static void
start (ShyStoreWorker *self,
       const char     *name,
       GThreadFunc     main)
{
  self->threads[self->n_threads++] = g_thread_new (name, main, g_atomic_rc_box_acquire (self));
}

void
shy_store_worker_start (ShyStoreWorker *self)
{
  start (self, "shy-store", worker_main);
}

static void
push_end (GAsyncQueue *queue)
{
  ShyStoreWork *end = g_new0 (ShyStoreWork, 1);

  end->kind = SHY_WORK_END;
  g_async_queue_push (queue, end);
}

/* Lets the threads end when all that was queued is done, and waits for them. */
void
shy_store_worker_end (ShyStoreWorker *self)
{
  push_end (self->queue);
  for (guint i = 1; i < self->n_threads; i++)
    push_end (self->reads);

  /* The last reference may have been a task's, dropped on one of them. */
  for (guint i = 0; i < self->n_threads; i++)
    if (self->threads[i] == g_thread_self ())
      g_thread_unref (self->threads[i]);
    else
      g_thread_join (self->threads[i]);
}

/* A further reader begins when all that there are have something to do. */
static void
push_read (ShyStoreWorker *self,
           ShyStoreWork   *work)
{
  g_mutex_lock (&self->mutex);
  if (self->n_threads <= SHY_STORE_READERS && g_async_queue_length (self->reads) >= 0)
    start (self, "shy-reader", reader_main);
  g_mutex_unlock (&self->mutex);
  g_async_queue_push (self->reads, work);
}

void
shy_store_worker_push (ShyStoreWorker *self,
                       ShyStoreWork   *work)
{
  if (self->reads != NULL && work->kind == SHY_WORK_JOB && work->access == SHY_STORE_READ)
    push_read (self, work);
  else
    g_async_queue_push (self->queue, work);
}

/* Queues work and waits until it is done; never on the worker itself. */
gboolean
shy_store_worker_wait (ShyStoreWorker  *self,
                       ShyStoreWork         *work,
                       GError         **error)
{
  shy_store_worker_push (self, work);
  g_mutex_lock (&self->mutex);
  while (!work->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (work->error != NULL)
    g_propagate_error (error, g_steal_pointer (&work->error));
  return work->kept;
}
