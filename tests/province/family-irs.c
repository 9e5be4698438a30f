/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Z2, the shared interfaces of the province: secrets that rotate, windows of days, one-record
 * queries. */

#define SERVICE          "zj-irs-vacancy"
#define TIME_WINDOW      (15 * MINUTES_MS)
#define REQUEST_LIFETIME (15 * MINUTES_MS)
#define REFRESH_LIFETIME (48 * HOURS_MS)
#define MOST_ROWS        1000

#define SIGN_EXPIRED "11" /* the requestSecret has ended */
#define SIGN_WRONG   "14"
#define TOKEN_WRONG  "03" /* at the interfaces that give secrets */

/* The three that every request has, in the query, in the form or in headers. */
typedef struct
{
  char *app_key;
  char *sign;
  char *time;
} Signed;

static void
signed_clear (Signed *self)
{
  g_free (self->app_key);
  g_free (self->sign);
  g_free (self->time);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signed, signed_clear)

static char *
find (const ProvinceRequest *request, const char *name)
{
  g_autoptr (GHashTable) query = province_parse_query (request);
  g_autoptr (GHashTable) form = province_parse_body (request);
  const char            *value = province_header (request, name);

  if (value == NULL)
    value = g_hash_table_lookup (query, name);
  return g_strdup (value != NULL ? value : g_hash_table_lookup (form, name));
}

static Signed
find_signed (const ProvinceRequest *request)
{
  return (Signed) { find (request, "appKey"), find (request, "sign"),
                    find (request, "requestTime") };
}

static ProvinceReply *
refuse (const char *code, const char *message)
{
  return province_reply_json ("{\"code\":\"%s\",\"msg\":\"%s\",\"data\":\"\",\"datas\":\"\","
                              "\"dataCount\":0,\"totalDataCount\":0,\"totalPage\":1,"
                              "\"requestId\":null,\"interfaces\":null}", code, message);
}

static gboolean
is_signed_with (const Signed *with, const char *secret)
{
  g_autofree char *text = g_strconcat (with->app_key != NULL ? with->app_key : "",
                                       secret != NULL ? secret : "",
                                       with->time != NULL ? with->time : "", NULL);
  g_autofree char *sign = province_hash (G_CHECKSUM_MD5, text);

  return secret != NULL && g_strcmp0 (with->sign, sign) == 0;
}

/* A new pair of secrets; those before are void at once, so that two who refresh at the same time
 * see that they did. */
static ProvinceReply *
give_secrets (Province *self)
{
  province_lease_renew (self, &self->request_secret, REQUEST_LIFETIME);
  province_lease_renew (self, &self->refresh_secret, REFRESH_LIFETIME);
  return province_reply_json ("{\"code\":\"00\",\"msg\":\"成功\",\"data\":\"\",\"datas\":{"
                              "\"refreshSecret\":\"%s\",\"refreshSecretEndTime\":%" G_GINT64_FORMAT
                              ",\"requestSecret\":\"%s\",\"requestSecretEndTime\":%"
                              G_GINT64_FORMAT "},\"dataCount\":0,\"totalDataCount\":0,"
                              "\"totalPage\":1,\"requestId\":null,\"interfaces\":null}",
                              self->refresh_secret.text, self->refresh_secret.until,
                              self->request_secret.text, self->request_secret.until);
}

/* /gateway/app/refreshTokenByKey.htm and refreshTokenBySec.htm */
ProvinceReply *
province_answer_irs_token (Province *self, const ProvinceRequest *request)
{
  g_auto (Signed) with = find_signed (request);
  gboolean        by_key = g_str_has_suffix (request->path, "ByKey.htm");
  const char     *secret = by_key ? province_get_key (SERVICE, "app_secret")
                                  : self->refresh_secret.text;

  if (!province_is_key (SERVICE, "app_key", with.app_key))
    return refuse ("02", "appKey不存在");
  if (!is_signed_with (&with, secret))
    return refuse (TOKEN_WRONG, "签名错误");
  if (!province_is_timely (self, with.time, TIME_WINDOW))
    return refuse (TOKEN_WRONG, "签名错误，请求时间戳已过期");
  if (!by_key && !province_lease_is_live (self, &self->refresh_secret))
    return refuse (TOKEN_WRONG, "refreshSecret已过期");
  return give_secrets (self);
}

/* (nullable): the refusal of a request for data */
static ProvinceReply *
refuse_request (Province *self, const ProvinceRequest *request, JsonObject *body)
{
  g_auto (Signed)        with = find_signed (request);
  g_autofree char       *additional = province_member (body, "additional");
  g_autofree char       *in_form = find (request, "additional");
  g_autoptr (JsonObject) purpose = province_parse_json (additional != NULL ? additional : in_form);

  if (!province_is_key (SERVICE, "app_key", with.app_key))
    return refuse ("02", "appKey不存在");
  if (!is_signed_with (&with, self->request_secret.text))
    return refuse (SIGN_WRONG, "签名错误");
  if (!province_is_timely (self, with.time, TIME_WINDOW))
    return refuse (SIGN_WRONG, "签名错误，请求时间戳已过期");
  if (!province_lease_is_live (self, &self->request_secret))
    return refuse (SIGN_EXPIRED, "requestSecret已过期");
  if (purpose == NULL || !json_object_has_member (purpose, "powerMatters"))
    return refuse ("08", "缺少必填参数additional");
  return NULL;
}

