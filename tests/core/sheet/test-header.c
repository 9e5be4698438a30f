/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "sheet/shy-header-match.h"
#include "sheet/shy-sheet-writer.h"
#include "shy-error.h"

#include <glib/gstdio.h>
#include <string.h>

static ShyField *
add_field (GPtrArray   *fields,
           const char  *name,
           ShyFieldType type,
           gboolean     required,
           const char  *aliases)
{
  ShyField *field = shy_field_new (name, type);

  field->required = required;
  field->aliases = g_strsplit (aliases, ",", -1);
  g_ptr_array_add (fields, field);
  return field;
}

static GPtrArray *
make_fields (void)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (shy_field_free);
  ShyField             *kind;

  add_field (fields, "姓名", SHY_FIELD_TEXT, TRUE, "申请人,申请人姓名");
  add_field (fields, "证件号", SHY_FIELD_RESIDENT_ID, TRUE, "身份证号,证件号码");
  add_field (fields, "合同开始", SHY_FIELD_DATE, FALSE, "合同起始日期");
  add_field (fields, "金额", SHY_FIELD_MONEY, FALSE, "补贴金额");
  kind = add_field (fields, "出站类型", SHY_FIELD_CHOICE, FALSE, "离站类型");
  kind->values = g_strsplit ("期满出站,退站", ",", -1);
  shy_field_add_synonym (kind, "期满", "期满出站");
  add_field (fields, "在职", SHY_FIELD_BOOLEAN, FALSE, "是否在职");
  return shy_sheet_fields_new (fields);
}

static ShyBook *
open_csv (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyBook           *book = shy_book_open_bytes (bytes, "名单.csv", NULL, &error);

  g_assert_no_error (error);
  return book;
}

static ShyHeaderMatch *
find_in (ShyBook  *book,
         GError  **error)
{
  g_autoptr (GPtrArray) fields = make_fields ();

  return shy_header_match_find (book, fields, -1, NULL, error);
}

