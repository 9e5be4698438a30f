/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-cases.h"
#include "subsidy-desk.h"

G_BEGIN_DECLS

/* Writes the results of listed cases to a spreadsheet (.xlsx or .csv), on a worker thread. */
void     subsidy_export_async  (gpointer              source,
                                SubsidyCases         *cases,
                                SubsidyDesk          *desk,
                                GFile                *file,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean subsidy_export_finish (gpointer              source,
                                GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
