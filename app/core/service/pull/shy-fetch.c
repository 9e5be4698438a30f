/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-fetch-private.h"

#include "service/pull/shy-hash-set-private.h"
#include "service/pull/shy-row-private.h"

#include <string.h>

/* A page that is asked for in another thread. */
typedef struct
{
  gatomicrefcount refs;
  ShyFetch       *fetch;
  ShyRequestScope        place;
  GCancellable   *cancellable;

  /* At the end, under the lock. */
  gboolean  ended;
  ShyPage  *page;
  GError   *error;
} Job;

struct _ShyFetch
{
  ShyExchange            *exchange; /* not owned */
  const ShyServiceStream *stream;
  GThreadPool            *pool; /* (nullable): without one pages are asked for when they are taken */
  GQueue                  jobs; /* of Job, in the order of their pages */

  GMutex     lock;
  GCond      changed;
  GPtrArray *idle;     /* of ShyExchange: one for each thread */
  guint64    requests; /* of those, not counted yet */
  gint64     skew;     /* what they learnt of the clock */
  gboolean   skew_known;
  gboolean   resigned;
};

static void
job_unref (Job *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  shy_request_scope_clear (&self->place);
  g_clear_pointer (&self->page, shy_page_free);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
shy_page_free (ShyPage *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  shy_reply_free (self->reply);
  g_free (self);
}

/* Hashes a value so that equal ones, written alike, have equal hashes. */
static guint64
hash_json (guint64 hash, const ShyJson *json)
{
  guint8 kind = (guint8) json->kind;

  hash = shy_hash_bytes (hash, &kind, 1);
  if (json->name != NULL)
    hash = shy_hash_bytes (hash, json->name, strlen (json->name));
  if (json->text != NULL)
    hash = shy_hash_bytes (hash, json->text, strlen (json->text));
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    hash = hash_json (hash, g_ptr_array_index (json->items, i));
  return hash;
}

static ShyPage *
make_page (const ShyServiceStream *stream, ShyReply *reply)
{
  ShyPage       *self = g_new0 (ShyPage, 1);
  const ShyJson *last = shy_peeled_last (&reply->peeled);

  self->reply = reply;
  self->records = reply->action == SHY_ACTION_SUCCESS && last != NULL
                    ? shy_stream_find_records (stream, last)
                    : g_ptr_array_new ();
  for (guint i = 0; i < self->records->len; i++)
    self->hash = hash_json (self->hash, g_ptr_array_index (self->records, i));
  return self;
}

static ShyPage *
ask (ShyExchange *exchange, const ShyServiceStream *stream, ShyRequestScope *place, GError **error)
{
  ShyReply *reply = shy_exchange_ask (exchange, place, NULL, stream->layers, error);

  return reply != NULL ? make_page (stream, reply) : NULL;
}

/* An exchange for this thread, with what the others know. */
static ShyExchange *
borrow (ShyFetch *self)
{
  ShyExchange *exchange = NULL;

  g_mutex_lock (&self->lock);
  if (self->idle->len > 0)
    exchange = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  if (exchange == NULL)
    exchange = shy_exchange_new_beside (self->exchange);
  if (self->skew_known)
    exchange->skew = self->skew;
  exchange->skew_known = self->skew_known;
  exchange->resigned = self->resigned;
  g_mutex_unlock (&self->lock);
  return exchange;
}

static void
give_back (ShyFetch *self, ShyExchange *exchange)
{
  exchange->cancellable = NULL;
  self->requests += exchange->requests;
  exchange->requests = 0;
  self->skew = exchange->skew_known ? exchange->skew : self->skew;
  self->skew_known = self->skew_known || exchange->skew_known;
  self->resigned = self->resigned || exchange->resigned;
  g_ptr_array_add (self->idle, exchange);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job         *job = data;
  ShyFetch    *self = user_data;
  ShyExchange *exchange = borrow (self);
  GError      *error = NULL;
  ShyPage     *page = NULL;

  exchange->cancellable = job->cancellable;
  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &error))
    page = ask (exchange, self->stream, &job->place, &error);
  g_mutex_lock (&self->lock);
  give_back (self, exchange);
  job->page = page;
  job->error = error;
  job->ended = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  job_unref (job);
}

/* Asks over @exchange for pages of @stream. What is traced, or has a moment that stands still, is
 * asked for one after another. */
