/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-lookup-private.h"

#include "identity/shy-identity-mask.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ShyLookup:
 *
 * One question of one record: is this employer registered, since when is this person insured. What
 * is sent appears in no message, log or journal. An object asks once.
 */
G_DEFINE_FINAL_TYPE (ShyLookup, shy_lookup, G_TYPE_OBJECT)

static void
shy_lookup_finalize (GObject *object)
{
  ShyLookup *self = SHY_LOOKUP (object);

  g_clear_object (&self->service);
  g_clear_object (&self->secrets);
  g_clear_object (&self->parameters);
  g_free (self->url_base);

  G_OBJECT_CLASS (shy_lookup_parent_class)->finalize (object);
}

static void
shy_lookup_class_init (ShyLookupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_lookup_finalize;
}

static void
shy_lookup_init (ShyLookup *self)
{
  self->parameters = shy_secrets_new ();
}

/**
 * shy_lookup_new: (skip)
 * @service: a service
 * @lookup: one of its look-ups
 * @secrets: the values the service needs
 *
 * Returns: (transfer full): a question that is not asked yet
 */
ShyLookup *
shy_lookup_new (ShyService *service, const ShyServiceLookup *lookup, ShySecrets *secrets)
{
  ShyLookup *self;

  g_return_val_if_fail (SHY_IS_SERVICE (service), NULL);
  g_return_val_if_fail (lookup != NULL, NULL);
  g_return_val_if_fail (SHY_IS_SECRETS (secrets), NULL);

  self = g_object_new (SHY_TYPE_LOOKUP, NULL);
  self->service = g_object_ref (service);
  self->lookup = lookup;
  self->secrets = g_object_ref (secrets);
  return self;
}

/**
 * shy_lookup_set_url_base:
 * @self: a question that is not asked yet
 * @url_base: (nullable): the address to ask instead of the description's
 *
 * A bureau behind a front-end of its own network asks there.
 */
void
shy_lookup_set_url_base (ShyLookup *self, const char *url_base)
{
  g_return_if_fail (SHY_IS_LOOKUP (self));

  g_free (self->url_base);
  self->url_base = g_strdup (url_base);
}

static gboolean
check_value (const ShyLookupParameter *parameter, const char *value, char **tidy, GError **error)
{
  static const ShyIdentityKind kinds[] = {
    [SHY_LOOKUP_RESIDENT_ID] = SHY_IDENTITY_KIND_RESIDENT_ID,
    [SHY_LOOKUP_CREDIT_CODE] = SHY_IDENTITY_KIND_CREDIT_CODE,
  };
  ShyIdentityResult result;
  g_autofree char  *reason = NULL;

  if (parameter->type == SHY_LOOKUP_TEXT)
    {
      *tidy = g_strstrip (g_strdup (value));
      return TRUE;
    }
  result = shy_identity_check (kinds[parameter->type], value, NULL, tidy);
  if (shy_identity_result_is_valid (result))
    return TRUE;
  g_clear_pointer (tidy, g_free);
  reason = shy_identity_dup_reason (kinds[parameter->type], result);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s: %s"), parameter->title, reason);
  return FALSE;
}

/**
 * shy_lookup_set_parameter:
 * @self: a question that is not asked yet
 * @name: the name of a parameter
 * @value: what to send; empty for nothing
 * @error: return location for an error
 *
 * Says what is asked about.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the look-up has no such parameter, %SHY_ERROR_INVALID for a number
 * that cannot be one. The message does not hold @value.
 *
 * Returns: %FALSE with @error set if @value cannot be sent
 */
gboolean
shy_lookup_set_parameter (ShyLookup *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (SHY_IS_LOOKUP (self), FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  for (guint i = 0; i < self->lookup->parameters->len; i++)
    {
      const ShyLookupParameter *parameter = g_ptr_array_index (self->lookup->parameters, i);
      g_autofree char          *tidy = NULL;

      if (!g_str_equal (parameter->name, name))
        continue;
      if (*value != '\0' && !check_value (parameter, value, &tidy, error))
        return FALSE;
      shy_secrets_set (self->parameters, name, tidy);
      return TRUE;
    }
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The look-up “%s” has no parameter “%s”."), self->lookup->name, name);
  return FALSE;
}

/**
 * shy_lookup_check:
 * @self: a question
 * @error: return location for an error
 *
 * Says whether everything is there that the question needs.
 *
 * Errors: %SHY_ERROR_INVALID, which names what is missing.
 *
 * Returns: whether it can be asked
 */
gboolean
shy_lookup_check (ShyLookup *self, GError **error)
{
  g_return_val_if_fail (SHY_IS_LOOKUP (self), FALSE);

  for (guint i = 0; i < self->lookup->parameters->len; i++)
    {
      const ShyLookupParameter *parameter = g_ptr_array_index (self->lookup->parameters, i);

      if (parameter->required && shy_secrets_get (self->parameters, parameter->name) == NULL)
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                       _("“%s” is missing. Enter it first."), parameter->title);
          return FALSE;
        }
    }
  return TRUE;
}

