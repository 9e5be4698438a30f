/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity.h"
#include "policy/shy-facts.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

char       *shy_policy_setting_normalize
                                      (const ShyPolicySetting *setting,
                                       const char          *text,
                                       GError             **error);
gboolean    shy_facts_take            (ShyFacts            *self,
                                       ShyPolicy           *policy,
                                       const char          *name,
                                       const char          *text,
                                       ShyFactOrigin        origin,
                                       const char          *place,
                                       GError             **error);
gboolean    shy_facts_read            (ShyFacts            *self,
                                       ShyPolicy           *policy,
                                       const char          *name,
                                       const char          *text,
                                       ShyFactOrigin        origin,
                                       const char          *place,
                                       GError             **error);
gboolean    shy_facts_take_setting    (ShyFacts            *self,
                                       ShyPolicy           *policy,
                                       const char          *name,
                                       const char          *text,
                                       GError             **error);
void        shy_facts_fill            (ShyFacts            *self,
                                       ShyPolicy           *policy);
char       *shy_unread_describe       (const ShyUnread *unread,
                                       const ShyField  *field);
ShyFacts   *shy_facts_new_from_json   (GBytes              *json,
                                       ShyPolicy           *policy,
                                       GError             **error);
ShyFacts   *shy_facts_new_from_case   (const ShyPolicyCase *given,
                                       ShyPolicy           *policy,
                                       GError             **error);

G_END_DECLS
