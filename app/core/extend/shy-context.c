/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-context.h"

#include "county/shy-county-registry.h"
#include "extend/shy-dataset.h"
#include "update/shy-policies.h"
#include "update/shy-update-book.h"

/**
 * ShyContext:
 *
 * What window, plugins, verbs and timers work on: the database with the tables of all plugins, the
 * policies, the counties the person looks at, and the settings; and the one way to do work that may
 * take long.
 *
 * The host makes one and hands it to the methods of the extension points that need it, so that
 * nothing is looked up globally and a test passes one of its own. It opens nothing by itself: the
 * first who needs the database opens it for all, and so with the policies. Who comes while that goes
 * on waits for the same; what failed is tried again by who asks next.
 *
 * The scope is a code of GB/T 2260: "" for all counties, a prefecture ("3311") or one county
 * ("331127"). It is remembered in the settings, where the program's schema is installed.
 */
struct _ShyContext
{
  GObject    parent_instance;
  char      *database;  /* (owned) path of the file */
  char      *scope;     /* (owned) */
  GSettings *settings;  /* (owned) (nullable) */

  GListModel *datasets; /* (owned) (nullable): of ShyDataset; used on the main thread only */
  GMutex      opening;  /* held while something is opened */

  GCancellable *catching_up; /* (owned): of what is done behind all other work */

  GMutex             mutex;    /* guards what follows, is never held for long */
  GPtrArray         *waiting;  /* (owned) of ShyDataset: whose tables were not made ready yet */
  GPtrArray         *behind;   /* (owned) of ShyDataset: that may have something left to do */
  ShyStore          *store;    /* (owned) (nullable) until it is open; then it stays */
  ShyPolicyRegistry *policies; /* (owned) (nullable) until they are read */
};

G_DEFINE_FINAL_TYPE (ShyContext, shy_context, G_TYPE_OBJECT)

typedef enum { PROP_DATABASE = 1, PROP_SCOPE, PROP_POLICIES } ShyContextProperty;
static GParamSpec *properties[PROP_POLICIES + 1];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource       *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SHY_APP_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
shy_context_constructed (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  G_OBJECT_CLASS (shy_context_parent_class)->constructed (object);

  if (self->database == NULL)
    self->database = shy_store_dup_default_path ();

  self->settings = open_settings ();
  if (self->settings != NULL)
    g_settings_bind (self->settings, "scope", self, "scope", G_SETTINGS_BIND_DEFAULT);
}

static void
shy_context_dispose (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  if (self->settings != NULL)
    g_settings_unbind (self, "scope");
  g_clear_object (&self->settings);
  shy_context_set_datasets (self, NULL);

  G_OBJECT_CLASS (shy_context_parent_class)->dispose (object);
}

static void
shy_context_finalize (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  g_clear_object (&self->policies);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->behind);
  g_clear_object (&self->catching_up);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->opening);
  g_free (self->database);
  g_free (self->scope);

  G_OBJECT_CLASS (shy_context_parent_class)->finalize (object);
}

