/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../gateway.h"

#include "service/pull/shy-lookup-private.h"

#include <string.h>

/* Questions of one record by the shipped descriptions, against a gateway on loopback that checks
 * every signature. Persons and employers are made up; their check digits are right. */

#define PERSON "331122199202290010"
#define EMPLOYER "91331122MA00000155"
#define OTHER "91331122MA0000022E"

#define RECORD(members)                                                                            \
  "{\"code\":\"00\",\"msg\":\"成功\",\"datas\":[{\"uscc\":\"" EMPLOYER "\"," members "}]}"

static ShyService *
load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services",
                                            "zj-irs-lookups.json", NULL);
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  service->transport.allow_insecure_http = TRUE;
  service->transport.requests_per_second = 0;
  service->handler.max_retries = 0;
  return service;
}

static ShyLookup *
prepare (ShyService *service, const char *name, const char *base)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (GError)     error = NULL;
  gboolean               person = g_str_equal (name, "insurance");
  ShyLookup             *lookup;

  shy_secrets_set (secrets, "app_key", "key");
  shy_secrets_set (secrets, "app_secret", "fixed");
  lookup = shy_lookup_new (service, shy_service_find_lookup (service, name), secrets);
  shy_lookup_set_url_base (lookup, base);
  shy_lookup_set_parameter (lookup, "uscc", EMPLOYER, &error);
  g_assert_no_error (error);
  if (person && (!shy_lookup_set_parameter (lookup, "id_number", PERSON, &error) ||
                 !shy_lookup_set_parameter (lookup, "name", "测试甲", &error)))
    g_error ("%s", error->message);
  return lookup;
}

static ShyLookupAnswer *
ask (Gateway *self, const char *name, const char *reply)
{
  g_autoptr (ShyService) service = load ();
  g_autoptr (ShyLookup)  lookup = prepare (service, name, self->base);
  g_autoptr (GError)     error = NULL;
  ShyLookupAnswer       *answer;

  self->reply = reply;
  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->lookup, ==, name);
  g_assert_cmpstr (answer->source, ==, "省公共数据平台·核验接口（单条查询）");
  return answer;
}

static const ShyLookupFact *
find (const ShyLookupAnswer *answer, const char *name)
{
  for (guint i = 0; i < answer->facts->len; i++)
    if (g_str_equal (((const ShyLookupFact *) answer->facts->pdata[i])->name, name))
      return answer->facts->pdata[i];
  g_error ("no fact %s", name);
}

static void
test_found (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) answer =
    ask (self, "employer", RECORD ("\"qymc\":\"缙云某某科技有限公司\",\"qylx\":"
                                   "\"有限责任公司(自然人投资或控股)\",\"xzqh\":\"331122\","
                                   "\"clrq\":\"2020-05-06\",\"gxsj\":\"2025-06-01 08:00:00\""));

  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_FOUND);
  g_assert_cmpstr (find (answer, "单位所有制")->text, ==, "民营");
  g_assert_cmpstr (find (answer, "登记地")->text, ==, "331122");
  g_assert_cmpstr (find (answer, "登记日期")->text, ==, "2020-05-06");
  g_assert_cmpstr (answer->source_at, ==, "2025-06-01");
  g_assert_cmpuint (strlen (answer->fetched_at), ==, strlen ("2025-06-30T09:00:00+08:00"));
  g_assert_null (answer->reason);
  /* The purpose goes with the question, and only with it: nothing of it in an address. */
  g_assert_nonnull (strstr (self->asked, EMPLOYER));
  g_assert_nonnull (strstr (self->asked, "powerMatters"));
  g_assert_nonnull (strstr (self->asked, "营业执照"));
  g_assert_null (strstr (self->addresses, EMPLOYER));
}

static void
test_person (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) answer =
    ask (self, "insurance", RECORD ("\"zjhm\":\"" PERSON "\",\"cbd\":\"331122\",\"cbzt\":"
                                    "\"参保缴费\",\"ksny\":\"2023-09\",\"lxjfys\":\"21\""));

  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_FOUND);
  g_assert_cmpstr (find (answer, "社保连续月数")->text, ==, "21");
  g_assert_cmpstr (find (answer, "已参保")->text, ==, "true");
  g_assert_cmpstr (find (answer, "社保起缴月")->text, ==, "2023-09-01");
  g_assert_null (find (answer, "补缴月数")->text);
  g_assert_nonnull (find (answer, "补缴月数")->trouble);
  /* The token was asked for without the person. */
  g_assert_nonnull (strstr (self->addresses, "refreshTokenByKey"));
  g_assert_null (strstr (self->addresses, PERSON));
  for (guint i = 0; i < answer->details->len; i++)
    g_assert_cmpstr (((const ShyLookupDetail *) answer->details->pdata[i])->text, !=, PERSON);
}

