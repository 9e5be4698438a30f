/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../gateway.h"
#include "service/pull/shy-pull-private.h"

#include <string.h>

/* The shipped descriptions against gateways on loopback that check every signature. All rows are
 * made up. */

typedef struct
{
  GPtrArray *rows; /* of char: the first values, joined */
  guint      begun;
  guint      ended;
  guint      stop_after; /* pages, 0 for none */
  guint      pages;
  char      *state;
} Heap;

static void
heap_clear (Heap *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heap, heap_clear)

static gboolean
heap_begin (gboolean resumed, gpointer data, GError **error)
{
  ((Heap *) data)->begun++;
  return TRUE;
}

static gboolean
heap_page (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data,
           GError **error)
{
  Heap *self = data;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (self->rows, g_strdup_printf ("%s|%s|%s", row->values[0], row->values[1],
                                                    row->values[2]));
    }
  g_free (self->state);
  self->state = shy_pull_state_to_json (state);
  if (++self->pages != self->stop_after)
    return TRUE;
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NO_SPACE, "full");
  return FALSE;
}

static gboolean
heap_end (ShyPullReport *report, ShyPullState *state, gpointer data, GError **error)
{
  ((Heap *) data)->ended++;
  return TRUE;
}

static const ShyPullSink sink = { heap_begin, heap_page, heap_end };

static ShyService *
load (const char *name)
{
  g_autofree char   *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", name, NULL);
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  service->transport.allow_insecure_http = TRUE;
  service->transport.requests_per_second = 0;
  for (guint i = 0; i < service->handler.backoffs->len; i++)
    ((ShyBackoff *) g_ptr_array_index (service->handler.backoffs, i))->seconds = 0;
  return service;
}

static ShyPullReport *
pull (Gateway *self, ShyService *service, ShySecrets *secrets, ShyPullState *state, Heap *heap,
      GError **error)
{
  g_autoptr (ShyPull) job = shy_pull_new (service, shy_service_get_stream (service, 0), secrets,
                                          state);

  if (heap->rows == NULL)
    heap->rows = g_ptr_array_new_with_free_func (g_free);
  shy_pull_set_url_base (job, self->base);
  return shy_pull_run (job, &sink, heap, NULL, error);
}

static void
test_gateway (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService) service = load ("zj-open-jobfair.json");
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  shy_secrets_set (secrets, "appsecret", "good");
  for (self->envelope = ENVELOPE_STATUS; self->envelope <= ENVELOPE_TRIPLE; self->envelope++)
    {
      g_auto (Heap)             heap = { NULL };
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyPullReport) report = NULL;

      self->hits = 0;
      report = pull (self, service, secrets, NULL, &heap, &error);
      g_assert_no_error (error);
      /* A total and three pages, each signed by a request of its own. */
      g_assert_cmpuint (self->hits, ==, 8);
      g_assert_cmpuint (report->requests, ==, 8);
      g_assert_true (report->complete);
      g_assert_cmpuint (report->rows, ==, ROWS);
      g_assert_cmpuint (report->unique, ==, ROWS);
      g_assert_cmpint (report->total, ==, ROWS);
      g_assert_cmpstr (g_ptr_array_index (heap.rows, 449), ==,
                       "449|招聘会449|2025-03-01T09:00:00+08:00");
      g_assert_cmpuint (report->unmapped->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (report->unmapped, 0), ==, "xyz");
      g_assert_cmpuint (heap.begun, ==, 1);
      g_assert_cmpuint (heap.ended, ==, 1);
    }
}

/* A sign service behind a login or a firewall: that is said, and not that a signature is missing.
 * What it calls its answer does not matter. */
