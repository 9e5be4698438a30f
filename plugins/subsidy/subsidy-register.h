/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-grounds.h"
#include "subsidy-spool.h"
#include "subsidy-turn.h"

G_BEGIN_DECLS

/*
 * Jobs on the register, for shy_store_run(); each is one transaction. Wherever a decision is stored,
 * what it rests on is read again in the same transaction, and where that changed it is decided anew.
 */

/* What is taken in of a spreadsheet. */
typedef struct
{
  ShyImportCommit *import;
  ShyPolicy       *policy;
  GDate            on;
  GPtrArray       *turned; /* of SubsidyTurn: out */
  gint64           work;   /* steps that rows which are decided anew may take beside their shares */
  gboolean         spent;  /* whether that was not enough for one of them; out */
} SubsidyCommit;

gboolean subsidy_register_commit       (ShyConnection  *connection,
                                        SubsidyCommit  *commit,
                                        GCancellable   *cancellable,
                                        GError        **error);

/* What a decision on one case says, new or again. */
typedef struct
{
  gint64          id;       /* 0 for a new case */
  guint           revision; /* the one that was read; 0 for a new case */
  gint64          batch;    /* 0 if it came alone */
  ShyPolicy      *policy;
  const ShyFacts *facts;    /* the applicant's, with day and county */
  GPtrArray      *warnings; /* of JsonObject: what the judge does not know of */
  const char     *reason;   /* (nullable): why it is stored although the clock fell back */
  SubsidyRecord   record;   /* row; what was shown; out: what was stored (owned) */
  SubsidyTurn    *turned;   /* (owned) (nullable): out, if it was stored otherwise than shown */
  GPtrArray      *others;   /* (owned) of SubsidyTurn: out: other cases that would now turn */
} SubsidyDecision;

void     subsidy_decision_clear        (SubsidyDecision *decision);
gboolean subsidy_register_amend        (ShyConnection   *connection,
                                        gpointer         decision,
                                        GCancellable    *cancellable,
                                        GError         **error);

/* An application that is withdrawn. */
typedef struct
{
  gint64      id;
  const char *reason;
  const char *clock_reason; /* (nullable): why it is stored although the clock fell back */
  GPtrArray  *others;       /* (owned) of SubsidyTurn: out: other cases that would now turn */
} SubsidyWithdrawal;

gboolean subsidy_register_withdraw     (ShyConnection  *connection,
                                        gpointer        withdrawal,
                                        GCancellable   *cancellable,
                                        GError        **error);

gboolean subsidy_register_withdraw_batch (ShyConnection *connection,
                                        gint64          batch,
                                        const char     *reason,
                                        JsonObject     *details,
                                        GError        **error);

gboolean subsidy_register_prove         (ShyConnection  *connection,
                                        const char     *table,
                                        gint64          id,
                                        GError        **error);

G_END_DECLS
