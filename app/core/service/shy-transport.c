/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/shy-transport-private.h"

#include "service/shy-pin-private.h"
#include "service/shy-transport-error-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define CHUNK (64 * 1024) /* bytes read at a time */
#define MOST_HOPS 3       /* redirects that are followed */

/* Speaks to one service from one thread. libsoup's asynchronous calls run in a context of the
 * transport's own, so that a deadline and a cancellation end them at once, and the main thread
 * never takes part. */
struct _ShyTransport
{
  ShyTransportOptions options; /* strings owned */
  GMainContext       *context; /* (owned) */
  SoupSession        *session; /* (owned) */
  gint64              next;    /* monotonic µs before which no request may start */
  ShyTransportSight   sight;   /* strings owned */
  GTlsDatabase       *authority; /* (owned) (nullable): beside the system's */
  GError             *broken;    /* (owned) (nullable): why no https request can be sent */
};

/* One request under way. */
typedef struct
{
  ShyTransport *transport;
  SoupMessage  *message;     /* (owned) */
  GCancellable *cancellable; /* (owned): ours, cancelled by the caller's and by the deadline */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray   *body;        /* (owned) */
  GError       *error;       /* (owned) (nullable) */
  gboolean      late;        /* the deadline passed */
  gboolean      vouched;     /* one of our own authorities signed the certificate */
  gboolean      strange;     /* the certificate is not the one that is pinned */
  gboolean      done;
} Transfer;

static void
transfer_clear (Transfer *transfer)
{
  g_clear_object (&transfer->message);
  g_clear_object (&transfer->cancellable);
  g_clear_object (&transfer->stream);
  g_clear_pointer (&transfer->body, g_byte_array_unref);
  g_clear_error (&transfer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transfer, transfer_clear)

/* Authorities beside the system's, which stay. A database of libsoup would take their place. */
static void
load_authority (ShyTransport *self)
{
  g_autoptr (GError) error = NULL;

  if (self->options.ca_file == NULL)
    return;
  self->authority = G_TLS_DATABASE (g_tls_file_database_new (self->options.ca_file, &error));
  if (self->authority == NULL)
    g_set_error (&self->broken, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The certificates of “%s” cannot be read (%s). tls.ca_file must name a PEM file "
                   "by its absolute path."), self->options.ca_file, error->message);
}

static SoupSession *
create_session (const ShyTransportOptions *options)
{
  SoupSession                *session;
  g_autoptr (GProxyResolver)  proxy = NULL;

  /* We gain nothing from HTTP/2, and libsoup 3.2 has its early faults. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
  session = soup_session_new_with_options ("timeout", options->timeout_seconds,
                                           "idle-timeout", 30,
                                           "max-conns-per-host", 1,
                                           NULL);
  soup_session_set_user_agent (session, options->user_agent != NULL ? options->user_agent
                                                                    : "Shanye/" SHY_VERSION);
  if (options->cookies)
    soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  if (options->proxy != NULL)
    {
      gboolean none = g_str_equal (options->proxy, "none");

      proxy = g_simple_proxy_resolver_new (none ? NULL : options->proxy, NULL);
      soup_session_set_proxy_resolver (session, proxy);
    }

  return session;
}

/* A transport for the thread that makes it; no other thread may use it. */
ShyTransport *
shy_transport_new (const ShyTransportOptions *options)
{
  ShyTransport *self = g_new0 (ShyTransport, 1);

  self->options = *options;
  self->options.user_agent = g_strdup (options->user_agent);
  self->options.proxy = g_strdup (options->proxy);
  self->options.ca_file = g_strdup (options->ca_file);
  self->options.pin_sha256 = g_strdup (options->pin_sha256);
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = create_session (options);
  g_main_context_pop_thread_default (self->context);
  load_authority (self);

  return self;
}

void
shy_transport_free (ShyTransport *self)
{
  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self->options.user_agent);
  g_free (self->options.proxy);
  g_free (self->options.ca_file);
  g_free (self->options.pin_sha256);
  g_free (self->sight.protocol);
  g_free (self->sight.pin);
  g_clear_object (&self->authority);
  g_clear_error (&self->broken);
  g_free (self);
}

/* Whether an authority of the description's signed a certificate that the system's did not. */
static gboolean
is_vouched (Transfer             *transfer,
            GTlsCertificate      *certificate,
            GTlsCertificateFlags  problems)
{
  GUri                         *uri = soup_message_get_uri (transfer->message);
  g_autoptr (GSocketConnectable) host = NULL;

  if (transfer->transport->authority == NULL || problems != G_TLS_CERTIFICATE_UNKNOWN_CA)
    return FALSE;
  host = g_network_address_new (g_uri_get_host (uri), (guint16) MAX (g_uri_get_port (uri), 0));

  return g_tls_database_verify_chain (transfer->transport->authority, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == 0;
}

/* A certificate that a person pinned is taken although no authority signed it; any other that the
 * system refuses stays refused. */
static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              data)
{
  Transfer *transfer = data;

  transfer->vouched = is_vouched (transfer, certificate, problems);

  return transfer->vouched ||
         (transfer->transport->options.pin_sha256 != NULL &&
          shy_pin_matches (transfer->transport->options.pin_sha256, certificate));
}

