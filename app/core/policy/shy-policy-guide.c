/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-guide.h"

#include "county/shy-county-registry.h"
#include "identity/shy-name.h"
#include "policy/shy-policy-lint.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-policy-private.h"
#include "policy/shy-policy-test.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A policy in words, part by part. What it says is not judged here: see lint and the cases. */

static void
free_line (gpointer data)
{
  ShyPolicyLine *self = data;

  g_free (self->text);
  g_free (self);
}

static void
free_entry (gpointer data)
{
  ShyPolicyEntry *self = data;

  g_free (self->id);
  g_free (self->title);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
mark_status (ShyPolicyEntry  *self,
             ShyPolicyStatus  status)
{
  if (status == SHY_POLICY_UNVERIFIED)
    self->mark = _("Not verified");
}

static ShyPolicyEntry *
add_entry (GPtrArray             *entries,
           ShyPolicySection       section,
           const char            *id,
           const char            *title,
           const ShyPolicyClause *clause)
{
  ShyPolicyEntry *self = g_new0 (ShyPolicyEntry, 1);

  self->section = section;
  self->id = g_strdup (id);
  self->title = g_strdup (title != NULL ? title : id);
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->clause = clause;
  if (clause != NULL)
    mark_status (self, clause->status);
  g_ptr_array_add (entries, self);

  return self;
}

/* Nothing is said of what the pack leaves out. Takes @text. */
static void
take_line (ShyPolicyEntry *self,
           const char     *label,
           char           *text)
{
  ShyPolicyLine *line;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  line = g_new0 (ShyPolicyLine, 1);
  line->label = label;
  line->text = text;
  g_ptr_array_add (self->lines, line);
}

static void
add_line (ShyPolicyEntry *self,
          const char     *label,
          const char     *text)
{
  take_line (self, label, g_strdup (text));
}

static void
add_text (ShyPolicyEntry      *self,
          const char          *label,
          const ShyText *text)
{
  if (text != NULL)
    add_line (self, label, shy_text_get (text));
}

static void
add_expression (ShyPolicyEntry            *self,
                const char                *label,
                const ShyPolicyExpression *expression)
{
  if (expression == NULL)
    return;
  add_line (self, label, shy_policy_expression_get_text (expression));
  ((ShyPolicyLine *) g_ptr_array_index (self->lines, self->lines->len - 1))->expression = TRUE;
}

static void
add_clause_line (ShyPolicyEntry *self)
{
  if (self->clause != NULL)
    take_line (self, _("Clause"), shy_policy_clause_describe (self->clause));
}

static void
add_values (ShyPolicyEntry *self,
            const char     *label,
            char          **values)
{
  if (values != NULL && values[0] != NULL)
    /* Translators: stands between the values of a list. */
    take_line (self, label, g_strjoinv (_(", "), values));
}

/* From when to when, in words; NULL for ever and always. */
static char *
describe_dates (const ShyPolicyDates *dates)
{
  g_autofree char *from = dates->from != NULL ? shy_date_format (dates->from) : NULL;
  g_autofree char *until = dates->until != NULL ? shy_date_format (dates->until) : NULL;

  if (from != NULL && until != NULL)
    /* Translators: first and last day. */
    return g_strdup_printf (C_("days of a policy", "%s to %s"), from, until);
  if (from != NULL)
    return g_strdup_printf (C_("days of a policy", "from %s"), from);
  if (until != NULL)
    return g_strdup_printf (C_("days of a policy", "until %s"), until);

  return NULL;
}

/**
 * shy_policy_describe_effective: (skip)
 * @self: a policy
 *
 * Returns: (transfer full): from when to when it is in force, in words
 */
char *
shy_policy_describe_effective (ShyPolicy *self)
{
  char *dates;

  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  dates = describe_dates (&self->effective);

  return dates != NULL ? dates : g_strdup (_("no first or last day was found"));
}

/**
 * shy_policy_get_group: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the group of counties it is for, as 山区26县; %NULL if it is for any
 */
const char *
shy_policy_get_group (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->group;
}

/**
 * shy_policy_clause_describe: (skip)
 * @clause: a clause
 *
 * Returns: (transfer full): the number of the clause and the title of its document, and whether it is
 *   not verified
 */
char *
shy_policy_clause_describe (const ShyPolicyClause *clause)
{
  const ShyPolicyDocument *document;
  g_autofree char         *place = NULL;

  g_return_val_if_fail (clause != NULL, NULL);

  document = clause->document;
  if (document == NULL)
    place = g_strdup (_("no document was found"));
  else if (clause->number != NULL)
    place = g_strdup_printf ("%s %s", document->title, clause->number);
  else
    place = g_strdup (document->title);
  if (clause->status == SHY_POLICY_VERIFIED)
    return g_steal_pointer (&place);

  /* Translators: where a clause stands; it was not seen there (未核实). */
  return g_strdup_printf (_("%s (not verified)"), place);
}

static const char *
describe_type (ShyFieldType type)
{
  static const char *const labels[] = {
    [SHY_FIELD_TEXT] = NC_("type of a field", "Text"),
    [SHY_FIELD_NUMBER] = NC_("type of a field", "Number"),
    [SHY_FIELD_MONEY] = NC_("type of a field", "Amount in yuan"),
    [SHY_FIELD_DATE] = NC_("type of a field", "Day"),
    [SHY_FIELD_MONTH] = NC_("type of a field", "Month"),
    [SHY_FIELD_BOOLEAN] = NC_("type of a field", "Yes or no"),
    [SHY_FIELD_CHOICE] = NC_("type of a field", "One of a list"),
    [SHY_FIELD_COUNTY] = NC_("type of a field", "County"),
    [SHY_FIELD_RESIDENT_ID] = NC_("type of a field", "Number of an identity paper"),
    [SHY_FIELD_CREDIT_CODE] = NC_("type of a field", "Unified social credit code"),
    [SHY_FIELD_BANK_CARD] = NC_("type of a field", "Bank account"),
    [SHY_FIELD_MOBILE] = NC_("type of a field", "Mobile number"),
  };

  return g_dpgettext2 (NULL, "type of a field", labels[type]);
}

static void
add_conditions (ShyPolicy *self,
                GPtrArray *entries)
{
  for (guint i = 0; i < self->criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (self->criteria, i);
      ShyPolicyEntry           *entry =
        add_entry (entries, SHY_POLICY_SECTION_CONDITIONS, criterion->id,
                   shy_text_get (criterion->title), criterion->clause);

      add_expression (entry, _("Condition"), criterion->condition);
      add_expression (entry, _("Applies only when"), criterion->skip_unless);
      add_expression (entry, _("Left to a person when"), criterion->refer);
      add_text (entry, _("If it is met"), criterion->when_true);
      add_text (entry, _("If it is not met"), criterion->when_false);
      add_text (entry, _("If it is not known"), criterion->when_unknown);
      add_text (entry, _("If a person decides"), criterion->when_person);
      add_line (entry, _("What is missing"), criterion->unknown == SHY_POLICY_UNKNOWN_PERSON
                                               ? _("a person decides") : _("materials are asked for"));
      add_clause_line (entry);
    }
  for (guint i = 0; i < self->derived->len; i++)
    {
      const ShyPolicyDerived *derived = g_ptr_array_index (self->derived, i);
      ShyPolicyEntry         *entry =
        add_entry (entries, SHY_POLICY_SECTION_CONDITIONS, derived->name,
                   derived->label != NULL ? shy_text_get (derived->label) : NULL, NULL);

      add_line (entry, _("Name in conditions"), derived->name);
      add_expression (entry, _("Computed as"), derived->expression);
    }
  for (guint i = 0; i < self->relations->len; i++)
    {
      const ShyPolicyRelation *relation = g_ptr_array_index (self->relations, i);
      ShyPolicyEntry          *entry =
        add_entry (entries, SHY_POLICY_SECTION_CONDITIONS, relation->id,
                   shy_text_get (relation->text), relation->clause);

      add_expression (entry, _("Always holds"), relation->condition);
      add_values (entry, _("Else these contradict each other"), relation->fields);
      add_clause_line (entry);
    }
}

static char *
describe_row (const ShyPolicyTable *table,
              const ShyPolicyRow   *row)
{
  g_autofree char         *dates = describe_dates (&row->dates);
  const char              *place = row->county != NULL ? row->county : row->group;
  const ShyPolicyDocument *document = row->document;
  g_autofree char         *clause = NULL;

  if (row->clause != NULL && document == NULL)
    clause = shy_policy_clause_describe (row->clause);
  else if (document != NULL)
    clause = g_strdup (document->title);

  /* Translators: a row of a table: from when to when, where it holds, the value, its unit, and where
     that stands. */
  return g_strdup_printf (C_("row of a table", "%s, %s: %s%s (%s)"), dates != NULL ? dates : _("always"),
                          place != NULL ? place : _("everywhere"), row->value,
                          table->field.unit != NULL ? table->field.unit : "",
                          clause != NULL ? clause : _("no document was found"));
}

static void
add_limits (ShyPolicy *self,
            GPtrArray *entries)
{
  for (guint i = 0; i < self->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (self->limits, i);
      g_autofree char      *what = shy_policy_limit_describe (limit);
      ShyPolicyEntry       *entry =
        add_entry (entries, SHY_POLICY_SECTION_AMOUNT, limit->id,
                   limit->title != NULL ? shy_text_get (limit->title) : what, limit->clause);

      add_line (entry, _("Limit"), what);
      add_values (entry, _("Policies that count"), limit->policies);
      add_text (entry, _("If it stands in the way"), limit->when_hit);
      add_clause_line (entry);
    }
}

static void
add_amount (ShyPolicy *self,
            GPtrArray *entries)
{
  ShyPolicyEntry *entry;

  if (self->amount != NULL)
    {
      entry = add_entry (entries, SHY_POLICY_SECTION_AMOUNT, "amount", _("Amount"),
                         self->amount->clause);
      add_expression (entry, _("Amount"), self->amount->expression);
      add_expression (entry, _("Year by year"), self->amount->schedule);
      add_line (entry, _("Unit"), self->amount->unit);
      add_clause_line (entry);
    }
  add_limits (self, entries);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const ShyPolicyTable *table = g_ptr_array_index (self->tables, i);

      entry = add_entry (entries, SHY_POLICY_SECTION_AMOUNT, table->field.name,
                         shy_field_get_label (&table->field), NULL);
      for (guint j = 0; j < table->rows->len; j++)
        {
          const ShyPolicyRow *row = g_ptr_array_index (table->rows, j);

          mark_status (entry, row->status);
          take_line (entry, row->status == SHY_POLICY_VERIFIED ? _("Value") : _("Not verified"),
                     describe_row (table, row));
        }
    }
}

