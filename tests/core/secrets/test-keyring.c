/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

#include <libsecret/secret.h>
#include <sys/resource.h>

/* Keys go into the keyring of the session or stay in memory, and nothing waits for ever. The
 * keyring is the real one on a bus of its own, with folders of its own. */

#define PLANTED "planted-secret-7Q"
#define HERE "https://here.example"
#define THERE "https://there.example:8443"

static void
assert_missing (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  g_assert_false (shy_keyring_is_available (NULL));
  g_assert_false (shy_keyring_store ("one", HERE, "key", PLANTED, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "memory only"));
  g_assert_null (strstr (error->message, PLANTED));
  shy_secrets_add_keyring (secrets, "one", HERE, NULL);
  g_assert_null (shy_secrets_get (secrets, "key"));
}

static void
test_no_bus (void)
{
  g_autofree char *address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  assert_missing ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  assert_missing ();
  if (address != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static void
test_memory (void)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (ShySecrets) later = shy_secrets_new ();

  shy_secrets_memory_set ("one", HERE, "key", PLANTED);
  shy_secrets_memory_set ("one", HERE, "other", "from memory");
  shy_secrets_memory_set ("two", HERE, "key", "of two");
  shy_secrets_set (secrets, "other", "from a file");
  shy_secrets_add_keyring (secrets, "one", HERE, NULL);
  g_assert_cmpstr (shy_secrets_get (secrets, "key"), ==, PLANTED);
  g_assert_cmpstr (shy_secrets_get (secrets, "other"), ==, "from a file");

  shy_secrets_memory_forget ("one");
  shy_secrets_add_memory (later, "one", HERE);
  g_assert_null (shy_secrets_get (later, "key"));
  shy_secrets_add_memory (later, "two", HERE);
  g_assert_cmpstr (shy_secrets_get (later, "key"), ==, "of two");
  shy_secrets_memory_set ("two", HERE, "key", NULL);
}

/* What was put in for one address goes to no other, and whoever asks learns for which it was. */
static void
test_elsewhere (void)
{
  g_autoptr (ShySecrets) there = shy_secrets_new ();
  g_autoptr (ShySecrets) nowhere = shy_secrets_new ();
  g_autoptr (ShySecrets) here = shy_secrets_new ();

  shy_secrets_memory_set ("one", HERE, "key", PLANTED);
  shy_secrets_add_keyring (there, "one", THERE, NULL);
  g_assert_null (shy_secrets_get (there, "key"));
  g_assert_cmpstr (shy_secrets_get_origin (there, "key"), ==, HERE);
  shy_secrets_add_keyring (nowhere, "one", "", NULL);
  g_assert_null (shy_secrets_get (nowhere, "key"));

  shy_secrets_memory_set ("one", THERE, "key", "of there");
  shy_secrets_add_keyring (here, "one", HERE, NULL);
  g_assert_cmpstr (shy_secrets_get (here, "key"), ==, PLANTED);
  shy_secrets_add_keyring (there, "one", THERE, NULL);
  g_assert_cmpstr (shy_secrets_get (there, "key"), ==, "of there");

  /* What somebody says for this time is bound to nothing. */
  shy_secrets_set (there, "key", "from a file");
  g_assert_null (shy_secrets_get_origin (there, "key"));
  shy_secrets_memory_set ("one", HERE, "key", NULL);
  shy_secrets_add_memory (nowhere, "one", THERE);
  g_assert_null (shy_secrets_get (nowhere, "key"));
}

/* Where a description leads, whatever part of it says so. */
static void
test_origin (void)
{
  static const struct
  {
    const char *requester;
    const char *call;
    const char *url_base;
    const char *base;
    const char *origin;
  } cases[] = {
    { "https://a.example", "{}", NULL, NULL, "https://a.example" },
    { "https://A.example:443/gateway", "{}", NULL, NULL, "https://a.example" },
    { "https://a.example:8443", "{}", NULL, NULL, "https://a.example:8443" },
    { "http://a.example", "{}", NULL, NULL, "http://a.example" },
    { "http://a.example:443", "{}", NULL, NULL, "http://a.example:443" },
    { "https://[2001:DB8::1]:8443/x", "{}", NULL, NULL, "https://[2001:db8::1]:8443" },
    { "https://a.example", "{\"url_base\": \"https://b.example\"}", NULL, NULL,
      "https://a.example https://b.example" },
    { "https://b.example", "{\"url_base\": \"https://a.example/sign\"}", NULL, NULL,
      "https://a.example https://b.example" },
    { "https://a.example", "{\"url_base\": \"https://b.example\"}", "http://127.0.0.1:9/x", NULL,
      "http://127.0.0.1:9" },
    { "https://a.example", "{\"request_parameters\": {\"url_base\": \"https://b.example\"}}", NULL,
      NULL, "https://a.example" },
    { "{{ config.base }}", "{}", NULL, "https://c.example/api", "https://c.example" },
    { "{{ config.base }}", "{}", NULL, NULL, "" },
    { "{{ config.base }}", "{}", "https://d.example", NULL, "https://d.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"wsd\": 1, \"id\": \"one\", \"title\": \"One\", \"config\": [{\"name\": \"base\", "
        "\"title\": \"Base\"}], \"requester\": {\"url_base\": \"%s\", "
        "\"allow_insecure_http\": true}, \"authenticator\": {\"steps\": [{\"id\": \"t\", "
        "\"type\": \"call\", \"request\": %s, \"extract\": {\"x\": {\"path\": \"$.x\"}}}]}, "
        "\"streams\": [{\"name\": \"s\", \"title\": \"S\", \"record_selector\": {}, "
        "\"fields\": [{\"name\": \"id\", \"from\": [\"id\"], \"type\": \"text\"}]}]}",
        cases[i].requester, cases[i].call);
      g_autoptr (GBytes)     bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError)     error = NULL;
      g_autoptr (ShyService) service = shy_service_new_from_bytes (bytes, "one.json", &error);
      g_autoptr (ShySecrets) values = shy_secrets_new ();
      g_autofree char       *origin = NULL;

      g_assert_no_error (error);
      shy_secrets_set (values, "base", cases[i].base);
      origin = shy_service_dup_origin (service, cases[i].url_base, values);
      g_assert_cmpstr (origin, ==, cases[i].origin);
    }
}

