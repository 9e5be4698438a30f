/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-transfer-private.h"

#include "service/wire/shy-line-private.h"
#include "crypto/shy-pin-private.h"
#include "service/wire/shy-transport-error-private.h"

#define CHUNK (64 * 1024) /* bytes read at a time */

static ShyTransfer *
transfer_ref (ShyTransfer *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
shy_transfer_unref (ShyTransfer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->answer, shy_answer_free);
  g_clear_error (&self->error);
  g_uri_unref (self->uri);
  shy_manner_unref (self->manner);
  g_free (self);
}

/* Whether an authority of the description's signed a certificate that the system's did not. */
static gboolean
is_vouched (ShyTransfer *self, GTlsCertificate *certificate, GTlsCertificateFlags problems)
{
  g_autoptr (GSocketConnectable) host = NULL;

  if (self->manner->authority == NULL || problems != G_TLS_CERTIFICATE_UNKNOWN_CA)
    return FALSE;
  host = g_network_address_new (g_uri_get_host (self->uri),
                                (guint16) MAX (g_uri_get_port (self->uri), 0));
  return g_tls_database_verify_chain (self->manner->authority, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == 0;
}

/* A certificate that a person pinned is taken although no authority signed it; any other that the
 * system refuses stays refused. */
static gboolean
accept_certificate_cb (SoupMessage *message, GTlsCertificate *certificate,
                       GTlsCertificateFlags problems, gpointer data)
{
  ShyTransfer *self = data;
  const char  *pin = self->manner->options.pin_sha256;

  self->vouched = is_vouched (self, certificate, problems);
  return self->vouched || (pin != NULL && shy_pin_matches (pin, certificate));
}

/* With a pin a certificate that some authority signed is not enough. Nothing was sent yet. */
static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  gpointer data)
{
  ShyTransfer     *self = data;
  const char      *pin = self->manner->options.pin_sha256;
  GTlsCertificate *certificate;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || pin == NULL || !G_IS_TLS_CONNECTION (connection))
    return;
  certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection));
  if (certificate != NULL && shy_pin_matches (pin, certificate))
    return;
  self->strange = TRUE;
  g_cancellable_cancel (self->cancellable);
}

/* libsoup would send the same once more on a new connection where an old one ended under it. The
 * server may have done what was asked, and takes no nonce twice: it is for the caller to sign
 * anew. */
static void
restarted_cb (SoupMessage *message, gpointer data)
{
  g_cancellable_cancel (((ShyTransfer *) data)->cancellable);
}

static SoupMessage *
create_message (ShyTransfer *self, const ShyRequest *request)
{
  SoupMessage        *message = soup_message_new_from_uri (request->method, self->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (request->headers, i),
                                 g_ptr_array_index (request->headers, i + 1));
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), self);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  return message;
}

/* A request to be started. */
ShyTransfer *
shy_transfer_new (ShyManner *manner, const ShyRequest *request, GUri *uri)
{
  ShyTransfer *self = g_new0 (ShyTransfer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->manner = shy_manner_ref (manner);
  self->uri = g_uri_ref (uri);
  self->cancellable = g_cancellable_new ();
  self->body = g_byte_array_new ();
  self->message = create_message (self, request);
  return self;
}

static void
look_at_certificate (ShyTransfer *self)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (self->message);

  if (certificate == NULL)
    return;
  self->certificate = g_object_ref (certificate);
  self->problems = soup_message_get_tls_peer_certificate_errors (self->message);
  self->protocol = soup_message_get_tls_protocol_version (self->message);
}

/* What belongs to libsoup goes in the thread it lives in. */
static void
finish (ShyTransfer *self)
{
  ShyLine *line = self->line;

  look_at_certificate (self);
  if (self->error == NULL)
    self->answer = shy_answer_new (self->message, g_steal_pointer (&self->body));
  g_clear_object (&self->stream);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  line->active = g_list_remove (line->active, self);
  self->done (self->data);
  shy_transfer_unref (self);
}

static void read_more (ShyTransfer *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ShyTransfer       *self = data;
  gsize              most = self->manner->options.max_response_bytes;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (self->stream, result, &self->error);
  gsize              size = 0;
  const guint8      *bytes = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;

  if (size == 0)
    {
      finish (self);
      return;
    }
  g_byte_array_append (self->body, bytes, (guint) size);
  if (self->body->len > most)
    {
      self->error = shy_transport_error_size (most);
      finish (self);
      return;
    }
  read_more (self);
}

static void
read_more (ShyTransfer *self)
{
  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->cancellable,
                                   read_cb, self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ShyTransfer *self = data;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &self->error);
  if (self->stream == NULL)
    finish (self);
  else
    read_more (self);
}

static gboolean
deadline_cb (gpointer data)
{
  ShyTransfer *self = data;

  self->late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
start_cb (gpointer data)
{
  ShyTransfer *self = data;
  ShyLine   *line = self->line;

  line->active = g_list_prepend (line->active, self);
  self->deadline = g_timeout_source_new_seconds (self->manner->options.deadline_seconds);
  g_source_set_callback (self->deadline, deadline_cb, self, NULL);
  g_source_attach (self->deadline, line->context);
  soup_session_send_async (line->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           sent_cb, self);
  return G_SOURCE_REMOVE;
}

/* Starts a request in the thread of @line. @done is called there at its end, with @data. */
void
shy_transfer_start (ShyTransfer *self, ShyLine *line, GDestroyNotify done, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  self->line = line;
  self->done = done;
  self->data = data;
  transfer_ref (self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, start_cb, self, NULL);
  g_source_attach (source, line->context);
}