/* What is not clear is unknown, whatever it is. */
static void
test_unknown (Gateway *self, gconstpointer data)
{
  static const struct
  {
    const char *reply;
    guint       status;
    const char *says;
  } rows[] = {
    { "{\"code\":\"99\",\"msg\":\"未授权\"}", 0, "未授权" },
    { "{\"code\":\"00\"", 0, "JSON" },
    { "", 0, "with nothing" },
    { "{\"code\":\"00\",\"datas\":[]}", 404, "404" },
    { "<html>login</html>", 0, "web page" },
    { "busy", 503, "503" },
    { "{\"code\":\"00\",\"datas\":[{\"uscc\":\"" EMPLOYER "\",\"qymc\":\"甲\"},{\"uscc\":\""
      EMPLOYER "\",\"qymc\":\"乙\"}]}", 0, "several" },
    { "{\"code\":\"00\",\"datas\":[{\"uscc\":\"" OTHER "\",\"qymc\":\"甲\"}]}", 0, "none of them" },
    { "{\"code\":\"00\",\"datas\":[{\"qymc\":\"甲\"}]}", 0, "none of them" },
    { RECORD ("\"qymc\":\"缙云**公司\",\"xzqh\":\"33****\""), 0, "nothing in it" },
    { RECORD ("\"qylx\":\"其他有限责任公司\""), 0, "nothing in it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyLookupAnswer) answer = NULL;

      self->status = rows[i].status;
      answer = ask (self, "employer", rows[i].reply);
      g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_UNKNOWN);
      if (strstr (answer->reason, rows[i].says) == NULL)
        g_error ("%u: %s", i, answer->reason);
      for (guint j = 0; j < answer->facts->len; j++)
        g_assert_null (((const ShyLookupFact *) answer->facts->pdata[j])->text);
    }
}

static void
test_masked (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) answer =
    ask (self, "employer", "{\"code\":\"00\",\"datas\":{\"uscc\":\"9133112*******0155\",\"qymc\":"
                           "\"缙云＊＊公司\",\"xzqh\":331122}}");

  /* A code with hidden characters can still be the one that was asked about. */
  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_FOUND);
  g_assert_cmpstr (find (answer, "登记地")->text, ==, "331122");
  g_assert_null (find (answer, "用人单位")->text);
  g_assert_nonnull (strstr (find (answer, "用人单位")->trouble, "hides"));
}

static void
test_same_twice (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) answer =
    ask (self, "employer", "{\"code\":\"00\",\"datas\":\"[{\\\"uscc\\\":\\\"" EMPLOYER "\\\","
                           "\\\"qymc\\\":\\\"甲\\\"},{\\\"uscc\\\":\\\"" EMPLOYER "\\\","
                           "\\\"qymc\\\":\\\"甲\\\"}]\"}");

  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_FOUND);
  g_assert_cmpstr (find (answer, "用人单位")->text, ==, "甲");
}

static void
test_not_found (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) answer = ask (self, "employer",
                                            "{\"code\":\"00\",\"datas\":[],\"dataCount\":0}");

  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_NOT_FOUND);
  g_assert_cmpuint (answer->facts->len, ==, 0);
}

