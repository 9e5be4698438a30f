/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyStatement: (skip)
 *
 * A prepared statement, lent by its [struct@Connection] until [method@Statement.free].
 *
 * Parameters are named `$1`, `$2`, … and bound by that name; columns are counted from 0.
 * A statement that runs with a parameter nobody bound is a bug and says so.
 */
typedef struct _ShyStatement ShyStatement;

void        shy_statement_free       (ShyStatement *self);

void        shy_statement_bind_null  (ShyStatement *self,
                                      const char   *name);
void        shy_statement_bind_int64 (ShyStatement *self,
                                      const char   *name,
                                      gint64        value);
void        shy_statement_bind_text  (ShyStatement *self,
                                      const char   *name,
                                      const char   *value);
void        shy_statement_bind_bytes (ShyStatement *self,
                                      const char   *name,
                                      const guint8 *bytes,
                                      gsize         length);
void        shy_statement_bind_date  (ShyStatement *self,
                                      const char   *name,
                                      const GDate  *value);

gboolean    shy_statement_step       (ShyStatement *self,
                                      GError      **error);
gboolean    shy_statement_execute    (ShyStatement *self,
                                      GError      **error);
void        shy_statement_reset      (ShyStatement *self);
gint64      shy_statement_get_changed (ShyStatement *self);

gboolean    shy_statement_is_null    (ShyStatement *self,
                                      int           column);
gint64      shy_statement_get_int64  (ShyStatement *self,
                                      int           column);
const char *shy_statement_get_text   (ShyStatement *self,
                                      int           column);
const guint8 *
            shy_statement_get_bytes  (ShyStatement *self,
                                      int           column,
                                      gsize        *length);
char       *shy_statement_dup_text   (ShyStatement *self,
                                      int           column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyStatement, shy_statement_free)

G_END_DECLS