/* Days since 1970 of "yyyymmdd". */
static gint64
parse_day (const char *text, gint64 otherwise)
{
  GDate  epoch;
  GDate  day;
  gint64 number = province_number (text, 0);

  g_date_clear (&epoch, 1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, 1970);
  if (!g_date_valid_dmy ((GDateDay) (number % 100), (GDateMonth) (number / 100 % 100),
                         (GDateYear) (number / 10000)))
    return otherwise;
  g_date_set_dmy (&day, (GDateDay) (number % 100), (GDateMonth) (number / 100 % 100),
                  (GDateYear) (number / 10000));
  return g_date_days_between (&epoch, &day);
}

static char *
parameter (const ProvinceRequest *request, JsonObject *body, const char *name)
{
  char *value = province_member (body, name);

  return value != NULL ? value : find (request, name);
}

/* The rows of the days between startDate and endDate, neither of which is among them. */
static ProvincePage
open_window (Province *self, ProvinceTable table, const ProvinceRequest *request, JsonObject *body,
             guint64 *size)
{
  g_autofree char *start = parameter (request, body, "startDate");
  g_autofree char *end = parameter (request, body, "endDate");
  g_autofree char *number = parameter (request, body, "pageNum");
  g_autofree char *size_text = parameter (request, body, "pageSize");
  guint64          from = province_first_on (self, parse_day (start, G_MININT32) + 1);
  guint64          to = province_first_on (self, parse_day (end, G_MAXINT32));
  guint64          first;

  *size = (guint64) CLAMP (province_number (size_text, 10), 1, MOST_ROWS);
  first = (guint64) (MAX (province_number (number, 1), 1) - 1) * *size;
  to = MAX (from, to);
  first = MIN (first, to - from);
  return province_open_slice (self, table, from + first, MIN (*size, to - from - first), to - from);
}

/* Most data sets give text in "datas"; employers come in an envelope of their department. */
static void
put_datas (ProvinceTable table, const char *rows, GString *out)
{
  g_autoptr (GString) inner = g_string_new (NULL);

  if (table == PROVINCE_EMPLOYER)
    g_string_append (inner, "{\"success\":true,\"errMsg\":\"\",\"data\":");
  g_string_append (inner, rows);
  if (table == PROVINCE_EMPLOYER)
    g_string_append_c (inner, '}');
  if (table == PROVINCE_VACANCY)
    province_quote (out, inner->str);
  else
    g_string_append_len (out, inner->str, (gssize) inner->len);
}

static ProvinceReply *
give (ProvinceTable table, const ProvincePage *page, guint64 size, const char *rows)
{
  GString *body = g_string_new ("{\"code\":\"00\",\"msg\":\"成功\",\"data\":\"\",\"datas\":");

  put_datas (table, rows, body);
  g_string_append_printf (body,
                          ",\"dataCount\":%" G_GUINT64_FORMAT ",\"totalDataCount\":%"
                          G_GUINT64_FORMAT ",\"totalPage\":%" G_GUINT64_FORMAT
                          ",\"requestId\":\"sample\",\"interfaces\":null}",
                          page->count, page->total, (page->total + size - 1) / size);
  return province_reply_new (200, PROVINCE_JSON, body);
}

static ProvinceReply *
look_up (Province *self, const ProvinceRequest *request, JsonObject *body, const char *name)
{
  ProvincePage        one = { PROVINCE_N_TABLES, 0, 1, 1 };
  g_autoptr (GString) rows = g_string_new (NULL);
  char               *found;
  g_autofree char    *uscc = parameter (request, body, "tyshxydm");
  g_autofree char    *person = parameter (request, body, "zjhm");
  g_autofree char    *certificate = parameter (request, body, "zsbh");

  found = province_look_up (self, name, uscc, person, certificate);
  if (found == NULL)
    return refuse ("09", "缺少查询参数");
  g_string_append (rows, found);
  g_free (found);
  one.count = one.total = g_str_equal (rows->str, "[]") ? 0 : 1;
  return give (PROVINCE_N_TABLES, &one, 1, rows->str);
}

/* /gateway/api/{department}/dataSharing/{name}.htm */
ProvinceReply *
province_answer_irs (Province *self, const ProvinceRequest *request)
{
  g_autofree char       *base = g_path_get_basename (request->path);
  g_autofree char       *name = g_strndup (base, strlen (base) - strlen (".htm"));
  g_autoptr (JsonObject) body = province_json_body (request);
  ProvinceReply         *refusal = refuse_request (self, request, body);
  g_autoptr (GString)    rows = g_string_new (NULL);
  ProvinceTable          table;
  ProvincePage           page;
  guint64                size;

  if (refusal != NULL)
    return refusal;
  if (province_is_lookup (name))
    return look_up (self, request, body, name);
  if (!province_find_table (name, &table))
    return refuse ("07", "接口不存在或未授权");
  page = open_window (self, table, request, body, &size);
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, rows);
  return give (table, &page, size, rows->str);
}