/* With a pin a certificate that some authority signed is not enough. Nothing was sent yet. */
static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            data)
{
  Transfer        *transfer = data;
  const char      *pin = transfer->transport->options.pin_sha256;
  GTlsCertificate *certificate;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || pin == NULL || !G_IS_TLS_CONNECTION (connection))
    return;
  certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection));
  if (certificate != NULL && shy_pin_matches (pin, certificate))
    return;
  transfer->strange = TRUE;
  g_cancellable_cancel (transfer->cancellable);
}

static gboolean
deadline_cb (gpointer data)
{
  Transfer *transfer = data;

  transfer->late = TRUE;
  g_cancellable_cancel (transfer->cancellable);

  return G_SOURCE_REMOVE;
}

static void read_more (Transfer *transfer);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Transfer          *transfer = data;
  g_autoptr (GBytes) chunk = NULL;
  gsize              size;
  const guint8      *bytes;

  chunk = g_input_stream_read_bytes_finish (transfer->stream, result, &transfer->error);
  bytes = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;
  if (chunk == NULL || size == 0)
    {
      transfer->done = TRUE;
      return;
    }
  g_byte_array_append (transfer->body, bytes, (guint) size);
  if (transfer->body->len > transfer->transport->options.max_response_bytes)
    {
      transfer->error = shy_transport_error_size (transfer->transport->options.max_response_bytes);
      transfer->done = TRUE;
      return;
    }
  read_more (transfer);
}

static void
read_more (Transfer *transfer)
{
  g_input_stream_read_bytes_async (transfer->stream, CHUNK, G_PRIORITY_DEFAULT,
                                   transfer->cancellable, read_cb, transfer);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Transfer *transfer = data;

  transfer->stream = soup_session_send_finish (SOUP_SESSION (source), result, &transfer->error);
  if (transfer->stream == NULL)
    transfer->done = TRUE;
  else
    read_more (transfer);
}

static void
forward_cancel_cb (GCancellable *cancellable,
                   gpointer      data)
{
  Transfer *transfer = data;

  g_cancellable_cancel (transfer->cancellable);
  g_main_context_wakeup (transfer->transport->context);
}

/* Runs the transfer to its end; the context belongs to this thread meanwhile. */
static void
run_transfer (Transfer     *transfer,
              GCancellable *cancellable)
{
  ShyTransport       *self = transfer->transport;
  g_autoptr (GSource) deadline = g_timeout_source_new_seconds (self->options.deadline_seconds);
  gulong              handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (forward_cancel_cb), transfer, NULL);
  g_source_set_callback (deadline, deadline_cb, transfer, NULL);
  g_source_attach (deadline, self->context);

  soup_session_send_async (self->session, transfer->message, G_PRIORITY_DEFAULT,
                           transfer->cancellable, sent_cb, transfer);
  while (!transfer->done)
    g_main_context_iteration (self->context, TRUE);

  g_source_destroy (deadline);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
}

static SoupMessage *
create_message (Transfer          *transfer,
                const ShyRequest  *request,
                GUri              *uri)
{
  SoupMessage        *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (request->headers, i),
                                 g_ptr_array_index (request->headers, i + 1));
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                    transfer);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), transfer);

  return message;
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    data)
{
  g_hash_table_replace (data, g_ascii_strdown (name, -1), g_utf8_make_valid (value, -1));
}

static gint64
measure_skew (GHashTable *headers)
{
  const char           *text = g_hash_table_lookup (headers, "date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC : 0;
}

static ShyAnswer *
create_answer (Transfer *transfer)
{
  ShyAnswer *answer = g_new0 (ShyAnswer, 1);

  answer->status = soup_message_get_status (transfer->message);
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (transfer->message), copy_header,
                                answer->headers);
  answer->content_type = g_strdup (g_hash_table_lookup (answer->headers, "content-type"));
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&transfer->body));
  answer->skew = measure_skew (answer->headers);

  return answer;
}

static gboolean
wait_for_turn (ShyTransport  *self,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 now = g_get_monotonic_time ();

  if (self->options.requests_per_second <= 0)
    return TRUE;
  if (now < self->next &&
      !shy_transport_sleep (self, (double) (self->next - now) / G_USEC_PER_SEC, cancellable, error))
    return FALSE;
  self->next = MAX (now, self->next) +
               (gint64) (G_USEC_PER_SEC / self->options.requests_per_second);

  return TRUE;
}

static const char *
protocol_name (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    default:
      return "TLS";
    }
}

