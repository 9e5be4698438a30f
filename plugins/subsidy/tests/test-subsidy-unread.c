/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

#include "subsidy-check.h"

/* What a clerk is told of cells that cannot be read, of rows that a filter hides and of a file that
 * comes a second time: through the verb, as it is called. */

static GString *printed;
static GString *remarked;

static void
keep_printed (const char *text)
{
  g_string_append (printed, text);
}

static void
keep_remarked (const char *text)
{
  g_string_append (remarked, text);
}

static ShyCommandStatus
call (Fixture           *self,
      const char *const *arguments,
      GError           **error)
{
  g_autoptr (ShyCommand) command = g_object_new (SUBSIDY_TYPE_CHECK, NULL);
  GPrintFunc             print = g_set_print_handler (keep_printed);
  GPrintFunc             remark = g_set_printerr_handler (keep_remarked);
  ShyCommandStatus       status;

  g_string_truncate (printed, 0);
  g_string_truncate (remarked, 0);
  status = shy_command_run (command, arguments, self->path, error);
  g_set_print_handler (print);
  g_set_printerr_handler (remark);
  return status;
}

static const char *const headers[] = {
  "姓名", "证件号", "申报县", "用人单位", "统一社会信用代码", "单位所有制", "登记地", "参保地",
  "工作地", "站类型", "设站单位", "出站类型", "出站日期", "在站身份", "博士后证书号", "合同开始",
  "合同结束", "出站后首次就业", "此前山区县就业", "曾享受本补贴", "享受其他人才补贴", "出生日期",
};

static const char *const values[] = {
  "测试甲", "331122199202290010", "缙云", "缙云某某科技有限公司", "91331122MA00000155", "民营",
  "缙云", "缙云", "缙云", "流动站", "某某大学", "期满出站", "2023-06-30", "非在职", "B2023-0001",
  "2023-09-01", "2026-08-31", "是", "无", "否", "否", "",
};

G_STATIC_ASSERT (G_N_ELEMENTS (headers) == G_N_ELEMENTS (values));

/* A sheet of one application, in which one field says something else. */
static char *
write_sheet (Fixture    *self,
             const char *field,
             const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  char               *path = g_build_filename (self->folder, "one.csv", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", headers[i]);
  g_string_append_c (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_string_append_printf (text, "%s\"%s\"", i > 0 ? "," : "",
                            g_str_equal (headers[i], field) ? value : values[i]);
  g_string_append_c (text, '\n');
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

typedef struct {
  const char *field;
  const char *value;
  const char *outcome; /* NULL: a row that is rejected */
  const char *cell;    /* (nullable): which must be named */
} Row;

static const Row rows[] = {
  { "姓名", "测试甲", "Eligible", NULL },
  { "出站日期", "", "Materials missing", NULL },
  { "出站日期", "2023-6-31", "Needs a person", "M2" },
  { "出站日期", "24/1/12", "Needs a person", "M2" },
  { "出站日期", "2024.13.1", "Needs a person", "M2" },
  { "出站日期", "待定", "Needs a person", "M2" },
  { "出站日期", "1023-06-30", "Needs a person", "M2" },
  { "合同开始", "签约后", "Needs a person", "P2" },
  { "单位所有制", "私人的", "Needs a person", "F2" },
  { "出站类型", "不明", "Needs a person", "L2" },
  { "登记地", "瓦坎达", "Needs a person", "G2" },
  { "曾享受本补贴", "也许", "Needs a person", "T2" },
  { "出站后首次就业", "大概是", "Needs a person", "R2" },
  /* whose application it is must be readable before it is one */
  { "证件号", "331122199202290011", NULL, "B2" },
  { "统一社会信用代码", "91331122MA00000156", NULL, "E2" },
  /* facts that bound or repeat each other */
  { "合同结束", "2023-08-31", "Needs a person", "Q2" },
  { "出生日期", "1990-02-28", "Needs a person", "V2" },
  { "出生日期", "1992-02-29", "Eligible", NULL },
};

static void
test_cells (Fixture       *self,
            gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row         *row = &rows[i];
      g_autofree char   *file = write_sheet (self, row->field, row->value);
      const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", NULL };
      g_autofree char   *outcome = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s", row->field, row->value);
      call (self, arguments, &error);
      g_assert_no_error (error);
      g_test_message ("%s", printed->str);
      outcome = g_strdup_printf ("2\t%s\t", row->outcome != NULL ? row->outcome : "");
      if (row->outcome != NULL)
        g_assert_true (g_str_has_prefix (printed->str, outcome));
      else
        g_assert_nonnull (strstr (printed->str, "1 rejected row"));
      if (row->cell == NULL)
        continue;
      g_assert_nonnull (strstr (printed->str, row->cell));
      g_assert_null (strstr (printed->str, "Materials missing"));
      if (row->outcome != NULL)
        g_assert_nonnull (strstr (printed->str, row->value));
    }
}

/* The row itself names the first fact that is missing, with the paper that proves it if it has one. */
static void
test_needed (Fixture       *self,
             gconstpointer  data)
{
  static const struct { const char *field, *said; } needs[] = {
    { "出站日期", "2\tMaterials missing\tStill needed: Day of leaving the station (bring: " },
    { "合同开始", "2\tMaterials missing\tStill needed: First day of the contract (bring: " },
    { "单位所有制", "2\tMaterials missing\tStill needed: Ownership of the employer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autofree char   *file = write_sheet (self, needs[i].field, "");
      const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", NULL };
      g_autoptr (GError) error = NULL;

      call (self, arguments, &error);
      g_assert_no_error (error);
      g_test_message ("%s", printed->str);
      g_assert_true (g_str_has_prefix (printed->str, needs[i].said));
    }
}

/* The file of results keeps what stands in the cell, apart from facts, and asks for nothing. */
static void
test_json (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char       *file = write_sheet (self, "出站日期", "2023-6-31");
  g_autofree char       *output = g_build_filename (self->folder, "out.json", NULL);
  const char            *arguments[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", "--output",
                                         output, NULL };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  JsonObject            *row;
  JsonArray             *array;
  JsonObject            *unread;

  call (self, arguments, &error);
  g_assert_no_error (error);
  json_parser_load_from_file (parser, output, &error);
  g_assert_no_error (error);
  array = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "rows");
  row = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (row, "outcome"), ==, "person");
  array = json_object_get_array_member (row, "missing");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_assert_cmpstr (json_array_get_string_element (array, i), !=, "出站日期");
  array = json_object_get_array_member (row, "unreadable");
  g_assert_cmpuint (json_array_get_length (array), ==, 1);
  unread = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (unread, "field"), ==, "出站日期");
  g_assert_cmpstr (json_object_get_string_member (unread, "value"), ==, "2023-6-31");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (unread, "place"), "!M2"));
}