static void
shy_context_get_property (GObject    *object,
                          guint       property,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ShyContext *self = SHY_CONTEXT (object);

  switch ((ShyContextProperty) property)
    {
    case PROP_DATABASE:
      g_value_set_string (value, self->database);
      break;
    case PROP_SCOPE:
      g_value_set_string (value, self->scope);
      break;
    case PROP_POLICIES:
      g_value_set_object (value, shy_context_get_policies (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_context_set_property (GObject      *object,
                          guint         property,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  ShyContext *self = SHY_CONTEXT (object);

  switch ((ShyContextProperty) property)
    {
    case PROP_DATABASE:
      self->database = g_value_dup_string (value);
      break;
    case PROP_SCOPE:
      shy_context_set_scope (self, g_value_get_string (value));
      break;
    case PROP_POLICIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_context_class_init (ShyContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = shy_context_constructed;
  object_class->dispose = shy_context_dispose;
  object_class->finalize = shy_context_finalize;
  object_class->get_property = shy_context_get_property;
  object_class->set_property = shy_context_set_property;

  /**
   * ShyContext:database:
   *
   * The path of the database file.
   */
  properties[PROP_DATABASE] =
    g_param_spec_string ("database", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * ShyContext:scope:
   *
   * The counties the person looks at: "", a prefecture's code or a county's.
   */
  properties[PROP_SCOPE] =
    g_param_spec_string ("scope", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * ShyContext:policies:
   *
   * The policies that decide, %NULL until they are read. They are read again, and this notified, when
   * an update was accepted or taken back.
   */
  properties[PROP_POLICIES] = g_param_spec_object ("policies", NULL, NULL, SHY_TYPE_POLICY_REGISTRY,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ShyContext::changed:
   * @self: the context
   * @topic: what changed, as "subsidy"; also the detail of the signal
   *
   * What is stored changed, as [signal@Store::changed] says, from when the database is open: nobody
   * needs to wait for that to listen. Emitted on the main thread.
   */
  signals[CHANGED] = g_signal_new ("changed", SHY_TYPE_CONTEXT, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
shy_context_init (ShyContext *self)
{
  self->scope = g_strdup ("");
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->behind = g_ptr_array_new_with_free_func (g_object_unref);
  self->catching_up = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->opening);
}

/**
 * shy_context_new:
 * @database: (nullable): the path of the database file, or %NULL for the person's own
 *
 * Makes the context of a window or a call. Opens no file.
 *
 * Returns: (transfer full): a context
 */
ShyContext *
shy_context_new (const char *database)
{
  return g_object_new (SHY_TYPE_CONTEXT, "database", database, NULL);
}

/**
 * shy_context_get_database:
 * @self: a context
 *
 * Returns: the path of the database file
 */
const char *
shy_context_get_database (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->database;
}

/**
 * shy_context_get_scope:
 * @self: a context
 *
 * Returns: "" for all counties, or the code of a prefecture or county
 */
const char *
shy_context_get_scope (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->scope;
}

/**
 * shy_context_set_scope:
 * @self: a context
 * @scope: (nullable): "" or %NULL for all counties, or the code of a prefecture or county
 *
 * Changes the counties the person looks at.
 */
void
shy_context_set_scope (ShyContext *self,
                       const char *scope)
{
  g_return_if_fail (SHY_IS_CONTEXT (self));

  if (scope == NULL)
    scope = "";
  if (g_str_equal (self->scope, scope))
    return;

  g_free (self->scope);
  self->scope = g_strdup (scope);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPE]);
}

/**
 * shy_context_covers:
 * @self: a context
 * @county: the code of a county, six digits
 *
 * Tells whether a county lies in the scope.
 *
 * Returns: %TRUE if records of @county are to be shown
 */
gboolean
shy_context_covers (ShyContext *self,
                    const char *county)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), FALSE);
  g_return_val_if_fail (county != NULL, FALSE);

  return g_str_has_prefix (county, self->scope);
}

/**
 * shy_context_get_settings:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the settings of the program, %NULL where its schema is not
 *   installed
 */
GSettings *
shy_context_get_settings (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->settings;
}

static void
take_datasets (ShyContext *self,
               guint       position,
               guint       added)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (self->waiting, g_list_model_get_item (self->datasets, position + i));
}

/* Of a plugin that was switched off nothing may be kept, nor of one that comes back as another object. */
static void
datasets_changed_cb (ShyContext *self,
                     guint       position,
                     guint       removed,
                     guint       added)
{
  if (removed == 0)
    {
      take_datasets (self, position, added);
      return;
    }

  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->waiting, 0);
  g_mutex_unlock (&self->mutex);
  take_datasets (self, 0, g_list_model_get_n_items (self->datasets));
}

/**
 * shy_context_set_datasets:
 * @self: a context
 * @datasets: (nullable): a list of #ShyDataset, as an engine makes it
 *
 * Says whose tables the database is to have. Those that come into the list later are made ready by
 * who opens next. On the main thread.
 */
void
shy_context_set_datasets (ShyContext *self,
                          GListModel *datasets)
{
  g_return_if_fail (SHY_IS_CONTEXT (self));
  g_return_if_fail (datasets == NULL || G_IS_LIST_MODEL (datasets));

  if (self->datasets != NULL)
    g_signal_handlers_disconnect_by_func (self->datasets, datasets_changed_cb, self);
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->waiting, 0);
  g_mutex_unlock (&self->mutex);

  g_set_object (&self->datasets, datasets);
  if (datasets == NULL)
    {
      g_cancellable_cancel (self->catching_up);
      return;
    }
  take_datasets (self, 0, g_list_model_get_n_items (datasets));
  g_signal_connect_object (datasets, "items-changed", G_CALLBACK (datasets_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * shy_context_exists:
 * @self: a context
 *
 * Tells whether the database is there already: to ask what it holds is no reason to make one.
 *
 * Returns: whether the file is there
 */
gboolean
shy_context_exists (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), FALSE);

  return g_file_test (self->database, G_FILE_TEST_EXISTS);
}

static void
store_changed_cb (ShyContext *self,
                  const char *topic)
{
  if (g_str_equal (topic, SHY_UPDATES_TOPIC) && shy_context_get_policies (self) != NULL)
    shy_context_read_policies (self);
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (topic), topic);
}

static ShyDataset *
get_waiting (ShyContext *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->waiting->len > 0 ? g_object_ref (self->waiting->pdata[0]) : NULL;
}

static gboolean
prepare_datasets (ShyContext  *self,
                  GError     **error)
{
  ShyDataset *next;

  while ((next = get_waiting (self)) != NULL)
    {
      g_autoptr (ShyDataset) dataset = next;

      if (!shy_dataset_prepare (dataset, self->store, error))
        return FALSE;
      g_mutex_lock (&self->mutex);
      if (g_ptr_array_remove (self->waiting, dataset))
        g_ptr_array_add (self->behind, g_object_ref (dataset));
      g_mutex_unlock (&self->mutex);
    }
  return TRUE;
}

static gboolean
ensure_open (ShyContext  *self,
             GError     **error)
{
  ShyStore *store;

  if (self->store == NULL)
    {
      store = shy_store_open (self->database, error);
      if (store == NULL)
        return FALSE;
      g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_mutex_lock (&self->mutex);
      self->store = store;
      g_mutex_unlock (&self->mutex);
    }
  return prepare_datasets (self, error);
}

/**
 * shy_context_open:
 * @self: a context
 * @error: return location for an error
 *
 * Opens the database, if nobody did yet, and brings the tables of the datasets to the version that
 * their plugins know. Blocks; may be called on any thread, never on one that must not wait.
 *
 * Errors: as [ctor@Store.open] and [method@Store.migrate].
 *
 * Returns: (transfer none): the database, or %NULL with @error set
 */
ShyStore *
shy_context_open (ShyContext  *self,
                  GError     **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  locker = g_mutex_locker_new (&self->opening);
  return ensure_open (self, error) ? self->store : NULL;
}

static ShyPolicyRegistry *
dup_policies (ShyContext *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->policies != NULL ? g_object_ref (self->policies) : NULL;
}

static void
set_policies (ShyContext        *self,
              ShyPolicyRegistry *policies)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_object (&self->policies, policies);
}

/**
 * shy_context_load_policies:
 * @self: a context
 * @error: return location for an error
 *
 * Reads the counties and the policies, if nobody did yet; opens the database for that, for updates
 * that were accepted stand in it. Blocks, as [method@Context.open].
 *
 * Returns: (transfer full): the policies that decide now, or %NULL with @error set
 */
ShyPolicyRegistry *
shy_context_load_policies (ShyContext  *self,
                           GError     **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;
  ShyPolicyRegistry                     *policies;

  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  locker = g_mutex_locker_new (&self->opening);
  policies = dup_policies (self);
  if (policies != NULL)
    return policies;
  if (shy_county_registry_get_default (error) == NULL || !ensure_open (self, error))
    return NULL;
  policies = shy_policies_load_from_store (self->store, error);
  if (policies != NULL)
    set_policies (self, policies);
  return policies;
}

static gpointer
catch_up_work (ShyContext    *context,
               gpointer       dataset,
               ShyProgress   *progress,
               GCancellable  *cancellable,
               GError       **error)
{
  return shy_dataset_catch_up (dataset, context->store, progress, cancellable, error) ? context : NULL;
}

/* Where it fails nothing is lost: the next start goes on. */
static void
caught_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (shy_context_run_finish (SHY_CONTEXT (source), result, &error) == NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("catching up: %s", error->message);
}

/* In a program that stays, as verbs do not. */
static void
catch_up (ShyContext *self)
{
  g_autoptr (GPtrArray) behind = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&self->mutex);
  g_ptr_array_extend_and_steal (behind, g_steal_pointer (&self->behind));
  self->behind = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < behind->len; i++)
    shy_context_run_async (self, catch_up_work, g_object_ref (behind->pdata[i]), g_object_unref, NULL,
                           NULL, self->catching_up, caught_up_cb, NULL);
}