/* Keeps what was seen of the server. */
static void
look (ShyTransport *self,
      Transfer     *transfer)
{
  SoupMessage          *message = transfer->message;
  GTlsCertificate      *certificate = soup_message_get_tls_peer_certificate (message);
  GTlsCertificateFlags  flags = soup_message_get_tls_peer_certificate_errors (message);

  if (transfer->error == NULL)
    self->sight.answered = TRUE;
  self->sight.unsafe = transfer->strange ||
                       (transfer->error != NULL && transfer->error->domain == G_TLS_ERROR);
  if (certificate == NULL)
    return;
  g_free (self->sight.pin);
  self->sight.pin = shy_pin_of_key (certificate);
  self->sight.trusted = flags == 0 || transfer->vouched;
  g_free (self->sight.protocol);
  self->sight.protocol =
    g_strdup (protocol_name (soup_message_get_tls_protocol_version (message)));
}

/* What was seen of the server so far. */
const ShyTransportSight *
shy_transport_get_sight (ShyTransport *self)
{
  return &self->sight;
}

static ShyAnswer *
send_once (ShyTransport      *self,
           const ShyRequest  *request,
           GUri              *uri,
           GCancellable      *cancellable,
           GError           **error)
{
  g_auto (Transfer) transfer = { self };

  if (!self->options.allow_insecure_http && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      shy_transport_set_insecure (g_uri_get_host (uri), error);
      return NULL;
    }
  if (self->broken != NULL && g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_propagate_error (error, g_error_copy (self->broken));
      return NULL;
    }
  if (!wait_for_turn (self, cancellable, error))
    return NULL;

  transfer.message = create_message (&transfer, request, uri);
  transfer.cancellable = g_cancellable_new ();
  transfer.body = g_byte_array_new ();
  run_transfer (&transfer, cancellable);
  look (self, &transfer);
  if (transfer.error == NULL)
    return create_answer (&transfer);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  shy_transport_set_error (&(ShyTransportTrouble){
    .host = g_uri_get_host (uri),
    .seconds = transfer.late ? self->options.deadline_seconds : self->options.timeout_seconds,
    .late = transfer.late,
    .strange = transfer.strange,
    .pin = self->sight.pin,
    .certificate = soup_message_get_tls_peer_certificate_errors (transfer.message),
    .error = transfer.error,
  }, error);

  return NULL;
}

/* Where a redirect may lead: the same host by the same or a safer scheme. */
static GUri *
next_hop (ShyTransport *self,
          ShyAnswer    *answer,
          const char   *method,
          GUri         *from)
{
  const char       *location = shy_answer_get_header (answer, "location");
  g_autoptr (GUri)  to = NULL;
  gboolean          moved = answer->status == 301 || answer->status == 302 || answer->status == 303 ||
                            answer->status == 307 || answer->status == 308;

  if (!moved || location == NULL || !self->options.same_host_redirects ||
      !g_str_equal (method, "GET"))
    return NULL;
  to = g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (to == NULL || g_strcmp0 (g_uri_get_host (to), g_uri_get_host (from)) != 0 ||
      (g_str_equal (g_uri_get_scheme (from), "https") &&
       !g_str_equal (g_uri_get_scheme (to), "https")))
    return NULL;

  return g_steal_pointer (&to);
}

static ShyAnswer *
send_and_follow (ShyTransport      *self,
                 const ShyRequest  *request,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (GUri) uri = g_uri_parse (request->uri, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("The address of the service is not a web address. Check url_base and "
                             "path in its description."));
      return NULL;
    }
  for (guint hop = 0;; hop++)
    {
      g_autoptr (ShyAnswer) answer = send_once (self, request, uri, cancellable, error);
      GUri                 *next;

      if (answer == NULL)
        return NULL;
      next = hop < MOST_HOPS ? next_hop (self, answer, request->method, uri) : NULL;
      if (next == NULL)
        return g_steal_pointer (&answer);
      g_uri_unref (uri);
      uri = next;
    }
}

/* Sends a request and waits for the whole answer, whatever its status. Errors are of our domain,
 * name the host and never the query; %SHY_ERROR_UNREACHABLE is worth another try. */
ShyAnswer *
shy_transport_send (ShyTransport      *self,
                    const ShyRequest  *request,
                    GCancellable      *cancellable,
                    GError           **error)
{
  ShyAnswer *answer;

  /* libsoup asserts that a message also ends in the context it began in. */
  g_main_context_push_thread_default (self->context);
  answer = send_and_follow (self, request, cancellable, error);
  g_main_context_pop_thread_default (self->context);

  return answer;
}

static gboolean
awake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  return awake_cb (data);
}

/* Waits, but not longer than until @cancellable is cancelled. */
gboolean
shy_transport_sleep (ShyTransport  *self,
                     double         seconds,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) (seconds * 1000) + 1);
  g_autoptr (GSource) watch = g_cancellable_source_new (cancellable);
  gboolean            awake = FALSE;

  g_source_set_callback (timer, awake_cb, &awake, NULL);
  g_source_set_callback (watch, G_SOURCE_FUNC (cancelled_cb), &awake, NULL);
  g_source_attach (timer, self->context);
  g_source_attach (watch, self->context);
  while (!awake)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timer);
  g_source_destroy (watch);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