/* "姓名=A1/100 证件号=B1/95": field, header's cell, confidence. */
static char *
describe (ShyHeaderMatch *match)
{
  GString   *text = g_string_new (NULL);
  GPtrArray *fields = shy_header_match_get_fields (match);

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyHeaderColumn *column = shy_header_match_find_column (match, i);
      g_autofree char       *reference = NULL;

      if (column == NULL)
        continue;
      reference = shy_sheet_reference_new (column->row, column->column);
      g_string_append_printf (text, "%s%s=%s/%u", text->len > 0 ? " " : "",
                              shy_sheet_field_get_about (g_ptr_array_index (fields, i))->name, reference,
                              column->confidence);
      g_assert_nonnull (column->reason);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *csv;
  const char *matched;
  guint       last_row;
} headers[] = {
  { "姓名,证件号\n张三,1\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "序号,申请人,身份证号\n1,张三,1\n", "姓名=B1/98 证件号=C1/98", 1 },
  { "2025年度汇总表\n填报单位：某县\n\n* 姓 名：,\"证件\n号码（必填）\"\n张三,1\n", "姓名=A4/95 证件号=B4/95", 4 },
  { "１.姓名,2、证件号\n张三,1\n", "姓名=A1/95 证件号=B1/95", 1 },
  { "姓名,证件号,金额（万元）\n张三,1,20\n", "姓名=A1/100 证件号=B1/100 金额=C1/95", 1 },
  { "申请人情况,,合同,\n姓名,证件号,起始日期,终止日期\n张三,1,2025-01-01,2026-01-01\n",
    "姓名=A2/100 证件号=B2/100 合同开始=C2/90", 2 },
  { "姓名,证件号,合同,\n,,起始日期,终止日期\n张三,1,2025-01-01,2026-01-01\n",
    "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  { "姓名,证件号,配偶情况,\n,,姓名,身份证号\n张三,1,李四,2\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "申请人,证件号码,配偶情况,\n,,姓名,证件号\n张三,1,李四,2\n", "姓名=A1/98 证件号=B1/98", 1 },
  { "姓名,证件号,配偶情况,合同\n,,金额,起始日期\n张三,1,2,2025-01-01\n",
    "姓名=A1/100 证件号=B1/100 合同开始=D2/90", 2 },
  { "姓名,号码,是否在职\n张三,330822199001011238,是\n李四,331126198512310014,是\n王五,33082219780228021X,否\n",
    "姓名=A1/100 证件号=B1/60 在职=C1/98", 1 },
  /* Instructions in brackets, marks and languages around the name. */
  { "姓名（必填）,证件号（18位）,合同起始时间（年月日）\n张三,1,2025-01-01\n", "姓名=A1/95 证件号=B1/95 合同开始=C1/92", 1 },
  { "①姓名,（2）证件号码,三、补贴金额（单位：元）\n张三,1,2\n", "姓名=A1/95 证件号=B1/95 金额=C1/95", 1 },
  { "*姓名*必填,\"证件号码\n（与证件一致）\",出站类型（下拉选择）\n张三,1,退站\n", "姓名=A1/95 证件号=B1/95 出站类型=C1/95", 1 },
  { "姓名,证件号,离站类型（期满/退站）,是否在职（是或否）\n张三,1,退站,是\n", "姓名=A1/100 证件号=B1/100 出站类型=C1/95 在职=D1/95", 1 },
  { "姓名 Name,身份证号(ID No.)\n张三,1\n", "姓名=A1/95 证件号=B1/95", 1 },
  { "申请人（姓名）,证件号码（身份证号）\n张三,1\n", "姓名=A1/95 证件号=B1/95", 1 },
  /* A term over its ends. */
  { "姓名,证件号,劳动合同期限,\n,,起,止\n张三,1,2025-01-01,2026-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  { "姓名,证件号,合同起止时间（年月日）,\n,,自,至\n张三,1,2025-01-01,2026-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  { "姓名,证件号,劳动合同期限,\n,,起始时间,终止时间\n张三,1,2025-01-01,2026-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  { "姓名,证件号,合同结束时间,合同开始日\n张三,1,2026-01-01,2025-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=D1/92", 1 },
  { "姓名,证件号,劳动合同失效日期,劳动合同生效日期\n张三,1,2026-01-01,2025-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=D1/92", 1 },
  { "姓名,证件号,劳动合同,\n,,开始日期,结束日期\n张三,1,2025-01-01,2026-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  { "姓名,证件号,劳动合同期限,\n,,起,讫\n张三,1,2025-01-01,2026-01-01\n", "姓名=A1/100 证件号=B1/100 合同开始=C2/90", 2 },
  /* Two columns for a field that may be missing: the better, or the first that is the applicant's own. */
  { "姓名,证件号,补贴金额,补贴金额\n张三,1,2,3\n", "姓名=A1/100 证件号=B1/100 金额=C1/98", 1 },
  { "姓名,证件号,补贴金额（元）,补贴金额\n张三,1,2,3\n", "姓名=A1/100 证件号=B1/100 金额=D1/98", 1 },
  { "姓名,证件号,经办人,是否在职,是否在职\n张三,1,李四,是,否\n", "姓名=A1/100 证件号=B1/100 在职=E1/98", 1 },
  /* Units and how to fill the columns in, in brackets and in a row of their own. */
  { "姓名（如：李四）,证件号（18位，必填）,在职（是/否）,补贴金额（单位：万元，保留两位小数）\n张三,1,是,2\n",
    "姓名=A1/95 证件号=B1/95 金额=D1/95 在职=C1/95", 1 },
  { "姓名,证件号,合同开始,补贴金额\n必填,18位,yyyy-mm-dd,（万元）\n张三,1,2025-01-01,2\n",
    "姓名=A2/90 证件号=B2/90 合同开始=C2/90 金额=D2/90", 2 },
  { "姓名,证件号,补贴金额：万元,是否在职（是打√）\n张三,1,2,是\n", "姓名=A1/100 证件号=B1/100 金额=C1/95 在职=D1/95", 1 },
  /* What may turn the meaning round is not left out of the name. */
  { "姓名,证件号,是否在职（非在职填√）\n张三,1,√\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,在职（全职填是）,合同开始（第一份，如有）\n张三,1,是,2025-01-01\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,金额（单位缴纳部分，元）,在职（必填，如未在职填是）\n张三,1,2,是\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,身份证号（法定代表人，18位）\n张三,1,2\n", "姓名=A1/100 证件号=B1/100", 1 },
  /* Nor is what is counted otherwise, or in nobody knows what. */
  { "姓名,证件号,金额（万元/年）\n张三,1,2\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,金额（USD）\n张三,1,2\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,补贴金额（不含个人部分）\n张三,1,2\n", "姓名=A1/100 证件号=B1/100", 1 },
  { "姓名,证件号,姓名（配偶）\n张三,1,李四\n", "姓名=A1/100 证件号=B1/100", 1 },
};

static void
test_headers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (ShyBook)        book = open_csv (headers[i].csv);
      g_autoptr (GError)         error = NULL;
      g_autoptr (GPtrArray)      fields = make_fields ();
      g_autoptr (ShyHeaderMatch) match = NULL;
      g_autofree char           *text = NULL;

      match = shy_header_match_find (book, fields, -1, NULL, &error);
      g_test_message ("%s", headers[i].csv);
      g_assert_no_error (error);
      text = describe (match);
      g_assert_cmpstr (text, ==, headers[i].matched);
      g_assert_cmpuint (shy_header_match_get_last_row (match), ==, headers[i].last_row);
    }
}

static const struct
{
  const char *csv;
  const char *words[3];
} refused[] = {
  { "甲,乙\n1,2\n", { "No header", "名单.csv", "姓名, 证件号" } },
  { "姓名,电话,在职\n张三,1,是\n", { "证件号", "A1 姓名, B1 电话, C1 在职", "row 1" } },
  { "姓名,证件号,身份证号\n张三,1,2\n,,\n", { NULL } },
  { "姓名,身份证号,证件号码\n张三,1,2\n", { "“身份证号” (B1)", "“证件号码” (C1)", "“证件号”" } },
  { "姓名,证件号,金额（美元）\n张三,1,2\n", { "美元", "C1", "元" } },
  { "姓名,金额,证件号（非本人填写）\n张三,2,1\n", { "has no column for: 证件号", "(C1) was not read", "非本人填写" } },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (ShyBook)        book = open_csv (refused[i].csv);
      g_autoptr (GError)         error = NULL;
      g_autoptr (ShyHeaderMatch) match = find_in (book, &error);
      int                        code;

      if (refused[i].words[0] == NULL)
        {
          /* The very name goes before another name, which is told. */
          g_assert_no_error (error);
          g_assert_nonnull (strstr (shy_header_match_get_warnings (match)[0], "C1"));
          continue;
        }
      code = strstr (error->message, "No header") != NULL ? SHY_ERROR_NOT_FOUND : SHY_ERROR_INVALID;
      g_assert_error (error, SHY_ERROR, code);
      for (guint j = 0; j < 3; j++)
        if (strstr (error->message, refused[i].words[j]) == NULL)
          g_error ("“%s” lacks “%s”", error->message, refused[i].words[j]);
    }
}

/* "2:张三/证件号;" for each record, then "[row kind]" for each row skipped. */
static char *
read_table (const char *csv)
{
  g_autoptr (ShyBook)        book = open_csv (csv);
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyHeaderMatch) match = find_in (book, &error);
  g_autoptr (ShySheetTable)  table = NULL;
  GString                   *text = g_string_new (NULL);
  const ShySheetRecord      *record;

  g_assert_no_error (error);
  table = shy_header_match_read (match, NULL, &error);
  g_assert_no_error (error);
  while ((record = shy_sheet_table_next (table, &error)) != NULL)
    g_string_append_printf (text, "%u:%s;", record->row,
                            record->cells[0] != NULL ? record->cells[0]->text : "");
  g_assert_no_error (error);
  for (guint i = 0; i < shy_sheet_table_get_n_skips (table); i++)
    {
      const ShySheetSkip *skip = shy_sheet_table_get_skip (table, i);
      g_autofree char    *number = g_strdup_printf ("%u", skip->first_row);

      g_assert_nonnull (strstr (skip->reason, number));
      g_string_append_printf (text, "[%u-%u %d]", skip->first_row, skip->last_row, skip->kind);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *csv;
  const char *rows;
} tables[] = {
  { "姓名,证件号\n张三,1\n李四,2\n", "2:张三;3:李四;" },
  { "姓名,证件号\n张三,1\n\n\n李四,2\n", "2:张三;5:李四;[3-4 0]" },
  { "姓名,证件号\n张三,1\n合 计,,200000\n", "2:张三;[3-3 1]" },
  { "序号,姓名,证件号\n1,张三,1\n,合计：,2人\n小计,,\n", "2:张三;[3-3 1][4-4 1]" },
  { "姓名,证件号\n张三,1\n姓名,证件号\n李四,2\n", "2:张三;4:李四;[3-3 2]" },
  { "姓名,证件号,合同,\n,,起始日期,备注\n张三,1,2025-01-01,\n姓名,证件号,合同,\n,,起始日期,备注\n李四,2,2025-01-01,\n",
    "3:张三;6:李四;[4-4 2][5-5 2]" },
  { "姓名,身份证号,备注\n张三,1,\n姓 名,证件号码,说明\n李四,2,\n", "2:张三;4:李四;[3-3 2]" },
  { "姓名,证件号,金额,合同开始,在职\n张三,1,2,,\n申请人,,申请人姓名,,\n", "2:张三;[3-3 5]" },
  { "序号,姓名,证件号\n1,2,3\n1,张三,1\n", "3:张三;[2-2 3]" },
  { "姓名,证件号\n例：王小明,1\n示例,330\n张三,1\n", "4:张三;[2-2 4][3-3 4]" },
  { "姓名,证件号\n张三,1\n注：身份证号按文本填写\n制表人：李四,审核人：王五\n", "2:张三;[3-3 5][4-4 5]" },
  { "姓名,证件号,其他\n张三,1,\n,,x\n", "2:张三;[3-3 6]" },
  { "序号,姓名,证件号\n1,张三,1\n2,,\n3,,\n4,,\n5,李四,2\n6,,\n", "2:张三;6:李四;[3-5 6][7-7 6]" },
  /* Signatures in cells of their own. */
  { "姓名,证件号,其他\n张三,1,\n填表人：,李四,审核人：,王五\n", "2:张三;[3-3 5]" },
  { "姓名,证件号,其他\n张三,1,\n填报单位（章）：,负责人：,审核：,制表：,日期：\n", "2:张三;[3-3 5]" },
  { "姓名,证件号,其他\n张三,1,\n填表人,李四,填表日期,2025-06-30\n", "2:张三;[3-3 5]" },
  { "姓名,证件号,其他\n张三,1,\n单位（盖章）,,经办人,李四,联系电话,13800000000\n", "2:张三;[3-3 5]" },
  { "姓名,证件号,其他\n张三,1,\n,单位负责人（签字）：,,日期：  年  月  日\n", "2:张三;[3-3 5]" },
  { "姓名,证件号,其他\n张三,1,\n联系人：李四,联系电话：13800000000,审核人：王五\n", "2:张三;[3-3 5]" },
  /* Notes that go on. */
  { "姓名,证件号,其他\n张三,1,\n注：1.一式两份\n2.另报附件\n（三）盖章\n④另附\n", "2:张三;[3-3 5][4-4 5][5-5 5][6-6 5]" },
  { "姓名,证件号,其他\n张三,1,\n说明：,1.一式两份\n,2.另报附件\n", "2:张三;[3-3 5][4-4 5]" },
  { "姓名,证件号,其他\n张三,1,\n1.本表一式两份，由县人社局留存。\n2.盖章有效\n", "2:张三;[3-3 5][4-4 5]" },
  { "姓名,证件号,其他\n张三,1,\n第 1 页 共 3 页\n", "2:张三;[3-3 5]" },
  /* Signatures with days and telephones that nobody claims, and what stands over and below a page. */
  { "姓名,证件号,其他,日\n张三,1,,\n填表人,李四,审核人,2025年6月30日\n填表人：李四,审核人：王五,,2025-06-30\n", "2:张三;[3-3 5][4-4 5]" },
  { "姓名,证件号,其他\n张三,1,\n制表人,李四,13800001234\n制表人：李四,13800001234,\n联系人,李四\n", "2:张三;[3-3 5][4-4 5][5-5 5]" },
  { "姓名,证件号,其他\n张三,1,\n人社局意见：同意拨付。（盖章）,,2025年7月1日\n,2025年6月30日,\n公示期：7月1日至7月7日,,\n",
    "2:张三;[3-3 5][4-4 5][5-5 5]" },
  { "姓名,证件号,其他\n张三,1,\n2025年申报汇总表（续）\n姓名,证件号,其他\n甲,乙,1\n李四,2,\n", "2:张三;6:李四;[3-3 5][4-4 2][5-5 3]" },
  { "姓名,证件号,其他,更多\n甲,乙,1,2\n张三,1,,\n甲,乙,1,2\n", "3:张三;4:甲;[2-2 3]" },
  { "姓名,证件号,其他\n联系人,330822199001011238,x\n张三,1,2025年6月30日\n李四,,2025年6月30日\n", "2:联系人;3:张三;4:李四;" },
  /* Sums. */
  { "姓名,证件号,其他\n张三,1,\n龙泉市小计,,\n合计（大写）：贰拾万元整,,\n共2人,,\n", "2:张三;[3-3 1][4-4 1][5-5 1]" },
  /* Who looks like a person is one. */
  { "姓名,证件号,其他\n张三,1,\n李四\n王五,2,\n", "2:张三;3:李四;4:王五;" },
  { "姓名,证件号,其他\n张三,1,\n注：一式两份\n李四\n", "2:张三;4:李四;[3-3 5]" },
  { "姓名,证件号,其他\n审核人,330822199001011238,x\n", "2:审核人;" },
  /* What is incomplete is a record all the same. */
  { "姓名,证件号\n张三,\n,330\n", "2:张三;3:;" },
  { "姓名,证件号\n合计,330822199001011238\n示例科技公司,1\n", "2:合计;3:示例科技公司;" },
};

static void
test_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *rows = read_table (tables[i].csv);

      g_assert_cmpstr (rows, ==, tables[i].rows);
    }
}

