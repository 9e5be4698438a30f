/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "county/shy-area.h"

#include <glib.h>

typedef struct
{
  const char *written;
  const char *code; /* (nullable): no area */
} Place;

/* As clerks write where a firm is registered, insured, at work. Codes: GB/T 2260. */
static const Place places[] = {
  { "杭州市余杭区", "330110" },
  { "余杭区", "330110" },
  { "余杭", "330110" },
  { "浙江省杭州市余杭区", "330110" },
  { "浙江 杭州 余杭", "330110" },
  { "浙江省余杭区", "330110" },
  { "义乌市", "330782" },
  { "义乌", "330782" },
  { "金华市义乌市", "330782" },
  { "３３０７８２", "330782" },
  { "330782", "330782" },
  { "330782001000", "330782" },
  { "331127102", "331127" },
  { "331127102201", "331127" },
  { "330100", "330100" },
  { "3301", "330100" },
  { "33", "330000" },
  { "330000000000", "330000" },
  { "杭州市", "330100" },
  { "杭州市本级", "330100" },
  { "杭州市市本级", "330100" },
  { "丽水市本级", "331100" },
  { "丽水市市直", "331100" },
  { "浙江省本级", "330000" },
  { "浙江省省直", "330000" },
  { "市本级", SHY_AREA_ELSEWHERE },
  { SHY_AREA_ELSEWHERE, SHY_AREA_ELSEWHERE },
  { "外省", SHY_AREA_ELSEWHERE },
  { "省外", SHY_AREA_ELSEWHERE },
  { "境外", SHY_AREA_ELSEWHERE },
  { "上海市浦东新区", "310115" },
  { "上海浦东新区", "310115" },
  { "北京市海淀区", "110108" },
  { "北京市", "110000" },
  { "重庆市", "500000" },
  { "江苏省苏州市昆山市", "320583" },
  { "昆山", "320583" },
  { "内蒙古自治区呼和浩特市", "150100" },
  { "内蒙古呼和浩特", "150100" },
  { "恩施土家族苗族自治州", "422800" },
  { "恩施州", NULL },
  { "新疆维吾尔自治区", "650000" },
  { "景宁畲族自治县", "331127" },
  { "丽水市景宁县", NULL }, /* the county's own list knows this way of writing it */
  { "广西壮族自治区桂林市龙胜各族自治县", "450328" },
  { "香港特别行政区", "810000" },
  /* Of several areas of a name the one at home is meant; where there is none, it is elsewhere. */
  { "西湖区", "330106" },
  { "杭州市西湖区", "330106" },
  { "南昌市西湖区", "360103" },
  { "江西省南昌市西湖区", "360103" },
  { "普陀区", "330903" },
  { "上海市普陀区", "310107" },
  { "江北区", "330205" },
  { "鼓楼区", SHY_AREA_ELSEWHERE },
  { "南京市鼓楼区", "320106" },
  { "朝阳区", SHY_AREA_ELSEWHERE },
  /* Of the past. */
  { "萧山市", "330181" },
  { "余杭市", "330184" },
  { "丽水县", "332521" },
  { "330219", "330219" },
  { "339017", "339017" },
  { "332526", "332526" },
  /* With an address behind it. */
  { "浙江省丽水市景宁畲族自治县红星街道人民中路1号", "331127" },
  { "浙江省杭州市余杭区仓前街道文一西路", "330110" },
  { "浙江省金华市义乌市稠城街道", "330782" },
  /* No area. */
  { "", NULL },
  { "不详", NULL },
  { "某某县", NULL },
  { "330999", NULL },
  { "991127", NULL },
  { "33112", NULL },
  { "江苏省余杭区", NULL },
  { "杭州市义乌市", NULL },
  { "用人单位", NULL },
  { "青田石雕厂", NULL },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *code = shy_area_find (places[i].written);

      if (g_strcmp0 (code, places[i].code) != 0)
        {
          g_test_message ("“%s”: %s, not %s", places[i].written, code, places[i].code);
          g_test_fail ();
        }
    }
}

static void
test_names (void)
{
  const struct
  {
    const char *code;
    const char *name;
  } rows[] = {
    { "330110", "浙江省杭州市余杭区" }, { "331100", "浙江省丽水市" },
    { "110108", "北京市海淀区" },       { "810000", "香港特别行政区" },
    { "339017", "浙江省乐清市" },       { "330402", "浙江省嘉兴市城区、秀城区、南湖区" },
    { "991127", NULL },                 { "33", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = shy_area_dup_name (rows[i].code);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

/* Codes that stand at the front of numbers given out in Zhejiang before 2000: none is doubted.
 * Source: the yearly lists of the Ministry of Civil Affairs, 1982 to 1994. */
static void
test_former_codes_of_zhejiang (void)
{
  const char *const codes[] = {
    "330219", "330221", "330223", "330107", "330202", "330301", "330701", "332121", "332229",
    "332402", "332501", "332526", "332603", "332724", "339001", "339005", "339012", "339013",
    "339014", "339015", "339016", "339017", "339018", "339019", "339020", "339021", "330100",
    "331100", "332500", "332600", "332700",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (shy_area_look_up (codes[i]) != SHY_AREA_COUNTY)
      g_test_fail_printf ("%s is doubted", codes[i]);
  g_assert_cmpint (shy_area_look_up ("330999"), ==, SHY_AREA_UNLISTED);
  g_assert_cmpint (shy_area_look_up ("420999"), ==, SHY_AREA_PROVINCE);
  g_assert_cmpint (shy_area_look_up ("990101"), ==, SHY_AREA_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area/find", test_find);
  g_test_add_func ("/area/names", test_names);
  g_test_add_func ("/area/former-codes-of-zhejiang", test_former_codes_of_zhejiang);
  return g_test_run ();
}
