/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extend/shy-dataset.h"

G_DEFINE_INTERFACE (ShyDataset, shy_dataset, G_TYPE_OBJECT)

static void
shy_dataset_default_init (ShyDatasetInterface *iface)
{
}

/**
 * shy_dataset_get_id:
 * @self: a dataset
 *
 * Returns: the name under which the tables are versioned, as "subsidy"
 */
const char *
shy_dataset_get_id (ShyDataset *self)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), NULL);

  return SHY_DATASET_GET_IFACE (self)->get_id (self);
}

/**
 * shy_dataset_dup_title:
 * @self: a dataset
 *
 * Returns: (transfer full): what the records are, translated
 */
char *
shy_dataset_dup_title (ShyDataset *self)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), NULL);

  return SHY_DATASET_GET_IFACE (self)->dup_title (self);
}

/**
 * shy_dataset_dup_migrations:
 * @self: a dataset
 *
 * Returns: (transfer full): the folder of the files that make the tables
 */
GFile *
shy_dataset_dup_migrations (ShyDataset *self)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), NULL);

  return SHY_DATASET_GET_IFACE (self)->dup_migrations (self);
}

/**
 * shy_dataset_load_applications: (skip)
 * @self: a dataset
 * @store: the database
 * @policy: a policy
 * @limit: how many at most
 * @error: return location for an error
 *
 * Gives applications for the policy, to try another version of it on. Blocks.
 *
 * Returns: (transfer full) (element-type ShyFacts): the newest, none where the dataset keeps no
 *   applications; %NULL with @error set
 */
GPtrArray *
shy_dataset_load_applications (ShyDataset  *self,
                               ShyStore    *store,
                               ShyPolicy   *policy,
                               guint        limit,
                               GError     **error)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), NULL);
  g_return_val_if_fail (SHY_IS_STORE (store) && SHY_IS_POLICY (policy), NULL);

  if (SHY_DATASET_GET_IFACE (self)->load_applications == NULL)
    return g_ptr_array_new ();
  return SHY_DATASET_GET_IFACE (self)->load_applications (self, store, policy, limit, error);
}

/**
 * shy_dataset_tell_past: (skip)
 * @self: a dataset
 * @store: the database
 * @policy: the policy that is to decide
 * @facts: the facts of one application, with day and county
 * @error: return location for an error
 *
 * Tells an application what the database holds that bears on it, so that it is decided as those in
 * the database are. What the facts say themselves stays. Blocks.
 *
 * Returns: whether all there is was told
 */
gboolean
shy_dataset_tell_past (ShyDataset  *self,
                       ShyStore    *store,
                       ShyPolicy   *policy,
                       ShyFacts    *facts,
                       GError     **error)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), FALSE);
  g_return_val_if_fail (SHY_IS_STORE (store) && SHY_IS_POLICY (policy) && facts != NULL, FALSE);

  if (SHY_DATASET_GET_IFACE (self)->tell_past == NULL)
    return TRUE;
  return SHY_DATASET_GET_IFACE (self)->tell_past (self, store, policy, facts, error);
}

/**
 * shy_dataset_prepare:
 * @self: a dataset
 * @store: the database
 * @error: return location for an error
 *
 * Brings the tables of the dataset to the version that the plugin knows. Blocks; on a thread that
 * must not wait, see [method@Store.migrate].
 *
 * Errors: as [method@Store.migrate].
 *
 * Returns: whether the tables are ready
 */
gboolean
shy_dataset_prepare (ShyDataset  *self,
                     ShyStore    *store,
                     GError     **error)
{
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (SHY_IS_DATASET (self), FALSE);
  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  folder = shy_dataset_dup_migrations (self);
  return shy_store_migrate (store, shy_dataset_get_id (self), folder, error);
}
