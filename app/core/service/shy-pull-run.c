/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/shy-pull-private.h"

#include "service/shy-fetch-private.h"
#include "service/shy-hash-set-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A pull from its first page to its last. */

/* A page of so many rows times n that is shorter than asked for is taken as the most the server
 * gives at once, and asked behind. */
#define ROUND_ROWS 10

#define MOST_REJECTED 5 /* one row in so many may lack what is required, more means a change */
#define MOST_PASSES 2 /* over rows that moved between pages */

/* Clocks further apart than this are worth a word, in seconds. */
#define SKEW_NOTED 120

typedef struct
{
  ShyPull           *pull;
  ShyExchange       *exchange;
  ShyFetch          *fetch;
  const ShyPullSink *sink;
  gpointer           data;
  ShyScope           scope;
  ShyRowMaker        rows;
  ShyPullReport     *report;
  char              *update; /* (nullable): what the probe said */
  char              *until;  /* (nullable): the end of the last window */

  /* Of the window. */
  ShyHashSet  hashes;   /* of pages */
  gint64      total;    /* -1 if not known */
  gint64      received; /* records */
  gint64      effective; /* rows of a full page */
  guint       window_pages;
  guint       most_pages;
  gboolean    heads; /* the next page may begin with the names of columns */
} Runner;

static gboolean
is_capped (Runner *self, guint count)
{
  return self->received == count && count > 0 && count < self->pull->stream->pager.page_size &&
         count % ROUND_ROWS == 0;
}

/* The records of an answer; one object alone is one record. */
GPtrArray *
shy_stream_find_records (const ShyServiceStream *stream, const ShyJson *json)
{
  GPtrArray *records;

  if (json->kind == SHY_JSON_OBJECT && g_str_equal (shy_path_text (stream->records), "$[*]"))
    {
      records = g_ptr_array_new ();
      if (json->items->len > 0)
        g_ptr_array_add (records, (gpointer) json);
      return records;
    }
  return shy_path_all (stream->records, json);
}

/* Looks whether the page came before. */
static gboolean
check_duplicate (Runner *self, const ShyPage *page, gboolean *again, GError **error)
{
  *again = page->records->len > 0 && !shy_hash_set_add (&self->hashes, page->hash);
  if (!*again || self->pull->stream->pager.on_duplicate == SHY_DUPLICATE_IGNORE)
    {
      *again = FALSE;
      return TRUE;
    }
  /* Behind the end some servers give the last page again. */
  if (self->pull->stream->pager.on_duplicate == SHY_DUPLICATE_STOP ||
      (self->total >= 0 && self->received >= self->total) ||
      (self->total < 0 && self->window_pages == 2 &&
       self->effective < self->pull->stream->pager.page_size))
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               _("Page %u holds the same rows as a page before: the service does not look at the "
                 "page number. Check the paginator of the description."), self->window_pages);
  return FALSE;
}

static void
read_total (Runner *self, const ShyPeeled *peeled)
{
  const ShyPlace  *place = self->pull->stream->pager.total;
  g_autofree char *text = place != NULL ? shy_peeled_find (peeled, place->layer, place->paths)
                                        : NULL;
  gint64           total;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &total, NULL) ||
      (total == 0 && place->ignore_zero))
    return;
  if (self->total >= 0 && self->total != total)
    shy_pull_report_note (self->report, _("The total the service names changed while pages were "
                                          "asked for. Rows may have moved between pages."));
  self->total = total;
}

/* Asks for what stands at a place. Its own envelope is not opened: a date in it is no rows. */
static ShyReply *
ask_place (Runner *self, const ShyPlace *place, GError **error)
{
  GPtrArray            *all = self->pull->stream->layers;
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();
  g_autoptr (GPtrArray) closed = g_ptr_array_new ();
  ShyLayer              last;

  for (guint i = 0; i < MIN (all->len, place->layer); i++)
    g_ptr_array_add (layers, g_ptr_array_index (all, i));
  if (place->layer < all->len)
    {
      last = *(const ShyLayer *) g_ptr_array_index (all, place->layer);
      last.descend = closed;
      g_ptr_array_add (layers, &last);
    }
  return shy_exchange_ask (self->exchange, &self->scope, place->request, layers, error);
}