/* Rows below a header of other columns are not read by those of the first. */
static void
test_other_header (void)
{
  static const char *const lists[] = {
    "姓名,证件号,在职\n张三,1,是\n姓名,在职,证件号\n李四,否,2\n",
    "姓名,证件号,合同开始,在职\n张三,1,2025-01-01,是\n姓名,证件号,金额,合同开始,在职\n李四,2,3,2025-01-01,是\n",
    "姓名,证件号,金额\n张三,1,2\n姓名,证件号,金额（万元）\n李四,2,3\n",
    "姓名,证件号,其他\n张三,1,\n姓名,证件号,在职\n李四,2,是\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (ShyBook)        book = open_csv (lists[i]);
      g_autoptr (GError)         error = NULL;
      g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
      g_autoptr (ShySheetTable)  table = shy_header_match_read (match, NULL, NULL);

      g_test_message ("%s", lists[i]);
      g_assert_nonnull (shy_sheet_table_next (table, &error));
      g_assert_null (shy_sheet_table_next (table, &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "Row 3"));
    }
}

/* Reads one field of the first record. */
static char *
convert_first (const char *csv,
               guint       field,
               GError    **error)
{
  g_autoptr (ShyBook)        book = open_csv (csv);
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  g_autoptr (ShySheetTable)  table = shy_header_match_read (match, NULL, NULL);
  const ShySheetRecord      *record = shy_sheet_table_next (table, NULL);

  g_assert_nonnull (record->cells[field]);
  return shy_header_match_convert (match, field, record->cells[field], error);
}

