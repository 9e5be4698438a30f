/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyNewFile: (skip)
 *
 * A file on its way: it is written beside its target, which only its owner may read, and takes the
 * target's place whole.
 */
typedef struct _ShyNewFile ShyNewFile;

ShyNewFile *shy_new_file_create        (const char  *path,
                                        GError     **error);
int         shy_new_file_get_fd        (ShyNewFile  *self);
const char *shy_new_file_get_temporary (ShyNewFile  *self);
gboolean    shy_new_file_commit        (ShyNewFile  *self,
                                        gboolean     replace,
                                        GError     **error);
void        shy_new_file_free          (ShyNewFile  *self);

gboolean    shy_new_file_check_apart   (const char  *path,
                                        const char  *input,
                                        GError     **error);
gboolean    shy_new_file_check         (const char  *path,
                                        const char  *input,
                                        gboolean     replace,
                                        GError     **error);
gboolean    shy_new_file_write         (const char  *path,
                                        const char  *text,
                                        gssize       length,
                                        gboolean     replace,
                                        GError     **error);
void        shy_new_file_set_error     (const char  *path,
                                        int          reason,
                                        GError     **error);
gboolean    shy_new_file_sync_folder   (const char  *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyNewFile, shy_new_file_free)

G_END_DECLS
