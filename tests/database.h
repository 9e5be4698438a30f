/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "home.h"

#include "shy-core.h"

/* What tests do with a database and the folder it lies in. */

typedef struct
{
  const char *sql;
  gint64      value;
} Query;

static inline gboolean
query_job (ShyConnection  *connection,
           gpointer        data,
           GCancellable   *cancellable,
           GError        **error)
{
  Query *query = data;

  query->value = shy_connection_query_int64 (connection, query->sql, G_MININT64, error);
  return query->value != G_MININT64;
}

static inline gint64
ask (ShyStore   *store,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  Query              query = { sql };

  shy_store_run (store, SHY_STORE_READ, query_job, &query, NULL, &error);
  g_assert_no_error (error);
  return query.value;
}
