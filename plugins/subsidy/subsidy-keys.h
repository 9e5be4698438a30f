/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/* The index of the register by the keys of limits. All of it runs in jobs of the store. */
gboolean subsidy_keys_prepare      (ShyConnection   *connection,
                                    ShyPolicy       *policy,
                                    GError         **error);
gboolean subsidy_keys_are_complete (ShyConnection   *connection,
                                    ShyPolicy       *policy,
                                    gboolean        *complete,
                                    GError         **error);
GArray  *subsidy_keys_find         (ShyConnection   *connection,
                                    GPtrArray       *keys,
                                    GError         **error);
gboolean subsidy_keys_are_of       (SubsidyOutcome   outcome);
char    *subsidy_keys_to_text      (ShyPolicy       *policy,
                                    const ShyFacts  *facts);
gboolean subsidy_keys_index_new    (ShyConnection   *connection,
                                    ShyPolicy       *policy,
                                    gint64           number,
                                    const SubsidyRecord *record,
                                    GError         **error);
gboolean subsidy_keys_index        (ShyConnection   *connection,
                                    ShyPolicy       *policy,
                                    gint64           number,
                                    GError         **error);

G_END_DECLS
