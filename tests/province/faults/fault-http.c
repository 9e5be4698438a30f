/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Statuses, redirects and pauses: sound HTTP with an unwelcome meaning. */

#define ELSEWHERE "http://login.example.invalid/portal?back=1"
#define MAINTENANCE "<html><body>系统维护中,每日22:00至次日6:00</body></html>"

static void
redirect (WireReply *reply, guint status, const char *location)
{
  fault_say (reply, status, "text/html", "");
  wire_reply_set (reply, "Location", location);
}

static void
to_elsewhere (Strike *self, WireReply *reply)
{
  redirect (reply, 302, ELSEWHERE);
}

/* The same request by https, on this host. */
static void
to_https (Strike *self, WireReply *reply)
{
  g_autofree char *location = g_strdup_printf ("https://127.0.0.1:%u%s", self->secure_port,
                                               self->request->target);

  if (!self->request->secure)
    redirect (reply, 301, location);
}

static void
to_https_temporarily (Strike *self, WireReply *reply)
{
  to_https (self, reply);
  if (reply->status == 301)
    reply->status = 307;
}

/* Another path of this host; clients turn a POST into a GET here, which has no body. */
static void
to_other_path (Strike *self, WireReply *reply)
{
  if (!g_str_has_prefix (self->request->target, "/moved"))
    redirect (reply, 302, "/moved/index.html");
}

static void
to_other_path_kept (Strike *self, WireReply *reply)
{
  to_other_path (self, reply);
  if (reply->status == 302)
    reply->status = 307;
}

static void
too_often (Strike *self, WireReply *reply)
{
  fault_say (reply, 429, "application/json", "{\"code\":429,\"msg\":\"请求过于频繁\"}");
}

static void
too_often_seconds (Strike *self, WireReply *reply)
{
  too_often (self, reply);
  wire_reply_set (reply, "Retry-After", "0");
}

/* A moment ago by the province's clock, so that a test need not wait. */
static void
too_often_date (Strike *self, WireReply *reply)
{
  g_autofree char *date = NULL;

  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    if (g_ascii_strcasecmp (reply->headers->pdata[i], "date") == 0)
      date = g_strdup (reply->headers->pdata[i + 1]);
  too_often (self, reply);
  wire_reply_set (reply, "Retry-After", date);
}

static void
too_often_day (Strike *self, WireReply *reply)
{
  too_often (self, reply);
  wire_reply_set (reply, "Retry-After", "86400");
}

static void
maintain (Strike *self, WireReply *reply)
{
  fault_say (reply, 503, "text/html;charset=utf-8", MAINTENANCE);
}

static void
maintain_silently (Strike *self, WireReply *reply)
{
  fault_say (reply, 503, "text/html", "");
}

static void
ask_proxy (Strike *self, WireReply *reply)
{
  fault_say (reply, 407, "text/html", "<html>Proxy Authentication Required</html>");
  wire_reply_set (reply, "Proxy-Authenticate", "NTLM");
}

static void
block_by_proxy (Strike *self, WireReply *reply)
{
  fault_say (reply, 403, "text/html", "<html><h1>代理服务器禁止访问</h1></html>");
}

const Fault faults_of_http[] = {
  { .name = "F06-redirect", .what = "the network sends to its login page", .reply = to_elsewhere },
  { .name = "F07-https", .what = "301 to https on the same host", .reply = to_https,
    .needs_secure = TRUE },
  { .name = "F07-kept", .what = "307 to https on the same host", .reply = to_https_temporarily,
    .needs_secure = TRUE },
  { .name = "F07-found", .what = "302 to another path", .reply = to_other_path },
  { .name = "F07-temporary", .what = "307 to another path", .reply = to_other_path_kept },
  { .name = "F27-bare", .what = "429 without Retry-After", .reply = too_often },
  { .name = "F27-seconds", .what = "429 with seconds to wait", .reply = too_often_seconds },
  { .name = "F27-date", .what = "429 with a date to wait for", .reply = too_often_date },
  { .name = "F27-day", .what = "429 with a whole day to wait", .reply = too_often_day },
  { .name = "F27-night", .what = "503 with a page about maintenance", .reply = maintain },
  { .name = "F27-silent", .what = "503 without a word", .reply = maintain_silently },
  { .name = "F33-login", .what = "a proxy asks who is there", .reply = ask_proxy },
  { .name = "F33-blocked", .what = "a proxy forbids", .reply = block_by_proxy },
  { NULL },
};
