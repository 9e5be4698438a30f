/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-parts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether a type can have bounds: numbers, money, days and months. */
gboolean shy_policy_type_has_bounds (ShyPolicyType          type);

/* Whether a canonical value lies within bounds. The error does not name the field. */
gboolean shy_policy_bounds_check    (const ShyPolicyBounds *self,
                                     ShyPolicyType          type,
                                     const char            *text,
                                     GError               **error);
void     shy_policy_bounds_clear    (ShyPolicyBounds       *self);

G_END_DECLS
