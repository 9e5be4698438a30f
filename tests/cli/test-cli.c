/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of the command line: calls as they are typed, and what comes back. */
#include "../home.h"

#include <gio/gio.h>

typedef struct
{
  const char *name;
  const char *call;      /* the words, split by spaces */
  int         status;
  const char *output;    /* (nullable) must stand on standard output */
  const char *complaint; /* (nullable) must stand on standard error */
} Call;

static const Call calls[] = {
  { "bare", "", 0, "Verbs:", NULL },
  { "help", "help", 0, "  todo ", NULL },
  { "help-of-verb", "help todo", 0, "Usage: shanyectl todo [--json]", NULL },
  { "verb-with-help", "todo --help", 0, "Usage: shanyectl todo [--json]", NULL },
  { "help-of-brought", "help example", 0, "Repeats its words.", NULL },
  { "version", "--version", 0, "shanyectl 0.", NULL },
  { "brought-verb", "example eins zwei", 0, "eins zwei\n", NULL },
  { "negative", "example", 1, "\n", NULL },
  { "database-before", "--database x.db example a", 0, "a\n", NULL },
  { "database-behind", "example a --database x.db b", 0, "a b\n", NULL },
  { "database-with-sign", "example --database=x.db b", 0, "b\n", NULL },
  { "no-file", "todo --database", 2, NULL, "needs the name of a file" },
  { "literal", "example -- --version", 0, "-- --version\n", NULL },
  { "mistyped", "tod", 2, NULL, "Did you mean “todo”?" },
  { "mistyped-brought", "exmaple", 2, NULL, "Did you mean “example”?" },
  { "begun", "plug", 2, NULL, "Did you mean “plugin”?" },
  { "unknown", "frobnicate", 2, NULL, "There is no verb “frobnicate”." },
  { "unknown-help", "help frobnicate", 2, NULL, "There is no verb “frobnicate”." },
  { "unknown-option", "--frob todo", 2, NULL, "There is no option “--frob”." },
  { "todo", "todo", 0, "     3  Examples to look at · Soon", NULL },
  { "todo-json", "todo --json", 0, "\"count\" : 3", NULL },
  { "todo-bad", "todo now", 2, NULL, "takes nothing but" },
  { "plugins", "plugin list", 0, "example      Example 1.0 (on)", NULL },
  { "plugins-json", "plugin list --json", 0, "\"id\" : \"outdated\"", NULL },
  { "plugins-reason", "plugin list", 0, "interface 99", NULL },
  { "plugin-off", "plugin disable example", 0, NULL, NULL },
  { "plugin-failing", "plugin enable nobody", 2, NULL, "There is no plugin “nobody”." },
  { "plugin-bad", "plugin frob", 2, NULL, "“shanyectl help plugin” shows how" },
};

static GSubprocess *
spawn (GSubprocessLauncher *launcher,
       const char          *call)
{
  g_autofree char        *line = g_strconcat (SHANYECTL, " ", call, NULL);
  g_auto (GStrv)          words = g_strsplit (g_strstrip (line), " ", -1);
  g_autoptr (GError)      error = NULL;
  GSubprocess            *process;

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  g_assert_no_error (error);

  return process;
}

static void
check (GSubprocessLauncher *launcher,
       const Call          *call)
{
  g_autoptr (GSubprocess) process = spawn (launcher, call->call);
  g_autofree char        *output = NULL;
  g_autofree char        *complaint = NULL;
  g_autoptr (GError)      error = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, call->status);

  if (call->output != NULL && strstr (output, call->output) == NULL)
    g_error ("%s: “%s” is not in:\n%s", call->name, call->output, output);
  if (call->complaint == NULL)
    g_assert_cmpstr (complaint, ==, "");
  else if (strstr (complaint, call->complaint) == NULL)
    g_error ("%s: “%s” is not in:\n%s", call->name, call->complaint, complaint);
}

static GSubprocessLauncher *
new_launcher (void)
{
  GSubprocessLauncher *launcher;
  g_autofree char     *plugins = g_test_build_filename (G_TEST_BUILT, "plugins", NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "SHANYE_PLUGIN_DIR", plugins, TRUE);

  return launcher;
}

static void
test_call (gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  check (launcher, data);
}

static void
test_without_locale (void)
{
  const Call                      call = { "C", "汉字", 2, NULL, "There is no verb “汉字”." };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  check (launcher, &call);
}

static void
test_not_utf8 (void)
{
  const Call                      call = { "bytes", "\xd6\xd0", 2, NULL, "“\\326\\320” is not text" };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  check (launcher, &call);
}

static void
test_without_schema (void)
{
  const Call list = { "list", "plugin list", 0, "(on)", NULL };
  const Call off = { "off", "plugin disable example", 2, NULL, "is not installed" };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  g_subprocess_launcher_unsetenv (launcher, "GSETTINGS_SCHEMA_DIR");
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_DIRS", "/nonexistent", TRUE);
  check (launcher, &list);
  check (launcher, &off);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/", calls[i].name, NULL);

      g_test_add_data_func (path, &calls[i], test_call);
    }
  g_test_add_func ("/cli/without-locale", test_without_locale);
  g_test_add_func ("/cli/not-utf8", test_not_utf8);
  g_test_add_func ("/cli/without-schema", test_without_schema);

  return g_test_run ();
}
