/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "calendar/shy-calendar.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-basis-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-sentence-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* Puts what was found into words. */

/* The name under which a slot is asked for: the field that holds the county, for the county. */
static const char *
slot_to_name (ShyDecision *self,
              guint        slot)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;

  if (slot == compiled->first_builtin + SHY_BUILTIN_COUNTY && self->policy->county != NULL)
    return self->policy->county->name;

  return compiled->slots[slot].name;
}

/* Functions are no facts, and derived names stand for those they read. */
static gboolean
is_fact_or_builtin (const ShyCompiledPolicy *compiled,
                    guint                    slot)
{
  return slot < compiled->first_builtin + SHY_N_BUILTINS;
}

/* Names of slots, in the order of the pack. */
static char **
name_slots (ShyDecision   *self,
            const ShyMask *slots)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; slots != NULL && i < G_N_ELEMENTS (slots->words); i++)
    for (guint64 rest = slots->words[i]; rest != 0; rest &= rest - 1)
      {
        guint slot = i * 64 + (guint) __builtin_ctzll (rest);

        if (is_fact_or_builtin (self->evaluation->compiled, slot))
          g_strv_builder_add (names, slot_to_name (self, slot));
      }

  return g_strv_builder_end (names);
}

/* What was handed in and cannot be read. For the rules it is unknown; but the applicant brought it,
 * so whoever holds the file reads it again, and nobody is sent for a paper. */

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
is_unread (ShyDecision    *self,
           const ShyField *field)
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

/* Those of @slots that cannot be read. */
static ShyMask
get_unread (ShyDecision   *self,
            const ShyMask *slots)
{
  ShyMask unread = self->unread;

  for (guint i = 0; i < G_N_ELEMENTS (unread.words); i++)
    unread.words[i] &= slots->words[i];

  return unread;
}

