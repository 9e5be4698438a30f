/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-trial-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Compares what a sign service signs with the rule that its family of gateways follows. Where they
 * are the same, one request in two can be spared. */

/* The members that the rule signs, in the order of the alphabet; without a key. */
static const char *const signed_names[] = { "app_id",       "biz_content", "charset", "interface_id",
                                            "origin",       "timestamp",   "version", NULL };

static const ShyStep *
find_call (ShyService *service)
{
  for (guint i = 0; i < service->steps->len; i++)
    {
      const ShyStep *step = g_ptr_array_index (service->steps, i);

      if (step->kind == SHY_STEP_CALL && step->extracts->len == 1)
        return step;
    }
  return NULL;
}

/**
 * shy_trial_has_sign_call: (skip)
 * @service: a service
 *
 * Returns: whether the service signs requests itself, so that shy_trial_compare_sign() can compare
 */
gboolean
shy_trial_has_sign_call (ShyService *service)
{
  g_return_val_if_fail (SHY_IS_SERVICE (service), FALSE);
  return find_call (service) != NULL;
}

/* Signs a form here, with @escape of its values. */
static char *
sign_here (const ShyJson *form, ShyEscape escape)
{
  const ShyCanonicalPairs style = { .include = signed_names, .skip_empty = TRUE,
                                    .escape = escape };
  g_auto (ShyPairs)  pairs = { NULL };
  g_autofree char   *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) hash = NULL;

  shy_pairs_init (&pairs);
  shy_draft_pairs (form, &pairs);
  text = shy_canonical_pairs ((const ShyPair *) pairs.pairs->data, pairs.pairs->len, &style);
  bytes = g_bytes_new (text, strlen (text));
  hash = shy_digest_compute (SHY_DIGEST_SM3, bytes);
  return shy_encoding_encode (SHY_ENCODING_HEX, hash);
}

static gboolean
is_same (const char *theirs, const ShyJson *form, ShyEscape escape)
{
  g_autofree char *ours = sign_here (form, escape);

  return g_ascii_strcasecmp (theirs, ours) == 0;
}

static ShySignMatch
match_form (const char *theirs, const ShyJson *form)
{
  return is_same (theirs, form, SHY_ESCAPE_NONE)        ? SHY_SIGN_SAME
         : is_same (theirs, form, SHY_ESCAPE_HTML_QUOT) ? SHY_SIGN_SAME_QUOTED
                                                        : SHY_SIGN_DIFFERENT;
}

static const char *
explain (ShySignMatch match)
{
  if (match == SHY_SIGN_SAME)
    return _("The sign service gives what SM3 over the form gives here. The description may sign "
             "locally, with one request a page instead of two.");
  if (match == SHY_SIGN_SAME_QUOTED)
    return _("The sign service gives what SM3 over the form gives here, with “value_escape”: "
             "“html_quot”. The description may sign locally, with one request a page instead of "
             "two.");
  return _("The sign service signs in a way of its own. Keep asking it.");
}

/* Has the steps up to the call done, and takes what the call gave. */
static const char *
sign_there (ShyExchange *exchange, ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  const ShyExtract *extract = g_ptr_array_index (step->extracts, 0);
  g_autofree char  *name = g_strconcat (step->id, ".", extract->name, NULL);

  for (guint i = 0; i < exchange->service->steps->len; i++)
    {
      const ShyStep *one = g_ptr_array_index (exchange->service->steps, i);

      if (!shy_auth_step (exchange, scope, one, error))
        return NULL;
      if (one == step)
        break;
    }
  return g_hash_table_lookup (scope->values, name);
}

static gboolean
compare (ShyPull *pull, ShyExchange *exchange, ShyRequestScope *scope, ShySignMatch *match,
         GError **error)
{
  const ShyJson       *parts[] = { pull->service->requester, pull->stream->requester };
  g_autoptr (ShyDraft) draft = NULL;
  const char          *theirs;

  shy_moment_set (&scope->moment, shy_exchange_now (exchange));
  scope->number = pull->stream->pager.start_from;
  scope->size = pull->stream->pager.page_size;
  draft = shy_draft_new (scope, parts, G_N_ELEMENTS (parts), error);
  if (draft == NULL)
    return FALSE;
  scope->request = draft;
  theirs = sign_there (exchange, scope, find_call (pull->service), error);
  if (theirs != NULL)
    *match = match_form (theirs, draft->type == SHY_BODY_FORM ? draft->body : draft->query);
  scope->request = NULL;
  return theirs != NULL;
}

/**
 * shy_trial_compare_sign: (skip)
 * @pull: a pull that has not begun, of a service with shy_trial_has_sign_call()
 * @match: (out): what was found
 * @sentence: (out) (optional): the same in words
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Has the sign service sign one request, and signs the same here by the rule of its family: SM3
 * over seven members of the form in the order of the alphabet, without a key. Blocks.
 *
 * Returns: whether @match was found out
 */
gboolean
shy_trial_compare_sign (ShyPull       *pull,
                        ShySignMatch  *match,
                        char         **sentence,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (ShyExchange) exchange = NULL;
  ShyRequestScope                scope;
  gboolean                done;

  g_return_val_if_fail (SHY_IS_PULL (pull), FALSE);
  g_return_val_if_fail (match != NULL, FALSE);

  if (find_call (pull->service) == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The service “%s” is not asked for signatures, so there is nothing to "
                     "compare."), pull->service->title);
      return FALSE;
    }
  exchange = shy_pull_open (pull, cancellable, error);
  if (exchange == NULL)
    return FALSE;
  scope = (ShyRequestScope) { .service = pull->service, .secrets = pull->secrets,
                       .url_base = exchange->url_base };
  scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = compare (pull, exchange, &scope, match, error);
  if (done && sentence != NULL)
    *sentence = g_strdup (explain (*match));
  shy_scrub_error (exchange->scrub, error);
  shy_request_scope_clear (&scope);
  return done;
}
