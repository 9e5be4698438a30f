/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

struct _SubsidyDecider
{
  ShyPolicy         *policy;   /* (owned) */
  ShyHeaderMatch    *match;    /* (owned): of the policy's fields, in their order */
  ShyCountyRegistry *counties; /* (owned) */
  char              *county;   /* (owned) (nullable): the only one that is asked for */
  GDate              on;
  SubsidyHistory    *history;  /* (unowned) */
  GHashTable        *settings; /* (owned): county → GHashTable of name → value */
  GHashTable        *persons;  /* (owned): person → row */
  guint              count;    /* applications so far */
};

/* The row that is being decided. */
typedef struct
{
  SubsidyDecider *decider;
  SubsidyRecord  *record;
  ShyFacts       *facts;    /* (owned) */
  GPtrArray      *warnings; /* (owned) of JsonObject */
  JsonArray      *reasons;  /* (owned): why it is rejected */
} Row;

static void
row_clear (Row *self)
{
  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

/* @settings: county → (name → value), what counties decided; a reference is taken. */
SubsidyDecider *
subsidy_decider_new (ShyPolicy       *policy,
                     ShyHeaderMatch  *match,
                     const char      *county,
                     const GDate     *on,
                     SubsidyHistory  *history,
                     GHashTable      *settings,
                     GError         **error)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (error);
  SubsidyDecider    *self;

  if (counties == NULL)
    return NULL;

  self = g_new0 (SubsidyDecider, 1);
  self->policy = g_object_ref (policy);
  self->match = g_object_ref (match);
  self->counties = g_object_ref (counties);
  self->county = g_strdup (county);
  self->on = *on;
  self->history = history;
  self->settings = g_hash_table_ref (settings);
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
subsidy_decider_free (SubsidyDecider *self)
{
  g_object_unref (self->policy);
  g_object_unref (self->match);
  g_object_unref (self->counties);
  g_free (self->county);
  g_hash_table_unref (self->settings);
  g_hash_table_unref (self->persons);
  g_free (self);
}

static void
reject (Row        *row,
        const char *field,
        const char *cell,
        const char *message)
{
  JsonObject *reason = json_object_new ();

  json_object_set_string_member (reason, "field", field);
  if (cell != NULL)
    subsidy_json_add_cell (reason, cell);
  json_object_set_string_member (reason, "message", message);
  json_array_add_object_element (row->reasons, reason);
}

static void
warn (Row        *row,
      const char *code,
      const char *field,
      const char *message)
{
  JsonObject *warning = json_object_new ();

  json_object_set_string_member (warning, "code", code);
  json_object_set_string_member (warning, "subject", field);
  json_object_set_string_member (warning, "message", message);
  g_ptr_array_add (row->warnings, warning);
}

/* Whether the field says whose application this is. */
static gboolean
identifies (SubsidyDecider       *self,
            const ShyPolicyField *field)
{
  return field == shy_policy_get_person_field (self->policy) ||
         field == shy_policy_get_employer_field (self->policy) ||
         field == shy_policy_get_county_field (self->policy);
}

/* What is wrong with a cell, without the place that opens the message. */
static const char *
skip_place (const ShySheetCell *cell,
            const char         *place,
            const char         *message)
{
  g_autofree char   *said = shy_sheet_cell_dup_place (cell);
  const char *const  places[] = { said, place };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *prefix = g_strdup_printf (_("%s: %s"), places[i], "");

      if (g_str_has_prefix (message, prefix))
        return message + strlen (prefix);
    }

  return message;
}

/* Without its subject a row is no application; any other cell that cannot be read is for whoever
 * decides the row. */
static void
complain (Row                  *row,
          const ShyPolicyField *field,
          const ShySheetCell   *cell,
          const char           *place,
          const char           *message)
{
  if (identifies (row->decider, field))
    reject (row, field->name, place, message);
  else
    shy_facts_set_unread (row->facts, field->name, cell->text, SHY_FACT_ORIGIN_CELL, place,
                          skip_place (cell, place, message));
}

