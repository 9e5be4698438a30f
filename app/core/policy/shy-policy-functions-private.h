/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-value.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

/* The functions that expressions of policies have beside those of FEEL: the named rules by which
 * periods are counted. */

const char *const *shy_policy_function_get_names (void);
ShyFeelValue      *shy_policy_function_get       (guint index);
ShyFeelValue      *shy_policy_function_get_for   (ShyPolicy *policy,
                                                  guint      index);
ShyFeelValue      *shy_policy_function_new_tables (GPtrArray *tables);

G_END_DECLS
