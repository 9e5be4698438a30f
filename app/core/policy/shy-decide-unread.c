/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "policy/shy-facts-policy.h"

#include "identity/shy-number-runs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What was handed in and cannot be read. For the rules it is unknown; but the applicant brought it,
 * so whoever holds the file reads it again, and nobody is sent for a paper. */

/* Numbers of persons are not repeated in sentences, which are printed and sent about. */
static gboolean
is_number_of_somebody (const ShyPolicyField *field)
{
  return field != NULL
         && (field->type == SHY_POLICY_TYPE_RESIDENT_ID || field->type == SHY_POLICY_TYPE_BANK_CARD
             || field->type == SHY_POLICY_TYPE_MOBILE);
}

static char *
say_where (const ShyUnread *unread)
{
  if (unread->origin == SHY_FACT_ORIGIN_CELL && unread->place != NULL)
    /* Translators: a cell, as 名单!O7. */
    return g_strdup_printf (_("read cell %s again"), unread->place);
  if (unread->origin == SHY_FACT_ORIGIN_TYPED || unread->place == NULL)
    return g_strdup (_("check what was entered"));

  /* Translators: the member of a file, or the record of a service. */
  return g_strdup_printf (_("check %s"), unread->place);
}

/**
 * shy_unread_describe: (skip)
 * @unread: what cannot be read
 * @field: (nullable): the field it was handed in for
 *
 * Asks whoever holds the file to read it again, and says where, what stands there and what is wrong
 * with it. Numbers of persons are not repeated.
 *
 * Returns: (transfer full): the sentence
 */
char *
shy_unread_describe (const ShyUnread      *unread,
                     const ShyPolicyField *field)
{
  const char      *label = field != NULL ? shy_policy_text_get (field->label) : NULL;
  g_autofree char *where = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (unread != NULL, NULL);

  if (label == NULL)
    label = unread->name;
  where = say_where (unread);
  problem = shy_number_runs_mask (unread->problem);
  text = shy_number_runs_mask (unread->text);
  if (is_number_of_somebody (field) || strstr (unread->problem, unread->text) != NULL)
    /* Translators: a field, where to look (“read cell 名单!O7 again”), and what is wrong there. */
    return g_strdup_printf (_("%s: %s: %s"), label, where, problem);

  /* Translators: a field, where to look (“read cell 名单!O7 again”), what stands there, and what is
   * wrong with it. */
  return g_strdup_printf (_("%s: %s, it says “%s”: %s"), label, where, text, problem);
}

static const ShyUnread *
lookup (ShyDecision *self,
        guint        slot)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;

  return compiled->slots[slot].fact
           ? shy_facts_lookup_unread (self->facts, compiled->slots[slot].name)
           : NULL;
}

static gboolean
is_unread (ShyDecision          *self,
           const ShyPolicyField *field)
{
  return field != NULL && shy_facts_lookup_unread (self->facts, field->name) != NULL;
}

/* Finds the slots that are unknown because something cannot be read: also the county, where it hangs
 * on such a field, and the past, which no applicant can bring. */
void
shy_decision_find_unread (ShyDecision *self)
{
  guint first = self->evaluation->compiled->first_builtin;

  for (guint slot = 0; slot < first; slot++)
    if (lookup (self, slot) != NULL)
      shy_mask_add (&self->unread, slot);
  if (shy_facts_get_county (self->facts) == NULL && is_unread (self, self->policy->county))
    shy_mask_add (&self->unread, first + SHY_BUILTIN_COUNTY);
  if (!shy_facts_get_history_known (self->facts))
    shy_mask_add (&self->unread, first + SHY_BUILTIN_HISTORY);
}

static void
doubt_identity (ShyDecision          *self,
                const ShyPolicyField *field)
{
  if (!is_unread (self, field))
    return;
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  shy_decision_add (self, SHY_VERDICT_IDENTITY, shy_policy_text_get (field->label), NULL,
                    SHY_POLICY_RESULT_PERSON,
                    shy_unread_describe (shy_facts_lookup_unread (self->facts, field->name), field),
                    NULL);
}

/* Nobody is granted anything while it cannot be read whose application it is. */
void
shy_decision_doubt_identity (ShyDecision *self)
{
  doubt_identity (self, self->policy->person);
  doubt_identity (self, self->policy->employer);
}

/* Those of @slots that cannot be read. */
ShyMask
shy_decision_get_unread (ShyDecision   *self,
                         const ShyMask *slots)
{
  ShyMask unread = self->unread;

  for (guint i = 0; i < G_N_ELEMENTS (unread.words); i++)
    unread.words[i] &= slots->words[i];

  return unread;
}

/* Those of @slots that are really missing. */
ShyMask
shy_decision_get_missing (ShyDecision   *self,
                          const ShyMask *slots)
{
  ShyMask missing = *slots;

  for (guint i = 0; i < G_N_ELEMENTS (missing.words); i++)
    missing.words[i] &= ~self->unread.words[i];

  return missing;
}

static void
append (GString    *text,
        const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static const ShyPolicyField *
find_field (ShyDecision *self,
            guint        slot)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint                    first = compiled->first_builtin;

  if (slot == first + SHY_BUILTIN_COUNTY)
    return self->policy->county;
  if (slot == first + SHY_BUILTIN_HISTORY)
    return is_unread (self, self->policy->person) ? self->policy->person : self->policy->employer;

  return shy_policy_find_field (self->policy, compiled->slots[slot].name);
}

static char *
name_missing (ShyDecision   *self,
              const ShyMask *slots)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  g_autoptr (GString)      text = g_string_new (NULL);

  for (guint slot = 0; slot < compiled->first_builtin; slot++)
    {
      const ShyPolicyField *field;
      const char           *label;

      if (!compiled->slots[slot].fact || !shy_mask_has (slots, slot))
        continue;
      field = shy_policy_find_field (self->policy, compiled->slots[slot].name);
      label = shy_policy_text_get (field->label);
      if (text->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (text, _(", "));
      g_string_append (text, label != NULL ? label : field->name);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* What to ask where something that @slots name cannot be read: where to read it again, and what is
 * missing beside it; NULL if all of it is merely missing. */
char *
shy_decision_ask_again (ShyDecision   *self,
                        const ShyMask *slots)
{
  ShyMask             unread = shy_decision_get_unread (self, slots);
  ShyMask             rest = shy_decision_get_missing (self, slots);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *missing = NULL;
  g_autofree char    *also = NULL;

  for (guint slot = 0; slot < self->evaluation->compiled->first_derived; slot++)
    if (shy_mask_has (&unread, slot))
      {
        const ShyPolicyField *field = find_field (self, slot);
        g_autofree char      *ask = NULL;

        ask = shy_unread_describe (shy_facts_lookup_unread (self->facts, field->name), field);
        append (text, ask);
      }
  if (text->len == 0)
    return NULL;

  missing = name_missing (self, &rest);
  if (missing != NULL)
    {
      /* Translators: a list of fields. */
      also = g_strdup_printf (_("Not given: %s."), missing);
      append (text, also);
    }

  return g_strdup (text->str);
}

/* Tells of each value that cannot be read, also where it decides nothing. */
void
shy_decision_warn_of_unread (ShyDecision *self)
{
  for (guint i = 0; i < shy_facts_get_n_unread (self->filled); i++)
    {
      const ShyUnread      *unread = shy_facts_get_unread (self->filled, i);
      const ShyPolicyField *field = shy_policy_find_field (self->policy, unread->name);

      shy_verdict_add_warning (self->verdict, "cell-unreadable", unread->name,
                               shy_unread_describe (unread, field));
    }
}
