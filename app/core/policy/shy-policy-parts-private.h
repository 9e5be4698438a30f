/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-parts.h"

G_BEGIN_DECLS

gpointer shy_policy_find_part      (GPtrArray            *parts,
                                    const char           *name);
gboolean shy_policy_dates_contain  (const ShyPolicyDates *self,
                                    const GDate          *date);
gboolean shy_policy_dates_meet     (const ShyPolicyDates *a,
                                    const ShyPolicyDates *b);
void     shy_policy_dates_clear    (ShyPolicyDates       *self);

/* Each takes NULL too. */
void     shy_policy_document_free  (gpointer              data);
void     shy_policy_clause_free    (gpointer              data);
void     shy_policy_setting_free   (gpointer              data);
void     shy_policy_row_free       (gpointer              data);
void     shy_policy_table_free     (gpointer              data);
void     shy_policy_import_free    (gpointer              data);
void     shy_policy_derived_free   (gpointer              data);
void     shy_policy_relation_free  (gpointer              data);
void     shy_policy_criterion_free (gpointer              data);
void     shy_policy_amount_free    (gpointer              data);
void     shy_policy_limit_free     (gpointer              data);
void     shy_policy_step_free      (gpointer              data);
void     shy_policy_override_free  (gpointer              data);
void     shy_policy_fact_free      (gpointer              data);
void     shy_policy_grant_free     (gpointer              data);
void     shy_policy_expected_free  (gpointer              data);
void     shy_policy_case_free      (gpointer              data);

G_END_DECLS
