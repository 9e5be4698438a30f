/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "province.h"

G_BEGIN_DECLS

/* Connects a database with the province at @base: services marked as samples, asked there instead
 * of where they really are. */
gboolean  province_connect         (const char  *database,
                                    const char  *base,
                                    GError     **error);

/* The secrets of those services as "NAME=value", as the program takes them from its environment.
 * (transfer full) */
char    **province_dup_environment (void);

G_END_DECLS
