/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-basis-private.h"
#include "policy/shy-limits-private.h"

#include "policy/shy-policy-private.h"
#include "policy/shy-verdict-private.h"

#include <math.h>

/* What a limit allows; -1 if the county has to say it: a value that nobody verified is none. */
static gint64
get_max (const ShyPolicyLimit *limit)
{
  return limit->max_setting != NULL && !shy_policy_setting_is_settled (limit->max_setting)
           ? -1 : limit->max;
}

/* How sure it is that a grant counts. */
typedef enum {
  LEVEL_PAID,
  LEVEL_PENDING,
  LEVEL_DOUBT,
  N_LEVELS,
  LEVEL_NONE = N_LEVELS,
} Level;

/* A limit by one reading of its window, for one of several values. */
typedef struct {
  const ShyPolicyLimit  *limit;
  const ShyPolicyWindow *window;
  const ShyLimitCase    *asked;
  const char            *part; /* (nullable): folded */
} Question;

/* What grants take of it, each level with those that are surer. */
typedef struct {
  gint64          used[N_LEVELS];
  GHashTable     *different[N_LEVELS]; /* (owned) (nullable): years or persons */
  gint64          n_grants;        /* where years are counted */
  const ShyGrant *latest[N_LEVELS];
  const ShyGrant *first;           /* that is no doubt */
  ShyLimitReason  doubt;           /* of the latest doubtful one */
  gboolean        open;            /* a day that years are counted from is missing */

  /* (nullable): who applies, without which a doubtful one may be anybody's */
  const ShyField *untold;
} Tally;

static void
tally_clear (Tally *self)
{
  for (guint i = 0; i < N_LEVELS; i++)
    g_clear_pointer (&self->different[i], g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tally, tally_clear)

void
shy_limit_case_init (ShyLimitCase   *self,
                     ShyPolicy      *policy,
                     const ShyFacts *facts,
                     const GDate    *day)
{
  self->policy = policy;
  self->facts = facts;
  self->day = day;
  shy_likeness_init_facts (&self->likeness, policy, facts);
}

void
shy_limit_case_clear (ShyLimitCase *self)
{
  shy_likeness_clear (&self->likeness);
}

/* How sure it is that the person of a grant is the applicant. A grant that does not say to whom it
 * went is one of the applicant's own. */
static Level
match_person (const ShyLimitCase *asked,
              const ShyGrant     *grant,
              ShyLimitReason     *doubt)
{
  g_auto (ShyLikeness) theirs = { NULL };

  if (grant->person == NULL)
    return LEVEL_PAID;
  if (asked->likeness.paper == NULL)
    return LEVEL_DOUBT;
  shy_likeness_init_grant (&theirs, asked->policy, grant);
  switch (shy_likeness_compare (&asked->likeness, &theirs))
    {
    case SHY_LIKENESS_SAME:
      return LEVEL_PAID;
    case SHY_LIKENESS_RENAMED:
      *doubt = SHY_LIMIT_RENAMED;
      return LEVEL_DOUBT;
    case SHY_LIKENESS_ALIKE:
      *doubt = SHY_LIMIT_ALIKE;
      return LEVEL_DOUBT;
    case SHY_LIKENESS_STRANGERS:
    default:
      return LEVEL_NONE;
    }
}

static gboolean
is_same (const ShyField *field,
         const char     *one,
         const char     *other)
{
  g_autofree char *a = shy_key_fold (field, one);
  g_autofree char *b = shy_key_fold (field, other);

  return g_str_equal (a, b);
}

static Level
match_employer (const ShyLimitCase *asked,
                const ShyGrant     *grant)
{
  const ShyField *field = asked->policy->employer;
  const char     *own = shy_facts_get_text (asked->facts, field->name);

  if (grant->employer == NULL)
    return LEVEL_PAID;
  if (own == NULL)
    return LEVEL_DOUBT;
  return is_same (field, own, grant->employer) ? LEVEL_PAID : LEVEL_NONE;
}

/* The person or the employer of a key whom the application does not name, though grants do. */
static const ShyField *
find_untold (const Question *question,
             const ShyGrant *grant)
{
  const ShyLimitCase *asked = question->asked;
  const ShyPolicy    *policy = asked->policy;
  GPtrArray          *key = question->limit->key;

  if (policy->person != NULL && g_ptr_array_find (key, policy->person, NULL)
      && asked->likeness.paper == NULL && grant->person != NULL)
    return policy->person;
  if (policy->employer != NULL && g_ptr_array_find (key, policy->employer, NULL)
      && shy_facts_get_text (asked->facts, policy->employer->name) == NULL
      && grant->employer != NULL)
    return policy->employer;
  return NULL;
}

/* The values of any other field, one of which must be one of the earlier application's. */
static Level
match_values (const Question *question,
              const ShyField *field,
              const ShyGrant *grant,
              ShyLimitReason *doubt)
{
  const char    *own = shy_facts_get_text (question->asked->facts, field->name);
  const char    *text = grant->values != NULL ? g_hash_table_lookup (grant->values, field->name)
                                              : NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL || *text == '\0')
    {
      if (question->limit->optional)
        return LEVEL_NONE;
      *doubt = SHY_LIMIT_UNTOLD;
      return LEVEL_DOUBT;
    }
  if (field->several)
    own = question->part;
  parts = shy_field_split (field, text);
  for (guint i = 0; own != NULL && parts[i] != NULL; i++)
    if (is_same (field, own, parts[i]))
      return LEVEL_PAID;

  return LEVEL_NONE;
}

