/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-limits-private.h"

#include "identity/shy-identity-mask.h"
#include "policy/shy-sentence-private.h"
#include "policy/shy-verdict-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* What limits say: what they allow, and what became of an application by them. */

static char *
describe_max (const ShyPolicyLimit *limit)
{
  g_autofree char *yuan = shy_money_to_text (MAX (limit->max, 0));

  if (limit->deduct)
    return g_strdup (_("what was granted is taken off"));
  if (limit->exclusion)
    return g_strdup (_("none beside it"));
  if (limit->max < 0)
    /* Translators: %s is a setting of the county. */
    return g_strdup_printf (_("as many as “%s” says, which is not set"), limit->max_setting->field.name);

  switch (limit->measure)
    {
    case SHY_POLICY_MEASURE_AMOUNT:
      return g_strdup_printf (_("at most %s yuan"), yuan);
    case SHY_POLICY_MEASURE_MONTHS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "at most %d month", "at most %d months",
                                           (gulong) limit->max), (int) limit->max);
    case SHY_POLICY_MEASURE_YEARS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in at most %d year",
                                           "in at most %d years", (gulong) limit->max),
                              (int) limit->max);
    case SHY_POLICY_MEASURE_PERSONS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "for at most %d person",
                                           "for at most %d persons", (gulong) limit->max),
                              (int) limit->max);
    case SHY_POLICY_MEASURE_COUNT:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "at most %d time", "at most %d times",
                                           (gulong) limit->max), (int) limit->max);
    }
}

static char *
describe_window (const ShyPolicyWindow *window)
{
  switch (window->kind)
    {
    case SHY_POLICY_WINDOW_CALENDAR_YEAR:
      return g_strdup (_("in a calendar year"));
    case SHY_POLICY_WINDOW_CONTRACT_YEAR:
      /* Translators: %s is a field with a day. */
      return g_strdup_printf (_("in a year of the contract from “%s”"), window->from->name);
    case SHY_POLICY_WINDOW_BUSINESS_YEAR:
      /* Translators: %s is a field with a day. */
      return g_strdup_printf (_("in a year of the business from “%s”"), window->from->name);
    case SHY_POLICY_WINDOW_CONSECUTIVE_YEARS:
      return g_strdup_printf (_("in %u consecutive years"), window->years);
    case SHY_POLICY_WINDOW_CONSECUTIVE_CALENDAR_YEARS:
      return g_strdup_printf (_("in %u consecutive calendar years"), window->years);
    case SHY_POLICY_WINDOW_LIFE:
    default:
      return g_strdup (_("ever"));
    }
}

/* Each reading that the county has not ruled out. */
static char *
describe_windows (const ShyPolicyLimit *limit)
{
  GString    *text = g_string_new (NULL);
  const char *chosen = limit->reading != NULL ? limit->reading->value : NULL;

  for (guint i = 0; i < limit->windows->len; i++)
    {
      const ShyPolicyWindow *window = &g_array_index (limit->windows, ShyPolicyWindow, i);
      g_autofree char       *one = describe_window (window);

      if (chosen != NULL && g_strcmp0 (window->value, chosen) != 0)
        continue;
      if (text->len > 0)
        /* Translators: between two ways to read a text. */
        g_string_append (text, _(" or "));
      g_string_append (text, one);
    }

  return g_string_free (text, FALSE);
}

/**
 * shy_policy_limit_describe: (skip)
 * @limit: a limit
 *
 * Says what a limit allows and what it is counted over: “at most 1 time in a calendar year, over
 * 证件号”.
 *
 * Returns: (transfer full): the words
 */
char *
shy_policy_limit_describe (const ShyPolicyLimit *limit)
{
  g_autofree char      *max = describe_max (limit);
  g_autofree char      *windows = describe_windows (limit);
  g_autofree char      *key = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_return_val_if_fail (limit != NULL, NULL);

  for (guint i = 0; i < limit->key->len; i++)
    g_ptr_array_add (names, ((const ShyField *) g_ptr_array_index (limit->key, i))->name);
  g_ptr_array_add (names, NULL);
  key = g_strjoinv (" + ", (char **) names->pdata);

  return *key != '\0'
           /* Translators: what a limit allows, in which time, and the fields it is counted over. */
           ? g_strdup_printf (_("%s %s, over %s"), max, windows, key)
           : g_strdup_printf ("%s %s", max, windows);
}

