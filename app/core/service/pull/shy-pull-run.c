/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-runner-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A pull from its first page to its last. */

#define MOST_TRIED 6  /* spans that a trial looks into */
#define MOST_PASSES 3 /* over rows that moved between pages */

/* Clocks further apart than this are worth a word, in seconds. */
#define SKEW_NOTED 120

static void
check_span (ShyRunner *self)
{
  if (self->total < 0)
    return;
  self->before += self->total;
  self->most_before += self->most;
  if (self->received < self->total && self->lacks < 0)
    {
      self->lacks = self->received;
      self->lacks_of = self->total;
    }
  else if (self->received > self->total)
    shy_pull_report_note (self->report,
                          _("The service says it has %lld rows and gave %lld. All are kept."),
                          (long long) self->total, (long long) self->received);
}

static gboolean
pull_span (ShyRunner *self, const ShySpan *span, gboolean resume, GError **error)
{
  gboolean more = TRUE;

  shy_runner_begin_span (self, span, resume);
  if (!shy_runner_ask_total (self, error))
    return FALSE;
  if (self->pull->stream->probe == NULL)
    shy_runner_send_tag (self);
  for (guint page = 0; more && page < self->most_pages; page++)
    if (!shy_runner_pull_page (self, span, &more, error))
      return FALSE;
  if (more)
    shy_pull_report_fail (self->report, _("There are more than %u pages; the rest was not asked "
                                          "for."), self->most_pages);
  else
    check_span (self);
  return TRUE;
}

/* A trial looks for rows in the newest spans. */
static gboolean
try_spans (ShyRunner *self, GPtrArray *spans, GError **error)
{
  guint last = spans->len > MOST_TRIED ? spans->len - MOST_TRIED : 0;

  for (guint i = spans->len; i > last && self->report->pages == 0; i--)
    if (!pull_span (self, g_ptr_array_index (spans, i - 1), FALSE, error))
      return FALSE;
  return TRUE;
}

static gboolean
pull_spans (ShyRunner *self, GError **error)
{
  const ShySync        *sync = self->pull->stream->sync;
  ShyPullState         *state = self->pull->state;
  g_autoptr (GPtrArray) spans = NULL;
  gboolean              skip = state->running && state->span != NULL;

  if (sync == NULL)
    return pull_span (self, NULL, state->running, error);
  spans = shy_spans_new (sync, state->cursor, shy_exchange_now (self->exchange));
  if (self->pull->probed)
    return try_spans (self, spans, error);
  for (guint i = 0; i < spans->len; i++)
    {
      const ShySpan *span = g_ptr_array_index (spans, i);
      gboolean         resume = skip && g_strcmp0 (span->begin, state->span) == 0;

      if (skip && !resume)
        continue;
      skip = FALSE;
      if (!pull_span (self, span, resume, error))
        return FALSE;
    }
  if (skip)
    {
      shy_pull_state_restart (state);
      shy_pull_report_fail (self->report, _("The interrupted pull cannot be gone on with, because "
                                            "the description has changed. Pull again."));
    }
  g_free (self->until);
  self->until = spans->len > 0
                  ? g_strdup (((const ShySpan *) spans->pdata[spans->len - 1])->end)
                  : NULL;
  return TRUE;
}

/* Whether @unique and @duplicates are of the whole run, with what came before an interruption. */
static gboolean
counts_all (ShyRunner *self)
{
  return self->sink->settle != NULL || !self->report->resumed;
}

/* Rows that move between pages are missed on one and met twice on another; where one was removed,
 * the first of the next page moves up to a page that is done. */
static gboolean
is_short (ShyRunner *self)
{
  gint64 there = (gint64) (self->report->unique + self->report->rejected);

  if (self->report->reason != NULL)
    return FALSE;
  if (self->lacks >= 0)
    return TRUE;
  return self->rows.keyed && counts_all (self) && self->report->total >= 0 &&
         ((self->moved && there < self->most_before) ||
          (self->report->duplicates > 0 && there < self->report->total));
}

