/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The compound file ([MS-CFB]) in which old Excel files, and encrypted new ones, are wrapped: a
 * small file system of named streams. Only what a workbook needs. */
typedef struct _ShyOle ShyOle;

ShyOle     *shy_ole_new         (GBytes     *bytes);
void        shy_ole_free        (ShyOle     *self);
gboolean    shy_ole_has         (ShyOle     *self,
                                 const char *stream);
GByteArray *shy_ole_read        (ShyOle     *self,
                                 const char *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyOle, shy_ole_free)

G_END_DECLS