static gboolean
ask_total (Runner *self, GError **error)
{
  const ShyPlace      *place = self->pull->stream->pager.total;
  g_autoptr (ShyReply) reply = NULL;

  if (place == NULL || place->request == NULL)
    return TRUE;
  reply = ask_place (self, place, error);
  if (reply == NULL)
    return FALSE;
  read_total (self, &reply->peeled);
  if (self->total < 0)
    shy_pull_report_note (self->report, _("The service did not say how many rows it has."));
  return TRUE;
}

static void
keep_place (Runner *self, const ShyWindow *window)
{
  ShyPullState *state = self->pull->state;

  state->running = TRUE;
  /* Only the first page names the columns of lists. */
  if (self->rows.header != NULL && state->header == NULL)
    state->header = g_strdupv (self->rows.header);
  g_free (state->window);
  state->window = g_strdup (window != NULL ? window->begin : NULL);
  g_free (state->page_cursor);
  state->page_cursor = g_strdup (self->scope.cursor);
  state->number = self->scope.number;
  state->offset = self->scope.offset;
  state->pages = (gint64) self->report->pages;
  state->rows = (gint64) self->report->rows;
  state->window_rows = self->received;
  state->skew = self->exchange->skew;
}

/* Takes the names of columns away, which stand in front of the first page or of each. Gives how
 * many records that were. */
static guint
take_header (Runner *self, GPtrArray *records)
{
  ShyShape       shape = self->pull->stream->shape;
  const ShyJson *first = records->len > 0 ? g_ptr_array_index (records, 0) : NULL;
  gboolean       is_first = self->heads;

  self->heads = FALSE;
  if (first == NULL || first->kind != SHY_JSON_ARRAY ||
      (shape != SHY_SHAPE_AUTO && shape != SHY_SHAPE_HEADER))
    return 0;
  if (!(is_first ? shy_row_maker_take_header (&self->rows, first)
                 : shy_row_maker_is_header (&self->rows, first)))
    return 0;
  g_ptr_array_remove_index (records, 0);
  return 1;
}

/* Two values under one name are seldom meant. */
static void
note_duplicates (Runner *self, const ShyPeeled *peeled)
{
  for (guint i = 0; i < peeled->documents->len; i++)
    if (shy_json_document_get_duplicates (g_ptr_array_index (peeled->documents, i)) > 0)
      shy_pull_report_note (self->report, _("Some records name a member twice; the last one "
                                            "counts."));
}

/* Makes rows and hands them over. The state already says that the page is done. */
static gboolean
hand_over (Runner *self, const ShyWindow *window, GPtrArray *records, GError **error)
{
  guint                 odd;
  g_autoptr (GPtrArray) page = shy_row_maker_make_page (&self->rows, records, FALSE, &odd);

  if (odd > 0)
    shy_pull_report_fail (self->report, _("Some records are neither objects nor lists. Check "
                                          "“records” in the description."));
  if (page->len == 0)
    return TRUE;
  self->report->pages++;
  shy_row_maker_finish (&self->rows);
  self->report->requests = self->exchange->requests;
  keep_place (self, window);
  return self->sink->page == NULL ||
         self->sink->page (page, self->pull->state, self->report, self->data, error);
}

/* Moves the cursor on; says whether it leads anywhere. */
static gboolean
move_cursor (Runner *self, const ShyPeeled *peeled)
{
  const ShyPager *pager = &self->pull->stream->pager;
  char           *next = shy_peeled_find (peeled, pager->cursor->layer, pager->cursor->paths);

  if (next == NULL || *next == '\0' || g_strcmp0 (next, self->scope.cursor) == 0)
    {
      g_free (next);
      return FALSE;
    }
  g_free (self->scope.cursor);
  self->scope.cursor = next;
  return TRUE;
}

