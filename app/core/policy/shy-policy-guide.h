/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy.h"

G_BEGIN_DECLS

/**
 * ShyPolicySection: (skip)
 * @SHY_POLICY_SECTION_CONDITIONS: what must hold, and the names that conditions derive
 * @SHY_POLICY_SECTION_AMOUNT: what is paid, limits and tables
 * @SHY_POLICY_SECTION_CLAUSES: what the documents say
 * @SHY_POLICY_SECTION_FIELDS: what an application states, and the materials that prove it
 * @SHY_POLICY_SECTION_STEPS: the procedure
 * @SHY_POLICY_SECTION_COUNTIES: what is left to counties, and what the pack knows of them
 * @SHY_POLICY_SECTION_CASES: the cases of the pack, and what becomes of them
 * @SHY_POLICY_SECTION_CHECKS: what lint finds
 *
 * The parts of a policy as people look for them.
 */
typedef enum {
  SHY_POLICY_SECTION_CONDITIONS,
  SHY_POLICY_SECTION_AMOUNT,
  SHY_POLICY_SECTION_CLAUSES,
  SHY_POLICY_SECTION_FIELDS,
  SHY_POLICY_SECTION_STEPS,
  SHY_POLICY_SECTION_COUNTIES,
  SHY_POLICY_SECTION_CASES,
  SHY_POLICY_SECTION_CHECKS,
} ShyPolicySection;

#define SHY_POLICY_N_SECTIONS (SHY_POLICY_SECTION_CHECKS + 1)

/**
 * ShyPolicyLine: (skip)
 * @label: what the text is, translated
 * @text: what the pack says
 * @expression: it is a condition as the pack has it, in FEEL
 */
typedef struct
{
  const char *label;
  char       *text; /* (owned) */
  gboolean    expression;
} ShyPolicyLine;

/**
 * ShyPolicyEntry: (skip)
 * @section: where it belongs
 * @id: what the pack calls it
 * @title: what people call it
 * @lines: (element-type ShyPolicyLine): all that the pack says of it
 * @clause: (nullable): where it stands
 * @mark: (nullable): what to see at once, translated: that it was not seen in its source (未核实), that
 *   a case comes out otherwise, how bad a finding is
 *
 * One thing of a policy, in words: the same on the screen and on the command line.
 */
typedef struct
{
  ShyPolicySection       section;
  char                  *id;    /* (owned) */
  char                  *title; /* (owned) */
  GPtrArray             *lines; /* (owned) */
  const ShyPolicyClause *clause;
  const char            *mark;
} ShyPolicyEntry;

GPtrArray  *shy_policy_list_entries       (ShyPolicy             *self);
GPtrArray  *shy_policy_list_cases         (ShyPolicy             *self);
GPtrArray  *shy_policy_list_checks        (ShyPolicy             *self);
const char *shy_policy_section_to_label   (ShyPolicySection      section);
const char *shy_policy_section_to_word    (ShyPolicySection      section);
char       *shy_policy_clause_describe    (const ShyPolicyClause *clause);
gboolean    shy_policy_entry_matches      (const ShyPolicyEntry *entry,
                                           const char           *words);
guint       shy_policy_count_unverified   (ShyPolicy            *self);
char       *shy_policy_describe_effective (ShyPolicy            *self);
const char *shy_policy_get_group          (ShyPolicy            *self);

G_END_DECLS
