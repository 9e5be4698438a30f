/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-runner-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The pages of a pull, one after another. */

/* A page of so many rows times n that is shorter than asked for is taken as the most the server
 * gives at once, and asked behind. */
#define ROUND_ROWS 10

static gboolean
is_capped (ShyRunner *self, guint count)
{
  return self->received == count && count > 0 && count < self->pull->stream->pager.page_size &&
         count % ROUND_ROWS == 0 && (self->total < 0 || self->received < self->total);
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

/* Whether as many rows came as the service says it has. */
static gboolean
is_behind_total (ShyRunner *self)
{
  return self->total >= 0 && self->received >= self->total;
}

/* Looks whether the page came before. */
static gboolean
check_duplicate (ShyRunner *self, const ShyPage *page, gboolean *again, GError **error)
{
  *again = page->records->len > 0 && !shy_hash_set_add (&self->hashes, page->hash);
  /* Behind the end some servers give the last page again. */
  if (!*again || is_behind_total (self))
    return TRUE;
  if (self->pull->stream->pager.on_duplicate == SHY_DUPLICATE_IGNORE)
    {
      *again = FALSE;
      return TRUE;
    }
  if (self->pull->stream->pager.on_duplicate == SHY_DUPLICATE_STOP ||
      (self->total < 0 && self->span_pages == 2 &&
       self->effective < self->pull->stream->pager.page_size))
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               _("Page %u holds the same rows as a page before: the service does not look at the "
                 "page number. Check the paginator of the description."), self->span_pages);
  return FALSE;
}

static void
read_total (ShyRunner *self, const ShyPeeled *peeled)
{
  const ShyPlace  *place = self->pull->stream->pager.total;
  g_autofree char *text = place != NULL ? shy_peeled_find (peeled, place->layer, place->paths)
                                        : NULL;
  gint64           total;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &total, NULL) ||
      (total == 0 && place->ignore_zero))
    return;
  if (self->total >= 0 && self->total != total)
    {
      self->moved = TRUE;
      shy_pull_report_note (self->report, _("The total the service names changed while pages were "
                                            "asked for. Rows may have moved between pages."));
    }
  self->total = total;
  self->most = MAX (self->most, total);
  self->report->total = self->before + total;
}

/* Asks for what stands at a place. Its own envelope is not opened: a date in it is no rows. */
ShyReply *
shy_runner_ask_place (ShyRunner *self, const ShyPlace *place, GError **error)
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

gboolean
shy_runner_ask_total (ShyRunner *self, GError **error)
{
  const ShyPlace      *place = self->pull->stream->pager.total;
  g_autoptr (ShyReply) reply = NULL;

  if (place == NULL || place->request == NULL)
    return TRUE;
  reply = shy_runner_ask_place (self, place, error);
  if (reply == NULL)
    return FALSE;
  read_total (self, &reply->peeled);
  if (self->total < 0)
    shy_pull_report_note (self->report, _("The service did not say how many rows it has."));
  return TRUE;
}

static void
keep_place (ShyRunner *self, const ShySpan *span)
{
  ShyPullState *state = self->pull->state;

  state->running = TRUE;
  /* Only the first page names the columns of lists. */
  if (self->rows.header != NULL && state->header == NULL)
    state->header = g_strdupv (self->rows.header);
  g_free (state->span);
  state->span = g_strdup (span != NULL ? span->begin : NULL);
  g_free (state->page_cursor);
  state->page_cursor = g_strdup (self->scope.cursor);
  state->number = self->scope.number;
  state->offset = self->scope.offset;
  state->pages = (gint64) self->report->pages;
  state->rows = (gint64) self->report->rows;
  state->span_rows = self->received;
  state->skew = self->exchange->skew;
  g_free (state->newest);
  state->newest = self->newest != NULL ? g_date_time_format_iso8601 (self->newest) : NULL;
}

/* Takes the names of columns away, which stand in front of the first page or of each. Gives how
 * many records that were. */
static guint
take_header (ShyRunner *self, GPtrArray *records)
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
note_duplicates (ShyRunner *self, const ShyPeeled *peeled)
{
  for (guint i = 0; i < peeled->documents->len; i++)
    if (shy_json_document_get_duplicates (g_ptr_array_index (peeled->documents, i)) > 0)
      shy_pull_report_note (self->report, _("Some records name a member twice; the last one "
                                            "counts."));
}

static guint
find_stamp (const ShyServiceStream *stream)
{
  for (guint i = 0; i < stream->fields->len; i++)
    if (g_str_equal (((const ShyServiceField *) g_ptr_array_index (stream->fields, i))->field.name,
                     stream->sync->cursor_field))
      return i;
  return 0;
}

/* Notes the newest moment in the field that says when rows changed. */
static void
note_newest (ShyRunner *self, GPtrArray *page)
{
  const ShyServiceStream *stream = self->pull->stream;
  guint                   field = stream->sync != NULL ? find_stamp (stream) : 0;

  for (guint i = 0; stream->sync != NULL && i < page->len; i++)
    {
      const ShyServiceRow  *row = g_ptr_array_index (page, i);
      g_autoptr (GDateTime) moment = shy_sync_read (stream->sync, row->values[field]);

      if (moment == NULL ||
          (self->newest != NULL && g_date_time_compare (moment, self->newest) <= 0))
        continue;
      g_clear_pointer (&self->newest, g_date_time_unref);
      self->newest = g_steal_pointer (&moment);
    }
}

