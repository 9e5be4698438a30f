/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShyConnection: (skip)
 *
 * What a job of [class@Store] sees of the database. It lives on a thread of the store and only while
 * the job runs. Write SQL that SQLite and PostgreSQL both accept: parameters `$1`,
 * CAST instead of `::`, upserts with RETURNING, identifiers from [method@Connection.reserve_ids].
 */
typedef struct _ShyConnection ShyConnection;

const char   *shy_connection_get_path    (ShyConnection  *self);
const char   *shy_connection_get_actor   (ShyConnection  *self);
ShyStatement *shy_connection_prepare     (ShyConnection  *self,
                                          const char     *sql,
                                          GError        **error);
gboolean      shy_connection_execute     (ShyConnection  *self,
                                          const char     *sql,
                                          GError        **error);
gint64        shy_connection_query_int64 (ShyConnection  *self,
                                          const char     *sql,
                                          gint64          fallback,
                                          GError        **error);
gint64        shy_connection_reserve_ids (ShyConnection  *self,
                                          const char     *sequence,
                                          gint64          count,
                                          GError        **error);
char         *shy_connection_dup_stamp   (ShyConnection  *self);
void          shy_connection_touch       (ShyConnection  *self,
                                          const char     *topic);

G_END_DECLS