/* The code of a county that is applied to, written as a name or a code, or NULL. */
static char *
find_county (SubsidyDecider *self,
             const char     *text,
             const char     *cell,
             GError        **error)
{
  ShyCounty *county = shy_county_registry_find (self->counties, text);

  if (county != NULL)
    return g_strdup (shy_county_get_code (county));

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("%s: “%s” is none of the counties this program knows. Write the name or the "
                 "six-digit code of one."),
               cell, text);
  return NULL;
}

/* The code of a place anywhere in the country, or NULL. */
static char *
find_place (SubsidyDecider *self,
            const char     *text,
            const char     *cell,
            GError        **error)
{
  char *code = shy_county_registry_find_place (self->counties, text);

  if (code == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("%s: “%s” is no county, city or province. Write its name with the city, as "
                   "“杭州市余杭区”, or its six-digit code."),
                 cell, text);
  return code;
}

static gboolean
is_number (ShyPolicyType    type,
           ShyIdentityKind *kind)
{
  switch (type)
    {
    case SHY_POLICY_TYPE_RESIDENT_ID:
      *kind = SHY_IDENTITY_KIND_RESIDENT_ID;
      return TRUE;
    case SHY_POLICY_TYPE_CREDIT_CODE:
      *kind = SHY_IDENTITY_KIND_CREDIT_CODE;
      return TRUE;
    case SHY_POLICY_TYPE_BANK_CARD:
      *kind = SHY_IDENTITY_KIND_BANK_CARD;
      return TRUE;
    case SHY_POLICY_TYPE_MOBILE:
      *kind = SHY_IDENTITY_KIND_MOBILE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* The kind of paper that the row says the person has, or NULL. */
static const ShyPaper *
find_paper (Row *row)
{
  const ShyPolicyField *field = shy_policy_get_paper_field (row->decider->policy);
  const ShyFact        *fact = field != NULL ? shy_facts_lookup (row->facts, field->name) : NULL;

  return fact != NULL ? shy_paper_find (fact->text) : NULL;
}

/* Checks a number; @reason says what is wrong with it, or stays NULL. */
static ShyIdentityResult
judge_number (Row                  *row,
              const ShyPolicyField *field,
              ShyIdentityKind       kind,
              const char           *text,
              char                **number,
              char                **reason)
{
  const GDate      *on = &row->decider->on;
  const ShyPaper   *said = kind == SHY_IDENTITY_KIND_RESIDENT_ID ? find_paper (row) : NULL;
  ShyIdentityResult result;

  if (kind != SHY_IDENTITY_KIND_RESIDENT_ID)
    {
      result = shy_identity_check (kind, text, on, number);
      *reason = shy_identity_dup_reason (kind, result);
      return result;
    }
  result = shy_paper_check ((const char *const *) field->papers, said, text, on, number, NULL);
  *reason = shy_paper_dup_reason (said, result);
  return result;
}

/* The number as it is written officially, or NULL if it cannot be one. */
static char *
check_number (Row                  *row,
              const ShyPolicyField *field,
              ShyIdentityKind       kind,
              const char           *text,
              const char           *cell,
              GError              **error)
{
  g_autofree char  *number = NULL;
  g_autofree char  *reason = NULL;
  ShyIdentityResult result = judge_number (row, field, kind, text, &number, &reason);
  g_autofree char  *message = NULL;

  if (reason == NULL)
    return g_steal_pointer (&number);

  /* Translators: a cell, and what is wrong with the number in it. */
  message = g_strdup_printf (_("%s: %s"), cell, reason);
  if (shy_identity_result_is_valid (result))
    {
      warn (row, "number-doubtful", field->name, message);
      return g_steal_pointer (&number);
    }

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID, message);
  return NULL;
}

/* Several numbers in one cell, as a list of employees: each is checked. */
static char *
check_numbers (Row                  *row,
               const ShyPolicyField *field,
               ShyIdentityKind       kind,
               const char           *text,
               const char           *cell,
               GError              **error)
{
  g_auto (GStrv)        parts = shy_key_split (field, text);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *number = check_number (row, field, kind, parts[i], cell, error);

      if (number == NULL)
        {
          /* Translators: one of several numbers in a cell, and what is wrong with it. */
          g_prefix_error (error, _("“%s”: "), parts[i]);
          return NULL;
        }
      g_ptr_array_add (numbers, number);
    }
  g_ptr_array_add (numbers, NULL);
  return g_strjoinv ("、", (char **) numbers->pdata);
}

