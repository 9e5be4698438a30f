/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-dataset.h"

#include "subsidy-key-sum.h"
#include "subsidy-search.h"

#include <glib/gi18n-lib.h>

/*
 * SubsidyDataset:
 *
 * The tables of the subsidy plugin in the common database.
 */
struct _SubsidyDataset
{
  GObject parent_instance;
};

/* For those who are told that another program changed what is stored. */
static const ShyRowWord words[] = {
  /* Translators: %s is the number of an application. */
  { "subsidy_case", NULL, N_("Application %s") },
  { "subsidy_case", "amount", N_("amount"), TRUE },
  { "subsidy_case", "county", N_("county") },
  { "subsidy_case", "decided_on", N_("day of the decision") },
  { "subsidy_case", "employer", N_("employer") },
  { "subsidy_case", "name", N_("name") },
  { "subsidy_case", "outcome", N_("outcome") },
  { "subsidy_case", "person", N_("person") },
  { "subsidy_case", "policy", N_("policy") },
  { "subsidy_case", "policy_version", N_("version of the policy") },
  { "subsidy_case", "reason", N_("reason") },
  { "subsidy_case", "revision", N_("number of the decision") },
  /* Translators: %s is the number of a stored decision on an application. */
  { "subsidy_revision", NULL, N_("Decision %s") },
  { "subsidy_revision", "amount", N_("amount"), TRUE },
  { "subsidy_revision", "case_id", N_("application") },
  { "subsidy_revision", "facts", N_("facts") },
  { "subsidy_revision", "outcome", N_("outcome") },
  { "subsidy_revision", "pack", N_("text of the policy") },
  { "subsidy_revision", "policy_version", N_("version of the policy") },
  { "subsidy_revision", "verdict", N_("verdict") },
  /* Translators: %s is the number of a spreadsheet that was taken in. */
  { "subsidy_batch", NULL, N_("Spreadsheet %s") },
  { "subsidy_grant", NULL, N_("Earlier grant %s") },
  { "subsidy_grant", "amount", N_("amount"), TRUE },
  { "subsidy_grant", "granted_on", N_("day") },
  { "subsidy_grant", "person", N_("person") },
  { "subsidy_grant", "year", N_("year") },
  /* Translators: %s is the digest of a policy's text. */
  { "subsidy_pack", NULL, N_("The text of a policy (%s)") },
  { "subsidy_pack", "contents", N_("text") },
  /* Translators: %s is a number. Dictionary: words that stored decisions have in common. */
  { "subsidy_dictionary", NULL, N_("The dictionary of stored decisions (%s)") },
  { "subsidy_dictionary", "contents", N_("text") },
  { "subsidy_key_sum", NULL, N_("The sum over the index of applications (%s)") },
  { "subsidy_provenance", NULL, N_("Where a policy comes from (%s)") },
  { NULL },
};

static const char *
get_id (ShyDataset *dataset)
{
  return "subsidy";
}

static char *
dup_title (ShyDataset *dataset)
{
  return g_strdup (_("Subsidy applications"));
}

static GFile *
dup_migrations (ShyDataset *dataset)
{
  return g_file_new_for_uri ("resource:///org/shanye/Shanye/subsidy/migrations");
}

static gboolean
catch_up (ShyDataset    *dataset,
          ShyStore      *store,
          ShyProgress   *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  return subsidy_search_fill (store, progress, cancellable, error);
}

static void
dataset_iface_init (ShyDatasetInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->dup_migrations = dup_migrations;
  iface->catch_up = catch_up;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyDataset, subsidy_dataset, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_DATASET, dataset_iface_init))

static void
subsidy_dataset_class_init (SubsidyDatasetClass *klass)
{
  shy_row_words_add (words);
  shy_journal_add_proof (subsidy_key_sum_prove);
}

static void
subsidy_dataset_init (SubsidyDataset *self)
{
}

/* subsidy_dataset_prepare: brings the tables of this plugin to its version. Blocks. */
gboolean
subsidy_dataset_prepare (ShyStore  *store,
                         GError   **error)
{
  g_autoptr (ShyDataset) dataset = g_object_new (SUBSIDY_TYPE_DATASET, NULL);

  return shy_dataset_prepare (dataset, store, error);
}

/*
 * subsidy_open_store:
 * @database: (nullable): the file, or NULL for the person's own
 *
 * Opens the database with the tables of this plugin. Blocks. Errors as shy_store_open().
 */
ShyStore *
subsidy_open_store (const char *database,
                    GError    **error)
{
  g_autofree char     *own = database == NULL ? shy_store_dup_default_path () : NULL;
  g_autoptr (ShyStore) store = shy_store_open (database != NULL ? database : own, error);

  return store != NULL && subsidy_dataset_prepare (store, error) ? g_steal_pointer (&store) : NULL;
}

static void
prepare_worker (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (subsidy_dataset_prepare (data, &error))
    g_task_return_pointer (task, g_object_ref (data), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;
  ShyStore         *store = shy_store_open_finish (result, &error);

  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, store, g_object_unref);
  g_task_run_in_thread (task, prepare_worker);
}

/* subsidy_open_store_async: as subsidy_open_store(), without blocking. */
void
subsidy_open_store_async (const char          *database,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autofree char *own = database == NULL ? shy_store_dup_default_path () : NULL;
  GTask           *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, subsidy_open_store_async);
  shy_store_open_async (database != NULL ? database : own, cancellable, opened_cb, task);
}

/* subsidy_open_store_finish: gives the store, transfer full, or NULL with the error set. */
ShyStore *
subsidy_open_store_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
