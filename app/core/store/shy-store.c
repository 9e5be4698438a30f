/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-store.h"

#include "shy-data.h"
#include "shy-error.h"
#include "store/shy-migrations-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Work for the worker: a job, or something that manages its transactions itself, or the end. */
typedef enum { WORK_JOB, WORK_RAW, WORK_END } WorkKind;

typedef struct
{
  WorkKind       kind;
  ShyStoreAccess access;
  ShyStoreJob    job;
  gpointer       data;
  GDestroyNotify data_free;
  GCancellable  *cancellable; /* (unowned) */
  GTask         *task;        /* (owned) (nullable): who waits in a main loop */
  gboolean       done;        /* guarded by the worker's mutex: who waits on a thread */
  gboolean       kept;
  GError        *error;
} Work;

/* What the thread owns. The last of store and thread frees it. */
typedef struct
{
  GAsyncQueue   *queue;
  ShyConnection *connection;
  GMainContext  *context; /* where the store tells of changes */
  GWeakRef       store;
  GMutex         mutex;
  GCond          cond;
} Worker;

struct _ShyStore
{
  GObject  parent_instance;
  Worker  *worker; /* (owned) (atomic) */
  GThread *thread; /* (owned) */
  char    *path;   /* (owned) */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShyStore, shy_store, G_TYPE_OBJECT)

/* The stores that are open for writing in this process: canonical path → GWeakRef. */
static GMutex      open_mutex;
static GHashTable *open_stores;

static void
worker_clear (gpointer data)
{
  Worker *self = data;

  g_async_queue_unref (self->queue);
  g_clear_pointer (&self->connection, shy_connection_close);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->store);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static void
worker_unref (Worker *self)
{
  g_atomic_rc_box_release_full (self, worker_clear);
}

/* News on its way to the main loop, which must not keep the store open. */
typedef struct
{
  GWeakRef   store;
  GPtrArray *topics;
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
    g_signal_emit (store, signals[CHANGED], g_quark_from_string (self->topics->pdata[i]),
                   self->topics->pdata[i]);

  return G_SOURCE_REMOVE;
}

static void
tell_changes (Worker *worker)
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
call_job (Worker *worker,
          Work   *work)
{
  gulong   handler = 0;
  gboolean kept;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, &work->error))
    return FALSE;
  if (work->cancellable != NULL)
    handler = g_cancellable_connect (work->cancellable, G_CALLBACK (interrupt_cb),
                                     worker->connection->db, NULL);
  kept = work->job (worker->connection, work->data, work->cancellable, &work->error);
  g_cancellable_disconnect (work->cancellable, handler);

  if (kept == (work->error != NULL))
    g_critical ("a job must set an error when, and only when, it fails");
  return kept && work->error == NULL;
}

static gboolean
run_job (Worker *worker,
         Work   *work)
{
  if (!shy_connection_begin (worker->connection, work->access == SHY_STORE_WRITE, &work->error))
    return FALSE;

  if (call_job (worker, work))
    return shy_connection_commit (worker->connection, &work->error);

  shy_connection_rollback (worker->connection);
  return FALSE;
}

static void
finish_task (Work *work)
{
  if (work->kept)
    g_task_return_boolean (work->task, TRUE);
  else
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  g_object_unref (work->task);
}

