/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Gateways that have a text signed with a key: X-Ca, x-tif, and sorted parameters with MD5. */

#define MOST_ROWS 1000

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of a table, sorted. */
static GPtrArray *
sort_names (GHashTable *table)
{
  GPtrArray     *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_texts);
  return names;
}

/* X-Ca */

#define CA_SERVICE "x-ca-vacancy"
#define CA_WINDOW  (15 * MINUTES_MS)

/* The reason stands in a header; the text that was to be signed without its line ends. */
static ProvinceReply *
refuse_ca (guint status, const char *reason)
{
  ProvinceReply   *reply = province_reply_text (status, PROVINCE_JSON, "");
  g_auto (GStrv)   lines = g_strsplit (reason, "\n", -1);
  g_autofree char *line = g_strjoinv ("", lines);

  province_reply_add_header (reply, "X-Ca-Error-Message", line);
  return reply;
}

static void
put_line (const ProvinceRequest *request, const char *name, GString *out)
{
  const char *value = province_header (request, name);

  g_string_append_printf (out, "%s\n", value != NULL ? value : "");
}

static void
put_ca_headers (const ProvinceRequest *request, GString *out)
{
  const char     *listed = province_header (request, "X-Ca-Signature-Headers");
  g_auto (GStrv)  names = g_strsplit (listed != NULL ? listed : "", ",", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (sorted, g_strstrip (names[i]));
  g_ptr_array_sort (sorted, compare_texts);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *name = g_ptr_array_index (sorted, i);
      const char *value = province_header (request, name);

      g_string_append_printf (out, "%s:%s\n", name, value != NULL ? value : "");
    }
}

static gboolean
is_form (const ProvinceRequest *request)
{
  const char *type = province_header (request, "Content-Type");

  return type != NULL && g_str_has_prefix (type, "application/x-www-form-urlencoded");
}

static void
put_ca_path (const ProvinceRequest *request, GString *out)
{
  g_autoptr (GHashTable) all = province_parse_query (request);
  g_autoptr (GHashTable) form = is_form (request) ? province_parse_body (request) : NULL;
  g_autoptr (GPtrArray)  names = NULL;
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;

  g_string_append (out, request->path);
  if (form != NULL)
    {
      g_hash_table_iter_init (&iter, form);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_replace (all, g_strdup (name), g_strdup (value));
    }
  names = sort_names (all);
  for (guint i = 0; i < names->len; i++)
    {
      const char *text = g_hash_table_lookup (all, g_ptr_array_index (names, i));

      g_string_append_printf (out, "%c%s", i == 0 ? '?' : '&',
                              (const char *) g_ptr_array_index (names, i));
      if (*text != '\0')
        g_string_append_printf (out, "=%s", text);
    }
}

static char *
make_ca_text (const ProvinceRequest *request)
{
  GString *text = g_string_new (request->method);

  g_string_append_c (text, '\n');
  put_line (request, "Accept", text);
  put_line (request, "Content-MD5", text);
  put_line (request, "Content-Type", text);
  put_line (request, "Date", text);
  put_ca_headers (request, text);
  put_ca_path (request, text);
  return g_string_free (text, FALSE);
}

/* (nullable): the refusal */
static ProvinceReply *
refuse_ca_request (Province *self, const ProvinceRequest *request)
{
  g_autofree char *text = make_ca_text (request);
  g_autofree char *expected = province_hmac_base64 (province_get_key (CA_SERVICE, "secret"), text);
  g_autofree char *reason = g_strdup_printf ("Invalid Signature, Server StringToSign:`%s`", text);
  const char      *nonce = province_header (request, "X-Ca-Nonce");

  if (!province_is_key (CA_SERVICE, "app_key", province_header (request, "X-Ca-Key")))
    return refuse_ca (400, "Invalid AppKey");
  if (g_strcmp0 (expected, province_header (request, "X-Ca-Signature")) != 0)
    return refuse_ca (403, reason);
  if (!province_is_timely (self, province_header (request, "X-Ca-Timestamp"), CA_WINDOW))
    return refuse_ca (400, "Timestamp Expired");
  if (nonce == NULL || !province_use_nonce (self, CA_SERVICE, nonce))
    return refuse_ca (400, "Nonce Used");
  return NULL;
}

