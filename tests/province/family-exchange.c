/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <gcrypt.h>
#include <string.h>

/* The national exchange platform: a key service that wraps a secret for the day, and four headers
 * signed with it. */

#define SERVICE     "gjgx-employers"
#define TIME_WINDOW (15 * MINUTES_MS)
#define LIFETIME    (24 * HOURS_MS)
#define MOST_ROWS   1000
#define BLOCK       16

static ProvinceReply *
refuse (const char *code, const char *message)
{
  return province_reply_json ("{\"code\":\"%s\",\"msg\":\"%s\",\"data\":null}", code, message);
}

/* What Java makes of a seed: SHA1PRNG, and 128 bits of it for AES. */
static void
derive_key (const char *seed, guint8 *key)
{
  guint8 once[20];
  guint8 twice[20];

  gcry_md_hash_buffer (GCRY_MD_SHA1, once, seed, strlen (seed));
  gcry_md_hash_buffer (GCRY_MD_SHA1, twice, once, sizeof once);
  memcpy (key, twice, BLOCK);
}

/* AES-128-ECB with PKCS #5 padding, in base64. */
static char *
wrap (const char *app_key, const char *secret)
{
  gsize              size = strlen (secret);
  gsize              pad = BLOCK - size % BLOCK;
  g_autofree guint8 *text = g_malloc (size + pad);
  guint8             key[BLOCK];
  gcry_cipher_hd_t   cipher;

  memcpy (text, secret, size);
  memset (text + size, (int) pad, pad);
  derive_key (app_key, key);
  g_assert (gcry_cipher_open (&cipher, GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB, 0) == 0);
  g_assert (gcry_cipher_setkey (cipher, key, sizeof key) == 0);
  g_assert (gcry_cipher_encrypt (cipher, text, size + pad, NULL, 0) == 0);
  gcry_cipher_close (cipher);
  return g_base64_encode (text, size + pad);
}

/* (nullable): the refusal of four values signed with @key */
static ProvinceReply *
refuse_signed (Province *self, const char *rid, const char *sid, const char *time, const char *sign,
               const char *key)
{
  g_autofree char *text = g_strconcat (sid != NULL ? sid : "", rid != NULL ? rid : "", time, NULL);
  g_autofree char *expected = province_hmac_base64 (key, text);

  if (!province_is_key (SERVICE, "rid", rid) || !province_is_key (SERVICE, "sid", sid))
    return refuse ("E-106", "请求方未获得该服务的授权");
  if (g_strcmp0 (expected, sign) != 0)
    return refuse ("-1", "签名校验失败");
  if (!province_is_timely (self, time, TIME_WINDOW))
    return refuse ("-1", "请求时间戳已过期");
  return NULL;
}

/* /gjgx/key: the four as JSON, signed with the appkey. */
ProvinceReply *
province_answer_exchange_key (Province *self, const ProvinceRequest *request)
{
  g_autoptr (JsonObject) body = province_json_body (request);
  g_autofree char       *rid = province_member (body, "gjgxjhpt_rid");
  g_autofree char       *sid = province_member (body, "gjgxjhpt_sid");
  g_autofree char       *time = province_member (body, "gjgxjhpt_rtime");
  g_autofree char       *sign = province_member (body, "gjgxjhpt_sign");
  const char            *app_key = province_get_key (SERVICE, "app_key");
  ProvinceReply         *refusal = refuse_signed (self, rid, sid, time, sign, app_key);
  g_autofree char       *wrapped = NULL;

  if (refusal != NULL)
    return refusal;
  province_lease_renew (self, &self->exchange_secret, LIFETIME);
  wrapped = wrap (app_key, self->exchange_secret.text);
  return province_reply_json ("{\"code\":\"0\",\"msg\":\"成功\",\"data\":{\"secret\":\"%s\","
                              "\"secretEndTime\":%" G_GINT64_FORMAT "}}", wrapped,
                              self->exchange_secret.until);
}

/* /gjgx/api/{name}: the four as headers, signed with the secret. */
ProvinceReply *
province_answer_exchange (Province *self, const ProvinceRequest *request)
{
  g_autoptr (JsonObject) json = province_json_body (request);
  g_autofree char       *number = province_member (json, "pageNo");
  g_autofree char       *size = province_member (json, "pageSize");
  ProvinceReply         *refusal;
  ProvinceTable          table;
  ProvincePage           page;
  GString               *body;

  if (!province_lease_is_live (self, &self->exchange_secret))
    return refuse ("-1", "密钥已过期，请重新获取secret");
  refusal = refuse_signed (self, province_header (request, "gjgxjhpt_rid"),
                           province_header (request, "gjgxjhpt_sid"),
                           province_header (request, "gjgxjhpt_rtime"),
                           province_header (request, "gjgxjhpt_sign"), self->exchange_secret.text);
  if (refusal != NULL)
    return refusal;
  if (!province_find_table (request->path, &table))
    return refuse ("E-404", "服务不存在");
  page = province_open_numbered (self, table, number, size, MOST_ROWS);
  body = g_string_new (NULL);
  g_string_printf (body, "{\"code\":\"200\",\"msg\":\"成功\",\"data\":{\"total\":\"%"
                   G_GUINT64_FORMAT "\",\"records\":", page.total);
  province_write_rows (self, &page, NAMES_CODES, EMPTY_NULL, body);
  g_string_append (body, "}}");
  return province_reply_new (200, PROVINCE_JSON, body);
}
