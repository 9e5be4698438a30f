/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "shy.h"

G_BEGIN_DECLS

/*
 * What became of a spreadsheet: how many rows came to which outcome, and each row that could not be
 * decided with its reason, so that none is lost.
 */
#define SUBSIDY_TYPE_RESULT_VIEW (subsidy_result_view_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyResultView, subsidy_result_view, SUBSIDY, RESULT_VIEW, AdwBin)

void subsidy_result_view_show (SubsidyResultView *self,
                               ShyImport     *import);

G_END_DECLS