/* What the cell says, checked; NULL if it says nothing, or with the error set. */
static char *
understand (Row                  *row,
            guint                 index,
            const ShyPolicyField *field,
            const ShySheetCell   *cell,
            const char           *place,
            GError              **error)
{
  g_autofree char *text = shy_header_match_convert (row->decider->match, index, cell, error);
  ShyIdentityKind  kind;

  if (text == NULL || *text == '\0')
    return NULL;
  if (field == shy_policy_get_county_field (row->decider->policy))
    return find_county (row->decider, text, place, error);
  if (field->type == SHY_POLICY_TYPE_COUNTY)
    return find_place (row->decider, text, place, error);
  if (is_number (field->type, &kind) && field->several)
    return check_numbers (row, field, kind, text, place, error);
  if (is_number (field->type, &kind))
    return check_number (row, field, kind, text, place, error);
  return g_steal_pointer (&text);
}

/* 申报汇总!C7, as formulas write it. */
static char *
dup_place (const ShySheetCell *cell)
{
  g_autofree char *reference = shy_sheet_cell_dup_reference (cell);

  return g_strconcat (cell->sheet, "!", reference, NULL);
}

static void
read_cell (Row                *row,
           guint               index,
           const ShySheetCell *cell)
{
  GPtrArray            *fields = shy_policy_get_fields (row->decider->policy);
  const ShyPolicyField *field = fields->pdata[index];
  g_autofree char      *place = dup_place (cell);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *text = understand (row, index, field, cell, place, &error);

  if (text != NULL)
    shy_facts_read (row->facts, row->decider->policy, field->name, text, SHY_FACT_ORIGIN_CELL,
                    place, &error);
  if (error != NULL)
    complain (row, field, cell, place, error->message);
}

static void
read_cells (Row                  *row,
            const ShySheetRecord *from)
{
  for (guint i = 0; i < from->n_fields; i++)
    if (from->cells[i] != NULL)
      read_cell (row, i, from->cells[i]);
}

static char *
dup_fact (Row                  *row,
          const ShyPolicyField *field)
{
  return field != NULL ? g_strdup (shy_facts_get_text (row->facts, field->name)) : NULL;
}

static void
identify (Row *row)
{
  SubsidyDecider *self = row->decider;

  row->record->name = dup_fact (row, shy_policy_get_name_field (self->policy));
  row->record->person = dup_fact (row, shy_policy_get_person_field (self->policy));
  row->record->employer = dup_fact (row, shy_policy_get_employer_field (self->policy));
  row->record->county = dup_fact (row, shy_policy_get_county_field (self->policy));
  if (row->record->county == NULL)
    row->record->county = g_strdup (self->county);
}

static const char *
cell_of (Row                  *row,
         const ShyPolicyField *field)
{
  const ShyFact *fact = shy_facts_lookup (row->facts, field->name);

  return fact != NULL ? fact->place : NULL;
}

static void
check_person (Row *row)
{
  const ShyPolicyField *field = shy_policy_get_person_field (row->decider->policy);
  g_autofree char      *message = NULL;
  guint                 first;

  if (field == NULL || json_array_get_length (row->reasons) > 0)
    return;
  if (row->record->person == NULL)
    {
      message = g_strdup_printf (_("Row %u has no %s. Add it: without it nobody can say whose "
                                   "application this is."),
                                 row->record->row, field->name);
      reject (row, field->name, NULL, message);
      return;
    }

  first = GPOINTER_TO_UINT (g_hash_table_lookup (row->decider->persons, row->record->person));
  if (first == 0)
    return;
  message = g_strdup_printf (_("%s: the same person stands in row %u already, and only that row was "
                               "decided. Delete the row that is not meant."),
                             cell_of (row, field), first);
  reject (row, field->name, cell_of (row, field), message);
}

static const char *
county_name (Row        *row,
             const char *code)
{
  ShyCounty *county = shy_county_registry_get (row->decider->counties, code);

  return county != NULL ? shy_county_get_name (county) : code;
}