static void
add_document (ShyPolicyEntry          *entry,
              const ShyPolicyDocument *document)
{
  if (document == NULL)
    {
      add_line (entry, _("Document"), _("no document was found"));
      return;
    }
  add_line (entry, _("Document"), document->title);
  add_line (entry, _("Document number"), document->number);
  add_line (entry, _("Issued by"), document->issuer);
  if (document->date != NULL)
    take_line (entry, _("Date"), shy_date_format (document->date));
  add_line (entry, _("Address"), document->address);
  add_text (entry, _("Note"), document->note);
}

static void
add_clauses (ShyPolicy *self,
             GPtrArray *entries)
{
  for (guint i = 0; i < self->clauses->len; i++)
    {
      const ShyPolicyClause *clause = g_ptr_array_index (self->clauses, i);
      ShyPolicyEntry        *entry =
        add_entry (entries, SHY_POLICY_SECTION_CLAUSES, clause->id,
                   shy_text_get (clause->text), clause);

      add_line (entry, _("Number of the clause"), clause->number);
      add_document (entry, clause->document);
      add_line (entry, _("Seen in its source"),
                clause->status == SHY_POLICY_VERIFIED
                  ? _("yes") : _("no: it decides nothing alone, a person does"));
    }
}

static void
add_fields (ShyPolicy *self,
            GPtrArray *entries)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (self->fields, i);
      ShyPolicyEntry       *entry =
        add_entry (entries, SHY_POLICY_SECTION_FIELDS, field->name,
                   shy_field_get_label (field), NULL);

      add_text (entry, _("Material"), field->material);
      add_line (entry, _("Type"), describe_type (field->type));
      add_values (entry, _("Values"), field->values);
      add_line (entry, _("Unit"), field->unit);
      add_line (entry, _("Required"), field->required ? _("yes") : _("only where something hangs on it"));
      if (field->personal)
        add_line (entry, _("Personal"), _("yes: shown masked in lists"));
      add_values (entry, _("Other headers"), field->aliases);
      add_text (entry, _("Help"), field->help);
      add_line (entry, _("Name in conditions"), field->name);
    }
}

