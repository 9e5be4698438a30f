/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include <glib/gi18n-lib.h>

/* Runs a pull into the database. */

/* How often the lock is renewed while no page comes. */
#define BEAT (15 * G_USEC_PER_SEC)

/* How often progress is told. */
#define TELL (G_USEC_PER_SEC / 10)

/* Of a run, before this long nothing is said of how long it will take. */
#define RATE_AFTER (G_USEC_PER_SEC / 2)

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
  if (!shy_store_run (self->staging.store, SHY_STORE_WRITE, shy_landing_end_job, self, NULL,
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
  if (!shy_store_run (job.staging.store, SHY_STORE_WRITE, shy_landing_begin_job, &job, cancellable,
                      error))
    return NULL;
  return run (&job, cancellable, error);
}
