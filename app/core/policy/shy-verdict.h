/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

#define SHY_VERDICT_GROUP     "group"     /* the criterion that stands for the group of counties */
#define SHY_VERDICT_EFFECTIVE "effective" /* the criterion that stands for the effective dates */
#define SHY_VERDICT_BASIS     "basis"     /* the criterion that stands for clauses none of which is verified */
#define SHY_VERDICT_IDENTITY  "identity"  /* the criterion that stands for who the applicant is */
#define SHY_VERDICT_AMOUNT    "amount"    /* the criterion that stands for a doubtful amount */

/**
 * ShyVerdictCriterion: (skip)
 * @id: of the criterion in the pack, or %SHY_VERDICT_GROUP, %SHY_VERDICT_EFFECTIVE,
 *   %SHY_VERDICT_BASIS, %SHY_VERDICT_IDENTITY, %SHY_VERDICT_AMOUNT
 * @title: its title in the language of the program
 * @criterion: (nullable): the criterion of the pack
 * @clause: (nullable): the clause that speaks
 * @result: what became of it
 * @message: its sentence with the facts filled in
 * @reason: (nullable): why a person must look at it or why it is undecided, where the sentence of
 *   the pack does not say so (an error of the condition, a referral)
 * @facts: names of the known facts and settings that it read, ended by %NULL
 * @missing: names of the facts and settings it still needs, ended by %NULL
 * @unread: names of the facts that were handed in for it and cannot be read, ended by %NULL
 *
 * One clause that spoke.
 */
typedef struct {
  const char               *id;
  const char               *title;
  const ShyPolicyCriterion *criterion;
  const ShyPolicyClause    *clause;
  ShyPolicyResult           result;
  char                     *message;
  char                     *reason;
  char                    **facts;
  char                    **missing;
  char                    **unread;
} ShyVerdictCriterion;

/**
 * ShyVerdictLimit: (skip)
 * @limit: the limit of the pack
 * @result: %SHY_POLICY_RESULT_TRUE if it leaves room, %SHY_POLICY_RESULT_FALSE if it stands in the
 *   way, %SHY_POLICY_RESULT_PERSON if a person must say, %SHY_POLICY_RESULT_UNKNOWN if earlier
 *   grants are not known or a fact is missing
 * @used: what earlier grants took: times, years, months or fen
 * @cut: fen by which it reduced the amount
 * @missing: (nullable): the field that it waits for
 * @other: the application of the register that stands in the way; 0 if none does
 * @other_row: the row of the same spreadsheet that stands in the way; 0 if none does
 * @message: (nullable): what it did, if it did anything
 */
typedef struct {
  const ShyPolicyLimit *limit;
  ShyPolicyResult       result;
  gint64                used;
  gint64                cut;
  const ShyField       *missing;
  gint64                other;
  guint                 other_row;
  char                 *message;
} ShyVerdictLimit;

/**
 * ShyVerdictWarning: (skip)
 * @code: "county-left-group", "setting-unset", "setting-unverified", "key-date-unknown",
 *   "beyond-calendar", "cell-unreadable"
 * @subject: (nullable): the name of the setting, clause, county or field it is about
 * @message: the sentence to show
 */
typedef struct {
  const char *code;
  char       *subject;
  char       *message;
} ShyVerdictWarning;

/**
 * ShyVerdictParts: (skip)
 * @SHY_VERDICT_PART_FACTS: the facts that it was decided on
 * @SHY_VERDICT_PART_CLAUSE_TEXTS: what each clause says
 * @SHY_VERDICT_PART_WARNINGS: its warnings
 *
 * What a reader may have at hand already.
 */
typedef enum {
  SHY_VERDICT_PART_FACTS = 1 << 0,
  SHY_VERDICT_PART_CLAUSE_TEXTS = 1 << 1,
  SHY_VERDICT_PART_WARNINGS = 1 << 2,
} ShyVerdictParts;

#define SHY_TYPE_VERDICT (shy_verdict_get_type ())
G_DECLARE_FINAL_TYPE (ShyVerdict, shy_verdict, SHY, VERDICT, GObject)

ShyVerdict               *shy_policy_decide         (ShyPolicy      *policy,
                                                     const ShyFacts *facts,
                                                     GError        **error);
ShyPolicy                *shy_verdict_get_policy    (ShyVerdict     *self);
const ShyFacts           *shy_verdict_get_facts     (ShyVerdict     *self);
ShyPolicyOutcome          shy_verdict_get_outcome   (ShyVerdict     *self);
gboolean                  shy_verdict_is_exact      (ShyVerdict     *self);
gint64                    shy_verdict_get_amount    (ShyVerdict     *self);
guint                     shy_verdict_get_n_years   (ShyVerdict     *self);
gint64                    shy_verdict_get_year      (ShyVerdict     *self,
                                                     guint           index);
const GDate              *shy_verdict_get_key_date  (ShyVerdict     *self);
guint                     shy_verdict_get_n_criteria (ShyVerdict    *self);
const ShyVerdictCriterion *shy_verdict_get_criterion (ShyVerdict    *self,
                                                     guint           index);
const ShyVerdictCriterion *shy_verdict_find_criterion (ShyVerdict   *self,
                                                     const char     *id);
guint                     shy_verdict_get_n_limits  (ShyVerdict     *self);
const ShyVerdictLimit    *shy_verdict_get_limit     (ShyVerdict     *self,
                                                     guint           index);
const char * const       *shy_verdict_get_missing   (ShyVerdict     *self);
const char * const       *shy_verdict_get_unread    (ShyVerdict     *self);
guint                     shy_verdict_get_n_warnings (ShyVerdict    *self);
const ShyVerdictWarning  *shy_verdict_get_warning   (ShyVerdict     *self,
                                                     guint           index);
void                      shy_verdict_write_json    (ShyVerdict     *self,
                                                     ShyVerdictParts parts,
                                                     GString        *into);
JsonNode                 *shy_verdict_to_json       (ShyVerdict     *self);

G_END_DECLS
