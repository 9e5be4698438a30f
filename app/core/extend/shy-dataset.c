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

/**
 * shy_dataset_catch_up:
 * @self: a dataset
 * @store: the database, whose tables are ready
 * @progress: (nullable): told how far it is
 * @cancellable: (nullable): stops it; what is done stays done
 * @error: return location for an error
 *
 * Does what the steps of the tables left to be done while others work. Blocks, perhaps for long; the
 * database is written in between by others.
 *
 * Returns: whether nothing is left to be done
 */
gboolean
shy_dataset_catch_up (ShyDataset    *self,
                      ShyStore      *store,
                      ShyProgress   *progress,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (SHY_IS_DATASET (self), FALSE);
  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);

  return SHY_DATASET_GET_IFACE (self)->catch_up == NULL ||
         SHY_DATASET_GET_IFACE (self)->catch_up (self, store, progress, cancellable, error);
}
