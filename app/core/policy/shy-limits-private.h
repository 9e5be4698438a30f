/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-keys-private.h"
#include "policy/shy-verdict.h"

G_BEGIN_DECLS

/* What limits are measured on. */
typedef struct {
  ShyPolicy      *policy;   /* as it is in force */
  const ShyFacts *facts;
  const GDate    *day;      /* of the decision */
  ShyLikeness     likeness; /* (owned): of the applicant */
} ShyLimitCase;

void             shy_limit_case_init   (ShyLimitCase          *self,
                                        ShyPolicy             *policy,
                                        const ShyFacts        *facts,
                                        const GDate           *day);
void             shy_limit_case_clear  (ShyLimitCase          *self);
ShyVerdictLimit *shy_limit_apply       (const ShyPolicyLimit  *limit,
                                        const ShyLimitCase    *asked,
                                        gint64                *amount);

/* How a grant stands to a window. */
typedef enum {
  SHY_WINDOW_OUT,
  SHY_WINDOW_IN,
  SHY_WINDOW_OPEN, /* the day that years are counted from is not known */
} ShyWindowState;

void             shy_year_begin        (const GDate           *anchor,
                                        int                    years,
                                        GDate                 *day);
int              shy_year_index        (const GDate           *anchor,
                                        const GDate           *day);
gboolean         shy_window_get_anchor (const ShyPolicyWindow *self,
                                        const ShyFacts        *facts,
                                        GDate                 *anchor);
ShyWindowState   shy_window_hold       (const ShyPolicyWindow *self,
                                        const ShyLimitCase    *asked,
                                        const ShyGrant        *grant);
ShyWindowState   shy_window_find_year  (const ShyPolicyWindow *self,
                                        const ShyLimitCase    *asked,
                                        const ShyGrant        *grant,
                                        guint32               *year);
gboolean         shy_window_find_end   (const ShyPolicyWindow *self,
                                        const ShyLimitCase    *asked,
                                        const GDate           *first,
                                        GDate                 *end);

/* Why a limit came to its result. */
typedef enum {
  SHY_LIMIT_ROOM,
  SHY_LIMIT_CUT,      /* there is room for a part of the amount */
  SHY_LIMIT_HIT,      /* grants that are paid take all the room */
  SHY_LIMIT_ENDED,    /* the consecutive years are over */
  SHY_LIMIT_PENDING,  /* grants that are not known to be paid take it */
  SHY_LIMIT_RENAMED,  /* the same paper with another name takes it */
  SHY_LIMIT_ALIKE,    /* what may be the same person under another paper takes it */
  SHY_LIMIT_UNTOLD,   /* an earlier application does not say what would tell */
  SHY_LIMIT_YEARS,    /* there were as many grants as years, though not in as many years */
  SHY_LIMIT_PARTLY,   /* some of several values are used up */
  SHY_LIMIT_MONTHS,   /* there is room for a part of the months */
  SHY_LIMIT_UNSET,    /* the county has not said how much is allowed */
  SHY_LIMIT_READINGS, /* the text can be read in ways that come to different results */
  SHY_LIMIT_UNVERIFIED, /* it would refuse by a clause that nobody has verified */
  SHY_LIMIT_ASKING,   /* a fact is missing */
  SHY_LIMIT_UNLOOKED, /* earlier grants were not looked up */
} ShyLimitReason;

/* What a limit came to, by one reading of its window. */
typedef struct {
  ShyPolicyResult result;
  ShyLimitReason  reason;
  gint64          used;    /* by grants that are sure to count */
  gint64          cut;     /* fen */
  gint64          left;    /* of months */
  const ShyGrant *other;   /* (nullable): the latest of those in the way */
  char           *part;    /* (owned) (nullable): which of several values */
  const ShyField *missing; /* (nullable) */
  GDate           end;     /* of the consecutive years: the first day behind them */
} ShyLimitFinding;

char            *shy_limit_say         (const ShyPolicyLimit  *limit,
                                        const ShyLimitFinding *finding);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyLimitCase, shy_limit_case_clear)

G_END_DECLS
