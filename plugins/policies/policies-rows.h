/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* Rows that the pages of the plugin have in common. Texts of packs are never markup. */

GtkWidget *policies_row_new        (const char           *title,
                                    const char           *subtitle);
void       policies_row_add_mark   (GtkWidget            *row,
                                    const char           *mark);
void       policies_row_make_door  (GtkWidget            *row);
GtkWidget *policies_line_row_new   (const char           *label,
                                    const char           *text);

/* A row that unfolds: a click, Enter or Space on its title. */
GtkWidget *policies_fold_new       (const char           *title,
                                    const char           *subtitle,
                                    const char           *mark);
void       policies_fold_add       (GtkWidget            *row,
                                    const char           *label,
                                    const char           *text,
                                    gboolean              expression);
void       policies_fold_open      (GtkWidget            *row);
GtkWidget *policies_fold_new_entry (const ShyPolicyEntry *entry);

G_END_DECLS
