/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-exchange-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <math.h>
#include <string.h>

/* Tells success from failure, and says what is done about a failure. */

#define MOST_WAIT 600.0    /* seconds, whatever a server asks for */
#define LIMITED_WAIT 60.0  /* seconds, where a server says "too often" and not how long */

/* Where gateways of the X-Ca kind say why they refuse; their body is empty then. */
#define CA_REASON "x-ca-error-message"

static gboolean
has_code (const ShyFilter *filter, guint status)
{
  for (guint i = 0; i < filter->http_codes->len; i++)
    if (g_array_index (filter->http_codes, guint, i) == status)
      return TRUE;
  return FALSE;
}

static gboolean
holds_any (char **parts, const char *text)
{
  for (gsize i = 0; text != NULL && parts[i] != NULL; i++)
    if (strstr (text, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Any of what a filter names is enough. */
static gboolean
matches (const ShyFilter *filter, ShyAnswer *answer, const ShyJson *root, const char *message)
{
  const ShyJson *found = filter->path != NULL && root != NULL
                           ? shy_path_first (filter->path, root)
                           : NULL;

  return (filter->http_codes != NULL && has_code (filter, answer->status)) ||
         (found != NULL && shy_loosely_in (found, filter->in)) ||
         (filter->contains != NULL && holds_any (filter->contains, message)) ||
         (filter->content_type != NULL && answer->content_type != NULL &&
          g_str_has_prefix (answer->content_type, filter->content_type));
}

static const ShyFilter *
find_filter (ShyExchange *self, ShyAnswer *answer, const ShyJson *root, const char *message)
{
  GPtrArray *filters = self->service->handler.filters;

  for (guint i = 0; i < filters->len; i++)
    if (matches (g_ptr_array_index (filters, i), answer, root, message))
      return g_ptr_array_index (filters, i);
  return NULL;
}

static ShyAction
act (const ShyFilter *filter, GError **error)
{
  if (filter->message != NULL && *error != NULL)
    {
      g_autofree char *said = g_strdup ((*error)->message);

      g_clear_error (error);
      g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED, "%s (%s)", filter->message, said);
    }
  return filter->action;
}

/* What the server says of a status that is no success. */
static void
set_status_error (ShyAnswer *answer, const char *text, GError **error)
{
  const char      *reason = shy_answer_get_header (answer, CA_REASON);
  /* It holds what the gateway would have had signed, to be held against what we signed. */
  g_autofree char *excerpt = reason != NULL ? g_strdup (reason) : shy_reply_excerpt (text);
  gboolean         later = answer->status >= 500 || answer->status == 429;

  if (answer->status >= 300 && answer->status < 400)
    g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                 _("The service sends us elsewhere (status %u), which is not followed. The network "
                   "may want a login first, or the address has changed."), answer->status);
  else
    g_set_error (error, SHY_ERROR, later ? SHY_ERROR_UNREACHABLE : SHY_ERROR_REFUSED,
                 _("The service answers with status %u: %s"), answer->status, excerpt);
}

static ShyAction
judge_status (ShyExchange *self, ShyAnswer *answer, const char *text, const ShyJson *root,
              GError **error)
{
  const char      *reason = shy_answer_get_header (answer, CA_REASON);
  const ShyFilter *filter;

  set_status_error (answer, text, error);
  filter = find_filter (self, answer, root, reason != NULL ? reason : text);
  if (filter != NULL)
    return act (filter, error);
  return answer->status == 429 ? SHY_ACTION_RATE_LIMITED
         : answer->status >= 500 || answer->status == 408 ? SHY_ACTION_RETRY
                                                          : SHY_ACTION_FAIL;
}

static ShyAction
judge_page (ShyExchange *self, ShyAnswer *answer, const char *text, GError **error)
{
  const ShyFilter *filter = find_filter (self, answer, NULL, text);
  g_autofree char *excerpt = shy_reply_excerpt (text);

  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               _("The service answers with a web page instead of data. The network may want a "
                 "login, or a firewall stands between. The page says: %s"), excerpt);
  return filter != NULL ? act (filter, error) : SHY_ACTION_FAIL;
}

/* Reads an answer and takes its layers off. With SUCCESS @peeled holds what was in them; with
 * every other action @error says what went wrong. */
