/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"

G_BEGIN_DECLS

/* What the core's own tables are versioned under. */
#define SHY_MIGRATIONS_CORE "core"

gboolean shy_migrations_are_ours (ShyConnection  *connection,
                                  GError        **error);
gboolean shy_migrations_found    (ShyConnection  *connection,
                                  GError        **error);
gboolean shy_migrations_apply    (ShyConnection  *connection,
                                  const char     *component,
                                  GFile          *folder,
                                  gboolean        write,
                                  GError        **error);

G_END_DECLS
