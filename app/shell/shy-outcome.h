/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

const char *shy_outcome_get_icon_name (ShyPolicyOutcome outcome);
const char *shy_outcome_get_css_class (ShyPolicyOutcome outcome);
const char *shy_result_get_icon_name  (ShyPolicyResult  result);
const char *shy_result_get_css_class  (ShyPolicyResult  result);
char       *shy_format_yuan           (gint64           fen);
char       *shy_format_day            (const GDate     *day);

G_END_DECLS
