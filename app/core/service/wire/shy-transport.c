/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-transfer-private.h"

#include "crypto/shy-pin-private.h"
#include "service/wire/shy-redirect-private.h"
#include "service/wire/shy-transport-error-private.h"

#include <glib/gi18n-lib.h>

#define MOST_HOPS 3 /* redirects that are followed */

/* A request that is so many times older than its deadline hangs inside libsoup. */
#define HANGS_AFTER 2

/* Speaks to one service, for any number of threads. libsoup runs in a thread of the transport's
 * own, so that a deadline and a cancellation end a request at once, whatever else is done, and the
 * main thread never takes part. */
struct _ShyTransport
{
  ShyManner *manner;

  /* Under its lock. */
  ShyLine         *line;
  gint64             next;  /* monotonic µs before which no request may start */
  ShyTransportSight  sight; /* strings owned */
  GUri              *secure; /* (owned) (nullable): the host that asked for https */
};

/* Somebody who waits for a request. */
typedef struct
{
  gatomicrefcount refs;
  ShyManner      *manner;
  gboolean        ended;
  gboolean        left; /* nobody waits any more */
} Wait;

/* A transport with a thread of its own. */
ShyTransport *
shy_transport_new (const ShyTransportOptions *options)
{
  ShyTransport *self = g_new0 (ShyTransport, 1);

  self->manner = shy_manner_new (options);
  return self;
}

/* Nobody may wait for it any more. */
void
shy_transport_free (ShyTransport *self)
{
  if (self->line != NULL)
    shy_line_stop (self->line, TRUE);
  shy_manner_unref (self->manner);
  g_free (self->sight.protocol);
  g_free (self->sight.pin);
  g_clear_pointer (&self->secure, g_uri_unref);
  g_free (self);
}

static void
wake_cb (GCancellable *cancellable, gpointer data)
{
  ShyTransport *self = data;

  g_mutex_lock (&self->manner->lock);
  g_cond_broadcast (&self->manner->changed);
  g_mutex_unlock (&self->manner->lock);
}

/* Has a cancellation wake those that wait. Not to be called under the lock. */
static gulong
watch (ShyTransport *self, GCancellable *cancellable)
{
  return cancellable != NULL
           ? g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), self, NULL)
           : 0;
}

static void
unwatch (GCancellable *cancellable, gulong handler)
{
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
}

/* Waits until @end, a monotonic time, under the lock. */
static void
wait_until (ShyTransport *self, gint64 end, GCancellable *cancellable)
{
  while (!g_cancellable_is_cancelled (cancellable) &&
         g_cond_wait_until (&self->manner->changed, &self->manner->lock, end))
    ;
}

/* Waits, but not longer than until @cancellable is cancelled. */
gboolean
shy_transport_sleep (ShyTransport  *self,
                     double         seconds,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  gulong handler = watch (self, cancellable);

  g_mutex_lock (&self->manner->lock);
  wait_until (self, end, cancellable);
  g_mutex_unlock (&self->manner->lock);
  unwatch (cancellable, handler);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Lets nobody send for a while: the service was asked too often. */
void
shy_transport_hold (ShyTransport *self, double seconds)
{
  g_mutex_lock (&self->manner->lock);
  self->next = MAX (self->next,
                    g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC));
  g_mutex_unlock (&self->manner->lock);
}

