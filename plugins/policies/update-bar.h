/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* A line above the policies that says how many updates wait; it is hidden while none does. */
#define POLICIES_TYPE_UPDATE_BAR (policies_update_bar_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesUpdateBar, policies_update_bar, POLICIES, UPDATE_BAR, AdwBin)

void policies_update_bar_set_context (PoliciesUpdateBar *self,
                                   ShyContext      *context);

G_END_DECLS
