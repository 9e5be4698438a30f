/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-run-private.h"

/* The one transaction in which the live rows of a stream change. */

static gboolean
set_kind (ShyConnection *connection, gint64 generation, const char *kind, GError **error)
{
  return shy_sql_run (connection, error, "UPDATE shy_generation SET kind = $2 WHERE id = $1", "is",
                      generation, kind);
}

/* The new rows are all there is. Nothing is moved, so that this takes no longer for more rows. */
static gboolean
replace (ShyConnection *connection, ShyLandingChange *self, GError **error)
{
  guint64 kept = self->tally->staged - self->tally->added;

  self->withdrawn = (guint64) self->live_rows - MIN (kept, (guint64) self->live_rows);
  self->rows = self->tally->staged;
  return (self->live == 0 || set_kind (connection, self->live, "garbage", error)) &&
         (self->generation == 0 || set_kind (connection, self->generation, "live", error));
}

/* The new rows go beside or in the place of those that are there. */
static gboolean
merge (ShyConnection *connection, ShyLandingChange *self, GError **error)
{
  self->rows = (guint64) self->live_rows + self->tally->added;
  if (self->generation == 0)
    return TRUE;
  return shy_sql_run (connection, error,
                      "INSERT INTO shy_landed_row (generation, key, shape, fetched_at, cells, "
                      "personal_id, personal) SELECT $1, key, shape, fetched_at, cells, "
                      "personal_id, personal FROM shy_landed_row WHERE generation = $2 "
                      "ON CONFLICT (generation, key) DO UPDATE SET shape = excluded.shape, "
                      "fetched_at = excluded.fetched_at, cells = excluded.cells, "
                      "personal_id = excluded.personal_id, personal = excluded.personal",
                      "ii", self->live, self->generation) &&
         set_kind (connection, self->generation, "garbage", error);
}

static gboolean
note (ShyConnection *connection, const ShyLandingChange *self, GError **error)
{
  g_autofree char *rows = g_strdup_printf ("%" G_GUINT64_FORMAT, self->rows);
  g_autofree char *added = g_strdup_printf ("%" G_GUINT64_FORMAT, self->tally->added);
  g_autofree char *changed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->tally->changed);
  g_autofree char *withdrawn = g_strdup_printf ("%" G_GUINT64_FORMAT, self->withdrawn);

  return shy_landing_note (connection, "service.land", self->service, self->stream, error, "rows",
                           rows, "added", added, "changed", changed, "withdrawn", withdrawn, NULL);
}

/* Makes the rows of a generation the live ones. */
gboolean
shy_landing_apply (ShyConnection *connection, ShyLandingChange *self, GError **error)
{
  g_autofree char *now = shy_landing_now ();
  gboolean         merges = self->merges && self->live > 0;

  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_generations_drop (connection, self->service, self->stream,
                               "held", error) &&
         (merges ? merge : replace) (connection, self, error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_stream SET state = $3, row_count = $4, profile = $5, "
                      "last_success = $6, source_date = COALESCE ($7, $8, source_date), "
                      "probe_date = $8, failures = 0, trouble = NULL "
                      "WHERE service = $1 AND name = $2", "sssissss", self->service, self->stream,
                      self->state, (gint64) self->rows, self->profile, now,
                      self->tally->source_at, self->probe) &&
         note (connection, self, error);
}
