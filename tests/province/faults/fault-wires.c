/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Answers that are cut, late, huge or framed in a way that few expect. */

#define MEGABYTE   (1024 * 1024)
#define HUGE_BODY  100    /* megabytes */
#define DEPTH      100000 /* lists in lists */
#define LONG_TEXT  16     /* megabytes */

static void
cut_length (Strike *self, WireReply *reply)
{
  reply->end = WIRE_CUT;
}

static void
cut_chunked (Strike *self, WireReply *reply)
{
  reply->framing = WIRE_CHUNKED;
  reply->end = WIRE_CUT;
}

static void
cut_gzip (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, fault_gzip (reply->body));
  wire_reply_set (reply, "Content-Encoding", "gzip");
  cut_chunked (self, reply);
}

static void
cut_eof (Strike *self, WireReply *reply)
{
  reply->framing = WIRE_EOF;
  reply->end = WIRE_CUT;
}

static void
stay_mute (Strike *self, WireReply *reply)
{
  reply->end = WIRE_MUTE;
}

static void
drip (Strike *self, WireReply *reply)
{
  reply->end = WIRE_DRIP;
}

static void
hang (Strike *self, WireReply *reply)
{
  reply->end = WIRE_HANG;
}

static void
reset (Strike *self, WireReply *reply)
{
  reply->end = WIRE_RESET;
}

/* What the request asked for was done, and nobody hears of it. */
static void
close_reused (Strike *self, WireReply *reply)
{
  if (self->request->turn > 1)
    reply->end = WIRE_VANISH;
}

static void
huge (Strike *self, WireReply *reply)
{
  g_autofree char *text = g_strnfill (MEGABYTE, ' ');

  text[0] = '{';
  text[1] = '"';
  fault_say (reply, 200, "application/json", text);
  reply->framing = WIRE_CHUNKED;
  reply->repeat = HUGE_BODY - 1;
}

static void
deep (Strike *self, WireReply *reply)
{
  GString *text = g_string_new ("{\"code\":200,\"total\":1,\"data\":");

  for (guint i = 0; i < DEPTH; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < DEPTH; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  fault_take_text (reply, g_string_free (text, FALSE));
}

static void
long_text (Strike *self, WireReply *reply)
{
  g_autofree char *filler = g_strnfill (LONG_TEXT * MEGABYTE, 'x');

  fault_take_text (reply, g_strconcat ("{\"code\":200,\"msg\":\"", filler, "\"}", NULL));
}

/* 100 kilobytes that were 100 megabytes. */
static void
bomb (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, fault_gzip_blanks (HUGE_BODY * MEGABYTE));
  wire_reply_set (reply, "Content-Encoding", "gzip");
}

static void
silent_bomb (Strike *self, WireReply *reply)
{
  wire_reply_take_body (reply, fault_gzip_blanks (HUGE_BODY * MEGABYTE));
}

static void
length_twice (Strike *self, WireReply *reply)
{
  reply->twice = TRUE;
}

static void
interim (Strike *self, WireReply *reply)
{
  reply->interim = TRUE;
}

static void
old (Strike *self, WireReply *reply)
{
  reply->framing = WIRE_OLD;
}

static void
untyped (Strike *self, WireReply *reply)
{
  wire_reply_set (reply, "Content-Type", NULL);
}

static void
foreign_header (Strike *self, WireReply *reply)
{
  wire_reply_set (reply, "X-Node", "\xd6\xd0\xce\xc4");
}

const Fault faults_of_wires[] = {
  { .name = "F12-length", .what = "less than Content-Length says", .reply = cut_length },
  { .name = "F12-chunked", .what = "chunks that end too early", .reply = cut_chunked },
  { .name = "F12-gzip", .what = "gzip that ends too early", .reply = cut_gzip },
  { .name = "F12-eof", .what = "a body without length that ends too early", .reply = cut_eof },
  { .name = "F24", .what = "a used connection ends when the request is done",
    .reply = close_reused },
  { .name = "F28-mute", .what = "not a byte", .reply = stay_mute },
  { .name = "F28-drip", .what = "a byte now and then", .reply = drip },
  { .name = "F29-hang", .what = "silence behind the headers", .reply = hang },
  { .name = "F29-reset", .what = "a reset connection", .reply = reset },
  { .name = "F29-reused", .what = "a used connection ends without an answer",
    .reply = close_reused },
  { .name = "F34-huge", .what = "100 megabytes", .reply = huge },
  { .name = "F34-bomb", .what = "100 megabytes that were packed well", .reply = bomb },
  { .name = "F34-silent", .what = "the same, and no header says so", .reply = silent_bomb },
  { .name = "F34-deep", .what = "100,000 lists in lists", .reply = deep },
  { .name = "F34-text", .what = "a text of 16 megabytes", .reply = long_text },
  { .name = "F36-twice", .what = "Content-Length twice", .reply = length_twice },
  { .name = "F36-interim", .what = "100 Continue that nobody asked for", .reply = interim },
  { .name = "F36-old", .what = "HTTP/1.0", .reply = old },
  { .name = "F36-untyped", .what = "no Content-Type", .reply = untyped },
  { .name = "F36-foreign", .what = "a header that is not UTF-8", .reply = foreign_header },
  { NULL },
};
