/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-registry.h"
#include "store/shy-store.h"
#include "update/shy-update.h"

G_BEGIN_DECLS

ShyPolicyRegistry *shy_policies_load            (const char       *database,
                                                 GError          **error);
ShyPolicyRegistry *shy_policies_load_from_store (ShyStore         *store,
                                                 GError          **error);
gboolean           shy_policies_check_current   (ShyConnection    *connection,
                                                 ShyPolicy        *policy,
                                                 GError          **error);
char              *shy_policies_adopt           (ShyStore         *store,
                                                 const char       *path,
                                                 const char       *reason,
                                                 GError          **error);
gboolean           shy_policies_prove_update    (ShyStore         *store,
                                                 const ShyUpdate  *update,
                                                 char            **signer,
                                                 char            **why,
                                                 GError          **error);

G_END_DECLS