static const struct
{
  const char *csv;
  guint       field;
  const char *value;
  const char *word;
} values[] = {
  { "姓名,证件号\n张　三,1\n", 0, "张三", NULL },
  { "姓名,证件号\n张三,33082219780228021x\n", 1, "33082219780228021X", NULL },
  { "姓名,证件号\n张三,3.30822E+17\n", 1, NULL, "B2" },
  { "姓名,证件号\n张三,/\n", 1, NULL, NULL },
  { "姓名,证件号\n张三,无\n", 1, NULL, NULL },
  { "姓名,证件号,合同开始\n张三,1,2025年6月30日\n", 2, "2025-06-30", NULL },
  { "姓名,证件号,合同开始\n张三,1,2025年6月31日\n", 2, NULL, "C2" },
  { "姓名,证件号,金额\n张三,1,\"200,000.00\"\n", 3, "200000", NULL },
  { "姓名,证件号,金额（万元）\n张三,1,20\n", 3, "200000", NULL },
  { "单位：万元\n姓名,证件号,金额\n张三,1,20.5\n", 3, "205000", NULL },
  { "单位 万元\n姓名,证件号,金额\n张三,1,20.5\n", 3, "205000", NULL },
  { "汇总表（万元）\n姓名,证件号,金额\n张三,1,20.5\n", 3, "205000", NULL },
  { "姓名,证件号,金额（单位：万元，保留两位小数）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（计量单位：万元）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（填写万元）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（税前，万元）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（人民币万元）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（w）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（k）\n张三,1,0.95\n", 3, "950", NULL },
  { "姓名,证件号,金额：万元\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额万元\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额（万元\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额\n,,（万元）\n张三,1,0.95\n", 3, "9500", NULL },
  { "姓名,证件号,金额\n,,万元\n张三,1,0.95\n", 3, "9500", NULL },
  { "填报单位：某县 单位：万元、人\n姓名,证件号,金额\n张三,1,20元\n", 3, "20", NULL },
  { "姓名,证件号,出站类型\n张三,1, 期 满\n", 4, "期满出站", NULL },
  { "姓名,证件号,出站类型\n张三,1,退站\n", 4, "退站", NULL },
  { "姓名,证件号,出站类型\n张三,1,走了\n", 4, NULL, "期满出站, 退站" },
  { "姓名,证件号,是否在职\n张三,1,√\n", 5, "true", NULL },
  { "姓名,证件号,是否在职\n张三,1,无\n", 5, "false", NULL },
  { "姓名,证件号,是否在职\n张三,1,-\n", 5, NULL, NULL },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *value = NULL;

      g_test_message ("%s", values[i].csv);
      value = convert_first (values[i].csv, values[i].field, &error);
      g_assert_cmpstr (value, ==, values[i].value);
      g_assert_cmpint (error != NULL, ==, values[i].word != NULL);
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, values[i].word));
    }
}

