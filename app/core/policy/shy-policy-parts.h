/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field/shy-field.h"

G_BEGIN_DECLS

/* What a policy pack is made of, as plain structs that are read and never written: they belong to
 * their ShyPolicy and are safe to read from any thread as long as it lives. The members carry the
 * names they have in the pack; data/policies/policy.schema.json describes each. Strings are NULL,
 * and arrays empty, where the pack says nothing. */

/**
 * ShyPolicyStatus: (skip)
 * @SHY_POLICY_VERIFIED: seen in its source
 * @SHY_POLICY_UNVERIFIED: 未核实, not seen in any source: it must not decide alone
 *
 * How well a clause, setting or step is known.
 */
typedef enum {
  SHY_POLICY_VERIFIED,
  SHY_POLICY_UNVERIFIED,
} ShyPolicyStatus;

/**
 * ShyPolicyDates: (skip)
 * @from: the first day, %NULL for "ever since"
 * @until: the last day, itself included, %NULL for "until further notice"
 */
typedef struct
{
  GDate *from;  /* (nullable) */
  GDate *until; /* (nullable) */
} ShyPolicyDates;

/**
 * ShyPolicyDocument: (skip)
 *
 * The legal basis: where clauses come from.
 */
typedef struct
{
  char    *id;
  char    *title;
  char    *number;     /* (nullable) 浙人社发〔2022〕46号 */
  char    *issuer;     /* (nullable) */
  GDate   *date;       /* (nullable) */
  char    *address;    /* (nullable) */
  char    *confidence; /* "A", "B", "C" or "U" */
  ShyText *note;       /* (nullable) */
} ShyPolicyDocument;

/**
 * ShyPolicyClause: (skip)
 *
 * What a document says, restated with its official terms kept.
 */
typedef struct
{
  char                    *id;
  const ShyPolicyDocument *document; /* (nullable): none for a rule that no document was found for */
  char                    *number;   /* (nullable) 第二条 */
  ShyText                 *text;
  ShyPolicyStatus          status;
} ShyPolicyClause;

typedef struct _ShyPolicyExpression ShyPolicyExpression;

/**
 * ShyPolicySource: (skip)
 * @SHY_POLICY_SOURCE_PACK: as the pack has it for every county
 * @SHY_POLICY_SOURCE_OVERRIDE: replaced by a county's override in the pack
 * @SHY_POLICY_SOURCE_COUNTY: set by the county itself, outside the pack
 *
 * Where a part of an effective policy comes from.
 */
typedef enum {
  SHY_POLICY_SOURCE_PACK,
  SHY_POLICY_SOURCE_OVERRIDE,
  SHY_POLICY_SOURCE_COUNTY,
} ShyPolicySource;

typedef struct _ShyPolicyOverride ShyPolicyOverride;

/**
 * ShyPolicySetting: (skip)
 *
 * A figure that the county may set. Without a value it is unknown to every condition.
 */
typedef struct
{
  ShyField                 field;
  char                    *value;  /* (nullable) as text: "12", "true", "2025-01-31" */
  const ShyPolicyClause   *clause; /* (nullable) */
  ShyPolicyStatus          status;
  ShyPolicySource          source;
  const ShyPolicyOverride *override; /* (nullable): with SHY_POLICY_SOURCE_OVERRIDE */
} ShyPolicySetting;

/**
 * ShyPolicyRow: (skip)
 *
 * A value of a table, from when to when and where it holds.
 */
typedef struct
{
  ShyPolicyDates           dates;
  char                    *county;   /* (nullable): code; neither county nor group: everywhere */
  char                    *group;    /* (nullable): of counties */
  char                    *value;    /* as text, in canonical form */
  const ShyPolicyClause   *clause;   /* (nullable) */
  const ShyPolicyDocument *document; /* (nullable): where it was seen, if the clause does not say */
  ShyPolicyStatus          status;
} ShyPolicyRow;

