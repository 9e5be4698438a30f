/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/* Applications under one policy as what a spreadsheet is taken in as. */
#define SUBSIDY_TYPE_TARGET (subsidy_target_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyTarget, subsidy_target, SUBSIDY, TARGET, ShyImportTarget)

SubsidyTarget *subsidy_target_new                (ShyPolicy      *policy,
                                                  const char     *county,
                                                  const GDate    *on);
SubsidyTarget *subsidy_target_new_for_withdrawal (void);
void           subsidy_target_set_work           (SubsidyTarget  *self,
                                                  gint64          steps);
void           subsidy_target_seek_changes       (SubsidyTarget  *self);
GPtrArray     *subsidy_target_get_turned         (SubsidyTarget  *self);

G_END_DECLS
