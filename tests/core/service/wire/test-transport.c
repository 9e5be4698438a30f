/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-proxy-private.h"
#include "service/wire/shy-transport-private.h"
#include "shy-core.h"

#include <libsoup/soup.h>
#include <string.h>

/* A server on loopback in a thread of its own, well-behaved but for what its paths say. */
typedef struct
{
  GThread    *thread;
  GMainLoop  *loop;
  SoupServer *server;
  GMutex      lock;
  GCond       ready;
  char       *base;
  guint       hits;
  GPtrArray  *gathered; /* of messages that wait for two more */
  guint       most;     /* requests at a time */
} Server;

static gboolean
unpause_cb (gpointer data)
{
  soup_server_message_unpause (data);
  g_object_unref (data);

  return G_SOURCE_REMOVE;
}

static void
answer_slowly (SoupServerMessage *message)
{
  GSource *source = g_timeout_source_new (3000);

  soup_server_message_pause (message);
  g_source_set_callback (source, unpause_cb, g_object_ref (message), NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

/* Answers three requests at a time, which come only where as many may be under way. */
static void
gather (Server            *server,
        SoupServerMessage *message)
{
  if (server->gathered == NULL)
    server->gathered = g_ptr_array_new ();
  soup_server_message_pause (message);
  g_ptr_array_add (server->gathered, message);
  server->most = MAX (server->most, server->gathered->len);
  if (server->gathered->len < 3)
    return;
  for (guint i = 0; i < server->gathered->len; i++)
    soup_server_message_unpause (g_ptr_array_index (server->gathered, i));
  g_ptr_array_set_size (server->gathered, 0);
}

static void
answer_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  Server             *server = data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char    *large = NULL;

  server->hits++;
  soup_server_message_set_status (message, 200, NULL);
  if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 302, "/plain");
  else if (g_str_equal (path, "/portal"))
    soup_server_message_set_redirect (message, 302, "http://login.invalid/");
  else if (g_str_equal (path, "/neighbour"))
    soup_server_message_set_redirect (message, 302, "http://127.0.0.1:1/plain");
  else if (g_str_equal (path, "/slow"))
    answer_slowly (message);
  else if (g_str_equal (path, "/gather"))
    gather (server, message);
  else if (g_str_equal (path, "/large"))
    {
      large = g_strnfill (100000, 'x');
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, large, 100000);
    }
  else
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
  soup_message_headers_replace (headers, "Date", "Wed, 01 Jan 2025 00:00:00 GMT");
}

static gpointer
serve (gpointer data)
{
  Server                  *server = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  GSList                  *uris;

  g_main_context_push_thread_default (context);
  server->server = soup_server_new ("server-header", "test", NULL);
  soup_server_add_handler (server->server, NULL, answer_cb, server, NULL);
  g_assert_true (soup_server_listen_local (server->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server->server);
  g_mutex_lock (&server->lock);
  server->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  server->loop = g_main_loop_new (context, FALSE);
  g_cond_signal (&server->ready);
  g_mutex_unlock (&server->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (server->loop);
  g_clear_object (&server->server);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
set_up (Server       *server,
        gconstpointer data)
{
  g_mutex_init (&server->lock);
  g_cond_init (&server->ready);
  server->thread = g_thread_new ("server", serve, server);
  g_mutex_lock (&server->lock);
  while (server->base == NULL)
    g_cond_wait (&server->ready, &server->lock);
  g_mutex_unlock (&server->lock);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Server       *server,
           gconstpointer data)
{
  GSource *source = g_idle_source_new ();

  /* The loop may not run yet, so it is ended from inside. */
  g_source_set_callback (source, quit_cb, server->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (server->loop));
  g_source_unref (source);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_clear_pointer (&server->gathered, g_ptr_array_unref);
  g_free (server->base);
  g_mutex_clear (&server->lock);
  g_cond_clear (&server->ready);
}

static const ShyTransportOptions usual = {
  .timeout_seconds = 10,
  .deadline_seconds = 10,
  .max_response_bytes = 64 * 1024,
  .same_host_redirects = TRUE,
  .allow_insecure_http = TRUE,
  .proxy = (char *) "none",
};

static ShyAnswer *
fetch (Server                     *server,
       const ShyTransportOptions  *options,
       const char                 *path,
       GError                    **error)
{
  g_autoptr (ShyTransport) transport = shy_transport_new (options);
  g_autofree char         *uri = g_strconcat (server->base, path, NULL);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", uri);

  shy_request_add_header (request, "Accept", "application/json");

  return shy_transport_send (transport, request, NULL, error);
}

static void
test_answers (Server       *server,
              gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyAnswer) answer = fetch (server, &usual, "/plain?secret=1", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "application/json");
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), "{}", 2);
  g_assert_cmpint (answer->skew, <, -3600);
}

