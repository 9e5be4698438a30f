/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-changes.h"
#include "policy/shy-decide-private.h"

G_BEGIN_DECLS

#define SHY_OPTION_FACTS 2 /* facts that one option changes at most */

/* Values for one fact or two, with which criteria that do not hold would hold. */
typedef struct {
  guint   n_facts;
  guint   slots[SHY_OPTION_FACTS];
  char   *texts[SHY_OPTION_FACTS]; /* (owned) canonical */
  guint64 helps;                   /* a bit for each criterion that does not hold */
  double  distance;                /* days, or units of the number; 1 for anything else */
} ShyOption;

/* A search for what would change a verdict. */
typedef struct {
  ShyVerdict   *verdict;
  ShyDecision   decision;
  GArray       *failed;   /* of guint: criteria that do not hold, 64 at most */
  GPtrArray    *options;  /* of ShyOption */
  GPtrArray    *found;    /* of ShyChange */
  GPtrArray    *failures; /* of ShyFacts: changes that mended what failed, and broke something else */
  ShyMask       fixed;    /* facts that are not to be changed (again) */
  guint         tries;    /* decisions that may still be made */
  ShyWorkBudget *budget;  /* not owned: steps of all of them */
  GCancellable *cancellable;
} ShySearch;

ShyOption *shy_option_new         (guint             slot,
                                   const char       *text,
                                   guint64           helps,
                                   double            distance);
void       shy_option_free        (gpointer          option);
guint64    shy_search_helps       (ShySearch        *self,
                                   guint             slot,
                                   ShyFeelValue     *value);
void       shy_search_options     (ShySearch        *self);
gboolean   shy_search_is_over     (ShySearch        *self);
gboolean   shy_search_try         (ShySearch        *self,
                                   ShyFacts         *facts,
                                   ShyPolicyOutcome *outcome);
void       shy_search_later       (ShySearch        *self);
gboolean   shy_search_find_day    (ShySearch        *self,
                                   const ShyPolicyField *field,
                                   const char       *to,
                                   GDate            *day);
ShyFacts  *shy_search_wait        (ShySearch        *self,
                                   const GDate      *day);
gboolean   shy_field_is_changeable (const ShyPolicyField *field,
                                   const char       *text,
                                   const GDate      *on);
void       shy_change_add_step    (ShyChange        *change,
                                   const ShyPolicyField *field,
                                   const char       *from,
                                   const char       *to,
                                   gboolean          by_waiting);
void       shy_change_say         (ShyChange        *change,
                                   gboolean          waits);
void       shy_change_step_free   (gpointer          data);

G_END_DECLS
