/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-secrets.h"

ShySecrets *
services_secrets_load (const char   *service,
                       GCancellable *cancellable)
{
  ShySecrets *secrets = shy_secrets_new ();

  shy_secrets_add_environment (secrets, service);
  shy_secrets_add_keyring (secrets, service, cancellable);
  return secrets;
}
