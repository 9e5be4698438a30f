/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-new-file.h"
#include "store/shy-connection.h"
#include "store/shy-search-private.h"

/* To be told of each row that changes; Debian builds its SQLite with it. */
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

G_BEGIN_DECLS

/* How a connection is opened. */
typedef enum {
  SHY_CONNECTION_CREATE,    /* written, made when it is not there */
  SHY_CONNECTION_READER,    /* only read, beside one that writes */
  SHY_CONNECTION_READ_ONLY, /* only read, must be there */
} ShyConnectionMode;

typedef struct _ShyBinding ShyBinding;
typedef struct _ShyJournalPending ShyJournalPending;

struct _ShyConnection
{
  sqlite3    *db;
  char       *path;
  char       *actor;
  GHashTable *idle;     /* SQL text → GPtrArray of statements nobody uses */
  GHashTable *personal; /* "table.column" → kind; read when first needed */
  GHashTable *touched;  /* topics of the running transaction */
  gint64      schema;   /* version of the schema that the two before were read from */
  ShySearchKey *search; /* (nullable): of the indexes; read when first needed */
  guint       lent;     /* statements in use */
  gboolean    writing;  /* a transaction that writes is running */
  gboolean    beside;   /* it reads beside the store's connection that writes */

  ShyBinding        *binding; /* (nullable): what binds rows to the journal; made when first needed */
  ShyJournalPending *pending; /* (nullable): the last entry, until the transaction is committed */
};

void           shy_connection_set_patience (int milliseconds);
gboolean       shy_connection_check_file (const char         *path,
                                          GError            **error);
ShyConnection *shy_connection_open     (const char         *path,
                                        ShyConnectionMode   mode,
                                        GError            **error);
void           shy_connection_close    (ShyConnection      *self);
gboolean       shy_connection_begin    (ShyConnection      *self,
                                        gboolean            write,
                                        GError            **error);
gboolean       shy_connection_commit   (ShyConnection      *self,
                                        GError            **error);
void           shy_connection_rollback (ShyConnection      *self);
void           shy_connection_forget   (ShyConnection      *self);
gboolean       shy_connection_script   (ShyConnection      *self,
                                        const char         *sql,
                                        GError            **error);
gboolean       shy_connection_write_copy (ShyConnection   *self,
                                          ShyNewFile      *file,
                                          GError         **error);
gboolean       shy_connection_copy_to  (ShyConnection      *self,
                                        const char         *path,
                                        GError            **error);
gboolean       shy_connection_fail     (ShyConnection      *self,
                                        int                 code,
                                        GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyConnection, shy_connection_close)

G_END_DECLS
