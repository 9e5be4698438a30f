/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-exchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The steps of signing that ask the service: calls for each request, and tokens that last. */

/* A value of a token. */
typedef struct
{
  char  *text;
  gint64 until; /* milliseconds since 1970 by the server's clock; 0: for ever */
} Stored;

/* Tokens live in memory only, and are shared by all that ask one service with one account: two
 * that refresh at the same time spoil each other's. The lock of the account is held while one
 * refreshes. */
typedef struct
{
  GMutex      lock;
  GHashTable *values; /* of Stored by "step.value" */
} Account;

G_LOCK_DEFINE_STATIC (accounts);
static GHashTable *accounts; /* of Account by name; they stay */

static void
free_stored (gpointer data)
{
  g_free (((Stored *) data)->text);
  g_free (data);
}

/* Locks the account and gives what it holds. */
static Account *
lock_account (ShyExchange *self)
{
  Account *account;

  G_LOCK (accounts);
  if (accounts == NULL)
    accounts = g_hash_table_new (g_str_hash, g_str_equal);
  account = g_hash_table_lookup (accounts, self->account);
  if (account == NULL)
    {
      account = g_new0 (Account, 1);
      g_mutex_init (&account->lock);
      account->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_stored);
      g_hash_table_insert (accounts, g_strdup (self->account), account);
    }
  G_UNLOCK (accounts);
  g_mutex_lock (&account->lock);
  return account;
}

static const Stored *
find_stored (ShyExchange *self, GHashTable *account, const ShyStep *step, const char *name)
{
  g_autofree char *key = g_strconcat (step->id, ".", name, NULL);
  const Stored    *stored = g_hash_table_lookup (account, key);

  if (stored != NULL && stored->until != 0 &&
      stored->until - (gint64) step->early_seconds * 1000 <= shy_exchange_now (self))
    return NULL;
  return stored;
}

/* A value that a source requires only serves to get the others. */
static gboolean
is_required (const ShyStep *step, const char *name)
{
  for (guint i = 0; step->sources != NULL && i < step->sources->len; i++)
    if (g_strcmp0 (((const ShySource *) g_ptr_array_index (step->sources, i))->requires, name) == 0)
      return TRUE;
  return FALSE;
}

/* Puts what is stored into the scope; says whether all that requests need is there. */
static gboolean
load_stored (ShyExchange *self, ShyRequestScope *scope, GHashTable *account, const ShyStep *step)
{
  gboolean whole = TRUE;

  for (guint i = 0; i < step->extracts->len; i++)
    {
      const ShyExtract *extract = g_ptr_array_index (step->extracts, i);
      const Stored     *stored = find_stored (self, account, step, extract->name);

      if (stored != NULL)
        {
          shy_request_scope_set (scope, step->id, extract->name, stored->text);
          shy_scrub_add (self->scrub, stored->text);
        }
      else if (!is_required (step, extract->name))
        whole = FALSE;
    }
  return whole;
}

static gint64
find_expiry (ShyExchange *self, const ShyExtract *extract, const ShyJson *json)
{
  const ShyJson *found = extract->expires != NULL && json != NULL
                           ? shy_path_first (extract->expires, json)
                           : NULL;
  gint64         now = shy_exchange_now (self);
  gint64         value;

  if (found == NULL || found->text == NULL)
    return extract->ttl_seconds > 0 ? now + extract->ttl_seconds * 1000 : 0;
  value = g_ascii_strtoll (found->text, NULL, 10);
  switch (extract->unit)
    {
    case SHY_EXPIRES_S:
      return value * 1000;
    case SHY_EXPIRES_LIFETIME_MS:
      return now + value;
    case SHY_EXPIRES_LIFETIME_S:
      return now + value * 1000;
    case SHY_EXPIRES_MS:
    default:
      return value;
    }
}

