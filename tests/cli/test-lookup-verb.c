/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../core/service/gateway.h"

#include <glib/gstdio.h>
#include <string.h>

/* "service lookup" as a script calls it, against a gateway on loopback. */

#define PERSON "331122199202290010"
#define EMPLOYER "91331122MA00000155"

typedef struct
{
  Gateway gateway;
  char   *folder;
  char   *database;
  char   *description;
  char   *secrets;
  char   *output; /* of the last call */
  char   *errors;
} Fixture;

static void
write_files (Fixture *self)
{
  g_autofree char    *path = shy_data_build ("services", "zj-irs-lookups.json", NULL);
  g_autofree char    *text = NULL;
  g_autoptr (GString) local = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  local = g_string_new (text);
  g_string_replace (local, "https://interface.zjzwfw.gov.cn", self->gateway.base, 0);
  g_string_replace (local, "\"transport\": {", "\"transport\": {\"allow_insecure_http\": true,", 1);
  g_string_replace (local, "\"max_retries\": 2", "\"max_retries\": 0", 1);
  g_assert_true (g_file_set_contents (self->description, local->str, -1, NULL));
  g_assert_true (g_file_set_contents (self->secrets, "{\"zj-irs-lookups\":{\"app_key\":\"key\","
                                      "\"app_secret\":\"fixed\"}}", -1, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  gateway_set_up (&self->gateway, NULL);
  self->folder = g_dir_make_tmp ("lookup-verb-XXXXXX", NULL);
  self->database = g_build_filename (self->folder, "shanye.db", NULL);
  self->description = g_build_filename (self->folder, "x.json", NULL);
  self->secrets = g_build_filename (self->folder, "secrets.json", NULL);
  write_files (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  const char *arguments[] = { "rm", "-r", self->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  gateway_tear_down (&self->gateway, NULL);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->description);
  g_free (self->secrets);
  g_free (self->output);
  g_free (self->errors);
}

/* Calls shanyectl with these words, blanks between. */
static void
call (Fixture *self, int status, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
call (Fixture *self, int status, const char *format, ...)
{
  g_autofree char   *words = NULL;
  g_autofree char   *line = NULL;
  g_auto (GStrv)     arguments = NULL;
  g_autoptr (GError) error = NULL;
  va_list            args;
  int                ended;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (SHANYECTL " service ", words, " --secret-file ", self->secrets,
                      " --database ", self->database, NULL);
  arguments = g_strsplit (line, " ", -1);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &self->output, &self->errors,
                &ended, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (ended, &error);
  g_test_message ("%s: %s%s", words, self->output, self->errors);
  g_assert_cmpint (error != NULL ? error->code : 0, ==, status);
}

static void
assert_says (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("no “%s” in: %s", words, text);
}

static void
test_file (Fixture *self, gconstpointer data)
{
  self->gateway.reply = "{\"code\":\"00\",\"datas\":[{\"uscc\":\"" EMPLOYER "\",\"qylx\":"
                        "\"个体工商户\",\"xzqh\":\"331122\"}]}";
  call (self, 0, "lookup %s employer --parameter uscc=%s --json", self->description, EMPLOYER);
  assert_says (self->output, "\"outcome\":\"found\"");
  assert_says (self->output, "\"单位所有制\":\"个体工商户\"");
  assert_says (self->output, "\"用人单位\":null");
  call (self, 0, "lookup %s employer --parameter uscc=%s", self->description, EMPLOYER);
  assert_says (self->output, "个体工商户");
  g_assert_false (g_file_test (self->database, G_FILE_TEST_EXISTS));

  self->gateway.reply = "{\"code\":\"99\",\"msg\":\"无权查询 " EMPLOYER "\"}";
  call (self, 1, "lookup %s employer --parameter uscc=%s --json", self->description, EMPLOYER);
  assert_says (self->output, "\"outcome\":\"unknown\"");
  g_assert_null (strstr (self->output, EMPLOYER));
}

static void
change_file (const char *path, const char *before, const char *after)
{
  g_autofree char    *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, before, after, 0), >, 0);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

/* A service takes the place of another only when that is asked for. */
static void
test_replace (Fixture *self, gconstpointer data)
{
  g_autofree char *title = NULL;

  call (self, 0, "add %s", self->description);
  call (self, 0, "list");
  title = g_strdup (strchr (self->output, '\t') + 1);
  *strpbrk (title, "\n(") = '\0';
  g_strchomp (title);
  change_file (self->description, title, "冒名的服务");

  call (self, 2, "add %s", self->description);
  assert_says (self->errors, title);
  assert_says (self->errors, "冒名的服务");
  assert_says (self->errors, "--replace");
  call (self, 0, "list");
  assert_says (self->output, title);
  g_assert_null (strstr (self->output, "冒名的服务"));
  call (self, 0, "add %s --replace", self->description);
  call (self, 0, "list");
  assert_says (self->output, "冒名的服务");
}

static gboolean
tell_cb (const ShyJournalEntry *entry, gpointer data)
{
  g_string_append_printf (data, "%s %s %s\n", entry->action, entry->subject, entry->details);
  return TRUE;
}

static gboolean
tell_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return shy_journal_foreach (connection, 0, tell_cb, data, error);
}

static void
test_connected (Fixture *self, gconstpointer data)
{
  g_autoptr (GString)  journal = g_string_new (NULL);
  g_autoptr (ShyStore) store = NULL;
  g_autoptr (GError)   error = NULL;

  self->gateway.reply = "{\"code\":\"00\",\"datas\":[]}";
  call (self, 0, "add %s", self->description);
  call (self, 0, "lookup zj-irs-lookups insurance --parameter uscc=%s --parameter id_number=%s "
        "--parameter name=甲乙 --json", EMPLOYER, PERSON);
  assert_says (self->output, "\"outcome\":\"not_found\"");
  assert_says (self->output, "\"facts\":{}");
  store = shy_store_open (self->database, &error);
  g_assert_no_error (error);
  shy_store_run (store, SHY_STORE_READ, tell_job, journal, NULL, &error);
  g_assert_no_error (error);
  assert_says (journal->str, "lookup.ask service:zj-irs-lookups");
  assert_says (journal->str, "\"outcome\":\"not_found\"");
  g_assert_null (strstr (journal->str, PERSON));
  g_assert_null (strstr (journal->str, "甲乙"));
}

static void
test_wrong_calls (Fixture *self, gconstpointer data)
{
  call (self, 2, "lookup %s employer --parameter uscc=%s", self->description, "913311221234567890");
  g_assert_null (strstr (self->errors, "913311221234567890"));
  call (self, 2, "lookup %s employer", self->description);
  assert_says (self->errors, "统一社会信用代码");
  call (self, 2, "lookup %s nobody", self->description);
  assert_says (self->errors, "nobody");
  call (self, 2, "lookup %s employer --parameter uscc", self->description);
  assert_says (self->errors, "NAME=VALUE");
  call (self, 2, "lookup %s employer --parameter no=1", self->description);
  assert_says (self->errors, "“no”");
  call (self, 2, "lookup %s", self->description);
  g_assert_cmpuint (self->gateway.hits, ==, 0);
}

#define ADD(name, function) g_test_add ("/lookup-verb/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("file", test_file);
  ADD ("connected", test_connected);
  ADD ("replace", test_replace);
  ADD ("wrong-calls", test_wrong_calls);

  return g_test_run ();
}
