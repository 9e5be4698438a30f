/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

/*
 * The columns of a spreadsheet with the field each was matched to, and its first rows. Signal
 * "assigned" (guint column, int field; -1 for none) when a person chooses another field.
 */
#define SUBSIDY_TYPE_MATCH_LIST (subsidy_match_list_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyMatchList, subsidy_match_list, SUBSIDY, MATCH_LIST, AdwBin)

void subsidy_match_list_show (SubsidyMatchList *self,
                              ShyHeaderMatch   *match,
                              ShyPolicy        *policy,
                              GPtrArray        *rows);

G_END_DECLS
