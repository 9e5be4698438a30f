/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-private.h"

/* Rows that a sweep deletes in one transaction: few, for others wait for it. */
#define SWEEP_ROWS "2000"

/* Makes garbage of the generations of a service: of one stream or all, of one kind or all. */
gboolean
shy_generations_drop (ShyConnection *connection, const char *service, const char *stream,
                      const char *kind, GError **error)
{
  return shy_sql_run (connection, error,
                      "UPDATE shy_generation SET kind = 'garbage' WHERE service = $1 "
                      "AND ($2 IS NULL OR stream = $2) AND ($3 IS NULL OR kind = $3)",
                      "sss", service, stream, kind);
}

/* The generation of that kind, 0 if there is none, -1 with @error set. */
gint64
shy_generations_find (ShyConnection *connection, const char *service, const char *stream,
                      const char *kind, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64             id;

  id = shy_sql_int64 (connection, &local, 0,
                      "SELECT id FROM shy_generation WHERE service = $1 AND stream = $2 "
                      "AND kind = $3", "sss", service, stream, kind);
  if (local == NULL)
    return id;
  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

/* Deletes a few rows of garbage; says whether there may be more. */
gboolean
shy_generations_sweep_job (ShyConnection *connection, gpointer more, GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64             id;
  gint64             left;

  *(gboolean *) more = FALSE;
  id = shy_sql_int64 (connection, &local, 0,
                      "SELECT id FROM shy_generation WHERE kind = 'garbage' LIMIT 1", "");
  if (id > 0 && shy_sql_run (connection, &local,
                             "DELETE FROM shy_landed_row WHERE generation = $1 AND key IN "
                             "(SELECT key FROM shy_landed_row WHERE generation = $1 "
                             "ORDER BY key LIMIT " SWEEP_ROWS ")", "i", id))
    {
      left = shy_sql_int64 (connection, &local, 0,
                            "SELECT 1 FROM shy_landed_row WHERE generation = $1 LIMIT 1", "i", id);
      if (left == 0 && local == NULL)
        shy_sql_run (connection, &local, "DELETE FROM shy_generation WHERE id = $1", "i", id);
      *(gboolean *) more = TRUE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