/* Makes rows and hands them over. The state already says that the page is done. */
static gboolean
hand_over (ShyRunner *self, const ShySpan *span, GPtrArray *records, GError **error)
{
  guint                 odd;
  g_autoptr (GPtrArray) page = shy_row_maker_make_page (&self->rows, records, FALSE, &odd);

  if (odd > 0)
    shy_pull_report_fail (self->report, _("Some records are neither objects nor lists. Check "
                                          "“records” in the description."));
  if (page->len == 0)
    return TRUE;
  note_newest (self, page);
  self->report->pages++;
  shy_row_maker_finish (&self->rows);
  self->report->requests = self->exchange->requests;
  keep_place (self, span);
  return self->sink->page == NULL ||
         self->sink->page (page, self->pull->state, self->report, self->data, error);
}

/* Moves the cursor on; says whether it leads anywhere. */
static gboolean
move_cursor (ShyRunner *self, const ShyPeeled *peeled)
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
advance (ShyRunner *self, const ShyPeeled *peeled, guint count, guint heads)
{
  const ShyPager *pager = &self->pull->stream->pager;

  self->received += count;
  self->scope.number = pager->unit > 0 ? pager->start_from + self->received / pager->unit
                                       : self->scope.number + 1;
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
  /* A total may be too small, or rows come twice where pages overlap: a full page has a next. */
  if (self->total >= 0 && (pager->stop & SHY_STOP_TOTAL_REACHED) != 0)
    return !is_behind_total (self) || count + heads >= self->effective;
  return (pager->stop & SHY_STOP_SHORT_PAGE) == 0 || count + heads >= self->effective;
}

/* Has the next pages asked for while the rows of this one are read. Where the service says how
 * many rows it has, those behind them too. */
static void
look_ahead (ShyRunner *self)
{
  const ShyPager       *pager = &self->pull->stream->pager;
  guint                 depth = shy_fetch_get_depth (self->fetch);
  g_autofree ShyRequestScope  *places = g_new (ShyRequestScope, depth);
  guint                 count = 0;

  while (count < depth && self->span_pages + count < self->most_pages &&
         (count == 0 || (self->total >= 0 && pager->kind != SHY_PAGER_CURSOR &&
                         self->received + count * self->effective < self->total)))
    {
      places[count] = self->scope;
      places[count].number += pager->unit > 0 ? count * self->effective / pager->unit : count;
      places[count].offset += count * self->effective;
      count++;
    }
  shy_fetch_ahead (self->fetch, places, count);
}

/* Keeps the tag of a probe, or of the first page where there is no probe. */
void
shy_runner_note_tag (ShyRunner *self, const ShyReply *reply)
{
  self->exchange->etag = NULL;
  if (self->report->unchanged || (self->pull->stream->probe != NULL && self->span_pages > 0))
    return;
  self->report->unchanged = reply->unchanged;
  g_free (self->etag);
  self->etag = self->span_pages <= 1 ? g_strdup (reply->etag) : NULL;
}

/* Sends the tag with what is asked for next. It says something only of all rows at once. */
void
shy_runner_send_tag (ShyRunner *self)
{
  const ShyServiceStream *stream = self->pull->stream;

  if (stream->sync == NULL && !self->pull->state->running && !self->pull->probed)
    self->exchange->etag = self->pull->state->etag;
}

/* Whether an error is how the service says that there is nothing behind its last row. */
static gboolean
is_end (ShyRunner *self, GError **failure)
{
  if (!is_behind_total (self) || (*failure)->domain != SHY_ERROR)
    return FALSE;
  g_clear_error (failure);
  return TRUE;
}

static gboolean
propagate (GError *failure, GError **error)
{
  g_propagate_error (error, failure);
  return FALSE;
}

/* Asks for one page. @more says whether another is to follow. */
gboolean
shy_runner_pull_page (ShyRunner *self, const ShySpan *span, gboolean *more, GError **error)
{
  const ShyServiceStream *stream = self->pull->stream;
  g_autoptr (ShyPage)     page = NULL;
  GError                 *failure = NULL;
  gboolean                again;
  guint                   heads;

  page = shy_fetch_take (self->fetch, &self->scope, &failure);
  *more = FALSE;
  if (page == NULL)
    return is_end (self, &failure) || propagate (failure, error);
  self->span_pages++;
  shy_runner_note_tag (self, page->reply);
  if (page->reply->unchanged)
    return TRUE;
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
  return hand_over (self, span, page->records, error);
}

void
shy_runner_begin_span (ShyRunner *self, const ShySpan *span, gboolean resume)
{
  const ShyPager *pager = &self->pull->stream->pager;
  ShyPullState   *state = self->pull->state;

  shy_hash_set_empty (&self->hashes);
  self->total = self->most = -1;
  self->span_pages = 0;
  self->heads = !resume;
  self->most_pages = self->pull->max_pages > 0 ? self->pull->max_pages : pager->max_pages;
  self->effective = pager->page_size;
  self->received = resume ? state->span_rows : 0;
  self->scope.size = pager->page_size;
  self->scope.number = resume                           ? state->number
                       : pager->kind == SHY_PAGER_OFFSET ? 0
                                                         : pager->start_from;
  self->scope.offset = resume                           ? state->offset
                       : pager->kind == SHY_PAGER_OFFSET ? pager->start_from
                                                         : 0;
  g_free (self->scope.cursor);
  self->scope.cursor = g_strdup (resume ? state->page_cursor : pager->start_cursor);
  g_free (self->scope.span_start);
  g_free (self->scope.span_end);
  self->scope.span_start = g_strdup (span != NULL ? span->start_text : NULL);
  self->scope.span_end = g_strdup (span != NULL ? span->end_text : NULL);
}
