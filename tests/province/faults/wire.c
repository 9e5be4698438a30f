/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define MOST_THREADS 16
#define DRIP_USEC 100000
#define FILLERS 4
#define LONGEST_BODY (64 * 1024 * 1024)

struct _WireServer
{
  GSocketService  *service;
  WireAnswer       answer;
  gpointer         data;
  WireSecurity     security;
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GCancellable    *stopped;
  GMainContext    *context;
  GMainLoop       *loop;
  GThread         *thread;
  GSocket         *socket; /* (owned) */
  GSocket         *fillers[FILLERS]; /* (owned) (nullable): of the queue of a hole */
  guint16          port;

  GMutex lock; /* of what follows, and of @answer */
  GCond  idle;
  guint  busy; /* connections */
  guint  connections;
  guint  requests;
};

typedef struct
{
  WireServer       *server;
  GSocket          *socket;
  GDataInputStream *in;
  GOutputStream    *out;
  guint             number;
  guint             turns;
} Connection;

static void
wire_request_clear (WireRequest *self)
{
  g_free (self->method);
  g_free (self->target);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WireRequest, wire_request_clear)

static const char *
find_header (GPtrArray *headers, const char *name)
{
  for (guint i = 0; i + 1 < headers->len; i += 2)
    if (g_ascii_strcasecmp (g_ptr_array_index (headers, i), name) == 0)
      return g_ptr_array_index (headers, i + 1);
  return NULL;
}

const char *
wire_request_header (const WireRequest *self, const char *name)
{
  return find_header (self->headers, name);
}

/* The body; empty where there is none. */
char *
wire_request_dup_text (const WireRequest *self)
{
  gsize       size;
  const char *data = g_bytes_get_data (self->body, &size);

  return size > 0 ? g_strndup (data, size) : g_strdup ("");
}

/* Reads the head and the body of one request; %FALSE where the other side went away. */
static gboolean
read_request (Connection *self, WireRequest *request)
{
  GCancellable   *stopped = self->server->stopped;
  g_autofree char *line = g_data_input_stream_read_line (self->in, NULL, stopped, NULL);
  g_auto (GStrv)   words = line != NULL ? g_strsplit (line, " ", 3) : NULL;
  const char      *length;
  gsize            size;

  if (words == NULL || g_strv_length (words) != 3)
    return FALSE;
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  request->headers = g_ptr_array_new_with_free_func (g_free);
  for (;;)
    {
      g_autofree char *header = g_data_input_stream_read_line (self->in, NULL, stopped, NULL);
      char            *colon = header != NULL ? strchr (header, ':') : NULL;

      if (header == NULL || (*header != '\0' && colon == NULL))
        return FALSE;
      if (*header == '\0')
        break;
      g_ptr_array_add (request->headers, g_strndup (header, (gsize) (colon - header)));
      g_ptr_array_add (request->headers, g_strstrip (g_strdup (colon + 1)));
    }
  length = wire_request_header (request, "content-length");
  size = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  if (size > LONGEST_BODY)
    return FALSE;
  line = (g_free (line), g_malloc0 (size + 1));
  if (!g_input_stream_read_all (G_INPUT_STREAM (self->in), line, size, &size, stopped, NULL))
    return FALSE;
  request->body = g_bytes_new (line, size);
  return TRUE;
}

static gboolean
send_bytes (Connection *self, const void *bytes, gsize size)
{
  return g_output_stream_write_all (self->out, bytes, size, NULL, self->server->stopped, NULL);
}

static gboolean
send_text (Connection *self, const char *text)
{
  return send_bytes (self, text, strlen (text));
}

static gboolean
send_head (Connection *self, const WireReply *reply)
{
  g_autoptr (GString) head = g_string_new (NULL);
  guint64             size = g_bytes_get_size (reply->body) * (guint64) (reply->repeat + 1);

  g_string_printf (head, "HTTP/1.%d %u OK\r\n", reply->framing != WIRE_OLD, reply->status);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    g_string_append_printf (head, "%s: %s\r\n",
                            (const char *) g_ptr_array_index (reply->headers, i),
                            (const char *) g_ptr_array_index (reply->headers, i + 1));
  for (guint i = 0; reply->framing == WIRE_LENGTH && i <= (guint) reply->twice; i++)
    g_string_append_printf (head, "Content-Length: %" G_GUINT64_FORMAT "\r\n", size);
  if (reply->framing == WIRE_CHUNKED)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  if (reply->framing == WIRE_EOF)
    g_string_append (head, "Connection: close\r\n");
  g_string_append (head, "\r\n");
  return send_bytes (self, head->str, head->len);
}