static void
run_work (Worker *worker,
          Work   *work)
{
  work->kept = work->kind == WORK_RAW ? call_job (worker, work) : run_job (worker, work);
  if (work->kept)
    tell_changes (worker);
  g_hash_table_remove_all (worker->connection->touched);

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

static gpointer
worker_main (gpointer data)
{
  Worker *self = data;

  while (TRUE)
    {
      Work *work = g_async_queue_pop (self->queue);

      if (work->kind == WORK_END)
        {
          g_free (work);
          break;
        }
      run_work (self, work);
    }

  worker_unref (self);
  return NULL;
}

static void
shy_store_finalize (GObject *object)
{
  ShyStore *self = SHY_STORE (object);
  Work     *end = g_new0 (Work, 1);

  end->kind = WORK_END;
  g_async_queue_push (self->worker->queue, end);

  /* The last reference may have been a task's, dropped on the worker itself. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);

  worker_unref (self->worker);
  g_free (self->path);

  G_OBJECT_CLASS (shy_store_parent_class)->finalize (object);
}

static void
shy_store_class_init (ShyStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = shy_store_finalize;

  /**
   * ShyStore::changed:
   * @self: the store
   * @topic: what changed, as "subsidy" or "journal"; also the detail of the signal
   *
   * Work of this process was committed that changed something. Emitted in the main context that
   * was the thread's default when the store was opened, before the work's own callback.
   */
  signals[CHANGED] = g_signal_new ("changed", SHY_TYPE_STORE, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
shy_store_init (ShyStore *self)
{
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static ShyStore *
find_open (const char *path)
{
  GWeakRef *reference;

  if (open_stores == NULL)
    open_stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);

  reference = g_hash_table_lookup (open_stores, path);
  return reference != NULL ? g_weak_ref_get (reference) : NULL;
}

static void
remember_open (const char *path,
               ShyStore   *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  g_hash_table_replace (open_stores, g_strdup (path), reference);
}

static ShyStore *
store_new (ShyConnection *connection,
           GMainContext  *context)
{
  ShyStore *self = g_object_new (SHY_TYPE_STORE, NULL);

  self->path = g_strdup (shy_connection_get_path (connection));
  self->worker = g_atomic_rc_box_new0 (Worker);
  self->worker->queue = g_async_queue_new ();
  self->worker->connection = connection;
  self->worker->context = g_main_context_ref (context);
  g_weak_ref_init (&self->worker->store, self);
  g_mutex_init (&self->worker->mutex);
  g_cond_init (&self->worker->cond);
  self->thread = g_thread_new ("shy-store", worker_main, g_atomic_rc_box_acquire (self->worker));
  return self;
}

static ShyStore *
open_store (const char         *path,
            ShyConnectionMode   mode,
            GMainContext       *context,
            GError            **error)
{
  g_autoptr (ShyConnection) connection = NULL;
  g_autofree char          *folder = shy_data_build ("migrations", NULL);
  g_autoptr (GFile)         migrations = g_file_new_for_path (folder);
  gboolean                  write = mode == SHY_CONNECTION_CREATE;

  connection = shy_connection_open (path, mode, error);
  if (connection == NULL || (write && !shy_migrations_found (connection, error)) ||
      !shy_migrations_apply (connection, SHY_MIGRATIONS_CORE, migrations, write, error))
    return NULL;

  return store_new (g_steal_pointer (&connection), context);
}

/* One store for each file, so that all parts of the program share one worker. */
static ShyStore *
open_shared (const char    *path,
             GMainContext  *context,
             GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&open_mutex);
  g_autofree char         *canonical = g_canonicalize_filename (path, NULL);
  ShyStore                *self = find_open (canonical);

  if (self != NULL)
    return self;

  self = open_store (canonical, SHY_CONNECTION_CREATE, context, error);
  if (self != NULL)
    remember_open (canonical, self);
  return self;
}

static GMainContext *
current_context (void)
{
  GMainContext *context = g_main_context_get_thread_default ();

  return context != NULL ? context : g_main_context_default ();
}

/**
 * shy_store_dup_default_path:
 *
 * Returns: (transfer full) (type filename): the person's own database, `shanye/shanye.db` in the
 *   folder `$XDG_DATA_HOME`
 */
char *
shy_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", "shanye.db", NULL);
}

/**
 * shy_store_open:
 * @path: (type filename): the database file, made with its folder when it is not there
 * @error: return location for an error
 *
 * Opens a database, and brings its core tables to the version of this program; before that a copy
 * is put into the folder `backups` beside it. A file that this process has open already is not
 * opened again: all share one store and its worker. Blocks.
 *
 * Errors: %SHY_ERROR_NEWER, %SHY_ERROR_BUSY, %SHY_ERROR_READ_ONLY, %SHY_ERROR_NO_SPACE,
 * %SHY_ERROR_DAMAGED, %SHY_ERROR_INVALID for a file of another program, %SHY_ERROR_UNSUPPORTED for
 * a disk that cannot keep it safely. The messages name the file and say what to do.
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
ShyStore *
shy_store_open (const char  *path,
                GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_shared (path, current_context (), error);
}

/**
 * shy_store_open_read_only:
 * @path: (type filename): a database file, which must be there
 * @error: return location for an error
 *
 * Opens a database to look at it, as an auditor does with a copy. Nothing is made or brought up to
 * date; jobs that write fail with %SHY_ERROR_READ_ONLY. Blocks.
 *
 * Errors: as [ctor@Store.open], and %SHY_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
ShyStore *
shy_store_open_read_only (const char  *path,
                          GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_store (path, SHY_CONNECTION_READ_ONLY, current_context (), error);
}

typedef struct
{
  char         *path;
  GMainContext *context;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_free (self->path);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
open_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Opening  *opening = data;
  GError   *error = NULL;
  ShyStore *store = open_shared (opening->path, opening->context, &error);

  if (store != NULL)
    g_task_return_pointer (task, store, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * shy_store_open_async:
 * @path: (type filename): the database file
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when the store is open
 * @user_data: for @callback
 *
 * As [ctor@Store.open], without blocking.
 */
void
shy_store_open_async (const char          *path,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening          *opening;

  g_return_if_fail (path != NULL);

  opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->context = g_main_context_ref (current_context ());

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, shy_store_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_worker);
}

