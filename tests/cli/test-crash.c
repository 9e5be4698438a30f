/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plugin that ends the program while it is started: it is left out the next time, and can be
 * switched off without being loaded. */
#include <gio/gio.h>
#include <signal.h>
#include <sys/wait.h>

typedef struct
{
  char *home;
  char *output;
  char *errors;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->home = g_dir_make_tmp ("crash-XXXXXX", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  const char *arguments[] = { "rm", "-r", self->home, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, NULL));
  g_free (self->home);
  g_free (self->output);
  g_free (self->errors);
}

/* Gives the wait status. Settings are kept in a file, so that the next call finds them. */
static int
call (Fixture    *self,
      const char *crash_at,
      const char *words)
{
  g_autofree char   *line = g_strconcat (SHANYECTL, " ", words, NULL);
  g_auto (GStrv)     arguments = g_strsplit (line, " ", -1);
  g_auto (GStrv)     environment = g_get_environ ();
  g_autofree char   *plugins = g_test_build_filename (G_TEST_BUILT, "plugins", "apart", NULL);
  g_autoptr (GError) error = NULL;
  int                status;

  environment = g_environ_setenv (environment, "GSETTINGS_BACKEND", "keyfile", TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", self->home, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", self->home, TRUE);
  environment = g_environ_setenv (environment, "XDG_STATE_HOME", self->home, TRUE);
  environment = g_environ_setenv (environment, "SHANYE_PLUGIN_DIR", plugins, TRUE);
  /* The sanitizers would turn the signal into an exit of their own. */
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", "handle_segv=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0:"
                                  "handle_abort=0:detect_leaks=0", TRUE);
  if (crash_at != NULL)
    environment = g_environ_setenv (environment, "CRASHING_AT", crash_at, TRUE);

  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_spawn_sync (NULL, arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, &self->output,
                &self->errors, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s%s", words, self->output, self->errors);
  return status;
}

static void
assert_crashes (Fixture    *self,
                const char *crash_at,
                const char *words)
{
  int status = call (self, crash_at, words);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSEGV);
}

static void
assert_ends (Fixture    *self,
             const char *crash_at,
             const char *words,
             int         expected)
{
  int status = call (self, crash_at, words);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, expected);
}

static void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("no “%s” in: %s", words, text);
}

static void
test_left_out (Fixture       *self,
               gconstpointer  place)
{
  assert_crashes (self, place, "todo");

  assert_ends (self, place, "plugin list", 0);
  assert_says (self->output, "(not working)");
  assert_says (self->output, "The program ended while it was being started");
  assert_ends (self, place, "plugin list --json", 0);
  assert_says (self->output, "\"crashed\" : true");

  /* What it would have said is missing, and that is said. */
  assert_ends (self, place, "todo", 2);
  assert_says (self->errors, "shanyectl plugin disable crashing");
  assert_ends (self, place, "help", 0);
  assert_says (self->errors, "shanyectl plugin disable crashing");

  assert_ends (self, place, "plugin disable crashing", 0);
  assert_ends (self, place, "plugin list", 0);
  assert_says (self->output, "(off)");
  assert_ends (self, place, "todo", 0);
  g_assert_cmpstr (self->errors, ==, "");
}

/* It can be switched off before it has ended the program for the first time, too. */
static void
test_disable_first (Fixture       *self,
                    gconstpointer  data)
{
  assert_ends (self, "load", "plugin disable crashing", 0);
  assert_ends (self, "load", "todo", 0);
}

static void
test_try_again (Fixture       *self,
                gconstpointer  data)
{
  assert_crashes (self, "load", "todo");
  assert_crashes (self, "load", "plugin enable crashing");
  assert_ends (self, "load", "todo", 2);

  /* A version that does well. */
  assert_ends (self, NULL, "plugin enable crashing", 0);
  assert_ends (self, NULL, "plugin list", 0);
  assert_says (self->output, "(on)");
  assert_ends (self, NULL, "todo", 0);
}

/* However the plugin ends the program, it is to blame; if somebody else does, it is not. */
static void
test_ways (Fixture       *self,
           gconstpointer  data)
{
  static const struct
  {
    int      by;
    gboolean blamed;
  } rows[] = { { SIGSEGV, TRUE }, { SIGBUS, TRUE }, { SIGILL, TRUE }, { SIGFPE, TRUE },
               { SIGABRT, TRUE }, { SIGTRAP, TRUE }, { SIGSYS, TRUE }, { 0, TRUE },
               { SIGKILL, FALSE }, { SIGINT, FALSE }, { SIGTERM, FALSE }, { SIGHUP, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *by = g_strdup_printf ("%d", rows[i].by);
      int              status;

      g_setenv ("CRASHING_BY", by, TRUE);
      status = call (self, "load", "todo");
      g_unsetenv ("CRASHING_BY");
      if (rows[i].by == 0)
        g_assert_cmpint (WEXITSTATUS (status), ==, 3);
      else
        g_assert_cmpint (WTERMSIG (status), ==, rows[i].by);

      assert_ends (self, NULL, "todo", rows[i].blamed ? 2 : 0);
      assert_ends (self, NULL, "plugin enable crashing", 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/crash/load", Fixture, "load", set_up, test_left_out, tear_down);
  g_test_add ("/crash/extension", Fixture, "extension", set_up, test_left_out, tear_down);
  g_test_add ("/crash/todo", Fixture, "todo", set_up, test_left_out, tear_down);
  g_test_add ("/crash/disable-first", Fixture, NULL, set_up, test_disable_first, tear_down);
  g_test_add ("/crash/try-again", Fixture, NULL, set_up, test_try_again, tear_down);
  g_test_add ("/crash/ways", Fixture, NULL, set_up, test_ways, tear_down);

  return g_test_run ();
}
