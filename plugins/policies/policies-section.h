/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies-catalogue.h"

G_BEGIN_DECLS

/* One part of a policy: what it says, entry by entry; or what counties decided about it. */
#define POLICIES_TYPE_SECTION (policies_section_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesSection, policies_section, POLICIES, SECTION, AdwBin)

void policies_section_show           (PoliciesSection      *self,
                                      ShyPolicy            *policy,
                                      ShyPolicySection      section,
                                      GPtrArray            *entries,
                                      const ShyPolicyEntry *wanted);
void policies_section_show_decisions (PoliciesSection      *self,
                                      ShyPolicy            *policy,
                                      const PoliciesWork   *work);

G_END_DECLS
