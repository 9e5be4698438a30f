/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_SCOPE_BUTTON (shy_scope_button_get_type ())
G_DECLARE_FINAL_TYPE (ShyScopeButton, shy_scope_button, SHY, SCOPE_BUTTON, AdwBin)

void shy_scope_button_set_context (ShyScopeButton *self,
                                   ShyContext     *context);
void shy_scope_button_popup       (ShyScopeButton *self);

G_END_DECLS