/* Moves behind a page of @count rows and perhaps @heads with the names of columns; says whether
 * there is sense in asking for the next one. */
static gboolean
advance (Runner *self, const ShyPeeled *peeled, guint count, guint heads)
{
  const ShyPager *pager = &self->pull->stream->pager;

  self->received += count;
  self->scope.number++;
  self->scope.offset += count;
  if (pager->kind == SHY_PAGER_NONE ||
      (pager->kind == SHY_PAGER_CURSOR && !move_cursor (self, peeled)))
    return FALSE;
  if (count == 0)
    return pager->kind == SHY_PAGER_CURSOR && (pager->stop & SHY_STOP_EMPTY_PAGE) == 0;
  if (is_capped (self, count))
    {
      self->effective = count;
      shy_pull_report_note (self->report, _("The service gives %u rows a page, not the %u asked "
                                            "for."), count, pager->page_size);
    }
  if (self->total >= 0 && (pager->stop & SHY_STOP_TOTAL_REACHED) != 0)
    return self->received < self->total;
  return (pager->stop & SHY_STOP_SHORT_PAGE) == 0 || count + heads >= self->effective;
}

/* Has the next pages asked for while the rows of this one are read. Where the service says how
 * many rows it has, those behind them too. */
static void
look_ahead (Runner *self)
{
  const ShyPager       *pager = &self->pull->stream->pager;
  guint                 depth = shy_fetch_get_depth (self->fetch);
  g_autofree ShyScope  *places = g_new (ShyScope, depth);
  guint                 count = 0;

  while (count < depth && self->window_pages + count < self->most_pages &&
         (count == 0 || (self->total >= 0 && pager->kind != SHY_PAGER_CURSOR &&
                         self->received + count * self->effective < self->total)))
    {
      places[count] = self->scope;
      places[count].number += count;
      places[count].offset += count * self->effective;
      count++;
    }
  shy_fetch_ahead (self->fetch, places, count);
}

/* Asks for one page. @more says whether another is to follow. */
static gboolean
pull_page (Runner *self, const ShyWindow *window, gboolean *more, GError **error)
{
  const ShyServiceStream *stream = self->pull->stream;
  g_autoptr (ShyPage)     page = shy_fetch_take (self->fetch, &self->scope, error);
  gboolean                again;
  guint                   heads;

  *more = FALSE;
  if (page == NULL)
    return FALSE;
  self->window_pages++;
  if (page->reply->action == SHY_ACTION_STOP_STREAM)
    return TRUE;
  if (page->reply->action == SHY_ACTION_IGNORE)
    {
      shy_pull_report_fail (self->report, _("A page was left out, as the description says."));
      *more = advance (self, &page->reply->peeled, stream->pager.page_size, 0);
      return TRUE;
    }
  if (stream->pager.total != NULL && stream->pager.total->request == NULL)
    read_total (self, &page->reply->peeled);
  shy_exchange_trace (self->exchange, _("Envelopes: %u taken off, %u records inside; total: %s"),
                      page->reply->peeled.stages->len - 1, page->records->len,
                      self->total >= 0 ? _("known") : _("not said"));
  if (!check_duplicate (self, page, &again, error))
    return FALSE;
  if (again)
    return TRUE;
  heads = take_header (self, page->records);
  note_duplicates (self, &page->reply->peeled);
  *more = advance (self, &page->reply->peeled, page->records->len, heads);
  if (*more)
    look_ahead (self);
  return hand_over (self, window, page->records, error);
}

