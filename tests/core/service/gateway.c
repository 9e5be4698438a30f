/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway.h"

#include <gcrypt.h>
#include <string.h>

/* By a library, not by what is tested. */
static char *
digest (int kind, const char *text)
{
  guchar   sum[64];
  GString *hex = g_string_new (NULL);

  gcry_check_version (NULL);
  gcry_md_hash_buffer (kind, sum, text, strlen (text));
  for (guint i = 0; i < gcry_md_get_algo_dlen (kind); i++)
    g_string_append_printf (hex, "%02x", sum[i]);
  return g_string_free (hex, FALSE);
}

static char *
hmac_sha256 (const char *key, const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8            sum[32];
  gsize             length = sizeof sum;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, sum, &length);
  return g_base64_encode (sum, length);
}

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_string (node, text);
  return json_to_string (node, FALSE);
}

static char *
job_rows (int page, int size, int unit)
{
  GString *rows = g_string_new ("[");
  int      first = (page - 1) * (unit > 0 ? unit : size);

  for (int i = first; i < MIN (ROWS, first + size); i++)
    g_string_append_printf (rows,
                            "%s{\"ACB330\":\"%d\",\"acb331\":\"招聘会%d\",\"acb333\":"
                            "\"2025-03-01 09:00\",\"gws\":\"1,0%02d\",\"xyz\":null}",
                            rows->len > 1 ? "," : "", i, i, i % 100);
  g_string_append_c (rows, ']');
  return g_string_free (rows, FALSE);
}

static char *
wrap_total (Envelope envelope)
{
  return g_strdup_printf (envelope == ENVELOPE_STATUS ? "{\"status\":1,\"msg\":\"成功\",\"data\":%d}"
                          : envelope == ENVELOPE_ROWS
                            ? "{\"success\":true,\"total\":%d,\"rows\":[]}"
                            : "{\"code\":\"1\",\"data\":{\"count\":%d}}",
                          ROWS);
}

static char *
wrap_rows (Envelope envelope, const char *rows)
{
  g_autofree char *quoted = quote (rows);

  if (envelope == ENVELOPE_STATUS)
    return g_strdup_printf ("{\"status\":1,\"msg\":\"成功\",\"data\":%s}", rows);
  if (envelope == ENVELOPE_ROWS)
    return g_strdup_printf ("{\"success\":true,\"total\":%d,\"rows\":%s}", ROWS, rows);
  return g_strdup_printf ("{\"code\":\"1\",\"data\":{\"pageNum\":1,\"data\":%s}}", quoted);
}

static int
read_number (const char *body, const char *name)
{
  g_autofree char *mark = g_strdup_printf ("\"%s\":\"", name);

  return (int) g_ascii_strtoll (strstr (body, mark) + strlen (mark), NULL, 10);
}

/* Holds the answer to an even page back until the one behind it was asked for too. */
static void
hold (Gateway *self, SoupServerMessage *message, int page, int size)
{
  if (!self->overlap)
    return;
  self->seen[page] = TRUE;
  if (self->held[page - 1] != NULL)
    soup_server_message_unpause (g_steal_pointer (&self->held[page - 1]));
  if (page % 2 != 0 || page * size >= ROWS || self->seen[page + 1])
    return;
  soup_server_message_pause (message);
  self->held[page] = message;
}

static void
answer_gateway (Gateway *self, SoupServerMessage *message, const char *body)
{
  const char            *sign = strstr (body, "&sign=");
  g_autofree char       *unsigned_body = sign != NULL ? g_strndup (body, sign - body) : NULL;
  g_autofree char       *expected = sign != NULL ? digest (GCRY_MD_SM3, unsigned_body) : NULL;
  g_autoptr (GHashTable) form = soup_form_decode (body);
  const char            *interface = g_hash_table_lookup (form, "interface_id");
  g_autofree char       *inner = NULL;
  g_autofree char       *quoted = NULL;
  g_autofree char       *whole = NULL;
  g_autofree char       *rows = NULL;

  if (self->refuse_once > 0)
    {
      self->refuse_once--;
      answer (message, 503, "text/html", "<html>busy</html>");
      return;
    }
  if (expected == NULL || !g_str_equal (expected, sign + strlen ("&sign=")))
    inner = g_strdup ("{\"status\":0,\"msg\":\"验签失败\",\"data\":null}");
  else if (strstr (g_hash_table_lookup (form, "biz_content"), "\"wrong\"") != NULL)
    inner = g_strdup ("{\"status\":0,\"msg\":\"密钥错误\",\"data\":null}");
  else if (g_str_has_suffix (interface, "gettotal"))
    inner = wrap_total (self->envelope);
  else
    {
      const char *content = g_hash_table_lookup (form, "biz_content");
      int         page = read_number (content, "pageNum");
      int         size = read_number (content, "pageSize");

      hold (self, message, page, size);
      rows = page == (int) self->bad_page ? g_strdup ("[") : job_rows (page, size, self->unit);
      inner = wrap_rows (self->envelope, rows);
    }
  quoted = quote (inner);
  whole = g_strdup_printf ("{\"code\":200,\"msg\":\"ok\",\"data\":%s}", quoted);
  answer (message, 200, "application/json;charset=UTF-8", whole);
}

