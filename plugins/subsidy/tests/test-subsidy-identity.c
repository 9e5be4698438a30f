/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

#include "subsidy-check.h"

/* What clerks write for papers, places, telephones and names, from the cell to the verdict. The
 * numbers are synthetic, with valid check digits, or published examples. */

static void
say_nothing (const char *text)
{
}

typedef struct
{
  const char *header;
  const char *value;
} Cell;

/* An application with which nothing is wrong; the cells of a test take the place of some of it. */
static const Cell sound[] = {
  { "姓名", "测试甲" },
  { "证件类型", "" },
  { "身份证号", "331122199202290010" },
  { "申报县", "缙云县" },
  { "用人单位", "缙云某某科技有限公司" },
  { "统一社会信用代码", "91331122MA00000155" },
  { "单位所有制", "民营" },
  { "登记地", "缙云县" },
  { "参保地", "缙云县" },
  { "工作地", "缙云县" },
  { "博士后设站单位", "浙江大学" },
  { "站类型", "流动站" },
  { "出站类型", "期满出站" },
  { "进站日期", "2021-01-01" },
  { "出站日期", "2024-01-12" },
  { "在站身份", "非在职" },
  { "博士后证书号", "B123" },
  { "合同开始", "2024-03-05" },
  { "合同结束", "2030-03-04" },
  { "出站后首次就业", "是" },
  { "此前山区县就业", "无" },
  { "曾享受本补贴", "否" },
  { "享受其他人才补贴", "否" },
  { "联系电话", "13800000000" },
  { "申报日期", "2024-06-01" },
};

typedef struct
{
  const char *name;
  Cell        cells[3];
  const char *field;   /* whose fact is looked at */
  const char *value;   /* (nullable): the fact; NULL if there is none */
  const char *warning; /* (nullable): what a warning says */
  const char *outcome; /* (nullable) */
} Row;

static const Row rows[] = {
  { "mobile-of-a-spreadsheet", { { "联系电话", "13800000000.0" } }, "手机", "13800000000", NULL },
  { "mobile-with-remark", { { "联系电话", "13800000000（本人）" } }, "手机", "13800000000",
    "Only the number was taken" },
  { "fixed-line", { { "联系电话", "0578-3123456" } }, "手机", "05783123456", NULL },
  { "two-mobiles", { { "联系电话", "13800000000/13900000000" } }, "手机", "13800000000",
    "Several numbers" },
  { "place-of-another-city", { { "登记地", "杭州市余杭区" } }, "登记地", "330110", NULL },
  { "place-short", { { "登记地", "义乌" } }, "登记地", "330782", NULL },
  { "place-of-the-city-itself", { { "登记地", "杭州市本级" } }, "登记地", "330100", NULL },
  { "place-of-no-city", { { "登记地", "市本级" } }, "登记地", SHY_AREA_ELSEWHERE, NULL },
  { "place-by-township", { { "登记地", "331122102000" } }, "登记地", "331122", NULL },
  { "place-former-code", { { "登记地", "332526" } }, "登记地", "331122", NULL },
  { "place-beyond-the-province", { { "登记地", "外省" } }, "登记地", SHY_AREA_ELSEWHERE, NULL },
  { "no-place", { { "登记地", "某某地" } }, "登记地", NULL, "is no county, city or province" },
  { "permanent-residence", { { "身份证号", "933840198506150017" } }, "证件号", "933840198506150017",
    NULL },
  { "passport", { { "证件类型", "护照" }, { "身份证号", "E12345678" } }, "证件号", "E12345678",
    "Compare it with the paper" },
  { "passport-unsaid", { { "身份证号", "E12345678" } }, "证件号", "E12345678",
    "fill in what kind it is" },
  { "permit-of-taiwan", { { "证件类型", "台胞证" }, { "身份证号", "12345678" } }, "证件号", "12345678",
    "Compare it with the paper" },
  /* The firm of the work station under another spelling is the same firm: a person decides. */
  { "firm-with-other-brackets",
    { { "用人单位", "（浙江）某某科技有限公司" },
      { "博士后设站单位", "(浙江) 某某科技有限公司" },
      { "站类型", "工作站" } },
    "用人单位", "（浙江）某某科技有限公司", NULL, "person" },
  { "firm-in-wide-letters",
    { { "用人单位", "ＡＢＣ科技有限公司" },
      { "博士后设站单位", "abc科技有限公司" },
      { "站类型", "工作站" } },
    "用人单位", "ABC科技有限公司", NULL, "person" },
  { "permit-of-hong-kong", { { "证件类型", "回乡证" }, { "身份证号", "H12345678" } }, "证件号",
    "H12345678", "Compare it with the paper" },
};