/* A case that is read back from the register still knows what could not be read. */
static void
test_stored (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();
  g_autoptr (ShyFacts) again = NULL;
  g_autofree char     *json = NULL;
  g_autoptr (GError)   error = NULL;
  const ShyUnread     *unread;

  shy_facts_set (facts, "姓名", SHY_FIELD_TEXT, "测试甲", SHY_FACT_ORIGIN_CELL, "申报!A2", NULL);
  shy_facts_set_unread (facts, "出站日期", "2023-6-31", SHY_FACT_ORIGIN_CELL, "申报!M2", "no such day");
  json = subsidy_facts_to_json (facts);
  again = subsidy_facts_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shy_facts_get_size (again), ==, 1);
  unread = shy_facts_lookup_unread (again, "出站日期");
  g_assert_nonnull (unread);
  g_assert_cmpstr (unread->text, ==, "2023-6-31");
  g_assert_cmpstr (unread->place, ==, "申报!M2");
  g_assert_cmpstr (unread->problem, ==, "no such day");
}

static void
test_hidden_rows (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char   *file = g_test_build_filename (G_TEST_DIST, "data", "sheets", "hidden-rows.xlsx",
                                                   NULL);
  const char        *told[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", NULL };
  const char        *kept[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", "--commit", NULL };
  const char        *skip[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", "--hidden", "skip",
                                NULL };
  const char        *stored[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", "--hidden",
                                  "include", "--commit", NULL };
  const char        *wrong[] = { file, "--policy", POSTDOC, "--hidden", "maybe", NULL };
  g_autoptr (GError) error = NULL;

  call (self, told, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (remarked->str, "1 row is hidden"));
  g_assert_nonnull (strstr (remarked->str, "row 3"));
  g_assert_nonnull (strstr (remarked->str, "“备注” (V1)"));
  g_assert_nonnull (strstr (printed->str, "3 applications"));

  g_assert_cmpint (call (self, kept, &error), ==, SHY_COMMAND_BAD);
  g_assert_nonnull (strstr (error->message, "--hidden"));
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 0);
  g_clear_error (&error);

  call (self, skip, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (printed->str, "2 applications"));
  g_assert_nonnull (strstr (remarked->str, "left out"));

  call (self, stored, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 3);

  g_assert_cmpint (call (self, wrong, &error), ==, SHY_COMMAND_BAD);
  g_assert_nonnull (error);
}

/* The same file, under another name too, is known again before anything is stored. */
static void
test_second_import (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char   *file = write_sheet (self, "姓名", "测试甲");
  g_autofree char   *copy = g_build_filename (self->folder, "copy.csv", NULL);
  g_autofree char   *contents = NULL;
  const char        *first[] = { file, "--policy", POSTDOC, "--on", "2024-05-06", "--commit", NULL };
  const char        *look[] = { copy, "--policy", POSTDOC, "--on", "2024-05-06", NULL };
  const char        *once[] = { copy, "--policy", POSTDOC, "--on", "2024-05-06", "--commit", "--once",
                                NULL };
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &contents, NULL, NULL);
  g_file_set_contents (copy, contents, -1, NULL);
  call (self, first, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (remarked->str, "stored before"));

  call (self, look, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (remarked->str, "stored before, as batch 1"));
  g_assert_nonnull (strstr (remarked->str, "1 row is of a person"));

  g_assert_cmpint (call (self, once, &error), ==, SHY_COMMAND_BAD);
  g_assert_nonnull (strstr (error->message, "batch 1"));
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_batch"), ==, 1);
}

