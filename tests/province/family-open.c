/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Zhejiang's open data: Z0, the direct addresses, and Z1, the gateway with its sign service. */

#define MOST_ROWS   200 /* of a page, whatever is asked for */
#define SIGN_WINDOW (15 * MINUTES_MS)

/* Z0 */

static ProvinceReply *
fail_direct (const char *message)
{
  return province_reply_json ("{\"status\":0,\"msg\":\"%s\",\"data\":null}", message);
}

static ProvinceReply *
give_direct_rows (Province *self, ProvinceTable table, GHashTable *form)
{
  ProvincePage page = province_open_numbered (self, table, g_hash_table_lookup (form, "pageNum"),
                                              g_hash_table_lookup (form, "pageSize"), MOST_ROWS);
  GString     *body = g_string_new ("{\"status\":1,\"msg\":\"操作成功\",\"data\":");

  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append_c (body, '}');
  return province_reply_new (200, PROVINCE_JSON, body);
}

static ProvinceReply *
give_update_date (Province *self)
{
  gint64                last = self->first_day + self->days - 1;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (last * 24 * 3600);
  g_autofree char      *text = g_date_time_format (day, "%Y-%m-%d");

  return province_reply_json ("{\"status\":1,\"msg\":\"操作成功\",\"data\":\"%s\"}", text);
}

/* /jdop_front/interfaces/cata_N/get_total.do, get_data.do or get_dataupdate_date.do */
ProvinceReply *
province_answer_direct (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) form = province_parse_body (request);
  g_auto (GStrv)         parts = g_strsplit (request->path, "/", -1);
  ProvinceTable          table;

  if (g_strv_length (parts) != 5 || !g_str_has_prefix (parts[3], "cata_") ||
      !province_find_table (parts[3], &table))
    return fail_direct ("接口不存在或未发布");
  if (!province_is_key ("zj-open-direct", "appsecret", g_hash_table_lookup (form, "appsecret")))
    return fail_direct ("appsecret错误或未授权访问该接口");
  if (g_str_equal (parts[4], "get_total.do"))
    {
      ProvincePage all = province_open_page (self, table, 0, self->rows);

      return province_reply_json ("{\"status\":1,\"msg\":\"操作成功\",\"data\":%" G_GUINT64_FORMAT
                                  "}", all.total);
    }
  if (g_str_equal (parts[4], "get_data.do"))
    return give_direct_rows (self, table, form);
  if (g_str_equal (parts[4], "get_dataupdate_date.do"))
    return give_update_date (self);
  return fail_direct ("接口不存在或未发布");
}

/* Z1 */

/* The JAGS rule: seven members by name, without those that are empty, and no key. */
static char *
make_sign (GHashTable *form)
{
  static const char *const members[] = { "app_id", "biz_content", "charset", "interface_id",
                                         "origin", "timestamp", "version" };
  g_autoptr (GString)      text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = g_hash_table_lookup (form, members[i]);

      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "&" : "", members[i], value);
    }
  return province_sm3 (text->str);
}

/* The sign service answers with bare text and a line end. */
ProvinceReply *
province_answer_sign (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) form = province_parse_body (request);
  g_autofree char       *sign = make_sign (form);
  g_autofree char       *line = g_strconcat (sign, "\n", NULL);

  if (g_hash_table_lookup (form, "app_id") == NULL ||
      g_hash_table_lookup (form, "timestamp") == NULL)
    return province_reply_text (200, "text/plain;charset=UTF-8", "");
  return province_reply_text (200, "text/plain;charset=UTF-8", line);
}

/* Puts the inner document into the outer one as text. */
static ProvinceReply *
wrap (GString *inner)
{
  GString *body = g_string_sized_new (inner->len * 5 / 4 + 64);

  g_string_append (body, "{\"code\":200,\"msg\":\"操作成功\",\"data\":");
  province_quote (body, inner->str);
  g_string_append_c (body, '}');
  g_string_free (inner, TRUE);
  return province_reply_new (200, PROVINCE_JSON, body);
}

static ProvinceReply *
fail_gateway (const char *message)
{
  GString *inner = g_string_new (NULL);

  g_string_printf (inner, "{\"status\":0,\"msg\":\"%s\",\"data\":null}", message);
  return wrap (inner);
}

/* Three kinds of inner document were seen, by city. */
typedef enum
{
  INNER_DOCUMENTED, /* {"status": 1, "data": …} */
  INNER_HANGZHOU,   /* {"success": true, "total": n, "rows": […]} */
  INNER_SHAOXING,   /* {"code": "1", "data": {"data": "[…]"}}: text in text in text */
} Inner;

static Inner
find_inner (const char *interface)
{
  if (g_str_has_prefix (interface, "hz"))
    return INNER_HANGZHOU;
  if (g_str_has_prefix (interface, "sx") || g_str_has_prefix (interface, "ls"))
    return INNER_SHAOXING;
  return INNER_DOCUMENTED;
}

