/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shy-pin-private.h"
#include "service/wire/shy-transport-private.h"
#include "shy-core.h"

#include <libsoup/soup.h>
#include <string.h>

/* Whom we trust: the system, an authority of the bureau's, a pinned key. The certificates are made
 * for these tests; their authority signed all of them. */

/* What openssl says of server.pem. */
#define KEY_HEX "6299f8c0f6fbbbc37c0d6f9a9b386a433dbed0f08df5f9ab10e2b7a3275e270e"
#define KEY_BASE64 "Ypn4wPb7u8N8DW+amzhqQz2+0PCN9fmrEOK3oydeJw4="
#define WHOLE_HEX "e339f7997c5087fd7c161749b598cb3206deadd3848ee2ac2f15e9da16be30d1"
#define OTHER_HEX "0000000000000000000000000000000000000000000000000000000000000000"

typedef struct
{
  GThread    *thread;
  GMainLoop  *loop;
  SoupServer *server;
  const char *certificate;
  GMutex      lock;
  GCond       ready;
  char       *uri;
  guint       hits;
} Server;

static char *
find_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "services", "tls", name, NULL);
}

static void
answer_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
           gpointer data)
{
  ((Server *) data)->hits++;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

static gpointer
serve (gpointer data)
{
  Server                     *self = data;
  g_autoptr (GMainContext)    context = g_main_context_new ();
  g_autofree char            *path = find_file (self->certificate);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  GSList                     *uris;

  g_assert_nonnull (certificate);
  g_main_context_push_thread_default (context);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  g_assert_true (soup_server_listen_local (
    self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | SOUP_SERVER_LISTEN_HTTPS, NULL));
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->lock);
  self->uri = g_strdup_printf ("https://127.0.0.1:%d/?secret=1", g_uri_get_port (uris->data));
  self->loop = g_main_loop_new (context, FALSE);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
set_up (Server *self, gconstpointer data)
{
  self->certificate = data != NULL ? data : "server.pem";
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("server", serve, self);
  g_mutex_lock (&self->lock);
  while (self->uri == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Server *self, gconstpointer data)
{
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_source_unref (source);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_free (self->uri);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
}

/* Says why a request was refused, or NULL. */
static char *
fetch (Server *self, const char *authority, const char *pin)
{
  g_autofree char    *path = authority != NULL ? find_file (authority) : NULL;
  ShyTransportOptions options = { .timeout_seconds = 10, .deadline_seconds = 10,
                                  .max_response_bytes = 1024, .proxy = (char *) "none",
                                  .ca_file = path, .pin_sha256 = (char *) pin };
  g_autoptr (ShyTransport) transport = shy_transport_new (&options);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", self->uri);
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyAnswer)    answer = shy_transport_send (transport, request, NULL, &error);
  const ShyTransportSight *sight = shy_transport_get_sight (transport);

  g_assert_true ((answer == NULL) == (error != NULL));
  g_assert_true (sight->answered == (answer != NULL));
  if (g_str_equal (self->certificate, "server.pem") && (authority == NULL || answer != NULL))
    g_assert_cmpstr (sight->pin, ==, KEY_HEX);
  if (error == NULL)
    return NULL;
  g_assert_true (error->domain == SHY_ERROR);
  g_assert_null (strstr (error->message, "secret"));
  return g_strdup (error->message);
}

static void
assert_refused (Server *self, const char *authority, const char *pin, const char *why)
{
  g_autofree char *message = fetch (self, authority, pin);

  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, why));
  g_assert_cmpuint (self->hits, ==, 0);
}

static void
assert_taken (Server *self, const char *authority, const char *pin)
{
  g_autofree char *message = fetch (self, authority, pin);

  g_assert_cmpstr (message, ==, NULL);
}

static void
test_authority (Server *self, gconstpointer data)
{
  assert_refused (self, NULL, NULL, "authority that this computer does not know");
  assert_refused (self, "nothing.pem", NULL, "nothing.pem");
  assert_taken (self, "authority.pem", NULL);
}

static void
test_pin (Server *self, gconstpointer data)
{
  assert_refused (self, NULL, OTHER_HEX, "127.0.0.1");
  /* The authority's word is not enough where a key is pinned. */
  assert_refused (self, "authority.pem", OTHER_HEX, KEY_HEX);
  assert_taken (self, NULL, KEY_HEX);
  assert_taken (self, NULL, KEY_BASE64);
  assert_taken (self, NULL, WHOLE_HEX);
  assert_taken (self, "authority.pem", OTHER_HEX ", sha256/" KEY_BASE64);
}