/* /ca/{name} */
ProvinceReply *
province_answer_ca (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  ProvinceReply         *refusal = refuse_ca_request (self, request);
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (refusal != NULL)
    return refusal;
  if (!province_find_table (request->path, &table))
    return refuse_ca (404, "Invalid Url");
  page = province_open_numbered (self, table, g_hash_table_lookup (query, "page"),
                                 g_hash_table_lookup (query, "size"), MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"code\":\"0\",\"msg\":\"success\",\"data\":{\"total\":%"
                   G_GUINT64_FORMAT ",\"rows\":", page.total);
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append (body, "}}");
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* x-tif */

#define TIF_SERVICE "x-tif-vacancy"
#define TIF_WINDOW  (10 * MINUTES_MS)

static ProvinceReply *
refuse_tif (int code, const char *message)
{
  return province_reply_json ("{\"code\":%d,\"message\":\"%s\",\"data\":null}", code, message);
}

/* (nullable): the refusal */
static ProvinceReply *
refuse_tif_request (Province *self, const ProvinceRequest *request)
{
  const char      *time = province_header (request, "x-tif-timestamp");
  const char      *nonce = province_header (request, "x-tif-nonce");
  const char      *signature = province_header (request, "x-tif-signature");
  g_autofree char *time_ms = g_strconcat (time != NULL ? time : "", "000", NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (time == NULL || nonce == NULL || signature == NULL)
    return refuse_tif (11001, "鉴权请求头缺失");
  if (!province_is_key (TIF_SERVICE, "paasid", province_header (request, "x-tif-paasid")))
    return refuse_tif (11002, "paasid不存在");
  if (!province_is_timely (self, time_ms, TIF_WINDOW))
    return refuse_tif (11003, "时间戳已过期");
  text = g_strconcat (time, province_get_key (TIF_SERVICE, "token"), nonce, time, NULL);
  expected = province_hash (G_CHECKSUM_SHA256, text);
  if (g_ascii_strcasecmp (expected, signature) != 0)
    return refuse_tif (11004, "签名校验不通过");
  if (!province_use_nonce (self, TIF_SERVICE, nonce))
    return refuse_tif (11005, "nonce重复，请求被拒绝");
  return NULL;
}

/* /tif/{name} */
ProvinceReply *
province_answer_tif (Province *self, const ProvinceRequest *request)
{
  g_autoptr (JsonObject) json = province_json_body (request);
  g_autofree char       *number = province_member (json, "pageNo");
  g_autofree char       *size = province_member (json, "pageSize");
  ProvinceReply         *refusal = refuse_tif_request (self, request);
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (refusal != NULL)
    return refusal;
  if (!province_find_table (request->path, &table))
    return refuse_tif (11006, "服务不存在");
  page = province_open_numbered (self, table, number, size, MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"code\":200,\"message\":\"ok\",\"data\":{\"total\":%" G_GUINT64_FORMAT
                   ",\"list\":", page.total);
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append (body, "}}");
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* Sorted parameters, "&key=", MD5 */

#define MD5_SERVICE "md5-key-vacancy"
#define MD5_WINDOW  (10 * MINUTES_MS)

static ProvinceReply *
refuse_md5 (int code, const char *message)
{
  return province_reply_json ("{\"code\":%d,\"success\":false,\"msg\":\"%s\"}", code, message);
}

static char *
make_md5 (GHashTable *query)
{
  g_autoptr (GPtrArray) names = sort_names (query);
  g_autoptr (GString)   text = g_string_new (NULL);
  g_autofree char      *sum = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *value = g_hash_table_lookup (query, name);

      if (!g_str_equal (name, "sign") && *value != '\0')
        g_string_append_printf (text, "%s=%s&", name, value);
    }
  g_string_append_printf (text, "key=%s", province_get_key (MD5_SERVICE, "secret"));
  sum = province_hash (G_CHECKSUM_MD5, text->str);
  return g_ascii_strup (sum, -1);
}

/* (nullable): the refusal */
static ProvinceReply *
refuse_md5_request (Province *self, GHashTable *query)
{
  g_autofree char *expected = make_md5 (query);
  const char      *nonce = g_hash_table_lookup (query, "nonce");

  if (!province_is_key (MD5_SERVICE, "app_key", g_hash_table_lookup (query, "appkey")))
    return refuse_md5 (1001, "appkey不存在");
  if (g_strcmp0 (expected, g_hash_table_lookup (query, "sign")) != 0)
    return refuse_md5 (1002, "签名错误");
  if (!province_is_timely (self, g_hash_table_lookup (query, "timestamp"), MD5_WINDOW))
    return refuse_md5 (1003, "时间戳已过期");
  if (nonce == NULL || !province_use_nonce (self, MD5_SERVICE, nonce))
    return refuse_md5 (1004, "请求重复，nonce已使用");
  return NULL;
}

/* /md5/{name} */
ProvinceReply *
province_answer_md5 (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  ProvinceReply         *refusal = refuse_md5_request (self, query);
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (refusal != NULL)
    return refusal;
  if (!province_find_table (request->path, &table))
    return refuse_md5 (1005, "接口不存在");
  page = province_open_numbered (self, table, g_hash_table_lookup (query, "page"),
                                 g_hash_table_lookup (query, "size"), MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"code\":200,\"success\":true,\"msg\":\"ok\",\"totalCount\":%"
                   G_GUINT64_FORMAT ",\"rows\":", page.total);
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}
