/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_CRITERION_ROW (shy_criterion_row_get_type ())
G_DECLARE_FINAL_TYPE (ShyCriterionRow, shy_criterion_row, SHY, CRITERION_ROW, GtkListBoxRow)

GtkWidget *shy_criterion_row_new_for_criterion (ShyVerdict                *verdict,
                                                const ShyVerdictCriterion *criterion);
GtkWidget *shy_criterion_row_new_for_limit     (ShyVerdict                *verdict,
                                                const ShyVerdictLimit     *limit);

G_END_DECLS
