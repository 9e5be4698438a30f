/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "subsidy-case.h"
#include "subsidy-desk.h"

G_BEGIN_DECLS

/* One case: its facts on one side, the verdict on the other; it changes as one types. */
#define SUBSIDY_TYPE_CASE_VIEW (subsidy_case_view_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCaseView, subsidy_case_view, SUBSIDY, CASE_VIEW, AdwBin)

void subsidy_case_view_set_desk (SubsidyCaseView *self,
                                 SubsidyDesk     *desk);
void subsidy_case_view_show     (SubsidyCaseView *self,
                                 SubsidyCase     *chosen);

G_END_DECLS