/* Servers quote what they were sent: it does not go on from here. */
static void
fill_scope (ShyLookup *self, ShyRequestScope *scope, ShyScrub *scrub)
{
  for (guint i = 0; i < self->lookup->parameters->len; i++)
    {
      const ShyLookupParameter *parameter = g_ptr_array_index (self->lookup->parameters, i);
      const char *value = shy_secrets_get (self->parameters, parameter->name);

      shy_request_scope_set (scope, "lookup", parameter->name, value != NULL ? value : "");
      shy_scrub_add (scrub, value);
    }
}

static void
ask (ShyLookup *self, ShyExchange *exchange, ShyLookupAnswer *answer)
{
  ShyRequestScope scope = { .service = self->service, .secrets = self->secrets,
                     .url_base = exchange->url_base, .number = 1, .size = 1 };
  ShyLookupReading     reading = { self->lookup, &scope, answer };
  g_autoptr (ShyReply) reply = NULL;
  g_autoptr (GError)   error = NULL;

  scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fill_scope (self, &scope, exchange->scrub);
  /* The question is no part of what other requests share, so that a token is not asked for with
   * the number of a person beside it. */
  reply = shy_exchange_ask (exchange, &scope, self->lookup->request, self->lookup->shape->layers,
                            &error);
  if (reply != NULL)
    shy_lookup_read (&reading, reply);
  else
    shy_lookup_answer_doubt (answer, "%s", error->message);
  shy_request_scope_clear (&scope);
  if (answer->reason != NULL)
    {
      g_autofree char *reason = answer->reason;

      answer->reason = shy_scrub_text (exchange->scrub, reason);
    }
}

/**
 * shy_lookup_run:
 * @self: a question
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Asks in this thread and blocks it until there is an answer. A service that cannot be reached, or
 * that answers in a way that is not clear, gives an answer too: #SHY_LOOKUP_UNKNOWN with the reason.
 *
 * Errors: %SHY_ERROR_INVALID if something is missing that the question needs, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
ShyLookupAnswer *
shy_lookup_run (ShyLookup *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyExchange)     exchange = NULL;
  g_autoptr (ShyLookupAnswer) answer = NULL;
  g_autoptr (GError)          local = NULL;

  g_return_val_if_fail (SHY_IS_LOOKUP (self), NULL);

  if (!shy_lookup_check (self, error))
    return NULL;
  answer = shy_lookup_answer_new (self->service, self->lookup);
  if (!shy_exchange_check (self->service, self->secrets, self->url_base, &local))
    {
      shy_lookup_answer_doubt (answer, "%s", local->message);
      return g_steal_pointer (&answer);
    }
  exchange = shy_exchange_new (self->service, self->secrets, self->url_base);
  exchange->cancellable = cancellable;
  exchange->is_nothing = (ShyNothingFunc) shy_lookup_is_nothing;
  exchange->nothing = self->lookup;
  ask (self, exchange, answer);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL
                                                                    : g_steal_pointer (&answer);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError          *error = NULL;
  ShyLookupAnswer *answer = shy_lookup_run (source, cancellable, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) shy_lookup_answer_unref);
  else
    g_task_return_error (task, error);
}

/**
 * shy_lookup_run_async:
 * @self: a question
 * @cancellable: (nullable): to end it early
 * @callback: called in this thread at the end
 * @user_data: for @callback
 *
 * Asks in a thread of its own, as shy_lookup_run().
 */
void
shy_lookup_run_async (ShyLookup           *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SHY_IS_LOOKUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, shy_lookup_run_async);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * shy_lookup_run_finish:
 * @self: a question
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends shy_lookup_run_async().
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
ShyLookupAnswer *
shy_lookup_run_finish (ShyLookup *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
