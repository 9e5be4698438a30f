/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* The Shandong family: four headers, one HMAC; rows by offset or by page; one-record queries. */

#define SERVICE     "hmac-offset-employers"
#define TIME_WINDOW (10 * MINUTES_MS)
#define MOST_ROWS   1000

static ProvinceReply *
refuse (int code, const char *message)
{
  return province_reply_json ("{\"code\":%d,\"msg\":\"%s\",\"data\":null}", code, message);
}

/* (nullable): the refusal */
static ProvinceReply *
refuse_request (Province *self, const ProvinceRequest *request)
{
  const char      *id = province_header (request, "X-Client-Id");
  const char      *time = province_header (request, "X-Timestamp");
  const char      *nonce = province_header (request, "X-Nonce");
  const char      *signature = province_header (request, "X-Signature");
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (id == NULL || time == NULL || nonce == NULL || signature == NULL)
    return refuse (401, "请求头参数不完整");
  if (!province_is_key (SERVICE, "client_id", id))
    return refuse (401, "请求者标识不存在");
  if (!province_is_timely (self, time, TIME_WINDOW))
    return refuse (402, "时间戳已过期");
  text = g_strconcat (id, time, nonce, NULL);
  expected = province_hmac_base64 (province_get_key (SERVICE, "secret"), text);
  if (!g_str_equal (expected, signature))
    return refuse (403, "签名验证失败");
  if (!province_use_nonce (self, SERVICE, nonce))
    return refuse (405, "重复请求，X-Nonce已被使用");
  return NULL;
}

/* By STARTNUM, the first row from 0, or PAGE or pageNo from 1. PAGENUM is the size. */
static ProvincePage
open_page (Province *self, ProvinceTable table, GHashTable *query)
{
  const char *page = g_hash_table_lookup (query, "PAGE");
  const char *size_text = g_hash_table_lookup (query, "PAGENUM");
  guint64     size;
  guint64     first;

  if (page == NULL)
    page = g_hash_table_lookup (query, "pageNo");
  if (size_text == NULL)
    size_text = g_hash_table_lookup (query, "pageSize");
  size = (guint64) CLAMP (province_number (size_text, 10), 1, MOST_ROWS);
  first = page != NULL ? (guint64) (MAX (province_number (page, 1), 1) - 1) * size
                       : (guint64) MAX (province_number (g_hash_table_lookup (query, "STARTNUM"),
                                                         0), 0);
  return province_open_page (self, table, first, size);
}

/* Agribusiness leaders come as text with a list inside, as one service does it. */
static ProvinceReply *
give_rows (Province *self, const ProvincePage *page)
{
  GString            *body = g_string_new ("{\"code\":200,\"msg\":\"成功\",\"data\":");
  g_autoptr (GString) rows = g_string_new ("{\"list\":");

  province_write_rows (self, page, NAMES_INITIALS, EMPTY_NULL, rows);
  g_string_append_c (rows, '}');
  if (page->table == PROVINCE_AGRI_LEADER)
    province_quote (body, rows->str);
  else
    g_string_append_len (body, rows->str, (gssize) rows->len);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}

static ProvinceReply *
give_updates (Province *self, const char *name, GHashTable *query)
{
  GString *body = g_string_new ("{\"code\":200,\"msg\":\"成功\",\"data\":");

  /* There are fewer than a page. */
  if (province_number (g_hash_table_lookup (query, "STARTNUM"), 0) > 0)
    g_string_append (body, "[]");
  else
    province_write_updates (self, name, body);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}

/* /gateway/api/1/{name}, and …/get_data_count */
ProvinceReply *
province_answer_hmac (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  g_auto (GStrv)         parts = g_strsplit (request->path + strlen ("/gateway/api/1/"), "/", -1);
  ProvinceReply         *refusal = refuse_request (self, request);
  g_autofree char       *found = NULL;
  ProvinceTable          table;
  ProvincePage           page;

  if (refusal != NULL)
    return refusal;
  if (parts[0] != NULL && province_is_lookup (parts[0]))
    {
      found = province_look_up (self, parts[0], g_hash_table_lookup (query, "tyshxydm"),
                                g_hash_table_lookup (query, "zjhm"),
                                g_hash_table_lookup (query, "zsbh"));
      return found != NULL ? province_reply_json ("{\"code\":200,\"msg\":\"成功\",\"data\":%s}",
                                                  found)
                           : refuse (400, "缺少查询参数");
    }
  if (parts[0] != NULL && province_is_update (parts[0]))
    return give_updates (self, parts[0], query);
  if (!province_find_table (parts[0], &table))
    return refuse (404, "接口不存在或未授权");
  page = open_page (self, table, query);
  if (g_strcmp0 (parts[1], "get_data_count") == 0)
    return province_reply_json ("{\"code\":200,\"msg\":\"成功\",\"data\":%" G_GUINT64_FORMAT "}",
                                page.total);
  return give_rows (self, &page);
}
