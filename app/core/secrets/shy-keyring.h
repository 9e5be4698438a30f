/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean shy_keyring_is_available  (GCancellable  *cancellable);
gboolean shy_keyring_store         (const char    *service,
                                    const char    *origin,
                                    const char    *name,
                                    const char    *value,
                                    GCancellable  *cancellable,
                                    GError       **error);
char    *shy_keyring_lookup        (const char    *service,
                                    const char    *origin,
                                    const char    *name,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean shy_keyring_clear         (const char    *service,
                                    const char    *name,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean shy_keyring_clear_service (const char    *service,
                                    GCancellable  *cancellable,
                                    GError       **error);
void     shy_secrets_add_keyring   (ShySecrets    *self,
                                    const char    *service,
                                    const char    *origin,
                                    GCancellable  *cancellable);

G_END_DECLS
