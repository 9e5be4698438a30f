/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"

G_BEGIN_DECLS

ShyStatement *shy_statement_new    (ShyConnection  *connection,
                                    const char     *sql,
                                    GError        **error);
void          shy_statement_delete (ShyStatement   *self);
sqlite3_stmt *shy_statement_get_handle (ShyStatement *self);

G_END_DECLS
