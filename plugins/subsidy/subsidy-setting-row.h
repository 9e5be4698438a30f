/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

/*
 * SubsidyAnswerFunc:
 * @row: the row
 * @value: (nullable): what was chosen or typed, NULL for "not decided"
 * @data: what was given with the function
 *
 * Stores an answer.
 */
typedef void (*SubsidyAnswerFunc) (GtkWidget  *row,
                                   const char *value,
                                   gpointer    data);

GtkWidget *subsidy_setting_row_new  (const ShyPolicySetting *setting,
                                     SubsidyAnswerFunc       answer,
                                     gpointer                data);
void       subsidy_setting_row_show (GtkWidget              *row,
                                     const char             *value);

G_END_DECLS