static void
begin_window (Runner *self, const ShyWindow *window, gboolean resume)
{
  const ShyPager *pager = &self->pull->stream->pager;
  ShyPullState   *state = self->pull->state;

  shy_hash_set_empty (&self->hashes);
  self->total = -1;
  self->window_pages = 0;
  self->heads = !resume;
  self->most_pages = self->pull->max_pages > 0 ? self->pull->max_pages : pager->max_pages;
  self->effective = pager->page_size;
  self->received = resume ? state->window_rows : 0;
  self->scope.size = pager->page_size;
  self->scope.number = resume                           ? state->number
                       : pager->kind == SHY_PAGER_OFFSET ? 0
                                                         : pager->start_from;
  self->scope.offset = resume                           ? state->offset
                       : pager->kind == SHY_PAGER_OFFSET ? pager->start_from
                                                         : 0;
  g_free (self->scope.cursor);
  self->scope.cursor = g_strdup (resume ? state->page_cursor : pager->start_cursor);
  g_free (self->scope.window_start);
  g_free (self->scope.window_end);
  self->scope.window_start = g_strdup (window != NULL ? window->start_text : NULL);
  self->scope.window_end = g_strdup (window != NULL ? window->end_text : NULL);
}

static void
check_window (Runner *self)
{
  if (self->total < 0)
    return;
  self->report->total = MAX (self->report->total, 0) + self->total;
  if (self->received < self->total)
    shy_pull_report_fail (self->report,
                          _("The service says it has %lld rows and gave %lld."),
                          (long long) self->total, (long long) self->received);
  else if (self->received > self->total)
    shy_pull_report_note (self->report,
                          _("The service says it has %lld rows and gave %lld. All are kept."),
                          (long long) self->total, (long long) self->received);
}

static gboolean
pull_window (Runner *self, const ShyWindow *window, gboolean resume, GError **error)
{
  gboolean more = TRUE;

  begin_window (self, window, resume);
  if (!ask_total (self, error))
    return FALSE;
  if (self->total >= 0 && self->received >= self->total &&
      (self->pull->stream->pager.stop & SHY_STOP_TOTAL_REACHED) != 0)
    more = FALSE;
  for (guint page = 0; more && page < self->most_pages; page++)
    if (!pull_page (self, window, &more, error))
      return FALSE;
  if (more)
    shy_pull_report_fail (self->report, _("There are more than %u pages; the rest was not asked "
                                          "for."), self->most_pages);
  else
    check_window (self);
  return TRUE;
}

static gboolean
pull_windows (Runner *self, GError **error)
{
  const ShySync        *sync = self->pull->stream->sync;
  ShyPullState         *state = self->pull->state;
  g_autoptr (GPtrArray) windows = NULL;
  gboolean              skip = state->running && state->window != NULL;

  if (sync == NULL)
    return pull_window (self, NULL, state->running, error);
  windows = shy_windows_new (sync, state->cursor, shy_exchange_now (self->exchange));
  for (guint i = 0; i < windows->len; i++)
    {
      const ShyWindow *window = g_ptr_array_index (windows, i);
      gboolean         resume = skip && g_strcmp0 (window->begin, state->window) == 0;

      if (skip && !resume)
        continue;
      skip = FALSE;
      if (!pull_window (self, window, resume, error))
        return FALSE;
    }
  if (skip)
    {
      shy_pull_state_restart (state);
      shy_pull_report_fail (self->report, _("The interrupted pull cannot be gone on with, because "
                                            "the description has changed. Pull again."));
    }
  g_free (self->until);
  self->until = windows->len > 0
                  ? g_strdup (((const ShyWindow *) windows->pdata[windows->len - 1])->end)
                  : NULL;
  return TRUE;
}

/* Rows that move between pages are missed on one and met twice on another. */
static gboolean
is_short (Runner *self)
{
  return self->rows.keyed && self->report->duplicates > 0 && self->report->total >= 0 &&
         !self->report->resumed && self->report->reason == NULL &&
         (gint64) (self->report->unique + self->report->rejected) < self->report->total;
}

static gboolean
pull_passes (Runner *self, GError **error)
{
  for (guint pass = 1;; pass++)
    {
      if (!pull_windows (self, error))
        return FALSE;
      if (!is_short (self))
        return TRUE;
      if (pass == MOST_PASSES || self->pull->max_pages > 0)
        break;
      shy_pull_report_note (self->report, _("Rows came twice and others not at all, so all pages "
                                            "were asked for again."));
      shy_pull_state_restart (self->pull->state);
      self->report->total = -1;
    }
  shy_pull_report_fail (self->report,
                        _("The service says it has %lld rows, but only %llu different ones came."),
                        (long long) self->report->total,
                        (unsigned long long) self->report->unique);
  return TRUE;
}

