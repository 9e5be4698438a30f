/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* The page: what to-dos name to open it. */
#define SUBSIDY_PAGE_ID "subsidies"

/* The topic of ShyStore::changed when cases change. */
#define SUBSIDY_TOPIC "subsidy"

#define SUBSIDY_TYPE_DATASET (subsidy_dataset_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyDataset, subsidy_dataset, SUBSIDY, DATASET, GObject)

gboolean  subsidy_dataset_prepare   (ShyStore             *store,
                                     GError              **error);
ShyStore *subsidy_open_store        (const char           *database,
                                     GError              **error);
void      subsidy_open_store_async  (const char           *database,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
ShyStore *subsidy_open_store_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
