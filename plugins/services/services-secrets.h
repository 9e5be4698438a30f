/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* The keys of a service, from wherever this computer keeps them. Blocks. */
ShySecrets *services_secrets_load (const char   *service,
                                   GCancellable *cancellable);

G_END_DECLS
