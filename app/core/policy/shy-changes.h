/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-verdict.h"

G_BEGIN_DECLS

/**
 * ShyChangeStep: (skip)
 * @name: the field
 * @from: (nullable): its value now, or %NULL if it is not known
 * @to: the value with which the outcome turns
 * @by_waiting: whether it comes by itself, as time passes
 * @message: the step in words
 *
 * One fact that would have to be different.
 */
typedef struct {
  char    *name;
  char    *from;
  char    *to;
  gboolean by_waiting;
  char    *message;
} ShyChangeStep;

/**
 * ShyChange: (skip)
 * @steps: (element-type ShyChangeStep): the facts that would have to be different; none if waiting
 *   is enough
 * @on: the first day on which it would hold: the day of the decision, or a later one if waiting is
 *   part of it
 * @outcome: what the outcome would be
 * @message: the whole sentence: “社保连续月数再增3个月，2025年9月1日起符合。”
 *
 * A smallest change with which a negative outcome would turn, verified by deciding again.
 */
typedef struct {
  GPtrArray       *steps;
  GDate            on;
  ShyPolicyOutcome outcome;
  char            *message;
} ShyChange;

#define SHY_TYPE_CHANGE (shy_change_get_type ())

GType      shy_change_get_type      (void) G_GNUC_CONST;
ShyChange *shy_change_copy          (const ShyChange *self);
void       shy_change_free          (ShyChange       *self);
GPtrArray *shy_verdict_find_changes (ShyVerdict      *self,
                                     GCancellable    *cancellable);
JsonNode  *shy_changes_to_json      (GPtrArray       *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyChange, shy_change_free)

G_END_DECLS
