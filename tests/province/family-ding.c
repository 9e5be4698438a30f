/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Z3, the dingtalk of the administration: signed headers, and a token that is a parameter. */

#define SERVICE        "zj-ding-organizations"
#define TIME_WINDOW    (15 * MINUTES_MS)
#define TOKEN_LIFETIME (2 * HOURS_MS)
#define MOST_ROWS      100

static ProvinceReply *
refuse (guint status, const char *code, const char *message)
{
  GString *body = g_string_new (NULL);

  g_string_printf (body,
                   "{\"success\":false,\"Code\":\"%s\",\"Message\":\"%s\",\"bizErrorCode\":\"%s\","
                   "\"_RequestId\":\"sample\"}", code, message, code);
  return province_reply_new (status, PROVINCE_JSON, body);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Whole pairs sorted, values as they are. */
static char *
join_parameters (GHashTable *parameters)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter        iter;
  gpointer              name;
  gpointer              value;

  g_hash_table_iter_init (&iter, parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_ptr_array_add (pairs, g_strconcat (name, "=", value, NULL));
  g_ptr_array_sort (pairs, compare_texts);
  g_ptr_array_add (pairs, NULL);
  return g_strjoinv ("&", (char **) pairs->pdata);
}

static gboolean
is_signed (const ProvinceRequest *request, GHashTable *parameters, const char *time,
           const char *nonce)
{
  g_autofree char *joined = join_parameters (parameters);
  g_autofree char *text = g_strconcat (request->method, "\n", time, "\n", nonce, "\n",
                                       request->path, *joined != '\0' ? "\n" : "", joined, NULL);
  g_autofree char *expected = province_hmac_base64 (province_get_key (SERVICE, "app_secret"), text);

  return g_strcmp0 (expected, province_header (request, "X-Hmac-Auth-Signature")) == 0;
}

/* (nullable): the refusal */
static ProvinceReply *
refuse_request (Province *self, const ProvinceRequest *request, GHashTable *parameters)
{
  const char           *time = province_header (request, "X-Hmac-Auth-Timestamp");
  const char           *nonce = province_header (request, "X-Hmac-Auth-Nonce");
  g_autoptr (GDateTime) at = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;
  g_autofree char      *at_ms = NULL;

  if (!province_is_key (SERVICE, "app_key", province_header (request, "apiKey")))
    return refuse (400, "InvalidApiKey", "apiKey不存在");
  if (g_strcmp0 (province_header (request, "X-Hmac-Auth-Version"), "1.0") != 0 || at == NULL ||
      nonce == NULL || strlen (nonce) < 17)
    return refuse (400, "MissingHeader", "缺少签名头");
  at_ms = g_strdup_printf ("%" G_GINT64_FORMAT, g_date_time_to_unix (at) * 1000);
  if (!province_is_timely (self, at_ms, TIME_WINDOW))
    return refuse (400, "InvalidTimestamp", "请求时间戳已过期");
  if (!is_signed (request, parameters, time, nonce))
    return refuse (403, "InvalidSignature", "签名校验失败");
  if (!province_use_nonce (self, SERVICE, nonce))
    return refuse (400, "NonceUsed", "请求重放，Nonce已被使用");
  return NULL;
}

static ProvinceReply *
give_token (Province *self, GHashTable *parameters)
{
  if (!province_is_key (SERVICE, "app_key", g_hash_table_lookup (parameters, "appkey")) ||
      !province_is_key (SERVICE, "app_secret", g_hash_table_lookup (parameters, "appsecret")))
    return refuse (200, "InvalidAppSecret", "appkey或appsecret不正确");
  province_lease_renew (self, &self->ding_token, TOKEN_LIFETIME);
  return province_reply_json ("{\"success\":true,\"content\":{\"data\":{\"accessToken\":\"%s\","
                              "\"expiresIn\":7200},\"success\":true,\"responseMessage\":\"OK\","
                              "\"responseCode\":\"0\"}}", self->ding_token.text);
}

static ProvinceReply *
give_organizations (Province *self, GHashTable *parameters)
{
  const char  *token = g_hash_table_lookup (parameters, "access_token");
  gint64       number = province_number (g_hash_table_lookup (parameters, "pageNo"), 1);
  gint64       size = province_number (g_hash_table_lookup (parameters, "pageSize"), 20);
  ProvincePage page;
  GString     *body;

  if (g_strcmp0 (token, self->ding_token.text) != 0 || token == NULL ||
      !province_lease_is_live (self, &self->ding_token))
    return refuse (200, "InvalidAccessToken", "access_token不合法或已失效(Token)");
  if (!province_is_key (SERVICE, "tenant_id", g_hash_table_lookup (parameters, "tenantId")))
    return refuse (200, "InvalidTenant", "租户不存在");
  size = CLAMP (size, 1, MOST_ROWS);
  page = province_open_page (self, PROVINCE_ORGANIZATION, (guint64) ((MAX (number, 1) - 1) * size),
                             (guint64) size);
  body = g_string_new ("{\"success\":true,\"content\":{\"data\":");
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append_printf (body,
                          ",\"success\":true,\"responseMessage\":\"OK\",\"responseCode\":\"0\","
                          "\"totalSize\":%" G_GUINT64_FORMAT ",\"currentPage\":%" G_GINT64_FORMAT
                          ",\"pageSize\":%" G_GINT64_FORMAT "}}",
                          page.total, number, size);
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* /gettoken.json and /mozi/organization/pageSubOrganizationCodes */
ProvinceReply *
province_answer_ding (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) parameters = g_str_equal (request->method, "POST")
                                        ? province_parse_body (request)
                                        : province_parse_query (request);
  ProvinceReply         *refusal = refuse_request (self, request, parameters);

  if (refusal != NULL)
    return refusal;
  return g_str_equal (request->path, "/gettoken.json") ? give_token (self, parameters)
                                                       : give_organizations (self, parameters);
}