/* What a crash would leave behind has no memory of ours in it. */
static void
test_core_file (void)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autofree char       *filter = NULL;
  struct rlimit          limit;

  shy_secrets_set (secrets, "key", PLANTED);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_true (g_file_get_contents ("/proc/self/coredump_filter", &filter, NULL, NULL));
  g_assert_cmpuint (g_ascii_strtoull (filter, NULL, 16), ==, 0);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  *(gboolean *) data = FALSE;
}

static void
wait_for_keyring (GDBusConnection *bus, gboolean wanted)
{
  gboolean there = !wanted;
  guint    watch = g_bus_watch_name_on_connection (bus, "org.freedesktop.secrets",
                                                   G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                                                   vanished_cb, &there, NULL);

  while (there != wanted)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static GSubprocess *
start_keyring (const char *program)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
    G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess       *daemon;

  g_subprocess_launcher_setenv (launcher, "HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", g_get_user_runtime_dir (), TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its criticals are its own */
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  daemon = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--unlock",
                                        "--components=secrets", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (daemon), "password", 8, NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (daemon), NULL, NULL);
  return daemon;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* As an earlier version of the program kept it. (The synchronous call leaks what it leaves behind.) */
static void
store_without_origin (void)
{
  static const SecretSchema old = { "org.shanye.Service",
                                    SECRET_SCHEMA_NONE,
                                    { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING } } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  secret_password_store (&old, SECRET_COLLECTION_DEFAULT, "old", PLANTED, NULL, stored_cb, &result,
                         "service", "old", "name", "key", NULL);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  secret_password_store_finish (result, &error);
  g_assert_no_error (error);
  secret_service_disconnect ();
}

static void
check_elsewhere (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShySecrets) there = shy_secrets_new ();
  g_autoptr (ShySecrets) both = shy_secrets_new ();
  g_autoptr (ShySecrets) old = shy_secrets_new ();

  g_assert_null (shy_keyring_lookup ("one", THERE, "key", NULL, &error));
  g_assert_no_error (error);
  shy_secrets_add_keyring (there, "one", THERE, NULL);
  g_assert_null (shy_secrets_get (there, "key"));
  g_assert_cmpstr (shy_secrets_get_origin (there, "key"), ==, HERE);
  g_assert_true (shy_keyring_store ("one", THERE, "key", "of there", NULL, &error));
  shy_secrets_add_keyring (both, "one", HERE, NULL);
  g_assert_cmpstr (shy_secrets_get (both, "key"), ==, PLANTED);

  store_without_origin ();
  shy_secrets_add_keyring (old, "old", HERE, NULL);
  g_assert_null (shy_secrets_get (old, "key"));
  g_assert_cmpstr (shy_secrets_get_origin (old, "key"), ==, "");
}