static gboolean
send_piece (Connection *self, const WireReply *reply, const char *data, gsize size)
{
  g_autofree char *head = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", size);
  gboolean         chunked = reply->framing == WIRE_CHUNKED && size > 0;

  return (!chunked || send_text (self, head)) && send_bytes (self, data, size) &&
         (!chunked || send_text (self, "\r\n"));
}

static gboolean
drip (Connection *self, const WireReply *reply)
{
  gsize       size;
  const char *data = g_bytes_get_data (reply->body, &size);

  for (gsize i = 0; i < size; i++)
    {
      if (!send_piece (self, reply, data + i, 1))
        return FALSE;
      g_usleep (DRIP_USEC);
    }
  return TRUE;
}

static gboolean
send_body (Connection *self, const WireReply *reply)
{
  gsize       size;
  const char *data = g_bytes_get_data (reply->body, &size);

  if (reply->end == WIRE_CUT)
    {
      send_piece (self, reply, data, size / 2);
      return FALSE;
    }
  for (guint i = 0; i <= reply->repeat; i++)
    if (reply->end == WIRE_DRIP ? !drip (self, reply) : !send_piece (self, reply, data, size))
      return FALSE;
  return reply->framing != WIRE_CHUNKED || send_text (self, "0\r\n\r\n");
}

/* Waits until the other side goes away or the server stops. */
static void
wait_for_end (Connection *self)
{
  char     byte;
  gboolean there = TRUE;

  while (there)
    there = g_input_stream_read (G_INPUT_STREAM (self->in), &byte, 1, self->server->stopped,
                                 NULL) > 0;
}

static void
reset (Connection *self)
{
  struct linger linger = { .l_onoff = 1 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (self->socket, NULL);
}

/* Says whether the connection may be used again. */
static gboolean
send_reply (Connection *self, const WireReply *reply)
{
  switch (reply->end)
    {
    case WIRE_VANISH:
      return FALSE;
    case WIRE_RESET:
      reset (self);
      return FALSE;
    case WIRE_MUTE:
      wait_for_end (self);
      return FALSE;
    case WIRE_HANG:
      if (send_head (self, reply))
        wait_for_end (self);
      return FALSE;
    case WIRE_WHOLE:
    case WIRE_CUT:
    case WIRE_DRIP:
    default:
      return (!reply->interim || send_text (self, "HTTP/1.1 100 Continue\r\n\r\n")) &&
             send_head (self, reply) && send_body (self, reply) &&
             (reply->framing == WIRE_LENGTH || reply->framing == WIRE_CHUNKED) &&
             g_strcmp0 (find_header (reply->headers, "connection"), "close") != 0;
    }
}

static gboolean
answer_one (Connection *self)
{
  g_auto (WireRequest)  request = { .connection = self->number, .turn = ++self->turns,
                                   .secure = self->server->security == WIRE_TLS };
  g_autoptr (WireReply) reply = NULL;

  if (!read_request (self, &request))
    return FALSE;
  g_mutex_lock (&self->server->lock);
  self->server->requests++;
  reply = self->server->answer (&request, self->server->data);
  g_mutex_unlock (&self->server->lock);
  return send_reply (self, reply) &&
         g_strcmp0 (wire_request_header (&request, "connection"), "close") != 0;
}

static void
serve_stream (Connection *self, GIOStream *stream)
{
  self->in = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  self->out = g_io_stream_get_output_stream (stream);
  g_data_input_stream_set_newline_type (self->in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (answer_one (self))
    ;
  g_clear_object (&self->in);
  g_io_stream_close (stream, NULL, NULL);
}

static void
serve_tls (Connection *self, GIOStream *plain)
{
  g_autoptr (GIOStream) secure =
    g_tls_server_connection_new (plain, self->server->certificate, NULL);

  if (secure != NULL &&
      g_tls_connection_handshake (G_TLS_CONNECTION (secure), self->server->stopped, NULL))
    serve_stream (self, secure);
}

/* Ends a handshake by a fatal alert: 40 "handshake failure" is what a server with SM2 certificates
 * alone says, 70 "protocol version" one that knows nothing new. */
static void
serve_alert (Connection *self, GIOStream *plain)
{
  guint8 alert[] = { 21, 3, 1, 0, 2, 2, self->server->security == WIRE_TLCP ? 40 : 70 };
  guint8 hello[2048];

  self->out = g_io_stream_get_output_stream (plain);
  if (g_input_stream_read (g_io_stream_get_input_stream (plain), hello, sizeof hello,
                           self->server->stopped, NULL) > 0)
    send_bytes (self, alert, sizeof alert);
  g_io_stream_close (plain, NULL, NULL);
}

/* In the thread that accepts, so that wire_server_free() knows of each connection. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *stream, GObject *source, gpointer data)
{
  WireServer *server = data;

  g_mutex_lock (&server->lock);
  server->busy++;
  g_mutex_unlock (&server->lock);
  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *stream, GObject *source, gpointer data)
{
  WireServer *server = data;
  Connection  self = { .server = server, .socket = g_socket_connection_get_socket (stream) };

  g_mutex_lock (&server->lock);
  self.number = ++server->connections;
  g_mutex_unlock (&server->lock);
  g_socket_set_option (self.socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  if (server->security == WIRE_TLS)
    serve_tls (&self, G_IO_STREAM (stream));
  else if (server->security == WIRE_PLAIN)
    serve_stream (&self, G_IO_STREAM (stream));
  else
    serve_alert (&self, G_IO_STREAM (stream));
  g_mutex_lock (&server->lock);
  server->busy--;
  g_cond_signal (&server->idle);
  g_mutex_unlock (&server->lock);
  return TRUE;
}

static gpointer
accept_connections (gpointer data)
{
  WireServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_socket_service_start (self->service);
  g_main_loop_run (self->loop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Fills the queue of connections that nobody accepts; what comes then gets no answer at all. */
static void
dig_hole (WireServer *self, GSocket *socket, GSocketAddress *address)
{
  g_socket_set_listen_backlog (socket, 0);
  g_socket_listen (socket, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->fillers); i++)
    {
      self->fillers[i] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (self->fillers[i], FALSE);
      g_socket_connect (self->fillers[i], address, NULL, NULL);
    }
}

static gboolean
listen_on (WireServer *self, guint16 port, GError **error)
{
  g_autoptr (GInetAddress)   loopback =
    g_inet_address_new_from_string (self->security == WIRE_HOLE ? "127.0.0.2" : "127.0.0.1");
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) found = NULL;

  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               error);
  if (self->socket == NULL || !g_socket_bind (self->socket, wanted, TRUE, error))
    return FALSE;
  found = g_socket_get_local_address (self->socket, error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  if (self->security == WIRE_HOLE)
    dig_hole (self, self->socket, found);
  return self->security == WIRE_HOLE ||
         (g_socket_listen (self->socket, error) &&
          g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), self->socket, NULL,
                                        error));
}

