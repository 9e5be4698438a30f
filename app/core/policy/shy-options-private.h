/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-decide-private.h"

G_BEGIN_DECLS

#define SHY_OPTION_FACTS 2 /* facts that one option changes at most */

/* Values for one fact or two, with which criteria that do not hold would hold. */
typedef struct {
  guint   n_facts;
  guint   slots[SHY_OPTION_FACTS];
  char   *texts[SHY_OPTION_FACTS]; /* (owned) canonical */
  guint64 helps;                   /* a bit for each criterion that does not hold */
  double  distance;                /* days, or units of the number; 1 for anything else */
} ShyOption;

GPtrArray *shy_decision_list_options (ShyDecision   *decision,
                                      GArray        *failed,
                                      const ShyMask *fixed,
                                      GCancellable  *cancellable);

G_END_DECLS
