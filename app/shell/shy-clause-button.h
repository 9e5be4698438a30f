/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_CLAUSE_BUTTON (shy_clause_button_get_type ())
G_DECLARE_FINAL_TYPE (ShyClauseButton, shy_clause_button, SHY, CLAUSE_BUTTON, AdwBin)

GtkWidget *shy_clause_button_new        (void);
void       shy_clause_button_set_clause (ShyClauseButton       *self,
                                         ShyPolicy             *policy,
                                         const ShyPolicyClause *clause);
void       shy_clause_button_popup      (ShyClauseButton       *self);

G_END_DECLS