/* A service of a test: what is not found is said by a code, and means something. */
static ShyService *
make_service (const char *not_found)
{
  g_autofree char *text = g_strdup_printf (
    "{\"wsd\":1,\"id\":\"x\",\"title\":\"甲\",\"requester\":{\"url_base\":\"http://a.invalid\","
    "\"allow_insecure_http\":true,\"http_method\":\"POST\"},\"error_handler\":{\"max_retries\":0},"
    "\"lookups\":[{\"name\":\"l\",\"title\":\"查\",\"purpose\":\"核\",\"parameters\":[{\"name\":"
    "\"no\",\"title\":\"号\",\"type\":\"text\"},{\"name\":\"more\",\"title\":\"另\",\"type\":"
    "\"text\",\"required\":false}],\"request\":{\"path\":\"/lookup\",\"request_body\":{\"type\":"
    "\"json\",\"value\":{\"no\":\"{{ lookup.no }}\",\"more\":\"{{ lookup.more }}\"}}},"
    "\"record_selector\":{\"layers\":[{\"success\":{\"path\":\"$.code\",\"in\":[0]},\"message\":"
    "[\"$.msg\"],\"descend\":[\"$.data\"]}]},\"fields\":[{\"name\":\"f\",\"from\":[\"f\"],"
    "\"type\":\"text\"}],\"facts\":[{\"fact\":\"甲\",\"field\":\"f\"}]%s}]}", not_found);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_bytes (bytes, "x.json", &error);

  g_assert_no_error (error);
  return service;
}

static ShyLookupAnswer *
ask_made (Gateway *self, const char *not_found, const char *no, const char *reply)
{
  g_autoptr (ShyService) service = make_service (not_found);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (ShyLookup)  lookup = shy_lookup_new (service, shy_service_get_lookup (service, 0),
                                                  secrets);
  g_autoptr (GError)     error = NULL;
  ShyLookupAnswer       *answer;

  shy_lookup_set_url_base (lookup, self->base);
  g_assert_true (shy_lookup_set_parameter (lookup, "no", no, NULL));
  self->reply = reply;
  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static void
test_what_nothing_means (Gateway *self, gconstpointer data)
{
  static const char means[] = ",\"not_found\":{\"when\":{\"path\":\"$.code\",\"in\":[404]},"
                              "\"facts\":[{\"fact\":\"甲\",\"value\":\"无\"}]}";
  static const struct
  {
    const char      *not_found;
    const char      *reply;
    ShyLookupOutcome outcome;
    guint            facts;
  } rows[] = {
    { means, "{\"code\":404,\"msg\":\"查无此证\"}", SHY_LOOKUP_NOT_FOUND, 1 },
    { means, "{\"code\":\"404\",\"data\":null}", SHY_LOOKUP_NOT_FOUND, 1 },
    { means, "{\"code\":500,\"msg\":\"查无此证\"}", SHY_LOOKUP_UNKNOWN, 0 },
    { means, "{\"code\":0,\"data\":[]}", SHY_LOOKUP_UNKNOWN, 0 },
    { means, "{\"code\":0,\"data\":[{\"f\":\"1\"}]}", SHY_LOOKUP_FOUND, 1 },
    { "", "{\"code\":404,\"msg\":\"查无此证\"}", SHY_LOOKUP_UNKNOWN, 0 },
    { "", "{\"code\":0,\"data\":[]}", SHY_LOOKUP_UNKNOWN, 0 },
    { ",\"not_found\":{\"empty\":true}", "{\"code\":0,\"data\":[]}", SHY_LOOKUP_NOT_FOUND, 0 },
    { ",\"not_found\":{\"empty\":true}", "{\"code\":0,\"data\":{}}", SHY_LOOKUP_NOT_FOUND, 0 },
    { ",\"not_found\":{\"when\":{\"path\":\"$.n\",\"in\":[0]}}",
      "{\"code\":0,\"n\":0,\"data\":[{\"f\":\"1\"}]}", SHY_LOOKUP_UNKNOWN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyLookupAnswer) answer = ask_made (self, rows[i].not_found, "1", rows[i].reply);

      g_test_message ("%u: %s", i, answer->reason != NULL ? answer->reason : "");
      g_assert_cmpint (answer->outcome, ==, rows[i].outcome);
      g_assert_cmpuint (answer->facts->len, ==, rows[i].facts);
    }
}

/* A server that quotes what it was sent does not make us repeat it. */
static void
test_quotes_nothing (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyLookupAnswer) echo =
    ask_made (self, "", "张某某 秘", "{\"code\":1,\"msg\":\"无权查询 张某某 秘 (%E5%BC%A0%E6%9F%90"
                                    "%E6%9F%90%20%E7%A7%98), 证件331122199202290010\"}");
  g_autoptr (ShyLookupAnswer) number =
    ask_made (self, "", "A-0012345", "{\"code\":1,\"msg\":\"号码 A-0012345 有误\"}");

  g_assert_nonnull (strstr (echo->reason, "无权查询"));
  g_assert_null (strstr (echo->reason, "张"));
  g_assert_null (strstr (echo->reason, "%E5"));
  g_assert_null (strstr (echo->reason, "19920229"));
  g_assert_nonnull (strstr (number->reason, "号码 *** 有误"));
}

