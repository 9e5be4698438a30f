/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SHY_TYPE_PLUGIN (shy_plugin_get_type ())
G_DECLARE_FINAL_TYPE (ShyPlugin, shy_plugin, SHY, PLUGIN, GObject)

const char *shy_plugin_get_id      (ShyPlugin *self);
const char *shy_plugin_get_name    (ShyPlugin *self);
const char *shy_plugin_get_summary (ShyPlugin *self);
const char *shy_plugin_get_version (ShyPlugin *self);
int         shy_plugin_get_order   (ShyPlugin *self);
gboolean    shy_plugin_get_enabled (ShyPlugin *self);
void        shy_plugin_set_enabled (ShyPlugin *self,
                                    gboolean   enabled);
gboolean    shy_plugin_get_loaded  (ShyPlugin *self);
const char *shy_plugin_get_problem (ShyPlugin *self);
gboolean    shy_plugin_get_crashed (ShyPlugin *self);
void        shy_plugin_enter       (ShyPlugin *self);
void        shy_plugin_leave       (ShyPlugin *self);

G_END_DECLS
