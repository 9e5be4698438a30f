/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../database.h"

typedef struct
{
  const char *scope, *county;
  gboolean    covered;
} ScopeCase;

static const ScopeCase scopes[] = {
  { "", "331127", TRUE },
  { "331127", "331127", TRUE },
  { "331127", "331126", FALSE },
  { "3311", "331127", TRUE },
  { "3311", "331000", FALSE },
  { "3311", "331022", FALSE },
};

static void
test_covers (void)
{
  g_autoptr (ShyContext) context = shy_context_new ("a.db");

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      shy_context_set_scope (context, scopes[i].scope);
      g_assert_cmpint (shy_context_covers (context, scopes[i].county), ==, scopes[i].covered);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_notifies_once (void)
{
  g_autoptr (ShyContext) context = shy_context_new ("a.db");
  guint                  count = 0;

  shy_context_set_scope (context, "");
  g_signal_connect_swapped (context, "notify::scope", G_CALLBACK (count_cb), &count);
  shy_context_set_scope (context, "3311");
  shy_context_set_scope (context, "3311");
  g_assert_cmpuint (count, ==, 1);
}

static void
test_remembers_scope (void)
{
  g_autoptr (ShyContext) first = shy_context_new ("a.db");
  g_autoptr (ShyContext) second = NULL;

  shy_context_set_scope (first, "330822");
  second = shy_context_new ("b.db");
  g_assert_cmpstr (shy_context_get_scope (second), ==, "330822");
}

static void
test_own_database (void)
{
  g_autoptr (ShyContext) named = shy_context_new ("a.db");
  g_autoptr (ShyContext) own = shy_context_new (NULL);

  g_assert_cmpstr (shy_context_get_database (named), ==, "a.db");
  g_assert_true (g_str_has_prefix (shy_context_get_database (own), g_get_user_data_dir ()));
}

/* The tables of a plugin: “%s_row”, made by one file in a folder. */
#define TOY_TYPE_DATASET (toy_dataset_get_type ())
G_DECLARE_FINAL_TYPE (ToyDataset, toy_dataset, TOY, DATASET, GObject)

struct _ToyDataset
{
  GObject     parent_instance;
  const char *id;
  const char *sql;
};

static const char *
get_id (ShyDataset *dataset)
{
  return TOY_DATASET (dataset)->id;
}

static GFile *
dup_migrations (ShyDataset *dataset)
{
  ToyDataset      *self = TOY_DATASET (dataset);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), self->id, NULL);
  g_autofree char *path = g_build_filename (folder, "0001-row.sql", NULL);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, self->sql, -1, NULL));
  return g_file_new_for_path (folder);
}

static void
toy_iface_init (ShyDatasetInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_migrations = dup_migrations;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ToyDataset, toy_dataset, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_DATASET, toy_iface_init))

static void
toy_dataset_class_init (ToyDatasetClass *klass)
{
}

static void
toy_dataset_init (ToyDataset *self)
{
}

static void
add_toy (GListStore *list,
         const char *id,
         const char *sql)
{
  g_autoptr (ToyDataset) toy = g_object_new (TOY_TYPE_DATASET, NULL);

  toy->id = id;
  toy->sql = sql;
  g_list_store_append (list, toy);
}

static ShyContext *
new_context (const char *name)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);

  return shy_context_new (path);
}

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* All who ask at once get one database, with the tables of all datasets, the policies and the
 * counties; a dataset that comes later is made ready by who opens next. */
static void
test_opens_once (void)
{
  g_autoptr (ShyContext)   context = new_context ("once.db");
  g_autoptr (GListStore)   toys = g_list_store_new (SHY_TYPE_DATASET);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError)       error = NULL;
  ShyStore                *store;

  add_toy (toys, "toy", "CREATE TABLE toy_row (id INTEGER NOT NULL PRIMARY KEY);");
  shy_context_set_datasets (context, G_LIST_MODEL (toys));
  g_assert_false (shy_context_exists (context));
  shy_context_open_async (context, NULL, keep_cb, &first);
  shy_context_open_async (context, NULL, keep_cb, &second);
  g_assert_null (shy_context_get_store (context));

  g_assert_true (shy_context_open_finish (context, wait_for (&first), &error));
  g_assert_true (shy_context_open_finish (context, wait_for (&second), &error));
  g_assert_no_error (error);
  store = shy_context_get_store (context);
  g_assert_nonnull (store);
  g_assert_nonnull (shy_context_get_policies (context));
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM toy_row"), ==, 0);

  add_toy (toys, "late", "CREATE TABLE late_row (id INTEGER NOT NULL PRIMARY KEY);");
  g_assert_true (shy_context_open (context, &error) == store);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM late_row"), ==, 0);
  g_assert_true (shy_context_exists (context));
}

