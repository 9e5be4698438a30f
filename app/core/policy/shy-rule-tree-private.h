/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-evaluate-private.h"
#include "policy/shy-rule-private.h"

G_BEGIN_DECLS

/* The tree of a rule, beside feel's own, with what each part reads. For neighbours that walk it. */

#define SHY_RULE_NAMES_MAX 64        /* names that one expression reads */
#define SHY_RULE_NO_SLOT   G_MAXUINT /* a name that is no slot of the policy */

typedef struct _ShyRulePart ShyRulePart;

struct _ShyRulePart
{
  const ShyFeelNode *node;
  guint64            reads;   /* a bit for each slot of the expression */
  ShyRulePart       *parts;   /* (owned): as the children of @node */
  guint              n_parts;
};

struct _ShyRule
{
  ShyFeelExpression *expression; /* (owned) */
  guint              n_names;
  guint             *map;        /* (owned): slot of the policy for each slot of the expression */
  guint              n_locals;
  ShyMask            reads;
  guint              today;      /* slot of the day that today() gives; NO_SLOT if nothing asks */
  ShyRulePart        root;
};

/* One evaluation of a rule. Parts that read nothing unknown are left to feel; the locals are those
 * of the iterations that are being walked. */
typedef struct {
  const ShyRule      *rule;
  const ShyRuleState *state;
  guint64             unknown;
  ShyFeelValue       *values[SHY_RULE_NAMES_MAX]; /* not owned; null where unknown */
  ShyFeelRun          run;
  ShyFeelEval         eval;
  gboolean            may_fail;      /* something failed beside what is unknown and may decide */
  gint64              lent;          /* steps, by the budget of the application */
  ShyFeelValue       *few_locals[8];
} ShyRuleFrame;

void          shy_rule_frame_init  (ShyRuleFrame       *frame,
                                    const ShyRule      *rule,
                                    const ShyRuleState *state);
void          shy_rule_frame_clear (ShyRuleFrame       *frame);
ShyFeelValue *shy_rule_frame_walk  (ShyRuleFrame       *frame,
                                    const ShyRulePart  *part,
                                    ShyMask            *live);
gboolean      shy_rule_part_calls (const ShyRulePart  *part,
                                   const char         *builtin);

static inline gboolean
shy_rule_frame_knows (const ShyRuleFrame *frame,
                      const ShyRulePart  *part)
{
  return (part->reads & frame->unknown) == 0;
}

/* Whether the parts of a part may be evaluated alone: no local names are made there. */
static inline gboolean
shy_rule_part_is_open (const ShyRulePart *part)
{
  switch ((int) part->node->kind)
    {
    case SHY_FEEL_NODE_FOR:
    case SHY_FEEL_NODE_SOME:
    case SHY_FEEL_NODE_EVERY:
    case SHY_FEEL_NODE_FILTER:
    case SHY_FEEL_NODE_CONTEXT:
    case SHY_FEEL_NODE_FUNCTION:
      return FALSE;
    default:
      return TRUE;
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyRuleFrame, shy_rule_frame_clear)

G_END_DECLS
