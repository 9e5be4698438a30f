/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-parts.h"
#include "policy/shy-rule-tree-private.h"

G_BEGIN_DECLS

/* A search for what one fact is compared with, in the tree of one rule. */
typedef struct {
  ShyRuleFrame *frame;
  guint         name;       /* the fact, as a slot of the expression */
  ShyFieldType  type;       /* of the fact */
  gboolean      finite;     /* the fact has few values: any use of it will do */
  GPtrArray    *thresholds; /* of ShyFeelValue; NULL to ask how it would be if all else were known */
} ShyThresholdSearch;

/* In shy-rule-days.c. */
gboolean shy_threshold_search_days (const ShyThresholdSearch *self,
                                    const ShyRulePart        *part);

static inline gboolean
shy_threshold_search_reads (const ShyThresholdSearch *self,
                            const ShyRulePart        *part)
{
  return (part->reads >> self->name) & 1;
}

/* Whether a part is the fact itself. */
static inline gboolean
shy_threshold_search_is_it (const ShyThresholdSearch *self,
                            const ShyRulePart        *part)
{
  return part->node->kind == SHY_FEEL_NODE_NAME && shy_threshold_search_reads (self, part);
}

/* Whether a part can be evaluated now, whatever the fact is. */
static inline gboolean
shy_threshold_search_is_settled (const ShyThresholdSearch *self,
                                 const ShyRulePart        *part)
{
  return !shy_threshold_search_reads (self, part)
         && (self->thresholds == NULL || shy_rule_frame_knows (self->frame, part));
}

G_END_DECLS
