/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *pinyin;
    const char *initials;
  } rows[] = {
    { "张伟", "zhang wei", "zw" },
    { "单小明", "shan xiao ming", "sxm" },
    { "曾志伟", "zeng zhi wei", "zzw" },
    { "欧阳娜娜", "ou yang na na", "oynn" },
    { "尉迟恭", "yu chi gong", "ycg" },
    { "区锦标", "ou jin biao", "ojb" },
    { "李重庆", "li chong qing", "lcq" },
    { "吕布", "lu bu", "lb" },
    { "仇", "qiu", "q" },
    { "阿卜杜·热西提", "a bo du re xi ti", "abdrxt" },
    { "王伟12", "wang wei12", "ww" },
    { "单2", "shan 2", "s2" },
    { "王2伟", "wang2wei", "w" },
    { "王", "wang", "w" },
    { "12", "12", "1" },
    { "Smith 约翰", "smith yue han", "syh" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *pinyin = shy_pinyin_of_name (rows[i].name);
      g_autofree char *initials = shy_pinyin_initials (pinyin);

      g_assert_cmpstr (pinyin, ==, rows[i].pinyin);
      g_assert_cmpstr (initials, ==, rows[i].initials);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/pinyin/names", test_names);

  return g_test_run ();
}