/* What an earlier application does not say is a doubt only if something else joins the two. */
static gboolean
is_related (const Question *question,
            const ShyGrant *grant)
{
  const ShyLimitCase *asked = question->asked;
  ShyLimitReason      doubt;

  return (asked->policy->person != NULL && match_person (asked, grant, &doubt) != LEVEL_NONE)
         || (asked->policy->employer != NULL && match_employer (asked, grant) != LEVEL_NONE);
}

/* How sure it is that a grant is counted under the key; LEVEL_NONE if it is not. */
static Level
match_key (const Question *question,
           const ShyGrant *grant,
           ShyLimitReason *doubt)
{
  const ShyPolicy *policy = question->asked->policy;
  GPtrArray       *key = question->limit->key;
  Level            level = grant->pending ? LEVEL_PENDING : LEVEL_PAID;
  gboolean         untold = FALSE;

  for (guint i = 0; i < key->len; i++)
    {
      const ShyField *field = g_ptr_array_index (key, i);
      Level           one;

      if (field == policy->person)
        one = match_person (question->asked, grant, doubt);
      else if (field == policy->employer)
        one = match_employer (question->asked, grant);
      else
        {
          one = match_values (question, field, grant, doubt);
          untold |= one == LEVEL_DOUBT;
        }
      if (one == LEVEL_NONE)
        return LEVEL_NONE;
      level = MAX (level, one);
    }

  return untold && !is_related (question, grant) ? LEVEL_NONE : level;
}

static gboolean
read_months (const char *text,
             gint64     *months)
{
  if (text == NULL)
    return FALSE;
  *months = (gint64) ceil (CLAMP (g_ascii_strtod (text, NULL), 0, G_MAXINT32));

  return TRUE;
}

static void
count_grant (Tally          *self,
             Level           level,
             gint64          quantity,
             const ShyGrant *grant)
{
  for (guint i = level; i < N_LEVELS; i++)
    {
      self->used[i] += quantity;
      if (self->latest[i] == NULL || g_date_compare (&grant->date, &self->latest[i]->date) >= 0)
        self->latest[i] = grant;
    }
  if (level != LEVEL_DOUBT
      && (self->first == NULL || g_date_compare (&grant->date, &self->first->date) < 0))
    self->first = grant;
}

