/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-verdict-private.h"

G_DEFINE_FINAL_TYPE (ShyVerdict, shy_verdict, G_TYPE_OBJECT)

static void
free_criterion (gpointer data)
{
  ShyVerdictCriterion *criterion = data;

  g_free (criterion->message);
  g_free (criterion->reason);
  g_strfreev (criterion->facts);
  g_strfreev (criterion->missing);
  g_strfreev (criterion->unread);
  g_free (criterion);
}

static void
free_limit (gpointer data)
{
  ShyVerdictLimit *limit = data;

  g_free (limit->message);
  g_free (limit);
}

static void
free_warning (gpointer data)
{
  ShyVerdictWarning *warning = data;

  g_free (warning->subject);
  g_free (warning->message);
  g_free (warning);
}

static void
shy_verdict_finalize (GObject *object)
{
  ShyVerdict *self = SHY_VERDICT (object);

  g_clear_object (&self->asked);
  g_clear_object (&self->policy);
  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->schedule, g_array_unref);
  g_clear_pointer (&self->criteria, g_ptr_array_unref);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_strfreev);
  g_clear_pointer (&self->unread, g_strfreev);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);

  G_OBJECT_CLASS (shy_verdict_parent_class)->finalize (object);
}

static void
shy_verdict_class_init (ShyVerdictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_verdict_finalize;
}

static void
shy_verdict_init (ShyVerdict *self)
{
  self->amount = -1;
  self->schedule = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->criteria = g_ptr_array_new_with_free_func (free_criterion);
  self->limits = g_ptr_array_new_with_free_func (free_limit);
  self->warnings = g_ptr_array_new_with_free_func (free_warning);
  g_date_clear (&self->key_date, 1);
}

ShyVerdict *
shy_verdict_new (ShyPolicy *asked,
                 ShyPolicy *policy)
{
  ShyVerdict *self = g_object_new (SHY_TYPE_VERDICT, NULL);

  self->asked = g_object_ref (asked);
  self->policy = g_object_ref (policy);
  self->missing = g_new0 (char *, 1);
  self->unread = g_new0 (char *, 1);

  return self;
}

/* Takes @message. */
void
shy_verdict_add_warning (ShyVerdict *self,
                         const char *code,
                         const char *subject,
                         char       *message)
{
  ShyVerdictWarning *warning = g_new0 (ShyVerdictWarning, 1);

  warning->code = code;
  warning->subject = g_strdup (subject);
  warning->message = message;
  g_ptr_array_add (self->warnings, warning);
}

/**
 * shy_verdict_get_policy:
 * @self: a verdict
 *
 * Returns: (transfer none): the policy as it was in force for the county and the key date
 */
ShyPolicy *
shy_verdict_get_policy (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  return self->policy;
}

/**
 * shy_verdict_get_facts:
 * @self: a verdict
 *
 * Returns: (transfer none): the facts that were judged
 */
const ShyFacts *
shy_verdict_get_facts (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  return self->facts;
}

/**
 * shy_verdict_get_outcome: (skip)
 * @self: a verdict
 *
 * Returns: the outcome
 */
ShyPolicyOutcome
shy_verdict_get_outcome (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), SHY_POLICY_PERSON);

  return self->outcome;
}

/**
 * shy_verdict_is_exact:
 * @self: a verdict
 *
 * A verdict is always sound: no value of the missing facts contradicts it, and no fact that could
 * change the outcome is left out of the missing ones. It is exact if, beyond that, every fact that it
 * calls missing can really change the outcome, because all values were tried. Where a missing fact
 * could not be tried (it goes into arithmetic, or too many are missing) more facts may be asked for
 * than needed.
 *
 * Returns: whether it is exact
 */
gboolean
shy_verdict_is_exact (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), FALSE);

  return self->exact;
}

/**
 * shy_verdict_get_amount:
 * @self: a verdict
 *
 * Returns: what is granted, in fen, after limits; -1 unless the outcome is “eligible” and the
 *   policy pays
 */
gint64
shy_verdict_get_amount (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), -1);

  return self->amount;
}

/**
 * shy_verdict_get_n_years:
 * @self: a verdict
 *
 * Returns: over how many years it is paid; 0 if it is paid at once
 */