/* Those of @slots that are really missing. */
static ShyMask
get_missing (ShyDecision   *self,
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

static const ShyField *
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
      const ShyField *field;
      const char     *label;

      if (!compiled->slots[slot].fact || !shy_mask_has (slots, slot))
        continue;
      field = shy_policy_find_field (self->policy, compiled->slots[slot].name);
      label = shy_text_get (field->label);
      if (text->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (text, _(", "));
      g_string_append (text, label != NULL ? label : field->name);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* What to ask where something that @slots name cannot be read: where to read it again, and what is
 * missing beside it; NULL if all of it is merely missing. */
static char *
ask_again (ShyDecision   *self,
           const ShyMask *slots)
{
  ShyMask             unread = get_unread (self, slots);
  ShyMask             rest = get_missing (self, slots);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *missing = NULL;
  g_autofree char    *also = NULL;

  for (guint slot = 0; slot < self->evaluation->compiled->first_derived; slot++)
    if (shy_mask_has (&unread, slot))
      {
        const ShyField  *field = find_field (self, slot);
        g_autofree char *ask = NULL;

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

static char *
find_words (const char *name,
            gpointer    user_data)
{
  ShyDecision             *self = user_data;
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint                    slot = GPOINTER_TO_UINT (g_hash_table_lookup (compiled->by_name, name));
  ShyFeelValue            *value;
  GDate                    date;
  int                      year, month, day;

  if (slot == 0)
    return NULL;
  slot--;
  value = self->evaluation->open.values[slot];
  if (compiled->slots[slot].fact)
    return shy_field_type_display (compiled->slots[slot].type, NULL,
                               shy_facts_get_text (self->facts, name));
  if (value == NULL || shy_feel_value_is_null (value))
    return shy_field_type_display (SHY_FIELD_TEXT, NULL, NULL);
  if (shy_feel_value_get_date (value, &year, &month, &day)
      && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      return shy_date_format (&date);
    }
  if (shy_feel_value_get_value_type (value) == SHY_FEEL_TYPE_BOOLEAN)
    return shy_field_type_display (SHY_FIELD_BOOLEAN, NULL,
                               shy_feel_value_get_truth (value) == SHY_FEEL_TRUE ? "true"
                                                                                 : "false");

  return shy_feel_value_to_string (value);
}

/* Fills the facts into a sentence of the pack. */
static char *
fill (ShyDecision *self,
      const char  *sentence)
{
  return shy_sentence_fill (sentence, find_words, self);
}

/* Names what a result hangs on. What cannot be read makes it a person's, who is asked to read it again
 * in place of the sentence that takes it for missing. */
static void
list_open (ShyDecision         *self,
           const ShyMask       *open,
           ShyVerdictCriterion *spoken)
{
  ShyMask none = { 0 };
  ShyMask missing = get_missing (self, open != NULL ? open : &none);
  ShyMask unread = get_unread (self, open != NULL ? open : &none);
  char   *ask = ask_again (self, open != NULL ? open : &none);

  spoken->missing = name_slots (self, &missing);
  spoken->unread = name_slots (self, &unread);
  if (ask == NULL)
    return;
  g_free (spoken->message);
  spoken->message = ask;
  spoken->result = SHY_POLICY_RESULT_PERSON;
}

/* Adds what spoke and is no criterion of the pack. Takes @message. */
void
shy_decision_add (ShyDecision           *self,
                  const char            *id,
                  const char            *title,
                  const ShyPolicyClause *clause,
                  ShyPolicyResult        result,
                  char                  *message,
                  const ShyMask         *missing)
{
  ShyVerdictCriterion *spoken = g_new0 (ShyVerdictCriterion, 1);

  spoken->id = id;
  spoken->title = title;
  spoken->clause = clause;
  spoken->result = result;
  spoken->message = message;
  spoken->facts = g_new0 (char *, 1);
  list_open (self, missing, spoken);
  g_ptr_array_add (self->verdict->criteria, spoken);
}

static void
doubt_identity (ShyDecision    *self,
                const ShyField *field)
{
  if (!is_unread (self, field))
    return;
  self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
  shy_decision_add (self, SHY_VERDICT_IDENTITY, shy_text_get (field->label), NULL,
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

/* Tells of each value that cannot be read, also where it decides nothing. */
static void
warn_of_unread (ShyDecision *self)
{
  for (guint i = 0; i < shy_facts_get_n_unread (self->filled); i++)
    {
      const ShyUnread *unread = shy_facts_get_unread (self->filled, i);
      const ShyField  *field = shy_policy_find_field (self->policy, unread->name);

      shy_verdict_add_warning (self->verdict, "cell-unreadable", unread->name,
                               shy_unread_describe (unread, field));
    }
}

/* The sentence of the pack for a result; for a referral its own, or the one that fits the
 * condition. */
static const char *
choose_sentence (const ShyPolicyCriterion *criterion,
                 ShyPolicyResult           result,
                 const ShyFinding         *finding)
{
  guint8 truth = finding->truth;

  if (result == SHY_POLICY_RESULT_PERSON && !finding->error && !finding->doubt
      && criterion->when_person != NULL)
    return shy_text_get (criterion->when_person);
  if (result == SHY_POLICY_RESULT_TRUE
      || (result == SHY_POLICY_RESULT_PERSON && truth == SHY_MAY_BE_TRUE))
    return shy_text_get (criterion->when_true);
  if (result == SHY_POLICY_RESULT_FALSE
      || (result == SHY_POLICY_RESULT_PERSON && truth == SHY_MAY_BE_FALSE))
    return shy_text_get (criterion->when_false);
  if (result == SHY_POLICY_RESULT_SKIPPED)
    return _("The county has not set what it needs.");

  return shy_text_get (criterion->when_unknown);
}

/* The first value that a criterion reads and nobody verified. */
static const ShyPolicySetting *
find_doubtful (ShyDecision *self,
               guint        index)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  const ShyPolicy         *policy = self->policy;

  for (guint i = 0; i < policy->settings->len; i++)
    if (shy_mask_has (&self->findings[index].live, policy->fields->len + i)
        && shy_mask_has (&compiled->unsettled, policy->fields->len + i))
      return g_ptr_array_index (policy->settings, i);

  return NULL;
}

/* The question for a person where what would decide is not verified: what that is, and what it
 * would lead to. */
static char *
describe_doubt (ShyDecision *self,
                guint        index)
{
  const ShyPolicyCriterion *criterion = self->evaluation->compiled->criteria[index].criterion;
  const ShyPolicySetting   *setting = find_doubtful (self, index);
  g_autofree char          *doubt = NULL;

  if (setting != NULL)
    /* Translators: the first %s is the name of a setting, the second its value. */
    doubt = g_strdup_printf (_("The value of “%s” in the pack, %s, is not verified (未核实): let the "
                               "county set it."),
                             shy_text_get (setting->field.label), setting->value);
  else
    doubt = shy_policy_describe_doubt (criterion->clause, criterion->override);

  switch (self->findings[index].truth)
    {
    case SHY_MAY_BE_FALSE:
      /* Translators: %s is a sentence that says what is not verified. */
      return g_strdup_printf (_("%s A person decides: if it is right this is refused, else the rest "
                                "decides."), doubt);
    case SHY_MAY_BE_TRUE:
      return g_strdup_printf (_("%s A person decides: if it is right this is met, else it may not "
                                "be."), doubt);
    default:
      return g_strdup_printf (_("%s A person decides."), doubt);
    }
}

static char *
find_reason (ShyDecision    *self,
             guint           index,
             ShyPolicyResult result)
{
  const ShyFinding *finding = &self->findings[index];
  const char       *error;

  if (result != SHY_POLICY_RESULT_PERSON)
    return NULL;
  if (finding->doubt)
    return describe_doubt (self, index);
  if (!finding->error)
    return g_strdup (_("The pack leaves this to a person."));
  error = finding->answer != NULL ? shy_feel_value_get_error (finding->answer) : NULL;

  return error != NULL
           ? g_strdup_printf (_("The condition gives no answer: %s."), error)
           : g_strdup (_("The condition gives neither true nor false."));
}

/* The known facts and settings that a criterion reads, directly or through derived names. */
static char **
list_facts (ShyDecision *self,
            guint        index)
{
  ShyMask read = self->evaluation->compiled->criteria[index].reads;

  for (guint i = 0; i < G_N_ELEMENTS (read.words); i++)
    read.words[i] &= ~self->evaluation->missing.words[i];
  for (guint i = 0; i < SHY_N_BUILTINS; i++)
    shy_mask_remove (&read, self->evaluation->compiled->first_builtin + i);

  return name_slots (self, &read);
}

static gboolean
is_known (ShyDecision *self,
          const char  *name)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  guint                    slot = GPOINTER_TO_UINT (g_hash_table_lookup (compiled->by_name, name));
  ShyFeelValue            *value = slot > 0 ? self->evaluation->open.values[slot - 1] : NULL;

  if (slot == 0)
    return TRUE;

  return compiled->slots[slot - 1].fact ? shy_facts_get_text (self->facts, name) != NULL
                                     : value != NULL && !shy_feel_value_is_null (value);
}

static const char *
get_label (ShyPolicy  *policy,
           const char *name)
{
  const ShyField         *field = shy_policy_find_field (policy, name);
  const ShyPolicySetting *setting = shy_policy_find_part (policy->settings, name);
  const ShyPolicyDerived *derived = shy_policy_find_part (policy->derived, name);
  const char             *label = shy_text_get (field != NULL ? field->label
                                                       : setting != NULL ? setting->field.label
                                                       : derived != NULL ? derived->label : NULL);

  return label != NULL ? label : name;
}

typedef struct {
  ShyDecision *decision;
  GString     *missing;
  GString     *unread;
} Gaps;

static char *
find_gap (const char *name,
          gpointer    user_data)
{
  Gaps    *gaps = user_data;
  GString *list;

  if (is_known (gaps->decision, name))
    return NULL;
  list = shy_facts_lookup_unread (gaps->decision->facts, name) != NULL ? gaps->unread
                                                                      : gaps->missing;
  if (list->len > 0)
    /* Translators: between the members of a list. */
    g_string_append (list, _(", "));
  g_string_append (list, get_label (gaps->decision->policy, name));

  return NULL;
}

/* Where a sentence of the pack would print a fact that nobody gave, it could say the opposite of what
 * is the case. Then the result is said, and what was not given; NULL if the sentence is whole. */
static char *
say_neutrally (ShyDecision               *self,
               const ShyVerdictCriterion *spoken,
               const char                *sentence)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) unread = g_string_new (NULL);
  Gaps                gaps = { self, missing, unread };
  const char         *result = shy_policy_result_to_label (spoken->result);

  if (sentence != NULL)
    g_free (shy_sentence_fill (sentence, find_gap, &gaps));
  if (missing->len == 0 && unread->len == 0)
    return NULL;
  if (unread->len == 0)
    /* Translators: a criterion, what became of it, and a list of fields. */
    return g_strdup_printf (_("%s: %s. Not filled in: %s."), spoken->title, result, missing->str);
  if (missing->len == 0)
    /* Translators: a criterion, what became of it, and a list of fields. */
    return g_strdup_printf (_("%s: %s. Cannot be read: %s."), spoken->title, result, unread->str);

  /* Translators: a criterion, what became of it, and two lists of fields. */
  return g_strdup_printf (_("%s: %s. Not filled in: %s. Cannot be read: %s."), spoken->title, result,
                          missing->str, unread->str);
}

/* What became of a criterion, once it is judged. */
static ShyPolicyResult
get_result (ShyDecision *self,
            guint        criterion)
{
  switch (self->prospects.may[criterion])
    {
    case SHY_MAY_BE_TRUE:
    case SHY_MAY_BE_TRUE | SHY_MAY_BE_SKIPPED:
      return SHY_POLICY_RESULT_TRUE;
    case SHY_MAY_BE_FALSE:
      return SHY_POLICY_RESULT_FALSE;
    case SHY_MAY_BE_PERSON:
      return SHY_POLICY_RESULT_PERSON;
    case SHY_MAY_BE_SKIPPED:
      return SHY_POLICY_RESULT_SKIPPED;
    default:
      return SHY_POLICY_RESULT_UNKNOWN;
    }
}

static void
report_criterion (ShyDecision *self,
                  guint        index)
{
  const ShyPolicyCriterion *criterion = self->evaluation->compiled->criteria[index].criterion;
  const ShyFinding         *finding = &self->findings[index];
  ShyVerdictCriterion      *spoken = g_new0 (ShyVerdictCriterion, 1);
  const char               *sentence;

  spoken->id = criterion->id;
  spoken->title = shy_text_get (criterion->title);
  spoken->criterion = criterion;
  spoken->clause = criterion->clause;
  spoken->result = get_result (self, index);
  sentence = choose_sentence (criterion, spoken->result, finding);
  spoken->message = say_neutrally (self, spoken, sentence);
  if (spoken->message == NULL)
    spoken->message = fill (self, sentence != NULL ? sentence : spoken->title);
  spoken->reason = find_reason (self, index, spoken->result);
  spoken->facts = list_facts (self, index);
  list_open (self, spoken->result == SHY_POLICY_RESULT_UNKNOWN ? &finding->live : NULL, spoken);
  g_ptr_array_add (self->verdict->criteria, spoken);
}

/* Reports every criterion, and what is missing. */
void
shy_decision_report (ShyDecision *self)
{
  ShyMask missing;
  ShyMask unread;

  for (guint i = 0; i < self->evaluation->compiled->n_criteria; i++)
    report_criterion (self, i);
  missing = get_missing (self, &self->prospects.relevant);
  unread = get_unread (self, &self->prospects.relevant);
  g_strfreev (self->verdict->missing);
  g_strfreev (self->verdict->unread);
  self->verdict->missing = name_slots (self, &missing);
  self->verdict->unread = name_slots (self, &unread);
}

/* Names the facts that what was added last is about. */
void
shy_decision_name_facts (ShyDecision *self,
                         char       **fields)
{
  ShyVerdictCriterion *spoken = g_ptr_array_index (self->verdict->criteria,
                                                   self->verdict->criteria->len - 1);

  g_strfreev (spoken->facts);
  spoken->facts = g_strdupv (fields);
}

/* Whether anything that decides names a slot. */
static gboolean
reads_slot (const ShyCompiledPolicy *compiled,
            guint                    slot)
{
  if (compiled->amount != NULL && shy_mask_has (shy_rule_get_reads (compiled->amount), slot))
    return TRUE;
  for (guint i = 0; i < compiled->n_criteria; i++)
    {
      const ShyCompiledCriterion *criterion = &compiled->criteria[i];
      const ShyRule              *rules[] = {
        criterion->condition, criterion->refer, criterion->skip,
      };

      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        if (rules[j] != NULL && shy_mask_has (shy_rule_get_reads (rules[j]), slot))
          return TRUE;
    }
  for (guint i = compiled->first_derived; i < compiled->n_slots; i++)
    if (shy_mask_has (shy_rule_get_reads (compiled->derived[i - compiled->first_derived]), slot))
      return TRUE;

  return FALSE;
}

static void
warn_of_settings (ShyDecision *self)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;

  for (guint i = 0; i < self->policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (self->policy->settings, i);
      const char             *label = shy_text_get (setting->field.label);
      guint                   slot = self->policy->fields->len + i;

      if (shy_mask_has (&compiled->unsettled, slot) && reads_slot (compiled, slot))
        shy_verdict_add_warning (self->verdict, "setting-unverified", setting->field.name,
                                 g_strdup_printf (_("“%s” is the pack's own value and is not "
                                                    "verified: let the county set it."),
                                                  label != NULL ? label : setting->field.name));
      for (guint j = 0; setting->value == NULL && j < compiled->n_criteria; j++)
        if (self->prospects.may[j] == SHY_MAY_BE_SKIPPED
            && shy_mask_has (shy_rule_get_reads (compiled->criteria[j].skip), slot))
          {
            shy_verdict_add_warning (self->verdict, "setting-unset", setting->field.name,
                                     g_strdup_printf (_("The county has not set “%s”; what needs "
                                                        "it was not judged."),
                                                      label != NULL ? label : setting->field.name));
            break;
          }
    }
}

/* Working days beyond the calendar that the program knows give no answer: say why. */
static void
warn_of_calendar (ShyDecision *self)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  ShyCalendar             *calendar = shy_calendar_get_default (NULL);
  g_autofree char         *until = NULL;
  GDate                    first;
  GDate                    last;

  if (calendar == NULL)
    return;
  shy_calendar_get_range (calendar, &first, &last);
  if (g_date_compare (&self->on, &first) >= 0 && g_date_compare (&self->on, &last) <= 0)
    return;
  for (guint slot = compiled->first_builtin + SHY_N_BUILTINS; slot < compiled->first_derived; slot++)
    if (g_str_has_prefix (compiled->slots[slot].name, "working days")
        && reads_slot (compiled, slot))
      {
        until = shy_date_format (&last);
        shy_verdict_add_warning (self->verdict, "beyond-calendar", NULL,
                                 g_strdup_printf (_("The calendar of working days ends on %s. "
                                                    "Bring it up to date."), until));
        return;
      }
}

/* Adds what a person should know beside the outcome. */
void
shy_decision_warn (ShyDecision *self)
{
  if (!g_date_valid (&self->key))
    shy_verdict_add_warning (self->verdict, "key-date-unknown", NULL,
                             g_strdup (_("The key date is not known; rules that changed over time "
                                         "were taken as of the day of the decision.")));
  warn_of_calendar (self);
  warn_of_settings (self);
  warn_of_unread (self);
}