/* The secrets of Z2: secret-N, of which the newest is good. */
static void
answer_token (Gateway *self, SoupServerMessage *message, GHashTable *query, gboolean by_key)
{
  g_autofree char *secret = by_key ? g_strdup ("fixed")
                                   : g_strdup_printf ("refresh-%u", self->rotations);
  g_autofree char *text = g_strconcat (g_hash_table_lookup (query, "appKey"), secret,
                                       g_hash_table_lookup (query, "requestTime"), NULL);
  g_autofree char *sign = digest (GCRY_MD_MD5, text);
  g_autofree char *reply = NULL;
  gint64           now = g_get_real_time () / 1000;

  if (!g_str_equal (sign, g_hash_table_lookup (query, "sign")))
    {
      answer (message, 200, "application/json", "{\"code\":\"03\",\"msg\":\"签名错误\"}");
      return;
    }
  self->rotations++;
  *(by_key ? &self->by_key : &self->by_secret) += 1;
  reply = g_strdup_printf ("{\"code\":\"00\",\"datas\":{\"refreshSecret\":\"refresh-%u\","
                           "\"refreshSecretEndTime\":%" G_GINT64_FORMAT ","
                           "\"requestSecret\":\"secret-%u\",\"requestSecretEndTime\":%"
                           G_GINT64_FORMAT "}}",
                           self->rotations, now + 172800000, self->rotations, now + 900000);
  answer (message, 200, "application/json", reply);
}

static void
answer_question (Gateway *self, SoupServerMessage *message, const char *body)
{
  g_free (self->asked);
  self->asked = g_strdup (body);
  if (self->hangs)
    soup_server_message_pause (message);
  else
    answer (message, self->status != 0 ? self->status : 200, "application/json", self->reply);
}

static void
answer_vacancies (Gateway *self, SoupServerMessage *message, const char *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char    *secret = g_strdup_printf ("secret-%u", self->rotations);
  g_autofree char *text = g_strconcat (soup_message_headers_get_one (headers, "appKey"), secret,
                                       soup_message_headers_get_one (headers, "requestTime"), NULL);
  g_autofree char *sign = digest (GCRY_MD_MD5, text);
  gboolean         first = strstr (body, "\"pageNum\":1,") != NULL;

  if (self->refuse_once > 0 ||
      g_strcmp0 (sign, soup_message_headers_get_one (headers, "sign")) != 0)
    {
      self->refuse_once -= self->refuse_once > 0;
      answer (message, 200, "application/json", "{\"code\":\"14\",\"msg\":\"签名错误\"}");
      return;
    }
  if (self->reply != NULL)
    answer_question (self, message, body);
  else if (strstr (body, "\"startDate\":\"20241227\",\"endDate\":\"20250104\"") != NULL && first)
    answer (message, 200, "application/json",
            "{\"code\":\"00\",\"totalDataCount\":0,\"datas\":\"[{\\\"acb210\\\":\\\"v1\\\","
            "\\\"aca112\\\":\\\"茶叶技术员\\\",\\\"acb240\\\":\\\"3\\\",\\\"aac011\\\":21,"
            "\\\"aae396\\\":\\\"20250102030405\\\"}]\"}");
  else
    answer (message, 200, "application/json", "{\"code\":\"00\",\"datas\":null}");
}

/* One row, or none behind it. */
static void
answer_update (SoupServerMessage *message, GHashTable *query, const char *update)
{
  gboolean         first = g_str_equal (g_hash_table_lookup (query, "STARTNUM"), "0");
  g_autofree char *rows = g_strdup_printf ("{\"code\":\"200\",\"data\":[%s]}",
                                           first && update != NULL ? update : "");

  answer (message, 200, "application/json", rows);
}

static void
append_employer (Gateway *self, GString *rows, guint number)
{
  g_autofree char *name = self->masked ? g_strdup ("*") : g_strdup_printf ("%u", number);
  gboolean         again = self->repeats > 0 && number % self->repeats == self->repeats - 1;

  g_string_append_printf (rows,
                          "%s{\"TYSHXYDM\":\"91330822MA2%06uX\",\"qymc\":\"农业公司%s\",\"jb\":"
                          "\"%.*u\",\"rdnf\":%u,\"S_LAST_UPDATETIME\":1735689600000%s}",
                          rows->str[rows->len - 1] == '}' ? "," : "", number - again, name,
                          self->emptied ? 0 : 1, self->emptied ? 0 : number % 4 + 1,
                          2021 + self->years, self->emptied ? ",\"xin\":1" : "");
}

