/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

static const char first_step[] =
  "CREATE TABLE demo_person (id INTEGER PRIMARY KEY, name TEXT, county TEXT);\n"
  "CREATE INDEX demo_person_county ON demo_person (county);\n"
  "INSERT INTO shy_personal_field VALUES ('demo_person', 'name', 'name');\n";

static void
write_step (Fixture    *self,
            const char *name,
            const char *sql)
{
  g_autofree char *folder = g_build_filename (self->folder, "steps", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, sql, -1, NULL));
}

static void
migrate (Fixture  *self,
         ShyStore *store,
         GError  **error)
{
  g_autofree char  *path = g_build_filename (self->folder, "steps", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  gboolean          done = shy_store_migrate (store, "demo", folder, error);

  g_assert_cmpint (done, ==, *error == NULL);
}

static void
assert_migrates (Fixture  *self,
                 ShyStore *store)
{
  g_autoptr (GError) error = NULL;

  migrate (self, store, &error);
  g_assert_no_error (error);
}

static void
assert_fails (Fixture    *self,
              ShyStore   *store,
              int         code,
              const char *words)
{
  g_autoptr (GError) error = NULL;

  migrate (self, store, &error);
  g_assert_error (error, SHY_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static char *
find_backup (Fixture *self)
{
  g_autofree char *sub = g_path_get_dirname (self->path);
  g_autofree char *folder = g_build_filename (sub, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

static void
test_grows_and_backs_up (Fixture       *self,
                         gconstpointer  data)
{
  static const char *const add[] = { "INSERT INTO demo_person VALUES (1, '王', '330822')", NULL };
  g_autoptr (ShyStore)     store = open_ok (self->path);
  g_autoptr (ShyStore)     old = NULL;
  g_autofree char         *backup = NULL;

  write_step (self, "0001-person.sql", first_step);
  write_step (self, "README", "not a step");
  assert_migrates (self, store);
  g_assert_null (find_backup (self));
  run_script (store, add);

  write_step (self, "0002-age.sqlite.sql", "ALTER TABLE demo_person ADD COLUMN age INTEGER");
  write_step (self, "0003-fill.sql", "UPDATE demo_person SET age = 30");
  assert_migrates (self, store);
  assert_migrates (self, store);
  g_assert_cmpint (ask (store, "SELECT age FROM demo_person"), ==, 30);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM shy_migration WHERE component = 'demo'"), ==, 3);

  backup = find_backup (self);
  g_assert_nonnull (backup);
  old = open_ok (backup);
  g_assert_cmpint (ask (old, "SELECT COUNT(*) FROM demo_person"), ==, 1);
  g_assert_cmpint (ask (old, "SELECT COUNT(*) FROM pragma_table_info('demo_person')"), ==, 3);
}

static void
test_undoes_all_steps (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);

  write_step (self, "0001-person.sql", first_step);
  write_step (self, "0002-wrong.sql", "CREATE TABLE demo_other (id INTEGER); INSERT INTO nowhere;");
  assert_fails (self, store, SHY_ERROR_FAILED, self->path);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'demo%'"), ==, 0);

  write_step (self, "0002-wrong.sql", "CREATE TABLE demo_other (id INTEGER)");
  assert_migrates (self, store);
}

static void
test_refuses_bad_folders (Fixture       *self,
                          gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);

  assert_fails (self, store, SHY_ERROR_NOT_FOUND, "steps");
  write_step (self, "0001-person.sql", first_step);
  write_step (self, "0003-gap.sql", "SELECT 1");
  assert_fails (self, store, SHY_ERROR_INVALID, "number 2");
  write_step (self, "0002-a.sql", "SELECT 1");
  write_step (self, "0002-b.sql", "SELECT 1");
  assert_fails (self, store, SHY_ERROR_INVALID, "number 3");
}

static void
test_refuses_newer (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);

  write_step (self, "0001-person.sql", first_step);
  assert_migrates (self, store);
  meddle (self->path, "INSERT INTO shy_migration VALUES ('demo', 2, 'x', 'x', 'x', '9.5')");
  assert_fails (self, store, SHY_ERROR_NEWER, "“demo” is at step 2 and this program knows 1");
}

static void
test_personal_columns (Fixture       *self,
                       gconstpointer  data)
{
  static const struct
  {
    const char *sql;
    const char *words;
  } rows[] = {
    { "CREATE INDEX i ON demo_person (county, name)", "“demo_person.name” holds personal data but an" },
    { "CREATE INDEX i ON demo_person (lower(name))", "“demo_person.name” holds personal data but an" },
    { "CREATE INDEX i ON demo_person (county) WHERE name > ''", "but an index" },
    { "CREATE TABLE demo_u (id INTEGER, mobile TEXT UNIQUE);"
      "INSERT INTO shy_personal_field VALUES ('demo_u', 'mobile', 'mobile')",
      "“demo_u.mobile” holds personal data but an" },
    { "INSERT INTO shy_personal_field VALUES ('demo_person', 'nmae', 'name')",
      "“demo_person.nmae” is marked as personal data but does not exist" },
    { "INSERT INTO shy_personal_field VALUES ('demo_nobody', 'name', 'name')",
      "“demo_nobody.name” is marked as personal data but does not exist" },
  };
  g_autoptr (ShyStore) store = open_ok (self->path);

  write_step (self, "0001-person.sql", first_step);
  assert_migrates (self, store);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      write_step (self, "0002-bad.sql", rows[i].sql);
      assert_fails (self, store, SHY_ERROR_INVALID, rows[i].words);
    }
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM shy_migration WHERE component = 'demo'"), ==, 1);
}

static gboolean
seal_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (GError) refused = NULL;
  g_autofree char   *sealed = shy_personal_seal (connection, "demo_person.name", 1, "王小明", error);
  g_autofree char   *clear = shy_personal_unseal (connection, "demo_person.name", 1, sealed, error);

  g_assert_cmpstr (clear, ==, "王小明");
  g_assert_null (shy_personal_seal (connection, "demo_person.name", 1, NULL, error));
  g_assert_null (shy_personal_seal (connection, "demo_person.county", 1, "x", &refused));
  g_assert_error (refused, SHY_ERROR, SHY_ERROR_INVALID);
  return TRUE;
}

static void
test_seals_marked_columns_only (Fixture       *self,
                                gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  g_autoptr (GError)   error = NULL;

  write_step (self, "0001-person.sql", first_step);
  assert_migrates (self, store);
  shy_store_run (store, SHY_STORE_WRITE, seal_job, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, func) \
  g_test_add ("/store/migrations/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("grows-and-backs-up", test_grows_and_backs_up);
  ADD ("undoes-all-steps", test_undoes_all_steps);
  ADD ("refuses-bad-folders", test_refuses_bad_folders);
  ADD ("refuses-newer", test_refuses_newer);
  ADD ("personal-columns", test_personal_columns);
  ADD ("seals-marked-columns-only", test_seals_marked_columns_only);

  return g_test_run ();
}