/* The cells of a row of the only sheet, joined by bars. */
static char *
dup_row (const char *path,
         guint       number)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyBook)        book = shy_book_open (path, NULL, &error);
  g_autoptr (ShySheetReader) reader = NULL;
  g_autoptr (GString)        text = g_string_new ("|");
  const ShySheetRow         *row;

  g_assert_no_error (error);
  reader = shy_book_read_sheet (book, 0, SHY_BOOK_READ_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  do
    row = shy_sheet_reader_next (reader, &error);
  while (row != NULL && row->number < number);
  g_assert_nonnull (row);
  for (guint i = 0; i < row->n_cells; i++)
    g_string_append_printf (text, "%s|", row->cells[i].text);
  return g_strdup (text->str);
}

static const char *
as_clerks_write (gsize field)
{
  static const struct { const char *field, *value; } ways[] = {
    { "申报县", "龙泉" },           { "登记地", "杭州余杭" },      { "出站日期", "2023/6/30" },
    { "合同开始", "2023年9月1日" }, { "合同结束", "20260831" },    { "此前山区县就业", "没有" },
    { "出站类型", "出站了吧" },     { "出站后首次就业", "TRUE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].field, headers[field]))
      return ways[i].value;
  return values[field];
}

/* What a clerk wrote is written back so, under the columns as they stood, which is from the last to
 * the first here; only the name comes before them all. */
static void
test_written_back (Fixture       *self,
                   gconstpointer  ending)
{
  g_autofree char    *input = g_build_filename (self->folder, "in.csv", NULL);
  g_autofree char    *output = g_strconcat (self->folder, "/out", ending, NULL);
  const char         *arguments[] = { input, "--policy", POSTDOC, "--on", "2025-06-30", "--output",
                                      output, NULL };
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char    *text = NULL;
  g_autofree char    *first = NULL;
  g_autofree char    *second = NULL;
  g_autoptr (GError)  error = NULL;

  /* The birth date is empty, and without the name as the last the rest stands side by side. */
  for (gsize i = G_N_ELEMENTS (headers) - 1; i-- > 1;)
    {
      g_string_append_printf (head, "%s|", headers[i]);
      g_string_append_printf (body, "%s|", as_clerks_write (i));
    }
  text = g_strdup_printf ("%s姓名\n%s测试甲\n", head->str, body->str);
  g_strdelimit (text, "|", ',');
  g_assert_true (g_file_set_contents (input, text, -1, NULL));

  call (self, arguments, &error);
  g_assert_no_error (error);
  first = dup_row (output, 1);
  second = dup_row (output, 2);
  g_test_message ("%s %s", first, second);
  g_assert_true (g_str_has_prefix (first, "|姓名|"));
  g_assert_true (g_str_has_prefix (second, "|测试甲|"));
  g_assert_nonnull (strstr (first, head->str));
  g_assert_nonnull (strstr (second, body->str));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  printed = g_string_new (NULL);
  remarked = g_string_new (NULL);

#define ADD(name, func) g_test_add ("/subsidy/unread/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("cells", test_cells);
  ADD ("needed", test_needed);
  ADD ("json", test_json);
  ADD ("stored", test_stored);
  ADD ("hidden-rows", test_hidden_rows);
  ADD ("second-import", test_second_import);
  g_test_add ("/subsidy/unread/written-back-csv", Fixture, ".csv", set_up, test_written_back,
              tear_down);
  g_test_add ("/subsidy/unread/written-back-xlsx", Fixture, ".xlsx", set_up, test_written_back,
              tear_down);

  return g_test_run ();
}