/* Where no total is said nobody can tell whether as many others were missed. */
static void
note_moved (ShyRunner *self)
{
  if (self->rows.keyed && self->report->duplicates > 0 && self->report->total < 0 &&
      self->report->pages > 1)
    shy_pull_report_note (self->report,
                          _("Some rows came twice. The service may have moved rows between pages, "
                            "so that others did not come; it does not say how many it has."));
}

/* Makes ready for another pass. What may be gone meanwhile is not kept. */
static gboolean
begin_again (ShyRunner *self, GError **error)
{
  gboolean anew = self->moved || self->lacks >= 0;

  shy_pull_report_note (self->report,
                        anew ? _("Rows were added or removed while pages were asked for, so all "
                                 "pages were asked for again.")
                             : _("Rows came twice and others not at all, so all pages were asked "
                                 "for again."));
  shy_pull_state_restart (self->pull->state);
  self->report->total = -1;
  if (!anew || self->sink->again == NULL)
    return TRUE;
  shy_pull_report_reset (self->report);
  shy_row_maker_reset (&self->rows);
  return self->sink->again (self->data, error);
}

static void
doubt_short (ShyRunner *self)
{
  ShyPullReport *report = self->report;

  if (self->lacks >= 0)
    shy_pull_report_doubt (report, _("The service says it has %lld rows and gave %lld."),
                           (long long) self->lacks_of, (long long) self->lacks);
  else if ((gint64) (report->unique + report->rejected) < report->total)
    shy_pull_report_doubt (report,
                           _("The service says it has %lld rows, but only %llu different ones "
                             "came."), (long long) report->total,
                           (unsigned long long) report->unique);
  else
    shy_pull_report_doubt (report, _("Rows were added or removed each time that pages were asked "
                                     "for, so that some may be missing. Pull again when the "
                                     "service is quiet."));
}

static gboolean
pull_passes (ShyRunner *self, GError **error)
{
  for (guint pass = 1;; pass++)
    {
      self->before = self->most_before = 0;
      self->moved = FALSE;
      self->lacks = -1;
      if (!pull_spans (self, error) ||
          (self->sink->settle != NULL && !self->sink->settle (self->report, self->data, error)))
        return FALSE;
      note_moved (self);
      if (!is_short (self))
        return TRUE;
      if (pass == MOST_PASSES || self->pull->max_pages > 0 || self->pull->probed)
        break;
      if (!begin_again (self, error))
        return FALSE;
    }
  doubt_short (self);
  return TRUE;
}

static gboolean
probe (ShyRunner *self, GError **error)
{
  const ShyPlace      *place = self->pull->stream->probe;
  ShyPullState        *state = self->pull->state;
  g_autoptr (ShyReply) reply = NULL;

  if (place == NULL || state->running)
    return TRUE;
  shy_runner_send_tag (self);
  reply = shy_runner_ask_place (self, place, error);
  if (reply == NULL)
    return FALSE;
  shy_runner_note_tag (self, reply);
  if (reply->unchanged)
    return TRUE;
  self->update = shy_peeled_find (&reply->peeled, place->layer, place->paths);
  self->report->unchanged = self->update != NULL && !self->pull->probed &&
                            g_strcmp0 (self->update, state->update) == 0;
  return TRUE;
}

/* Where the next pull of what is new goes on: at the newest moment that a row had, for services give
 * rows out days after the moment they are stamped with. A stamp of tomorrow hides nothing of today.
 * Rows without one that can be read say nothing; then it is the end of what was asked for. */
static void
move_on (ShyRunner *self)
{
  ShyPullState *state = self->pull->state;

  if (self->newest == NULL && self->report->rows == 0)
    return;
  g_free (state->cursor);
  state->cursor = shy_sync_choose (self->pull->stream->sync, self->newest, self->until);
}

/* Makes the state that of a finished run. What was not whole at its end is not gone on with: the
 * next pull begins anew. */
