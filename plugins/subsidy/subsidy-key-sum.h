/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * What the index by keys of limits holds, or how it changed: a sum over its rows, in any order, under
 * the secret of the database. It is bound to the journal, so that a key that was removed, added or
 * changed by another program shows without all applications being read.
 */
typedef struct
{
  gint64  held;   /* rows */
  guint64 sum[2];
} SubsidyKeySum;

void     subsidy_key_sum_count       (SubsidyKeySum  *self,
                                      const char     *secret,
                                      gint64          digest,
                                      gint64          number,
                                      gboolean        removed);
void     subsidy_key_sum_count_field (SubsidyKeySum  *self,
                                      const char     *policy,
                                      const char     *name,
                                      const char     *role);
gboolean subsidy_key_sum_store       (ShyConnection  *connection,
                                      SubsidyKeySum  *change,
                                      GError        **error);
gboolean subsidy_key_sum_prove       (ShyConnection  *connection,
                                      char          **why,
                                      GError        **error);

G_END_DECLS
