/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb “policy”: calls as they are typed, and what comes back. */
#include "../home.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  const char *name;
  const char *call;      /* the words, split by spaces; @ is the folder of the test packs */
  int         status;
  const char *output;    /* (nullable) must stand on standard output */
  const char *complaint; /* (nullable) must stand on standard error; NULL if that is empty */
} Call;

#define EXPLAIN "explain @/base.json --on 2024-08-01 "

static const Call calls[] = {
  { "list", "list", 0, "zj-postdoc-grant", NULL },
  { "list-json", "list --json", 0, "\"id\" : \"zj-postdoc-grant\"", NULL },
  { "show", "show zj-postdoc-grant", 0, "浙人社发〔2022〕46号", NULL },
  { "show-import", "show zj-medical-deferral-2022", 0, "size-300 2011.1", NULL },
  { "show-table", "show zj-hiring-grant", 0, "until 2025-04-30, everywhere: 1500元 (", NULL },
  { "show-condition", "show zj-postdoc-grant --section conditions", 0,
    "      If it is not met: ", NULL },
  { "show-clause", "show zj-postdoc-grant --section clauses", 0,
    "      Document number: 浙人社发〔2022〕46号\n", NULL },
  { "show-unverified", "show zj-postdoc-grant --section clauses", 0, "[c-start] (Not verified)\n", NULL },
  { "show-fields", "show @/base.json --section fields", 0, "      Type: One of a list\n", NULL },
  { "show-cases", "show @/failing.json --section cases", 0,
    "(Comes out otherwise)\n      Expected: Eligible\n      Comes out otherwise: the amount is "
    "50000.50 yuan instead of 1.00", "cannot be used, because its case “good” fails" },
  { "show-checks", "show @/base.json --section checks --json", 0, "\"title\" : \"In no case", NULL },
  { "show-nothing", "show @/base.json --section paragraphs", 2, NULL,
    "A policy has no section “paragraphs”. There are: conditions, amounts, clauses, fields, steps, "
    "counties, cases, checks." },
  { "show-cases-county", "show @/base.json --section cases --county 常山", 2, NULL,
    "Leave out “--county”." },
  { "show-file", "show @/base.json", 0, "Test grant  test-grant 2024.1", NULL },
  { "show-json", "show @/base.json --json", 0, "\"max\": 50000.5", NULL },
  { "show-county", "show @/base.json --on 2024-08-01 --county 常山 --json", 0, "\"max\": 60000", NULL },
  { "show-unknown", "show zj-postdoc", 2, NULL, "There is no policy “zj-postdoc”. Did you mean" },
  { "show-no-county", "show @/base.json --county 999999", 2, NULL, "There is no county “999999”." },
  { "test", "test", 0, "zj-postdoc-grant 2022.3: ", NULL },
  { "test-file", "test @/base.json", 0, "test-grant 2024.1: 1 cases passed, 0 failed", NULL },
  { "test-json", "test @/base.json --json", 0, "\"passed\" : true", NULL },
  { "test-failing", "test @/failing.json", 1,
    "good: the amount is 50000.50 yuan instead of 1.00\n", NULL },
  { "test-failing-json", "test @/failing.json --json", 1, "\"passed\" : false", NULL },
  { "test-no-file", "test @/none.json", 2, NULL, "cannot be read" },
  { "lint", "lint @/base.json", 0, "0 errors, 6 warnings, 1 hints", NULL },
  { "lint-json", "lint @/base.json --json", 0, "\"code\" : \"unexercised\"", NULL },
  { "lint-shipped", "lint zj-postdoc-grant", 0, "0 errors", NULL },
  { "lint-broken", "lint @/broken/table.json", 2, NULL,
    "line 1, $: This must be an object in {…}, but it is a list in […]." },
  { "eligible", EXPLAIN "--facts @/facts/eligible.json --county 330822", 0, "Amount: 60000.00 yuan",
    NULL },
  { "eligible-json", EXPLAIN "--facts @/facts/eligible.json --county 330822 --json", 0,
    "\"outcome\" : \"eligible\"", NULL },
  { "unset", EXPLAIN "--facts @/facts/eligible.json --county 330127", 1, "Needs a person", NULL },
  { "short", EXPLAIN "--facts @/facts/short.json --county 330127", 1, "Not eligible", NULL },
  { "short-sentence", EXPLAIN "--facts @/facts/short.json --county 330127", 1,
    "✗ Length of contract (Not met): 9 months are too few.\n      测〔2024〕1号 第二条\n", NULL },
  { "short-json", EXPLAIN "--facts @/facts/short.json --county 330127 --json", 1, "\"changes\" : [",
    NULL },
  { "missing", EXPLAIN "--facts @/facts/missing.json --county 330822", 1,
    "Still needed\n  Kind (Certificate)\n", NULL },
  { "unread", EXPLAIN "--facts @/facts/unread.json --county 330822", 1, "Needs a person", NULL },
  { "unread-again", EXPLAIN "--facts @/facts/unread.json --county 330822", 1,
    "To be read again\n", NULL },
  { "unread-member", EXPLAIN "--facts @/facts/unread.json --county 330822", 1, "check $.合同月数",
    NULL },
  { "unread-json", EXPLAIN "--facts @/facts/unread.json --county 330822 --json", 1,
    "\"value\" : \"2024-6-31\"", NULL },
  { "facts-unknown", EXPLAIN "--facts @/facts/unknown.json", 2, NULL, "has no field “合同月”" },
  { "facts-no-file", EXPLAIN "--facts @/none.json", 2, NULL, "cannot be read" },
  { "facts-none", "explain zj-postdoc-grant", 2, NULL, "needs “--facts FILE.json”" },
  { "explain-failing", "explain @/failing.json --facts @/facts/eligible.json", 2, NULL,
    "the policy “test-grant” cannot be used, because its case “good” fails" },
  { "bare", "", 2, NULL, "needs one of list, show, decisions, test, lint, explain" },
  { "unknown", "frob", 2, NULL, "needs one of list, show, decisions, test, lint, explain" },
  { "too-few", "show", 2, NULL, "was called with 0 names" },
  { "too-many", "lint a b", 2, NULL, "was called with 2 names" },
  { "option", "list --all", 2, NULL, "has no option “--all”" },
  { "date", "show zj-postdoc-grant --on 2025-02-29", 2, NULL, "“2025-02-29” is no date" },
  { "no-value", "show zj-postdoc-grant --on", 2, NULL, "“--on” needs a value" },
};

