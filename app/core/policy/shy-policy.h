/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "policy/shy-policy-parts.h"

G_BEGIN_DECLS

#define SHY_TYPE_POLICY (shy_policy_get_type ())
G_DECLARE_FINAL_TYPE (ShyPolicy, shy_policy, SHY, POLICY, GObject)

ShyPolicy  *shy_policy_new_from_file      (const char           *path,
                                           GError              **error);
ShyPolicy  *shy_policy_new_from_bytes     (GBytes               *bytes,
                                           const char           *name,
                                           GError              **error);
ShyPolicy  *shy_policy_resolve            (ShyPolicy            *self,
                                           const char           *county,
                                           const GDate          *key_date,
                                           GHashTable           *settings,
                                           GError              **error);
char       *shy_policy_to_json            (ShyPolicy            *self);
GBytes     *shy_policy_get_text           (ShyPolicy            *self);
const char *shy_policy_get_digest         (ShyPolicy            *self);
const char *shy_policy_get_id             (ShyPolicy            *self);
const char *shy_policy_get_version        (ShyPolicy            *self);
const char *shy_policy_get_file           (ShyPolicy            *self);
const char *shy_policy_get_title          (ShyPolicy            *self);
const char *shy_policy_get_summary        (ShyPolicy            *self);
gboolean    shy_policy_is_application     (ShyPolicy            *self);
gboolean    shy_policy_is_effective       (ShyPolicy            *self,
                                           const GDate          *date);
const ShyPolicyDates *
            shy_policy_get_effective      (ShyPolicy            *self);
GPtrArray  *shy_policy_get_documents      (ShyPolicy            *self);
GPtrArray  *shy_policy_get_clauses        (ShyPolicy            *self);
GPtrArray  *shy_policy_get_settings       (ShyPolicy            *self);
GPtrArray  *shy_policy_get_imports        (ShyPolicy            *self);
GPtrArray  *shy_policy_get_fields         (ShyPolicy            *self);
GPtrArray  *shy_policy_get_criteria       (ShyPolicy            *self);
const ShyPolicyAmount *
            shy_policy_get_amount         (ShyPolicy            *self);
GPtrArray  *shy_policy_get_limits         (ShyPolicy            *self);
GPtrArray  *shy_policy_get_cases          (ShyPolicy            *self);
const ShyField *
            shy_policy_find_field         (ShyPolicy            *self,
                                           const char           *name);
const ShyPolicySetting *
            shy_policy_find_setting       (ShyPolicy            *self,
                                           const char           *name);
const ShyPolicyClause *
            shy_policy_find_clause        (ShyPolicy            *self,
                                           const char           *id);
const ShyPolicyCriterion *
            shy_policy_find_criterion     (ShyPolicy            *self,
                                           const char           *id);
const ShyField *
            shy_policy_get_person_field   (ShyPolicy            *self);
const ShyField *
            shy_policy_get_name_field     (ShyPolicy            *self);
const ShyField *
            shy_policy_get_paper_field    (ShyPolicy            *self);
const ShyField *
            shy_policy_get_employer_field (ShyPolicy            *self);
const ShyField *
            shy_policy_get_county_field   (ShyPolicy            *self);

G_END_DECLS