ShyFetch *
shy_fetch_new (ShyExchange *exchange, const ShyServiceStream *stream)
{
  ShyFetch *self = g_new0 (ShyFetch, 1);
  guint     most = exchange->service->transport.max_concurrency;

  self->exchange = exchange;
  self->stream = stream;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->jobs);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_exchange_free);
  self->skew = exchange->skew;
  if (exchange->trace == NULL && exchange->fixed == NULL && stream->pager.kind != SHY_PAGER_NONE)
    self->pool = g_thread_pool_new (run_job, self, (int) most, FALSE, NULL);
  return self;
}

/* How many pages there is sense in asking for ahead. One at a time means that they are asked for in
 * their order too, whatever has to be repeated. */
guint
shy_fetch_get_depth (ShyFetch *self)
{
  return self->pool != NULL ? self->exchange->service->transport.max_concurrency : 0;
}

static void
drop (ShyFetch *self)
{
  for (Job *job; (job = g_queue_pop_head (&self->jobs)) != NULL; job_unref (job))
    g_cancellable_cancel (job->cancellable);
}

static void
count (ShyFetch *self)
{
  g_mutex_lock (&self->lock);
  self->exchange->requests += self->requests;
  self->requests = 0;
  if (self->skew_known)
    self->exchange->skew = self->skew;
  self->exchange->skew_known = self->exchange->skew_known || self->skew_known;
  self->exchange->resigned = self->exchange->resigned || self->resigned;
  g_mutex_unlock (&self->lock);
}

void
shy_fetch_free (ShyFetch *self)
{
  drop (self);
  if (self->pool != NULL)
    g_thread_pool_free (self->pool, FALSE, TRUE);
  count (self);
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static gboolean
is_place (const ShyRequestScope *a, const ShyRequestScope *b)
{
  return a->number == b->number && a->offset == b->offset &&
         g_strcmp0 (a->cursor, b->cursor) == 0 &&
         g_strcmp0 (a->span_start, b->span_start) == 0 &&
         g_strcmp0 (a->span_end, b->span_end) == 0;
}

static void
begin (ShyFetch *self, const ShyRequestScope *place)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->refs);
  g_atomic_ref_count_inc (&job->refs);
  job->fetch = self;
  job->place = (ShyRequestScope) { .service = place->service, .secrets = place->secrets,
                            .url_base = place->url_base, .number = place->number,
                            .size = place->size, .offset = place->offset };
  job->place.cursor = g_strdup (place->cursor);
  job->place.span_start = g_strdup (place->span_start);
  job->place.span_end = g_strdup (place->span_end);
  job->place.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  job->cancellable = g_cancellable_new ();
  g_queue_push_tail (&self->jobs, job);
  g_thread_pool_push (self->pool, job, NULL);
}

/* Has pages asked for that will be taken next, in their order; those that are under way already go
 * on, others are given up. */
void
shy_fetch_ahead (ShyFetch *self, const ShyRequestScope *places, guint n_places)
{
  guint i = 0;

  if (self->pool == NULL)
    return;
  for (GList *at = self->jobs.head; at != NULL; at = at->next, i++)
    if (i >= n_places || !is_place (&((Job *) at->data)->place, &places[i]))
      {
        drop (self);
        i = 0;
        break;
      }
  for (; i < n_places; i++)
    begin (self, &places[i]);
}

static void
cancel_cb (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

static ShyPage *
wait_for (ShyFetch *self, Job *job, GError **error)
{
  GCancellable *outer = self->exchange->cancellable;
  ShyPage      *page;
  gulong        handler = 0;

  if (outer != NULL)
    handler = g_cancellable_connect (outer, G_CALLBACK (cancel_cb), job->cancellable, NULL);
  g_mutex_lock (&self->lock);
  while (!job->ended)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  if (outer != NULL)
    g_cancellable_disconnect (outer, handler);
  count (self);
  page = g_steal_pointer (&job->page);
  if (page == NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  job_unref (job);
  return page;
}

/* Takes the page at @place, which was asked for before or is asked for now. */
ShyPage *
shy_fetch_take (ShyFetch *self, ShyRequestScope *place, GError **error)
{
  Job *job = g_queue_peek_head (&self->jobs);

  if (job != NULL && is_place (&job->place, place))
    return wait_for (self, g_queue_pop_head (&self->jobs), error);
  drop (self);
  return ask (self->exchange, self->stream, place, error);
}