static void
test_sign_page (Gateway *self, gconstpointer data)
{
  static const char *const pages[] = { "<!DOCTYPE html><html><body>请登录</body></html>",
                                       "\r\n<HTML>WAF</HTML>" };
  g_autoptr (ShyService) service = load ("zj-open-jobfair.json");
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  shy_secrets_set (secrets, "appsecret", "good");
  for (gsize i = 0; i <= G_N_ELEMENTS (pages); i++)
    {
      g_auto (Heap)             heap = { NULL };
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyPullReport) report = NULL;

      self->sign_page = i < G_N_ELEMENTS (pages) ? pages[i] : NULL;
      self->sign_type = i == 0 ? "text/plain" : "text/html;charset=UTF-8";
      report = pull (self, service, secrets, NULL, &heap, &error);
      if (self->sign_page == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
          g_assert_nonnull (strstr (error->message, "web page instead of data"));
        }
    }
}

static void
test_refused (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("zj-open-jobfair.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_auto (Heap)             none = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GError)        missing = NULL;
  g_autoptr (ShyPullReport) unset = pull (self, service, secrets, NULL, &none, &missing);
  g_autoptr (ShyPullReport) report = NULL;

  g_assert_null (unset);
  g_assert_error (missing, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_cmpuint (self->hits, ==, 0);
  shy_secrets_set (secrets, "appsecret", "wrong");
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_null (report);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "密钥错误"));
  g_assert_null (strstr (error->message, "wrong"));
  g_assert_cmpuint (heap.rows->len, ==, 0);
  g_assert_cmpuint (heap.ended, ==, 1);
}

static void
test_again (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("zj-open-jobfair.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "appsecret", "good");
  self->refuse_once = 2;
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (report->unique, ==, ROWS);
  g_assert_cmpuint (self->hits, ==, 12);
}

static void
test_rotating (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("zj-irs-vacancy.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_autoptr (ShyPullState)  state = shy_pull_state_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;
  g_autofree char          *json = NULL;

  shy_secrets_set (secrets, "app_key", "key");
  shy_secrets_set (secrets, "app_secret", "fixed");
  self->refuse_once = 1;
  report = pull (self, service, secrets, state, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (report->rows, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (heap.rows, 0), ==, "v1|茶叶技术员|3");
  /* By key at first; after the refusal by the secret that this gave. */
  g_assert_cmpuint (self->by_key, ==, 1);
  g_assert_cmpuint (self->by_secret, ==, 1);
  json = shy_pull_state_to_json (state);
  /* The moment of the row, not of the request: others may be given out later, stamped earlier. */
  g_assert_nonnull (strstr (json, "\"cursor\":\"2025-01-02T03:04:05+08"));
  g_assert_null (strstr (json, "secret"));
}

static void
test_offset (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("hmac-offset-employers.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  self->capped = GPOINTER_TO_UINT (data);
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (report->unique, ==, EMPLOYERS);
  /* A code that the map does not have is kept and counted. */
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (report->field_warnings, "level")), ==,
                    EMPLOYERS / 4);
}

static void
test_same_page (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("hmac-offset-employers.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  self->same_page = TRUE;
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_null (report);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
}

/* A pull that ends in the middle goes on behind the last page that was kept. */
static void
test_resume (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("hmac-offset-employers.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { .stop_after = 2 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) cut = NULL;
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (ShyPullState)  state = NULL;

  self->lists = GPOINTER_TO_INT (data);
  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  cut = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_null (cut);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE);
  g_assert_cmpuint (heap.rows->len, ==, 200);
  g_clear_error (&error);
  state = shy_pull_state_new_from_json (heap.state, &error);
  g_assert_no_error (error);
  g_assert_true (shy_pull_state_is_interrupted (state));
  self->hits = 0;
  report = pull (self, service, secrets, state, &heap, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->hits, ==, 1);
  g_assert_true (report->resumed);
  g_assert_true (report->complete);
  g_assert_cmpuint (report->rows, ==, EMPLOYERS);
  g_assert_cmpuint (heap.rows->len, ==, EMPLOYERS);
  g_assert_cmpstr (g_ptr_array_index (heap.rows, 249), ==, "91330822MA2000249X|农业公司249|省级");
  g_assert_cmpuint (report->rejected, ==, 0);
  g_assert_false (shy_pull_state_is_interrupted (state));
}

/* Far fewer rows than last time are not taken for all. */
static void
test_shrunk (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load ("hmac-offset-employers.json");
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_autoptr (ShyPullState)  state = shy_pull_state_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  shy_pull_state_set_previous (state, EMPLOYERS);
  self->rows = 0;
  report = pull (self, service, secrets, state, &heap, &error);
  g_assert_no_error (error);
  g_assert_false (report->complete);
  g_assert_nonnull (report->reason);
}

/* What comes on one page is asked for again only if it has changed. */
static void
test_tag (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)   service = load ("hmac-offset-employers.json");
  g_autoptr (ShySecrets)   secrets = shy_secrets_new ();
  g_autoptr (ShyPullState) state = shy_pull_state_new ();
  g_auto (Heap)            heap = { NULL };
  static const struct
  {
    const char *etag;
    guint       rows;
    gboolean    unchanged;
    guint       hits;
  } rounds[] = { { "\"a\"", 45, FALSE, 1 }, { "\"a\"", 45, TRUE, 1 }, { "\"b\"", 45, FALSE, 1 },
                 { "\"b\"", 45, TRUE, 1 },  { "\"c\"", 250, FALSE, 3 },
                 { "\"c\"", 250, FALSE, 3 } };

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_autoptr (GError)        error = NULL;
      g_autofree char          *json = shy_pull_state_to_json (state);
      g_autoptr (ShyPullReport) report = NULL;

      g_clear_object (&state);
      state = shy_pull_state_new_from_json (json, &error);
      g_assert_no_error (error);
      self->etag = rounds[i].etag;
      self->rows = rounds[i].rows;
      self->hits = 0;
      report = pull (self, service, secrets, state, &heap, &error);
      g_assert_no_error (error);
      g_assert_true (report->complete);
      g_assert_cmpint (report->unchanged, ==, rounds[i].unchanged);
      g_assert_cmpuint (self->hits, ==, rounds[i].hits);
    }
}

/* A tag says nothing about rows that another description made. */
static void
test_described (Gateway *self, gconstpointer data)
{
  g_autoptr (ShySecrets)   secrets = shy_secrets_new ();
  g_autoptr (ShyPullState) state = shy_pull_state_new ();
  g_auto (Heap)            heap = { NULL };

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  self->etag = "\"a\"";
  self->rows = 45;
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (ShyService)    service = load ("hmac-offset-employers.json");
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyPullReport) report = NULL;

      if (i >= 2)
        {
          g_free (service->digest);
          service->digest = g_strdup ("another");
        }
      report = pull (self, service, secrets, state, &heap, &error);
      g_assert_no_error (error);
      g_assert_cmpint (report->unchanged, ==, i % 2 == 1);
    }
}