/* Waits until a request may be sent, under the lock: not too many at a time, not too often. */
static gboolean
take_turn (ShyTransport *self, GCancellable *cancellable)
{
  const ShyTransportOptions *options = &self->manner->options;
  gint64                     turn;
  gint64                     pace = 0;

  while (self->manner->under_way >= options->max_concurrency && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->manner->changed, &self->manner->lock);
  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;
  self->manner->under_way++;
  if (options->requests_per_second > 0)
    pace = (gint64) (G_USEC_PER_SEC / options->requests_per_second);
  turn = MAX (g_get_monotonic_time (), self->next);
  self->next = turn + pace;
  wait_until (self, turn, cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;
  self->manner->under_way--;
  g_cond_broadcast (&self->manner->changed);
  return FALSE;
}

static void
wait_unref (Wait *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  shy_manner_unref (self->manner);
  g_free (self);
}

static void
done_cb (gpointer data)
{
  Wait *wait = data;

  g_mutex_lock (&wait->manner->lock);
  wait->ended = TRUE;
  if (!wait->left)
    wait->manner->under_way--;
  g_cond_broadcast (&wait->manner->changed);
  g_mutex_unlock (&wait->manner->lock);
  wait_unref (wait);
}

/* The line, under the lock. */
static ShyLine *
get_line (ShyTransport *self)
{
  if (self->line == NULL)
    self->line = shy_line_new (self->manner);
  return self->line;
}

/* Leaves a session behind in which a request hangs, and goes on with a new one. */
static void
replace_line (ShyTransport *self, ShyLine *line)
{
  if (line != self->line)
    return;
  g_message ("A connection hung and was given up.");
  shy_line_stop (g_steal_pointer (&self->line), FALSE);
}

/* Leaves a request to itself, which ends it as soon as libsoup can. */
static void
leave (ShyTransport *self, ShyTransfer *transfer, Wait *wait)
{
  g_cancellable_cancel (transfer->cancellable);
  wait->left = TRUE;
  self->manner->under_way--;
  g_cond_broadcast (&self->manner->changed);
}

/* Runs a request to its end, or until somebody has enough of it. Says whether it ended. */
static gboolean
run (ShyTransport *self, ShyTransfer *transfer, GCancellable *cancellable)
{
  Wait      *wait = g_new0 (Wait, 1);
  ShyLine *line = get_line (self);
  gint64     end = g_get_monotonic_time () +
               (gint64) self->manner->options.deadline_seconds * HANGS_AFTER * G_USEC_PER_SEC;
  gboolean   ended;

  g_atomic_ref_count_init (&wait->refs);
  g_atomic_ref_count_inc (&wait->refs);
  wait->manner = shy_manner_ref (self->manner);
  shy_transfer_start (transfer, line, done_cb, wait);
  while (!wait->ended && !g_cancellable_is_cancelled (cancellable))
    if (!g_cond_wait_until (&self->manner->changed, &self->manner->lock, end))
      break;
  ended = wait->ended;
  if (!ended)
    leave (self, transfer, wait);
  if (!ended && !g_cancellable_is_cancelled (cancellable))
    replace_line (self, line);
  wait_unref (wait);
  return ended;
}

static const char *
protocol_name (GTlsProtocolVersion version)
{
  static const char *const names[] = {
    [G_TLS_PROTOCOL_VERSION_TLS_1_0] = "TLS 1.0",
    [G_TLS_PROTOCOL_VERSION_TLS_1_1] = "TLS 1.1",
    [G_TLS_PROTOCOL_VERSION_TLS_1_2] = "TLS 1.2",
    [G_TLS_PROTOCOL_VERSION_TLS_1_3] = "TLS 1.3",
  };

  return version < G_N_ELEMENTS (names) && names[version] != NULL ? names[version] : "TLS";
}

/* Keeps what was seen of the server, under the lock. */
static void
look (ShyTransport *self, const ShyTransfer *transfer)
{
  if (transfer->error == NULL)
    self->sight.answered = TRUE;
  self->sight.unsafe = transfer->strange ||
                       (transfer->error != NULL && transfer->error->domain == G_TLS_ERROR);
  if (transfer->certificate == NULL)
    return;
  g_free (self->sight.pin);
  self->sight.pin = shy_pin_of_key (transfer->certificate);
  self->sight.trusted = transfer->problems == 0 || transfer->vouched;
  g_free (self->sight.protocol);
  self->sight.protocol = g_strdup (protocol_name (transfer->protocol));
}

/* What was seen of the server so far; while nothing is under way. */
const ShyTransportSight *
shy_transport_get_sight (ShyTransport *self)
{
  return &self->sight;
}

static void
set_error (ShyTransport *self, const ShyTransfer *transfer, gboolean ended, GError **error)
{
  const ShyTransportOptions *options = &self->manner->options;
  g_autoptr (GError)  hung = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "hung");
  ShyTransportTrouble trouble = { .host = g_uri_get_host (transfer->uri), .error = hung,
                                  .seconds = options->deadline_seconds, .late = TRUE };

  if (ended)
    {
      trouble.error = transfer->error;
      trouble.late = transfer->late;
      trouble.strange = transfer->strange;
      trouble.pin = self->sight.pin;
      trouble.certificate = transfer->problems;
      trouble.seconds = transfer->late ? options->deadline_seconds : options->timeout_seconds;
    }
  shy_transport_set_error (&trouble, error);
}

