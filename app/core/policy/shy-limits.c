/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-limits-private.h"

#include "policy/shy-sentence-private.h"
#include "policy/shy-verdict-private.h"

#include <glib/gi18n-lib.h>

/* Whether a grant went to the one whose grants the limit counts. A grant that does not say to whom
 * it went is one of the applicant's own. */
static gboolean
is_theirs (const ShyPolicyLimit *limit,
           const ShyGrant       *grant,
           const ShyLimitCase   *asked)
{
  const char *whose = limit->per == SHY_POLICY_PER_PERSON ? grant->person : grant->employer;
  const char *asking = limit->per == SHY_POLICY_PER_PERSON ? asked->person : asked->employer;

  return whose == NULL || asking == NULL || g_str_equal (whose, asking);
}

/* Which grants are counted. */
typedef enum {
  GRANTS_PAID,
  GRANTS_PAID_AND_PENDING,
} Grants;

static gboolean
counts (const ShyPolicyLimit *limit,
        const ShyGrant       *grant,
        const ShyLimitCase   *asked,
        Grants                which)
{
  gboolean this_year = limit->kind == SHY_POLICY_LIMIT_YEARLY_AMOUNT || limit->same_year;

  return (which == GRANTS_PAID_AND_PENDING || !grant->pending)
         && g_strv_contains ((const char * const *) limit->policies, grant->policy)
         && is_theirs (limit, grant, asked)
         && (!this_year || g_date_get_year (&grant->date) == g_date_get_year (asked->day));
}

/* In how many different years they had a grant; without the year of the decision, which such a
 * limit does not add to. */
static gint64
count_years (const ShyPolicyLimit *limit,
             const ShyLimitCase   *asked,
             Grants                which)
{
  g_autoptr (GHashTable) years = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < shy_facts_get_n_grants (asked->facts); i++)
    {
      const ShyGrant *grant = shy_facts_get_grant (asked->facts, i);
      GDateYear       year = g_date_get_year (&grant->date);

      if (counts (limit, grant, asked, which) && year != g_date_get_year (asked->day))
        g_hash_table_add (years, GUINT_TO_POINTER (year));
    }

  return g_hash_table_size (years);
}

static gint64
count_used (const ShyPolicyLimit *limit,
            const ShyLimitCase   *asked,
            Grants                which)
{
  gint64 used = 0;

  if (limit->kind == SHY_POLICY_LIMIT_YEARS)
    return count_years (limit, asked, which);

  for (guint i = 0; i < shy_facts_get_n_grants (asked->facts); i++)
    {
      const ShyGrant *grant = shy_facts_get_grant (asked->facts, i);

      if (counts (limit, grant, asked, which))
        used += limit->kind == SHY_POLICY_LIMIT_YEARLY_AMOUNT ? grant->fen : 1;
    }

  return used;
}

/* Whether earlier grants leave room for one more: true, false, unknown, or for a person to say
 * where only applications that are not paid yet take the room. */
ShyPolicyResult
shy_limit_judge (const ShyPolicyLimit *limit,
                 const ShyLimitCase   *asked,
                 gint64               *used)
{
  gint64 max = limit->kind == SHY_POLICY_LIMIT_EXCLUSION ? 1 : limit->max;

  *used = count_used (limit, asked, GRANTS_PAID_AND_PENDING);
  if (*used >= max)
    return count_used (limit, asked, GRANTS_PAID) >= max ? SHY_POLICY_RESULT_FALSE
                                                         : SHY_POLICY_RESULT_PERSON;

  return shy_facts_get_history_known (asked->facts) ? SHY_POLICY_RESULT_TRUE
                                                    : SHY_POLICY_RESULT_UNKNOWN;
}

static char *
describe_hit (const ShyPolicyLimit *limit,
              gint64                used)
{
  const char      *own = shy_policy_text_get (limit->when_hit);
  g_autofree char *taken = shy_money_to_text (used);
  g_autofree char *max = shy_money_to_text (limit->max);

  if (own != NULL)
    return g_strdup (own);

  switch (limit->kind)
    {
    case SHY_POLICY_LIMIT_LIFETIME:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "It was granted %d time already, and may be granted %d.",
                                           "It was granted %d times already, and may be granted %d.",
                                           (gulong) used),
                              (int) used, (int) limit->max);
    case SHY_POLICY_LIMIT_EXCLUSION:
      return g_strdup (limit->same_year
                         ? _("A grant that excludes this one was given in the same year.")
                         : _("A grant that excludes this one was given before."));
    case SHY_POLICY_LIMIT_YEARLY_AMOUNT:
      return g_strdup_printf (_("%s of at most %s yuan of this year are used up."), taken, max);
    case SHY_POLICY_LIMIT_YEARS:
    default:
      return g_strdup_printf (_("It was granted in %d years already, and may be in %d."),
                              (int) used, (int) limit->max);
    }
}

/* Names the day of the latest application that was found eligible and is not known to be paid. */
static char *
describe_pending (const ShyPolicyLimit *limit,
                  const ShyLimitCase   *asked)
{
  const GDate     *day = asked->day;
  g_autofree char *text = NULL;

  for (guint i = 0; i < shy_facts_get_n_grants (asked->facts); i++)
    {
      const ShyGrant *grant = shy_facts_get_grant (asked->facts, i);

      if (grant->pending && counts (limit, grant, asked, GRANTS_PAID_AND_PENDING))
        day = &grant->date;
    }
  text = shy_sentence_date (day);

  /* Translators: %s is a day. */
  return g_strdup_printf (_("An application found eligible on %s stands in the register and is not "
                            "known to be paid. Check whether this is the same one again."), text);
}

/* Judges a limit, and takes from @amount (fen; -1 if none) what a yearly amount leaves no room
 * for. */
ShyVerdictLimit *
shy_limit_apply (const ShyPolicyLimit *limit,
                 const ShyLimitCase   *asked,
                 gint64               *amount)
{
  ShyVerdictLimit *self = g_new0 (ShyVerdictLimit, 1);

  self->limit = limit;
  self->result = shy_limit_judge (limit, asked, &self->used);
  if (self->result == SHY_POLICY_RESULT_FALSE)
    self->message = describe_hit (limit, self->used);
  else if (self->result == SHY_POLICY_RESULT_PERSON)
    self->message = describe_pending (limit, asked);
  else if (self->result == SHY_POLICY_RESULT_UNKNOWN)
    self->message = g_strdup (_("Earlier grants could not be looked up."));
  else if (limit->kind == SHY_POLICY_LIMIT_YEARLY_AMOUNT && *amount > limit->max - self->used)
    {
      g_autofree char *room = shy_money_to_text (limit->max - self->used);

      self->cut = *amount - (limit->max - self->used);
      *amount = limit->max - self->used;
      self->message = g_strdup_printf (_("The yearly limit leaves room for %s yuan."), room);
    }

  return self;
}
