/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "sheet/shy-sheet-value.h"

#include "shy-error.h"

#include <string.h>

#define TEXT SHY_SHEET_CELL_TEXT
#define NUMBER SHY_SHEET_CELL_NUMBER
#define DATE SHY_SHEET_CELL_DATE
#define DATETIME SHY_SHEET_CELL_DATETIME
#define MAC SHY_SHEET_CELL_EPOCH_1904

/* A cell as a reader gives it; D12 in the sheet 申报表. */
static ShySheetCell
make_cell (ShySheetCellKind  kind,
           ShySheetCellFlags flags,
           const char       *text,
           const char       *format)
{
  ShySheetCell cell = {
    .sheet = "申报表", .row = 12, .column = 3, .kind = kind, .flags = flags, .text = text,
    .number = kind == NUMBER ? text : NULL, .format = format,
  };

  return cell;
}

/* A message must name the cell and hold the word. */
static void
check_error (GError     *error,
             const char *word,
             const char *about)
{
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  if (!g_str_has_prefix (error->message, "sheet 申报表, cell D12: ") ||
      strstr (error->message, word) == NULL)
    g_error ("%s: “%s” lacks “%s”", about, error->message, word);
}

typedef struct
{
  ShySheetCellKind  kind;
  ShySheetCellFlags flags;
  const char       *text;
  const char       *format;
  const char       *value; /* what comes out, or NULL */
  const char       *word;  /* what the message holds */
} Case;

