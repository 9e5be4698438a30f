/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-value-private.h"

G_BEGIN_DECLS

/* What one evaluation may spend: nested calls (they use the stack), and steps (they use time). */
#define SHY_FEEL_CALLS_MAX 1500
#define SHY_FEEL_STEPS_MAX 5000000

/* What calls count for, next to what they go through. */
#define SHY_FEEL_NATIVE_STEPS 100 /* a function of the program, as one that counts working days */
#define SHY_FEEL_POWER_STEPS  50  /* powers, logarithms, roots of 34 digits */

/* Feel makes a null of what goes wrong, and its operators make true or false of a null. A strict run,
 * as policies have it, keeps what went wrong: the first failure stays in @failure until the end,
 * unless the other members of an “and”, “or”, “some”, “every” or “in” decide without it. A null that
 * means only that nothing is there (an entry, an item, a setting) is no failure until something
 * calculates, compares or decides with it. */
typedef struct
{
  guint         depth;   /* of nested nodes */
  gint64        steps;   /* left; the work inside of functions and operators counts, too */
  const char   *spent;   /* not owned, (nullable): what to say when there are none left */
  gboolean      strict;
  ShyFeelValue *failure; /* (owned) (nullable): of a strict run, a null with its reason */
  ShyFeelValue *today;   /* not owned, (nullable): what today() gives instead of the clock's day */
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
ShyFeelValue *shy_feel_run_exhausted    (ShyFeelRun          *self);
void          shy_feel_run_note         (ShyFeelRun          *self,
                                         ShyFeelValue        *value);
gboolean      shy_feel_run_is_met       (ShyFeelRun          *self,
                                         ShyFeelValue        *condition);
void          shy_feel_run_weigh        (ShyFeelRun          *self,
                                         ShyFeelValue        *value);

/* Members of which one may decide for all, whatever failed in the others. */
typedef struct
{
  ShyFeelRun   *run;
  ShyFeelValue *outer; /* (owned) (nullable): what had failed before the first member */
  ShyFeelValue *kept;  /* (owned) (nullable): what failed in the members so far */
} ShyFeelTrial;

void          shy_feel_trial_begin      (ShyFeelTrial        *self,
                                         ShyFeelRun          *run);
gboolean      shy_feel_trial_failed     (ShyFeelTrial        *self);
void          shy_feel_trial_end        (ShyFeelTrial        *self,
                                         gboolean             decided);

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

ShyFeelValue *shy_feel_expression_evaluate_run
                                        (ShyFeelExpression   *self,
                                         const ShyFeelNode   *node,
                                         ShyFeelValue *const *values,
                                         ShyFeelRun          *run);
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