static void
add_steps (ShyPolicy *self,
           GPtrArray *entries)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const ShyPolicyStep *step = g_ptr_array_index (self->steps, i);
      ShyPolicyEntry      *entry =
        add_entry (entries, SHY_POLICY_SECTION_STEPS, step->id, shy_text_get (step->title),
                   step->clause);

      mark_status (entry, step->status);
      if (step->days < 0)
        add_line (entry, _("Time"), _("none is published"));
      else
        take_line (entry, _("Time"),
                   g_strdup_printf (step->unit == SHY_POLICY_CLOCK_WORKING
                                      ? ngettext ("%d working day", "%d working days", step->days)
                                      : ngettext ("%d day", "%d days", step->days), step->days));
      add_clause_line (entry);
    }
}

static char *
name_county (const char *code)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  ShyCounty         *county = counties != NULL ? shy_county_registry_find (counties, code) : NULL;

  return g_strdup (county != NULL ? shy_county_get_name (county) : code);
}

/* What the pack has for a setting decides only if it was verified: else each county says it. */
static void
add_settings (ShyPolicy *self,
              GPtrArray *entries)
{
  for (guint i = 0; i < self->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (self->settings, i);
      ShyPolicyEntry         *entry =
        add_entry (entries, SHY_POLICY_SECTION_COUNTIES, setting->field.name,
                   shy_field_get_label (&setting->field), setting->clause);

      mark_status (entry, setting->status);
      if (setting->value != NULL)
        take_line (entry, _("Value"),
                   shy_field_display (&setting->field, setting->value));
      else
        add_line (entry, _("Value"), _("not set: each county decides it"));
      add_line (entry, _("Type"), describe_type (setting->field.type));
      add_values (entry, _("Values"), setting->field.values);
      add_line (entry, _("Unit"), setting->field.unit);
      add_line (entry, _("Name in conditions"), setting->field.name);
      add_clause_line (entry);
    }
}

