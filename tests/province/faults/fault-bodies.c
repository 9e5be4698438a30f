/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Bytes that are not what the headers say, and pages instead of data. */

#define WAF                                                                                        \
  "<!DOCTYPE html>\n<html><head><title>405</title><script>var k='0123456789abcdef';</script>"     \
  "</head><body><h1>请求被拦截</h1><p>您的请求疑似攻击行为</p></body></html>"
#define LOGIN                                                                                      \
  "\r\n  <html><head><title>上网认证</title></head><body><form action='/login'>请登录网络"        \
  "</form></body></html>"

static void
say_page (Strike *self, WireReply *reply)
{
  fault_say (reply, 200, "text/html; charset=utf-8", WAF);
}

static void
say_page_as_json (Strike *self, WireReply *reply)
{
  fault_say (reply, 200, "application/json;charset=UTF-8", WAF);
}

static void
say_challenge (Strike *self, WireReply *reply)
{
  fault_say (reply, 412, "text/html; charset=utf-8",
             "<html><script>$_ts=window['$_ts'];</script></html>");
}

static void
say_login (Strike *self, WireReply *reply)
{
  fault_say (reply, 200, "text/html", LOGIN);
}

static void
to_gb18030 (Strike *self, WireReply *reply)
{
  gsize size;
  char *text = g_convert (g_bytes_get_data (reply->body, NULL),
                          (gssize) g_bytes_get_size (reply->body), "GB18030", "UTF-8", NULL, &size,
                          NULL);

  g_assert (text != NULL);
  wire_reply_take_body (reply, g_bytes_new_take (text, size));
}

static void
label_gbk (Strike *self, WireReply *reply)
{
  wire_reply_set (reply, "Content-Type", "application/json;charset=GBK");
}

static void
prepend (WireReply *reply, const char *bytes, gsize size)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) bytes, (guint) size);
  g_byte_array_append (all, g_bytes_get_data (reply->body, NULL),
                       (guint) g_bytes_get_size (reply->body));
  wire_reply_take_body (reply, g_byte_array_free_to_bytes (all));
}

static void
append (WireReply *reply, const char *bytes, gsize size)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (reply->body, NULL),
                       (guint) g_bytes_get_size (reply->body));
  g_byte_array_append (all, (const guint8 *) bytes, (guint) size);
  wire_reply_take_body (reply, g_byte_array_free_to_bytes (all));
}

static void
add_mark (Strike *self, WireReply *reply)
{
  prepend (reply, "\xef\xbb\xbf", 3);
}

static void
to_utf16 (Strike *self, WireReply *reply)
{
  gsize size;
  char *text = g_convert (g_bytes_get_data (reply->body, NULL),
                          (gssize) g_bytes_get_size (reply->body), "UTF-16LE", "UTF-8", NULL, &size,
                          NULL);

  wire_reply_take_body (reply, g_bytes_new_take (text, size));
  prepend (reply, "\xff\xfe", 2);
}

static void
empty (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, g_bytes_new (NULL, 0));
}

static void
blank (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, g_bytes_new_static (" \r\n\t\n", 5));
}

static void
add_garbage (Strike *self, WireReply *reply)
{
  static const char garbage[] = "<!-- node 3 -->";

  append (reply, garbage, strlen (garbage));
}

static void
add_document (Strike *self, WireReply *reply)
{
  static const char document[] = "{\"code\":200,\"data\":[]}";

  append (reply, document, strlen (document));
}

static void
add_nuls (Strike *self, WireReply *reply)
{
  append (reply, "\0\0\0\n", 4);
}

static void
gzip_unannounced (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, fault_gzip (reply->body));
}

static void
announce_gzip (Strike *self, WireReply *reply)
{
  wire_reply_set (reply, "Content-Encoding", "gzip");
}

const Fault faults_of_bodies[] = {
  { .name = "F05-page", .what = "a firewall's page with 200", .reply = say_page },
  { .name = "F05-as-json", .what = "the same, labelled as JSON", .reply = say_page_as_json },
  { .name = "F05-challenge", .what = "412 with a script", .reply = say_challenge },
  { .name = "F06-page", .what = "the network's login page with 200", .reply = say_login },
  { .name = "F08-gbk", .what = "GB18030 labelled as UTF-8", .reply = to_gb18030 },
  { .name = "F08-utf8", .what = "UTF-8 labelled as GBK", .reply = label_gbk },
  { .name = "F09-mark", .what = "a byte-order mark", .reply = add_mark },
  { .name = "F09-utf16", .what = "UTF-16", .reply = to_utf16 },
  { .name = "F10-empty", .what = "an empty body", .reply = empty },
  { .name = "F10-blank", .what = "a body of white space", .reply = blank },
  { .name = "F11-garbage", .what = "something behind the document", .reply = add_garbage },
  { .name = "F11-second", .what = "a second document behind the first", .reply = add_document },
  { .name = "F11-nuls", .what = "NULs behind the document", .reply = add_nuls },
  { .name = "F13-silent", .what = "gzip that no header announces", .reply = gzip_unannounced },
  { .name = "F13-announced", .what = "gzip announced, plain sent", .reply = announce_gzip },
  { NULL },
};
