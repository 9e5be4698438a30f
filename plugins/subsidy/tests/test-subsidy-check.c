/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

#include "subsidy-check.h"

static GString *printed;

static void
keep_printed (const char *text)
{
  g_string_append (printed, text);
}

/* Calls the verb; what it prints is in `printed`. */
static ShyCommandStatus
call (Fixture           *self,
      const char *const *arguments,
      GError           **error)
{
  g_autoptr (ShyCommand) command = g_object_new (SUBSIDY_TYPE_CHECK, NULL);
  GPrintFunc             before = g_set_print_handler (keep_printed);
  ShyCommandStatus       status;

  g_string_truncate (printed, 0);
  status = shy_command_run (command, arguments, self->path, error);
  g_set_print_handler (before);
  return status;
}

static char *
dup_last_line (void)
{
  g_auto (GStrv) lines = g_strsplit (printed->str, "\n", -1);
  guint          count = g_strv_length (lines);

  g_assert_cmpuint (count, >, 1);
  g_assert_cmpstr (lines[count - 1], ==, "");
  return g_strdup (lines[count - 2]);
}

static void
assert_last_line (const char *pattern)
{
  g_autofree char *line = dup_last_line ();

  if (!g_regex_match_simple (pattern, line, 0, 0))
    g_error ("last line is: %s", line);
}

static void
test_prints_the_totals (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char   *file = sample ("postdoc-applications.xlsx");
  const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", NULL };
  g_autoptr (GError) error = NULL;

  call (self, arguments, &error);
  g_assert_no_error (error);
  assert_last_line ("^300 applications: 114 eligible, 47 not eligible, 37 materials missing, "
                    "82 need a person, 20 rejected rows$");
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 0);
}

static void
test_commits (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char   *file = sample ("postdoc-applications-40.xls");
  const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--commit", NULL };
  g_autoptr (GError) error = NULL;
  gint64             cases;

  call (self, arguments, &error);
  g_assert_no_error (error);
  cases = ask (self->store, "SELECT COUNT(*) FROM subsidy_case");
  g_assert_cmpint (cases, >, 30);
  g_assert_cmpint (ask (self->store, "SELECT cases FROM subsidy_batch"), ==, cases);
  g_assert_cmpint (ask (self->store, "SELECT rejected FROM subsidy_batch"), ==, 40 - cases);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_journal WHERE action != 'policy.set'"),
                   ==, 1);
}

static void
test_writes_json (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char       *file = sample ("postdoc-applications-40.xls");
  g_autofree char       *output = g_build_filename (self->folder, "out.json", NULL);
  const char            *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--output",
                                         output, NULL };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  JsonObject            *row;

  call (self, arguments, &error);
  g_assert_no_error (error);
  json_parser_load_from_file (parser, output, &error);
  g_assert_no_error (error);
  row = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (row, "applications"), ==, 40);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (row, "rows")), ==, 40);
  row = json_array_get_object_element (json_object_get_array_member (row, "rows"), 0);
  for (const char *const *member = (const char *[]){ "number", "row", "facts", "outcome", "amount",
                                                     "criteria", "missing", "changes", "warnings",
                                                     NULL };
       *member != NULL; member++)
    g_assert_true (json_object_has_member (row, *member));
}

/* What was written can be read again, and long numbers are whole: the same outcomes follow. */
static void
test_writes_tables (Fixture       *self,
                    gconstpointer  ending)
{
  g_autofree char   *file = sample ("postdoc-applications-40.xls");
  g_autofree char   *output = g_strconcat (self->folder, "/out", ending, NULL);
  const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--output",
                                     output, NULL };
  const char        *again[] = { output, "--policy", POSTDOC, "--on", "2025-06-30", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char   *first = NULL;

  call (self, arguments, &error);
  g_assert_no_error (error);
  first = dup_last_line ();
  g_assert_false (g_str_has_prefix (first, "40 applications: 0 eligible"));
  call (self, again, &error);
  g_assert_no_error (error);
  assert_last_line (first);
}

/* The instructions are no applications, and no sheet has the other name. */
static void
test_chooses_the_sheet (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *file = sample ("postdoc-applications.xlsx");
  const char      *right[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--sheet", "申报汇总",
                               NULL };
  const char      *instructions[] = { file, "--policy", POSTDOC, "--sheet", "填表说明", NULL };
  const char      *none[] = { file, "--policy", POSTDOC, "--sheet", "汇总", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (call (self, right, &error), ==, SHY_COMMAND_OK);
  g_assert_no_error (error);
  assert_last_line ("300 applications: 114 eligible, 47 not eligible, 37 materials missing, "
                    "82 need a person, 20 rejected");
  g_assert_cmpint (call (self, instructions, &error), ==, SHY_COMMAND_BAD);
  g_assert_nonnull (strstr (error->message, "填表说明"));
  g_clear_error (&error);
  g_assert_cmpint (call (self, none, &error), ==, SHY_COMMAND_BAD);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "申报汇总, 填表说明"));
}