static ProvinceReply *
give_total (const ProvincePage *page, Inner inner)
{
  static const char *const forms[] = {
    "{\"status\":1,\"msg\":\"成功\",\"data\":%s}",
    "{\"total\":%s,\"success\":true,\"message\":\"成功\",\"rows\":[]}",
    "{\"code\":\"1\",\"msg\":\"成功\",\"data\":{\"count\":%s}}",
  };
  g_autofree char *total = g_strdup_printf ("%" G_GUINT64_FORMAT, page->total);
  g_auto (GStrv)   parts = g_strsplit (forms[inner], "%s", 2);
  GString         *text = g_string_new (NULL);

  g_string_append_printf (text, "%s%s%s", parts[0], total, parts[1]);
  return wrap (text);
}

static ProvinceReply *
give_rows (Province *self, const ProvincePage *page, Inner inner)
{
  GString            *text = g_string_new (NULL);
  g_autoptr (GString) rows = g_string_new (NULL);

  province_write_rows (self, page, NAMES_CODES, EMPTY_TEXT, rows);
  switch (inner)
    {
    case INNER_HANGZHOU:
      g_string_printf (text, "{\"total\":%" G_GUINT64_FORMAT ",\"success\":true,"
                       "\"message\":\"成功\",\"rows\":", page->total);
      g_string_append_len (text, rows->str, (gssize) rows->len);
      g_string_append_c (text, '}');
      break;
    case INNER_SHAOXING:
      g_string_printf (text, "{\"code\":\"1\",\"msg\":\"成功\",\"data\":{\"count\":%"
                       G_GUINT64_FORMAT ",\"data\":", page->total);
      province_quote (text, rows->str);
      g_string_append (text, "}}");
      break;
    case INNER_DOCUMENTED:
    default:
      g_string_append (text, "{\"status\":1,\"msg\":\"成功\",\"data\":");
      g_string_append_len (text, rows->str, (gssize) rows->len);
      g_string_append_c (text, '}');
      break;
    }
  return wrap (text);
}

/* (nullable): why a request to the gateway is refused */
static const char *
refuse_gateway (Province *self, GHashTable *form, JsonObject *content)
{
  g_autofree char *expected = make_sign (form);
  const char      *sign = g_hash_table_lookup (form, "sign");
  const char      *timestamp = g_hash_table_lookup (form, "timestamp");
  g_autofree char *secret = province_member (content, "appsecret");

  if (secret == NULL)
    secret = province_member (content, "appSecret");
  if (!province_is_key ("zj-open-jobfair", "app_id", g_hash_table_lookup (form, "app_id")))
    return "应用不存在";
  if (sign == NULL || g_ascii_strcasecmp (sign, expected) != 0)
    return "验签失败，签名不正确";
  if (!province_is_timely (self, timestamp, SIGN_WINDOW))
    return "请求时间戳已过期，请校准时间后重新签名";
  if (!province_is_key ("zj-open-jobfair", "appsecret", secret))
    return "密钥错误";
  return NULL;
}

/* A member under either of its names. */
static char *
either (JsonObject *content, const char *name, const char *other)
{
  char *value = province_member (content, name);

  return value != NULL ? value : province_member (content, other);
}

static char *
cut_ending (const char *interface, const char *ending)
{
  return g_str_has_suffix (interface, ending)
           ? g_strndup (interface, strlen (interface) - strlen (ending))
           : NULL;
}

static ProvinceReply *
give_gateway (Province *self, const char *interface, JsonObject *content)
{
  g_autofree char *total = cut_ending (interface, "gettotal");
  g_autofree char *data = cut_ending (interface, "getdata");
  g_autofree char *size = either (content, "pageSize", "pagesize");
  g_autofree char *number = either (content, "pageNum", "pageNumber");
  ProvinceTable    table;
  ProvincePage     page;

  if (!province_find_table (total != NULL ? total : data, &table))
    return fail_gateway ("接口不存在或未发布");
  page = province_open_numbered (self, table, number, size, MOST_ROWS);
  return total != NULL ? give_total (&page, find_inner (interface))
                       : give_rows (self, &page, find_inner (interface));
}

ProvinceReply *
province_answer_gateway (Province *self, const ProvinceRequest *request)
{
  g_autoptr (GHashTable) form = province_parse_body (request);
  const char            *content_text = g_hash_table_lookup (form, "biz_content");
  g_autoptr (JsonObject) content = province_parse_json (content_text);
  const char            *interface = g_hash_table_lookup (form, "interface_id");
  const char            *reason;

  if (content == NULL || interface == NULL)
    return province_reply_json ("{\"code\":500,\"msg\":\"参数不完整\",\"data\":null}");
  reason = refuse_gateway (self, form, content);
  return reason != NULL ? fail_gateway (reason) : give_gateway (self, interface, content);
}
