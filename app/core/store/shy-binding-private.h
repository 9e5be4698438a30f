/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SHY_BINDING_DIGEST 32 /* bytes of SM3 */
#define SHY_BINDING_NONCE 16

/* SQL: what SQLite itself adds to sqlite_master. Any other name that begins with “sqlite_” was written
 * there by hand, which SQLite does not do for anybody unless its guard is off. */
#define SHY_SCHEMA_OF_SQLITE                                                                      \
  "((type = 'index' AND sql IS NULL AND name LIKE 'sqlite~_autoindex~_%' ESCAPE '~') OR "         \
  "(type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')))"

/* A table whose rows are bound. */
typedef struct
{
  char       *name;
  GPtrArray  *columns; /* (owned) of names, as SELECT * gives them */
  GArray     *keys;    /* (owned) of guint: which of them make the primary key */
  char       *by_key;  /* (owned): SQL that reads one row */
  char       *all;     /* (owned): SQL that reads every row */
  GHashTable *changed; /* (owned): keys that the running transaction changed */
} ShyBoundTable;

/* The digest of a row, and the marks of its columns. */
typedef struct
{
  guint8  digest[SHY_BINDING_DIGEST];
  guint8  nonce[SHY_BINDING_NONCE];
  GArray *marks; /* (owned) of guint16 */
} ShyRowPrint;

void        shy_binding_free         (ShyBinding           *self);
gboolean    shy_binding_begin        (ShyConnection        *connection,
                                      GError              **error);
gboolean    shy_binding_keep_up      (ShyConnection        *connection,
                                      GError              **error);
gboolean    shy_binding_finish       (ShyConnection        *connection,
                                      GError              **error);
void        shy_binding_drop         (ShyConnection        *connection);

GPtrArray  *shy_binding_load_tables  (ShyConnection        *connection,
                                      GError              **error);
const ShyBoundTable *
            shy_binding_get_table    (ShyConnection        *connection,
                                      const char           *name,
                                      GError              **error);
gboolean    shy_binding_is_there     (ShyConnection        *connection);
GPtrArray  *shy_binding_list_lost    (ShyConnection        *connection);
gboolean    shy_binding_check_whole  (ShyConnection        *connection,
                                      GError              **error);
void        shy_binding_print_row    (const ShyBoundTable  *table,
                                      sqlite3_stmt         *row,
                                      ShyRowPrint          *print);
char       *shy_binding_build_key    (const ShyBoundTable  *table,
                                      sqlite3_stmt         *row);
gboolean    shy_binding_bind_key     (const ShyBoundTable  *table,
                                      ShyStatement         *statement,
                                      const char           *key);
gboolean    shy_binding_is_counted   (const ShyBoundTable  *table,
                                      const char           *key,
                                      ShyConnection        *connection);
char       *shy_binding_digest_change (ShyConnection       *connection,
                                       gint64               change,
                                       gint64              *rows,
                                       GError             **error);
gboolean    shy_binding_put          (ShyConnection        *connection,
                                      gint64                change,
                                      const char           *source,
                                      const char           *key,
                                      const ShyRowPrint    *print,
                                      GError              **error);
gint64      shy_binding_next_change  (ShyConnection        *connection);

/* Upgrades: what stood right before steps ran is bound anew after them, what did not stays wrong. */
GHashTable *shy_binding_list_wrong   (ShyConnection        *connection,
                                      GError              **error);
gboolean    shy_binding_rebind       (ShyConnection        *connection,
                                      GHashTable           *wrong,
                                      GError              **error);
gboolean    shy_binding_remember     (ShyConnection        *connection,
                                      const char           *source,
                                      const char           *key,
                                      GError              **error);
void        shy_binding_pause        (ShyConnection        *connection,
                                      gboolean              paused);

gboolean    shy_journal_finish       (ShyConnection        *connection,
                                      JsonNode             *bound,
                                      GError              **error);
void        shy_journal_drop_pending (ShyConnection        *connection);

G_END_DECLS