static void
add_overrides (ShyPolicy *self,
               GPtrArray *entries)
{
  for (guint i = 0; i < self->overrides->len; i++)
    {
      const ShyPolicyOverride *override = g_ptr_array_index (self->overrides, i);
      g_autofree char         *county = name_county (override->county);
      g_autofree char         *title = NULL;
      ShyPolicyEntry          *entry;

      /* Translators: a county. */
      title = g_strdup_printf (_("Different in %s"), county);
      entry = add_entry (entries, SHY_POLICY_SECTION_COUNTIES, override->county, title,
                         override->clause);
      take_line (entry, _("In force"), describe_dates (&override->dates));
      add_document (entry, override->document);
      add_clause_line (entry);
    }
}

/**
 * shy_policy_list_entries: (skip)
 * @self: a policy, of a pack or as it holds in a county
 *
 * Puts all that a policy says into words, in the order of [enum@PolicySection] and of the pack.
 *
 * Returns: (transfer full) (element-type ShyPolicyEntry): what it says; valid as long as @self
 */
GPtrArray *
shy_policy_list_entries (ShyPolicy *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (free_entry);

  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  add_conditions (self, entries);
  add_amount (self, entries);
  add_clauses (self, entries);
  add_fields (self, entries);
  add_steps (self, entries);
  add_settings (self, entries);
  add_overrides (self, entries);

  return entries;
}

/* As the case has them: what people write for a value, too. */
static void
add_facts (ShyPolicyEntry *entry,
           ShyPolicy      *self,
           GPtrArray      *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const ShyPolicyFact  *fact = g_ptr_array_index (facts, i);
      const ShyField *field = shy_policy_find_field (self, fact->name);

      add_line (entry, field != NULL ? shy_field_get_label (field) : fact->name,
                fact->value != NULL ? fact->value : _("not known"));
    }
}

/**
 * shy_policy_list_cases: (skip)
 * @self: a policy as read from a pack
 *
 * Decides the cases of the pack, and puts them into words. Takes a moment: call it on a worker thread.
 *
 * Returns: (transfer full) (element-type ShyPolicyEntry): the cases; valid as long as @self
 */
GPtrArray *
shy_policy_list_cases (ShyPolicy *self)
{
  GPtrArray            *entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (GPtrArray) results = shy_policy_test (self);

  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = g_ptr_array_index (results, i);
      const ShyPolicyCase       *given = result->given;
      ShyPolicyEntry            *entry =
        add_entry (entries, SHY_POLICY_SECTION_CASES, given->id,
                   given->title != NULL ? shy_text_get (given->title) : NULL, NULL);

      add_line (entry, _("Expected"), shy_policy_outcome_to_label (given->outcome));
      if (result->message != NULL)
        {
          entry->mark = _("Comes out otherwise");
          add_line (entry, _("Comes out otherwise"), result->message);
        }
      take_line (entry, _("Day"), shy_date_format (given->on));
      if (given->county != NULL)
        take_line (entry, _("County"), name_county (given->county));
      add_facts (entry, self, given->facts);
    }

  return entries;
}

