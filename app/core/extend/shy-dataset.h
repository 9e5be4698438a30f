/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"
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
 * @load_applications: (nullable): the newest applications for a policy, as #ShyFacts with day,
 *   county and settings and without earlier grants, to try another version on; may block
 * @tell_past: (nullable): tells the facts of one application what the database holds that bears on
 *   it: what its county set, and what was granted before to whom its limits count; may block
 *
 * A plugin's own records in the common database.
 */
struct _ShyDatasetInterface
{
  GTypeInterface parent_iface;

  const char *(*get_id)         (ShyDataset *self);
  char       *(*dup_title)      (ShyDataset *self);
  GFile      *(*dup_migrations) (ShyDataset *self);
  GPtrArray  *(*load_applications) (ShyDataset  *self,
                                    ShyStore    *store,
                                    ShyPolicy   *policy,
                                    guint        limit,
                                    GError     **error);
  gboolean    (*tell_past)      (ShyDataset  *self,
                                 ShyStore    *store,
                                 ShyPolicy   *policy,
                                 ShyFacts    *facts,
                                 GError     **error);
};

const char *shy_dataset_get_id         (ShyDataset  *self);
char       *shy_dataset_dup_title      (ShyDataset  *self);
GFile      *shy_dataset_dup_migrations (ShyDataset  *self);
GPtrArray  *shy_dataset_load_applications (ShyDataset  *self,
                                           ShyStore    *store,
                                           ShyPolicy   *policy,
                                           guint        limit,
                                           GError     **error);
gboolean    shy_dataset_tell_past      (ShyDataset  *self,
                                        ShyStore    *store,
                                        ShyPolicy   *policy,
                                        ShyFacts    *facts,
                                        GError     **error);
gboolean    shy_dataset_prepare        (ShyDataset  *self,
                                        ShyStore    *store,
                                        GError     **error);

G_END_DECLS
