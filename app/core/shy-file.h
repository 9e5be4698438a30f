/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A pack, an update or a description; what is longer is none. */
#define SHY_FILE_MAX_TEXT (16 * 1024 * 1024)

gboolean shy_file_get_contents (const char  *path,
                                char       **contents,
                                gsize       *length,
                                GError     **error);
void     shy_file_set_open_error (const char   *path,
                                const GError *reason,
                                GError     **error);

G_END_DECLS