/**
 * shy_policy_list_checks: (skip)
 * @self: a policy as read from a pack
 *
 * Puts what [func@policy_lint] finds into words. Takes a moment: call it on a worker thread.
 *
 * Returns: (transfer full) (element-type ShyPolicyEntry): what was found, the worst first
 */
GPtrArray *
shy_policy_list_checks (ShyPolicy *self)
{
  GPtrArray            *entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (GPtrArray) findings = shy_policy_lint (self);

  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = g_ptr_array_index (findings, i);
      ShyPolicyEntry         *entry = add_entry (entries, SHY_POLICY_SECTION_CHECKS, finding->code,
                                                 finding->message, NULL);

      entry->mark = shy_policy_severity_to_label (finding->severity);
      add_line (entry, _("Where in the pack"), finding->path);
    }

  return entries;
}

/**
 * shy_policy_section_to_label: (skip)
 * @section: a section
 *
 * Returns: what people call it, translated
 */
const char *
shy_policy_section_to_label (ShyPolicySection section)
{
  static const char *const labels[] = {
    [SHY_POLICY_SECTION_CONDITIONS] = N_("Conditions"),
    [SHY_POLICY_SECTION_AMOUNT] = N_("Amounts and Limits"),
    [SHY_POLICY_SECTION_CLAUSES] = N_("Clauses"),
    [SHY_POLICY_SECTION_FIELDS] = N_("Fields and Materials"),
    [SHY_POLICY_SECTION_STEPS] = N_("Procedure"),
    [SHY_POLICY_SECTION_COUNTIES] = N_("Left to Counties"),
    [SHY_POLICY_SECTION_CASES] = N_("Cases"),
    [SHY_POLICY_SECTION_CHECKS] = N_("Checks of the Pack"),
  };

  g_return_val_if_fail (section < SHY_POLICY_N_SECTIONS, NULL);

  return _(labels[section]);
}

/**
 * shy_policy_section_to_word: (skip)
 * @section: a section
 *
 * Returns: what programs and the command line call it
 */
const char *
shy_policy_section_to_word (ShyPolicySection section)
{
  static const char *const words[] = {
    [SHY_POLICY_SECTION_CONDITIONS] = "conditions",
    [SHY_POLICY_SECTION_AMOUNT] = "amounts",
    [SHY_POLICY_SECTION_CLAUSES] = "clauses",
    [SHY_POLICY_SECTION_FIELDS] = "fields",
    [SHY_POLICY_SECTION_STEPS] = "steps",
    [SHY_POLICY_SECTION_COUNTIES] = "counties",
    [SHY_POLICY_SECTION_CASES] = "cases",
    [SHY_POLICY_SECTION_CHECKS] = "checks",
  };

  g_return_val_if_fail (section < SHY_POLICY_N_SECTIONS, NULL);

  return words[section];
}

static gboolean
holds (const char *text,
       const char *folded)
{
  g_autofree char *mine = shy_name_fold (text);

  return strstr (mine, folded) != NULL;
}

/**
 * shy_policy_entry_matches: (skip)
 * @entry: an entry
 * @words: what somebody looks for
 *
 * Returns: whether @entry says it anywhere; width and case of letters do not matter
 */
gboolean
shy_policy_entry_matches (const ShyPolicyEntry *entry,
                          const char           *words)
{
  g_autofree char *folded = shy_name_fold (words);

  if (holds (entry->title, folded) || holds (entry->id, folded))
    return TRUE;
  for (guint i = 0; i < entry->lines->len; i++)
    if (holds (((const ShyPolicyLine *) g_ptr_array_index (entry->lines, i))->text, folded))
      return TRUE;

  return FALSE;
}

/**
 * shy_policy_count_unverified: (skip)
 * @self: a policy
 *
 * Returns: how many of its clauses are 未核实, not seen in their source
 */
guint
shy_policy_count_unverified (ShyPolicy *self)
{
  guint count = 0;

  g_return_val_if_fail (SHY_IS_POLICY (self), 0);

  for (guint i = 0; i < self->clauses->len; i++)
    {
      const ShyPolicyClause *clause = g_ptr_array_index (self->clauses, i);

      count += clause->status == SHY_POLICY_UNVERIFIED;
    }

  return count;
}
