/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/**
 * ShyPolicyOriginKind:
 * @SHY_POLICY_SHIPPED: it came with the program
 * @SHY_POLICY_SIGNED: somebody whom the bureau trusts signed it, and this register accepted it
 * @SHY_POLICY_LOCAL: nobody signed it; a person of this register adopted it
 *
 * By whose word a policy decides.
 */
typedef enum {
  SHY_POLICY_SHIPPED,
  SHY_POLICY_SIGNED,
  SHY_POLICY_LOCAL,
} ShyPolicyOriginKind;

/**
 * ShyPolicyOrigin: (skip)
 * @kind: by whose word it decides
 * @by: (nullable): who signed or adopted it
 * @digest: SHA-256 of the file, in hexadecimal
 *
 * Where a policy comes from.
 */
typedef struct
{
  ShyPolicyOriginKind kind;
  char               *by;
  char               *digest;
} ShyPolicyOrigin;

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
const ShyPolicyOrigin *
                   shy_policy_registry_get_origin       (ShyPolicyRegistry *self,
                                                         ShyPolicy         *policy);
char              *shy_policy_registry_build_own_folder (void);

ShyPolicyOrigin   *shy_policy_origin_new                (ShyPolicyOriginKind  kind,
                                                         const char          *by);
void               shy_policy_origin_free               (gpointer             self);
const char        *shy_policy_origin_to_word            (const ShyPolicyOrigin *self);
char              *shy_policy_origin_to_label           (const ShyPolicyOrigin *self);

G_END_DECLS
