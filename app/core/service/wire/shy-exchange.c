/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-exchange-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Asks a service until it answers, or until there is no sense in asking. */

/* Below this the clocks differ by chance, in seconds. */
#define SKEW_LEAST 60

static char *
make_account (ShyService *service, ShySecrets *secrets, const char *url_base)
{
  g_autofree char      *origin = shy_service_dup_origin (service, url_base, secrets);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) (url_base != NULL ? url_base : ""), -1);
  g_checksum_update (sum, (const guchar *) origin, -1);
  for (guint i = 0; i < service->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (service->configs, i);
      const char             *value = shy_secrets_get (secrets, config->name);

      g_checksum_update (sum, (const guchar *) (value != NULL ? value : ""), -1);
      g_checksum_update (sum, (const guchar *) "\n", 1);
    }
  return g_strdup_printf ("%s %s", service->id, g_checksum_get_string (sum));
}

/* Whether what was kept of a value, if anything was, is for where requests go now. */
static gboolean
check_origin (ShyService *service, const ShyServiceConfig *config, const char *kept_for,
              const char *origin, GError **error)
{
  if (kept_for == NULL || (*origin != '\0' && g_str_equal (kept_for, origin)))
    return TRUE;
  if (*kept_for == '\0')
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: the title and the name of a key, an address, a service. */
                 _("“%s” (%s) was put in without an address that it is for, by an earlier version "
                   "or before the address was set; now it would go to %s. Put it in again for the "
                   "service “%s” if it belongs there."), config->title, config->name, origin,
                 service->title);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: the title and the name of a key, two addresses, a service. */
                 _("“%s” (%s) was put in for %s; now it would go to %s. Put it in again for the "
                   "service “%s” if it belongs there."), config->title, config->name, kept_for,
                 *origin != '\0' ? origin : "?", service->title);
  return FALSE;
}

/* Whether a bureau has given what the service needs, and for where it is asked. */
gboolean
shy_exchange_check (ShyService *service, ShySecrets *secrets, const char *url_base, GError **error)
{
  g_autofree char *origin = shy_service_dup_origin (service, url_base, secrets);

  for (guint i = 0; i < service->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (service->configs, i);
      const char             *value = shy_secrets_get (secrets, config->name);

      if (!check_origin (service, config, shy_secrets_get_origin (secrets, config->name), origin,
                         error))
        return FALSE;
      if (config->required && config->otherwise == NULL && (value == NULL || *value == '\0'))
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                       _("“%s” (%s) is not set. Enter it for the service “%s” first."),
                       config->title, config->name, service->title);
          return FALSE;
        }
    }
  return TRUE;
}

ShyExchange *
shy_exchange_new (ShyService *service, ShySecrets *secrets, const char *url_base)
{
  ShyExchange *self = g_new0 (ShyExchange, 1);

  self->service = g_object_ref (service);
  self->secrets = g_object_ref (secrets);
  self->transport = shy_transport_new (&service->transport);
  self->url_base = g_strdup (url_base);
  self->account = make_account (service, secrets, url_base);
  self->scrub = shy_scrub_new (service, secrets);
  return self;
}

/* A conversation for another thread over the connection of @other, which must live longer. */
ShyExchange *
shy_exchange_new_beside (ShyExchange *other)
{
  ShyExchange *self = g_new0 (ShyExchange, 1);

  self->service = g_object_ref (other->service);
  self->secrets = g_object_ref (other->secrets);
  self->transport = other->transport;
  self->beside = TRUE;
  self->url_base = g_strdup (other->url_base);
  self->account = g_strdup (other->account);
  self->scrub = shy_scrub_new (other->service, other->secrets);
  self->stream = other->stream;
  self->skew = other->skew;
  return self;
}

void
shy_exchange_free (ShyExchange *self)
{
  if (!self->beside)
    shy_transport_free (self->transport);
  g_free (self->url_base);
  g_free (self->account);
  g_free (self->last);
  shy_scrub_free (self->scrub);
  g_object_unref (self->secrets);
  g_object_unref (self->service);
  g_free (self);
}

/* The time in milliseconds, by the server's clock where ours is known to be wrong. */
gint64
shy_exchange_now (ShyExchange *self)
{
  gint64 now = self->fixed != NULL ? self->fixed->ms : g_get_real_time () / 1000;

  return self->resigned || ABS (self->skew) >= SKEW_LEAST ? now + self->skew * 1000 : now;
}

