/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* What became of a row: an outcome of ShyPolicyOutcome, or no application that could be decided. */
typedef enum {
  SUBSIDY_ELIGIBLE = SHY_POLICY_ELIGIBLE,
  SUBSIDY_NOT_ELIGIBLE = SHY_POLICY_NOT_ELIGIBLE,
  SUBSIDY_MATERIALS = SHY_POLICY_MATERIALS,
  SUBSIDY_PERSON = SHY_POLICY_PERSON,
  SUBSIDY_REJECTED,
} SubsidyOutcome;

#define SUBSIDY_N_OUTCOMES (SUBSIDY_REJECTED + 1)

/* How many rows came to which outcome. */
typedef struct
{
  guint of[SUBSIDY_N_OUTCOMES];
} SubsidyTotals;

/* One row of a spreadsheet with what was decided. */
typedef struct
{
  guint           number;   /* of the application in its file, from 1 */
  guint           row;      /* row of the sheet, from 1 */
  SubsidyOutcome  outcome;
  gint64          amount;   /* fen; 0 if nothing is granted */
  char           *county;   /* (owned) (nullable): code */
  char           *name;     /* (owned) (nullable): personal */
  char           *person;   /* (owned) (nullable): personal */
  char           *employer; /* (owned) (nullable): credit code */
  char           *facts;    /* (owned): JSON array */
  char           *verdict;  /* (owned): JSON object */
  char           *reason;   /* (owned) (nullable): title of what decided */
  char           *seen;     /* (owned) (nullable): what it rested on; subsidy_grounds_describe() */
  char           *words;    /* (owned) (nullable): what speaks against it, a line each; of a run */
  char           *basis;    /* (owned) (nullable): by which text it was decided, where that is not the
                             * policy of the run; JSON object of subsidy_provenance_to_json() */
  char           *keys;     /* (owned) (nullable): under which limits find it, a line each; personal */
} SubsidyRecord;

void           subsidy_record_clear     (SubsidyRecord        *self);
void           subsidy_record_copy      (SubsidyRecord        *self,
                                         const SubsidyRecord  *from);
void           subsidy_record_identify  (SubsidyRecord        *self,
                                         ShyPolicy            *policy,
                                         const ShyFacts       *facts);
void           subsidy_record_pack      (const SubsidyRecord  *self,
                                         GByteArray           *into);
gboolean       subsidy_record_unpack    (SubsidyRecord        *self,
                                         const char           *bytes,
                                         gsize                 length);
void           subsidy_record_append_json (const SubsidyRecord *self,
                                         GString              *text);
const char    *subsidy_outcome_to_word  (SubsidyOutcome        outcome);
gboolean       subsidy_outcome_parse    (const char           *word,
                                         SubsidyOutcome       *outcome);
const char    *subsidy_outcome_to_label (SubsidyOutcome        outcome);
char          *subsidy_totals_to_line   (const SubsidyTotals  *totals);
guint          subsidy_totals_sum       (const SubsidyTotals  *totals);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SubsidyRecord, subsidy_record_clear)

G_END_DECLS