/* The sentence of the pack, or one that holds for any. */
static char *
say_hit (const ShyPolicyLimit *limit,
         gint64                used)
{
  const char      *own = shy_text_get (limit->when_hit);
  g_autofree char *taken = shy_money_to_text (used);
  g_autofree char *max = shy_money_to_text (MAX (limit->max, 0));

  if (own != NULL)
    return g_strdup (own);
  if (limit->exclusion)
    return g_strdup (limit->windows->len == 1
                         && g_array_index (limit->windows, ShyPolicyWindow, 0).kind
                              == SHY_POLICY_WINDOW_CALENDAR_YEAR
                       ? _("A grant that excludes this one was given in the same year.")
                       : _("A grant that excludes this one was given before."));

  switch (limit->measure)
    {
    case SHY_POLICY_MEASURE_AMOUNT:
      return g_strdup_printf (_("%s of at most %s yuan are used up."), taken, max);
    case SHY_POLICY_MEASURE_MONTHS:
      return g_strdup_printf (_("It was granted for %d months already, and may be for %d."),
                              (int) used, (int) limit->max);
    case SHY_POLICY_MEASURE_YEARS:
      return g_strdup_printf (_("It was granted in %d years already, and may be in %d."),
                              (int) used, (int) limit->max);
    case SHY_POLICY_MEASURE_PERSONS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%d other person had it already.",
                                           "%d other persons had it already.", (gulong) used),
                              (int) used);
    case SHY_POLICY_MEASURE_COUNT:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "It was granted %d time already, and may be granted %d.",
                                           "It was granted %d times already, and may be granted %d.",
                                           (gulong) used),
                              (int) used, (int) limit->max);
    }
}

/* Names an earlier application so that it can be looked up. */
static char *
name_other (const ShyGrant *other)
{
  g_autofree char *day = shy_date_format (&other->date);

  if (other->row > 0)
    /* Translators: an application that stands in the same spreadsheet. */
    return g_strdup_printf (_("the application in row %u"), other->row);
  if (other->number > 0)
    /* Translators: a number in the register and a day. */
    return g_strdup_printf (_("application %d of the register, %s"), (int) other->number, day);

  /* Translators: a day. */
  return g_strdup_printf (_("the grant of %s"), day);
}

static char *
say_other (ShyLimitReason  reason,
           const ShyGrant *other)
{
  g_autofree char *name = name_other (other);

  switch (reason)
    {
    case SHY_LIMIT_RENAMED:
      /* Translators: %s names an earlier application. */
      return g_strdup_printf (_("The paper is the same as in %s, but the name is another. Find out "
                                "whether it is one person."), name);
    case SHY_LIMIT_ALIKE:
      /* Translators: %s names an earlier application. */
      return g_strdup_printf (_("The person may be the one of %s under another paper: the account, the "
                                "telephone and birth date, or the name and one of these are the same. "
                                "Find out whether it is one person."), name);
    case SHY_LIMIT_UNTOLD:
      /* Translators: %s names an earlier application. */
      return g_strdup_printf (_("What must be compared is not known of %s. Look it up."), name);
    case SHY_LIMIT_YEARS:
      /* Translators: %s names an earlier application. */
      return g_strdup_printf (_("As years are counted now some earlier grants fall into one year, and "
                                "each may have been for a year of its own; the latest is %s. Find out "
                                "for how many years it was had."), name);
    case SHY_LIMIT_PENDING:
    default:
      if (other->row > 0)
        /* Translators: %s names an application in the same spreadsheet. */
        return g_strdup_printf (_("It meets %s, which was found eligible. Decide which of the two "
                                  "is granted."), name);
      /* Translators: %s names an earlier application. */
      return g_strdup_printf (_("It meets %s, which was found eligible and is not known to be paid. "
                                "Check whether this is the same one again."), name);
    }
}

