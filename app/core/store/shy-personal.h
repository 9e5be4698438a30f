/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

G_BEGIN_DECLS

char    *shy_personal_seal   (ShyConnection  *connection,
                              const char     *field,
                              gint64          row,
                              const char     *clear,
                              GError        **error);
char    *shy_personal_unseal (ShyConnection  *connection,
                              const char     *field,
                              gint64          row,
                              const char     *sealed,
                              GError        **error);
GBytes  *shy_personal_seal_bytes   (ShyConnection  *connection,
                                    const char     *field,
                                    gint64          row,
                                    GBytes         *clear,
                                    GError        **error);
GBytes  *shy_personal_unseal_bytes (ShyConnection  *connection,
                                    const char     *field,
                                    gint64          row,
                                    GBytes         *sealed,
                                    GError        **error);
gboolean shy_personal_check  (ShyConnection  *connection,
                              GError        **error);

G_END_DECLS
