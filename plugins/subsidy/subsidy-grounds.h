/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-history.h"
#include "subsidy-record.h"

G_BEGIN_DECLS

/*
 * What a decision rests on beside the facts of the applicant: what the counties set, and who was
 * granted what. It is read in a job, and read again in the transaction that stores the decision.
 * Every verdict of this plugin is made here, so that nobody can be decided in two ways.
 */
typedef struct _SubsidyGrounds SubsidyGrounds;

/* A judgement that was made, with what it takes to write it down. All owned. */
typedef struct
{
  ShyVerdict *verdict;
  ShyFacts   *told;    /* with what was known of the past */
  JsonArray  *changes; /* (nullable): what would change it, if somebody looks */
} SubsidyJudgement;

void            subsidy_judgement_clear (SubsidyJudgement *self);
void            subsidy_judgement_write (SubsidyJudgement *self,
                                         ShyPolicy        *policy,
                                         const ShyFacts   *facts,
                                         GPtrArray        *warnings,
                                         SubsidyRecord    *record);

SubsidyGrounds *subsidy_grounds_new    (ShyPolicy        *policy);
void            subsidy_grounds_free   (SubsidyGrounds   *self);
void            subsidy_grounds_begin  (SubsidyGrounds   *self);
gboolean        subsidy_grounds_read   (SubsidyGrounds   *self,
                                        ShyConnection    *connection,
                                        const ShyFacts   *facts,
                                        GError          **error);
void            subsidy_grounds_seek_changes (SubsidyGrounds *self);
gboolean        subsidy_grounds_tell   (SubsidyGrounds   *self,
                                        ShyFacts         *facts,
                                        gint64            own,
                                        GError          **error);
ShyVerdict     *subsidy_grounds_decide (SubsidyGrounds   *self,
                                        const ShyFacts   *facts,
                                        gint64            own,
                                        GError          **error);
char           *subsidy_grounds_describe (SubsidyGrounds *self,
                                        const ShyFacts   *facts,
                                        gint64            own);
gboolean        subsidy_grounds_settle (SubsidyGrounds   *self,
                                        const ShyFacts   *facts,
                                        gint64            own,
                                        GPtrArray        *warnings,
                                        SubsidyRecord    *record,
                                        SubsidyJudgement *judgement,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean        subsidy_grounds_judge  (SubsidyGrounds   *self,
                                        const ShyFacts   *facts,
                                        gint64            own,
                                        GPtrArray        *warnings,
                                        SubsidyRecord    *record,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean        subsidy_grounds_look   (SubsidyGrounds   *self,
                                        ShyConnection    *connection,
                                        const ShyFacts   *facts,
                                        gint64            own,
                                        SubsidyRecord    *record,
                                        GCancellable     *cancellable,
                                        GError          **error);
void            subsidy_grounds_add    (SubsidyGrounds       *self,
                                        const ShyFacts       *facts,
                                        const SubsidyRecord  *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SubsidyJudgement, subsidy_judgement_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyGrounds, subsidy_grounds_free)

G_END_DECLS