static void
finish_state (ShyRunner *self, guint64 rows)
{
  ShyPullState *state = self->pull->state;

  shy_pull_state_restart (state);
  if (!self->report->whole)
    return;
  if (self->update != NULL)
    {
      g_free (state->update);
      state->update = g_steal_pointer (&self->update);
    }
  g_free (state->etag);
  state->etag = g_steal_pointer (&self->etag);
  if (self->until != NULL)
    move_on (self);
  if (self->pull->stream->sync == NULL)
    state->previous = (gint64) rows;
}

static void
conclude (ShyRunner *self)
{
  ShyPullReport *report = self->report;
  guint64        rows = counts_all (self) ? report->unique : report->rows;

  if (!report->unchanged)
    shy_pull_report_judge (report, self->pull->stream, self->pull->state->previous, rows);
  report->complete = report->reason == NULL;
  if (!report->unchanged)
    finish_state (self, rows);
}

static void
note_skew (ShyRunner *self)
{
  gint64 skew = self->exchange->skew;

  self->report->skew = skew;
  self->pull->state->skew = skew;
  if (ABS (skew) >= SKEW_NOTED)
    shy_pull_report_note (self->report,
                          skew > 0 ? _("This computer's clock is %d minutes behind the service's. "
                                       "Set it right.")
                                   : _("This computer's clock is %d minutes ahead of the "
                                       "service's. Set it right."),
                          (int) (ABS (skew) / 60));
}

static gboolean
run (ShyRunner *self, GError **error)
{
  gboolean done;

  if (self->sink->begin != NULL && !self->sink->begin (self->report->resumed, self->data, error))
    return FALSE;
  done = probe (self, error) && (self->report->unchanged || pull_passes (self, error));
  g_clear_pointer (&self->fetch, shy_fetch_free);
  self->report->requests = self->exchange->requests;
  shy_row_maker_finish (&self->rows);
  note_skew (self);
  if (done)
    conclude (self);
  else
    shy_pull_report_fail (self->report, "%s", error != NULL && *error != NULL ? (*error)->message
                                                                             : "");
  if (self->sink->end == NULL)
    return done;
  return self->sink->end (self->report, self->pull->state, self->data, done ? error : NULL) && done;
}

/* Runs a pull over an exchange. */
ShyPullReport *
shy_pull_run_with (ShyPull            *pull,
                   ShyExchange        *exchange,
                   const ShyPullSink  *sink,
                   gpointer            data,
                   GError            **error)
{
  g_autoptr (ShyPullReport) report = shy_pull_report_new ();
  g_autoptr (GError)        local = NULL;
  ShyRunner                 self = { .pull = pull, .exchange = exchange, .sink = sink,
                                     .data = data };
  gboolean                  done;

  shy_pull_state_be_of (pull->state, pull->service);
  self.report = report;
  report->previous = pull->state->previous;
  report->resumed = pull->state->running;
  report->rows = (guint64) pull->state->rows;
  report->pages = (guint64) pull->state->pages;
  shy_hash_set_init (&self.hashes);
  self.fetch = shy_fetch_new (exchange, pull->stream);
  self.scope = (ShyRequestScope) { .service = pull->service, .secrets = pull->secrets,
                            .url_base = exchange->url_base };
  self.scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shy_row_maker_init (&self.rows, pull->stream, report);
  self.rows.keep_sensitive = pull->keep_sensitive;
  self.rows.kept = pull->kept;
  /* A sink that keeps rows by their key knows better, also of those before an interruption. */
  self.rows.counted = sink->settle != NULL;
  self.rows.examples = pull->examples;
  if (pull->stream->sync != NULL)
    self.newest = shy_sync_read (pull->stream->sync, pull->state->running && pull->state->newest != NULL
                                                       ? pull->state->newest
                                                       : pull->state->cursor);
  if (pull->state->running)
    self.rows.header = g_strdupv (pull->state->header);
  done = run (&self, &local);
  shy_row_maker_clear (&self.rows);
  shy_request_scope_clear (&self.scope);
  shy_hash_set_clear (&self.hashes);
  g_free (self.update);
  g_free (self.etag);
  g_free (self.until);
  g_clear_pointer (&self.newest, g_date_time_unref);
  if (done)
    return g_steal_pointer (&report);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
