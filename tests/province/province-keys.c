/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

/* The keys that the gateways expect. All are made up for this program and open nothing else. */

/* Stands for the address of the province. */
#define BASE ""

typedef struct
{
  const char *service;
  const char *name;
  const char *value;
} Key;

static const Key keys[] = {
  { "zj-open-direct", "catalogue", "00000" },
  { "zj-open-direct", "appsecret", "sample0direct0appsecret000000001" },
  { "zj-open-jobfair", "app_id", "jinhua" },
  { "zj-open-jobfair", "prefix", "jhcata00000" },
  { "zj-open-jobfair", "appsecret", "sample0gateway0appsecret00000002" },
  { "zj-open-jobfair", "usersecret", "sample0gateway0usersecret0000003" },
  { "zj-open-jobfair-sm3", "app_id", "jinhua" },
  { "zj-open-jobfair-sm3", "prefix", "jhcata00000" },
  { "zj-open-jobfair-sm3", "appsecret", "sample0gateway0appsecret00000002" },
  { "zj-open-jobfair-sm3", "usersecret", "sample0gateway0usersecret0000003" },
  { "zj-irs-vacancy", "app_key", "sample0irs0appkey000000000000004" },
  { "zj-irs-vacancy", "app_secret", "sample0irs0appsecret000000000005" },
  { "zj-irs-vacancy", "api_path", "/gateway/api/001003000/dataSharing/EXAMPLE.htm" },
  { "zj-irs-lookups", "app_key", "sample0irs0appkey000000000000004" },
  { "zj-irs-lookups", "app_secret", "sample0irs0appsecret000000000005" },
  { "zj-irs-lookups", "employer_path", "/gateway/api/001003000/dataSharing/qydjxx.htm" },
  { "zj-irs-lookups", "insurance_path", "/gateway/api/001003000/dataSharing/ryctbxx.htm" },
  { "zj-irs-lookups", "certificate_path", "/gateway/api/001003000/dataSharing/bshzs.htm" },
  { "zj-ding-organizations", "app_key", "sample_dingoa-0006" },
  { "zj-ding-organizations", "app_secret", "sample0ding0appsecret00000000007" },
  { "zj-ding-organizations", "tenant_id", "196729" },
  { "zj-ding-organizations", "parent", "GO_ROOT" },
  { "hmac-offset-employers", "client_id", "sample-client-0008" },
  { "hmac-offset-employers", "secret", "sample0hmac0secret00000000000009" },
  { "hmac-updates", "client_id", "sample-client-0008" },
  { "hmac-updates", "secret", "sample0hmac0secret00000000000009" },
  { "sz-open-employers", "dataset", "29200_00001" },
  { "sz-open-employers", "app_key", "sample0shenzhen0appkey0000000010" },
  { "cz-open-employers", "resource", "00001" },
  { "cz-open-employers", "token", "sample0changzhou0token0000000011" },
  { "cz-open-employers", "base", BASE },
  { "oauth2-employers", "client_id", "sample-client-0012" },
  { "oauth2-employers", "client_secret", "sample0oauth0secret0000000000013" },
  { "oauth2-employers", "base", BASE },
  { "oauth2-employers", "token_path", "/oauth/token" },
  { "oauth2-employers", "api_path", "/open/v1/employer" },
  { "x-ca-vacancy", "app_key", "200000014" },
  { "x-ca-vacancy", "secret", "sample0xca0secret000000000000015" },
  { "x-ca-vacancy", "base", BASE },
  { "x-ca-vacancy", "api_path", "/ca/vacancy" },
  { "x-tif-vacancy", "paasid", "sample_paas_0016" },
  { "x-tif-vacancy", "token", "sample0tif0token0000000000000017" },
  { "x-tif-vacancy", "base", BASE },
  { "x-tif-vacancy", "api_path", "/tif/vacancy" },
  { "md5-key-vacancy", "app_key", "sample-app-0018" },
  { "md5-key-vacancy", "secret", "sample0md50secret000000000000019" },
  { "md5-key-vacancy", "base", BASE },
  { "md5-key-vacancy", "api_path", "/md5/vacancy" },
  { "gjgx-employers", "rid", "sample-rid-0020" },
  { "gjgx-employers", "sid", "s_sample_0021" },
  { "gjgx-employers", "app_key", "sample0exchange0appkey0000000022" },
  { "gjgx-employers", "base", BASE },
  { "gjgx-employers", "key_path", "/gjgx/key" },
  { "gjgx-employers", "api_path", "/gjgx/api/employer" },
};

const char *
province_get_key (const char *service, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].service, service) && g_str_equal (keys[i].name, name))
      return keys[i].value;
  return NULL;
}

/* Writes {"service": {"name": "value"}}, as the command line reads it with --secret-file. */
char *
province_dup_secret_file (const char *base)
{
  g_autoptr (JsonObject) file = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_alloc ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const Key *key = &keys[i];

      if (!json_object_has_member (file, key->service))
        json_object_set_object_member (file, key->service, json_object_new ());
      json_object_set_string_member (json_object_get_object_member (file, key->service), key->name,
                                     g_str_equal (key->value, BASE) ? base : key->value);
    }
  json_node_init_object (node, file);
  return json_to_string (node, TRUE);
}
