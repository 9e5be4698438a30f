/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-compiled-policy-private.h"
#include "policy/shy-limits-private.h"

G_BEGIN_DECLS

/* A decision while it is made. */
typedef struct {
  ShyPolicy      *asked;          /* not owned */
  gboolean        alone;          /* as if there were no other version of the policy */
  const ShyFacts *facts;          /* not owned: those that count, @settled */
  ShyFacts       *filled;         /* (owned): as given, with what the resident ID says */
  ShyFacts       *settled;        /* (owned): the same without what contradicts each other */
  GPtrArray      *contradictions; /* (owned) (nullable) */
  ShyPolicy      *policy;         /* (owned): as it is in force */
  ShyEvaluation  *evaluation;     /* (owned) */
  ShyFinding     *findings;       /* (owned): for each criterion */
  ShyProspects    prospects;
  GDate           key;            /* not valid: not known */
  ShyMask         key_live;       /* missing facts that the key date hangs on */
  gboolean        key_error;      /* the key date cannot be found whatever is missing */
  GDate           on;
  ShyVerdict     *verdict;        /* (owned) */
  guint8          rest;           /* what limits, group and dates leave of the outcome */
  ShyMask         asking;         /* missing facts that limits, group and dates hang on */
  gboolean        rules_open;     /* which county's rules apply is not known */
  gboolean        amount_open;    /* the amount hangs on missing facts */
  ShyMask         amount_live;    /* which those are */
  ShyMask         unread;         /* what is unknown because it cannot be read */
} ShyDecision;

gboolean shy_decision_open                (ShyDecision           *self,
                                           ShyPolicy             *policy,
                                           const ShyFacts        *facts,
                                           GError               **error);
void     shy_decision_clear               (ShyDecision           *self);
gboolean shy_decision_evaluate            (ShyDecision           *self,
                                           ShyPolicy             *policy,
                                           const ShyFacts        *facts,
                                           GError               **error);
void     shy_decision_report              (ShyDecision           *self);
void     shy_decision_add                 (ShyDecision           *self,
                                           const char            *id,
                                           const char            *title,
                                           const ShyPolicyClause *clause,
                                           ShyPolicyResult        result,
                                           char                  *message,
                                           const ShyMask         *missing);
void     shy_decision_warn                (ShyDecision           *self);
gboolean shy_decision_settle              (ShyDecision           *self,
                                           ShyEvaluation         *evaluation);
void     shy_decision_tell_contradictions (ShyDecision           *self);
void     shy_decision_name_facts          (ShyDecision           *self,
                                           char                 **fields);
void     shy_decision_find_unread         (ShyDecision           *self);
void     shy_decision_doubt_identity      (ShyDecision           *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyDecision, shy_decision_clear)

ShyVerdict *shy_policy_decide_alone (ShyPolicy      *policy,
                                     const ShyFacts *facts,
                                     GError        **error);

G_END_DECLS