static void
add_to_set (GHashTable    **set,
            gconstpointer   what)
{
  if (*set == NULL)
    *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (*set, g_strdup (what));
}

/* Whether some limit lets no two grants under this key be of one year. */
static gboolean
is_yearly (const Question *question)
{
  GPtrArray *limits = question->asked->policy->limits;

  for (guint i = 0; i < limits->len; i++)
    {
      const ShyPolicyLimit *other = g_ptr_array_index (limits, i);

      if (other->measure == SHY_POLICY_MEASURE_COUNT && other->max == 1
          && other->key->len == 1 && question->limit->key->len == 1
          && other->key->pdata[0] == question->limit->key->pdata[0]
          && g_strv_contains ((const char *const *) other->policies, question->limit->policies[0])
          && g_array_index (other->windows, ShyPolicyWindow, 0).kind != SHY_POLICY_WINDOW_LIFE)
        return TRUE;
    }

  return FALSE;
}

/* Counts a different year once; the year of the decision adds none. Where only one grant is given in
 * a year, each was for a year of its own when it was given, however years are counted now. */
static void
count_year (Tally          *self,
            const Question *question,
            Level           level,
            const ShyGrant *grant)
{
  guint32 year, now;

  if (shy_window_find_year (question->window, question->asked, grant, &year) == SHY_WINDOW_OPEN
      || shy_window_find_year (question->window, question->asked, NULL, &now) == SHY_WINDOW_OPEN)
    {
      self->open = TRUE;
      return;
    }
  self->n_grants++;
  if (year != now)
    {
      g_autofree char *key = g_strdup_printf ("%u", year);

      count_grant (self, level, 0, grant);
      for (guint i = level; i < N_LEVELS; i++)
        {
          add_to_set (&self->different[i], key);
          self->used[i] = g_hash_table_size (self->different[i]);
        }
    }
  if (self->n_grants > self->used[LEVEL_DOUBT] && is_yearly (question))
    {
      self->used[LEVEL_DOUBT] = self->n_grants;
      if (self->latest[LEVEL_DOUBT] == NULL
          || g_date_compare (&grant->date, &self->latest[LEVEL_DOUBT]->date) >= 0)
        self->latest[LEVEL_DOUBT] = grant;
      self->doubt = SHY_LIMIT_YEARS;
    }
}

/* Counts every person once who is another than the applicant. */
static void
count_person (Tally          *self,
              const Question *question,
              Level           level,
              const ShyGrant *grant)
{
  ShyLimitReason   doubt = SHY_LIMIT_UNTOLD;
  Level            own = match_person (question->asked, grant, &doubt);
  g_autofree char *paper = NULL;

  if (own != LEVEL_NONE && doubt != SHY_LIMIT_ALIKE)
    return;
  if (own != LEVEL_NONE)
    {
      level = LEVEL_DOUBT;
      self->doubt = doubt;
    }
  paper = shy_key_fold (question->asked->policy->person, grant->person);
  count_grant (self, level, 0, grant);
  for (guint i = level; i < N_LEVELS; i++)
    {
      add_to_set (&self->different[i], paper);
      self->used[i] = g_hash_table_size (self->different[i]);
    }
}

