/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* subsidy_record_clear: frees what the record owns. */
void
subsidy_record_clear (SubsidyRecord *self)
{
  g_clear_pointer (&self->county, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->employer, g_free);
  g_clear_pointer (&self->facts, g_free);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->basis, g_free);
  g_clear_pointer (&self->keys, g_free);
}

static char *
dup_fact (const ShyFacts *facts,
          const ShyField *field)
{
  return field != NULL ? g_strdup (shy_facts_get_text (facts, field->name)) : NULL;
}

/* subsidy_record_identify: says in an empty record whose application it is, and for which county. */
void
subsidy_record_identify (SubsidyRecord  *self,
                         ShyPolicy      *policy,
                         const ShyFacts *facts)
{
  self->name = dup_fact (facts, shy_policy_get_name_field (policy));
  self->person = dup_fact (facts, shy_policy_get_person_field (policy));
  self->employer = dup_fact (facts, shy_policy_get_employer_field (policy));
  self->county = dup_fact (facts, shy_policy_get_county_field (policy));
  if (self->county == NULL)
    self->county = g_strdup (shy_facts_get_county (facts));
}

/* subsidy_record_copy: copies into an empty record. */
void
subsidy_record_copy (SubsidyRecord       *self,
                     const SubsidyRecord *from)
{
  *self = *from;
  self->county = g_strdup (from->county);
  self->name = g_strdup (from->name);
  self->person = g_strdup (from->person);
  self->employer = g_strdup (from->employer);
  self->facts = g_strdup (from->facts);
  self->verdict = g_strdup (from->verdict);
  self->reason = g_strdup (from->reason);
  self->seen = g_strdup (from->seen);
  self->words = g_strdup (from->words);
  self->basis = g_strdup (from->basis);
  self->keys = g_strdup (from->keys);
}

/* The texts of a record, in the order they are packed. */
#define N_TEXTS 11

static void
list_texts (SubsidyRecord *self,
            char         **texts[N_TEXTS])
{
  char **all[N_TEXTS] = { &self->county, &self->name,   &self->person, &self->employer, &self->facts,
                          &self->verdict, &self->reason, &self->seen,   &self->words,  &self->basis,
                          &self->keys };

  memcpy (texts, all, sizeof all);
}

/* How a record is packed: this, then each text with the zero byte that ends it. */
typedef struct
{
  guint32 number;
  guint32 row;
  guint32 outcome;
  guint32 missing; /* one bit for each text that is NULL */
  gint64  amount;
} Head;

/* subsidy_record_pack: packs a record behind @into, for the spool, which is read where it was written. */
void
subsidy_record_pack (const SubsidyRecord *self,
                     GByteArray          *into)
{
  SubsidyRecord copy = *self;
  Head          head = { self->number, self->row, self->outcome, 0, self->amount };
  char        **texts[N_TEXTS];

  list_texts (&copy, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    if (*texts[i] == NULL)
      head.missing |= 1u << i;
  g_byte_array_append (into, (const guint8 *) &head, sizeof head);
  for (guint i = 0; i < N_TEXTS; i++)
    if (*texts[i] != NULL)
      g_byte_array_append (into, (const guint8 *) *texts[i], (guint) strlen (*texts[i]) + 1);
}

/* subsidy_record_unpack: the reverse, into an empty record; FALSE if it was not packed so. */
gboolean
subsidy_record_unpack (SubsidyRecord *self,
                       const char    *bytes,
                       gsize          length)
{
  Head        head;
  char      **texts[N_TEXTS];
  const char *at = bytes + sizeof head;
  const char *end = bytes + length;

  if (length < sizeof head)
    return FALSE;
  memcpy (&head, bytes, sizeof head);
  self->number = head.number;
  self->row = head.row;
  self->outcome = (SubsidyOutcome) head.outcome;
  self->amount = head.amount;
  list_texts (self, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      const char *stop;

      if (head.missing >> i & 1)
        continue;
      stop = memchr (at, '\0', (gsize) (end - at));
      if (stop == NULL)
        return FALSE;
      *texts[i] = g_memdup2 (at, (gsize) (stop - at) + 1);
      at = stop + 1;
    }
  return at == end && head.outcome < SUBSIDY_N_OUTCOMES;
}

/*
 * subsidy_record_append_json:
 *
 * Writes the row for programs, as one object: "number", "row", "decided_by" if rows differ in that,
 * "facts", and the members of the verdict. All parts are JSON already, so they are joined as text.
 */
void
subsidy_record_append_json (const SubsidyRecord *self,
                            GString             *text)
{
  g_assert (self->verdict[0] == '{');

  g_string_append_printf (text, "{\"number\":%u,\"row\":%u,", self->number, self->row);
  if (self->basis != NULL)
    g_string_append_printf (text, "\"decided_by\":%s,", self->basis);
  g_string_append_printf (text, "\"facts\":%s,%s", self->facts, self->verdict + 1);
}

static const char *const words[SUBSIDY_N_OUTCOMES] = {
  "eligible", "not_eligible", "materials", "person", "rejected",
};

/* subsidy_outcome_to_word: for programs and the database. */
const char *
subsidy_outcome_to_word (SubsidyOutcome outcome)
{
  g_return_val_if_fail (outcome < SUBSIDY_N_OUTCOMES, NULL);

  return words[outcome];
}

/* subsidy_outcome_parse: the reverse; whether the word is one. */
gboolean
subsidy_outcome_parse (const char     *word,
                       SubsidyOutcome *outcome)
{
  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *outcome = (SubsidyOutcome) i;
        return TRUE;
      }

  return FALSE;
}

/* subsidy_outcome_to_label: for people, translated. */
const char *
subsidy_outcome_to_label (SubsidyOutcome outcome)
{
  if (outcome == SUBSIDY_REJECTED)
    return C_("outcome", "Rejected row");

  return shy_policy_outcome_to_label ((ShyPolicyOutcome) outcome);
}

/* subsidy_totals_sum: all rows, the rejected ones included. */
guint
subsidy_totals_sum (const SubsidyTotals *totals)
{
  guint sum = 0;

  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    sum += totals->of[i];

  return sum;
}

/*
 * subsidy_totals_to_line: the line that ends the output of “check”, translated. Programs may look
 * for it, so its English never varies, not even for one application.
 */
char *
subsidy_totals_to_line (const SubsidyTotals *totals)
{
  return g_strdup_printf (_("%u applications: %u eligible, %u not eligible, %u materials missing, "
                            "%u need a person, %u rejected rows"),
                          subsidy_totals_sum (totals), totals->of[SUBSIDY_ELIGIBLE],
                          totals->of[SUBSIDY_NOT_ELIGIBLE], totals->of[SUBSIDY_MATERIALS],
                          totals->of[SUBSIDY_PERSON], totals->of[SUBSIDY_REJECTED]);
}
