/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "policy/shy-policy.h"

G_BEGIN_DECLS

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
 *
 * Where a policy comes from.
 */
typedef struct
{
  ShyPolicyOriginKind kind;
  char               *by;
} ShyPolicyOrigin;

ShyPolicyOrigin       *shy_policy_origin_new      (ShyPolicyOriginKind    kind,
                                                   const char            *by);
ShyPolicyOrigin       *shy_policy_origin_copy     (const ShyPolicyOrigin *self);
void                   shy_policy_origin_free     (gpointer               self);
gboolean               shy_policy_origin_parse    (const char            *word,
                                                   ShyPolicyOriginKind   *kind);
const char            *shy_policy_origin_to_word  (const ShyPolicyOrigin *self);
char                  *shy_policy_origin_to_label (const ShyPolicyOrigin *self);
void                   shy_policy_origin_add      (const ShyPolicyOrigin *self,
                                                   JsonObject            *object);
const ShyPolicyOrigin *shy_policy_get_origin      (ShyPolicy             *policy);
void                   shy_policy_set_origin      (ShyPolicy             *policy,
                                                   ShyPolicyOrigin       *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPolicyOrigin, shy_policy_origin_free)

G_END_DECLS