static void
check_county (Row *row)
{
  const ShyPolicyField *field = shy_policy_get_county_field (row->decider->policy);
  g_autofree char      *message = NULL;

  if (field == NULL || row->decider->county == NULL || row->record->county == NULL ||
      g_str_equal (row->record->county, row->decider->county))
    return;

  message = g_strdup_printf (_("%s: the application is for %s and not for %s, which was asked for. "
                               "Send it there, or decide the file for all counties."),
                             cell_of (row, field), county_name (row, row->record->county),
                             county_name (row, row->decider->county));
  reject (row, field->name, cell_of (row, field), message);
}

static void
apply_settings (Row *row)
{
  GHashTable    *own = NULL;
  GHashTableIter iter;
  gpointer       name, value;

  if (row->record->county != NULL)
    own = g_hash_table_lookup (row->decider->settings, row->record->county);
  if (own == NULL)
    return;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autoptr (GError) error = NULL;

      if (!shy_facts_take_setting (row->facts, row->decider->policy, name, value, &error))
        warn (row, "setting-unusable", name, error->message);
    }
}

static void
finish_rejected (Row *row)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);

  row->record->outcome = SUBSIDY_REJECTED;
  json_object_set_string_member (object, "outcome", subsidy_outcome_to_word (SUBSIDY_REJECTED));
  json_object_set_string_member (object, "label", subsidy_outcome_to_label (SUBSIDY_REJECTED));
  json_object_set_null_member (object, "amount");
  json_object_set_array_member (object, "reasons", json_array_ref (row->reasons));
  for (const char *const *name = (const char *[]){ "criteria", "missing", "changes", NULL };
       *name != NULL; name++)
    json_object_set_array_member (object, *name, json_array_new ());
  json_object_set_array_member (object, "warnings", json_array_new ());
  row->record->verdict = json_to_string (node, FALSE);
}

/* What is found eligible is taken, and counts for the rows that follow. */
static void
remember (Row *row)
{
  if (row->record->person != NULL)
    g_hash_table_insert (row->decider->persons, g_strdup (row->record->person),
                         GUINT_TO_POINTER (row->record->row));
  if (row->record->outcome != SUBSIDY_ELIGIBLE)
    return;

  subsidy_history_add_decided (row->decider->history, row->facts, &row->decider->on,
                               row->record->amount, row->record->row);
}

static gboolean
judge (Row           *row,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (ShyVerdict) verdict = NULL;

  apply_settings (row);
  shy_facts_set_county (row->facts, row->record->county);
  subsidy_history_apply (row->decider->history, row->facts, 0);
  verdict = shy_policy_decide (row->decider->policy, row->facts, error);
  if (verdict == NULL)
    return FALSE;

  row->record->outcome = (SubsidyOutcome) shy_verdict_get_outcome (verdict);
  if (row->record->outcome == SUBSIDY_ELIGIBLE)
    row->record->amount = MAX (shy_verdict_get_amount (verdict), 0);
  row->record->verdict = subsidy_verdict_to_json (verdict, row->warnings, cancellable);
  row->record->reason = subsidy_verdict_dup_reason (verdict);
  remember (row);
  return TRUE;
}

/*
 * subsidy_decider_decide: decides a row.
 * @record: empty; gets what was found
 *
 * Fails only when the policy itself cannot be evaluated or the work is cancelled.
 */
gboolean
subsidy_decider_decide (SubsidyDecider        *self,
                        const ShySheetRecord  *from,
                        SubsidyRecord         *record,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_auto (Row) row = { self, record };

  row.facts = shy_facts_new ();
  row.warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  row.reasons = json_array_new ();
  record->number = ++self->count;
  record->row = from->row;
  shy_facts_set_on (row.facts, &self->on);

  read_cells (&row, from);
  identify (&row);
  check_person (&row);
  check_county (&row);
  record->facts = subsidy_facts_to_json (row.facts);

  if (json_array_get_length (row.reasons) == 0)
    return judge (&row, cancellable, error) &&
           !g_cancellable_set_error_if_cancelled (cancellable, error);
  finish_rejected (&row);
  return TRUE;
}
