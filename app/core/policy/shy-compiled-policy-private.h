/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-private.h"
#include "policy/shy-rule-private.h"
#include "policy/shy-verdict-private.h"

G_BEGIN_DECLS

/* A name that expressions of a policy read. */
typedef struct {
  const char  *name;
  ShyFieldType type;
  char       **values;  /* (nullable) of a choice */
  gboolean     fact;    /* a field, which the applicant can supply */
  gboolean     setting; /* which the county can decide */
} ShySlot;

/* Slots are numbered: fields, settings, then these, then the functions of policies, then derived
 * names. */
enum {
  SHY_BUILTIN_ON,
  SHY_BUILTIN_KEY,
  SHY_BUILTIN_COUNTY,
  SHY_BUILTIN_HISTORY,
  SHY_N_BUILTINS,
};

typedef struct {
  const ShyPolicyCriterion *criterion;
  ShyRule                  *condition;
  ShyRule                  *refer; /* (nullable) */
  ShyRule                  *skip;  /* (nullable) */
  ShyMask                   reads; /* what these read, down to what is not derived */
  gboolean                  weak;  /* rests on what nobody verified: it cannot refuse */
} ShyCompiledCriterion;

/* A policy made ready for deciding. Immutable; lives and dies with its policy. */
typedef struct {
  ShyPolicy            *policy; /* not owned */
  ShySlot              *slots;
  guint                 n_slots;
  guint                 first_builtin;
  guint                 first_derived;
  GHashTable           *by_name;     /* name to slot + 1 */
  ShyRule             **derived;     /* in the order of the pack */
  ShyRule             **relations;   /* in the order of the pack */
  guint                 n_relations;
  ShyMask              *reads;       /* for each slot: the slots below it that are not derived */
  ShyCompiledCriterion *criteria;
  guint                 n_criteria;
  GPtrArray            *rules;       /* of ShyRule, not owned: all that criteria hang on */
  ShyRule              *key_date;    /* (nullable) */
  ShyRule              *amount;      /* (nullable) */
  ShyRule              *schedule;    /* (nullable) */
  ShyMask               unsettled;   /* settings with a value that nobody verified */
  gboolean              amount_weak; /* the amount rests on what nobody verified */
  gboolean              unfounded;   /* all that could grant rests on what nobody verified */
} ShyCompiledPolicy;

/* What a criterion may turn out to be. */
enum {
  SHY_MAY_BE_TRUE = 1,
  SHY_MAY_BE_FALSE = 2,
  SHY_MAY_BE_PERSON = 4,
  SHY_MAY_BE_SKIPPED = 8,
};

/* What an outcome may turn out to be, worst last: of several criteria the worst decides. */
enum {
  SHY_MAY_BE_ELIGIBLE = 1,
  SHY_MAY_NEED_PERSON = 2,
  SHY_MAY_BE_REFUSED = 4,
};

typedef struct {
  guint8        may;    /* never empty */
  guint8        truth;  /* what the condition alone may be, for the sentence of a referral */
  gboolean      error;  /* a person is needed because something gave no answer */
  gboolean      doubt;  /* a person is needed because what would decide is not verified */
  ShyMask       live;   /* missing facts that it hangs on */
  ShyFeelValue *answer; /* (owned) (nullable): what was neither true nor false */
} ShyFinding;

/* One application, evaluated by a compiled policy. */
typedef struct {
  const ShyCompiledPolicy *compiled;
  const ShyFacts          *facts;
  ShyRuleState             open;    /* settings that are not set are unknown */
  ShyRuleState             closed;  /* settings not set are null, as `refer` and `skip_unless` see */
  ShyMask                  missing; /* facts and settings without a value */
  ShyBudget                budget;
} ShyEvaluation;

/* All values that the missing facts of some criteria could take, tried. */
typedef struct {
  guint8   *may;      /* for each criterion of the policy: what it may be */
  guint8    outcomes; /* what the outcome may be */
  ShyMask   relevant; /* facts that can change the outcome */
  gboolean  exact;
} ShyProspects;

const ShyCompiledPolicy *shy_compiled_policy_get        (ShyPolicy               *policy,
                                                         GError                 **error);
void                     shy_compiled_policy_join_reads (const ShyCompiledPolicy *self,
                                                         const ShyRule           *rule,
                                                         ShyMask                 *reads);
void                     shy_compiled_policy_add_rules  (const ShyCompiledPolicy *self,
                                                         const ShyRule           *rule,
                                                         GPtrArray               *rules);

ShyEvaluation *shy_evaluation_new    (const ShyCompiledPolicy *compiled,
                                      const ShyFacts          *facts);
void           shy_evaluation_free   (ShyEvaluation           *self);
void           shy_evaluation_set    (ShyEvaluation           *self,
                                      guint                    slot,
                                      ShyFeelValue            *value);
void           shy_evaluation_derive (ShyEvaluation           *self,
                                      const ShyMask           *changed);
void           shy_evaluation_assume (ShyEvaluation           *self,
                                      const ShyMask           *slots,
                                      gboolean                 believe);
void           shy_evaluation_find   (ShyEvaluation           *self,
                                      guint                    criterion,
                                      ShyFinding              *finding);
void           shy_finding_clear     (ShyFinding              *finding);
guint8         shy_may_to_outcomes   (guint8                   may);
guint8         shy_outcomes_join     (guint8                   a,
                                      guint8                   b);

void shy_evaluation_find_prospects (ShyEvaluation    *self,
                                    const ShyFinding *findings,
                                    guint8            rest,
                                    ShyProspects     *prospects);
void shy_prospects_clear           (ShyProspects     *prospects);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyEvaluation, shy_evaluation_free)

G_END_DECLS
