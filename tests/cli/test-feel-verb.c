/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb feel: one expression, or one JSON object a line. */
#include "../home.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *name;
  const char *words[5];
  const char *input;     /* (nullable) standard input */
  int         status;
  const char *output;    /* all of standard output */
  const char *complaint; /* stands on standard error; "" for nothing there */
} Call;

#define CONTEXT "context.json"

static const Call calls[] = {
  { "value", { "1 + 0.10" }, NULL, 0, "1.10\n", "" },
  { "string", { "\"a\" + \"b\"" }, NULL, 0, "\"ab\"\n", "" },
  { "negative", { "--", "-5" }, NULL, 0, "-5\n", "" },
  { "error", { "abs(\"a\")" }, NULL, 0, "null\n", "shanyectl: abs(): “n” cannot be a string." },
  { "remark", { "1 / 0" }, NULL, 0, "null\n", "shanyectl: Division by zero." },
  { "syntax", { "1 +" }, NULL, 2, "", "Line 1, column 4: expected a value" },
  { "context", { "年限 * applicant.monthly pay", "--context", CONTEXT }, NULL, 0, "9000.3\n", "" },
  { "no-context", { "年限" }, NULL, 0, "null\n", "Nothing has the name “年限”." },
  { "missing-file", { "1", "--context", "none.json" }, NULL, 2, "", "none.json" },
  { "bare", { NULL }, NULL, 2, "", "shanyectl help feel" },
  { "two", { "1", "2" }, NULL, 2, "", "shanyectl help feel" },
  { "both", { "1", "--lines" }, NULL, 2, "", "shanyectl help feel" },
  { "no-file", { "1", "--context" }, NULL, 2, "", "shanyectl help feel" },
  { "lines", { "--lines" },
    "{\"id\": 1, \"expression\": \"1.0 + 1\"}\n"
    "\n"
    "not json\n"
    "[1]\n"
    "{\"id\": \"x\"}\n"
    "{\"id\": \"y\", \"expression\": \"a +\"}\r\n"
    "{\"id\": \"z\", \"expression\": \"a * 2\", \"context\": {\"a\": 21}}\n"
    "{\"id\": \"w\", \"expression\": \"a\", \"context\": 1}\n"
    "{\"id\": \"v\", \"expression\": \"[1, {b: null}]\", \"context\": null}",
    0,
    "{\"id\":1,\"type\":\"number\",\"text\":\"2.0\"}\n"
    "{\"id\":null,\"type\":\"null\",\"error\":\"The line is not a JSON object: ",
    "" },
  { "lines-end", { "--lines" },
    "{\"id\": \"z\", \"expression\": \"a * 2\", \"context\": {\"a\": 21}}\n"
    "{\"id\": \"w\", \"expression\": \"a\", \"context\": 1}\n"
    "{\"id\": \"v\", \"expression\": \"[1, {b: null}]\", \"context\": null}",
    0,
    "{\"id\":\"z\",\"type\":\"number\",\"text\":\"42\"}\n"
    "{\"id\":\"w\",\"type\":\"null\",\"error\":\"The context must be a JSON object, from names to "
    "values.\"}\n"
    "{\"id\":\"v\",\"type\":\"list\",\"items\":[{\"type\":\"number\",\"text\":\"1\"},"
    "{\"type\":\"context\",\"entries\":{\"b\":{\"type\":\"null\"}}}]}\n",
    "" },
};

/* What nests so deep that reading it would use up the stack, and a pipe where a file should be. */
static void
test_bounds (void)
{
  static const char *const opening[] = { "[", "{\"a\":", "{\"id\": 1, \"expression\": \"1\", \"context\": [" };
  g_autofree char *folder = g_dir_make_tmp ("shanye-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.json", NULL);
  g_autofree char *large = g_build_filename (folder, "large.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (opening); i++)
    {
      g_autoptr (GString)     line = g_string_new (i == 2 ? opening[i] : NULL);
      g_autoptr (GError)      error = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char        *output = NULL;

      for (guint j = 0; j < 100000; j++)
        g_string_append (line, i == 1 ? opening[1] : "[");
      g_string_append (line, "\n{\"id\": 2, \"expression\": \"1 + 1\"}\n");
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                  &error, SHANYECTL, "feel", "--lines", NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, line->str, NULL, &output, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
      g_assert_nonnull (strstr (output, "nests more than"));
      g_assert_nonnull (strstr (output, "{\"id\":2,\"type\":\"number\",\"text\":\"2\"}"));
    }

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (truncate (large, 0), ==, -1);
  g_assert_true (g_file_set_contents (large, "{}", -1, NULL));
  g_assert_cmpint (truncate (large, G_GINT64_CONSTANT (1) << 40), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char        *complaint = NULL;

      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, "timeout", "20", SHANYECTL,
                                  "feel", "1", "--context", i == 0 ? pipe : large, NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, &error);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
      g_assert_nonnull (strstr (complaint, i == 0 ? "a pipe or a device" : "larger than 16 MiB"));
    }
  g_unlink (pipe);
  g_unlink (large);
  g_rmdir (folder);
}

static GSubprocess *
spawn (const Call *call)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
    G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char        *words[8] = { SHANYECTL, "feel" };
  g_autoptr (GError) error = NULL;
  GSubprocess       *process;

  for (gsize i = 0; call->words[i] != NULL; i++)
    words[i + 2] = call->words[i];
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);
  return process;
}

static void
test_call (gconstpointer data)
{
  const Call             *call = data;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char        *output = NULL;
  g_autofree char        *complaint = NULL;
  g_autoptr (GError)      error = NULL;

  g_assert_true (g_file_set_contents (
    CONTEXT, "{\"年限\": 3, \"applicant\": {\"monthly pay\": 3000.10}}", -1, NULL));
  process = spawn (call);
  g_subprocess_communicate_utf8 (process, call->input, NULL, &output, &complaint, &error);
  g_assert_no_error (error);
  g_unlink (CONTEXT);

  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, call->status);
  if (g_str_has_suffix (call->output, "\n") || *call->output == '\0')
    g_assert_cmpstr (output, ==, call->output);
  else
    g_assert_true (g_str_has_prefix (output, call->output));
  if (*call->complaint == '\0')
    g_assert_cmpstr (complaint, ==, "");
  else
    g_assert_nonnull (strstr (complaint, call->complaint));
}

/* Every line has its answer, also a bad one. */
static void
test_every_line (void)
{
  const Call             *call = &calls[G_N_ELEMENTS (calls) - 2];
  g_autoptr (GSubprocess) process = spawn (call);
  g_autofree char        *output = NULL;
  g_auto (GStrv)          lines = NULL;

  g_subprocess_communicate_utf8 (process, call->input, NULL, &output, NULL, NULL);
  lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8 + 1);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;

  test_init (&argc, &argv);
  folder = g_dir_make_tmp ("feel-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/feel/", calls[i].name, NULL);

      g_test_add_data_func (path, &calls[i], test_call);
    }
  g_test_add_func ("/cli/feel/every-line", test_every_line);
  g_test_add_func ("/cli/feel/bounds", test_bounds);
  return g_test_run ();
}