static void
test_parameters (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)      service = load ();
  g_autoptr (ShySecrets)      secrets = shy_secrets_new ();
  const ShyServiceLookup     *described = shy_service_find_lookup (service, "insurance");
  g_autoptr (ShyLookup)       lookup = shy_lookup_new (service, described, secrets);
  g_autoptr (ShyLookupAnswer) answer = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char *masked = shy_lookup_parameter_mask (
    shy_service_lookup_get_parameter (described, 0), PERSON);

  g_assert_null (strstr (masked, "19920229"));
  g_assert_false (shy_lookup_set_parameter (lookup, "id_number", "331122199202290011", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_null (strstr (error->message, "331122"));
  g_clear_error (&error);
  g_assert_false (shy_lookup_set_parameter (lookup, "no", "1", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (shy_lookup_run (lookup, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "证件号码"));
  g_clear_error (&error);
  g_assert_cmpuint (self->hits, ==, 0);

  /* Without keys nothing is asked either, and nothing is known. */
  g_assert_true (shy_lookup_set_parameter (lookup, "id_number", PERSON, NULL));
  g_assert_true (shy_lookup_set_parameter (lookup, "name", "甲", NULL));
  g_assert_true (shy_lookup_set_parameter (lookup, "uscc", EMPLOYER, NULL));
  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_UNKNOWN);
  g_assert_nonnull (strstr (answer->reason, "app_key"));
  g_assert_cmpuint (self->hits, ==, 0);
}

static void
test_timeout (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)      service = make_service ("");
  g_autoptr (ShySecrets)      secrets = shy_secrets_new ();
  g_autoptr (ShyLookup)       lookup = shy_lookup_new (service, shy_service_get_lookup (service, 0),
                                                       secrets);
  g_autoptr (ShyLookupAnswer) answer = NULL;
  g_autoptr (GError)          error = NULL;

  service->transport.deadline_seconds = 1;
  shy_lookup_set_url_base (lookup, self->base);
  g_assert_true (shy_lookup_set_parameter (lookup, "no", "1", NULL));
  self->hangs = TRUE;
  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_UNKNOWN);
  g_assert_nonnull (answer->reason);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)   service = make_service ("");
  g_autoptr (ShySecrets)   secrets = shy_secrets_new ();
  g_autoptr (ShyLookup)    lookup = shy_lookup_new (service, shy_service_get_lookup (service, 0),
                                                    secrets);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  shy_lookup_set_url_base (lookup, self->base);
  g_assert_true (shy_lookup_set_parameter (lookup, "no", "1", NULL));
  self->hangs = TRUE;
  shy_lookup_run_async (lookup, cancellable, cancelled_cb, &result);
  g_timeout_add (50, cancel_cb, cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (shy_lookup_run_finish (lookup, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_network (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyService)      service = load ();
  g_autoptr (ShyLookup)       lookup = prepare (service, "insurance", "http://127.0.0.1:1");
  g_autoptr (ShyLookupAnswer) answer = NULL;
  g_autoptr (GError)          error = NULL;

  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_UNKNOWN);
  g_assert_null (strstr (answer->reason, PERSON));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/service-lookup/" name, Gateway, NULL, gateway_set_up, function, gateway_tear_down)

int
main (int argc, char *argv[])
{
  /* libsoup reads the proxies of the session, which isolated folders hide. */
  g_test_init (&argc, &argv, NULL);

  ADD ("found", test_found);
  ADD ("person", test_person);
  ADD ("unknown", test_unknown);
  ADD ("masked", test_masked);
  ADD ("same-twice", test_same_twice);
  ADD ("not-found", test_not_found);
  ADD ("what-nothing-means", test_what_nothing_means);
  ADD ("quotes-nothing", test_quotes_nothing);
  ADD ("parameters", test_parameters);
  ADD ("timeout", test_timeout);
  ADD ("cancel", test_cancel);
  ADD ("no-network", test_no_network);

  return g_test_run ();
}
