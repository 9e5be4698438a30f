/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-desk.h"

G_BEGIN_DECLS

/* Writes the results of cases, by their numbers, to a spreadsheet (.xlsx or .csv), on a worker thread. */
void     subsidy_export_async  (gpointer              source,
                                GArray               *ids,
                                SubsidyDesk          *desk,
                                GFile                *file,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean subsidy_export_finish (gpointer              source,
                                GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
