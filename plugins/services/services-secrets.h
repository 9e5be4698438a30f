/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* Blocks. */
gboolean services_secrets_forget (const char    *service,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
