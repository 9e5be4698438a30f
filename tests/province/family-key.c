/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Keys in clear: Shenzhen's in the query, Changzhou's bearer, and OAuth2. */

/* Shenzhen */

#define SZ_MOST_ROWS 10000

/* /api/{dataset}/1/service.xhtml: what is empty is left out. */
ProvinceReply *
province_answer_shenzhen (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) form = province_parse_body (request);
  g_auto (GStrv)         parts = g_strsplit (request->path, "/", -1);
  const char            *agent = province_header (request, "User-Agent");
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (agent == NULL || strstr (agent, "Mozilla") == NULL)
    return province_reply_text (403, "text/html;charset=UTF-8",
                                "<html><body>访问被拒绝</body></html>");
  if (!province_is_key ("sz-open-employers", "app_key", g_hash_table_lookup (form, "appKey")))
    return province_reply_json ("{\"errorCode\":\"10001\",\"message\":\"appKey无效或未授权\"}");
  if (g_strv_length (parts) != 5 || !province_find_table (parts[2], &table))
    return province_reply_json ("{\"errorCode\":\"10004\",\"message\":\"接口不存在\"}");
  page = province_open_numbered (self, table, g_hash_table_lookup (form, "page"),
                                 g_hash_table_lookup (form, "rows"), SZ_MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"total\":%" G_GUINT64_FORMAT ",\"data\":", page.total);
  province_write_rows (self, &page, NAMES_INITIALS, EMPTY_OMITTED, body);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* Changzhou */

#define CZ_MOST_ROWS 500

static ProvinceReply *
refuse_changzhou (int code, const char *message)
{
  return province_reply_json ("{\"errcode\":%d,\"errmsg\":\"%s\",\"result\":\"fail\"}", code,
                              message);
}

static gboolean
has_bearer (const ProvinceRequest *request, const char *token)
{
  const char *header = province_header (request, "Authorization");

  return header != NULL && token != NULL && g_str_has_prefix (header, "Bearer ") &&
         g_str_equal (header + strlen ("Bearer "), token);
}

/* /api.php?op=openapi&a=service&resid=…: the rows come as text. */
ProvinceReply *
province_answer_changzhou (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  g_autoptr (GString)    rows = g_string_new (NULL);
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (!has_bearer (request, province_get_key ("cz-open-employers", "token")))
    return refuse_changzhou (10002, "无效的访问令牌");
  if (g_strcmp0 (g_hash_table_lookup (query, "op"), "openapi") != 0 ||
      g_strcmp0 (g_hash_table_lookup (query, "a"), "service") != 0 ||
      !province_find_table (g_hash_table_lookup (query, "resid"), &table))
    return refuse_changzhou (10008, "参数错误");
  page = province_open_numbered (self, table, g_hash_table_lookup (query, "page"),
                                 g_hash_table_lookup (query, "rows"), CZ_MOST_ROWS);
  province_write_rows (self, &page, NAMES_CHINESE, EMPTY_TEXT, rows);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"errcode\":0,\"errmsg\":\"\",\"result\":\"success\",\"totalrecords\":\"%"
                   G_GUINT64_FORMAT "\",\"data\":", page.total);
  province_quote (body, rows->str);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* OAuth2, RFC 6749 §4.4 */

#define OAUTH_SERVICE   "oauth2-employers"
#define OAUTH_LIFETIME  (2 * HOURS_MS)
#define OAUTH_MOST_ROWS 1000

ProvinceReply *
province_answer_oauth_token (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) form = province_parse_body (request);
  GString               *body;

  if (g_strcmp0 (g_hash_table_lookup (form, "grant_type"), "client_credentials") != 0)
    return province_reply_text (400, PROVINCE_JSON, "{\"error\":\"unsupported_grant_type\"}");
  if (!province_is_key (OAUTH_SERVICE, "client_id", g_hash_table_lookup (form, "client_id")) ||
      !province_is_key (OAUTH_SERVICE, "client_secret",
                        g_hash_table_lookup (form, "client_secret")))
    return province_reply_text (401, PROVINCE_JSON, "{\"error\":\"invalid_client\","
                                "\"error_description\":\"客户端认证失败\"}");
  province_lease_renew (self, &self->oauth_token, OAUTH_LIFETIME);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":7200}",
                   self->oauth_token.text);
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* /open/v1/{name} */
ProvinceReply *
province_answer_oauth (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (!province_lease_is_live (self, &self->oauth_token) ||
      !has_bearer (request, self->oauth_token.text))
    return province_reply_text (401, PROVINCE_JSON,
                                "{\"code\":401,\"msg\":\"access_token无效或已过期\"}");
  if (!province_find_table (request->path, &table))
    return province_reply_json ("{\"code\":404,\"msg\":\"接口不存在\"}");
  page = province_open_numbered (self, table, g_hash_table_lookup (query, "page"),
                                 g_hash_table_lookup (query, "size"), OAUTH_MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"code\":0,\"msg\":\"success\",\"total\":%" G_GUINT64_FORMAT ",\"data\":",
                   page.total);
  province_write_rows (self, &page, NAMES_INITIALS, EMPTY_NULL, body);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}
