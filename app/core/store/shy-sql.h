/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

G_BEGIN_DECLS

/* Short forms for statements whose values are texts and whole numbers. */
ShyStatement *shy_sql_query   (ShyConnection  *connection,
                               GError        **error,
                               const char     *sql,
                               const char     *types,
                               ...);
gboolean      shy_sql_run     (ShyConnection  *connection,
                               GError        **error,
                               const char     *sql,
                               const char     *types,
                               ...);
gint64        shy_sql_int64   (ShyConnection  *connection,
                               GError        **error,
                               gint64          fallback,
                               const char     *sql,
                               const char     *types,
                               ...);
char         *shy_sql_text    (ShyConnection  *connection,
                               GError        **error,
                               const char     *sql,
                               const char     *types,
                               ...);

G_END_DECLS
