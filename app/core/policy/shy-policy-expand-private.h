/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"

G_BEGIN_DECLS

gboolean shy_policy_expand (ShyJsonDocument  *json,
                            const char       *file,
                            gboolean         *changed,
                            GError          **error);

G_END_DECLS
