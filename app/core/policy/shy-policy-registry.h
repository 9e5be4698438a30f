/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-origin.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

/**
 * ShyPolicyProblem: (skip)
 * @file: the file of a pack
 * @message: why it is not in the registry, with place and remedy
 *
 * A pack that was found but not taken.
 */
typedef struct
{
  char *file;
  char *message;
} ShyPolicyProblem;

#define SHY_TYPE_POLICY_REGISTRY (shy_policy_registry_get_type ())
G_DECLARE_FINAL_TYPE (ShyPolicyRegistry, shy_policy_registry, SHY, POLICY_REGISTRY, GObject)

ShyPolicyRegistry *shy_policy_registry_new              (void);
ShyPolicyRegistry *shy_policy_registry_new_adopted      (GHashTable        *adopted);
ShyPolicyRegistry *shy_policy_registry_new_for_folders  (const char *const *folders);
GPtrArray         *shy_policy_registry_get_policies     (ShyPolicyRegistry *self);
GPtrArray         *shy_policy_registry_get_problems     (ShyPolicyRegistry *self);
ShyPolicy         *shy_policy_registry_lookup           (ShyPolicyRegistry *self,
                                                         const char        *id,
                                                         const GDate       *date,
                                                         GError           **error);
ShyPolicy         *shy_policy_registry_activate         (ShyPolicyRegistry *self,
                                                         const char        *id,
                                                         const GDate       *date,
                                                         GError           **error);
ShyPolicy         *shy_policy_registry_find_text        (ShyPolicyRegistry *self,
                                                         const char        *digest);
GPtrArray         *shy_policy_registry_list_for_day     (ShyPolicyRegistry *self,
                                                         const GDate       *date);
char              *shy_policy_registry_build_own_folder (void);

G_END_DECLS
