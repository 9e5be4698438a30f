/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-store.h"

#include "shy-data.h"
#include "store/shy-migrations-private.h"
#include "store/shy-store-worker-private.h"

struct _ShyStore
{
  GObject         parent_instance;
  ShyStoreWorker *worker; /* (owned) */
  char           *path;   /* (owned) */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShyStore, shy_store, G_TYPE_OBJECT)

/* The stores that are open for writing in this process: canonical path → GWeakRef. */
static GMutex      open_mutex;
static GHashTable *open_stores;

static void
shy_store_finalize (GObject *object)
{
  ShyStore *self = SHY_STORE (object);

  shy_store_worker_end (self->worker);
  shy_store_worker_unref (self->worker);
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
   * Work was committed that changed something: by this store, before the work's own callback; or
   * by another process, or a store opened apart, about a second after it. Emitted in the main
   * context that was the thread's default when the store was opened.
   */
  signals[CHANGED] = g_signal_new ("changed", SHY_TYPE_STORE, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
shy_store_init (ShyStore *self)
{
}

static void
emit_changed (ShyStore   *self,
              const char *topic)
{
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (topic), topic);
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
  self->worker = shy_store_worker_new (connection, self, context, emit_changed);
  shy_store_worker_start (self->worker);
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
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&open_mutex);
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

/**
 * shy_store_open_apart:
 * @path: (type filename): the database file
 * @error: return location for an error
 *
 * As [ctor@Store.open], with a worker of its own even where this process has the file open: long
 * work in it keeps nobody waiting who reads, and keeps those who write waiting only while one of
 * its transactions runs.
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
ShyStore *
shy_store_open_apart (const char  *path,
                      GError     **error)
{
  g_autofree char *canonical = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  canonical = g_canonicalize_filename (path, NULL);
  return open_store (canonical, SHY_CONNECTION_CREATE, current_context (), error);
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
  ShyStoreWork work = { .access = access, .job = job, .data = data, .cancellable = cancellable };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (job != NULL, FALSE);

  return shy_store_worker_wait (self->worker, &work, error);
}

static void
work_free (gpointer data)
{
  ShyStoreWork *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

/**
 * shy_store_run_async: (skip)
 * @self: a store
 * @access: what the job does
 * @job: the job, called on a thread of the store
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
  ShyStoreWork *work;

  g_return_if_fail (SHY_IS_STORE (self));
  g_return_if_fail (job != NULL);

  work = g_new0 (ShyStoreWork, 1);
  work->access = access;
  work->job = job;
  work->data = data;
  work->data_free = data_free;
  work->cancellable = cancellable;
  work->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (work->task, FALSE);
  g_task_set_source_tag (work->task, shy_store_run_async);
  g_task_set_task_data (work->task, work, work_free);
  shy_store_worker_push (self->worker, work);
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
  ShyStoreWork *work = g_task_get_task_data (G_TASK (result));

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
  ShyStoreWork       work = { .kind = SHY_WORK_RAW, .job = migrate_job, .data = &job };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (component != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (folder), FALSE);

  return shy_store_worker_wait (self->worker, &work, error);
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
  ShyStoreWork work = { .kind = SHY_WORK_RAW, .job = backup_job, .data = (gpointer) path };

  g_return_val_if_fail (SHY_IS_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return shy_store_worker_wait (self->worker, &work, error);
}
