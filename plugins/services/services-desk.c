/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-desk.h"

struct _ServicesDesk
{
  GObject          parent_instance;
  char            *database;  /* (owned) path of the file */
  ShyServicePulls *pulls;     /* (owned) */
  GMutex           mutex;     /* guards what follows */
  ShyStore        *store;     /* (owned) (nullable) until the first call */
  ShyServiceBook  *book;      /* (owned) (nullable) as the store */
};

G_DEFINE_FINAL_TYPE (ServicesDesk, services_desk, G_TYPE_OBJECT)

static void
services_desk_finalize (GObject *object)
{
  ServicesDesk *self = SERVICES_DESK (object);

  g_clear_object (&self->pulls);
  g_clear_object (&self->book);
  g_clear_object (&self->store);
  g_mutex_clear (&self->mutex);
  g_free (self->database);

  G_OBJECT_CLASS (services_desk_parent_class)->finalize (object);
}

static void
services_desk_class_init (ServicesDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_desk_finalize;
}

static void
services_desk_init (ServicesDesk *self)
{
  self->pulls = shy_service_pulls_new ();
  g_mutex_init (&self->mutex);
}

/* services_desk_get: gives the desk of a context, transfer none: the context keeps it. Opens
 * nothing yet. */
ServicesDesk *
services_desk_get (ShyContext *context)
{
  static const char  key[] = "services-desk";
  ServicesDesk      *self;

  g_return_val_if_fail (SHY_IS_CONTEXT (context), NULL);

  self = g_object_get_data (G_OBJECT (context), key);
  if (self == NULL)
    {
      self = g_object_new (SERVICES_TYPE_DESK, NULL);
      self->database = g_strdup (shy_context_get_database (context));
      g_object_set_data_full (G_OBJECT (context), key, self, g_object_unref);
    }

  return self;
}

/* services_desk_get_database: the path of the database, which need not be there yet. */
const char *
services_desk_get_database (ServicesDesk *self)
{
  g_return_val_if_fail (SERVICES_IS_DESK (self), NULL);

  return self->database;
}

/* services_desk_get_pulls: the pulls that run, transfer none. */
ShyServicePulls *
services_desk_get_pulls (ServicesDesk *self)
{
  g_return_val_if_fail (SERVICES_IS_DESK (self), NULL);

  return self->pulls;
}

/* Opening waits for the disk, hence never on the main thread. */
static gboolean
ensure_open (ServicesDesk  *self,
             GError       **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->store != NULL)
    return TRUE;

  self->store = shy_store_open (self->database, error);
  if (self->store != NULL)
    self->book = shy_service_book_new (self->store);

  return self->store != NULL;
}

/* services_desk_get_store: the database, transfer none; NULL until a call has opened it. */
ShyStore *
services_desk_get_store (ServicesDesk *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SERVICES_IS_DESK (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return self->store;
}

/* services_desk_get_book: the services, transfer none; NULL until a call has opened the database. */
ShyServiceBook *
services_desk_get_book (ServicesDesk *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SERVICES_IS_DESK (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return self->book;
}

typedef struct
{
  ServicesCall   call;
  gpointer       data;
  GDestroyNotify data_free;    /* (nullable) */
  GDestroyNotify result_free;  /* (nullable) */
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

static void
call_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Call     *call = data;
  GError   *error = NULL;
  gpointer  result = NULL;

  if (ensure_open (source, &error))
    result = call->call (source, call->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, call->result_free);
}

/*
 * services_desk_call_async:
 * @data: (nullable): what @call gets; freed by @data_free
 * @result_free: (nullable): frees a result that nobody takes
 *
 * Lets @call run on a worker thread, and opens the database before the first one.
 */
void
services_desk_call_async (ServicesDesk        *self,
                          ServicesCall         call,
                          gpointer             data,
                          GDestroyNotify       data_free,
                          GDestroyNotify       result_free,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask)  task = NULL;
  Call              *work;

  g_return_if_fail (SERVICES_IS_DESK (self));
  g_return_if_fail (call != NULL);

  work = g_new (Call, 1);
  *work = (Call) { call, data, data_free, result_free };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, services_desk_call_async);
  g_task_set_task_data (task, work, call_free);
  g_task_run_in_thread (task, call_worker);
}

/* services_desk_call_finish: gives the result of the call, transfer full, or NULL with the error
 * of the call or of opening the database. */
gpointer
services_desk_call_finish (ServicesDesk  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
