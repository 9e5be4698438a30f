/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-case.h"

G_BEGIN_DECLS

/*
 * A case in words: as it was decided, which is what is stored, and as of today, which is what would be
 * decided now. They are two things, and never stand for each other.
 */
char    *subsidy_case_describe_decided (SubsidyCase   *self);
char    *subsidy_case_describe_outcome (SubsidyCase   *self);
char    *subsidy_case_describe_today   (SubsidyCase   *self,
                                        ShyVerdict    *verdict);
char    *subsidy_case_describe_difference (SubsidyCase *self,
                                        ShyVerdict    *verdict);
void     subsidy_case_print_text       (SubsidyCase   *self,
                                        ShyVerdict    *today,
                                        const GError  *unusable);
void     subsidy_case_print_json       (SubsidyCase   *self,
                                        ShyVerdict    *today,
                                        const GError  *unusable);
gboolean subsidy_case_report_change    (SubsidyCase   *self,
                                        ShyStore      *store,
                                        ShyPolicy     *policy,
                                        gboolean       json,
                                        GError       **error);
char    *subsidy_case_read_value       (const ShyField *field,
                                        const char     *text,
                                        GError        **error);

G_END_DECLS
