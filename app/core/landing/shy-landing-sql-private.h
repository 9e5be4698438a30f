/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Short forms for statements. @types has a letter for each parameter: s a text or NULL, i a
 * gint64; they are bound to $1, $2, … in order. */
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

/* The moment now, or one that is given, in the time of Zhejiang. */
char         *shy_landing_now    (void);
char         *shy_landing_moment (gint64 seconds);

/* Notes what was done with a service in the journal: no secret, nothing about persons. The names
 * and values of @members follow, ended by NULL. */
gboolean      shy_landing_note   (ShyConnection  *connection,
                                  const char     *action,
                                  const char     *service,
                                  const char     *stream,
                                  GError        **error,
                                  ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
