/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-binding-private.h"

G_BEGIN_DECLS

typedef enum {
  SHY_ROW_CHANGED,
  SHY_ROW_MISSING,
  SHY_ROW_ADDED,
} ShyRowFault;

/**
 * ShyRowFaultFunc: (skip)
 * @table: the table
 * @key: which row
 * @fault: what is wrong
 * @row: (nullable): the row as it stands, of SELECT *; %NULL if it is missing
 * @column: which column was changed, -1 if that cannot be told
 * @data: what the caller gave
 *
 * Told of a row that is not as the program stored it.
 */
typedef void (*ShyRowFaultFunc) (const ShyBoundTable *table,
                                 const char          *key,
                                 ShyRowFault          fault,
                                 sqlite3_stmt        *row,
                                 int                  column,
                                 gpointer             data);

/* Called now and then with the number of rows that were looked at; may be NULL. */
typedef void (*ShyRowsDoneFunc) (gint64   rows,
                                 gpointer data);

gboolean shy_binding_walk      (ShyConnection        *connection,
                                ShyRowFaultFunc       func,
                                ShyRowsDoneFunc       done,
                                gpointer              data,
                                GError              **error);
gboolean shy_binding_look_at   (ShyConnection        *connection,
                                const ShyBoundTable  *table,
                                const char           *key,
                                sqlite3_stmt         *row,
                                ShyRowFault          *fault,
                                int                  *column,
                                gboolean             *right,
                                GError              **error);

G_END_DECLS
