/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Failures in the body, codes as texts and numbers, texts for rows. */

#define JSON "application/json;charset=UTF-8"

/* Says no in the words of every envelope at once. */
static void
refuse (WireReply *reply, const char *code, const char *message)
{
  g_autofree char *text = g_strdup_printf ("{\"code\":\"%s\",\"errcode\":\"%s\",\"status\":0,"
                                           "\"success\":false,\"msg\":\"%s\",\"message\":\"%s\"}",
                                           code, code, message, message);

  fault_say (reply, 200, JSON, text);
}

static void
fail_in_body (Strike *self, WireReply *reply)
{
  refuse (reply, "10004", "接口内部异常");
}

static void
say_wrong_key (Strike *self, WireReply *reply)
{
  refuse (reply, "500", "请求者标识不存在,令牌错误");
}

static void
say_quota (Strike *self, WireReply *reply)
{
  refuse (reply, "500", "调用过于频繁,今日次数已超限");
}

/* Quotes codes; those of JSON in a text have backslashes before their quotation marks. */
static void
code_as_text (Strike *self, WireReply *reply)
{
  GString *text = fault_copy_text (reply);

  fault_replace (text, "((\\\\*\")(?:code|status|errcode)\\2\\s*:\\s*)([0-9]+)", "\\1\\2\\3\\2");
  fault_take_text (reply, g_string_free (text, FALSE));
}

/* Codes that begin with 0, like 00, are none as numbers. */
static void
code_as_number (Strike *self, WireReply *reply)
{
  GString *text = fault_copy_text (reply);

  fault_replace (text, "((\\\\*\")(?:code|status|errcode)\\2\\s*:\\s*)\\2([1-9][0-9]*)\\2",
                 "\\1\\3");
  fault_take_text (reply, g_string_free (text, FALSE));
}

static void
quote (GString *json)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), json->str);
  g_autofree char     *text = json_to_string (node, FALSE);

  g_string_assign (json, text);
}

static void
quote_once (Strike *self, const ProvincePage *page, GString *json)
{
  quote (json);
}

static void
quote_twice (Strike *self, const ProvincePage *page, GString *json)
{
  quote (json);
  quote (json);
}

/* The order of the first object's members; only the first page names them. */
static void
to_lists (Strike *self, const ProvincePage *page, GString *json)
{
  g_autoptr (JsonArray) rows = fault_parse_rows (json);
  g_autoptr (JsonArray) lists = json_array_new ();
  g_autoptr (GList)     names = json_array_get_length (rows) > 0
                                  ? json_object_get_members (json_array_get_object_element (rows, 0))
                                  : NULL;
  JsonArray            *header = json_array_new ();

  for (GList *at = names; at != NULL; at = at->next)
    json_array_add_string_element (header, at->data);
  if (page->first == 0)
    json_array_add_array_element (lists, json_array_ref (header));
  json_array_unref (header);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonArray  *list = json_array_new ();

      for (GList *at = names; at != NULL; at = at->next)
        json_array_add_element (list, json_object_has_member (row, at->data)
                                        ? json_object_dup_member (row, at->data)
                                        : json_node_new (JSON_NODE_NULL));
      json_array_add_array_element (lists, list);
    }
  fault_write_rows (json, lists);
}

const Fault faults_of_envelopes[] = {
  { .name = "F01", .what = "200 with a failure in the body", .reply = fail_in_body },
  { .name = "F02-text", .what = "codes as texts", .reply = code_as_text },
  { .name = "F02-number", .what = "codes as numbers", .reply = code_as_number },
  { .name = "F03-once", .what = "rows as JSON in a text", .rows = quote_once },
  { .name = "F03-twice", .what = "rows as JSON in a text in a text", .rows = quote_twice },
  { .name = "F04", .what = "rows as lists, the first page with their names", .rows = to_lists },
  { .name = "F26-key", .what = "a wrong key told in Chinese alone", .reply = say_wrong_key },
  { .name = "F26-quota", .what = "a quota told in Chinese alone", .reply = say_quota },
  { NULL },
};
