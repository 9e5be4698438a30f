/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

guint shyctl_tell_crashed (ShyEngine *engine);

G_END_DECLS
