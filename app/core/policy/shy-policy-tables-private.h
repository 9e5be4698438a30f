/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-load-private.h"

#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-value.h"

G_BEGIN_DECLS

/* Figures by day and county: minimum wages, deadlines of one year. */

#define SHY_POLICY_TABLE_FUNCTION "table value"

gpointer            shy_policy_reader_table       (ShyPolicyReader        *reader,
                                                   const ShyJson          *json);
void                shy_policy_reader_check_calls (ShyPolicyReader        *reader,
                                                   const ShyJson          *json,
                                                   const ShyFeelNode      *node);
gboolean            shy_policy_row_is_supported   (const ShyPolicyRow     *row);
ShyFeelValue       *shy_policy_table_value        (ShyFeelValue *const    *arguments,
                                                   gsize                   n_arguments,
                                                   gpointer                user_data);

G_END_DECLS
