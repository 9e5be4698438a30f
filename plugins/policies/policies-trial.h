/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* A case that somebody makes up, and how a policy would decide it. Nothing of it is stored. */
#define POLICIES_TYPE_TRIAL (policies_trial_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesTrial, policies_trial, POLICIES, TRIAL, AdwBin)

void policies_trial_show (PoliciesTrial *self,
                          ShyContext    *context,
                          ShyPolicy     *policy);

G_END_DECLS
