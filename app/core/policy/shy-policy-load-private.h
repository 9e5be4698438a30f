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
void       shy_policy_reader_field (ShyPolicyReader *reader,
                                    const ShyJson   *json,
                                    ShyField        *field);
char      *shy_policy_reader_value (ShyPolicyReader *reader,
                                    const ShyJson   *json,
                                    const ShyField  *field);

G_END_DECLS
