/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_APPLICATION (shy_application_get_type ())
G_DECLARE_FINAL_TYPE (ShyApplication, shy_application, SHY, APPLICATION, AdwApplication)

ShyApplication *shy_application_new         (void);
ShyEngine      *shy_application_get_engine  (ShyApplication *self);
ShyContext     *shy_application_get_context (ShyApplication *self);

G_END_DECLS
