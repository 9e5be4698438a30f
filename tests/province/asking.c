/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asking.h"

#include <string.h>

static GHashTable *
parse_headers (const char *text)
{
  GHashTable    *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon != NULL)
        g_hash_table_insert (headers, g_ascii_strdown (lines[i], colon - lines[i]),
                             g_strdup (colon + 2));
    }
  return headers;
}

char *
province_ask (Province *province, const char *method, const char *target, const char *headers,
              const char *body)
{
  g_auto (GStrv)            parts = g_strsplit (target, "?", 2);
  g_autoptr (GHashTable)    table = parse_headers (headers);
  g_autoptr (GBytes)        bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  ProvinceRequest           request = { method, parts[0], parts[1], table, bytes };
  g_autoptr (ProvinceReply) reply = province_answer (province, &request);

  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}