static ShyService *
load_small_pages (guint concurrency)
{
  ShyService *service = load ("zj-open-jobfair.json");

  service->transport.max_concurrency = concurrency;
  ((ShyServiceStream *) shy_service_get_stream (service, 0))->pager.page_size = 50;
  return service;
}

/* Pages are asked for at the same time, are answered in another order, and come in theirs. */
static void
test_ahead (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load_small_pages (3);
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "appsecret", "good");
  self->overlap = TRUE;
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (heap.pages, ==, 9);
  /* A total, nine pages, and one that is empty: the ninth is full, and totals may be too small. */
  g_assert_cmpuint (self->hits, ==, 22);
  g_assert_cmpuint (report->requests, ==, 22);
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *begin = g_strdup_printf ("%u|", i);

      g_assert_true (g_str_has_prefix (g_ptr_array_index (heap.rows, i), begin));
    }
}

/* A service that counts pages of five rows, whatever is asked for. */
static void
test_unit (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load_small_pages (3);
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "appsecret", "good");
  self->unit = 5;
  ((ShyServiceStream *) shy_service_get_stream (service, 0))->pager.unit = 5;
  report = pull (self, service, secrets, NULL, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (report->duplicates, ==, 0);
  g_assert_cmpuint (heap.rows->len, ==, ROWS);
  g_assert_cmpuint (self->hits, ==, 22);
}