static const Case dates[] = {
  { DATE, 0, "2025-06-30", "yyyy-mm-dd", "2025-06-30" },
  { DATETIME, 0, "2025-06-30 23:59:59", "yyyy-mm-dd hh:mm", "2025-06-30" },
  { DATE, 0, "2025-06-15", "yyyy\"年\"m\"月\"", "2025-06-15" },
  { DATE, 0, "2025-06-01", "yyyy\"年\"m\"月\"", NULL, "month only, 2025-06" },
  { DATE, 0, "2025-06-01", "m\"月\"d\"日\"", "2025-06-01" },
  { DATE, 0, "1900-02-29", "yyyy-mm-dd", NULL, "no such day" },
  { DATE, 0, "1900-01-00", "yyyy-mm-dd", NULL, "not a date" },
  { SHY_SHEET_CELL_TIME, 0, "08:30:00", "h:mm", NULL, "not a date" },
  { SHY_SHEET_CELL_BOOLEAN, 0, "TRUE", NULL, NULL, "not a date" },
  { SHY_SHEET_CELL_ERROR, 0, "#N/A", NULL, NULL, "#N/A" },
  { SHY_SHEET_CELL_ERROR, SHY_SHEET_CELL_FORMULA, "", NULL, NULL, "formula" },
  { NUMBER, 0, "45838", NULL, "2025-06-30" },
  { NUMBER, MAC, "44376", NULL, "2025-06-30" },
  { NUMBER, 0, "20250630", NULL, "2025-06-30" },
  { NUMBER, 0, "2025", NULL, NULL, "not a date" },
  { NUMBER, 0, "60", NULL, NULL, "not a date" },
  { NUMBER, 0, "202506", NULL, NULL, "is a month" },
  { NUMBER, 0, "45838.5", NULL, NULL, "not a date" },
  { NUMBER, 0, "20250631", NULL, NULL, "no such day" },
  { TEXT, 0, "2025-06-30", NULL, "2025-06-30" },
  { TEXT, 0, "2025-6-3", NULL, "2025-06-03" },
  { TEXT, 0, "2025/6/30", NULL, "2025-06-30" },
  { TEXT, 0, "2025.6.30", NULL, "2025-06-30" },
  { TEXT, 0, "2025.06.30", NULL, "2025-06-30" },
  { TEXT, 0, "2025年6月30日", NULL, "2025-06-30" },
  { TEXT, 0, "2025年06月30号", NULL, "2025-06-30" },
  { TEXT, 0, "２０２５年６月３０日", NULL, "2025-06-30" },
  { TEXT, 0, "  2025 年 6 月 30 日 ", NULL, "2025-06-30" },
  { TEXT, 0, "20250630", NULL, "2025-06-30" },
  { TEXT, 0, "2025-06-30 08:30:00", NULL, "2025-06-30" },
  { TEXT, 0, "2025-06-30T00:00:00", NULL, "2025-06-30" },
  { TEXT, 0, "2025/6/30　0:00", NULL, "2025-06-30" },
  { TEXT, 0, "2024-02-29", NULL, "2024-02-29" },
  { TEXT, 0, "2025-02-29", NULL, NULL, "no such day" },
  { TEXT, 0, "2025-02-31", NULL, NULL, "no such day" },
  { TEXT, 0, "2025-13-01", NULL, NULL, "no such day" },
  { TEXT, 0, "2025-00-10", NULL, NULL, "no such day" },
  { TEXT, 0, "25-06-30", NULL, NULL, "two digits" },
  { TEXT, 0, "25.6.30", NULL, NULL, "two digits" },
  { TEXT, 0, "0225-06-30", NULL, NULL, "not a date" },
  { TEXT, 0, "6/30/2025", NULL, NULL, "not a date" },
  { TEXT, 0, "2025年6月", NULL, NULL, "is a month" },
  /* A serial that became text. */
  { TEXT, 0, "45838", NULL, "2025-06-30" },
  { TEXT, MAC, "44376", NULL, "2025-06-30" },
  { TEXT, 0, "20241", NULL, NULL, "not a date" },
  { TEXT, 0, "20256", NULL, NULL, "not a date" },
  { TEXT, 0, "458380", NULL, NULL, "not a date" },
  /* Chinese numerals. */
  { TEXT, 0, "二〇二四年一月十二日", NULL, "2024-01-12" },
  { TEXT, 0, "二零二四年一月十二日", NULL, "2024-01-12" },
  { TEXT, 0, "2024年元月12日", NULL, "2024-01-12" },
  { TEXT, 0, "二О二四年元月十二日", NULL, "2024-01-12" },
  { TEXT, 0, "二Ｏ二四年一月十二日", NULL, "2024-01-12" },
  { TEXT, 0, "二o二四年一月十二日", NULL, "2024-01-12" },
  { TEXT, 0, "二○二四年十月十日", NULL, "2024-10-10" },
  { TEXT, 0, "二〇二五年十二月三十一日", NULL, "2025-12-31" },
  { TEXT, 0, "二〇二五年六月廿三日", NULL, "2025-06-23" },
  { TEXT, 0, "二〇二五年六月二十号", NULL, "2025-06-20" },
  { TEXT, 0, "二〇二五年十一月一日", NULL, "2025-11-01" },
  { TEXT, 0, "2025年六月三十日", NULL, "2025-06-30" },
  { TEXT, 0, "二〇二五年二月三十日", NULL, NULL, "no such day" },
  { TEXT, 0, "二五年六月三十日", NULL, NULL, "two digits" },
  { TEXT, 0, "二〇二五年六月", NULL, NULL, "is a month" },
  /* A weekday beside the day. */
  { TEXT, 0, "2024-01-12 星期五", NULL, "2024-01-12" },
  { TEXT, 0, "2024年1月12日（星期五）", NULL, "2024-01-12" },
  { TEXT, 0, "2024/1/12 周五", NULL, "2024-01-12" },
  { TEXT, 0, "2024年1月12日星期五 08:30", NULL, "2024-01-12" },
  { TEXT, 0, "二〇二四年一月十二日星期五", NULL, "2024-01-12" },
  { TEXT, 0, "星期日 2024-01-14", NULL, "2024-01-14" },
  { TEXT, 0, "2024-01-12 Fri", NULL, "2024-01-12" },
  { TEXT, 0, "2024-01-12 下午 2:30", NULL, "2024-01-12" },
  { TEXT, 0, "2024.1.12.", NULL, "2024-01-12" },
  { TEXT, 0, "２０２４－０１－１２", NULL, "2024-01-12" },
  { TEXT, 0, "2024-01-12 星期", NULL, NULL, "not a date" },
  { TEXT, 0, "民国113年1月12日", NULL, NULL, "not a date" },
  { TEXT, 0, "2025-06-30至2026-06-30", NULL, NULL, "not a date" },
  { TEXT, 0, "长期", NULL, NULL, "not a date" },
  { TEXT, 0, "2025-6-", NULL, NULL, "not a date" },
  { TEXT, 0, "2025-06-300", NULL, NULL, "not a date" },
};

