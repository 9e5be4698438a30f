/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-case.h"

G_BEGIN_DECLS

/* How the list is ordered. */
typedef enum {
  SUBSIDY_ORDER_NEWEST,
  SUBSIDY_ORDER_NAME,   /* by pinyin */
  SUBSIDY_ORDER_COUNTY,
  SUBSIDY_ORDER_AMOUNT, /* the highest first */
} SubsidyOrder;

/*
 * The cases of the register, as a GListModel of SubsidyCase that reads from the database by pages
 * of 128 and keeps 32 of them. A change of a filter, or of the register, reads the list again without
 * blocking. Properties: "loading" tells that it is being read, "error-message" why it could not.
 * Signal "counted": subsidy_cases_get_totals() is new.
 */
#define SUBSIDY_TYPE_CASES (subsidy_cases_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCases, subsidy_cases, SUBSIDY, CASES, GObject)

SubsidyCases        *subsidy_cases_new        (ShyStore      *store);
void                 subsidy_cases_set_outcome (SubsidyCases *self,
                                               const char    *outcome);
void                 subsidy_cases_set_scope  (SubsidyCases  *self,
                                               const char    *scope);
void                 subsidy_cases_set_text   (SubsidyCases  *self,
                                               const char    *text);
void                 subsidy_cases_set_policy (SubsidyCases  *self,
                                               const char    *policy);
void                 subsidy_cases_set_batch  (SubsidyCases  *self,
                                               gint64         batch);
void                 subsidy_cases_set_order  (SubsidyCases  *self,
                                               SubsidyOrder   order);
void                 subsidy_cases_retry      (SubsidyCases  *self);
gboolean             subsidy_cases_is_loading (SubsidyCases  *self);
/* Cases of each outcome under all filters but "outcome". */
const SubsidyTotals *subsidy_cases_get_totals (SubsidyCases  *self);
/* For subsidy_results_export(): what is shown, in order; an array of gint64. */
GArray              *subsidy_cases_dup_ids    (SubsidyCases  *self);

G_END_DECLS