/* The pages before one that fails are kept, those behind it are not, and it is told which. */
static void
test_ahead_fails (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)    service = load_small_pages (4);
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_autoptr (ShyPullState)  state = shy_pull_state_new ();
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "appsecret", "good");
  self->bad_page = 5;
  report = pull (self, service, secrets, state, &heap, &error);
  g_assert_null (report);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
  g_assert_cmpuint (heap.rows->len, ==, 200);
  g_clear_error (&error);
  self->bad_page = 0;
  report = pull (self, service, secrets, state, &heap, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_true (report->resumed);
  g_assert_cmpuint (heap.rows->len, ==, ROWS);
}

static gboolean
wait_for_next (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data,
               GError **error)
{
  Gateway *self = data;
  gint64   end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  int      expected = 2 * (int) so_far->pages + 4;

  g_assert_cmpint (so_far->total, ==, ROWS);
  /* A total and the pages so far, each signed; then the next page. */
  while (so_far->pages < 9 && g_atomic_int_get (&self->hits) < expected)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (1000);
    }
  return TRUE;
}

/* While a page is being kept the next one is on its way already. */
static void
test_prefetch (Gateway *self, gconstpointer data)
{
  static const ShyPullSink  waiting = { .page = wait_for_next };
  g_autoptr (ShyService)    service = load_small_pages (1);
  g_autoptr (ShySecrets)    secrets = shy_secrets_new ();
  g_autoptr (ShyPull)       job = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, "appsecret", "good");
  job = shy_pull_new (service, shy_service_get_stream (service, 0), secrets, NULL);
  shy_pull_set_url_base (job, self->base);
  report = shy_pull_run (job, &waiting, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
}

int
main (int argc, char *argv[])
{
  /* Without isolated folders, in which the proxy settings have no schema and their module aborts. */
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/pull/gateway", Gateway, NULL, gateway_set_up, test_gateway, gateway_tear_down);
  g_test_add ("/service/pull/refused", Gateway, NULL, gateway_set_up, test_refused, gateway_tear_down);
  g_test_add ("/service/pull/again", Gateway, NULL, gateway_set_up, test_again, gateway_tear_down);
  g_test_add ("/service/pull/rotating", Gateway, NULL, gateway_set_up, test_rotating, gateway_tear_down);
  g_test_add ("/service/pull/offset", Gateway, NULL, gateway_set_up, test_offset, gateway_tear_down);
  g_test_add ("/service/pull/capped", Gateway, GUINT_TO_POINTER (50), gateway_set_up, test_offset,
              gateway_tear_down);
  g_test_add ("/service/pull/tag", Gateway, NULL, gateway_set_up, test_tag, gateway_tear_down);
  g_test_add ("/service/pull/described", Gateway, NULL, gateway_set_up, test_described,
              gateway_tear_down);
  g_test_add ("/service/pull/sign-page", Gateway, NULL, gateway_set_up, test_sign_page,
              gateway_tear_down);
  g_test_add ("/service/pull/ahead", Gateway, NULL, gateway_set_up, test_ahead, gateway_tear_down);
  g_test_add ("/service/pull/unit", Gateway, NULL, gateway_set_up, test_unit, gateway_tear_down);
  g_test_add ("/service/pull/ahead-fails", Gateway, NULL, gateway_set_up, test_ahead_fails,
              gateway_tear_down);
  g_test_add ("/service/pull/prefetch", Gateway, NULL, gateway_set_up, test_prefetch,
              gateway_tear_down);
  g_test_add ("/service/pull/same-page", Gateway, NULL, gateway_set_up, test_same_page, gateway_tear_down);
  g_test_add ("/service/pull/resume", Gateway, NULL, gateway_set_up, test_resume, gateway_tear_down);
  g_test_add ("/service/pull/resume-lists", Gateway, GINT_TO_POINTER (TRUE), gateway_set_up,
              test_resume, gateway_tear_down);
  g_test_add ("/service/pull/shrunk", Gateway, NULL, gateway_set_up, test_shrunk, gateway_tear_down);
  return g_test_run ();
}