/* Serves at once, in threads of its own. @port may be 0 for any that is free. */
WireServer *
wire_server_new (WireAnswer        answer,
                 gpointer          data,
                 WireSecurity      security,
                 GTlsCertificate  *certificate,
                 guint16           port,
                 GError          **error)
{
  WireServer *self = g_new0 (WireServer, 1);

  self->answer = answer;
  self->data = data;
  self->security = security;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->stopped = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->service = g_threaded_socket_service_new (MOST_THREADS);
  g_socket_service_stop (self->service);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  if (listen_on (self, port, error))
    self->thread = g_thread_new ("wire", accept_connections, self);
  else
    g_clear_pointer (&self, wire_server_free);
  return self;
}

guint16
wire_server_get_port (WireServer *self)
{
  return self->port;
}

/* How many requests came so far. */
guint
wire_server_count (WireServer *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->requests;
  g_mutex_unlock (&self->lock);
  return count;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Stops in the middle of whatever is under way. Must not be called in an answer. */
void
wire_server_free (WireServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_cancellable_cancel (self->stopped);
  if (self->thread != NULL)
    {
      /* The loop may not run yet, so it is ended from inside. */
      g_source_set_callback (source, quit_cb, self->loop, NULL);
      g_source_attach (source, self->context);
      g_thread_join (self->thread);
    }
  g_mutex_lock (&self->lock);
  while (self->busy > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);
  g_clear_object (&self->service);
  g_clear_object (&self->socket);
  for (guint i = 0; i < G_N_ELEMENTS (self->fillers); i++)
    g_clear_object (&self->fillers[i]);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_object_unref (self->stopped);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self);
}

WireReply *
wire_reply_new (guint status, const char *content_type, const char *text)
{
  WireReply *self = g_new0 (WireReply, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->body = g_bytes_new (text, strlen (text));
  if (content_type != NULL)
    wire_reply_set (self, "Content-Type", content_type);
  return self;
}

void
wire_reply_free (WireReply *self)
{
  g_ptr_array_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

/* Sets a header, or takes it away where @value is %NULL. */
void
wire_reply_set (WireReply *self, const char *name, const char *value)
{
  for (guint i = self->headers->len; i >= 2; i -= 2)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->headers, i - 2), name) == 0)
      g_ptr_array_remove_range (self->headers, i - 2, 2);
  if (value == NULL)
    return;
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
wire_reply_take_body (WireReply *self, GBytes *body)
{
  g_bytes_unref (self->body);
  self->body = body;
}
