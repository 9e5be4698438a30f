/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-desk.h"

#include "shy.h"

G_BEGIN_DECLS

/*
 * A bar that tells of policies which cannot be used: how many, and on request which files, what is
 * wrong with each and where, and what to do. It is not there while there are none.
 */
#define SUBSIDY_TYPE_PROBLEMS (subsidy_problems_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyProblems, subsidy_problems, SUBSIDY, PROBLEMS, AdwBin)

void subsidy_problems_set_desk (SubsidyProblems *self,
                                SubsidyDesk     *desk);

G_END_DECLS
