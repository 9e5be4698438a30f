/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-import.h"

G_BEGIN_DECLS

/*
 * SubsidyProgress:
 *
 * Watches a long run on the command line from a thread of its own: tells how far it is where standard
 * error is a terminal, and cancels it on Ctrl+C.
 */
typedef struct _SubsidyProgress SubsidyProgress;

SubsidyProgress *subsidy_progress_begin (SubsidyImport   *import,
                                         GCancellable    *cancellable);
void             subsidy_progress_end   (SubsidyProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyProgress, subsidy_progress_end)

G_END_DECLS