static GStrv
split (const char *call)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "policies", NULL);
  g_auto (GStrv)   parts = g_strsplit (call, "@", -1);
  g_autofree char *whole = g_strjoinv (folder, parts);
  g_autofree char *line = g_strconcat (SHANYECTL, " policy ", whole, NULL);

  return g_strsplit (g_strchomp (line), " ", -1);
}

static void
test_call (gconstpointer data)
{
  const Call             *call = data;
  g_auto (GStrv)          words = split (call->call);
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char        *output = NULL;
  g_autofree char        *complaint = NULL;

  process = g_subprocess_newv ((const char *const *) words,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (call->output != NULL && strstr (output, call->output) == NULL)
    g_error ("“%s” is not in:\n%s", call->output, output);
  if (call->complaint == NULL)
    g_assert_cmpstr (complaint, ==, "");
  else if (strstr (complaint, call->complaint) == NULL)
    g_error ("“%s” is not in:\n%s", call->complaint, complaint);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, call->status);
}

/* Conditions of a pack for somebody who changed to another station, and what comes of them. */
typedef struct
{
  const char *name;
  const char *condition;
  const char *output; /* what must be said */
} Condition;

#define WORK "working days between(on, on + duration(\"P9000D\"))"
#define HAND "Needs a person"

static const Condition conditions[] = {
  { "condition/if", "if " WORK " > 20 then false else true", HAND },
  { "condition/if-same", "if " WORK " > 20 then true else true", HAND },
  { "condition/unequal", WORK " != 20", HAND },
  { "condition/equal-null", WORK " = null", HAND },
  { "condition/not", "not(" WORK " = 20) = true", HAND },
  { "condition/months", "consecutive months(类型) != 3", HAND },
  { "condition/quantified", "every i in [1, 2] satisfies " WORK " != i", HAND },
  { "condition/count", "count([1, 2][item > " WORK "]) = 0", HAND },
  { "condition/context", "get value({w: " WORK "}, \"w\") = null", HAND },
  { "condition/in", "not(" WORK " in (1, 2))", HAND },
  { "condition/division", "if 合同月数 / (合同月数 - 9) > 1 then false else true", HAND },
  { "condition/decided", "类型 = \"转二站\" or " WORK " > 20", "✓ Completed" },
  { "condition/refused", "类型 = \"退站\" and " WORK " > 20", "✗ Completed" },
  { "condition/reason", "if " WORK " > 20 then false else true",
    "The condition gives no answer: The working calendar knows the days from" },
  { "condition/today", "today() = on", "✓ Completed" },
  { "condition/today-far", "today() > @\"2024-08-01\"", "✗ Completed" },
  { "condition/now", "date(now()) = on and now() = date and time(on, @\"00:00:00\")", "✓ Completed" },
  { "spent/matches", "count(for i in 1..200000 return matches(string(i), \"^(a+)+$\")) > 1",
    "takes too long: more than 5000000 steps" },
  { "spent/text",
    "string length((for i in 1..24 return if i = 1 then \"ab\" else partial[-1] + partial[-1])[24]) > 5",
    HAND },
  { "spent/replace",
    "replace(string join(for i in 1..100000 return \"0123456789\"), \"9\", \"8\") != \"\"", HAND },
  { "spent/split", "count(split(string join(for i in 1..90000 return \"ab,\"), \",\")) > 1", HAND },
  { "spent/list", "count(for i in 1..3000, j in 1..3000 return i) > 1", HAND },
  { "spent/sort", "count(sort(for i in 1..200000 return 200000 - i, function(a, b) a < b)) > 1", HAND },
  { "spent/power", "sum(for i in 1..100000 return 1.0001 ** 0.5) > 1", HAND },
  { "spent/days", "sum(for i in 1..60000 return working days between(@\"2024-01-01\", on)) > 1", HAND },
};

