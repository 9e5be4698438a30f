/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-plugin.h"

#include <gmodule.h>

G_BEGIN_DECLS

#define SHY_TYPE_ENGINE (shy_engine_get_type ())
G_DECLARE_FINAL_TYPE (ShyEngine, shy_engine, SHY, ENGINE, GObject)

ShyEngine  *shy_engine_new               (void);
ShyEngine  *shy_engine_new_idle          (void);
void        shy_engine_retry             (ShyEngine  *self,
                                          ShyPlugin  *plugin);
GListModel *shy_engine_get_plugins       (ShyEngine  *self);
ShyPlugin  *shy_engine_find_plugin       (ShyEngine  *self,
                                          const char *id);
GListModel *shy_engine_create_extensions (ShyEngine  *self,
                                          GType       type);
ShyPlugin  *shy_engine_get_origin        (GObject    *extension);

#ifndef __GI_SCANNER__
/* What every plugin in C defines: it registers its types. A slip in its name does not compile. */
struct _PeasObjectModule;
G_MODULE_EXPORT void peas_register_types (struct _PeasObjectModule *module);
#endif

G_END_DECLS
