/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exit status of the command line with all its plugins: an answer that could not be written, or
 * not be given, is none. */
#include "../home.h"

#include <gio/gio.h>
#include <sqlite3.h>

#define SHEET "samples/postdoc-applications.xlsx"

typedef struct
{
  char *folder;
  char *path;    /* of the database */
  char *output;  /* of the last call */
  char *errors;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("output-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "shanye.db", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  const char *arguments[] = { "rm", "-r", self->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->path);
  g_free (self->output);
  g_free (self->errors);
}

/* Calls shanyectl by the shell; @more stands behind the words, as “>/dev/full”. */
static void
call (Fixture    *self,
      int         status,
      const char *words,
      const char *more)
{
  g_autofree char   *line = g_strdup_printf ("\"%s\" %s --database \"%s\" %s", SHANYECTL, words,
                                             self->path, more);
  const char        *arguments[] = { "/bin/sh", "-c", line, NULL };
  g_autoptr (GError) error = NULL;
  int                ended;

  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &self->output,
                &self->errors, &ended, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (ended, &error);
  g_test_message ("%s %s: %s%s", words, more, self->output, self->errors);
  g_assert_cmpint (error != NULL ? error->code : 0, ==, status);
}

static void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("no “%s” in: %s", words, text);
}

/* A register with a case, a setting, a service and an update, so that each list has a line. */
static void
fill (Fixture *self)
{
  g_autofree char *sheet = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), SHEET, NULL);
  g_autofree char *check = g_strdup_printf ("check \"%s\" --policy zj-postdoc-grant --commit", sheet);

  call (self, 0, check, "");
  call (self, 0, "service add zj-open-jobfair", "2>&1 || true");
}

static const char *const answers[] = {
  "--version", "help", "help check", "help todo", "todo", "todo --json", "plugin list",
  "plugin list --json", "policy list", "policy list --json", "policy show zj-postdoc-grant",
  "policy test zj-postdoc-grant", "feel \"1 + 1\"", "journal list", "journal verify",
  "setting list zj-postdoc-grant", "service list", "database check",
};

static void
test_full (Fixture       *self,
           gconstpointer  data)
{
  guint answered = 0;

  fill (self);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      /* What is no call of this version, or says nothing, proves nothing. */
      call (self, 0, answers[i], "2>/dev/null || true");
      if (*self->output == '\0')
        continue;
      answered++;
      call (self, 2, answers[i], ">/dev/full");
      assert_says (self->errors, "could not be written");
    }
  g_assert_cmpuint (answered, >, G_N_ELEMENTS (answers) - 4);
}

static void
test_full_results (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *sheet = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), SHEET, NULL);
  g_autofree char *text = g_strdup_printf ("check \"%s\" --policy zj-postdoc-grant", sheet);
  g_autofree char *json = g_strconcat (text, " --json", NULL);

  call (self, 2, text, ">/dev/full");
  call (self, 2, json, ">/dev/full");
  call (self, 0, text, ">/dev/null");
}

static void
meddle (Fixture    *self,
        const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Each plugin that could not say what waits is named, with the reason; none of it is an answer. */
static void
assert_no_todo (Fixture *self)
{
  call (self, 2, "todo", "");
  assert_says (self->errors, "could not say what waits");
  g_assert_null (strstr (self->output, "Nothing waits"));

  call (self, 2, "todo --json", "");
  assert_says (self->output, "\"failed\" : true");
}

static void
test_todo_newer (Fixture       *self,
                 gconstpointer  data)
{
  fill (self);
  call (self, 0, "todo", "");
  meddle (self, "INSERT INTO shy_migration SELECT component, 900, name, digest, applied_at, '9.0' "
                "FROM shy_migration WHERE component = 'core' AND number = 1");
  assert_no_todo (self);
}

static void
test_todo_damaged (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *junk = g_malloc0 (65536);

  memset (junk, 'x', 65536);
  g_assert_true (g_file_set_contents (self->path, junk, 65536, NULL));
  assert_no_todo (self);
}

static void
test_todo_foreign (Fixture       *self,
                   gconstpointer  data)
{
  meddle (self, "CREATE TABLE recipes (title TEXT); PRAGMA application_id = 7");
  assert_no_todo (self);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/output/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/output/full-results", Fixture, NULL, set_up, test_full_results, tear_down);
  g_test_add ("/output/todo-newer", Fixture, NULL, set_up, test_todo_newer, tear_down);
  g_test_add ("/output/todo-damaged", Fixture, NULL, set_up, test_todo_damaged, tear_down);
  g_test_add ("/output/todo-foreign", Fixture, NULL, set_up, test_todo_foreign, tear_down);

  return g_test_run ();
}
