/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asking.h"
#include "pulling.h"

#include <string.h>

/* What a gateway refuses: wrong keys, what was sent before, secrets that ended, clocks that are
 * wrong; and what a pull makes of it. */

#define ROWS       430
#define OFF_CLOCK  (20 * 60) /* seconds; windows are 10 or 15 minutes */

typedef struct
{
  const char *file;
  const char *key;    /* what is wrong */
  const char *says;   /* what a person is told; NULL for no test of this kind */
  const char *replay; /* what the gateway says to what was sent before; NULL if it does not look */
} Gateway;

static const Gateway gateways[] = {
  { "zj-open-direct.json", "appsecret", "appsecret错误", NULL },
  { "zj-open-jobfair.json", "appsecret", "密钥错误", NULL },
  { "zj-open-jobfair-sm3.json", "appsecret", "密钥错误", NULL },
  { "zj-irs-vacancy.json", "app_secret", "签名错误", NULL },
  { "zj-ding-organizations.json", "app_secret", "签名校验失败", "Nonce已被使用" },
  { "hmac-offset-employers.json", "secret", "签名验证失败", "X-Nonce已被使用" },
  { "sz-open-employers.json", "app_key", "appKey无效", NULL },
  { "cz-open-employers.json", "token", "访问令牌无效", NULL },
  { "oauth2-employers.json", "client_secret", "客户端认证失败", NULL },
  { "x-ca-vacancy.json", "secret", "Invalid Signature", "Nonce Used" },
  { "x-tif-vacancy.json", "token", "签名校验不通过", "nonce重复" },
  { "md5-key-vacancy.json", "secret", "签名错误", "nonce已使用" },
  { "gjgx-employers.json", "app_key", "签名校验失败", NULL },
};

/* A gateway, and what was last sent to it. */
typedef struct
{
  Pulling     pulling;
  ShyService *service;
  char       *method;
  char       *path;
  char       *query;
  GHashTable *headers;
  GBytes     *body;
  guint       refreshed; /* by somebody else */
} Trial;

static void
forget_request (Trial *self)
{
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static void
remember_request (Province *province, const ProvinceRequest *request, gpointer data)
{
  Trial *self = data;

  forget_request (self);
  self->method = g_strdup (request->method);
  self->path = g_strdup (request->path);
  self->query = g_strdup (request->query);
  self->headers = g_hash_table_ref (request->headers);
  self->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
}

static void
set_up (Trial *self, gconstpointer data)
{
  const Gateway      *gateway = data;
  const ProvinceHooks hooks = { .request = remember_request };

  pulling_set_up (&self->pulling, ROWS);
  province_set_hooks (self->pulling.province, &hooks, self);
  self->service = pulling_load (gateway->file);
}

static void
tear_down (Trial *self, gconstpointer data)
{
  g_object_unref (self->service);
  pulling_tear_down (&self->pulling);
  forget_request (self);
}

static ShyPullReport *
pull (Trial *self, GError **error)
{
  return pulling_pull (&self->pulling, self->service, shy_service_get_stream (self->service, 0),
                       error);
}

static void
assert_whole (Trial *self, ShyPullReport *report, GError *error)
{
  g_assert_no_error (error);
  g_assert_cmpstr (report->reason, ==, NULL);
  g_assert_cmpuint (g_hash_table_size (self->pulling.rows), ==, ROWS);
}

static void
test_wrong_key (Trial *self, gconstpointer data)
{
  const Gateway            *gateway = data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShySecrets)    secrets = pulling_keys (&self->pulling, self->service);
  g_autoptr (ShyPullReport) report = NULL;

  shy_secrets_set (secrets, gateway->key, "planted0wrong0secret");
  report = pulling_pull_with (&self->pulling, self->service,
                              shy_service_get_stream (self->service, 0), secrets, &error);
  g_assert_null (report);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  if (strstr (error->message, gateway->says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, gateway->says);
  g_assert_null (strstr (error->message, "planted"));
  g_assert_cmpuint (self->pulling.pages, ==, 0);
}

/* What a pull sent, to the byte, is good once. */
static void
test_replay (Trial *self, gconstpointer data)
{
  const Gateway            *gateway = data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = pull (self, &error);
  ProvinceRequest           again = { self->method, self->path, self->query, self->headers,
                                      self->body };
  g_autoptr (ProvinceReply) reply = NULL;
  g_autoptr (GString)       said = NULL;

  assert_whole (self, report, error);
  province_set_hooks (self->pulling.province, NULL, NULL);
  reply = province_answer (self->pulling.province, &again);
  said = g_string_new_len (g_bytes_get_data (reply->body, NULL),
                           (gssize) g_bytes_get_size (reply->body));
  for (guint i = 1; i < reply->headers->len; i += 2)
    g_string_append (said, g_ptr_array_index (reply->headers, i));
  if (strstr (said->str, gateway->replay) == NULL)
    g_error ("“%s” does not say “%s”", said->str, gateway->replay);
}

/* This computer's clock is wrong; the pull finds out, signs again and says so. */
static void
pull_with_clock (Trial *self, int seconds)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (GString)       notes = g_string_new (NULL);

  province_set_clock_offset (self->pulling.province, seconds);
  report = pull (self, &error);
  assert_whole (self, report, error);
  g_assert_cmpint (ABS (report->skew - seconds), <=, 5);
  for (guint i = 0; i < report->notes->len; i++)
    g_string_append (notes, g_ptr_array_index (report->notes, i));
  g_assert_nonnull (strstr (notes->str, "clock"));
}