static void
test_bad_calls (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *file = sample ("postdoc-applications.csv");
  const struct
  {
    const char *arguments[8];
    int         code;
    const char *words;
  } rows[] = {
    { { NULL }, SHY_ERROR_USAGE, "takes one file" },
    { { file, NULL }, SHY_ERROR_USAGE, "--policy" },
    { { file, file, "--policy", POSTDOC, NULL }, SHY_ERROR_USAGE, "takes one file" },
    { { file, "--policy", "no-such-policy", NULL }, SHY_ERROR_NOT_FOUND, "no-such-policy" },
    { { file, "--policy", POSTDOC, "--nonsense", NULL }, SHY_ERROR_USAGE, "--nonsense" },
    { { file, "--policy", POSTDOC, "--on", "2025-02-30", NULL }, SHY_ERROR_USAGE, "2025-02-30" },
    { { file, "--policy", POSTDOC, "--county", "999999", NULL }, SHY_ERROR_NOT_FOUND, "999999" },
    { { file, "--policy", POSTDOC, "--output", "x.pdf", NULL }, SHY_ERROR_USAGE, "x.pdf" },
    { { "/nowhere/file.xlsx", "--policy", POSTDOC, NULL }, -1, "/nowhere/file.xlsx" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (call (self, rows[i].arguments, &error), ==, SHY_COMMAND_BAD);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, rows[i].words));
      g_assert_true (error->domain == SHY_ERROR);
      if (rows[i].code >= 0)
        g_assert_cmpint (error->code, ==, rows[i].code);
      g_assert_cmpstr (printed->str, ==, "");
    }
}

static void
test_bad_files (Fixture       *self,
                gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *contents;
    const char *words;
  } rows[] = {
    { "empty.csv", "", "is empty" },
    { "blank.csv", "\n\n , ,\n", "blank.csv" },
    { "no-header.csv", "1,2,3\n4,5,6\n7,8,9\n", "No header was found" },
    { "lacks.csv", "姓名,申报县\n张伟,淳安县\n", "has no column for: 证件号" },
    { "twice.csv",
      "姓名,证件号,证件号,统一社会信用代码,申报县,单位所有制,出站类型,出站日期,合同开始\n"
      "张伟,1,2,3,淳安县,民营,期满出站,2024-01-01,2024-02-01\n",
      "the columns “证件号” (B1) and “证件号” (C1) both fit" },
    { "wrong.xlsx", "this is no workbook at all", "wrong.xlsx" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char   *file = g_build_filename (self->folder, rows[i].name, NULL);
      const char        *arguments[] = { file, "--policy", POSTDOC, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (file, rows[i].contents, -1, NULL));
      g_assert_cmpint (call (self, arguments, &error), ==, SHY_COMMAND_BAD);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == SHY_ERROR);
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

static void
test_one_county (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char   *file = sample ("postdoc-applications-40.xls");
  const char        *arguments[] = { file, "--policy", POSTDOC, "--on", "2025-06-30", "--county",
                                     "遂昌县", NULL };
  g_autoptr (GError) error = NULL;

  call (self, arguments, &error);
  g_assert_no_error (error);
  assert_last_line ("^40 applications: .* 3[0-9] rejected rows$");
  g_assert_nonnull (strstr (printed->str, "not for 遂昌县"));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  printed = g_string_new (NULL);

#define ADD(name, data, func) g_test_add ("/subsidy/check/" name, Fixture, data, set_up, func, tear_down)
  ADD ("prints-the-totals", NULL, test_prints_the_totals);
  ADD ("commits", NULL, test_commits);
  ADD ("writes-json", NULL, test_writes_json);
  ADD ("writes-xlsx", ".xlsx", test_writes_tables);
  ADD ("writes-csv", ".csv", test_writes_tables);
  ADD ("chooses-the-sheet", NULL, test_chooses_the_sheet);
  ADD ("bad-calls", NULL, test_bad_calls);
  ADD ("bad-files", NULL, test_bad_files);
  ADD ("one-county", NULL, test_one_county);

  return g_test_run ();
}
