/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-changes.h"
#include "policy/shy-policy-private.h"

G_BEGIN_DECLS

ShyChange *shy_change_new      (const GDate          *on,
                                ShyPolicyOutcome      outcome);
void       shy_change_add_step (ShyChange      *change,
                                const ShyField *field,
                                const char     *from,
                                const char     *to,
                                gboolean        by_waiting);
void       shy_change_say      (ShyChange            *change,
                                gboolean              waits);

G_END_DECLS
