/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-verdict.h"

G_BEGIN_DECLS

/* What limits are measured on. */
typedef struct {
  const ShyFacts *facts;
  const GDate    *day;      /* of the decision: says which year is "the same" */
  const char     *person;   /* (nullable) */
  const char     *employer; /* (nullable) */
} ShyLimitCase;

ShyPolicyResult  shy_limit_judge (const ShyPolicyLimit *limit,
                                  const ShyLimitCase   *asked,
                                  gint64               *used);
ShyVerdictLimit *shy_limit_apply (const ShyPolicyLimit *limit,
                                  const ShyLimitCase   *asked,
                                  gint64               *amount);

G_END_DECLS
