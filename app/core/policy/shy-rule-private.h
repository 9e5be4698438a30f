/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-expression.h"
#include "policy/shy-budget-private.h"

G_BEGIN_DECLS

/* FEEL with a fourth value. A name that has no value yet is unknown, and so is what depends on it,
 * unless the rest decides: false and unknown is false, true or unknown is true, an `if` whose
 * branches agree. Unknown is never taken for null. Whatever reads only known names is evaluated by
 * feel itself. */

#define SHY_RULE_SLOTS_MAX 256 /* names of one policy */

/* A set of slots. */
typedef struct {
  guint64 words[SHY_RULE_SLOTS_MAX / 64];
} ShyMask;

static inline void
shy_mask_add (ShyMask *self,
              guint    slot)
{
  self->words[slot / 64] |= G_GUINT64_CONSTANT (1) << (slot % 64);
}

static inline void
shy_mask_remove (ShyMask *self,
                 guint    slot)
{
  self->words[slot / 64] &= ~(G_GUINT64_CONSTANT (1) << (slot % 64));
}

static inline gboolean
shy_mask_has (const ShyMask *self,
              guint          slot)
{
  return (self->words[slot / 64] >> (slot % 64)) & 1;
}

static inline void
shy_mask_join (ShyMask       *self,
               const ShyMask *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    self->words[i] |= other->words[i];
}

static inline void
shy_mask_keep (ShyMask       *self,
               const ShyMask *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    self->words[i] &= other->words[i];
}

static inline gboolean
shy_mask_meets (const ShyMask *self,
                const ShyMask *other)
{
  guint64 shared = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    shared |= self->words[i] & other->words[i];

  return shared != 0;
}

static inline gboolean
shy_mask_is_empty (const ShyMask *self)
{
  guint64 any = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    any |= self->words[i];

  return any == 0;
}

static inline guint
shy_mask_count (const ShyMask *self)
{
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    count += (guint) __builtin_popcountll (self->words[i]);

  return count;
}

/* One expression of a pack. Immutable once it is made. */
typedef struct _ShyRule ShyRule;

/* The values of all slots of a policy. NULL is unknown; what it then hangs on are the missing facts
 * in @live: itself for a fact, those of its expression for a derived name. */
typedef struct {
  ShyFeelValue **values; /* each (owned) (nullable) */
  ShyMask       *live;   /* for each slot without a value */
  ShyMask        unset;  /* slots of which it is known that nobody set them: equal to null */
  ShyBudget     *budget; /* not owned, (nullable): of the application */
} ShyRuleState;

ShyRule       *shy_rule_new       (ShyFeelExpression  *expression,
                                   GHashTable         *slots,
                                   GError            **error);
void           shy_rule_free      (ShyRule            *self);
const ShyMask *shy_rule_get_reads (const ShyRule      *self);
ShyFeelValue  *shy_rule_evaluate  (const ShyRule      *self,
                                   const ShyRuleState *state,
                                   ShyMask            *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyRule, shy_rule_free)

G_END_DECLS
