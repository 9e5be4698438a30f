/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-core.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define POLICY "zj-postdoc-grant"

typedef struct
{
  char *folder;
  char *path;
  char *output; /* of the last call */
  char *errors;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("store-verbs-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "shanye.db", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  const char *arguments[] = { "rm", "-r", self->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->path);
  g_free (self->output);
  g_free (self->errors);
}

/* Calls shanyectl with these words, blanks between, on the test's own database. */
static void
call (Fixture    *self,
      int         status,
      const char *words)
{
  g_autofree char   *line = g_strconcat (SHANYECTL " ", words, " --database ", self->path, NULL);
  g_auto (GStrv)     arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  int                ended;

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
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("no “%s” in: %s", words, text);
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

static void
test_journal (Fixture       *self,
              gconstpointer  data)
{
  call (self, 2, "journal verify");
  assert_says (self->errors, self->path);
  call (self, 2, "journal");
  call (self, 2, "journal verify --expect 1");

  call (self, 0, "setting set " POLICY " 331123 最低社保月数 6");
  call (self, 0, "setting set " POLICY " 遂昌县 最低社保月数 7");
  call (self, 0, "journal verify");
  assert_says (self->output, "2 entries");
  call (self, 0, "journal list --json --after 1");
  assert_says (self->output, "\"number\":2,");
  call (self, 1, "journal verify --expect "
                 "1:0000000000000000000000000000000000000000000000000000000000000000");
  assert_says (self->output, "entry 1");

  meddle (self, "DROP TRIGGER shy_journal_no_update; UPDATE shy_journal SET actor = 'x'");
  call (self, 1, "journal verify --json");
  assert_says (self->output, "\"intact\":false");
  assert_says (self->output, "\"broken\":1");
}

static void
test_settings (Fixture       *self,
               gconstpointer  data)
{
  call (self, 2, "setting");
  call (self, 2, "setting list no-such-policy");
  call (self, 2, "setting set " POLICY " 999999 最低社保月数 6");
  assert_says (self->errors, "999999");
  call (self, 2, "setting set " POLICY " 331123 没有 6");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 six");
  call (self, 2, "setting set " POLICY " 331123 首次口径 six");
  assert_says (self->errors, "本县首次");
  call (self, 0, "setting set " POLICY " 331123 首次口径 本县首次");
  call (self, 0, "setting list " POLICY);
  assert_says (self->output, "首次口径\t331123\t本县首次");
  call (self, 0, "setting unset " POLICY " 331123 首次口径");
  call (self, 0, "setting list " POLICY);
  g_assert_null (strstr (self->output, "331123"));
}

/* What a county may decide has bounds; nothing beyond them is stored. */
static void
test_setting_bounds (Fixture       *self,
                     gconstpointer  data)
{
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 -1");
  assert_says (self->errors, "“-1” is below 0");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 601");
  assert_says (self->errors, "“601” is above 600");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 6.5");
  assert_says (self->errors, "“6.5” is not a whole number");
  call (self, 2, "setting set " POLICY " 331123 施行起始日 1949-09-30");
  assert_says (self->errors, "“1949-09-30” is below 1949-10-01");
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 600");
  call (self, 0, "setting list " POLICY);
  assert_says (self->output, "最低社保月数\t331123\t600");
  call (self, 0, "journal verify");
  assert_says (self->output, "1 entry");
}

/* On which document a county's decision rests stands beside it. */
static void
test_setting_source (Fixture       *self,
                     gconstpointer  data)
{
  g_autofree char *long_source = NULL;
  g_autofree char *too_long = NULL;

  call (self, 2, "setting set " POLICY " 331123 最低社保月数 6 --source");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 6 --source=");
  assert_says (self->errors, "--source wants the title");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 6 --source=a\x1b[31m");
  assert_says (self->errors, "--source wants the title");
  call (self, 2, "setting set " POLICY " 331123 最低社保月数 6 --source=\u202e号1〕2025〔");
  assert_says (self->errors, "--source wants the title");
  long_source = g_strnfill (501, 'x');
  too_long = g_strconcat ("setting set " POLICY " 331123 最低社保月数 6 --source=", long_source, NULL);
  call (self, 2, too_long);
  assert_says (self->errors, "--source wants the title");
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 6 --source 遂人社〔2025〕1号第三条");
  call (self, 0, "setting list " POLICY);
  assert_says (self->output, "最低社保月数\t331123\t6\t遂人社〔2025〕1号第三条");
  call (self, 0, "journal list --json");
  assert_says (self->output, "遂人社〔2025〕1号第三条");
  /* Said once more without it, the decision is the same and rests on the same. */
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 6");
  call (self, 0, "setting list " POLICY);
  assert_says (self->output, "最低社保月数\t331123\t6\t遂人社〔2025〕1号第三条");
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 7");
  call (self, 0, "setting list " POLICY);
  g_assert_null (strstr (self->output, "遂人社"));
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 7 --source=会议纪要");
  call (self, 0, "journal verify");
  meddle (self, "UPDATE shy_county_setting SET source = 'x'");
  call (self, 1, "journal verify");
}

static void
test_database (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char *backup = g_strconcat ("database backup ", copy, NULL);
  g_autofree char *restore = g_strconcat ("database restore ", copy, NULL);

  call (self, 2, "database");
  call (self, 2, "database check");
  call (self, 0, "setting set " POLICY " 331123 最低社保月数 6");
  call (self, 0, "database check");
  call (self, 0, backup);
  call (self, 2, backup);

  g_assert_true (g_file_set_contents (self->path, "no database at all, but a long text", -1, NULL));
  call (self, 2, "database check");
  assert_says (self->errors, "is damaged");
  call (self, 0, restore);
  assert_says (self->output, ".replaced-");
  call (self, 0, "journal verify");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/cli/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("journal", test_journal);
  ADD ("settings", test_settings);
  ADD ("setting-bounds", test_setting_bounds);
  ADD ("setting-source", test_setting_source);
  ADD ("database", test_database);

  return g_test_run ();
}
