/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-private.h"

G_BEGIN_DECLS

gboolean shy_policy_document_supports  (const ShyPolicyDocument *document);
gboolean shy_policy_clause_supports    (const ShyPolicyClause   *clause);
gboolean shy_policy_override_supports  (const ShyPolicyOverride *override);
gboolean shy_policy_setting_is_settled (const ShyPolicySetting  *setting);
gboolean shy_policy_setting_settles    (const ShyPolicySetting  *setting,
                                        const ShyPolicyClause   *clause);
gboolean shy_policy_part_is_supported  (const ShyPolicyClause   *clause,
                                        ShyPolicySource          source,
                                        const ShyPolicyOverride *override);
gboolean shy_policy_dates_decide       (ShyPolicy               *policy);
char    *shy_policy_describe_doubt     (const ShyPolicyClause   *clause,
                                        const ShyPolicyOverride *override);

G_END_DECLS
