/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-node-private.h"

G_BEGIN_DECLS

gboolean shy_feel_pattern_is_known (const ShyFeelPattern *self);
gboolean shy_feel_pattern_matches  (const ShyFeelPattern *self,
                                    ShyFeelValue         *value);

G_END_DECLS
