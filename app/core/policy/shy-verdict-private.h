/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-verdict.h"

G_BEGIN_DECLS

/* Filled by the judge, read-only from then on, so that any thread may read it. */
struct _ShyVerdict
{
  GObject          parent_instance;
  ShyPolicy       *asked;     /* (owned): the policy that was asked about, before overrides */
  ShyPolicy       *policy;    /* (owned): as it is in force for the county and key date */
  ShyFacts        *facts;     /* (owned) */
  ShyPolicyOutcome outcome;
  gboolean         exact;
  gint64           amount;    /* fen; -1 if nothing is paid or it cannot be said */
  GArray          *schedule;  /* (owned): gint64 fen, year 1 first */
  GDate            key_date;
  GPtrArray       *criteria;  /* (owned) (element-type ShyVerdictCriterion) */
  GPtrArray       *limits;    /* (owned) (element-type ShyVerdictLimit) */
  char           **missing;   /* (owned) */
  char           **unread;    /* (owned) */
  GPtrArray       *warnings;  /* (owned) (element-type ShyVerdictWarning) */
};

ShyVerdict *shy_verdict_new         (ShyPolicy      *asked,
                                     ShyPolicy      *policy);
void        shy_verdict_add_warning (ShyVerdict     *self,
                                     const char     *code,
                                     const char     *subject,
                                     char           *message);

char       *shy_money_to_text       (gint64          fen);

G_END_DECLS