void
shy_exchange_trace (ShyExchange *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  va_list          args;

  if (self->trace == NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  clean = shy_scrub_text (self->scrub, text);
  self->trace (clean, self->trace_data);
}

/* Without the query, where secrets are. */
static void
trace_answer (ShyExchange *self, const ShyRequest *request, ShyAnswer *answer, gint64 begun)
{
  g_autofree char *address = g_strndup (request->uri, strcspn (request->uri, "?"));

  shy_exchange_trace (self,
                      _("%s %s: status %u, %s, %zu bytes, %lld ms"),
                      request->method, address, answer->status,
                      answer->content_type != NULL ? answer->content_type : _("no content type"),
                      g_bytes_get_size (answer->body), (long long) (g_get_monotonic_time () - begun) / 1000);
}

/* Sends one request and makes text of what comes. */
gboolean
shy_exchange_send (ShyExchange       *self,
                   const ShyRequest  *request,
                   ShyAnswer        **answer,
                   char             **text,
                   GError           **error)
{
  g_autoptr (GBytes) body = NULL;
  gint64             begun = g_get_monotonic_time ();

  self->requests++;
  self->stage = SHY_STAGE_NETWORK;
  *answer = shy_transport_send (self->transport, request, self->cancellable, error);
  if (*answer == NULL)
    return FALSE;
  self->stage = self->unsigned_yet ? SHY_STAGE_SIGN : SHY_STAGE_ENVELOPE;
  trace_answer (self, request, *answer, begun);
  if (shy_answer_get_header (*answer, "date") != NULL && self->fixed == NULL)
    {
      self->skew = (*answer)->skew;
      self->skew_known = TRUE;
    }
  body = shy_reply_inflate ((*answer)->body, self->service->transport.max_response_bytes, error);
  *text = body != NULL ? shy_reply_decode (body, self->service->charset, error) : NULL;
  return *text != NULL;
}

static void
set_moment (ShyExchange *self, ShyRequestScope *scope)
{
  if (self->fixed == NULL)
    {
      shy_moment_set (&scope->moment, shy_exchange_now (self));
      return;
    }
  shy_moment_clear (&scope->moment);
  scope->moment = (ShyMoment) { self->fixed->ms, g_strdup (self->fixed->uuid),
                                g_strdup (self->fixed->hex), g_strdup (self->fixed->ms4) };
}

static gboolean
inject (ShyExchange *self, ShyRequestScope *scope, ShyDraft *draft, GError **error)
{
  for (guint i = 0; i < self->service->inject->len; i++)
    {
      const ShyInject *one = g_ptr_array_index (self->service->inject, i);
      g_autofree char *value = shy_request_scope_expand (scope, one->value, error);

      if (value == NULL || !shy_draft_inject (draft, one, value, error))
        return FALSE;
    }
  return TRUE;
}

/* Builds a request, signs it at a new moment and gives what is to be sent. */
ShyRequest *
shy_exchange_sign (ShyExchange *self, ShyRequestScope *scope, const ShyJson *change, GError **error)
{
  const ShyJson       *parts[] = { self->service->requester, self->stream, change };
  g_autoptr (ShyDraft) draft = NULL;
  ShyRequest          *request = NULL;
  gboolean             done = TRUE;

  self->stage = SHY_STAGE_SIGN;
  self->unsigned_yet = TRUE;
  set_moment (self, scope);
  draft = shy_draft_new (scope, parts, G_N_ELEMENTS (parts), error);
  if (draft == NULL)
    return NULL;
  scope->request = draft;
  for (guint i = 0; done && i < self->service->steps->len; i++)
    done = shy_auth_step (self, scope, g_ptr_array_index (self->service->steps, i), error);
  if (done && inject (self, scope, draft, error))
    request = shy_draft_finish (draft);
  scope->request = NULL;
  self->unsigned_yet = FALSE;
  return request;
}

void
shy_reply_free (ShyReply *self)
{
  shy_peeled_clear (&self->peeled);
  g_free (self->text);
  g_free (self->etag);
  g_free (self);
}

/* Whether a service found fault with the signature or the keys, and not with what was asked. */
static gboolean
is_unsigned (ShyAction action, ShyAnswer *answer)
{
  return action == SHY_ACTION_RESIGN || action == SHY_ACTION_REFRESH_AUTH ||
         (answer != NULL && (answer->status == 401 || answer->status == 403));
}

/* What asking again can do about a request that could not be signed or sent. Where the call for a
 * token told us the server's time, and ours was far from it, the signature was too. */
static ShyAction
choose_unsent (ShyExchange *self, const ShyRequestScope *scope, const GError *error)
{
  gint64 apart = shy_exchange_now (self) - scope->moment.ms;

  if (g_error_matches (error, SHY_ERROR, SHY_ERROR_UNREACHABLE) ||
      g_error_matches (error, SHY_ERROR, SHY_ERROR_DAMAGED))
    return SHY_ACTION_RETRY;
  return g_error_matches (error, SHY_ERROR, SHY_ERROR_REFUSED) && self->skew_known &&
                 !self->resigned && ABS (apart) >= SKEW_LEAST * 1000
           ? SHY_ACTION_RESIGN
           : SHY_ACTION_FAIL;
}

/* Asks for what has changed only, where an earlier answer had a tag. Signatures of gateways do not
 * cover this header. */
static gboolean
send_tagged (ShyExchange *self, ShyRequest *request, ShyAnswer **answer, ShyReply *reply,
             GError **error)
{
  gboolean tagged = self->etag != NULL && g_str_equal (request->method, "GET");

  if (tagged)
    shy_request_add_header (request, "If-None-Match", self->etag);
  if (!shy_exchange_send (self, request, answer, &reply->text, error))
    return FALSE;
  reply->etag = g_strdup (shy_answer_get_header (*answer, "etag"));
  reply->unchanged = tagged && (*answer)->status == SOUP_STATUS_NOT_MODIFIED;
  return TRUE;
}

/* Asks once. @answer is set if one came. */
static ShyAction
ask_once (ShyExchange      *self,
          ShyRequestScope  *scope,
          const ShyJson    *change,
          GPtrArray        *layers,
          ShyAnswer       **answer,
          ShyReply         *reply,
          GError          **error)
{
  g_autoptr (ShyRequest) request = shy_exchange_sign (self, scope, change, error);
  ShyAction              action;

  if (request == NULL || !send_tagged (self, request, answer, reply, error))
    return choose_unsent (self, scope, *error);
  if (reply->unchanged)
    return SHY_ACTION_SUCCESS;
  action = shy_judge (self, *answer, reply->text, layers, &reply->peeled, error);
  if (action == SHY_ACTION_SUCCESS || self->is_nothing == NULL ||
      !self->is_nothing (self->nothing, &reply->peeled))
    return action;
  g_clear_error (error);
  return SHY_ACTION_STOP_STREAM;
}

/* Gets ready for another attempt. */
static gboolean
prepare_again (ShyExchange *self, ShyRequestScope *scope, ShyAnswer *answer, ShyAction action,
               guint attempt, const GError *why, GError **error)
{
  double wait = 0;

  if (action == SHY_ACTION_RESIGN)
    self->resigned = self->skew_known;
  else if (action == SHY_ACTION_REFRESH_AUTH)
    shy_auth_forget (self, scope, attempt > 1);
  else
    wait = shy_judge_wait (self, answer, action, attempt);
  if (action == SHY_ACTION_RATE_LIMITED)
    shy_transport_hold (self->transport, wait);
  shy_exchange_trace (self, _("%s Asking again in %.1f s."), why->message, wait);
  return wait <= 0 || shy_transport_sleep (self->transport, wait, self->cancellable, error);
}

/* Whether there is no sense in another attempt. */
static gboolean
is_over (ShyExchange *self, ShyAction action, guint attempt)
{
  return action == SHY_ACTION_FAIL || attempt > self->service->handler.max_retries ||
         g_cancellable_is_cancelled (self->cancellable) ||
         (self->hasty && (action == SHY_ACTION_RETRY || action == SHY_ACTION_RATE_LIMITED));
}

/* Who tries a connection wants to see what came. */
static void
keep_last (ShyExchange *self, const char *text)
{
  if (self->trace == NULL)
    return;
  g_free (self->last);
  self->last = g_strdup (text);
}

/* Asks, and asks again as the description says. Each attempt has a new moment and signature. */
ShyReply *
shy_exchange_ask (ShyExchange      *self,
                  ShyRequestScope  *scope,
                  const ShyJson    *change,
                  GPtrArray        *layers,
                  GError          **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (ShyReply)  reply = g_new0 (ShyReply, 1);
      g_autoptr (ShyAnswer) answer = NULL;
      g_autoptr (GError)    local = NULL;

      shy_peeled_init (&reply->peeled);
      reply->action = ask_once (self, scope, change, layers, &answer, reply, &local);
      shy_scrub_error (self->scrub, &local);
      keep_last (self, reply->text);
      if (reply->action == SHY_ACTION_SUCCESS || reply->action == SHY_ACTION_IGNORE ||
          reply->action == SHY_ACTION_STOP_STREAM)
        {
          self->stage = SHY_STAGE_ROWS;
          return g_steal_pointer (&reply);
        }
      if (is_unsigned (reply->action, answer))
        self->stage = SHY_STAGE_SIGN;
      /* Whoever cancels does not want to hear of troubles. */
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
      if (is_over (self, reply->action, attempt))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!prepare_again (self, scope, answer, reply->action, attempt, local, error))
        return NULL;
    }
}
