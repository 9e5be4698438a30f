/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"
#include "json/shy-json-node.h"

#include <glib/gi18n-lib.h>

/* What a run finds in the database when it begins. */

/* An interrupted run that began longer ago is not gone on with: its first pages are too old to
 * stand beside new ones. In seconds. */
#define MOST_AGE (24 * 60 * 60)

static gboolean
read_options (ShyConnection *connection, ShyLandingRun *self, GError **error)
{
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT keep_sensitive, url_base FROM shy_service WHERE id = $1", "s",
                   self->staging.service);

  if (row == NULL || !shy_statement_step (row, error))
    return FALSE;
  self->staging.keep_sensitive = shy_statement_get_int64 (row, 0) != 0;
  self->url_base = shy_statement_dup_text (row, 1);
  return TRUE;
}

static JsonObject *
read_profile (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? shy_json_node_from_text (text, -1, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* State, rows and profile of the stream. A state that cannot be read is as none. */
static gboolean
read_stream (ShyConnection *connection, ShyLandingRun *self, const char *stream, GError **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT state, row_count, profile FROM shy_stream "
                   "WHERE service = $1 AND name = $2", "ss", self->staging.service, stream);
  const char *state;

  if (row == NULL)
    return FALSE;
  if (!shy_statement_step (row, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return local == NULL && (error == NULL || *error == NULL);
    }
  state = shy_statement_get_text (row, 0);
  self->state = state != NULL && !self->landing->full ? shy_pull_state_new_from_json (state, NULL)
                                                      : NULL;
  self->staging.live_rows = shy_statement_get_int64 (row, 1);
  self->profile = read_profile (shy_statement_get_text (row, 2));
  return TRUE;
}

static gboolean
is_young (const char *started)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (started, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return then != NULL &&
         ABS (g_date_time_difference (now, then)) < MOST_AGE * G_TIME_SPAN_SECOND;
}

/* Goes on with an interrupted run, if there is one. */
static gboolean
resume (ShyConnection *connection, ShyLandingRun *self, const char *stream, GError **error)
{
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT id, started, state, tally FROM shy_generation "
                   "WHERE service = $1 AND stream = $2 AND kind = 'open'", "ss",
                   self->staging.service, stream);
  g_autoptr (ShyPullState) state = NULL;

  if (row == NULL)
    return FALSE;
  if (self->landing->full || !shy_statement_step (row, NULL) ||
      !is_young (shy_statement_get_text (row, 1)))
    return TRUE;
  state = shy_pull_state_new_from_json (shy_statement_get_text (row, 2), NULL);
  if (state == NULL || !shy_pull_state_is_interrupted (state))
    return TRUE;
  g_set_object (&self->state, state);
  self->staging.generation = shy_statement_get_int64 (row, 0);
  self->staging.before = shy_tally_read (&self->staging.tally, shy_statement_get_text (row, 3));
  self->rows_before = self->staging.before != NULL
                        ? (guint64) json_object_get_int_member_with_default (self->staging.before,
                                                                             "rows", 0)
                        : 0;
  return TRUE;
}

/* A pull whose program ended is not running any more. */
static gboolean
close_dangling (ShyConnection *connection, const char *service, const char *now, GError **error)
{
  return shy_sql_run (connection, error,
                      "UPDATE shy_pull SET outcome = 'failed', ended = $2, reason = $3 "
                      "WHERE service = $1 AND outcome = 'running'", "sss", service, now,
                      _("The program ended during the pull. The next pull goes on with it."));
}

static gboolean
note_attempt (ShyConnection *connection, ShyLandingRun *self, const char *stream, const char *now,
              GError **error)
{
  self->staging.pull = shy_connection_reserve_ids (connection, "shy_pull", 1, error);
  return self->staging.pull > 0 &&
         shy_sql_run (connection, error,
                      "INSERT INTO shy_pull (id, service, stream, started, outcome) "
                      "VALUES ($1, $2, $3, $4, 'running')", "isss", self->staging.pull,
                      self->staging.service, stream, now) &&
         shy_sql_run (connection, error,
                      "INSERT INTO shy_stream (service, name, last_attempt) VALUES ($1, $2, $3) "
                      "ON CONFLICT (service, name) DO UPDATE SET "
                      "last_attempt = excluded.last_attempt", "sss", self->staging.service, stream,
                      now);
}

/* Takes the lock and finds out where to go on. */
gboolean
shy_landing_begin_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                       GError **error)
{
  ShyLandingRun   *self = data;
  const char      *service = self->staging.service;
  const char      *stream = shy_service_stream_get_name (self->staging.stream);
  g_autofree char *now = shy_landing_now ();

  if (!shy_service_book_check (connection, service, error) ||
      !shy_lock_take (connection, service, self->staging.owner, error) ||
      !close_dangling (connection, service, now, error) ||
      !read_options (connection, self, error) || !read_stream (connection, self, stream, error) ||
      !resume (connection, self, stream, error))
    return FALSE;
  self->staging.live = shy_generations_find (connection, service, stream, "live", error);
  if (self->staging.live < 0)
    return FALSE;
  if (self->state == NULL)
    self->state = shy_pull_state_new ();
  if (self->staging.generation == 0)
    {
      shy_pull_state_restart (self->state);
      if (!shy_generations_drop (connection, service, stream, "open", error))
        return FALSE;
    }
  shy_connection_touch (connection, SHY_SERVICES_TOPIC);
  return note_attempt (connection, self, stream, now, error);
}