ShyAction
shy_judge (ShyExchange *self,
           ShyAnswer   *answer,
           const char  *text,
           GPtrArray   *layers,
           ShyPeeled   *peeled,
           GError     **error)
{
  g_autoptr (GError) local = NULL;
  gboolean           is_page = shy_reply_is_web_page (text, answer->content_type);
  gboolean           is_json = !is_page && *text != '\0' && shy_peeled_open (peeled, text, &local);
  const ShyFilter   *filter;
  ShyAction          action;

  if (answer->status >= 300 || is_page)
    {
      action = answer->status >= 300
                 ? judge_status (self, answer, text, is_json ? shy_peeled_last (peeled) : NULL,
                                 error)
                 : judge_page (self, answer, text, error);
      if (action != SHY_ACTION_SUCCESS)
        return action;
      /* The description takes it for a success; without JSON there is nothing in it. */
      g_clear_error (error);
      return is_json && shy_peeled_peel (peeled, layers, error) ? SHY_ACTION_SUCCESS
             : is_json                                          ? SHY_ACTION_FAIL
                                                                : SHY_ACTION_IGNORE;
    }
  if (g_error_matches (local, SHY_ERROR, SHY_ERROR_LIMIT))
    {
      /* Asked again it would be as large. */
      g_propagate_error (error, g_steal_pointer (&local));
      return SHY_ACTION_FAIL;
    }
  if (!is_json)
    {
      if (*text == '\0')
        g_set_error_literal (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                             _("The service answers with nothing."));
      else
        g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                     _("The answer is not whole JSON: %s"), local->message);
      return SHY_ACTION_RETRY;
    }

  filter = find_filter (self, answer, shy_peeled_last (peeled), NULL);
  if (shy_peeled_peel (peeled, layers, &local))
    {
      if (filter == NULL || filter->action == SHY_ACTION_SUCCESS)
        return SHY_ACTION_SUCCESS;
      g_set_error (&local, SHY_ERROR, SHY_ERROR_REFUSED, _("The service answers: %s"),
                   _("the request failed, without saying why"));
    }
  else if (filter == NULL)
    filter = find_filter (self, answer, NULL, local->message);
  action = filter != NULL ? act (filter, &local)
           : g_error_matches (local, SHY_ERROR, SHY_ERROR_DAMAGED) ? SHY_ACTION_RETRY
                                                                  : SHY_ACTION_FAIL;
  g_propagate_error (error, g_steal_pointer (&local));
  return action;
}

/* Reads both forms of Retry-After; -1 if it is neither. */
static double
read_header (ShyExchange *self, ShyAnswer *answer, const char *name)
{
  const char           *value = answer != NULL ? shy_answer_get_header (answer, name) : NULL;
  g_autoptr (GDateTime) until = NULL;
  char                 *end;
  double                seconds;

  if (value == NULL)
    return -1;
  seconds = g_ascii_strtod (value, &end);
  if (end != value && *end == '\0')
    return seconds;
  until = soup_date_time_new_from_http_string (value);
  return until != NULL
           ? (double) MAX (0, g_date_time_to_unix (until) - shy_exchange_now (self) / 1000)
           : -1;
}

/* How many seconds to wait before attempt number @attempt, from 1. */
double
shy_judge_wait (ShyExchange *self, ShyAnswer *answer, ShyAction action, guint attempt)
{
  GPtrArray *backoffs = self->service->handler.backoffs;
  double     wait = -1;

  for (guint i = 0; wait < 0 && i < backoffs->len; i++)
    {
      const ShyBackoff *backoff = g_ptr_array_index (backoffs, i);

      if (backoff->kind == SHY_BACKOFF_HEADER)
        wait = read_header (self, answer, backoff->header);
      else if (backoff->kind == SHY_BACKOFF_CONSTANT)
        wait = backoff->seconds;
      else
        wait = backoff->seconds * pow (2, attempt - 1);
      if (wait > 0 && backoff->jitter > 0)
        wait *= 1 + backoff->jitter * g_random_double_range (-1, 1);
    }
  if (wait < 0)
    wait = read_header (self, answer, "retry-after");
  if (wait < 0)
    wait = action == SHY_ACTION_RATE_LIMITED ? LIMITED_WAIT : pow (2, attempt - 1);
  return MIN (wait, MOST_WAIT);
}
