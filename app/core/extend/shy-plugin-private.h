/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-plugin.h"

#include <libpeas/peas.h>

G_BEGIN_DECLS

ShyPlugin      *_shy_plugin_new         (PeasPluginInfo *info);
PeasPluginInfo *_shy_plugin_get_info    (ShyPlugin      *self);
void            _shy_plugin_set_loaded  (ShyPlugin      *self,
                                         gboolean        loaded);
void            _shy_plugin_set_problem (ShyPlugin      *self,
                                         const char     *problem);
void            _shy_plugin_forgive     (ShyPlugin      *self);

G_END_DECLS
