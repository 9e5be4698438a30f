/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include "json/shy-json-node.h"
#include "landing/shy-pull-history.h"
#include "service/pull/shy-pull-private.h"

#include <glib/gi18n-lib.h>

/* Runs a pull into the database: what a run finds there when it begins, the pages that it stages, the
 * one transaction in which the live rows change, and what it leaves when it ends. */

/* How often the lock is renewed while no page comes. */
#define BEAT (15 * G_USEC_PER_SEC)

/* How often progress is told. */
#define TELL (G_USEC_PER_SEC / 10)

/* Of a run, before this long nothing is said of how long it will take. */
#define RATE_AFTER (G_USEC_PER_SEC / 2)

/* An interrupted run that began longer ago is not gone on with: its first pages are too old to
 * stand beside new ones. In seconds. */
#define MOST_AGE (24 * 60 * 60)

static void
run_clear (ShyLandingRun *self)
{
  shy_staging_clear (&self->staging);
  g_clear_object (&self->state);
  g_clear_pointer (&self->report, shy_pull_report_unref);
  g_clear_pointer (&self->profile, json_object_unref);
  g_clear_pointer (&self->url_base, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyLandingRun, run_clear)

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
static gboolean
begin_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
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
note_landed (ShyConnection *connection, const ShyLandingChange *self, GError **error)
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
         note_landed (connection, self, error);
}

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
static gboolean
end_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
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

/* Renews the lock while a page is slow to come. */
typedef struct
{
  ShyStaging *staging;
  GThread    *thread;
  GMutex      mutex;
  GCond       cond;
  gboolean    end;
} Heart;

static gboolean
beat_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  ShyStaging *staging = data;

  return shy_lock_keep (connection, staging->service, staging->owner, error);
}

/* A beat that is missed is no matter: who finds the lock lost when it stores, ends. */
static gpointer
heart_main (gpointer data)
{
  Heart *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->end)
    {
      if (g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + BEAT) ||
          self->end)
        continue;
      g_mutex_unlock (&self->mutex);
      shy_store_run (self->staging->store, SHY_STORE_WRITE, beat_job, self->staging, NULL, NULL);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
heart_start (Heart *self, ShyStaging *staging)
{
  self->staging = staging;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("shy-landing-beat", heart_main, self);
}

static void
heart_stop (Heart *self)
{
  g_mutex_lock (&self->mutex);
  self->end = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static void
restore_report (ShyLandingRun *self, ShyPullReport *report)
{
  if (!self->restored && self->staging.before != NULL)
    shy_landing_report_add (report, self->staging.before);
  self->restored = TRUE;
}

static void
tell_progress (ShyLandingRun *self, const ShyPullReport *report)
{
  gint64             now = g_get_monotonic_time ();
  double             seconds = (double) (now - self->began) / G_USEC_PER_SEC;
  ShyLandingProgress progress = { report->pages, report->rows, report->total, 0, -1 };

  if (self->landing->progress == NULL || now - self->told < TELL)
    return;
  self->told = now;
  if (now - self->began >= RATE_AFTER)
    progress.rate = (double) (report->rows - self->rows_before) / seconds;
  if (progress.rate > 0 && report->total >= (gint64) report->rows)
    progress.seconds_left =
      (gint64) ((double) (report->total - (gint64) report->rows) / progress.rate) + 1;
  self->landing->progress (&progress, self->landing->progress_data);
}

static gboolean
begin_cb (gboolean resumed, gpointer data, GError **error)
{
  ShyLandingRun *self = data;

  self->began = self->staging.since = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  ShyLandingRun *self = data;

  restore_report (self, so_far);
  if (!shy_staging_add (&self->staging, rows, state, so_far, error))
    return FALSE;
  tell_progress (self, so_far);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
settle_cb (ShyPullReport *report, gpointer data, GError **error)
{
  ShyLandingRun *self = data;

  restore_report (self, report);
  if (!shy_staging_flush (&self->staging, error))
    return FALSE;
  shy_staging_correct (&self->staging, report);
  return TRUE;
}

static gboolean
again_cb (gpointer data, GError **error)
{
  ShyLandingRun *self = data;

  shy_staging_restart (&self->staging);
  self->restored = TRUE;
  self->rows_before = 0;
  self->began = g_get_monotonic_time ();
  return TRUE;
}

/* Keeps what came before an error, so that the next pull need not ask again. */
static gboolean
end_cb (ShyPullReport *report, ShyPullState *state, gpointer data, GError **error)
{
  ShyLandingRun *self = data;

  restore_report (self, report);
  self->report = shy_pull_report_ref (report);
  if (!shy_staging_flush (&self->staging, error))
    return FALSE;
  self->staging.report = NULL;
  shy_staging_correct (&self->staging, report);
  return TRUE;
}

static ShyPullReport *
pull (ShyLandingRun *self, GCancellable *cancellable, GError **error)
{
  static const ShyPullSink sink = { begin_cb, page_cb, end_cb, settle_cb, again_cb };
  g_autoptr (ShyPull)      pull = shy_pull_new (self->landing->service, self->landing->stream,
                                                self->landing->secrets, self->state);

  shy_pull_set_keep_sensitive (pull, self->staging.keep_sensitive);
  shy_pull_set_url_base (pull, self->landing->url_base != NULL ? self->landing->url_base
                                                               : self->url_base);
  return shy_pull_run (pull, &sink, self, cancellable, error);
}

/* Says how the run ends. */
static void
judge (ShyLandingRun *self, const GError *failure)
{
  g_autofree char *doubt = NULL;

  self->pulled = failure == NULL;
  if (!self->pulled)
    {
      self->outcome = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                        ? SHY_PULL_CANCELLED : SHY_PULL_FAILED;
      self->reason = g_strdup (failure->message);
      return;
    }
  if (!self->report->whole)
    {
      self->outcome = SHY_PULL_FAILED;
      self->reason = g_strdup (self->report->reason);
      return;
    }
  if (self->report->unchanged)
    {
      self->outcome = SHY_PULL_UNCHANGED;
      return;
    }
  doubt = shy_landing_find_doubt (self);
  self->outcome = doubt == NULL || self->landing->accept ? SHY_PULL_LANDED : SHY_PULL_HELD;
  self->reason = self->outcome == SHY_PULL_HELD ? g_steal_pointer (&doubt) : NULL;
}

static ShyLandingResult *
make_result (ShyLandingRun *self)
{
  ShyLandingResult *result = g_new0 (ShyLandingResult, 1);

  result->outcome = self->outcome;
  result->rows = self->rows;
  result->staged = self->staging.tally.staged;
  result->added = self->staging.tally.added;
  result->changed = self->staging.tally.changed;
  result->withdrawn = self->withdrawn;
  result->reason = g_strdup (self->reason);
  result->report = shy_pull_report_ref (self->report);
  result->notices = self->notices != NULL ? g_ptr_array_ref (self->notices)
                                          : g_ptr_array_new_with_free_func (g_free);
  return result;
}

static void
set_failure (ShyLandingRun *self, GError *failure, GError **error)
{
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_FAILED,
                         self->reason != NULL ? self->reason : "");
}

static gboolean
let_go_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  ShyStaging *staging = data;

  return shy_lock_drop (connection, staging->service, staging->owner, error);
}

