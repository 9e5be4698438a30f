/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include "shy-data.h"
#include "update/shy-update.h"

#include <string.h>

/* Signed updates: one of a policy to practise on, which is a shipped one under another name, signed
 * with the sample province's published key. There is none of the calendar, for it really decides. */

#define TITLE  "高校毕业生到养老、家政服务、现代农业企业就业岗位补贴"
#define ISSUED "2026-11-02T09:00:00+08:00"

/* What a gateway calls the members of an update. */
static const char *const names[][2] = {
  { "id", "bsm" },         { "version", "bbh" },  { "content", "nr" },
  { "signature", "qmz" },  { "signer", "qmzzw" }, { "issued_at", "qfsj" },
};

static GBytes *
make_pack (void)
{
  g_autoptr (GBytes)  shipped = shy_data_load ("policies/zj-post-care.json", NULL);
  g_autoptr (GString) text = NULL;

  if (shipped == NULL)
    return NULL;
  text = g_string_new_len (g_bytes_get_data (shipped, NULL), (gssize) g_bytes_get_size (shipped));
  g_string_replace (text, "\"zj-post-care\"", "\"sample-post-care\"", 0);
  g_string_replace (text, TITLE "\"", TITLE "(样例)\"", 0);
  g_string_replace (text, "\"expression\": \"10000\"", "\"expression\": \"12000\"", 0);
  g_string_replace (text, "\"amount\": 10000", "\"amount\": 12000", 0);
  g_strchomp (text->str);
  return g_bytes_new (text->str, strlen (text->str));
}

static char *
sign_pack (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pack = make_pack ();
  g_autofree char   *key = NULL;
  char              *text = NULL;

  if (pack != NULL && g_file_get_contents (UPDATE_KEY, &key, NULL, NULL))
    text = shy_update_sign (pack, "sample-post-care.json", key, ISSUED, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return text;
}

gboolean
province_is_update (const char *name)
{
  return g_str_equal (name, "zcb") || g_str_equal (name, "gzrl");
}

/* Appends an array of updates of policies (zcb) or of the calendar (gzrl). */
void
province_write_updates (Province *self, const char *name, GString *out)
{
  g_autofree char       *text = g_str_equal (name, "zcb") ? sign_pack () : NULL;
  g_autoptr (JsonObject) update = text != NULL ? province_parse_json (text) : NULL;

  g_string_append_c (out, '[');
  for (guint i = 0; update != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_string_append_printf (out, "%s\"%s\":", i == 0 ? "{" : ",", names[i][1]);
      province_quote (out, json_object_get_string_member (update, names[i][0]));
    }
  g_string_append (out, update != NULL ? "}]" : "]");
}
