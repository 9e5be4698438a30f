/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_START_VIEW (shy_start_view_get_type ())
G_DECLARE_FINAL_TYPE (ShyStartView, shy_start_view, SHY, START_VIEW, AdwBin)

GtkWidget *shy_start_view_new (ShyEngine  *engine,
                               ShyContext *context);

G_END_DECLS
