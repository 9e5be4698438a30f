/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-cells.h"

#include <string.h>

/* Cells that several tables share. */

#define DAY_SECONDS 86400

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周" };
static const char *const given_names[] = { "样一", "样二", "样三", "样四", "样五", "样六", "样七" };
static const char *const products[] = { "茶叶", "食用菌", "杨梅", "蜂蜜", "山茶油", "中药材", "竹制品",
                                        "柑橘", "高山蔬菜", "稻鱼" };
static const char *const industries[] = { "A01", "A02", "A04", "C13", "C14", "C15", "F51", "I65",
                                          "L72", "M75", "O80", "P83" };

/* Appends @value with at least @digits digits. */
void
province_put_number (GString *out, guint64 value, guint digits)
{
  char  text[20];
  guint at = sizeof text;

  do
    {
      text[--at] = (char) ('0' + value % 10);
      value /= 10;
    }
  while (value > 0 || sizeof text - at < digits);
  g_string_append_len (out, text + at, sizeof text - at);
}

static const char *
pick (const char *const *from, gsize count, guint64 number)
{
  return from[number % count];
}

#define PICK(from, number) pick (from, G_N_ELEMENTS (from), number)

/* GB 11714: the weights of an organisation code; letters count from A, which is 10. */
static char
organisation_check (const char *code)
{
  static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  int              sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (g_ascii_isdigit (code[i]) ? code[i] - '0' : code[i] - 'A' + 10) * weights[i];
  return "0X987654321"[sum % 11];
}

/* GB 32100: powers of 3 modulo 31 over an alphabet without I, O, S, V and Z. */
static char
credit_check (const char *alphabet, const char *code)
{
  int sum = 0;
  int weight = 1;

  for (guint i = 0; i < 17; i++)
    {
      sum += (int) (strchr (alphabet, code[i]) - alphabet) * weight;
      weight = weight * 3 % 31;
    }
  return alphabet[(31 - sum % 31) % 31];
}

/* A code that passes its checks: the kind, the county, an organisation code from the number. */
static void
put_credit_code (Province *self, const char *kind, guint64 number, GString *out)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  char              code[19] = { 0 };
  guint64           rest = number;

  memcpy (code, kind, 2);
  memcpy (code + 2, g_ptr_array_index (self->codes, number % self->n_counties), 6);
  memcpy (code + 8, "MA", 2);
  for (int i = 15; i >= 10; i--)
    {
      code[i] = alphabet[rest % 31];
      rest /= 31;
    }
  code[16] = organisation_check (code + 8);
  code[17] = credit_check (alphabet, code);
  g_string_append_len (out, code, 18);
}

void
province_cell_uscc (Province *self, guint64 number, GString *out)
{
  put_credit_code (self, "91", number, out);
}

void
province_cell_farm_uscc (Province *self, guint64 number, GString *out)
{
  put_credit_code (self, "92", number, out);
}

void
province_cell_region (Province *self, guint64 number, GString *out)
{
  g_string_append (out, g_ptr_array_index (self->codes, number % self->n_counties));
}

static const char *
county (Province *self, guint64 number)
{
  return g_ptr_array_index (self->names, number % self->n_counties);
}

static void
put_named (Province *self, guint64 number, const char *before, const char *after, GString *out)
{
  g_string_append (out, county (self, number));
  g_string_append (out, before);
  province_put_number (out, number + 1, 1);
  g_string_append (out, after);
}

void
province_cell_employer (Province *self, guint64 number, GString *out)
{
  put_named (self, number, "样例第", "号有限公司", out);
}

void
province_cell_leader (Province *self, guint64 number, GString *out)
{
  put_named (self, number, "样例第", "号农业开发有限公司", out);
}

void
province_cell_farm (Province *self, guint64 number, GString *out)
{
  put_named (self, number, "样例第", "号家庭农场", out);
}

void
province_cell_maker (Province *self, guint64 number, GString *out)
{
  put_named (self, number, "样例农创客", "号", out);
}

void
province_cell_person (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (surnames, number));
  g_string_append (out, PICK (given_names, number / G_N_ELEMENTS (surnames)));
}

