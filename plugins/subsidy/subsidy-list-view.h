/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "subsidy-desk.h"

G_BEGIN_DECLS

/* The decided cases. One that is chosen is opened by the action subsidy.open-case. */
#define SUBSIDY_TYPE_LIST_VIEW (subsidy_list_view_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyListView, subsidy_list_view, SUBSIDY, LIST_VIEW, AdwBin)

void subsidy_list_view_set_desk     (SubsidyListView *self,
                                     SubsidyDesk     *desk);
void subsidy_list_view_show_outcome (SubsidyListView *self,
                                     const char      *outcome);
void subsidy_list_view_show_batch   (SubsidyListView *self,
                                     gint64           batch);

G_END_DECLS
