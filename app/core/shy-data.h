/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char *shy_data_get_dir  (void);
char       *shy_data_build    (const char  *first,
                               ...) G_GNUC_NULL_TERMINATED;
GBytes     *shy_data_load     (const char  *name,
                               GError     **error);

G_END_DECLS
