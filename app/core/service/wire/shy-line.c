/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-transfer-private.h"

#include "service/wire/shy-line-private.h"
#include "service/wire/shy-proxy-private.h"

#include <glib/gi18n-lib.h>

#define IDLE_SECONDS 30

static void
load_authority (ShyManner *self)
{
  g_autoptr (GError) error = NULL;

  if (self->options.ca_file == NULL)
    return;
  /* A database of libsoup would take the place of the system's. */
  self->authority = G_TLS_DATABASE (g_tls_file_database_new (self->options.ca_file, &error));
  if (self->authority == NULL)
    g_set_error (&self->broken, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The certificates of “%s” cannot be read (%s). tls.ca_file must name a PEM file "
                   "by its absolute path."), self->options.ca_file, shy_error_say (error));
}

ShyManner *
shy_manner_new (const ShyTransportOptions *options)
{
  ShyManner *self = g_new0 (ShyManner, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->options = *options;
  self->options.max_concurrency = MAX (options->max_concurrency, 1);
  self->options.user_agent = g_strdup (options->user_agent);
  self->options.proxy = g_strdup (options->proxy);
  self->options.ca_file = g_strdup (options->ca_file);
  self->options.pin_sha256 = g_strdup (options->pin_sha256);
  load_authority (self);
  return self;
}

ShyManner *
shy_manner_ref (ShyManner *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
shy_manner_unref (ShyManner *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->options.user_agent);
  g_free (self->options.proxy);
  g_free (self->options.ca_file);
  g_free (self->options.pin_sha256);
  g_clear_object (&self->authority);
  g_clear_error (&self->broken);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static SoupSession *
create_session (const ShyTransportOptions *options)
{
  g_autoptr (GProxyResolver) proxy = shy_proxy_new (options->proxy);
  SoupSession               *session;

  session = soup_session_new_with_options ("timeout", options->timeout_seconds,
                                           "idle-timeout", IDLE_SECONDS,
                                           "max-conns-per-host", (int) options->max_concurrency,
                                           "proxy-resolver", proxy,
                                           NULL);
  soup_session_set_user_agent (session, options->user_agent != NULL ? options->user_agent
                                                                    : "Shanye/" SHY_VERSION);
  if (options->cookies)
    soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  return session;
}

static void
line_unref (ShyLine *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  shy_manner_unref (self->manner);
  g_list_free (self->active);
  g_free (self);
}

static gpointer
run_line (gpointer data)
{
  ShyLine *self = data;

  g_main_context_push_thread_default (self->context);
  self->session = create_session (&self->manner->options);
  g_main_loop_run (self->loop);
  for (GList *at = self->active; at != NULL; at = at->next)
    g_cancellable_cancel (((ShyTransfer *) at->data)->cancellable);
  soup_session_abort (self->session);
  while (self->active != NULL || g_main_context_pending (self->context))
    g_main_context_iteration (self->context, TRUE);
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  line_unref (self);
  return NULL;
}

/* Starts a session in a thread of its own. */
ShyLine *
shy_line_new (ShyManner *manner)
{
  static gsize once;
  ShyLine   *self = g_new0 (ShyLine, 1);

  /* We gain nothing from HTTP/2, and libsoup 3.2 has its early faults. */
  if (g_once_init_enter (&once))
    {
      g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
      g_once_init_leave (&once, 1);
    }
  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  self->manner = shy_manner_ref (manner);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("service", run_line, self);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Ends a session with all its requests. One that hangs is not waited for. */
void
shy_line_stop (ShyLine *self, gboolean wait)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* The loop may not run yet, so it is ended from inside. */
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  if (wait)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  line_unref (self);
}

/* Where the session runs. */
GMainContext *
shy_line_get_context (ShyLine *self)
{
  return self->context;
}
