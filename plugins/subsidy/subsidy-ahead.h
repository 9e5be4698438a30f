/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-notes.h"
#include "subsidy-row.h"

G_BEGIN_DECLS

/*
 * Reads the rows of a spreadsheet on a thread of its own, ahead of the one that decides them: the rows
 * come out in their order, and at most a few hundred wait. While it lives, table, decider and the
 * hidden rows of the notes are its alone.
 */
typedef struct _SubsidyAhead SubsidyAhead;

SubsidyAhead *subsidy_ahead_new  (ShySheetTable   *table,
                                  SubsidyDecider  *decider,
                                  SubsidyNotes    *notes,
                                  ShyWorkBudget   *budget);
void          subsidy_ahead_free (SubsidyAhead    *self);
GPtrArray    *subsidy_ahead_next (SubsidyAhead    *self,
                                  double          *progress,
                                  GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyAhead, subsidy_ahead_free)

G_END_DECLS
