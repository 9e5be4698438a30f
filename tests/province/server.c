/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"

#include <libsoup/soup.h>

struct _ProvinceServer
{
  Province   *province; /* (unowned) */
  GThread    *thread;
  GMainLoop  *loop;
  SoupServer *server;
  GMutex      lock;
  GCond       ready;
  guint       port;
  gboolean    tried;
  GError     *error;
  char       *base;
};

static void
add_header_cb (const char *name, const char *value, gpointer headers)
{
  g_hash_table_insert (headers, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
send_reply (SoupServerMessage *message, const ProvinceReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody    *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, reply->status, NULL);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (reply->headers, i),
                                  g_ptr_array_index (reply->headers, i + 1));
  if (g_bytes_get_size (reply->body) > 0)
    soup_message_body_append_bytes (body, reply->body);
}

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
           gpointer data)
{
  ProvinceServer           *self = data;
  SoupMessageBody          *sent = soup_server_message_get_request_body (message);
  g_autoptr (GBytes)        body = soup_message_body_flatten (sent);
  g_autoptr (GHashTable)    headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                             g_free);
  ProvinceRequest           request = { soup_server_message_get_method (message), path,
                                        g_uri_get_query (soup_server_message_get_uri (message)),
                                        headers, body };
  g_autoptr (ProvinceReply) reply = NULL;

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_header_cb,
                                headers);
  reply = province_answer (self->province, &request);
  send_reply (message, reply);
}

static void
listen_on_loopback (ProvinceServer *self)
{
  GSList *uris;

  self->server = soup_server_new ("server-header", "province", "raw-paths", FALSE, NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  if (!soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                 &self->error))
    return;
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static gpointer
serve (gpointer data)
{
  ProvinceServer          *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  g_mutex_lock (&self->lock);
  self->loop = g_main_loop_new (context, FALSE);
  listen_on_loopback (self);
  self->tried = TRUE;
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  if (self->base != NULL)
    g_main_loop_run (self->loop);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Serves at @port, or at any that is free where it is 0. */
ProvinceServer *
province_server_start (Province *province, guint port, GError **error)
{
  g_autoptr (ProvinceServer) self = g_new0 (ProvinceServer, 1);

  self->province = province;
  self->port = port;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("province", serve, self);
  g_mutex_lock (&self->lock);
  while (!self->tried)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  if (self->error == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&self->error));
  return NULL;
}

const char *
province_server_get_base (ProvinceServer *self)
{
  return self->base;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
province_server_stop (ProvinceServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* The loop may not run yet, so it is ended from inside. */
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self->base);
  g_free (self);
}
