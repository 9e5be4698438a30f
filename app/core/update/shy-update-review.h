/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-registry.h"
#include "store/shy-store.h"
#include "update/shy-update-change.h"
#include "update/shy-update-signers.h"
#include "update/shy-update.h"

G_BEGIN_DECLS

/**
 * ShyUpdateBasis: (skip)
 * @policies: the policies that are installed
 * @calendar: (nullable): the calendar that is in force
 * @signers: whose updates are trusted
 *
 * What updates are held against. Read once for many; not changed, so that any thread may use it.
 */
typedef struct
{
  ShyPolicyRegistry *policies;
  ShyCalendar       *calendar;
  ShyUpdateSigners  *signers;
} ShyUpdateBasis;

/**
 * ShyUpdateFinding: (skip)
 * @SHY_UPDATE_FINE: in order
 * @SHY_UPDATE_ATTENTION: worth a look before it is accepted
 * @SHY_UPDATE_FAILED: the update cannot be accepted
 * @SHY_UPDATE_SKIPPED: not looked at, because something before it failed
 *
 * How a check came out.
 */
typedef enum {
  SHY_UPDATE_FINE,
  SHY_UPDATE_ATTENTION,
  SHY_UPDATE_FAILED,
  SHY_UPDATE_SKIPPED,
} ShyUpdateFinding;

/**
 * ShyUpdateCheck: (skip)
 * @name: for programs: "signature", "signer", "version", "contents", "lint", "cases", "days", "use"
 * @title: for people, translated
 * @finding: how it came out
 * @sentence: what was found, translated
 *
 * A check of an update.
 */
typedef struct
{
  const char       *name;
  const char       *title;
  ShyUpdateFinding  finding;
  char             *sentence;
} ShyUpdateCheck;

/**
 * ShyUpdateRehearsal: (skip)
 * @tried: how many applications were decided by both versions
 * @others: how many of them come out otherwise
 * @lines: (element-type utf8): a sentence for those alike among these
 *
 * What a new version of a policy would decide otherwise than the one before.
 */
typedef struct
{
  guint      tried;
  guint      others;
  GPtrArray *lines;
} ShyUpdateRehearsal;

/**
 * ShyUpdateReview: (skip)
 * @update: what was looked at
 * @title: what the policy or calendar is called; its id where it could not be read
 * @signer: (nullable): what the bureau calls who signed it; %NULL if that is not trusted
 * @before: (nullable): the version that it replaces or follows; %NULL if there is none
 * @checks: (element-type ShyUpdateCheck): in the order in which they were made
 * @changes: (element-type ShyUpdateChange): what it changes; empty if it cannot be trusted or read
 * @rehearsal: (nullable): what it decides otherwise; %NULL for a calendar or a policy that is new
 * @applications: (nullable): the same for applications of the register, once
 *   [func@update_review_try] has tried them
 * @acceptable: whether a person may accept it: no check failed
 * @old_policy: (nullable): the version before of a policy
 * @new_policy: (nullable): the version that the update brings
 *
 * All that a person reads before accepting an update.
 */
typedef struct
{
  ShyUpdate          *update;
  char               *title;
  char               *signer;
  char               *before;
  GPtrArray          *checks;
  GPtrArray          *changes;
  ShyUpdateRehearsal *rehearsal;
  ShyUpdateRehearsal *applications;
  gboolean            acceptable;
  ShyPolicy          *old_policy;
  ShyPolicy          *new_policy;
} ShyUpdateReview;

ShyUpdateBasis  *shy_update_basis_load           (ShyStore         *store);
void             shy_update_basis_free           (ShyUpdateBasis        *self);

ShyUpdateReview *shy_update_review               (ShyUpdate             *update,
                                                  const ShyUpdateBasis  *basis);
gboolean         shy_update_review_try           (ShyUpdateReview       *self,
                                                  ShyStore              *store,
                                                  GPtrArray             *kept,
                                                  GError               **error);
void             shy_update_review_free          (ShyUpdateReview       *self);
ShyUpdateRehearsal *
                 shy_update_rehearse_facts       (ShyPolicy             *before,
                                                  ShyPolicy             *after,
                                                  GPtrArray             *applications);
void             shy_update_rehearsal_free       (ShyUpdateRehearsal    *self);
const char      *shy_update_review_get_reason    (const ShyUpdateReview *self);
const char      *shy_update_finding_to_word      (ShyUpdateFinding       finding);
const char      *shy_update_finding_to_label     (ShyUpdateFinding       finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUpdateBasis, shy_update_basis_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUpdateRehearsal, shy_update_rehearsal_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUpdateReview, shy_update_review_free)

G_END_DECLS
