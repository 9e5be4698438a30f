/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"

G_BEGIN_DECLS

gboolean shy_schema_is_recorded (ShyConnection       *connection,
                                 const char          *component);
gboolean shy_schema_record      (ShyConnection       *connection,
                                 const char          *component,
                                 const char *const   *before,
                                 const char *const   *own,
                                 GError             **error);

G_END_DECLS
