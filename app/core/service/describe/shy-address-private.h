/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shy_address_check_base (const char  *base,
                                 GError     **error);
gboolean shy_address_check_path (const char  *path,
                                 GError     **error);

G_END_DECLS