static const Case months[] = {
  { DATE, 0, "2025-06-01", "yyyy\"年\"m\"月\"", "2025-06-01" },
  { DATE, 0, "2025-06-30", "yyyy-mm-dd", "2025-06-01" },
  { NUMBER, 0, "202506", NULL, "2025-06-01" },
  { NUMBER, 0, "20250630", NULL, "2025-06-01" },
  { NUMBER, 0, "45838", NULL, "2025-06-01" },
  { NUMBER, 0, "2025.6", NULL, "2025-06-01" },
  { NUMBER, 0, "2025.12", NULL, "2025-12-01" },
  { NUMBER, 0, "2025.1", NULL, NULL, "not a month" },
  { NUMBER, 0, "2025", NULL, NULL, "not a month" },
  { NUMBER, 0, "202513", NULL, NULL, "no such day" },
  { TEXT, 0, "2025-06", NULL, "2025-06-01" },
  { TEXT, 0, "2025.1", NULL, "2025-01-01" },
  { TEXT, 0, "2025.10", NULL, "2025-10-01" },
  { TEXT, 0, "2025/6", NULL, "2025-06-01" },
  { TEXT, 0, "2025年6月", NULL, "2025-06-01" },
  { TEXT, 0, "2025年6月份", NULL, "2025-06-01" },
  { TEXT, 0, "202506", NULL, "2025-06-01" },
  { TEXT, 0, "2025-06-30", NULL, "2025-06-01" },
  { TEXT, 0, "25年6月", NULL, NULL, "two digits" },
  { TEXT, 0, "2025年13月", NULL, NULL, "no such day" },
  { TEXT, 0, "六月", NULL, NULL, "not a month" },
};

static void
check_days (const Case *cases,
            gsize       n_cases,
            gboolean    month)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      ShySheetCell       cell = make_cell (cases[i].kind, cases[i].flags, cases[i].text, cases[i].format);
      g_autoptr (GError) error = NULL;
      GDate              date;
      char               text[16];
      gboolean           ok = month ? shy_sheet_value_get_month (&cell, &date, &error)
                                    : shy_sheet_value_get_date (&cell, &date, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].value != NULL);
      if (!ok)
        {
          check_error (error, cases[i].word, cases[i].text);
          continue;
        }
      g_assert_no_error (error);
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
      g_assert_cmpstr (text, ==, cases[i].value);
    }
}

static void
test_dates (void)
{
  check_days (dates, G_N_ELEMENTS (dates), FALSE);
}

static void
test_months (void)
{
  check_days (months, G_N_ELEMENTS (months), TRUE);
}

