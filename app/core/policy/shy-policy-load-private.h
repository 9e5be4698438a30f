/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-reader-private.h"

G_BEGIN_DECLS

gboolean   shy_policy_load         (ShyPolicy        *policy,
                                    const char       *file,
                                    GError          **error);
ShyPolicy *shy_policy_new_from_json (ShyJsonDocument *json,
                                     const char      *file,
                                     GError         **error);
ShyPolicyType shy_policy_reader_type (ShyPolicyReader *reader,
                                      const ShyJson   *json);
char     **shy_policy_reader_values (ShyPolicyReader *reader,
                                     const ShyJson   *json,
                                     ShyPolicyType    type);
char      *shy_policy_reader_value (ShyPolicyReader  *reader,
                                    const ShyJson    *json,
                                    ShyPolicyType     type,
                                    char            **values,
                                    GHashTable       *synonyms);

G_END_DECLS