void
province_cell_phone (Province *self, guint64 number, GString *out)
{
  /* 0570-555…: written as a land line that nobody has. */
  if (number % 3 == 2)
    return;
  g_string_append (out, "0570-555");
  province_put_number (out, number % 10000, 4);
}

void
province_cell_address (Province *self, guint64 number, GString *out)
{
  put_named (self, number, "样例镇样例路", "号", out);
}

void
province_cell_level (Province *self, guint64 number, GString *out)
{
  province_put_number (out, number % 3 + 1, 1);
}

void
province_cell_year (Province *self, guint64 number, GString *out)
{
  province_put_number (out, 2012 + number % 13, 4);
}

void
province_cell_industry (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (industries, number / 7));
}

void
province_cell_product (Province *self, guint64 number, GString *out)
{
  g_string_append (out, PICK (products, number / 3));
}

/* Mu, with a fraction that must not go through binary. */
void
province_cell_area (Province *self, guint64 number, GString *out)
{
  province_put_number (out, 20 + number % 480, 1);
  g_string_append_c (out, '.');
  province_put_number (out, number * 37 % 100, 2);
}

void
province_cell_staff (Province *self, guint64 number, GString *out)
{
  province_put_number (out, 3 + number * 31 % 400, 1);
}

void
province_cell_note (Province *self, guint64 number, GString *out)
{
  g_string_append (out, "样例数据，非真实单位");
}

/* Days since 1970 on which a row was last updated; never falls as the number grows. */
gint64
province_day_of (Province *self, guint64 number)
{
  return self->first_day + (gint64) (number * (guint64) self->days / MAX (self->rows, 1));
}

/* The first row that was updated on @day or later. */
guint64
province_first_on (Province *self, gint64 day)
{
  guint64 passed;

  if (day <= self->first_day)
    return 0;
  passed = (guint64) (day - self->first_day);
  return MIN (self->rows, (passed * self->rows + (guint64) self->days - 1) / (guint64) self->days);
}

/* From days since 1970 to year, month and day; GDate is too slow for a million cells. */
static void
put_day (gint64 day, const char *between, GString *out)
{
  gint64 shifted = day + 719468; /* days since 1 March of the year 0 */
  gint64 era = shifted / 146097;
  gint64 of_era = shifted % 146097;
  gint64 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year + year / 4 - year / 100);
  gint64 month = (5 * of_year + 2) / 153;
  gint64 of_month = of_year - (153 * month + 2) / 5 + 1;

  month = month < 10 ? month + 3 : month - 9;
  province_put_number (out, (guint64) (year + era * 400 + (month <= 2)), 4);
  g_string_append (out, between);
  province_put_number (out, (guint64) month, 2);
  g_string_append (out, between);
  province_put_number (out, (guint64) of_month, 2);
}

/* Seconds of the day on which a row was updated. */
static guint64
second_of (guint64 number)
{
  return number * 7919 % DAY_SECONDS;
}

void
province_cell_updated (Province *self, guint64 number, GString *out)
{
  guint64 second = second_of (number);

  put_day (province_day_of (self, number), "-", out);
  g_string_append_c (out, ' ');
  province_put_number (out, second / 3600, 2);
  g_string_append_c (out, ':');
  province_put_number (out, second / 60 % 60, 2);
  g_string_append_c (out, ':');
  province_put_number (out, second % 60, 2);
}

/* The same moment, counted from 1970; clocks here are eight hours ahead of UTC. */
void
province_cell_updated_ms (Province *self, guint64 number, GString *out)
{
  gint64 seconds = province_day_of (self, number) * DAY_SECONDS + (gint64) second_of (number);

  province_put_number (out, (guint64) (seconds - 8 * 3600) * 1000, 1);
}

void
province_cell_day (Province *self, guint64 number, GString *out)
{
  put_day (province_day_of (self, number), "", out);
}

static void
put_fair_time (Province *self, guint64 number, const char *hour, GString *out)
{
  put_day (province_day_of (self, number) + 14, "-", out);
  g_string_append (out, hour);
}

void
province_cell_fair_start (Province *self, guint64 number, GString *out)
{
  put_fair_time (self, number, " 09:00", out);
}

void
province_cell_fair_end (Province *self, guint64 number, GString *out)
{
  put_fair_time (self, number, " 11:30", out);
}
