/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-page.h"

G_BEGIN_DECLS

#define SHY_TYPE_START (shy_start_get_type ())
G_DECLARE_FINAL_TYPE (ShyStart, shy_start, SHY, START, GObject)

ShyPage *shy_start_new (ShyEngine *engine);

G_END_DECLS
