/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"

G_BEGIN_DECLS

/* Which topics others changed: another process, or another store of this one. Each topic has a
 * number in the database that grows with each commit that touches it. Used on the worker only. */
typedef struct
{
  gint64      version; /* what SQLite says of commits by others */
  gint64      looked;  /* when, in monotonic microseconds */
  GHashTable *numbers; /* (owned): topic → the last number seen */
  GHashTable *mine;    /* (owned): topic → number of the running transaction */
} ShyStoreNews;

void     shy_store_news_init   (ShyStoreNews   *self,
                                ShyConnection  *connection);
void     shy_store_news_clear  (ShyStoreNews   *self);
gboolean shy_store_news_number (ShyStoreNews   *self,
                                ShyConnection  *connection,
                                GError        **error);
void     shy_store_news_settle (ShyStoreNews   *self,
                                gboolean        kept);
void     shy_store_news_look   (ShyStoreNews   *self,
                                ShyConnection  *connection,
                                gint64          pause);

G_END_DECLS