/**
 * shy_store_open_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
ShyStore *
shy_store_open_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * shy_store_get_path:
 * @self: a store
 *
 * Returns: (type filename): the database file
 */
const char *
shy_store_get_path (ShyStore *self)
{
  g_return_val_if_fail (SHY_IS_STORE (self), NULL);

  return self->path;
}

static gboolean
run_and_wait (ShyStore  *self,
              Work      *work,
              GError   **error)
{
  g_assert (self->thread != g_thread_self ());

  g_async_queue_push (self->worker->queue, work);
  g_mutex_lock (&self->worker->mutex);
  while (!work->done)
    g_cond_wait (&self->worker->cond, &self->worker->mutex);
  g_mutex_unlock (&self->worker->mutex);

  if (work->error != NULL)
    g_propagate_error (error, g_steal_pointer (&work->error));
  return work->kept;
}

/**
 * shy_store_run: (skip)
 * @self: a store
 * @access: what the job does
 * @job: the job
 * @data: for @job
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Runs a job and waits for it: for the command line, tests and threads that may wait.
 *
 * Returns: whether the job's work was kept
 */
gboolean
shy_store_run (ShyStore        *self,
               ShyStoreAccess   access,
               ShyStoreJob      job,
               gpointer         data,
               GCancellable    *cancellable,
               GError         **error)
{
  Work work = { .access = access, .job = job, .data = data, .cancellable = cancellable };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (job != NULL, FALSE);

  return run_and_wait (self, &work, error);
}