static ShyLandingResult *
run (ShyLandingRun *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyPullReport) report = NULL;
  GError                   *failure = NULL;
  Heart                     heart = { NULL };

  self->cancellable = cancellable;
  heart_start (&heart, &self->staging);
  report = pull (self, cancellable, &failure);
  heart_stop (&heart);
  judge (self, failure);
  /* The end is written also after a cancel. */
  if (!shy_store_run (self->staging.store, SHY_STORE_WRITE, end_job, self, NULL,
                      failure == NULL ? error : NULL))
    {
      /* As on a full disk. Nobody has to wait until the lock is stale. */
      shy_store_run (self->staging.store, SHY_STORE_WRITE, let_go_job, &self->staging, NULL, NULL);
      if (failure == NULL)
        return NULL;
    }
  shy_service_book_sweep (self->landing->book, NULL, NULL);
  if (self->outcome != SHY_PULL_FAILED && self->outcome != SHY_PULL_CANCELLED)
    return make_result (self);
  set_failure (self, failure, error);
  return NULL;
}

/* The field with the date that the service gives a row. */
static int
find_date (const ShyServiceStream *stream)
{
  for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
    if (g_str_equal (shy_service_stream_get_field (stream, i)->name, "updated_at"))
      return (int) i;
  return -1;
}

/**
 * shy_landing_run: (skip)
 * @self: a pull that has not begun
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Pulls and lands. However it ends, it is in the history.
 *
 * Errors: %SHY_ERROR_BUSY where another pull from the service runs, those of shy_pull_run(),
 * %SHY_ERROR_FAILED where not all rows came, %G_IO_ERROR_CANCELLED. The live rows are what they
 * were.
 *
 * Returns: (transfer full) (nullable): how it ended: landed, unchanged or held; %NULL with @error
 *   set if it failed or was cancelled
 */
ShyLandingResult *
shy_landing_run (ShyLanding *self, GCancellable *cancellable, GError **error)
{
  g_auto (ShyLandingRun) job = { .landing = self };

  g_return_val_if_fail (SHY_IS_LANDING (self), NULL);

  job.staging.store = g_object_ref (shy_service_book_get_store (self->book));
  job.staging.service = shy_service_get_id (self->service);
  job.staging.stream = self->stream;
  job.staging.dated = find_date (self->stream);
  job.staging.owner = shy_lock_new_owner ();
  if (!shy_store_run (job.staging.store, SHY_STORE_WRITE, begin_job, &job, cancellable,
                      error))
    return NULL;
  return run (&job, cancellable, error);
}
