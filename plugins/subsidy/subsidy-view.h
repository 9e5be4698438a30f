/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "subsidy-case.h"

G_BEGIN_DECLS

/*
 * The page: the list of cases, the import of a spreadsheet, one case. Actions on it:
 * "subsidy.show-list", "subsidy.open-case" (x: the number of a case).
 */
#define SUBSIDY_TYPE_VIEW (subsidy_view_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyView, subsidy_view, SUBSIDY, VIEW, AdwBin)

GtkWidget *subsidy_view_new  (ShyContext  *context);
void       subsidy_view_open (SubsidyView *self,
                              const char  *target);

G_END_DECLS
