/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-exchange-private.h"

#include "shy-core.h"

#include <string.h>

/* What is done about which answer, by the descriptions that ship. */

typedef struct
{
  const char *name;
  const char *service;
  guint       status;
  const char *type;
  const char *body;
  ShyAction   action;
  const char *says; /* a part of the message; NULL with success */
} Row;

#define Z1 "zj-open-jobfair.json"
#define Z2 "zj-irs-vacancy.json"
#define JSON "application/json"

static const Row rows[] = {
  { "success", Z1, 200, JSON, "{\"code\":200,\"data\":\"{\\\"status\\\":1,\\\"data\\\":[]}\"}",
    SHY_ACTION_SUCCESS, NULL },
  { "text-code", Z1, 200, JSON, "{\"code\":\"200\",\"data\":{\"code\":\"1\",\"data\":[]}}",
    SHY_ACTION_SUCCESS, NULL },
  { "bare", Z1, 200, JSON, "{\"success\":true,\"rows\":[]}", SHY_ACTION_SUCCESS, NULL },
  { "failure-inside", Z1, 200, JSON,
    "{\"code\":200,\"data\":\"{\\\"status\\\":0,\\\"msg\\\":\\\"密钥错误\\\"}\"}", SHY_ACTION_FAIL,
    "密钥错误" },
  { "sign", Z1, 200, JSON, "{\"code\":200,\"data\":{\"status\":0,\"msg\":\"验签失败\"}}",
    SHY_ACTION_RESIGN, "验签失败" },
  { "sign-in-a-row", Z1, 200, JSON,
    "{\"code\":200,\"data\":{\"status\":1,\"data\":[{\"acb331\":\"签名墙\"}]}}",
    SHY_ACTION_SUCCESS, NULL },
  { "too-often", Z1, 200, JSON, "{\"code\":200,\"data\":{\"status\":0,\"msg\":\"请求过于频繁\"}}",
    SHY_ACTION_RATE_LIMITED, "频繁" },
  { "page", Z1, 200, "text/html", "  <!DOCTYPE html><html>login</html>", SHY_ACTION_FAIL, "login" },
  { "page-called-json", Z1, 200, JSON, "<html>waf</html>", SHY_ACTION_FAIL, "waf" },
  { "empty", Z1, 200, JSON, "", SHY_ACTION_RETRY, "nothing" },
  { "cut", Z1, 200, JSON, "{\"code\":200,\"data\":[1,2", SHY_ACTION_RETRY, "JSON" },
  { "second-document", Z1, 200, JSON, "{\"code\":200} {}", SHY_ACTION_RETRY, "JSON" },
  { "moved", Z1, 302, JSON, "", SHY_ACTION_FAIL, "elsewhere" },
  { "maintenance", Z1, 503, "text/html", "<html>", SHY_ACTION_RETRY, "503" },
  { "forbidden", Z1, 403, JSON, "{}", SHY_ACTION_FAIL, "被拒绝访问" },
  { "unknown-status", Z1, 418, JSON, "{}", SHY_ACTION_FAIL, "418" },
  { "zero-zero", Z2, 200, JSON, "{\"code\":\"00\",\"datas\":[]}", SHY_ACTION_SUCCESS, NULL },
  { "zero-is-not-zero-zero", Z2, 200, JSON, "{\"code\":0,\"msg\":\"?\",\"datas\":[]}",
    SHY_ACTION_FAIL, "?" },
  { "expired", Z2, 200, JSON, "{\"code\":\"11\",\"msg\":\"过期\"}", SHY_ACTION_REFRESH_AUTH,
    "过期" },
  { "expired-number", Z2, 200, JSON, "{\"code\":14,\"msg\":\"签名\"}", SHY_ACTION_REFRESH_AUTH,
    "签名" },
  { "inner-failure", Z2, 200, JSON,
    "{\"code\":\"00\",\"datas\":{\"success\":false,\"errMsg\":\"无权限\"}}", SHY_ACTION_FAIL,
    "无权限" },
  { "text-for-rows", Z2, 200, JSON, "{\"code\":\"00\",\"datas\":\"稍后\"}", SHY_ACTION_RETRY,
    "text" },
};

static ShyAnswer *
make_answer (guint status, const char *type, const char *name, const char *value)
{
  ShyAnswer *answer = g_new0 (ShyAnswer, 1);

  answer->status = status;
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (name != NULL)
    g_hash_table_insert (answer->headers, g_strdup (name), g_strdup (value));
  answer->content_type = g_strdup (type);
  answer->body = g_bytes_new (NULL, 0);
  return answer;
}

static ShyExchange *
make_exchange (const char *name)
{
  g_autofree char       *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", name,
                                                  NULL);
  g_autoptr (ShyService) service = shy_service_new_from_file (path, NULL);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  g_assert_nonnull (service);
  return shy_exchange_new (service, secrets, NULL);
}

static void
test_row (gconstpointer data)
{
  const Row              *row = data;
  g_autoptr (ShyExchange) exchange = make_exchange (row->service);
  g_autoptr (ShyAnswer)   answer = make_answer (row->status, row->type, NULL, NULL);
  g_autoptr (GError)      error = NULL;
  g_auto (ShyPeeled)      peeled = { NULL };
  ShyAction               action;

  shy_peeled_init (&peeled);
  action = shy_judge (exchange, answer, row->body,
                      shy_service_get_stream (exchange->service, 0)->layers, &peeled, &error);
  g_assert_cmpint (action, ==, row->action);
  if (row->says == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_nonnull (error);
      if (strstr (error->message, row->says) == NULL)
        g_error ("%s", error->message);
    }
}

static void
test_wait (void)
{
  g_autoptr (ShyExchange) exchange = make_exchange (Z1);
  g_autoptr (ShyAnswer)   seconds = make_answer (429, JSON, "retry-after", "17");
  g_autoptr (ShyAnswer)   long_time = make_answer (503, JSON, "retry-after", "86400");
  g_autoptr (ShyAnswer)   date = make_answer (503, JSON, "retry-after",
                                              "Wed, 01 Jan 2025 00:00:30 GMT");
  g_autoptr (ShyAnswer)   none = make_answer (503, JSON, NULL, NULL);
  ShyMoment               moment = { .ms = 1735689600000 };

  exchange->fixed = &moment;
  g_assert_cmpfloat (shy_judge_wait (exchange, seconds, SHY_ACTION_RATE_LIMITED, 1), ==, 17);
  g_assert_cmpfloat (shy_judge_wait (exchange, long_time, SHY_ACTION_RETRY, 1), ==, 600);
  g_assert_cmpfloat (shy_judge_wait (exchange, date, SHY_ACTION_RETRY, 1), ==, 30);
  for (guint i = 0; i < 20; i++)
    {
      /* 2, 4, 8 seconds, each more or less by three tenths. */
      g_assert_cmpfloat (shy_judge_wait (exchange, none, SHY_ACTION_RETRY, 1), <=, 2.6);
      g_assert_cmpfloat (shy_judge_wait (exchange, none, SHY_ACTION_RETRY, 3), >=, 5.6);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/judge/wait", test_wait);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/service/judge/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