static char *
write_pack (const char *folder,
            const char *condition)
{
  g_autofree char     *base = g_test_build_filename (G_TEST_DIST, "data", "policies", "base.json",
                                                     NULL);
  g_autofree char     *text = NULL;
  g_auto (GStrv)       parts = g_strsplit (condition, "\"", -1);
  g_autofree char     *escaped = g_strjoinv ("\\\"", parts);
  g_autoptr (GString)  pack = NULL;
  g_autofree char     *with = NULL;
  char                *path = g_build_filename (folder, "pack.json", NULL);

  g_assert_true (g_file_get_contents (base, &text, NULL, NULL));
  pack = g_string_new (text);
  with = g_strdup_printf ("\"condition\": \"类型 = \\\"期满出站\\\" or (%s)\"", escaped);
  g_assert_cmpuint (g_string_replace (pack,
                                      "\"condition\": \"类型 = \\\"期满出站\\\"\"", with, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, pack->str, -1, NULL));
  return path;
}

/* What fails in a condition goes to a person, whatever the condition makes of it. */
static void
test_condition (gconstpointer data)
{
  const Condition        *row = data;
  g_autofree char        *folder = g_dir_make_tmp ("shanye-XXXXXX", NULL);
  g_autofree char        *pack = write_pack (folder, row->condition);
  g_autofree char        *facts = g_build_filename (folder, "facts.json", NULL);
  g_autofree char        *output = NULL;
  g_autofree char        *complaint = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_assert_true (g_file_set_contents (facts, "{\"类型\": \"转二站\", \"合同月数\": 9, \"工资\": 20,"
                                      " \"首次\": true, \"合同开始\": \"2024-02-01\","
                                      " \"证件号\": \"330102199001011234\"}", -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                              SHANYECTL, "policy", "explain", pack, "--facts", facts, "--on",
                              "2024-08-01", "--county", "330127", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, &error);
  g_assert_no_error (error);
  if (strstr (output, row->output) == NULL)
    g_error ("“%s” is not in:\n%s%s", row->output, output, complaint);
  g_unlink (pack);
  g_unlink (facts);
  g_rmdir (folder);
}

/* Pipes where packs and other files of ours are looked for: nobody writes into them. */
static void
test_pipes (void)
{
  static const char *const places[] = { "policies/x.json", "signers/x.pem", "calendars/cn.json",
                                        "services/x.json", "datasets/x.json" };
  static const char *const calls[] = { "policy list", "policy test zj-postdoc-grant", "todo",
                                       "update signers", "service list", "policy lint @",
                                       "policy explain zj-postdoc-grant --facts @", "service add @",
                                       "update import @", "check @ --policy zj-postdoc-grant" };
  g_autofree char *pipe = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "shanye", places[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      if (i == 0)
        pipe = g_steal_pointer (&path);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (GStrv)          parts = g_strsplit (calls[i], "@", -1);
      g_autofree char        *call = g_strjoinv (pipe, parts);
      g_autofree char        *line = g_strconcat ("timeout 200 ", SHANYECTL, " ", call, NULL);
      g_auto (GStrv)          words = g_strsplit (line, " ", -1);
      g_autoptr (GError)      error = NULL;
      g_autoptr (GSubprocess) process =
        g_subprocess_newv ((const char *const *) words,
                           G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

      g_assert_no_error (error);
      g_subprocess_wait (process, NULL, &error);
      g_test_message ("%s", calls[i]);
      g_assert_cmpint (g_subprocess_get_exit_status (process), <=, 2);
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/policy/", conditions[i].name, NULL);

      g_test_add_data_func (path, &conditions[i], test_condition);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/policy/", calls[i].name, NULL);

      g_test_add_data_func (path, &calls[i], test_call);
    }
  g_test_add_func ("/cli/policy/pipes", test_pipes);
  return g_test_run ();
}