/**
 * ShyPolicyTable: (skip)
 *
 * A figure that changes with the day and the county, as a minimum wage.
 */
typedef struct
{
  ShyField   field;
  GPtrArray *rows; /* of ShyPolicyRow */
} ShyPolicyTable;

/**
 * ShyPolicyImport: (skip)
 *
 * A shared file whose parts the pack took over.
 */
typedef struct
{
  char *shared;  /* its id */
  char *version;
  char *digest;  /* SHA-256 in hexadecimal */
} ShyPolicyImport;

/**
 * ShyPolicyDerived: (skip)
 *
 * A name for an expression over facts, settings and other derived names.
 */
typedef struct
{
  char                *name;
  ShyText             *label; /* (nullable) */
  ShyPolicyExpression *expression;
} ShyPolicyDerived;

/**
 * ShyPolicyRelation: (skip)
 *
 * What always holds between facts, whatever a policy asks for: a contract ends after it begins.
 * Where it does not, somebody wrote one of them down wrongly.
 */
typedef struct
{
  char                  *id;
  ShyPolicyExpression   *condition;
  char                 **fields; /* those that contradict each other then; ended by NULL */
  ShyText               *text;   /* what to say then */
  const ShyPolicyClause *clause; /* (nullable) */
} ShyPolicyRelation;

/**
 * ShyPolicyUnknown: (skip)
 * @SHY_POLICY_UNKNOWN_MATERIALS: materials are missing (待补正)
 * @SHY_POLICY_UNKNOWN_PERSON: a person decides (需人工核定)
 *
 * What a criterion that cannot be decided means.
 */
typedef enum {
  SHY_POLICY_UNKNOWN_MATERIALS,
  SHY_POLICY_UNKNOWN_PERSON,
} ShyPolicyUnknown;

/**
 * ShyPolicyCriterion: (skip)
 *
 * A condition that must hold.
 */
typedef struct
{
  char                    *id;
  ShyText                 *title;
  ShyPolicyExpression     *condition;
  ShyPolicyExpression     *refer;       /* (nullable): true leaves it to a person */
  ShyPolicyExpression     *skip_unless; /* (nullable): false makes it not apply */
  const ShyPolicyClause   *clause;      /* (nullable) */
  ShyText                 *when_true;
  ShyText                 *when_false;
  ShyText                 *when_unknown;
  ShyText                 *when_person; /* (nullable): what to say when it is left to a person */
  ShyPolicyUnknown         unknown;
  ShyPolicySource          source;
  const ShyPolicyOverride *override; /* (nullable) */
} ShyPolicyCriterion;

/**
 * ShyPolicyAmount: (skip)
 *
 * What an eligible application gets: yuan once, or @schedule, a list of yuan for year 1, 2, 3…
 */
typedef struct
{
  ShyPolicyExpression     *expression; /* (nullable): nothing is paid */
  ShyPolicyExpression     *schedule;   /* (nullable) */
  char                    *unit;       /* (nullable) "元" */
  const ShyPolicyClause   *clause;     /* (nullable) */
  ShyPolicySource          source;
  const ShyPolicyOverride *override; /* (nullable) */
} ShyPolicyAmount;

/**
 * ShyPolicyMeasure: (skip)
 * @SHY_POLICY_MEASURE_COUNT: how many grants
 * @SHY_POLICY_MEASURE_AMOUNT: how much was granted; it reduces the amount
 * @SHY_POLICY_MEASURE_MONTHS: for how many months was granted, by a field of the application
 * @SHY_POLICY_MEASURE_YEARS: in how many different years there was a grant
 * @SHY_POLICY_MEASURE_PERSONS: how many other persons had a grant
 *
 * What a limit measures.
 */
typedef enum {
  SHY_POLICY_MEASURE_COUNT,
  SHY_POLICY_MEASURE_AMOUNT,
  SHY_POLICY_MEASURE_MONTHS,
  SHY_POLICY_MEASURE_YEARS,
  SHY_POLICY_MEASURE_PERSONS,
} ShyPolicyMeasure;