static void
count_one (Tally          *self,
           const Question *question,
           const ShyGrant *grant)
{
  const ShyPolicyLimit *limit = question->limit;
  ShyLimitReason        doubt = SHY_LIMIT_UNTOLD;
  Level                 level;
  gint64                months = get_max (limit);

  if (!g_strv_contains ((const char *const *) limit->policies, grant->policy))
    return;
  level = match_key (question, grant, &doubt);
  if (level == LEVEL_NONE)
    return;
  if (limit->measure == SHY_POLICY_MEASURE_MONTHS
      && !read_months (grant->values != NULL
                         ? g_hash_table_lookup (grant->values, limit->months->name) : NULL, &months))
    level = LEVEL_DOUBT;
  if (level == LEVEL_DOUBT)
    {
      self->doubt = doubt;
      if (self->untold == NULL)
        self->untold = find_untold (question, grant);
    }

  if (limit->measure == SHY_POLICY_MEASURE_YEARS)
    {
      count_year (self, question, level, grant);
      return;
    }
  if (limit->measure == SHY_POLICY_MEASURE_PERSONS
      && shy_window_hold (question->window, question->asked, grant) == SHY_WINDOW_IN)
    {
      count_person (self, question, level, grant);
      return;
    }
  switch (shy_window_hold (question->window, question->asked, grant))
    {
    case SHY_WINDOW_OPEN:
      self->open = TRUE;
      break;
    case SHY_WINDOW_IN:
      count_grant (self, level,
                   limit->measure == SHY_POLICY_MEASURE_COUNT    ? 1
                   : limit->measure == SHY_POLICY_MEASURE_AMOUNT ? grant->fen
                                                                 : months, grant);
      break;
    case SHY_WINDOW_OUT:
    default:
      break;
    }
}

static void
count_all (Tally          *self,
           const Question *question)
{
  const ShyFacts *facts = question->asked->facts;

  for (guint i = 0; i < shy_facts_get_n_grants (facts); i++)
    count_one (self, question, shy_facts_get_grant (facts, i));
}

static void
find (ShyLimitFinding *self,
      ShyPolicyResult  result,
      ShyLimitReason   reason,
      const ShyGrant  *other)
{
  self->result = result;
  self->reason = reason;
  self->other = other;
}

/* Whether the years in a row are over, whatever they left. */
static gboolean
find_ended (const Question  *question,
            const Tally     *tally,
            ShyLimitFinding *self)
{
  if (!shy_window_find_end (question->window, question->asked,
                            tally->first != NULL ? &tally->first->date : NULL, &self->end)
      || g_date_compare (question->asked->day, &self->end) < 0)
    return FALSE;
  /* Counted from a grant that is not known to be paid, the end is not sure either. */
  if (question->window->from == NULL && tally->first->pending)
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_PENDING, tally->first);
  else
    find (self, SHY_POLICY_RESULT_FALSE, SHY_LIMIT_ENDED,
          question->window->from == NULL ? tally->first : NULL);

  return TRUE;
}

static gboolean
find_taken (const Tally     *tally,
            gint64           max,
            ShyLimitFinding *self)
{
  if (tally->used[LEVEL_PAID] >= max)
    find (self, SHY_POLICY_RESULT_FALSE, SHY_LIMIT_HIT, tally->latest[LEVEL_PAID]);
  else if (tally->used[LEVEL_PENDING] >= max)
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_PENDING, tally->latest[LEVEL_PENDING]);
  else if (tally->used[LEVEL_DOUBT] >= max && tally->untold != NULL)
    {
      find (self, SHY_POLICY_RESULT_UNKNOWN, SHY_LIMIT_ASKING, NULL);
      self->missing = tally->untold;
    }
  else if (tally->used[LEVEL_DOUBT] >= max)
    find (self, SHY_POLICY_RESULT_PERSON, tally->doubt, tally->latest[LEVEL_DOUBT]);
  else
    return FALSE;

  return TRUE;
}

/* What of the amount (fen; -1 if none) there is room for. */
static void
find_room (const ShyPolicyLimit *limit,
           const Tally          *tally,
           gint64                amount,
           ShyLimitFinding      *self)
{
  gint64 used = tally->used[LEVEL_PENDING];
  gint64 room = limit->deduct ? amount - used : get_max (limit) - used;

  if (tally->used[LEVEL_DOUBT] > used)
    find (self, SHY_POLICY_RESULT_PERSON, tally->doubt, tally->latest[LEVEL_DOUBT]);
  else if (amount > room)
    {
      find (self, SHY_POLICY_RESULT_TRUE, SHY_LIMIT_CUT, tally->latest[LEVEL_PENDING]);
      self->cut = amount - room;
    }
}

