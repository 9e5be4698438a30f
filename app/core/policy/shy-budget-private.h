/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-evaluate-private.h"
#include "policy/shy-work-budget.h"

G_BEGIN_DECLS

/* What deciding one application may take, over all conditions; and what each may take of it although
 * the budget of the whole run is spent: a hundred times what the conditions of our policies need. */
#define SHY_BUDGET_ROW_STEPS   20000000
#define SHY_BUDGET_SHARE_STEPS 100000

/* The steps of one application, as feel counts them. */
typedef struct {
  gint64         left;
  gboolean       short_run; /* the run, and not the application, has no more */
  ShyWorkBudget *run;       /* (owned) (nullable) */
  gint64         taken;     /* of the run */
} ShyBudget;

void   shy_budget_open      (ShyBudget     *self,
                             ShyWorkBudget *run);
void   shy_budget_close     (ShyBudget     *self);
gint64 shy_budget_lend      (ShyBudget     *self,
                             ShyFeelRun    *run);
void   shy_budget_take_back (ShyBudget     *self,
                             ShyFeelRun    *run,
                             gint64         lent);

G_END_DECLS
