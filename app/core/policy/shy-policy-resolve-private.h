/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-private.h"

G_BEGIN_DECLS

gboolean shy_policy_check_overrides (ShyPolicy  *self,
                                     GError    **error);

G_END_DECLS