static ShyTrial *
try_out (Server *self, const char *pin)
{
  g_autofree char *text = g_strdup_printf (
    "{\"wsd\":1,\"id\":\"tls\",\"title\":\"t\","
    "\"transport\":{\"proxy\":\"none\",\"tls\":{\"pin_sha256\":\"%s\"}},"
    "\"requester\":{\"url_base\":\"%.*s\",\"path\":\"/\"},"
    "\"streams\":[{\"name\":\"s\",\"title\":\"t\",\"record_selector\":{},"
    "\"fields\":[{\"name\":\"a\",\"from\":[\"a\"],\"type\":\"text\"}]}]}",
    pin, (int) strcspn (self->uri, "?") - 1, self->uri);
  g_autoptr (GBytes)     bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = shy_service_new_from_bytes (bytes, "tls.json", &error);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (ShyPull)    pull = NULL;

  g_assert_no_error (error);
  pull = shy_pull_new (service, shy_service_get_stream (service, 0), secrets, NULL);
  return shy_pull_try (pull, NULL);
}

static const ShyTrialStep *
get_step (const ShyTrial *trial, guint index, const char *name)
{
  const ShyTrialStep *step = g_ptr_array_index (trial->steps, index);

  g_assert_cmpstr (step->name, ==, name);
  return step;
}

/* A trial ends at the encryption, and shows the key that could be pinned; with it the trial goes
 * on. */
static void
test_trial (Server *self, gconstpointer data)
{
  g_autoptr (ShyTrial) strange = try_out (self, OTHER_HEX);
  g_autoptr (ShyTrial) pinned = NULL;

  g_assert_cmpint (get_step (strange, 0, "network")->outcome, ==, SHY_TRIAL_FINE);
  g_assert_cmpint (get_step (strange, 1, "tls")->outcome, ==, SHY_TRIAL_FAILED);
  g_assert_cmpint (get_step (strange, 2, "clock")->outcome, ==, SHY_TRIAL_SKIPPED);
  g_assert_cmpstr (strange->server_pin, ==, KEY_HEX);
  g_assert_cmpuint (self->hits, ==, 0);
  pinned = try_out (self, strange->server_pin);
  g_assert_cmpint (get_step (pinned, 1, "tls")->outcome, ==, SHY_TRIAL_ATTENTION);
  g_assert_nonnull (strstr (get_step (pinned, 1, "tls")->sentence, "TLS 1.3"));
  g_assert_cmpint (get_step (pinned, 2, "clock")->outcome, ==, SHY_TRIAL_FINE);
}

static void
test_other_name (Server *self, gconstpointer data)
{
  assert_refused (self, "authority.pem", NULL, "another name");
}

static void
test_expired (Server *self, gconstpointer data)
{
  assert_refused (self, "authority.pem", NULL, "expired");
}

static void
test_forms (void)
{
  g_assert_true (shy_pin_is_valid (KEY_HEX));
  g_assert_true (shy_pin_is_valid ("sha256/" KEY_BASE64 " " WHOLE_HEX));
  g_assert_false (shy_pin_is_valid (""));
  g_assert_false (shy_pin_is_valid ("abc"));
  g_assert_false (shy_pin_is_valid (KEY_HEX " abc"));
}

/* Answers one connection as a plain http server does that got what it does not understand. */
static gpointer
misunderstand (gpointer data)
{
  static const char              answer[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GSocketConnection)  connection = g_socket_listener_accept (data, NULL, NULL, NULL);
  GOutputStream                 *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, answer, strlen (answer), NULL, NULL, NULL);

  return NULL;
}

/* Plain http where https was expected is told as such. */
static void
test_no_tls (void)
{
  const ShyTransportOptions   options = { .timeout_seconds = 10, .deadline_seconds = 10,
                                          .max_response_bytes = 1024,
                                          .proxy = (char *) "none" };
  g_autoptr (GError)          error = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16                     port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char            *uri = g_strdup_printf ("https://127.0.0.1:%u/?secret=1", port);
  GThread                    *thread = g_thread_new ("plain", misunderstand, listener);
  g_autoptr (ShyTransport)    transport = shy_transport_new (&options);
  g_autoptr (ShyRequest)      request = shy_request_new ("GET", uri);

  g_assert_null (shy_transport_send (transport, request, NULL, &error));
  g_thread_join (thread);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "“127.0.0.1” does not speak TLS"));
}

/* The leak sanitizer dies while it looks at what GnuTLS keeps for each thread. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls/forms", test_forms);
  g_test_add_func ("/tls/none", test_no_tls);
  g_test_add ("/tls/authority", Server, NULL, set_up, test_authority, tear_down);
  g_test_add ("/tls/pin", Server, NULL, set_up, test_pin, tear_down);
  g_test_add ("/tls/trial", Server, NULL, set_up, test_trial, tear_down);
  g_test_add ("/tls/other-name", Server, "other.pem", set_up, test_other_name, tear_down);
  g_test_add ("/tls/expired", Server, "expired.pem", set_up, test_expired, tear_down);
  return g_test_run ();
}
