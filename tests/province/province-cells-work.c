/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-cells.h"

/* Cells of job fairs, vacancies, figures and organisations. */

static const char *const fairs[] = { "春季招聘会", "民营企业专场", "高校毕业生专场", "零工市场招聘日",
                                     "乡村振兴专场", "夜市招聘会" };
static const char *const jobs[] = { "茶叶加工技术员", "电商运营", "食用菌栽培工", "护理员", "民宿管家",
                                    "仓库管理员", "会计", "农技推广员", "装配钳工", "家政服务员" };
static const char *const trades[] = { "6-02-06-11", "4-01-02-02", "5-01-02-01", "4-14-01-02",
                                      "4-03-01-01", "4-02-06-01", "2-06-03-00", "2-03-10-00",
                                      "6-20-01-01", "4-10-01-06" };
static const char *const educations[] = { "11", "14", "21", "31", "44", "31", "31", "61" };
static const char *const figures[] = { "城镇新增就业人数", "失业人员再就业人数", "就业困难人员就业人数",
                                       "技能人才培训人次", "返乡入乡合作创业人数" };
static const char *const figure_units[] = { "人", "人", "人", "人次", "人" };

#define PICK(from, number) ((from)[(number) % G_N_ELEMENTS (from)])

static void
put_id (const char *prefix, guint64 number, GString *out)
{
  g_string_append (out, prefix);
  province_put_number (out, number + 1, 9);
}

void
province_cell_fair_id (Province *self, guint64 number, GString *out)
{
  put_id ("ZPH", number, out);
}

void
province_cell_fair (Province *self, guint64 number, GString *out)
{
  g_string_append (out, g_ptr_array_index (self->names, number % self->n_counties));
  g_string_append (out, PICK (fairs, number / 5));
  g_string_append (out, "(样例");
  province_put_number (out, number + 1, 1);
  g_string_append_c (out, ')');
}

/* With a thousands separator, as people write it. */
void
province_cell_fair_posts (Province *self, guint64 number, GString *out)
{
  guint64 posts = 40 + number * 13 % 2400;

  if (posts >= 1000)
    {
      province_put_number (out, posts / 1000, 1);
      g_string_append_c (out, ',');
    }
  province_put_number (out, posts % 1000, posts >= 1000 ? 3 : 1);
}

/* Not a quote in it, so that it can stand in JSON as it is. */
void
province_cell_html (Province *self, guint64 number, GString *out)
{
  g_string_append (out, "<p>样例数据&nbsp;第<b>");
  province_put_number (out, number + 1, 1);
  g_string_append (out, "</b>场，并非真实活动。</p>");
}

void
province_cell_vacancy_id (Province *self, guint64 number, GString *out)
{
  put_id ("GW", number, out);
}

void
province_cell_trade (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (trades, number));
}

void
province_cell_vacancy (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (jobs, number));
  g_string_append (out, "(样例)");
}

void
province_cell_headcount (Province *self, guint64 number, GString *out)
{
  province_put_number (out, 1 + number * 7 % 30, 1);
}

void
province_cell_education (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (educations, number));
}

void
province_cell_pay (Province *self, guint64 number, GString *out)
{
  guint64 least = 3000 + number % 50 * 100;

  if (number % 9 == 8)
    return;
  province_put_number (out, least, 1);
  g_string_append_c (out, '-');
  province_put_number (out, least + 1500, 1);
  g_string_append (out, "元/月");
}

void
province_cell_maker_id (Province *self, guint64 number, GString *out)
{
  put_id ("NCK", number, out);
}

/* Figures: one for each county and kind, month after month. */
static guint64
kind_of (Province *self, guint64 number)
{
  return number / self->n_counties % G_N_ELEMENTS (figures);
}

void
province_cell_figure_id (Province *self, guint64 number, GString *out)
{
  g_string_append (out, "ZB");
  province_put_number (out, kind_of (self, number) + 1, 3);
}

void
province_cell_figure (Province *self, guint64 number, GString *out)
{
  g_string_append (out, figures[kind_of (self, number)]);
  g_string_append (out, "(样例)");
}

void
province_cell_unit (Province *self, guint64 number, GString *out)
{
  g_string_append (out, figure_units[kind_of (self, number)]);
}

void
province_cell_month (Province *self, guint64 number, GString *out)
{
  guint64 month = number / (self->n_counties * G_N_ELEMENTS (figures));

  province_put_number (out, 2023 + month / 12, 4);
  province_put_number (out, month % 12 + 1, 2);
}

void
province_cell_value (Province *self, guint64 number, GString *out)
{
  province_put_number (out, 100 + number * 53 % 9000, 1);
}

void
province_cell_organ_id (Province *self, guint64 number, GString *out)
{
  put_id ("GO_", number, out);
}

void
province_cell_organ (Province *self, guint64 number, GString *out)
{
  g_string_append (out, g_ptr_array_index (self->names, number % self->n_counties));
  g_string_append (out, "样例单位");
  province_put_number (out, number + 1, 1);
}

void
province_cell_organ_above (Province *self, guint64 number, GString *out)
{
  g_string_append (out, "GO_ROOT");
}
