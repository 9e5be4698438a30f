/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SHY_TYPE_CONTEXT (shy_context_get_type ())
G_DECLARE_FINAL_TYPE (ShyContext, shy_context, SHY, CONTEXT, GObject)

ShyContext *shy_context_new            (const char *database);
const char *shy_context_get_database   (ShyContext *self);
const char *shy_context_get_scope      (ShyContext *self);
void        shy_context_set_scope      (ShyContext *self,
                                        const char *scope);
gboolean    shy_context_covers         (ShyContext *self,
                                        const char *county);
GSettings  *shy_context_get_settings   (ShyContext *self);

G_END_DECLS
