/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-exchange-private.h"

#include <stdint.h>

/* Any bytes are a description or are refused with a reason. With what was read a request can be
 * built and signed, unless that fails with a reason. Nothing is sent. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Calls and tokens would ask the service: what they give is made up. */
static void
make_up (ShyRequestScope *scope, const ShyStep *step)
{
  for (guint i = 0; i < step->extracts->len; i++)
    shy_request_scope_set (scope, step->id,
                   ((const ShyExtract *) g_ptr_array_index (step->extracts, i))->name, "value");
}

static gboolean
sign (ShyService *service, ShyRequestScope *scope, GError **error)
{
  for (guint i = 0; i < service->steps->len; i++)
    {
      const ShyStep *step = g_ptr_array_index (service->steps, i);

      if (step->kind == SHY_STEP_CALL || step->kind == SHY_STEP_TOKEN)
        make_up (scope, step);
      else if (!shy_sign_step (scope, step, error))
        return FALSE;
    }
  for (guint i = 0; i < service->inject->len; i++)
    {
      const ShyInject *inject = g_ptr_array_index (service->inject, i);
      g_autofree char *value = shy_request_scope_expand (scope, inject->value, error);

      if (value == NULL || !shy_draft_inject (scope->request, inject, value, error))
        return FALSE;
    }
  return TRUE;
}

static void
build (ShyService *service, const ShyServiceStream *stream, ShySecrets *secrets)
{
  const ShyJson         *parts[] = { service->requester, stream->requester };
  ShyRequestScope               scope = { .service = service, .secrets = secrets, .size = 10 };
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyDraft)   draft = NULL;
  g_autoptr (ShyRequest) request = NULL;

  scope.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shy_moment_set (&scope.moment, G_GINT64_CONSTANT (1735689600000));
  draft = shy_draft_new (&scope, parts, G_N_ELEMENTS (parts), &error);
  scope.request = draft;
  if (draft != NULL && sign (service, &scope, &error))
    request = shy_draft_finish (draft);
  if ((request == NULL) != (error != NULL))
    g_error ("A request was not built without a reason, or built with one.");
  shy_request_scope_clear (&scope);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes)     bytes = g_bytes_new (data, size);
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = shy_service_new_from_bytes (bytes, "fuzz", &error);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();

  if ((service == NULL) != (error != NULL))
    g_error ("A description was refused without a reason, or taken with one.");
  if (service == NULL)
    return 0;
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    shy_secrets_set (secrets, shy_service_get_config (service, i)->name, "0123456789abcdef");
  for (guint i = 0; i < shy_service_get_n_streams (service); i++)
    build (service, shy_service_get_stream (service, i), secrets);
  return 0;
}