static void
test_redirects (Server       *server,
                gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyAnswer) moved = fetch (server, &usual, "/moved", &error);
  g_autoptr (ShyAnswer) portal = NULL;
  g_autoptr (ShyAnswer) neighbour = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (moved->status, ==, 200);
  g_assert_cmpuint (server->hits, ==, 2);
  portal = fetch (server, &usual, "/portal", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (portal->status, ==, 302);
  /* Another port of the host is another's. */
  neighbour = fetch (server, &usual, "/neighbour", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (neighbour->status, ==, 302);
}

static void
test_limits (Server       *server,
             gconstpointer data)
{
  g_autoptr (GError)  error = NULL;
  ShyTransportOptions options = usual;
  gint64              before;

  g_assert_null (fetch (server, &usual, "/large", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_clear_error (&error);

  options.deadline_seconds = 1;
  before = g_get_monotonic_time ();
  g_assert_null (fetch (server, &options, "/slow?secret=1", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 2900000);
  g_assert_null (strstr (error->message, "secret"));
  g_clear_error (&error);

}

/* Plain http is refused before anything is sent, but to this computer itself. */
static void
test_plain_http (Server       *server,
                 gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  ShyTransportOptions      options = usual;
  g_autoptr (ShyTransport) transport = NULL;
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", "http://localhost/?secret=1");
  g_autoptr (ShyAnswer)    answer = NULL;

  options.allow_insecure_http = FALSE;
  transport = shy_transport_new (&options);
  g_assert_null (shy_transport_send (transport, request, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_clear_error (&error);
  answer = fetch (server, &options, "/plain", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (200000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancels (Server       *server,
              gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ShyTransport) transport = shy_transport_new (&usual);
  g_autofree char         *uri = g_strconcat (server->base, "/slow", NULL);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", uri);
  GThread                 *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64                   before = g_get_monotonic_time ();

  g_assert_null (shy_transport_send (transport, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 2000000);
  g_thread_join (thread);
}

static void
test_pace (Server       *server,
           gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  ShyTransportOptions      options = usual;
  g_autoptr (ShyTransport) transport = NULL;
  g_autofree char         *uri = g_strconcat (server->base, "/plain", NULL);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", uri);
  gint64                   before;

  options.requests_per_second = 20;
  transport = shy_transport_new (&options);
  before = g_get_monotonic_time ();
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (ShyAnswer) answer = shy_transport_send (transport, request, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (answer);
    }
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 190000);
}

typedef struct
{
  GMutex   lock;
  GCond    changed;
  gboolean blocked;
  gboolean released;
} Block;

static gboolean
block_cb (gpointer data)
{
  Block *block = data;

  g_mutex_lock (&block->lock);
  block->blocked = TRUE;
  g_cond_broadcast (&block->changed);
  while (!block->released)
    g_cond_wait (&block->changed, &block->lock);
  block->blocked = FALSE;
  g_cond_broadcast (&block->changed);
  g_mutex_unlock (&block->lock);

  return G_SOURCE_REMOVE;
}

/* A session in which something hangs is given up, and a new one answers. */
static void
test_hangs (Server       *server,
            gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  ShyTransportOptions      options = usual;
  g_autoptr (ShyTransport) transport = NULL;
  g_autoptr (ShyAnswer)    answer = NULL;
  g_autofree char         *uri = g_strconcat (server->base, "/plain", NULL);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", uri);
  g_autoptr (GMainContext) context = NULL;
  g_autoptr (GSource)      source = g_idle_source_new ();
  Block                    block = { .blocked = FALSE };

  options.deadline_seconds = 1;
  transport = shy_transport_new (&options);
  context = g_main_context_ref (shy_transport_get_context (transport));
  g_source_set_callback (source, block_cb, &block, NULL);
  g_source_attach (source, context);
  g_mutex_lock (&block.lock);
  while (!block.blocked)
    g_cond_wait (&block.changed, &block.lock);
  g_mutex_unlock (&block.lock);
  g_assert_null (shy_transport_send (transport, request, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
  g_assert_cmpuint (server->hits, ==, 0);
  g_clear_error (&error);
  answer = shy_transport_send (transport, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);

  g_mutex_lock (&block.lock);
  block.released = TRUE;
  g_cond_broadcast (&block.changed);
  while (block.blocked)
    g_cond_wait (&block.changed, &block.lock);
  g_mutex_unlock (&block.lock);
}

typedef struct
{
  ShyTransport *transport;
  const char   *uri;
} Several;

static gpointer
send_one (gpointer data)
{
  Several               *several = data;
  g_autoptr (ShyRequest) request = shy_request_new ("GET", several->uri);
  g_autoptr (GError)     error = NULL;
  G_GNUC_UNUSED g_autoptr (ShyAnswer)  answer = shy_transport_send (several->transport, request, NULL, &error);

  g_assert_no_error (error);

  return NULL;
}

/* Threads share one transport, which lets through as many requests at a time as it may. */
static void
test_several (Server       *server,
              gconstpointer data)
{
  ShyTransportOptions      options = usual;
  g_autoptr (ShyTransport) transport = NULL;
  g_autofree char         *uri = g_strconcat (server->base, "/gather", NULL);
  GThread                 *threads[12];
  Several                  several = { NULL, uri };

  options.max_concurrency = 3;
  transport = several.transport = shy_transport_new (&options);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("send", send_one, &several);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (server->hits, ==, 12);
  g_assert_cmpuint (server->most, ==, 3);
}

/* No proxy of the system's leads into the networks of the government. */
static void
test_proxy (void)
{
  static const char *const addresses[] = { "http://59.202.3.4/a?b=1", "https://10.1.2.3:8443/",
                                           "http://127.0.0.1/" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GProxyResolver) usual_one = shy_proxy_new (NULL);
      g_autoptr (GProxyResolver) named = shy_proxy_new ("http://192.0.2.1:3128");
      g_auto (GStrv) found = g_proxy_resolver_lookup (usual_one, addresses[i], NULL, NULL);
      g_auto (GStrv) other = g_proxy_resolver_lookup (named, addresses[i], NULL, NULL);

      g_assert_cmpstr (found[0], ==, "direct://");
      g_assert_cmpstr (other[0], ==, "http://192.0.2.1:3128");
    }
}

static void
test_nobody_there (Server       *server,
                   gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyTransport) transport = shy_transport_new (&usual);
  g_autoptr (ShyRequest)   request = shy_request_new ("GET", "http://127.0.0.1:1/?secret=1");
  g_autoptr (ShyRequest)   nowhere = shy_request_new ("GET", "not an address");

  g_assert_null (shy_transport_send (transport, request, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_null (strstr (error->message, "secret"));
  g_clear_error (&error);
  g_assert_null (shy_transport_send (transport, nowhere, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

#define ADD(path, func) g_test_add (path, Server, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/transport/answers", test_answers);
  ADD ("/transport/redirects", test_redirects);
  ADD ("/transport/limits", test_limits);
  ADD ("/transport/plain-http", test_plain_http);
  ADD ("/transport/cancels", test_cancels);
  ADD ("/transport/pace", test_pace);
  g_test_add_func ("/transport/proxy", test_proxy);
  ADD ("/transport/hangs", test_hangs);
  ADD ("/transport/several", test_several);
  ADD ("/transport/nobody-there", test_nobody_there);

  return g_test_run ();
}
