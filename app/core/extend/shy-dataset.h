/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-progress.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

#define SHY_TYPE_DATASET (shy_dataset_get_type ())
G_DECLARE_INTERFACE (ShyDataset, shy_dataset, SHY, DATASET, GObject)

/**
 * ShyDatasetInterface:
 * @get_id: the name the records are versioned under, in ASCII, never changed: "subsidy". Every
 *   table of the dataset begins with it and an underscore.
 * @dup_title: what the records are, for people, translated
 * @dup_migrations: the folder of the numbered files that make the tables, `NNNN-name.sql`; a
 *   resource (`resource:///…`) or a folder on disk
 * @catch_up: (nullable): does what a step left to be done behind all other work, such as filling an
 *   index, in many small transactions; goes on where it was stopped, and does nothing once all is done
 *
 * A plugin's own records in the common database.
 */
struct _ShyDatasetInterface
{
  GTypeInterface parent_iface;

  const char *(*get_id)         (ShyDataset *self);
  char       *(*dup_title)      (ShyDataset *self);
  GFile      *(*dup_migrations) (ShyDataset *self);
  gboolean    (*catch_up)       (ShyDataset    *self,
                                 ShyStore      *store,
                                 ShyProgress   *progress,
                                 GCancellable  *cancellable,
                                 GError       **error);
};

const char *shy_dataset_get_id         (ShyDataset  *self);
GFile      *shy_dataset_dup_migrations (ShyDataset  *self);
gboolean    shy_dataset_prepare        (ShyDataset  *self,
                                        ShyStore    *store,
                                        GError     **error);
gboolean    shy_dataset_catch_up       (ShyDataset    *self,
                                        ShyStore      *store,
                                        ShyProgress   *progress,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