/**
 * ShyPolicyWindowKind: (skip)
 * @SHY_POLICY_WINDOW_LIFE: all grants count
 * @SHY_POLICY_WINDOW_CALENDAR_YEAR: those of the calendar year of the decision
 * @SHY_POLICY_WINDOW_CONTRACT_YEAR: those of the same year of the contract: years that begin on the
 *   anniversaries of a day that the application states, in a year without 29 February on 1 March
 * @SHY_POLICY_WINDOW_BUSINESS_YEAR: the same, from the day the business was registered
 * @SHY_POLICY_WINDOW_CONSECUTIVE_YEARS: those of a number of years one behind the other, that begin
 *   on a day of the application or with the first grant; none is given later
 * @SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS: the same, where the year it begins in is the first
 *
 * Which grants a limit counts by their days.
 */
typedef enum {
  SHY_POLICY_WINDOW_LIFE,
  SHY_POLICY_WINDOW_CALENDAR_YEAR,
  SHY_POLICY_WINDOW_CONTRACT_YEAR,
  SHY_POLICY_WINDOW_BUSINESS_YEAR,
  SHY_POLICY_WINDOW_CONSECUTIVE_YEARS,
  SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS,
} ShyPolicyWindowKind;

/**
 * ShyPolicyWindow: (skip)
 *
 * A window of a limit, or one way to read it where a text does not say which year it means.
 */
typedef struct
{
  ShyPolicyWindowKind kind;
  const ShyField     *from;  /* (nullable): the day that years are counted from */
  guint               years; /* consecutive years: how many; else 0 */
  char               *value; /* (nullable): the value of the setting that means this reading */
} ShyPolicyWindow;

/**
 * ShyPolicyLimit: (skip)
 *
 * What earlier grants allow.
 */
typedef struct
{
  char      *id;
  ShyText   *title;     /* (nullable) */
  GPtrArray *key;       /* of const ShyField: what it is counted over, all
                                         together; empty where the policy names no such field */
  gboolean                 lenient;   /* by “per”: an application without the field has no grants but
                                         those that are told with it */
  gboolean                 optional;  /* what leaves a field of the key empty is not counted */
  ShyPolicyMeasure         measure;
  GArray                  *windows;   /* of ShyPolicyWindow: several where the text leaves it open */
  const ShyPolicySetting  *reading;   /* (nullable): which of @windows the county means */
  const ShyField          *months;    /* (nullable): the months an application asks for */
  char                   **policies;  /* ids of the policies whose grants count; ended by NULL */
  gint64                   max;       /* times, fen, months, years or persons; -1 if the county has not said */
  const ShyPolicySetting  *max_setting; /* (nullable): where @max comes from */
  gboolean                 exclusion; /* none may be there at all: @max is 1 */
  gboolean                 deduct;    /* what was granted is taken off the amount; there is no @max */
  ShyText                 *when_hit;  /* (nullable): what to say when it stands in the way */
  const ShyPolicyClause   *clause;    /* (nullable) */
  ShyPolicySource          source;
  const ShyPolicyOverride *override;  /* (nullable) */
} ShyPolicyLimit;

/**
 * ShyPolicyClock: (skip)
 *
 * What the days of a step are.
 */
typedef enum {
  SHY_POLICY_CLOCK_WORKING,
  SHY_POLICY_CLOCK_CALENDAR,
} ShyPolicyClock;

/**
 * ShyPolicyStep: (skip)
 *
 * A step of the procedure with its clock.
 */
typedef struct
{
  char                  *id;
  ShyText               *title;
  int                    days; /* -1 where none is published */
  ShyPolicyClock         unit;
  const ShyPolicyClause *clause; /* (nullable) */
  ShyPolicyStatus        status;
} ShyPolicyStep;

