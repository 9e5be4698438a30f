/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../core/update/update-fixture.h"

/* The verb “update”: from signing to taking back, in a home of its own. */

typedef struct
{
  char  *folder;
  char  *path;
  char **environment;
  char  *output; /* of the last call */
  char  *errors;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *signers = NULL;
  g_autofree char *key = read_key ("bureau.pem");
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("update-verb-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "shanye.db", NULL);
  self->environment = g_environ_setenv (g_get_environ (), "XDG_DATA_HOME", self->folder, TRUE);
  signers = g_build_filename (self->folder, "shanye", "signers", NULL);
  path = g_build_filename (signers, "bureau.pem", NULL);
  g_assert_no_errno (g_mkdir_with_parents (signers, 0700));
  g_assert_true (g_file_set_contents (path, key, -1, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  const char *arguments[] = { "rm", "-r", self->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->path);
  g_strfreev (self->environment);
  g_free (self->output);
  g_free (self->errors);
}

/* Calls “shanyectl update” with these words, blanks between; “@” stands for the test's folder. */
static void
call (Fixture *self, int status, const char *words)
{
  g_auto (GStrv)     parts = g_strsplit (words, "@", -1);
  g_autofree char   *placed = g_strjoinv (self->folder, parts);
  g_autofree char   *line = g_strconcat (SHANYECTL " update ", placed, " --database ", self->path,
                                         NULL);
  g_auto (GStrv)     arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  int                ended;

  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_spawn_sync (NULL, arguments, self->environment, G_SPAWN_DEFAULT, NULL, NULL, &self->output,
                &self->errors, &ended, &error);
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

/* Writes a file into the test's folder. */
static void
put (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
put_signed (Fixture *self, const char *content, const char *key)
{
  g_autofree char *text = sign (content, key);

  put (self, "update.json", text);
}

static gboolean
is_installed (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "shanye", "policies", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name = folder != NULL ? g_dir_read_name (folder) : NULL;

  return name != NULL && g_str_has_prefix (name, "zj-post-care@");
}

static void
test_way (Fixture *self, gconstpointer data)
{
  g_autofree char *content = make_pack ("2025.1");
  g_autofree char *key = read_key ("bureau-key.pem");

  put (self, "pack.json", content);
  put (self, "key.pem", key);
  call (self, 0, "sign @/pack.json --key @/key.pem");
  put (self, "update.json", self->output);
  call (self, 0, "import @/update.json");
  call (self, 0, "list");
  assert_says (self->output, "1\tWaiting\tPolicy\tzj-post-care\t2025.1\t");
  call (self, 0, "show 1");
  assert_says (self->output, "Amount, Calculation: 10,000元 → 12,000元");

  call (self, 2, "accept 1");
  assert_says (self->errors, "--confirm");
  call (self, 2, "accept 1 --confirm 2023.3");
  g_assert_false (is_installed (self));
  call (self, 0, "accept 1 --confirm 2025.1");
  g_assert_true (is_installed (self));
  call (self, 0, "list");
  g_assert_cmpstr (self->output, ==, "");
  call (self, 0, "show 1 --json");
  assert_says (self->output, "\"state\" : \"accepted\"");
  assert_says (self->output, "\"before\" : \"2023.3\"");

  call (self, 0, "revert 1");
  g_assert_false (is_installed (self));
  call (self, 2, "revert 1");
  call (self, 0, "import @/update.json");
  call (self, 0, "discard 1");
  call (self, 0, "list --all --json");
  assert_says (self->output, "\"state\" : \"discarded\"");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *content = make_pack ("2025.1");

  put_signed (self, content, "stranger-key.pem");
  call (self, 1, "import @/update.json");
  assert_says (self->errors, "not one that the bureau trusts");
  call (self, 1, "show 1");
  call (self, 1, "accept 1 --confirm 2025.1");
  g_assert_false (is_installed (self));
  call (self, 0, "list --json");
  assert_says (self->output, "\"acceptable\" : false");
}

static void
test_bad_calls (Fixture *self, gconstpointer data)
{
  g_autofree char *public = read_key ("bureau.pem");

  put (self, "key.pem", public);
  put (self, "junk.json", "{\"format\": 1}");
  call (self, 2, "");
  call (self, 2, "accept");
  call (self, 2, "accept one");
  call (self, 2, "accept 7 --confirm 1");
  call (self, 2, "import @/none.json");
  call (self, 2, "import @/junk.json");
  assert_says (self->errors, "kind");
  call (self, 2, "sign @/junk.json");
  call (self, 2, "sign @/junk.json --key @/key.pem");
  call (self, 2, "list --spell");
}

static void
test_signers (Fixture *self, gconstpointer data)
{
  g_autofree char *private = read_key ("stranger-key.pem");

  call (self, 0, "signers");
  assert_says (self->output, "\tbureau\ttrusted\n");
  put (self, "shanye/signers/wrong.pem", private);
  call (self, 1, "signers");
  assert_says (self->errors, "It is a private key.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/update-verb/way", Fixture, NULL, set_up, test_way, tear_down);
  g_test_add ("/update-verb/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/update-verb/bad-calls", Fixture, NULL, set_up, test_bad_calls, tear_down);
  g_test_add ("/update-verb/signers", Fixture, NULL, set_up, test_signers, tear_down);
  return g_test_run ();
}
