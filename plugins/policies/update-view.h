/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/*
 * One update: who signed it, how the checks came out, what it changes and what it would decide
 * otherwise; below that, the person's answer.
 *
 * Signal "answered" (PoliciesUpdateAnswer): the person said something.
 */
#define POLICIES_TYPE_UPDATE_VIEW (policies_update_view_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesUpdateView, policies_update_view, POLICIES, UPDATE_VIEW, AdwBin)

void policies_update_view_show     (PoliciesUpdateView    *self,
                                    const ShyUpdateReview *review);
void policies_update_view_set_busy (PoliciesUpdateView    *self,
                                    gboolean               busy);

G_END_DECLS
