/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_WORK_BUDGET (shy_work_budget_get_type ())
typedef struct _ShyWorkBudget ShyWorkBudget;

GType          shy_work_budget_get_type (void);
ShyWorkBudget *shy_work_budget_new      (gint64         steps);
ShyWorkBudget *shy_work_budget_ref      (ShyWorkBudget *self);
void           shy_work_budget_unref    (ShyWorkBudget *self);
gboolean       shy_work_budget_is_spent (ShyWorkBudget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyWorkBudget, shy_work_budget_unref)

G_END_DECLS
