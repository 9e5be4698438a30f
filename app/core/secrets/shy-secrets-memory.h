/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"

G_BEGIN_DECLS

void shy_secrets_memory_set    (const char *service,
                                const char *origin,
                                const char *name,
                                const char *value);
void shy_secrets_memory_forget (const char *service);
void shy_secrets_add_memory    (ShySecrets *self,
                                const char *service,
                                const char *origin);

G_END_DECLS