static gpointer
open_work (ShyContext    *context,
           gpointer       data,
           ShyProgress   *progress,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (ShyPolicyRegistry) policies = NULL;

  if (shy_context_open (context, error) == NULL)
    return NULL;
  policies = shy_context_load_policies (context, error);
  return policies != NULL ? context : NULL;
}

/**
 * shy_context_open_async:
 * @self: a context
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when all is open
 * @user_data: for @callback
 *
 * As [method@Context.open] and [method@Context.load_policies], without blocking. What the steps of a
 * plugin's tables left to be done is begun behind it.
 */
void
shy_context_open_async (ShyContext          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  shy_context_run_async (self, open_work, NULL, NULL, NULL, NULL, cancellable, callback, user_data);
}

/**
 * shy_context_open_finish:
 * @self: a context
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether the database is open, its tables are ready, and counties and policies are read
 */
gboolean
shy_context_open_finish (ShyContext    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  if (shy_context_run_finish (self, result, error) == NULL)
    return FALSE;
  catch_up (self);
  return TRUE;
}

/**
 * shy_context_get_store:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the database, %NULL until somebody opened it
 */
ShyStore *
shy_context_get_store (ShyContext *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return self->store;
}

/**
 * shy_context_get_policies:
 * @self: a context
 *
 * For the main thread, where they stay until it is idle; on another one see
 * [method@Context.load_policies].
 *
 * Returns: (transfer none) (nullable): the policies that decide now, %NULL until they are read
 */
