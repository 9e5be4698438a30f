/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-secrets.h"

/* services_secrets_forget: removes them from memory and, where one runs, from the keyring. What is in
 * the environment is not ours. */
gboolean
services_secrets_forget (const char    *service,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GError) local = NULL;

  shy_secrets_memory_forget (service);
  if (shy_keyring_clear_service (service, cancellable, &local) ||
      g_error_matches (local, SHY_ERROR, SHY_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