/* Whether the months that are asked for fit beside those that were had. */
static void
find_months (const Question  *question,
             const Tally     *tally,
             ShyLimitFinding *self)
{
  const ShyPolicyLimit *limit = question->limit;
  gint64                asked;

  self->left = get_max (limit) - tally->used[LEVEL_DOUBT];
  if (!read_months (shy_facts_get_text (question->asked->facts, limit->months->name), &asked))
    {
      find (self, SHY_POLICY_RESULT_UNKNOWN, SHY_LIMIT_ASKING, NULL);
      self->missing = limit->months;
    }
  else if (asked > self->left)
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_MONTHS, tally->latest[LEVEL_DOUBT]);
}

/* Judges a limit for one value, by one reading. */
static void
judge_part (const Question  *question,
            gint64           amount,
            ShyLimitFinding *self)
{
  const ShyPolicyLimit *limit = question->limit;
  g_auto (Tally)        tally = { { 0 } };
  gint64                max = get_max (limit);

  count_all (&tally, question);
  self->used = tally.used[LEVEL_PENDING];
  if (limit->deduct)
    max = amount < 0 ? G_MAXINT64 : MAX (amount, 1);
  if (find_ended (question, &tally, self) || find_taken (&tally, max, self))
    return;
  find (self, SHY_POLICY_RESULT_TRUE, SHY_LIMIT_ROOM, NULL);
  if (tally.open)
    {
      find (self, SHY_POLICY_RESULT_UNKNOWN, SHY_LIMIT_ASKING, NULL);
      self->missing = question->window->from;
    }
  else if (limit->measure == SHY_POLICY_MEASURE_AMOUNT && amount >= 0)
    find_room (limit, &tally, amount, self);
  else if (limit->measure == SHY_POLICY_MEASURE_MONTHS)
    find_months (question, &tally, self);
}

/* Which of two values says more: a refusal, then a person, then what is open, then a cut. */
static guint
weigh (const ShyLimitFinding *self)
{
  static const guint weights[] = {
    [SHY_POLICY_RESULT_TRUE] = 0,
    [SHY_POLICY_RESULT_UNKNOWN] = 2,
    [SHY_POLICY_RESULT_PERSON] = 3,
    [SHY_POLICY_RESULT_FALSE] = 4,
  };

  return weights[self->result] + (self->reason == SHY_LIMIT_CUT ? 1 : 0);
}

/* Judges a limit over each of several values: one that is used up does not refuse the others, which
 * is for a person to sort out. */
static void
judge_several (Question         *question,
               char            **parts,
               gint64            amount,
               ShyLimitFinding  *self)
{
  guint n_taken = 0;
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      ShyLimitFinding one = { SHY_POLICY_RESULT_TRUE };

      question->part = parts[i];
      judge_part (question, amount, &one);
      n_taken += one.result == SHY_POLICY_RESULT_FALSE;
      if (i == 0 || weigh (&one) > weigh (self))
        {
          g_free (self->part);
          *self = one;
          self->part = g_strdup (parts[i]);
        }
    }
  if (self->result == SHY_POLICY_RESULT_FALSE && n_taken < n)
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_PARTLY, self->other);
}

/* The fields of the key must be there: without them nobody can look for earlier grants. An optional
 * one that is not there asks for nothing. */
static gboolean
find_missing_key (const ShyPolicyLimit *limit,
                  const ShyLimitCase   *asked,
                  ShyLimitFinding      *self)
{
  for (guint i = 0; !limit->lenient && i < limit->key->len; i++)
    {
      const ShyField *field = g_ptr_array_index (limit->key, i);
      const char     *text = shy_facts_get_text (asked->facts, field->name);
      g_auto (GStrv)  parts = text != NULL ? shy_field_split (field, text) : NULL;

      if (parts != NULL && parts[0] != NULL)
        continue;
      find (self, SHY_POLICY_RESULT_UNKNOWN, SHY_LIMIT_ASKING, NULL);
      if (limit->optional && shy_facts_lookup_unread (asked->facts, field->name) == NULL)
        find (self, SHY_POLICY_RESULT_TRUE, SHY_LIMIT_ROOM, NULL);
      else
        self->missing = field;
      return TRUE;
    }

  return FALSE;
}