ShyPolicyRegistry *
shy_context_get_policies (ShyContext *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return self->policies;
}

static gpointer
read_policies_work (ShyContext    *context,
                    gpointer       data,
                    ShyProgress   *progress,
                    GCancellable  *cancellable,
                    GError       **error)
{
  ShyStore *store = shy_context_open (context, error);

  return store != NULL ? shy_policies_load_from_store (store, error) : NULL;
}

/* If they cannot be read, those that were read before go on deciding: whoever stores a decision checks
 * that its policy is in force. */
static void
policies_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  ShyContext                   *self = SHY_CONTEXT (source);
  g_autoptr (ShyPolicyRegistry) policies = shy_context_run_finish (self, result, NULL);

  if (policies == NULL)
    return;
  set_policies (self, policies);
  g_object_notify_by_pspec (source, properties[PROP_POLICIES]);
}

/**
 * shy_context_read_policies:
 * @self: a context
 *
 * Reads the policies again, as after a file was put right: what is decided from then on is decided by
 * what is there now. Notifies [property@Context:policies] once they are read.
 */
void
shy_context_read_policies (ShyContext *self)
{
  g_return_if_fail (SHY_IS_CONTEXT (self));

  shy_context_run_async (self, read_policies_work, NULL, NULL, g_object_unref, NULL, NULL,
                         policies_read_cb, NULL);
}

typedef struct
{
  ShyWork         work;
  gpointer        data;
  GDestroyNotify  data_free;   /* (nullable) */
  GDestroyNotify  result_free; /* (nullable) */
  ShyProgress    *progress;    /* (owned) (nullable) */
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_clear_object (&self->progress);
  g_free (self);
}

static void
run_worker (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Run     *run = data;
  GError  *error = NULL;
  gpointer result = run->work (source, run->data, run->progress, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, run->result_free);
}

/**
 * shy_context_run_async: (skip)
 * @self: a context
 * @work: the work
 * @data: (nullable): for @work; nobody else may touch it until the callback
 * @data_free: (nullable): frees @data, behind the callback
 * @result_free: (nullable): frees a result that nobody takes
 * @progress: (nullable): where @work says how far it is
 * @cancellable: (nullable): a cancellable; who cancels hears of nothing but that
 * @callback: called in the main context that is the thread's default, when the work is done
 * @user_data: for @callback
 *
 * Lets work run on a thread of its own: the one way for plugins and the shell to do what may wait for
 * a disk, the database or the net.
 */
void
shy_context_run_async (ShyContext          *self,
                       ShyWork              work,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       ShyProgress         *progress,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run              *run;

  g_return_if_fail (SHY_IS_CONTEXT (self));
  g_return_if_fail (work != NULL);

  run = g_new (Run, 1);
  *run = (Run) { work, data, data_free, result_free, NULL };
  g_set_object (&run->progress, progress);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, shy_context_run_async);
  g_task_set_task_data (task, run, run_free);
  g_task_run_in_thread (task, run_worker);
}

/**
 * shy_context_run_finish: (skip)
 * @self: a context
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: what the work gave, owned by the caller if the work gave it away; %NULL with @error set if
 *   it failed
 */
gpointer
shy_context_run_finish (ShyContext    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
