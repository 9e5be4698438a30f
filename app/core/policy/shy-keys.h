/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

char       *shy_key_fold            (const ShyField *field,
                                     const char     *text);
void        shy_keys_add            (GPtrArray            *keys,
                                     const char           *name,
                                     const char           *text,
                                     gboolean              several);
char      **shy_policy_dup_compared (ShyPolicy            *policy);
GPtrArray  *shy_policy_dup_keys     (ShyPolicy            *policy,
                                     const ShyFacts       *facts);
ShyGrant   *shy_grant_new           (ShyPolicy            *policy,
                                     const ShyFacts       *facts,
                                     const GDate          *date,
                                     gint64                fen);
GPtrArray  *shy_grant_dup_keys      (const ShyGrant       *self,
                                     ShyPolicy            *policy);

G_END_DECLS