static const ShyField *
find_several (const ShyPolicyLimit *limit)
{
  for (guint i = 0; i < limit->key->len; i++)
    if (((const ShyField *) g_ptr_array_index (limit->key, i))->several)
      return g_ptr_array_index (limit->key, i);

  return NULL;
}

static void
judge_reading (const ShyPolicyLimit  *limit,
               const ShyPolicyWindow *window,
               const ShyLimitCase    *asked,
               gint64                 amount,
               ShyLimitFinding       *self)
{
  Question        question = { limit, window, asked, NULL };
  const ShyField *several = find_several (limit);

  if (find_missing_key (limit, asked, self))
    return;
  if (get_max (limit) < 0)
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_UNSET, NULL);
  else if (several == NULL)
    judge_part (&question, amount, self);
  else
    {
      g_auto (GStrv) parts = shy_field_split (several,
                                            shy_facts_get_text (asked->facts, several->name));

      judge_several (&question, parts, amount, self);
    }
  /* No applicant can bring what the register should know, nor may what is doubtful refuse anybody. */
  if (!shy_facts_get_history_known (asked->facts))
    find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_UNLOOKED, NULL);
}

/* By every reading that the county has not ruled out; where they differ, a person decides. */
static void
judge_readings (const ShyPolicyLimit *limit,
                const ShyLimitCase   *asked,
                gint64                amount,
                ShyLimitFinding      *self)
{
  const char *chosen = limit->reading != NULL ? limit->reading->value : NULL;
  gboolean    first = TRUE;

  for (guint i = 0; i < limit->windows->len; i++)
    {
      const ShyPolicyWindow *window = &g_array_index (limit->windows, ShyPolicyWindow, i);
      ShyLimitFinding        one = { SHY_POLICY_RESULT_TRUE };
      gboolean               differs;

      if (chosen != NULL && g_strcmp0 (window->value, chosen) != 0)
        continue;
      judge_reading (limit, window, asked, amount, &one);
      differs = !first && (one.result != self->result || one.cut != self->cut);
      if (first || weigh (&one) > weigh (self))
        {
          g_free (self->part);
          *self = one;
        }
      else
        g_free (one.part);
      if (differs && self->result != SHY_POLICY_RESULT_UNKNOWN)
        find (self, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_READINGS, self->other);
      first = FALSE;
    }
}

/* Judges a limit, and takes from @amount (fen; -1 if none) what it leaves no room for. */
ShyVerdictLimit *
shy_limit_apply (const ShyPolicyLimit *limit,
                 const ShyLimitCase   *asked,
                 gint64               *amount)
{
  ShyVerdictLimit *self = g_new0 (ShyVerdictLimit, 1);
  ShyLimitFinding  finding = { SHY_POLICY_RESULT_TRUE };

  judge_readings (limit, asked, *amount, &finding);
  /* What nobody has verified neither refuses nor cuts by itself. */
  if ((finding.result == SHY_POLICY_RESULT_FALSE || finding.cut > 0)
      && !shy_policy_part_is_supported (limit->clause, limit->source, limit->override))
    find (&finding, SHY_POLICY_RESULT_PERSON, SHY_LIMIT_UNVERIFIED, finding.other);
  if (finding.result == SHY_POLICY_RESULT_TRUE)
    *amount -= finding.cut;
  else
    finding.cut = 0;

  self->limit = limit;
  self->result = finding.result;
  self->used = finding.used;
  self->cut = finding.cut;
  self->missing = finding.missing;
  if (finding.other != NULL)
    {
      self->other = finding.other->number;
      self->other_row = finding.other->row;
    }
  self->message = shy_limit_say (limit, &finding);
  g_free (finding.part);

  return self;
}