static void
test_clock_behind (Trial *self, gconstpointer data)
{
  pull_with_clock (self, OFF_CLOCK);
}

static void
test_clock_ahead (Trial *self, gconstpointer data)
{
  pull_with_clock (self, -OFF_CLOCK);
}

static void
expire_requests (Pulling *self)
{
  if (self->pages == 1)
    province_expire_secrets (self->province, FALSE);
}

static void
expire_all (Pulling *self)
{
  if (self->pages == 1)
    province_expire_secrets (self->province, TRUE);
}

/* A secret that ends earlier than announced, in the middle of a pull. */
static void
test_expired (Trial *self, gconstpointer data)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  self->pulling.after_page = expire_requests;
  report = pull (self, &error);
  assert_whole (self, report, error);
  g_assert_cmpuint (self->pulling.pages, >, 1);
}

#define BY_KEY    "/gateway/app/refreshTokenByKey.htm"
#define BY_SECRET "/gateway/app/refreshTokenBySec.htm"

static void
assert_refreshed (Trial *self, guint by_key, guint by_secret)
{
  g_assert_cmpuint (province_count_requests (self->pulling.province, BY_KEY), ==, by_key);
  g_assert_cmpuint (province_count_requests (self->pulling.province, BY_SECRET), ==, by_secret);
}

/* The secret of requests has ended: the one for refreshing gets a new one. */
static void
test_irs_request_expired (Trial *self, gconstpointer data)
{
  test_expired (self, data);
  assert_refreshed (self, 1, 1);
}

/* Both have ended: the key gets new ones. */
static void
test_irs_all_expired (Trial *self, gconstpointer data)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  self->pulling.after_page = expire_all;
  report = pull (self, &error);
  assert_whole (self, report, error);
  assert_refreshed (self, 2, 1);
}

static char *
refresh_by_key (Province *province)
{
  const char      *key = province_get_key ("zj-irs-vacancy", "app_key");
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, province_get_time_ms (province));
  g_autofree char *text = g_strconcat (key, province_get_key ("zj-irs-vacancy", "app_secret"),
                                       time, NULL);
  g_autofree char *sign = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
  g_autofree char *target = g_strdup_printf (BY_KEY "?appKey=%s&requestTime=%s&sign=%s", key, time,
                                             sign);

  return province_ask (province, "GET", target, NULL, NULL);
}

/* Another program of the bureau refreshes; what ours holds is void. */
static void
refresh_elsewhere (Pulling *self)
{
  g_autofree char *reply = self->pages == 1 ? refresh_by_key (self->province) : NULL;

  g_assert_true (reply == NULL || strstr (reply, "\"00\"") != NULL);
}

static void
test_irs_race_with_others (Trial *self, gconstpointer data)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  self->pulling.after_page = refresh_elsewhere;
  report = pull (self, &error);
  assert_whole (self, report, error);
  assert_refreshed (self, 3, 1);
}

typedef struct
{
  Trial   *trial;
  Pulling  pulling;
  gboolean whole;
} Racer;

static gpointer
race (gpointer data)
{
  Racer                    *self = data;
  g_autoptr (ShyPullReport) report = NULL;

  self->pulling = self->trial->pulling;
  self->pulling.rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify) g_ptr_array_unref);
  report = pulling_pull (&self->pulling, self->trial->service,
                         shy_service_get_stream (self->trial->service, 0), NULL);
  self->whole = report != NULL && report->complete &&
                g_hash_table_size (self->pulling.rows) == ROWS;
  g_hash_table_unref (self->pulling.rows);
  return NULL;
}

/* Two pulls begin at once without secrets: one of them gets them, for both. */
static void
test_irs_race (Trial *self, gconstpointer data)
{
  Racer    racers[2] = { { self }, { self } };
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("racer", race, &racers[i]);
  for (guint i = 0; i < 2; i++)
    {
      g_thread_join (threads[i]);
      g_assert_true (racers[i].whole);
    }
  assert_refreshed (self, 1, 0);
}

static void
add (const char *kind, const Gateway *gateway, void (*test) (Trial *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/protocols/%s/%.*s", kind,
                                           (int) (strlen (gateway->file) - strlen (".json")),
                                           gateway->file);

  g_test_add (path, Trial, gateway, set_up, test, tear_down);
}

static const Gateway *
find (const char *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (gateways); i++)
    if (g_str_equal (gateways[i].file, file))
      return &gateways[i];
  g_assert_not_reached ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (gateways); i++)
    {
      add ("wrong-key", &gateways[i], test_wrong_key);
      add ("clock-behind", &gateways[i], test_clock_behind);
      add ("clock-ahead", &gateways[i], test_clock_ahead);
      if (gateways[i].replay != NULL)
        add ("replay", &gateways[i], test_replay);
    }
  add ("expired", find ("zj-ding-organizations.json"), test_expired);
  add ("expired", find ("oauth2-employers.json"), test_expired);
  add ("expired", find ("gjgx-employers.json"), test_expired);
  add ("expired", find ("zj-irs-vacancy.json"), test_irs_request_expired);
  add ("all-expired", find ("zj-irs-vacancy.json"), test_irs_all_expired);
  add ("race-with-others", find ("zj-irs-vacancy.json"), test_irs_race_with_others);
  add ("race", find ("zj-irs-vacancy.json"), test_irs_race);
  return g_test_run ();
}
