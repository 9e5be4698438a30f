/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-budget-private.h"

#include <glib/gi18n-lib.h>

/* What a whole run may take: an import, the cases of a policy, a search for changes. */
struct _ShyWorkBudget
{
  gatomicrefcount ref_count;
  GMutex          mutex;
  gint64          left;  /* steps */
  gboolean        spent; /* somebody was refused */
};

G_DEFINE_BOXED_TYPE (ShyWorkBudget, shy_work_budget, shy_work_budget_ref, shy_work_budget_unref)

/**
 * shy_work_budget_new:
 * @steps: how much work all decisions of a run may take together
 *
 * Makes the budget of a run that decides many applications. A condition that takes more than
 * 5,000,000 steps, or an application that takes more than 20,000,000, goes to a person in any case;
 * when the budget of the run is spent, each further application still has 100,000 steps of its own,
 * which no ordinary one needs, and those that need more go to a person, too.
 *
 * Unit: steps, the evaluation of one part of an expression or the equal of it, about 50 ns.
 *
 * Returns: (transfer full): the budget; it may be used by several threads
 */
ShyWorkBudget *
shy_work_budget_new (gint64 steps)
{
  ShyWorkBudget *self = g_new0 (ShyWorkBudget, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->left = steps;

  return self;
}

/**
 * shy_work_budget_ref:
 * @self: a budget
 *
 * Returns: (transfer full): @self
 */
ShyWorkBudget *
shy_work_budget_ref (ShyWorkBudget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * shy_work_budget_unref:
 * @self: (transfer full): a budget
 */
void
shy_work_budget_unref (ShyWorkBudget *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * shy_work_budget_is_spent:
 * @self: a budget
 *
 * Returns: whether an application got less than it asked for because nothing was left
 */
gboolean
shy_work_budget_is_spent (ShyWorkBudget *self)
{
  gboolean spent;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  spent = self->spent;
  g_mutex_unlock (&self->mutex);

  return spent;
}

/* Begins an application; shy_budget_close() must follow. */
void
shy_budget_open (ShyBudget     *self,
                 ShyWorkBudget *run)
{
  gint64 wanted = SHY_BUDGET_ROW_STEPS - SHY_BUDGET_SHARE_STEPS;

  *self = (ShyBudget) { .left = SHY_BUDGET_ROW_STEPS };
  if (run == NULL)
    return;

  self->run = shy_work_budget_ref (run);
  g_mutex_lock (&run->mutex);
  self->taken = MIN (run->left, wanted);
  run->left -= self->taken;
  g_mutex_unlock (&run->mutex);
  self->short_run = self->taken < wanted;
  self->left = SHY_BUDGET_SHARE_STEPS + self->taken;
}

/* Gives back to the run what was not used. */
void
shy_budget_close (ShyBudget *self)
{
  gint64 used;

  if (self->run == NULL)
    return;

  used = SHY_BUDGET_SHARE_STEPS + self->taken - MAX (self->left, 0);
  g_mutex_lock (&self->run->mutex);
  self->run->left += self->taken - MAX (used - SHY_BUDGET_SHARE_STEPS, 0);
  self->run->spent = self->run->spent || (self->short_run && self->left <= 0);
  g_mutex_unlock (&self->run->mutex);
  g_clear_pointer (&self->run, shy_work_budget_unref);
}

/* Lends to the evaluation of one condition; says how much. */
gint64
shy_budget_lend (ShyBudget  *self,
                 ShyFeelRun *run)
{
  run->steps = CLAMP (self->left, 0, SHY_FEEL_STEPS_MAX);
  if (self->left < SHY_FEEL_STEPS_MAX)
    run->spent = self->short_run
                   ? _("This run has worked too much: nothing is left for a condition that takes "
                       "longer than usual. Decide this application alone, or a smaller sheet.")
                   : _("This application takes too long: its conditions together need more than "
                       "20,000,000 steps. Make the conditions of the policy simpler, or the lists "
                       "and texts of the application shorter.");

  return run->steps;
}

void
shy_budget_take_back (ShyBudget  *self,
                      ShyFeelRun *run,
                      gint64      lent)
{
  self->left -= lent - run->steps;
}