static char *
find_value (const ShyExtract *extract, ShyAnswer *answer, const char *text, const ShyJson *json)
{
  const ShyJson *found;
  char          *value;

  if (extract->path != NULL)
    {
      found = json != NULL ? shy_path_first (extract->path, json) : NULL;
      value = found != NULL ? g_strdup (found->text) : NULL;
    }
  else if (extract->header != NULL)
    value = g_strdup (shy_answer_get_header (answer, extract->header));
  else
    value = g_strstrip (g_strdup (text));
  if (value != NULL && extract->pattern != NULL &&
      !g_regex_match (extract->pattern, value, 0, NULL))
    g_clear_pointer (&value, g_free);
  return value;
}

/* Takes the values of a step from an answer. @account is %NULL where nothing is stored. */
static gboolean
take_values (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, GHashTable *account,
             ShyAnswer *answer, const char *text, const ShyJson *json, GError **error)
{
  for (guint i = 0; i < step->extracts->len; i++)
    {
      const ShyExtract *extract = g_ptr_array_index (step->extracts, i);
      g_autofree char  *value = find_value (extract, answer, text, json);
      Stored           *stored;

      if (value == NULL || *value == '\0')
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                       _("The service did not give “%s”. Check the keys, and whether the service "
                         "still works as its description says."), extract->name);
          return FALSE;
        }
      shy_request_scope_set (scope, step->id, extract->name, value);
      shy_scrub_add (self->scrub, value);
      if (account == NULL)
        continue;
      stored = g_new (Stored, 1);
      *stored = (Stored) { g_steal_pointer (&value), find_expiry (self, extract, json) };
      g_hash_table_replace (account, g_strconcat (step->id, ".", extract->name, NULL), stored);
    }
  return TRUE;
}

static gboolean
needs_json (const ShyStep *step)
{
  for (guint i = 0; i < step->extracts->len; i++)
    if (((const ShyExtract *) g_ptr_array_index (step->extracts, i))->path != NULL)
      return TRUE;
  return step->layers->len > 0;
}

/* Headers alone may hold what a step is after. */
static gboolean
needs_body (const ShyStep *step)
{
  for (guint i = 0; i < step->extracts->len; i++)
    if (((const ShyExtract *) g_ptr_array_index (step->extracts, i))->header == NULL)
      return TRUE;
  return FALSE;
}

static gboolean
refuse (ShyAnswer *answer, const char *text, GError **error)
{
  g_autofree char *excerpt = shy_reply_excerpt (text);

  g_set_error (error, SHY_ERROR,
               answer->status >= 500 ? SHY_ERROR_UNREACHABLE : SHY_ERROR_REFUSED,
               _("The service answers with status %u: %s"), answer->status, excerpt);
  return FALSE;
}

/* Sends the request of a step and takes its values. */
static gboolean
call (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, const ShyJson *change,
      GHashTable *account, GError **error)
{
  const ShyJson         *parts[] = { self->service->requester, self->stream, change };
  g_autoptr (ShyDraft)   draft = shy_draft_new (scope, parts, G_N_ELEMENTS (parts), error);
  g_autoptr (ShyRequest) request = draft != NULL ? shy_draft_finish (draft) : NULL;
  g_autoptr (ShyAnswer)  answer = NULL;
  g_autofree char       *text = NULL;
  g_auto (ShyPeeled)     peeled = { NULL };

  shy_peeled_init (&peeled);
  if (request == NULL || !shy_exchange_send (self, request, &answer, &text, error))
    return FALSE;
  if (answer->status >= 300)
    return refuse (answer, text, error);
  if (*text == '\0' && needs_body (step))
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                           _("The service answers with nothing."));
      return FALSE;
    }
  /* A login page is no signature either. Services that give nothing but one call it text/html, so
   * only the text tells; what stands in headers alone needs none. */
  if ((needs_json (step) || (needs_body (step) && shy_reply_is_web_page (text, NULL))) &&
      shy_judge (self, answer, text, step->layers, &peeled, error) != SHY_ACTION_SUCCESS)
    return FALSE;
  if (!take_values (self, scope, step, account, answer, text, shy_peeled_last (&peeled), error))
    return FALSE;
  shy_exchange_trace (self, _("Signing: the step “%s” got what it needs."), step->id);
  return TRUE;
}