guint
shy_verdict_get_n_years (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), 0);

  return self->schedule->len;
}

/**
 * shy_verdict_get_year:
 * @self: a verdict
 * @index: below shy_verdict_get_n_years()
 *
 * Returns: what is paid for a year, in fen, the first year at 0
 */
gint64
shy_verdict_get_year (ShyVerdict *self,
                      guint       index)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self) && index < self->schedule->len, -1);

  return g_array_index (self->schedule, gint64, index);
}

/**
 * shy_verdict_get_key_date:
 * @self: a verdict
 *
 * Returns: (transfer none) (nullable): the day that decides the group of counties and the version
 *   of the policy, if it is known
 */
const GDate *
shy_verdict_get_key_date (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  return g_date_valid (&self->key_date) ? &self->key_date : NULL;
}

/**
 * shy_verdict_get_n_criteria:
 * @self: a verdict
 *
 * Returns: how many criteria spoke
 */
guint
shy_verdict_get_n_criteria (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), 0);

  return self->criteria->len;
}

/**
 * shy_verdict_get_criterion: (skip)
 * @self: a verdict
 * @index: below shy_verdict_get_n_criteria()
 *
 * Returns: (transfer none): a criterion, in the order of the pack
 */
const ShyVerdictCriterion *
shy_verdict_get_criterion (ShyVerdict *self,
                           guint       index)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self) && index < self->criteria->len, NULL);

  return g_ptr_array_index (self->criteria, index);
}

/**
 * shy_verdict_find_criterion: (skip)
 * @self: a verdict
 * @id: of a criterion
 *
 * Returns: (transfer none) (nullable): the criterion, or %NULL if the policy has none of that id
 */
const ShyVerdictCriterion *
shy_verdict_find_criterion (ShyVerdict *self,
                            const char *id)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self) && id != NULL, NULL);

  for (guint i = 0; i < self->criteria->len; i++)
    {
      const ShyVerdictCriterion *criterion = g_ptr_array_index (self->criteria, i);

      if (g_str_equal (criterion->id, id))
        return criterion;
    }

  return NULL;
}

/**
 * shy_verdict_get_n_limits:
 * @self: a verdict
 *
 * Returns: how many limits were judged
 */
guint
shy_verdict_get_n_limits (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), 0);

  return self->limits->len;
}

/**
 * shy_verdict_get_limit: (skip)
 * @self: a verdict
 * @index: below shy_verdict_get_n_limits()
 *
 * Returns: (transfer none): what a limit did
 */
const ShyVerdictLimit *
shy_verdict_get_limit (ShyVerdict *self,
                       guint       index)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self) && index < self->limits->len, NULL);

  return g_ptr_array_index (self->limits, index);
}

/**
 * shy_verdict_get_missing:
 * @self: a verdict
 *
 * Returns: (transfer none) (array zero-terminated=1): names of the facts and settings that are
 *   missing and can still change the outcome or the amount
 */
const char * const *
shy_verdict_get_missing (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  return (const char * const *) self->missing;
}

/**
 * shy_verdict_get_unread:
 * @self: a verdict
 *
 * Returns: (array zero-terminated=1) (transfer none): the names of the facts that were handed in,
 *   cannot be read, and can still change the outcome: somebody reads them again; the applicant is
 *   not to be asked for them
 */
const char * const *
shy_verdict_get_unread (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  return (const char * const *) self->unread;
}

/**
 * shy_verdict_get_n_warnings:
 * @self: a verdict
 *
 * Returns: how many warnings there are
 */
guint
shy_verdict_get_n_warnings (ShyVerdict *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self), 0);

  return self->warnings->len;
}

/**
 * shy_verdict_get_warning: (skip)
 * @self: a verdict
 * @index: below shy_verdict_get_n_warnings()
 *
 * Returns: (transfer none): a warning
 */
const ShyVerdictWarning *
shy_verdict_get_warning (ShyVerdict *self,
                         guint       index)
{
  g_return_val_if_fail (SHY_IS_VERDICT (self) && index < self->warnings->len, NULL);

  return g_ptr_array_index (self->warnings, index);
}
