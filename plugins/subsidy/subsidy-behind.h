/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-row.h"
#include "subsidy-spool.h"

G_BEGIN_DECLS

/*
 * Writes down, on a thread of its own, the rows that were decided, in their order, while the next are
 * decided: that takes as long again, and no decision waits for it.
 */
typedef struct _SubsidyBehind SubsidyBehind;

SubsidyBehind *subsidy_behind_new    (ShyPolicy      *policy,
                                      SubsidySpool   *spool);
void           subsidy_behind_free   (SubsidyBehind  *self);
gboolean       subsidy_behind_add    (SubsidyBehind  *self,
                                      GPtrArray      *rows,
                                      GError        **error);
gboolean       subsidy_behind_finish (SubsidyBehind  *self,
                                      GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyBehind, subsidy_behind_free)

G_END_DECLS
