/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-grounds.h"
#include "subsidy-record.h"

G_BEGIN_DECLS

/*
 * Decides the rows of one spreadsheet, one after the other, on one thread. A row is rejected when
 * nobody can say whose application it is: the person's or the employer's number is wrong or was
 * rounded by a spreadsheet, the county is not known or not the one that was asked for, or the person
 * stood in an earlier row already. Any other cell that cannot be read is kept with what stands there:
 * if it decides, a person reads it again, and the applicant is not asked for it.
 */
typedef struct _SubsidyDecider SubsidyDecider;


/* A row that was read, on its way to a judgement. All owned. */
typedef struct
{
  SubsidyRecord  record;   /* with facts; SUBSIDY_REJECTED with a verdict if it is no application */
  ShyFacts      *facts;
  GPtrArray     *warnings; /* of JsonObject: what the judge does not know of */
  SubsidyJudgement judgement; /* once it was judged, until it is written down */
} SubsidyReading;

SubsidyDecider *subsidy_decider_new      (ShyPolicy             *policy,
                                          ShyImport             *import,
                                          const char            *county,
                                          const GDate           *on,
                                          GError               **error);
void            subsidy_decider_free     (SubsidyDecider        *self);
SubsidyReading *subsidy_decider_read     (SubsidyDecider        *self,
                                          const ShySheetRecord  *row,
                                          guint                  number);
void            subsidy_reading_free     (SubsidyReading        *reading);
gboolean        subsidy_reading_judge    (SubsidyReading        *reading,
                                          SubsidyGrounds        *grounds,
                                          GCancellable          *cancellable,
                                          GError               **error);
void            subsidy_reading_write    (SubsidyReading        *reading,
                                          ShyPolicy             *policy);

/* A cell in JSON: "sheet" and "cell" of 申报汇总!C7. */
void            subsidy_json_add_cell    (JsonObject            *object,
                                          const char            *place);

/* JSON of the parts that are stored, also for a case that is decided again. */
char           *subsidy_facts_to_json    (const ShyFacts        *facts);
ShyFacts       *subsidy_facts_from_json  (const char            *json,
                                          GError               **error);
JsonArray      *subsidy_changes_to_json  (ShyVerdict            *verdict,
                                          GCancellable          *cancellable);
char           *subsidy_verdict_to_json  (ShyVerdict            *verdict,
                                          GPtrArray             *warnings,
                                          JsonArray             *changes);
char           *subsidy_verdict_dup_reason (ShyVerdict         *verdict);
char           *subsidy_reason_to_sentence (SubsidyOutcome      outcome,
                                           const char         *reason);
GPtrArray      *subsidy_json_kept_warnings (JsonObject          *verdict,
                                          const ShyFacts        *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyDecider, subsidy_decider_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyReading, subsidy_reading_free)

G_END_DECLS
