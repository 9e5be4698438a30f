/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asking.h"
#include "province-private.h"

#include "identity/shy-identity.h"

#include <string.h>

/* The province itself: its rows, and that it refuses what a gateway refuses. */

#define SECRET "sample0direct0appsecret000000001"

static Province *
make (guint64 rows)
{
  g_autoptr (GError) error = NULL;
  Province          *province = province_new (rows, &error);

  g_assert_no_error (error);
  return province;
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

/* Credit codes pass their checks and are never given twice. */
static void
test_codes (void)
{
  g_autoptr (Province)   province = make (1000000);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 i = 0; i < 1000000; i += 499)
    {
      g_autofree char *code = province_dup_cell (province, PROVINCE_EMPLOYER, "uscc", i);

      g_assert_cmpint (shy_identity_check (SHY_IDENTITY_KIND_CREDIT_CODE, code, NULL, NULL), ==,
                       SHY_IDENTITY_VALID);
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&code)));
    }
}

/* Days by number and numbers by day say the same; time never goes back. */
static void
test_days (void)
{
  static const guint64 sizes[] = { 1, 7, 500, 1000003 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (Province) province = make (sizes[s]);

      g_assert_cmpuint (province_first_on (province, province_day_of (province, 0)), ==, 0);
      for (guint64 i = 1; i < sizes[s]; i += 1 + sizes[s] / 300)
        {
          gint64 day = province_day_of (province, i);

          g_assert_cmpint (day, >=, province_day_of (province, i - 1));
          g_assert_cmpuint (province_first_on (province, day), <=, i);
          g_assert_cmpuint (province_first_on (province, day + 1), >, i);
        }
    }
}

/* A page far behind costs what the first does, and ends where the rows end. */
static void
test_pages (void)
{
  g_autoptr (Province) province = make (1000000000001);
  g_autofree char     *last = province_ask (province, "GET",
                                            "/jdop_front/interfaces/cata_00000/get_data.do?"
                                            "appsecret=" SECRET "&pageNum=5000000001&pageSize=200",
                                            NULL, NULL);
  g_autofree char     *beyond = province_ask (province, "POST",
                                              "/jdop_front/interfaces/cata_00000/get_data.do",
                                              NULL, "appsecret=" SECRET
                                              "&pageNum=5000000002&pageSize=200");

  assert_has (last, "\"acb330\":\"ZPH1000000000001\"");
  g_assert_null (strstr (last, "},{"));
  assert_has (beyond, "\"data\":[]");
}

/* The vector of the JAGS rule, and the gateway that checks by it. */
static void
test_gateway (void)
{
#define CONTENT "biz_content=%7B%22pageNum%22%3A%221%22%2C%22pageSize%22%3A%22200%22%2C" \
                "%22userSecret%22%3A%22u0000000000000000000000000000test%22%7D"
  g_autoptr (Province) province = make (10);
  g_autofree char     *sign = province_ask (province, "POST", "/jimp/sign/createsign.do", NULL,
                                            "app_id=testapp&charset=UTF-8&interface_id="
                                            "jobfairgetdata&origin=0&timestamp=1735689600000&"
                                            "version=1.0&sign=&" CONTENT);
  g_autofree char *form = g_strconcat ("app_id=jinhua&interface_id=x00000getdata&"
                                       "timestamp=1735689600000&" CONTENT "&sign=", sign, NULL);
  g_autofree char *reply = province_ask (province, "POST", "/interface/gateway.do", NULL, form);

  g_assert_cmpstr (sign, ==, "e86b8d0ca6c59402f09e95c47abc81dca2291c81d03c4c5c4b5bdb6698891d99\n");
  assert_has (reply, "验签失败");
#undef CONTENT
}

static void
test_refusals (void)
{
  g_autoptr (Province) province = make (10);
  g_autofree char     *key = province_ask (province, "GET",
                                           "/jdop_front/interfaces/cata_00000/get_total.do?"
                                           "appsecret=no", NULL, NULL);
  g_autofree char     *path = province_ask (province, "GET", "/nowhere", NULL, NULL);

  assert_has (key, "\"status\":0,\"msg\":\"appsecret错误");
  assert_has (path, "接口不存在");
  g_assert_cmpuint (province_count_requests (province, "/jdop_front"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/province/codes", test_codes);
  g_test_add_func ("/province/days", test_days);
  g_test_add_func ("/province/pages", test_pages);
  g_test_add_func ("/province/gateway", test_gateway);
  g_test_add_func ("/province/refusals", test_refusals);
  return g_test_run ();
}