static void
check_keyring (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  char                  *value;

  g_assert_true (shy_keyring_is_available (NULL));
  g_assert_true (shy_keyring_store ("one", HERE, "key", "old", NULL, &error));
  g_assert_true (shy_keyring_store ("one", HERE, "key", PLANTED, NULL, &error));
  g_assert_true (shy_keyring_store ("one", HERE, "other", "密钥", NULL, &error));
  g_assert_true (shy_keyring_store ("two", HERE, "key", "of two", NULL, &error));
  g_assert_no_error (error);
  value = shy_keyring_lookup ("one", HERE, "key", NULL, &error);
  g_assert_cmpstr (value, ==, PLANTED);
  shy_secret_free (value);
  shy_secrets_add_keyring (secrets, "one", HERE, NULL);
  g_assert_cmpstr (shy_secrets_get (secrets, "key"), ==, PLANTED);
  g_assert_cmpstr (shy_secrets_get (secrets, "other"), ==, "密钥");

  check_elsewhere ();

  g_assert_true (shy_keyring_clear ("one", "key", NULL, &error));
  g_assert_null (shy_keyring_lookup ("one", HERE, "key", NULL, &error));
  g_assert_true (shy_keyring_clear_service ("one", NULL, &error));
  g_assert_null (shy_keyring_lookup ("one", HERE, "other", NULL, &error));
  g_assert_true (shy_keyring_clear_service ("one", NULL, &error));
  g_assert_no_error (error);
  value = shy_keyring_lookup ("two", HERE, "key", NULL, &error);
  g_assert_cmpstr (value, ==, "of two");
  shy_secret_free (value);
}

/* Nobody is here who could type the password: that is said, and nothing of another is lost. */
static void
check_locked (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SecretService)  service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS,
                                                                NULL, &error);
  GList *collections = secret_service_get_collections (service);

  g_assert_no_error (error);
  secret_service_lock_sync (service, collections, NULL, NULL, &error);
  g_assert_no_error (error);
  g_list_free_full (collections, g_object_unref);
  secret_service_disconnect ();
  g_assert_false (shy_keyring_store ("two", HERE, "key", PLANTED, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == SHY_ERROR);
  g_assert_null (strstr (error->message, PLANTED));
  g_test_message ("Locked: %s", error->message);
}

/* A keyring that takes the question and never answers. The person gives up then. */
static GDBusMessage *
swallow_cb (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_cancellable_cancel (data);
  g_object_unref (message);
  return NULL;
}

static void
check_silent (GDBusConnection *bus, const char *address)
{
  g_autoptr (GCancellable)    cancellable = g_cancellable_new ();
  g_autoptr (GError)          error = NULL;
  g_autoptr (GDBusConnection) silent = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  g_bus_own_name_on_connection (silent, "org.freedesktop.secrets", G_BUS_NAME_OWNER_FLAGS_NONE,
                                NULL, NULL, NULL, NULL);
  wait_for_keyring (bus, TRUE);
  g_dbus_connection_add_filter (silent, swallow_cb, cancellable, NULL);
  g_assert_false (shy_keyring_store ("one", HERE, "key", PLANTED, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_dbus_connection_close_sync (silent, NULL, NULL);
}

static void
test_keyring (void)
{
  g_autofree char            *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char            *before = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (GTestDBus)       test_bus = NULL;
  g_autoptr (GSubprocess)     daemon = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError)          error = NULL;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring is not installed");
      return;
    }
  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_assert_false (shy_keyring_is_available (NULL));
  daemon = start_keyring (program);
  wait_for_keyring (bus, TRUE);
  check_keyring ();
  check_locked ();
  g_subprocess_send_signal (daemon, SIGTERM);
  g_subprocess_wait (daemon, NULL, NULL);
  wait_for_keyring (bus, FALSE);
  check_silent (bus, g_test_dbus_get_bus_address (test_bus));
  g_test_dbus_stop (test_bus);
  if (before != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", before, TRUE);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/memory", test_memory);
  g_test_add_func ("/keyring/elsewhere", test_elsewhere);
  g_test_add_func ("/keyring/origin", test_origin);
  g_test_add_func ("/keyring/core-file", test_core_file);
  g_test_add_func ("/keyring/real", test_keyring);
  return g_test_run ();
}