static const struct
{
  Case        of;
  const char *unit;
  const char *column_unit;
} numbers[] = {
  { { NUMBER, 0, "1234.56", "#,##0.00", "1234.56" }, "元", NULL },
  { { NUMBER, 0, "20", NULL, "200000" }, "元", "万元" },
  { { NUMBER, 0, "1.2345", NULL, "12345" }, "元", "万元" },
  { { NUMBER, 0, "1.23456", NULL, "12345.6" }, "元", "万元" },
  { { NUMBER, 0, "200000", NULL, "20" }, "万元", "元" },
  { { NUMBER, 0, "-5", NULL, "-0.0005" }, "万元", "元" },
  { { NUMBER, 0, "0", NULL, "0" }, "元", "万元" },
  { { NUMBER, 0, "3", NULL, NULL, "cannot be turned into" }, "元", "美元" },
  { { NUMBER, 0, "20", "0\"万元\"", NULL, "in doubt" }, "元", NULL },
  { { NUMBER, 0, "0.5", "0%", "50" }, "%", NULL },
  { { NUMBER, 0, "0.5", "0%", "0.5" }, NULL, NULL },
  { { NUMBER, SHY_SHEET_CELL_ROUNDED, "1234567890123456", NULL, NULL, "15 digits" }, NULL, NULL },
  { { TEXT, 0, "1,234,567.890", NULL, "1234567.89" }, NULL, NULL },
  { { TEXT, 0, "１，２３４．５０", NULL, "1234.5" }, NULL, NULL },
  { { TEXT, 0, "007", NULL, "7" }, NULL, NULL },
  { { TEXT, 0, "-0.00", NULL, "0" }, NULL, NULL },
  { { TEXT, 0, "+3", NULL, "3" }, NULL, NULL },
  { { TEXT, 0, "0.05", NULL, "0.05" }, NULL, NULL },
  { { TEXT, 0, "￥20万元", NULL, "200000" }, "元", NULL },
  { { TEXT, 0, "20万", NULL, "200000" }, "元", NULL },
  { { TEXT, 0, "1.5亿元", NULL, "150000000" }, "元", NULL },
  { { TEXT, 0, "200000 元整", NULL, "200000" }, "元", "万元" },
  { { TEXT, 0, "20", NULL, "200000" }, "元", "万元" },
  { { TEXT, 0, "12人", NULL, "12" }, "人", NULL },
  { { TEXT, 0, "12个月", NULL, "12" }, "月", NULL },
  { { TEXT, 0, "50%", NULL, "50" }, "%", NULL },
  { { TEXT, 0, "12人", NULL, NULL, "unit" }, "元", NULL },
  { { TEXT, 0, "12人", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "1,23", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "12,34,567", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "1.2.3", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "约20", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "(100)", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "20-30", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "12345678901234567890123456789012345", NULL, NULL, "not a number" }, NULL, NULL },
  { { TEXT, 0, "1234567890123456789012345678901234", NULL, "1234567890123456789012345678901234" }, NULL, NULL },
  { { DATE, 0, "2025-06-30", "yyyy-mm-dd", NULL, "not a number" }, NULL, NULL },
  { { SHY_SHEET_CELL_ERROR, 0, "#DIV/0!", NULL, NULL, "#DIV/0!" }, NULL, NULL },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const Case        *of = &numbers[i].of;
      ShySheetCell       cell = make_cell (of->kind, of->flags, of->text, of->format);
      g_autoptr (GError) error = NULL;
      g_autofree char   *value = shy_sheet_value_dup_number (&cell, numbers[i].unit,
                                                             numbers[i].column_unit, &error);

      g_test_message ("%s", of->text);
      g_assert_cmpstr (value, ==, of->value);
      if (value == NULL)
        check_error (error, of->word, of->text);
    }
}

static const Case booleans[] = {
  { TEXT, 0, "☑是 □否", NULL, "1" },
  { TEXT, 0, "□是 ☑否", NULL, "0" },
  { TEXT, 0, "☑是□否", NULL, "1" },
  { TEXT, 0, "■是　□否", NULL, "1" },
  { TEXT, 0, "□是 ■否", NULL, "0" },
  { TEXT, 0, "√是 否", NULL, "1" },
  { TEXT, 0, "是√ 否□", NULL, "1" },
  { TEXT, 0, "是□ 否√", NULL, "0" },
  { TEXT, 0, "是（√）否（ ）", NULL, "1" },
  { TEXT, 0, "是（ ）否（√）", NULL, "0" },
  { TEXT, 0, "☑ 是", NULL, "1" },
  { TEXT, 0, "☑有 □无", NULL, "1" },
  { TEXT, 0, "■", NULL, "1" },
  { TEXT, 0, "□", NULL, "0" },
  { TEXT, 0, "☑是 ☑否", NULL, NULL, "neither" },
  { TEXT, 0, "□是 □否", NULL, NULL, "neither" },
  { TEXT, 0, "□是", NULL, NULL, "neither" },
  { TEXT, 0, "是/否", NULL, NULL, "neither" },
  { TEXT, 0, "是", NULL, "1" }, { TEXT, 0, " √ ", NULL, "1" }, { TEXT, 0, "有", NULL, "1" },
  { TEXT, 0, "Ｙ", NULL, "1" }, { TEXT, 0, "Yes", NULL, "1" }, { TEXT, 0, "否", NULL, "0" },
  { TEXT, 0, "×", NULL, "0" }, { TEXT, 0, "无", NULL, "0" }, { TEXT, 0, "没有", NULL, "0" },
  { NUMBER, 0, "1", NULL, "1" }, { NUMBER, 0, "0", NULL, "0" },
  { SHY_SHEET_CELL_BOOLEAN, 0, "TRUE", NULL, "1" }, { SHY_SHEET_CELL_BOOLEAN, 0, "FALSE", NULL, "0" },
  { TEXT, 0, "x", NULL, NULL, "neither" }, { TEXT, 0, "待定", NULL, NULL, "neither" },
  { NUMBER, 0, "2", NULL, NULL, "neither" }, { SHY_SHEET_CELL_ERROR, 0, "#REF!", NULL, NULL, "#REF!" },
};

