/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Rows whose members are missing, called otherwise, written twice or masked. */

/* The member behind the key, in the order of the source: what a register calls its rows. */
static char *
second_name (JsonObject *row)
{
  g_autoptr (GList) names = json_object_get_members (row);

  return g_strdup (names != NULL && names->next != NULL ? names->next->data : NULL);
}

static void
drop_empty (JsonObject *row, guint index, Strike *strike)
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *at = names; at != NULL; at = at->next)
    if (json_object_get_null_member (row, at->data) ||
        g_strcmp0 (json_object_get_string_member_with_default (row, at->data, "-"), "") == 0)
      json_object_remove_member (row, at->data);
}

static void
drop_rest (JsonObject *row, guint index, Strike *strike)
{
  g_autoptr (GList) names = NULL;

  drop_empty (row, index, strike);
  names = json_object_get_members (row);
  for (GList *at = g_list_nth (names, 2); at != NULL; at = at->next)
    if (index % 3 == 0)
      json_object_remove_member (row, at->data);
}

static void
change_case (JsonObject *row, guint index, Strike *strike)
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *name = index % 2 == 0 ? g_utf8_strup (at->data, -1)
                                             : g_utf8_strdown (at->data, -1);
      JsonNode        *cell = json_object_dup_member (row, at->data);

      json_object_remove_member (row, at->data);
      json_object_set_member (row, name, cell);
    }
}

static void
add_unknown (JsonObject *row, guint index, Strike *strike)
{
  json_object_set_string_member (row, "RN_", "7");
  json_object_set_string_member (row, "bz_ext", "样例");
}

static void
missing_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, drop_rest, self);
}

static void
case_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, change_case, self);
}

static void
unknown_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, add_unknown, self);
}

/* A first member of the same name, which the second is meant to replace. */
static void
twice_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_replace (json, "\\{(\"[^\"]+\":)", "{\\1\"样例旧值\",\\1");
}

/* What is appended to the name of the first row of a page. */
static void
spoil_first (GString *json, const char *with)
{
  g_autoptr (JsonArray) rows = fault_parse_rows (json);
  JsonObject           *row;
  g_autofree char      *name = NULL;
  g_autofree char      *value = NULL;
  char                 *mark;

  if (json_array_get_length (rows) == 0)
    return;
  row = json_array_get_object_element (rows, 0);
  name = second_name (row);
  value = g_strconcat (json_object_get_string_member (row, name), "SPOILT", NULL);
  json_object_set_string_member (row, name, value);
  fault_write_rows (json, rows);
  mark = strstr (json->str, "SPOILT");
  g_string_erase (json, mark - json->str, strlen ("SPOILT"));
  g_string_insert (json, mark - json->str, with);
}

static void
nul_cb (Strike *self, const ProvincePage *page, GString *json)
{
  spoil_first (json, "\\u0000");
}

static void
surrogate_cb (Strike *self, const ProvincePage *page, GString *json)
{
  spoil_first (json, "\\ud83c");
}

static void
control_cb (Strike *self, const ProvincePage *page, GString *json)
{
  spoil_first (json, "\x01\t\n");
}

static void
drop_second (JsonObject *row, guint index, Strike *strike)
{
  g_autofree char *name = second_name (row);

  json_object_remove_member (row, name);
}

static void
blank_second (JsonObject *row, guint index, Strike *strike)
{
  g_autofree char *name = second_name (row);

  if (index % 10 < 3)
    json_object_set_null_member (row, name);
}

static void
nest_second (JsonObject *row, guint index, Strike *strike)
{
  g_autofree char *name = second_name (row);
  JsonObject      *object = json_object_new ();

  json_object_set_string_member (object, "text", json_object_get_string_member (row, name));
  json_object_set_object_member (row, name, object);
}

static void
vanish_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, drop_second, self);
}

static void
some_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, blank_second, self);
}

static void
type_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, nest_second, self);
}

/* 张样例 is 张**, 13800001234 is 138****1234. */
static void
mask (JsonObject *row, const char *name, const char *text, guint index, Strike *strike)
{
  g_autoptr (GString) masked = g_string_new (NULL);
  g_autofree char    *second = second_name (row);
  glong               length = g_utf8_strlen (text, -1);

  if (strspn (text, "0123456789") == 11 && length == 11)
    g_string_printf (masked, "%.3s****%s", text, text + 7);
  else if (g_strcmp0 (name, second) == 0 && length > 1)
    {
      g_string_append_len (masked, text, g_utf8_next_char (text) - text);
      for (glong i = 1; i < length; i++)
        g_string_append_c (masked, '*');
    }
  if (masked->len > 0)
    json_object_set_string_member (row, name, masked->str);
}

static void
mask_row (JsonObject *row, guint index, Strike *strike)
{
  fault_each_text (row, index, mask, strike);
}

static void
masked_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, mask_row, self);
}

/* What SM4 makes of a short text is as long as this. */
static void
encrypt_second (JsonObject *row, guint index, Strike *strike)
{
  g_autofree char *name = second_name (row);
  g_autofree char *hex = g_compute_checksum_for_string (
    G_CHECKSUM_MD5, json_object_get_string_member (row, name), -1);

  json_object_set_string_member (row, name, hex);
}

static void
encrypted_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, encrypt_second, self);
}

const Fault faults_of_rows[] = {
  { .name = "F15-missing", .what = "members missing instead of null", .rows = missing_cb },
  { .name = "F15-case", .what = "the case of names changes from row to row", .rows = case_cb },
  { .name = "F15-unknown", .what = "members nobody knows", .rows = unknown_cb },
  { .name = "F35-twice", .what = "two members of one name", .rows = twice_cb },
  { .name = "F35-nul", .what = "\\u0000 in a name", .rows = nul_cb },
  { .name = "F35-surrogate", .what = "half a surrogate pair in a name", .rows = surrogate_cb },
  { .name = "F35-control", .what = "raw control characters in a name", .rows = control_cb },
  { .name = "F38-vanished", .what = "the member behind the key is gone", .rows = vanish_cb },
  { .name = "F38-some", .what = "and in three rows of ten", .rows = some_cb },
  { .name = "F38-type", .what = "it is an object now", .rows = type_cb },
  { .name = "F39-masked", .what = "names and telephones masked", .rows = masked_cb },
  { .name = "F39-encrypted", .what = "names as the hexadecimal of a cipher", .rows = encrypted_cb },
  { NULL },
};