static void
answer_employers (Gateway *self, SoupServerMessage *message, GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char    *text = g_strconcat (soup_message_headers_get_one (headers, "X-Client-Id"),
                                          soup_message_headers_get_one (headers, "X-Timestamp"),
                                          soup_message_headers_get_one (headers, "X-Nonce"), NULL);
  g_autofree char    *sign = hmac_sha256 ("s3cret", text);
  guint              start = (guint) g_ascii_strtoull (g_hash_table_lookup (query, "STARTNUM"),
                                                       NULL, 10);
  guint              size = (guint) g_ascii_strtoull (g_hash_table_lookup (query, "PAGENUM"), NULL,
                                                      10);
  g_autoptr (GString) rows = g_string_new ("{\"code\":\"200\",\"data\":[");

  if (g_strcmp0 (sign, soup_message_headers_get_one (headers, "X-Signature")) != 0)
    {
      answer (message, 200, "application/json", "{\"code\":500,\"msg\":\"请求者标识不存在\"}");
      return;
    }
  if (self->etag != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag",
                                  self->etag);
  if (self->etag != NULL &&
      g_strcmp0 (self->etag, soup_message_headers_get_one (headers, "If-None-Match")) == 0)
    {
      soup_server_message_set_status (message, 304, NULL);
      return;
    }
  start = self->same_page ? 0 : start;
  size = self->capped > 0 ? MIN (self->capped, size) : size;
  if (self->lists && start == 0)
    g_string_append (rows, "[\"TYSHXYDM\",\"qymc\",\"jb\"]");
  for (guint i = start; self->lists && i < MIN (self->rows, start + size); i++)
    g_string_append_printf (rows, "%s[\"91330822MA2%06uX\",\"农业公司%u\",\"%u\"]",
                            rows->str[rows->len - 1] == ']' ? "," : "", i, i, i % 4 + 1);
  for (guint i = start; !self->lists && i < MIN (self->rows, start + size); i++)
    append_employer (self, rows, i);
  g_string_append (rows, "]}");
  answer (message, 200, "application/json", rows->str);
}

/* Signs seven members of a form in the order of the alphabet. */
static char *
sign_as_family (Gateway *self, const char *body)
{
  static const char *const names[] = { "app_id", "biz_content", "charset",  "interface_id",
                                       "origin", "timestamp",   "version" };
  g_autoptr (GHashTable) form = soup_form_decode (body);
  g_autoptr (GString)    text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", names[i],
                            (char *) g_hash_table_lookup (form, names[i]));
  if (self->quoted)
    g_string_replace (text, "\"", "&quot;", 0);
  return digest (GCRY_MD_SM3, text->str);
}

static void
note_address (Gateway *self, SoupServerMessage *message)
{
  g_autofree char *before = self->addresses;
  g_autofree char *address = g_uri_to_string (soup_server_message_get_uri (message));

  self->addresses = g_strconcat (before != NULL ? before : "", address, "\n", NULL);
}

static void
answer_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
           gpointer data)
{
  Gateway           *self = data;
  SoupMessageBody   *sent = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) flat = soup_message_body_flatten (sent);
  g_autofree char   *body = g_strndup (g_bytes_get_data (flat, NULL), g_bytes_get_size (flat));
  g_autofree char   *sign = self->family ? sign_as_family (self, body)
                                         : digest (GCRY_MD_SM3, body);
  g_autofree char   *line = g_strconcat (sign, "\n", NULL);

  g_atomic_int_inc (&self->hits);
  note_address (self, message);
  if (g_str_equal (path, "/jimp/sign/createsign.do"))
    answer (message, 200, self->sign_type != NULL ? self->sign_type : "text/plain",
            self->sign_page != NULL ? self->sign_page : line);
  else if (g_str_equal (path, "/interface/gateway.do"))
    answer_gateway (self, message, body);
  else if (g_str_equal (path, "/gateway/app/refreshTokenByKey.htm"))
    answer_token (self, message, query, TRUE);
  else if (g_str_equal (path, "/gateway/app/refreshTokenBySec.htm"))
    answer_token (self, message, query, FALSE);
  else if (g_str_equal (path, "/gateway/api/1/nyltqy"))
    answer_employers (self, message, query);
  else if (g_str_equal (path, "/gateway/api/1/zcb"))
    answer_update (message, query, self->packs);
  else if (g_str_equal (path, "/gateway/api/1/gzrl"))
    answer_update (message, query, self->calendars);
  else if (g_str_equal (path, "/lookup"))
    answer_question (self, message, body);
  else
    answer_vacancies (self, message, body);
}

static gpointer
serve (gpointer data)
{
  Gateway                 *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  GSList                  *uris;

  g_main_context_push_thread_default (context);
  self->server = soup_server_new ("server-header", "test", NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->lock);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  self->loop = g_main_loop_new (context, FALSE);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

void
gateway_set_up (Gateway *self, gconstpointer data)
{
  self->rows = EMPLOYERS;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("gateway", serve, self);
  g_mutex_lock (&self->lock);
  while (self->base == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
gateway_tear_down (Gateway *self, gconstpointer data)
{
  GSource *source = g_idle_source_new ();

  /* The loop may not run yet, so it is ended from inside. */
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_source_unref (source);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_free (self->base);
  g_free (self->asked);
  g_free (self->addresses);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
}