/**
 * ShyPolicyOverride: (skip)
 *
 * What a county does differently, from when to when, and by which document. What it sets shows in
 * the policy that shy_policy_resolve() gives.
 */
struct _ShyPolicyOverride
{
  guint                    index;  /* in the pack */
  char                    *county; /* GB/T 2260, "330822" */
  ShyPolicyDates           dates;
  const ShyPolicyDocument *document;
  const ShyPolicyClause   *clause; /* (nullable) */
};

/**
 * ShyPolicyFact: (skip)
 *
 * A name and its value as text: "12.50", "true", "2025-06-30", "期满出站".
 */
typedef struct
{
  char *name;
  char *value; /* (nullable): unknown */
} ShyPolicyFact;

/**
 * ShyPolicyGrant: (skip)
 *
 * An earlier grant.
 */
typedef struct
{
  char      *policy;
  GDate     *date;
  gint64     amount;   /* fen */
  int        year;     /* which year of a schedule, from 1 */
  char      *county;   /* (nullable) */
  char      *person;   /* (nullable): the applicant */
  char      *employer; /* (nullable): that of the application */
  gboolean   pending;  /* found eligible, not known to be paid */
  GPtrArray *facts;    /* of ShyPolicyFact: what its application said */
} ShyPolicyGrant;

/**
 * ShyPolicyOutcome: (skip)
 * @SHY_POLICY_ELIGIBLE: 符合
 * @SHY_POLICY_NOT_ELIGIBLE: 不符合
 * @SHY_POLICY_MATERIALS: 待补正
 * @SHY_POLICY_PERSON: 需人工核定
 */
typedef enum {
  SHY_POLICY_ELIGIBLE,
  SHY_POLICY_NOT_ELIGIBLE,
  SHY_POLICY_MATERIALS,
  SHY_POLICY_PERSON,
} ShyPolicyOutcome;

/**
 * ShyPolicyResult: (skip)
 *
 * What became of one criterion.
 */
typedef enum {
  SHY_POLICY_RESULT_TRUE,
  SHY_POLICY_RESULT_FALSE,
  SHY_POLICY_RESULT_UNKNOWN,
  SHY_POLICY_RESULT_PERSON,
  SHY_POLICY_RESULT_SKIPPED,
} ShyPolicyResult;

/**
 * ShyPolicyExpected: (skip)
 *
 * The result that a case expects of one criterion.
 */
typedef struct
{
  char           *criterion;
  ShyPolicyResult result;
} ShyPolicyExpected;

/**
 * ShyPolicyCase: (skip)
 *
 * A test that stands in the pack: given facts, expected outcome.
 */
typedef struct
{
  char            *id;
  ShyText         *title;
  char            *county; /* (nullable) */
  GDate           *on;
  GPtrArray       *facts;    /* of ShyPolicyFact */
  GPtrArray       *settings; /* of ShyPolicyFact */
  GPtrArray       *history;  /* of ShyPolicyGrant */
  ShyPolicyOutcome outcome;
  gint64           amount;   /* expected, fen; -1 if the case does not say */
  GArray          *schedule; /* (nullable) expected, of gint64 fen */
  GPtrArray       *criteria; /* of ShyPolicyExpected */
  char           **missing;  /* (nullable) expected names; NULL if the case does not say */
  char           **warnings; /* (nullable) expected codes; NULL if the case does not say */
} ShyPolicyCase;

const char      *shy_policy_expression_get_text (const ShyPolicyExpression *self);
const char      *shy_policy_document_get_caption (const ShyPolicyDocument *document);
char            *shy_policy_limit_describe   (const ShyPolicyLimit *limit);
const char      *shy_policy_outcome_to_word  (ShyPolicyOutcome     outcome);
const char      *shy_policy_outcome_to_label (ShyPolicyOutcome     outcome);
const char      *shy_policy_result_to_word   (ShyPolicyResult      result);
const char      *shy_policy_result_to_label  (ShyPolicyResult      result);

G_END_DECLS