static void
test_unit_warned (void)
{
  g_autoptr (ShyBook)        book = open_csv ("单位：万元\n姓名,证件号,金额\n张三,1,20.5\n");
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  const char * const        *warnings = shy_header_match_get_warnings (match);

  g_assert_nonnull (warnings[0]);
  g_assert_nonnull (strstr (warnings[0], "C2"));
  g_assert_nonnull (strstr (warnings[0], "万元"));
}

/* A page of text in the header row is a column of nobody, and its end no unit. */
static void
test_page_of_text (void)
{
  g_autoptr (GString)        csv = g_string_new ("姓名,证件号,\"");
  g_autoptr (ShyBook)        book = NULL;
  g_autoptr (ShyHeaderMatch) match = NULL;
  g_autoptr (GError)         error = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (csv, "按,件/");
  g_string_append (csv, "每月\"\n张三,1,2\n");
  book = open_csv (csv->str);
  match = find_in (book, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shy_header_match_get_column (match, 2)->field, ==, -1);
}

static void
test_assign (void)
{
  g_autoptr (ShyBook)        book = open_csv ("姓名,证件号,甲,乙（美元）\n张三,1,2,3\n");
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  g_autoptr (GError)         error = NULL;

  g_assert_true (shy_header_match_assign (match, 2, 0, &error));
  g_assert_cmpuint (shy_header_match_find_column (match, 0)->column, ==, 2);
  g_assert_cmpint (shy_header_match_get_column (match, 0)->field, ==, -1);
  g_assert_true (shy_header_match_assign (match, 2, -1, &error));
  g_assert_null (shy_header_match_find_column (match, 0));
  g_assert_null (shy_header_match_read (match, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

static void
test_recipe (void)
{
  g_autoptr (ShyBook)        book = open_csv ("姓名,证件号,甲,金额\n张三,1,2,3\n");
  g_autoptr (ShyBook)        moved = open_csv ("汇总\n甲,证件号,其他,姓名,金额\n2025-01-02,1,5,张三,9\n");
  g_autoptr (GPtrArray)      fields = make_fields ();
  g_autoptr (ShyHeaderMatch) match = shy_header_match_find (book, fields, 0, NULL, NULL);
  g_autoptr (ShyHeaderMatch) again = NULL;
  g_autoptr (JsonNode)       recipe = NULL;
  g_autofree char           *text = NULL;
  g_autoptr (GError)         error = NULL;

  g_assert_true (shy_header_match_assign (match, 2, 2, NULL));
  g_assert_true (shy_header_match_assign (match, 3, -1, NULL));
  recipe = shy_header_match_to_recipe (match);
  again = shy_header_match_replay (moved, fields, recipe, NULL, &error);
  g_assert_no_error (error);
  text = describe (again);
  g_assert_cmpstr (text, ==, "姓名=D2/100 证件号=B2/100 合同开始=A2/100");
}

static void
test_bad_recipe (void)
{
  static const char *const recipes[] = {
    "1", "{}", "{\"format\":2,\"columns\":[]}", "{\"format\":1,\"columns\":{}}",
    "{\"format\":1,\"columns\":[1]}", "{\"format\":1,\"columns\":[{\"header\":1,\"field\":\"a\"}]}",
  };
  g_autoptr (ShyBook)   book = open_csv ("姓名,证件号\n张三,1\n");
  g_autoptr (GPtrArray) fields = make_fields ();

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (JsonNode) recipe = json_from_string (recipes[i], NULL);
      g_autoptr (GError)   error = NULL;

      g_assert_null (shy_header_match_replay (book, fields, recipe, NULL, &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
    }
}

/* A file of another program: a title merged over the table, a range merged over three rows. */
static void
test_merged (void)
{
  g_autofree char           *path = fixture_path ("openpyxl.xlsx");
  g_autoptr (ShyBook)        book = shy_book_open (path, NULL, NULL);
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  g_autoptr (ShySheetTable)  table = shy_header_match_read (match, NULL, NULL);
  g_autofree char           *text = describe (match);
  g_autofree char           *amount = NULL;
  guint                      n = 0;

  g_assert_cmpstr (text, ==, "姓名=A2/100 证件号=B2/98 金额=E2/95");
  g_assert_nonnull (strstr (shy_header_match_get_warnings (match)[0], "申报表"));
  for (const ShySheetRecord *record; (record = shy_sheet_table_next (table, NULL)) != NULL; n++)
    if (record->row == 3)
      amount = shy_header_match_convert (match, 3, record->cells[3], NULL);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (amount, ==, "1234.56");
}

static void
add_sheet (ShySheetWriter *writer,
           const char     *name,
           const char     *person)
{
  static const char *const headers_of_two[] = { "姓名", "证件号", NULL };

  g_assert_true (shy_sheet_writer_add_sheet (writer, name, headers_of_two, NULL));
  if (person == NULL)
    return;
  shy_sheet_writer_add_text (writer, person);
  g_assert_true (shy_sheet_writer_end_row (writer, NULL));
}

/* Of two sheets that fit, the one with data is read; if both have data, somebody must choose. */
static void
test_two_sheets (void)
{
  g_autofree char   *folder = g_dir_make_tmp ("shy-header-XXXXXX", NULL);
  g_autofree char   *path = g_build_filename (folder, "名单.xlsx", NULL);
  g_autoptr (GError) error = NULL;

  for (guint both = 0; both < 2; both++)
    {
      g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, SHY_SHEET_FORMAT_XLSX, NULL);
      g_autoptr (ShyHeaderMatch) match = NULL;
      g_autoptr (ShyBook)        book = NULL;

      add_sheet (writer, "样表", both ? "李四" : NULL);
      add_sheet (writer, "名单", "张三");
      g_assert_true (shy_sheet_writer_close (writer, NULL));
      book = shy_book_open (path, NULL, NULL);
      match = find_in (book, &error);
      if (!both)
        g_assert_cmpuint (shy_header_match_get_sheet (match), ==, 1);
    }
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“样表”"));
  g_assert_nonnull (strstr (error->message, "“名单”"));
  g_unlink (path);
  g_rmdir (folder);
}

/* A sheet that lacks a column nobody must fill in holds applications all the same. */
static void
test_second_sheet (void)
{
  static const char *const whole[] = { "姓名", "证件号", "金额", NULL };
  static const char *const part[] = { "姓名", "金额", NULL };
  g_autofree char          *folder = g_dir_make_tmp ("shy-header-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "名单.xlsx", NULL);

  for (guint lacking = 0; lacking < 2; lacking++)
    {
      g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, SHY_SHEET_FORMAT_XLSX, NULL);
      g_autoptr (ShyHeaderMatch) match = NULL;
      g_autoptr (ShyBook)        book = NULL;
      g_autoptr (GError)         error = NULL;

      g_assert_true (shy_sheet_writer_add_sheet (writer, "一月", whole, NULL));
      shy_sheet_writer_add_text (writer, "张三");
      g_assert_true (shy_sheet_writer_end_row (writer, NULL));
      if (lacking)
        g_assert_true (shy_sheet_writer_add_sheet (writer, "二月", part, NULL));
      else
        add_sheet (writer, "二月", "李四");
      shy_sheet_writer_add_text (writer, "王五");
      g_assert_true (shy_sheet_writer_end_row (writer, NULL));
      g_assert_true (shy_sheet_writer_close (writer, NULL));
      book = shy_book_open (path, NULL, NULL);
      match = find_in (book, &error);
      if (lacking)
        {
          g_assert_no_error (error);
          g_assert_nonnull (strstr (shy_header_match_get_warnings (match)[0], "“二月” (1 row)"));
          continue;
        }
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "“二月” (2 rows)"));
      g_assert_nonnull (strstr (error->message, "“一月” (1 row)"));
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* A cell merged sideways fills its first column only; one merged downwards fills every row. */
static void
test_merged_data (void)
{
  g_autoptr (GBytes) bytes = make_xlsx (
    "<?xml version='1.0'?><worksheet xmlns='m'><sheetData>"
    "<row><c t='str'><v>姓名</v></c><c t='str'><v>证件号</v></c><c t='str'><v>合同开始</v></c></row>"
    "<row><c t='str'><v>张三</v></c><c/><c t='str'><v>2025-01-01</v></c></row>"
    "<row><c t='str'><v>李四</v></c><c t='str'><v>2</v></c></row></sheetData>"
    "<mergeCells><mergeCell ref='A2:B2'/><mergeCell ref='C2:C3'/></mergeCells></worksheet>");
  g_autoptr (ShyBook)        book = shy_book_open_bytes (bytes, "a.xlsx", NULL, NULL);
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  g_autoptr (ShySheetTable)  table = shy_header_match_read (match, NULL, NULL);
  const ShySheetRecord      *record = shy_sheet_table_next (table, NULL);

  g_assert_cmpstr (record->cells[0]->text, ==, "张三");
  g_assert_null (record->cells[1]);
  record = shy_sheet_table_next (table, NULL);
  g_assert_cmpstr (record->cells[1]->text, ==, "2");
  g_assert_cmpstr (record->cells[2]->text, ==, "2025-01-01");
}

/* A form for one person is read by its labels. */
static void
test_form (void)
{
  g_autoptr (ShyBook) book = open_csv ("补贴申请表,,,\n姓名：,张三,性别,女\n身份证号,330822199001011238,是否在职,\n"
                                       "合同起始日期（年月日）,2025-01-01,离站类型,期满\n审核意见,,,\n");
  g_autoptr (ShyHeaderMatch) match = find_in (book, NULL);
  g_autoptr (ShySheetTable)  table = shy_header_match_read (match, NULL, NULL);
  const ShySheetRecord      *record = shy_sheet_table_next (table, NULL);
  g_autofree char           *start = NULL;
  g_autofree char           *end = NULL;

  g_assert_cmpstr (record->cells[0]->text, ==, "张三");
  g_assert_cmpstr (record->cells[1]->text, ==, "330822199001011238");
  g_assert_null (record->cells[5]);
  start = shy_header_match_convert (match, 2, record->cells[2], NULL);
  end = shy_header_match_convert (match, 4, record->cells[4], NULL);
  g_assert_cmpstr (start, ==, "2025-01-01");
  g_assert_cmpstr (end, ==, "期满出站");
  g_assert_null (shy_sheet_table_next (table, NULL));
}

/* What is missing in a form is told without the numbers of the person in it. */
static void
test_form_refused (void)
{
  g_autoptr (ShyBook) book = open_csv ("补贴申请表\n身份证号,330822199001011238,是否在职,是\n合同起始日期,2025-01-01\n"
                                       "离站类型,期满\n");
  g_autoptr (ShyBook) list = open_csv ("身份证号,330822199001011238,合同起始日期,2025-01-01\n");
  g_autoptr (GError)  error = NULL;
  g_autoptr (GError)  listed = NULL;

  g_assert_null (find_in (book, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "form for one person"));
  g_assert_nonnull (strstr (error->message, "姓名"));
  g_assert_null (strstr (error->message, "3308"));
  g_assert_null (find_in (list, &listed));
  g_assert_error (listed, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_null (strstr (listed->message, "199001011238"));
}

/* Fields below each other and persons side by side: nobody is left out unsaid. */
static void
test_turned (void)
{
  static const char *const turned[] = {
    ("姓名,张三,李四,王五\n身份证号,330822199001011238,331126198512310014,33082219780228021X\n"
     "合同开始,2025-01-01,2025-01-02,2025-01-03\n"),
    "补贴名单\n序号,1,2\n姓名,张三,李四\n身份证号,330822199001011238,\n合同开始,2025-01-01,2025-02-01\n金额,1,2\n",
    "姓名,张三,,李四\n身份证号,330822199001011238,,33112619851231001\n在职,是,,否\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (turned); i++)
    {
      g_autoptr (ShyBook)        book = open_csv (turned[i]);
      g_autoptr (GError)         error = NULL;
      G_GNUC_UNUSED g_autoptr (ShyHeaderMatch) match = find_in (book, &error);

      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "side by side"));
      g_assert_null (strstr (error->message, "3308"));
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/header/headers", test_headers);
  g_test_add_func ("/header/refused", test_refused);
  g_test_add_func ("/header/tables", test_tables);
  g_test_add_func ("/header/values", test_values);
  g_test_add_func ("/header/unit-warned", test_unit_warned);
  g_test_add_func ("/header/page-of-text", test_page_of_text);
  g_test_add_func ("/header/assign", test_assign);
  g_test_add_func ("/header/recipe", test_recipe);
  g_test_add_func ("/header/bad-recipe", test_bad_recipe);
  g_test_add_func ("/header/merged", test_merged);
  g_test_add_func ("/header/merged-data", test_merged_data);
  g_test_add_func ("/header/two-sheets", test_two_sheets);
  g_test_add_func ("/header/form", test_form);
  g_test_add_func ("/header/form-refused", test_form_refused);
  g_test_add_func ("/header/turned", test_turned);
  g_test_add_func ("/header/second-sheet", test_second_sheet);
  g_test_add_func ("/header/other-header", test_other_header);
  return g_test_run ();
}