static gboolean
use_source (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, const ShySource *source,
            GHashTable *account, GError **error)
{
  ShyMoment outer = scope->moment;
  gboolean  done = TRUE;

  /* A request of its own: where its nonces were those of the request that follows, a gateway would
   * take that for a replay. */
  if (self->fixed == NULL)
    {
      scope->moment = (ShyMoment) { 0 };
      shy_moment_set (&scope->moment, outer.ms);
    }
  for (guint i = 0; done && i < source->steps->len; i++)
    done = shy_sign_step (scope, g_ptr_array_index (source->steps, i), error);
  done = done && call (self, scope, step, source->request, account, error);
  if (self->fixed == NULL)
    {
      shy_moment_clear (&scope->moment);
      scope->moment = outer;
    }
  return done;
}

static gboolean
refresh (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, GHashTable *account,
         GError **error)
{
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < step->sources->len; i++)
    {
      const ShySource *source = g_ptr_array_index (step->sources, i);

      if (source->requires != NULL && find_stored (self, account, step, source->requires) == NULL)
        continue;
      g_clear_error (&last);
      if (use_source (self, scope, step, source, account, &last))
        return TRUE;
      if (!g_error_matches (last, SHY_ERROR, SHY_ERROR_REFUSED))
        break;
    }
  if (last == NULL)
    g_set_error (&last, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The token “%s” has no source that can be used. Add one without “requires”."),
                 step->id);
  g_propagate_error (error, g_steal_pointer (&last));
  return FALSE;
}

static gboolean
take_token (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  Account *account = lock_account (self);
  gboolean done = load_stored (self, scope, account->values, step) ||
                  refresh (self, scope, step, account->values, error);

  g_mutex_unlock (&account->lock);
  return done;
}

/* What was decrypted is a key. */
static void
keep_from_sight (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step)
{
  g_autofree char *name = g_strconcat (step->id, ".value", NULL);

  shy_scrub_add (self->scrub, g_hash_table_lookup (scope->values, name));
}

/* Does one step of signing, with the network if it must. */
gboolean
shy_auth_step (ShyExchange *self, ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  if (step->kind == SHY_STEP_CALL)
    return call (self, scope, step, step->request, NULL, error);
  if (step->kind == SHY_STEP_TOKEN)
    return take_token (self, scope, step, error);
  if (!shy_sign_step (scope, step, error))
    return FALSE;
  if (step->kind == SHY_STEP_DECRYPT)
    keep_from_sight (self, scope, step);
  return TRUE;
}

/* Whether a stored value is still the one that a request used; another thread may have a new one. */
static gboolean
was_used (GHashTable *account, ShyRequestScope *scope, const char *key)
{
  const Stored *stored = g_hash_table_lookup (account, key);
  const char   *used = g_hash_table_lookup (scope->values, key);

  return stored != NULL && (used == NULL || g_str_equal (stored->text, used));
}

/* Forgets what tokens hold and @scope used in vain, so that the next request gets new ones: first
 * what requests use, then @all of it. */
void
shy_auth_forget (ShyExchange *self, ShyRequestScope *scope, gboolean all)
{
  Account *account = lock_account (self);

  for (guint i = 0; i < self->service->steps->len; i++)
    {
      const ShyStep *step = g_ptr_array_index (self->service->steps, i);

      for (guint j = 0; step->kind == SHY_STEP_TOKEN && j < step->extracts->len; j++)
        {
          const ShyExtract *extract = g_ptr_array_index (step->extracts, j);
          g_autofree char  *key = g_strconcat (step->id, ".", extract->name, NULL);

          if ((all || !is_required (step, extract->name)) && was_used (account->values, scope, key))
            g_hash_table_remove (account->values, key);
        }
    }
  g_mutex_unlock (&account->lock);
}
