/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-work.h"

G_BEGIN_DECLS

/* Writes the rows of a stream in which a value holds @search, "" for all, to a spreadsheet, with
 * fields about persons masked. */
void     services_export_async  (ShyContext         *context,
                                 const char           *service,
                                 const char           *stream,
                                 const char           *search,
                                 GFile                *file,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean services_export_finish (ShyContext         *context,
                                 GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