static void
write_line (GString   *text,
            const Row *row,
            gboolean   headers)
{
  for (guint i = 0; i < G_N_ELEMENTS (sound); i++)
    {
      const char *value = sound[i].value;

      for (guint j = 0; j < G_N_ELEMENTS (row->cells); j++)
        if (g_strcmp0 (row->cells[j].header, sound[i].header) == 0)
          value = row->cells[j].value;
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", headers ? sound[i].header : value);
    }
  g_string_append_c (text, '\n');
}

static JsonObject *
check (Fixture    *self,
       const Row  *row,
       JsonParser *parser)
{
  g_autofree char       *file = g_build_filename (self->folder, "in.csv", NULL);
  g_autofree char       *output = g_build_filename (self->folder, "out.json", NULL);
  const char            *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--output",
                                         output, NULL };
  g_autoptr (ShyCommand) command = g_object_new (SUBSIDY_TYPE_CHECK, NULL);
  g_autoptr (GString)    text = g_string_new (NULL);
  g_autoptr (GError)     error = NULL;
  GPrintFunc             before;

  write_line (text, row, TRUE);
  write_line (text, row, FALSE);
  g_assert_true (g_file_set_contents (file, text->str, -1, NULL));
  before = g_set_print_handler (say_nothing);
  shy_command_run (command, arguments, self->path, &error);
  g_set_print_handler (before);
  g_assert_no_error (error);
  json_parser_load_from_file (parser, output, &error);
  g_assert_no_error (error);
  return json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "rows"), 0);
}

static const char *
find_fact (JsonObject *row,
           const char *field)
{
  JsonArray *facts = json_object_get_array_member (row, "facts");

  for (guint i = 0; i < json_array_get_length (facts); i++)
    {
      JsonObject *fact = json_array_get_object_element (facts, i);

      if (g_str_equal (json_object_get_string_member (fact, "field"), field)
          && json_object_has_member (fact, "value"))
        return json_object_get_string_member (fact, "value");
    }
  return NULL;
}

static gboolean
has_warning (JsonObject *row,
             const char *part)
{
  JsonArray *warnings = json_object_get_array_member (row, "warnings");

  for (guint i = 0; i < json_array_get_length (warnings); i++)
    if (strstr (json_object_get_string_member (json_array_get_object_element (warnings, i),
                                               "message"),
                part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_row (Fixture       *self,
          gconstpointer  data)
{
  const Row             *row = data;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject            *found = check (self, row, parser);

  g_assert_cmpstr (json_object_get_string_member (found, "outcome"), !=, "rejected");
  g_assert_cmpstr (find_fact (found, row->field), ==, row->value);
  if (row->outcome != NULL)
    g_assert_cmpstr (json_object_get_string_member (found, "outcome"), ==, row->outcome);
  if (row->warning != NULL)
    g_assert_true (has_warning (found, row->warning));
}

int
main (int    argc,
      char **argv)
{
  test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/subsidy-identity/", rows[i].name, NULL);

      g_test_add (path, Fixture, &rows[i], set_up, test_row, tear_down);
    }
  return g_test_run ();
}