static void
work_free (gpointer data)
{
  Work *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

/**
 * shy_store_run_async: (skip)
 * @self: a store
 * @access: what the job does
 * @job: the job, called on the worker thread
 * @data: for @job; nobody else may touch it until the callback
 * @data_free: (nullable): frees @data, behind the callback
 * @cancellable: (nullable): a cancellable
 * @callback: called when the job is done
 * @user_data: for @callback
 *
 * Queues a job. Jobs run one after the other, in the order in which they were given.
 */
void
shy_store_run_async (ShyStore            *self,
                     ShyStoreAccess       access,
                     ShyStoreJob          job,
                     gpointer             data,
                     GDestroyNotify       data_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Work *work;

  g_return_if_fail (SHY_IS_STORE (self));
  g_return_if_fail (job != NULL);

  work = g_new0 (Work, 1);
  work->access = access;
  work->job = job;
  work->data = data;
  work->data_free = data_free;
  work->cancellable = cancellable;
  work->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (work->task, FALSE);
  g_task_set_source_tag (work->task, shy_store_run_async);
  g_task_set_task_data (work->task, work, work_free);
  g_async_queue_push (self->worker->queue, work);
}

/**
 * shy_store_run_finish: (skip)
 * @self: a store
 * @result: what the callback got
 * @error: return location for an error
 *
 * Tells how a job ended. When it is %FALSE with %G_IO_ERROR_CANCELLED, nothing was kept.
 *
 * Returns: whether the job's work was kept
 */
gboolean
shy_store_run_finish (ShyStore      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * shy_store_get_job_data: (skip)
 * @result: what the callback got
 *
 * Returns: (transfer none): the data of the job, with what it wrote there
 */
gpointer
shy_store_get_job_data (GAsyncResult *result)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  return work->data;
}

typedef struct
{
  const char *component;
  GFile      *folder;
} MigrateJob;

static gboolean
migrate_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  MigrateJob *job = data;
  gboolean    write = !sqlite3_db_readonly (connection->db, "main");

  return shy_migrations_apply (connection, job->component, job->folder, write, error);
}

/**
 * shy_store_migrate:
 * @self: a store
 * @component: what the tables are versioned under, as "subsidy"
 * @folder: the numbered files `NNNN-name.sql`; `NNNN-name.sqlite.sql` for what only SQLite knows
 * @error: return location for an error
 *
 * Brings the tables of a plugin to the version it knows: all steps, or none. Blocks; may be called
 * on any thread.
 *
 * Errors: as [ctor@Store.open].
 *
 * Returns: whether the tables are at that version
 */
gboolean
shy_store_migrate (ShyStore    *self,
                   const char  *component,
                   GFile       *folder,
                   GError     **error)
{
  MigrateJob job = { component, folder };
  Work       work = { .kind = WORK_RAW, .job = migrate_job, .data = &job };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (component != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (folder), FALSE);

  return run_and_wait (self, &work, error);
}

static gboolean
backup_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  return shy_connection_copy_to (connection, data, error);
}

/**
 * shy_store_backup:
 * @self: a store
 * @path: (type filename): the file to make, which must not be there
 * @error: return location for an error
 *
 * Writes a whole copy of the database into one file that only its owner may read. Blocks.
 *
 * Errors: %SHY_ERROR_READ_ONLY, %SHY_ERROR_NO_SPACE.
 *
 * Returns: whether the copy was made
 */
gboolean
shy_store_backup (ShyStore    *self,
                  const char  *path,
                  GError     **error)
{
  Work work = { .kind = WORK_RAW, .job = backup_job, .data = (gpointer) path };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return run_and_wait (self, &work, error);
}

static gboolean
rename_part (const char  *path,
             const char  *aside,
             const char  *suffix,
             GError     **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  if (g_rename (from, to) == 0 || (errno == ENOENT && *suffix != '\0'))
    return TRUE;

  g_set_error (error, SHY_ERROR, errno == ENOENT ? SHY_ERROR_NOT_FOUND : SHY_ERROR_READ_ONLY,
               /* Translators: the first %s is a file, the second the system's reason. */
               _("The file “%s” cannot be moved aside (%s). Ask for the right to write its folder."),
               from, g_strerror (errno));
  return FALSE;
}

/**
 * shy_store_set_aside:
 * @path: (type filename): a damaged database that nobody has open
 * @error: return location for an error
 *
 * Moves a database out of the way, with its side files and without deleting anything, so that a
 * copy can take its place.
 *
 * Returns: (transfer full) (type filename): its new name, or %NULL with @error set
 */
char *
shy_store_set_aside (const char  *path,
                     GError     **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autoptr (GDateTime)    now = g_date_time_new_now_local ();
  g_autofree char         *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char         *aside = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  aside = g_strdup_printf ("%s.damaged-%s", path, time);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (!rename_part (path, aside, suffixes[i], error))
      return NULL;

  return g_steal_pointer (&aside);
}
