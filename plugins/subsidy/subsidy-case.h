/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"
#include "subsidy-turn.h"

G_BEGIN_DECLS

/*
 * One application of the register.
 *
 * In a list it is made by its number alone and filled when its page arrives: bind to the
 * properties, all read-only and notified: "id", "loaded", "name", "person" (masked), "county",
 * "policy", "decided-by" (its version, and by whose word it decided), "decided-on", "outcome" (a word), "outcome-label", "reason" (what decided), "amount"
 * (fen), "amount-text", "batch", "row-number". Facts and verdict are there after subsidy_case_load_async().
 */
#define SUBSIDY_TYPE_CASE (subsidy_case_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCase, subsidy_case, SUBSIDY, CASE, GObject)

/* What was read of a case when it was opened; any thread may read it. */
typedef struct _SubsidyDetail SubsidyDetail;

SubsidyCase    *subsidy_case_new             (gint64                id);
gint64          subsidy_case_get_id          (SubsidyCase          *self);
const char     *subsidy_case_get_name        (SubsidyCase          *self);
const char     *subsidy_case_get_county      (SubsidyCase          *self);
const char     *subsidy_case_get_policy      (SubsidyCase          *self);
SubsidyOutcome  subsidy_case_get_outcome     (SubsidyCase          *self);
gint64          subsidy_case_get_amount      (SubsidyCase          *self);
const char     *subsidy_case_get_version     (SubsidyCase          *self);
const char     *subsidy_case_get_decided_on  (SubsidyCase          *self);
const char     *subsidy_case_get_withdrawn_at (SubsidyCase         *self);
guint           subsidy_case_get_revision    (SubsidyCase          *self);

void            subsidy_case_find_async      (ShyStore             *store,
                                              gint64                id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
SubsidyCase    *subsidy_case_find_finish     (ShyStore             *store,
                                              GAsyncResult         *result,
                                              GError              **error);
void            subsidy_case_load_async      (SubsidyCase          *self,
                                              ShyStore             *store,
                                              ShyPolicy            *policy,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        subsidy_case_load_finish     (SubsidyCase          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
const ShyFacts *subsidy_case_get_facts       (SubsidyCase          *self);
JsonObject     *subsidy_case_get_verdict     (SubsidyCase          *self);
gboolean        subsidy_case_load            (SubsidyCase          *self,
                                              ShyStore             *store,
                                              ShyPolicy            *policy,
                                              GError              **error);
const char     *subsidy_case_get_title       (SubsidyCase          *self);
const char     *subsidy_case_get_digest      (SubsidyCase          *self);
const ShyPolicyOrigin *
                subsidy_case_get_origin      (SubsidyCase          *self);
const char     *subsidy_case_get_decided_at  (SubsidyCase          *self);
const char     *subsidy_case_get_actor       (SubsidyCase          *self);
const char     *subsidy_case_get_withdrawn_for (SubsidyCase        *self);
SubsidyDetail  *subsidy_case_ref_detail      (SubsidyCase          *self);
void            subsidy_detail_unref         (SubsidyDetail        *self);
ShyVerdict     *subsidy_detail_decide        (SubsidyDetail        *self,
                                              const ShyFacts       *facts,
                                              GError              **error);
ShyVerdict     *subsidy_case_decide          (SubsidyCase          *self,
                                              const ShyFacts       *facts,
                                              GError              **error);

void            subsidy_case_save_async      (SubsidyCase          *self,
                                              ShyStore             *store,
                                              ShyVerdict           *verdict,
                                              const char           *reason,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        subsidy_case_save_finish     (SubsidyCase          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
gboolean        subsidy_case_save            (SubsidyCase          *self,
                                              ShyStore             *store,
                                              ShyVerdict           *verdict,
                                              const char           *reason,
                                              GError              **error);
gboolean        subsidy_case_withdraw        (SubsidyCase          *self,
                                              ShyStore             *store,
                                              const char           *reason,
                                              const char           *clock_reason,
                                              GError              **error);
const SubsidyTurn *
                subsidy_case_get_turned      (SubsidyCase          *self);
GPtrArray      *subsidy_case_get_others      (SubsidyCase          *self);
char          **subsidy_case_dup_remarks     (SubsidyCase          *self);

G_END_DECLS
