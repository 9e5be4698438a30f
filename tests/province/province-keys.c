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
