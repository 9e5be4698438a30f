/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-row.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Zhejiang, as areas are numbered. */
#define PROVINCE "33"

struct _SubsidyDecider
{
  ShyPolicy         *policy;   /* (owned) */
  ShyImport         *import;   /* (unowned): that runs */
  ShyHeaderMatch    *match;    /* (owned): of the policy's fields, in their order */
  ShyCountyRegistry *counties; /* (owned) */
  char              *county;   /* (owned) (nullable): the only one that is asked for */
  GDate              on;
  GPtrArray         *apart;    /* (owned): fields that tell several applications of a person apart */
};

/* The row that is being read. */
typedef struct
{
  SubsidyDecider *decider;
  SubsidyRecord  *record;
  ShyFacts       *facts;
  GPtrArray      *warnings; /* of JsonObject */
  JsonArray      *reasons;  /* why it is rejected */
} Row;

static gboolean
counts_itself (const ShyPolicyLimit *limit,
               ShyPolicy            *policy)
{
  return g_strv_contains ((const char *const *) limit->policies, shy_policy_get_id (policy));
}

/* What besides the person limits are counted over, as occupation and grade: who has two certificates
 * applies twice. None where a limit is counted over the person alone, for then nobody does. */
static GPtrArray *
list_apart (ShyPolicy *policy)
{
  const ShyField *person = shy_policy_get_person_field (policy);
  GPtrArray      *limits = shy_policy_get_limits (policy);
  GPtrArray      *apart = g_ptr_array_new ();

  for (guint i = 0; person != NULL && i < limits->len; i++)
    {
      const ShyPolicyLimit *limit = limits->pdata[i];

      if (!counts_itself (limit, policy) || !g_ptr_array_find (limit->key, person, NULL))
        continue;
      if (limit->key->len == 1)
        {
          g_ptr_array_set_size (apart, 0);
          return apart;
        }
      for (guint j = 0; j < limit->key->len; j++)
        if (limit->key->pdata[j] != person &&
            !g_ptr_array_find (apart, limit->key->pdata[j], NULL))
          g_ptr_array_add (apart, limit->key->pdata[j]);
    }
  return apart;
}

SubsidyDecider *
subsidy_decider_new (ShyPolicy    *policy,
                     ShyImport    *import,
                     const char   *county,
                     const GDate  *on,
                     GError      **error)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (error);
  SubsidyDecider    *self;

  if (counties == NULL)
    return NULL;

  self = g_new0 (SubsidyDecider, 1);
  self->policy = g_object_ref (policy);
  self->import = import;
  self->match = g_object_ref (shy_import_get_match (import));
  self->counties = g_object_ref (counties);
  self->county = g_strdup (county);
  self->on = *on;
  self->apart = list_apart (policy);
  return self;
}

