/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShyPluginWatch ShyPluginWatch;

ShyPluginWatch *_shy_plugin_watch_begin   (const char     *id);
void            _shy_plugin_watch_end     (ShyPluginWatch *self);
gboolean        _shy_plugin_watch_blames  (const char     *id);
void            _shy_plugin_watch_forgive (const char     *id);

G_END_DECLS