/* What failed is tried again by who asks next, and says why each time. */
static void
test_opens_again (void)
{
  g_autoptr (ShyContext) context = new_context ("again.db");
  g_autoptr (GListStore) toys = g_list_store_new (SHY_TYPE_DATASET);
  g_autoptr (GError)     error = NULL;

  add_toy (toys, "broken", "CREATE TABLE broken_row (id INTEGER NOT NULL PRIMARY KEY,);");
  shy_context_set_datasets (context, G_LIST_MODEL (toys));
  g_assert_null (shy_context_open (context, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (shy_context_open (context, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_list_store_remove_all (toys);
  add_toy (toys, "broken", "CREATE TABLE broken_row (id INTEGER NOT NULL PRIMARY KEY);");
  g_assert_nonnull (shy_context_open (context, &error));
  g_assert_no_error (error);
}

static gboolean
touch_job (ShyConnection  *connection,
           gpointer        topic,
           GCancellable   *cancellable,
           GError        **error)
{
  shy_connection_touch (connection, topic);
  return TRUE;
}

/* Who listens need not wait until the database is open; the policies are read again when an update
 * was taken in. */
static void
test_hears_changes (void)
{
  g_autoptr (ShyContext)        context = new_context ("changes.db");
  g_autoptr (ShyPolicyRegistry) before = NULL;
  g_autoptr (ShyPolicyRegistry) now = NULL;
  g_autoptr (GError)            error = NULL;
  guint                         heard = 0, read = 0;

  g_signal_connect_swapped (context, "changed::toy", G_CALLBACK (count_cb), &heard);
  g_signal_connect_swapped (context, "notify::policies", G_CALLBACK (count_cb), &read);
  before = shy_context_load_policies (context, &error);
  g_assert_no_error (error);
  shy_store_run (shy_context_get_store (context), SHY_STORE_WRITE, touch_job, (gpointer) "toy", NULL,
                 &error);
  shy_store_run (shy_context_get_store (context), SHY_STORE_WRITE, touch_job,
                 (gpointer) SHY_UPDATES_TOPIC, NULL, &error);
  g_assert_no_error (error);
  while (heard == 0 || read == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (heard, ==, 1);
  g_assert_cmpuint (read, ==, 1);
  now = shy_context_load_policies (context, NULL);
  g_assert_true (now != before && now == shy_context_get_policies (context));
}

static gpointer
sum_work (ShyContext    *context,
          gpointer       data,
          ShyProgress   *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  guint *most = data;
  guint *sum = g_new0 (guint, 1);

  g_assert_true (g_thread_self () != g_object_get_data (G_OBJECT (context), "thread"));
  for (guint i = 1; i <= *most; i++)
    {
      *sum += i;
      shy_progress_set (progress, (double) i / *most, "Adding");
    }
  return sum;
}

/* Work runs beside the main loop, which hears how far it is, and that it ended at last. */
static void
test_work (void)
{
  g_autoptr (ShyContext)   context = new_context ("work.db");
  g_autoptr (ShyProgress)  progress = shy_progress_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree guint        *sum = NULL;
  g_autofree char         *text = NULL;
  guint                    most = 10000, heard = 0;

  g_object_set_data (G_OBJECT (context), "thread", g_thread_self ());
  g_signal_connect_swapped (progress, "notify::fraction", G_CALLBACK (count_cb), &heard);
  g_assert_cmpfloat (shy_progress_get_fraction (progress), ==, -1);
  shy_context_run_async (context, sum_work, g_memdup2 (&most, sizeof most), g_free, g_free, progress,
                         NULL, keep_cb, &result);
  sum = shy_context_run_finish (context, wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*sum, ==, most * (most + 1) / 2);

  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (heard, >, 0);
  g_assert_cmpuint (heard, <, most); /* once for all that was said since the last time */
  g_assert_cmpfloat (shy_progress_get_fraction (progress), ==, 1);
  text = shy_progress_dup_text (progress);
  g_assert_cmpstr (text, ==, "Adding");
  g_assert_false (shy_context_exists (context)); /* work that needs no database makes none */
}

static gpointer
endless_work (ShyContext    *context,
              gpointer       data,
              ShyProgress   *progress,
              GCancellable  *cancellable,
              GError       **error)
{
  shy_progress_set (progress, -1, NULL);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_thread_yield ();
  return NULL;
}

static void
test_cancelled_work (void)
{
  g_autoptr (ShyContext)   context = new_context ("work.db");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ShyProgress)  progress = shy_progress_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  g_signal_connect_swapped (progress, "notify::fraction", G_CALLBACK (g_cancellable_cancel),
                            cancellable);
  shy_context_run_async (context, endless_work, NULL, NULL, NULL, progress, cancellable, keep_cb,
                         &result);
  g_assert_null (shy_context_run_finish (context, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/context/covers", test_covers);
  g_test_add_func ("/context/notifies-once", test_notifies_once);
  g_test_add_func ("/context/remembers-scope", test_remembers_scope);
  g_test_add_func ("/context/own-database", test_own_database);
  g_test_add_func ("/context/opens-once", test_opens_once);
  g_test_add_func ("/context/opens-again", test_opens_again);
  g_test_add_func ("/context/hears-changes", test_hears_changes);
  g_test_add_func ("/context/work", test_work);
  g_test_add_func ("/context/cancelled-work", test_cancelled_work);

  return g_test_run ();
}
