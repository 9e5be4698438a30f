/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-spool.h"
#include "subsidy-turn.h"

G_BEGIN_DECLS

gboolean      subsidy_results_write         (ShySpool       *spool,
                                             ShyPolicy      *policy,
                                             const GDate    *on,
                                             GPtrArray      *turned,
                                             const char     *path,
                                             gboolean        replace,
                                             GError        **error);
gboolean      subsidy_table_write           (ShySpool   *spool,
                                             ShyPolicy      *policy,
                                             ShySheetFormat  format,
                                             const char     *path,
                                             gboolean        replace,
                                             GError        **error);
gboolean      subsidy_results_write_json    (ShySpool   *spool,
                                             ShyPolicy      *policy,
                                             const GDate    *on,
                                             GPtrArray      *turned,
                                             GOutputStream  *stream,
                                             GError        **error);
ShySpool *subsidy_results_load          (ShyStore       *store,
                                             GArray         *ids,
                                             ShyPolicy      *policy,
                                             const GDate    *on,
                                             GCancellable   *cancellable,
                                             GError        **error);

G_END_DECLS