/* Sends under the lock, which is let go while waiting. */
static ShyAnswer *
send_locked (ShyTransport *self, ShyTransfer *transfer, GCancellable *cancellable, GError **error)
{
  gboolean ended;

  if (!take_turn (self, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  ended = run (self, transfer, cancellable);
  if (ended)
    look (self, transfer);
  if (ended && transfer->answer != NULL)
    return g_steal_pointer (&transfer->answer);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    set_error (self, transfer, ended, error);
  return NULL;
}

/* Nothing to a loopback address leaves the computer; names may lead elsewhere. */
static gboolean
is_here (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
check_scheme (ShyTransport *self, GUri *uri, GError **error)
{
  gboolean safe = g_str_equal (g_uri_get_scheme (uri), "https");

  if (!safe && !self->manner->options.allow_insecure_http && !is_here (uri))
    shy_transport_set_insecure (g_uri_get_host (uri), error);
  else if (safe && self->manner->broken != NULL)
    g_propagate_error (error, g_error_copy (self->manner->broken));
  else
    return TRUE;
  return FALSE;
}

static ShyAnswer *
send_once (ShyTransport *self, const ShyRequest *request, GUri *uri, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (ShyTransfer) transfer = NULL;
  ShyAnswer              *answer;
  gulong                  handler;

  if (!check_scheme (self, uri, error))
    return NULL;
  transfer = shy_transfer_new (self->manner, request, uri);
  handler = watch (self, cancellable);
  g_mutex_lock (&self->manner->lock);
  answer = send_locked (self, transfer, cancellable, error);
  g_mutex_unlock (&self->manner->lock);
  unwatch (cancellable, handler);
  return answer;
}

/* The address, by https where the host has asked for that. */
static GUri *
resolve (ShyTransport *self, const char *text)
{
  g_autoptr (GUri)   uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->manner->lock);

  if (uri == NULL || self->secure == NULL || g_str_equal (g_uri_get_scheme (uri), "https") ||
      g_strcmp0 (g_uri_get_host (self->secure), g_uri_get_host (uri)) != 0)
    return g_steal_pointer (&uri);
  return soup_uri_copy (uri, SOUP_URI_SCHEME, "https", SOUP_URI_PORT,
                        g_uri_get_port (self->secure), SOUP_URI_NONE);
}

/* Keeps that a host wants https. What was signed for http is not sent again: it is for the caller
 * to sign anew. */
static void
remember_secure (ShyTransport *self, GUri *secure, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->manner->lock);

  g_clear_pointer (&self->secure, g_uri_unref);
  self->secure = g_uri_ref (secure);
  g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
               _("“%s” wants to be asked by https, and will be. Write https into url_base."),
               g_uri_get_host (secure));
}

/* Sends a request and waits for the whole answer, whatever its status. Errors are of our domain,
 * name the host and never the query; %SHY_ERROR_UNREACHABLE is worth another try. */
ShyAnswer *
shy_transport_send (ShyTransport *self, const ShyRequest *request, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GUri) uri = resolve (self, request->uri);

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
      g_autoptr (GUri)      secure = answer != NULL ? shy_redirect_secure (answer, uri) : NULL;
      GUri                 *next;

      if (secure != NULL)
        remember_secure (self, secure, error);
      if (answer == NULL || secure != NULL)
        return NULL;
      if (answer->status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
        {
          shy_transport_set_proxy (g_uri_get_host (uri), error);
          return NULL;
        }
      next = hop < MOST_HOPS && self->manner->options.same_host_redirects
               ? shy_redirect_follow (answer, request->method, uri)
               : NULL;
      if (next == NULL)
        return g_steal_pointer (&answer);
      g_uri_unref (uri);
      uri = next;
    }
}

/* Where libsoup runs now; for tests. */
GMainContext *
shy_transport_get_context (ShyTransport *self)
{
  return shy_line_get_context (get_line (self));
}