static gboolean
probe (Runner *self, GError **error)
{
  const ShyPlace      *place = self->pull->stream->probe;
  ShyPullState        *state = self->pull->state;
  g_autoptr (ShyReply) reply = NULL;

  if (place == NULL || state->running)
    return TRUE;
  reply = ask_place (self, place, error);
  if (reply == NULL)
    return FALSE;
  self->update = shy_peeled_find (&reply->peeled, place->layer, place->paths);
  self->report->unchanged = self->update != NULL && !self->pull->probed &&
                            g_strcmp0 (self->update, state->update) == 0;
  return TRUE;
}

/* Says whether the rows may take the place of those before. */
static void
conclude (Runner *self)
{
  ShyPullReport          *report = self->report;
  ShyPullState           *state = self->pull->state;
  const ShyServiceStream *stream = self->pull->stream;
  guint64                 rows = report->resumed ? report->rows : report->unique;

  if (report->rejected * MOST_REJECTED > report->rows)
    shy_pull_report_fail (report,
                          _("%llu of %llu rows lack what is required. What is there is kept. The "
                            "service may have changed; test the connection and correct the "
                            "description."),
                          (unsigned long long) report->rejected,
                          (unsigned long long) report->rows);
  if (!report->unchanged && stream->sync == NULL && state->previous >= 0 &&
      (double) rows < stream->min_complete_ratio * (double) state->previous)
    shy_pull_report_fail (report,
                          _("Only %llu rows came; the last complete pull had %lld. What is there is "
                            "kept. Ask who runs the service, or accept the new number."),
                          (unsigned long long) rows, (long long) state->previous);
  report->complete = report->reason == NULL;
  if (report->unchanged)
    return;
  /* What was not whole at its end is not gone on with: the next pull begins anew. */
  shy_pull_state_restart (state);
  if (!report->complete)
    return;
  if (self->update != NULL)
    {
      g_free (state->update);
      state->update = g_steal_pointer (&self->update);
    }
  if (self->until != NULL)
    {
      g_free (state->cursor);
      state->cursor = g_steal_pointer (&self->until);
    }
  if (stream->sync == NULL)
    state->previous = (gint64) rows;
}

static void
note_skew (Runner *self)
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
run (Runner *self, GError **error)
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
shy_pull_run_with (ShyPull           *pull,
                   ShyExchange       *exchange,
                   const ShyPullSink *sink,
                   gpointer           data,
                   GError           **error)
{
  g_autoptr (ShyPullReport) report = shy_pull_report_new ();
  g_autoptr (GError)        local = NULL;
  Runner   self = { .pull = pull, .exchange = exchange, .sink = sink, .data = data };
  gboolean done;

  self.report = report;
  report->previous = pull->state->previous;
  report->resumed = pull->state->running;
  report->rows = (guint64) pull->state->rows;
  report->pages = (guint64) pull->state->pages;
  shy_hash_set_init (&self.hashes);
  self.fetch = shy_fetch_new (exchange, pull->stream);
  self.scope = (ShyScope) { .service = pull->service, .secrets = pull->secrets,
                            .url_base = exchange->url_base };
  self.scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shy_row_maker_init (&self.rows, pull->stream, report);
  self.rows.keep_sensitive = pull->keep_sensitive;
  self.rows.examples = pull->examples;
  if (pull->state->running)
    self.rows.header = g_strdupv (pull->state->header);
  done = run (&self, &local);
  shy_row_maker_clear (&self.rows);
  shy_scope_clear (&self.scope);
  shy_hash_set_clear (&self.hashes);
  g_free (self.update);
  g_free (self.until);
  if (done)
    return g_steal_pointer (&report);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
