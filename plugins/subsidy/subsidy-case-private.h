/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-case.h"
#include "subsidy-grounds.h"
#include "subsidy-turn.h"

G_BEGIN_DECLS

/* What a list shows of a case. The strings are owned. */
typedef struct
{
  gint64         id;
  gint64         batch;      /* 0 if it came alone */
  guint          row;        /* of the sheet; 0 if it came alone */
  char          *policy;
  char          *version;
  char          *county;
  char          *decided_on;
  SubsidyOutcome outcome;
  gint64         amount;     /* fen */
  char          *name;       /* personal */
  char          *person;     /* personal */
  guint          revision;
  char          *reason;     /* (nullable) */
  char          *provenance; /* (nullable): by whose word the policy decided, for people */
  char          *withdrawn_at; /* (nullable): when it was withdrawn, in UTC */
} SubsidySummary;

/* What is read when a case is opened. All owned; it never changes, so that a worker may read it
 * while the case takes another. */
struct _SubsidyDetail
{
  ShyFacts       *facts;    /* as stored, with day and county, without the past */
  JsonNode       *verdict;  /* as stored */
  gint64          id;
  char           *digest;   /* (nullable): of the pack that decided */
  char           *title;    /* (nullable): what that pack calls itself */
  ShyPolicyOrigin *origin;  /* (nullable): by whose word that pack decided */
  char           *decided_at; /* when it was stored, in UTC */
  char           *actor;    /* who stored it */
  char           *withdrawn_for; /* (nullable): why it was withdrawn */
  ShyPolicy      *policy;   /* (nullable): decides it as of today */
  ShyStore       *store;    /* where that looks up what it rests on */
};

struct _SubsidyCase
{
  GObject         parent_instance;
  gint64          id;
  SubsidySummary *summary; /* (owned) (nullable): until it was read */
  SubsidyDetail  *detail;  /* (owned) (nullable): until it was opened */
  SubsidyTurn    *turned;  /* (owned) (nullable): if it was stored otherwise than shown */
  GPtrArray      *others;  /* (owned) (nullable) of SubsidyTurn: that would now turn */
};

#define SUBSIDY_SUMMARY_COLUMNS \
  "id, batch, row_number, policy, policy_version, county, decided_on, outcome, amount, name, " \
  "person, revision, reason, withdrawn_at, "                                                       \
  "(SELECT p.origin || ' ' || COALESCE (p.person, '') FROM subsidy_revision r "                     \
  "JOIN subsidy_provenance p ON p.id = r.provenance "                                               \
  "WHERE r.case_id = subsidy_case.id AND r.revision = subsidy_case.revision)"

void     subsidy_summary_free (gpointer         summary);
gpointer subsidy_summary_read (ShyConnection   *connection,
                               ShyStatement    *row,
                               GError         **error);
char    *subsidy_summary_dup_provenance (const SubsidySummary *summary);
void     subsidy_case_fill    (SubsidyCase     *self,
                               SubsidySummary  *summary);

G_END_DECLS