/* Which of several values it is about, unreadable to bystanders. */
static char *
name_part (const ShyPolicyLimit *limit,
           const char           *part)
{
  for (guint i = 0; i < limit->key->len; i++)
    {
      const ShyField *field = g_ptr_array_index (limit->key, i);

      if (field->several && field->type == SHY_FIELD_RESIDENT_ID)
        return shy_identity_mask (SHY_IDENTITY_KIND_RESIDENT_ID, SHY_IDENTITY_AUDIENCE_SCREEN,
                                  part);
    }

  return g_strdup (part);
}

static char *
say_hit_by (const ShyPolicyLimit  *limit,
            const ShyLimitFinding *finding)
{
  g_autofree char *hit = say_hit (limit, finding->used);
  g_autofree char *name = finding->other != NULL ? name_other (finding->other) : NULL;

  if (name == NULL || (finding->other->row == 0 && finding->other->number == 0))
    return g_steal_pointer (&hit);

  /* Translators: why it is refused, and the earlier application. */
  return g_strdup_printf (_("%s See %s."), hit, name);
}

static char *
say_plainly (const ShyPolicyLimit  *limit,
             const ShyLimitFinding *finding)
{
  g_autofree char *text = NULL;

  switch (finding->reason)
    {
    case SHY_LIMIT_ROOM:
      return NULL;
    case SHY_LIMIT_CUT:
      text = shy_money_to_text (limit->deduct ? finding->used : limit->max - finding->used);
      return limit->deduct
               ? g_strdup_printf (_("%s yuan that were granted already are taken off."), text)
               : g_strdup_printf (_("The limit leaves room for %s yuan."), text);
    case SHY_LIMIT_HIT:
    case SHY_LIMIT_PARTLY:
      return say_hit_by (limit, finding);
    case SHY_LIMIT_UNVERIFIED:
      text = say_hit_by (limit, finding);
      /* Translators: why it would be refused. */
      return g_strdup_printf (_("%s The clause that says so is not verified: a person decides."),
                              text);
    case SHY_LIMIT_ENDED:
      text = shy_date_format (&finding->end);
      /* Translators: a day. */
      return g_strdup_printf (_("The consecutive years in which it is granted ended before %s."),
                              text);
    case SHY_LIMIT_MONTHS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "Only %d month is left. Decide for how many it is "
                                           "granted.",
                                           "Only %d months are left. Decide for how many it is "
                                           "granted.", (gulong) finding->left),
                              (int) finding->left);
    case SHY_LIMIT_UNSET:
      /* Translators: a setting of the county. */
      return g_strdup_printf (_("The county has not said how much is allowed (“%s”)."),
                              limit->max_setting->field.name);
    case SHY_LIMIT_READINGS:
      text = describe_windows (limit);
      /* Translators: ways to read a text, and the setting that says which is meant. */
      return g_strdup_printf (_("The text does not say which years it means (%s), and here they "
                                "come to different results. Set “%s”, or decide."), text,
                              limit->reading->field.name);
    case SHY_LIMIT_ASKING:
      /* Translators: a field. */
      return g_strdup_printf (_("“%s” is not given, so nobody can tell what was granted before."),
                              finding->missing->name);
    case SHY_LIMIT_UNLOOKED:
      return g_strdup (_("Earlier grants could not be looked up, or what the register holds of them is "
                         "not as it was stored (“shanyectl journal verify” names it)."));
    default:
      return say_other (finding->reason, finding->other);
    }
}

/* Says what became of an application by a limit; NULL if there is plain room. */
char *
shy_limit_say (const ShyPolicyLimit  *limit,
               const ShyLimitFinding *finding)
{
  g_autofree char *text = say_plainly (limit, finding);
  g_autofree char *part = NULL;

  if (text == NULL || finding->part == NULL || finding->reason == SHY_LIMIT_CUT)
    return g_steal_pointer (&text);
  part = name_part (limit, finding->part);

  /* Translators: one of several, as an employee, and what is said of it. */
  return g_strdup_printf (_("%s: %s"), part, text);
}