static void
test_booleans (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    {
      ShySheetCell       cell = make_cell (booleans[i].kind, 0, booleans[i].text, NULL);
      g_autoptr (GError) error = NULL;
      gboolean           value = FALSE;
      gboolean           ok = shy_sheet_value_get_boolean (&cell, &value, &error);

      g_assert_cmpint (ok, ==, booleans[i].value != NULL);
      if (ok)
        g_assert_cmpint (value, ==, booleans[i].value[0] == '1');
      else
        check_error (error, booleans[i].word, booleans[i].text);
    }
}

static const Case digits[] = {
  { TEXT, 0, " 33082219780228021x ", NULL, "33082219780228021X" },
  { TEXT, 0, "３３０８２２１９９００１０１１２３８", NULL, "330822199001011238" },
  { TEXT, 0, "'6222 0212-3456 7890 123", NULL, "6222021234567890123" },
  { NUMBER, 0, "13800000000", NULL, "13800000000" },
  { NUMBER, SHY_SHEET_CELL_ROUNDED, "330822199001011000", NULL, NULL, "already rounded" },
  { TEXT, SHY_SHEET_CELL_ROUNDED, "3.30822E+17", NULL, NULL, "already rounded" },
  { TEXT, 0, "3.30822E+17", NULL, NULL, "already rounded" },
  { TEXT, SHY_SHEET_CELL_MAYBE_ROUNDED, "330822199001011000", NULL, NULL, "seems to have rounded" },
  { DATE, 0, "2025-06-30", NULL, NULL, "no number of this kind" },
  { SHY_SHEET_CELL_ERROR, 0, "#N/A", NULL, NULL, "#N/A" },
};

static void
test_digits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      ShySheetCell       cell = make_cell (digits[i].kind, digits[i].flags, digits[i].text, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char   *value = shy_sheet_value_dup_digits (&cell, &error);

      g_assert_cmpstr (value, ==, digits[i].value);
      if (value != NULL)
        continue;
      check_error (error, digits[i].word, digits[i].text);
      g_assert_null (strstr (error->message, "330822"));
    }
}

static void
test_texts (void)
{
  static const char *const tidy[][2] = {
    { "  首次 ", "首次" },           { "张　三", "张三" },
    { "John  Smith", "John Smith" }, { "ＡＢ１２（甲）", "AB12（甲）" },
    { "甲\u200b乙\ufeff", "甲乙" },  { "第一行\n第二行", "第一行第二行" },
    { "A 座", "A 座" },              { "\u00a0", "" },
  };
  static const char *const folded[][2] = {
    { "姓 名\n（必填）", "姓名(必填)" }, { "ＩＤ Card", "idcard" }, { "①", "1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tidy); i++)
    {
      g_autofree char *text = shy_sheet_value_tidy (tidy[i][0]);

      g_assert_cmpstr (text, ==, tidy[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (folded); i++)
    {
      g_autofree char *text = shy_sheet_value_fold (folded[i][0]);

      g_assert_cmpstr (text, ==, folded[i][1]);
    }
}

static void
test_text_of_cells (void)
{
  ShySheetCell       number = make_cell (NUMBER, 0, "007", "000");
  ShySheetCell       rounded = make_cell (NUMBER, SHY_SHEET_CELL_ROUNDED, "330822199001011000", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = shy_sheet_value_dup_text (&number, &error);

  g_assert_cmpstr (text, ==, "007");
  g_assert_null (shy_sheet_value_dup_text (&rounded, &error));
  check_error (error, "already rounded", "text");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/sheet-value/dates", test_dates);
  g_test_add_func ("/sheet-value/months", test_months);
  g_test_add_func ("/sheet-value/numbers", test_numbers);
  g_test_add_func ("/sheet-value/booleans", test_booleans);
  g_test_add_func ("/sheet-value/digits", test_digits);
  g_test_add_func ("/sheet-value/texts", test_texts);
  g_test_add_func ("/sheet-value/text-of-cells", test_text_of_cells);
  return g_test_run ();
}