void
subsidy_decider_free (SubsidyDecider *self)
{
  g_object_unref (self->policy);
  g_object_unref (self->match);
  g_object_unref (self->counties);
  g_free (self->county);
  g_ptr_array_unref (self->apart);
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
identifies (SubsidyDecider *self,
            const ShyField *field)
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

/* A cell that somebody corrected does not say what the file says. */
static ShyFactOrigin
get_origin (Row   *row,
            guint  index)
{
  return shy_import_is_mended (row->decider->import, row->record->row, index) ? SHY_FACT_ORIGIN_TYPED
                                                                              : SHY_FACT_ORIGIN_CELL;
}

/* Without its subject a row is no application; a cell that cannot be read is for whoever decides the
 * row. */
static void
complain (Row                  *row,
          guint                 index,
          const ShyField *field,
          const ShySheetCell   *cell,
          const char           *place,
          const char           *message)
{
  if (identifies (row->decider, field))
    reject (row, field->name, place, message);
  shy_facts_set_unread (row->facts, field->name, cell->text, get_origin (row, index), place,
                        skip_place (cell, place, message));
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

/* The code of the county that is applied to; any place decides but one that leaves it open which of the
 * counties of its province is meant. */
static char *
find_county (SubsidyDecider *self,
             const char     *text,
             const char     *cell,
             GError        **error)
{
  char *code = find_place (self, text, cell, error);

  if (code == NULL || !g_str_has_suffix (code, "00") || !g_str_has_prefix (code, PROVINCE))
    return code;

  g_free (code);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("%s: “%s” is a city or province and not one county. Write the name or the six-digit code "
                 "of the county."),
               cell, text);
  return NULL;
}

/* The kind of paper that the row says the person has, or NULL; of others it says nothing. */
static const ShyPaper *
find_paper (Row            *row,
            const ShyField *of)
{
  ShyPolicy      *policy = row->decider->policy;
  const ShyField *field = of == shy_policy_get_person_field (policy)
                                  ? shy_policy_get_paper_field (policy) : NULL;
  const ShyFact        *fact = field != NULL ? shy_facts_lookup (row->facts, field->name) : NULL;

  return fact != NULL ? shy_paper_find (fact->text) : NULL;
}

/* Checks a number; @reason says what is wrong with it, or stays NULL. */
static ShyIdentityResult
judge_number (Row            *row,
              const ShyField *field,
              ShyIdentityKind kind,
              const char     *text,
              char          **number,
              char          **reason)
{
  const GDate      *on = &row->decider->on;
  const ShyPaper   *said = kind == SHY_IDENTITY_KIND_RESIDENT_ID ? find_paper (row, field) : NULL;
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
check_number (Row            *row,
              const ShyField *field,
              ShyIdentityKind kind,
              const char     *text,
              const char     *cell,
              GError        **error)
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
check_numbers (Row            *row,
               const ShyField *field,
               ShyIdentityKind kind,
               const char     *text,
               const char     *cell,
               GError        **error)
{
  g_auto (GStrv)        parts = shy_field_split (field, text);
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
understand (Row                *row,
            guint               index,
            const ShyField     *field,
            const ShySheetCell *cell,
            const char         *place,
            GError            **error)
{
  g_autofree char *text = shy_header_match_convert (row->decider->match, index, cell, error);
  ShyIdentityKind  kind;

  if (text == NULL || *text == '\0')
    return NULL;
  if (field == shy_policy_get_county_field (row->decider->policy))
    return find_county (row->decider, text, place, error);
  if (field->type == SHY_FIELD_COUNTY)
    return find_place (row->decider, text, place, error);
  if (shy_field_type_get_identity (field->type, &kind) && field->several)
    return check_numbers (row, field, kind, text, place, error);
  if (shy_field_type_get_identity (field->type, &kind))
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

/* A cell with a whole period holds more than the field; a number in the unit of its header (“20” under 万元) would say something else in a table without that
 * header; so would the number of a cell whose format shows the unit. */
static gboolean
stands_for_itself (Row                *row,
                   guint               index,
                   const ShySheetCell *cell,
                   const char         *text)
{
  GPtrArray       *fields = shy_policy_get_fields (row->decider->policy);
  const ShyField  *field = fields->pdata[index];
  g_autofree char *alone = NULL;

  if (shy_header_match_find_column (row->decider->match, index)->period)
    return FALSE;
  if (!shy_field_type_is_number (field->type))
    return TRUE;
  if (cell->kind != SHY_SHEET_CELL_TEXT)
    return FALSE;

  alone = shy_header_match_convert_alone (row->decider->match, index, cell);
  return g_strcmp0 (alone, text) == 0;
}

/* Blanks at the ends say nothing. */
static void
keep_written (Row        *row,
              const char *name,
              const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  if (end > text)
    {
      g_autofree char *written = g_strndup (text, (gsize) (end - text));

      shy_facts_set_written (row->facts, name, written);
    }
}

static void
read_cell (Row                *row,
           guint               index,
           const ShySheetCell *cell,
           const ShySheetCell *const *cells)
{
  GPtrArray         *fields = shy_policy_get_fields (row->decider->policy);
  const ShyField    *field = fields->pdata[index];
  g_autofree char   *place = dup_place (cell);
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = understand (row, index, field, cell, place, &error);

  if (text != NULL && shy_header_match_check_end (row->decider->match, index, cells, text, &error))
    shy_facts_read (row->facts, row->decider->policy, field->name, text, get_origin (row, index),
                    place, &error);
  if (error != NULL)
    complain (row, index, field, cell, place, error->message);
  else if (text != NULL && stands_for_itself (row, index, cell, text))
    keep_written (row, field->name, cell->text);
}

static void
read_cells (Row                  *row,
            const ShySheetRecord *from)
{
  for (guint i = 0; i < from->n_fields; i++)
    if (from->cells[i] != NULL)
      read_cell (row, i, from->cells[i], (const ShySheetCell *const *) from->cells);
}

static const char *
cell_of (Row            *row,
         const ShyField *field)
{
  const ShyFact *fact = shy_facts_lookup (row->facts, field->name);

  return fact != NULL ? fact->place : NULL;
}

/* The person, with what tells several applications of one apart. */
static char *
dup_applicant (Row *row)
{
  SubsidyDecider *self = row->decider;
  GString        *text = g_string_new (row->record->person);

  for (guint i = 0; i < self->apart->len; i++)
    {
      const ShyField  *field = self->apart->pdata[i];
      const char      *said = shy_facts_get_text (row->facts, field->name);
      g_autofree char *folded = shy_key_fold (field, said != NULL ? said : "");

      g_string_append_printf (text, "\n%s", folded);
    }
  return g_string_free (text, FALSE);
}

static void
check_person (Row *row)
{
  const ShyField *field = shy_policy_get_person_field (row->decider->policy);
  g_autofree char      *message = NULL;
  g_autofree char      *applicant = NULL;
  guint                 first;

  if (field == NULL || json_array_get_length (row->reasons) > 0)
    return;
  if (row->record->person == NULL)
    {
      message = g_strdup_printf (_("%s is missing. Add it: without it nobody can say whose "
                                   "application this is."),
                                 field->name);
      reject (row, field->name, NULL, message);
      return;
    }

  applicant = dup_applicant (row);
  first = shy_import_find_key (row->decider->import, applicant);
  if (first == 0)
    return;
  message = g_strdup_printf (_("%s: the same person stands in row %u already, and only that row was "
                               "decided. Delete the row that is not meant."),
                             cell_of (row, field), first);
  reject (row, field->name, cell_of (row, field), message);
}

static void
check_county (Row *row)
{
  const ShyField    *field = shy_policy_get_county_field (row->decider->policy);
  ShyCountyRegistry *counties = row->decider->counties;
  g_autofree char   *message = NULL;
  g_autofree char   *here = NULL;
  g_autofree char   *there = NULL;

  if (field == NULL || row->decider->county == NULL || row->record->county == NULL ||
      g_str_equal (row->record->county, row->decider->county))
    return;

  here = shy_county_registry_dup_place (counties, row->record->county);
  there = shy_county_registry_dup_place (counties, row->decider->county);
  message = g_strdup_printf (_("%s: the application is for %s and not for %s, which was asked for. "
                               "Send it there, or decide the file for all counties."),
                             cell_of (row, field), here, there);
  reject (row, field->name, cell_of (row, field), message);
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
  row->record->words = subsidy_words_reasons (object);
}

/* Only the first row of an application is decided. */
static void
remember (Row *row)
{
  g_autofree char *applicant = row->record->person != NULL ? dup_applicant (row) : NULL;

  if (applicant != NULL)
    shy_import_keep_key (row->decider->import, applicant, row->record->row);
}

static void
check_row (Row *row)
{
  check_person (row);
  check_county (row);
  if (json_array_get_length (row->reasons) > 0)
    finish_rejected (row);
  else
    remember (row);
}

/* subsidy_decider_read: reads a row; one that is no application is rejected. */
SubsidyReading *
subsidy_decider_read (SubsidyDecider       *self,
                      const ShySheetRecord *from,
                      guint                 number)
{
  SubsidyReading        *reading = g_new0 (SubsidyReading, 1);
  g_autoptr (JsonArray)  reasons = json_array_new ();
  Row                    row = { self, &reading->record };

  row.facts = reading->facts = shy_facts_new ();
  row.warnings = reading->warnings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  row.reasons = reasons;
  reading->record.number = number;
  reading->record.row = from->row;
  shy_facts_set_on (reading->facts, &self->on);

  shy_facts_set_county (reading->facts, self->county);
  read_cells (&row, from);
  subsidy_record_identify (&reading->record, self->policy, reading->facts);
  shy_facts_set_county (reading->facts, reading->record.county);
  reading->record.facts = subsidy_facts_to_json (reading->facts);
  check_row (&row);
  return reading;
}

void
subsidy_reading_free (SubsidyReading *reading)
{
  subsidy_record_clear (&reading->record);
  subsidy_judgement_clear (&reading->judgement);
  shy_facts_free (reading->facts);
  g_ptr_array_unref (reading->warnings);
  g_free (reading);
}

/*
 * subsidy_reading_judge: decides a row that is an application; it counts for those after it. What the
 * record says of it is its outcome and amount, until subsidy_reading_write().
 *
 * Fails only when the policy itself cannot be evaluated or the work is cancelled.
 */
gboolean
subsidy_reading_judge (SubsidyReading  *reading,
                       SubsidyGrounds  *grounds,
                       GCancellable    *cancellable,
                       GError         **error)
{
  if (reading->record.outcome == SUBSIDY_REJECTED)
    return TRUE;
  if (!subsidy_grounds_settle (grounds, reading->facts, 0, reading->warnings, &reading->record,
                               &reading->judgement, cancellable, error))
    return FALSE;

  subsidy_grounds_add (grounds, reading->facts, &reading->record);
  return TRUE;
}

/* subsidy_reading_write: completes the record of a row that was judged or rejected, on any thread. */
void
subsidy_reading_write (SubsidyReading *reading,
                       ShyPolicy      *policy)
{
  if (reading->judgement.verdict == NULL)
    return;

  subsidy_judgement_write (&reading->judgement, policy, reading->facts, reading->warnings,
                           &reading->record);
  subsidy_judgement_clear (&reading->judgement);
}
