/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include "landing/shy-pull-history.h"
#include "service/pull/shy-pull-private.h"

#include <glib/gi18n-lib.h>

/* What a run leaves in the database when it ends. */

/* What the service said of its date, %NULL for nothing. */
char *
shy_landing_probe_of (const char *state)
{
  g_autoptr (ShyPullState) read = shy_pull_state_new_from_json (state, NULL);

  return read != NULL ? g_strdup (read->update) : NULL;
}

static char *
write_report (const ShyPullReport *report)
{
  g_autoptr (JsonObject) object = shy_landing_report_write (report);
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

static gboolean
note_end (ShyConnection *connection, const ShyLandingRun *self, const char *report, GError **error)
{
  g_autofree char *now = shy_landing_now ();
  const ShyTally  *tally = &self->staging.tally;

  return shy_sql_run (connection, error,
                      "UPDATE shy_pull SET ended = $2, outcome = $3, row_count = $4, pages = $5, "
                      "added = $6, changed = $7, withdrawn = $8, reason = $9, report = $10 "
                      "WHERE id = $1", "issiiiiiss", self->staging.pull, now,
                      shy_pull_outcome_get_name (self->outcome),
                      (gint64) (self->report != NULL ? self->report->rows : 0),
                      (gint64) (self->report != NULL ? self->report->pages : 0),
                      (gint64) tally->added, (gint64) tally->changed, (gint64) self->withdrawn,
                      self->reason, report);
}

static gboolean
land (ShyConnection *connection, ShyLandingRun *self, const char *stream, const char *report,
      GError **error)
{
  g_autofree char *state = shy_pull_state_to_json (self->state);
  ShyLandingChange change = {
    .service = self->staging.service,
    .stream = stream,
    .merges = shy_service_stream_get_merges (self->staging.stream),
    .generation = self->staging.generation,
    .live = self->staging.live,
    .live_rows = self->staging.live_rows,
    .tally = &self->staging.tally,
    .state = state,
    .profile = report,
    .probe = self->state->update,
  };

  if (!shy_landing_notice (connection, self, error) ||
      !shy_landing_apply (connection, &change, error))
    return FALSE;
  self->rows = change.rows;
  self->withdrawn = change.withdrawn;
  return TRUE;
}

/* The rows wait, with the state that goes with them, for a person. */
static gboolean
hold (ShyConnection *connection, ShyLandingRun *self, const char *stream, GError **error)
{
  g_autofree char       *state = shy_pull_state_to_json (self->state);
  g_autoptr (JsonObject) report = shy_landing_report_write (self->report);
  g_autofree char       *tally = shy_tally_write (&self->staging.tally, report);

  return shy_generations_drop (connection, self->staging.service, stream, "held", error) &&
         shy_staging_open (&self->staging, connection, error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_generation SET kind = 'held', state = $2, tally = $3, pull = $4 "
                      "WHERE id = $1", "issi", self->staging.generation, state, tally,
                      self->staging.pull) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_stream SET trouble = $3 WHERE service = $1 AND name = $2", "sss",
                      self->staging.service, stream, self->reason);
}

/* A run that ended by an error is gone on with; one whose service gave no more is not. */
static gboolean
fail (ShyConnection *connection, ShyLandingRun *self, const char *stream, GError **error)
{
  if (self->outcome == SHY_PULL_CANCELLED)
    return TRUE;
  return (!self->pulled ||
          shy_generations_drop (connection, self->staging.service, stream, "open", error)) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_stream SET failures = failures + 1, trouble = $3 "
                      "WHERE service = $1 AND name = $2", "sss", self->staging.service, stream,
                      self->reason);
}

static gboolean
confirm (ShyConnection *connection, ShyLandingRun *self, const char *stream, GError **error)
{
  g_autofree char *now = shy_landing_now ();

  return shy_generations_drop (connection, self->staging.service, stream, "held", error) &&
         shy_sql_run (connection, error,
                      "UPDATE shy_stream SET last_success = $3, failures = 0, trouble = NULL "
                      "WHERE service = $1 AND name = $2", "sss", self->staging.service, stream,
                      now);
}

static gboolean
settle (ShyConnection *connection, ShyLandingRun *self, const char *report, GError **error)
{
  const char *stream = shy_service_stream_get_name (self->staging.stream);

  self->rows = (guint64) self->staging.live_rows;
  switch (self->outcome)
    {
    case SHY_PULL_LANDED:
      return land (connection, self, stream, report, error);
    case SHY_PULL_HELD:
      return hold (connection, self, stream, error);
    case SHY_PULL_UNCHANGED:
      return confirm (connection, self, stream, error);
    case SHY_PULL_FAILED:
    case SHY_PULL_CANCELLED:
    case SHY_PULL_RUNNING:
    default:
      return fail (connection, self, stream, error);
    }
}

/* Writes how the run ended, and gives the lock back. */
gboolean
shy_landing_end_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                     GError **error)
{
  ShyLandingRun   *self = data;
  g_autofree char *report = self->report != NULL ? write_report (self->report) : NULL;

  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return shy_lock_keep (connection, self->staging.service, self->staging.owner, error) &&
         settle (connection, self, report, error) &&
         note_end (connection, self, report, error) &&
         shy_lock_drop (connection, self->staging.service, self->staging.owner, error);
}
