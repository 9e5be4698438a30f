/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <glib/gstdio.h>

/* What tests do with a database and the folder it lies in. */

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_no_errno (g_remove (path));
}

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
