/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-value-private.h"

G_BEGIN_DECLS

/* What one evaluation may spend: nested calls (they use the stack), and steps (they use time). */
#define SHY_FEEL_CALLS_MAX 1500
#define SHY_FEEL_STEPS_MAX 5000000

typedef struct
{
  guint  depth; /* of nested nodes */
  gint64 steps; /* left */
} ShyFeelRun;

/* The running of one function, or of the expression itself. */
typedef struct
{
  ShyFeelRun          *run;
  ShyFeelExpression   *expression;
  ShyFeelValue *const *slots;  /* values given from outside; NULL inside of functions */
  ShyFeelValue       **locals; /* each (owned) (nullable) */
} ShyFeelEval;

typedef ShyFeelValue *(*ShyFeelEvaluator) (ShyFeelEval       *eval,
                                           const ShyFeelNode *node);

ShyFeelValue *shy_feel_eval             (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
void          shy_feel_eval_set_local   (ShyFeelEval         *self,
                                         guint                slot,
                                         ShyFeelValue        *value);
gboolean      shy_feel_run_spend        (ShyFeelRun          *self,
                                         gint64               steps);
ShyFeelValue *shy_feel_run_exhausted    (void);
void          shy_feel_run_weigh        (ShyFeelRun          *self,
                                         ShyFeelValue        *result);

ShyFeelValue *shy_feel_eval_in          (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_range       (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_test        (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_between     (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_for         (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_quantified  (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_filter      (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_call        (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);
ShyFeelValue *shy_feel_eval_function    (ShyFeelEval         *self,
                                         const ShyFeelNode   *node);

ShyFeelValue *shy_feel_get_property     (ShyFeelValue        *value,
                                         const char          *name);
ShyFeelValue *shy_feel_find_entry       (ShyFeelValue        *context,
                                         const char          *name);
ShyFeelDateTime shy_feel_to_date_time   (ShyFeelValue        *value);
ShyFeelValue *shy_feel_negate           (ShyFeelValue        *value);
ShyFeelValue *shy_feel_make_range       (ShyFeelValue        *start,
                                         gboolean             start_included,
                                         ShyFeelValue        *end,
                                         gboolean             end_included);
ShyFeelValue *shy_feel_call_external    (ShyFeelValue        *mapping,
                                         ShyFeelValue *const *arguments,
                                         guint                n_arguments);
ShyFeelValue *shy_feel_call             (ShyFeelRun          *run,
                                         ShyFeelValue        *function,
                                         ShyFeelValue *const *arguments,
                                         guint                n_arguments,
                                         const char *const   *names);

G_END_DECLS
